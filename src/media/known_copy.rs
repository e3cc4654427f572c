//! Files that need not be uploaded, for the server has them already.
use super::document::Document;
use super::part_body::PART;
use super::upload::Upload;
use super::upload_source::UploadSource;
use crate::client::Client;
use crate::crypto::Sha256Sum;
use crate::error::{Error, FileError, Result};
use crate::tl::enums;
use crate::tl::functions::messages::GetDocumentByHash;

impl Client {
    /// The document of the same bytes and the same kind that the server has already, if it says
    /// that it has one: that can be sent, and nothing has to be uploaded. Servers know so mainly
    /// GIFs.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{Media, Upload};
    ///
    /// let file = || Upload::bytes(b"A cat that jumps").name("cat.gif");
    /// assert!(client.known_copy(file())?.is_none());
    /// let sent = client.send_media("me", Media::animation(file()), "")?;
    /// let known = client.known_copy(file())?.expect("now the server has it");
    /// assert_eq!(Some(known.id()), sent.document().map(|it| it.id()));
    /// client.send_media("me", Media::animation(&known), "The same again")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`FileError::Path`] and [`FileError::Changed`] for a file that
    /// cannot be read, [`FileError::Empty`] for one of no bytes, [`Error::Argument`] for a reader,
    /// whose bytes come only once.
    ///
    /// # Blocking
    ///
    /// The whole file is read first; then until the server answers, at most for the client's
    /// timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDocumentByHash>.
    pub fn known_copy<'a>(&self, file: impl Into<Upload<'a>>) -> Result<Option<Document>> {
        let upload = file.into();
        let (_, mime_type) = upload.called();
        let source = upload.source()?;
        let source = source.ok_or(Error::Argument("a reader's bytes come only once"))?;
        if source.len() == 0 {
            return Err(FileError::Empty.into());
        }
        let answer = self.ask(&GetDocumentByHash {
            sha256: hash(&source)?.to_vec(),
            size: i64::try_from(source.len()).unwrap_or(i64::MAX),
            mime_type,
        })?;
        Ok(match answer {
            enums::Document::Document(it) => Some(Document::from_raw(*it)),
            _ => None,
        })
    }
}

fn hash(source: &UploadSource) -> Result<[u8; 32], FileError> {
    let mut sum = Sha256Sum::default();
    let mut buffer = vec![0; PART];
    let mut at = 0;
    while at < source.len() {
        let left = source.len() - at;
        let len = usize::try_from(left).map_or(PART, |left| left.min(PART));
        source.read(at, &mut buffer[..len])?;
        sum.add(&buffer[..len]);
        at += len as u64;
    }
    Ok(sum.finish())
}
