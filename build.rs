//! Makes Rust of the tables of facts in `schema/`; `src/tl/facts.rs` takes it in.
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use tlgen::{Schema, TableError};

/// Reads a table, given the schema, its name and its text, and writes it as Rust.
type Emit = fn(&Schema, &str, &str) -> Result<String, TableError>;

const SCHEMA: &str = "schema/api.tl";

/// The tables, and what makes Rust of each.
const TABLES: &[(&str, Emit)] = &[
    ("schema/errors.tsv", |_, file, text| {
        tlgen::errors(file, text)
    }),
    ("schema/methods.tsv", tlgen::callers),
    ("schema/repeatable.tsv", tlgen::repeatable),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={SCHEMA}");
    let schema = tlgen::parse(SCHEMA, &fs::read_to_string(SCHEMA)?)?;
    let mut code = String::new();
    for (file, emit) in TABLES {
        println!("cargo::rerun-if-changed={file}");
        code += &emit(&schema, file, &fs::read_to_string(file)?)?;
    }
    let directory = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&directory).join("facts.rs"), code)?;
    Ok(())
}
