//! The messages of an album.
use super::source::Located;
use crate::messages::Message;
use crate::peers::PeerMap;
use crate::tl::enums::Peer;

/// The messages of an album: photos, videos or files that were sent together.
///
/// See <https://core.telegram.org/api/files#albums-grouped-media>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Album {
    first: Message,
    /// All of them.
    messages: Vec<Message>,
}

impl Album {
    /// `None` of no messages.
    pub(in crate::updates) fn new(messages: Vec<Message>) -> Option<Self> {
        let first = messages.first()?.clone();
        Some(Self { first, messages })
    }

    /// The messages, in their order.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// By what they belong together.
    #[must_use]
    pub fn id(&self) -> Option<i64> {
        self.first.album_id()
    }

    /// The message that has the caption, else the first one: what answers the album answers it.
    #[must_use]
    pub fn caption(&self) -> &Message {
        let captioned = self.messages.iter().find(|it| !it.text().is_empty());
        captioned.unwrap_or(&self.first)
    }
}

impl Located for Album {
    fn chat_peer(&self) -> Option<Peer> {
        self.first.chat_peer()
    }

    fn sender_peer(&self) -> Option<Peer> {
        self.first.sender_peer()
    }

    fn peer_map(&self) -> &PeerMap {
        self.first.peer_map()
    }
}
