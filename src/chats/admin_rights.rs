//! What an administrator may do.
use crate::tl::types::ChatAdminRights;

/// What an administrator may do, and what stands beside the name.
///
/// ```
/// use ferogram_sync::AdminRights;
///
/// let rights = AdminRights::new().delete_messages(true).ban_users(true).rank("guard");
/// assert!(rights.raw.ban_users && !rights.raw.add_admins);
/// assert!(AdminRights::all().raw.add_admins);
/// ```
///
/// See <https://core.telegram.org/constructor/chatAdminRights>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AdminRights {
    /// As the raw API has them.
    pub raw: ChatAdminRights,
    /// What stands beside the name, up to sixteen letters; nothing changes it, if it is not told.
    pub rank: Option<String>,
}

impl AdminRights {
    /// None: somebody without any is no administrator.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All but to write in the name of the group.
    #[must_use]
    pub fn all() -> Self {
        let raw = ChatAdminRights {
            change_info: true,
            post_messages: true,
            edit_messages: true,
            delete_messages: true,
            ban_users: true,
            invite_users: true,
            pin_messages: true,
            add_admins: true,
            manage_call: true,
            other: true,
            manage_topics: true,
            post_stories: true,
            edit_stories: true,
            delete_stories: true,
            manage_direct_messages: true,
            manage_ranks: true,
            manage_linked_peers: true,
            manage_welcome_messages: true,
            ..Default::default()
        };
        Self { raw, rank: None }
    }

    /// Whether these are none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.raw == ChatAdminRights::default()
    }

    /// What stands beside the name, up to sixteen letters.
    #[must_use]
    pub fn rank(mut self, rank: impl Into<String>) -> Self {
        self.rank = Some(rank.into());
        self
    }

    /// Change the title, the photo and the like.
    #[must_use]
    pub fn change_info(mut self, may: bool) -> Self {
        self.raw.change_info = may;
        self
    }

    /// Write, in a channel.
    #[must_use]
    pub fn post_messages(mut self, may: bool) -> Self {
        self.raw.post_messages = may;
        self
    }

    /// Change what others wrote, in a channel.
    #[must_use]
    pub fn edit_messages(mut self, may: bool) -> Self {
        self.raw.edit_messages = may;
        self
    }

    /// Delete what others wrote.
    #[must_use]
    pub fn delete_messages(mut self, may: bool) -> Self {
        self.raw.delete_messages = may;
        self
    }

    /// Put others out, and restrict them.
    #[must_use]
    pub fn ban_users(mut self, may: bool) -> Self {
        self.raw.ban_users = may;
        self
    }

    /// Take others in, and make links.
    #[must_use]
    pub fn invite_users(mut self, may: bool) -> Self {
        self.raw.invite_users = may;
        self
    }

    /// Pin messages.
    #[must_use]
    pub fn pin_messages(mut self, may: bool) -> Self {
        self.raw.pin_messages = may;
        self
    }

    /// Make others administrators, with rights of their own.
    #[must_use]
    pub fn add_admins(mut self, may: bool) -> Self {
        self.raw.add_admins = may;
        self
    }

    /// Write in the name of the group.
    #[must_use]
    pub fn anonymous(mut self, may: bool) -> Self {
        self.raw.anonymous = may;
        self
    }

    /// Begin and end calls.
    #[must_use]
    pub fn manage_call(mut self, may: bool) -> Self {
        self.raw.manage_call = may;
        self
    }

    /// Nothing of these, but to be an administrator: bots hear everything so.
    #[must_use]
    pub fn other(mut self, may: bool) -> Self {
        self.raw.other = may;
        self
    }

    /// Make, change and close topics.
    #[must_use]
    pub fn manage_topics(mut self, may: bool) -> Self {
        self.raw.manage_topics = may;
        self
    }

    /// Tell stories.
    #[must_use]
    pub fn post_stories(mut self, may: bool) -> Self {
        self.raw.post_stories = may;
        self
    }

    /// Change stories of others.
    #[must_use]
    pub fn edit_stories(mut self, may: bool) -> Self {
        self.raw.edit_stories = may;
        self
    }

    /// Delete stories of others.
    #[must_use]
    pub fn delete_stories(mut self, may: bool) -> Self {
        self.raw.delete_stories = may;
        self
    }

    /// Answer what is written to the channel.
    #[must_use]
    pub fn manage_direct_messages(mut self, may: bool) -> Self {
        self.raw.manage_direct_messages = may;
        self
    }

    /// Change what stands beside the names of others.
    #[must_use]
    pub fn manage_ranks(mut self, may: bool) -> Self {
        self.raw.manage_ranks = may;
        self
    }

    /// Change which chats belong to the community.
    #[must_use]
    pub fn manage_linked_peers(mut self, may: bool) -> Self {
        self.raw.manage_linked_peers = may;
        self
    }

    /// Change what newcomers are told.
    #[must_use]
    pub fn manage_welcome_messages(mut self, may: bool) -> Self {
        self.raw.manage_welcome_messages = may;
        self
    }
}

impl From<ChatAdminRights> for AdminRights {
    fn from(raw: ChatAdminRights) -> Self {
        Self { raw, rank: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chats::setters::set_each;

    /// Each of these sets the field of its name, and no other.
    #[test]
    fn each_setter_sets_what_it_is_called_after() {
        let all = set_each! {
            AdminRights(ChatAdminRights):
            change_info post_messages edit_messages delete_messages ban_users
            invite_users pin_messages add_admins anonymous manage_call other
            manage_topics post_stories edit_stories delete_stories
            manage_direct_messages manage_ranks manage_linked_peers
            manage_welcome_messages
        };
        assert_eq!(all, AdminRights::all().anonymous(true));
    }
}
