//! What a stream is about.
use std::collections::HashSet;

use super::update::{Place, UpdateKind};

/// What a stream is about: kinds and chats, of which nothing else is built for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Interest {
    /// A bit for each kind; `None` is all.
    kinds: Option<u128>,
    /// By the ids of the Bot API; `None` is all.
    chats: Option<HashSet<i64>>,
    /// Whether messages of an album are to come together.
    pub(super) albums: bool,
}

const _: () = assert!(UpdateKind::ALL.len() <= u128::BITS as usize);

impl Interest {
    pub(super) fn add_kinds(&mut self, kinds: impl IntoIterator<Item = UpdateKind>) {
        let bits = kinds.into_iter().fold(0, |bits, kind| bits | bit(kind));
        *self.kinds.get_or_insert(0) |= bits;
    }

    pub(super) fn add_chats(&mut self, chats: impl IntoIterator<Item = i64>) {
        self.chats.get_or_insert_default().extend(chats);
    }

    /// Whether it is about this.
    pub(super) fn covers(&self, place: &Place) -> bool {
        if place.kind == UpdateKind::Lost {
            return true;
        }
        let is_kind = |kind| self.kinds.is_none_or(|kinds| kinds & bit(kind) != 0);
        let album = self.albums && place.is_in_album;
        (is_kind(place.kind) || album && is_kind(UpdateKind::Album)) && self.covers_chat(place)
    }

    fn covers_chat(&self, place: &Place) -> bool {
        match (&self.chats, place.chat_id) {
            (None, _) => true,
            (Some(chats), Some(chat)) => chats.contains(&chat),
            // Of private chats and small groups it is not told in which messages were deleted.
            (Some(chats), None) => {
                use UpdateKind::{ContentsRead, MessagesDeleted};
                matches!(place.kind, MessagesDeleted | ContentsRead)
                    && chats.iter().any(|chat| *chat > CHANNELS_BEGIN)
            }
        }
    }
}

/// All ids of users and small groups are greater, and those of channels are not:
/// <https://core.telegram.org/api/bots/ids>.
const CHANNELS_BEGIN: i64 = -1_000_000_000_000;

fn bit(kind: UpdateKind) -> u128 {
    1 << kind as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(kind: UpdateKind, chat_id: Option<i64>) -> Place {
        Place {
            kind,
            chat_id,
            is_in_album: false,
        }
    }

    #[test]
    fn all_is_wanted_unless_something_is_said() {
        let all = Interest::default();
        for kind in UpdateKind::ALL {
            assert!(all.covers(&place(*kind, None)) && all.covers(&place(*kind, Some(7))));
        }
    }

    #[test]
    fn each_kind_is_told_from_all_others() {
        for wanted in UpdateKind::ALL {
            let mut interest = Interest::default();
            interest.add_kinds([*wanted]);
            for kind in UpdateKind::ALL {
                let covered = interest.covers(&place(*kind, Some(7)));
                assert_eq!(covered, kind == wanted || *kind == UpdateKind::Lost);
            }
        }
    }

    #[test]
    fn what_names_no_chat_is_wanted_only_where_it_may_be_of_one() {
        use UpdateKind::{InlineQuery, MessagesDeleted, NewMessage};
        let of = |chat: i64| {
            let mut interest = Interest::default();
            interest.add_chats([chat]);
            interest
        };
        let channel = -1_000_000_000_005;
        for (chat, kind, place_of, covered) in [
            (7, NewMessage, Some(7), true),
            (7, NewMessage, Some(8), false),
            (7, MessagesDeleted, None, true),
            (-3, MessagesDeleted, None, true),
            (channel, MessagesDeleted, None, false),
            (channel, MessagesDeleted, Some(channel), true),
            (7, MessagesDeleted, Some(channel), false),
            (7, InlineQuery, None, false),
        ] {
            assert_eq!(
                of(chat).covers(&place(kind, place_of)),
                covered,
                "{chat} {kind:?}"
            );
        }
    }

    #[test]
    fn whoever_wants_albums_wants_what_they_are_made_of() {
        let mut interest = Interest::default();
        interest.add_kinds([UpdateKind::Album]);
        let part = Place {
            is_in_album: true,
            ..place(UpdateKind::NewMessage, Some(7))
        };
        assert!(!interest.covers(&part), "they were not asked for");
        interest.albums = true;
        assert!(interest.covers(&part));
        assert!(!interest.covers(&place(UpdateKind::NewMessage, Some(7))));
    }
}
