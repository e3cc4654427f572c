//! `messages.uploadMedia`: what a message could carry, made without one.
use ferogram_sync::tl::{enums, functions};

use crate::world::World;

use super::attachments;
use super::done::Answer;
use super::errors::unregistered;
use super::input;
use super::media::seen;
use super::seam::Caller;

/// `messages.uploadMedia` (<https://core.telegram.org/method/messages.uploadMedia>).
pub(crate) fn upload_media(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::UploadMedia,
) -> Answer<enums::MessageMedia> {
    let me = caller.user.ok_or_else(unregistered)?;
    input::peer(world, me, &request.peer)?;
    let media = attachments::shown(world, me, request.media)?;
    Ok(seen(world, me, &media).into())
}
