//! What is wrong with a marked-up text, and where.

/// What is wrong with a marked-up text, and where.
///
/// ```
/// use ferogram_sync::text::{FormattedText, TextFault};
///
/// let error = FormattedText::html("1 < 2").unwrap_err();
/// assert_eq!((error.offset, error.fault), (2, TextFault::Tag));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}, at byte {offset}")]
pub struct TextError {
    /// Where in the marked-up text, in bytes.
    pub offset: usize,
    /// What is wrong there.
    pub fault: TextFault,
}

/// What is wrong with a marked-up text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextFault {
    /// A letter that means something stands where it means nothing.
    #[error("{0:?} is reserved: write a backslash before it")]
    Reserved(char),
    /// What begins here has no end.
    #[error("the {0} that begins here has no end")]
    Unclosed(&'static str),
    /// The address of a link has no end.
    #[error("the address of the link has no closing parenthesis")]
    UnclosedUrl,
    /// `![..]` is not followed by the address of a custom emoji or of a time.
    #[error("`![..]` wants (tg://emoji?id=..) or (tg://time?unix=..) behind it")]
    NotEmojiOrTime,
    /// A `<` begins no tag.
    #[error("this is no tag: write `&lt;` for a `<` that is meant as such")]
    Tag,
    /// There is no such tag in messages.
    #[error("messages have no tag {0:?}")]
    UnknownTag(String),
    /// A tag ends what was not begun, or not begun last.
    #[error("this tag does not end what was begun last")]
    UnexpectedEnd,
    /// `<span>` without its class.
    #[error("`<span>` needs class=\"tg-spoiler\"")]
    Span,
    /// A custom emoji without a number that can be its id.
    #[error("`<tg-emoji>` needs emoji-id=\"..\", a number")]
    EmojiId,
    /// A time without a number that can be one.
    #[error("`<tg-time>` needs unix=\"..\", a number of seconds")]
    Unix,
    /// A time's format is not as it has to be.
    #[error("the format of a time is `r`, or some of `w`, `d` or `D`, `t` or `T` in this order")]
    TimeFormat,
    /// A number stands for one half of a letter.
    #[error("this number stands for half of a surrogate pair, and the other half is missing")]
    Surrogate,
    /// Too many things are open within each other.
    #[error("more than {0} things are open within each other")]
    TooDeep(usize),
}

impl TextFault {
    pub(super) fn at<T>(self, offset: usize) -> Result<T, TextError> {
        Err(TextError {
            offset,
            fault: self,
        })
    }
}
