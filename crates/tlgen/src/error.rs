//! What can be wrong with a schema, and where.

/// A place in the text of a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
}

/// A schema that cannot be used: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{source}:{}:{}: {kind}", .position.line, .position.column)]
pub struct SchemaError {
    /// The name of the schema, as it was given to [`parse`](crate::parse).
    pub r#source: String, // It is no error: `r#` tells thiserror so.
    /// Where the fault is.
    pub position: Position,
    /// What is wrong.
    pub kind: ErrorKind,
}

/// The ways in which a schema can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A character that has no meaning in TL.
    #[error("the character {0:?} has no meaning here")]
    UnexpectedCharacter(char),
    /// A comment that is opened with `/*` and never closed.
    #[error("this comment is never closed")]
    UnclosedComment,
    /// A section mark other than `---types---` and `---functions---`.
    #[error("there is no section {0:?}")]
    UnknownSection(String),
    /// Something else should stand here.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What should stand here.
        expected: &'static str,
        /// What stands here.
        found: String,
    },
    /// A constructor id that is no hexadecimal number of at most eight digits.
    #[error("{0:?} is no constructor id")]
    BadId(String),
    /// A flag bit that is no number below 32.
    #[error("{0:?} is no flag bit below 32")]
    BadBit(String),
    /// A name that is empty or has an empty part, or of which a part begins with no letter.
    #[error("{0:?} is no name")]
    BadName(String),
    /// Types nested deeper than 16 levels.
    #[error("types are nested too deep")]
    TooDeep,
    /// A definition without a constructor id.
    #[error("{name} has no id: write {name}#{derived:08x}, as its text gives")]
    NoId {
        /// The definition.
        name: String,
        /// The id that the text gives.
        derived: u32,
    },
    /// A constructor id that does not follow from the text of the definition.
    #[error("{name} has the id {given:08x}, but its text gives {derived:08x}")]
    WrongId {
        /// The definition.
        name: String,
        /// The id that the schema gives.
        given: u32,
        /// The id that the text gives.
        derived: u32,
    },
    /// Two definitions of the same name.
    #[error("{0} is defined twice")]
    DuplicateName(String),
    /// Two definitions of the same constructor id.
    #[error("the id {id:08x} belongs to {first}")]
    DuplicateId {
        /// The id.
        id: u32,
        /// The definition that had it first.
        first: String,
    },
    /// Two fields of one definition have the same name.
    #[error("there are two fields {0}")]
    DuplicateField(String),
    /// A type that has no constructor.
    #[error("the type {0} has no constructor")]
    UnknownType(String),
    /// A bare type that is no constructor.
    #[error("there is no constructor {0}")]
    UnknownConstructor(String),
    /// A condition on a field of flags that does not stand before it.
    #[error("no field {0}:# stands before this one")]
    UnknownFlags(String),
    /// A type that stands where it cannot: `true` without a condition, `!X` in a type, …
    #[error("the type {0} cannot stand here")]
    Misplaced(String),
    /// A vector of something other than one type.
    #[error("{0} is no vector of one type")]
    BadVector(String),
    /// A value of this type would contain itself without end.
    #[error("a value of {0} would contain itself without end")]
    Endless(String),
    /// Values of this type could stand inside of each other without an id between them, so a limit
    /// to the depth of values would not count them.
    #[error("values of {0} could stand inside of each other without an id between them")]
    Uncounted(String),
    /// A definition with more fields of flags than the tables can tell apart.
    #[error("a definition has at most four fields of flags")]
    TooManyFlags,
    /// Two definitions, two fields or two namespaces would get the same name in Rust.
    #[error("the Rust name {name} belongs to {first}")]
    RustName {
        /// The name in Rust.
        name: String,
        /// What had it first.
        first: String,
    },
    /// A definition would get a name that the generated code needs for something else.
    #[error("the Rust name {0} is needed for something else")]
    ReservedName(String),
    /// More definitions, fields or names than the tables can number.
    #[error("the schema is too large for its tables")]
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
