//! What is for sale, and how far somebody has come in buying it
//! (<https://core.telegram.org/api/payments>).
use std::collections::{BTreeMap, BTreeSet};

use ferogram_sync::tl::types;

use super::mailbox::PostId;

/// What a message of a bot's sells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sale {
    pub(crate) bot: i64,
    pub(crate) title: String,
    pub(crate) description: String,
    /// What the bot has written to itself.
    pub(crate) payload: Vec<u8>,
    pub(crate) terms: types::Invoice,
}

/// Somebody who buys something.
#[derive(Clone, Debug)]
pub(crate) struct Buyer {
    pub(crate) user: i64,
    pub(crate) post: PostId,
}

/// What a buyer has told, and how it can be sent.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) buyer: Buyer,
    pub(crate) info: types::PaymentRequestedInfo,
    pub(crate) shipping: Vec<types::ShippingOption>,
}

/// A payment of which its bot has not said yet whether it can deliver.
#[derive(Clone, Debug)]
pub(crate) struct Paying {
    pub(crate) buyer: Buyer,
    /// The key and the session in which is paid.
    pub(crate) session: (i64, i64),
    pub(crate) total_amount: i64,
    pub(crate) info: Option<types::PaymentRequestedInfo>,
    pub(crate) shipping_option_id: Option<String>,
}

/// How far everybody has come.
#[derive(Debug, Default)]
pub(crate) struct Checkout {
    /// The forms that were asked for, by their ids: each is good once.
    pub(crate) forms: BTreeMap<i64, Buyer>,
    /// What was told, by the ids under which it is paid.
    pub(crate) orders: BTreeMap<String, Order>,
    /// What bots are asked of sending, by the ids of the queries.
    pub(crate) shipping: BTreeMap<i64, Order>,
    /// What bots are asked of paying, by the ids of the queries.
    pub(crate) paying: BTreeMap<i64, Paying>,
    /// Who has paid for what.
    pub(crate) paid: BTreeSet<(PostId, i64)>,
}
