//! What can be done about a chat has changed: to report, add or block who is in it, and so on.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// What can be done about a chat has changed: to report, add or block who is in it, and so
    /// on.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePeerSettings {
    ///     settings: types::PeerSettings { report_spam: true, ..Default::default() }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PeerSettings(change) = update else { panic!("it is one") };
    /// assert!(change.settings().report_spam);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePeerSettings>.
    PeerSettingsChange(types::UpdatePeerSettings)
}

in_chat!(PeerSettingsChange, it => it.peer.clone());

impl PeerSettingsChange {
    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &types::PeerSettings {
        let enums::PeerSettings::Settings(settings) = &self.raw.settings;
        settings
    }
}
