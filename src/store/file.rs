//! A session in one file.
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::change::Change;
#[cfg(test)]
use super::dice::Dice;
use super::encoding::{Malformed, decode, encode};
use super::error::StoreError;
use super::header::{FORMAT, HEADER_LEN, Header, HeaderError};
use super::lock::{LOCK, Lock, beside, owner_only};
use super::records::Records;
use super::store::Store;
use super::string::StringSession;

/// The largest session file. A peer takes about 80 bytes, so a million of them fit three times;
/// whoever needs more wants a database, and a file that is larger still is no session.
const FILE_LEN_MAX: u64 = 256 * 1024 * 1024;

/// What is added to the name of a file that is not whole yet.
const TEMPORARY: &str = ".tmp";

/// How the names end that are no session's.
const SUFFIXES: [&str; 2] = [LOCK, TEMPORARY];

/// Keeps a session in one file.
///
/// The file has a version and a checksum, is readable by its owner only, and is replaced as a
/// whole: a crash or a full disk leaves either the old session or the new one. Beside it stand
/// `<file>.lock`, which keeps other clients away and is never removed, and, while something
/// is written, `<file>.tmp`: no session can have a name that ends so.
///
/// Each [`apply`](Store::apply) writes the whole file and waits for the disk: a few milliseconds,
/// whether there are ten peers or ten thousand. Give it many changes at a time.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    records: Records,
    /// How the file begins; none when there is none yet. The checksum is in it, so another content
    /// begins otherwise.
    header: Option<[u8; HEADER_LEN]>,
    _lock: Lock,
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
        if path.to_str().is_some_and(is_login) {
            return Err(StoreError::LoginText);
        }
        let path = real_path(path)?;
        refuse_names_beside(&path)?;
        let lock = Lock::take(&path)?;
        let (header, records) = read(&path)?.unzip();
        Ok(Self {
            path,
            records: records.unwrap_or_default(),
            header,
            _lock: lock,
        })
    }

    /// The session file, with symbolic links resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Store for FileStore {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(self.records.clone())
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        // On a copy, so that changes that cannot be written have not happened.
        let mut records = self.records.clone();
        for change in changes {
            change.apply(&mut records);
        }
        let body = encode(&records);
        let header = Header::of(&body).to_bytes();
        self.refuse_changed()?;
        replace(&self.path, &[&header, &body])?;
        // From here on this is what the file holds, whatever else goes wrong.
        self.records = records;
        self.header = Some(header);
        make_lasting(&self.path)
    }
}

impl FileStore {
    /// Whoever does not ask for the lock may have put something else there, a login perhaps. A file
    /// that is gone, or cannot be read, is no loss.
    fn refuse_changed(&self) -> Result<(), StoreError> {
        // To open a pipe would be to wait for somebody to write to it.
        if !fs::metadata(&self.path).is_ok_and(|data| data.is_file()) {
            return Ok(());
        }
        let Ok(file) = File::open(&self.path) else {
            return Ok(());
        };
        match start(&file) {
            Ok(start) if self.header.is_none_or(|header| header != *start) => {
                let path = self.path.clone();
                Err(StoreError::Changed { path })
            }
            _ => Ok(()),
        }
    }
}

