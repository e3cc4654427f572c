//! Somebody who wants to buy has said where it is to be sent: the bot answers what that costs.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// Somebody who wants to buy has said where it is to be sent: the bot answers what that
    /// costs.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotShippingQuery {
    ///     query_id: 9,
    ///     user_id: 7,
    ///     payload: b"book".to_vec(),
    ///     shipping_address: types::PostAddress {
    ///         city: "Berlin".into(),
    ///         ..Default::default()
    ///     }
    ///     .into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ShippingQuery(query) = update else { panic!("it is one") };
    /// assert_eq!((query.id(), query.user_id(), query.payload()), (9, 7, &b"book"[..]));
    /// assert_eq!(query.address().city, "Berlin");
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotShippingQuery>,
    /// and <https://core.telegram.org/api/payments>.
    ShippingQuery(types::UpdateBotShippingQuery)
}

by_user!(ShippingQuery, it => it.user_id);

impl ShippingQuery {
    /// The id, by which it is answered.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.query_id
    }

    /// What the bot has written to itself in the invoice.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.raw.payload
    }

    /// Where to.
    #[must_use]
    pub fn address(&self) -> &types::PostAddress {
        let enums::PostAddress::Address(address) = &self.raw.shipping_address;
        address
    }
}
