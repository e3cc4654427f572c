//! Where an update of the schema happened, and by whom.
use crate::tl::enums::{self, DialogPeer, Message, NotifyPeer, Peer};
use crate::tl::types;

/// One arm for each of the named updates: what they have in common is called the same.
macro_rules! arms {
    ($update:expr; $($($name:ident)+ : $it:ident => $peer:expr;)+) => {
        match $update {
            $($(enums::Update::$name($it) => $peer,)+)+
            _ => None,
        }
    };
}

/// The chat that it happened in, if it says so. Deletions of private chats and small groups do not.
pub(super) fn chat_of(update: &enums::Update) -> Option<Peer> {
    arms! { update;
        NewMessage NewChannelMessage EditMessage EditChannelMessage NewScheduledMessage
        BotNewBusinessMessage BotEditBusinessMessage BusinessBotCallbackQuery
        BotGuestChatQuery QuickReplyMessage: it => chat_of_message(&it.message);
        UserTyping: it => user(it.user_id);
        ChatUserTyping ChatParticipantAdd ChatParticipantDelete ChatParticipantAdmin
        ChatParticipantRank ChatParticipant Chat: it => group(it.chat_id);
        ChannelUserTyping DeleteChannelMessages ReadChannelInbox ReadChannelOutbox
        ReadChannelDiscussionInbox ReadChannelDiscussionOutbox ReadMonoForumInbox
        ReadMonoForumOutbox ChannelReadMessagesContents ChannelMessageViews
        ChannelMessageForwards ChannelWebPage ChannelAvailableMessages PinnedChannelMessages
        ChannelParticipant ChannelViewForumAsMessages MonoForumNoPaidException Channel
        ChannelTooLong: it => channel(it.channel_id);
        BotCallbackQuery ReadHistoryInbox ReadHistoryOutbox DraftMessage DeleteScheduledMessages
        PinnedMessages ChatDefaultBannedRights PeerSettings PeerHistoryTtl PeerWallpaper
        PendingJoinRequests BotChatInviteRequester JoinChatWebViewDecision BotCommands
        MessageReactions BotMessageReaction BotMessageReactions MessageExtendedMedia
        TranscribedAudio GeoLiveViewed PinnedForumTopic PinnedForumTopics BotChatBoost
        BotDeleteBusinessMessage DeleteEphemeralMessages Story ReadStories NewStoryReaction
        SentStoryReaction StarsRevenueStatus: it => Some(it.peer.clone());
        PeerBlocked: it => Some(it.peer_id.clone());
        MessagePoll GroupCall EphemeralBotCallbackQuery: it => it.peer.clone();
        NewEphemeralMessage EditEphemeralMessage: it => chat_of_ephemeral(&it.message);
        DialogPinned DialogUnreadMark: it => chat_of_dialog(&it.peer);
        NotifySettings: it => chat_of_settings(&it.peer);
        ChatParticipants: it => match &it.participants {
            enums::ChatParticipants::Participants(it) => group(it.chat_id),
            enums::ChatParticipants::Forbidden(it) => group(it.chat_id),
            _ => None,
        };
    }
}

/// Who has done it, or whom it is about.
pub(super) fn sender_of(update: &enums::Update) -> Option<Peer> {
    arms! { update;
        NewMessage NewChannelMessage EditMessage EditChannelMessage NewScheduledMessage
        BotNewBusinessMessage BotEditBusinessMessage BotGuestChatQuery
        QuickReplyMessage: it => sender_of_message(&it.message);
        UserTyping UserStatus UserName UserPhone UserEmojiStatus User BotCallbackQuery
        InlineBotCallbackQuery BusinessBotCallbackQuery EphemeralBotCallbackQuery BotInlineQuery
        BotInlineSend BotShippingQuery BotPrecheckoutQuery BotStopped BotPurchasedPaidMedia
        BotStarsSubscription BotChatInviteRequester ManagedBot ChatParticipantAdd
        ChatParticipantDelete ChatParticipantAdmin ChatParticipantRank: it => user(it.user_id);
        ChatParticipant ChannelParticipant: it => user(it.actor_id);
        ChatUserTyping ChannelUserTyping GroupCallEncryptedMessage:
            it => Some(it.from_id.clone());
        MessagePollVote Story ReadStories NewStoryReaction SentStoryReaction:
            it => Some(it.peer.clone());
        BotMessageReaction: it => Some(it.actor.clone());
        PeerBlocked: it => Some(it.peer_id.clone());
        BotMenuButton NewBotConnection: it => user(it.bot_id);
        NewEphemeralMessage EditEphemeralMessage: it => sender_of_ephemeral(&it.message);
        BotBusinessConnect: it => {
            let enums::BotBusinessConnection::Connection(it) = &it.connection;
            user(it.user_id)
        };
        BotChatBoost: it => {
            let enums::Boost::Boost(it) = &it.boost;
            user(it.user_id?)
        };
    }
}

/// Whether it brings a message of an album.
pub(super) fn is_in_album(update: &enums::Update) -> bool {
    let message = match update {
        enums::Update::NewMessage(it) => &it.message,
        enums::Update::NewChannelMessage(it) => &it.message,
        _ => return false,
    };
    matches!(message, Message::Message(it) if it.grouped_id.is_some())
}

fn user(user_id: i64) -> Option<Peer> {
    Some(types::PeerUser { user_id }.into())
}

fn group(chat_id: i64) -> Option<Peer> {
    Some(types::PeerChat { chat_id }.into())
}

fn channel(channel_id: i64) -> Option<Peer> {
    Some(types::PeerChannel { channel_id }.into())
}

fn chat_of_message(message: &Message) -> Option<Peer> {
    match message {
        Message::Message(it) => Some(it.peer_id.clone()),
        Message::Service(it) => Some(it.peer_id.clone()),
        Message::Empty(it) => it.peer_id.clone(),
        _ => None,
    }
}

/// In private chats the server leaves the obvious out.
fn sender_of_message(message: &Message) -> Option<Peer> {
    let (out, from, peer) = match message {
        Message::Message(it) => (it.out, &it.from_id, &it.peer_id),
        Message::Service(it) => (it.out, &it.from_id, &it.peer_id),
        _ => return None,
    };
    match (from, peer) {
        (Some(from), _) => Some(from.clone()),
        (None, peer @ Peer::User(_)) if !out => Some(peer.clone()),
        _ => None,
    }
}

/// Where it is not said, it is the chat with whoever has sent it.
fn chat_of_ephemeral(message: &enums::EphemeralMessage) -> Option<Peer> {
    let enums::EphemeralMessage::Message(it) = message;
    Some(it.peer_id.as_ref().unwrap_or(&it.from_id).clone())
}

fn sender_of_ephemeral(message: &enums::EphemeralMessage) -> Option<Peer> {
    let enums::EphemeralMessage::Message(it) = message;
    Some(it.from_id.clone())
}

fn chat_of_dialog(dialog: &DialogPeer) -> Option<Peer> {
    match dialog {
        DialogPeer::Peer(it) => Some(it.peer.clone()),
        _ => None,
    }
}

fn chat_of_settings(settings: &NotifyPeer) -> Option<Peer> {
    match settings {
        NotifyPeer::Peer(it) => Some(it.peer.clone()),
        NotifyPeer::NotifyForumTopic(it) => Some(it.peer.clone()),
        _ => None,
    }
}
