//! Reactions that are paid with Stars.
use super::message::Message;
use crate::client::Client;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::net::{self, OsEntropy};
use crate::peers::PeerRef;
use crate::tl::enums::PaidReactionPrivacy;
use crate::tl::functions::messages::{SendPaidReaction, TogglePaidReactionPrivacy};
use crate::tl::types;

/// As whom one pays for a reaction.
///
/// See <https://core.telegram.org/type/PaidReactionPrivacy>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum PaidAs {
    /// As oneself.
    #[default]
    Oneself,
    /// As nobody in particular.
    Anonymous,
    /// As a channel of one's own.
    Channel(PeerRef),
}

impl Client {
    /// Pays for a reaction to a post with so many Stars, as what was chosen last or as said.
    ///
    /// The server sees by a number that holds for some time that a request comes twice. Where no
    /// answer came, the Stars may have been paid: look before you pay again.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke); [`Error::Argument`]
    /// for no Stars. Common answers: `BALANCE_TOO_LOW`, `REACTIONS_COUNT_INVALID`,
    /// `MESSAGE_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/reactions#paid-reactions>.
    pub fn send_paid_reaction(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        stars: i32,
        paid_as: Option<PaidAs>,
    ) -> Result<()> {
        if stars <= 0 {
            return Err(Error::Argument("a paid reaction costs at least one Star"));
        }
        let (peer, deadline) = (peer.into(), self.begin_for::<SendPaidReaction>()?);
        let private = paid_as
            .map(|it| self.paid_privacy(it, deadline))
            .transpose()?;
        let mut request = SendPaidReaction {
            msg_id: message_id,
            count: stars,
            random_id: dated_id(),
            private,
            ..Default::default()
        };
        let mut ask = || {
            self.ask_about(&peer, deadline, |peer| {
                request.peer = peer.clone();
                let asked = self.ask_until(&request, deadline);
                // It was not paid under the old number.
                request.random_id = dated_id();
                asked.map(drop)
            })
        };
        match ask() {
            Err(error) if error.is("RANDOM_ID_EXPIRED") => ask(),
            done => done,
        }
    }

    /// As whom one has paid for the reactions to a post, from now on.
    ///
    /// # Errors
    ///
    /// As [`send_paid_reaction`](Self::send_paid_reaction).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.togglePaidReactionPrivacy>.
    pub fn set_paid_reaction_privacy(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        paid_as: PaidAs,
    ) -> Result<()> {
        let deadline = self.begin_for::<TogglePaidReactionPrivacy>()?;
        let private = self.paid_privacy(paid_as, deadline)?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = TogglePaidReactionPrivacy {
                peer: peer.clone(),
                msg_id: message_id,
                private: private.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    fn paid_privacy(
        &self,
        paid_as: PaidAs,
        deadline: std::time::Instant,
    ) -> Result<PaidReactionPrivacy> {
        Ok(match paid_as {
            PaidAs::Oneself => PaidReactionPrivacy::Default,
            PaidAs::Anonymous => PaidReactionPrivacy::Anonymous,
            PaidAs::Channel(peer) => {
                let peer = self.resolve_until(&peer, deadline)?;
                types::PaidReactionPrivacyPeer { peer }.into()
            }
        })
    }
}

/// Unlike all others, these numbers have the time in them.
///
/// See <https://core.telegram.org/method/messages.sendPaidReaction>.
fn dated_id() -> i64 {
    let mut bytes = [0; 4];
    OsEntropy::new().fill(&mut bytes);
    (net::now().unix_seconds() << 32) | i64::from(u32::from_le_bytes(bytes))
}

impl Message {
    /// Pays for a reaction to it. As [`Client::send_paid_reaction`].
    ///
    /// # Errors
    ///
    /// As [`Client::send_paid_reaction`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn react_paid(&self, stars: i32, paid_as: Option<PaidAs>) -> Result<()> {
        self.client()?
            .send_paid_reaction(self, self.sent_id()?, stars, paid_as)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_paid_reaction_has_the_time_in_it() {
        let (before, id) = (net::now().unix_seconds(), dated_id());
        assert!((before..=before + 60).contains(&(id >> 32)));
        assert_ne!(id, dated_id());
    }
}
