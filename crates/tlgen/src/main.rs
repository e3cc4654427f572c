//! The command `tlgen`: formats, checks and imports schemas.
use std::process::ExitCode;

use tlgen::{Schema, check_ids, format, import, parse, resolve};

const USAGE: &str = "usage:
  tlgen format FILE     writes the schema in its normal form
  tlgen check FILE...   checks the schemas together: names, ids, layouts
  tlgen import OLD NEW  writes the schema NEW in the normal form, and reports to the
                        standard error what it changes";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["format", file] => read(file).map(|schema| print!("{}", format(&schema))),
        ["check", files @ ..] if !files.is_empty() => check(files),
        ["import", old, new] => take_over(old, new),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn read(file: &str) -> Result<Schema, String> {
    let text = std::fs::read_to_string(file).map_err(|error| std::format!("{file}: {error}"))?;
    parse(file, &text).map_err(|error| error.to_string())
}

fn check(files: &[&str]) -> Result<(), String> {
    let schemas = files
        .iter()
        .map(|file| read(file))
        .collect::<Result<Vec<_>, _>>()?;
    for schema in &schemas {
        check_ids(schema).map_err(|error| error.to_string())?;
    }
    let resolved = resolve(&schemas).map_err(|error| error.to_string())?;
    println!(
        "{} constructors of {} types, {} functions",
        resolved.constructors.len(),
        resolved.unions.len(),
        resolved.functions.len()
    );
    Ok(())
}

fn take_over(old: &str, new: &str) -> Result<(), String> {
    let (old, new) = (read(old)?, read(new)?);
    check_ids(&new).map_err(|error| error.to_string())?;
    let (schema, changes) = import(&old, &new).map_err(|error| error.to_string())?;
    print!("{}", format(&schema));
    eprint!("{changes}");
    Ok(())
}
