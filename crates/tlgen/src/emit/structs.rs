//! Constructors as structs: bare, without their id.
use super::doc;
use super::item::{declarations, path, read_fields, write_fields};
use crate::names;
use crate::resolved::{Constructor, Resolved, Shape};

/// Writes the struct of a constructor and what it implements.
pub(super) fn constructor(resolved: &Resolved, constructor: &Constructor, out: &mut String) {
    let name = names::pascal(&constructor.name.base);
    let id = constructor.id;
    let write = write_fields(resolved, constructor);
    let read = read_fields(constructor);
    let (o, r) = (unused("o", &write), unused("r", &read));
    *out += &doc::definition(constructor, "constructor");
    let fields = declarations(resolved, constructor);
    *out += &format!(
        "#[derive(Clone)]
pub struct {name} {{
{fields}}}
impl Identifiable for {name} {{
    const CONSTRUCTOR_ID: u32 = {id:#010x};
}}
impl Serialize for {name} {{
    #[inline]
    fn serialize(&self, {o}: &mut Vec<u8>) {{ {write} }}
}}
impl Deserialize for {name} {{
    #[inline]
    fn deserialize({r}: &mut Reader<'_>) -> Self {{ {read} }}
}}
impl Default for {name} {{
    #[inline]
    fn default() -> Self {{ default() }}
}}
impl PartialEq for {name} {{
    #[inline]
    fn eq(&self, x: &Self) -> bool {{ same(self, x) }}
}}
impl Debug for {name} {{
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {{ show_bare({id:#010x}, self, f) }}
}}
"
    );
    *out += &from(resolved, constructor, &name);
}

/// A parameter that is not used is called `_`.
pub(super) fn unused(name: &str, body: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let used = body.split(|c| !is_word(c)).any(|word| word == name);
    if used {
        name.to_owned()
    } else {
        "_".to_owned()
    }
}

fn from(resolved: &Resolved, constructor: &Constructor, name: &str) -> String {
    let Shape::Boxed(union) = constructor.result else {
        return String::new();
    };
    let union = &resolved.unions[union];
    let position = union
        .constructors
        .iter()
        .position(|one| resolved.constructors[*one].id == constructor.id);
    let boxed = position.is_some_and(|index| union.boxed[index]);
    let ty = path("enums", union.name());
    let variant = names::variant(&constructor.name, union.name());
    let (x, value) = match (constructor.members.is_empty(), boxed) {
        (true, _) => ("_", String::new()),
        (false, true) => ("x", "(Box::new(x))".to_owned()),
        (false, false) => ("x", "(x)".to_owned()),
    };
    format!(
        "impl From<{name}> for {ty} {{
    #[inline]
    fn from({x}: {name}) -> Self {{ Self::{variant}{value} }}
}}
"
    )
}
