//! The tables that describe the schema to code that walks over serialised values.
//!
//! They are plain arrays of small numbers, so that they cost the compiler and the program next to
//! nothing. `crates/types/src/schema.rs` is their reader; what is said there of the layout and
//! what is done here belong together.
use std::collections::HashMap;
use std::fmt::Write;

use crate::error::{ErrorKind, Position, SchemaError};
use crate::resolved::{Constructor, Resolved, Shape};

/// Types with a number below this are primitive; above, they are rows of `TYPES`.
const FIRST_COMPOUND: usize = 16;

const IS_SECRET: u16 = 0x8000;
const IS_FUNCTION: u16 = 1;
const HAS_RANDOM_ID: u16 = 2;

/// How many leading bits of an id choose its bucket.
const BUCKET_BITS: u32 = 10;

/// Writes the tables as Rust statics.
pub(super) fn tables(resolved: &Resolved) -> Result<String, SchemaError> {
    let mut tables = Tables {
        resolved,
        ..Tables::new(resolved)
    };
    for index in tables.order.clone() {
        tables.definition(index)?;
    }
    tables
        .definitions
        .push([0, number(tables.fields.len())?, 0, 0, 0]);
    Ok(tables.write())
}

/// Something with an id.
#[derive(Clone, Copy)]
enum Row {
    Constructor(usize),
    Function(usize),
    Primitive(usize),
}

struct Tables<'a> {
    resolved: &'a Resolved,
    /// Everything with an id, sorted by id.
    order: Vec<Row>,
    /// Where each constructor stands in `order`.
    rows: HashMap<usize, usize>,
    names: Vec<String>,
    name_numbers: HashMap<String, u16>,
    types: Vec<[u16; 2]>,
    definitions: Vec<[u16; 5]>,
    fields: Vec<[u16; 3]>,
}

impl<'a> Tables<'a> {
    fn new(resolved: &'a Resolved) -> Self {
        let constructors = (0..resolved.constructors.len()).map(Row::Constructor);
        let functions = (0..resolved.functions.len()).map(Row::Function);
        let primitives = (0..resolved.primitives.len()).map(Row::Primitive);
        let mut order: Vec<Row> = constructors.chain(functions).chain(primitives).collect();
        order.sort_by_key(|row| id(resolved, *row));
        let mut rows = HashMap::new();
        for (number, row) in order.iter().enumerate() {
            if let Row::Constructor(index) = row {
                rows.insert(*index, number);
            }
        }
        Self {
            resolved,
            order,
            rows,
            names: Vec::new(),
            name_numbers: HashMap::new(),
            types: Vec::new(),
            definitions: Vec::new(),
            fields: Vec::new(),
        }
    }

    fn name(&mut self, name: &str) -> Result<u16, SchemaError> {
        if let Some(number) = self.name_numbers.get(name) {
            return Ok(*number);
        }
        let next = number(self.names.len())?;
        self.names.push(name.to_owned());
        self.name_numbers.insert(name.to_owned(), next);
        Ok(next)
    }

    fn ty(&mut self, shape: &Shape) -> Result<u16, SchemaError> {
        let row = match shape {
            Shape::Flags => return Ok(0),
            Shape::Int => return Ok(1),
            Shape::Long => return Ok(2),
            Shape::Double => return Ok(3),
            Shape::Text => return Ok(4),
            Shape::Bytes => return Ok(5),
            Shape::Bool => return Ok(6),
            Shape::True => return Ok(7),
            Shape::Int128 => return Ok(8),
            Shape::Int256 => return Ok(9),
            Shape::Parameter => return Ok(10),
            Shape::Boxed(union) => {
                let name = self.resolved.unions[*union].name().to_string();
                [0, self.name(&name)?]
            }
            Shape::Bare(constructor) => [1, number(self.rows[constructor])?],
            Shape::Vector { boxed, item } => [if *boxed { 2 } else { 3 }, self.ty(item)?],
        };
        let index = match self.types.iter().position(|other| *other == row) {
            Some(index) => index,
            None => {
                self.types.push(row);
                self.types.len() - 1
            }
        };
        number(FIRST_COMPOUND + index)
    }

