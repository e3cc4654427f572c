//! A new file that is written beside the old one, piece by piece.
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::vec;

use super::entry::{self, HEAD_LEN, SNAPSHOT_KEY};
use super::header::{HEADER_LEN, Header, Sums};
use super::index::{Index, Packed};
use super::log::Log;
use crate::store::Change;
use crate::store::encoding::Writer;
use crate::store::lock::owner_only;
use crate::store::steps::{each_step, put_step};

/// So much is written before somebody else has a turn: a few milliseconds.
const PIECE: usize = 1024 * 1024;

/// So much is written before the disk is waited for: not so much that a key would have to wait
/// behind it for long.
const SYNC_EVERY: u64 = 8 * PIECE as u64;

/// A new file in the making. When it is dropped before it has taken the old one's place, it goes.
#[derive(Debug)]
pub(super) struct Snapshot {
    path: PathBuf,
    file: File,
    sums: Sums,
    /// The number of the next entry.
    next: u64,
    end: u64,
    synced: u64,
    /// Where peers stand in the old file that are still to be copied.
    left: vec::IntoIter<u64>,
    /// Up to where the old file's entries are in this one, one way or the other.
    copied: u64,
    index: Index,
}

impl Snapshot {
    /// Begins a file at `path` with `changes`, which say everything but who the peers are. What
    /// stands there was left by a crash.
    pub(super) fn begin(
        path: PathBuf,
        changes: impl Iterator<Item = Change>,
        log: Option<&Log>,
    ) -> io::Result<Self> {
        // It is not opened but removed: it could be a link to something else, or readable by
        // others.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        owner_only(&mut options);
        let file = options.open(&path)?;
        let mut snapshot = Self {
            path,
            file,
            sums: Sums::new(),
            next: 0,
            end: HEADER_LEN as u64,
            synced: 0,
            left: log
                .map(|log| log.index.places())
                .unwrap_or_default()
                .into_iter(),
            copied: log.map_or(0, Log::end),
            index: Index::default(),
        };
        snapshot.file.seek(SeekFrom::Start(snapshot.end))?;
        snapshot.add(changes)?;
        Ok(snapshot)
    }

    /// Adds changes, in as many entries as it takes.
    pub(super) fn add(&mut self, changes: impl Iterator<Item = Change>) -> io::Result<()> {
        let mut payload = Writer::default();
        for change in changes {
            self.put(&change, &mut payload);
            if payload.len() >= PIECE {
                self.write(&payload)?;
                payload = Writer::default();
            }
        }
        self.write(&payload)
    }

    /// Copies a piece of what the old file has. Whether there is more.
    pub(super) fn copy(&mut self, log: &Log) -> io::Result<bool> {
        if self.left.len() > 0 {
            self.copy_peers(log)?;
        } else {
            self.copy_entries(log)?;
        }
        if self.end - self.synced >= SYNC_EVERY {
            self.file.sync_data()?;
            self.synced = self.end;
        }
        Ok(self.left.len() > 0 || self.copied < log.end())
    }

    fn copy_peers(&mut self, log: &Log) -> io::Result<()> {
        let mut payload = Writer::default();
        let mut block = log.block(PIECE);
        while payload.len() < PIECE {
            let Some(place) = self.left.next() else { break };
            let Some(record) = block.peer_at(place)? else {
                continue;
            };
            // One that has changed since comes with the entry that it was changed by.
            if Packed::of(record.id).and_then(|id| log.index.place(id)) == Some(place) {
                self.put(&Change::Peer(log.own(record)), &mut payload);
            }
        }
        self.write(&payload)
    }

    /// As many entries as make a piece, so that this comes to an end while others are added.
    fn copy_entries(&mut self, log: &Log) -> io::Result<()> {
        let mut payload = Writer::default();
        while payload.len() < PIECE
            && let Some((bytes, after)) = log.entry_at(self.copied)?
        {
            let read = each_step(&bytes, |_, change| {
                self.put(&change, &mut payload);
                Ok(())
            });
            read.map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
            self.copied = after;
        }
        self.write(&payload)
    }

    fn put(&mut self, change: &Change, payload: &mut Writer) {
        let place = self.end + (HEAD_LEN + payload.len()) as u64;
        match change {
            Change::Peer(peer) => {
                if let Some(id) = Packed::of(peer.id) {
                    self.index.put(id, peer, place);
                }
            }
            Change::SignedOut | Change::Clear => self.index.clear(),
            _ => {}
        }
        put_step(change, payload);
    }

    fn write(&mut self, payload: &Writer) -> io::Result<()> {
        let payload = payload.as_slice();
        if payload.is_empty() {
            return Ok(());
        }
        let head = entry::head(&SNAPSHOT_KEY, self.next, payload);
        self.file.write_all(&head)?;
        self.file.write_all(payload)?;
        self.sums.add(&entry::Head::parse(&head).sum);
        self.next += 1;
        self.end += (HEAD_LEN + payload.len()) as u64;
        Ok(())
    }

    /// How long the file is so far.
    pub(super) fn len(&self) -> u64 {
        self.end
    }

    /// Makes the file whole and puts it in the place of `path`: a moment later there is either the
    /// one or the other.
    pub(super) fn finish(mut self, path: &Path) -> io::Result<Log> {
        let header = Header::of(self.end - HEADER_LEN as u64, &self.sums);
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&header.to_bytes())?;
        self.file.sync_all()?;
        fs::rename(&self.path, path)?;
        self.path = PathBuf::new(); // It is not there any more to be removed.
        let file = self.file.try_clone()?;
        let index = std::mem::take(&mut self.index);
        Ok(Log::written(file, &header, self.next, self.end, index))
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // A half of it is of no use, and may fill the disk.
            fs::remove_file(&self.path).ok();
        }
    }
}
