//! Rich messages: headings, tables and the like in the place of a text
//! (<https://core.telegram.org/bots/api#rich-messages>). Nobody reads HTML or Markdown here: they
//! are taken as blocks, and without files.
use ferogram_sync::tl::{enums, types};

use super::errors::{bad, unsupported};
use super::seam::RpcError;

/// The blocks that a message may have
/// (<https://core.telegram.org/bots/api#rich-message-formatting-options>).
const BLOCKS_MAX: usize = 500;

/// A rich message as it is shown.
///
/// # Errors
/// When it cannot be sent as it is.
pub(super) fn shown(message: enums::InputRichMessage) -> Result<enums::RichMessage, RpcError> {
    let enums::InputRichMessage::Message(it) = message else {
        return Err(unsupported("rich_message"));
    };
    if it.photos.is_some() || it.documents.is_some() || it.users.is_some() {
        return Err(unsupported("rich_message"));
    }
    match it.blocks.len() {
        0 => return Err(bad("MESSAGE_EMPTY")),
        1..=BLOCKS_MAX => {}
        _ => return Err(bad("MESSAGE_TOO_LONG")),
    }
    let shown = types::RichMessage {
        rtl: it.rtl,
        blocks: it.blocks,
        ..Default::default()
    };
    Ok(shown.into())
}
