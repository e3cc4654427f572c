//! Which events of the log of a channel are wanted.
use crate::tl::types::ChannelAdminLogEventsFilter;

/// Which events of the log of a channel are wanted: those of all kinds that are named.
///
/// ```
/// use ferogram_sync::AdminLogFilter;
///
/// let filter = AdminLogFilter::new().join(true).leave(true);
/// assert!(filter.raw.join && !filter.raw.ban);
/// ```
///
/// See <https://core.telegram.org/constructor/channelAdminLogEventsFilter>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AdminLogFilter {
    /// As the raw API has it.
    pub raw: ChannelAdminLogEventsFilter,
}

impl AdminLogFilter {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Who has joined.
    #[must_use]
    pub fn join(mut self, wanted: bool) -> Self {
        self.raw.join = wanted;
        self
    }

    /// Who has left.
    #[must_use]
    pub fn leave(mut self, wanted: bool) -> Self {
        self.raw.leave = wanted;
        self
    }

    /// Who was taken in.
    #[must_use]
    pub fn invite(mut self, wanted: bool) -> Self {
        self.raw.invite = wanted;
        self
    }

    /// Who was restricted.
    #[must_use]
    pub fn ban(mut self, wanted: bool) -> Self {
        self.raw.ban = wanted;
        self
    }

    /// Who is restricted no more.
    #[must_use]
    pub fn unban(mut self, wanted: bool) -> Self {
        self.raw.unban = wanted;
        self
    }

    /// Who was put out.
    #[must_use]
    pub fn kick(mut self, wanted: bool) -> Self {
        self.raw.kick = wanted;
        self
    }

    /// Who was let in again.
    #[must_use]
    pub fn unkick(mut self, wanted: bool) -> Self {
        self.raw.unkick = wanted;
        self
    }

    /// Who was made an administrator.
    #[must_use]
    pub fn promote(mut self, wanted: bool) -> Self {
        self.raw.promote = wanted;
        self
    }

    /// Who is an administrator no more.
    #[must_use]
    pub fn demote(mut self, wanted: bool) -> Self {
        self.raw.demote = wanted;
        self
    }

    /// Titles, photos and the like.
    #[must_use]
    pub fn info(mut self, wanted: bool) -> Self {
        self.raw.info = wanted;
        self
    }

    /// What holds in the chat.
    #[must_use]
    pub fn settings(mut self, wanted: bool) -> Self {
        self.raw.settings = wanted;
        self
    }

    /// What was pinned.
    #[must_use]
    pub fn pinned(mut self, wanted: bool) -> Self {
        self.raw.pinned = wanted;
        self
    }

    /// What messages were changed.
    #[must_use]
    pub fn edit(mut self, wanted: bool) -> Self {
        self.raw.edit = wanted;
        self
    }

    /// What messages were deleted.
    #[must_use]
    pub fn delete(mut self, wanted: bool) -> Self {
        self.raw.delete = wanted;
        self
    }

    /// Calls.
    #[must_use]
    pub fn group_call(mut self, wanted: bool) -> Self {
        self.raw.group_call = wanted;
        self
    }

    /// Invite links.
    #[must_use]
    pub fn invites(mut self, wanted: bool) -> Self {
        self.raw.invites = wanted;
        self
    }

    /// What was written, in a channel.
    #[must_use]
    pub fn send(mut self, wanted: bool) -> Self {
        self.raw.send = wanted;
        self
    }

    /// Topics.
    #[must_use]
    pub fn forums(mut self, wanted: bool) -> Self {
        self.raw.forums = wanted;
        self
    }

    /// Subscriptions that go on.
    #[must_use]
    pub fn sub_extend(mut self, wanted: bool) -> Self {
        self.raw.sub_extend = wanted;
        self
    }

    /// What stands beside names.
    #[must_use]
    pub fn edit_rank(mut self, wanted: bool) -> Self {
        self.raw.edit_rank = wanted;
        self
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
            AdminLogFilter(ChannelAdminLogEventsFilter):
            join leave invite ban unban kick unkick promote demote info settings pinned
            edit delete group_call invites send forums sub_extend edit_rank
        };
        assert!(all.raw.join && all.raw.edit_rank);
    }
}
