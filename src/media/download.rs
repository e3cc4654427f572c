//! Fetching a file: what is wanted of it, and where it goes.
use std::fmt;
use std::io::Write;
use std::ops::{Bound, RangeBounds};
use std::path::{Path, PathBuf};

use super::chunk::Chunk;
use super::chunks::Chunks;
use super::control::{Progress, TransferHandle};
use super::downloadable::Downloadable;
use super::fetch::{Fetch, Wish};
use super::file_source::FileSource;
use super::partial::Partial;
use super::remote_file::RemoteFile;
use super::watching::Watching;
use crate::client::Client;
use crate::error::FileError;
use crate::error::Result;

/// So many bytes are kept in memory, if nobody says otherwise.
const MEMORY: u64 = 64 << 20;

impl Client {
    /// Begins to fetch a file: say what is wanted of it, and where it shall go. Nothing is asked
    /// for before that.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let telegram = localdc::LocalDc::shared();
    /// # let file = telegram.give_file(client.my_id_or_fetch()?, "a.txt", b"Hello");
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("a.txt");
    /// client.download(&file).to_path(&path)?;
    /// assert_eq!(std::fs::read(&path)?, b"Hello");
    /// assert_eq!(client.download(&file).range(1..4).to_bytes()?, b"ell");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// As many pieces are under way at once as the line carries, over connections of their own, so
    /// that other calls do not wait behind them. A piece that is lost is asked for again by itself.
    ///
    /// See <https://core.telegram.org/api/files#downloading-files>.
    pub fn download(&self, file: &(impl Downloadable + ?Sized)) -> Download<'_> {
        Download {
            client: self,
            source: file.file_source(),
            wish: Wish::default(),
            watch: Watching::default(),
            memory: MEMORY,
        }
    }
}

/// A file that is to be fetched: see [`Client::download`].
#[must_use = "nothing is fetched before it is said where it goes"]
pub struct Download<'c> {
    client: &'c Client,
    source: Result<FileSource, FileError>,
    wish: Wish,
    watch: Watching<'c>,
    memory: u64,
}

impl<'c> Download<'c> {
    /// Only these bytes of the file.
    pub fn range(mut self, range: impl RangeBounds<u64>) -> Self {
        self.wish.start = match range.start_bound() {
            Bound::Included(start) => *start,
            Bound::Excluded(before) => before.saturating_add(1),
            Bound::Unbounded => 0,
        };
        self.wish.end = match range.end_bound() {
            Bound::Included(last) => Some(last.saturating_add(1)),
            Bound::Excluded(end) => Some(*end),
            Bound::Unbounded => None,
        };
        self
    }

    /// Holds what arrives against the hashes that the server gives of it: nothing wrong comes out.
    /// It costs a request for each 1 MiB or so.
    ///
    /// See <https://core.telegram.org/api/files#verifying-downloaded-chunks>.
    pub fn verify(mut self, on: bool) -> Self {
        self.wish.verify = on;
        self
    }

    /// Whether it may come from a CDN, where the server says so: popular files of public channels
    /// may. That is the rule; what comes from there is always held against its hashes, and where it
    /// is wrong, or does not come, the file's own data centre is asked.
    ///
    /// See <https://core.telegram.org/cdn>.
    pub fn cdn(mut self, on: bool) -> Self {
        self.wish.no_cdn = !on;
        self
    }

    /// This handle looks at the transfer, pauses it and cancels it.
    pub fn handle(mut self, handle: &TransferHandle) -> Self {
        self.wish.control = handle.clone();
        self
    }

    /// Is told of each piece that has arrived, on the thread that fetches.
    pub fn on_progress(mut self, watch: impl FnMut(&Progress) + Send + 'c) -> Self {
        self.watch = Watching::new(watch);
        self
    }

    /// The most connections that it may use, from 1 to 4. Large files on fast lines use several, if
    /// nobody says otherwise.
    pub fn connections(mut self, most: usize) -> Self {
        self.wish.connections = Some(most);
        self
    }

    /// The most bytes that [`to_bytes`](Self::to_bytes) keeps: 64 MiB if nobody says otherwise.
    pub fn memory(mut self, most: u64) -> Self {
        self.memory = most;
        self
    }

