//! Something to be bought, attached to a message.
use crate::tl::enums::InputMedia;
use crate::tl::types;

/// Something to be bought, attached to a message by a bot.
///
/// ```
/// # let (client, ann) = localdc::LocalDc::shared().visited_bot();
/// use ferogram_sync::{InputMessage, Invoice};
///
/// let tea = Invoice::new("Tea", "A pound of it", "order 7", "EUR")
///     .price("Tea", 1250)
///     .price("Post", 390)
///     .provider("a token of @BotFather's")
///     .asks_address(true);
/// let message = client.send_message(ann, InputMessage::default().media(tea))?;
/// assert!(message.media().is_some());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/payments>.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    raw: types::InputMediaInvoice,
    terms: types::Invoice,
}

impl Invoice {
    /// What it is, what the bot knows it by, and in what it is paid, such as `EUR`, or `XTR` for
    /// Stars.
    pub fn new(
        title: impl Into<String>,
        description: impl Into<String>,
        payload: impl Into<Vec<u8>>,
        currency: impl Into<String>,
    ) -> Self {
        let provider_data = types::DataJson {
            data: "{}".to_owned(),
        };
        Self {
            raw: types::InputMediaInvoice {
                title: title.into(),
                description: description.into(),
                payload: payload.into(),
                provider_data: provider_data.into(),
                ..Default::default()
            },
            terms: types::Invoice {
                currency: currency.into(),
                ..Default::default()
            },
        }
    }

    /// One more part of the price, in the smallest unit of the currency: 145 for 1.45 euros.
    #[must_use]
    pub fn price(mut self, label: impl Into<String>, amount: i64) -> Self {
        let price = types::LabeledPrice {
            label: label.into(),
            amount,
        };
        self.terms.prices.push(price.into());
        self
    }

    /// Who carries out the payment, by the token that @BotFather gives. Not for Stars.
    #[must_use]
    pub fn provider(mut self, token: impl Into<String>) -> Self {
        self.raw.provider = Some(token.into());
        self
    }

    /// What the one who carries out the payment has to know, as JSON.
    #[must_use]
    pub fn provider_data(mut self, json: impl Into<String>) -> Self {
        let provider_data = types::DataJson { data: json.into() };
        self.raw.provider_data = provider_data.into();
        self
    }

    /// What the link `https://t.me/bot?start=…` has that leads to it. With one, whoever it is
    /// forwarded to pays there.
    #[must_use]
    pub fn start_parameter(mut self, parameter: impl Into<String>) -> Self {
        self.raw.start_param = Some(parameter.into());
        self
    }

    /// A picture of it, at an address on the web.
    #[must_use]
    pub fn photo(mut self, url: impl Into<String>, mime_type: impl Into<String>) -> Self {
        let photo = types::InputWebDocument {
            url: url.into(),
            mime_type: mime_type.into(),
            ..Default::default()
        };
        self.raw.photo = Some(photo.into());
        self
    }

    /// Whether the name of who pays is asked for.
    #[must_use]
    pub fn asks_name(mut self, on: bool) -> Self {
        self.terms.name_requested = on;
        self
    }

    /// Whether a phone number is asked for.
    #[must_use]
    pub fn asks_phone(mut self, on: bool) -> Self {
        self.terms.phone_requested = on;
        self
    }

    /// Whether an e-mail address is asked for.
    #[must_use]
    pub fn asks_email(mut self, on: bool) -> Self {
        self.terms.email_requested = on;
        self
    }

    /// Whether an address is asked for that it is sent to.
    #[must_use]
    pub fn asks_address(mut self, on: bool) -> Self {
        self.terms.shipping_address_requested = on;
        self
    }

    /// Whether the price depends on how it is sent.
    #[must_use]
    pub fn flexible(mut self, on: bool) -> Self {
        self.terms.flexible = on;
        self
    }

    /// The largest tip, and those that are suggested.
    #[must_use]
    pub fn tips(mut self, most: i64, suggested: impl Into<Vec<i64>>) -> Self {
        self.terms.max_tip_amount = Some(most);
        self.terms.suggested_tip_amounts = Some(suggested.into());
        self
    }

    /// What else the schema has to say of how it is paid.
    #[must_use]
    pub fn raw(mut self, change: impl FnOnce(&mut types::Invoice)) -> Self {
        change(&mut self.terms);
        self
    }
}

impl From<Invoice> for InputMedia {
    fn from(invoice: Invoice) -> Self {
        types::InputMediaInvoice {
            invoice: invoice.terms.into(),
            ..invoice.raw
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::enums::{Invoice as Terms, LabeledPrice};

    fn terms(change: impl FnOnce(Invoice) -> Invoice) -> types::Invoice {
        let invoice = Invoice::new("Tea", "A cup", "cup", "EUR");
        let InputMedia::Invoice(raw) = InputMedia::from(change(invoice)) else {
            panic!("it is one");
        };
        let Terms::Invoice(terms) = raw.invoice;
        *terms
    }

    #[test]
    fn each_question_is_asked_for_itself() {
        let asked = |terms: types::Invoice| {
            [
                terms.name_requested,
                terms.phone_requested,
                terms.email_requested,
                terms.shipping_address_requested,
                terms.flexible,
            ]
        };
        let questions = [
            Invoice::asks_name,
            Invoice::asks_phone,
            Invoice::asks_email,
            Invoice::asks_address,
            Invoice::flexible,
        ];
        for (place, question) in questions.into_iter().enumerate() {
            let mut wanted = [false; 5];
            wanted[place] = true;
            assert_eq!(asked(terms(|it| question(it, true))), wanted);
        }
    }

    #[test]
    fn prices_stay_in_order_and_tips_have_a_most() {
        let terms = terms(|it| it.price("Tea", 250).price("Milk", 50).tips(300, [100, 200]));
        let prices = terms.prices.iter();
        let prices: Vec<_> = prices
            .map(|LabeledPrice::Price(it)| (&it.label[..], it.amount))
            .collect();
        assert_eq!(prices, [("Tea", 250), ("Milk", 50)]);
        assert_eq!(terms.max_tip_amount, Some(300));
        assert_eq!(terms.suggested_tip_amounts, Some(vec![100, 200]));
    }
}
