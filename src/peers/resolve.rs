//! From whom a program means to what a request takes.
use std::time::Instant;

use super::peer_ref::PeerRef;
use crate::client::Client;
use crate::error::{Error, PeerError, Result};
use crate::store::PeerKey;
use crate::tl;
use crate::tl::enums::{InputPeer, Peer};

impl Client {
    /// Finds out how the server wants a peer to be named: from what was seen before, or by its
    /// public name, which is looked up once.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::tl::enums::InputPeer;
    ///
    /// assert_eq!(client.resolve_peer("me")?, InputPeer::PeerSelf);
    /// let nobody = client.resolve_peer("@nobody_at_all").expect_err("there is none");
    /// assert!(nobody.is("USERNAME_NOT_OCCUPIED"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Peer`] when the peer was never seen and there is no name to look up;
    /// [`Error::Rpc`] `USERNAME_NOT_OCCUPIED` or `USERNAME_INVALID` when nobody has that name.
    ///
    /// # Blocking
    ///
    /// Not for peers that were seen; else until the server has answered.
    ///
    /// See <https://core.telegram.org/method/contacts.resolveUsername>.
    pub fn resolve_peer(&self, peer: impl Into<PeerRef>) -> Result<InputPeer> {
        self.resolve(&peer.into(), self.begin()?)
    }

    pub(crate) fn resolve(&self, peer: &PeerRef, deadline: Instant) -> Result<InputPeer> {
        match peer {
            PeerRef::Me => Ok(InputPeer::PeerSelf),
            PeerRef::Input(input) => Ok(input.clone()),
            PeerRef::Peer(peer) => self.seen(key(peer)?),
            PeerRef::Username(name) => self.named(name, deadline),
            PeerRef::NoSuchId(id) => Err(Error::Peer(PeerError::NoSuchId(*id))),
        }
    }

    fn named(&self, name: &str, deadline: Instant) -> Result<InputPeer> {
        let seen = self.core.peers.lock().by_name(name);
        if let Some(key) = seen {
            return self.seen(key);
        }
        let request = tl::functions::contacts::ResolveUsername {
            username: name.to_owned(),
            ..Default::default()
        };
        let tl::enums::contacts::ResolvedPeer::Peer(resolved) =
            self.ask_until(&request, deadline)?;
        self.seen(key(&resolved.peer)?)
    }

    fn seen(&self, key: PeerKey) -> Result<InputPeer> {
        let account = self.core.account();
        if account.is_some_and(|account| key == PeerKey::User(account.user_id)) {
            return Ok(InputPeer::PeerSelf);
        }
        let peers = self.core.peers.lock();
        let record = peers.get(key).filter(|record| !record.min);
        let hash = record.and_then(|record| record.access_hash);
        // The server lets bots name peers that they have met without a hash.
        let hash = hash.or(account.filter(|account| account.bot).map(|_| 0));
        match (key, hash) {
            (PeerKey::Chat(chat_id), _) => {
                Ok(InputPeer::Chat(tl::types::InputPeerChat { chat_id }))
            }
            (PeerKey::User(user_id), Some(access_hash)) => Ok(tl::types::InputPeerUser {
                user_id,
                access_hash,
            }
            .into()),
            (PeerKey::Channel(channel_id), Some(access_hash)) => Ok(tl::types::InputPeerChannel {
                channel_id,
                access_hash,
            }
            .into()),
            (PeerKey::User(id) | PeerKey::Channel(id), None) => {
                Err(Error::Peer(PeerError::NotSeen(id)))
            }
        }
    }
}

fn key(peer: &Peer) -> Result<PeerKey> {
    match peer {
        Peer::User(user) => Ok(PeerKey::User(user.user_id)),
        Peer::Chat(chat) => Ok(PeerKey::Chat(chat.chat_id)),
        Peer::Channel(channel) => Ok(PeerKey::Channel(channel.channel_id)),
        _ => Err(Error::Peer(PeerError::Unknown(peer.clone()))),
    }
}
