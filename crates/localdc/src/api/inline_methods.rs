//! The table of the methods of inline mode: as `methods`.
use ferogram_sync::tl::{Identifiable, functions as f};

use super::inline;
use super::inline_prepared;
use super::inline_send;
use super::method::{Access, Method, decode, methods, reply};

/// The methods of inline mode.
pub(crate) const INLINE_METHODS: &[Method] = methods! {
    Anywhere "messages.editInlineBotMessage" f::messages::EditInlineBotMessage
        => inline_send::edit_inline_bot_message;
    Home "messages.getInlineBotResults" f::messages::GetInlineBotResults
        => inline::get_inline_bot_results;
    Home "messages.getPreparedInlineMessage" f::messages::GetPreparedInlineMessage
        => inline_prepared::get_prepared_inline_message;
    Home "messages.savePreparedInlineMessage" f::messages::SavePreparedInlineMessage
        => inline_prepared::save_prepared_inline_message;
    Home "messages.sendInlineBotResult" f::messages::SendInlineBotResult
        => inline_send::send_inline_bot_result;
    Home "messages.setInlineBotResults" f::messages::SetInlineBotResults
        => inline::set_inline_bot_results;
};
