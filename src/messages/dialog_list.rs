//! The dialogs as a list that is read page by page.
use std::collections::HashMap;

use super::dialog::Dialog;
use super::folder::{Folder, Sieve};
use super::message::Message;
use super::shown::{chat_of, place};
use crate::client::{Call, Client, List, Pending};
use crate::error::Result;
use crate::net;
use crate::peers::{DialogPage, DialogWalk, PeerMap, PeerRef, marked_id};
use crate::tl::enums::{self, messages::Dialogs};
use crate::tl::types;

/// The dialogs that are read.
#[derive(Default)]
pub(super) struct DialogList {
    pub(super) walk: DialogWalk,
    /// Of the archive alone, or of all but that.
    pub(super) folder: Option<i32>,
    pub(super) without_pinned: bool,
    /// Of this folder alone.
    pub(super) of: Option<Folder>,
    /// How many there are.
    pub(super) total: Option<usize>,
    pub(super) sieve: Option<Sieve>,
}

impl DialogList {
    /// Finds out whom the folder names, by their ids.
    fn settle(&mut self, call: &Call) -> Result<()> {
        let Some(folder) = &self.of else {
            return Ok(());
        };
        let ids = |peers: &[PeerRef]| -> Result<Vec<i64>> {
            let named = call.client.named_all(peers, call.deadline)?;
            let peers = named.iter().filter_map(|peer| call.client.peer_of(peer));
            Ok(peers.map(|peer| marked_id(&peer)).collect())
        };
        self.sieve = Some(Sieve {
            named: [ids(&folder.pinned)?, ids(&folder.included)?].concat(),
            excluded: ids(&folder.excluded)?,
            kinds: folder.kinds,
            without_muted: folder.exclude_muted,
            without_read: folder.exclude_read,
            without_archived: folder.exclude_archived,
            now: net::now().unix_seconds(),
        });
        Ok(())
    }
}

/// A dialog, and whether it was found on the way down the list.
pub(super) type Found = (Dialog, bool);

impl List for DialogList {
    type Item = Found;
    type Answer = Dialogs;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<Dialogs> {
        self.settle(call)?;
        self.submit(call, wanted).wait()
    }

    fn submit(&self, call: &Call, _wanted: usize) -> Pending<Dialogs> {
        let offset = self.walk.offset();
        let mut request = call.client.dialogs_after(offset, call.deadline);
        request.folder_id = self.folder;
        request.exclude_pinned |= self.without_pinned;
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, call: &Call, answer: Dialogs) -> Result<Vec<Found>> {
        let page = DialogPage::from(answer);
        self.total.get_or_insert(page.count);
        let on_the_way = self.walk.is_first_pass();
        let admitted = self.walk.admit(&page.stands(), page.whole);
        let dialogs = dialogs_of(page, &call.client);
        let mut dialogs: HashMap<usize, Dialog> = dialogs.collect();
        let admitted = admitted.into_iter().filter_map(|at| dialogs.remove(&at));
        // The server gives the pinned ones of all folders.
        let is_meant = |dialog: &Dialog| match self.folder {
            Some(folder) => dialog.raw.folder_id.unwrap_or(0) == folder,
            None => true,
        };
        let admitted = admitted.filter(is_meant);
        let admitted = admitted.filter(|dialog| !(self.without_pinned && dialog.is_pinned()));
        let is_in = |dialog: &Dialog| self.sieve.as_ref().is_none_or(|it| it.holds(dialog));
        let admitted = admitted.filter(is_in);
        Ok(admitted.map(|dialog| (dialog, on_the_way)).collect())
    }

    fn is_over(&self) -> bool {
        self.walk.is_over()
    }
}

/// The dialogs of a page, by their places on it, each with what the page has of it.
pub(super) fn dialogs_of(
    page: DialogPage,
    client: &Client,
) -> impl Iterator<Item = (usize, Dialog)> {
    let stands = page.stands();
    let peers = PeerMap::new(page.users, page.chats);
    let messages = page.messages.into_iter();
    let mut messages: HashMap<(i64, i32), enums::Message> = messages.filter_map(by_id).collect();
    let dialogs = page.dialogs.into_iter().enumerate();
    dialogs.filter_map(move |(at, dialog)| {
        let enums::Dialog::Dialog(raw) = dialog else {
            return None;
        };
        let last = messages.remove(&(marked_id(&raw.peer), raw.top_message));
        let last = last.and_then(|last| Message::from_raw(client, last, peers.clone()));
        let stand = stands.get(at).and_then(|stand| stand.last);
        let date = stand.map(|(date, _)| date);
        Some((at, Dialog::new(*raw, peers.clone(), last, date)))
    })
}

fn by_id(message: enums::Message) -> Option<((i64, i32), enums::Message)> {
    let key = (marked_id(chat_of(&message)?), place(&message).0);
    Some((key, message))
}

/// The dialogs of an answer that names whose they are.
pub(super) fn named_dialogs(answer: enums::messages::PeerDialogs, client: &Client) -> Vec<Dialog> {
    let enums::messages::PeerDialogs::Dialogs(answer) = answer;
    let types::messages::PeerDialogs {
        dialogs,
        messages,
        chats,
        users,
        ..
    } = *answer;
    let page = DialogPage {
        count: dialogs.len(),
        whole: true,
        dialogs,
        messages,
        users,
        chats,
    };
    dialogs_of(page, client).map(|(_, dialog)| dialog).collect()
}
