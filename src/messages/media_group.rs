//! Albums: messages that are shown as one.
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::functions::messages::GetMessages;

/// So many messages make up an album at most.
///
/// See <https://core.telegram.org/api/files#albums-grouped-media>.
const ALBUM_MAX: i32 = 10;

impl Client {
    /// All messages of the album that a message is of, in the order of the album. A message that is
    /// of none comes alone; one that is not there, not at all.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// assert_eq!(client.media_group("me", message.id())?.len(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/files#albums-grouped-media>.
    pub fn media_group(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<Vec<Message>> {
        let deadline = self.begin_for::<GetMessages>()?;
        // Those of an album have ids in a row, if nothing was sent in between.
        let first = message_id.saturating_sub(ALBUM_MAX - 1).max(1);
        let last = message_id.saturating_add(ALBUM_MAX - 1);
        let ids: Vec<i32> = (first..=last).collect();
        let mut around = self.ask_about(&peer.into(), deadline, |peer| {
            self.fetch_by_ids(peer, &ids, deadline)
        })?;
        let itself = around.iter().find(|it| it.id() == message_id);
        let group = itself.map(|it| it.raw.grouped_id);
        let is_of_it = |it: &Message| match &group {
            None => false,
            Some(None) => it.id() == message_id,
            Some(group) => it.raw.grouped_id == *group,
        };
        around.retain(is_of_it);
        around.sort_by_key(Message::id);
        Ok(around)
    }
}

impl Message {
    /// All messages of the album that it is of. As [`Client::media_group`].
    ///
    /// # Errors
    ///
    /// As [`Client::media_group`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn media_group(&self) -> Result<Vec<Message>> {
        self.client()?.media_group(self, self.sent_id()?)
    }
}
