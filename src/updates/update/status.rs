//! A user has come online, has gone, or was seen another time.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// A user has come online, has gone, or was seen another time.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateUserStatus {
    ///     user_id: 7,
    ///     status: types::UserStatusOnline { expires: 1_800_000_000 }.into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::UserStatus(change) = update else { panic!("it is one") };
    /// assert!(change.is_online());
    /// assert_eq!((change.user_id(), change.last_online()), (7, None));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateUserStatus>.
    StatusChange(types::UpdateUserStatus)
}

by_user!(StatusChange, it => it.user_id);

impl StatusChange {
    /// The status.
    #[must_use]
    pub fn status(&self) -> &enums::UserStatus {
        &self.raw.status
    }

    /// Whether they are online now.
    #[must_use]
    pub fn is_online(&self) -> bool {
        matches!(self.raw.status, enums::UserStatus::Online(_))
    }

    /// When they were last online, in seconds since the Unix epoch, if they show it.
    #[must_use]
    pub fn last_online(&self) -> Option<i32> {
        match &self.raw.status {
            enums::UserStatus::Offline(it) => Some(it.was_online),
            _ => None,
        }
    }
}
