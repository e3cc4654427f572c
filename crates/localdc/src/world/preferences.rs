//! What an account has set for itself.
use std::collections::{BTreeMap, BTreeSet};

use ferogram_sync::tl::{enums, types};

use super::blocks::Blocks;
use super::peer::Peer;

/// What settings of notifications are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NotifyFor {
    Users,
    Groups,
    Channels,
    Peer(Peer),
    Topic(Peer, i32),
}

/// What an account has set for itself, and what is kept for it.
#[derive(Debug, Default)]
pub(crate) struct Preferences {
    /// For whom something is private; what is not here is as it is for everybody at first.
    pub(crate) privacy: Vec<(enums::InputPrivacyKey, Vec<enums::PrivacyRule>)>,
    pub(crate) global: types::GlobalPrivacySettings,
    pub(crate) notify: BTreeMap<NotifyFor, types::PeerNotifySettings>,
    pub(crate) web: Vec<types::WebAuthorization>,
    /// Who does not see its stories.
    pub(crate) hidden_stories: Blocks,
    pub(crate) close_friends: BTreeSet<i64>,
    /// Contacts whose numbers nobody has: the number, and how they are called.
    pub(crate) phones: BTreeMap<String, (String, String)>,
    /// How many numbers one import takes, if not all.
    pub(crate) import_limit: Option<usize>,
    /// Whether it does not want its correspondents to be counted.
    pub(crate) is_uncounted: bool,
    /// Of whom the counting was begun anew: how much had been counted.
    pub(crate) counted_before: BTreeMap<Peer, usize>,
    /// The channels that it has left, the last one first.
    pub(crate) left: Vec<i64>,
    /// The export that is under way.
    pub(crate) takeout: Option<i64>,
    /// Whether the last export has brought what it was for, as the account says.
    pub(crate) taken_out: Option<bool>,
    /// How many seconds an export has to wait.
    pub(crate) takeout_delay: i32,
}
