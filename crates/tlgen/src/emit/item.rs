//! Pieces that types and functions share: Rust types of fields, and how fields are written and
//! read.
use crate::ast::Name;
use crate::names;
use crate::resolved::{Constructor, Member, Resolved, Shape};

const BOOL_FALSE: u32 = 0xbc79_9737;
const VECTOR: u32 = 0x1cb5_c415;

/// The path of a type from within the generated modules.
pub(super) fn path(room: &str, name: &Name) -> String {
    let base = names::pascal(&name.base);
    match &name.namespace {
        Some(namespace) => format!("{room}::{}::{base}", names::module(namespace)),
        None => format!("{room}::{base}"),
    }
}

/// A shape as a Rust type. `parameter` is what a type parameter is written as.
pub(super) fn rust_type(resolved: &Resolved, shape: &Shape, parameter: &str) -> String {
    match shape {
        Shape::Flags => "u32".to_owned(),
        Shape::Int => "i32".to_owned(),
        Shape::Long => "i64".to_owned(),
        Shape::Double => "f64".to_owned(),
        Shape::Text => "String".to_owned(),
        Shape::Bytes => "Vec<u8>".to_owned(),
        Shape::Bool | Shape::True => "bool".to_owned(),
        Shape::Int128 => "[u8; 16]".to_owned(),
        Shape::Int256 => "[u8; 32]".to_owned(),
        Shape::Parameter => parameter.to_owned(),
        Shape::Boxed(union) => path("enums", resolved.unions[*union].name()),
        Shape::Bare(constructor) => path("types", &resolved.constructors[*constructor].name),
        Shape::Vector { item, .. } => format!("Vec<{}>", rust_type(resolved, item, parameter)),
    }
}

fn field_type(resolved: &Resolved, member: &Member) -> String {
    let ty = rust_type(resolved, &member.shape, "X");
    if member.condition.is_some() && member.shape != Shape::True {
        format!("Option<{ty}>")
    } else {
        ty
    }
}

/// The fields that a struct has: all but flags.
pub(super) fn fields(constructor: &Constructor) -> impl Iterator<Item = &Member> {
    constructor
        .members
        .iter()
        .filter(|member| member.shape != Shape::Flags)
}

/// The fields in the declaration of a struct.
pub(super) fn declarations(resolved: &Resolved, constructor: &Constructor) -> String {
    let declaration = |member: &Member| {
        format!(
            "pub {}: {},\n",
            names::field(&member.name),
            field_type(resolved, member)
        )
    };
    fields(constructor).map(declaration).collect()
}

/// Whether another field hangs on the same bit: then it can be set while this one is `None`.
fn shares_its_bit(constructor: &Constructor, member: &Member) -> bool {
    let same = |other: &&Member| other.condition == member.condition;
    constructor.members.iter().filter(same).count() > 1
}

/// The statements that append the fields of `self` to `o`.
pub(super) fn write_fields(resolved: &Resolved, constructor: &Constructor) -> String {
    let mut out = String::new();
    let mut flags = 0;
    for member in &constructor.members {
        let name = names::field(&member.name);
        out += &match (&member.shape, member.condition) {
            (Shape::Flags, _) => {
                flags += 1;
                write_flags(constructor, flags - 1)
            }
            (Shape::True, _) => continue,
            (Shape::Vector { boxed: false, .. }, None) => format!("put_bare_vec(o, &self.{name});"),
            (Shape::Vector { boxed: false, .. }, Some(_)) => {
                format!("if let Some(x) = &self.{name} {{ put_bare_vec(o, x); }}")
            }
            (Shape::Int, None) => format!("put_int(o, self.{name});"),
            (Shape::Long, None) => format!("put_long(o, self.{name});"),
            (Shape::Text, None) => format!("put_bytes(o, self.{name}.as_bytes());"),
            (Shape::Bytes, None) => format!("put_bytes(o, &self.{name});"),
            (_, None) => format!("ser(&self.{name}, o);"),
            (_, Some((index, bit))) if shares_its_bit(constructor, member) => {
                let bytes = default_bytes(resolved, &member.shape);
                let flag = 1u32 << bit;
                format!("put_or_default(&self.{name}, f{index} & {flag:#x}, &{bytes:?}, o);")
            }
            (_, Some(_)) => format!("put_option(&self.{name}, o);"),
        };
    }
    out
}

