//! A message to be sent.
use crate::error::Result;
use crate::text::FormattedText;
use crate::tl;

/// A message to be sent: a text is one already.
///
/// ```
/// use ferogram_sync::InputMessage;
///
/// let quiet = InputMessage::text("Good night").silent(true).reply_to(42);
/// assert_eq!(quiet.text, "Good night");
/// ```
///
/// See <https://core.telegram.org/method/messages.sendMessage>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct InputMessage {
    /// The text, at most 4096 UTF-16 code units.
    pub text: String,
    /// Where the text is bold, a link and so on.
    pub entities: Vec<tl::enums::MessageEntity>,
    /// The id of a message in the same chat that this one answers.
    pub reply_to: Option<i32>,
    /// Whether the receiver is not to be notified.
    pub silent: bool,
    /// Whether links get no preview.
    pub no_webpage: bool,
}

impl InputMessage {
    /// A message of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A message of [HTML as the Bot API has it](FormattedText::html), without blanks at its ends.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::InputMessage;
    ///
    /// let message = client.send_message("me", InputMessage::html("<b>Hello</b>, &lt;you&gt;")?)?;
    /// assert_eq!(message.text(), "Hello, <you>");
    /// assert!(message.raw.entities.is_some());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Text`](crate::Error::Text): what is wrong with it, and where.
    pub fn html(html: &str) -> Result<Self> {
        Ok(FormattedText::html(html)?.into())
    }

    /// A message of [Markdown as people write it in the apps](FormattedText::markdown), without
    /// blanks at its ends.
    ///
    /// ```
    /// use ferogram_sync::InputMessage;
    ///
    /// let message = InputMessage::markdown("**Hello**, snake_case");
    /// assert_eq!(message.text, "Hello, snake_case");
    /// assert_eq!(message.entities.len(), 1);
    /// ```
    pub fn markdown(markdown: &str) -> Self {
        FormattedText::markdown(markdown).into()
    }

    /// A message of [`MarkdownV2` as the Bot API has it](FormattedText::markdown_v2), without
    /// blanks at its ends.
    ///
    /// ```
    /// use ferogram_sync::InputMessage;
    ///
    /// let message = InputMessage::markdown_v2("*Hello*\\!")?;
    /// assert_eq!(message.text, "Hello!");
    /// assert_eq!(message.entities.len(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Text`](crate::Error::Text): what is wrong with it, and where.
    pub fn markdown_v2(markdown: &str) -> Result<Self> {
        Ok(FormattedText::markdown_v2(markdown)?.into())
    }

    /// Marks parts of the text.
    #[must_use]
    pub fn entities(mut self, entities: Vec<tl::enums::MessageEntity>) -> Self {
        self.entities = entities;
        self
    }

    /// Answers a message of the same chat.
    #[must_use]
    pub fn reply_to(mut self, message_id: i32) -> Self {
        self.reply_to = Some(message_id);
        self
    }

    /// Whether the receiver is not to be notified.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = silent;
        self
    }

    /// Whether links get no preview.
    #[must_use]
    pub fn no_webpage(mut self, no_webpage: bool) -> Self {
        self.no_webpage = no_webpage;
        self
    }
}

impl From<&str> for InputMessage {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for InputMessage {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&String> for InputMessage {
    fn from(text: &String) -> Self {
        Self::text(text.as_str())
    }
}

/// Without blanks at both ends, which the server leaves out, and marks with nothing in them.
impl From<FormattedText> for InputMessage {
    fn from(text: FormattedText) -> Self {
        let FormattedText { text, entities } = text.trimmed();
        Self::text(text).entities(entities)
    }
}
