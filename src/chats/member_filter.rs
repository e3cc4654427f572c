//! Which of the people in a group or channel are wanted.
use crate::tl::enums::ChannelParticipantsFilter as Raw;
use crate::tl::types;

/// Which of the people in a group or channel are wanted.
///
/// See <https://core.telegram.org/type/ChannelParticipantsFilter>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemberFilter {
    /// Everybody who is in it.
    #[default]
    Everybody,
    /// Administrators.
    Admins,
    /// Bots.
    Bots,
    /// Who was put out for good, with this in the name; anybody, if it is empty.
    Banned(String),
    /// Who may do less than others, with this in the name; anybody, if it is empty.
    Restricted(String),
    /// Who is among the account's contacts, with this in the name; anybody, if it is empty.
    Contacts(String),
    /// Who has a name that begins so.
    Named(String),
    /// Who can be mentioned, with this in the name: in a topic, if there is one.
    Mentionable(String, Option<i32>),
}

impl From<MemberFilter> for Raw {
    fn from(filter: MemberFilter) -> Self {
        match filter {
            MemberFilter::Everybody => Self::ChannelParticipantsRecent,
            MemberFilter::Admins => Self::ChannelParticipantsAdmins,
            MemberFilter::Banned(q) => types::ChannelParticipantsKicked { q }.into(),
            MemberFilter::Bots => Self::ChannelParticipantsBots,
            MemberFilter::Restricted(q) => types::ChannelParticipantsBanned { q }.into(),
            MemberFilter::Named(q) => types::ChannelParticipantsSearch { q }.into(),
            MemberFilter::Contacts(q) => types::ChannelParticipantsContacts { q }.into(),
            MemberFilter::Mentionable(q, top_msg_id) => types::ChannelParticipantsMentions {
                q: (!q.is_empty()).then_some(q),
                top_msg_id,
            }
            .into(),
        }
    }
}
