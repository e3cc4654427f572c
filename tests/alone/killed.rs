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
use tempfile::TempDir;

const TOKEN: &str = "1000077:killed-test";
const NAME: &str = "@killed_bot";

/// Says to a process that it is to be killed, and whom it shall talk to.
const VICTIM: &str = "FEROGRAM_TEST_KILLED";

/// How often each program is killed; `KILLS` says otherwise.
const KILLS: u64 = 15;

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

    fn connect(&self, store: Box<dyn Store>) -> Client {
        let key = std::fs::read_to_string(&self.key).expect("it is there");
        let builder = Client::builder().api_id(1).api_hash("local").first_dc(1);
        let builder = builder.dc_addr(1, self.address).rsa_key(key);
        builder.session(Loud(store)).connect().expect("it starts")
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
    out.write_all(format!("\n{what} {text} .\n").as_bytes())
        .ok();
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
fn work(orders: &Orders, store: Box<dyn Store>) {
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
                    if let Some(text) = &text {
                        say("done", text);
                    }
                    delivery.ack();
                    if let Some(text) = &text {
                        say("acked", text);
                    }
                }
            });
        }
    });
}

/// What the lives of a program have said so far.
#[derive(Default)]
struct Account {
    /// How often each number was done.
    done: BTreeMap<u32, u32>,
    /// What may not come again: it was finished, and two writes have been made since.
    sure: BTreeMap<u32, u32>,
    repeats: usize,
    most: usize,
}

impl Account {
    /// Takes in what one life has said. `in_order`: one thread had it all.
    fn close(&mut self, lines: &[(String, u32)], in_order: bool) {
        let (mut last, mut repeats) = (0, 0);
        // What was done and is not written for sure, and how many writes there were since.
        let mut open: Vec<(u32, u8)> = Vec::new();
        let mut unfinished = None;
        for (what, number) in lines {
            match &what[..] {
                "written" => {
                    open.iter_mut().for_each(|(_, writes)| *writes += 1);
                    let sure = open.extract_if(.., |(_, writes)| *writes >= 2);
                    for (number, _) in sure {
                        *self.sure.entry(number).or_default() += 1;
                    }
                }
                "given" => {
                    assert!(!self.sure.contains_key(number), "{number} comes again");
                    repeats += usize::from(self.done.contains_key(number));
                    if in_order {
                        assert!(*number > last, "{number} after {last}");
                        last = *number;
                        // Asking for the next one finishes it.
                        open.extend(unfinished.take().map(|number| (number, 0)));
                    }
                }
                "acked" => open.push((*number, 0)),
                _ => {
                    *self.done.entry(*number).or_default() += 1;
                    unfinished = Some(*number);
                }
            }
        }
        self.repeats += repeats;
        self.most = self.most.max(repeats);
    }
}

/// What a child says, line by line.
fn listen(child: &mut Child) -> crossbeam_channel::Receiver<(String, u32)> {
    let (tell, told) = crossbeam_channel::unbounded();
    let out = BufReader::new(child.stdout.take().expect("it is piped"));
    thread::spawn(move || {
        for line in out.lines() {
            let Ok(line) = line else { return };
            let words: Vec<&str> = line.split(' ').collect();
            if let [what @ ("given" | "done" | "acked" | "written"), number, "."] = words[..] {
                let number = number.parse().unwrap_or_default();
                tell.send((what.to_owned(), number)).ok();
            }
        }
    });
    told
}

/// The other side: the server, who sends, and what the program needs.
struct Scene {
    dc: LocalDc,
    ann: Client,
    orders: Orders,
    sent: u32,
    _folder: TempDir,
}

type Open = fn(&Path) -> Result<Box<dyn Store>, StoreError>;

impl Scene {
    /// A bot that is signed in, and is told what happens from now on.
    fn new(workers: bool, open: Open, server: Option<String>) -> Self {
        let dc = LocalDc::start().expect("it listens");
        dc.add_bot(NewBot::new(TOKEN, &NAME[1..]));
        let folder = tempfile::tempdir().expect("there is room");
        let orders = Orders {
            address: dc.address(1),
            key: folder.path().join("key.pem"),
            session: server.map_or_else(|| folder.path().join("a.session"), PathBuf::from),
            workers,
        };
        std::fs::write(&orders.key, dc.public_key_pem()).expect("there is room");
        let store = Loud(open(&orders.session).expect("it opens"));
        let bot = dc.client_builder().session(store);
        let bot = bot.connect().expect("it starts");
        bot.bot_sign_in(TOKEN).expect("the token is right");
        let mut updates = bot.updates();
        let ann = dc.user();
        ann.send_message(NAME, "0").expect("sent");
        while text_of(&updates.next().expect("it comes")) != Some("0") {}
        drop(updates);
        bot.close().expect("it is written");
        Self {
            ann,
            dc,
            orders,
            sent: 0,
            _folder: folder,
        }
    }

