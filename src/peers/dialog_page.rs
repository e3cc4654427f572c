//! A part of the list of dialogs, as the server gives it.
use std::collections::HashMap;

use super::dialog_walk::{NOBODY, Stand};
use super::marked_id::marked_id;
use crate::tl::enums::{Chat, Dialog, Message, Peer, User, messages::Dialogs};

/// A part of the list of dialogs.
#[derive(Debug, Default)]
pub(crate) struct DialogPage {
    pub(crate) dialogs: Vec<Dialog>,
    pub(crate) messages: Vec<Message>,
    pub(crate) users: Vec<User>,
    pub(crate) chats: Vec<Chat>,
    /// How many the whole list has.
    pub(crate) count: usize,
    /// Whether this is the whole list.
    pub(crate) whole: bool,
}

impl From<Dialogs> for DialogPage {
    fn from(answer: Dialogs) -> Self {
        match answer {
            Dialogs::Dialogs(all) => Self {
                count: all.dialogs.len(),
                dialogs: all.dialogs,
                messages: all.messages,
                users: all.users,
                chats: all.chats,
                whole: true,
            },
            Dialogs::Slice(some) => Self {
                count: usize::try_from(some.count).unwrap_or(0),
                dialogs: some.dialogs,
                messages: some.messages,
                users: some.users,
                chats: some.chats,
                whole: false,
            },
            _ => Self::default(),
        }
    }
}

impl DialogPage {
    /// Where those that are somebody's stand. Ids are the same in different chats: the last
    /// message is told by its chat too.
    pub(crate) fn stands(&self) -> Vec<Stand> {
        let messages: HashMap<(i64, i32), i32> = self.messages.iter().filter_map(dated).collect();
        let stand = |dialog: &Dialog| match dialog {
            Dialog::Dialog(dialog) => {
                let (peer, id) = (marked_id(&dialog.peer), dialog.top_message);
                let date = messages.get(&(peer, id));
                Stand {
                    peer,
                    pinned: dialog.pinned,
                    last: date.map(|date| (*date, id)),
                }
            }
            _ => Stand {
                peer: NOBODY,
                pinned: true,
                last: None,
            },
        };
        self.dialogs.iter().map(stand).collect()
    }
}

/// A message, by its chat and its id, and its date.
fn dated(message: &Message) -> Option<((i64, i32), i32)> {
    let (peer, id, date): (&Peer, i32, i32) = match message {
        Message::Message(it) => (&it.peer_id, it.id, it.date),
        Message::Service(it) => (&it.peer_id, it.id, it.date),
        _ => return None,
    };
    Some(((marked_id(peer), id), date))
}
