//! A folder of dialogs, and which dialogs are in it.
use super::dialog::Dialog;
use crate::peers::{Chat, PeerRef, marked_id};
use crate::text::FormattedText;
use crate::tl::enums::{DialogFilter, InputPeer, Peer, TextWithEntities};
use crate::tl::types;

/// Kinds of dialogs that a folder holds without naming them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the server's flags, each for itself"
)]
pub struct FolderKinds {
    /// Private chats with contacts.
    pub contacts: bool,
    /// Private chats with others.
    pub non_contacts: bool,
    /// Groups and supergroups.
    pub groups: bool,
    /// Channels.
    pub channels: bool,
    /// Bots.
    pub bots: bool,
}

/// A folder of dialogs: those that it names, and those of some kinds. The archive is something
/// else: see [`archive`](crate::Client::archive).
///
/// ```
/// use ferogram_sync::Folder;
///
/// let folder = Folder::new("Work").include("@boss").groups().without_muted();
/// assert_eq!(folder.title.text, "Work");
/// assert!(folder.kinds.groups && folder.exclude_muted);
/// ```
///
/// See <https://core.telegram.org/api/folders>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Folder {
    /// Its number; 0 for one that is not made yet.
    pub id: i32,
    /// What it is called: up to twelve letters, which may be custom emoji.
    pub title: FormattedText,
    /// Whether custom emoji in the title stand still.
    pub title_noanimate: bool,
    /// An emoji that stands for it.
    pub emoticon: Option<String>,
    /// The colour of its tag, 0 to 6.
    pub color: Option<i32>,
    /// What it holds without naming it.
    pub kinds: FolderKinds,
    /// Without what makes no sound.
    pub exclude_muted: bool,
    /// Without what is read.
    pub exclude_read: bool,
    /// Without what is archived.
    pub exclude_archived: bool,
    /// Those that are pinned in it, in their order.
    pub pinned: Vec<PeerRef>,
    /// The others that it names.
    pub included: Vec<PeerRef>,
    /// Those that are not in it, although they are of its kinds.
    pub excluded: Vec<PeerRef>,
    /// Whether it can be shared, and so names all that it holds.
    pub shared: bool,
    /// Whether this account has made links to it.
    pub has_own_links: bool,
}

