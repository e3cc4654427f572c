//! What is left of a client in a child of `fork`: nothing that hangs.
#![cfg(unix)]
use std::process::exit;
use std::thread;
use std::time::Duration;

use ferogram_sync::{
    Client, Delivery, Ended, Error, NetError, Network, Pending, Updates, Watch, tl,
};
use fork::{Fork, fork, waitpid};
use localdc::{Effect, LocalDc, NewBot, Rule};

use crate::process::passed_alone;

const TOKEN: &str = "1000006:fork-test";
/// What the child exits with when a call of it never came back.
const HUNG: i32 = 99;

const REQUEST: tl::functions::users::GetUsers = tl::functions::users::GetUsers { id: Vec::new() };
const NEAREST: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};
const SILENT: tl::functions::help::GetConfig = tl::functions::help::GetConfig {};

/// What was under way when the process was split.
type Requests = [Pending<tl::enums::Config>; 3];

/// What the parent reads.
type Reading = (Updates, Watch);

fn is_forked(error: &Error) -> bool {
    matches!(error, Error::Net(NetError::Forked)) && error.delivery() == Some(Delivery::NotSent)
}

/// The parent's request, which the server has: the child cannot know what becomes of it.
fn is_unknown(error: &Error) -> bool {
    error.to_string().contains("after fork") && error.delivery() == Some(Delivery::Unknown)
}

/// Everything that a program might do with the client of its parent; which of it went wrong.
fn in_the_child(
    client: Client,
    shared: (Network, Client),
    pending: Requests,
    reading: Reading,
    dc: &LocalDc,
) -> i32 {
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
        client
            .export_session()
            .is_err_and(|error| is_forked(&error)),
        updates.next().is_none() && updates.ended() == Some(Ended::Forked),
        client
            .watch(&[1])
            .next()
            .is_err_and(|error| is_forked(&error)),
        reading.1.next().is_err_and(|error| is_forked(&error)),
        client.my_id().is_none(),
    ];
    drop(reading);
    if let Some(wrong) = checks.iter().position(|good| !good) {
        return 1 + wrong as i32;
    }
    client.submit(&REQUEST).cancel();
    client.signal_network_restored();
    let [early, late, never] = pending;
    let mut stream = client.updates();
    let unknown = early.wait().is_err_and(|error| is_unknown(&error));
    client.shutdown_token().cancel();
    let closed = client.close().is_err_and(|error| is_forked(&error));
    drop(client);
    // What holds the client weakly is told the same when the client is gone.
    let told = late.wait().is_err_and(|error| is_unknown(&error));
    let ended = stream.next().is_none() && stream.ended() == Some(Ended::Forked);
    if !(unknown && closed && told && ended) {
        return 40;
    }
    drop(never);
    let (network, on_it) = shared;
    let newcomer = dc.client_builder().network(&network).connect();
    let stranger = on_it.invoke(&NEAREST);
    drop((network, on_it));
    if !(newcomer.is_err_and(|it| is_forked(&it)) && stranger.is_err_and(|it| is_forked(&it))) {
        return 45;
    }
    // A client of its own works.
    let own = dc.client_builder().connect().expect("it starts");
    match own.invoke(&NEAREST) {
        Ok(_) => 0,
        Err(_) => 50,
    }
}

#[test]
fn a_child_is_told_so_and_its_parent_goes_on() {
    if passed_alone() {
        return;
    }
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "fork_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    let network = Network::new().expect("there is a thread");
    let on_it = dc
        .client_builder()
        .network(&network)
        .connect()
        .expect("it starts");
    on_it.invoke(&NEAREST).expect("answered");
    // With requests under way, and threads in the middle of things.
    let answered = client.submit(&REQUEST);
    let silent = Rule::new(Effect::DropAnswer).method("help.getConfig");
    dc.faults().add(silent);
    let pending: Requests = std::array::from_fn(|_| client.submit(&SILENT));
    let reading = (client.updates(), client.watch(&[1]));
    match fork().expect("there is room for a process") {
        Fork::Child => exit(in_the_child(
            client,
            (network, on_it),
            pending,
            reading,
            &dc,
        )),
        Fork::Parent(child) => {
            answered.wait().expect("the parent's client goes on");
            let status = waitpid(child).expect("it is our child");
            assert_eq!(status, 0, "the child's exit status, in the upper byte");
            client.get_me().expect("the child has taken nothing along");
            on_it.invoke(&NEAREST).expect("nor of what is shared");
            drop((on_it, network));
        }
    }
    hanging_up_beside_a_child(client, &dc);
}

/// A child that lives on holds the connection too: the server is told of its end all the same.
fn hanging_up_beside_a_child(client: Client, dc: &LocalDc) {
    let folder = tempfile::tempdir().expect("a folder");
    let done = folder.path().join("done");
    match fork().expect("there is room for a process") {
        Fork::Child => {
            for _ in 0..12_000 {
                if done.exists() {
                    break;
                }
                thread::sleep(Duration::from_millis(10));
            }
            exit(0)
        }
        Fork::Parent(child) => {
            assert!(dc.connections() > 0, "the client has one");
            drop(client);
            // Long before the server would give up a client that is silent.
            let told = (0..2_000).any(|_| {
                thread::sleep(Duration::from_millis(10));
                dc.connections() == 0
            });
            std::fs::write(&done, "").expect("the folder is writable");
            waitpid(child).expect("it is our child");
            assert!(told, "the server was not told");
        }
    }
}
