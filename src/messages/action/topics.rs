//! Topics of forums.

/// A topic was made: this message is its first one.
///
/// See <https://core.telegram.org/api/forum>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TopicCreated<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Whether it was given no title by whoever has made it.
    pub title_missing: bool,
    /// The colour of its icon, as RGB.
    pub icon_color: i32,
    /// The custom emoji that is its icon.
    pub icon_emoji_id: Option<i64>,
}

/// A topic was changed: what was not is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TopicEdited<'a> {
    /// What it is called now.
    pub title: Option<&'a str>,
    /// The custom emoji that is its icon now; 0 when it has none any more.
    pub icon_emoji_id: Option<i64>,
    /// Whether it is closed now.
    pub is_closed: Option<bool>,
    /// Whether it is hidden now, which only the topic "General" can be.
    pub is_hidden: Option<bool>,
}
