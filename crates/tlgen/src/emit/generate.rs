//! Puts the generated modules together.
use std::collections::BTreeMap;

use super::enums;
use super::functions;
use super::item::path;
use super::options::Options;
use super::structs;
use super::table;
use crate::ast::Name;
use crate::error::SchemaError;
use crate::names;
use crate::resolved::Resolved;

/// Generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The modules `types`, `enums` and `functions`, and `LAYER`.
    pub code: String,
    /// The tables of the schema, as statics.
    pub tables: String,
    /// For tests: a macro `every_type!(check)` that lists all types, each with the function `check`
    /// over it. The lists are of pairs of a name and a `Check`, a type that the caller has.
    pub every: String,
}

/// Writes the Rust code of `resolved`.
///
/// # Errors
/// When there are more definitions than the tables can number.
pub fn generate(resolved: &Resolved, options: &Options) -> Result<Output, SchemaError> {
    let mut types = Modules::default();
    for constructor in &resolved.constructors {
        structs::constructor(resolved, constructor, types.at(&constructor.name));
    }
    let mut enums = Modules::default();
    for union in &resolved.unions {
        enums::union(resolved, union, enums.at(union.name()));
    }
    let mut functions = Modules::default();
    for function in &resolved.functions {
        functions::function(resolved, function, options, functions.at(&function.name));
    }
    let root = &options.root;
    let mut code = format!(
        "/// The layer of the API that the generated types are of.\n\
         pub const LAYER: i32 = {};\n",
        resolved.layer
    );
    types.write(
        root,
        "types",
        "Single constructors, by namespace.",
        &mut code,
    );
    enums.write(
        root,
        "enums",
        "Types, by namespace: each is one of several constructors.",
        &mut code,
    );
    functions.write(
        root,
        "functions",
        "Functions that a server answers, by namespace.",
        &mut code,
    );
    Ok(Output {
        code,
        tables: table::tables(resolved)?,
        every: every(resolved),
    })
}

/// Writes a macro that makes `[("name", check::<path>)]` of the enums, structs and functions.
fn every(resolved: &Resolved) -> String {
    let mut out = String::from(
        "/// Lists every type, as pairs of its name and the function `check` over it.\n\
         #[macro_export]\nmacro_rules! every_type {\n($check:ident) => {\n",
    );
    let mut list = |list: &str, room: &str, names: &mut dyn Iterator<Item = &Name>| {
        out += &format!("pub(super) const {list}: &[(&str, Check)] = &[\n");
        for name in names {
            out += &format!("(\"{name}\", $check::<$crate::{}>),\n", path(room, name));
        }
        out += "];\n";
    };
    list(
        "ENUMS",
        "enums",
        &mut resolved.unions.iter().map(|union| union.name()),
    );
    list(
        "TYPES",
        "types",
        &mut resolved.constructors.iter().map(|one| &one.name),
    );
    let plain = resolved
        .functions
        .iter()
        .filter(|function| function.parameter.is_none());
    list("FUNCTIONS", "functions", &mut plain.map(|one| &one.name));
    out + "};\n}\n"
}

/// The code of each namespace.
#[derive(Default)]
struct Modules(BTreeMap<Option<String>, String>);

impl Modules {
    fn at(&mut self, name: &Name) -> &mut String {
        self.0.entry(name.namespace.clone()).or_default()
    }

    fn write(&self, root: &str, name: &str, about: &str, out: &mut String) {
        let imports = format!("use {root}::support::*;\n");
        *out += &format!(
            "/// {about}
#[allow(
    missing_docs,
    reason = \"each item names its line of the schema and its official page\"
)]
#[allow(clippy::all, unused_imports, reason = \"generated code\")]
pub mod {name} {{
{imports}"
        );
        for (namespace, code) in &self.0 {
            match namespace {
                None => *out += code,
                Some(namespace) => {
                    let module = names::module(namespace);
                    *out += &format!(
                        "/// The namespace `{namespace}`.\npub mod {module} {{\n{imports}{code}}}\n"
                    );
                }
            }
        }
        *out += "}\n";
    }
}
