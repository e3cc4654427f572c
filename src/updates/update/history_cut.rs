//! The beginning of a supergroup's history is gone: this account has deleted it, or may not see
//! it.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// The beginning of a supergroup's history is gone: this account has deleted it, or may not
    /// see it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChannelAvailableMessages {
    ///     channel_id: 7,
    ///     available_min_id: 5,
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::HistoryCut(cut) = update else { panic!("it is one") };
    /// assert_eq!(cut.available_from(), 5);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateChannelAvailableMessages>.
    HistoryCut(types::UpdateChannelAvailableMessages)
}

in_chat!(HistoryCut, it => types::PeerChannel { channel_id: it.channel_id }.into());

impl HistoryCut {
    /// The messages up to this one are gone.
    #[must_use]
    pub fn available_from(&self) -> i32 {
        self.raw.available_min_id
    }
}
