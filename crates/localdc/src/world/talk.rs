//! The conversations that people have with a channel (<https://core.telegram.org/api/monoforum>).
use ferogram_sync::tl::types;

/// Where the ids of direct messages begin: other channels have lower ones
/// (<https://core.telegram.org/api/bots/ids#monoforum-ids>).
pub(super) const FIRST_ID: i64 = 1_002_147_483_649;

/// The conversation that a direct message is of.
#[derive(Clone, Debug)]
pub(crate) struct Talk {
    /// Whose it is.
    pub(crate) user: i64,
    /// What is offered for the message as a post
    /// (<https://core.telegram.org/api/suggested-posts>).
    pub(crate) offer: Option<types::SuggestedPost>,
}
