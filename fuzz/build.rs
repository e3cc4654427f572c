//! Writes the list of all types, as the library does for its own tests.
use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut schemas = Vec::new();
    for file in ["../schema/api.tl", "../schema/mtproto.tl"] {
        println!("cargo::rerun-if-changed={file}");
        schemas.push(tlgen::parse(file, &fs::read_to_string(file)?)?);
    }
    let options = tlgen::Options {
        root: "ferogram_sync::tl".to_owned(),
        server: true,
    };
    let output = tlgen::generate(&tlgen::resolve(&schemas)?, &options)?;
    let directory = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&directory).join("tl_every.rs"), output.every)?;
    Ok(())
}
