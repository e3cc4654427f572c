//! A process for one test.
use std::env;
use std::process::Command;
use std::thread;

/// Says to a process that it was started for one test.
const ALONE: &str = "FEROGRAM_TEST_ALONE";

/// Runs the calling test again in a process where nothing else runs, and says in this one that it
/// has passed there; in that one it says no, and the test goes on.
pub(crate) fn passed_alone() -> bool {
    if env::var_os(ALONE).is_some() {
        return false;
    }
    let thread = thread::current();
    let name = thread.name().expect("the thread of a test has its name");
    let program = env::current_exe().expect("it has a name");
    let mut command = Command::new(program);
    command.args(["--exact", name, "--nocapture"]);
    let output = command.env(ALONE, "").output().expect("it starts again");
    let says = String::from_utf8_lossy(&output.stdout);
    print!("{says}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}", output.status);
    assert!(says.contains("1 passed"), "no test has this name: {name}");
    true
}
