//! Sending photos, videos, files and the like.
use super::input_message::InputMessage;
use super::message::Message;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::media::{Media, MediaFile, UploadedFile};
use crate::peers::PeerRef;

/// So often a part that the server has lost is sent again for one message.
const LOST_MAX: u32 = 16;

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
        let ready = self.make_ready(media)?;
        let message = message.into().media(ready.raw);
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

    /// Does something with files that were uploaded, and sends parts again that the server has lost
    /// meanwhile.
    ///
    /// See <https://core.telegram.org/api/files#uploading-files>.
    pub(super) fn heal_parts<T>(
        &self,
        files: &[UploadedFile],
        mut send: impl FnMut() -> Result<T>,
    ) -> Result<T> {
        let mut lost = 0;
        loop {
            let error = match send() {
                Err(Error::Rpc(error)) if error.is("FILE_PART_MISSING") => error,
                done => return done,
            };
            lost += 1;
            let part = error.value().and_then(|part| u32::try_from(part).ok());
            let Some(part) = part.filter(|_| lost <= LOST_MAX) else {
                return Err(error.into());
            };
            // The server does not say of which file: of those that have such a part, all get it.
            let mut healed = false;
            for file in files.iter().filter(|file| file.has_part(part)) {
                self.send_part_again(file, part)?;
                healed = true;
            }
            if !healed {
                return Err(error.into());
            }
        }
    }
}