    /// Writes it to a path. Until all of it is there and on the disk, it is called otherwise: the
    /// same name, the file's id, and `.part`. What is left of an interrupted download there is
    /// taken up, also by another run of the program, and what stands at the path is replaced in the
    /// end. Gives the number of bytes.
    ///
    /// # Errors
    ///
    /// As [`Client::invoke`], and [`FileError`]: [`Length`](FileError::Length) or
    /// [`Hash`](FileError::Hash) when the server gives something else than the file, and then
    /// nothing is left; [`Path`](FileError::Path) when it cannot be written;
    /// [`Busy`](FileError::Busy) when somebody else writes it.
    ///
    /// # Blocking
    ///
    /// As long as pieces arrive. It fails when for the client's timeout none does.
    pub fn to_path(self, path: impl AsRef<Path>) -> Result<u64> {
        let path: PathBuf = path.as_ref().to_owned();
        let client = self.client;
        let source = self.source?;
        let mut wish = self.wish;
        let is_whole = wish.start == 0 && wish.end.is_none();
        let id = source.id.filter(|_| is_whole);
        let mut partial = Partial::open(&path, id, wish.verify)?;
        wish.before = partial.len();
        wish.start += wish.before;
        let flow = Flow {
            fetch: Fetch::new(client, source, &wish),
            watch: self.watch,
            control: wish.control,
        };
        match flow.run(client, |chunk| partial.write(chunk)) {
            Ok(()) => partial.finish(),
            Err(error) => {
                partial.leave(&error);
                Err(error)
            }
        }
    }

    /// Writes it to a writer, in order. Gives the number of bytes.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let telegram = localdc::LocalDc::shared();
    /// # let file = telegram.give_file(client.my_id_or_fetch()?, "a.txt", b"Hello");
    /// let mut out = Vec::new();
    /// assert_eq!(client.download(&file).to_writer(&mut out)?, 5);
    /// assert_eq!(out, b"Hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`to_path`](Self::to_path). What was written then is the beginning of the file.
    ///
    /// # Blocking
    ///
    /// As [`to_path`](Self::to_path), and while the writer does.
    pub fn to_writer(self, mut out: impl Write) -> Result<u64> {
        let client = self.client;
        let mut written = 0;
        self.flow()?.run(client, |chunk| {
            let wrote = out.write_all(chunk);
            wrote.map_err(|error| FileError::Stream("writer", error))?;
            written += chunk.len() as u64;
            Ok(())
        })?;
        let flushed = out.flush();
        flushed.map_err(|error| FileError::Stream("writer", error))?;
        Ok(written)
    }

    /// Fetches it into memory.
    ///
    /// # Errors
    ///
    /// As [`to_path`](Self::to_path), and [`FileError::TooLargeForMemory`]: see
    /// [`memory`](Self::memory).
    ///
    /// # Blocking
    ///
    /// As [`to_path`](Self::to_path).
    pub fn to_bytes(self) -> Result<Vec<u8>> {
        let client = self.client;
        let limit = self.memory;
        let start = self.wish.start;
        let flow = self.flow()?;
        let end = flow.fetch.as_ref().ok().and_then(Fetch::end);
        let mut out = Vec::new();
        let expected = end.map_or(0, |end| end.saturating_sub(start));
        let too_large = |size| FileError::TooLargeForMemory { size, limit };
        if expected > limit {
            return Err(too_large(expected).into());
        }
        // The server says how long it is: only what arrives is believed.
        flow.run(client, |chunk| {
            let size = (out.len() + chunk.len()) as u64;
            if size > limit {
                return Err(too_large(size).into());
            }
            out.extend_from_slice(chunk);
            Ok(())
        })?;
        Ok(out)
    }

    /// Gives it piece by piece, in order. Further ones are under way meanwhile, as many as the line
    /// carries.
    ///
    /// # Errors
    ///
    /// As [`to_path`](Self::to_path), when it begins; later ones come out of the iterator.
    ///
    /// # Blocking
    ///
    /// Until the login is carried to the file's data centre, if need be; each piece as
    /// [`to_path`](Self::to_path).
    pub fn chunks(self) -> Result<Chunks> {
        let client = self.client.weak();
        let Flow { fetch, control, .. } = self.flow()?;
        Ok(Chunks::new(client, fetch?, control))
    }

    /// Opens it as something to read from and to seek in, so that what reads files can read it
    /// without fetching all of it. See [`RemoteFile`].
    ///
    /// # Errors
    ///
    /// As [`to_path`](Self::to_path), and [`FileError::Nothing`] when the length of the file is not
    /// known.
    ///
    /// # Blocking
    ///
    /// Not.
    pub fn open(self) -> Result<RemoteFile> {
        let source = self.source?;
        RemoteFile::new(self.client.weak(), source, self.wish)
    }

    fn flow(self) -> Result<Flow<'c>> {
        let fetch = Fetch::new(self.client, self.source?, &self.wish);
        Ok(Flow {
            fetch,
            watch: self.watch,
            control: self.wish.control,
        })
    }
}

/// What flows from the server to somewhere.
struct Flow<'c> {
    fetch: Result<Fetch>,
    watch: Watching<'c>,
    control: TransferHandle,
}

impl Flow<'_> {
    fn run(mut self, client: &Client, mut take: impl FnMut(&Chunk) -> Result<()>) -> Result<()> {
        let mut fetch = self.fetch?;
        while let Some(chunk) = fetch.next(client)? {
            take(&chunk)?;
            self.watch.tell(&self.control);
        }
        Ok(())
    }
}

impl fmt::Debug for Download<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}
