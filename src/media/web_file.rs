//! Files on the web that the server fetches, and maps that it draws.
use crate::client::Client;
use crate::error::{Error, FileError, Result};
use crate::tl::enums::{self, InputWebFileLocation, WebDocument};
use crate::tl::functions::upload::GetWebFile;
use crate::tl::types;

/// A file that the server has fetched from the web.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebFile {
    /// What is in it, such as `image/jpeg`.
    pub mime_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// So much is asked for at once.
const PIECE: i32 = 512 << 10;

/// No more than this is taken, whatever the server says.
const MOST: usize = 64 << 20;

impl Client {
    /// Fetches a file from the web through the server: the picture of an inline result or of an
    /// invoice, a map of a place, the cover of a song.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let me = client.my_id_or_fetch()?;
    /// # let place = ("https://example.org/a.jpg", "image/jpeg");
    /// # let document = telegram.add_web_file(me, place, b"Hello");
    /// use ferogram_sync::web_location;
    ///
    /// let place = web_location(&document)?;
    /// let file = client.web_file(place)?;
    /// assert_eq!((&file.bytes[..], &file.mime_type[..]), (&b"Hello"[..], "image/jpeg"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`FileError::Length`] for a file that ends too early, and
    /// [`FileError::TooLargeForMemory`] for one of more than 64 MiB. Common answers:
    /// `LOCATION_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until all of it is here, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/files#downloading-webfiles>.
    pub fn web_file(&self, location: impl Into<InputWebFileLocation>) -> Result<WebFile> {
        let location = location.into();
        let deadline = self.begin()?;
        let dc = self.server_config()?.raw.webfile_dc_id;
        let mut bytes = Vec::new();
        loop {
            let offset = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
            let request = GetWebFile {
                location: location.clone(),
                offset,
                limit: PIECE,
            };
            let enums::upload::WebFile::File(piece) = self.ask_on_dc(dc, &request, deadline)?;
            let is_last = piece.bytes.len() < usize::try_from(PIECE).unwrap_or(usize::MAX);
            bytes.extend_from_slice(&piece.bytes);
            if bytes.len() > MOST {
                let (size, limit) = (bytes.len() as u64, MOST as u64);
                return Err(FileError::TooLargeForMemory { size, limit }.into());
            }
            let size = usize::try_from(piece.size).unwrap_or(0);
            // Where the server does not know the length, a short piece is the last.
            match is_last || size > 0 && bytes.len() >= size {
                true if bytes.len() < size => {
                    let (size, got) = (size as u64, bytes.len() as u64);
                    return Err(FileError::Length { size, got }.into());
                }
                true => {
                    return Ok(WebFile {
                        mime_type: piece.mime_type,
                        bytes,
                    });
                }
                false => {}
            }
        }
    }
}

/// Where the server finds a file of the web that it has shown.
///
/// # Errors
///
/// [`Error::Argument`] for one that is to be fetched from its address, without the server.
pub fn web_location(document: &WebDocument) -> Result<InputWebFileLocation> {
    match document {
        WebDocument::Document(it) => Ok(types::InputWebFileLocation {
            url: it.url.clone(),
            access_hash: it.access_hash,
        }
        .into()),
        _ => Err(Error::Argument(
            "this file is fetched from its address, and not through the server",
        )),
    }
}
