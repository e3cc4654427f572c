//! Taking whole histories away.
use std::time::Instant;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::{DefaultHistoryTtl, InputPeer, InputUser};
use crate::tl::functions::{channels, messages as f};

/// What of a history is taken away: all of it, for this account alone, unless it is told otherwise.
///
/// ```
/// use ferogram_sync::ClearHistory;
///
/// let all = ClearHistory::new().for_everybody(true).up_to_id(100);
/// assert!(all.for_everybody && all.max_id == Some(100));
/// ```
///
/// See <https://core.telegram.org/method/messages.deleteHistory>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClearHistory {
    /// Whether it goes for the others too, where that can be.
    pub for_everybody: bool,
    /// Up to this message.
    pub max_id: Option<i32>,
    /// What was sent from then on, in seconds since the Unix epoch: in private chats.
    pub min_date: Option<i32>,
    /// What was sent up to then, in seconds since the Unix epoch: in private chats.
    pub max_date: Option<i32>,
}

impl ClearHistory {
    /// All of it, for this account alone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it goes for the others too, where that can be.
    #[must_use]
    pub fn for_everybody(mut self, everybody: bool) -> Self {
        self.for_everybody = everybody;
        self
    }

    /// Up to this message.
    #[must_use]
    pub fn up_to_id(mut self, message_id: i32) -> Self {
        self.max_id = Some(message_id);
        self
    }

    /// What was sent between these times, in seconds since the Unix epoch: in private chats.
    #[must_use]
    pub fn between(mut self, min_date: i32, max_date: i32) -> Self {
        (self.min_date, self.max_date) = (Some(min_date), Some(max_date));
        self
    }
}

impl Client {
    /// Takes the history of a chat away. The dialog stays in the list.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::ClearHistory;
    ///
    /// client.send_message("me", "A note")?;
    /// client.clear_history("me", ClearHistory::new())?;
    /// assert_eq!(client.iter_messages("me").count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots); [`Error::Argument`] for dates in a channel
    /// or supergroup. Common answers: `CHAT_ADMIN_REQUIRED`, `CHANNEL_TOO_BIG`, `MIN_DATE_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, which of a long history it does in parts, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteHistory> and
    /// <https://core.telegram.org/method/channels.deleteHistory>.
    pub fn clear_history(&self, peer: impl Into<PeerRef>, what: ClearHistory) -> Result<()> {
        let (peer, deadline) = (peer.into(), self.begin_for::<f::DeleteHistory>()?);
        let named = self.resolve_until(&peer, deadline)?;
        if !is_channel(&named) {
            return self.delete_history(&peer, true, &what, deadline);
        }
        if what.min_date.is_some() || what.max_date.is_some() {
            return Err(Error::Argument(
                "of a channel or supergroup, the history goes as a whole or up to a message, not \
                 by dates: nothing was taken away",
            ));
        }
        self.ask_about(&peer, deadline, |peer| {
            let request = channels::DeleteHistory {
                for_everyone: what.for_everybody,
                channel: input_channel(peer)?,
                max_id: what.max_id.unwrap_or(0),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Takes a dialog out of the list: of a private chat the history, and with `for_everybody` also
    /// the other side's; a group or channel is left.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "A note")?;
    /// client.delete_dialog("me", false)?;
    /// assert_eq!(client.iter_dialogs().count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`clear_history`](Self::clear_history).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteHistory>,
    /// <https://core.telegram.org/method/messages.deleteChatUser> and
    /// <https://core.telegram.org/method/channels.leaveChannel>.
    pub fn delete_dialog(&self, peer: impl Into<PeerRef>, for_everybody: bool) -> Result<()> {
        let (peer, deadline) = (peer.into(), self.begin_for::<f::DeleteHistory>()?);
        let named = self.resolve_until(&peer, deadline)?;
        if is_channel(&named) {
            return self.ask_about(&peer, deadline, |peer| {
                let channel = input_channel(peer)?;
                let left = self.ask_until(&channels::LeaveChannel { channel }, deadline);
                left.map(drop)
            });
        }
        if let InputPeer::Chat(chat) = named {
            let request = f::DeleteChatUser {
                chat_id: chat.chat_id,
                user_id: InputUser::UserSelf,
                ..Default::default()
            };
            match self.ask_until(&request, deadline) {
                Err(error) if !has_left(&error) => return Err(error),
                _ => {}
            }
        }
        let what = ClearHistory::new().for_everybody(for_everybody);
        self.delete_history(&peer, false, &what, deadline)
    }

    fn delete_history(
        &self,
        peer: &PeerRef,
        just_clear: bool,
        what: &ClearHistory,
        deadline: Instant,
    ) -> Result<()> {
        self.in_rounds(peer, deadline, |peer| {
            let request = f::DeleteHistory {
                just_clear,
                revoke: what.for_everybody,
                peer: peer.clone(),
                max_id: what.max_id.unwrap_or(0),
                min_date: what.min_date,
                max_date: what.max_date,
            };
            self.ask_until(&request, deadline)
        })
    }

    /// Has the messages of a chat delete themselves after so many seconds; never, with 0. Those
    /// that are there stay.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `TTL_PERIOD_INVALID`,
    /// `CHAT_ADMIN_REQUIRED`, and `CHAT_NOT_MODIFIED` where nothing changes.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setHistoryTTL>.
    pub fn set_history_ttl(&self, peer: impl Into<PeerRef>, seconds: i32) -> Result<()> {
        let (peer, deadline) = (peer.into(), self.begin_for::<f::SetHistoryTtl>()?);
        self.ask_about(&peer, deadline, |peer| {
            let request = f::SetHistoryTtl {
                peer: peer.clone(),
                period: seconds,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// After how many seconds the messages of new chats delete themselves; 0 for never.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDefaultHistoryTTL>.
    pub fn default_history_ttl(&self) -> Result<i32> {
        let DefaultHistoryTtl::Ttl(answer) = self.ask(&f::GetDefaultHistoryTtl {})?;
        Ok(answer.period)
    }

    /// Has the messages of new chats delete themselves after so many seconds; never, with 0.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `TTL_PERIOD_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setDefaultHistoryTTL>.
    pub fn set_default_history_ttl(&self, seconds: i32) -> Result<()> {
        self.ask(&f::SetDefaultHistoryTtl { period: seconds })
            .map(drop)
    }
}

fn is_channel(peer: &InputPeer) -> bool {
    matches!(
        peer,
        InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_)
    )
}

/// Whether the account was not in the group any more.
fn has_left(error: &Error) -> bool {
    [
        "USER_NOT_PARTICIPANT",
        "PARTICIPANT_ID_INVALID",
        "CHAT_ID_INVALID",
    ]
    .iter()
    .any(|name| error.is(name))
}