/// Whether a path is a login as text: whole, or cut short, wrapped into lines, quoted, or with
/// something of a path around it. Without a dot no file has so long a name, and with one none can.
fn is_login(path: &str) -> bool {
    const NAME_MAX: usize = 128;
    const NAME_POSSIBLE: usize = 255;
    let is_around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`');
    let mut text = Zeroizing::new(String::with_capacity(path.len()));
    text.extend(path.chars().filter(|c| !is_around(*c)));
    let is_text = |c: char| c.is_ascii_alphanumeric() || "+=-_".contains(c);
    let longest = text.split(|c| !is_text(c)).map(str::len).max().unwrap_or(0);
    let is_whole = text.chars().all(|c| is_text(c) || c == '/');
    StringSession::parse(&text).is_ok() || longest > if is_whole { NAME_MAX } else { NAME_POSSIBLE }
}

/// A session `a` puts `a.lock` and `a.tmp` beside itself, and removes what stands there: if that
/// were a session too, its login would be gone.
fn refuse_names_beside(path: &Path) -> Result<(), StoreError> {
    let name = path.as_os_str().as_encoded_bytes().to_ascii_lowercase();
    if !SUFFIXES.iter().any(|end| name.ends_with(end.as_bytes())) {
        return Ok(());
    }
    Err(StoreError::Io {
        action: "keep a session in",
        path: path.into(),
        advice: "choose another name",
        source: io::Error::new(
            ErrorKind::InvalidInput,
            "names that end in .lock or .tmp are for what sessions put beside themselves",
        ),
    })
}

/// One name for one session, whichever way it was written: two names would be two locks, and a
/// link would be replaced by the file instead of followed.
fn real_path(path: &Path) -> Result<PathBuf, StoreError> {
    let failed = |path: &Path, source| StoreError::Io {
        action: "find",
        path: path.into(),
        advice: "the folder of the session must exist: create it, or choose another path",
        source,
    };
    match fs::metadata(path) {
        Ok(data) if !data.is_file() => Err(StoreError::NotAFile { path: path.into() }),
        Ok(_) => fs::canonicalize(path).map_err(|source| failed(path, source)),
        // A link that leads nowhere is not a new session: whose folder would be looked at?
        Err(source) if path.is_symlink() => Err(StoreError::Io {
            action: "follow the link",
            path: path.into(),
            advice: "what it leads to must exist: remove the link, or choose another path",
            source,
        }),
        Err(source) if source.kind() != ErrorKind::NotFound => Err(failed(path, source)),
        Err(_) => {
            let name = path
                .file_name()
                .ok_or_else(|| StoreError::NotAFile { path: path.into() })?;
            let folder = match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            let folder = fs::canonicalize(folder).map_err(|source| failed(folder, source))?;
            Ok(folder.join(name))
        }
    }
}

/// The first bytes of a file, which may be fewer than a header has.
fn start(file: &File) -> io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(HEADER_LEN);
    file.take(HEADER_LEN as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// How the file begins, and the records in it, if there is a file.
fn read(path: &Path) -> Result<Option<([u8; HEADER_LEN], Records)>, StoreError> {
    let failed = |source| StoreError::Io {
        action: "read",
        path: path.into(),
        advice: "the session must be readable by this user: put that right, or choose another path",
        source,
    };
    let damaged = |detail| StoreError::Damaged {
        path: path.into(),
        detail,
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let len = file.metadata().map_err(failed)?.len();
    let header = Header::parse(&start(&file).map_err(failed)?).map_err(|error| match error {
        HeaderError::Foreign => StoreError::Foreign { path: path.into() },
        HeaderError::Newer(found) => StoreError::NewerFormat {
            path: path.into(),
            found,
            known: FORMAT,
        },
        HeaderError::Damaged(detail) => damaged(detail),
    })?;
    if len > FILE_LEN_MAX {
        return Err(too_large(path, len));
    }
    let body_len = len.saturating_sub(HEADER_LEN as u64);
    if header.body_len() != body_len {
        return Err(damaged(if header.body_len() > body_len {
            "it ends too early"
        } else {
            "it is longer than it says"
        }));
    }
    let body_len = usize::try_from(body_len).map_err(|_| too_large(path, len))?;
    // One buffer of the length that the file has: a growing one would leave the keys behind.
    let mut body = Zeroizing::new(vec![0; body_len]);
    file.read_exact(&mut body).map_err(failed)?;
    if !header.fits(&body) {
        return Err(damaged("its checksum does not fit"));
    }
    let records = decode(&body, header.format()).map_err(|Malformed(detail)| damaged(detail))?;
    Ok(Some((header.to_bytes(), records)))
}

/// Puts a new file in place of the old one: a moment later there is either the one or the other.
fn replace(path: &Path, parts: &[&[u8]]) -> Result<(), StoreError> {
    let len = parts.iter().map(|part| part.len() as u64).sum();
    if len > FILE_LEN_MAX {
        return Err(too_large(path, len));
    }
    let advice = "the folder must be writable and the disk must have room: put that right; the \
                  session is as it was before";
    let temporary = beside(path, TEMPORARY);
    let failed = |action, path: &Path, source| StoreError::Io {
        action,
        path: path.into(),
        advice,
        source,
    };
    // We hold the lock, so what stands there is left from a crash. It is not opened but removed:
    // it could be a link to something else, or readable by others.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(failed("remove the old", &temporary, error));
        }
        _ => {}
    }
    if let Err(error) = write_new(&temporary, parts) {
        fs::remove_file(&temporary).ok(); // A half of it is of no use, and may fill the disk.
        return Err(failed("write", &temporary, error));
    }
    fs::rename(&temporary, path).map_err(|error| {
        fs::remove_file(&temporary).ok();
        failed("replace", path, error)
    })
}

/// Waits until a replacement outlives a loss of power.
fn make_lasting(path: &Path) -> Result<(), StoreError> {
    sync_folder(path).map_err(|source| StoreError::Io {
        action: "make lasting",
        path: path.into(),
        advice: "the session is written, but a loss of power could bring the old one back: check \
                 the disk, and that its folder can be read",
        source,
    })
}

fn write_new(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    let mut file = options.open(path)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.sync_all()
}

/// A renaming is on the disk when the folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    match File::open(folder)?.sync_all() {
        // Some file systems cannot do this for a folder; then there is no more to do.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Elsewhere a folder cannot be opened as a file, and a renaming lasts as it is.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

fn too_large(path: &Path, len: u64) -> StoreError {
    StoreError::TooLarge {
        path: path.into(),
        len,
        max: FILE_LEN_MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dc::DcId;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn home(dc: i32) -> Change {
        Change::HomeDc(DcId(dc))
    }

    /// What a failed `open` says. The file must be as it was.
    fn refused(path: &Path) -> StoreError {
        let before = fs::read(path).ok();
        let error = FileStore::open(path).unwrap_err();
        assert_eq!(fs::read(path).ok(), before, "left as it is");
        assert!(
            error.to_string().contains(&*path.to_string_lossy()),
            "{error}"
        );
        error
    }

    #[test]
    fn a_session_comes_back() {
        let folder = folder();
        let path = folder.path().join("bot.session");
        let mut store = FileStore::open(&path).unwrap();
        assert!(store.load().unwrap().home_dc.is_none());
        assert!(
            !path.exists(),
            "nothing is written before there is something to keep"
        );
        let records = Dice(4).records();
        for key in &records.keys {
            store.apply(&[Change::Key(key.clone())]).unwrap();
        }
        let peers = records.peers.into_values().map(Change::Peer);
        store.apply(&peers.collect::<Vec<_>>()).unwrap();
        store.apply(&[home(2), home(4)]).unwrap();
        let kept = encode(&store.load().unwrap());
        drop(store);
        let mut store = FileStore::open(&path).unwrap();
        assert_eq!(*encode(&store.load().unwrap()), *kept);
        assert_eq!(store.load().unwrap().home_dc, Some(DcId(4)));
        store.apply(&[Change::Clear]).unwrap();
        drop(store);
        let cleared = FileStore::open(&path).unwrap().load().unwrap();
        assert_eq!(*encode(&cleared), *encode(&Records::default()));
    }

    #[test]
    fn one_client_at_a_time() {
        let folder = folder();
        let path = folder.path().join("a.session");
        let mut store = FileStore::open(&path).unwrap();
        assert!(matches!(refused(&path), StoreError::InUse { .. }));
        store.apply(&[home(1)]).unwrap();
        assert!(matches!(refused(&path), StoreError::InUse { .. }));
        let detour = folder.path().join(".").join("a.session");
        let error = FileStore::open(&detour).unwrap_err();
        assert!(matches!(error, StoreError::InUse { .. }), "{error}");
        FileStore::open(folder.path().join("b.session")).unwrap();
        drop(store);
        FileStore::open(&path).unwrap();
        assert!(beside(&path, ".lock").exists(), "never removed");
    }

    #[test]
    fn every_cut_and_every_flip_is_refused() {
        let folder = folder();
        let path = folder.path().join("a.session");
        let records = Dice(5).records();
        assert!(!records.keys.is_empty(), "choose another seed");
        let body = encode(&records);
        replace(&path, &[&Header::of(&body).to_bytes(), &body]).unwrap();
        let whole = fs::read(&path).unwrap();
        let (header, back) = read(&path).unwrap().unwrap();
        assert_eq!(*encode(&back), *body);
        assert_eq!(header, whole[..HEADER_LEN]);
        for len in 0..whole.len() {
            fs::write(&path, &whole[..len]).unwrap();
            let error = read(&path).unwrap_err();
            assert!(
                matches!(error, StoreError::Damaged { .. }),
                "{len}: {error}"
            );
        }
        fs::write(&path, [&whole[..], &[0]].concat()).unwrap();
        assert!(matches!(refused(&path), StoreError::Damaged { .. }));
        for at in 0..whole.len() {
            for mask in [0x01, 0x80, 0xff] {
                let mut flipped = whole.clone();
                flipped[at] ^= mask;
                fs::write(&path, &flipped).unwrap();
                let error = read(&path).unwrap_err();
                let as_expected = match at {
                    0..8 => matches!(error, StoreError::Foreign { .. }),
                    8 => !matches!(error, StoreError::Io { .. }),
                    9..12 => matches!(error, StoreError::NewerFormat { .. }),
                    _ => matches!(error, StoreError::Damaged { .. }),
                };
                assert!(as_expected, "byte {at}: {error}");
            }
        }
    }

    #[test]
    fn what_is_no_session_is_left_alone() {
        let folder = folder();
        let path = folder.path().join("a.session");
        fs::write(&path, b"SQLite format 3\0 and more").unwrap();
        assert!(matches!(refused(&path), StoreError::Foreign { .. }));
        let mut newer = Header::of(b"").to_bytes();
        newer[8] = 9;
        fs::write(&path, newer).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, StoreError::NewerFormat { found: 9, .. }),
            "{error}"
        );
        fs::write(&path, b"").unwrap();
        assert!(matches!(refused(&path), StoreError::Damaged { .. }));
        // Right length, right checksum, wrong content: written by something that is broken.
        let nonsense = [7; 40];
        fs::write(
            &path,
            [&Header::of(&nonsense).to_bytes()[..], &nonsense].concat(),
        )
        .unwrap();
        assert!(matches!(refused(&path), StoreError::Damaged { .. }));
        let sparse = File::create(&path).unwrap();
        (&sparse).write_all(&Header::of(b"").to_bytes()).unwrap();
        sparse.set_len(FILE_LEN_MAX + 1).unwrap();
        drop(sparse);
        let error = FileStore::open(&path).unwrap_err();
        assert!(matches!(error, StoreError::TooLarge { .. }), "{error}");
    }

    #[test]
    fn places_where_no_session_can_be() {
        let folder = folder();
        let directory = folder.path().join("directory");
        fs::create_dir(&directory).unwrap();
        assert!(matches!(refused(&directory), StoreError::NotAFile { .. }));
        let error = FileStore::open("").unwrap_err();
        assert!(matches!(error, StoreError::NotAFile { .. }), "{error}");
        assert!(error.to_string().contains("is empty"), "{error}");
        let error = FileStore::open(folder.path().join("missing/a.session")).unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, StoreError::Io { .. }), "{text}");
        assert!(
            text.contains("missing") && text.contains("create it"),
            "{text}"
        );
        fs::write(folder.path().join("file"), b"").unwrap();
        FileStore::open(folder.path().join("file/a.session")).unwrap_err();
        fs::create_dir(folder.path().join("b.session.lock")).unwrap();
        let error = FileStore::open(folder.path().join("b.session")).unwrap_err();
        assert!(error.to_string().contains("lock file"), "{error}");
    }

    /// The second one would be removed by the first one's next write.
    #[test]
    fn no_session_stands_where_another_puts_its_files() {
        let folder = folder();
        let path = folder.path().join("a");
        FileStore::open(&path).unwrap().apply(&[home(1)]).unwrap();
        for name in ["a.tmp", "a.lock", "b.TMP", "b.Lock", ".tmp"] {
            let error = refused(&folder.path().join(name));
            assert!(error.to_string().contains("another name"), "{error}");
        }
        let mut store = FileStore::open(folder.path().join("tmp")).unwrap();
        store.apply(&[home(1)]).unwrap();
    }

    #[test]
    fn what_cannot_be_written_has_not_happened() {
        let folder = folder();
        let path = folder.path().join("a.session");
        let mut store = FileStore::open(&path).unwrap();
        store.apply(&[home(1)]).unwrap();
        let whole = fs::read(&path).unwrap();
        let in_the_way = beside(&path, ".tmp");
        fs::create_dir(&in_the_way).unwrap();
        let error = store.apply(&[home(2)]).unwrap_err();
        assert!(error.to_string().contains("as it was before"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), whole);
        assert_eq!(store.load().unwrap().home_dc, Some(DcId(1)));
        fs::remove_dir(&in_the_way).unwrap();
        store.apply(&[home(2)]).unwrap();
        drop(store);
        let records = FileStore::open(&path).unwrap().load().unwrap();
        assert_eq!(records.home_dc, Some(DcId(2)));
    }

    #[test]
    fn what_another_program_put_there_is_not_overwritten() {
        let folder = folder();
        let path = folder.path().join("a.session");
        let mut store = FileStore::open(&path).unwrap();
        let refuse = |store: &mut FileStore, content: &[u8]| {
            fs::write(&path, content).unwrap();
            let error = store.apply(&[home(2)]).unwrap_err();
            assert!(matches!(error, StoreError::Changed { .. }), "{error}");
            assert!(error.to_string().contains("a.session"), "{error}");
            assert_eq!(fs::read(&path).unwrap(), content, "left as it is");
            fs::remove_file(&path).unwrap();
        };
        refuse(&mut store, b"notes");
        store.apply(&[home(1)]).unwrap();
        let own = fs::read(&path).unwrap();
        let other = folder.path().join("b.session");
        FileStore::open(&other).unwrap().apply(&[home(3)]).unwrap();
        let other = fs::read(&other).unwrap();
        assert_eq!(other.len(), own.len(), "not even the length tells");
        for content in [&other[..], b"", &own[..own.len().min(20)]] {
            refuse(&mut store, content);
            assert_eq!(store.load().unwrap().home_dc, Some(DcId(1)));
        }
        // What is gone is written again, and its own content is no change.
        store.apply(&[home(4)]).unwrap();
        let own = fs::read(&path).unwrap();
        fs::write(&path, &own).unwrap();
        store.apply(&[home(5)]).unwrap();
        drop(store);
        let records = FileStore::open(&path).unwrap().load().unwrap();
        assert_eq!(records.home_dc, Some(DcId(5)));
    }

    #[test]
    fn a_directory_put_in_its_place_later_is_an_error_too() {
        let folder = folder();
        let path = folder.path().join("a.session");
        let mut store = FileStore::open(&path).unwrap();
        fs::create_dir(&path).unwrap();
        fs::write(path.join("content"), b"").unwrap();
        let error = store.apply(&[home(2)]).unwrap_err();
        assert!(error.to_string().contains("replace"), "{error}");
        assert!(
            !beside(&path, ".tmp").exists(),
            "nothing is left lying about"
        );
    }

    /// None of them may be waited for, written to or replaced.
    #[cfg(unix)]
    #[test]
    fn pipes_devices_and_circles_are_no_sessions() {
        use std::os::unix::fs::symlink;
        let folder = folder();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        for path in [&pipe, Path::new("/dev/null")] {
            let error = FileStore::open(path).unwrap_err();
            assert!(matches!(error, StoreError::NotAFile { .. }), "{error}");
        }
        let (here, there) = (folder.path().join("here"), folder.path().join("there"));
        symlink(&here, &there).unwrap();
        symlink(&there, &here).unwrap();
        let error = FileStore::open(&here).unwrap_err();
        assert!(error.to_string().contains("remove the link"), "{error}");
        // Put there later, a pipe is replaced without being opened.
        let path = folder.path().join("a.session");
        let mut store = FileStore::open(&path).unwrap();
        fs::rename(&pipe, &path).unwrap();
        store.apply(&[home(1)]).unwrap();
        assert!(fs::metadata(&path).unwrap().is_file());
    }

    /// A folder that can be written but not read cannot be synchronised. Who may read everything
    /// finds nothing wrong with it, and the same records.
    #[cfg(unix)]
    #[test]
    fn what_may_not_last_is_in_the_file_and_in_memory() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let path = folder.path().join("a.session");
        let mut store = FileStore::open(&path).unwrap();
        let permit = |mode| {
            let permissions = fs::Permissions::from_mode(mode);
            fs::set_permissions(folder.path(), permissions).unwrap();
        };
        permit(0o300);
        let is_readable = File::open(folder.path()).is_ok();
        for dc in 1..3 {
            match store.apply(&[home(dc)]) {
                Ok(()) => assert!(is_readable),
                Err(error) => assert!(error.to_string().contains("is written"), "{error}"),
            }
            assert_eq!(store.load().unwrap().home_dc, Some(DcId(dc)));
        }
        permit(0o700);
        drop(store);
        let records = FileStore::open(&path).unwrap().load().unwrap();
        assert_eq!(records.home_dc, Some(DcId(2)));
    }

    #[cfg(unix)]
    #[test]
    fn for_the_owner_only_and_links_are_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder();
        let path = folder.path().join("a.session");
        let link = folder.path().join("link");
        let victim = folder.path().join("victim");
        fs::write(&victim, b"not ours").unwrap();
        // Left from a crash, or put there to be written through.
        symlink(&victim, beside(&path, ".tmp")).unwrap();
        FileStore::open(&path).unwrap().apply(&[home(1)]).unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"not ours");
        symlink(&path, &link).unwrap();
        let mut store = FileStore::open(&link).unwrap();
        assert!(matches!(
            FileStore::open(&path).unwrap_err(),
            StoreError::InUse { .. }
        ));
        let lax = fs::Permissions::from_mode(0o644);
        fs::set_permissions(&path, lax).unwrap(); // As a copy of it may be.
        store.apply(&[home(3)]).unwrap();
        assert!(link.is_symlink());
        for file in [&path, &beside(&path, ".lock")] {
            let mode = fs::metadata(file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", file.display());
        }
        symlink(folder.path().join("nowhere"), folder.path().join("broken")).unwrap();
        let error = FileStore::open(folder.path().join("broken")).unwrap_err();
        assert!(matches!(error, StoreError::Io { .. }), "{error}");
        assert!(error.to_string().contains("remove the link"), "{error}");
    }
}
