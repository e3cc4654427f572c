//! From whom a program means to what a request takes.
use std::time::Instant;

use super::inputs::named;
use super::peer_ref::{PeerRef, key, peer as raw};
use super::phone;
use crate::client::{Client, Name, unsent};
use crate::error::{Error, PeerError, Result};
use crate::store::Account;
use crate::tl;
use crate::tl::enums::{InputPeer, Peer};

impl Client {
    /// Finds out who is meant: a kind and an id, which are for ever. An id is taken at its word:
    /// whether there is somebody of it, [`fetch_chat`](Self::fetch_chat) asks.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::tl::{enums::Peer, types::PeerUser};
    ///
    /// let user_id = client.my_id().expect("somebody is signed in");
    /// assert_eq!(client.resolve("me")?, Peer::User(PeerUser { user_id }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer); but ids need not have been seen.
    ///
    /// # Blocking
    ///
    /// Not for ids, and for names that were looked up not long ago; else until the server has
    /// answered, at most for the client's timeout.
    pub fn resolve(&self, peer: impl Into<PeerRef>) -> Result<Peer> {
        let deadline = self.begin()?;
        match peer.into() {
            PeerRef::Peer(peer) | PeerRef::Shown { peer, .. } => Ok(peer),
            other => {
                let input = self.look_for(&other, deadline)?;
                match named(&input) {
                    Some((key, _)) => Ok(raw(key)),
                    None => self.fetch_own_peer(deadline),
                }
            }
        }
    }

    /// Finds out how the server wants a peer to be named: from what was seen before, or by its
    /// public name, which is looked up.
    ///
    /// Ids are for ever, and names move. A name is believed for an hour after the server has shown
    /// whose it is, in a look-up or in anything else; it is forgotten at once when an answer, or an
    /// update that was read, shows that it is somebody else's or nobody's. Then it is asked for
    /// again, so that no message goes to whoever had the name before. In whatever case of letters,
    /// it is the same name. Threads that want the same name at once share one look-up.
    ///
    /// An id is good for a peer that this account has been shown. Where it was shown in little, as
    /// people are who are merely mentioned, it is named by the message that it was last seen in. Of
    /// whom nothing is known, the newest dialogs of a user's account may tell more: a thousand of
    /// them are read, at most once an hour. A bot names whom it has met by the id alone. Whose a
    /// login from elsewhere is that does not say it, is asked once.
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
    /// [`Error::Peer`] when the peer was never seen and there is no name to look up, with what was
    /// tried, and for texts and links that name nobody; [`Error::Rpc`] `USERNAME_NOT_OCCUPIED` or
    /// `USERNAME_INVALID` when nobody has that name, `PHONE_NOT_OCCUPIED` when nobody is found by
    /// that number; [`Error::NotForBots`] for phone numbers.
    ///
    /// # Blocking
    ///
    /// Not for peers that were seen, and names that were not long ago; else until the server has
    /// answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.resolveUsername> and
    /// <https://core.telegram.org/method/contacts.resolvePhone>.
    pub fn resolve_peer(&self, peer: impl Into<PeerRef>) -> Result<InputPeer> {
        self.look_for(&peer.into(), self.begin()?)
    }

    /// The same for a request that names the peer, within what began before: where it fails, the
    /// request was not sent.
    pub(crate) fn resolve_until(&self, peer: &PeerRef, deadline: Instant) -> Result<InputPeer> {
        self.look_for(peer, deadline).map_err(unsent)
    }

    fn look_for(&self, peer: &PeerRef, deadline: Instant) -> Result<InputPeer> {
        match peer {
            PeerRef::Me => self.oneself(deadline),
            PeerRef::Input(InputPeer::User(user)) if self.is_me(user.user_id) => {
                Ok(InputPeer::PeerSelf)
            }
            PeerRef::Input(input) => Ok(input.clone()),
            PeerRef::Peer(peer) => self.find(key(peer)?, deadline),
            PeerRef::Shown { peer, access_hash } => self.shown(key(peer)?, *access_hash, deadline),
            PeerRef::Username(name) => self.named(username(name), deadline),
            PeerRef::Phone(number) => self.named(Name::Phone(&digits(number)?), deadline),
            PeerRef::Invite(_) => Err(Error::Peer(PeerError::Invite)),
            PeerRef::OtherLink => Err(Error::Peer(PeerError::OtherLink)),
            PeerRef::NotAPeer => Err(Error::Peer(PeerError::NoName)),
            PeerRef::NoSuchId(id) => Err(Error::Peer(PeerError::NoSuchId(*id))),
        }
    }

    /// Whoever is called so, by the server, whatever was known before. `None` for what is no name.
    pub(super) fn look_up_again(
        &self,
        peer: &PeerRef,
        deadline: Instant,
    ) -> Option<Result<InputPeer>> {
        match peer {
            PeerRef::Username(name) => Some(self.look_up(username(name), deadline)),
            PeerRef::Phone(number) => {
                Some(digits(number).and_then(|digits| self.look_up(Name::Phone(&digits), deadline)))
            }
            _ => None,
        }
    }

    fn named(&self, name: Name<'_>, deadline: Instant) -> Result<InputPeer> {
        if let Some(key) = self.core.named(name, deadline)?
            && let Some(peer) = self.as_known(key, deadline)?
        {
            return Ok(peer);
        }
        self.look_up(name, deadline)
    }

    /// Of a login from elsewhere that does not say whose it is, the server is asked, once: or what
    /// is one's own could not be told from what is others'.
    fn oneself(&self, deadline: Instant) -> Result<InputPeer> {
        if self.core.account().is_none() {
            self.fetch_own_peer(deadline)?;
        }
        Ok(InputPeer::PeerSelf)
    }

    fn fetch_own_peer(&self, deadline: Instant) -> Result<Peer> {
        if let Some(account) = self.core.account() {
            let user_id = account.user_id;
            return Ok(tl::types::PeerUser { user_id }.into());
        }
        let id = vec![tl::enums::InputUser::UserSelf];
        let users = self.ask_until(&tl::functions::users::GetUsers { id }, deadline)?;
        match users.first() {
            Some(tl::enums::User::User(me)) => {
                let (user_id, bot) = (me.id, me.bot);
                self.core.identified(Account { user_id, bot });
                Ok(tl::types::PeerUser { user_id }.into())
            }
            _ => Err(Error::Unexpected(
                "the server does not show who is signed in",
            )),
        }
    }
}

fn username(name: &str) -> Name<'_> {
    Name::Username(name.trim().trim_start_matches('@'))
}

fn digits(number: &str) -> Result<String> {
    phone::digits(number).ok_or(Error::Peer(PeerError::NoName))
}
