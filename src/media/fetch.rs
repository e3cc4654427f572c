//! A file on its way down: which pieces are asked for, and in which order they come out.
use std::collections::{BTreeMap, HashMap};

use super::cdn::{Cdn, REUPLOADS_MAX};
use super::chunk::Chunk;
use super::control::TransferHandle;
use super::file_source::FileSource;
use super::flights::{Flights, Landed};
use super::hashes::{Hashes, Held};
use super::origin::reference_of;
use super::pieces::{Brought, Piece, SPAN};
use crate::client::{Client, Way};
use crate::dc::DcId;
use crate::error::FileError;
use crate::error::{Error, Result};
use crate::mtproto::{Answer, Cause, RpcError};
use crate::net::NetError;
use crate::tl::functions::upload::{GetFile, GetFileHashes};
use crate::tl::{Identifiable, Serialize, enums};

/// A file, or a part of it, on its way down. The pieces come out in order.
pub(super) struct Fetch {
    flights: Flights,
    source: FileSource,
    control: TransferHandle,
    /// What is wanted begins here.
    start: u64,
    /// Everything before has come out.
    given: u64,
    /// What is wanted ends here.
    stop: u64,
    /// So many bytes before the start were fetched by an earlier run.
    before: u64,
    /// What is fetched ends here, if that is known: with the last hash, it may be beyond.
    end: Option<u64>,
    /// Nothing was asked for from here on.
    asked: u64,
    /// The pieces that were asked for and have not come out, by their numbers.
    pieces: BTreeMap<u64, Wanted>,
    next_number: u64,
    /// How many bytes have arrived and have not come out.
    held: usize,
    /// Everything up to here has arrived in order.
    arrived: u64,
    /// All that is fetched has arrived.
    is_over: bool,
    /// And so has the end of the file.
    is_whole: bool,
    /// The longest piece.
    longest: u64,
    /// So many bytes may be asked for beyond what has come out.
    ahead: u64,
    hashes: Option<Hashes>,
    /// Where it comes from, if that is a CDN.
    cdn: Option<Cdn>,
    /// So often the file's own data centre may still send us to one.
    redirects: u32,
    /// How often in a row a CDN had lost the file.
    reuploads: u32,
    /// How often the reference was renewed.
    renewed: u64,
    /// Where the file was when that happened last, and how often it has happened there.
    renewed_at: (u64, u32),
    /// With which of the references each piece was asked for.
    references: HashMap<u64, u64>,
}

/// No file is so long.
const FAR: u64 = 1 << 60;

/// So often one fetch goes to a CDN, as copies there come and go.
const REDIRECTS_MAX: u32 = 3;

/// So often in a row a reference is renewed without anything arriving.
const RENEWED_MAX: u32 = 3;

enum Wanted {
    Asked(Piece),
    /// To be asked for again.
    Again(Piece),
    Here(Piece, Chunk),
}

/// Which part of a file is wanted, and how.
#[derive(Clone, Default)]
pub(super) struct Wish {
    pub(super) start: u64,
    /// Where it ends; none: where the file does.
    pub(super) end: Option<u64>,
    /// So many bytes before were fetched by an earlier run.
    pub(super) before: u64,
    pub(super) verify: bool,
    /// The file's own data centre is asked for all of it.
    pub(super) no_cdn: bool,
    pub(super) control: TransferHandle,
    pub(super) connections: Option<usize>,
}

