//! A message as something to be fetched: the file that it carries.
use super::message::Message;
use crate::file_error::FileError;
use crate::media::{Downloadable, FileSource, Origin};
use crate::peers::PeerRef;

impl Downloadable for Message {
    /// The photo or the document that it carries. When its reference expires, it is renewed from
    /// the message.
    fn file_source(&self) -> Result<FileSource, FileError> {
        let media = self.media();
        let media = media.ok_or(FileError::Nothing("the message carries no file"))?;
        let origin = Origin::Message(PeerRef::from(self), self.id());
        Ok(media.file_source()?.seen_in(origin))
    }
}
