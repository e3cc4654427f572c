//! Runs a command and appends a line with its cost to the file named by `COST_LOG`.
//!
//! It serves as cargo's `RUSTC_WRAPPER` (a line for each crate) and around cargo itself (a line for
//! the whole build). Fields, apart by tabs: the crate's name or the command's, the seconds it took,
//! the CPU seconds (user and system) of it and all that it started, and its largest resident set
//! in KiB.
use std::env;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{Error, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

fn main() -> Result<ExitCode, Error> {
    let command: Vec<OsString> = env::args_os().skip(1).collect();
    let (program, arguments) = command.split_first().expect("a command to run");

    let start = Instant::now();
    let status = Command::new(program).args(arguments).status()?;
    let wall = start.elapsed().as_secs_f64();

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    // In KiB, except where Apple counts in bytes.
    let unit = if cfg!(target_vendor = "apple") { 1024 } else { 1 };
    let rss = usage.max_rss() / unit;
    let name = name(program, arguments);

    let log = env::var_os("COST_LOG").expect("COST_LOG names the file to write to");
    let line = format!("{name}\t{wall:.3}\t{cpu:.3}\t{rss}\n");
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)?
        .write_all(line.as_bytes())?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn name(program: &OsString, arguments: &[OsString]) -> String {
    let mut rest = arguments
        .iter()
        .skip_while(|argument| *argument != "--crate-name");
    let name = match rest.nth(1) {
        Some(name) => name,
        None => Path::new(program).file_stem().unwrap_or(program),
    };
    name.to_string_lossy().into_owned()
}

fn seconds(time: TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
}