impl Folder {
    /// An empty one.
    pub fn new(title: impl Into<FormattedText>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// And this dialog.
    #[must_use]
    pub fn include(mut self, peer: impl Into<PeerRef>) -> Self {
        self.included.push(peer.into());
        self
    }

    /// And this dialog, pinned.
    #[must_use]
    pub fn pin(mut self, peer: impl Into<PeerRef>) -> Self {
        self.pinned.push(peer.into());
        self
    }

    /// But not this dialog.
    #[must_use]
    pub fn exclude(mut self, peer: impl Into<PeerRef>) -> Self {
        self.excluded.push(peer.into());
        self
    }

    /// And private chats with contacts.
    #[must_use]
    pub fn contacts(mut self) -> Self {
        self.kinds.contacts = true;
        self
    }

    /// And private chats with others.
    #[must_use]
    pub fn non_contacts(mut self) -> Self {
        self.kinds.non_contacts = true;
        self
    }

    /// And groups and supergroups.
    #[must_use]
    pub fn groups(mut self) -> Self {
        self.kinds.groups = true;
        self
    }

    /// And channels.
    #[must_use]
    pub fn channels(mut self) -> Self {
        self.kinds.channels = true;
        self
    }

    /// And bots.
    #[must_use]
    pub fn bots(mut self) -> Self {
        self.kinds.bots = true;
        self
    }

    /// Without what makes no sound.
    #[must_use]
    pub fn without_muted(mut self) -> Self {
        self.exclude_muted = true;
        self
    }

    /// Without what is read.
    #[must_use]
    pub fn without_read(mut self) -> Self {
        self.exclude_read = true;
        self
    }

    /// Without what is archived.
    #[must_use]
    pub fn without_archived(mut self) -> Self {
        self.exclude_archived = true;
        self
    }

    /// With this emoji to stand for it.
    #[must_use]
    pub fn emoticon(mut self, emoji: impl Into<String>) -> Self {
        self.emoticon = Some(emoji.into());
        self
    }

    /// `None` for the list of all, which stands among the folders too.
    pub(super) fn from_raw(raw: DialogFilter) -> Option<Self> {
        match raw {
            DialogFilter::Filter(it) => Some(Self {
                id: it.id,
                title: it.title.into(),
                title_noanimate: it.title_noanimate,
                emoticon: it.emoticon,
                color: it.color,
                kinds: FolderKinds {
                    contacts: it.contacts,
                    non_contacts: it.non_contacts,
                    groups: it.groups,
                    channels: it.broadcasts,
                    bots: it.bots,
                },
                exclude_muted: it.exclude_muted,
                exclude_read: it.exclude_read,
                exclude_archived: it.exclude_archived,
                pinned: peers(it.pinned_peers),
                included: peers(it.include_peers),
                excluded: peers(it.exclude_peers),
                shared: false,
                has_own_links: false,
            }),
            DialogFilter::Chatlist(it) => Some(Self {
                id: it.id,
                title: it.title.into(),
                title_noanimate: it.title_noanimate,
                emoticon: it.emoticon,
                color: it.color,
                pinned: peers(it.pinned_peers),
                included: peers(it.include_peers),
                shared: true,
                has_own_links: it.has_my_invites,
                ..Self::default()
            }),
            _ => None,
        }
    }

    /// As requests take it, with those that it names.
    pub(super) fn into_raw(
        self,
        pinned_peers: Vec<InputPeer>,
        include_peers: Vec<InputPeer>,
        exclude_peers: Vec<InputPeer>,
    ) -> DialogFilter {
        let title = TextWithEntities::from(self.title);
        if self.shared {
            return types::DialogFilterChatlist {
                has_my_invites: self.has_own_links,
                title_noanimate: self.title_noanimate,
                id: self.id,
                title,
                emoticon: self.emoticon,
                color: self.color,
                pinned_peers,
                include_peers,
            }
            .into();
        }
        types::DialogFilter {
            contacts: self.kinds.contacts,
            non_contacts: self.kinds.non_contacts,
            groups: self.kinds.groups,
            broadcasts: self.kinds.channels,
            bots: self.kinds.bots,
            exclude_muted: self.exclude_muted,
            exclude_read: self.exclude_read,
            exclude_archived: self.exclude_archived,
            title_noanimate: self.title_noanimate,
            id: self.id,
            title,
            emoticon: self.emoticon,
            color: self.color,
            pinned_peers,
            include_peers,
            exclude_peers,
        }
        .into()
    }
}

fn peers(peers: Vec<InputPeer>) -> Vec<PeerRef> {
    peers.into_iter().map(PeerRef::Input).collect()
}

/// A folder, as one looks for its dialogs: by ids.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    pub(super) named: Vec<i64>,
    pub(super) excluded: Vec<i64>,
    pub(super) kinds: FolderKinds,
    pub(super) without_muted: bool,
    pub(super) without_read: bool,
    pub(super) without_archived: bool,
    /// The time now, in seconds since the Unix epoch.
    pub(super) now: i64,
}

impl Sieve {
    /// Whether a dialog is in the folder: what it names is, whatever else it says.
    pub(super) fn holds(&self, dialog: &Dialog) -> bool {
        let id = marked_id(&dialog.raw.peer);
        if self.named.contains(&id) {
            return true;
        }
        let muted = || i64::from(dialog.muted_until().unwrap_or(0)) > self.now;
        let read = || {
            let unread = dialog.unread_count() > 0 || dialog.unread_mentions_count() > 0;
            !unread && !dialog.is_marked_unread()
        };
        let left_out = self.excluded.contains(&id)
            || self.without_muted && muted()
            || self.without_read && read()
            || self.without_archived && dialog.is_archived();
        !left_out && self.is_kind(dialog)
    }

