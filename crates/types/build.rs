//! Generates the types of the schema.
use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut schemas = Vec::new();
    for file in ["schema/api.tl", "schema/mtproto.tl"] {
        println!("cargo::rerun-if-changed={file}");
        let schema = tlgen::parse(file, &fs::read_to_string(file)?)?;
        tlgen::check_ids(&schema)?;
        schemas.push(schema);
    }
    let server = env::var_os("CARGO_FEATURE_SERVER").is_some();
    let options = tlgen::Options {
        root: "crate".to_owned(),
        server,
        // Its shortest answer leaves out what the request says.
        read: vec!["messages.sendMessage".to_owned()],
    };
    let output = tlgen::generate(&tlgen::resolve(&schemas)?, &options)?;
    let directory = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&directory).join("tl.rs"), output.code)?;
    fs::write(Path::new(&directory).join("tl_tables.rs"), output.tables)?;
    fs::write(Path::new(&directory).join("tl_every.rs"), output.every)?;
    Ok(())
}
