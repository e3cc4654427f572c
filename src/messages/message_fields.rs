//! What the fields of a message say.
use std::time::{Duration, SystemTime};

use super::message::Message;
use crate::peers::{ChannelKind, marked_id};
use crate::tl::enums::{
    MessageEntity, MessageFwdHeader, MessageMedia, MessageReactions, MessageReplies,
    MessageReplyHeader, Peer, ReactionCount, ReplyMarkup, RestrictionReason, RichMessage,
};
use crate::tl::types;

impl Message {
    /// The id of the chat that it is in, as the Bot API writes it: a user's own, a small group's
    /// negative, a channel's −1000000000000 less its id.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// assert_eq!(Some(message.chat_id()), client.my_id());
    /// client.send_message(message.chat_id(), "again")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// See <https://core.telegram.org/api/bots/ids>.
    #[must_use]
    pub fn chat_id(&self) -> i64 {
        marked_id(self.peer())
    }

    /// Whether it is in a private chat.
    #[must_use]
    pub fn is_private(&self) -> bool {
        matches!(self.peer(), Peer::User(_))
    }

    /// Whether it is in a small group. The large ones are channels to the server.
    #[must_use]
    pub fn is_small_group(&self) -> bool {
        matches!(self.peer(), Peer::Chat(_))
    }

    /// Whether it is in a channel or a supergroup.
    #[must_use]
    pub fn is_in_channel(&self) -> bool {
        matches!(self.peer(), Peer::Channel(_))
    }

    /// Whether it is in a group, small or large. Of what kind a channel is says what came with the
    /// message; where that did not come, what is no post of a channel is taken for a group's.
    #[must_use]
    pub fn is_any_group(&self) -> bool {
        match (self.peer(), self.channel_kind()) {
            (Peer::Channel(_), Some(kind)) => {
                matches!(kind, ChannelKind::Megagroup | ChannelKind::Gigagroup)
            }
            (Peer::Channel(_), None) => !self.raw.post,
            (peer, _) => matches!(peer, Peer::Chat(_)),
        }
    }