    fn is_kind(&self, dialog: &Dialog) -> bool {
        let kinds = &self.kinds;
        match (dialog.chat(), &dialog.raw.peer) {
            (Some(Chat::User(user)), _) if user.is_bot() => kinds.bots,
            (Some(Chat::User(user)), _) if user.is_contact() || user.is_self() => kinds.contacts,
            (Some(Chat::User(_)), _) | (None, Peer::User(_)) => kinds.non_contacts,
            (Some(Chat::Group(_)), _) | (None, Peer::Chat(_)) => kinds.groups,
            (Some(Chat::Channel(channel)), _) if !channel.is_broadcast() => kinds.groups,
            (Some(Chat::Channel(_)), _) | (None, Peer::Channel(_)) => kinds.channels,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::PeerMap;
    use crate::tl::enums;

    const NOW: i64 = 1_700_000_000;

    /// A dialog with a user of the id 1, 2, 3 (a contact, another, a bot), a group 4, a supergroup
    /// 5 or a channel 6.
    fn dialog(id: i64, change: impl FnOnce(&mut types::Dialog)) -> Dialog {
        let user = types::User {
            id,
            contact: id == 1,
            bot: id == 3,
            ..Default::default()
        };
        let channel = types::Channel {
            id,
            megagroup: id == 5,
            broadcast: id == 6,
            ..Default::default()
        };
        let group = types::Chat {
            id,
            ..Default::default()
        };
        let (peer, users, chats): (Peer, Vec<enums::User>, Vec<enums::Chat>) = match id {
            1..=3 => (
                types::PeerUser { user_id: id }.into(),
                vec![user.into()],
                vec![],
            ),
            4 => (
                types::PeerChat { chat_id: id }.into(),
                vec![],
                vec![group.into()],
            ),
            _ => {
                let peer = types::PeerChannel { channel_id: id }.into();
                (peer, vec![], vec![channel.into()])
            }
        };
        let mut raw = types::Dialog {
            peer,
            unread_count: 1,
            ..Default::default()
        };
        change(&mut raw);
        Dialog::new(raw, PeerMap::new(users, chats), None, None)
    }

    fn held(sieve: &Sieve) -> Vec<i64> {
        let dialogs = (1..=6).map(|id| dialog(id, |_| ()));
        let held = dialogs.filter(|dialog| sieve.holds(dialog));
        held.map(|dialog| dialog.chat_id().rem_euclid(-1_000_000_000_000).abs())
            .map(|id| id % 10)
            .collect()
    }

    #[test]
    fn kinds_of_dialogs_are_told_apart() {
        let of = |kinds| {
            held(&Sieve {
                kinds,
                ..Sieve::default()
            })
        };
        let none = FolderKinds::default;
        assert!(of(none()).is_empty());
        let contacts = FolderKinds {
            contacts: true,
            ..none()
        };
        assert_eq!(of(contacts).len(), 1);
        let others = FolderKinds {
            non_contacts: true,
            ..none()
        };
        assert_eq!(of(others).len(), 1);
        let bots = FolderKinds {
            bots: true,
            ..none()
        };
        assert_eq!(of(bots).len(), 1);
        let groups = FolderKinds {
            groups: true,
            ..none()
        };
        assert_eq!(of(groups).len(), 2);
        let channels = FolderKinds {
            channels: true,
            ..none()
        };
        assert_eq!(of(channels).len(), 1);
    }

    #[test]
    fn what_is_named_is_in_it_and_what_is_left_out_is_not() {
        let groups = FolderKinds {
            groups: true,
            ..FolderKinds::default()
        };
        let sieve = Sieve {
            named: vec![1],
            excluded: vec![-4],
            kinds: groups,
            without_muted: true,
            without_read: true,
            without_archived: true,
            now: NOW,
        };
        assert!(
            sieve.holds(&dialog(1, |it| it.unread_count = 0)),
            "it is named"
        );
        assert!(!sieve.holds(&dialog(4, |_| ())), "it is left out");
        assert!(sieve.holds(&dialog(5, |_| ())));
        assert!(!sieve.holds(&dialog(5, |it| it.unread_count = 0)));
        assert!(sieve.holds(&dialog(5, |it| {
            (it.unread_count, it.unread_mark) = (0, true);
        })));
        assert!(!sieve.holds(&dialog(5, |it| it.folder_id = Some(1))));
        let muted = |until| {
            let settings = types::PeerNotifySettings {
                mute_until: Some(until),
                ..Default::default()
            };
            dialog(5, |it| it.notify_settings = settings.into())
        };
        assert!(!sieve.holds(&muted(i32::MAX)) && sieve.holds(&muted(1_600_000_000)));
    }

    #[test]
    fn a_folder_is_the_same_after_a_way_through_the_schema() {
        let me = InputPeer::PeerSelf;
        let folder = Folder {
            id: 7,
            title_noanimate: true,
            color: Some(3),
            ..Folder::new("Work")
                .include(me.clone())
                .bots()
                .without_read()
                .emoticon("x")
        };
        let raw = folder.clone().into_raw(vec![], vec![me], vec![]);
        assert_eq!(Folder::from_raw(raw), Some(folder));
        assert_eq!(Folder::from_raw(DialogFilter::Default), None);
    }
}
