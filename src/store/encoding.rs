//! Single records as bytes: fixed order, little-endian, each length before what it counts.
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use zeroize::{Zeroize, Zeroizing};

use super::note::Note;
use super::peer::{PeerKey, PeerRecord};
use super::records::{Account, DcAddress, KeyKind, KeyPlace, KeyRecord, SaltRecord, UpdateState};
use crate::dc::DcId;
use crate::secret::Secret;

/// The first format of a session file, in which peers had one name, without a time.
const FIRST: u32 = 1;

/// What does not fit together in the bytes, in words for the error's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) &'static str);

/// Bytes that are written. They are wiped when they go, and so is each buffer that they outgrew.
#[derive(Default)]
pub(super) struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Writes over what stands at `at`.
    pub(super) fn patch(&mut self, at: usize, bytes: &[u8]) {
        self.0[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// Grows by hand: a vector that grows by itself leaves the keys behind in the memory that it
    /// gives back.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            let mut larger = Vec::with_capacity(needed.next_power_of_two().max(4096));
            larger.extend_from_slice(&self.0);
            self.0.zeroize();
            *self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
    }

    /// A length or a count. Four bytes hold it: the file's limit is far below.
    fn count(&mut self, count: usize) {
        let count = u32::try_from(count).expect("a session's lists fit into memory many times");
        self.bytes(&count.to_le_bytes());
    }
}

/// Bytes that are read.
pub(super) struct Reader<'a> {
    left: &'a [u8],
    format: u32,
}

impl<'a> Reader<'a> {
    /// Reads what was written in a format.
    pub(super) fn new(bytes: &'a [u8], format: u32) -> Self {
        Self {
            left: bytes,
            format,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(super) fn bytes(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self
            .left
            .split_at_checked(len)
            .ok_or(Malformed("its records end too early"))?;
        self.left = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let bytes = self.bytes(N)?;
        Ok(bytes.try_into().expect("as many bytes as were asked for"))
    }

    /// A count of things that take `least` bytes each. One that the rest of the bytes cannot hold
    /// is refused here, so nobody reserves memory for what is not there.
    fn count(&mut self, least: usize) -> Result<usize, Malformed> {
        let count = u32::from_le_bytes(self.array()?) as usize;
        match count.checked_mul(least) {
            Some(len) if len <= self.left.len() => Ok(count),
            _ => Err(Malformed("a list claims more than there is")),
        }
    }
}

/// Something that stands in a file.
pub(super) trait Item: Sized {
    /// The fewest bytes that one takes.
    const LEAST: usize;
    fn put(&self, writer: &mut Writer);
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed>;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Item for $number {
            const LEAST: usize = size_of::<Self>();
            fn put(&self, writer: &mut Writer) {
                writer.bytes(&self.to_le_bytes());
            }
            fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                Ok(Self::from_le_bytes(reader.array()?))
            }
        }
    )*};
}

/// A struct is its fields in the order given here.
macro_rules! structs {
    ($($name:ident { $($field:ident: $kind:ty),* })*) => {$(
        impl Item for $name {
            const LEAST: usize = 0 $(+ <$kind>::LEAST)*;
            fn put(&self, writer: &mut Writer) {
                $(self.$field.put(writer);)*
            }
            fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                $(let $field = <$kind>::read(reader)?;)*
                Ok(Self { $($field),* })
            }
        }
    )*};
}

numbers!(u8, u16, u32, i32, i64);

structs! {
    Account { user_id: i64, bot: bool }
    DcAddress {
        dc: DcId, address: SocketAddr, media_only: bool, cdn: bool, this_port_only: bool,
        static_: bool, tcpo_only: bool, secret: Option<Vec<u8>>
    }
    KeyPlace { dc: DcId, media: bool, kind: KeyKind }
    KeyRecord {
        place: KeyPlace, key: Box<Secret<[u8; 256]>>, created: i64, expires_at: Option<i64>,
        time_offset: i32
    }
    SaltRecord { place: KeyPlace, valid_since: i32, valid_until: i32, salt: i64 }
    UpdateState { pts: i32, qts: i32, date: i32, seq: i32 }
    Note { room: String, key: Vec<u8>, bytes: Vec<u8>, expires: Option<i64> }
}

impl Item for bool {
    const LEAST: usize = 1;
    fn put(&self, writer: &mut Writer) {
        u8::from(*self).put(writer);
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        match u8::read(reader)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed("a yes or no is neither")),
        }
    }
}

