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
