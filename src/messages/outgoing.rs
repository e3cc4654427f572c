//! A message on its way into a request.
use std::time::Instant;

use super::input_message::InputMessage;
use super::mentions::mentioned;
use crate::client::Client;
use crate::entropy::Entropy;
use crate::error::Result;
use crate::media::Origin;
use crate::net::OsEntropy;
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{
    InputBotInlineMessageId, InputMedia, InputPeer, InputQuickReplyShortcut, InputReplyTo,
    MessageEntity, ReplyMarkup,
};
use crate::tl::{functions, types};

/// The topic of a forum that is addressed by saying none.
///
/// See <https://core.telegram.org/api/forum#forum-topics>.
pub(super) const GENERAL: i32 = 1;

/// A message, and everybody in it as the server wants them named.
#[derive(Default)]
pub(super) struct Outgoing {
    /// What the program has said; its entities are below.
    pub(super) message: InputMessage,
    pub(super) entities: Vec<MessageEntity>,
    pub(super) reply_to: Option<InputReplyTo>,
    pub(super) markup: Option<ReplyMarkup>,
    pub(super) send_as: Option<InputPeer>,
    /// By which the server sees that it comes twice.
    pub(super) random_id: i64,
    /// Whom the text is to mention by an id.
    pub(super) mentioned: Vec<i64>,
}

impl Client {
    /// Names to the server who is in a message. Nothing of it is sent before.
    pub(super) fn outgoing(
        &self,
        mut message: InputMessage,
        deadline: Instant,
    ) -> Result<Outgoing> {
        let me = self.core.account().map(|account| account.user_id);
        let mentioned = mentioned(&message.entities, me);
        let entities = std::mem::take(&mut message.entities);
        let entities = self.name_mentions(entities, deadline)?;
        let name = |peer: &PeerRef| self.resolve_until(peer, deadline);
        let markup = message.markup.as_ref();
        let markup = markup.map(|markup| markup.to_raw(&mut |user| input_user(&name(user)?)));
        Ok(Outgoing {
            entities,
            markup: markup.transpose()?,
            reply_to: reply_to(&message, name)?,
            send_as: message.send_as.as_ref().map(name).transpose()?,
            random_id: random_id(),
            mentioned,
            message,
        })
    }
}

impl Outgoing {
    /// What is attached, if something is, and where its files were seen.
    pub(super) fn take_files(&mut self) -> (Vec<InputMedia>, Vec<Origin>) {
        let media = self.message.media.take().into_iter().collect();
        (media, std::mem::take(&mut self.message.origins))
    }

    /// As a text.
    ///
    /// See <https://core.telegram.org/method/messages.sendMessage>.
    pub(super) fn as_text(&self, peer: &InputPeer) -> functions::messages::SendMessage {
        let message = &self.message;
        functions::messages::SendMessage {
            no_webpage: message.no_webpage,
            silent: message.silent,
            background: message.background,
            clear_draft: message.clear_draft,
            noforwards: message.noforwards,
            update_stickersets_order: message.update_stickersets_order,
            invert_media: message.preview_above,
            allow_paid_floodskip: message.allow_paid_floodskip,
            peer: peer.clone(),
            reply_to: self.reply_to.clone(),
            message: message.text.clone(),
            random_id: self.random_id,
            reply_markup: self.markup.clone(),
            entities: self.entities(),
            schedule_date: message.schedule_date,
            schedule_repeat_period: message.schedule_repeat_period,
            send_as: self.send_as.clone(),
            quick_reply_shortcut: message.quick_reply.clone(),
            effect: message.effect,
            allow_paid_stars: message.allow_paid_stars,
            suggested_post: message.suggested_post.clone(),
            rich_message: message.rich.clone(),
        }
    }

    /// With what is attached, if something is.
    ///
    /// See <https://core.telegram.org/method/messages.sendMedia>.
    pub(super) fn with_media(&self, peer: &InputPeer) -> Option<functions::messages::SendMedia> {
        let message = &self.message;
        Some(functions::messages::SendMedia {
            silent: message.silent,
            background: message.background,
            clear_draft: message.clear_draft,
            noforwards: message.noforwards,
            update_stickersets_order: message.update_stickersets_order,
            invert_media: message.preview_above,
            allow_paid_floodskip: message.allow_paid_floodskip,
            peer: peer.clone(),
            reply_to: self.reply_to.clone(),
            media: message.media.clone()?,
            message: message.text.clone(),
            random_id: self.random_id,
            reply_markup: self.markup.clone(),
            entities: self.entities(),
            schedule_date: message.schedule_date,
            schedule_repeat_period: message.schedule_repeat_period,
            send_as: self.send_as.clone(),
            quick_reply_shortcut: message.quick_reply.clone(),
            effect: message.effect,
            allow_paid_stars: message.allow_paid_stars,
            suggested_post: message.suggested_post.clone(),
        })
    }

