//! Folders that are shared by a link.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerMap, PeerRef};
use crate::text::FormattedText;
use crate::tl::enums::chatlists as answers;
use crate::tl::enums::{ExportedChatlistInvite, InputChatlist, Peer};
use crate::tl::functions::chatlists as f;
use crate::tl::types;

/// A link to a folder, as its owner sees it.
///
/// See <https://core.telegram.org/api/links#chat-folder-links>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FolderLink {
    /// What its owner calls it.
    pub title: String,
    /// The link itself.
    pub url: String,
    /// The groups and channels that one may join by it.
    pub peers: Vec<Peer>,
}

/// What a link to a folder leads to.
///
/// See <https://core.telegram.org/type/chatlists.ChatlistInvite>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FolderInvite {
    /// What the folder is called; `None` where the account has it already.
    pub title: Option<String>,
    /// The number of the folder, where the account has it already.
    pub folder_id: Option<i32>,
    /// The chats that can be joined, and are not yet.
    pub missing: Vec<Peer>,
    /// The chats that the account is in already.
    pub joined: Vec<Peer>,
    /// What the server shows of them.
    pub chats: PeerMap,
}

impl Client {
    /// Makes a link by which others may add a folder, with some of its groups and channels. The
    /// folder may hold nothing but what it names.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `FILTER_ID_INVALID`,
    /// `FILTER_NOT_SUPPORTED`, `INVITES_TOO_MUCH`, `PEERS_LIST_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.exportChatlistInvite>.
    pub fn share_folder<P: Into<PeerRef>>(
        &self,
        folder_id: i32,
        title: impl Into<String>,
        peers: impl IntoIterator<Item = P>,
    ) -> Result<FolderLink> {
        let deadline = self.begin_for::<f::ExportChatlistInvite>()?;
        let peers: Vec<PeerRef> = peers.into_iter().map(Into::into).collect();
        let request = f::ExportChatlistInvite {
            chatlist: chatlist(folder_id),
            title: title.into(),
            peers: self.named_all(&peers, deadline)?,
        };
        let answers::ExportedChatlistInvite::Invite(made) = self.ask_until(&request, deadline)?;
        Ok(link(made.invite))
    }

    /// The links to a folder.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `FILTER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.getExportedInvites>.
    pub fn folder_links(&self, folder_id: i32) -> Result<Vec<FolderLink>> {
        let chatlist = chatlist(folder_id);
        let answers::ExportedInvites::Invites(all) =
            self.ask(&f::GetExportedInvites { chatlist })?;
        Ok(all.invites.into_iter().map(link).collect())
    }

    /// Gives a link to a folder another title and other chats.
    ///
    /// # Errors
    ///
    /// As [`share_folder`](Self::share_folder). Common answers: `INVITE_SLUG_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.editExportedInvite>.
    pub fn edit_folder_link<P: Into<PeerRef>>(
        &self,
        folder_id: i32,
        url: &str,
        title: impl Into<String>,
        peers: impl IntoIterator<Item = P>,
    ) -> Result<FolderLink> {
        let deadline = self.begin_for::<f::EditExportedInvite>()?;
        let peers: Vec<PeerRef> = peers.into_iter().map(Into::into).collect();
        let request = f::EditExportedInvite {
            chatlist: chatlist(folder_id),
            slug: slug(url),
            title: Some(title.into()),
            peers: Some(self.named_all(&peers, deadline)?),
        };
        self.ask_until(&request, deadline).map(link)
    }

    /// Takes a link to a folder away.
    ///
    /// # Errors
    ///
    /// As [`folder_links`](Self::folder_links). Common answers: `INVITE_SLUG_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.deleteExportedInvite>.
    pub fn delete_folder_link(&self, folder_id: i32, url: &str) -> Result<()> {
        let request = f::DeleteExportedInvite {
            chatlist: chatlist(folder_id),
            slug: slug(url),
        };
        self.ask(&request).map(drop)
    }

    /// What a link to a folder leads to. The link, or what stands at its end.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `INVITE_SLUG_EMPTY`, `INVITE_SLUG_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.checkChatlistInvite>.
    pub fn check_folder_link(&self, url: &str) -> Result<FolderInvite> {
        let slug = slug(url);
        Ok(match self.ask(&f::CheckChatlistInvite { slug })? {
            answers::ChatlistInvite::Already(it) => FolderInvite {
                title: None,
                folder_id: Some(it.filter_id),
                missing: it.missing_peers,
                joined: it.already_peers,
                chats: PeerMap::new(it.users, it.chats),
            },
            answers::ChatlistInvite::Invite(it) => FolderInvite {
                title: Some(FormattedText::from(it.title).text),
                folder_id: None,
                missing: it.peers,
                joined: Vec::new(),
                chats: PeerMap::new(it.users, it.chats),
            },
            _ => return Err(Error::Unexpected("the server says nothing of this folder")),
        })
    }