    /// Whom it is from: its sender, or the channel that it was posted in, or this account. `None`
    /// where nothing tells.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::tl::enums::Peer;
    /// use ferogram_sync::tl::types::PeerUser;
    ///
    /// let user_id = client.my_id().expect("it is signed in");
    /// let message = client.send_message("me", "Hello")?;
    /// assert_eq!(message.effective_sender(), Some(Peer::from(PeerUser { user_id })));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn effective_sender(&self) -> Option<Peer> {
        match (self.sender(), self.peer()) {
            (Some(sender), _) => Some(sender.clone()),
            (None, peer @ Peer::Channel(_)) => Some(peer.clone()),
            (None, _) if self.raw.out => {
                let user_id = self.client().ok()?.my_id()?;
                Some(types::PeerUser { user_id }.into())
            }
            (None, _) => None,
        }
    }

    /// The id of the user who wrote it, as far as it was a user.
    #[must_use]
    pub fn sender_user_id(&self) -> Option<i64> {
        match self.sender() {
            Some(Peer::User(user)) => Some(user.user_id),
            _ => None,
        }
    }

    /// The id of the channel or group that it was sent as, as the Bot API writes it.
    #[must_use]
    pub fn sender_chat_id(&self) -> Option<i64> {
        match self.sender() {
            Some(Peer::User(_)) | None => None,
            Some(peer) => Some(marked_id(peer)),
        }
    }

    /// When it was sent. [`date`](Self::date) has it as a number.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use std::time::{Duration, SystemTime};
    ///
    /// let message = client.send_message("me", "Hello")?;
    /// let since = SystemTime::UNIX_EPOCH + Duration::from_secs(message.date().try_into()?);
    /// assert_eq!(message.sent_at(), since);
    /// assert_eq!(message.edited_at(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sent_at(&self) -> SystemTime {
        time(self.raw.date)
    }

    /// When it was last edited, in seconds since the Unix epoch.
    #[must_use]
    pub fn edit_date(&self) -> Option<i32> {
        self.raw.edit_date
    }

    /// When it was last edited.
    #[must_use]
    pub fn edited_at(&self) -> Option<SystemTime> {
        self.raw.edit_date.map(time)
    }

    /// Whether the edit is not to be shown, as of one that only changed buttons.
    #[must_use]
    pub fn edit_hide(&self) -> bool {
        self.raw.edit_hide
    }

    /// Where the text is bold, a link and so on, in UTF-16 code units.
    #[must_use]
    pub fn entities(&self) -> &[MessageEntity] {
        self.raw.entities.as_deref().unwrap_or_default()
    }

    /// The text as HTML. What HTML cannot say,
    /// [`formatted`](Self::formatted)`.to_html()` lists beside it.
    #[must_use]
    pub fn html_text(&self) -> String {
        self.formatted().to_html().text
    }

    /// The text as Markdown of the apps. What that cannot say,
    /// [`formatted`](Self::formatted)`.to_markdown()` lists beside it.
    #[must_use]
    pub fn markdown_text(&self) -> String {
        self.formatted().to_markdown().text
    }

    /// Whether this account is mentioned in it, or it answers a message of this account's.
    #[must_use]
    pub fn mentioned(&self) -> bool {
        self.raw.mentioned
    }

    /// Whether what is to be heard or seen in it has not been: voices, videos, and mentions.
    #[must_use]
    pub fn media_unread(&self) -> bool {
        self.raw.media_unread
    }

    /// Whether it came without a sound.
    #[must_use]
    pub fn silent(&self) -> bool {
        self.raw.silent
    }

    /// Whether it is a post of a channel.
    #[must_use]
    pub fn post(&self) -> bool {
        self.raw.post
    }

    /// Who signed the post of a channel.
    #[must_use]
    pub fn post_author(&self) -> Option<&str> {
        self.raw.post_author.as_deref()
    }

    /// Whether it is pinned.
    #[must_use]
    pub fn pinned(&self) -> bool {
        self.raw.pinned
    }

    /// Whether it may be neither forwarded nor saved.
    #[must_use]
    pub fn noforwards(&self) -> bool {
        self.raw.noforwards
    }

    /// Whether it was scheduled, be it that it waits for its time or that the time has come.
    #[must_use]
    pub fn from_scheduled(&self) -> bool {
        self.raw.from_scheduled
    }

    /// How many times it was forwarded, of a channel's post.
    #[must_use]
    pub fn forward_count(&self) -> Option<i32> {
        self.raw.forwards
    }

    /// How many have seen it, of a channel's post.
    #[must_use]
    pub fn view_count(&self) -> Option<i32> {
        self.raw.views
    }

    /// How many have answered it, where that is counted.
    #[must_use]
    pub fn reply_count(&self) -> Option<i32> {
        self.raw.replies.as_ref().map(|replies| {
            let MessageReplies::Replies(replies) = replies;
            replies.replies
        })
    }

    /// How many reactions it has.
    #[must_use]
    pub fn reaction_count(&self) -> i32 {
        let Some(MessageReactions::Reactions(reactions)) = &self.raw.reactions else {
            return 0;
        };
        (reactions.results.iter()).fold(0, |sum: i32, count| {
            let ReactionCount::Count(count) = count;
            sum.saturating_add(count.count)
        })
    }

    /// The id of the bot that it came by, after an inline query.
    #[must_use]
    pub fn via_bot_id(&self) -> Option<i64> {
        self.raw.via_bot_id
    }

    /// What is attached.
    #[must_use]
    pub fn media(&self) -> Option<&MessageMedia> {
        self.raw.media.as_ref()
    }

    /// What stands in the place of the text: headings, tables and the like.
    ///
    /// See <https://core.telegram.org/bots/api#rich-messages>.
    #[must_use]
    pub fn rich(&self) -> Option<&RichMessage> {
        self.raw.rich_message.as_ref()
    }

    /// Whether a photo is attached.
    #[must_use]
    pub fn has_photo(&self) -> bool {
        matches!(self.media(), Some(MessageMedia::Photo(_)))
    }

    /// Whether a file is attached, which may be a video, a voice, a sticker.
    #[must_use]
    pub fn has_document(&self) -> bool {
        matches!(self.media(), Some(MessageMedia::Document(_)))
    }

    /// By what the messages of an album belong together.
    #[must_use]
    pub fn album_id(&self) -> Option<i64> {
        self.raw.grouped_id
    }

    /// Its buttons and the like.
    #[must_use]
    pub fn markup(&self) -> Option<&ReplyMarkup> {
        self.raw.reply_markup.as_ref()
    }

    /// Why it is not shown everywhere, and where not.
    #[must_use]
    pub fn restrictions(&self) -> &[RestrictionReason] {
        self.raw.restriction_reason.as_deref().unwrap_or_default()
    }

    /// Where it was forwarded from.
    #[must_use]
    pub fn forward_header(&self) -> Option<&types::MessageFwdHeader> {
        let MessageFwdHeader::Header(header) = self.raw.fwd_from.as_ref()?;
        Some(header)
    }

    /// Whether it was forwarded.
    #[must_use]
    pub fn is_forwarded(&self) -> bool {
        self.raw.fwd_from.is_some()
    }

    /// What it says of the message that it answers; of a story, [`raw`](field@Self::raw) tells.
    #[must_use]
    pub fn reply_header(&self) -> Option<&types::MessageReplyHeader> {
        match &self.raw.reply_to {
            Some(MessageReplyHeader::Header(header)) => Some(header),
            _ => None,
        }
    }

    /// The id of the message that it answers: in this chat, unless [`reply_header`] names another.
    /// The messages of a forum's topic answer its first one, as far as they answer no other: those
    /// answer nothing here.
    ///
    /// [`reply_header`]: Self::reply_header
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let question = client.send_message("me", "Are you there?")?;
    /// let answer = question.reply("Yes.")?;
    /// assert_eq!(answer.reply_to_message_id(), Some(question.id()));
    /// assert!(answer.is_reply() && !question.is_reply());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn reply_to_message_id(&self) -> Option<i32> {
        let header = self.reply_header()?;
        let in_topic_only = header.forum_topic && header.reply_to_top_id.is_none();
        header.reply_to_msg_id.filter(|_| !in_topic_only)
    }

    /// Whether it answers a message or a story.
    #[must_use]
    pub fn is_reply(&self) -> bool {
        self.reply_to_message_id().is_some()
            || matches!(
                self.raw.reply_to,
                Some(MessageReplyHeader::MessageReplyStoryHeader(_))
            )
    }

    /// The topic of a forum that it is in. `None` outside of forums, and in their topic "General",
    /// whose id is 1: the message does not tell which of both.
    ///
    /// See <https://core.telegram.org/api/forum>.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        topic_of(self.raw.reply_to.as_ref())
    }
}

