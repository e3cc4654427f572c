//! A user has bought media that the bot sells.
use super::payload::{by_user, payload};
use crate::tl::types;

payload! {
    /// A user has bought media that the bot sells.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotPurchasedPaidMedia {
    ///     user_id: 7,
    ///     payload: "photo 1".into(),
    ///     qts: 1,
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PaidMediaPurchase(purchase) = update else { panic!("it is one") };
    /// assert_eq!((purchase.user_id(), purchase.payload()), (7, "photo 1"));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotPurchasedPaidMedia>,
    /// and <https://core.telegram.org/api/paid-media>.
    PaidMediaPurchase(types::UpdateBotPurchasedPaidMedia)
}

by_user!(PaidMediaPurchase, it => it.user_id);

impl PaidMediaPurchase {
    /// What the bot has written to itself when it sent the media.
    #[must_use]
    pub fn payload(&self) -> &str {
        &self.raw.payload
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
