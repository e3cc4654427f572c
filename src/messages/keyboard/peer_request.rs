//! Whom a button lets the receiver choose.
use crate::tl::enums::{ButtonType, ChatAdminRights, RequestPeerType};
use crate::tl::types;

/// Whom a [button](super::ReplyButton::request_peer) lets the receiver choose, and what the bot is
/// told of them. What is not said, matters not.
///
/// ```
/// use ferogram_sync::keyboard::{PeerRequest, ReplyButton};
///
/// let people = PeerRequest::users(1).bot(false).up_to(3).tell_name(true);
/// let button = ReplyButton::request_peer("Invite friends", people);
/// assert_eq!(button.label(), "Invite friends");
/// ```
///
/// See <https://core.telegram.org/type/RequestPeerType>.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerRequest {
    raw: types::InputButtonTypeRequestPeer,
}

impl PeerRequest {
    /// Anybody of a kind that the raw API says. The bot is told the `id` with the answer, so that
    /// it knows which button it was.
    pub fn raw(id: i32, kind: impl Into<RequestPeerType>) -> Self {
        let raw = types::InputButtonTypeRequestPeer {
            button_id: id,
            peer_type: kind.into(),
            max_quantity: 1,
            ..Default::default()
        };
        Self { raw }
    }

    /// People and bots. The bot is told the `id` with the answer.
    #[must_use]
    pub fn users(id: i32) -> Self {
        Self::raw(id, types::RequestPeerTypeUser::default())
    }

    /// Groups. The bot is told the `id` with the answer.
    #[must_use]
    pub fn groups(id: i32) -> Self {
        Self::raw(id, types::RequestPeerTypeChat::default())
    }

    /// Channels. The bot is told the `id` with the answer.
    #[must_use]
    pub fn channels(id: i32) -> Self {
        Self::raw(id, types::RequestPeerTypeBroadcast::default())
    }

    /// A bot that the receiver makes for it. The bot is told the `id` with the answer.
    #[must_use]
    pub fn new_bot(id: i32, bot: types::RequestPeerTypeCreateBot) -> Self {
        Self::raw(id, bot)
    }

    /// How many may be chosen; without it, one.
    #[must_use]
    pub fn up_to(mut self, quantity: i32) -> Self {
        self.raw.max_quantity = quantity;
        self
    }

    /// Of users: whether they are bots.
    #[must_use]
    pub fn bot(mut self, is_bot: bool) -> Self {
        if let RequestPeerType::User(user) = &mut self.raw.peer_type {
            user.bot = Some(is_bot);
        }
        self
    }

    /// Of users: whether they have Premium.
    #[must_use]
    pub fn premium(mut self, has_premium: bool) -> Self {
        if let RequestPeerType::User(user) = &mut self.raw.peer_type {
            user.premium = Some(has_premium);
        }
        self
    }

    /// Of groups and channels: whether they have a public name.
    #[must_use]
    pub fn public(mut self, is_public: bool) -> Self {
        match &mut self.raw.peer_type {
            RequestPeerType::Chat(chat) => chat.has_username = Some(is_public),
            RequestPeerType::Broadcast(channel) => channel.has_username = Some(is_public),
            _ => {}
        }
        self
    }

    /// Of groups: whether they are forums.
    #[must_use]
    pub fn forum(mut self, is_forum: bool) -> Self {
        if let RequestPeerType::Chat(chat) = &mut self.raw.peer_type {
            chat.forum = Some(is_forum);
        }
        self
    }

    /// Of groups and channels: only those that the receiver has founded.
    #[must_use]
    pub fn founded(mut self, only: bool) -> Self {
        match &mut self.raw.peer_type {
            RequestPeerType::Chat(chat) => chat.creator = only,
            RequestPeerType::Broadcast(channel) => channel.creator = only,
            _ => {}
        }
        self
    }

    /// Of groups: only those that the bot is in.
    #[must_use]
    pub fn with_bot(mut self, only: bool) -> Self {
        if let RequestPeerType::Chat(chat) = &mut self.raw.peer_type {
            chat.bot_participant = only;
        }
        self
    }

    /// Of groups and channels: what the receiver has to be allowed there.
    #[must_use]
    pub fn user_rights(mut self, rights: impl Into<ChatAdminRights>) -> Self {
        match &mut self.raw.peer_type {
            RequestPeerType::Chat(chat) => chat.user_admin_rights = Some(rights.into()),
            RequestPeerType::Broadcast(channel) => channel.user_admin_rights = Some(rights.into()),
            _ => {}
        }
        self
    }

    /// Of groups and channels: what the bot has to be allowed there; it is given that.
    #[must_use]
    pub fn bot_rights(mut self, rights: impl Into<ChatAdminRights>) -> Self {
        match &mut self.raw.peer_type {
            RequestPeerType::Chat(chat) => chat.bot_admin_rights = Some(rights.into()),
            RequestPeerType::Broadcast(channel) => channel.bot_admin_rights = Some(rights.into()),
            _ => {}
        }
        self
    }

    /// Whether the bot is told the names of who was chosen.
    #[must_use]
    pub fn tell_name(mut self, tell: bool) -> Self {
        self.raw.name_requested = tell;
        self
    }

    /// Whether the bot is told their public names.
    #[must_use]
    pub fn tell_username(mut self, tell: bool) -> Self {
        self.raw.username_requested = tell;
        self
    }

    /// Whether the bot is shown their pictures.
    #[must_use]
    pub fn tell_photo(mut self, tell: bool) -> Self {
        self.raw.photo_requested = tell;
        self
    }

    pub(super) fn into_raw(self) -> ButtonType {
        self.raw.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_belongs_to_the_kind() {
        let rights = types::ChatAdminRights {
            ban_users: true,
            ..Default::default()
        };
        let all = |request: PeerRequest| {
            let request = request.bot(true).premium(false).public(true).forum(false);
            let request = request.founded(true).with_bot(true);
            let request = request.user_rights(rights.clone());
            request.bot_rights(rights.clone()).raw.peer_type
        };
        let rights = || Some(ChatAdminRights::from(rights.clone()));
        let user = types::RequestPeerTypeUser {
            bot: Some(true),
            premium: Some(false),
        };
        assert_eq!(all(PeerRequest::users(1)), user.into());
        let group = types::RequestPeerTypeChat {
            creator: true,
            bot_participant: true,
            has_username: Some(true),
            forum: Some(false),
            user_admin_rights: rights(),
            bot_admin_rights: rights(),
        };
        assert_eq!(all(PeerRequest::groups(1)), group.into());
        let channel = types::RequestPeerTypeBroadcast {
            creator: true,
            has_username: Some(true),
            user_admin_rights: rights(),
            bot_admin_rights: rights(),
        };
        assert_eq!(all(PeerRequest::channels(1)), channel.into());
        let new = types::RequestPeerTypeCreateBot::default();
        assert_eq!(all(PeerRequest::new_bot(1, new.clone())), new.into());
    }

    #[test]
    fn one_is_chosen_unless_more_are_wanted() {
        let ButtonType::InputButtonTypeRequestPeer(one) = PeerRequest::users(7).into_raw() else {
            panic!("another kind");
        };
        assert_eq!((one.button_id, one.max_quantity), (7, 1));
        let told = PeerRequest::users(7).up_to(5).tell_name(true);
        let told = told.tell_username(true).tell_photo(true).raw;
        assert_eq!(told.max_quantity, 5);
        assert!(told.name_requested && told.username_requested && told.photo_requested);
    }
}
