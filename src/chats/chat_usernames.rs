//! The public names of supergroups and channels, which may have bought several.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::functions::channels as c;

impl Client {
    /// Whether a supergroup or channel can be given a public name.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// assert!(client.check_chat_username(&club, "garden_club_of_1900")?);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`set_chat_username`](Self::set_chat_username), but for `USERNAME_OCCUPIED`, which is an
    /// answer here.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.checkUsername>.
    pub fn check_chat_username(&self, chat: impl Into<PeerRef>, username: &str) -> Result<bool> {
        let (chat, deadline) = (chat.into(), self.begin_for::<c::CheckUsername>()?);
        let username = bare(username);
        let answer = self.ask_about(&chat, deadline, |chat| {
            let (channel, username) = (input_channel(chat)?, username.clone());
            self.ask_until(&c::CheckUsername { channel, username }, deadline)
        });
        match answer {
            Err(error) if error.is("USERNAME_OCCUPIED") => Ok(false),
            answer => answer,
        }
    }

    /// Says in which order the public names of a supergroup or channel stand: all that lead there,
    /// the main one first.
    ///
    /// # Errors
    ///
    /// As [`set_chat_username`](Self::set_chat_username).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.reorderUsernames>.
    pub fn reorder_chat_usernames<S: AsRef<str>>(
        &self,
        chat: impl Into<PeerRef>,
        usernames: impl IntoIterator<Item = S>,
    ) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<c::ReorderUsernames>()?);
        let order = usernames.into_iter().map(|name| bare(name.as_ref()));
        let order: Vec<String> = order.collect();
        self.ask_about(&chat, deadline, |chat| {
            let (channel, order) = (input_channel(chat)?, order.clone());
            self.ask_until(&c::ReorderUsernames { channel, order }, deadline)
                .map(drop)
        })
    }

    /// Whether a public name that was bought leads to a supergroup or channel.
    ///
    /// # Errors
    ///
    /// As [`set_chat_username`](Self::set_chat_username). Common answers:
    /// `USERNAMES_ACTIVE_TOO_MUCH`, `USERNAME_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleUsername>.
    pub fn toggle_chat_username(
        &self,
        chat: impl Into<PeerRef>,
        username: &str,
        active: bool,
    ) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<c::ToggleUsername>()?);
        let username = bare(username);
        self.ask_about(&chat, deadline, |chat| {
            let request = c::ToggleUsername {
                channel: input_channel(chat)?,
                username: username.clone(),
                active,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Has no public name that was bought lead to a supergroup or channel.
    ///
    /// # Errors
    ///
    /// As [`set_chat_username`](Self::set_chat_username).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.deactivateAllUsernames>.
    pub fn deactivate_chat_usernames(&self, chat: impl Into<PeerRef>) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<c::DeactivateAllUsernames>()?);
        self.ask_about(&chat, deadline, |chat| {
            let channel = input_channel(chat)?;
            self.ask_until(&c::DeactivateAllUsernames { channel }, deadline)
                .map(drop)
        })
    }
}

fn bare(username: &str) -> String {
    username.trim().trim_start_matches('@').to_owned()
}
