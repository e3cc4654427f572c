//! Taking messages away.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::InputPeer;
use crate::tl::enums::messages::AffectedMessages;
use crate::tl::functions::{channels, messages};

/// So many ids official clients put into one request.
const AT_ONCE: usize = 100;

impl Client {
    /// Deletes messages of one chat, and says how many updates that made: of those that are not
    /// there, nothing is said. With `revoke`, they are gone for everybody in the chat; without, for
    /// this account alone. In channels and supergroups they are always gone for everybody.
    ///
    /// In private chats and small groups, ids count for the whole account: the server does not look
    /// whether they are of the chat that is named.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Oops")?;
    /// assert_eq!(client.delete_messages("me", &[message.id()], true)?, 1);
    /// assert_eq!(client.delete_messages("me", &[message.id()], true)?, 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_DELETE_FORBIDDEN`, `CHANNEL_PRIVATE`. After an error, the first hundreds of many
    /// may be gone.
    ///
    /// # Blocking
    ///
    /// Until the server has deleted them, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteMessages> and
    /// <https://core.telegram.org/method/channels.deleteMessages>.
    pub fn delete_messages(
        &self,
        peer: impl Into<PeerRef>,
        message_ids: &[i32],
        revoke: bool,
    ) -> Result<usize> {
        self.delete_of(&peer.into(), message_ids, revoke)
    }

    fn delete_of(&self, peer: &PeerRef, message_ids: &[i32], revoke: bool) -> Result<usize> {
        let deadline = self.begin_for::<messages::DeleteMessages>()?;
        let mut gone = 0;
        for ids in message_ids.chunks(AT_ONCE) {
            let AffectedMessages::Messages(affected) =
                self.ask_about(peer, deadline, |peer| match peer {
                    InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                        let (channel, id) = (input_channel(peer)?, ids.to_vec());
                        self.ask_until(&channels::DeleteMessages { channel, id }, deadline)
                    }
                    _ => {
                        let id = ids.to_vec();
                        self.ask_until(&messages::DeleteMessages { revoke, id }, deadline)
                    }
                })?;
            gone += usize::try_from(affected.pts_count).unwrap_or(0);
        }
        Ok(gone)
    }
}
