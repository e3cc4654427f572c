//! Everything that the server tells of a user.
use std::sync::Arc;

use super::birthday::Birthday;
use super::inputs::input_user;
use super::peer_ref::PeerRef;
use super::user::User;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::enums::{self, BotInfo, Photo};
use crate::tl::functions as f;
use crate::tl::types;

/// Everything that the server tells of a user.
///
/// See <https://core.telegram.org/constructor/userFull>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UserFull {
    /// Everything that the server told, shared by the clones.
    pub raw: Arc<types::UserFull>,
    user: User,
}

impl UserFull {
    /// The user.
    #[must_use]
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The id of the user.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.id
    }

    /// What the user writes about itself.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.raw.about.as_deref()
    }

    /// Whether this account has blocked the user.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.raw.blocked
    }

    /// In how many groups both are.
    #[must_use]
    pub fn common_chats_count(&self) -> i32 {
        self.raw.common_chats_count
    }

    /// The profile photo, in all its sizes.
    #[must_use]
    pub fn photo(&self) -> Option<&Photo> {
        self.raw.profile_photo.as_ref()
    }

    /// Of a bot: what it says of itself.
    #[must_use]
    pub fn bot_info(&self) -> Option<&BotInfo> {
        self.raw.bot_info.as_ref()
    }

    /// The message that is pinned in the private chat.
    #[must_use]
    pub fn pinned_message_id(&self) -> Option<i32> {
        self.raw.pinned_msg_id
    }

    /// Whether this account may pin messages in the private chat.
    #[must_use]
    pub fn may_pin(&self) -> bool {
        self.raw.can_pin_message
    }

    /// Whether the user can be called.
    #[must_use]
    pub fn may_be_called(&self) -> bool {
        self.raw.phone_calls_available
    }

    /// After how many seconds messages of the private chat disappear, if they do.
    #[must_use]
    pub fn messages_ttl(&self) -> Option<i32> {
        self.raw.ttl_period
    }

    /// The birthday, where this account may see it.
    #[must_use]
    pub fn birthday(&self) -> Option<Birthday> {
        self.raw.birthday.as_ref().map(Birthday::from)
    }

    /// The channel that the profile shows, as the raw API has it.
    #[must_use]
    pub fn personal_channel_id(&self) -> Option<i64> {
        self.raw.personal_channel_id
    }
}

impl Client {
    /// Asks the server for everything that it tells of a user.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let full = client.fetch_user_full("me")?;
    /// assert!(full.user().is_self() && !full.is_blocked());
    /// assert_eq!(full.about(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for what is no user.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/users.getFullUser>.
    pub fn fetch_user_full(&self, user: impl Into<PeerRef>) -> Result<UserFull> {
        let deadline = self.begin()?;
        let answer = self.ask_about(&user.into(), deadline, |input| {
            let id = input_user(input)?;
            self.ask_until(&f::users::GetFullUser { id }, deadline)
        })?;
        let enums::users::UserFull::Full(answer) = answer;
        let enums::UserFull::Full(full) = answer.full_user;
        let mut users = answer.users.into_iter().filter_map(User::from_raw);
        let user = users.find(|user| user.id() == full.id);
        Ok(UserFull {
            raw: Arc::from(full),
            user: user.ok_or(Error::Unexpected("the answer does not show the user"))?,
        })
    }
}
