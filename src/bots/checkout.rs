//! Answering whoever wants to buy something of the bot.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::functions::messages::{SetBotPrecheckoutResults, SetBotShippingResults};
use crate::tl::types;
use crate::updates::update::{PreCheckoutQuery, ShippingQuery};

/// A way in which something is sent, and what it costs.
///
/// ```
/// use ferogram_sync::ShippingOption;
///
/// let post = ShippingOption::new("post", "By post, in a week").price("Stamps", 390);
/// assert_eq!(post.raw.id, "post");
/// assert_eq!(post.raw.prices.len(), 1);
/// ```
///
/// See <https://core.telegram.org/constructor/shippingOption>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
#[must_use]
pub struct ShippingOption {
    /// As the raw API has it.
    pub raw: types::ShippingOption,
}

impl ShippingOption {
    /// By what the bot knows it, and what it is called.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        let raw = types::ShippingOption {
            id: id.into(),
            title: title.into(),
            prices: Vec::new(),
        };
        Self { raw }
    }

    /// One more part of what it costs, in the smallest unit of the currency: 145 for 1.45 euros.
    pub fn price(mut self, label: impl Into<String>, amount: i64) -> Self {
        let price = types::LabeledPrice {
            label: label.into(),
            amount,
        };
        self.raw.prices.push(price.into());
        self
    }
}

impl Client {
    /// Answers whoever has said where something is to be sent: with the ways in which it can be, or
    /// with the words that say why it cannot. As [`ShippingQuery::offer`] and
    /// [`ShippingQuery::decline`], by the id that came with the query.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::ShippingOption;
    ///
    /// let ways = vec![ShippingOption::new("post", "By post").price("Stamps", 390)];
    /// let error = client.answer_shipping_query(7, Ok(ways)).expect_err("nobody has asked");
    /// assert!(error.is("QUERY_ID_INVALID"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] where there is neither a way nor a word; as [`invoke`](Self::invoke);
    /// [`Error::NotForUsers`]. Common answer: `QUERY_ID_INVALID` where it is too late or was
    /// answered before.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setBotShippingResults>.
    pub fn answer_shipping_query(
        &self,
        query_id: i64,
        answer: Result<Vec<ShippingOption>, &str>,
    ) -> Result<()> {
        let mut request = SetBotShippingResults {
            query_id,
            ..Default::default()
        };
        match answer {
            Ok(ways) if ways.is_empty() => return Err(NO_WAY),
            Ok(ways) => {
                let ways = ways.into_iter().map(|way| way.raw.into());
                request.shipping_options = Some(ways.collect());
            }
            Err(reason) => request.error = Some(said(reason)?),
        }
        self.ask(&request).map(drop)
    }

    /// Answers whoever is about to pay: that the bot can deliver, or with the words that say why
    /// not. As [`PreCheckoutQuery::accept`] and [`PreCheckoutQuery::decline`], by the id that came
    /// with the query.
    ///
    /// # Errors
    ///
    /// As [`answer_shipping_query`](Self::answer_shipping_query).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setBotPrecheckoutResults>.
    pub fn answer_pre_checkout_query(&self, query_id: i64, answer: Result<(), &str>) -> Result<()> {
        let request = SetBotPrecheckoutResults {
            success: answer.is_ok(),
            query_id,
            error: answer.err().map(said).transpose()?,
        };
        self.ask(&request).map(drop)
    }
}

impl ShippingQuery {
    /// Says how it can be sent there, and what that costs besides: whoever buys chooses one.
    ///
    /// # Errors
    ///
    /// As [`Client::answer_shipping_query`], and when the client is not there any more.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/bots/api#answershippingquery>.
    pub fn offer(&self, ways: impl IntoIterator<Item = ShippingOption>) -> Result<()> {
        let ways = ways.into_iter().collect();
        self.source
            .client()?
            .answer_shipping_query(self.id(), Ok(ways))
    }

    /// Says why it cannot be sent there: whoever buys reads it.
    ///
    /// # Errors
    ///
    /// As [`Client::answer_shipping_query`], and when the client is not there any more.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/bots/api#answershippingquery>.
    pub fn decline(&self, reason: &str) -> Result<()> {
        self.source
            .client()?
            .answer_shipping_query(self.id(), Err(reason))
    }
}

impl PreCheckoutQuery {
    /// Says that the bot can deliver: the payment is made. It has to come within ten seconds, and
    /// what was paid comes as a message.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # ann.send_message(format!("@{name}"), "/start")?;
    /// # let her_id = ann.my_id().expect("she is signed in");
    /// # telegram.give_stars(her_id, 50);
    /// use ferogram_sync::{InputMessage, Invoice, Update};
    ///
    /// let mut updates = bot.updates();
    /// let tea = Invoice::new("Tea", "A pot of it", "pot", "XTR").price("Tea", 20);
    /// bot.send_message(her_id, InputMessage::default().media(tea))?;
    /// # let buying = std::thread::spawn(move || buy(&ann, &format!("@{name}")));
    /// for update in updates.iter() {
    ///     if let Update::PreCheckoutQuery(query) = update {
    ///         match query.payload() {
    ///             b"pot" => query.accept()?,
    ///             _ => query.decline("There is none left")?,
    ///         }
    ///         break;
    ///     }
    /// }
    /// # buying.join().expect("no panic")?;
    /// # assert_eq!(telegram.stars_of(her_id), 30);
    /// # fn buy(ann: &ferogram_sync::Client, bot: &str) -> ferogram_sync::Result<()> {
    /// #     use ferogram_sync::tl::{enums, functions::payments, types};
    /// #     let last = ann.iter_messages(bot).next().expect("there are some")?;
    /// #     let peer = ann.resolve_peer(bot)?;
    /// #     let invoice: enums::InputInvoice =
    /// #         types::InputInvoiceMessage { peer, msg_id: last.id() }.into();
    /// #     let form = payments::GetPaymentForm { invoice: invoice.clone(), theme_params: None };
    /// #     let enums::payments::PaymentForm::Stars(form) = ann.invoke(&form)? else {
    /// #         panic!("it costs Stars");
    /// #     };
    /// #     let form_id = form.form_id;
    /// #     ann.invoke(&payments::SendStarsForm { form_id, invoice }).map(drop)
    /// # }
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::answer_pre_checkout_query`], and when the client is not there any more.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/bots/api#answerprecheckoutquery>.
    pub fn accept(&self) -> Result<()> {
        self.source
            .client()?
            .answer_pre_checkout_query(self.id(), Ok(()))
    }

    /// Says why the bot cannot deliver: whoever buys reads it, and nothing is paid.
    ///
    /// # Errors
    ///
    /// As [`Client::answer_pre_checkout_query`], and when the client is not there any more.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/bots/api#answerprecheckoutquery>.
    pub fn decline(&self, reason: &str) -> Result<()> {
        self.source
            .client()?
            .answer_pre_checkout_query(self.id(), Err(reason))
    }
}

/// What is wrong with an answer that has no way in it.
const NO_WAY: Error =
    Error::Argument("it is sent in one way at least; where it is not, decline and say why");

/// Words that say something.
fn said(reason: &str) -> Result<String> {
    match reason.trim().is_empty() {
        true => Err(Error::Argument("whoever buys has to be told why not")),
        false => Ok(reason.to_owned()),
    }
}
