//! Filters by what a message says.
use crate::dispatch::Filter;
use crate::messages::Message;
use crate::tl::enums::MessageEntity;

/// Messages with a text, or with a caption.
pub fn text() -> Filter {
    by_text(|text| !text.is_empty())
}

/// Messages that say exactly this.
pub fn text_is(text: impl Into<String>) -> Filter {
    let wanted = text.into();
    by_text(move |text| text == wanted)
}

/// Messages that say this somewhere, in the same case of letters.
pub fn text_contains(part: impl Into<String>) -> Filter {
    let part = part.into();
    by_text(move |text| text.contains(&part))
}

/// Messages that begin so.
pub fn text_starts_with(begin: impl Into<String>) -> Filter {
    let begin = begin.into();
    by_text(move |text| text.starts_with(&begin))
}

/// Messages that end so.
pub fn text_ends_with(end: impl Into<String>) -> Filter {
    let end = end.into();
    by_text(move |text| text.ends_with(&end))
}

/// Messages in which the expression is found. With the feature `regex`.
///
/// ```
/// use ferogram_sync::filters::text_matches;
///
/// let _order = text_matches("^order [0-9]+$")?;
/// # Ok::<(), regex::Error>(())
/// ```
///
/// # Errors
///
/// When it is no regular expression.
#[cfg(feature = "regex")]
pub fn text_matches(expression: &str) -> Result<Filter, regex::Error> {
    let expression = regex::Regex::new(expression)?;
    Ok(by_text(move |text| expression.is_match(text)))
}

/// Messages with a link, written out or behind words.
pub fn has_link() -> Filter {
    by_entity(|entity| matches!(entity, MessageEntity::Url(_) | MessageEntity::TextUrl(_)))
}

/// Messages with a hashtag.
pub fn has_hashtag() -> Filter {
    by_entity(|entity| matches!(entity, MessageEntity::Hashtag(_)))
}

fn by_text(test: impl Fn(&str) -> bool + Send + Sync + 'static) -> Filter {
    Filter::new(move |cx| cx.message().map(Message::text).is_some_and(&test))
}

fn by_entity(test: fn(&MessageEntity) -> bool) -> Filter {
    Filter::new(move |cx| {
        let message = cx.message();
        message.is_some_and(|message| message.entities().iter().any(test))
    })
}
