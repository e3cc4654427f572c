//! Chats were moved into the archive, or out of it.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// Chats were moved into the archive, or out of it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateFolderPeers {
    ///     folder_peers: vec![types::FolderPeer { folder_id: 1, ..Default::default() }.into()],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ChatsArchived(moves) = update else { panic!("it is one") };
    /// assert_eq!(moves.moves().map(|(_, folder)| folder).collect::<Vec<_>>(), [1]);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateFolderPeers>,
    /// and <https://core.telegram.org/api/folders>.
    FolderMoves(types::UpdateFolderPeers)
}

impl FolderMoves {
    /// Each chat, and the folder that it is in now: 1 is the archive, 0 the list itself.
    pub fn moves(&self) -> impl Iterator<Item = (&enums::Peer, i32)> {
        let moves = self.raw.folder_peers.iter();
        moves.map(|enums::FolderPeer::Peer(it)| (&it.peer, it.folder_id))
    }
}
