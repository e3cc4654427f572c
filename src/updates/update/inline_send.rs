//! Somebody has chosen a result of an inline query.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// Somebody has chosen one of the results that the bot has answered an inline query with.
    /// Bots are told if they have asked for it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotInlineSend {
    ///     user_id: 7,
    ///     query: "cats".into(),
    ///     id: "3".into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::InlineSend(chosen) = update else { panic!("it is one") };
    /// assert_eq!((chosen.user_id(), chosen.query(), chosen.result_id()), (7, "cats", "3"));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotInlineSend>,
    /// and <https://core.telegram.org/api/bots/inline>.
    InlineSend(types::UpdateBotInlineSend)
}

by_user!(InlineSend, it => it.user_id);

impl InlineSend {
    /// The id that the bot has given to the result.
    #[must_use]
    pub fn result_id(&self) -> &str {
        &self.raw.id
    }

    /// What was typed after the name of the bot.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.raw.query
    }

    /// Where the user is, if the bot asks for it and they agree.
    #[must_use]
    pub fn location(&self) -> Option<&types::GeoPoint> {
        match self.raw.geo.as_ref()? {
            enums::GeoPoint::Point(point) => Some(point),
            _ => None,
        }
    }

    /// The id by which the bot can edit the message, if it has buttons.
    #[must_use]
    pub fn inline_message_id(&self) -> Option<&enums::InputBotInlineMessageId> {
        self.raw.msg_id.as_ref()
    }
}
