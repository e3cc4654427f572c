//! Definitions as they stand in a schema, and how they are written.
use std::fmt;

use crate::error::Position;

/// A parsed schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// What the schema is called in error messages.
    pub source: String,
    /// The first comment of the file.
    pub title: Option<String>,
    /// The number in its `// LAYER n` comment.
    pub layer: Option<i32>,
    /// The definitions in the order of the file.
    pub definitions: Vec<Definition>,
}

/// Whether a definition makes a value of a type, or is a function that can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// A constructor.
    Type,
    /// A function: it stands after `---functions---`.
    Function,
}

/// One line of a schema: a constructor or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Constructor or function.
    pub category: Category,
    /// Its name.
    pub name: Name,
    /// The constructor id. The built-in types have none.
    pub id: Option<u32>,
    /// How many digits the id was written with: some schemas leave out leading zeros.
    pub id_digits: usize,
    /// Type parameters: `{X:Type}`.
    pub parameters: Vec<Parameter>,
    /// The fields, or the text of a built-in definition.
    pub body: Body,
    /// The type that it makes or returns.
    pub result: Type,
    /// Where it begins.
    pub position: Position,
}

/// A type parameter: `{X:Type}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it stands for, always `Type` in the schemas of Telegram.
    pub kind: String,
}

/// What stands between the name of a definition and its `=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Fields.
    Fields(Vec<Field>),
    /// A form that only the codec understands: `?`, `# [ t ]`, `4*[ int ]`.
    Builtin(String),
}

/// A field of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: FieldKind,
    /// Where it begins.
    pub position: Position,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// `#`: 32 bits on which other fields depend.
    Flags,
    /// A value, perhaps there only if a bit is set.
    Value {
        /// The bit.
        condition: Option<Condition>,
        /// The type.
        ty: Type,
    },
}

/// The condition of a field: `flags.3?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The name of the field of flags.
    pub flags: String,
    /// The bit, from 0 to 31.
    pub bit: u8,
}

/// A name with its namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The part before the dot, if there is one.
    pub namespace: Option<String>,
    /// The part after the dot.
    pub base: String,
}

/// A type as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// `%`: the bare form of a boxed type.
    pub bare: bool,
    /// `!`: a function that returns this type.
    pub function: bool,
    /// Its name. A name that begins with a small letter is bare.
    pub name: Name,
    /// Its arguments: `Vector<int>`.
    pub arguments: Vec<Type>,
}

impl Definition {
    /// The fields; none for a built-in definition.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match &self.body {
            Body::Fields(fields) => fields,
            Body::Builtin(_) => &[],
        }
    }

    /// The definition as one line without its id and without the `;`.
    #[must_use]
    pub fn without_id(&self) -> String {
        self.line("")
    }

    fn line(&self, id: &str) -> String {
        let mut text = format!("{}{id}", self.name);
        for Parameter { name, kind } in &self.parameters {
            text += &format!(" {{{name}:{kind}}}");
        }
        match &self.body {
            Body::Builtin(body) => {
                let (name, arguments) = (&self.result.name, &self.result.arguments);
                let arguments: String = arguments.iter().map(|ty| format!(" {ty}")).collect();
                return format!("{text} {body} = {name}{arguments}");
            }
            Body::Fields(fields) => {
                for field in fields {
                    text += &format!(" {field}");
                }
            }
        }
        format!("{text} = {}", self.result)
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.map(|id| format!("#{id:00$x}", self.id_digits));
        write!(f, "{};", self.line(&id.unwrap_or_default()))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.name)?;
        match &self.kind {
            FieldKind::Flags => write!(f, "#"),
            FieldKind::Value {
                condition: None,
                ty,
            } => write!(f, "{ty}"),
            FieldKind::Value {
                condition: Some(Condition { flags, bit }),
                ty,
            } => {
                write!(f, "{flags}.{bit}?{ty}")
            }
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}.")?;
        }
        write!(f, "{}", self.base)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = if self.bare { "%" } else { "" };
        let function = if self.function { "!" } else { "" };
        write!(f, "{bare}{function}{}", self.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            write!(f, "{}{argument}", if index == 0 { "<" } else { "," })?;
        }
        write!(f, "{}", if self.arguments.is_empty() { "" } else { ">" })
    }
}
