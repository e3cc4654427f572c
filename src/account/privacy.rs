//! Who may see what of the account, and reach it how.
use super::privacy_key::PrivacyKey;
use super::privacy_rule::PrivacyRule;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerMap;
use crate::tl::enums;
use crate::tl::functions::account::{GetPrivacy, SetPrivacy};
use crate::tl::types;

/// For whom something of the account is private.
///
/// See <https://core.telegram.org/constructor/account.privacyRules>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Privacy {
    /// The rules, as [`Client::set_privacy`] takes them.
    pub rules: Vec<PrivacyRule>,
    /// The users and groups that the rules name.
    pub peers: PeerMap,
    /// Everything that the server told.
    pub raw: Vec<enums::PrivacyRule>,
}

impl Privacy {
    fn told(answer: enums::account::PrivacyRules) -> Self {
        let enums::account::PrivacyRules::Rules(answer) = answer;
        let types::account::PrivacyRules {
            rules: raw,
            chats,
            users,
        } = *answer;
        let peers = PeerMap::new(users, chats);
        let rules = raw.iter().filter_map(|it| PrivacyRule::told(it, &peers));
        Self {
            rules: rules.collect(),
            peers,
            raw,
        }
    }
}

impl Client {
    /// For whom something of the account is private.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{PrivacyKey, PrivacyRule};
    ///
    /// let privacy = client.privacy(PrivacyKey::PhoneNumber)?;
    /// assert_eq!(privacy.rules, [PrivacyRule::AllowContacts, PrivacyRule::DisallowAll]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.getPrivacy>.
    pub fn privacy(&self, key: PrivacyKey) -> Result<Privacy> {
        let key = key.into();
        self.ask(&GetPrivacy { key }).map(Privacy::told)
    }

    /// Sets for whom something of the account is private. The rules take the place of all that
    /// were there; whom none speaks of may not.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # let bob = format!("@{name}");
    /// use ferogram_sync::{PrivacyKey, PrivacyRule};
    ///
    /// let rules = [PrivacyRule::disallow_users([&bob]), PrivacyRule::AllowContacts];
    /// client.set_privacy(PrivacyKey::LastSeen, &rules)?;
    /// let privacy = client.privacy(PrivacyKey::LastSeen)?;
    /// let [PrivacyRule::DisallowUsers(users), PrivacyRule::AllowContacts] = &privacy.rules[..]
    /// else {
    ///     panic!("they are as they were set");
    /// };
    /// assert_eq!(client.resolve(&users[0])?, client.resolve(&bob)?);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots);
    /// [`Error::Argument`](crate::Error::Argument) and
    /// [`PeerError::NotA`](crate::PeerError::NotA) where users or groups are something else.
    /// Common answers: `PRIVACY_VALUE_INVALID`, `PRIVACY_TOO_LONG`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.setPrivacy>.
    pub fn set_privacy(&self, key: PrivacyKey, rules: &[PrivacyRule]) -> Result<Privacy> {
        let deadline = self.begin_for::<SetPrivacy>()?;
        let rules = rules.iter().map(|rule| rule.input(self, deadline));
        let request = SetPrivacy {
            key: key.into(),
            rules: rules.collect::<Result<_>>()?,
        };
        self.ask_until(&request, deadline).map(Privacy::told)
    }
}
