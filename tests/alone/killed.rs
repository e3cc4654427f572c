//! A program that is killed while it handles updates: nothing is skipped, and what comes twice is
//! within what is promised. These tests start themselves again, to have somebody to kill.
#![cfg(unix)]
use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader, Write, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use ferogram_sync::store::{
    Change, FileStore, Note, PeerQuery, PeerRecord, Records, Store, StoreError,
};
use ferogram_sync::{Client, Subscription, Update};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000077:killed-test";
const NAME: &str = "@killed_bot";

/// Says to a process that it is to be killed, and whom it shall talk to.
const VICTIM: &str = "FEROGRAM_TEST_KILLED";

/// How often each program is killed; `KILLS` says otherwise.
const KILLS: usize = 15;

/// How many work at a time, where there are workers.
const WORKERS: usize = 4;

/// What a program that is to be killed has to know.
struct Orders {
    address: SocketAddr,
    key: PathBuf,
    session: PathBuf,
    workers: bool,
}

impl Orders {
    fn given() -> Option<Self> {
        let orders = env::var(VICTIM).ok()?;
        let mut words = orders.split('|');
        let mut word = || words.next().expect("all are there");
        Some(Self {
            address: word().parse().expect("an address"),
            key: word().into(),
            session: word().into(),
            workers: word() == "workers",
        })
    }

    fn start(&self, test: &str) -> Child {
        let kind = if self.workers { "workers" } else { "alone" };
        let (key, session) = (self.key.display(), self.session.display());
        let orders = format!("{}|{key}|{session}|{kind}", self.address);
        Command::new(env::current_exe().expect("it has a name"))
            .args(["--exact", test, "--nocapture"])
            .env(VICTIM, orders)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts again")
    }

    fn connect(&self, store: impl Store + 'static) -> Client {
        let key = std::fs::read_to_string(&self.key).expect("it is there");
        let builder = Client::builder().api_id(1).api_hash("local").first_dc(1);
        let builder = builder.dc_addr(1, self.address).rsa_key(key);
        builder.session(Loud(Box::new(store))).connect().expect("it starts")
    }
}

/// A store that says when it has written how far the program is.
struct Loud(Box<dyn Store>);

impl Store for Loud {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.0.load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let tells = changes.iter().any(|it| match it {
            Change::Updates(_) => true,
            Change::Note(note) => note.room == "updates",
            _ => false,
        });
        self.0.apply(changes)?;
        if tells {
            say("written", "");
        }
        Ok(())
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.0.peer(query)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        self.0.notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        self.0.note(room, key)
    }
}

/// One line at once, so that none is cut by another, but perhaps by death.
fn say(what: &str, text: &str) {
    let mut out = stdout().lock();
    out.write_all(format!("\n{what} {text} .\n").as_bytes()).ok();
    out.flush().ok();
}

fn text_of(update: &Update) -> Option<&str> {
    match update {
        Update::NewMessage(message) => Some(message.text()),
        Update::Lost(lost) => panic!("{lost:?}"),
        _ => None,
    }
}

/// What the program does until it is killed.
fn work(orders: &Orders, store: impl Store + 'static) {
    let client = orders.connect(store);
    let stream = client.subscribe(Subscription::new());
    if !orders.workers {
        for update in stream {
            if let Some(text) = text_of(&update) {
                say("given", text);
                thread::sleep(Duration::from_micros(300));
                say("done", text);
            }
        }
        return;
    }
    let deliveries = stream.deliveries();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                for delivery in &deliveries {
                    let text = text_of(&delivery).map(str::to_owned);
                    say("given", text.as_deref().unwrap_or("0"));
                    thread::sleep(Duration::from_micros(700));
                    delivery.ack();
                    if let Some(text) = text {
                        say("done", &text);
                    }
                }
            });
        }
    });
}
