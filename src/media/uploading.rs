//! A file on its way up: what is sent, what has come of it, and what has to be sent again.
use std::collections::{BTreeSet, HashMap};

use md5::{Digest, Md5};

use super::control::TransferHandle;
use super::flights::{Flights, Landed};
use super::part_body::{Belongs, PART, PartBody, SMALL_MAX};
use super::upload_source::UploadSource;
use super::upload_ticket::UploadTicket;
use crate::client::{Client, Way};
use crate::entropy::Entropy;
use crate::error::FileError;
use crate::error::{Error, Result};
use crate::mtproto::Answer;
use crate::net::OsEntropy;
use crate::tl::{Deserialize, enums, types};

/// A file on its way up.
pub(super) struct Uploading {
    flights: Flights,
    control: TransferHandle,
    belongs: Belongs,
    /// How many parts were sent.
    sent: u32,
    /// How many bytes they have.
    bytes: u64,
    lengths: HashMap<u64, usize>,
    again: BTreeSet<u64>,
    keeping: Keeping,
    md5: Option<Md5>,
    /// How far it has come, of what can be gone on with.
    ticket: Option<UploadTicket>,
    /// The parts that have arrived beyond.
    beyond: BTreeSet<u64>,
}

/// Where a part is taken from that has to be sent again.
pub(super) enum Keeping {
    /// From where it came from.
    Source(UploadSource),
    /// From a copy, which is kept until it has arrived.
    Copies(HashMap<u64, Vec<u8>>),
}

impl Keeping {
    pub(super) fn copies() -> Self {
        Self::Copies(HashMap::new())
    }
}

impl Uploading {
    /// Nothing is sent yet. `size` is known, or the file is streamed.
    pub(super) fn new(
        client: &Client,
        size: Option<u64>,
        keeping: Keeping,
        (control, connections): (TransferHandle, Option<usize>),
    ) -> Result<Self> {
        let home = client.core.home();
        let mut flights = Flights::new(client, Way::Up, home, control.clone())?;
        if let Some(most) = connections {
            flights.limit_lanes(most);
        }
        control.begin(0, size);
        let is_small = size.is_some_and(|size| size <= SMALL_MAX);
        let total = match size {
            _ if is_small => None,
            Some(size) => Some(i32::try_from(size.div_ceil(PART as u64)).unwrap_or(i32::MAX)),
            None => Some(-1),
        };
        let mut id = [0; 8];
        OsEntropy::new().fill(&mut id);
        Ok(Self {
            flights,
            control,
            belongs: Belongs {
                file_id: i64::from_le_bytes(id),
                total,
            },
            sent: 0,
            bytes: 0,
            lengths: HashMap::new(),
            again: BTreeSet::new(),
            ticket: match (&keeping, size) {
                (Keeping::Source(_), Some(size)) => Some(UploadTicket {
                    file_id: i64::from_le_bytes(id),
                    size,
                    arrived: 0,
                }),
                _ => None,
            },
            beyond: BTreeSet::new(),
            keeping,
            md5: is_small.then(Md5::new),
        })
    }

    /// Goes on where an earlier run has come to: nothing was sent yet by this one.
    pub(super) fn go_on(&mut self, ticket: UploadTicket) {
        self.belongs.file_id = ticket.file_id;
        self.sent = ticket.arrived;
        self.bytes = ticket.size.min(u64::from(ticket.arrived) * PART as u64);
        self.control.begin(self.bytes, Some(ticket.size));
        self.ticket = Some(ticket);
        self.md5 = None; // Nobody has added up the first parts.
    }

    /// Of a file that has arrived before, to send parts of it again.
    pub(super) fn anew(
        client: &Client,
        file: &enums::InputFile,
        source: UploadSource,
        control: TransferHandle,
    ) -> Result<Self> {
        let size = source.len();
        let mut uploading =
            Self::new(client, Some(size), Keeping::Source(source), (control, None))?;
        uploading.belongs = match file {
            enums::InputFile::Big(it) => Belongs {
                file_id: it.id,
                total: Some(it.parts),
            },
            enums::InputFile::File(it) => Belongs {
                file_id: it.id,
                total: None,
            },
            _ => return Err(Error::Argument("this file was not uploaded in parts")),
        };
        uploading.bytes = size;
        uploading.ticket = None;
        Ok(uploading)
    }

    /// Sends this part, again, with the next turn.
    pub(super) fn repeat(&mut self, part: u32) {
        let number = u64::from(part);
        let left = self.bytes.saturating_sub(number * PART as u64);
        let len = usize::try_from(left).map_or(PART, |left| left.min(PART));
        self.lengths.insert(number, len);
        self.again.insert(number);
    }

    pub(super) fn belongs(&self) -> Belongs {
        self.belongs
    }

