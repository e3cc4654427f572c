//! Asking the server who somebody is.
use std::collections::HashMap;
use std::time::Instant;

use super::chat::Chat;
use super::inputs::{input_channel, input_user, named, not_there};
use super::marked_id::marked_id;
use super::peer_ref::PeerRef;
use super::user::User;
use crate::client::Client;
use crate::error::{Error, PeerError, Result};
use crate::store::PeerKey;
use crate::tl::enums::{self, InputPeer, InputUser};
use crate::tl::functions as f;
use crate::tl::types;

/// The most users that the server shows at once.
const USERS_AT_ONCE: usize = 100;

impl Client {
    /// Asks the server who somebody is: a user, a group or a channel, as this account sees it now.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// let bob = client.fetch_chat(format!("https://t.me/{name}"))?;
    /// assert_eq!(bob.username(), Some(&*name));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotThere`] where the server shows nobody, `CHANNEL_PRIVATE` for a channel that
    /// this account may not see.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/users.getUsers>,
    /// <https://core.telegram.org/method/messages.getChats> and
    /// <https://core.telegram.org/method/channels.getChannels>.
    pub fn fetch_chat(&self, peer: impl Into<PeerRef>) -> Result<Chat> {
        let deadline = self.begin()?;
        self.ask_about(&peer.into(), deadline, |input| {
            let shown = self.shown_as(input, deadline)?;
            let is_meant = |chat: &Chat| named(input).is_none_or(|(key, _)| chat.key() == key);
            let found = shown.into_iter().find(is_meant);
            found.ok_or_else(|| not_there(input))
        })
    }

    /// The supergroup that a small group has become, if the server says so.
    pub(super) fn migrated_to(&self, group: &InputPeer, deadline: Instant) -> Option<i64> {
        let shown = self.shown_as(group, deadline).ok()?;
        let to = shown.iter().find_map(|chat| match chat {
            Chat::Group(group) => group.migrated_to(),
            _ => None,
        });
        match to? {
            PeerRef::Shown { peer, .. } => Some(marked_id(&peer)),
            _ => None,
        }
    }

    fn shown_as(&self, input: &InputPeer, deadline: Instant) -> Result<Vec<Chat>> {
        if let Ok(user) = input_user(input) {
            let users = self.ask_until(&f::users::GetUsers { id: vec![user] }, deadline)?;
            let users = users.into_iter().filter_map(User::from_raw);
            return Ok(users.map(Chat::User).collect());
        }
        let chats = match (input, input_channel(input)) {
            (_, Ok(channel)) => {
                let id = vec![channel];
                self.ask_until(&f::channels::GetChannels { id }, deadline)?
            }
            (InputPeer::Chat(chat), Err(_)) => {
                let id = vec![chat.chat_id];
                self.ask_until(&f::messages::GetChats { id }, deadline)?
            }
            _ => return Ok(Vec::new()),
        };
        let chats = match chats {
            enums::messages::Chats::Chats(all) => all.chats,
            enums::messages::Chats::Slice(some) => some.chats,
            _ => Vec::new(),
        };
        Ok(chats.into_iter().filter_map(Chat::from_raw).collect())
    }

    /// Asks the server who some users are, however many: an answer for each, in the same order.
    /// `None` stands for whom the server does not show, and for whom nothing is known of that it
    /// could be asked by.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let me = client.my_id().expect("somebody is signed in");
    /// let users = client.fetch_users([me, 999_999])?;
    /// let [Some(found), None] = &users[..] else { panic!("one of them is there") };
    /// assert!(found.is_self());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and as [`resolve_peer`](Self::resolve_peer) for names that
    /// nobody has.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/users.getUsers>.
    pub fn fetch_users<P: Into<PeerRef>>(
        &self,
        users: impl IntoIterator<Item = P>,
    ) -> Result<Vec<Option<User>>> {
        let deadline = self.begin()?;
        let mut wanted = Vec::new();
        for user in users {
            let user = user.into();
            let input = match self.resolve_until(&user, deadline) {
                Ok(input) => Some(input),
                Err(Error::Peer(PeerError::NotSeen(_))) => None,
                Err(error) => return Err(error),
            };
            wanted.push((user, input));
        }
        let inputs = wanted.iter().filter_map(|(_, input)| input.as_ref());
        let mut found = self.shown_users(inputs, deadline)?;
        // The server leaves out whom it does not know by what was kept of them.
        let mut missing = HashMap::new();
        for (user, input) in &wanted {
            if let Some(input) = input
                && input_user(input).is_ok()
                && !found.contains_key(&id(input))
                && !missing.contains_key(&id(input))
            {
                missing.insert(id(input), self.find_anew(user, input, deadline));
            }
        }
        found.extend(self.shown_users(missing.values().flatten(), deadline)?);
        let answer = |(_, input): &(_, Option<InputPeer>)| found.get(&id(input.as_ref()?)).cloned();
        Ok(wanted.iter().map(answer).collect())
    }

    /// Those of some users whom the server shows, by their ids.
    fn shown_users<'a>(
        &self,
        users: impl Iterator<Item = &'a InputPeer>,
        deadline: Instant,
    ) -> Result<HashMap<Option<PeerKey>, User>> {
        let users: Vec<InputUser> = users.filter_map(|user| input_user(user).ok()).collect();
        let mut found = HashMap::new();
        for id in users.chunks(USERS_AT_ONCE) {
            let id = id.to_vec();
            let users = self.ask_until(&f::users::GetUsers { id }, deadline)?;
            for user in users.into_iter().filter_map(User::from_raw) {
                let id = (!user.is_self()).then(|| PeerKey::User(user.id()));
                found.insert(id, user);
            }
        }
        Ok(found)
    }

    /// Asks the server who a user is that a message of a chat shows: its sender, who is forwarded,
    /// or mentioned. For those of whom nothing but the id is known. `None` where the message has
    /// nothing to do with that user.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// let message = client.send_message(format!("@{name}"), "Hello")?;
    /// let me = client.my_id().expect("somebody is signed in");
    /// let sender = client.fetch_user_from_message(&message, message.id(), me)?;
    /// assert_eq!(sender.map(|user| user.id()), Some(me));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) for the chat, and [`invoke`](Self::invoke). Common
    /// answers: `MSG_ID_INVALID`; to bots, `FROM_MESSAGE_BOT_DISABLED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/min> and
    /// <https://core.telegram.org/constructor/inputUserFromMessage>.
    pub fn fetch_user_from_message(
        &self,
        chat: impl Into<PeerRef>,
        message_id: i32,
        user_id: i64,
    ) -> Result<Option<User>> {
        let deadline = self.begin()?;
        let users = self.ask_about(&chat.into(), deadline, |chat| {
            let from = types::InputUserFromMessage {
                peer: chat.clone(),
                msg_id: message_id,
                user_id,
            };
            let id = vec![from.into()];
            self.ask_until(&f::users::GetUsers { id }, deadline)
        })?;
        let mut users = users.into_iter().filter_map(User::from_raw);
        Ok(users.find(|user| user.id() == user_id))
    }
}

/// Whom it names: nobody else but oneself has none.
fn id(input: &InputPeer) -> Option<PeerKey> {
    named(input).map(|(key, _)| key)
}
