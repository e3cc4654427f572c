//! The ways to name a peer to the server, the cheapest first.
use std::time::Instant;

use super::inputs::{input_user, named};
use super::marked_id::number_of;
use super::peer_ref::{PeerRef, key};
use crate::client::{Client, Name};
use crate::error::{Error, NotSeen, PeerError, Result, Tried};
use crate::store::PeerKey;
use crate::tl;
use crate::tl::enums::{InputPeer, InputUser};
use crate::tl::types;

/// So many of a peer's former names are looked up to find it.
const NAMES_TRIED: usize = 3;

impl Client {
    /// Asks the server for something about a peer. Where it does not know the peer by what was
    /// kept of it, another way to name the very same peer is looked for, and it is asked once more:
    /// what was refused was not carried out.
    pub(crate) fn ask_about<T>(
        &self,
        peer: &PeerRef,
        deadline: Instant,
        mut ask: impl FnMut(&InputPeer) -> Result<T>,
    ) -> Result<T> {
        let input = self.resolve_until(peer, deadline)?;
        let refusal = match ask(&input) {
            Err(error) if is_stale(&error, &input) => error,
            Err(error) => return Err(self.moved(&input, error, deadline)),
            done => return done,
        };
        let Some(anew) = self.find_anew(peer, &input, deadline) else {
            return Err(refusal);
        };
        let done = ask(&anew);
        if let Err(error) = &done
            && is_stale(error, &anew)
        {
            self.give_up(&anew);
        }
        done
    }

    /// What a refusal means: a small group that has become a supergroup is not known by its old id
    /// any more, and the server says where it is when it is asked.
    ///
    /// See <https://core.telegram.org/api/channel#migration>.
    fn moved(&self, named: &InputPeer, refusal: Error, deadline: Instant) -> Error {
        let InputPeer::Chat(chat) = named else {
            return refusal;
        };
        if !refusal.is("CHAT_ID_INVALID") && !refusal.is("PEER_ID_INVALID") {
            return refusal;
        }
        let from = number_of(PeerKey::Chat(chat.chat_id));
        let to = self.migrated_to(named, deadline);
        to.map_or(refusal, |to| PeerError::Migrated { from, to }.into())
    }

    /// A peer by its id.
    pub(super) fn find(&self, key: PeerKey, deadline: Instant) -> Result<InputPeer> {
        match self.as_known(key, deadline)? {
            Some(input) => Ok(input),
            None => self.climb(key, deadline),
        }
    }

    /// A peer that may have been shown to another account.
    pub(super) fn shown(
        &self,
        key: PeerKey,
        access_hash: i64,
        deadline: Instant,
    ) -> Result<InputPeer> {
        let hash = self.own_hash(key, deadline)?.unwrap_or(access_hash);
        Ok(self.input(key, hash))
    }

    /// Without asking the server: by what this account was shown or, where that was little, by the
    /// message that it was in. Bots need no more than the id of whom they have met.
    ///
    /// See <https://core.telegram.org/api/peers> and <https://core.telegram.org/api/min>.
    pub(super) fn as_known(&self, key: PeerKey, deadline: Instant) -> Result<Option<InputPeer>> {
        if let Some(hash) = self.own_hash(key, deadline)? {
            return Ok(Some(self.input(key, hash)));
        }
        if self.is_bot() {
            return Ok(Some(self.input(key, 0)));
        }
        self.as_seen(key, deadline)
    }

    /// The same of a peer of the raw API, to go on from it in a list. `None` where it is not
    /// known, or not in time.
    pub(crate) fn input_of(&self, peer: &tl::enums::Peer, deadline: Instant) -> Option<InputPeer> {
        self.as_known(key(peer).ok()?, deadline).ok().flatten()
    }

    /// The same of a user, as requests take it that are about users only.
    pub(crate) fn user_as_known(
        &self,
        user_id: i64,
        deadline: Instant,
    ) -> Result<Option<InputUser>> {
        let known = self.as_known(PeerKey::User(user_id), deadline)?;
        known.as_ref().map(input_user).transpose()
    }

    /// By the last message that it was seen in, whose chat has to be known itself.
    fn as_seen(&self, key: PeerKey, deadline: Instant) -> Result<Option<InputPeer>> {
        let Some(sighting) = self.core.sighting(key) else {
            return Ok(None);
        };
        let Some(hash) = self.own_hash(sighting.place, deadline)? else {
            return Ok(None);
        };
        let (peer, msg_id) = (self.input(sighting.place, hash), sighting.message);
        Ok(match key {
            PeerKey::User(user_id) => Some(
                types::InputPeerUserFromMessage {
                    peer,
                    msg_id,
                    user_id,
                }
                .into(),
            ),
            PeerKey::Channel(channel_id) => Some(
                types::InputPeerChannelFromMessage {
                    peer,
                    msg_id,
                    channel_id,
                }
                .into(),
            ),
            PeerKey::Chat(_) => None,
        })
    }