impl Fetch {
    /// Nothing is asked for yet.
    pub(super) fn new(client: &Client, source: FileSource, wish: &Wish) -> Result<Self> {
        let Wish { start, end, .. } = *wish;
        let end = end.map(|end| end.min(FAR));
        let size = source.size.unwrap_or(FAR);
        if start > size {
            return Err(FileError::Range { start, size }.into());
        }
        let end = match (source.size, end) {
            (Some(size), Some(end)) => Some(size.min(end)),
            (size, end) => size.or(end),
        };
        let dc = match source.dc_id {
            0 => client.core.home(), // Nobody has said where it is.
            dc => DcId(dc),
        };
        let mut flights = Flights::new(client, Way::Down, dc, wish.control.clone())?;
        if let Some(most) = wish.connections {
            flights.limit_lanes(most);
        }
        let mut fetch = Self {
            flights,
            source,
            control: wish.control.clone(),
            start,
            given: start,
            stop: end.unwrap_or(u64::MAX),
            before: wish.before,
            end,
            asked: start,
            pieces: BTreeMap::new(),
            next_number: 0,
            held: 0,
            arrived: start,
            is_over: end.is_some_and(|end| end <= start),
            is_whole: false,
            longest: SPAN,
            ahead: u64::MAX,
            hashes: None,
            cdn: None,
            redirects: if wish.no_cdn { 0 } else { REDIRECTS_MAX },
            reuploads: 0,
            renewed: 0,
            renewed_at: (u64::MAX, 0),
            references: HashMap::new(),
        };
        let total = end.map(|end| end.saturating_sub(start) + wish.before);
        wish.control.begin(wish.before, total);
        if wish.verify && !fetch.is_over {
            fetch.verify_from(client, start)?;
        }
        Ok(fetch)
    }

    /// Where the file, or what is wanted of it, ends, if that is known.
    pub(super) fn end(&self) -> Option<u64> {
        self.end
    }

    /// Pieces are no longer than this, a power of two, and no more than so many bytes are asked for
    /// beyond what has come out.
    pub(super) fn go_carefully(&mut self, longest: u64, ahead: u64) {
        (self.longest, self.ahead) = (longest, ahead);
    }

    /// The next piece, or none at the end.
    ///
    /// # Errors
    ///
    /// When the server gives less than the file has, or other bytes, or nothing at all for as long
    /// as a call may take; when it was cancelled.
    pub(super) fn next(&mut self, client: &Client) -> Result<Option<Chunk>> {
        loop {
            match (self.advance(client), &self.cdn) {
                (Ok(next), _) => {
                    self.given = next.as_ref().map_or(self.given, Chunk::end);
                    return Ok(next);
                }
                (Err(error), Some(_)) if !is_final(&error) => self.leave_cdn(client, &error)?,
                (Err(error), _) => return Err(error),
            }
        }
    }

    fn advance(&mut self, client: &Client) -> Result<Option<Chunk>> {
        loop {
            if self.control.is_cancelled() {
                return Err(FileError::Cancelled.into());
            }
            if let Some(chunk) = self.come_out(client)? {
                return Ok(Some(chunk));
            }
            if self.is_over && !self.go_beyond() {
                return Ok(None);
            }
            self.ask()?;
            match self.flights.next()? {
                Landed::Arrived(number, answer) => self.arrive(client, number, answer)?,
                Landed::Again(number) => self.again(number),
                Landed::Refused(number, error) => self.refused(client, number, error)?,
                Landed::Nothing => {}
            }
        }
    }

    /// What is wanted has arrived, but its last hash is of more.
    fn go_beyond(&mut self) -> bool {
        let is_held = self.hashes.as_ref().is_some_and(|it| it.held() > 0);
        if self.is_whole || !is_held {
            return false;
        }
        let beyond = self.arrived + SPAN - self.arrived % SPAN;
        self.end = Some(self.source.size.map_or(beyond, |size| size.min(beyond)));
        self.is_over = false;
        true
    }

    /// Asks for as much as there is room for.
    fn ask(&mut self) -> Result<()> {
        let again = self
            .pieces
            .iter()
            .filter_map(|(number, piece)| match piece {
                Wanted::Again(piece) => Some((*number, *piece)),
                _ => None,
            });
        let again: Vec<_> = again.collect();
        for (number, piece) in again {
            // What has to come out first is asked for however much waits behind it.
            let is_first = self.pieces.first_key_value().map(|(first, _)| *first) == Some(number);
            let held = if is_first { 0 } else { self.held };
            if self.room(piece, held) {
                self.launch(number, piece)?;
            }
        }
        loop {
            if self.is_over || self.end.is_some_and(|end| self.asked >= end) {
                return Ok(());
            }
            let piece = match &self.cdn {
                Some(_) => Piece::plain(self.asked, self.end, self.longest),
                None => Piece::at(self.asked, self.end, self.longest),
            };
            let is_far = piece.offset.saturating_sub(self.arrived) > self.ahead;
            if is_far || !self.room(piece, self.held) {
                return Ok(());
            }
            self.launch(self.next_number, piece)?;
            self.next_number += 1;
            self.asked = piece.end();
        }
    }

