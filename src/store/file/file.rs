//! A session in one file.
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;

use super::header::{HEADER_LEN, Header, HeaderError};
use super::log::{Log, Unreadable};
use super::paths::{self, TEMPORARY};
use super::snapshot::Snapshot;
use crate::store::encoding::Malformed;
use crate::store::lock::{Lock, beside};
use crate::store::note_book::NoteBook;
use crate::store::older;
use crate::store::peer_book::PeerBook;
use crate::store::steps::FORMAT;
use crate::store::{Change, Note, PeerQuery, PeerRecord, Records, Store, StoreError};

/// The largest session file. A peer takes about 90 bytes, and the file may be twice as long as what
/// it holds, so five million fit; whoever needs more wants a database.
pub(super) const FILE_LEN_MAX: u64 = 1 << 30;

/// A file is written anew when what was added is longer than this, and than the rest of it.
const JOURNAL_LEN_MIN: u64 = 1 << 20;

/// Keeps a session in one file.
///
/// The file has a version, is readable by its owner only, and each part of it has a checksum. What
/// changes is added at its end, and waits for the disk: a crash, a full disk or a loss of power
/// leaves all of a change or nothing of it. When what was added has become more than the rest, the
/// file is written anew beside itself, piece by piece while nothing else is to do, and takes its
/// own place. So a change costs what it is, whether there are ten peers or a million; and of those
/// only where they stand in the file is in memory.
///
/// Beside the file stand `<file>.lock`, which keeps other clients away and is never removed, and,
/// while it is written anew, `<file>.tmp`: no session can have a name that ends so.
///
/// Files of older versions are read, and written in the form of this one at the first change.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    records: Records,
    notes: NoteBook,
    body: Body,
    /// The next file, while it is being written.
    snapshot: Option<Snapshot>,
    /// The old file is not added to any more: a wait for the disk has failed, and nobody knows what
    /// is on it.
    doubtful: bool,
    /// What was added may be so long before the file is written anew.
    journal_max: u64,
    lock: Lock,
}

#[derive(Debug)]
enum Body {
    /// There is no file yet, or one of an older version, which begins like this.
    Memory(PeerBook, Option<[u8; HEADER_LEN]>),
    File(Log),
}

impl FileStore {
    /// Opens the session at `path`, or begins a new one there.
    ///
    /// Nothing but the lock file is written before the first [`apply`](Store::apply). A symbolic
    /// link is followed: the file that it names is the session.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] when another client has this session open, [`StoreError::NotAFile`]
    /// for a directory, [`StoreError::LoginText`] for a login as text, [`StoreError::Foreign`],
    /// [`StoreError::NewerFormat`], [`StoreError::Damaged`] and [`StoreError::TooLarge`] for a file
    /// that is no session that can be read (it is left as it is), [`StoreError::Io`] when the
    /// operating system refuses.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        // A path is shown in errors, and a login must not be.
        if path.to_str().is_some_and(paths::is_login) {
            return Err(StoreError::LoginText);
        }
        let path = paths::real_path(path)?;
        paths::refuse_names_beside(&path)?;
        let lock = Lock::take(&path)?;
        let mut store = Self {
            path,
            records: Records::default(),
            notes: NoteBook::default(),
            body: Body::Memory(PeerBook::default(), None),
            snapshot: None,
            doubtful: false,
            journal_max: JOURNAL_LEN_MIN,
            lock,
        };
        store.read()?;
        Ok(store)
    }

    /// The session file, with symbolic links resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn read(&mut self) -> Result<(), StoreError> {
        let failed = |source| self.io("read", READ_ADVICE, source);
        let file = match File::options().read(true).write(true).open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            // Only reading is allowed: the first change will say so.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                File::open(&self.path).map_err(failed)?
            }
            Err(error) => return Err(failed(error)),
        };
        let len = file.metadata().map_err(failed)?.len();
        let header = Header::parse(&start(&file).map_err(failed)?);
        let header = header.map_err(|error| self.unusable(error))?;
        if len > FILE_LEN_MAX {
            return Err(self.too_large(len));
        }
        if header.format() < FORMAT {
            return self.read_older(file, &header, len);
        }
        let (mut records, mut notes) = (Records::default(), NoteBook::default());
        let log = Log::read(file, &header, |change| {
            change.apply(&mut records);
            notes.apply(&change);
        });
        let log = log.map_err(|error| match error {
            Unreadable::Io(source) => self.io("read", READ_ADVICE, source),
            Unreadable::Damaged(detail) => self.damaged(detail),
        })?;
        (self.records, self.notes, self.body) = (records, notes, Body::File(log));
        Ok(())
    }

    /// Files of older versions are one piece.
    fn read_older(&mut self, mut file: File, header: &Header, len: u64) -> Result<(), StoreError> {
        let body_len = len.saturating_sub(HEADER_LEN as u64);
        if header.body_len() != body_len {
            return Err(self.damaged(match header.body_len() > body_len {
                true => "it ends too early",
                false => "it is longer than it says",
            }));
        }
        let body_len = usize::try_from(body_len).map_err(|_| self.too_large(len))?;
        // One buffer of the length that the file has: a growing one would leave the keys behind.
        let mut body = Zeroizing::new(vec![0; body_len]);
        file.seek(SeekFrom::Start(HEADER_LEN as u64))
            .and_then(|_| file.read_exact(&mut body))
            .map_err(|source| self.io("read", READ_ADVICE, source))?;
        if !header.fits_body(&body) {
            return Err(self.damaged("its checksum does not fit"));
        }
        let decoded = older::decode(&body, header.format());
        let (records, peers) = decoded.map_err(|Malformed(detail)| self.damaged(detail))?;
        let mut book = PeerBook::default();
        peers.iter().for_each(|peer| book.put(peer));
        (self.records, self.body) = (records, Body::Memory(book, Some(header.to_bytes())));
        Ok(())
    }
}