    /// By asking the server: by the public names that it had, if they are still its own, and by the
    /// list of dialogs, which bots have none of.
    fn climb(&self, key: PeerKey, deadline: Instant) -> Result<InputPeer> {
        let mut tried = vec![Tried::Session];
        let known = self.core.known(key, deadline)?;
        let names = known.map_or_else(Vec::new, |record| record.usernames);
        for name in names.into_iter().take(NAMES_TRIED) {
            match self.owner(Name::Username(&name), deadline) {
                Ok(owner) if owner == key => {
                    if let Some(input) = self.as_known(key, deadline)? {
                        return Ok(input);
                    }
                }
                Ok(_) => {} // It has moved: whoever has it now is not meant.
                Err(Error::Rpc(no)) if no.code == 400 => {}
                Err(error) => return Err(error),
            }
            tried.push(Tried::Username(name));
        }
        if !self.is_bot() {
            let read = || self.read_dialogs(deadline).map(drop);
            match self.core.meet_dialogs(deadline, read) {
                // A session from elsewhere did not say that it is a bot's.
                Err(error) if error.is("BOT_METHOD_INVALID") => return Ok(self.input(key, 0)),
                met => met?,
            }
            if let Some(input) = self.as_known(key, deadline)? {
                return Ok(input);
            }
            tried.push(Tried::Dialogs);
        }
        let id = number_of(key);
        Err(Error::Peer(PeerError::NotSeen(NotSeen { id, tried })))
    }

    /// Another way to name whom the server did not know as `refused`.
    pub(super) fn find_anew(
        &self,
        peer: &PeerRef,
        refused: &InputPeer,
        deadline: Instant,
    ) -> Option<InputPeer> {
        let (key, hash) = named(refused)?;
        if matches!(peer, PeerRef::Input(_)) || matches!(key, PeerKey::Chat(_)) {
            return None;
        }
        match hash {
            Some(hash) if self.core.is_refused(key, hash) => return None,
            Some(_) => {}
            None => {
                let sighting = self.core.sighting(key)?;
                self.core.lost_sight(key, sighting);
            }
        }
        let found = match self.look_up_again(peer, deadline) {
            Some(found) => found.ok(),
            None => self.climb(key, deadline).ok(),
        };
        let by_id = || self.is_bot().then(|| self.input(key, 0));
        let found = found.filter(|found| found != refused).or_else(by_id);
        let found = found.filter(|found| found != refused);
        if found.is_none() {
            self.give_up(refused);
        }
        found
    }

    /// No other way is looked for within an hour, as long as the hash is this one: who writes to
    /// somebody over and over would ask for it each time.
    fn give_up(&self, refused: &InputPeer) {
        if let Some((key, Some(hash))) = named(refused) {
            self.core.refuse_hash(key, hash);
        }
    }

    /// Whoever has a name, by the server.
    pub(super) fn look_up(&self, name: Name<'_>, deadline: Instant) -> Result<InputPeer> {
        let key = self.owner(name, deadline)?;
        let not_shown = || {
            let tried = vec![Tried::Session];
            let id = number_of(key);
            Error::Peer(PeerError::NotSeen(NotSeen { id, tried }))
        };
        self.as_known(key, deadline)?.ok_or_else(not_shown)
    }

    fn owner(&self, name: Name<'_>, deadline: Instant) -> Result<PeerKey> {
        let ask = || {
            let found = match name {
                Name::Username(name) => {
                    let username = name.to_owned();
                    let request = tl::functions::contacts::ResolveUsername {
                        username,
                        ..Default::default()
                    };
                    self.ask_until(&request, deadline)?
                }
                Name::Phone(phone) => {
                    let phone = phone.to_owned();
                    let request = tl::functions::contacts::ResolvePhone { phone };
                    self.ask_until(&request, deadline)?
                }
            };
            let tl::enums::contacts::ResolvedPeer::Peer(found) = found;
            key(&found.peer)
        };
        self.core.look_up(name, deadline, ask)
    }

    /// What this account was shown; small groups have no hash, and need none.
    fn own_hash(&self, key: PeerKey, deadline: Instant) -> Result<Option<i64>> {
        match key {
            PeerKey::Chat(_) => return Ok(Some(0)),
            PeerKey::User(id) if self.is_me(id) => return Ok(Some(0)),
            PeerKey::User(_) | PeerKey::Channel(_) => {}
        }
        let known = self.core.known(key, deadline)?;
        let record = known.filter(|record| !record.min);
        Ok(record.and_then(|record| record.access_hash))
    }

    pub(super) fn is_me(&self, user_id: i64) -> bool {
        let account = self.core.account();
        account.is_some_and(|account| account.user_id == user_id)
    }

    fn is_bot(&self) -> bool {
        let account = self.core.account();
        account.is_some_and(|account| account.bot)
    }

