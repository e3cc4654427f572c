//! A user or a bot.
use super::peer_ref::PeerRef;
use crate::tl;

/// A user or a bot, as the server showed it.
///
/// See <https://core.telegram.org/constructor/user>.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Everything that the server told.
    pub raw: tl::types::User,
}

impl User {
    /// The id, which never changes.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.id
    }

    /// First and last name, as far as there are any.
    #[must_use]
    pub fn full_name(&self) -> String {
        let names = [&self.raw.first_name, &self.raw.last_name];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        names.join(" ")
    }

    /// The public name, without the `@`.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.raw.username.as_deref().or_else(|| {
            let mut names = self.raw.usernames.iter().flatten();
            names.find_map(|name| match name {
                tl::enums::Username::Username(name) if name.active => Some(&*name.username),
                _ => None,
            })
        })
    }

    /// Whether it is a bot.
    #[must_use]
    pub fn is_bot(&self) -> bool {
        self.raw.bot
    }

    /// `None` for the constructor that says nothing but an id.
    pub(crate) fn from_raw(user: tl::enums::User) -> Option<Self> {
        match user {
            tl::enums::User::User(raw) => Some(Self { raw: *raw }),
            _ => None,
        }
    }
}

/// Who "self" is depends on whom the server speaks to, so that mark says nothing here.
impl From<&User> for PeerRef {
    fn from(user: &User) -> Self {
        let user_id = user.raw.id;
        match user.raw.access_hash {
            Some(access_hash) if !user.raw.min => Self::Shown {
                peer: tl::types::PeerUser { user_id }.into(),
                access_hash,
            },
            _ => Self::from(user_id),
        }
    }
}
