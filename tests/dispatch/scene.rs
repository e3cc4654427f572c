//! A bot, and people who write to it.
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use ferogram_sync::{Client, Message, Update, Updates};
use localdc::LocalDc;

pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Scene {
    pub(crate) dc: LocalDc,
    pub(crate) bot: Client,
    /// The bot's name, with `@`.
    pub(crate) name: String,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let bot = dc.bot();
        let me = bot.get_me().expect("it is signed in");
        let name = format!("@{}", me.username().expect("bots have one"));
        Self { dc, bot, name }
    }

    pub(crate) fn person(&self) -> Person {
        let client = self.dc.user();
        Person {
            id: client.my_id().expect("signed in"),
            updates: client.updates(),
            bot: self.name.clone(),
            client,
        }
    }
}

/// Somebody who writes to the bot.
pub(crate) struct Person {
    pub(crate) client: Client,
    pub(crate) id: i64,
    updates: Updates,
    bot: String,
}

impl Person {
    pub(crate) fn say(&self, text: &str) -> Message {
        self.client.send_message(&self.bot[..], text).expect("sent")
    }

    /// What the bot says next.
    pub(crate) fn hear(&mut self) -> String {
        self.message().text().to_owned()
    }

    /// The message in which it says so.
    pub(crate) fn message(&mut self) -> Message {
        loop {
            match self
                .updates
                .next_timeout(PATIENCE)
                .expect("the bot says something")
            {
                Update::NewMessage(message) if !message.outgoing() => {
                    return message;
                }
                _ => {}
            }
        }
    }
}

/// From now on a bot knows where the updates are, and makes up for what it misses.
pub(crate) fn has_heard(bot: &Client, person: &Client, name: &str) {
    let mut updates = bot.updates();
    person.send_message(name, "from here on").expect("sent");
    while !matches!(
        updates.next_timeout(PATIENCE).expect("it comes"),
        Update::NewMessage(_)
    ) {}
}

/// What handlers tell a test.
pub(crate) struct Told<T>(Receiver<T>);

pub(crate) fn telling<T>() -> (Sender<T>, Told<T>) {
    let (sender, receiver) = channel();
    (sender, Told(receiver))
}

impl<T> Told<T> {
    pub(crate) fn next(&self) -> T {
        self.0.recv_timeout(PATIENCE).expect("it is told")
    }

    pub(crate) fn take(&self, count: usize) -> Vec<T> {
        (0..count).map(|_| self.next()).collect()
    }

    /// What was told already.
    pub(crate) fn now(&self) -> T {
        self.0.try_recv().expect("it was told before")
    }

    pub(crate) fn nothing_for(&self, time: Duration) -> bool {
        self.0.recv_timeout(time).is_err()
    }
}
