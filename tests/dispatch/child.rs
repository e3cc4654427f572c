//! A program that is killed or signalled: the calling test starts itself again, as its own child.
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use ferogram_sync::Client;
use localdc::LocalDc;

const SESSION: &str = "FEROGRAM_TEST_SESSION";
const ADDRESS: &str = "FEROGRAM_TEST_ADDRESS";
const KEY: &str = "FEROGRAM_TEST_KEY";

/// In the child, the client that its test has given it. `None` in the test itself.
pub(crate) fn client() -> Option<Client> {
    let session = env::var_os(SESSION)?;
    let setting = |name| env::var(name).expect("it is set");
    let client = Client::builder()
        .api_id(1)
        .api_hash("local")
        .first_dc(1)
        .rsa_key(setting(KEY))
        .dc_addr(1, setting(ADDRESS).parse().expect("an address"))
        .session(Path::new(&session))
        .connect();
    Some(client.expect("the session is there"))
}

/// Starts the calling test again, in a process where nothing else runs. What it says comes out of
/// its standard error.
pub(crate) fn start(dc: &LocalDc, session: &Path) -> Child {
    start_by(Command::new(itself()), dc, session)
}

/// The same as a script does with `&`: the program ignores Ctrl-C from its first moment on.
#[cfg(all(unix, feature = "signals"))]
pub(crate) fn start_in_the_background(dc: &LocalDc, session: &Path) -> Child {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "trap '' INT; exec \"$0\" \"$@\""])
        .arg(itself());
    start_by(shell, dc, session)
}

fn itself() -> PathBuf {
    env::current_exe().expect("it has a name")
}

fn start_by(mut command: Command, dc: &LocalDc, session: &Path) -> Child {
    let thread = thread::current();
    let name = thread.name().expect("the thread of a test has its name");
    command
        .args(["--exact", name, "--nocapture"])
        .env(SESSION, session)
        .env(ADDRESS, dc.address(1).to_string())
        .env(KEY, dc.public_key_pem())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}
