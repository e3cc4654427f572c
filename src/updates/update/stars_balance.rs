//! How many stars this account has, or how much of TON.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// How many stars this account has, or how much of TON.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateStarsBalance {
    ///     balance: types::StarsAmount { amount: 5, nanos: 0 }.into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::StarsBalance(it) = update else { panic!("it is one") };
    /// assert_eq!(it.stars(), Some(5));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateStarsBalance>,
    /// and <https://core.telegram.org/api/stars>.
    StarsBalance(types::UpdateStarsBalance)
}

impl StarsBalance {
    /// The balance.
    #[must_use]
    pub fn balance(&self) -> &enums::StarsAmount {
        &self.raw.balance
    }

    /// The whole stars, if it is about stars.
    #[must_use]
    pub fn stars(&self) -> Option<i64> {
        match &self.raw.balance {
            enums::StarsAmount::Amount(it) => Some(it.amount),
            _ => None,
        }
    }
}
