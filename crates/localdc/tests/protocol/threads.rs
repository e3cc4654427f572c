//! What a dropped data centre leaves behind: nothing.
use std::net::TcpStream;
use std::process::Command;

use localdc::LocalDc;

use crate::client::{Came, Client, within_a_minute};

/// The threads of the data centres of this process, by their names.
fn threads(prefix: &str) -> usize {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else {
        return 0;
    };
    let names = tasks.flatten().filter_map(|task| {
        let name = std::fs::read_to_string(task.path().join("comm")).ok()?;
        name.starts_with(prefix).then_some(name)
    });
    names.count()
}

#[test]
fn dropping_it_ends_threads_and_connections() {
    // Other tests run at the same time: only this one has a data centre 77.
    let running = LocalDc::builder().dcs(77).start().unwrap();
    let address = running.address(77);
    let mut clients: Vec<_> = (0..5).map(|_| Client::new(address)).collect();
    let idle = TcpStream::connect(address).unwrap();
    for client in &mut clients {
        client.ping(1);
    }
    if cfg!(target_os = "linux") {
        assert!(threads("localdc-77-") >= 6);
    }
    drop(running);
    // The kernel goes on listing a joined thread for a moment.
    assert!(
        within_a_minute(|| threads("localdc-77-") == 0),
        "{} left",
        threads("localdc-77-")
    );
    for client in &mut clients {
        assert_eq!(client.wire.receive(), Came::Closed);
    }
    drop(idle);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn ended_connections_are_cleared_away() {
    let running = LocalDc::builder().dcs(76).start().unwrap();
    let address = running.address(76);
    for _ in 0..50 {
        TcpStream::connect(address).unwrap();
    }
    let mut client = Client::new(address);
    client.ping(1);
    // Each of them ends when its thread has looked; each connection accepted clears away those
    // that have ended: a few may be left.
    let cleared = within_a_minute(|| {
        let mut another = Client::new(address);
        another.ping(1);
        running.connections() < 20 && threads("localdc-76-") < 20
    });
    assert!(cleared, "{}", threads("localdc-76-"));
    client.ping(2);
}

#[test]
fn ports_can_be_chosen_and_may_be_taken() {
    let first = LocalDc::builder().dcs(1).start().unwrap();
    let port = first.address(1).port();
    assert!(LocalDc::builder().dcs(1).ports([port]).start().is_err());
    drop(first);
    let second = LocalDc::builder().dcs(2).ports([port]).start().unwrap();
    assert_eq!(second.address(1).port(), port);
    assert_ne!(second.address(2).port(), port);
    Client::initialised(second.address(1));
}

#[test]
fn the_program_says_what_it_can_do() {
    let program = env!("CARGO_BIN_EXE_localdc");
    let help = Command::new(program).arg("--help").output().unwrap();
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for option in ["--dcs", "--ports", "--user", "--bot"] {
        assert!(text.contains(option), "{option}");
    }
    for wrong in [&["--nothing"][..], &["--dcs"], &["--dcs", "many"]] {
        let output = Command::new(program).args(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn the_program_serves() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_localdc"))
        .args(["--dcs", "1", "--bot", "77:secret:Robot"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut address = None;
    let mut text = String::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        if let Some(found) = line.strip_prefix("  DC 1: ") {
            address = found.parse().ok();
        }
        text.push_str(&line);
        if line.starts_with("Serving") {
            break;
        }
    }
    assert!(text.contains("BEGIN RSA PUBLIC KEY") && text.contains("77:secret"));
    Client::initialised(address.expect("the address is printed"));
    child.kill().unwrap();
    child.wait().unwrap();
}
