//! What has happened, as the server keeps it.
use ferogram_sync::tl::enums::{self, Message, Update};
use ferogram_sync::tl::types;
use ferogram_sync::tracker::Counter;

/// Who the account is.
pub(super) const ME: i64 = 1;

/// What counts a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Row {
    Counted(Counter),
    /// Only its container is counted.
    Plain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Message,
    Edit,
    Deletion,
    /// A message of a secret chat.
    Encrypted,
    Stopped,
    Plain,
}

/// One thing that has happened. Its number is its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Happening {
    pub(super) id: i32,
    pub(super) row: Row,
    pub(super) what: What,
    /// How far its counter is after it.
    pub(super) end: i32,
    pub(super) count: i32,
    pub(super) user: i64,
}

impl Happening {
    /// As the server tells it; in a difference messages have no counter of their own.
    pub(super) fn update(&self) -> Update {
        let (pts, pts_count) = (self.end, self.count);
        let message = || self.message();
        match (self.row, self.what) {
            (Row::Counted(Counter::Channel(channel_id)), what) => match what {
                What::Message => types::UpdateNewChannelMessage {
                    message: message(),
                    pts,
                    pts_count,
                }
                .into(),
                What::Edit => types::UpdateEditChannelMessage {
                    message: message(),
                    pts,
                    pts_count,
                }
                .into(),
                _ => types::UpdateDeleteChannelMessages {
                    channel_id,
                    messages: vec![self.id],
                    pts,
                    pts_count,
                }
                .into(),
            },
            (_, What::Message) => types::UpdateNewMessage {
                message: message(),
                pts,
                pts_count,
            }
            .into(),
            (_, What::Edit) => types::UpdateEditMessage {
                message: message(),
                pts,
                pts_count,
            }
            .into(),
            (_, What::Deletion) => types::UpdateDeleteMessages {
                messages: vec![self.id],
                pts,
                pts_count,
            }
            .into(),
            (_, What::Encrypted) => types::UpdateNewEncryptedMessage {
                message: self.encrypted(),
                qts: self.end,
            }
            .into(),
            (_, What::Stopped) => types::UpdateBotStopped {
                user_id: i64::from(self.id),
                date: 1,
                stopped: true,
                qts: self.end,
            }
            .into(),
            (_, What::Plain) => types::UpdateMessageId {
                id: self.id,
                random_id: 1,
            }
            .into(),
        }
    }

    pub(super) fn peer(&self) -> enums::Peer {
        match self.row {
            Row::Counted(Counter::Channel(channel_id)) => types::PeerChannel { channel_id }.into(),
            _ => types::PeerUser { user_id: self.user }.into(),
        }
    }

    pub(super) fn message(&self) -> Message {
        types::Message {
            id: self.id,
            peer_id: self.peer(),
            from_id: Some(types::PeerUser { user_id: self.user }.into()),
            ..Default::default()
        }
        .into()
    }

    pub(super) fn encrypted(&self) -> enums::EncryptedMessage {
        types::EncryptedMessageService {
            random_id: i64::from(self.id),
            ..Default::default()
        }
        .into()
    }
}

/// The number of the happening that an update tells of.
pub(super) fn id_of(update: &Update) -> Option<i32> {
    let message = |message: &Message| match message {
        Message::Message(message) => Some(message.id),
        _ => None,
    };
    match update {
        Update::NewMessage(it) => message(&it.message),
        Update::EditMessage(it) => message(&it.message),
        Update::NewChannelMessage(it) => message(&it.message),
        Update::EditChannelMessage(it) => message(&it.message),
        Update::DeleteMessages(it) => it.messages.first().copied(),
        Update::DeleteChannelMessages(it) => it.messages.first().copied(),
        Update::BotStopped(it) => i32::try_from(it.user_id).ok(),
        Update::NewEncryptedMessage(it) => match &it.message {
            enums::EncryptedMessage::Service(it) => i32::try_from(it.random_id).ok(),
            _ => None,
        },
        Update::MessageId(it) => Some(it.id),
        _ => None,
    }
}
