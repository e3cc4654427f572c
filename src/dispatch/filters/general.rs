//! Filters that fit everything.
use crate::dispatch::{Filter, UpdateKind};
use crate::updates::Update;

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