    fn room(&self, piece: Piece, held: usize) -> bool {
        let held = held + self.hashes.as_ref().map_or(0, Hashes::held);
        let len = usize::try_from(piece.limit).unwrap_or(usize::MAX);
        self.flights.room(len, held) > 0
    }

    fn launch(&mut self, number: u64, piece: Piece) -> Result<()> {
        let len = usize::try_from(piece.limit).unwrap_or(usize::MAX);
        let body = match &self.cdn {
            Some(cdn) => cdn.request(piece),
            None => self.request(piece),
        };
        self.flights.launch(number, len, body)?;
        self.references.insert(number, self.renewed);
        self.pieces.insert(number, Wanted::Asked(piece));
        Ok(())
    }

    fn request(&self, piece: Piece) -> (Vec<u8>, u32) {
        let request = GetFile {
            precise: piece.precise,
            cdn_supported: self.redirects > 0,
            location: self.source.location.clone(),
            offset: i64::try_from(piece.offset).unwrap_or(i64::MAX),
            limit: i32::try_from(piece.limit).unwrap_or(i32::MAX),
        };
        (request.to_bytes(), GetFile::CONSTRUCTOR_ID)
    }

    fn again(&mut self, number: u64) {
        if let Some(Wanted::Asked(piece)) = self.pieces.get(&number) {
            let piece = *piece;
            self.pieces.insert(number, Wanted::Again(piece));
        }
    }

    fn arrive(&mut self, client: &Client, number: u64, answer: Answer) -> Result<()> {
        let Some(Wanted::Asked(piece)) = self.pieces.get(&number) else {
            return Ok(());
        };
        let piece = *piece;
        self.references.remove(&number);
        let bytes = answer.into_bytes();
        let range = match Brought::of(&bytes, self.cdn.is_some()) {
            Brought::Bytes(range) => range,
            Brought::Redirect if self.redirects > 0 => return self.go_to_cdn(client, &bytes),
            Brought::Nothing => return self.bring_again(client, number, &bytes),
            Brought::Redirect | Brought::Other => {
                return Err(Error::Unexpected(
                    "the server answered with something else than a piece of the file",
                ));
            }
        };
        let mut chunk = Chunk::new(bytes, range, piece.offset);
        if let Some(cdn) = &self.cdn {
            cdn.decrypt(piece.offset, chunk.bytes_mut());
            self.reuploads = 0;
        }
        if chunk.len() as u64 > piece.limit {
            return Err(Error::Unexpected(
                "the server gave more of the file than was asked for",
            ));
        }
        self.land(number, piece, chunk);
        Ok(())
    }

    fn land(&mut self, number: u64, piece: Piece, chunk: Chunk) {
        self.held += chunk.len();
        self.pieces.insert(number, Wanted::Here(piece, chunk));
    }

    /// Beyond the end of a file of unknown length there is nothing.
    fn refused(&mut self, client: &Client, number: u64, error: RpcError) -> Result<()> {
        let Some(Wanted::Asked(piece)) = self.pieces.get(&number) else {
            return Ok(());
        };
        let piece = *piece;
        let is_beyond = self.source.size.is_none() && piece.offset > 0;
        if is_beyond && error.is("OFFSET_INVALID") {
            let nothing = Chunk::new(Vec::new(), 0..0, piece.offset);
            self.land(number, piece, nothing);
            return Ok(());
        }
        if error.is("FILE_REFERENCE_*") {
            return self.renew(client, number, error);
        }
        Err(error.into())
    }

