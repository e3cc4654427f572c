//! Which file a session is kept in.
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::store::lock::LOCK;
use crate::store::{StoreError, StringSession};

/// What is added to the name of a file that is not whole yet.
pub(super) const TEMPORARY: &str = ".tmp";

/// How the names end that are no session's.
const SUFFIXES: [&str; 2] = [LOCK, TEMPORARY];

/// Whether a path is a login as text: whole, or cut short, wrapped into lines, quoted, or with
/// something of a path around it. Without a dot no file has so long a name, and with one none can.
pub(in crate::store) fn is_login(path: &str) -> bool {
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
pub(in crate::store) fn refuse_names_beside(path: &Path) -> Result<(), StoreError> {
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
pub(in crate::store) fn real_path(path: &Path) -> Result<PathBuf, StoreError> {
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

/// A file that was copied may have become readable by others.
pub(in crate::store) fn owner_only(path: &Path, data: &fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if data.permissions().mode() & 0o077 != 0 {
            // Where it is refused, the file is another user's, who decides about it.
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).ok();
        }
    }
    #[cfg(not(unix))]
    let _ = (path, data);
}

/// Waits until a replacement outlives a loss of power.
pub(super) fn make_lasting(path: &Path) -> Result<(), StoreError> {
    sync_folder(path).map_err(|source| StoreError::Io {
        action: "make lasting",
        path: path.into(),
        advice: "the session is written, but a loss of power could bring the old one back: check \
                 the disk, and that its folder can be read",
        source,
    })
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
