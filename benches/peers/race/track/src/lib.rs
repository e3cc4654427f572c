//! What the runners share: what they are to do, and the words they exchange with `race`.
pub mod tasks;

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The data centre that every runner begins with.
pub const HOME: i32 = 2;

/// Who takes part.
pub const RUNNERS: [&str; 5] = ["ours", "grammers", "ferogram", "telethon", "mtcute"];

/// The public name of whoever has opened the bots, and gets their files.
pub const READER: &str = "the_reader";

/// The token of a runner's bot.
pub fn token(runner: &str) -> String {
    let at = RUNNERS.iter().position(|it| *it == runner);
    format!("{}:{runner}", 1000 + at.expect("it takes part"))
}

/// What a runner is to do, from its arguments: `ADDRESS SESSION TASK [NUMBER]`.
pub struct Orders {
    pub address: SocketAddr,
    /// Where a login is kept between two runs; what is there already is used.
    pub session: PathBuf,
    pub task: Task,
}

pub enum Task {
    /// Connect, ask once, and keep the key.
    First,
    /// One call after the other.
    Latency,
    /// As many calls as there is time for, with so many in flight.
    Calls(usize),
    /// The same from so many threads that block.
    Threads(usize),
    /// Connect so many clients and do nothing more.
    Idle(usize),
    /// Sign in and read long lists to their ends.
    Lists,
    /// Take so many updates from the stream.
    Updates(usize),
    /// Have so many updates handled by a dispatcher.
    Handled(usize),
    /// Send a file, and fetch it again.
    File(FileTask),
}

/// A file that goes up, and comes down again.
pub struct FileTask {
    pub path: PathBuf,
    /// Whether small calls are made meanwhile.
    pub beside: bool,
}

impl FileTask {
    /// Where it is written when it has come down.
    pub fn back(&self) -> PathBuf {
        self.path.with_extension("back")
    }
}

impl Orders {
    pub fn given() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let number = || arguments[3].parse().expect("a number");
        let file = |beside| {
            let path = PathBuf::from(&arguments[3]);
            Task::File(FileTask { path, beside })
        };
        Self {
            address: arguments[0].parse().expect("an address"),
            session: PathBuf::from(&arguments[1]),
            task: match arguments[2].as_str() {
                "first" => Task::First,
                "latency" => Task::Latency,
                "calls" => Task::Calls(number()),
                "threads" => Task::Threads(number()),
                "idle" => Task::Idle(number()),
                "lists" => Task::Lists,
                "updates" => Task::Updates(number()),
                "handled" => Task::Handled(number()),
                "file" => file(false),
                "file-beside" => file(true),
                other => panic!("no task is called {other}"),
            },
        }
    }
}

/// Whoever has the long lists, and the code that signs in.
pub const PHONE: &str = "+9996621234";
pub const CODE: &str = "22222";

/// Says which list is read now, and when it was read, how many there were.
pub struct List(Instant);

impl List {
    pub fn begin(name: &str) -> Self {
        reach(&format!("begin {name}"));
        Self(Instant::now())
    }

    pub fn done(self, count: usize) {
        let seconds = self.0.elapsed().as_secs_f64();
        reach(&format!("done {count} {seconds}"));
    }
}

/// Says a line.
pub fn say(line: &str) {
    println!("{line}");
    io::stdout().flush().expect("somebody listens");
}

/// Says a line and waits to be told to go on.
pub fn reach(line: &str) {
    say(line);
    let mut told = String::new();
    io::stdin()
        .lock()
        .read_line(&mut told)
        .expect("somebody answers");
}

/// The time in which calls are counted.
pub struct Lap {
    begun: Instant,
    end: Instant,
}

impl Lap {
    const WARM_UP: Duration = Duration::from_millis(300);
    const LENGTH: Duration = Duration::from_secs(2);

    pub fn warm_up() -> Self {
        Self::of(Self::WARM_UP)
    }

    /// Begins as soon as `race` has noted how much CPU time was used before.
    pub fn begin() -> Self {
        reach("begin");
        Self::of(Self::LENGTH)
    }

    fn of(length: Duration) -> Self {
        let begun = Instant::now();
        Self {
            begun,
            end: begun + length,
        }
    }

    pub fn is_over(&self) -> bool {
        Instant::now() >= self.end
    }

    pub fn done(&self, calls: usize) {
        let seconds = self.begun.elapsed().as_secs_f64();
        reach(&format!("done {calls} {seconds}"));
    }
}

/// What each of many calls took.
#[derive(Default)]
pub struct Stopwatch(Vec<Duration>);

impl Stopwatch {
    pub fn note(&mut self, begun: Instant) {
        self.0.push(begun.elapsed());
    }

    /// Pauses so long between two calls beside a file.
    pub const PAUSE: Duration = Duration::from_millis(5);

    /// Says the median, in seconds.
    pub fn done(mut self) {
        self.0.sort();
        let median = self.0.get(self.0.len() / 2).expect("calls were made");
        reach(&format!("done {} {}", self.0.len(), median.as_secs_f64()));
    }
}

/// One way of a file.
pub struct Way(Instant);

impl Way {
    /// Begins as soon as `race` has noted how much CPU time was used before.
    pub fn begin() -> Self {
        reach("begin");
        Self(Instant::now())
    }

    /// How long it has taken. Small calls that are under way then no longer count.
    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }

    /// Says how long it has taken; and of the small calls beside it the median, and what one in a
    /// hundred took longer than.
    pub fn done(seconds: f64, beside: Option<Stopwatch>) {
        let Some(Stopwatch(mut times)) = beside else {
            return reach(&format!("done {seconds}"));
        };
        times.sort();
        let at = |share: usize| times.get(times.len() * share / 100);
        let at = |share| at(share).map_or(0.0, Duration::as_secs_f64);
        reach(&format!("done {seconds} {} {}", at(50), at(99)));
    }
}

/// Counts what is told, from the first to the last of so many.
pub struct Heard {
    wanted: usize,
    count: usize,
    first: Option<Instant>,
    last: Instant,
}

impl Heard {
    /// How long nothing may come. Who has not heard all by then has lost some.
    pub const PATIENCE: Duration = Duration::from_secs(10);

    /// Begins as soon as `race` has noted how much CPU time was used before.
    pub fn begin(wanted: usize) -> Self {
        reach("begin");
        Self {
            wanted,
            count: 0,
            first: None,
            last: Instant::now(),
        }
    }

    /// Counts one; whether it was the last.
    pub fn note(&mut self) -> bool {
        self.count += 1;
        if self.first.is_none() || self.count == self.wanted {
            self.last = Instant::now();
            self.first.get_or_insert(self.last);
        }
        self.count == self.wanted
    }

    /// Says how many were told, and how long it took.
    pub fn done(self) {
        let begun = self.first.unwrap_or(self.last);
        let seconds = self.last.duration_since(begun).as_secs_f64();
        reach(&format!("done {} {seconds}", self.count));
    }
}
