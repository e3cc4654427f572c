//! What a message says of its fact check before that is asked for.
use ferogram_sync::tl::{enums, types};

/// What a message says of its fact check: that it has one, which has to be asked for.
pub(super) fn unread_fact(fact: &types::FactCheck) -> enums::FactCheck {
    types::FactCheck {
        need_check: true,
        hash: fact.hash,
        ..Default::default()
    }
    .into()
}