    fn send(&mut self, count: u32) {
        for _ in 0..count {
            self.sent += 1;
            let text = self.sent.to_string();
            self.ann.send_message(NAME, text).expect("sent");
        }
    }

    /// One life: until so many lines were said, or else until all that was sent is done.
    fn live(&mut self, test: &str, lines: Option<usize>) -> Vec<(String, u32)> {
        let mut child = self.orders.start(test);
        let told = listen(&mut child);
        let mut said: Vec<(String, u32)> = Vec::new();
        self.send(20);
        loop {
            let Ok(line) = told.recv_timeout(Duration::from_secs(60)) else {
                let last = &said[said.len().saturating_sub(9)..];
                panic!(
                    "it says nothing: {} were sent, {lines:?}, {last:?}",
                    self.sent
                );
            };
            said.push(line);
            match lines {
                Some(lines) if said.len() >= lines => break,
                Some(_) if said.len().is_multiple_of(8) => self.send(4),
                None if said.contains(&("done".to_owned(), self.sent)) => break,
                _ => {}
            }
        }
        child.kill().expect("it lives");
        child.wait().expect("it is ours");
        said.extend(told.iter());
        said
    }
}

fn killed_at_any_moment(test: &str, workers: bool, open: Open) {
    match Orders::given() {
        Some(orders) => work(&orders, open(&orders.session).expect("it opens")),
        None => kill(test, Scene::new(workers, open, None), &|| {}),
    }
}

/// `bury` is called after each death, before the next life.
fn kill(test: &str, mut scene: Scene, bury: &dyn Fn()) {
    let kills = env::var("KILLS").ok().and_then(|it| it.parse().ok());
    let kills: u64 = kills.unwrap_or(KILLS);
    let workers = scene.orders.workers;
    let mut account = Account::default();
    let mut dice = 7_u64;
    for _ in 0..kills {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let lines = 1 + (dice >> 33) as usize % 120;
        bury();
        account.close(&scene.live(test, Some(lines)), !workers);
    }
    bury();
    account.close(&scene.live(test, None), !workers);
    let missing: Vec<u32> = (1..=scene.sent)
        .filter(|number| !account.done.contains_key(number))
        .collect();
    // The last one may be done before those that other workers have in hand.
    let in_hand = if workers { WORKERS - 1 } else { 0 };
    assert!(missing.len() <= in_hand, "{missing:?}");
    assert!(
        missing.iter().all(|it| it + 100 > scene.sent),
        "{missing:?}"
    );
    let (sent, Account { repeats, most, .. }) = (scene.sent, account);
    let asked = scene.dc.executed("updates.getDifference");
    eprintln!(
        "{test}: {sent} updates, {kills} kills, {asked} differences, {repeats} repeats, {most} at \
         most of one kill"
    );
}

fn file(path: &Path) -> Result<Box<dyn Store>, StoreError> {
    Ok(Box::new(FileStore::open(path)?))
}

#[cfg(feature = "sqlite-session")]
fn sqlite(path: &Path) -> Result<Box<dyn Store>, StoreError> {
    Ok(Box::new(ferogram_sync::SqliteStore::open(path)?))
}

#[test]
fn with_a_file() {
    killed_at_any_moment("killed::with_a_file", false, file);
}

#[test]
fn with_a_file_and_workers() {
    killed_at_any_moment("killed::with_a_file_and_workers", true, file);
}

#[cfg(feature = "sqlite-session")]
#[test]
fn with_a_database() {
    killed_at_any_moment("killed::with_a_database", false, sqlite);
}

#[cfg(feature = "sqlite-session")]
#[test]
fn with_a_database_and_workers() {
    killed_at_any_moment("killed::with_a_database_and_workers", true, sqlite);
}

#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
fn on_a_server(test: &str, workers: bool) {
    use super::hrana::Hrana;

    fn libsql(url: &Path) -> Result<Box<dyn Store>, StoreError> {
        let url = url.to_str().expect("it is an address");
        Ok(Box::new(ferogram_sync::LibSqlStore::connect(
            url, "sesame",
        )?))
    }
    if let Some(orders) = Orders::given() {
        return work(&orders, libsql(&orders.session).expect("it opens"));
    }
    let server = Hrana::start();
    let scene = Scene::new(workers, libsql, Some(server.url()));
    // Who was killed has the session for another minute.
    kill(test, scene, &|| {
        let past = "UPDATE ferogram_lease SET until = unixepoch() - 1";
        server.database().execute(past, []).expect("it is there");
    });
}

#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
#[test]
fn with_a_server() {
    on_a_server("killed::with_a_server", false);
}

#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
#[test]
fn with_a_server_and_workers() {
    on_a_server("killed::with_a_server_and_workers", true);
}
