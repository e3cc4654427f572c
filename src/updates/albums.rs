//! Messages of albums, until they are together.
use std::time::{Duration, Instant};

use super::delivery::UpdateDelivery;
use super::update::{Update, UpdateKind};

/// No album has more: <https://core.telegram.org/method/messages.sendMultiMedia>.
const ALBUM_MAX: usize = 10;

/// So long it is waited for the next message of an album. They are made at once, so that what is in
/// between is the line.
const WAIT: Duration = Duration::from_millis(300);

/// So many albums are put together at once. Of more, those that have waited longest go as they are.
const ALBUMS_MAX: usize = 64;

/// Messages of albums, until they are together. What happens in a chat stays in its order.
#[derive(Default)]
pub(super) struct Albums {
    /// Those that have waited longest first.
    held: Vec<Held>,
}

struct Held {
    chat_id: i64,
    album_id: i64,
    parts: Vec<UpdateDelivery>,
    due: Instant,
}

impl Albums {
    /// Takes an update in; gives what can go on now, in its order.
    pub(super) fn take(&mut self, next: UpdateDelivery, now: Instant) -> Vec<UpdateDelivery> {
        let Some((chat_id, album_id)) = album_of(&next) else {
            let mut ready = self.before(&next);
            ready.push(next);
            return ready;
        };
        let is_its = |held: &Held| (held.chat_id, held.album_id) == (chat_id, album_id);
        let (mut ready, mut album) = match self.held.iter().position(is_its) {
            Some(at) => (Vec::new(), self.held.remove(at)),
            None => {
                let album = Held {
                    chat_id,
                    album_id,
                    parts: Vec::with_capacity(ALBUM_MAX),
                    due: now,
                };
                (self.before(&next), album)
            }
        };
        album.parts.push(next);
        album.due = now + WAIT;
        match album.parts.len() < ALBUM_MAX {
            true => self.held.push(album),
            false => ready.extend(album.together()),
        }
        while self.held.len() > ALBUMS_MAX {
            ready.extend(self.held.remove(0).together());
        }
        ready
    }

    /// What has waited long enough.
    pub(super) fn late(&mut self, now: Instant) -> Vec<UpdateDelivery> {
        self.release(|held| held.due <= now)
    }

    /// When something has.
    pub(super) fn due(&self) -> Option<Instant> {
        self.held.iter().map(|held| held.due).min()
    }

    /// All, one by one.
    pub(super) fn apart(&mut self) -> Vec<UpdateDelivery> {
        let held = std::mem::take(&mut self.held).into_iter();
        held.flat_map(|held| held.parts).collect()
    }

    /// What has to come before this.
    fn before(&mut self, next: &Update) -> Vec<UpdateDelivery> {
        match (next.kind(), next.chat_id()) {
            // Of no matter when, and there while an album is sent.
            (UpdateKind::Typing | UpdateKind::UserStatus, _) => Vec::new(),
            (_, Some(chat)) => self.release(|held| held.chat_id == chat),
            (UpdateKind::MessagesDeleted | UpdateKind::ContentsRead | UpdateKind::Lost, None) => {
                self.release(|_| true)
            }
            (_, None) => Vec::new(),
        }
    }

    fn release(&mut self, which: impl Fn(&Held) -> bool) -> Vec<UpdateDelivery> {
        let all = std::mem::take(&mut self.held);
        let (ready, held) = all.into_iter().partition(which);
        self.held = held;
        let ready = <Vec<Held>>::into_iter(ready);
        ready.flat_map(Held::together).collect()
    }
}

impl Held {
    fn together(self) -> Option<UpdateDelivery> {
        UpdateDelivery::together(self.parts)
    }
}

