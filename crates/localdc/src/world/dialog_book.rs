//! How an account has arranged its conversations.
use std::collections::{BTreeMap, BTreeSet};

use ferogram_sync::tl::{enums, types};

use super::peer::Peer;

/// How an account has arranged its conversations: what is pinned, archived, marked and put into
/// folders (<https://core.telegram.org/api/folders>), and what of them it has not looked at.
#[derive(Debug, Default)]
pub(crate) struct DialogBook {
    /// Those that are pinned in the main list, the uppermost first.
    pub(crate) pinned: Vec<Peer>,
    /// Those that are pinned in the archive.
    pub(crate) pinned_in_archive: Vec<Peer>,
    pub(crate) archived: BTreeSet<Peer>,
    pub(crate) marked_unread: BTreeSet<Peer>,
    /// The folders, in their order.
    pub(crate) folders: Vec<enums::DialogFilter>,
    /// Whether dialogs show in which folders they are.
    pub(crate) tags: bool,
    /// The links to folders: by the number of the folder.
    pub(crate) links: BTreeMap<i32, Vec<types::ExportedChatlistInvite>>,
    /// The folders that were added by links, and what stands at the end of these.
    pub(crate) joined: BTreeMap<i32, String>,
    /// After how many seconds the messages of some conversations delete themselves.
    pub(crate) ttls: BTreeMap<Peer, i32>,
    /// After how many seconds the messages of new chats delete themselves.
    pub(crate) ttl: i32,
    /// Messages whose mention of this account it has seen.
    pub(crate) seen_mentions: BTreeSet<(Peer, i32)>,
    /// The reactions to own messages that it has seen.
    pub(crate) seen_reactions: BTreeMap<(Peer, i32), BTreeMap<i64, Vec<enums::Reaction>>>,
}

impl DialogBook {
    /// Where a conversation is: 0 in the main list, 1 in the archive.
    pub(crate) fn folder_of(&self, peer: Peer) -> i32 {
        self.archived.contains(&peer).into()
    }

    /// Those that are pinned in one of the two lists.
    pub(crate) fn pinned_in(&mut self, folder: i32) -> &mut Vec<Peer> {
        match folder {
            0 => &mut self.pinned,
            _ => &mut self.pinned_in_archive,
        }
    }

    /// Whether it is pinned, wherever it is.
    pub(crate) fn is_pinned(&self, peer: Peer) -> bool {
        self.pinned.contains(&peer) || self.pinned_in_archive.contains(&peer)
    }

    /// Moves a conversation to the archive or out of it, which unpins it.
    pub(crate) fn file(&mut self, peer: Peer, folder: i32) {
        if self.folder_of(peer) == folder {
            return;
        }
        match folder {
            0 => self.archived.remove(&peer),
            _ => self.archived.insert(peer),
        };
        self.pinned.retain(|it| *it != peer);
        self.pinned_in_archive.retain(|it| *it != peer);
    }
}
