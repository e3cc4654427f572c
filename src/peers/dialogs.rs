//! Whom the list of dialogs shows.
use std::collections::HashSet;
use std::time::Instant;

use super::peer_ref::key;
use crate::client::Client;
use crate::error::Result;
use crate::store::PeerKey;
use crate::tl::enums::{self, Dialog, InputPeer, Message, messages::Dialogs};
use crate::tl::functions::messages::GetDialogs;

/// The most that the server gives at once.
///
/// See <https://core.telegram.org/method/messages.getDialogs>.
const PAGE: i32 = 100;

/// So many pages are read to find somebody whom a call names: with more, the limit on such requests
/// would soon be reached.
const PAGES_TO_FIND: usize = 10;

impl Client {
    /// Reads the account's list of dialogs, so that everybody in it can be named by the id: for
    /// programs that begin with a session from elsewhere. How many dialogs it has read.
    ///
    /// Where an id is named of which nothing is known, a thousand of the newest are read anyway, at
    /// most once an hour.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let bob_id = bob.my_id().expect("he is signed in");
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # bob.send_message(format!("@{name}"), "Hello")?;
    /// assert_eq!(client.learn_peers_from_dialogs()?, 1);
    /// client.send_message(bob_id, "How are you?")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots), as bots have
    /// no such list. What was read before a failure stays known.
    ///
    /// # Blocking
    ///
    /// Until all pages are read, at most for the client's timeout: an account in many chats wants
    /// a [longer one](Self::with_timeout).
    ///
    /// See <https://core.telegram.org/method/messages.getDialogs>.
    pub fn learn_peers_from_dialogs(&self) -> Result<usize> {
        let deadline = self.begin()?;
        let login = self.core.imports.login();
        let read = self.walk_dialogs(usize::MAX, deadline)?;
        self.core.has_met_dialogs(login);
        Ok(read)
    }

    /// Reads the newest, to find somebody.
    pub(super) fn read_dialogs(&self, deadline: Instant) -> Result<usize> {
        self.walk_dialogs(PAGES_TO_FIND, deadline)
    }

    fn walk_dialogs(&self, pages: usize, deadline: Instant) -> Result<usize> {
        let mut seen = HashSet::new();
        let mut request = GetDialogs {
            limit: PAGE,
            ..Default::default()
        };
        for _ in 0..pages {
            let page = Page::from(self.ask_until(&request, deadline)?);
            let before = seen.len();
            seen.extend(page.dialogs.iter().filter_map(peer));
            // The list moves meanwhile: the last ones may come again for ever.
            if page.is_last || seen.len() == before {
                break;
            }
            match page.next() {
                Some((id, top)) => {
                    let peer = self.as_known(id, deadline)?;
                    request.offset_peer = peer.unwrap_or(InputPeer::Empty);
                    (request.offset_id, request.offset_date) = top;
                }
                None if request.exclude_pinned => break,
                None => {} // All of them were pinned.
            }
            request.exclude_pinned = true;
        }
        Ok(seen.len())
    }
}

/// A part of the list.
struct Page {
    dialogs: Vec<Dialog>,
    messages: Vec<Message>,
    is_last: bool,
}

impl From<Dialogs> for Page {
    fn from(answer: Dialogs) -> Self {
        let (dialogs, messages, is_last) = match answer {
            Dialogs::Dialogs(all) => (all.dialogs, all.messages, true),
            Dialogs::Slice(some) => (some.dialogs, some.messages, false),
            _ => (Vec::new(), Vec::new(), true),
        };
        Self {
            dialogs,
            messages,
            is_last,
        }
    }
}

impl Page {
    /// Where the next page begins: after the last one that stands in the order of time, as those
    /// that are pinned do not. Its peer, and id and date of its last message: ids are the same in
    /// different chats.
    ///
    /// See <https://core.telegram.org/api/offsets>.
    fn next(&self) -> Option<(PeerKey, (i32, i32))> {
        self.dialogs.iter().rev().find_map(|dialog| {
            let Dialog::Dialog(dialog) = dialog else {
                return None;
            };
            let id = key(&dialog.peer).ok().filter(|_| !dialog.pinned)?;
            let top = dialog.top_message;
            let date = self.messages.iter().find_map(|message| match message {
                Message::Message(it) if it.id == top && it.peer_id == dialog.peer => Some(it.date),
                Message::Service(it) if it.id == top && it.peer_id == dialog.peer => Some(it.date),
                _ => None,
            })?;
            Some((id, (top, date)))
        })
    }
}

fn peer(dialog: &Dialog) -> Option<PeerKey> {
    match dialog {
        enums::Dialog::Dialog(dialog) => key(&dialog.peer).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

    fn dialog(channel_id: i64, top_message: i32, pinned: bool) -> Dialog {
        let peer = types::PeerChannel { channel_id }.into();
        types::Dialog {
            pinned,
            peer,
            top_message,
            ..Default::default()
        }
        .into()
    }

    fn message(channel_id: i64, id: i32, date: i32) -> Message {
        let peer_id = types::PeerChannel { channel_id }.into();
        types::Message {
            id,
            peer_id,
            date,
            ..Default::default()
        }
        .into()
    }

    fn page(dialogs: Vec<Dialog>, messages: Vec<Message>) -> Page {
        Page {
            dialogs,
            messages,
            is_last: false,
        }
    }

    #[test]
    fn the_next_page_begins_after_the_last_dialog_not_after_the_oldest_message() {
        // A monoforum stands high with an old message, and ids repeat from channel to channel.
        let dialogs = vec![
            dialog(1, 17, false),
            dialog(2, 3, false),
            dialog(3, 17, false),
        ];
        let messages = vec![message(1, 17, 100), message(2, 3, 5), message(3, 17, 90)];
        let next = page(dialogs, messages).next();
        assert_eq!(next, Some((PeerKey::Channel(3), (17, 90))));
    }

    #[test]
    fn what_is_pinned_or_has_no_message_is_no_place_to_go_on_from() {
        let dialogs = || {
            vec![
                dialog(1, 10, false),
                dialog(2, 20, true),
                dialog(3, 0, false),
            ]
        };
        let messages = vec![message(1, 10, 50), message(2, 20, 40)];
        let next = page(dialogs(), messages).next();
        assert_eq!(next, Some((PeerKey::Channel(1), (10, 50))));
        assert_eq!(page(dialogs(), Vec::new()).next(), None);
    }
}
