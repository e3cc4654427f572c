//! What an account shows of itself, beside its name.
use ferogram_sync::tl::{enums, types};

use super::inline_book::InlineMode;

/// A public name that was bought, beside the one that is the account's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bought {
    pub(crate) name: String,
    pub(crate) active: bool,
}

/// What an account shows of itself, beside its name.
#[derive(Debug, Default)]
pub(crate) struct Personal {
    pub(crate) premium: bool,
    pub(crate) birthday: Option<types::Birthday>,
    pub(crate) emoji_status: enums::EmojiStatus,
    pub(crate) name_color: Option<enums::PeerColor>,
    pub(crate) profile_color: Option<enums::PeerColor>,
    /// The channel that the profile shows.
    pub(crate) channel: Option<i64>,
    pub(crate) bought: Vec<Bought>,
    /// Of a bot: the account that made it.
    pub(crate) owner: Option<i64>,
    /// Of a bot: how it is asked from any conversation, if it is.
    pub(crate) inline: Option<InlineMode>,
    /// The order in which the active names are shown; what is not here comes behind.
    pub(crate) order: Vec<String>,
    /// The profile photos, the newest first, as files.
    pub(crate) photos: Vec<i64>,
    /// What is shown to who may not see those.
    pub(crate) public_photo: Option<i64>,
}
