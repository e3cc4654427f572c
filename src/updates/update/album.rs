//! The messages of an album.
use std::sync::Arc;

use super::source::Located;
use crate::messages::Message;
use crate::peers::PeerMap;
use crate::tl::enums::Peer;

/// The messages of an album: photos, videos or files that were sent together.
///
/// See <https://core.telegram.org/api/files#albums-grouped-media>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Album(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    first: Message,
    /// All of them, of which there is at least one.
    messages: Vec<Message>,
}

impl Album {
    /// `None` of no messages.
    pub(in crate::updates) fn new(messages: Vec<Message>) -> Option<Self> {
        let first = messages.first()?.clone();
        Some(Self(Arc::new(Parts { first, messages })))
    }

    /// The messages, in their order.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.0.messages
    }

    /// By what they belong together.
    #[must_use]
    pub fn id(&self) -> Option<i64> {
        self.0.first.album_id()
    }

    /// The message that has the caption, else the first one: what answers the album answers it.
    #[must_use]
    pub fn caption(&self) -> &Message {
        let captioned = self.0.messages.iter().find(|it| !it.text().is_empty());
        captioned.unwrap_or(&self.0.first)
    }
}

impl Located for Album {
    fn chat_peer(&self) -> Option<Peer> {
        self.0.first.chat_peer()
    }

    fn sender_peer(&self) -> Option<Peer> {
        self.0.first.sender_peer()
    }

    fn peer_map(&self) -> &PeerMap {
        self.0.first.peer_map()
    }
}