    /// As what a message is to become. An empty text means the one that is there, unless there is
    /// nothing else to be changed.
    ///
    /// See <https://core.telegram.org/method/messages.editMessage>.
    pub(super) fn as_edit(&self, peer: &InputPeer, id: i32) -> functions::messages::EditMessage {
        let message = &self.message;
        let rest = self.markup.is_some()
            || message.media.is_some()
            || message.rich.is_some()
            || message.schedule_date.is_some();
        functions::messages::EditMessage {
            no_webpage: message.no_webpage,
            invert_media: message.preview_above,
            peer: peer.clone(),
            id,
            message: (!message.text.is_empty() || !rest).then(|| message.text.clone()),
            media: message.media.clone(),
            reply_markup: self.markup.clone(),
            entities: self.entities(),
            schedule_date: message.schedule_date,
            schedule_repeat_period: message.schedule_repeat_period,
            quick_reply_shortcut_id: match &message.quick_reply {
                Some(InputQuickReplyShortcut::Id(shortcut)) => Some(shortcut.shortcut_id),
                _ => None,
            },
            rich_message: message.rich.clone(),
        }
    }

    /// The same for one that was sent through a bot.
    ///
    /// See <https://core.telegram.org/method/messages.editInlineBotMessage>.
    pub(super) fn as_inline_edit(
        &self,
        id: InputBotInlineMessageId,
    ) -> functions::messages::EditInlineBotMessage {
        let edit = self.as_edit(&InputPeer::Empty, 0);
        functions::messages::EditInlineBotMessage {
            no_webpage: edit.no_webpage,
            invert_media: edit.invert_media,
            id,
            message: edit.message,
            media: edit.media,
            reply_markup: edit.reply_markup,
            entities: edit.entities,
            rich_message: edit.rich_message,
        }
    }

    pub(super) fn entities(&self) -> Option<Vec<MessageEntity>> {
        (!self.entities.is_empty()).then(|| self.entities.clone())
    }
}

/// Where in the chat a message goes, and what it answers there, which requests say in one.
///
/// See <https://core.telegram.org/constructor/inputReplyToMessage>.
fn reply_to(
    message: &InputMessage,
    mut name: impl FnMut(&PeerRef) -> Result<InputPeer>,
) -> Result<Option<InputReplyTo>> {
    let topic = message.topic.filter(|topic| *topic != GENERAL);
    let monoforum = message.monoforum.as_ref();
    let monoforum = monoforum.map(&mut name).transpose()?;
    let answered = message.reply_to.as_ref();
    let answered = answered.map(|answered| answered.to_raw(name)).transpose()?;
    Ok(match (answered, monoforum, topic) {
        (Some(InputReplyTo::Message(mut raw)), monoforum, topic) => {
            let topic = topic.filter(|topic| *topic != raw.reply_to_msg_id);
            raw.top_msg_id = raw.top_msg_id.or(topic);
            raw.monoforum_peer_id = raw.monoforum_peer_id.or(monoforum);
            Some(InputReplyTo::Message(raw))
        }
        (Some(other), _, _) => Some(other),
        (None, Some(monoforum_peer_id), _) => {
            Some(types::InputReplyToMonoForum { monoforum_peer_id }.into())
        }
        (None, None, Some(reply_to_msg_id)) => Some(
            types::InputReplyToMessage {
                reply_to_msg_id,
                ..Default::default()
            }
            .into(),
        ),
        (None, None, None) => None,
    })
}

