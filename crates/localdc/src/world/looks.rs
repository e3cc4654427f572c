//! How a group or channel looks, and what holds in it.
use ferogram_sync::tl::{enums, types};

/// How a group or channel looks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looks {
    /// Its photo, as nobody sees it: without hash and reference.
    pub(crate) photo: Option<types::Photo>,
    pub(crate) color: Option<enums::PeerColor>,
    pub(crate) profile_color: Option<enums::PeerColor>,
    pub(crate) emoji_status: Option<enums::EmojiStatus>,
    pub(crate) stickers: Option<enums::InputStickerSet>,
    pub(crate) emoji: Option<enums::InputStickerSet>,
    pub(crate) location: Option<types::ChannelLocation>,
    pub(crate) theme: Option<String>,
}

/// What holds in a group or channel.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// How members may react.
    pub(crate) reactions: enums::ChatReactions,
    pub(crate) reactions_limit: Option<i32>,
    pub(crate) paid_reactions: bool,
    /// Whether it is searched for spam.
    pub(crate) anti_spam: bool,
    /// Whether one has to be in it to write.
    pub(crate) join_to_send: bool,
    /// Whether an administrator has to let in who joins by the public name.
    pub(crate) join_request: bool,
    /// Whether administrators alone see who is in it.
    pub(crate) members_hidden: bool,
    pub(crate) auto_translation: bool,
    /// So many boosts free a member of what others must not do.
    pub(crate) boosts_to_unblock: i32,
    /// Whether nobody is shown advertisements in it.
    pub(crate) without_ads: bool,
    /// Public names besides the first, which were bought, and whether they lead there.
    pub(crate) usernames: Vec<(String, bool)>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            reactions: types::ChatReactionsAll { allow_custom: true }.into(),
            reactions_limit: None,
            paid_reactions: false,
            anti_spam: false,
            join_to_send: false,
            join_request: false,
            members_hidden: false,
            auto_translation: false,
            boosts_to_unblock: 0,
            without_ads: false,
            usernames: Vec::new(),
        }
    }
}

impl Looks {
    /// The photo, as lists show it.
    pub(crate) fn small_photo(&self) -> enums::ChatPhoto {
        match &self.photo {
            Some(photo) => types::ChatPhoto {
                photo_id: photo.id,
                dc_id: photo.dc_id,
                ..Default::default()
            }
            .into(),
            None => enums::ChatPhoto::Empty,
        }
    }
}