    fn definition(&mut self, row: Row) -> Result<(), SchemaError> {
        let first = number(self.fields.len())?;
        let resolved = self.resolved;
        let (constructor, mut marks) = match row {
            Row::Constructor(index) => (&resolved.constructors[index], 0),
            Row::Function(index) => (&resolved.functions[index], IS_FUNCTION),
            Row::Primitive(index) => {
                let name = resolved.primitives[index].0.to_string();
                let result = match name.as_str() {
                    "boolTrue" | "boolFalse" => Shape::Bool,
                    "true" => Shape::True,
                    _ => Shape::Parameter,
                };
                let row = [self.name(&name)?, first, self.ty(&result)?, 0, 0];
                self.definitions.push(row);
                return Ok(());
            }
        };
        if has_random_id(resolved, constructor) {
            marks |= HAS_RANDOM_ID;
        }
        // Flags without a value come last: who only walks over the bytes need not look at them.
        let (values, truths): (Vec<_>, Vec<_>) = constructor
            .members
            .iter()
            .partition(|member| member.shape != Shape::True);
        for member in values.iter().chain(&truths) {
            let condition = match member.condition {
                None => 0,
                Some((flags, bit)) => 1 + u16::from(flags) * 32 + u16::from(bit),
            };
            let secret = if member.secret { IS_SECRET } else { 0 };
            let field = [
                self.name(&member.name)?,
                self.ty(&member.shape)?,
                condition | secret,
            ];
            self.fields.push(field);
        }
        let name = self.name(&constructor.name.to_string())?;
        let result = self.ty(&constructor.result)?;
        self.definitions
            .push([name, first, result, marks, number(values.len())?]);
        Ok(())
    }

    fn write(&self) -> String {
        let mut out = String::new();
        let ids: Vec<u32> = self
            .order
            .iter()
            .map(|row| id(self.resolved, *row))
            .collect();
        let buckets = 0..=1u64 << BUCKET_BITS;
        let starts = buckets
            .map(|bucket| ids.partition_point(|id| u64::from(id >> (32 - BUCKET_BITS)) < bucket));
        let ends = self.names.iter().scan(0, |end, name| {
            *end += name.len();
            Some(*end)
        });
        array(&mut out, "IDS", "u32", ids.iter());
        array(&mut out, "STARTS", "u16", starts);
        array(
            &mut out,
            "DEFINITIONS",
            "[u16; 5]",
            self.definitions.iter().map(Debug),
        );
        array(
            &mut out,
            "FIELDS",
            "[u16; 3]",
            self.fields.iter().map(Debug),
        );
        array(&mut out, "TYPES", "[u16; 2]", self.types.iter().map(Debug));
        array(&mut out, "NAME_ENDS", "u32", ends);
        let _ = writeln!(
            out,
            "pub(super) static NAMES: &str = {:?};",
            self.names.concat()
        );
        out
    }
}

/// Shows a row as `[1, 2]`.
struct Debug<T>(T);

impl<T: std::fmt::Debug> std::fmt::Display for Debug<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

fn array<T: std::fmt::Display>(
    out: &mut String,
    name: &str,
    ty: &str,
    items: impl Iterator<Item = T>,
) {
    let items: Vec<String> = items.map(|item| item.to_string()).collect();
    let count = items.len();
    let _ = writeln!(
        out,
        "pub(super) static {name}: [{ty}; {count}] = [{}];",
        items.join(",")
    );
}

fn number(index: usize) -> Result<u16, SchemaError> {
    // The highest bit is used for marks.
    match u16::try_from(index) {
        Ok(number) if number < IS_SECRET => Ok(number),
        _ => Err(SchemaError::new(
            "",
            Position::default(),
            ErrorKind::TooLarge,
        )),
    }
}

fn id(resolved: &Resolved, row: Row) -> u32 {
    match row {
        Row::Constructor(index) => resolved.constructors[index].id,
        Row::Function(index) => resolved.functions[index].id,
        Row::Primitive(index) => resolved.primitives[index].1,
    }
}

/// Whether a request carries a number by which the server knows it again, or a list of things that
/// do. A `random_id:bytes` is something else: it names an advertisement.
fn has_random_id(resolved: &Resolved, constructor: &Constructor) -> bool {
    constructor.members.iter().any(|member| {
        let mut item = &member.shape;
        while let Shape::Vector { item: inner, .. } = item {
            item = inner;
        }
        match item {
            Shape::Int | Shape::Long => member.name == "random_id",
            Shape::Boxed(union) if *item != member.shape => {
                match resolved.unions[*union].constructors.as_slice() {
                    [one] => {
                        let members = &resolved.constructors[*one].members;
                        members.iter().any(|member| member.name == "random_id")
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    })
}
