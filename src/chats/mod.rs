//! Groups and channels: who is in them, and what they may do.
mod admin_rights;
mod banned_rights;
mod crowd;
mod member_filter;
mod members;
mod participant;
mod participants;
mod permissions;

pub use admin_rights::AdminRights;
pub use banned_rights::BannedRights;
pub use member_filter::MemberFilter;
pub use participant::{Participant, ParticipantStatus};
pub use participants::Participants;
pub use permissions::Permissions;
