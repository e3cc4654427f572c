//! A business has connected the bot to its account, has changed what the bot may do, or has
//! ended it.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// A business has connected the bot to its account, has changed what the bot may do, or has
    /// ended it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotBusinessConnect {
    ///     connection: types::BotBusinessConnection {
    ///         connection_id: "c".into(),
    ///         user_id: 7,
    ///         ..Default::default()
    ///     }
    ///     .into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::BusinessConnection(it) = update else { panic!("it is one") };
    /// assert_eq!((it.connection_id(), it.user_id(), it.is_disabled()), ("c", 7, false));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotBusinessConnect>,
    /// and <https://core.telegram.org/api/bots/connected-business-bots>.
    BusinessConnection(types::UpdateBotBusinessConnect)
}

by_user!(BusinessConnection, it => owner_of(&it.connection));

impl BusinessConnection {
    /// The connection.
    #[must_use]
    pub fn connection(&self) -> &types::BotBusinessConnection {
        let enums::BotBusinessConnection::Connection(connection) = &self.raw.connection;
        connection
    }

    /// Its id.
    #[must_use]
    pub fn connection_id(&self) -> &str {
        &self.connection().connection_id
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.connection().disabled
    }

    /// What the bot may do.
    #[must_use]
    pub fn rights(&self) -> Option<&enums::BusinessBotRights> {
        self.connection().rights.as_ref()
    }

    /// The data centre that the business is at.
    #[must_use]
    pub fn dc_id(&self) -> i32 {
        self.connection().dc_id
    }

    /// Since when, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.connection().date
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}

fn owner_of(connection: &enums::BotBusinessConnection) -> i64 {
    let enums::BotBusinessConnection::Connection(connection) = connection;
    connection.user_id
}