impl Store for FileStore {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(self.records.clone())
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        for change in changes {
            change.check()?;
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.lock.keep()?;
        let is_new = !self.add(changes)?;
        if is_new {
            self.write_anew(changes)?;
        }
        // From here on this is what the file holds, whatever else goes wrong.
        for change in changes {
            change.apply(&mut self.records);
            self.notes.apply(change);
        }
        match is_new {
            true => paths::make_lasting(&self.path),
            false => Ok(()),
        }
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        match &self.body {
            Body::Memory(book, _) => Ok(book.find(query)),
            Body::File(log) => log
                .find(query)
                .map_err(|source| self.io("read", READ_ADVICE, source)),
        }
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        Ok(self.notes.room(room).cloned().collect())
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        Ok(self.notes.find(room, key).cloned())
    }

    fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        self.lock.renew()
    }

    fn tidy(&mut self) -> Result<bool, StoreError> {
        let Body::File(log) = &self.body else {
            return Ok(false);
        };
        let (snapshot_len, journal_len) = log.lengths();
        if self.snapshot.is_none() && journal_len <= snapshot_len.max(self.journal_max) {
            return Ok(false);
        }
        self.write_piece().inspect_err(|_| {
            // The disk may be full: it is tried again when there is as much again to be gained.
            self.snapshot = None;
            self.journal_max = journal_len * 2;
        })
    }

    fn needs_own_thread(&self) -> bool {
        false
    }
}

impl Drop for FileStore {
    fn drop(&mut self) {
        if let Body::File(log) = &mut self.body {
            log.seal();
        }
    }
}

/// What to do when the file cannot be read.
const READ_ADVICE: &str =
    "the session must be readable by this user: put that right, or choose another path";

/// What to do when the file cannot be written.
const WRITE_ADVICE: &str = "the folder must be writable and the disk must have room: put that \
                            right; the session is as it was before";

impl FileStore {
    /// Adds `changes` to the file. Where there is none that can be added to, it says so.
    fn add(&mut self, changes: &[Change]) -> Result<bool, StoreError> {
        let there = self.look()?;
        let (Body::File(log), Some(file), false) = (&mut self.body, there, self.doubtful) else {
            return Ok(false);
        };
        // By its name, each time: another may have taken the place of the one that was opened.
        log.take_file(file);
        if let Err(source) = log.append(changes) {
            self.doubtful = true;
            return Err(self.io("write", WRITE_ADVICE, source));
        }
        Ok(true)
    }