    pub(super) fn sent(&self) -> u32 {
        self.sent
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Waits until there is room for parts, and says for how many.
    pub(super) fn wait_for_room(&mut self) -> Result<usize> {
        loop {
            self.send_again()?;
            if self.again.is_empty() {
                let room = self.flights.room(PART, 0);
                if room > 0 && !self.control.is_cancelled() {
                    return Ok(room);
                }
            }
            self.turn()?;
        }
    }

    /// Sends the next part.
    pub(super) fn push(&mut self, part: PartBody) -> Result<()> {
        if let Some(md5) = &mut self.md5 {
            md5.update(part.bytes());
        }
        let number = u64::from(self.sent);
        if let Keeping::Copies(copies) = &mut self.keeping {
            copies.insert(number, part.bytes().to_vec());
        }
        self.lengths.insert(number, part.len());
        self.sent += 1;
        self.bytes += part.len() as u64;
        self.flights.launch(number, part.len(), part.into_request())
    }

    /// Sends the next part, of which there is a copy.
    pub(super) fn push_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        let part = PartBody::new(self.belongs, self.sent, bytes.len(), |out| {
            out.copy_from_slice(bytes);
            Ok::<(), Error>(())
        })?;
        self.push(part)
    }

    /// Sends the last part of a stream, which says how many there are.
    pub(super) fn push_last(&mut self, bytes: &[u8]) -> Result<()> {
        let total = i32::try_from(self.sent + 1).unwrap_or(i32::MAX);
        self.wait_for_room()?;
        self.belongs.total = Some(total);
        self.control.set_total(self.bytes + bytes.len() as u64);
        self.push_bytes(bytes)
    }

    /// Waits until all parts have arrived.
    pub(super) fn finish(&mut self) -> Result<()> {
        while !(self.flights.is_empty() && self.again.is_empty()) {
            self.send_again()?;
            self.turn()?;
        }
        match self.control.is_cancelled() {
            true => Err(FileError::Cancelled.into()),
            false => Ok(()),
        }
    }

    /// The file, as it is named to the server.
    pub(super) fn input(&mut self, name: &str) -> enums::InputFile {
        let parts = i32::try_from(self.sent).unwrap_or(i32::MAX);
        let (id, name) = (self.belongs.file_id, name.to_owned());
        let sum = self.md5.take().map(|md5| hex(&md5.finalize()));
        match self.belongs.total {
            None => types::InputFile {
                id,
                parts,
                name,
                md5_checksum: sum.unwrap_or_default(),
            }
            .into(),
            Some(_) => types::InputFileBig { id, parts, name }.into(),
        }
    }

    /// One thing that happens.
    fn turn(&mut self) -> Result<()> {
        match self.flights.next()? {
            Landed::Arrived(number, answer) => self.arrive(number, &answer),
            Landed::Again(number) => {
                self.again.insert(number);
                Ok(())
            }
            Landed::Refused(_, error) => Err(error.into()),
            Landed::Nothing => Ok(()),
        }
    }

    fn arrive(&mut self, number: u64, answer: &Answer) -> Result<()> {
        match bool::from_bytes(answer.as_ref()) {
            Ok(true) => {}
            Ok(false) => return Err(Error::Unexpected("the server did not take a part")),
            Err(source) => {
                let layer = crate::tl::LAYER;
                return Err(Error::Answer { layer, source });
            }
        }
        if let Keeping::Copies(copies) = &mut self.keeping {
            copies.remove(&number);
        }
        let len = self.lengths.remove(&number).unwrap_or(0);
        self.control.add(len as u64);
        if let Some(ticket) = &mut self.ticket {
            self.beyond.insert(number);
            while self.beyond.remove(&u64::from(ticket.arrived)) {
                ticket.arrived += 1;
            }
            self.control.set_ticket(*ticket);
        }
        Ok(())
    }

    /// Sends what has to be sent again, as far as there is room.
    fn send_again(&mut self) -> Result<()> {
        while let Some(&number) = self.again.first() {
            if self.flights.room(PART, 0) == 0 {
                return Ok(());
            }
            let len = self.lengths.get(&number).copied().unwrap_or(0);
            let part = u32::try_from(number).unwrap_or(u32::MAX);
            let body = match &self.keeping {
                Keeping::Source(source) => PartBody::new(self.belongs, part, len, |out| {
                    source.read(number * PART as u64, out)
                })?,
                Keeping::Copies(copies) => {
                    let copy = copies.get(&number).map_or(&[][..], Vec::as_slice);
                    PartBody::new(self.belongs, part, copy.len(), |out| {
                        out.copy_from_slice(copy);
                        Ok::<(), Error>(())
                    })?
                }
            };
            self.again.remove(&number);
            self.flights.launch(number, len, body.into_request())?;
        }
        Ok(())
    }
}

/// In lower case, as the server wants it.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a string takes everything");
    }
    text
}
