//! Somebody wants to pay: the bot has ten seconds to say that it can deliver.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// Somebody wants to pay: the bot has ten seconds to say that it can deliver.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotPrecheckoutQuery {
    ///     query_id: 9,
    ///     user_id: 7,
    ///     currency: "EUR".into(),
    ///     total_amount: 1499,
    ///     shipping_option_id: Some("post".into()),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PreCheckoutQuery(query) = update else { panic!("it is one") };
    /// assert_eq!((query.id(), query.user_id()), (9, 7));
    /// assert_eq!((query.currency(), query.total_amount()), ("EUR", 1499));
    /// assert_eq!(query.shipping_option_id(), Some("post"));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotPrecheckoutQuery>,
    /// and <https://core.telegram.org/api/payments>.
    PreCheckoutQuery(types::UpdateBotPrecheckoutQuery)
}

by_user!(PreCheckoutQuery, it => it.user_id);

impl PreCheckoutQuery {
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

    /// The name, address and so on, as far as the invoice has asked for them.
    #[must_use]
    pub fn requested(&self) -> Option<&types::PaymentRequestedInfo> {
        let enums::PaymentRequestedInfo::Info(requested) = self.raw.info.as_ref()?;
        Some(requested)
    }

    /// How it is to be sent, as chosen of what the bot has offered.
    #[must_use]
    pub fn shipping_option_id(&self) -> Option<&str> {
        self.raw.shipping_option_id.as_deref()
    }

    /// The currency: three letters of ISO 4217, or `XTR` for stars.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.raw.currency
    }

    /// How much, in the smallest unit of the currency.
    #[must_use]
    pub fn total_amount(&self) -> i64 {
        self.raw.total_amount
    }
}
