//! Changing the list of dialogs: what is pinned, archived, marked.
use super::dialog::ARCHIVE;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::{DialogPeer, InputDialogPeer, Peer};
use crate::tl::functions::folders::EditPeerFolders;
use crate::tl::functions::messages as f;
use crate::tl::types;

/// So many dialogs one request takes.
const AT_ONCE: usize = 100;

impl Client {
    /// Pins a dialog above the others, or unpins it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "A note")?;
    /// client.pin_dialog("me", true)?;
    /// assert_eq!(client.pinned_dialogs(false)?.len(), 1);
    /// client.pin_dialog("me", false)?;
    /// assert!(client.pinned_dialogs(false)?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `PINNED_DIALOGS_TOO_MUCH`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleDialogPin>.
    pub fn pin_dialog(&self, peer: impl Into<PeerRef>, pinned: bool) -> Result<()> {
        let (peer, deadline) = (peer.into(), self.begin_for::<f::ToggleDialogPin>()?);
        self.ask_about(&peer, deadline, |peer| {
            let peer = types::InputDialogPeer { peer: peer.clone() }.into();
            let request = f::ToggleDialogPin { pinned, peer };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Pins these dialogs in this order, and no others: in the main list, or in the archive.
    ///
    /// # Errors
    ///
    /// As [`pin_dialog`](Self::pin_dialog).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.reorderPinnedDialogs>.
    pub fn pin_dialogs_in_order<P: Into<PeerRef>>(
        &self,
        peers: impl IntoIterator<Item = P>,
        archived: bool,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::ReorderPinnedDialogs>()?;
        let named = |peer: P| {
            let peer = self.resolve_until(&peer.into(), deadline)?;
            Ok(InputDialogPeer::Peer(types::InputDialogPeer { peer }))
        };
        let request = f::ReorderPinnedDialogs {
            force: true,
            folder_id: if archived { ARCHIVE } else { 0 },
            order: peers.into_iter().map(named).collect::<Result<_>>()?,
        };
        self.ask_until(&request, deadline).map(drop)
    }

    /// Puts a dialog into the archive, or takes it out.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "A note")?;
    /// client.archive("me", true)?;
    /// assert_eq!(client.iter_dialogs().archived(true).count(), 1);
    /// assert_eq!(client.iter_dialogs().archived(false).count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `FOLDER_ID_INVALID`,
    /// `CHAT_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/folders.editPeerFolders>.
    pub fn archive(&self, peer: impl Into<PeerRef>, archived: bool) -> Result<()> {
        self.archive_all([peer.into()], archived)
    }

    /// The same of several, however many.
    ///
    /// # Errors
    ///
    /// As [`archive`](Self::archive). After an error, the first hundreds of many may be done.
    ///
    /// # Blocking
    ///
    /// Until the server has it, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/folders.editPeerFolders>.
    pub fn archive_all<P: Into<PeerRef>>(
        &self,
        peers: impl IntoIterator<Item = P>,
        archived: bool,
    ) -> Result<()> {
        let deadline = self.begin_for::<EditPeerFolders>()?;
        let folder_id = if archived { ARCHIVE } else { 0 };
        let named = |peer: P| {
            let peer = self.resolve_until(&peer.into(), deadline)?;
            Ok(types::InputFolderPeer { peer, folder_id }.into())
        };
        let peers = peers.into_iter().map(named).collect::<Result<Vec<_>>>()?;
        for folder_peers in peers.chunks(AT_ONCE) {
            let folder_peers = folder_peers.to_vec();
            self.ask_until(&EditPeerFolders { folder_peers }, deadline)?;
        }
        Ok(())
    }

    /// Marks a dialog as unread, or takes the mark away: what messages were read is another thing.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "A note")?;
    /// client.mark_unread("me", true)?;
    /// assert!(client.fetch_dialogs(["me"])?[0].is_marked_unread());
    /// assert_eq!(client.dialogs_marked_unread()?.len(), 1);
    /// client.mark_unread("me", false)?;
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
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.markDialogUnread>.
    pub fn mark_unread(&self, peer: impl Into<PeerRef>, unread: bool) -> Result<()> {
        let (peer, deadline) = (peer.into(), self.begin_for::<f::MarkDialogUnread>()?);
        self.ask_about(&peer, deadline, |peer| {
            let peer = types::InputDialogPeer { peer: peer.clone() }.into();
            let request = f::MarkDialogUnread {
                unread,
                peer,
                ..Default::default()
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// The dialogs that are [marked as unread](Self::mark_unread).
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDialogUnreadMarks>.
    pub fn dialogs_marked_unread(&self) -> Result<Vec<Peer>> {
        let marked = self.ask(&f::GetDialogUnreadMarks::default())?;
        let peer = |marked| match marked {
            DialogPeer::Peer(marked) => Some(marked.peer),
            _ => None,
        };
        Ok(marked.into_iter().filter_map(peer).collect())
    }
}
