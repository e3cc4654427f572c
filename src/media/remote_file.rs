//! A file on the server, to be read from and sought in.
use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use super::chunk::Chunk;
use super::fetch::{Fetch, Wish};
use super::file_source::FileSource;
use super::pieces::SPAN;
use crate::client::WeakClient;
use crate::error::FileError;
use crate::error::Result;

/// The first piece after a jump is no longer than this, unless more is wanted at once.
const FIRST: u64 = 4096;

/// Of what was read in a row, such a part is fetched ahead: so little is in vain after a jump.
const AHEAD: u64 = 8;

/// So many bytes that were read stay, as who jumps often jumps back.
const KEPT: usize = 4 << 20;

/// A file on the server, to be read from and sought in like one on the disk: what is not read is
/// not fetched, but for a little more than was read in a row. The longer one reads on, the more
/// comes ahead.
///
/// It does not keep the client alive. Errors are [`io::Error`]s that hold an
/// [`Error`](crate::Error).
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// # let file = localdc::LocalDc::shared().give_file(client.my_id_or_fetch()?, "a.txt", b"Hello");
/// use std::io::{Read, Seek, SeekFrom};
///
/// let mut file = client.download(&file).open()?;
/// file.seek(SeekFrom::End(-2))?;
/// let mut end = String::new();
/// file.read_to_string(&mut end)?;
/// assert_eq!(end, "lo");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct RemoteFile {
    client: WeakClient,
    source: FileSource,
    wish: Wish,
    /// Where in the file the part that is shown begins, and where it ends.
    start: u64,
    end: u64,
    /// Where in the file one is.
    at: u64,
    /// How much was read in a row.
    run: u64,
    fetch: Option<(Fetch, u64)>,
    kept: VecDeque<Chunk>,
}

impl RemoteFile {
    pub(super) fn new(client: WeakClient, source: FileSource, wish: Wish) -> Result<Self> {
        let size = source.size;
        let size = size.ok_or(FileError::Nothing("nobody knows how long it is"))?;
        let start = wish.start;
        if start > size {
            return Err(FileError::Range { start, size }.into());
        }
        let end = wish.end.map_or(size, |end| end.clamp(start, size));
        Ok(Self {
            client,
            source,
            wish,
            start,
            end,
            at: start,
            run: 0,
            fetch: None,
            kept: VecDeque::new(),
        })
    }

    /// How many bytes it has.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.end - self.start
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sees to it that the byte one is at is here.
    fn load(&mut self, wanted: u64) -> Result<()> {
        let client = self.client.upgrade()?;
        if self.fetch.as_ref().is_none_or(|(_, next)| *next != self.at) {
            let wish = Wish {
                start: self.at,
                end: Some(self.end),
                no_cdn: true, // Whoever jumps would be sent there anew each time.
                ..self.wish.clone()
            };
            self.run = 0;
            let fetch = Fetch::new(&client, self.source.clone(), &wish)?;
            self.fetch = Some((fetch, self.at));
        }
        let Some((fetch, next)) = &mut self.fetch else {
            return Ok(());
        };
        let ahead = self.run / AHEAD;
        let longest = wanted.max(ahead).clamp(FIRST, SPAN).next_multiple_of(FIRST);
        fetch.go_carefully(longest, ahead);
        let loaded = fetch.next(&client);
        match loaded {
            Ok(Some(chunk)) => {
                *next = chunk.end();
                self.run += chunk.len() as u64;
                self.keep(chunk);
                Ok(())
            }
            Ok(None) => {
                let (size, got) = (self.end, self.at);
                Err(FileError::Length { size, got }.into())
            }
            Err(error) => {
                self.fetch = None;
                Err(error)
            }
        }
    }

    fn keep(&mut self, chunk: Chunk) {
        self.kept.push_back(chunk);
        let mut held: usize = self.kept.iter().map(|chunk| chunk.len()).sum();
        while held > KEPT
            && self.kept.len() > 1
            && let Some(oldest) = self.kept.pop_front()
        {
            held -= oldest.len();
        }
    }

    fn here(&self) -> Option<&[u8]> {
        let chunk = self.kept.iter().rev();
        let mut chunk = chunk.filter(|chunk| (chunk.offset()..chunk.end()).contains(&self.at));
        let chunk = chunk.next()?;
        let from = usize::try_from(self.at - chunk.offset()).ok()?;
        chunk.get(from..)
    }
}

impl Read for RemoteFile {
    /// # Blocking
    ///
    /// Until a piece is here, at most for the client's timeout.
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() || self.at >= self.end {
            return Ok(0);
        }
        if self.here().is_none() {
            self.load(out.len() as u64).map_err(io::Error::other)?;
        }
        let Some(here) = self.here() else {
            return Ok(0);
        };
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let len = here.len().min(out.len()).min(left);
        out[..len].copy_from_slice(&here[..len]);
        self.at += len as u64;
        Ok(len)
    }
}

impl Seek for RemoteFile {
    /// Beyond the end there is nothing to read.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (base, by) = match to {
            SeekFrom::Start(at) => (Some(self.start), i128::from(at)),
            SeekFrom::Current(by) => (Some(self.at), i128::from(by)),
            SeekFrom::End(by) => (Some(self.end), i128::from(by)),
        };
        let at = base.map(|base| i128::from(base) + by);
        let at = at.and_then(|at| u64::try_from(at).ok());
        let at = at.filter(|at| *at >= self.start);
        let Some(at) = at else {
            let text = "there is nothing before the beginning of a file";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        };
        self.at = at;
        Ok(at - self.start)
    }
}

impl fmt::Debug for RemoteFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteFile")
            .field("len", &self.len())
            .field("at", &(self.at - self.start))
            .finish_non_exhaustive()
    }
}