    /// The reference has expired: it is renewed from where the file was seen.
    fn renew(&mut self, client: &Client, number: u64, error: RpcError) -> Result<()> {
        let old = self.references.get(&number).copied();
        // Pieces that were under way with the old one fail for the same reason.
        if old != Some(self.renewed) {
            self.again(number);
            return Ok(());
        }
        self.renew_reference(client, error)?;
        self.again(number);
        Ok(())
    }

    fn renew_reference(&mut self, client: &Client, error: RpcError) -> Result<()> {
        let (Some(origin), Some((file, reference))) =
            (&self.source.origin, reference_of(&mut self.source.location))
        else {
            return Err(error.into());
        };
        if self.arrived == self.renewed_at.0 && self.renewed_at.1 >= RENEWED_MAX {
            return Err(error.into());
        }
        let Some(new) = origin.renew(client, file, client.begin()?)? else {
            return Err(FileError::Gone.into());
        };
        *reference = new;
        self.renewed += 1;
        self.renewed_at = match self.renewed_at {
            (at, times) if at == self.arrived => (at, times + 1),
            _ => (self.arrived, 1),
        };
        Ok(())
    }

    /// What can come out now.
    fn come_out(&mut self, client: &Client) -> Result<Option<Chunk>> {
        loop {
            if let Some(chunk) = self.checked(client)? {
                return Ok(Some(chunk));
            }
            let Some((&number, Wanted::Here(..))) = self.pieces.first_key_value() else {
                return Ok(None);
            };
            let Some(Wanted::Here(piece, mut chunk)) = self.pieces.remove(&number) else {
                return Ok(None);
            };
            self.held -= chunk.len();
            self.check_end(piece, &chunk)?;
            chunk.cut(self.arrived, self.end.unwrap_or(u64::MAX));
            self.arrived = self.arrived.max(chunk.end());
            self.is_over |= self.end.is_some_and(|end| self.arrived >= end);
            self.is_whole |= self.source.size.is_some_and(|size| self.arrived >= size);
            if self.is_over {
                self.pieces.clear();
                self.held = 0;
                self.asked = self.arrived;
            }
            self.control.add(chunk.len() as u64);
            if chunk.is_empty() {
                continue;
            }
            match &mut self.hashes {
                Some(hashes) => hashes.push(chunk),
                None => return Ok(Some(chunk)),
            }
        }
    }

    /// A piece that is shorter than was asked for is the last one.
    fn check_end(&mut self, piece: Piece, chunk: &Chunk) -> Result<()> {
        if let Some(size) = self.source.size {
            let got = chunk.end();
            if got != size.min(piece.end()) {
                return Err(FileError::Length { size, got }.into());
            }
        }
        if chunk.len() as u64 == piece.limit {
            return Ok(());
        }
        (self.is_over, self.is_whole) = (true, true);
        Ok(())
    }

    /// The next piece whose hash is right.
    fn checked(&mut self, client: &Client) -> Result<Option<Chunk>> {
        loop {
            let Some(hashes) = &mut self.hashes else {
                return Ok(None);
            };
            match hashes.next(self.is_whole)? {
                Held::Next => return Ok(None),
                Held::Right(mut chunk) => {
                    // What was fetched for its hash alone does not come out.
                    chunk.cut(self.given, self.stop);
                    if !chunk.is_empty() {
                        return Ok(Some(chunk));
                    }
                }
                Held::Hashes(from) => self.fetch_hashes(client, from)?,
            }
        }
    }

    fn fetch_hashes(&mut self, client: &Client, from: u64) -> Result<()> {
        let answer = self.ask_for_hashes(client, from)?;
        if let Some(hashes) = &mut self.hashes {
            hashes.learn(answer);
            if hashes.start_of(from) != Some(from) {
                if self.cdn.is_some() {
                    return Err(FileError::Hash { offset: from }.into());
                }
                hashes.let_go();
            }
        }
        Ok(())
    }

