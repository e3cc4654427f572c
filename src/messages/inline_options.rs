//! How a result that a bot has offered is sent.
use super::input_message::InputMessage;
use super::message::Message;
use super::outgoing::Outgoing;
use super::reply_to::ReplyTo;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::{InputPeer, InputQuickReplyShortcut};
use crate::tl::functions::messages::SendInlineBotResult;
use crate::tl::types;

/// How a result that a bot has offered is sent. What is not wanted any more is taken out of the
/// fields.
///
/// ```
/// use ferogram_sync::InlineOptions;
///
/// let quiet = InlineOptions::new().silent(true).reply_to(42);
/// assert!(quiet.silent && !quiet.hide_via);
/// ```
///
/// See <https://core.telegram.org/method/messages.sendInlineBotResult>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct InlineOptions {
    /// Whether the receiver is not to be notified.
    pub silent: bool,
    /// Whether it was sent while nobody looked at the program.
    pub background: bool,
    /// Whether the draft that the chat has is done with.
    pub clear_draft: bool,
    /// Whether the message does not tell through which bot it was sent.
    pub hide_via: bool,
    /// What it answers.
    pub reply_to: Option<ReplyTo>,
    /// The topic of a forum that it goes to.
    pub topic: Option<i32>,
    /// When it is to be sent, in seconds since the Unix epoch.
    pub schedule_date: Option<i32>,
    /// As whom it is sent.
    pub send_as: Option<PeerRef>,
    /// The quick replies that it is to be among, instead of being sent.
    pub quick_reply: Option<InputQuickReplyShortcut>,
    /// How many Stars it may cost.
    pub allow_paid_stars: Option<i64>,
}

impl InlineOptions {
    /// As it is sent when nothing else is said.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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

    /// Whether the message does not tell through which bot it was sent: for the bots alone that
    /// the server's configuration names, which look for animations, places and pictures.
    ///
    /// See <https://core.telegram.org/constructor/config>.
    #[must_use]
    pub fn hide_via(mut self, hide: bool) -> Self {
        self.hide_via = hide;
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

    /// Has the server send it later: at a date in seconds since the Unix epoch.
    ///
    /// See <https://core.telegram.org/api/scheduled-messages>.
    #[must_use]
    pub fn schedule_date(mut self, seconds: i32) -> Self {
        self.schedule_date = Some(seconds);
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
        self.quick_reply = Some(types::InputQuickReplyShortcut { shortcut }.into());
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

    /// As every message says it. The text serves where the server's answer does not tell it.
    fn into_message(self, text: String) -> InputMessage {
        InputMessage {
            text,
            silent: self.silent,
            background: self.background,
            clear_draft: self.clear_draft,
            reply_to: self.reply_to,
            topic: self.topic,
            schedule_date: self.schedule_date,
            send_as: self.send_as,
            quick_reply: self.quick_reply,
            allow_paid_stars: self.allow_paid_stars,
            ..InputMessage::default()
        }
    }
}

impl Outgoing {
    /// As a result that is chosen.
    fn as_inline_result(
        &self,
        peer: &InputPeer,
        (query_id, id, hide_via): (i64, &str, bool),
    ) -> SendInlineBotResult {
        let message = &self.message;
        SendInlineBotResult {
            silent: message.silent,
            background: message.background,
            clear_draft: message.clear_draft,
            hide_via,
            peer: peer.clone(),
            reply_to: self.reply_to.clone(),
            random_id: self.random_id,
            query_id,
            id: id.to_owned(),
            schedule_date: message.schedule_date,
            send_as: self.send_as.clone(),
            quick_reply_shortcut: message.quick_reply.clone(),
            allow_paid_stars: message.allow_paid_stars,
        }
    }
}

impl Client {
    /// Sends a result, by the query that it has answered and its id. The text is what is known of
    /// the message.
    pub(crate) fn send_inline(
        &self,
        peer: &PeerRef,
        (query_id, id, text): (i64, &str, String),
        options: InlineOptions,
    ) -> Result<Message> {
        let deadline = self.begin_for::<SendInlineBotResult>()?;
        let chosen = (query_id, id, options.hide_via);
        let outgoing = self.outgoing(options.into_message(text), deadline)?;
        let mut receiver = InputPeer::Empty;
        let updates = self.ask_about(peer, deadline, |peer| {
            receiver = peer.clone();
            self.ask_until(&outgoing.as_inline_result(peer, chosen), deadline)
        })?;
        self.sent_message(outgoing, &receiver, updates, deadline)
            .ok_or(Error::Unexpected(
                "the result was sent, but the answer does not show it",
            ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_said_is_in_the_request() {
        let options = InlineOptions::new()
            .silent(true)
            .background(true)
            .clear_draft(true)
            .hide_via(true)
            .reply_to(7)
            .topic(3)
            .schedule_date(8)
            .send_as("me")
            .quick_reply("hi")
            .allow_paid_stars(11);
        let hide_via = options.hide_via;
        let message = options.into_message("Tea".to_owned());
        let told = (
            message.text.clone(),
            message.topic,
            message.reply_to.clone(),
        );
        assert_eq!(told, ("Tea".to_owned(), Some(3), Some(7.into())));
        assert_eq!(message.send_as, Some("me".into()));
        let answered = types::InputReplyToMessage {
            reply_to_msg_id: 7,
            top_msg_id: Some(3),
            ..Default::default()
        };
        let outgoing = Outgoing {
            message,
            reply_to: Some(answered.clone().into()),
            send_as: Some(InputPeer::PeerSelf),
            random_id: 6,
            ..Outgoing::default()
        };
        let shortcut = "hi".to_owned();
        let wanted = SendInlineBotResult {
            silent: true,
            background: true,
            clear_draft: true,
            hide_via: true,
            peer: InputPeer::PeerSelf,
            reply_to: Some(answered.into()),
            random_id: 6,
            query_id: 5,
            id: "tea".to_owned(),
            schedule_date: Some(8),
            send_as: Some(InputPeer::PeerSelf),
            quick_reply_shortcut: Some(types::InputQuickReplyShortcut { shortcut }.into()),
            allow_paid_stars: Some(11),
        };
        let request = outgoing.as_inline_result(&InputPeer::PeerSelf, (5, "tea", hide_via));
        assert_eq!(request, wanted);
    }
}
