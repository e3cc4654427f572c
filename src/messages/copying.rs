//! Copying messages: sending them again as one's own.
use super::forward_options::ForwardOptions;
use super::forwarding::the_one;
use super::input_message::InputMessage;
use super::keyboard::Markup;
use super::message::Message;
use super::reply_to::ReplyTo;
use crate::client::{Client, unsent};
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::text::FormattedText;
use crate::tl::functions::messages::ForwardMessages;

/// How messages are copied.
///
/// ```
/// use ferogram_sync::CopyOptions;
///
/// let options = CopyOptions::new().silent(true).without_captions();
/// assert!(options.forward.silent && options.forward.drop_media_captions);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CopyOptions {
    /// What forwarding has besides: nothing says whom they are from in any case.
    pub forward: ForwardOptions,
    /// The text in the place of the one that is there, for one message.
    pub caption: Option<FormattedText>,
    /// Whether the picture stands below that text.
    pub preview_above: bool,
    /// Buttons and the like, for one message of a bot.
    pub markup: Option<Markup>,
}

impl CopyOptions {
    /// As they are, at once.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the receiver is not to be notified.
    #[must_use]
    pub fn silent(mut self, silent: bool) -> Self {
        self.forward.silent = silent;
        self
    }

    /// The topic of a forum that they go to.
    #[must_use]
    pub fn topic(mut self, topic_id: i32) -> Self {
        self.forward.topic = Some(topic_id);
        self
    }

    /// What they answer there.
    #[must_use]
    pub fn reply_to(mut self, answered: impl Into<ReplyTo>) -> Self {
        self.forward.reply_to = Some(answered.into());
        self
    }

    /// What else forwarding has. Nothing says whom they are from in any case.
    #[must_use]
    pub fn forward(mut self, options: ForwardOptions) -> Self {
        self.forward = options;
        self
    }

    /// Leaves the captions of media out.
    #[must_use]
    pub fn without_captions(mut self) -> Self {
        self.forward.drop_media_captions = true;
        self
    }

    /// Has another text in the place of the one that is there: for one message, whose media are
    /// sent anew with it.
    #[must_use]
    pub fn caption(mut self, text: impl Into<FormattedText>) -> Self {
        self.caption = Some(text.into());
        self
    }

    /// Whether the picture stands below another text.
    #[must_use]
    pub fn preview_above(mut self, above: bool) -> Self {
        self.preview_above = above;
        self
    }

    /// Adds buttons: for one message of a bot, which is sent anew.
    #[must_use]
    pub fn markup(mut self, markup: impl Into<Markup>) -> Self {
        self.markup = Some(markup.into());
        self
    }

    fn is_new(&self) -> bool {
        self.caption.is_some() || self.markup.is_some()
    }

    /// What the forwarding of it says of a message that is sent anew.
    fn over(self, mut message: InputMessage) -> InputMessage {
        if let Some(FormattedText { text, entities }) = self.caption {
            (message.text, message.entities) = (text, entities);
            message.preview_above = self.preview_above;
        } else if self.forward.drop_media_captions {
            (message.text, message.entities) = Default::default();
        }
        InputMessage {
            silent: self.forward.silent,
            background: self.forward.background,
            noforwards: self.forward.noforwards,
            allow_paid_floodskip: self.forward.allow_paid_floodskip,
            topic: self.forward.topic,
            reply_to: self.forward.reply_to,
            schedule_date: self.forward.schedule_date,
            schedule_repeat_period: self.forward.schedule_repeat_period,
            send_as: self.forward.send_as,
            quick_reply: self.forward.quick_reply,
            effect: self.forward.effect,
            allow_paid_stars: self.forward.allow_paid_stars,
            suggested_post: self.forward.suggested_post,
            markup: self.markup,
            ..message
        }
    }
}

impl Client {
    /// Sends messages of one chat to another as one's own: nothing says whom they are from. An
    /// answer for each: `None` where the server has left one out, as it is not there or may not be
    /// forwarded.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::CopyOptions;
    ///
    /// let note = client.send_message("me", "Buy milk")?;
    /// let copies = client.copy_messages("me", &[note.id()], "me", CopyOptions::new())?;
    /// let [Some(copy)] = &copies[..] else { panic!("it was one") };
    /// assert_eq!(copy.text(), "Buy milk");
    /// assert!(!copy.is_forwarded());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`forward_messages`](Self::forward_messages); [`Error::Argument`] for another text or
    /// buttons for several messages.
    ///
    /// # Blocking
    ///
    /// Until the server has them, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.forwardMessages>.
    pub fn copy_messages(
        &self,
        to: impl Into<PeerRef>,
        message_ids: &[i32],
        from: impl Into<PeerRef>,
        options: CopyOptions,
    ) -> Result<Vec<Option<Message>>> {
        if options.is_new() {
            return Err(Error::Argument(
                "another text or buttons are for one message: copy each with copy_message",
            ));
        }
        let deadline = self.begin_for::<ForwardMessages>()?;
        let options = as_own(options.forward);
        self.forward_until((&to.into(), &from.into()), message_ids, options, deadline)
    }

    /// Sends a message of one chat to another as one's own, with another text or with buttons if
    /// they are wanted.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::CopyOptions;
    ///
    /// let note = client.send_message("me", "Buy milk")?;
    /// let options = CopyOptions::new().caption("Buy bread");
    /// assert_eq!(client.copy_message("me", note.id(), "me", options)?.text(), "Buy bread");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`forward_messages`](Self::forward_messages), and as [`send_message`](Self::send_message)
    /// where the message is sent anew; [`Error::Argument`] for what cannot be sent anew, such as
    /// the throw of a dice.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    pub fn copy_message(
        &self,
        to: impl Into<PeerRef>,
        message_id: i32,
        from: impl Into<PeerRef>,
        options: CopyOptions,
    ) -> Result<Message> {
        let (to, from) = (to.into(), from.into());
        if !options.is_new() {
            return the_one(self.copy_messages(to, &[message_id], from, options)?);
        }
        let deadline = self.begin_for::<ForwardMessages>()?;
        let found = self.ask_about(&from, deadline, |from| {
            self.fetch_sent(from, message_id, deadline)
        });
        let found = found.map_err(unsent)?;
        let found = found.ok_or(Error::Argument("there is no such message to be copied"))?;
        let outgoing = self.outgoing(options.over(found.to_input()?), deadline)?;
        self.send_outgoing(&to, outgoing, deadline)
    }
}

fn as_own(options: ForwardOptions) -> ForwardOptions {
    options.drop_author(true)
}

impl Message {
    /// Sends it to another chat as one's own. [`Client::copy_message`] has options.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let copy = client.send_message("me", "Buy milk")?.copy_to("me")?;
    /// assert_eq!((copy.text(), copy.is_forwarded()), ("Buy milk", false));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::copy_message`].
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    pub fn copy_to(&self, to: impl Into<PeerRef>) -> Result<Message> {
        let (client, options) = (self.client()?, CopyOptions::new());
        client.copy_message(to, self.sent_id()?, self, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_forwarding_holds_for_another_caption_too() {
        let old = InputMessage::text("old");
        let forward = ForwardOptions::new().schedule_date(5).quick_reply("hello");
        let options = CopyOptions::new().forward(forward).caption("new");
        let copy = options.over(old.clone());
        assert_eq!((&*copy.text, copy.schedule_date), ("new", Some(5)));
        assert!(copy.quick_reply.is_some());
        let bare = CopyOptions::new().without_captions();
        assert_eq!(bare.over(old).text, "");
    }
}