/// The topic of a forum that a message is in, by what it answers.
pub(super) fn topic_of(answers: Option<&MessageReplyHeader>) -> Option<i32> {
    match answers {
        Some(MessageReplyHeader::Header(header)) if header.forum_topic => {
            header.reply_to_top_id.or(header.reply_to_msg_id)
        }
        _ => None,
    }
}

/// A date of the server's, whatever it says.
fn time(seconds: i32) -> SystemTime {
    let since = Duration::from_secs(u64::from(seconds.max(0).unsigned_abs()));
    SystemTime::UNIX_EPOCH + since
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::store::MemoryStore;

    /// A message as a client shows it whose data centre is nowhere.
    fn message(raw: types::Message) -> Message {
        let nowhere = ([127, 0, 0, 1], 1).into();
        let builder = Client::builder().api_id(1).api_hash("hash");
        let builder = builder.session(MemoryStore::default());
        let client = builder.dc_addr(2, nowhere).connect().expect("it starts");
        Message::new(raw, crate::peers::PeerMap::default(), client.weak())
    }

    fn channel(channel_id: i64) -> Peer {
        types::PeerChannel { channel_id }.into()
    }

    fn answering(header: types::MessageReplyHeader) -> Message {
        message(types::Message {
            reply_to: Some(header.into()),
            ..Default::default()
        })
    }

    #[test]
    fn chats_have_the_ids_of_the_bot_api() {
        let user_id = 7;
        let chat_id = 8;
        for (peer_id, id, kinds) in [
            (types::PeerUser { user_id }.into(), 7, [true, false, false]),
            (types::PeerChat { chat_id }.into(), -8, [false, true, false]),
            (channel(9), -1_000_000_000_009, [false, false, true]),
        ] {
            let message = message(types::Message {
                peer_id,
                ..Default::default()
            });
            assert_eq!(message.chat_id(), id);
            let is = [
                message.is_private(),
                message.is_small_group(),
                message.is_in_channel(),
            ];
            assert_eq!(is, kinds);
        }
    }

    #[test]
    fn who_wrote_is_a_user_or_a_chat() {
        let by = |from_id| {
            message(types::Message {
                from_id,
                peer_id: channel(9),
                ..Default::default()
            })
        };
        let user = by(Some(types::PeerUser { user_id: 7 }.into()));
        assert_eq!(
            (user.sender_user_id(), user.sender_chat_id()),
            (Some(7), None)
        );
        let chat = by(Some(channel(9)));
        let id = Some(-1_000_000_000_009);
        assert_eq!((chat.sender_user_id(), chat.sender_chat_id()), (None, id));
        let nobody = by(None);
        assert_eq!(
            (nobody.sender_user_id(), nobody.sender_chat_id()),
            (None, None)
        );
    }

    #[test]
    fn a_message_of_a_topic_answers_only_what_it_says() {
        let header = |reply_to_msg_id, reply_to_top_id, forum_topic| {
            answering(types::MessageReplyHeader {
                reply_to_msg_id,
                reply_to_top_id,
                forum_topic,
                ..Default::default()
            })
        };
        for (message, topic, answered) in [
            (header(Some(3), None, true), Some(3), None),
            (header(Some(7), Some(3), true), Some(3), Some(7)),
            (header(Some(7), None, false), None, Some(7)),
            (header(Some(7), Some(5), false), None, Some(7)),
            (message(types::Message::default()), None, None),
        ] {
            assert_eq!(message.topic_id(), topic);
            assert_eq!(message.reply_to_message_id(), answered);
            assert_eq!(message.is_reply(), answered.is_some());
        }
        let story = types::MessageReplyStoryHeader::default();
        let to_story = message(types::Message {
            reply_to: Some(story.into()),
            ..Default::default()
        });
        assert!(to_story.is_reply());
        assert_eq!(to_story.reply_to_message_id(), None);
    }

    #[test]
    fn counts_are_those_of_the_server_and_never_too_large() {
        let count = |count| {
            types::ReactionCount {
                count,
                ..Default::default()
            }
            .into()
        };
        let reactions = types::MessageReactions {
            results: vec![count(2), count(i32::MAX)],
            ..Default::default()
        };
        let replies = types::MessageReplies {
            replies: 5,
            ..Default::default()
        };
        let message = message(types::Message {
            reactions: Some(reactions.into()),
            replies: Some(replies.into()),
            views: Some(3),
            forwards: Some(4),
            date: -1,
            ..Default::default()
        });
        assert_eq!(message.reaction_count(), i32::MAX);
        assert_eq!(message.reply_count(), Some(5));
        assert_eq!(message.view_count(), Some(3));
        assert_eq!(message.forward_count(), Some(4));
        assert_eq!(message.sent_at(), SystemTime::UNIX_EPOCH);
    }
}
