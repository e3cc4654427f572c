//! A program that is killed while a file goes down, and while one goes up: the next one goes on, as
//! the same login, and a file that is not all there never has its name. The test starts itself
//! again, to have somebody to kill.
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, Media, Message, TransferHandle, Upload, UploadTicket};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000078:killed-transfer";

/// Says to a process that it is to be killed, and whom it shall talk to.
const VICTIM: &str = "FEROGRAM_TEST_KILLED_TRANSFER";

/// How often it is killed on either way, each time when it has said so many lines.
const LINES: [usize; 4] = [1, 2, 5, 9];

const LENGTH: usize = (24 << 20) + 77;

const PART: u64 = 512 << 10;

/// What the program has to know; what it writes lies in the folder.
struct Orders {
    address: SocketAddr,
    visitor: i64,
    message: i32,
    folder: PathBuf,
}

impl Orders {
    fn given() -> Option<Self> {
        let orders = env::var(VICTIM).ok()?;
        let mut words = orders.splitn(4, '|');
        let mut word = || words.next().expect("all are there");
        Some(Self {
            address: word().parse().expect("an address"),
            visitor: word().parse().expect("a number"),
            message: word().parse().expect("a number"),
            folder: word().into(),
        })
    }

    fn start(&self) -> Child {
        let folder = self.folder.display();
        let (visitor, message) = (self.visitor, self.message);
        let orders = format!("{}|{visitor}|{message}|{folder}", self.address);
        let test = "killed_transfer::it_goes_on_where_it_was";
        Command::new(env::current_exe().expect("it has a name"))
            .args(["--exact", test, "--nocapture"])
            .env(VICTIM, orders)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts again")
    }

    fn connect(&self) -> Client {
        let key = fs::read_to_string(self.folder.join("key")).expect("it is there");
        let builder = Client::builder().api_id(1).api_hash("local").first_dc(1);
        let builder = builder.dc_addr(1, self.address).rsa_key(key);
        let session = self.folder.join("session");
        builder.session(session).connect().expect("it starts")
    }

    fn down(&self) -> PathBuf {
        self.folder.join("down.bin")
    }

    fn ticket(&self) -> PathBuf {
        self.folder.join("ticket")
    }
}

/// Says how far it is, and waits until it may go on: so it can be killed just there.
fn say(what: &str, done: u64) {
    let mut out = stdout().lock();
    out.write_all(format!("\n{what} {done}\n").as_bytes()).ok();
    out.flush().ok();
    let mut word = String::new();
    stdin().lock().read_line(&mut word).ok();
}

/// What the program does until it is killed.
fn work(orders: &Orders) {
    let client = orders.connect();
    if !client.is_authorized().expect("it answers") {
        client.bot_sign_in(TOKEN).expect("the token is right");
    }
    let message = fetch(&client, orders.visitor, orders.message);
    if !orders.down().exists() {
        let download = client.download(&message);
        let download = download.on_progress(|it| say("down", it.done));
        download.to_path(orders.down()).expect("it comes");
    }
    let handle = TransferHandle::new();
    let mut upload = Upload::path(orders.folder.join("up.bin")).handle(&handle);
    if let Ok(ticket) = fs::read_to_string(orders.ticket()) {
        upload = upload.resume(UploadTicket::decode(&ticket).expect("it was written whole"));
    }
    let file = client.upload(upload.on_progress(|it| {
        if let Some(ticket) = handle.upload_ticket() {
            let beside = orders.ticket().with_extension("new");
            fs::write(&beside, ticket.encode()).expect("it is written");
            fs::rename(beside, orders.ticket()).expect("it is written");
        }
        say("up", it.done);
    }));
    let file = file.expect("it goes up");
    let sent = client.send_media(orders.visitor, Media::document(file), "");
    say(
        "sent",
        sent.expect("it is sent").id().cast_unsigned().into(),
    );
}

fn fetch(client: &Client, visitor: i64, id: i32) -> Message {
    let found = client.fetch_messages(visitor, &[id]).expect("it answers");
    found.into_iter().flatten().next().expect("it is there")
}

/// A program under way.
struct Life {
    child: Child,
    goes_on: ChildStdin,
    said: Receiver<(String, u64)>,
}

