//! A topic of a forum (<https://core.telegram.org/api/forum>).

/// The topic that every forum has.
pub(crate) const GENERAL: i32 = 1;

/// A topic.
#[derive(Clone, Debug)]
pub(crate) struct Topic {
    pub(crate) id: i32,
    pub(crate) creator: i64,
    pub(crate) date: i64,
    pub(crate) title: String,
    pub(crate) icon_color: i32,
    pub(crate) icon_emoji: Option<i64>,
    pub(crate) closed: bool,
    /// Whether it is left out of the list; "General" alone can be.
    pub(crate) hidden: bool,
}
