//! Uploading a file: where it comes from, and what it is called.
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::control::{Progress, TransferHandle};
use super::part_body::{PART, PartBody};
use super::upload_source::UploadSource;
use super::upload_ticket::UploadTicket;
use super::uploaded_file::UploadedFile;
use super::uploading::{Keeping, Uploading};
use super::watching::Watching;
use crate::client::Client;
use crate::error::FileError;
use crate::error::Result;

/// A file without a name of its own is called so.
const NAMELESS: &str = "file";

/// What is in a file of which nothing is known.
const ANYTHING: &str = "application/octet-stream";

/// A file that is to be uploaded: where its bytes come from, and what it is called.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::Upload;
///
/// let file = client.upload(Upload::bytes(b"Hello").name("hello.txt"))?;
/// assert_eq!((file.name(), file.mime_type(), file.size()), ("hello.txt", "text/plain", 5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "nothing is uploaded before `Client::upload`"]
pub struct Upload<'a> {
    from: From<'a>,
    name: Option<String>,
    mime_type: Option<String>,
    control: TransferHandle,
    connections: Option<usize>,
    ticket: Option<UploadTicket>,
    watch: Watching<'a>,
}

enum From<'a> {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
    Reader(Box<dyn Read + Send + 'a>, Option<u64>),
}

impl<'a> Upload<'a> {
    /// The file at a path. Its parts are read where they are needed: it is never in memory as a
    /// whole.
    pub fn path(path: impl AsRef<Path>) -> Self {
        Self::new(From::Path(path.as_ref().to_owned()))
    }

    /// These bytes.
    pub fn bytes(bytes: impl AsRef<[u8]>) -> Self {
        Self::new(From::Bytes(Arc::from(bytes.as_ref())))
    }

    /// Whatever comes out of a reader, from where it is to its end, however long that is. Such a
    /// file is always a large one to the server, so it can be no photo: give its
    /// [`len`](Self::len) if it is known.
    pub fn reader(reader: impl Read + Send + 'a) -> Self {
        Self::new(From::Reader(Box::new(reader), None))
    }

    fn new(from: From<'a>) -> Self {
        Self {
            from,
            name: None,
            mime_type: None,
            control: TransferHandle::new(),
            connections: None,
            ticket: None,
            watch: Watching::default(),
        }
    }

    /// How many bytes come out of the reader. Fewer or more are an error.
    pub fn len(mut self, bytes: u64) -> Self {
        if let From::Reader(_, len) = &mut self.from {
            *len = Some(bytes);
        }
        self
    }

    /// What those see who get it; else it is the path's.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What is in it, such as `image/png`; else it is guessed from the name.
    pub fn mime_type(mut self, mime_type: impl Into<String>) -> Self {
        self.mime_type = Some(mime_type.into());
        self
    }

    /// This handle looks at the transfer, pauses it and cancels it.
    pub fn handle(mut self, handle: &TransferHandle) -> Self {
        self.control = handle.clone();
        self
    }

    /// Is told of each part that has arrived, on the thread that uploads.
    pub fn on_progress(mut self, watch: impl FnMut(&Progress) + Send + 'a) -> Self {
        self.watch = Watching::new(watch);
        self
    }

    /// The most connections that it may use, from 1 to 4. Large files on fast lines use several, if
    /// nobody says otherwise.
    pub fn connections(mut self, most: usize) -> Self {
        self.connections = Some(most);
        self
    }

    /// Goes on with the upload of the same path or bytes that an earlier run of the program has
    /// begun: see [`TransferHandle::upload_ticket`]. A file of another length is an error, and of a
    /// reader it is of no use.
    pub fn resume(mut self, ticket: UploadTicket) -> Self {
        self.ticket = Some(ticket);
        self
    }

    /// Its bytes, if they can be read more than once.
    pub(super) fn source(self) -> Result<Option<UploadSource>> {
        Ok(match self.from {
            From::Path(path) => Some(UploadSource::open(&path)?),
            From::Bytes(bytes) => Some(UploadSource::Bytes(bytes)),
            From::Reader(..) => None,
        })
    }

