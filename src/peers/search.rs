//! Finding users, groups and channels by what they are called.
use std::collections::HashMap;

use super::chat::Chat;
use super::peer_ref::key;
use super::user::User;
use crate::client::Client;
use crate::error::Result;
use crate::store::PeerKey;
use crate::tl::enums;
use crate::tl::functions as f;

impl Client {
    /// Finds users, groups and channels whose names begin with a text: this account's own contacts
    /// and chats first, then what is public. Of each at most `limit`.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// let found = client.search_peers(&name, 10)?;
    /// assert!(found.iter().any(|chat| chat.username() == Some(&name)));
    /// client.send_message(&found[0], "Is it you?")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `QUERY_TOO_SHORT`, `SEARCH_QUERY_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.search>.
    pub fn search_peers(&self, query: &str, limit: i32) -> Result<Vec<Chat>> {
        let q = query.to_owned();
        let request = f::contacts::Search {
            q,
            limit,
            ..Default::default()
        };
        let enums::contacts::Found::Found(found) = self.ask(&request)?;
        let users = found.users.into_iter().filter_map(User::from_raw);
        let chats = found.chats.into_iter().filter_map(Chat::from_raw);
        let shown = users.map(Chat::User).chain(chats);
        let mut shown: HashMap<PeerKey, Chat> = shown.map(|chat| (chat.key(), chat)).collect();
        let order = found.my_results.iter().chain(&found.results);
        // Each once: what is one's own may be public too.
        Ok(order
            .filter_map(|peer| shown.remove(&key(peer).ok()?))
            .collect())
    }
}
