//! Stories, sent to chats.
use super::input_message::InputMessage;
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::types;

impl Client {
    /// Sends a story to a chat: whose it is, and its id there. The message's text stands below it.
    ///
    /// # Errors
    ///
    /// As [`send_message`](Self::send_message). Common answers: `STORY_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has the message, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaStory>.
    pub fn send_story(
        &self,
        peer: impl Into<PeerRef>,
        owner: impl Into<PeerRef>,
        story_id: i32,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        let story = types::InputMediaStory {
            peer: self.resolve_until(&owner.into(), self.begin()?)?,
            id: story_id,
        };
        self.send_message(peer, message.into().media(story))
    }
}
