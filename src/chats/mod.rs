//! Groups and channels: who is in them, and what they may do.
mod admin_rights;
mod answered;
mod banned_rights;
mod creating;
mod crowd;
mod joining;
mod member_filter;
mod members;
mod participant;
mod participants;
mod permissions;
mod settings;

pub use admin_rights::AdminRights;
pub use banned_rights::BannedRights;
pub use creating::{NewChat, NotInvited};
pub use member_filter::MemberFilter;
pub use participant::{Participant, ParticipantStatus};
pub use participants::Participants;
pub use permissions::Permissions;
