//! A button below a message of the bot was pressed.
use super::payload::{by_user, payload};
use crate::peers::{Chat, marked_id};
use crate::tl::enums;

payload! {
    /// A button below a message of the bot was pressed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotCallbackQuery {
    ///     query_id: 9,
    ///     user_id: 7,
    ///     peer: types::PeerUser { user_id: 7 }.into(),
    ///     msg_id: 5,
    ///     data: Some(b"next".to_vec()),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::CallbackQuery(query) = update else { panic!("it is one") };
    /// assert_eq!((query.id(), query.user_id(), query.message_id()), (9, 7, Some(5)));
    /// assert_eq!(query.text(), Some("next"));
    /// assert_eq!(query.chat_id(), Some(7));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotCallbackQuery>,
    /// <https://core.telegram.org/constructor/updateInlineBotCallbackQuery>,
    /// <https://core.telegram.org/constructor/updateBusinessBotCallbackQuery>,
    /// and <https://core.telegram.org/constructor/updateEphemeralBotCallbackQuery>.
    CallbackQuery(enums::Update)
}

by_user!(CallbackQuery, it => user_of(it));

impl CallbackQuery {
    /// The id, by which it is answered.
    #[must_use]
    pub fn id(&self) -> i64 {
        match &*self.raw {
            enums::Update::BotCallbackQuery(it) => it.query_id,
            enums::Update::InlineBotCallbackQuery(it) => it.query_id,
            enums::Update::BusinessBotCallbackQuery(it) => it.query_id,
            enums::Update::EphemeralBotCallbackQuery(it) => it.query_id,
            _ => 0,
        }
    }

    /// What the button carries; `None` of a game's.
    #[must_use]
    pub fn data(&self) -> Option<&[u8]> {
        match &*self.raw {
            enums::Update::BotCallbackQuery(it) => it.data.as_deref(),
            enums::Update::InlineBotCallbackQuery(it) => it.data.as_deref(),
            enums::Update::BusinessBotCallbackQuery(it) => it.data.as_deref(),
            enums::Update::EphemeralBotCallbackQuery(it) => Some(&it.data),
            _ => None,
        }
    }

    /// What the button carries, if it is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        str::from_utf8(self.data()?).ok()
    }

    /// The game whose button it is.
    #[must_use]
    pub fn game_short_name(&self) -> Option<&str> {
        match &*self.raw {
            enums::Update::BotCallbackQuery(it) => it.game_short_name.as_deref(),
            enums::Update::InlineBotCallbackQuery(it) => it.game_short_name.as_deref(),
            _ => None,
        }
    }

    /// Which chat the message is in, as a number that stands for it: the same for each
    /// button in it, also where the chat is not told. Games count by it.
    #[must_use]
    pub fn chat_instance(&self) -> Option<i64> {
        match &*self.raw {
            enums::Update::BotCallbackQuery(it) => Some(it.chat_instance),
            enums::Update::InlineBotCallbackQuery(it) => Some(it.chat_instance),
            enums::Update::BusinessBotCallbackQuery(it) => Some(it.chat_instance),
            enums::Update::EphemeralBotCallbackQuery(it) => it.chat_instance,
            _ => None,
        }
    }

    /// The id of the message below which the button is; `None` of one that was sent by an
    /// inline query.
    #[must_use]
    pub fn message_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::BotCallbackQuery(it) => Some(it.msg_id),
            enums::Update::EphemeralBotCallbackQuery(it) => Some(it.msg_id),
            enums::Update::BusinessBotCallbackQuery(it) => match &it.message {
                enums::Message::Message(it) => Some(it.id),
                enums::Message::Service(it) => Some(it.id),
                enums::Message::Empty(it) => Some(it.id),
                _ => None,
            },
            _ => None,
        }
    }

    /// Of a message that was sent by an inline query: the id by which the bot can edit it.
    #[must_use]
    pub fn inline_message_id(&self) -> Option<&enums::InputBotInlineMessageId> {
        match &*self.raw {
            enums::Update::InlineBotCallbackQuery(it) => Some(&it.msg_id),
            _ => None,
        }
    }

    /// Of a message that the bot has sent for a business: by which connection.
    #[must_use]
    pub fn business_connection_id(&self) -> Option<&str> {
        match &*self.raw {
            enums::Update::BusinessBotCallbackQuery(it) => Some(&it.connection_id),
            _ => None,
        }
    }

    /// The message itself, of a business: elsewhere it has to be asked for.
    #[must_use]
    pub fn raw_message(&self) -> Option<&enums::Message> {
        match &*self.raw {
            enums::Update::BusinessBotCallbackQuery(it) => Some(&it.message),
            _ => None,
        }
    }

    /// Whether only the receiver sees the message, and no history has it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        matches!(*self.raw, enums::Update::EphemeralBotCallbackQuery(_))
    }

    /// The chat that the message is in; not told of one that was sent by an inline query.
    #[must_use]
    pub fn peer(&self) -> Option<&enums::Peer> {
        self.source.chat.as_ref()
    }

    /// The id of that chat, as the Bot API writes it.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.source.chat.as_ref().map(marked_id)
    }

    /// That chat, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(self.source.chat.as_ref()?)
    }
}

fn user_of(update: &enums::Update) -> i64 {
    match update {
        enums::Update::BotCallbackQuery(it) => it.user_id,
        enums::Update::InlineBotCallbackQuery(it) => it.user_id,
        enums::Update::BusinessBotCallbackQuery(it) => it.user_id,
        enums::Update::EphemeralBotCallbackQuery(it) => it.user_id,
        _ => 0,
    }
}
