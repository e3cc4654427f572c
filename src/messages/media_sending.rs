//! Sending photos, videos, files and the like.
use super::input_message::InputMessage;
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::media::{Media, MediaFile};
use crate::peers::PeerRef;

impl Client {
    /// Sends a photo, a video, a file and so on; the message's text is its caption.
    ///
    /// Where something has to be uploaded, that is done first. A part that the server has lost by
    /// then is sent again.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{InputMessage, Media, Upload};
    ///
    /// let notes = Media::document(Upload::bytes(b"Hello").name("notes.txt"));
    /// let caption = InputMessage::html("<b>Notes</b>")?;
    /// let message = client.send_media("me", notes, caption)?;
    /// assert_eq!(client.download(&message).to_bytes()?, b"Hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload) and [`send_message`](Self::send_message). Common answers:
    /// `MEDIA_CAPTION_TOO_LONG`, `IMAGE_PROCESS_FAILED`, `PHOTO_INVALID_DIMENSIONS`,
    /// `WEBPAGE_MEDIA_EMPTY`, `CHAT_SEND_MEDIA_FORBIDDEN`.
    ///
    /// # Blocking
    ///
    /// As [`upload`](Self::upload), and then as [`send_message`](Self::send_message).
    ///
    /// See <https://core.telegram.org/method/messages.sendMedia>.
    pub fn send_media(
        &self,
        peer: impl Into<PeerRef>,
        media: Media<'_>,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        let peer = peer.into();
        let ready = self.ready(&peer, media)?;
        let mut message = message.into().media(ready.raw);
        message.origins = ready.origins;
        self.heal_parts(&ready.files, || self.send_message(&peer, message.clone()))
    }

    /// Sends a photo. As [`send_media`](Self::send_media) with [`Media::photo`].
    ///
    /// # Errors
    ///
    /// As [`send_media`](Self::send_media).
    ///
    /// # Blocking
    ///
    /// As [`send_media`](Self::send_media).
    pub fn send_photo<'a>(
        &self,
        peer: impl Into<PeerRef>,
        photo: impl Into<MediaFile<'a>>,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        self.send_media(peer, Media::photo(photo), message)
    }

    /// Sends a file as it is. As [`send_media`](Self::send_media) with [`Media::document`].
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::Upload;
    ///
    /// let file = client.upload(Upload::bytes(b"Hello").name("hello.txt"))?;
    /// let message = client.send_document("me", file, "")?;
    /// assert!(message.has_document());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_media`](Self::send_media).
    ///
    /// # Blocking
    ///
    /// As [`send_media`](Self::send_media).
    pub fn send_document<'a>(
        &self,
        peer: impl Into<PeerRef>,
        document: impl Into<MediaFile<'a>>,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        self.send_media(peer, Media::document(document), message)
    }

    /// Sends a file as what it seems to be. As [`send_media`](Self::send_media) with
    /// [`Media::guess`].
    ///
    /// # Errors
    ///
    /// As [`send_media`](Self::send_media).
    ///
    /// # Blocking
    ///
    /// As [`send_media`](Self::send_media).
    pub fn send_file<'a>(
        &self,
        peer: impl Into<PeerRef>,
        file: impl Into<MediaFile<'a>>,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        self.send_media(peer, Media::guess(file), message)
    }
}
