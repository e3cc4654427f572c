//! A message to be sent.
use super::keyboard::Markup;
use super::once_key::OnceKey;
use super::reply_to::ReplyTo;
use crate::error::Result;
use crate::media::Origin;
use crate::peers::PeerRef;
use crate::text::FormattedText;
use crate::tl;

/// The date that stands for "when the receiver comes online next".
///
/// See <https://core.telegram.org/api/scheduled-messages#schedule-until-online>.
const WHEN_ONLINE: i32 = 0x7fff_fffe;

/// A message to be sent: a text is one already.
///
/// ```
/// use ferogram_sync::InputMessage;
///
/// let quiet = InputMessage::text("Good night").silent(true).reply_to(42);
/// assert_eq!(quiet.text, "Good night");
/// ```
///
/// Each of its methods says what the schema has for it, under its name there unless it says so.
/// What is not wanted any more is taken out of the fields.
///
/// See <https://core.telegram.org/method/messages.sendMessage>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct InputMessage {
    /// The text, at most 4096 UTF-16 code units.
    pub text: String,
    /// Where the text is bold, a link and so on.
    pub entities: Vec<tl::enums::MessageEntity>,
    /// What is attached: the text is its caption then.
    pub media: Option<tl::enums::InputMedia>,
    /// Where the files that are attached were seen: from there their references are renewed when
    /// they have expired.
    pub origins: Vec<Origin>,
    /// Buttons and the like.
    pub markup: Option<Markup>,
    /// What it answers.
    pub reply_to: Option<ReplyTo>,
    /// The topic of a forum that it goes to.
    pub topic: Option<i32>,
    /// The person whose talk with a channel it goes to.
    pub monoforum: Option<PeerRef>,
    /// Whether the receiver is not to be notified.
    pub silent: bool,
    /// Whether it was sent while nobody looked at the program.
    pub background: bool,
    /// Whether the draft that the chat has is done with.
    pub clear_draft: bool,
    /// Whether links get no preview.
    pub no_webpage: bool,
    /// Whether the preview or the attached picture stands above the text.
    pub preview_above: bool,
    /// Whether it may be neither forwarded nor saved.
    pub noforwards: bool,
    /// Whether the sticker sets that it is from become the first in the list.
    pub update_stickersets_order: bool,
    /// Whether a bot pays for going faster than others may.
    pub allow_paid_floodskip: bool,
    /// When it is to be sent, in seconds since the Unix epoch.
    pub schedule_date: Option<i32>,
    /// After how many seconds it is to be sent again, and so on.
    pub schedule_repeat_period: Option<i32>,
    /// As whom it is sent.
    pub send_as: Option<PeerRef>,
    /// The quick replies that it is to be among, instead of being sent.
    pub quick_reply: Option<tl::enums::InputQuickReplyShortcut>,
    /// The animation that is shown with it.
    pub effect: Option<i64>,
    /// How many Stars it may cost.
    pub allow_paid_stars: Option<i64>,
    /// The offer that comes with a post suggested to a channel.
    pub suggested_post: Option<tl::enums::SuggestedPost>,
    /// Headings, tables and the like in the place of the text.
    pub rich: Option<tl::enums::InputRichMessage>,
    /// The program's own key, by which it is sent once.
    pub once: Option<OnceKey>,
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
    /// # let client = localdc::LocalDc::shared().user();
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

    /// Attaches something: a photo or a file that the server has, a place, a poll, the preview of a
    /// page ([`LinkPreview`](crate::LinkPreview)). The text becomes its caption.
    ///
    /// See <https://core.telegram.org/method/messages.sendMedia>.
    #[must_use]
    pub fn media(mut self, media: impl Into<tl::enums::InputMedia>) -> Self {
        self.media = Some(media.into());
        self
    }

    /// Adds buttons, or takes those away that an earlier message has brought: any type of
    /// [`keyboard`](crate::keyboard). Only bots may send them; the server leaves out others'.
    ///
    /// ```
    /// use ferogram_sync::InputMessage;
    /// use ferogram_sync::keyboard::{Button, InlineKeyboard};
    ///
    /// let keyboard = InlineKeyboard::new().row([Button::callback("Yes", "yes")]);
    /// let message = InputMessage::text("Well?").markup(keyboard);
    /// assert!(message.markup.is_some());
    /// ```
    #[must_use]
    pub fn markup(mut self, markup: impl Into<Markup>) -> Self {
        self.markup = Some(markup.into());
        self
    }

    /// Answers a message of the same chat, by its id, or what else a [`ReplyTo`] says.
    #[must_use]
    pub fn reply_to(mut self, answered: impl Into<ReplyTo>) -> Self {
        self.reply_to = Some(answered.into());
        self
    }

    /// Sends it to a topic of a forum. That of the id 1, "General", is where messages without a
    /// topic are.
    ///
    /// See <https://core.telegram.org/api/forum>.
    #[must_use]
    pub fn topic(mut self, topic_id: i32) -> Self {
        self.topic = Some(topic_id);
        self
    }

    /// Sends it to what somebody has to talk about with a channel, as its administrators do.
    ///
    /// See <https://core.telegram.org/api/monoforum>.
    #[must_use]
    pub fn monoforum(mut self, with: impl Into<PeerRef>) -> Self {
        self.monoforum = Some(with.into());
        self
    }

    /// Whether the receiver is not to be notified.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.silent = silent;
        self
    }

    /// Whether it was sent while nobody looked at the program.
    #[must_use]
    pub fn background(mut self, background: bool) -> Self {
        self.background = background;
        self
    }

    /// Whether the draft that the chat has is done with.
    ///
    /// See <https://core.telegram.org/api/drafts>.
    #[must_use]
    pub fn clear_draft(mut self, clear: bool) -> Self {
        self.clear_draft = clear;
        self
    }

    /// Whether links get no preview.
    #[must_use]
    pub fn no_webpage(mut self, no_webpage: bool) -> Self {
        self.no_webpage = no_webpage;
        self
    }

    /// Whether the preview of a link or the attached picture stands above the text. The schema
    /// calls that `invert_media`.
    #[must_use]
    pub fn preview_above(mut self, above: bool) -> Self {
        self.preview_above = above;
        self
    }

    /// Whether it may be neither forwarded nor saved: for bots.
    #[must_use]
    pub fn noforwards(mut self, noforwards: bool) -> Self {
        self.noforwards = noforwards;
        self
    }

    /// Whether the sticker sets that it is from become the first in the list.
    #[must_use]
    pub fn update_stickersets_order(mut self, update: bool) -> Self {
        self.update_stickersets_order = update;
        self
    }

    /// Whether a bot pays Stars for sending more messages a second than others may.
    #[must_use]
    pub fn allow_paid_floodskip(mut self, allow: bool) -> Self {
        self.allow_paid_floodskip = allow;
        self
    }

    /// Has the server send it later: at a date in seconds since the Unix epoch, at most about a
    /// year ahead. The message that comes back has an id among the scheduled ones.
    ///
    /// See <https://core.telegram.org/api/scheduled-messages>.
    #[must_use]
    pub fn schedule_date(mut self, seconds: i32) -> Self {
        self.schedule_date = Some(seconds);
        self
    }

    /// Has the server send it when the receiver comes online next.
    #[must_use]
    pub fn schedule_once_online(self) -> Self {
        self.schedule_date(WHEN_ONLINE)
    }

    /// Has the server send what is scheduled again and again, after so many seconds each.
    #[must_use]
    pub fn schedule_repeat_period(mut self, seconds: i32) -> Self {
        self.schedule_repeat_period = Some(seconds);
        self
    }

    /// Sends it as a channel, or as the group itself.
    ///
    /// See <https://core.telegram.org/api/send-as>.
    #[must_use]
    pub fn send_as(mut self, peer: impl Into<PeerRef>) -> Self {
        self.send_as = Some(peer.into());
        self
    }

    /// Adds it to the quick replies of this name, instead of sending it.
    ///
    /// See <https://core.telegram.org/api/business#quick-reply-shortcuts>.
    #[must_use]
    pub fn quick_reply(mut self, shortcut: impl Into<String>) -> Self {
        let shortcut = shortcut.into();
        self.quick_reply = Some(tl::types::InputQuickReplyShortcut { shortcut }.into());
        self
    }

    /// Adds it to the quick replies of this id, instead of sending it.
    #[must_use]
    pub fn quick_reply_id(mut self, shortcut_id: i32) -> Self {
        self.quick_reply = Some(tl::types::InputQuickReplyShortcutId { shortcut_id }.into());
        self
    }

    /// Shows an animation with it, in private chats.
    ///
    /// See <https://core.telegram.org/api/effects>.
    #[must_use]
    pub fn effect(mut self, effect_id: i64) -> Self {
        self.effect = Some(effect_id);
        self
    }

    /// Allows that it costs so many Stars, where the receiver wants some.
    ///
    /// See <https://core.telegram.org/api/paid-messages>.
    #[must_use]
    pub fn allow_paid_stars(mut self, stars: i64) -> Self {
        self.allow_paid_stars = Some(stars);
        self
    }

    /// Suggests it to a channel as a post, with an offer.
    ///
    /// See <https://core.telegram.org/api/suggested-posts>.
    #[must_use]
    pub fn suggested_post(mut self, offer: impl Into<tl::enums::SuggestedPost>) -> Self {
        self.suggested_post = Some(offer.into());
        self
    }

    /// Headings, tables and the like in the place of the text: as blocks, or as HTML or Markdown
    /// that the server reads.
    ///
    /// ```
    /// # let (client, ann) = localdc::LocalDc::shared().visited_bot();
    /// use ferogram_sync::InputMessage;
    /// use ferogram_sync::tl::types::{InputRichMessage, PageBlockHeading1, TextPlain};
    ///
    /// let text = TextPlain { text: "Tea".into() }.into();
    /// let blocks = vec![PageBlockHeading1 { text }.into()];
    /// let rich = InputRichMessage { blocks, ..Default::default() };
    /// let message = client.send_message(ann, InputMessage::default().rich(rich))?;
    /// assert!(message.rich().is_some());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// See <https://core.telegram.org/type/InputRichMessage>.
    #[must_use]
    pub fn rich(mut self, message: impl Into<tl::enums::InputRichMessage>) -> Self {
        self.rich = Some(message.into());
        self
    }

    /// Whether there is nothing in it that could be sent.
    pub(super) fn says_nothing(&self) -> bool {
        let is_bare = self.media.is_none() && self.rich.is_none();
        is_bare && self.text.trim_matches([' ', '\n']).is_empty()
    }

    /// Has it sent once, however often the program tries: the first message that was sent under a
    /// key comes back instead of a second, also after the program has begun anew with the same
    /// session. What the later ones say does not count.
    ///
    /// The key is noted in the session before the message is sent. Where an answer was lost, the
    /// server is asked for all that has happened since, and the message is sent again only if it is
    /// not there: this does not rest on how long the server remembers a `random_id`, which is not
    /// documented. What cannot be found out is [`OnceError::Unclear`](crate::OnceError).
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// let bill = || InputMessage::text("Your bill").once("order 1274");
    /// let first = client.send_message("me", bill())?;
    /// let again = client.send_message("me", bill())?;
    /// assert_eq!(first.id(), again.id());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// A first message under a key costs a request more every ten minutes, and waits until the
    /// session is written.
    #[must_use]
    pub fn once(mut self, key: impl Into<OnceKey>) -> Self {
        self.once = Some(key.into());
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
