//! What a service message is to each of the two sides of a private conversation.
use ferogram_sync::tl::{enums, types};

/// How an action is shown to who has caused it, or to the other side. Kept is what the other side
/// sees, which is more.
pub(super) fn sided(own: bool, action: &enums::MessageAction) -> enums::MessageAction {
    match action {
        enums::MessageAction::WebViewDataSentMe(it) if own => {
            let text = it.text.clone();
            types::MessageActionWebViewDataSent { text }.into()
        }
        action => action.clone(),
    }
}
