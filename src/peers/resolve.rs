//! From whom a program means to what a request takes.
use std::time::Instant;

use super::peer_ref::PeerRef;
use super::phone;
use crate::client::{Client, Name};
use crate::error::{Error, PeerError, Result};
use crate::store::PeerKey;
use crate::tl;
use crate::tl::enums::{InputPeer, Peer};

/// What the server says of a name that nobody has.
const NOBODY: [&str; 3] = [
    "USERNAME_NOT_OCCUPIED",
    "USERNAME_INVALID",
    "PHONE_NOT_OCCUPIED",
];

impl Client {
    /// Finds out how the server wants a peer to be named: from what was seen before, or by its
    /// public name, which is looked up.
    ///
    /// Ids are for ever, and names move. A name is believed for an hour after the server has shown
    /// whose it is, in a look-up or in anything else; it is forgotten at once when an answer, or an
    /// update that was read, shows that it is somebody else's or nobody's. Then it is asked for
    /// again, so that no message goes to whoever had the name before. In whatever case of letters,
    /// it is the same name.
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
    /// [`Error::Peer`] when the peer was never seen and there is no name to look up, and for texts
    /// and links that name nobody; [`Error::Rpc`] `USERNAME_NOT_OCCUPIED` or `USERNAME_INVALID`
    /// when nobody has that name, `PHONE_NOT_OCCUPIED` when nobody is found by that number.
    ///
    /// # Blocking
    ///
    /// Not for peers that were seen, and names that were not long ago; else until the server has
    /// answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.resolveUsername> and
    /// <https://core.telegram.org/method/contacts.resolvePhone>.
    pub fn resolve_peer(&self, peer: impl Into<PeerRef>) -> Result<InputPeer> {
        self.resolve(&peer.into(), self.begin()?)
    }

    pub(crate) fn resolve(&self, peer: &PeerRef, deadline: Instant) -> Result<InputPeer> {
        match peer {
            PeerRef::Me => Ok(InputPeer::PeerSelf),
            PeerRef::Input(InputPeer::User(user)) if self.is_me(user.user_id) => {
                Ok(InputPeer::PeerSelf)
            }
            PeerRef::Input(input) => Ok(input.clone()),
            PeerRef::Peer(peer) => self.seen(key(peer)?, deadline),
            PeerRef::Shown { peer, access_hash } => self.shown(key(peer)?, *access_hash, deadline),
            PeerRef::Username(name) => {
                let name = name.trim().trim_start_matches('@');
                self.named(Name::Username(name), deadline)
            }
            PeerRef::Phone(number) => match phone::digits(number) {
                Some(digits) => self.named(Name::Phone(&digits), deadline),
                None => Err(Error::Peer(PeerError::NoName)),
            },
            PeerRef::Invite(_) => Err(Error::Peer(PeerError::Invite)),
            PeerRef::NotAPeer => Err(Error::Peer(PeerError::NoName)),
            PeerRef::NoSuchId(id) => Err(Error::Peer(PeerError::NoSuchId(*id))),
        }
    }

    fn named(&self, name: Name<'_>, deadline: Instant) -> Result<InputPeer> {
        if let Some(key) = self.core.named(name, deadline)?
            && let Ok(peer) = self.seen(key, deadline)
        {
            return Ok(peer);
        }
        match self.look_up(name, deadline) {
            Ok(found) => {
                let key = key(&found)?;
                self.core.looked_up(name, Some(key));
                self.seen(key, deadline)
            }
            Err(error) => {
                if NOBODY.iter().any(|nobody| error.is(nobody)) {
                    self.core.looked_up(name, None);
                }
                Err(error)
            }
        }
    }

    fn look_up(&self, name: Name<'_>, deadline: Instant) -> Result<Peer> {
        let tl::enums::contacts::ResolvedPeer::Peer(found) = match name {
            Name::Username(name) => {
                let request = tl::functions::contacts::ResolveUsername {
                    username: name.to_owned(),
                    ..Default::default()
                };
                self.ask_until(&request, deadline)?
            }
            Name::Phone(phone) => {
                let request = tl::functions::contacts::ResolvePhone {
                    phone: phone.to_owned(),
                };
                self.ask_until(&request, deadline)?
            }
        };
        Ok(found.peer)
    }

    /// A peer as this account has seen it.
    fn seen(&self, key: PeerKey, deadline: Instant) -> Result<InputPeer> {
        let account = self.core.account();
        let hash = self.own_hash(key, deadline)?;
        // The server lets bots name peers that they have met without a hash.
        let hash = hash.or(account.filter(|account| account.bot).map(|_| 0));
        self.input(key, hash)
    }

    /// A peer that may have been shown to another account.
    fn shown(&self, key: PeerKey, access_hash: i64, deadline: Instant) -> Result<InputPeer> {
        let hash = self.own_hash(key, deadline)?;
        self.input(key, hash.or(Some(access_hash)))
    }

    fn own_hash(&self, key: PeerKey, deadline: Instant) -> Result<Option<i64>> {
        if let PeerKey::Chat(_) = key {
            return Ok(None); // Small groups have none.
        }
        let known = self.core.known(key, deadline)?;
        let record = known.filter(|record| !record.min);
        Ok(record.and_then(|record| record.access_hash))
    }

    fn is_me(&self, user_id: i64) -> bool {
        let account = self.core.account();
        account.is_some_and(|account| account.user_id == user_id)
    }

    fn input(&self, key: PeerKey, hash: Option<i64>) -> Result<InputPeer> {
        match (key, hash) {
            (PeerKey::User(id), _) if self.is_me(id) => Ok(InputPeer::PeerSelf),
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