    fn input(&self, key: PeerKey, access_hash: i64) -> InputPeer {
        match key {
            PeerKey::User(id) if self.is_me(id) => InputPeer::PeerSelf,
            PeerKey::Chat(chat_id) => types::InputPeerChat { chat_id }.into(),
            PeerKey::User(user_id) => types::InputPeerUser {
                user_id,
                access_hash,
            }
            .into(),
            PeerKey::Channel(channel_id) => types::InputPeerChannel {
                channel_id,
                access_hash,
            }
            .into(),
        }
    }
}

/// Whether the server says that it does not know a peer as it was named, or shows nobody. What it
/// says of a user is not about the channel that a request names as well.
///
/// See <https://core.telegram.org/api/errors#400-bad-request>.
fn is_stale(error: &Error, named: &InputPeer) -> bool {
    let names: &[&str] = match named {
        InputPeer::User(_) => &["PEER_ID_INVALID", "USER_ID_INVALID"],
        InputPeer::Channel(_) => &["PEER_ID_INVALID", "CHANNEL_INVALID"],
        InputPeer::UserFromMessage(_) => &["PEER_ID_INVALID", "USER_ID_INVALID", "MSG_ID_INVALID"],
        InputPeer::ChannelFromMessage(_) => {
            &["PEER_ID_INVALID", "CHANNEL_INVALID", "MSG_ID_INVALID"]
        }
        _ => return false,
    };
    matches!(error, Error::Peer(PeerError::NotThere(_))) || names.iter().any(|name| error.is(name))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::store::{Account, Change, MemoryStore, Store};
    use crate::tl::{Serialize, enums};

    const PLACE: i64 = 5;
    const STRANGER: i64 = 6;

    /// A client whose data centre is nowhere.
    fn client(bot: bool) -> Client {
        let mut store = MemoryStore::default();
        let account = Account { user_id: 1, bot };
        store.apply(&[Change::Account(Some(account))]).unwrap();
        let builder = Client::builder().api_id(1).api_hash("hash");
        let nowhere = ([127, 0, 0, 1], 1).into();
        let builder = builder.session(store).dc_addr(2, nowhere);
        let builder = builder.timeout(Duration::from_millis(200));
        builder.connect().unwrap()
    }

    fn channel(id: i64, min: bool) -> enums::Chat {
        types::Channel {
            min,
            id,
            access_hash: Some(id * 10),
            ..Default::default()
        }
        .into()
    }

    /// In a supergroup, a post of a channel is forwarded of which the server shows little.
    fn forward(client: &Client, place_is_min: bool) {
        let peer = |channel_id| enums::Peer::from(types::PeerChannel { channel_id });
        let message = types::Message {
            id: 77,
            peer_id: peer(PLACE),
            fwd_from: Some(
                types::MessageFwdHeader {
                    from_id: Some(peer(STRANGER)),
                    ..Default::default()
                }
                .into(),
            ),
            ..Default::default()
        };
        let update = types::UpdateNewChannelMessage {
            message: message.into(),
            ..Default::default()
        };
        let updates: enums::Updates = types::Updates {
            updates: vec![update.into()],
            chats: vec![channel(PLACE, place_is_min), channel(STRANGER, true)],
            ..Default::default()
        }
        .into();
        client.core.learn_updates(&updates.to_bytes());
    }

    fn known(client: &Client, channel_id: i64) -> Option<InputPeer> {
        let deadline = client.begin().unwrap();
        client
            .as_known(PeerKey::Channel(channel_id), deadline)
            .unwrap()
    }

    #[test]
    fn a_channel_that_is_shown_in_little_is_named_by_the_message() {
        let client = client(false);
        assert_eq!(known(&client, STRANGER), None);
        forward(&client, false);
        let place = types::InputPeerChannel {
            channel_id: PLACE,
            access_hash: 50,
        };
        let from = types::InputPeerChannelFromMessage {
            peer: place.into(),
            msg_id: 77,
            channel_id: STRANGER,
        };
        assert_eq!(known(&client, STRANGER), Some(from.into()));
    }

    #[test]
    fn a_message_names_nobody_when_its_chat_cannot_be_named_itself() {
        let client = client(false);
        forward(&client, true);
        assert_eq!(known(&client, STRANGER), None);
        assert_eq!(known(&client, PLACE), None, "not by a message of its own");
    }

    #[test]
    fn bots_name_nobody_by_a_message() {
        let client = client(true);
        forward(&client, false);
        let by_id = types::InputPeerChannel {
            channel_id: STRANGER,
            access_hash: 0,
        };
        assert_eq!(known(&client, STRANGER), Some(by_id.into()));
    }

    #[test]
    fn what_cannot_be_asked_is_told_instead_of_guessed() {
        let client = client(false);
        let deadline = client.begin().unwrap();
        let error = client.find(PeerKey::User(9), deadline).unwrap_err();
        assert!(matches!(error, Error::Unanswered(_)), "{error}");
    }
}
