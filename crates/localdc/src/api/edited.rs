//! What an edit makes of a message.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Text, World};

use super::attachments;
use super::errors::bad;
use super::markup::{fitted, shown};
use super::polls;
use super::rich;
use super::seam::RpcError;
use super::text::{caption, prepare};

/// What an edit makes of a message, and whether that is something else in any case.
pub(crate) fn edited(
    world: &mut World,
    me: i64,
    old: &Text,
    request: functions::messages::EditMessage,
) -> Result<(Text, bool), RpcError> {
    let bot = world.account(me).is_some_and(|account| account.is_bot());
    let markup = request.reply_markup.filter(|_| bot);
    let has_file = |it: &enums::MessageMedia| !matches!(it, enums::MessageMedia::WebPage(_));
    let (media, changed) = match request.media {
        Some(enums::InputMedia::Poll(it)) if is_closing(&it) => {
            polls::close(world, me, old)?;
            (old.media.clone(), true)
        }
        Some(media) => {
            let media = attachments::shown(world, me, media)?;
            check_new(old.media.as_ref(), &media)?;
            (Some(media), true)
        }
        None => (old.media.clone().filter(has_file), false),
    };
    let rich = request.rich_message.map(rich::shown).transpose()?;
    let may_be_empty = media.is_some() || rich.is_some();
    let text = match (request.message, may_be_empty) {
        (Some(message), true) => caption(world, me, &message, request.entities, markup)?,
        (Some(message), false) => prepare(world, me, &message, request.entities, markup)?,
        (None, _) => Text {
            markup: markup.map(|markup| shown(world, me, markup)).transpose()?,
            ..old.clone()
        },
    };
    let rich = rich.or_else(|| text.rich.clone());
    let new = fitted(Text {
        media,
        rich,
        sale: old.sale.clone(),
        ..text
    })?;
    Ok((new, changed))
}

fn is_closing(media: &types::InputMediaPoll) -> bool {
    let enums::Poll::Poll(poll) = &media.poll;
    poll.closed
}

/// Whether an edit closes a poll. Which, the message says: clients name none.
pub(crate) fn closes(media: Option<&enums::InputMedia>) -> bool {
    matches!(media, Some(enums::InputMedia::Poll(it)) if is_closing(it))
}

/// What may take the place of what (<https://core.telegram.org/method/messages.editMessage>): a
/// place that moves and a checklist stay one, and polls and dice stay as they are. A text may get a
/// file (<https://core.telegram.org/bots/api#editmessagemedia>), and nothing else but pages.
fn check_new(old: Option<&enums::MessageMedia>, new: &enums::MessageMedia) -> Result<(), RpcError> {
    use enums::MessageMedia as Media;
    match (old, new) {
        (
            None | Some(Media::WebPage(_)),
            Media::WebPage(_) | Media::Photo(_) | Media::Document(_),
        ) => Ok(()),
        (Some(Media::GeoLive(_)), Media::GeoLive(_)) => Ok(()),
        (Some(Media::ToDo(_)), Media::ToDo(_)) => Ok(()),
        (Some(Media::Photo(_) | Media::Document(_)), Media::Photo(_) | Media::Document(_)) => {
            Ok(())
        }
        (None | Some(Media::WebPage(_)), _) => Err(bad("MEDIA_PREV_INVALID")),
        _ => Err(bad("MEDIA_NEW_INVALID")),
    }
}
