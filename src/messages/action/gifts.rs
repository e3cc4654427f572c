//! Gifts, giveaways and prizes.
use crate::tl::enums::{Peer, StarGift, StarsAmount, TextWithEntities};
use crate::tl::types;

/// Premium, stars or TON were given.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GivenMoney<'a> {
    /// The currency that it was paid in.
    pub currency: &'a str,
    /// What was paid, in the smallest unit of the currency.
    pub amount: i64,
    /// The same where it was paid in a currency of the chain: its name and its smallest units.
    pub crypto: Option<(&'a str, i64)>,
    /// Of Premium: for how many days.
    pub days: Option<i32>,
    /// Of stars: how many.
    pub stars: Option<i64>,
    /// What was written to it.
    pub text: Option<&'a TextWithEntities>,
    /// By what the giver sees it among the transactions.
    pub transaction_id: Option<&'a str>,
}

/// A link that gives Premium.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GiftCode<'a> {
    /// What stands in the link after `https://t.me/giftcode/`.
    pub slug: &'a str,
    /// For how many days.
    pub days: i32,
    /// Whether it was won.
    pub via_giveaway: bool,
    /// Whether the winner has not taken it.
    pub is_unclaimed: bool,
    /// The channel or group that has given it away.
    pub boosted: Option<&'a Peer>,
    /// What was written to it.
    pub text: Option<&'a TextWithEntities>,
    /// What was paid for it: the currency, and its smallest units.
    pub price: Option<(&'a str, i64)>,
}

/// Something is given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Giveaway {
    /// It has begun.
    Launched {
        /// If stars are given away: how many.
        stars: Option<i64>,
    },
    /// It is over.
    Ended {
        /// How many have won.
        winners: i32,
        /// How much was not taken.
        unclaimed: i32,
        /// Whether stars were given away.
        of_stars: bool,
    },
}

/// Stars were won.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Prize<'a> {
    /// How many.
    pub stars: i64,
    /// By what they are seen among the transactions.
    pub transaction_id: &'a str,
    /// The channel or group that has given them away.
    pub boosted: &'a Peer,
    /// The message by which it has.
    pub giveaway_message_id: i32,
    /// Whether the winner has not taken them.
    pub is_unclaimed: bool,
}

/// Somebody wants to buy a gift that is one of a kind.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GiftOffer<'a> {
    /// The gift.
    pub gift: &'a StarGift,
    /// For how much.
    pub price: &'a StarsAmount,
    /// Whether the owner has accepted.
    pub is_accepted: bool,
    /// Whether the owner has declined, or nobody has answered in time.
    pub is_declined: bool,
    /// Until when it can be answered, in seconds since the Unix epoch.
    pub expires: Option<i32>,
    /// Whether nobody has answered in time.
    pub is_expired: bool,
}

impl<'a> GivenMoney<'a> {
    pub(super) fn premium(it: &'a types::MessageActionGiftPremium) -> Self {
        Self {
            currency: &it.currency,
            amount: it.amount,
            crypto: it.crypto_currency.as_deref().zip(it.crypto_amount),
            days: Some(it.days),
            stars: None,
            text: it.message.as_ref(),
            transaction_id: None,
        }
    }

    pub(super) fn stars(it: &'a types::MessageActionGiftStars) -> Self {
        Self {
            currency: &it.currency,
            amount: it.amount,
            crypto: it.crypto_currency.as_deref().zip(it.crypto_amount),
            days: None,
            stars: Some(it.stars),
            text: None,
            transaction_id: it.transaction_id.as_deref(),
        }
    }

    pub(super) fn ton(it: &'a types::MessageActionGiftTon) -> Self {
        Self {
            currency: &it.currency,
            amount: it.amount,
            crypto: Some((&it.crypto_currency, it.crypto_amount)),
            days: None,
            stars: None,
            text: None,
            transaction_id: it.transaction_id.as_deref(),
        }
    }
}

impl<'a> GiftCode<'a> {
    pub(super) fn of(it: &'a types::MessageActionGiftCode) -> Self {
        Self {
            slug: &it.slug,
            days: it.days,
            via_giveaway: it.via_giveaway,
            is_unclaimed: it.unclaimed,
            boosted: it.boost_peer.as_ref(),
            text: it.message.as_ref(),
            price: it.currency.as_deref().zip(it.amount),
        }
    }
}

impl<'a> Prize<'a> {
    pub(super) fn of(it: &'a types::MessageActionPrizeStars) -> Self {
        Self {
            stars: it.stars,
            transaction_id: &it.transaction_id,
            boosted: &it.boost_peer,
            giveaway_message_id: it.giveaway_msg_id,
            is_unclaimed: it.unclaimed,
        }
    }
}

impl<'a> GiftOffer<'a> {
    pub(super) fn made(it: &'a types::MessageActionStarGiftPurchaseOffer) -> Self {
        Self {
            gift: &it.gift,
            price: &it.price,
            is_accepted: it.accepted,
            is_declined: it.declined,
            expires: Some(it.expires_at),
            is_expired: false,
        }
    }

    pub(super) fn declined(it: &'a types::MessageActionStarGiftPurchaseOfferDeclined) -> Self {
        Self {
            gift: &it.gift,
            price: &it.price,
            is_accepted: false,
            is_declined: true,
            expires: None,
            is_expired: it.expired,
        }
    }
}
