//! The users and chats that came with an answer.
use std::fmt;
use std::sync::Arc;

use super::chat::Chat;
use super::peer_ref;
use super::user::User;
use crate::store::PeerKey;
use crate::tl::enums::{self, Peer};

/// The users and chats that came with an answer, or with updates.
///
/// Cheap to clone: all that came together share it, so a message shows its sender without a call.
///
/// ```
/// use ferogram_sync::{PeerMap, tl::types};
///
/// let ann = types::User { id: 7, first_name: Some("Ann".into()), ..Default::default() };
/// let news = types::Channel { id: 8, title: "News".into(), ..Default::default() };
/// let peers = PeerMap::new(vec![ann.into()], vec![news.into()]);
///
/// assert_eq!(peers.user(7).expect("she came").full_name(), "Ann");
/// let channel = types::PeerChannel { channel_id: 8 }.into();
/// assert_eq!(peers.chat(&channel).expect("it came").title(), "News");
/// assert!(peers.user(8).is_none());
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct PeerMap(Option<Arc<[Chat]>>);

impl PeerMap {
    /// What the vectors `users` and `chats` of an answer have. Of who is there twice, the last
    /// counts.
    #[must_use]
    pub fn new(users: Vec<enums::User>, chats: Vec<enums::Chat>) -> Self {
        let users = users.into_iter().filter_map(User::from_raw).map(Chat::User);
        let chats = chats.into_iter().filter_map(Chat::from_raw);
        let mut all: Vec<Chat> = users.chain(chats).collect();
        if all.is_empty() {
            return Self(None);
        }
        all.reverse();
        all.sort_by_key(Chat::key);
        all.dedup_by_key(|chat| chat.key());
        Self(Some(all.into()))
    }

    /// A user, by the id.
    #[must_use]
    pub fn user(&self, id: i64) -> Option<&User> {
        match self.by_key(PeerKey::User(id))? {
            Chat::User(user) => Some(user),
            _ => None,
        }
    }

    /// Whom or what a peer of the raw API names.
    #[must_use]
    pub fn chat(&self, peer: &Peer) -> Option<&Chat> {
        self.by_key(peer_ref::key(peer).ok()?)
    }

    /// All of them, in no order that says anything.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Chat> {
        self.0.as_deref().unwrap_or_default().iter()
    }

    fn by_key(&self, key: PeerKey) -> Option<&Chat> {
        let all = self.0.as_deref()?;
        let at = all.binary_search_by_key(&key, Chat::key).ok()?;
        all.get(at)
    }
}

/// How many there are: what each of them is would hide what this comes with.
impl fmt::Debug for PeerMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PeerMap({})", self.iter().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

    fn user(id: i64, name: &str) -> enums::User {
        let first_name = Some(name.to_owned());
        let user = types::User {
            id,
            first_name,
            ..Default::default()
        };
        user.into()
    }

    #[test]
    fn each_is_found_by_kind_and_id() {
        let group = types::Chat {
            id: 7,
            title: "Gardeners".into(),
            ..Default::default()
        };
        let users = vec![user(9, "Bob"), user(7, "Ann"), user(8, "Eve")];
        let peers = PeerMap::new(users, vec![group.into()]);
        assert_eq!(peers.user(7).expect("Ann").full_name(), "Ann");
        assert_eq!(peers.user(9).expect("Bob").full_name(), "Bob");
        let chat = |chat_id| peers.chat(&types::PeerChat { chat_id }.into());
        assert_eq!(chat(7).expect("the group").title(), "Gardeners");
        assert!(chat(8).is_none());
        assert_eq!(peers.iter().len(), 4);
    }

    #[test]
    fn of_who_is_there_twice_the_last_counts() {
        let peers = PeerMap::new(vec![user(7, "Ann"), user(7, "Anna")], Vec::new());
        assert_eq!(peers.user(7).expect("she").full_name(), "Anna");
        assert_eq!(peers.iter().len(), 1);
    }

    #[test]
    fn who_is_but_an_id_is_nobody() {
        let peers = PeerMap::new(vec![types::UserEmpty { id: 7 }.into()], Vec::new());
        assert!(peers.user(7).is_none());
        assert_eq!(peers, PeerMap::default());
    }
}
