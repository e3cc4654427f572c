//! An open session file: a snapshot, and behind it the entries that were added since.
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use zeroize::Zeroizing;

use super::entry::{self, HEAD_LEN, Head, Key, SNAPSHOT_KEY};
use super::header::{HEADER_LEN, Header, Sums};
use super::index::{Index, Packed};
use crate::store::encoding::{Malformed, Writer};
use crate::store::steps::{each_step, put_step, read_step, step_len};
use crate::store::{Change, PeerQuery, PeerRecord};

/// Most peers are read at once with this; a longer one takes a second look.
const GLANCE: usize = 256;

/// An open session file. Peers stay in it; everything else is handed out when it is read.
#[derive(Debug)]
pub(super) struct Log {
    file: File,
    header: [u8; HEADER_LEN],
    /// The header's checksum: what is added carries it on.
    key: Key,
    /// The number of the next entry.
    next: u64,
    /// Where the next entry goes.
    end: u64,
    /// Where the snapshot ends.
    snapshot_end: u64,
    /// Something of a write that failed stands behind the end.
    littered: bool,
    /// Whether nothing was added since the file was opened, written or closed.
    sealed: bool,
    pub(super) index: Index,
}

/// Why a file cannot be taken as it is.
pub(super) enum Unreadable {
    Io(io::Error),
    Damaged(&'static str),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Malformed> for Unreadable {
    fn from(Malformed(detail): Malformed) -> Self {
        Self::Damaged(detail)
    }
}

impl Log {
    /// Reads a file that begins with `header`, and gives all changes in it but those of peers to
    /// `take`, in their order.
    pub(super) fn read(
        file: File,
        header: &Header,
        mut take: impl FnMut(Change),
    ) -> Result<Self, Unreadable> {
        let len = file.metadata()?.len();
        let snapshot_end = (HEADER_LEN as u64)
            .checked_add(header.body_len())
            .filter(|end| *end <= len)
            .ok_or(Unreadable::Damaged("it ends too early"))?;
        let mut log = Self {
            file,
            header: header.to_bytes(),
            key: *header.checksum(),
            next: 0,
            end: HEADER_LEN as u64,
            snapshot_end,
            littered: false,
            sealed: true,
            index: Index::default(),
        };
        let mut sums = Sums::new();
        log.file.seek(SeekFrom::Start(log.end))?;
        while log.end < snapshot_end {
            let payload = log.read_entry(&SNAPSHOT_KEY, snapshot_end, Some(&mut sums))?;
            let payload = payload.ok_or(Unreadable::Damaged("its checksum does not fit"))?;
            log.take(&payload, &mut take)?;
        }
        if !header.fits(&sums) {
            return Err(Unreadable::Damaged("its checksum does not fit"));
        }
        let key = log.key;
        while log.end < len {
            match log.read_entry(&key, len, None)? {
                Some(payload) => log.take(&payload, &mut take)?,
                None => {
                    log.check_torn(len)?;
                    break;
                }
            }
        }
        Ok(log)
    }

    /// A file that was just written, and is a snapshot from end to end.
    pub(super) fn written(file: File, header: &Header, next: u64, end: u64, index: Index) -> Self {
        Self {
            file,
            header: header.to_bytes(),
            key: *header.checksum(),
            next,
            end,
            snapshot_end: end,
            littered: false,
            sealed: true,
            index,
        }
    }

    /// The payload of the entry at the end of what is read so far; `None` when there is no whole
    /// one before `limit`.
    fn read_entry(
        &mut self,
        key: &Key,
        limit: u64,
        sums: Option<&mut Sums>,
    ) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let left = limit - self.end;
        if left < HEAD_LEN as u64 {
            return Ok(None);
        }
        let mut head = [0; HEAD_LEN];
        self.file.read_exact(&mut head)?;
        let head = Head::parse(&head);
        let room = left - HEAD_LEN as u64;
        if head.payload_len as u64 > room || head.number != self.next {
            return Ok(None);
        }
        // Of the length that it has: a growing buffer would leave keys behind.
        let mut payload = Zeroizing::new(vec![0; head.payload_len]);
        self.file.read_exact(&mut payload)?;
        if !head.fits(key, &payload) {
            return Ok(None);
        }
        if let Some(sums) = sums {
            sums.add(&head.sum);
        }
        Ok(Some(payload))
    }

