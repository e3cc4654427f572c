//! A user or a bot.
use std::sync::Arc;

use super::names::usernames;
use super::peer_ref::{PeerRef, peer};
use crate::store::PeerKey;
use crate::tl;
use crate::tl::enums::{Peer, RestrictionReason, UserProfilePhoto, UserStatus};

/// What official clients call an account that was deleted: it has no name of its own any more.
const DELETED: &str = "Deleted Account";

/// A user or a bot, as the server showed it.
///
/// Cheap to clone: clones share what the server told.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let (client, bob) = (telegram.user(), telegram.user());
/// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
/// use ferogram_sync::Chat;
///
/// let Chat::User(user) = client.fetch_chat(format!("@{name}"))? else {
///     panic!("it is a user's name");
/// };
/// assert_eq!(user.usernames(), [&name]);
/// assert!(!user.is_bot() && !user.is_deleted());
/// client.send_message(&user, "Hello")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// See <https://core.telegram.org/constructor/user>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct User {
    /// Everything that the server told, shared by the clones of this user.
    pub raw: Arc<tl::types::User>,
}

impl User {
    /// The user that an answer of the raw API shows. `None` for the constructor that says nothing
    /// but an id.
    ///
    /// ```
    /// use ferogram_sync::{User, tl::types};
    ///
    /// let raw = types::User { id: 7, first_name: Some("Ann".into()), ..Default::default() };
    /// assert_eq!(User::from_raw(raw.into()).expect("it is one").full_name(), "Ann");
    /// assert_eq!(User::from_raw(types::UserEmpty { id: 7 }.into()), None);
    /// ```
    #[must_use]
    pub fn from_raw(user: tl::enums::User) -> Option<Self> {
        match user {
            tl::enums::User::User(raw) => Some(Self { raw: raw.into() }),
            _ => None,
        }
    }

