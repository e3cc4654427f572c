//! Clients that share a network thread: each as if it had one of its own.
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ferogram_sync::tl::functions::help::GetConfig;
use ferogram_sync::{Client, Error, NetError, Network, Update};
use localdc::{LocalDc, NewBot};

const TOKENS: [&str; 3] = ["1000071:net-a", "1000072:net-b", "1000073:net-c"];

fn clients(dc: &LocalDc, network: &Network) -> Vec<Client> {
    let connect = |(n, token): (usize, &str)| {
        dc.add_bot(NewBot::new(token, format!("net_{n}_bot")));
        let client = dc.client_builder().network(network).connect();
        let client = client.expect("it starts");
        client.bot_sign_in(token).expect("the token is right");
        client
    };
    TOKENS.into_iter().enumerate().map(connect).collect()
}

#[test]
fn each_has_its_own_answers_and_updates() {
    let dc = LocalDc::start().expect("it listens");
    let network = Network::new().expect("there is a thread");
    let clients = clients(&dc, &network);
    drop(network);
    let ann = dc.user();
    for (n, client) in clients.iter().enumerate() {
        let me = client.get_me().expect("answered");
        assert_eq!(me.username(), Some(&*format!("net_{n}_bot")));
        let mut updates = client.updates();
        let text = format!("for {n}");
        ann.send_message(format!("@net_{n}_bot"), &*text)
            .expect("sent");
        loop {
            let update = updates.next_timeout(Duration::from_secs(20));
            if let Update::NewMessage(message) = update.expect("it comes") {
                assert_eq!(message.text(), text);
                break;
            }
        }
    }
}

/// Raises a flag when the block ends, also when it does by a panic.
struct Raised<'a>(&'a AtomicBool);

impl Drop for Raised<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn one_that_storms_and_one_that_ends_hold_nobody_up() {
    let dc = LocalDc::start().expect("it listens");
    let network = Network::new().expect("there is a thread");
    let clients = clients(&dc, &network);
    let [storm, ending, modest] = &clients[..] else {
        panic!("there are three");
    };
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let _end = Raised(&is_over);
        for _ in 0..4 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let many: Vec<_> = (0..200).map(|_| storm.submit(&GetConfig {})).collect();
                    many.into_iter().for_each(|one| drop(one.wait()));
                }
            });
        }
        let waiting = ending.submit(&GetConfig {});
        ending.close().expect("written");
        waiting.wait().ok(); // It ends, whichever came first.
        assert!(matches!(ending.get_me(), Err(Error::Net(NetError::Closed))));
        let patient = modest.with_timeout(Duration::from_secs(20));
        for _ in 0..50 {
            patient.invoke(&GetConfig {}).expect("answered in time");
        }
    });
    storm.get_me().expect("it goes on");
}
