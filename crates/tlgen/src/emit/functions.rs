//! Functions as structs.
use super::doc;
use super::item::{declarations, fields, read_fields, rust_type, write_fields};
use super::options::Options;
use super::structs::unused;
use crate::names;
use crate::resolved::{Constructor, Resolved};

/// Writes the struct of a function and what it implements.
pub(super) fn function(
    resolved: &Resolved,
    function: &Constructor,
    options: &Options,
    out: &mut String,
) {
    let name = names::pascal(&function.name.base);
    let id = function.id;
    let write = write_fields(resolved, function);
    let generic = function.parameter.is_some();
    // `impl<X: Serialize> … for Name<X>`
    let with = |bound: &str| {
        if generic {
            format!("<X: {bound}>")
        } else {
            String::new()
        }
    };
    let x = if generic { "<X>" } else { "" };
    let answer = rust_type(resolved, &function.result, "X::Return");
    let default: String = fields(function)
        .map(|member| format!("{}: d(),", names::field(&member.name)))
        .collect();
    *out += &doc::definition(function, "method");
    let fields = declarations(resolved, function);
    let (serialize, call, defaults) = (with("Serialize"), with("RemoteCall"), with("Default"));
    *out += &format!(
        "#[derive(Clone)]
pub struct {name}{x} {{
{fields}}}
impl{x} Identifiable for {name}{x} {{
    const CONSTRUCTOR_ID: u32 = {id:#010x};
}}
impl{serialize} Serialize for {name}{x} {{
    #[inline]
    fn serialize(&self, o: &mut Vec<u8>) {{ put_id(o, {id:#010x}); {write} }}
}}
impl{call} RemoteCall for {name}{x} {{
    type Return = {answer};
}}
impl{defaults} Default for {name}{x} {{
    #[inline]
    fn default() -> Self {{ Self {{ {default} }} }}
}}
impl{serialize} PartialEq for {name}{x} {{
    #[inline]
    fn eq(&self, x: &Self) -> bool {{ same(self, x) }}
}}
impl{serialize} Debug for {name}{x} {{
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {{ show_boxed(self, f) }}
}}
"
    );
    if options.server || options.read.contains(&function.name.to_string()) {
        let read = read_fields(function);
        let (r, bound) = (unused("r", &read), with("Deserialize"));
        *out += &format!(
            "impl{bound} Deserialize for {name}{x} {{
    #[inline]
    fn deserialize({r}: &mut Reader<'_>) -> Self {{ {read} }}
}}
"
        );
    }
}