    /// Adds the folder that a link leads to, and joins some of its chats.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `INVITE_SLUG_EXPIRED`,
    /// `CHATLISTS_TOO_MUCH`, `FILTER_INCLUDE_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.joinChatlistInvite>.
    pub fn join_folder<P: Into<PeerRef>>(
        &self,
        url: &str,
        peers: impl IntoIterator<Item = P>,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::JoinChatlistInvite>()?;
        let peers: Vec<PeerRef> = peers.into_iter().map(Into::into).collect();
        let request = f::JoinChatlistInvite {
            slug: slug(url),
            peers: self.named_all(&peers, deadline)?,
        };
        self.ask_until(&request, deadline).map(drop)
    }

    /// What is new in a folder that was added by a link: chats that can be joined now.
    ///
    /// # Errors
    ///
    /// As [`folder_links`](Self::folder_links).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.getChatlistUpdates>.
    pub fn folder_updates(&self, folder_id: i32) -> Result<FolderInvite> {
        let chatlist = chatlist(folder_id);
        let answers::ChatlistUpdates::Updates(it) =
            self.ask(&f::GetChatlistUpdates { chatlist })?;
        Ok(FolderInvite {
            title: None,
            folder_id: Some(folder_id),
            missing: it.missing_peers,
            joined: Vec::new(),
            chats: PeerMap::new(it.users, it.chats),
        })
    }

    /// Joins chats that are new in a folder; with none, they are not offered again.
    ///
    /// # Errors
    ///
    /// As [`join_folder`](Self::join_folder).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.joinChatlistUpdates> and
    /// <https://core.telegram.org/method/chatlists.hideChatlistUpdates>.
    pub fn join_folder_updates<P: Into<PeerRef>>(
        &self,
        folder_id: i32,
        peers: impl IntoIterator<Item = P>,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::JoinChatlistUpdates>()?;
        let peers: Vec<PeerRef> = peers.into_iter().map(Into::into).collect();
        let chatlist = chatlist(folder_id);
        if peers.is_empty() {
            let request = f::HideChatlistUpdates { chatlist };
            return self.ask_until(&request, deadline).map(drop);
        }
        let peers = self.named_all(&peers, deadline)?;
        let request = f::JoinChatlistUpdates { chatlist, peers };
        self.ask_until(&request, deadline).map(drop)
    }

    /// The chats of a folder that one may want to leave with it.
    ///
    /// # Errors
    ///
    /// As [`folder_links`](Self::folder_links).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.getLeaveChatlistSuggestions>.
    pub fn folder_leave_suggestions(&self, folder_id: i32) -> Result<Vec<Peer>> {
        let chatlist = chatlist(folder_id);
        self.ask(&f::GetLeaveChatlistSuggestions { chatlist })
    }

    /// Takes a folder away that was added by a link, and leaves some of its chats.
    ///
    /// # Errors
    ///
    /// As [`join_folder`](Self::join_folder). Common answers: `FILTER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/chatlists.leaveChatlist>.
    pub fn leave_folder<P: Into<PeerRef>>(
        &self,
        folder_id: i32,
        peers: impl IntoIterator<Item = P>,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::LeaveChatlist>()?;
        let peers: Vec<PeerRef> = peers.into_iter().map(Into::into).collect();
        let request = f::LeaveChatlist {
            chatlist: chatlist(folder_id),
            peers: self.named_all(&peers, deadline)?,
        };
        self.ask_until(&request, deadline).map(drop)
    }
}

fn chatlist(filter_id: i32) -> InputChatlist {
    types::InputChatlistDialogFilter { filter_id }.into()
}

fn link(invite: ExportedChatlistInvite) -> FolderLink {
    let ExportedChatlistInvite::Invite(invite) = invite;
    FolderLink {
        title: invite.title,
        url: invite.url,
        peers: invite.peers,
    }
}

/// What a link to a folder ends with: `https://t.me/addlist/…` or `tg://addlist?slug=…`.
///
/// See <https://core.telegram.org/api/links#chat-folder-links>.
fn slug(url: &str) -> String {
    let url = url.trim();
    let end = match url.split_once("slug=") {
        Some((_, slug)) => slug,
        None => {
            let path = url.split(['?', '#']).next().unwrap_or_default();
            path.trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default()
        }
    };
    end.split(['&', '#']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_ends_with_its_slug() {
        for url in [
            "AbC-d_1",
            "https://t.me/addlist/AbC-d_1",
            "t.me/addlist/AbC-d_1/",
            "tg://addlist?slug=AbC-d_1",
            " https://t.me/addlist/AbC-d_1?x=1\n",
        ] {
            assert_eq!(slug(url), "AbC-d_1", "{url}");
        }
        assert_eq!(slug(""), "");
    }
}
