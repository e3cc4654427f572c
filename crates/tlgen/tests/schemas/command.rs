//! The command `tlgen`.
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn tlgen(arguments: &[&Path]) -> Output {
    let command = Command::new(env!("CARGO_BIN_EXE_tlgen"))
        .args(arguments)
        .output();
    command.expect("the command is built with its tests")
}

fn api() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/api.tl")
}

#[test]
fn formats_checks_and_imports() {
    let api = api();
    let text = std::fs::read(&api).expect("the schema is in the repository");
    let formatted = tlgen(&["format".as_ref(), &api]);
    assert!(formatted.status.success() && formatted.stdout == text);
    let checked = tlgen(&["check".as_ref(), &api]);
    let summary = "1700 constructors of 647 types, 850 functions\n";
    assert_eq!(String::from_utf8_lossy(&checked.stdout), summary);
    let imported = tlgen(&["import".as_ref(), &api, &api]);
    assert!(imported.status.success() && imported.stdout == text && imported.stderr.is_empty());
}

#[test]
fn says_what_is_wrong_and_fails() {
    let missing = tlgen(&["check".as_ref(), "/nowhere/at.tl".as_ref()]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("/nowhere/at.tl: "));
    // This very file is no schema.
    let rust = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/command.rs");
    let garbage = tlgen(&["format".as_ref(), &rust]);
    assert_eq!((garbage.status.code(), garbage.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&garbage.stderr).contains("command.rs:5:9: "));
    let usage = tlgen(&["dance".as_ref()]);
    assert_eq!(usage.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&usage.stderr).starts_with("usage:\n"));
}
