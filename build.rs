//! Makes Rust of the tables of facts in `schema/`; `src/tl/facts.rs` takes it in.
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use tlgen::TableError;

/// Reads a table, given its name and its text, and writes it as Rust.
type Emit = fn(&str, &str) -> Result<String, TableError>;

/// The tables, and what makes Rust of each.
const TABLES: &[(&str, Emit)] = &[("schema/errors.tsv", tlgen::errors)];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::new();
    for (file, emit) in TABLES {
        println!("cargo::rerun-if-changed={file}");
        code += &emit(file, &fs::read_to_string(file)?)?;
    }
    let directory = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&directory).join("facts.rs"), code)?;
    Ok(())
}
