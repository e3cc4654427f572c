//! A topic of a forum.
use std::fmt;

use crate::peers::{Chat, PeerMap};
use crate::tl::enums::{self, Peer};
use crate::tl::types;

/// A topic of a forum: a conversation of its own within a supergroup.
///
/// See <https://core.telegram.org/constructor/forumTopic>.
#[derive(Clone)]
pub struct ForumTopic {
    /// Everything that the server told.
    pub raw: types::ForumTopic,
    peers: PeerMap,
}

impl ForumTopic {
    /// A topic of the raw API, with the users and chats that came with it. `None` for one that is
    /// gone.
    #[must_use]
    pub fn from_raw(raw: enums::ForumTopic, peers: PeerMap) -> Option<Self> {
        match raw {
            enums::ForumTopic::Topic(raw) => Some(Self { raw: *raw, peers }),
            _ => None,
        }
    }

    /// The id: that of the message that tells of its making. "General", which every forum has, is
    /// 1.
    #[must_use]
    pub fn id(&self) -> i32 {
        self.raw.id
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.raw.title
    }

    /// When it was made, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// Who has made it.
    #[must_use]
    pub fn creator(&self) -> &Peer {
        &self.raw.from_id
    }

    /// The same, as it came with the topic.
    #[must_use]
    pub fn creator_chat(&self) -> Option<&Chat> {
        self.peers.chat(&self.raw.from_id)
    }

    /// The colour of its icon, as 0xRRGGBB.
    #[must_use]
    pub fn icon_color(&self) -> i32 {
        self.raw.icon_color
    }

    /// The emoji that is its icon, by the id of its document.
    #[must_use]
    pub fn icon_emoji_id(&self) -> Option<i64> {
        self.raw.icon_emoji_id
    }

    /// The id of its last message.
    #[must_use]
    pub fn top_message(&self) -> i32 {
        self.raw.top_message
    }

    /// How many of its messages are unread.
    #[must_use]
    pub fn unread_count(&self) -> i32 {
        self.raw.unread_count
    }

    /// Whether administrators alone write there.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.raw.closed
    }

    /// Whether it stands at the head of the list.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.raw.pinned
    }

    /// Whether it is left out of the list; only "General" can be.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.raw.hidden
    }

    /// Whether it is this account's own.
    #[must_use]
    pub fn is_mine(&self) -> bool {
        self.raw.my
    }
}

impl fmt::Debug for ForumTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ForumTopic").field(&self.raw).finish()
    }
}
