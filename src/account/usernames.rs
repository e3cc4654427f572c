//! The public names of the account.
use super::profile::NO_USER;
use crate::client::Client;
use crate::error::Result;
use crate::peers::User;
use crate::tl::functions::account as f;

impl Client {
    /// Whether a public name is free for the account.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// assert!(client.check_username(&format!("{name}_too"))?);
    /// assert!(client.check_username("no").expect_err("too short").is("USERNAME_INVALID"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `USERNAME_INVALID`; `USERNAME_PURCHASE_AVAILABLE` for one that is for sale.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.checkUsername>.
    pub fn check_username(&self, name: &str) -> Result<bool> {
        let username = plain(name);
        match self.ask(&f::CheckUsername { username }) {
            Err(error) if error.is("USERNAME_OCCUPIED") => Ok(false),
            answer => answer,
        }
    }

    /// Gives the account a public name, in place of the one that it chose before; an empty one
    /// takes that away. Names that were bought stay: see
    /// [`set_username_active`](Self::set_username_active).
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// let me = client.set_username(&format!("{name}_now"))?;
    /// assert_eq!(me.username(), Some(&*format!("{name}_now")));
    /// assert_eq!(client.set_username("")?.username(), None);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `USERNAME_INVALID`, `USERNAME_OCCUPIED`, `USERNAME_NOT_MODIFIED`,
    /// `USERNAME_PURCHASE_AVAILABLE`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updateUsername>.
    pub fn set_username(&self, name: &str) -> Result<User> {
        let username = plain(name);
        User::from_raw(self.ask(&f::UpdateUsername { username })?).ok_or(NO_USER)
    }

    /// Has one of several public names that are the account's own work, or not.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let me = client.my_id().expect("somebody is signed in");
    /// # let bought = format!("bought_{me}");
    /// # telegram.add_username(me, &bought);
    /// client.set_username_active(&bought, true)?;
    /// assert_eq!(client.get_me()?.usernames().len(), 2);
    /// client.reorder_usernames([&bought])?;
    /// assert_eq!(client.get_me()?.username(), Some(&*bought));
    /// client.set_username_active(&bought, false)?;
    /// assert_eq!(client.get_me()?.usernames().len(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `USERNAME_INVALID` for a name that is not the account's,
    /// `USERNAMES_ACTIVE_TOO_MUCH`, `USERNAME_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.toggleUsername>.
    pub fn set_username_active(&self, name: &str, active: bool) -> Result<()> {
        let username = plain(name);
        self.ask(&f::ToggleUsername { username, active }).map(drop)
    }

    /// Puts the public names that work in this order; those that are not named come behind.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `ORDER_INVALID`, `USERNAME_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.reorderUsernames>.
    pub fn reorder_usernames<S: AsRef<str>>(
        &self,
        names: impl IntoIterator<Item = S>,
    ) -> Result<()> {
        let order = names.into_iter().map(|name| plain(name.as_ref())).collect();
        self.ask(&f::ReorderUsernames { order }).map(drop)
    }
}

/// A name as requests have it.
fn plain(name: &str) -> String {
    name.trim().trim_start_matches('@').to_owned()
}
