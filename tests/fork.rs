//! What is left of a client in a child of `fork`: nothing that hangs.
#![cfg(unix)]
use std::process::exit;
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, Delivery, Ended, Error, NetError, tl};
use fork::{Fork, fork, waitpid};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000006:fork-test";
/// What the child exits with when a call of it never came back.
const HUNG: i32 = 99;

const REQUEST: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};

fn is_forked(error: &Error) -> bool {
    matches!(error, Error::Net(NetError::Forked)) && error.delivery() == Some(Delivery::NotSent)
}

/// Everything that a program might do with the client of its parent; which of it went wrong.
fn in_the_child(client: Client, dc: &LocalDc) -> i32 {
    thread::spawn(|| {
        thread::sleep(Duration::from_secs(60));
        exit(HUNG);
    });
    let mut updates = client.updates();
    let checks = [
        client
            .invoke(&REQUEST)
            .is_err_and(|error| is_forked(&error)),
        client
            .submit(&REQUEST)
            .wait()
            .is_err_and(|error| is_forked(&error)),
        client
            .send_message("me", "hello")
            .is_err_and(|error| is_forked(&error)),
        client.save_session().is_err_and(|error| is_forked(&error)),
        updates.next().is_none() && updates.ended() == Some(Ended::Forked),
    ];
    if let Some(wrong) = checks.iter().position(|good| !good) {
        return 1 + wrong as i32;
    }
    client.submit(&REQUEST).cancel();
    client.shutdown_token().cancel();
    drop(client);
    // A client of its own works.
    let own = dc.client_builder().connect().expect("it starts");
    match own.invoke(&REQUEST) {
        Ok(_) => 0,
        Err(_) => 50,
    }
}

#[test]
fn a_child_is_told_so_and_its_parent_goes_on() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "fork_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    // With a request under way, and threads in the middle of things.
    let pending = client.submit(&REQUEST);
    match fork().expect("there is room for a process") {
        Fork::Child => exit(in_the_child(client, &dc)),
        Fork::Parent(child) => {
            pending.wait().expect("the parent's client goes on");
            let status = waitpid(child).expect("it is our child");
            assert_eq!(status, 0, "the child's exit status, in the upper byte");
            client.get_me().expect("the child has taken nothing along");
        }
    }
}
