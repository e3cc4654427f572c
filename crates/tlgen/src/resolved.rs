//! Schemas whose names have their meaning.
use crate::ast::Name;

/// Schemas whose every name has a meaning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The layer of the API.
    pub layer: i32,
    /// The constructors of all types.
    pub constructors: Vec<Constructor>,
    /// The types.
    pub unions: Vec<Union>,
    /// The functions.
    pub functions: Vec<Constructor>,
    /// Names and ids of what the codec writes and reads by itself.
    pub primitives: Vec<(Name, u32)>,
}

/// A constructor or a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Constructor {
    /// Its name.
    pub name: Name,
    /// Its id.
    pub id: u32,
    /// Its fields.
    pub members: Vec<Member>,
    /// The type that it makes or returns.
    pub result: Shape,
    /// The type parameter of a function that wraps another one.
    pub parameter: Option<String>,
    /// The definition as it stands in the schema.
    pub text: String,
    /// Whether it is part of the API, or else of MTProto.
    pub api: bool,
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name in the schema.
    pub name: String,
    /// Its type.
    pub shape: Shape,
    /// Which field of flags (counted from zero) and which bit of it say that it is there.
    pub condition: Option<(u8, u8)>,
    /// Whether its value must not be shown.
    pub secret: bool,
}

/// The type of a field or an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// `#`.
    Flags,
    /// `int`.
    Int,
    /// `long`.
    Long,
    /// `double`.
    Double,
    /// `string`.
    Text,
    /// `bytes`.
    Bytes,
    /// `Bool`.
    Bool,
    /// `true`: the flag alone.
    True,
    /// `int128`.
    Int128,
    /// `int256`.
    Int256,
    /// A type parameter: any function (`!X`), or what it returns (`X`).
    Parameter,
    /// A value with its constructor id, of one of [`Resolved::unions`].
    Boxed(usize),
    /// A value without it, of one of [`Resolved::constructors`].
    Bare(usize),
    /// `Vector<t>` (boxed) or `vector<t>`.
    Vector {
        /// Whether the id of the vector stands before it.
        boxed: bool,
        /// What its items are.
        item: Box<Shape>,
    },
}

/// A type: one of several constructors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Union {
    /// Its name.
    pub name: Option<Name>,
    /// Its constructors, as indices into [`Resolved::constructors`].
    pub constructors: Vec<usize>,
    /// For each of its constructors, whether the variant is boxed.
    pub boxed: Vec<bool>,
    /// Which of its constructors is the default.
    pub default: usize,
    /// Whether a value of it can contain another one.
    pub recursive: bool,
}

impl Union {
    /// The name of the type. Every union has one after [`resolve`](crate::resolve()).
    #[must_use]
    pub fn name(&self) -> &Name {
        self.name.as_ref().expect("a union is made with its name")
    }
}
