//! The schema at run time: which constructors there are, and what their fields are.
//!
//! The tables behind it are arrays of small numbers, tied together by indices:
//!
//! - `IDS`: every constructor id, sorted; `STARTS`: where the ids with the same ten leading bits
//!   begin;
//! - `DEFINITIONS`, one row for each id and one more: `[name, first field, result type, marks,
//!   number of fields that take up bytes]`; those come first, and `true` flags after them;
//! - `FIELDS`: `[name, type, condition]`. A condition is 0, or one more than 32 times the number of
//!   the field of flags plus the bit; its highest bit says that the value is secret;
//! - `TYPES`: `[kind, argument]`, for types from number 16 on; lower numbers are primitive types;
//! - `NAMES`: all names in one string, and `NAME_ENDS`: where each of them ends.
use super::reader::VECTOR_ID;
use super::tables::{DEFINITIONS, FIELDS, IDS, NAME_ENDS, NAMES, STARTS, TYPES};

const IS_SECRET: u16 = 0x8000;
const IS_FUNCTION: u16 = 1;
const FIRST_COMPOUND: u16 = 16;

/// The name of a constructor or function in the schema, such as `messages.sendMessage`.
///
/// ```
/// # mod ferogram_sync { pub use tl_types as tl; }
/// use ferogram_sync::tl;
///
/// assert_eq!(tl::name_of(0xc4f9186b), Some("help.getConfig"));
/// assert_eq!(tl::name_of(0), None);
/// ```
#[must_use]
pub fn name_of(constructor_id: u32) -> Option<&'static str> {
    Definition::of(constructor_id).map(Definition::name)
}

/// The type of a serialised value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeRef(u16);

/// What a type is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Flags,
    Int,
    Long,
    Double,
    Text,
    Bytes,
    Bool,
    True,
    Int128,
    Int256,
    /// Any constructor or function, with its id.
    Object,
    /// A constructor of this very type, with its id.
    Boxed,
    /// This constructor, without its id.
    Bare(Definition),
    /// A vector, with its id or without.
    Vector {
        boxed: bool,
        item: TypeRef,
    },
}

impl TypeRef {
    /// Any constructor or function of the schema, with its id before it.
    pub const OBJECT: Self = Self(10);

    pub(super) const FLAGS: Self = Self(0);

    /// The type of the answer to a function. For a function that only wraps another one, such as
    /// `invokeWithLayer`, this is [`OBJECT`](Self::OBJECT):
    /// see [`answer_type`](super::answer_type).
    #[must_use]
    pub fn returned_by(function_id: u32) -> Option<Self> {
        Definition::of(function_id)
            .filter(|one| one.is_function())
            .map(Definition::result)
    }

    /// What is expected where this type stands, for error messages.
    pub(super) fn name(self) -> &'static str {
        match self
            .0
            .checked_sub(FIRST_COMPOUND)
            .map(|row| TYPES[usize::from(row)])
        {
            Some([0, name]) => name_at(name),
            Some([1, definition]) => Definition(definition).name(),
            _ => "the schema",
        }
    }

    pub(super) fn kind(self) -> Kind {
        let row = match self.0 {
            0 => return Kind::Flags,
            1 => return Kind::Int,
            2 => return Kind::Long,
            3 => return Kind::Double,
            4 => return Kind::Text,
            5 => return Kind::Bytes,
            6 => return Kind::Bool,
            7 => return Kind::True,
            8 => return Kind::Int128,
            9 => return Kind::Int256,
            10..FIRST_COMPOUND => return Kind::Object,
            compound => TYPES[usize::from(compound - FIRST_COMPOUND)],
        };
        match row {
            [0, _] => Kind::Boxed,
            [1, definition] => Kind::Bare(Definition(definition)),
            [kind, item] => Kind::Vector {
                boxed: kind == 2,
                item: Self(item),
            },
        }
    }
}

/// A constructor or function: its row in the tables.
#[derive(Clone, Copy)]
pub(super) struct Definition(u16);

impl Definition {
    /// Finds what has this id.
    #[inline]
    pub(super) fn of(id: u32) -> Option<Self> {
        let bucket = (id >> 22) as usize;
        let (start, end) = (STARTS[bucket], STARTS[bucket + 1]);
        (start..end)
            .find(|row| IDS[usize::from(*row)] == id)
            .map(Self)
    }

    pub(super) fn id(self) -> u32 {
        IDS[usize::from(self.0)]
    }

    fn row(self) -> &'static [u16; 5] {
        &DEFINITIONS[usize::from(self.0)]
    }

    pub(super) fn name(self) -> &'static str {
        name_at(self.row()[0])
    }

    /// What it makes, or returns.
    #[inline]
    pub(super) fn result(self) -> TypeRef {
        TypeRef(self.row()[2])
    }

    /// Whether it may stand where a boxed value of the type `expected` should.
    #[inline]
    pub(super) fn fits(self, expected: TypeRef) -> bool {
        self.result() == expected && !self.is_function() || expected == TypeRef::OBJECT
    }

    fn marks(self) -> u16 {
        self.row()[3]
    }

    fn is_function(self) -> bool {
        self.marks() & IS_FUNCTION != 0
    }

    /// Whether the codec knows it better than the schema: the type of a vector's items is not in
    /// its id.
    pub(super) fn is_vector(self) -> bool {
        self.id() == VECTOR_ID
    }

    /// The fields that take up bytes.
    #[inline]
    pub(super) fn values(self) -> impl Iterator<Item = Field> {
        let [_, first, _, _, count] = *self.row();
        let first = usize::from(first);
        FIELDS[first..first + usize::from(count)]
            .iter()
            .map(|row| Field { row })
    }

    /// All fields: those that take up bytes, and then the `true` flags.
    pub(super) fn fields(self) -> impl Iterator<Item = Field> {
        let end = DEFINITIONS[usize::from(self.0) + 1][1];
        FIELDS[usize::from(self.row()[1])..usize::from(end)]
            .iter()
            .map(|row| Field { row })
    }
}

/// A field of a definition.
#[derive(Clone, Copy)]
pub(super) struct Field {
    row: &'static [u16; 3],
}

impl Field {
    pub(super) fn name(self) -> &'static str {
        name_at(self.row[0])
    }

    #[inline]
    pub(super) fn ty(self) -> TypeRef {
        TypeRef(self.row[1])
    }

    pub(super) fn is_secret(self) -> bool {
        self.row[2] & IS_SECRET != 0
    }

    /// Whether the field is there, given the flags that stand before it.
    #[inline]
    pub(super) fn is_there(self, flags: &Flags) -> bool {
        match (self.row[2] & !IS_SECRET).checked_sub(1) {
            None => true,
            Some(condition) => {
                let word = flags.words[usize::from(condition / 32) % Flags::MOST];
                word >> (condition % 32) & 1 != 0
            }
        }
    }
}

/// The flags of one constructor, in the order in which they were read.
#[derive(Default)]
pub(super) struct Flags {
    words: [u32; Self::MOST],
    count: usize,
}

impl Flags {
    /// The generator refuses definitions with more fields of flags.
    const MOST: usize = 4;

    #[inline]
    pub(super) fn push(&mut self, word: u32) {
        self.words[self.count % Self::MOST] = word;
        self.count += 1;
    }
}

fn name_at(index: u16) -> &'static str {
    let index = usize::from(index);
    let start = index
        .checked_sub(1)
        .map_or(0, |before| NAME_ENDS[before] as usize);
    &NAMES[start..NAME_ENDS[index] as usize]
}