impl Item for DcId {
    const LEAST: usize = 4;
    fn put(&self, writer: &mut Writer) {
        self.0.put(writer);
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        i32::read(reader).map(Self)
    }
}

impl<T: Item> Item for Option<T> {
    const LEAST: usize = 1;
    fn put(&self, writer: &mut Writer) {
        self.is_some().put(writer);
        if let Some(item) = self {
            item.put(writer);
        }
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        bool::read(reader)?.then(|| T::read(reader)).transpose()
    }
}

impl<T: Item> Item for Vec<T> {
    const LEAST: usize = 4;
    fn put(&self, writer: &mut Writer) {
        writer.count(self.len());
        for item in self {
            item.put(writer);
        }
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let count = reader.count(T::LEAST)?;
        (0..count).map(|_| T::read(reader)).collect()
    }
}

impl Item for String {
    const LEAST: usize = 4;
    fn put(&self, writer: &mut Writer) {
        writer.count(self.len());
        writer.bytes(self.as_bytes());
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let len = reader.count(1)?;
        let text = str::from_utf8(reader.bytes(len)?);
        text.map(Self::from)
            .map_err(|_| Malformed("a text is not UTF-8"))
    }
}

impl Item for PeerRecord {
    const LEAST: usize = PeerKey::LEAST + 4;
    fn put(&self, writer: &mut Writer) {
        self.id.put(writer);
        self.access_hash.put(writer);
        self.min.put(writer);
        self.usernames.put(writer);
        self.phone.put(writer);
        self.usernames_seen.put(writer);
        self.phone_seen.put(writer);
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let dated = reader.format > FIRST;
        Ok(Self {
            id: PeerKey::read(reader)?,
            access_hash: Option::read(reader)?,
            min: bool::read(reader)?,
            usernames: match dated {
                true => Vec::read(reader)?,
                false => Option::read(reader)?.into_iter().collect(),
            },
            phone: Option::read(reader)?,
            usernames_seen: if dated { i64::read(reader)? } else { 0 },
            phone_seen: if dated { i64::read(reader)? } else { 0 },
        })
    }
}

impl Item for Box<Secret<[u8; 256]>> {
    const LEAST: usize = 256;
    fn put(&self, writer: &mut Writer) {
        writer.bytes(self.expose());
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let bytes: &[u8; 256] = reader
            .bytes(256)?
            .try_into()
            .expect("as many bytes as were asked for");
        Ok(Self::new(Secret::new(*bytes)))
    }
}

impl Item for KeyKind {
    const LEAST: usize = 1;
    fn put(&self, writer: &mut Writer) {
        let number: u8 = match self {
            Self::Permanent => 0,
            Self::Temporary => 1,
        };
        number.put(writer);
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        match u8::read(reader)? {
            0 => Ok(Self::Permanent),
            1 => Ok(Self::Temporary),
            _ => Err(Malformed("a key is of no known kind")),
        }
    }
}

impl Item for PeerKey {
    const LEAST: usize = 9;
    fn put(&self, writer: &mut Writer) {
        let (number, id): (u8, i64) = match *self {
            Self::User(id) => (0, id),
            Self::Chat(id) => (1, id),
            Self::Channel(id) => (2, id),
        };
        number.put(writer);
        id.put(writer);
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let kind = u8::read(reader)?;
        let id = i64::read(reader)?;
        match kind {
            0 => Ok(Self::User(id)),
            1 => Ok(Self::Chat(id)),
            2 => Ok(Self::Channel(id)),
            _ => Err(Malformed("a peer is of no known kind")),
        }
    }
}

impl Item for SocketAddr {
    const LEAST: usize = 7;
    fn put(&self, writer: &mut Writer) {
        match self {
            Self::V4(address) => {
                4u8.put(writer);
                writer.bytes(&address.ip().octets());
                address.port().put(writer);
            }
            Self::V6(address) => {
                6u8.put(writer);
                writer.bytes(&address.ip().octets());
                address.port().put(writer);
                address.flowinfo().put(writer);
                address.scope_id().put(writer);
            }
        }
    }
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        match u8::read(reader)? {
            4 => {
                let ip = Ipv4Addr::from(reader.array::<4>()?);
                Ok(SocketAddrV4::new(ip, u16::read(reader)?).into())
            }
            6 => {
                let ip = Ipv6Addr::from(reader.array::<16>()?);
                let port = u16::read(reader)?;
                let flow = u32::read(reader)?;
                Ok(SocketAddrV6::new(ip, port, flow, u32::read(reader)?).into())
            }
            _ => Err(Malformed("an address is of no known kind")),
        }
    }
}
