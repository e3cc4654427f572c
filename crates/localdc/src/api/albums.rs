//! `messages.sendMultiMedia`: albums.
//!
//! See <https://core.telegram.org/api/files#albums-grouped-media>.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Letter, Peer, Text, World};

use super::attachments;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::push::container;
use super::rights::sender;
use super::scheduled;
use super::seam::{Caller, RpcError};
use super::sending::{put, reply_to};
use super::sent::new_message;
use super::text::caption;
use super::view::View;

/// So many stand in one album.
const ALBUM_MAX: usize = 10;

/// What may stand in one album.
#[derive(PartialEq)]
enum Group {
    Pictures,
    Documents,
    Music,
}

/// `messages.sendMultiMedia` (<https://core.telegram.org/method/messages.sendMultiMedia>).
pub(crate) fn send_multi_media(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendMultiMedia,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.quick_reply_shortcut.is_some() {
        return Err(unsupported("album_for_later"));
    }
    let peer = input::peer(world, me, &request.peer)?;
    let items: Vec<types::InputSingleMedia> = request
        .multi_media
        .into_iter()
        .map(|enums::InputSingleMedia::Media(it)| *it)
        .collect();
    check(&items)?;
    let reply = request.reply_to;
    let reply = reply.map(|it| reply_to(world, me, peer, it)).transpose()?;
    let as_whom = sender(world, me, peer, request.send_as.as_ref())?;
    let mut made = Vec::new();
    for (number, item) in items.into_iter().enumerate() {
        let media = attachments::shown(world, me, item.media);
        let media = media.map_err(|error| of_item(number, error))?;
        let text = caption(world, me, &item.message, item.entities, None)?;
        made.push((item.random_id, media, text));
    }
    let groups: Option<Vec<Group>> = made.iter().map(|(_, media, _)| group(media)).collect();
    let groups = groups.ok_or_else(|| bad("MEDIA_GROUPED_INVALID"))?;
    if groups.iter().any(|it| *it != groups[0]) {
        return Err(bad("MEDIA_GROUPED_INVALID"));
    }
    let album = (made.len() > 1).then(|| world.chance.number());
    let letter = |media, text| {
        let text = Text {
            media: Some(media),
            media_above: request.invert_media,
            album,
            ..text
        };
        Letter {
            reply: reply.clone(),
            silent: request.silent,
            noforwards: request.noforwards,
            sender: as_whom,
            ..Letter::new(Content::Text(text))
        }
    };
    let letters = made
        .into_iter()
        .map(|(random_id, media, text)| (random_id, letter(media, text)));
    if let Some(date) = request.schedule_date
        && scheduled::waits(world, me, peer, date)?
    {
        let letters = letters.map(|(_, letter)| letter).collect();
        return scheduled::put(world, caller, (peer, letters), (date, None));
    }
    send(world, caller, (me, peer), letters)
}

/// What is wrong with a reference, of which item of the album
/// (<https://core.telegram.org/api/file-references>).
fn of_item(number: usize, error: RpcError) -> RpcError {
    let of_a_reference = [
        ("FILE_REFERENCE_EMPTY", "EMPTY"),
        ("FILE_REFERENCE_EXPIRED", "EXPIRED"),
        ("FILE_REFERENCE_INVALID", "INVALID"),
    ];
    match of_a_reference
        .iter()
        .find(|(name, _)| *name == error.message)
    {
        Some((_, what)) => bad(&format!("FILE_REFERENCE_{number}_{what}")),
        None => error,
    }
}

/// Sends the messages of an album, each by its `random_id`.
fn send(
    world: &mut World,
    caller: &Caller,
    (me, peer): (i64, Peer),
    letters: impl Iterator<Item = (i64, Letter)>,
) -> Answer<enums::Updates> {
    let (mut sent, mut pushes) = (Vec::new(), Vec::new());
    for (random_id, letter) in letters {
        let before = world
            .account(me)
            .and_then(|it| it.sent.get(&random_id).copied());
        if let Some(before) = before {
            sent.push((random_id, before));
            continue;
        }
        let (one, told) = put(world, caller, me, (peer, random_id), letter)?;
        sent.push((random_id, one));
        pushes.extend(told);
    }
    let mut view = View::new(world, me);
    let mut updates = Vec::new();
    for (random_id, sent) in &sent {
        let (id, random_id) = (sent.id, *random_id);
        updates.push(types::UpdateMessageId { id, random_id }.into());
    }
    for (_, sent) in sent {
        updates.extend(new_message(world, &mut view, sent));
    }
    Ok(Done::from(container(world, view, updates)).pushing(pushes))
}

/// What is new has to be kept by `messages.uploadMedia` before.
fn check(items: &[types::InputSingleMedia]) -> Result<(), RpcError> {
    if items.is_empty() || items.len() > ALBUM_MAX {
        return Err(bad("MULTI_MEDIA_TOO_LONG"));
    }
    let mut ids: Vec<i64> = items.iter().map(|it| it.random_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < items.len() || ids.contains(&0) {
        return Err(bad("RANDOM_ID_EMPTY"));
    }
    let is_kept = |it: &types::InputSingleMedia| {
        let media = &it.media;
        matches!(
            media,
            enums::InputMedia::Photo(_) | enums::InputMedia::Document(_)
        )
    };
    match items.iter().all(is_kept) {
        true => Ok(()),
        false => Err(bad("MEDIA_INVALID")),
    }
}

fn group(media: &enums::MessageMedia) -> Option<Group> {
    let document = match media {
        enums::MessageMedia::Photo(_) => return Some(Group::Pictures),
        enums::MessageMedia::Document(it) => it.document.as_ref()?,
        _ => return None,
    };
    let enums::Document::Document(document) = document else {
        return None;
    };
    let mut group = Group::Documents;
    for attribute in &document.attributes {
        match attribute {
            enums::DocumentAttribute::Video(it) if !it.round_message => group = Group::Pictures,
            enums::DocumentAttribute::Audio(it) if !it.voice => group = Group::Music,
            enums::DocumentAttribute::Video(_)
            | enums::DocumentAttribute::Audio(_)
            | enums::DocumentAttribute::Animated
            | enums::DocumentAttribute::Sticker(_) => return None,
            _ => {}
        }
    }
    Some(group)
}