    /// Takes an entry's changes in, which stands at the end of what is read so far.
    fn take(&mut self, payload: &[u8], take: &mut impl FnMut(Change)) -> Result<(), Malformed> {
        let place = self.end + HEAD_LEN as u64;
        each_step(payload, |at, change| {
            self.note(&change, place + at as u64);
            match change {
                Change::Peer(_) => {}
                other => take(other),
            }
            Ok(())
        })?;
        self.next += 1;
        self.end = place + payload.len() as u64;
        Ok(())
    }

    /// Keeps the index true to a change that stands at `place`.
    fn note(&mut self, change: &Change, place: u64) {
        match change {
            Change::Peer(peer) => {
                if let Some(id) = Packed::of(peer.id) {
                    self.index.put(id, peer, place);
                }
            }
            Change::SignedOut | Change::Clear => self.index.clear(),
            _ => {}
        }
    }

    /// What cannot be read at the end is cut off if it is the rest of a write that power or disk
    /// cut short. If anything of this file comes after it, it was written whole, and is damaged.
    fn check_torn(&mut self, len: u64) -> Result<(), Unreadable> {
        self.file.seek(SeekFrom::Start(self.end))?;
        let mut rest = Zeroizing::new(Vec::with_capacity((len - self.end) as usize));
        (&self.file).take(len - self.end).read_to_end(&mut rest)?;
        if entry::any_follows(&rest, &self.key, self.next + 1) {
            return Err(Unreadable::Damaged(
                "one of its entries is not what was written",
            ));
        }
        tracing::warn!(
            bytes = rest.len(),
            "a write to the session was cut short: it is left out"
        );
        self.littered = true;
        Ok(())
    }

    /// Adds an entry and waits for the disk. Where that fails it is as if nothing had been added.
    pub(super) fn append(&mut self, changes: &[Change]) -> io::Result<()> {
        let mut payload = Writer::default();
        let mut places = Vec::with_capacity(changes.len());
        for change in changes {
            places.push(payload.len() as u64);
            put_step(change, &mut payload);
        }
        let (next, end) = (self.next, self.end);
        let place = end + HEAD_LEN as u64;
        self.write_entry(payload.as_slice())?;
        if let Err(error) = self.file.sync_data() {
            (self.next, self.end, self.littered) = (next, end, true);
            return Err(error);
        }
        self.sealed = false;
        for (change, at) in changes.iter().zip(places) {
            self.note(change, place + at);
        }
        Ok(())
    }

    fn write_entry(&mut self, payload: &[u8]) -> io::Result<()> {
        if self.littered {
            self.file.set_len(self.end)?;
        }
        self.littered = true;
        let mut whole = Writer::default();
        whole.bytes(&entry::head(&self.key, self.next, payload));
        whole.bytes(payload);
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(whole.as_slice())?;
        self.littered = false;
        self.next += 1;
        self.end += whole.len() as u64;
        Ok(())
    }

    /// Adds an entry without content, so that damage to the last one would be noticed. It is of no
    /// harm if it is lost.
    pub(super) fn seal(&mut self) {
        let len = self.file.metadata().map(|data| data.len());
        // Else another program writes it too, and this would be in the middle of what it wrote.
        if !self.sealed && len.is_ok_and(|len| self.may_be_as_long_as(len)) {
            self.sealed = self.write_entry(&[]).is_ok();
        }
    }

