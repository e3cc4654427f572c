//! What a service message is to each of the two sides of a private conversation.
use ferogram_sync::tl::{enums, types};

/// What was done, as its author or the other side sees it. Kept is what the other side sees, a bot:
/// who has paid or has sent data from a mini app is not shown what only the bot is to know.
///
/// See <https://core.telegram.org/api/payments> and
/// <https://core.telegram.org/constructor/messageActionWebViewDataSent>.
pub(super) fn sided(action: &enums::MessageAction, is_author: bool) -> enums::MessageAction {
    match action {
        enums::MessageAction::PaymentSentMe(it) if is_author => types::MessageActionPaymentSent {
            currency: it.currency.clone(),
            total_amount: it.total_amount,
            ..Default::default()
        }
        .into(),
        enums::MessageAction::WebViewDataSentMe(it) if is_author => {
            let text = it.text.clone();
            types::MessageActionWebViewDataSent { text }.into()
        }
        action => action.clone(),
    }
}
