//! The rights that a bot would like to have where it is made an administrator.
use crate::chats::AdminRights;
use crate::client::Client;
use crate::error::Result;
use crate::tl::enums::ChatAdminRights;
use crate::tl::functions::bots as f;

impl Client {
    /// Says which rights this bot would like to have in groups: apps suggest them to whoever makes
    /// it an administrator, who may choose others.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::AdminRights;
    ///
    /// let rights = AdminRights::new().delete_messages(true).ban_users(true);
    /// client.set_bot_group_rights(rights.clone())?;
    /// assert_eq!(client.bot_group_rights()?, rights);
    /// assert!(client.bot_channel_rights()?.is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForUsers`](crate::Error::NotForUsers). Common
    /// answer: `RIGHTS_NOT_MODIFIED` for those that it has said before.
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.setBotGroupDefaultAdminRights>.
    pub fn set_bot_group_rights(&self, rights: AdminRights) -> Result<()> {
        let admin_rights = rights.raw.into();
        self.ask(&f::SetBotGroupDefaultAdminRights { admin_rights })
            .map(drop)
    }

    /// Says which rights this bot would like to have in channels.
    ///
    /// # Errors
    ///
    /// As [`set_bot_group_rights`](Self::set_bot_group_rights).
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.setBotBroadcastDefaultAdminRights>.
    pub fn set_bot_channel_rights(&self, rights: AdminRights) -> Result<()> {
        let admin_rights = rights.raw.into();
        self.ask(&f::SetBotBroadcastDefaultAdminRights { admin_rights })
            .map(drop)
    }

    /// The rights that this bot has said to like to have in groups.
    ///
    /// # Errors
    ///
    /// As [`fetch_user_full`](Self::fetch_user_full).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/userFull>.
    pub fn bot_group_rights(&self) -> Result<AdminRights> {
        let full = self.fetch_user_full("me")?;
        Ok(wanted(full.raw.bot_group_admin_rights.as_ref()))
    }

    /// The rights that this bot has said to like to have in channels.
    ///
    /// # Errors
    ///
    /// As [`fetch_user_full`](Self::fetch_user_full).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/userFull>.
    pub fn bot_channel_rights(&self) -> Result<AdminRights> {
        let full = self.fetch_user_full("me")?;
        Ok(wanted(full.raw.bot_broadcast_admin_rights.as_ref()))
    }
}

fn wanted(rights: Option<&ChatAdminRights>) -> AdminRights {
    let raw = rights.map(|ChatAdminRights::Rights(rights)| rights.clone());
    AdminRights {
        raw: raw.unwrap_or_default(),
        rank: None,
    }
}
