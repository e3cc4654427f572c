//! Reading the account's list of dialogs.
use std::fmt;

use super::dialog::{ARCHIVE, Dialog};
use super::dialog_cursor::DialogCursor;
use super::dialog_list::{DialogList, named_dialogs};
use super::folder::Folder;
use crate::client::{Client, Pages};
use crate::error::Result;
use crate::peers::{DialogWalk, Offset, PeerRef, Spot};
use crate::tl::enums::InputDialogPeer;
use crate::tl::functions::messages::{GetPeerDialogs, GetPinnedDialogs};
use crate::tl::types;

/// So many dialogs the server shows at once.
///
/// See <https://core.telegram.org/method/messages.getPeerDialogs>.
const AT_ONCE: usize = 100;

/// The account's dialogs, one after the other: those that are pinned first, then by the last
/// message, the newest first. What it is told counts before the first is taken.
///
/// The list moves while it is read, as messages come. Every dialog that is there all the time is
/// given, once: one that jumps to the head before it was read is found there at the end, when the
/// head is read again. What is not promised is one that jumps up and falls back meanwhile, as its
/// new message is deleted again. What comes new to the list may be given too.
///
/// A page of up to a hundred is asked for at once, and the next one when half of it is read. After
/// an error, it ends; [`cursor`](Self::cursor) tells where. It does not keep the client alive.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let (client, bob) = (telegram.user(), telegram.user());
/// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
/// # bob.send_message(format!("@{name}"), "Hello")?;
/// for dialog in client.iter_dialogs() {
///     let dialog = dialog?;
///     println!("{} ({} unread)", dialog.title(), dialog.unread_count());
///     client.send_message(&dialog, "I have seen it.")?;
/// }
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/method/messages.getDialogs>.
#[must_use = "it asks for nothing before it is read"]
pub struct DialogIter {
    pages: Pages<DialogList>,
    reached: Offset,
}

impl DialogIter {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Those of the archive alone, or all but those. Without this, all.
    ///
    /// See <https://core.telegram.org/api/folders#peer-folders>.
    pub fn archived(mut self, archived: bool) -> Self {
        self.pages.list.folder = Some(if archived { ARCHIVE } else { 0 });
        self
    }

    /// Without those that are pinned.
    pub fn without_pinned(mut self) -> Self {
        self.pages.list.without_pinned = true;
        self
    }

    /// Those of a [folder](crate::Folder) alone. The server does not sort them out: all dialogs are
    /// read, and looked at.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::Folder;
    ///
    /// client.send_message("me", "A note")?;
    /// let folder = client.create_folder(Folder::new("Notes").include("me"))?;
    /// assert_eq!(client.iter_dialogs().in_folder(&folder).count(), 1);
    /// assert_eq!(client.iter_dialogs().in_folder(&Folder::new("").bots()).count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    pub fn in_folder(mut self, folder: &Folder) -> Self {
        self.pages.list.of = Some(folder.clone());
        self
    }

    /// How many there are in all, by the server's counting: folders are not looked at. The first
    /// page tells.
    ///
    /// # Errors
    ///
    /// As [`next`](Iterator::next) of the iterator.
    ///
    /// # Blocking
    ///
    /// Until the first page is there, at most for the client's timeout; then not at all.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }

    /// Where it stands: behind the dialog that was given last.
    #[must_use]
    pub fn cursor(&self) -> DialogCursor {
        DialogCursor {
            offset: self.reached,
            origin: self.pages.list.walk.origin(),
            folder: self.pages.list.folder,
        }
    }
}

impl Iterator for DialogIter {
    type Item = Result<Dialog>;

    /// The next dialog. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        let (dialog, on_the_way) = match self.pages.next()? {
            Ok(found) => found,
            Err(error) => return Some(Err(error)),
        };
        if on_the_way
            && !dialog.is_pinned()
            && let Some(date) = dialog.last_date()
        {
            let (id, peer) = (dialog.raw.top_message, dialog.chat_id());
            self.reached = Offset {
                after: Some(Spot { date, id, peer }),
                pinned_came: true,
            };
        }
        Some(Ok(dialog))
    }
}

impl fmt::Debug for DialogIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DialogIter")
            .field("total", &self.pages.list.total)
            .field("cursor", &self.cursor())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The account's dialogs: [`DialogIter`] says in which order, and which. Nothing is asked for
    /// before the first is taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// bob.send_message(format!("@{name}"), "Hello")?;
    /// let dialog = client.iter_dialogs().next().expect("there is one")?;
    /// assert_eq!(dialog.last_message().map(|message| message.text()), Some("Hello"));
    /// assert_eq!(dialog.unread_count(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots), as bots have no such list.
    ///
    /// # Blocking
    ///
    /// Not; taking a dialog blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDialogs>.
    pub fn iter_dialogs(&self) -> DialogIter {
        self.iter_dialogs_from(&DialogCursor::default())
    }

    /// The same from where a reading has stopped earlier. What has got messages since then is
    /// given too, also what was given then.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # client.send_message("me", "Hello")?;
    /// let mut dialogs = client.iter_dialogs();
    /// dialogs.next().expect("there is one")?;
    /// let kept = dialogs.cursor().to_string();
    ///
    /// let cursor = kept.parse().expect("it was written so");
    /// assert_eq!(client.iter_dialogs_from(&cursor).count(), 1);
    /// client.send_message("me", "Hello again")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`iter_dialogs`](Self::iter_dialogs).
    ///
    /// # Blocking
    ///
    /// Not; taking a dialog blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDialogs>.
    pub fn iter_dialogs_from(&self, cursor: &DialogCursor) -> DialogIter {
        let list = DialogList {
            walk: DialogWalk::from(cursor.offset, cursor.origin),
            folder: cursor.folder,
            ..DialogList::default()
        };
        DialogIter {
            pages: Pages::new(self, list),
            reached: cursor.offset,
        }
    }

    /// The dialogs that are pinned, in their order: of the main list, or of the archive.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getPinnedDialogs>.
    pub fn pinned_dialogs(&self, archived: bool) -> Result<Vec<Dialog>> {
        let folder_id = if archived { ARCHIVE } else { 0 };
        let answer = self.ask(&GetPinnedDialogs { folder_id })?;
        Ok(named_dialogs(answer, self))
    }

    /// The dialogs with some, however many: how far each is read, and its last message.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "A note")?;
    /// let dialogs = client.fetch_dialogs(["me"])?;
    /// assert_eq!(dialogs[0].last_message().map(|it| it.text()), Some("A note"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getPeerDialogs>.
    pub fn fetch_dialogs<P: Into<PeerRef>>(
        &self,
        peers: impl IntoIterator<Item = P>,
    ) -> Result<Vec<Dialog>> {
        let deadline = self.begin_for::<GetPeerDialogs>()?;
        let named = |peer: P| {
            let peer = self.resolve_until(&peer.into(), deadline)?;
            Ok(InputDialogPeer::Peer(types::InputDialogPeer { peer }))
        };
        let peers = peers.into_iter().map(named).collect::<Result<Vec<_>>>()?;
        let mut dialogs = Vec::with_capacity(peers.len());
        for peers in peers.chunks(AT_ONCE) {
            let peers = peers.to_vec();
            let answer = self.ask_until(&GetPeerDialogs { peers }, deadline)?;
            dialogs.extend(named_dialogs(answer, self));
        }
        Ok(dialogs)
    }
}
