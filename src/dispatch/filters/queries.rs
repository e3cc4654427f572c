//! Filters by pressed buttons and what is written to a bot inline.
use crate::dispatch::{Context, Filter, Key};
use crate::tl::enums::InlineQueryPeerType;
use crate::updates::Update;

/// Pressed buttons with exactly this data.
pub fn data(data: impl Into<Vec<u8>>) -> Filter {
    let data = data.into();
    Filter::keyed([Key::Data(data.clone())], move |cx| {
        cx.callback_data() == Some(&data)
    })
}

/// Pressed buttons whose data begins so.
///
/// ```
/// use ferogram_sync::filters::{data, data_prefix};
///
/// let _buttons = data("cancel") | data_prefix("item:");
/// ```
pub fn data_prefix(begin: impl Into<Vec<u8>>) -> Filter {
    let begin = begin.into();
    Filter::keyed([Key::DataPrefix(begin.clone())], move |cx| {
        cx.callback_data()
            .is_some_and(|data| data.starts_with(&begin))
    })
}

/// Pressed buttons in whose data, as a text, the expression is found. With the feature `regex`.
///
/// # Errors
///
/// When it is no regular expression.
#[cfg(feature = "regex")]
pub fn data_matches(expression: &str) -> Result<Filter, regex::Error> {
    let expression = regex::Regex::new(expression)?;
    Ok(Filter::new(move |cx| {
        let text = cx
            .callback_data()
            .and_then(|data| std::str::from_utf8(data).ok());
        text.is_some_and(|text| expression.is_match(text))
    }))
}

/// Pressed buttons of games.
pub fn game_button() -> Filter {
    Filter::new(|cx| match cx.update() {
        Update::CallbackQuery(query) => query.game_short_name().is_some(),
        _ => false,
    })
}

/// Pressed buttons below messages that were sent by an inline query: the bot is not in their chat.
pub fn inline_button() -> Filter {
    Filter::new(|cx| match cx.update() {
        Update::CallbackQuery(query) => query.inline_message_id().is_some(),
        _ => false,
    })
}

/// Inline queries that say exactly this; a chosen result, that it was found by this.
pub fn query_is(text: impl Into<String>) -> Filter {
    let wanted = text.into();
    by_query(move |text| text == wanted)
}

/// Inline queries, and chosen results of those, that begin so.
pub fn query_starts_with(begin: impl Into<String>) -> Filter {
    let begin = begin.into();
    by_query(move |text| text.starts_with(&begin))
}

/// Inline queries, and chosen results of those, in which the expression is found. With the feature
/// `regex`.
///
/// # Errors
///
/// When it is no regular expression.
#[cfg(feature = "regex")]
pub fn query_matches(expression: &str) -> Result<Filter, regex::Error> {
    let expression = regex::Regex::new(expression)?;
    Ok(by_query(move |text| expression.is_match(text)))
}

/// Inline queries that are written in a chat of a kind of which a function says yes.
///
/// ```
/// use ferogram_sync::{filters, tl::enums::InlineQueryPeerType};
///
/// let _in_channels =
///     filters::query_written_in(|kind| matches!(kind, InlineQueryPeerType::Broadcast));
/// ```
pub fn query_written_in(
    test: impl Fn(&InlineQueryPeerType) -> bool + Send + Sync + 'static,
) -> Filter {
    Filter::new(move |cx| match cx.update() {
        Update::InlineQuery(query) => query.chat_kind().is_some_and(&test),
        _ => false,
    })
}

fn by_query(test: impl Fn(&str) -> bool + Send + Sync + 'static) -> Filter {
    Filter::new(move |cx| query_text(cx).is_some_and(&test))
}

fn query_text(cx: &Context) -> Option<&str> {
    match cx.update() {
        Update::InlineQuery(query) => Some(query.text()),
        Update::InlineSend(sent) => Some(sent.query()),
        _ => None,
    }
}