impl Life {
    fn begin(orders: &Orders) -> Self {
        let mut child = orders.start();
        let out = BufReader::new(child.stdout.take().expect("it is there"));
        let (tell, said) = channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let Some((what, done)) = line.split_once(' ') else {
                    continue;
                };
                if let (true, Ok(done)) = (["down", "up", "sent"].contains(&what), done.parse()) {
                    tell.send((what.to_owned(), done)).ok();
                }
            }
        });
        let goes_on = child.stdin.take().expect("it is there");
        Self {
            child,
            goes_on,
            said,
        }
    }

    fn next(&mut self) -> (String, u64) {
        let said = self.said.recv_timeout(Duration::from_secs(120));
        said.expect("it says something")
    }

    fn go_on(&mut self) {
        self.goes_on.write_all(b"\n").expect("it listens");
    }

    /// Goes on until it has said so many lines of this kind; gives what it said first.
    fn until(&mut self, what: &str, lines: usize) -> u64 {
        let mut first = None;
        let mut count = 0;
        loop {
            let (kind, done) = self.next();
            if kind == what {
                first.get_or_insert(done);
                count += 1;
            }
            if count == lines {
                return first.expect("it has said some");
            }
            self.go_on();
        }
    }

    fn kill(mut self) {
        self.child.kill().expect("it lives");
        self.child.wait().expect("it is ours");
    }
}

/// Bytes that repeat nowhere within a part.
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut out = Vec::with_capacity(LENGTH + 8);
    while out.len() < LENGTH {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        out.extend(state.to_be_bytes());
    }
    out.truncate(LENGTH);
    out
}

/// How long what is there of the file is, which has another name.
fn part_of(orders: &Orders) -> u64 {
    assert!(!orders.down().exists(), "it is not all there");
    let inside = fs::read_dir(&orders.folder).expect("it is a folder");
    let mut inside = inside.map(|it| it.expect("it is there"));
    let part = inside.find(|it| Path::new(&it.file_name()).extension() == Some("part".as_ref()));
    part.map_or(0, |it| it.metadata().expect("it is there").len())
}

/// How much of what goes up had arrived by what the program has kept.
fn arrived_by(orders: &Orders) -> u64 {
    let Ok(ticket) = fs::read_to_string(orders.ticket()) else {
        return 0; // It was killed before.
    };
    assert!(UploadTicket::decode(&ticket).is_ok(), "{ticket}");
    let parts = ticket.rsplit(':').next().expect("there is a last word");
    u64::from_str_radix(parts, 16).expect("a number") * PART
}

#[test]
fn it_goes_on_where_it_was() {
    if let Some(orders) = Orders::given() {
        return work(&orders);
    }
    let telegram = LocalDc::start().expect("it listens");
    let bot = NewBot::new(TOKEN, "killed_transfer_bot");
    let visitor = telegram.add_visitor(telegram.add_bot(bot));
    let bot = telegram.client_builder().connect().expect("it starts");
    bot.bot_sign_in(TOKEN).expect("the token is right");
    let (down, up) = (bytes(3), bytes(5));
    let file = Upload::bytes(&down[..]).name("down.bin");
    let sent = bot.send_document(visitor, file, "").expect("it is sent");
    let folder = tempfile::tempdir().expect("a folder");
    let orders = Orders {
        address: telegram.address(1),
        visitor,
        message: sent.id(),
        folder: folder.path().to_owned(),
    };
    fs::write(folder.path().join("key"), telegram.public_key_pem()).expect("it is written");
    fs::write(folder.path().join("up.bin"), &up).expect("it is written");
    let mut there = 0;
    for lines in LINES {
        let mut life = Life::begin(&orders);
        let first = life.until("down", lines);
        assert!(first > there, "{first} of what was there: {there}");
        life.kill();
        there = part_of(&orders);
    }
    assert!(there > 0, "some of it has come");
    let mut arrived = 0;
    for lines in LINES {
        let mut life = Life::begin(&orders);
        let first = life.until("up", lines);
        assert_eq!(first, arrived, "it goes on where it was");
        life.kill();
        arrived = arrived_by(&orders);
    }
    assert!(arrived > 0, "some of it has arrived");
    assert!(fs::read(orders.down()).expect("it is there") == down);
    let mut life = Life::begin(&orders);
    let id = i32::try_from(life.until("sent", 1)).expect("a number");
    life.kill();
    let there = fetch(&bot, visitor, id);
    assert!(bot.download(&there).to_bytes().expect("it comes") == up);
    let signed_in = telegram.executed("auth.importBotAuthorization");
    assert_eq!(signed_in, 2, "each login once");
}
