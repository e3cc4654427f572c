//! Taking away what others have reacted with.
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::functions::messages::{DeleteParticipantReaction, DeleteParticipantReactions};

impl Client {
    /// Takes away, as an administrator, what somebody has reacted to a message with. One's own
    /// reaction goes by [`send_reaction`](Self::send_reaction).
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `MESSAGE_ID_INVALID`, `PEER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteParticipantReaction>.
    pub fn delete_reaction(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        participant: impl Into<PeerRef>,
    ) -> Result<()> {
        let deadline = self.begin_for::<DeleteParticipantReaction>()?;
        let participant = participant.into();
        let participant = self.resolve_until(&participant, deadline)?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = DeleteParticipantReaction {
                peer: peer.clone(),
                msg_id: message_id,
                participant: participant.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Takes away, as an administrator, what somebody has reacted with to any message of a chat.
    ///
    /// # Errors
    ///
    /// As [`delete_reaction`](Self::delete_reaction).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteParticipantReactions>.
    pub fn delete_reactions_of(
        &self,
        peer: impl Into<PeerRef>,
        participant: impl Into<PeerRef>,
    ) -> Result<()> {
        let deadline = self.begin_for::<DeleteParticipantReactions>()?;
        let participant = participant.into();
        let participant = self.resolve_until(&participant, deadline)?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = DeleteParticipantReactions {
                peer: peer.clone(),
                participant: participant.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}
