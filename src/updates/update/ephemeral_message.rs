//! A message that only its receiver sees, and that no history has, has come or was changed.
use super::payload::{by_peer, in_chat, payload};
use super::places::{chat_of, sender_of};
use crate::tl::{enums, types};

payload! {
    /// A message that only its receiver sees, and that no history has, has come or was changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateNewEphemeralMessage {
    ///     message: types::EphemeralMessage {
    ///         id: 5,
    ///         message: "Hi".into(),
    ///         ..Default::default()
    ///     }
    ///     .into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::EphemeralMessage(it) = update else { panic!("it is one") };
    /// assert_eq!((it.message_id(), it.text(), it.is_edited()), (5, "Hi", false));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateNewEphemeralMessage>,
    /// and <https://core.telegram.org/constructor/updateEditEphemeralMessage>.
    EphemeralMessage(enums::Update)
}

in_chat!(EphemeralMessage, it => chat_of(it).unwrap_or_default());
by_peer!(EphemeralMessage, it => sender_of(it).unwrap_or_default());

impl EphemeralMessage {
    /// Whether it has come before and was changed.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        matches!(*self.raw, enums::Update::EditEphemeralMessage(_))
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> Option<&types::EphemeralMessage> {
        let message = match &*self.raw {
            enums::Update::NewEphemeralMessage(it) => &it.message,
            enums::Update::EditEphemeralMessage(it) => &it.message,
            _ => return None,
        };
        let enums::EphemeralMessage::Message(message) = message;
        Some(message)
    }

    /// Its id.
    #[must_use]
    pub fn message_id(&self) -> i32 {
        self.message().map_or(0, |message| message.id)
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.message().map_or("", |message| &message.message)
    }
}
