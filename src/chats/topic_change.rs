//! A topic to be made, and what to change of one.
use crate::peers::PeerRef;

/// A topic to be made.
///
/// ```
/// use ferogram_sync::NewTopic;
///
/// let topic = NewTopic::new("Roses").icon_color(0xffd67e);
/// assert_eq!((&*topic.title, topic.icon_color), ("Roses", Some(0xffd67e)));
/// ```
///
/// See <https://core.telegram.org/method/messages.createForumTopic>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NewTopic {
    /// What it is called, up to 128 letters.
    pub title: String,
    /// The colour of its icon, as 0xRRGGBB.
    pub icon_color: Option<i32>,
    /// The emoji that is its icon, by the id of its document.
    pub icon_emoji_id: Option<i64>,
    /// In whose name it is made.
    pub send_as: Option<PeerRef>,
}

impl NewTopic {
    /// A topic of this title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// The colour of its icon: 0x6fb9f0, 0xffd67e, 0xcb86db, 0x8eee98, 0xff93b2 or 0xfb6f5f.
    #[must_use]
    pub fn icon_color(mut self, color: i32) -> Self {
        self.icon_color = Some(color);
        self
    }

    /// The emoji that is its icon, by the id of its document. Everybody may take those of
    /// [`topic_icons`](crate::Client::topic_icons), and those with Premium any.
    #[must_use]
    pub fn icon_emoji(mut self, document_id: i64) -> Self {
        self.icon_emoji_id = Some(document_id);
        self
    }

    /// In whose name it is made.
    #[must_use]
    pub fn send_as(mut self, peer: impl Into<PeerRef>) -> Self {
        self.send_as = Some(peer.into());
        self
    }
}

/// What to change of a topic. What is not told stays.
///
/// ```
/// use ferogram_sync::TopicChange;
///
/// let change = TopicChange::new().title("Roses and tulips");
/// assert_eq!((change.title.as_deref(), change.closed), (Some("Roses and tulips"), None));
/// ```
///
/// See <https://core.telegram.org/method/messages.editForumTopic>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TopicChange {
    /// What it is called.
    pub title: Option<String>,
    /// The emoji that is its icon; none, with 0.
    pub icon_emoji_id: Option<i64>,
    /// Whether administrators alone write there.
    pub closed: Option<bool>,
    /// Whether "General" is left out of the list.
    pub hidden: Option<bool>,
}

impl TopicChange {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What it is called.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The emoji that is its icon, by the id of its document; none, with 0. "General" has none.
    #[must_use]
    pub fn icon_emoji(mut self, document_id: i64) -> Self {
        self.icon_emoji_id = Some(document_id);
        self
    }

    /// Whether administrators alone write there. The server wants this alone.
    #[must_use]
    pub fn closed(mut self, closed: bool) -> Self {
        self.closed = Some(closed);
        self
    }

    /// Whether it is left out of the list, which only "General" can be. The server wants this
    /// alone.
    #[must_use]
    pub fn hidden(mut self, hidden: bool) -> Self {
        self.hidden = Some(hidden);
        self
    }
}
