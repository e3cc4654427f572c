//! All that the server tells of one group or channel.
use super::invite_link::InviteLink;
use crate::client::Client;
use crate::error::Result;
use crate::media::Photo;
use crate::peers::{Chat, PeerMap, PeerRef, input_channel};
use crate::tl::enums::messages::ChatFull as Answer;
use crate::tl::enums::{self, InputPeer, Peer};
use crate::tl::functions::channels::GetFullChannel;
use crate::tl::functions::messages::GetFullChat;
use crate::tl::types;

/// All that the server tells of one group or channel.
///
/// See <https://core.telegram.org/type/ChatFull>.
#[derive(Clone, Debug)]
pub struct ChatFull {
    /// Everything that the server told.
    pub raw: enums::ChatFull,
    peers: PeerMap,
}

impl ChatFull {
    fn group(&self) -> Option<&types::ChatFull> {
        match &self.raw {
            enums::ChatFull::Full(it) => Some(it),
            _ => None,
        }
    }

    fn channel(&self) -> Option<&types::ChannelFull> {
        match &self.raw {
            enums::ChatFull::ChannelFull(it) => Some(it),
            _ => None,
        }
    }

    /// Of either kind, what both have.
    fn either<T>(
        &self,
        group: impl FnOnce(&types::ChatFull) -> T,
        channel: impl FnOnce(&types::ChannelFull) -> T,
    ) -> Option<T> {
        match &self.raw {
            enums::ChatFull::Full(it) => Some(group(it)),
            enums::ChatFull::ChannelFull(it) => Some(channel(it)),
            _ => None,
        }
    }

    /// The group or channel itself.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        let peer: Option<Peer> = self.either(
            |it| types::PeerChat { chat_id: it.id }.into(),
            |it| types::PeerChannel { channel_id: it.id }.into(),
        );
        self.peers.chat(&peer?)
    }

    /// The users and chats that came with it.
    #[must_use]
    pub fn peers(&self) -> &PeerMap {
        &self.peers
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> &str {
        match &self.raw {
            enums::ChatFull::Full(it) => &it.about,
            enums::ChatFull::ChannelFull(it) => &it.about,
            _ => "",
        }
    }

    /// How many are in it.
    #[must_use]
    pub fn participants_count(&self) -> Option<i32> {
        let counted = |it: &types::ChatFull| match &it.participants {
            enums::ChatParticipants::Participants(all) => {
                i32::try_from(all.participants.len()).ok()
            }
            _ => None,
        };
        self.either(counted, |it| it.participants_count).flatten()
    }

    /// How many are online.
    #[must_use]
    pub fn online_count(&self) -> Option<i32> {
        self.channel()?.online_count
    }

    /// Its photo.
    #[must_use]
    pub fn photo(&self) -> Option<Photo> {
        let raw = self.either(|it| it.chat_photo.clone(), |it| Some(it.chat_photo.clone()));
        match raw.flatten()? {
            enums::Photo::Photo(photo) => Some(Photo::from_raw(*photo)),
            _ => None,
        }
    }

    /// The permanent link of this account, if it is an administrator.
    #[must_use]
    pub fn invite_link(&self) -> Option<InviteLink> {
        let link = self.either(
            |it| it.exported_invite.clone(),
            |it| it.exported_invite.clone(),
        );
        InviteLink::from_raw(link.flatten()?)
    }

    /// How many ask to be let in, as administrators are told.
    #[must_use]
    pub fn requests_pending(&self) -> i32 {
        let pending = self.either(|it| it.requests_pending, |it| it.requests_pending);
        pending.flatten().unwrap_or(0)
    }

    /// The chat that it is linked with, by its id as the Bot API writes it: of a channel the group
    /// where its posts are commented on, and of that the channel.
    #[must_use]
    pub fn linked_chat(&self) -> Option<i64> {
        let channel_id = self.channel()?.linked_chat_id?;
        let peer = types::PeerChannel { channel_id }.into();
        Some(crate::peers::marked_id(&peer))
    }

    /// How members may react.
    #[must_use]
    pub fn reactions(&self) -> Option<&enums::ChatReactions> {
        match &self.raw {
            enums::ChatFull::Full(it) => it.available_reactions.as_ref(),
            enums::ChatFull::ChannelFull(it) => it.available_reactions.as_ref(),
            _ => None,
        }
    }

    /// After how many seconds its messages delete themselves.
    #[must_use]
    pub fn ttl_period(&self) -> Option<i32> {
        self.either(|it| it.ttl_period, |it| it.ttl_period)
            .flatten()
    }

    /// How many seconds members have to wait between two messages.
    #[must_use]
    pub fn slow_mode(&self) -> Option<i32> {
        self.channel()?.slowmode_seconds
    }

    /// The message that was pinned last.
    #[must_use]
    pub fn pinned_message_id(&self) -> Option<i32> {
        self.either(|it| it.pinned_msg_id, |it| it.pinned_msg_id)
            .flatten()
    }

    /// As whom this account writes there, if it has said so.
    #[must_use]
    pub fn default_send_as(&self) -> Option<&Peer> {
        self.channel()?.default_send_as.as_ref()
    }

    /// Whether this account may see the statistics.
    #[must_use]
    pub fn has_statistics(&self) -> bool {
        self.channel().is_some_and(|it| it.can_view_stats)
    }

    /// Whether administrators alone see who is in it.
    #[must_use]
    pub fn has_hidden_participants(&self) -> bool {
        self.channel().is_some_and(|it| it.participants_hidden)
    }

    /// Whether newcomers do not see what was written before.
    #[must_use]
    pub fn has_hidden_history(&self) -> bool {
        self.channel().is_some_and(|it| it.hidden_prehistory)
    }

    /// Whether it is searched for spam.
    #[must_use]
    pub fn has_anti_spam(&self) -> bool {
        self.channel().is_some_and(|it| it.antispam)
    }

    /// Whether it is a small group, and not a supergroup or a channel.
    #[must_use]
    pub fn is_small_group(&self) -> bool {
        self.group().is_some()
    }
}

impl Client {
    /// All that the server tells of one group or channel.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::NewChat;
    ///
    /// let news = client.create_channel(NewChat::channel("News").about("What is new"))?;
    /// let full = client.fetch_chat_full(&news)?;
    /// assert_eq!((full.about(), full.participants_count()), ("What is new", Some(1)));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for a user.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getFullChannel> and
    /// <https://core.telegram.org/method/messages.getFullChat>.
    pub fn fetch_chat_full(&self, chat: impl Into<PeerRef>) -> Result<ChatFull> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        let Answer::Full(answer) = self.ask_about(&chat, deadline, |chat| match chat {
            InputPeer::Chat(group) => {
                let chat_id = group.chat_id;
                self.ask_until(&GetFullChat { chat_id }, deadline)
            }
            _ => {
                let channel = input_channel(chat)?;
                self.ask_until(&GetFullChannel { channel }, deadline)
            }
        })?;
        Ok(ChatFull {
            raw: answer.full_chat,
            peers: PeerMap::new(answer.users, answer.chats),
        })
    }
}
