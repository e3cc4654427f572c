//! What can be wrong with a schema, and where.
use std::fmt;

/// A place in the text of a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
}

/// A schema that cannot be used: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// The name of the schema, as it was given to [`parse`](crate::parse).
    pub source: String,
    /// Where the fault is.
    pub position: Position,
    /// What is wrong.
    pub kind: ErrorKind,
}

/// The ways in which a schema can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A character that has no meaning in TL.
    UnexpectedCharacter(char),
    /// A comment that is opened with `/*` and never closed.
    UnclosedComment,
    /// A section mark other than `---types---` and `---functions---`.
    UnknownSection(String),
    /// Something else should stand here.
    Expected {
        /// What should stand here.
        expected: &'static str,
        /// What stands here.
        found: String,
    },
    /// A constructor id that is no hexadecimal number of at most eight digits.
    BadId(String),
    /// A flag bit that is no number below 32.
    BadBit(String),
    /// A name that is empty or has an empty part, or of which a part begins with no letter.
    BadName(String),
    /// Types nested deeper than 16 levels.
    TooDeep,
    /// A definition without a constructor id.
    NoId {
        /// The definition.
        name: String,
        /// The id that the text gives.
        derived: u32,
    },
    /// A constructor id that does not follow from the text of the definition.
    WrongId {
        /// The definition.
        name: String,
        /// The id that the schema gives.
        given: u32,
        /// The id that the text gives.
        derived: u32,
    },
    /// Two definitions of the same name.
    DuplicateName(String),
    /// Two definitions of the same constructor id.
    DuplicateId {
        /// The id.
        id: u32,
        /// The definition that had it first.
        first: String,
    },
    /// Two fields of one definition have the same name.
    DuplicateField(String),
    /// A type that has no constructor.
    UnknownType(String),
    /// A bare type that is no constructor.
    UnknownConstructor(String),
    /// A condition on a field of flags that does not stand before it.
    UnknownFlags(String),
    /// A type that stands where it cannot: `true` without a condition, `!X` in a type, …
    Misplaced(String),
    /// A vector of something other than one type.
    BadVector(String),
    /// A value of this type would contain itself without end.
    Endless(String),
    /// Values of this type could stand inside of each other without an id between them, so a limit
    /// to the depth of values would not count them.
    Uncounted(String),
    /// A definition with more fields of flags than the tables can tell apart.
    TooManyFlags,
    /// Two definitions, two fields or two namespaces would get the same name in Rust.
    RustName {
        /// The name in Rust.
        name: String,
        /// What had it first.
        first: String,
    },
    /// A definition would get a name that the generated code needs for something else.
    ReservedName(String),
    /// More definitions, fields or names than the tables can number.
    TooLarge,
}

impl SchemaError {
    pub(crate) fn new(source: &str, position: Position, kind: ErrorKind) -> Self {
        Self {
            source: source.to_owned(),
            position,
            kind,
        }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(f, "{}:{line}:{column}: {}", self.source, self.kind)
    }
}

impl std::error::Error for SchemaError {}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedCharacter(c) => write!(f, "the character {c:?} has no meaning here"),
            Self::UnclosedComment => write!(f, "this comment is never closed"),
            Self::UnknownSection(name) => write!(f, "there is no section {name:?}"),
            Self::Expected { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::BadId(id) => write!(f, "{id:?} is no constructor id"),
            Self::BadBit(bit) => write!(f, "{bit:?} is no flag bit below 32"),
            Self::BadName(name) => write!(f, "{name:?} is no name"),
            Self::TooDeep => write!(f, "types are nested too deep"),
            Self::NoId { name, derived } => write!(
                f,
                "{name} has no id: write {name}#{derived:08x}, as its text gives"
            ),
            Self::WrongId {
                name,
                given,
                derived,
            } => {
                write!(
                    f,
                    "{name} has the id {given:08x}, but its text gives {derived:08x}"
                )
            }
            Self::DuplicateName(name) => write!(f, "{name} is defined twice"),
            Self::DuplicateId { id, first } => write!(f, "the id {id:08x} belongs to {first}"),
            Self::DuplicateField(name) => write!(f, "there are two fields {name}"),
            Self::UnknownType(name) => write!(f, "the type {name} has no constructor"),
            Self::UnknownConstructor(name) => write!(f, "there is no constructor {name}"),
            Self::UnknownFlags(name) => write!(f, "no field {name}:# stands before this one"),
            Self::Misplaced(ty) => write!(f, "the type {ty} cannot stand here"),
            Self::BadVector(ty) => write!(f, "{ty} is no vector of one type"),
            Self::Endless(name) => write!(f, "a value of {name} would contain itself without end"),
            Self::Uncounted(name) => write!(
                f,
                "values of {name} could stand inside of each other without an id between them"
            ),
            Self::TooManyFlags => write!(f, "a definition has at most four fields of flags"),
            Self::ReservedName(name) => {
                write!(f, "the Rust name {name} is needed for something else")
            }
            Self::RustName { name, first } => {
                write!(f, "the Rust name {name} belongs to {first}")
            }
            Self::TooLarge => write!(f, "the schema is too large for its tables"),
        }
    }
}
