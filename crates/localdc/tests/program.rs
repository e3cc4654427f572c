//! The program, as it is started from a shell.
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// As in `localdc | head -1`: what it says has no reader any more.
#[test]
fn it_serves_when_its_output_is_closed() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut program = Command::new(env!("CARGO_BIN_EXE_localdc"))
        .args(["--dcs", "1", "--ports", &port.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(program.stdout.take());
    let mut served = false;
    let mut ended = None;
    for _ in 0..100 {
        thread::sleep(Duration::from_millis(100));
        served = TcpStream::connect(("127.0.0.1", port)).is_ok();
        if served {
            break;
        }
    }
    // It says more once it listens: a while later it still has to be there.
    for _ in 0..20 {
        thread::sleep(Duration::from_millis(100));
        ended = ended.or(program.try_wait().unwrap());
    }
    program.kill().ok();
    program.wait().unwrap();
    assert!(served && ended.is_none(), "{ended:?}");
}

/// What it says, and how it ends, when it is started with these arguments.
fn refused(arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_localdc"));
    let ended = program.args(arguments).output().unwrap();
    assert!(!ended.status.success(), "{arguments:?}");
    String::from_utf8(ended.stderr).unwrap()
}

#[test]
fn what_it_cannot_start_with_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let text = refused(&["--ports", &port]);
    assert!(text.contains(&format!("port {port}: ")), "{text}");
    for (arguments, named) in [
        (["--ports", "0,0,0"], "3 ports for 2 data centres"),
        (["--user", "nobody:Alice"], "--user nobody:Alice: the phone"),
        (
            ["--user", "9996612345:Bo"],
            "--user 9996612345:Bo: the username",
        ),
        (["--bot", "x:y"], "--bot x:y: the token"),
        (["--bot", "x"], "it has no colon"),
        (["--frob", "x"], "unknown option --frob"),
    ] {
        let text = refused(&arguments);
        assert!(text.contains(named), "{text}");
    }
}
