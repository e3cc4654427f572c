//! Whether this account looks at stories unseen has changed.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// Whether this account looks at stories unseen has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateStoriesStealthMode {
    ///     stealth_mode: types::StoriesStealthMode {
    ///         active_until_date: Some(1_800_000_000),
    ///         ..Default::default()
    ///     }
    ///     .into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::StealthMode(mode) = update else { panic!("it is one") };
    /// assert_eq!(mode.active_until(), Some(1_800_000_000));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateStoriesStealthMode>.
    StealthMode(types::UpdateStoriesStealthMode)
}

impl StealthMode {
    /// Until when it does, in seconds since the Unix epoch.
    #[must_use]
    pub fn active_until(&self) -> Option<i32> {
        self.mode().active_until_date
    }

    /// When it can be switched on again.
    #[must_use]
    pub fn cooldown_until(&self) -> Option<i32> {
        self.mode().cooldown_until_date
    }

    /// Both, as the raw API has them.
    #[must_use]
    pub fn mode(&self) -> &types::StoriesStealthMode {
        let enums::StoriesStealthMode::Mode(mode) = &self.raw.stealth_mode;
        mode
    }
}
