//! The channels that a test asks for.
use ferogram_sync::tl::types::{ChatAdminRights, ChatBannedRights};

/// A channel or supergroup to create.
#[derive(Clone, Debug, Default)]
pub struct NewChannel {
    /// What it is called.
    pub title: String,
    /// The public name, without `@`; empty if it is private.
    pub username: String,
    /// Whether it is a supergroup.
    pub megagroup: bool,
    /// Whose it is. Without anybody it has no message that says that it was founded.
    pub owner: Option<i64>,
    /// Who besides is an administrator, and what they may do.
    pub admins: Vec<(i64, ChatAdminRights)>,
    /// Who else is in it.
    pub members: Vec<i64>,
    /// What members must not do; nothing if not told.
    pub default_rights: Option<ChatBannedRights>,
    /// Seconds between two messages of a member.
    pub slow_mode: i32,
    /// Whether posts bear the names of their authors.
    pub signatures: bool,
    /// Whether its messages must not be forwarded.
    pub protected: bool,
    /// Whether a supergroup has topics.
    pub forum: bool,
    /// Whether newcomers do not see what was written before.
    pub hidden_history: bool,
}

impl NewChannel {
    /// A public channel in which administrators write to many.
    #[must_use]
    pub fn new(title: impl Into<String>, username: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            username: username.into(),
            ..Self::default()
        }
    }

    /// A private channel.
    #[must_use]
    pub fn private(title: impl Into<String>) -> Self {
        Self::new(title, "")
    }

    /// Makes it a supergroup.
    #[must_use]
    pub fn megagroup(mut self) -> Self {
        self.megagroup = true;
        self
    }

    /// Gives it to an account.
    #[must_use]
    pub fn owner(mut self, account: i64) -> Self {
        self.owner = Some(account);
        self
    }

    /// Lets an account be an administrator of it.
    #[must_use]
    pub fn admin(mut self, account: i64, rights: ChatAdminRights) -> Self {
        self.admins.push((account, rights));
        self
    }

    /// Lets accounts be in it.
    #[must_use]
    pub fn members(mut self, accounts: impl IntoIterator<Item = i64>) -> Self {
        self.members.extend(accounts);
        self
    }

    /// Forbids members something.
    #[must_use]
    pub fn default_rights(mut self, banned: ChatBannedRights) -> Self {
        self.default_rights = Some(banned);
        self
    }

    /// Lets members write only once in so many seconds.
    #[must_use]
    pub fn slow_mode(mut self, seconds: i32) -> Self {
        self.slow_mode = seconds;
        self
    }

    /// Puts the names of their authors under posts.
    #[must_use]
    pub fn signatures(mut self) -> Self {
        self.signatures = true;
        self
    }

    /// Forbids forwarding.
    #[must_use]
    pub fn protected(mut self) -> Self {
        self.protected = true;
        self
    }

    /// Gives a supergroup topics.
    #[must_use]
    pub fn forum(mut self) -> Self {
        self.megagroup = true;
        self.forum = true;
        self
    }

    /// Hides from newcomers what was written before.
    #[must_use]
    pub fn hidden_history(mut self) -> Self {
        self.hidden_history = true;
        self
    }
}