    /// The id, which never changes.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.id
    }

    /// The peer of the raw API.
    #[must_use]
    pub fn peer(&self) -> Peer {
        peer(PeerKey::User(self.raw.id))
    }

    /// The hash by which this account names the user to the server, if it was shown.
    #[must_use]
    pub fn access_hash(&self) -> Option<i64> {
        self.raw.access_hash
    }

    /// The first name; deleted accounts have none.
    #[must_use]
    pub fn first_name(&self) -> Option<&str> {
        self.raw.first_name.as_deref()
    }

    /// The last name, if there is one.
    #[must_use]
    pub fn last_name(&self) -> Option<&str> {
        self.raw.last_name.as_deref()
    }

    /// First and last name, as far as there are any. An account that was deleted has none, and is
    /// called "Deleted Account", as official clients do.
    #[must_use]
    pub fn full_name(&self) -> String {
        let names = [self.first_name(), self.last_name()];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        match names.is_empty() && self.raw.deleted {
            true => DELETED.to_owned(),
            false => names.join(" "),
        }
    }

    /// The public name, without the `@`: the first one of several.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.usernames().first().copied()
    }

    /// All active public names, without the `@`.
    ///
    /// See <https://core.telegram.org/api/names>.
    #[must_use]
    pub fn usernames(&self) -> Vec<&str> {
        usernames(self.raw.username.as_ref(), self.raw.usernames.as_ref())
    }

    /// The phone number in digits, where this account may see it.
    #[must_use]
    pub fn phone(&self) -> Option<&str> {
        self.raw.phone.as_deref()
    }

    /// Whether it is a bot.
    #[must_use]
    pub fn is_bot(&self) -> bool {
        self.raw.bot
    }

    /// Whether it is the account that the server told this to.
    #[must_use]
    pub fn is_self(&self) -> bool {
        self.raw.is_self
    }

    /// Whether the account was deleted.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.raw.deleted
    }

    /// Whether Telegram has verified who it is.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.raw.verified
    }

    /// Whether it has Telegram Premium.
    #[must_use]
    pub fn is_premium(&self) -> bool {
        self.raw.premium
    }

    /// Whether it is one of this account's contacts.
    #[must_use]
    pub fn is_contact(&self) -> bool {
        self.raw.contact
    }

    /// Whether both have each other among their contacts.
    #[must_use]
    pub fn is_mutual_contact(&self) -> bool {
        self.raw.mutual_contact
    }

    /// Whether it belongs to Telegram's support.
    #[must_use]
    pub fn is_support(&self) -> bool {
        self.raw.support
    }

    /// Whether it was reported for cheating people.
    #[must_use]
    pub fn is_scam(&self) -> bool {
        self.raw.scam
    }

    /// Whether it was reported for pretending to be somebody else.
    #[must_use]
    pub fn is_fake(&self) -> bool {
        self.raw.fake
    }

    /// Whether some clients must not show it: [`restrictions`](Self::restrictions) says why.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.raw.restricted
    }

    /// On which platforms it must not be shown, and why.
    #[must_use]
    pub fn restrictions(&self) -> &[RestrictionReason] {
        self.raw.restriction_reason.as_deref().unwrap_or_default()
    }

    /// Whether the server showed little of it, as of people who are merely mentioned. Such a user
    /// is named to the server by the message that it was seen in.
    ///
    /// See <https://core.telegram.org/api/min>.
    #[must_use]
    pub fn is_min(&self) -> bool {
        self.raw.min
    }

    /// When it was online, as far as this account may see it; bots have none.
    #[must_use]
    pub fn status(&self) -> Option<&UserStatus> {
        self.raw.status.as_ref()
    }

    /// The profile photo, if there is one.
    #[must_use]
    pub fn photo(&self) -> Option<&UserProfilePhoto> {
        let photo = self.raw.photo.as_ref();
        photo.filter(|photo| !matches!(photo, UserProfilePhoto::Empty))
    }

    /// The language of its client, for bots that it has written to.
    #[must_use]
    pub fn language_code(&self) -> Option<&str> {
        self.raw.lang_code.as_deref()
    }

    /// Of a bot: whether it sees all messages of its groups, not only those meant for it.
    #[must_use]
    pub fn sees_group_messages(&self) -> bool {
        self.raw.bot_chat_history
    }

    /// Of a bot: whether it may be added to groups.
    #[must_use]
    pub fn joins_groups(&self) -> bool {
        self.raw.bot && !self.raw.bot_nochats
    }

    /// Of a bot: whether inline queries bring along where the user is.
    #[must_use]
    pub fn wants_location(&self) -> bool {
        self.raw.bot_inline_geo
    }

    /// Of a bot that answers inline queries: what stands in the field before anything is typed.
    #[must_use]
    pub fn inline_placeholder(&self) -> Option<&str> {
        self.raw.bot_inline_placeholder.as_deref()
    }
}

/// Who "self" is depends on whom the server speaks to, so that mark says nothing here.
impl From<&User> for PeerRef {
    fn from(user: &User) -> Self {
        let raw = &user.raw;
        Self::shown(PeerKey::User(raw.id), raw.access_hash, raw.min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tl::types;

    #[test]
    fn whoever_has_no_name_has_one_to_be_shown() {
        let user = |raw: types::User| User { raw: raw.into() };
        let name = |first: Option<&str>, last: Option<&str>, deleted| {
            let raw = types::User {
                first_name: first.map(Into::into),
                last_name: last.map(Into::into),
                deleted,
                ..Default::default()
            };
            user(raw).full_name()
        };
        assert_eq!(name(Some("Ann"), Some("Lee"), false), "Ann Lee");
        assert_eq!(name(Some("Ann"), None, false), "Ann");
        assert_eq!(name(None, Some("Lee"), false), "Lee");
        assert_eq!(name(None, None, true), "Deleted Account");
        assert_eq!(name(None, None, false), "");
        let nobody = user(types::User::default());
        assert_eq!((nobody.username(), nobody.phone()), (None, None));
        assert!(nobody.photo().is_none() && nobody.restrictions().is_empty());
    }

    #[test]
    fn the_hash_of_a_min_user_names_nobody() {
        let raw = types::User {
            id: 7,
            access_hash: Some(70),
            ..Default::default()
        };
        let shown = |raw: types::User| PeerRef::from(&User { raw: raw.into() });
        let min = types::User {
            min: true,
            ..raw.clone()
        };
        assert_eq!(shown(min), PeerRef::from(7));
        let peer = types::PeerUser { user_id: 7 }.into();
        let access_hash = 70;
        assert_eq!(shown(raw), PeerRef::Shown { peer, access_hash });
    }
}
