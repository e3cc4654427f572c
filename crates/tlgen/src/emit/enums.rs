//! Types as enums: boxed, with the id of their constructor.
use super::doc;
use super::item::path;
use crate::names;
use crate::resolved::{Resolved, Union};

/// Writes the enum of a type and what it implements.
pub(super) fn union(resolved: &Resolved, union: &Union, out: &mut String) {
    let name = names::pascal(&union.name().base);
    let (mut variants, mut write, mut read) = (String::new(), String::new(), String::new());
    let (mut default_variant, mut default_arm) = (String::new(), String::new());
    let mut api = true;
    for (index, (constructor, boxed)) in union.constructors.iter().zip(&union.boxed).enumerate() {
        let constructor = &resolved.constructors[*constructor];
        let variant = names::variant(&constructor.name, union.name());
        let id = format!("{:#010x}", constructor.id);
        let ty = path("types", &constructor.name);
        api = constructor.api;
        let value = if constructor.members.is_empty() {
            variants += &format!("{variant},\n");
            write += &format!("Self::{variant} => put_id(o, {id}),");
            format!("Self::{variant}")
        } else {
            let ty = if *boxed { format!("Box<{ty}>") } else { ty };
            variants += &format!("{variant}({ty}),\n");
            let (fields, take) = if *boxed {
                ("&**x", "boxed")
            } else {
                ("x", "de")
            };
            write += &format!("Self::{variant}(x) => put(o, {id}, {fields}),");
            format!("Self::{variant}({take}(r))")
        };
        if index == union.default {
            let expected = union.name().to_string();
            default_arm =
                format!("x => {{ if x != {id} {{ unknown(r, x, {expected:?}) }} {value} }}");
            default_variant = variant;
        } else {
            read += &format!("{id} => {value},");
        }
    }
    let mut read = format!("match id(r) {{ {read} {default_arm} }}");
    if union.recursive {
        read = format!("r.enter(); let value = {read}; leave(r); value");
    }
    *out += &doc::union(union, api, &default_variant);
    *out += openness(union);
    *out += &format!(
        "#[derive(Clone)]
pub enum {name} {{
{variants}}}
impl Serialize for {name} {{
    #[inline]
    fn serialize(&self, o: &mut Vec<u8>) {{ match self {{ {write} }} }}
}}
impl Deserialize for {name} {{
    #[inline]
    fn deserialize(r: &mut Reader<'_>) -> Self {{ {read} }}
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
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {{ show_boxed(self, f) }}
}}
"
    );
}

/// Whoever takes the only form of a type apart shall not have to say what else there might be.
fn openness(union: &Union) -> &'static str {
    match union.constructors.len() {
        1 => "",
        _ => "#[non_exhaustive]\n",
    }
}
