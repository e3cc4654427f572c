//! Filters that fit everything.
use crate::dispatch::Filter;
use crate::updates::{Update, UpdateKind};

/// Every update.
pub fn all() -> Filter {
    Filter::new(|_| true)
}

/// No update: a handler that is switched off.
pub fn none() -> Filter {
    Filter::new(|_| false)
}

/// What a function says of the update.
///
/// ```
/// use ferogram_sync::{Update, filters};
///
/// let _long = filters::custom(|update| {
///     matches!(update, Update::NewMessage(message) if message.text().len() > 1000)
/// });
/// ```
pub fn custom(test: impl Fn(&Update) -> bool + Send + Sync + 'static) -> Filter {
    Filter::new(move |cx| test(cx.update()))
}

/// Updates of one kind.
pub fn kind(kind: UpdateKind) -> Filter {
    Filter::new(move |cx| cx.kind() == kind)
}

/// Messages that were changed.
pub fn edited() -> Filter {
    Filter::new(|cx| {
        matches!(
            cx.update(),
            Update::MessageEdited(_) | Update::BusinessMessageEdited(_)
        )
    })
}

/// What happens in the chats of a business that the bot is connected to.
pub fn business() -> Filter {
    Filter::new(|cx| match cx.update() {
        Update::BusinessMessage(_)
        | Update::BusinessMessageEdited(_)
        | Update::BusinessDeleted(_)
        | Update::BusinessConnection(_) => true,
        Update::CallbackQuery(query) => query.business_connection_id().is_some(),
        _ => false,
    })
}
