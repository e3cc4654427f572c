//! The file that a message carries.
use super::message::Message;
use crate::error::FileError;
use crate::error::Result;
use crate::media::{
    Animation, Audio, Document, Downloadable, FileSource, Origin, Photo, Sticker, Video, VideoNote,
    Voice,
};
use crate::peers::PeerRef;

impl Downloadable for Message {
    /// The photo or the document that it carries. When its reference expires, it is renewed from
    /// the message.
    fn file_source(&self) -> Result<FileSource, FileError> {
        let media = self.media();
        let media = media.ok_or(FileError::Nothing("the message carries no file"))?;
        Ok(media.file_source()?.seen_in(self.as_origin()))
    }
}

impl Message {
    /// The photo that it carries, if it carries one.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// assert!(client.send_message("me", "Hello")?.photo().is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn photo(&self) -> Option<Photo> {
        Some(Photo::from_media(self.media()?)?.seen_in(self.as_origin()))
    }

    /// The document that it carries, if it carries one: a file, a video, music, a sticker and so
    /// on.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::Upload;
    ///
    /// let file = Upload::bytes(b"Hello").name("hello.txt");
    /// let message = client.send_document("me", file, "")?;
    /// let document = message.document().expect("it carries one");
    /// assert_eq!((document.file_name(), document.size()), (Some("hello.txt"), 5));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn document(&self) -> Option<Document> {
        Some(Document::from_media(self.media()?)?.seen_in(self.as_origin()))
    }

    /// The sticker that it carries, if it carries one.
    #[must_use]
    pub fn sticker(&self) -> Option<Sticker> {
        Sticker::from_document(self.document()?)
    }

    /// The video that it carries, if it carries one that is neither round nor an animation.
    #[must_use]
    pub fn video(&self) -> Option<Video> {
        Video::from_document(self.document()?)
    }

    /// The round video that it carries, if it carries one.
    #[must_use]
    pub fn video_note(&self) -> Option<VideoNote> {
        VideoNote::from_document(self.document()?)
    }

    /// The animation that it carries, if it carries one.
    #[must_use]
    pub fn animation(&self) -> Option<Animation> {
        Animation::from_document(self.document()?)
    }

    /// The music that it carries, if it carries some.
    #[must_use]
    pub fn audio(&self) -> Option<Audio> {
        Audio::from_document(self.document()?)
    }

    /// The voice message that it is, if it is one.
    #[must_use]
    pub fn voice(&self) -> Option<Voice> {
        Voice::from_document(self.document()?)
    }

    /// From where the references of its files are renewed.
    pub(super) fn as_origin(&self) -> Origin {
        let peer = PeerRef::from(self);
        match self.waits() {
            true => Origin::ScheduledMessage(peer, self.id()),
            false => Origin::Message(peer, self.id()),
        }
    }
}