/// The chat and the album that it belongs to.
fn album_of(update: &Update) -> Option<(i64, i64)> {
    match update {
        Update::NewMessage(message) => Some((message.chat_id(), message.album_id()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::client::Client;
    use crate::net;
    use crate::peers::PeerMap;
    use crate::store::MemoryStore;
    use crate::tl::{enums, types};
    use crate::updates::delivery::Slip;
    use crate::updates::shelf::{Alarm, Shelf};

    /// What comes to a client whose data centre is nowhere.
    struct Line {
        client: Client,
        shelf: Arc<Shelf>,
        albums: Albums,
        tickets: u64,
        now: Instant,
    }

    impl Line {
        fn new() -> Self {
            let nowhere = ([127, 0, 0, 1], 1).into();
            let builder = Client::builder().api_id(1).api_hash("hash");
            let builder = builder.session(MemoryStore::default());
            let client = builder.dc_addr(2, nowhere).connect().expect("it starts");
            let shelf = Shelf::new(&client.core, &Alarm::new(&client.core));
            Self {
                client,
                shelf: shelf.into(),
                albums: Albums::default(),
                tickets: 0,
                now: net::now().instant,
            }
        }

        fn give(&mut self, raw: impl Into<enums::Update>) -> Vec<UpdateDelivery> {
            self.tickets += 1;
            let slip = Slip {
                ticket: self.tickets,
                login: 0,
                tells: false,
            };
            let update = Update::from_raw(&self.client, raw.into(), PeerMap::default());
            let delivery = UpdateDelivery::new(update, slip, &self.shelf);
            self.albums.take(delivery, self.now)
        }

        /// Messages of an album in a private chat.
        fn parts(&mut self, chat: i64, album: i64, ids: std::ops::Range<i32>) -> Vec<Vec<i32>> {
            let given = ids.flat_map(|id| self.give(message(chat, Some(album), id)));
            ids_of(given.collect())
        }
    }

    fn message(user_id: i64, grouped_id: Option<i64>, id: i32) -> types::UpdateNewMessage {
        let message = types::Message {
            id,
            peer_id: types::PeerUser { user_id }.into(),
            grouped_id,
            ..Default::default()
        };
        types::UpdateNewMessage {
            message: message.into(),
            ..Default::default()
        }
    }

    /// The messages that each of these brings; 0 is something else.
    fn ids_of(given: Vec<UpdateDelivery>) -> Vec<Vec<i32>> {
        let ids = given.iter().map(|one| match &**one {
            Update::NewMessage(it) => vec![it.id()],
            Update::Album(it) => it.messages().iter().map(|it| it.id()).collect(),
            _ => vec![0],
        });
        ids.collect()
    }

    #[test]
    fn an_album_is_whole_when_the_next_message_of_its_chat_comes() {
        let mut line = Line::new();
        assert!(line.parts(7, 1, 1..4).is_empty());
        let given = line.give(message(7, None, 4));
        assert_eq!(ids_of(given), [vec![1, 2, 3], vec![4]]);
        assert!(line.parts(7, 1, 5..7).is_empty());
        assert_eq!(line.parts(7, 2, 7..8), [[5, 6]], "the next album");
        assert_eq!(ids_of(line.albums.late(line.now + WAIT)), [[7]]);
    }

    #[test]
    fn an_album_is_whole_when_there_can_be_no_more_of_it() {
        let mut line = Line::new();
        assert!(line.parts(7, 1, 1..10).is_empty());
        let whole: Vec<i32> = (1..11).collect();
        assert_eq!(line.parts(7, 1, 10..11), [whole]);
        assert_eq!(line.albums.due(), None);
    }

    #[test]
    fn an_album_is_given_when_nothing_more_of_it_comes() {
        let mut line = Line::new();
        let begun = line.now;
        assert!(line.parts(7, 1, 1..2).is_empty());
        line.now += WAIT / 2;
        assert!(line.parts(7, 1, 2..3).is_empty());
        assert_eq!(line.albums.due(), Some(begun + WAIT / 2 + WAIT));
        assert!(line.albums.late(begun + WAIT).is_empty());
        assert_eq!(ids_of(line.albums.late(begun + WAIT * 2)), [[1, 2]]);
    }

    #[test]
    fn what_happens_elsewhere_waits_for_no_album() {
        let mut line = Line::new();
        assert!(line.parts(7, 1, 1..3).is_empty());
        assert_eq!(ids_of(line.give(message(8, None, 9))), [[9]]);
        assert!(
            line.parts(8, 1, 10..12).is_empty(),
            "another album of that number"
        );
        let typing = types::UpdateUserTyping {
            user_id: 7,
            ..Default::default()
        };
        assert_eq!(ids_of(line.give(typing)), [[0]]);
        // This may be of either chat.
        let deleted = types::UpdateDeleteMessages::default();
        assert_eq!(
            ids_of(line.give(deleted)),
            [vec![1, 2], vec![10, 11], vec![0]]
        );
    }

    #[test]
    fn an_edit_comes_after_the_album_that_it_is_of() {
        let mut line = Line::new();
        assert!(line.parts(7, 1, 1..3).is_empty());
        let types::UpdateNewMessage { message, .. } = message(7, Some(1), 1);
        let edit = types::UpdateEditMessage {
            message,
            ..Default::default()
        };
        assert_eq!(ids_of(line.give(edit)), [vec![1, 2], vec![0]]);
    }

    #[test]
    fn all_messages_of_an_album_are_finished_with_it_and_none_before() {
        let mut line = Line::new();
        line.parts(7, 1, 1..4);
        assert_eq!(line.shelf.lowest(), Some(1), "it is held");
        let mut given = line.give(message(7, None, 4));
        let last = given.pop().expect("the message");
        last.ack();
        assert_eq!(line.shelf.lowest(), Some(1));
        let album = given.pop().expect("the album");
        let (update, receipt) = album.open();
        let album = receipt.back(update);
        assert_eq!(line.shelf.lowest(), Some(1));
        album.ack();
        assert_eq!(line.shelf.lowest(), None);
    }

    #[test]
    fn an_album_can_be_taken_apart_again() {
        let mut line = Line::new();
        line.parts(7, 1, 1..4);
        let mut given = line.give(message(7, None, 4));
        let album = given.remove(0);
        let parts = album.apart();
        assert_eq!(parts.len(), 3);
        for (ticket, part) in (1..).zip(parts) {
            assert_eq!(
                (part.slip().ticket, line.shelf.lowest()),
                (ticket, Some(ticket))
            );
            part.ack();
        }
        line.parts(7, 2, 5..7);
        assert_eq!(ids_of(line.albums.apart()), [[5], [6]]);
        assert_eq!(line.albums.due(), None);
    }

    #[test]
    fn an_album_that_moves_moves_whole() {
        let mut line = Line::new();
        line.parts(7, 1, 1..4);
        let album = line.give(message(7, None, 4)).remove(0);
        let alarm = Alarm::new(&line.client.core);
        let other = Arc::new(Shelf::new(&line.client.core, &alarm));
        let album = album.moved_to(&other);
        assert_eq!((line.shelf.lowest(), other.lowest()), (Some(4), Some(1)));
        album.ack();
        assert_eq!(other.lowest(), None);
    }

    #[test]
    fn albums_cost_bounded_memory() {
        let mut line = Line::new();
        for chat in 1..1000 {
            line.parts(chat, 1, 1..3);
        }
        assert!(line.albums.held.len() <= ALBUMS_MAX);
    }
}
