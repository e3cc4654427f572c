//! A subscription that somebody pays the bot for in stars was cancelled or taken up again, or
//! could not be paid.
use super::payload::{by_user, payload};
use crate::tl::types;

payload! {
    /// A subscription that somebody pays the bot for in stars was cancelled or taken up again,
    /// or could not be paid.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotStarsSubscription {
    ///     canceled: true,
    ///     user_id: 7,
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::BotSubscription(it) = update else { panic!("it is one") };
    /// assert!(it.is_cancelled() && !it.is_restored());
    /// assert_eq!(it.user_id(), 7);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotStarsSubscription>.
    BotSubscription(types::UpdateBotStarsSubscription)
}

by_user!(BotSubscription, it => it.user_id);

impl BotSubscription {
    /// What the bot has written to itself in the invoice.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.raw.payload
    }

    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.raw.canceled
    }

    /// Whether it goes on after all.
    #[must_use]
    pub fn is_restored(&self) -> bool {
        self.raw.restored
    }

    /// Whether it could not be paid.
    #[must_use]
    pub fn has_payment_failed(&self) -> bool {
        self.raw.payment_failed
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