    /// The peer that is asked for, without what is another's by now.
    pub(super) fn find(&self, query: &PeerQuery<'_>) -> io::Result<Option<PeerRecord>> {
        let Some(place) = self.index.find(query) else {
            return Ok(None);
        };
        let record = self.block(GLANCE).peer_at(place)?;
        let own = record.map(|record| self.own(record));
        Ok(own.filter(|record| record.answers(query)))
    }

    /// The record without what is another's by now.
    pub(super) fn own(&self, mut record: PeerRecord) -> PeerRecord {
        if let Some(id) = Packed::of(record.id) {
            let index = &self.index;
            record.keep_own(
                |name| index.owns_name(id, name),
                |phone| index.owns_phone(id, phone),
            );
        }
        record
    }

    /// The payload of the entry that stands there, and where the next one does.
    pub(super) fn entry_at(&self, place: u64) -> io::Result<Option<(Zeroizing<Vec<u8>>, u64)>> {
        if place >= self.end {
            return Ok(None);
        }
        let mut file = &self.file;
        file.seek(SeekFrom::Start(place))?;
        let mut head = [0; HEAD_LEN];
        file.read_exact(&mut head)?;
        let head = Head::parse(&head);
        let after = place + (HEAD_LEN + head.payload_len) as u64;
        if after > self.end {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut payload = Zeroizing::new(vec![0; head.payload_len]);
        file.read_exact(&mut payload)?;
        match head.fits(&self.key, &payload) {
            true => Ok(Some((payload, after))),
            false => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// Looks at many peers one after the other.
    pub(super) fn block(&self, len: usize) -> Block<'_> {
        Block {
            log: self,
            start: 0,
            bytes: Zeroizing::default(),
            len,
        }
    }

    /// The same file, opened again.
    pub(super) fn take_file(&mut self, file: File) {
        self.file = file;
    }

    /// How the file begins: no other content begins so.
    pub(super) fn header(&self) -> &[u8; HEADER_LEN] {
        &self.header
    }

    /// Where the next entry will stand.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// Whether a file of this length can be the one that was read or written last.
    pub(super) fn may_be_as_long_as(&self, len: u64) -> bool {
        match self.littered {
            true => len >= self.end,
            false => len == self.end,
        }
    }

    /// How long the snapshot is, and what was added behind it.
    pub(super) fn lengths(&self) -> (u64, u64) {
        (self.snapshot_end, self.end - self.snapshot_end)
    }
}

/// A part of the file in memory, from which the peers that stand in it are taken.
pub(super) struct Block<'a> {
    log: &'a Log,
    start: u64,
    /// Between the peers a key may stand, so they are wiped.
    bytes: Zeroizing<Vec<u8>>,
    len: usize,
}

impl Block<'_> {
    /// The peer whose record stands there. None if it was damaged since the file was opened: it can
    /// be asked for again.
    pub(super) fn peer_at(&mut self, place: u64) -> io::Result<Option<PeerRecord>> {
        let len = match step_len(self.from(place)) {
            Some(len) => len,
            None => {
                self.load(place, self.len)?;
                step_len(&self.bytes).unwrap_or(0)
            }
        };
        if self.from(place).len() < len {
            self.load(place, len.max(self.len))?;
        }
        match read_step(self.from(place)) {
            Ok((Change::Peer(record), _)) => Ok(Some(record)),
            _ => Ok(None),
        }
    }

    fn from(&self, place: u64) -> &[u8] {
        let at = place.checked_sub(self.start).map(usize::try_from);
        let at = at.and_then(Result::ok).unwrap_or(usize::MAX);
        self.bytes.get(at..).unwrap_or_default()
    }

    fn load(&mut self, place: u64, len: usize) -> io::Result<()> {
        let left = self.log.end.saturating_sub(place);
        let len = usize::try_from(left).map_or(len, |left| len.min(left));
        let mut file = &self.log.file;
        file.seek(SeekFrom::Start(place))?;
        // A new buffer: one that grows leaves behind what it held.
        self.bytes = Zeroizing::new(vec![0; len]);
        self.start = place;
        file.read_exact(&mut self.bytes)
    }
}