    /// Opens the file, if it is there and is the one that was read or written last.
    ///
    /// Whoever does not ask for the lock may have put something else there, a login perhaps. A file
    /// that is gone, or cannot be read, is no loss.
    fn look(&self) -> Result<Option<File>, StoreError> {
        // To open a pipe would be to wait for somebody to write to it.
        let Some(data) = fs::metadata(&self.path).ok().filter(fs::Metadata::is_file) else {
            return Ok(None);
        };
        let Ok(file) = File::options().read(true).write(true).open(&self.path) else {
            return Ok(None);
        };
        let Ok(start) = start(&file) else {
            return Ok(None);
        };
        let is_ours = match &self.body {
            Body::Memory(_, header) => header.is_some_and(|header| header[..] == *start),
            Body::File(log) => *log.header() == *start && log.may_be_as_long_as(data.len()),
        };
        if !is_ours {
            let path = self.path.clone();
            return Err(StoreError::Changed { path });
        }
        paths::owner_only(&self.path, &data);
        Ok(Some(file))
    }

    /// Writes a new file that holds everything, and `changes`.
    pub(super) fn write_anew(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        self.snapshot = None;
        let written = self.begin().and_then(|mut snapshot| {
            match &self.body {
                Body::Memory(book, _) => snapshot.add(book.iter().map(Change::Peer))?,
                Body::File(log) => while snapshot.copy(log)? {},
            }
            snapshot.add(changes.iter().cloned())?;
            Ok(snapshot)
        });
        let snapshot = written.map_err(|source| self.io("write", WRITE_ADVICE, source))?;
        self.replace(snapshot)
    }

    /// Writes a piece of the new file. Whether there is more to do.
    pub(super) fn write_piece(&mut self) -> Result<bool, StoreError> {
        let begun = match self.snapshot.take() {
            Some(snapshot) => Ok(snapshot),
            None => self.begin(),
        };
        let copied = begun.and_then(|mut snapshot| match &self.body {
            Body::File(log) => Ok((snapshot.copy(log)?, snapshot)),
            Body::Memory(..) => Ok((false, snapshot)),
        });
        match copied.map_err(|source| self.io("write", WRITE_ADVICE, source))? {
            (true, snapshot) => {
                self.snapshot = Some(snapshot);
                Ok(true)
            }
            (false, snapshot) => {
                self.lock.keep()?;
                self.look()?;
                self.replace(snapshot)?;
                paths::make_lasting(&self.path)?;
                Ok(false)
            }
        }
    }

    fn begin(&self) -> io::Result<Snapshot> {
        let log = match &self.body {
            Body::Memory(..) => None,
            Body::File(log) => Some(log),
        };
        let notes = self.notes.iter().cloned().map(Change::Note);
        let changes = self.records.changes().chain(notes);
        Snapshot::begin(beside(&self.path, TEMPORARY), changes, log)
    }

    fn replace(&mut self, snapshot: Snapshot) -> Result<(), StoreError> {
        if snapshot.len() > FILE_LEN_MAX {
            return Err(self.too_large(snapshot.len()));
        }
        let log = snapshot.finish(&self.path);
        self.body = Body::File(log.map_err(|source| self.io("replace", WRITE_ADVICE, source))?);
        self.doubtful = false;
        self.journal_max = JOURNAL_LEN_MIN;
        Ok(())
    }

    fn io(&self, action: &'static str, advice: &'static str, source: io::Error) -> StoreError {
        StoreError::Io {
            action,
            path: self.path.clone(),
            advice,
            source,
        }
    }

    fn damaged(&self, detail: &'static str) -> StoreError {
        let path = self.path.clone();
        StoreError::Damaged { path, detail }
    }

    fn too_large(&self, len: u64) -> StoreError {
        StoreError::TooLarge {
            path: self.path.clone(),
            len,
            max: FILE_LEN_MAX,
        }
    }

    fn unusable(&self, error: HeaderError) -> StoreError {
        let path = self.path.clone();
        match error {
            HeaderError::Foreign => StoreError::Foreign { path },
            HeaderError::Newer(found) => StoreError::NewerFormat {
                path,
                found,
                known: FORMAT,
            },
            HeaderError::Damaged(detail) => StoreError::Damaged { path, detail },
        }
    }
}

/// The first bytes of a file, which may be fewer than a header has.
fn start(file: &File) -> io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(HEADER_LEN);
    file.take(HEADER_LEN as u64).read_to_end(&mut start)?;
    Ok(start)
}
