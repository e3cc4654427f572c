//! Ids as the Bot API writes them: one number for users, groups and channels.
use crate::store::PeerKey;
use crate::tl::enums::Peer;

/// What the Bot API lowers the id of a channel by.
///
/// See <https://core.telegram.org/api/bots/ids>.
const CHANNEL_ID_OFFSET: i64 = 1_000_000_000_000;
const USER_ID_MAX: i64 = (1 << 40) - 1;
const CHAT_ID_MAX: i64 = 999_999_999_999;
const CHANNEL_ID_MAX: i64 = 997_852_516_351;
/// The chats of monoforums, which are channels too. Between them and the others lie the numbers of
/// secret chats, which belong to one device.
const MONOFORUM_ID_MIN: i64 = 1_002_147_483_649;
const MONOFORUM_ID_MAX: i64 = 2_999_999_999_999;

/// Whose number it is, if it can be anybody's.
pub(super) fn named_by(number: i64) -> Option<PeerKey> {
    let key = match number {
        0.. => PeerKey::User(number),
        _ if number >= -CHAT_ID_MAX => PeerKey::Chat(-number),
        _ => PeerKey::Channel((-CHANNEL_ID_OFFSET).checked_sub(number)?),
    };
    is_possible(key).then_some(key)
}

/// The number of a peer.
pub(super) fn number_of(key: PeerKey) -> i64 {
    match key {
        PeerKey::User(id) => id,
        PeerKey::Chat(id) => id.saturating_neg(),
        PeerKey::Channel(id) => (-CHANNEL_ID_OFFSET).saturating_sub(id),
    }
}

/// The number of a peer of the raw API; 0, which is nobody's, for a kind that is not known.
pub(crate) fn marked_id(peer: &Peer) -> i64 {
    match peer {
        Peer::User(user) => number_of(PeerKey::User(user.user_id)),
        Peer::Chat(chat) => number_of(PeerKey::Chat(chat.chat_id)),
        Peer::Channel(channel) => number_of(PeerKey::Channel(channel.channel_id)),
        _ => 0,
    }
}

/// Whether there can be such an id.
pub(super) fn is_possible(key: PeerKey) -> bool {
    match key {
        PeerKey::User(id) => (1..=USER_ID_MAX).contains(&id),
        PeerKey::Chat(id) => (1..=CHAT_ID_MAX).contains(&id),
        PeerKey::Channel(id) => {
            (1..=CHANNEL_ID_MAX).contains(&id)
                || (MONOFORUM_ID_MIN..=MONOFORUM_ID_MAX).contains(&id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_peers_at_the_ends_of_each_range() {
        for (number, key) in [
            (1, PeerKey::User(1)),
            (777_000, PeerKey::User(777_000)),
            (1_099_511_627_775, PeerKey::User(1_099_511_627_775)),
            (-1, PeerKey::Chat(1)),
            (-999_999_999_999, PeerKey::Chat(999_999_999_999)),
            (-1_000_000_000_001, PeerKey::Channel(1)),
            (-1_001_234_567_890, PeerKey::Channel(1_234_567_890)),
            (-1_997_852_516_351, PeerKey::Channel(997_852_516_351)),
            (-2_002_147_483_649, PeerKey::Channel(1_002_147_483_649)),
            (-3_999_999_999_999, PeerKey::Channel(2_999_999_999_999)),
        ] {
            assert_eq!(named_by(number), Some(key), "{number}");
            assert_eq!(number_of(key), number, "{key:?}");
        }
        for number in [
            0,
            1_099_511_627_776,
            -1_000_000_000_000,
            -1_997_852_516_352,
            -2_000_000_000_000,
            -2_000_000_000_005,
            -2_002_147_483_648,
            -4_000_000_000_000,
            i64::MIN,
            i64::MAX,
        ] {
            assert_eq!(named_by(number), None, "{number}");
        }
    }
}
