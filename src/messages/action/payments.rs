//! What was paid.
use crate::tl::enums::{PaymentCharge, PaymentRequestedInfo, Peer};
use crate::tl::types;

/// Somebody has paid an invoice.
///
/// See <https://core.telegram.org/api/payments>.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Payment<'a> {
    /// The currency: three letters of ISO 4217, or `XTR` for stars.
    pub currency: &'a str,
    /// How much, in the smallest unit of the currency.
    pub total_amount: i64,
    /// Whether a subscription begins with it.
    pub is_first_of_subscription: bool,
    /// Whether it is for a subscription that has begun before.
    pub is_of_subscription: bool,
    /// Until when the subscription is paid, in seconds since the Unix epoch.
    pub subscription_until: Option<i32>,
    /// The name of the invoice, as the payer sees it, if it has one.
    pub invoice_slug: Option<&'a str>,
    /// What only the bot sees that was paid.
    pub charge: Option<Charge<'a>>,
}

/// What a bot sees of a payment that it got.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Charge<'a> {
    /// What the bot has written to itself in the invoice.
    pub payload: &'a [u8],
    /// The name, address and so on, as far as the invoice has asked for them.
    pub requested: Option<&'a PaymentRequestedInfo>,
    /// How it is to be sent.
    pub shipping_option_id: Option<&'a str>,
    /// By what the payment is known to Telegram and to whoever carries it out.
    pub charge: &'a PaymentCharge,
}

/// A payment was given back.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Refund<'a> {
    /// By whom.
    pub peer: &'a Peer,
    /// The currency: three letters of ISO 4217, or `XTR` for stars.
    pub currency: &'a str,
    /// How much, in the smallest unit of the currency.
    pub total_amount: i64,
    /// What the bot has written to itself in the invoice, as the bot sees it.
    pub payload: Option<&'a [u8]>,
    /// By what the payment is known to Telegram and to whoever carries it out.
    pub charge: &'a PaymentCharge,
}

impl<'a> Payment<'a> {
    /// As the bot sees it.
    pub(super) fn got(it: &'a types::MessageActionPaymentSentMe) -> Self {
        Self {
            currency: &it.currency,
            total_amount: it.total_amount,
            is_first_of_subscription: it.recurring_init,
            is_of_subscription: it.recurring_used,
            subscription_until: it.subscription_until_date,
            invoice_slug: None,
            charge: Some(Charge {
                payload: &it.payload,
                requested: it.info.as_ref(),
                shipping_option_id: it.shipping_option_id.as_deref(),
                charge: &it.charge,
            }),
        }
    }

    /// As the payer sees it.
    pub(super) fn made(it: &'a types::MessageActionPaymentSent) -> Self {
        Self {
            currency: &it.currency,
            total_amount: it.total_amount,
            is_first_of_subscription: it.recurring_init,
            is_of_subscription: it.recurring_used,
            subscription_until: it.subscription_until_date,
            invoice_slug: it.invoice_slug.as_deref(),
            charge: None,
        }
    }
}

impl<'a> Refund<'a> {
    pub(super) fn of(it: &'a types::MessageActionPaymentRefunded) -> Self {
        Self {
            peer: &it.peer,
            currency: &it.currency,
            total_amount: it.total_amount,
            payload: it.payload.as_deref(),
            charge: &it.charge,
        }
    }
}