    fn ask_for_hashes(&mut self, client: &Client, from: u64) -> Result<Vec<enums::FileHash>> {
        if let Some(cdn) = &self.cdn {
            return cdn.hashes(client, from);
        }
        loop {
            let request = GetFileHashes {
                location: self.source.location.clone(),
                offset: i64::try_from(from).unwrap_or(i64::MAX),
            };
            match client.invoke_on_dc(self.flights.dc().0, &request) {
                Err(Error::Rpc(error)) if error.is("FILE_REFERENCE_*") => {
                    self.renew_reference(client, error)?;
                }
                answer => return answer,
            }
        }
    }

    /// Begins where the hash begins that a byte lies in.
    fn verify_from(&mut self, client: &Client, at: u64) -> Result<()> {
        let mut hashes = self.hashes.take().unwrap_or_default();
        if hashes.start_of(at).is_none() {
            hashes.learn(self.ask_for_hashes(client, at)?);
        }
        match hashes.start_of(at) {
            Some(start) => {
                hashes.begin_at(start);
                self.hashes = Some(hashes);
                (self.asked, self.arrived) = (start, start);
                Ok(())
            }
            // What a stranger gives is not taken on trust.
            None if self.cdn.is_some() => Err(FileError::Hash { offset: at }.into()),
            None => Ok(()),
        }
    }

    /// The file's own data centre sends us to a CDN. From now on all is held against its hashes.
    ///
    /// See <https://core.telegram.org/cdn>.
    fn go_to_cdn(&mut self, client: &Client, answer: &[u8]) -> Result<()> {
        let (cdn, hashes) = Cdn::read(answer, self.flights.dc())?;
        let dc = cdn.dc;
        self.redirects -= 1;
        self.cdn = Some(cdn);
        self.hashes.get_or_insert_default().learn(hashes);
        client.core.meet_cdn(dc, client.begin()?)?;
        self.begin_again(client, dc)
    }

    /// The CDN is of no use: what has not come out is asked for where the file is at home.
    fn leave_cdn(&mut self, client: &Client, error: &Error) -> Result<()> {
        let Some(cdn) = self.cdn.take() else {
            return Ok(());
        };
        tracing::warn!(%error, dc = %cdn.dc, "a CDN cannot be used: its files come from elsewhere");
        let has_forgotten = matches!(error, Error::Rpc(error) if error.is("FILE_TOKEN_INVALID"));
        if !has_forgotten {
            self.redirects = 0;
        }
        if matches!(error, Error::Unanswered(it) if matches!(it.cause, Cause::Unusable(_))) {
            client.core.doubt_cdns();
        }
        self.begin_again(client, cdn.centre)
    }

    /// Everything that has not come out is fetched anew, from another data centre.
    fn begin_again(&mut self, client: &Client, dc: DcId) -> Result<()> {
        self.flights = self.flights.elsewhere(client, dc)?;
        self.pieces.clear();
        self.references.clear();
        self.held = 0;
        (self.asked, self.arrived) = (self.given, self.given);
        self.is_whole = false;
        self.is_over = self.given >= self.stop.min(self.end.unwrap_or(u64::MAX));
        let done = self.before + (self.given - self.start);
        self.control.fall_back(done);
        match self.hashes {
            Some(_) => self.verify_from(client, self.given),
            None => Ok(()),
        }
    }

    /// The CDN has lost the file.
    fn bring_again(&mut self, client: &Client, number: u64, answer: &[u8]) -> Result<()> {
        self.reuploads += 1;
        if self.reuploads > REUPLOADS_MAX {
            return Err(Error::Unexpected("the CDN loses the file again and again"));
        }
        if let Some(cdn) = &self.cdn {
            let hashes = cdn.reupload(client, answer, client.begin()?)?;
            self.hashes.get_or_insert_default().learn(hashes);
        }
        self.again(number);
        Ok(())
    }
}

/// Whether it has nothing to do with where the file comes from.
fn is_final(error: &Error) -> bool {
    matches!(
        error,
        Error::File(FileError::Cancelled) | Error::Net(NetError::Closed | NetError::Forked)
    )
}
