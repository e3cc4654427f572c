//! A conversation in the account's list of them.
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::message::Message;
use crate::peers::{Chat, PeerMap, PeerRef, marked_id};
use crate::tl::enums::{DraftMessage, Peer, PeerNotifySettings};
use crate::tl::types;

/// The number of the archive.
///
/// See <https://core.telegram.org/api/folders#peer-folders>.
pub(super) const ARCHIVE: i32 = 1;

/// A conversation in the account's list of them: with whom, and how far it is read.
///
/// See <https://core.telegram.org/constructor/dialog>.
#[derive(Clone)]
pub struct Dialog {
    /// Everything that the server told.
    pub raw: Arc<types::Dialog>,
    peers: PeerMap,
    last: Option<Message>,
    date: Option<i32>,
}

impl Dialog {
    pub(super) fn new(
        raw: types::Dialog,
        peers: PeerMap,
        last: Option<Message>,
        date: Option<i32>,
    ) -> Self {
        Self {
            raw: raw.into(),
            peers,
            last,
            date,
        }
    }

    /// Whom it is with.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.raw.peer
    }

    /// The id of whom it is with, as the Bot API writes it.
    ///
    /// See <https://core.telegram.org/api/bots/ids>.
    #[must_use]
    pub fn chat_id(&self) -> i64 {
        marked_id(&self.raw.peer)
    }

    /// Whom it is with, and all that the server shows of them. `None` where it shows nothing but
    /// the id.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.peers.chat(&self.raw.peer)
    }

    /// What it is called: the title, or the full name of a user. Deleted accounts have none.
    #[must_use]
    pub fn title(&self) -> Cow<'_, str> {
        self.chat().map(Chat::title).unwrap_or_default()
    }

    /// The last message. `None` where all were deleted, or it only tells of what has happened.
    #[must_use]
    pub fn last_message(&self) -> Option<&Message> {
        self.last.as_ref()
    }

    /// When the last message was sent, in seconds since the Unix epoch.
    #[must_use]
    pub fn last_date(&self) -> Option<i32> {
        self.date
    }

    /// Whether it stands above the others.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.raw.pinned
    }

    /// Whether it is in the archive.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.raw.folder_id == Some(ARCHIVE)
    }

    /// Whether it was marked as unread, without a message that is.
    #[must_use]
    pub fn is_marked_unread(&self) -> bool {
        self.raw.unread_mark
    }

    /// How many messages are unread.
    #[must_use]
    pub fn unread_count(&self) -> i32 {
        self.raw.unread_count
    }

    /// How many mentions of this account it has not seen.
    #[must_use]
    pub fn unread_mentions_count(&self) -> i32 {
        self.raw.unread_mentions_count
    }

    /// How many own messages have reactions that this account has not seen.
    #[must_use]
    pub fn unread_reactions_count(&self) -> i32 {
        self.raw.unread_reactions_count
    }

    /// Up to which message this account has read.
    #[must_use]
    pub fn read_up_to(&self) -> i32 {
        self.raw.read_inbox_max_id
    }

    /// Up to which of its messages the other side has read.
    #[must_use]
    pub fn read_by_others_up_to(&self) -> i32 {
        self.raw.read_outbox_max_id
    }

    /// After how many seconds messages delete themselves.
    #[must_use]
    pub fn ttl_period(&self) -> Option<i32> {
        self.raw.ttl_period
    }

    /// Until when it makes no sound, in seconds since the Unix epoch, if that was set for it.
    #[must_use]
    pub fn muted_until(&self) -> Option<i32> {
        let PeerNotifySettings::Settings(settings) = &self.raw.notify_settings;
        settings.mute_until
    }

    /// What was written and not sent.
    #[must_use]
    pub fn draft(&self) -> Option<&types::DraftMessage> {
        match self.raw.draft.as_ref()? {
            DraftMessage::Message(draft) => Some(draft),
            _ => None,
        }
    }

    /// The supergroup that a small group has become. The dialog of the small group stays in the
    /// list, with its messages.
    #[must_use]
    pub fn migrated_to(&self) -> Option<PeerRef> {
        match self.chat()? {
            Chat::Group(group) => group.migrated_to(),
            _ => None,
        }
    }
}

impl From<&Dialog> for PeerRef {
    fn from(dialog: &Dialog) -> Self {
        match dialog.chat() {
            Some(chat) => chat.into(),
            None => Self::Peer(dialog.raw.peer.clone()),
        }
    }
}

impl fmt::Debug for Dialog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialog")
            .field("title", &self.title())
            .field("raw", &self.raw)
            .finish_non_exhaustive()
    }
}
