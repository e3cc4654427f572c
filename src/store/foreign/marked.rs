//! Ids that tell by their sign and size whether they are a user's, a chat's or a channel's.
//!
//! See <https://core.telegram.org/api/bots/ids>.
use crate::store::PeerKey;

/// The ids of channels count down from here.
const CHANNELS: i64 = -1_000_000_000_000;

/// Who has this id, if anybody can.
pub(super) fn read(id: i64) -> Option<PeerKey> {
    if id > 0 {
        Some(PeerKey::User(id))
    } else if id < CHANNELS {
        Some(PeerKey::Channel(CHANNELS - id))
    } else if id > CHANNELS && id < 0 {
        Some(PeerKey::Chat(-id))
    } else {
        None
    }
}

/// The id of a peer; `None` for one that has none in this form.
pub(super) fn write(peer: PeerKey) -> Option<i64> {
    let id = match peer {
        PeerKey::User(id) => id,
        PeerKey::Chat(id) => id.checked_neg()?,
        PeerKey::Channel(id) => CHANNELS.checked_sub(id)?,
    };
    (read(id) == Some(peer)).then_some(id)
}
