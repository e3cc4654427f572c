//! The reader: takes TL values out of bytes that nobody has checked yet.

use super::error::{DecodeError, DecodeErrorKind};

/// How deep values of recursive types may be nested inside each other.
///
/// Real messages stay below twenty; the limit keeps a hostile one from exhausting the stack of a
/// thread with the usual 2 MiB, also in debug builds.
pub const MAX_DEPTH: u32 = 64;

/// The constructor id of a boxed vector (<https://core.telegram.org/mtproto/serialize>).
pub const VECTOR_ID: u32 = 0x1cb5_c415;

/// The least number of bytes that an item of a vector takes. Every TL value has at least four, but
/// for a constructor without fields and without an id, of which nobody makes vectors.
const MIN_ITEM: usize = 4;

/// Takes TL values out of a byte slice.
///
/// The reader is *sticky*: it remembers the first thing that went wrong, and from then on it has no
/// bytes left and gives zeros and empty slices. So a long sequence of reads needs one check at its
/// end, [`finish`](Self::finish), and no read has to be checked alone.
///
/// ```
/// # mod ferogram_sync { pub use tl_types as tl; }
/// use ferogram_sync::tl::{DecodeErrorKind, Reader};
///
/// let mut reader = Reader::new(&[7, 0, 0, 0, 1, 0]);
/// assert_eq!(reader.i32(), 7);
/// assert_eq!(reader.i32(), 0);
/// let error = reader.finish().expect_err("two bytes are no int");
/// assert_eq!((error.kind, error.offset), (DecodeErrorKind::Truncated, 4));
/// ```
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    total: usize,
    depth: u32,
    error: Option<DecodeError>,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    #[inline]
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::with_depth(bytes, MAX_DEPTH)
    }

    /// A reader with another limit to the depth of values.
    #[inline]
    pub(super) fn with_depth(bytes: &'a [u8], depth: u32) -> Self {
        Self {
            rest: bytes,
            total: bytes.len(),
            depth,
            error: None,
        }
    }

    /// A reader that has failed already, so that everything read from it has its default value.
    #[inline]
    pub(super) fn poisoned() -> Self {
        let error = DecodeError {
            kind: DecodeErrorKind::Truncated,
            offset: 0,
        };
        Self {
            rest: &[],
            total: 0,
            depth: MAX_DEPTH,
            error: Some(error),
        }
    }

    /// How many bytes have been taken so far. After a failure: where the failed value began.
    #[inline]
    #[must_use]
    pub fn offset(&self) -> usize {
        match &self.error {
            Some(error) => error.offset,
            None => self.total - self.rest.len(),
        }
    }

    /// How many bytes are left. Zero after a failure.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.rest.len()
    }

    /// Whether no bytes are left.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The first thing that went wrong, if anything has.
    #[inline]
    #[must_use]
    pub fn error(&self) -> Option<&DecodeError> {
        self.error.as_ref()
    }

    /// Whether something has gone wrong.
    #[inline]
    #[must_use]
    pub fn failed(&self) -> bool {
        self.error.is_some()
    }

    /// Records that the value that begins here is wrong. Only the first failure is kept.
    #[cold]
    pub fn fail(&mut self, kind: DecodeErrorKind) {
        self.fail_at(self.offset(), kind);
    }

    /// Records that the constructor id just read does not belong to the TL type `expected`.
    #[cold]
    pub fn unknown(&mut self, id: u32, expected: &'static str) {
        let offset = self.offset().saturating_sub(4);
        self.fail_at(offset, DecodeErrorKind::UnknownConstructor { id, expected });
    }

    /// Takes the id that stands before a boxed vector.
    #[inline]
    pub(super) fn vector_id(&mut self) {
        let id = self.u32();
        if id != VECTOR_ID {
            self.unknown(id, "Vector");
        }
    }

    /// Takes the count of a vector and holds it against the bytes that are left.
    #[inline]
    pub(super) fn vector_count(&mut self) -> usize {
        let offset = self.offset();
        let count = self.u32();
        if count as usize > self.len() / MIN_ITEM {
            self.fail_at(offset, DecodeErrorKind::TooMany { count });
            return 0;
        }
        count as usize
    }

    /// Records a failure of a value that began at `offset`.
    #[cold]
    pub(super) fn fail_at(&mut self, offset: usize, kind: DecodeErrorKind) {
        if self.error.is_none() {
            self.error = Some(DecodeError { kind, offset });
        }
        self.rest = &[];
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// The first failure, or [`Trailing`](DecodeErrorKind::Trailing) when bytes are left.
    #[inline]
    pub fn finish(self) -> Result<(), DecodeError> {
        let offset = self.offset();
        match (self.error, self.rest.len()) {
            (Some(error), _) => Err(error),
            (None, 0) => Ok(()),
            (None, left) => Err(DecodeError {
                kind: DecodeErrorKind::Trailing { left },
                offset,
            }),
        }
    }

    /// Begins a value of a type that can contain itself. Each call is paired with a
    /// [`leave`](Self::leave).
    #[inline]
    pub fn enter(&mut self) {
        match self.depth.checked_sub(1) {
            Some(depth) => self.depth = depth,
            // `leave` adds one in any case, so the count may be off by one here; nothing is read
            // any more.
            None => self.fail(DecodeErrorKind::TooDeep),
        }
    }

    /// Ends a value that began with [`enter`](Self::enter).
    #[inline]
    pub fn leave(&mut self) {
        self.depth += 1;
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> [u8; N] {
        if let Some((head, rest)) = self.rest.split_first_chunk::<N>() {
            self.rest = rest;
            *head
        } else {
            self.fail(DecodeErrorKind::Truncated);
            [0; N]
        }
    }

    /// The four bytes that come next as a number, without taking them; `None` when fewer are left.
    #[inline]
    #[must_use]
    pub fn peek_u32(&self) -> Option<u32> {
        self.rest
            .first_chunk()
            .map(|head| u32::from_le_bytes(*head))
    }

    /// Takes four bytes as an unsigned number: constructor ids and flags.
    #[inline]
    pub fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    /// Takes an `int`.
    #[inline]
    pub fn i32(&mut self) -> i32 {
        i32::from_le_bytes(self.array())
    }

    /// Takes a `long`.
    #[inline]
    pub fn i64(&mut self) -> i64 {
        i64::from_le_bytes(self.array())
    }

    /// Takes a `double`.
    #[inline]
    pub fn f64(&mut self) -> f64 {
        f64::from_le_bytes(self.array())
    }

    /// Takes an `int128`: sixteen bytes as they stand.
    #[inline]
    pub fn int128(&mut self) -> [u8; 16] {
        self.array()
    }

    /// Takes an `int256`: thirty-two bytes as they stand.
    #[inline]
    pub fn int256(&mut self) -> [u8; 32] {
        self.array()
    }

    /// Takes `n` bytes as they stand.
    #[inline]
    pub fn raw(&mut self, n: usize) -> &'a [u8] {
        if let Some((head, rest)) = self.rest.split_at_checked(n) {
            self.rest = rest;
            head
        } else {
            self.fail(DecodeErrorKind::Truncated);
            &[]
        }
    }

    /// Takes everything that is left.
    #[inline]
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// Takes the content of a TL `bytes` or `string`: its length, the bytes, and the padding to a
    /// multiple of four (<https://core.telegram.org/mtproto/serialize#base-types>).
    #[inline]
    pub fn bytes(&mut self) -> &'a [u8] {
        let Some((&first, _)) = self.rest.split_first() else {
            self.fail(DecodeErrorKind::Truncated);
            return &[];
        };
        if first < 254 {
            self.padded(1, usize::from(first))
        } else {
            self.long_bytes(first)
        }
    }

    /// The two long forms: `fe` and three bytes of length, `ff` and seven.
    fn long_bytes(&mut self, first: u8) -> &'a [u8] {
        let header = if first == 254 { 4 } else { 8 };
        let mut length = [0; 8];
        match self.rest.get(1..header) {
            Some(bytes) => length[..header - 1].copy_from_slice(bytes),
            None => {
                self.fail(DecodeErrorKind::Truncated);
                return &[];
            }
        }
        // A length that is no `usize` is longer than any input.
        let length = usize::try_from(u64::from_le_bytes(length)).unwrap_or(usize::MAX);
        self.padded(header, length)
    }

    /// Takes `header` bytes, `length` bytes, and the padding; gives the middle part.
    #[inline]
    fn padded(&mut self, header: usize, length: usize) -> &'a [u8] {
        let end = header.saturating_add(length);
        let padded = end.checked_next_multiple_of(4).unwrap_or(usize::MAX);
        if let Some((head, rest)) = self.rest.split_at_checked(padded) {
            self.rest = rest;
            &head[header..end]
        } else {
            self.fail(DecodeErrorKind::Truncated);
            &[]
        }
    }
}
