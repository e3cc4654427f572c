//! Somebody writes to the bot from any chat, and waits for results to choose from.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// Somebody writes to the bot from any chat, and waits for results to choose from.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::{enums, types}};
    ///
    /// let raw = types::UpdateBotInlineQuery {
    ///     query_id: 9,
    ///     user_id: 7,
    ///     query: "cats".into(),
    ///     peer_type: Some(enums::InlineQueryPeerType::Megagroup),
    ///     geo: Some(types::GeoPoint { lat: 52.5, long: 13.4, ..Default::default() }.into()),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::InlineQuery(query) = update else { panic!("it is one") };
    /// assert_eq!((query.id(), query.user_id(), query.text()), (9, 7, "cats"));
    /// assert!(matches!(query.chat_kind(), Some(enums::InlineQueryPeerType::Megagroup)));
    /// assert_eq!(query.location().map(|point| point.lat), Some(52.5));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotInlineQuery>,
    /// and <https://core.telegram.org/api/bots/inline>.
    InlineQuery(types::UpdateBotInlineQuery)
}

by_user!(InlineQuery, it => it.user_id);

impl InlineQuery {
    /// The id, by which it is answered.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.query_id
    }

    /// What was typed after the name of the bot.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.raw.query
    }

    /// Where the results are to go on: what the bot has said of the last ones.
    #[must_use]
    pub fn offset(&self) -> &str {
        &self.raw.offset
    }

    /// What kind of chat it comes from, if that is told.
    #[must_use]
    pub fn chat_kind(&self) -> Option<&enums::InlineQueryPeerType> {
        self.raw.peer_type.as_ref()
    }

    /// Where the user is, if the bot asks for it and they agree.
    #[must_use]
    pub fn location(&self) -> Option<&types::GeoPoint> {
        match self.raw.geo.as_ref()? {
            enums::GeoPoint::Point(point) => Some(point),
            _ => None,
        }
    }
}
