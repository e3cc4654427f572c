//! Calls from many threads, and what is left when the client goes.
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, Error, NetError, tl};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000004:threads-test";

/// The tests of this file count threads of the process: one at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn bot(dc: &LocalDc) -> Client {
    dc.add_bot(NewBot::new(TOKEN, "threads_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client
}

#[test]
fn many_threads_share_a_client() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let before = dc.executed("users.getUsers");
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..50 {
                    client.get_me().expect("answered");
                }
            });
        }
    });
    assert_eq!(
        dc.executed("users.getUsers") - before,
        16 * 50,
        "each was executed once"
    );
}

#[test]
fn many_requests_in_flight_from_one_thread() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let before = dc.executed("help.getNearestDc");
    let request = tl::functions::help::GetNearestDc {};
    let pending: Vec<_> = (0..3000).map(|_| client.submit(&request)).collect();
    for pending in pending {
        pending.wait().expect("answered");
    }
    assert_eq!(
        dc.executed("help.getNearestDc") - before,
        3000,
        "each was executed once"
    );
}

#[test]
fn a_pending_request_can_be_polled_selected_and_given_up() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let request = tl::functions::help::GetNearestDc {};

    let mut pending = client.submit(&request);
    let answer = loop {
        if let Some(answer) = pending.try_wait() {
            break answer;
        }
        thread::yield_now();
    };
    answer.expect("answered");

    let mut pending = client.submit(&request);
    let mut select = crossbeam_channel::Select::new();
    select.recv(pending.receiver().expect("it was sent"));
    select
        .ready_timeout(Duration::from_secs(30))
        .expect("it becomes ready");
    let answer = pending.try_wait().expect("it is ready");
    answer.expect("answered");

    client.submit(&request).cancel();
    client.submit(&request).detach();
    client.get_me().expect("the client goes on");
}

#[test]
fn calls_in_flight_end_at_once_when_the_client_is_closed() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    // Nobody accepts: the call would wait for an hour.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let client = Client::builder()
        .api_id(1)
        .api_hash("hash")
        .in_memory()
        .timeout(Duration::from_secs(3600))
        .dc_addr(1, listener.local_addr().expect("it listens"))
        .connect()
        .expect("it starts");
    let token = client.shutdown_token();
    let error = thread::scope(|scope| {
        let call = scope.spawn(|| client.invoke(&tl::functions::help::GetConfig {}));
        thread::sleep(Duration::from_millis(50));
        token.cancel();
        call.join()
            .expect("no panic")
            .expect_err("the client was closed")
    });
    assert!(
        matches!(error, Error::Unanswered(_) | Error::Net(NetError::Closed)),
        "{error}"
    );
    let error = client
        .invoke(&tl::functions::help::GetConfig {})
        .expect_err("closed");
    assert!(matches!(error, Error::Net(NetError::Closed)), "{error}");
}

/// The data centre's side of a closed connection takes a moment to end.
#[cfg(target_os = "linux")]
fn wait_idle(dc: &LocalDc) {
    while dc.connections() > 0 {
        thread::sleep(Duration::from_millis(1));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_left_when_the_last_client_goes() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let count = |folder| std::fs::read_dir(folder).expect("procfs").count();
    let dc = LocalDc::start().expect("it listens");
    drop(bot(&dc));
    wait_idle(&dc);
    let (threads, files) = (count("/proc/self/task"), count("/proc/self/fd"));
    for _ in 0..3 {
        let client = dc.client_builder().connect().expect("it starts");
        client.bot_sign_in(TOKEN).expect("the token is right");
        let other = client.clone();
        let updates = client.updates().into_receiver().expect("a thread starts");
        drop(client);
        other.get_me().expect("a clone keeps it alive");
        assert!(count("/proc/self/task") > threads);
        drop(other);
        drop(updates);
        wait_idle(&dc);
    }
    assert_eq!(count("/proc/self/task"), threads, "threads");
    assert_eq!(count("/proc/self/fd"), files, "descriptors");
}

#[test]
fn messages_and_streams_keep_nothing_alive() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let dc = LocalDc::start().expect("it listens");
    let client = bot(&dc);
    let mut updates = client.updates();
    let pending = client.submit(&tl::functions::help::GetConfig {});
    drop(client);
    assert!(updates.next().is_none());
    let error = pending.wait().expect_err("the client is gone");
    assert!(
        matches!(error, Error::Net(NetError::Closed) | Error::Unanswered(_)),
        "{error}"
    );
}