/// What the default of a shape is on the wire.
fn default_bytes(resolved: &Resolved, shape: &Shape) -> Vec<u8> {
    match shape {
        Shape::Flags | Shape::Int | Shape::Text | Shape::Bytes => vec![0; 4],
        Shape::Long | Shape::Double => vec![0; 8],
        Shape::Int128 => vec![0; 16],
        Shape::Int256 => vec![0; 32],
        Shape::Bool => BOOL_FALSE.to_le_bytes().to_vec(),
        // The generator has refused conditions on type parameters.
        Shape::True | Shape::Parameter => Vec::new(),
        Shape::Vector { boxed, .. } => {
            let mut bytes = if *boxed {
                VECTOR.to_le_bytes().to_vec()
            } else {
                Vec::new()
            };
            bytes.extend([0; 4]);
            bytes
        }
        Shape::Boxed(union) => {
            let union = &resolved.unions[*union];
            let constructor = union.constructors[union.default];
            let mut bytes = resolved.constructors[constructor].id.to_le_bytes().to_vec();
            bytes.extend(default_bytes(resolved, &Shape::Bare(constructor)));
            bytes
        }
        Shape::Bare(constructor) => {
            let members = resolved.constructors[*constructor].members.iter();
            let required = members.filter(|member| member.condition.is_none());
            required
                .flat_map(|member| default_bytes(resolved, &member.shape))
                .collect()
        }
    }
}

fn write_flags(constructor: &Constructor, index: u8) -> String {
    let mut bits = Vec::new();
    for member in &constructor.members {
        let name = names::field(&member.name);
        match member.condition {
            Some((of, bit)) if of == index => bits.push(match member.shape {
                Shape::True => format!("(self.{name} as u32) << {bit}"),
                _ => format!("(self.{name}.is_some() as u32) << {bit}"),
            }),
            _ => {}
        }
    }
    if bits.is_empty() {
        return "put_id(o, 0);".to_owned();
    }
    format!("let f{index} = {}; put_id(o, f{index});", bits.join(" | "))
}

/// The expression that reads the fields from `r` into a `Self`.
pub(super) fn read_fields(constructor: &Constructor) -> String {
    let mut before = String::new();
    let mut literal = String::new();
    // Flags that stand between two fields are read on the way to the second one.
    let mut pending = String::new();
    let mut flags = 0;
    for member in &constructor.members {
        if member.shape == Shape::Flags {
            let is_used =
                |member: &Member| matches!(member.condition, Some((of, _)) if of == flags);
            if !constructor.members.iter().any(is_used) {
                *(if literal.is_empty() {
                    &mut before
                } else {
                    &mut pending
                }) += "id(r);";
            } else if literal.is_empty() {
                before += &format!("let f{flags} = id(r);");
            } else {
                before += &format!("let f{flags};");
                pending += &format!("f{flags} = id(r);");
            }
            flags += 1;
            continue;
        }
        let value = read_field(member);
        let name = names::field(&member.name);
        literal += &if pending.is_empty() {
            format!("{name}: {value},")
        } else {
            format!("{name}: {{ {} {value} }},", std::mem::take(&mut pending))
        };
    }
    if pending.is_empty() {
        format!("{before} Self {{ {literal} }}")
    } else {
        format!("{before} let value = Self {{ {literal} }}; {pending} value")
    }
}

fn read_field(member: &Member) -> String {
    let (take, option) = match &member.shape {
        Shape::Int => ("int", "option_int"),
        Shape::Long => ("long", "option_long"),
        Shape::Double => ("double", "option_double"),
        Shape::Text => ("text", "option"),
        Shape::Vector { boxed: false, .. } => ("bare", "bare"),
        _ => ("de", "option"),
    };
    match (&member.shape, member.condition) {
        (_, None) => format!("{take}(r)"),
        (Shape::True, Some((index, bit))) => format!("f{index} & {:#x} != 0", 1u32 << bit),
        (Shape::Vector { boxed: false, .. }, Some((index, bit))) => {
            let flag = 1u32 << bit;
            format!("if f{index} & {flag:#x} != 0 {{ Some(bare(r)) }} else {{ None }}")
        }
        (_, Some((index, bit))) => format!("{option}(r, f{index} & {:#x})", 1u32 << bit),
    }
}
