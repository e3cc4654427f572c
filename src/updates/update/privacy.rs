//! Who may see or do something has changed, on another device.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// Who may see or do something has changed, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::{enums, types}};
    ///
    /// let raw = types::UpdatePrivacy {
    ///     key: enums::PrivacyKey::PhoneNumber,
    ///     rules: vec![enums::PrivacyRule::PrivacyValueAllowContacts],
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Privacy(change) = update else { panic!("it is one") };
    /// assert!(matches!(change.key(), enums::PrivacyKey::PhoneNumber));
    /// assert_eq!(change.rules().len(), 1);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePrivacy>,
    /// and <https://core.telegram.org/api/privacy>.
    PrivacyChange(types::UpdatePrivacy)
}

impl PrivacyChange {
    /// What it is about.
    #[must_use]
    pub fn key(&self) -> &enums::PrivacyKey {
        &self.raw.key
    }

    /// Who may: the first rule that fits somebody counts.
    #[must_use]
    pub fn rules(&self) -> &[enums::PrivacyRule] {
        &self.raw.rules
    }
}