    pub(super) fn called(&self) -> (String, String) {
        let of_path = match &self.from {
            From::Path(path) => path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
            _ => None,
        };
        let name = self.name.clone().or(of_path);
        let name = name.unwrap_or_else(|| NAMELESS.to_owned());
        let mime_type = self.mime_type.clone().unwrap_or_else(|| guess(&name));
        (name, mime_type)
    }
}

/// What is in a file of this name, most likely.
pub(super) fn guess(name: &str) -> String {
    let guess = mime_guess::from_path(name).first_raw();
    guess.unwrap_or(ANYTHING).to_owned()
}

impl<P: AsRef<Path> + ?Sized> std::convert::From<&P> for Upload<'_> {
    fn from(path: &P) -> Self {
        Self::path(path)
    }
}

impl std::convert::From<PathBuf> for Upload<'_> {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl Client {
    /// Uploads a file: what it gives can be sent. As many parts are under way at once as the line
    /// carries, over connections of their own, so that other calls do not wait behind them. A part
    /// that is lost is sent again by itself.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("notes.txt");
    /// # std::fs::write(&path, "Hello")?;
    /// let file = client.upload(&path)?;
    /// assert_eq!(file.name(), "notes.txt");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/api/files#uploading-files>.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`FileError`], before anything is sent where that can be
    /// known: [`Empty`](FileError::Empty), [`TooLarge`](FileError::TooLarge),
    /// [`Path`](FileError::Path); later [`Changed`](FileError::Changed).
    ///
    /// # Blocking
    ///
    /// As long as parts arrive. It fails when for the client's timeout none does.
    pub fn upload<'a>(&self, upload: impl Into<Upload<'a>>) -> Result<UploadedFile> {
        let upload = upload.into();
        let (name, mime_type) = upload.called();
        let terms = (upload.control, upload.connections);
        let ticket = upload.ticket;
        let mut watch = upload.watch;
        let (uploading, source) = match upload.from {
            From::Path(path) => {
                let source = UploadSource::open(&path)?;
                (
                    self.upload_source(&source, ticket, terms, &mut watch)?,
                    Some(source),
                )
            }
            From::Bytes(bytes) => {
                let source = UploadSource::Bytes(bytes);
                (
                    self.upload_source(&source, ticket, terms, &mut watch)?,
                    Some(source),
                )
            }
            From::Reader(reader, Some(len)) => {
                (self.upload_known(reader, len, terms, &mut watch)?, None)
            }
            From::Reader(reader, None) => (self.upload_stream(reader, terms, &mut watch)?, None),
        };
        Ok(uploaded(uploading, (name, mime_type), source))
    }

    /// From where it can be read again, several parts at a time.
    fn upload_source(
        &self,
        source: &UploadSource,
        ticket: Option<UploadTicket>,
        terms: (TransferHandle, Option<usize>),
        watch: &mut Watching<'_>,
    ) -> Result<Uploading> {
        let size = source.len();
        self.check_size(size)?;
        let handle = terms.0.clone();
        let keeping = Keeping::Source(source.clone());
        let mut uploading = Uploading::new(self, Some(size), keeping, terms)?;
        if let Some(ticket) = ticket {
            if ticket.size != size {
                let (before, now) = (ticket.size, size);
                return Err(FileError::Changed { before, now }.into());
            }
            uploading.go_on(ticket);
        }
        let belongs = uploading.belongs();
        let parts = u32::try_from(size.div_ceil(PART as u64)).unwrap_or(u32::MAX);
        while uploading.sent() < parts {
            // Who pauses it now has nothing more sent.
            watch.tell(&handle);
            let room = uploading.wait_for_room()?;
            let room = u32::try_from(room).unwrap_or(u32::MAX);
            let numbers = uploading.sent()..parts.min(uploading.sent().saturating_add(room));
            let read = |number: u32| {
                let offset = u64::from(number) * PART as u64;
                let len = usize::try_from(size - offset).map_or(PART, |left| left.min(PART));
                PartBody::new(belongs, number, len, |out| source.read(offset, out))
            };
            let bodies: Vec<_> = match numbers.len() {
                1 => vec![read(numbers.start)],
                _ => numbers.into_par_iter().map(read).collect(),
            };
            for body in bodies {
                uploading.push(body?)?;
            }
        }
        uploading.finish()?;
        source.check_unchanged()?;
        watch.tell(&handle);
        Ok(uploading)
    }

    /// From a reader that gives so many bytes.
    fn upload_known(
        &self,
        mut reader: Box<dyn Read + Send + '_>,
        len: u64,
        terms: (TransferHandle, Option<usize>),
        watch: &mut Watching<'_>,
    ) -> Result<Uploading> {
        self.check_size(len)?;
        let handle = terms.0.clone();
        let mut uploading = Uploading::new(self, Some(len), Keeping::copies(), terms)?;
        while uploading.bytes() < len {
            watch.tell(&handle);
            uploading.wait_for_room()?;
            let left = len - uploading.bytes();
            let wanted = usize::try_from(left).map_or(PART, |left| left.min(PART));
            let part = read_part(&mut reader, wanted)?;
            if part.len() < wanted {
                let now = uploading.bytes() + part.len() as u64;
                return Err(FileError::Changed { before: len, now }.into());
            }
            uploading.push_bytes(&part)?;
        }
        if !read_part(&mut reader, 1)?.is_empty() {
            let now = len + 1;
            return Err(FileError::Changed { before: len, now }.into());
        }
        uploading.finish()?;
        watch.tell(&handle);
        Ok(uploading)
    }

    /// From a reader of which nobody knows how much it gives.
    fn upload_stream(
        &self,
        mut reader: Box<dyn Read + Send + '_>,
        terms: (TransferHandle, Option<usize>),
        watch: &mut Watching<'_>,
    ) -> Result<Uploading> {
        let mut part = read_part(&mut reader, PART)?;
        if part.is_empty() {
            return Err(FileError::Empty.into());
        }
        let handle = terms.0.clone();
        let mut uploading = Uploading::new(self, None, Keeping::copies(), terms)?;
        loop {
            let next = match part.len() {
                PART => read_part(&mut reader, PART)?,
                _ => Vec::new(),
            };
            if next.is_empty() {
                uploading.push_last(&part)?;
                break;
            }
            self.check_upload_size(uploading.bytes() + (part.len() + next.len()) as u64)?;
            uploading.wait_for_room()?;
            uploading.push_bytes(&part)?;
            watch.tell(&handle);
            part = next;
        }
        uploading.finish()?;
        watch.tell(&handle);
        Ok(uploading)
    }

    fn check_size(&self, size: u64) -> Result<()> {
        match size {
            0 => Err(FileError::Empty.into()),
            size => self.check_upload_size(size),
        }
    }
}

/// A file whose parts have all arrived.
pub(super) fn uploaded(
    mut uploading: Uploading,
    (name, mime_type): (String, String),
    source: Option<UploadSource>,
) -> UploadedFile {
    UploadedFile {
        raw: uploading.input(&name),
        size: uploading.bytes(),
        name,
        mime_type,
        source,
    }
}

/// So many bytes of a reader, or fewer where it ends.
fn read_part(reader: &mut dyn Read, len: usize) -> Result<Vec<u8>> {
    let mut part = Vec::with_capacity(len);
    let read = reader.take(len as u64).read_to_end(&mut part);
    read.map_err(|error| FileError::Stream("reader", error))?;
    Ok(part)
}

impl fmt::Debug for Upload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, mime_type) = self.called();
        f.debug_struct("Upload")
            .field("name", &name)
            .field("mime_type", &mime_type)
            .finish_non_exhaustive()
    }
}
