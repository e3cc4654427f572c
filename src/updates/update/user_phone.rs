//! A user has another phone number.
use super::payload::{by_user, payload};
use crate::tl::types;

payload! {
    /// A user has another phone number.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateUserPhone { user_id: 7, phone: "99966".into() };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::UserPhone(change) = update else { panic!("it is one") };
    /// assert_eq!((change.user_id(), change.phone()), (7, "99966"));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateUserPhone>.
    PhoneChange(types::UpdateUserPhone)
}

by_user!(PhoneChange, it => it.user_id);

impl PhoneChange {
    /// The number, in digits.
    #[must_use]
    pub fn phone(&self) -> &str {
        &self.raw.phone
    }
}
