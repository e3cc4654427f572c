//! A public channel or supergroup (<https://core.telegram.org/api/channel>).

/// A channel or supergroup: it can be found and looked at. Messages there are none yet.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: i64,
    pub(crate) title: String,
    /// As its owner writes it; it is found in any case of letters.
    pub(crate) username: String,
    pub(crate) megagroup: bool,
    pub(crate) date: i64,
}

/// A channel to create.
#[derive(Clone, Debug, Default)]
pub struct NewChannel {
    /// What it is called.
    pub title: String,
    /// The public name, without `@`.
    pub username: String,
    /// Whether it is a supergroup.
    pub megagroup: bool,
}

impl NewChannel {
    /// A channel in which administrators write to many.
    #[must_use]
    pub fn new(title: impl Into<String>, username: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            username: username.into(),
            megagroup: false,
        }
    }

    /// Makes it a supergroup.
    #[must_use]
    pub fn megagroup(mut self) -> Self {
        self.megagroup = true;
        self
    }
}