/// Zero means "none" to the server.
pub(crate) fn random_id() -> i64 {
    loop {
        let mut bytes = [0; 8];
        OsEntropy::new().fill(&mut bytes);
        let id = i64::from_le_bytes(bytes);
        if id != 0 {
            return id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{LinkPreview, ReplyTo};

    /// Nobody but oneself and who has id 5 can be named here.
    fn name(peer: &PeerRef) -> Result<InputPeer> {
        Ok(match peer {
            PeerRef::Me => InputPeer::PeerSelf,
            _ => types::InputPeerChannel {
                channel_id: 5,
                access_hash: 50,
            }
            .into(),
        })
    }

    fn reply(message: InputMessage) -> Option<InputReplyTo> {
        reply_to(&message, name).expect("they can be named")
    }

    fn to_message(raw: types::InputReplyToMessage) -> Option<InputReplyTo> {
        Some(raw.into())
    }

    #[test]
    fn a_topic_is_named_by_its_first_message_and_general_by_none() {
        let text = || InputMessage::text("x");
        let answers = |id, topic| types::InputReplyToMessage {
            reply_to_msg_id: id,
            top_msg_id: topic,
            ..Default::default()
        };
        assert_eq!(reply(text()), None);
        assert_eq!(reply(text().topic(1)), None);
        assert_eq!(reply(text().topic(3)), to_message(answers(3, None)));
        assert_eq!(
            reply(text().topic(1).reply_to(7)),
            to_message(answers(7, None))
        );
        assert_eq!(
            reply(text().topic(3).reply_to(7)),
            to_message(answers(7, Some(3)))
        );
        assert_eq!(
            reply(text().topic(3).reply_to(3)),
            to_message(answers(3, None))
        );
    }

    #[test]
    fn what_is_answered_may_be_elsewhere() {
        let quoting = ReplyTo::message(7).quote("x").quote_at(4).in_chat("@old");
        let quoting = quoting.task(2).poll_option(*b"1");
        let raw = types::InputReplyToMessage {
            reply_to_msg_id: 7,
            reply_to_peer_id: Some(name(&PeerRef::OtherLink).expect("named")),
            quote_text: Some("x".to_owned()),
            quote_offset: Some(4),
            todo_item_id: Some(2),
            poll_option: Some(b"1".to_vec()),
            ..Default::default()
        };
        let text = || InputMessage::text("x");
        assert_eq!(reply(text().reply_to(quoting)), to_message(raw));
        let story = types::InputReplyToStory {
            peer: InputPeer::PeerSelf,
            story_id: 9,
        };
        let to_story = text().reply_to(ReplyTo::story("me", 9));
        assert_eq!(reply(to_story), Some(story.into()));
        let seen_by_one = types::InputReplyToEphemeralMessage { id: 4 };
        let answer = text().reply_to(ReplyTo::ephemeral(4));
        assert_eq!(reply(answer), Some(seen_by_one.into()));
        let monoforum_peer_id = InputPeer::PeerSelf;
        let talk = types::InputReplyToMonoForum { monoforum_peer_id };
        assert_eq!(reply(text().monoforum("me")), Some(talk.into()));
        let in_talk = types::InputReplyToMessage {
            reply_to_msg_id: 7,
            monoforum_peer_id: Some(InputPeer::PeerSelf),
            ..Default::default()
        };
        let answer = text().monoforum("me").reply_to(7);
        assert_eq!(reply(answer), to_message(in_talk));
    }

    /// A message that says all that can be said.
    fn everything() -> Outgoing {
        let message = InputMessage::text("x")
            .media(LinkPreview::new("http://a.example/"))
            .silent(true)
            .background(true)
            .clear_draft(true)
            .no_webpage(true)
            .preview_above(true)
            .noforwards(true)
            .update_stickersets_order(true)
            .allow_paid_floodskip(true)
            .schedule_once_online()
            .schedule_repeat_period(60)
            .quick_reply("hi")
            .effect(8)
            .allow_paid_stars(9)
            .suggested_post(types::SuggestedPost::default())
            .rich(types::InputRichMessageHtml::default());
        let bold = types::MessageEntityBold::default();
        let hide = types::ReplyKeyboardHide::default();
        let answered = types::InputReplyToMessage::default();
        Outgoing {
            message,
            entities: vec![bold.into()],
            reply_to: Some(answered.into()),
            markup: Some(hide.into()),
            send_as: Some(InputPeer::PeerSelf),
            random_id: 6,
            mentioned: Vec::new(),
        }
    }

    /// Both requests say all that a message has, each under its name.
    #[test]
    fn everything_said_is_in_the_request() {
        let outgoing = everything();
        let offer = types::SuggestedPost::default();
        let rich = types::InputRichMessageHtml::default();
        let bold = types::MessageEntityBold::default();
        let hide = types::ReplyKeyboardHide::default();
        let answered = types::InputReplyToMessage::default();
        let shortcut = "hi".to_owned();
        let text = functions::messages::SendMessage {
            no_webpage: true,
            silent: true,
            background: true,
            clear_draft: true,
            noforwards: true,
            update_stickersets_order: true,
            invert_media: true,
            allow_paid_floodskip: true,
            peer: InputPeer::PeerSelf,
            reply_to: Some(answered.into()),
            message: "x".to_owned(),
            random_id: 6,
            reply_markup: Some(hide.into()),
            entities: Some(vec![bold.into()]),
            schedule_date: Some(0x7fff_fffe),
            schedule_repeat_period: Some(60),
            send_as: Some(InputPeer::PeerSelf),
            quick_reply_shortcut: Some(types::InputQuickReplyShortcut { shortcut }.into()),
            effect: Some(8),
            allow_paid_stars: Some(9),
            suggested_post: Some(offer.into()),
            rich_message: Some(rich.into()),
        };
        assert_eq!(outgoing.as_text(&InputPeer::PeerSelf), text);
        let media = functions::messages::SendMedia {
            silent: true,
            background: true,
            clear_draft: true,
            noforwards: true,
            update_stickersets_order: true,
            invert_media: true,
            allow_paid_floodskip: true,
            peer: text.peer,
            reply_to: text.reply_to,
            media: LinkPreview::new("http://a.example/").into(),
            message: text.message,
            random_id: 6,
            reply_markup: text.reply_markup,
            entities: text.entities,
            schedule_date: text.schedule_date,
            schedule_repeat_period: text.schedule_repeat_period,
            send_as: text.send_as,
            quick_reply_shortcut: text.quick_reply_shortcut,
            effect: text.effect,
            allow_paid_stars: text.allow_paid_stars,
            suggested_post: text.suggested_post,
        };
        assert_eq!(outgoing.with_media(&InputPeer::PeerSelf), Some(media));
    }
}
