//! What a program costs that has much to make up for, and one that does not keep up: requests and
//! time for 10,000 channels, and memory while a handler sleeps (Linux).
//!
//! The data centre is in the same process, and shares its cores; its memory is a process of its own
//! where memory is measured.
use std::error::Error;
use std::io::{BufRead, BufReader, Write, stdin};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ferogram_sync::{Client, MemoryStore, Subscription, Update, Updates};
use localdc::{LocalDc, NewBot, NewChannel, NewUser};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const TOKEN: &str = "1000:backlog";
const PATIENCE: Duration = Duration::from_secs(120);

/// How many channels have something new.
const CHANNELS: [usize; 3] = [100, 1_000, 10_000];

/// So many are written before they are read.
const AT_ONCE: usize = 500;

/// How many messages a handler that sleeps has not had yet.
const UNREAD: [usize; 3] = [1_000, 10_000, 100_000];

fn main() -> Result<()> {
    if std::env::args().any(|it| it == "serve") {
        return serve();
    }
    println!("| channels with something new | requests | until all is given |");
    println!("|---|---|---|");
    for count in CHANNELS {
        catch_up(count)?;
    }
    println!("\n| unread messages | resident | more than with none |");
    println!("|---|---|---|");
    sleep_on()
}

fn messages() -> Subscription {
    Subscription::new().filter(|it| matches!(it, Update::NewMessage(_)))
}

/// A bot has met so many channels, and each has one message that it has missed.
fn catch_up(count: usize) -> Result<()> {
    let dc = LocalDc::start()?;
    let bot = dc.add_bot(NewBot::new(TOKEN, "backlog_bot"));
    let writer = dc.add_user(NewUser::new("+15550001", "Ann"));
    let channels: Vec<i64> = (0..count)
        .map(|number| {
            let channel = NewChannel::private(format!("Channel {number}")).owner(writer);
            dc.add_channel(channel.admin(bot, Default::default()))
        })
        .collect();
    let store: MemoryStore = dc.session_of(bot);
    let open = || dc.client_builder().session(store.clone()).connect();
    let write = |id: &i64| drop(dc.post(*id, writer, "something new"));
    let read = |updates: &mut Updates, count: usize| -> Result<()> {
        for number in 0..count {
            let update = updates.next_timeout(PATIENCE);
            update.map_err(|why| format!("{number} of {count}: {why:?}"))?;
        }
        Ok(())
    };
    let client = open()?;
    // Whoever is there, and keeps up, is told of it all, and knows the channels from now on.
    let mut updates = client.subscribe(messages());
    for some in channels.chunks(AT_ONCE) {
        some.iter().for_each(write);
        read(&mut updates, some.len())?;
    }
    client.close()?;
    channels.iter().for_each(write);
    let asked = || {
        let methods = ["updates.getDifference", "updates.getChannelDifference"];
        methods
            .map(|method| dc.executed(method))
            .iter()
            .sum::<u64>()
    };
    let (before, begun) = (asked(), Instant::now());
    let client = open()?;
    read(&mut client.subscribe(messages()), count)?;
    let took = begun.elapsed();
    println!(
        "| {count} | {} | {:.2} s |",
        asked() - before,
        took.as_secs_f64()
    );
    Ok(())
}

/// The data centre of the other table: it writes as many messages as it is told.
fn serve() -> Result<()> {
    let dc = LocalDc::builder().dcs(1).start()?;
    let bot = dc.add_bot(NewBot::new(TOKEN, "backlog_bot"));
    let writer = dc.add_user(NewUser::new("+15550001", "Ann"));
    let group = NewChannel::private("Group").megagroup().owner(writer);
    let group = dc.add_channel(group.admin(bot, Default::default()));
    println!("{}", dc.address(1));
    for line in stdin().lines() {
        for _ in 0..line?.parse()? {
            dc.post(group, writer, "something new, and some words besides");
        }
        println!("written");
    }
    Ok(())
}

/// The other process; it ends with this value.
struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<std::process::ChildStdout>,
}

impl Server {
    fn start() -> Result<(Self, SocketAddr)> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take().ok_or("an input")?;
        let output = BufReader::new(child.stdout.take().ok_or("an output")?);
        let mut server = Self {
            child,
            input,
            output,
        };
        let address = server.line()?.parse()?;
        Ok((server, address))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    fn write(&mut self, messages: usize) -> Result<()> {
        writeln!(self.input, "{messages}")?;
        match self.line()?.as_str() {
            "written" => Ok(()),
            other => Err(format!("the server says {other:?}").into()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which the table has shown.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The handler has one message in hand all the time.
fn sleep_on() -> Result<()> {
    let (mut server, address) = Server::start()?;
    let client = Client::builder()
        .api_id(1)
        .api_hash("local")
        .in_memory()
        .first_dc(1)
        .dc_addr(1, address)
        .rsa_key(localdc::PUBLIC_KEY_PEM)
        .connect()?;
    client.bot_sign_in(TOKEN)?;
    let mut updates = client.subscribe(messages());
    server.write(1)?;
    updates
        .next_timeout(PATIENCE)
        .map_err(|why| format!("{why:?}"))?;
    let before = resident()?;
    let mut written = 0;
    for unread in UNREAD {
        server.write(unread - written)?;
        written = unread;
        client.get_me()?;
        thread::sleep(Duration::from_secs(1));
        let now = resident()?;
        println!("| {unread} | {now:.1} MiB | {:.1} MiB |", now - before);
    }
    Ok(())
}

/// Resident memory in MiB.
fn resident() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(number.ok_or("resident memory")?.parse::<f64>()? / 1024.0)
}
