//! A tracker, a clock, and words for what comes out.
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ferogram_sync::Now;
use ferogram_sync::store::{Account, Change, PeerKey, UpdateState};
use ferogram_sync::tl::enums::{self, Update};
use ferogram_sync::tl::types;
use ferogram_sync::tracker::{
    Counter, Event, Failure, Lost, Origin, Output, Tracker, TrackerConfig,
};

/// The account's id.
pub(super) const ME: i64 = 1;

/// A channel that is known from the start, at 100.
pub(super) const CHANNEL: i64 = 5;

pub(super) struct Scene {
    pub(super) tracker: Tracker,
    pub(super) now: Now,
    /// Whom the client does not know.
    pub(super) strangers: BTreeSet<PeerKey>,
    pub(super) saved: Vec<Change>,
    /// In how many milliseconds the tracker wants to be polled.
    pub(super) wait: Option<u64>,
}

impl Scene {
    /// A user at `pts` 10, `qts` 5, `seq` 3, whose channel is at 100. Nothing is connected yet.
    pub(super) fn new() -> Self {
        Self::of(config(false))
    }

    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    pub(super) fn of(config: TrackerConfig) -> Self {
        let now = Now {
            instant: Instant::now(),
            unix: Duration::from_secs(1_800_000_000),
        };
        Self {
            tracker: Tracker::new(now, config),
            now,
            strangers: BTreeSet::new(),
            saved: Vec::new(),
            wait: None,
        }
    }

    pub(super) fn push(&mut self, updates: impl Into<enums::Updates>) -> Vec<String> {
        self.hand(updates.into(), Origin::Push)
    }

    pub(super) fn hand(&mut self, updates: enums::Updates, origin: Origin) -> Vec<String> {
        let strangers = &self.strangers;
        let mut knows = |peer| !strangers.contains(&peer);
        self.tracker
            .handle_updates(self.now, updates, origin, &mut knows);
        self.drain()
    }

    pub(super) fn connect(&mut self) -> Vec<String> {
        self.tracker.handle_connected(self.now);
        self.drain()
    }

    /// So much time goes by.
    pub(super) fn pass(&mut self, millis: u64) -> Vec<String> {
        self.now.instant += Duration::from_millis(millis);
        self.drain()
    }

    pub(super) fn state(&mut self, state: UpdateState) -> Vec<String> {
        self.tracker.handle_state(self.now, wire(state));
        self.drain()
    }

    pub(super) fn answer(
        &mut self,
        difference: impl Into<enums::updates::Difference>,
    ) -> Vec<String> {
        self.tracker.handle_difference(self.now, difference.into());
        self.drain()
    }

    pub(super) fn answer_channel(
        &mut self,
        channel: i64,
        difference: impl Into<enums::updates::ChannelDifference>,
    ) -> Vec<String> {
        self.tracker
            .handle_channel_difference(self.now, channel, difference.into());
        self.drain()
    }

    pub(super) fn refuse(&mut self, name: &str) -> Vec<String> {
        let failure = Failure::Refused { code: 400, name };
        self.tracker.handle_difference_error(self.now, failure);
        self.drain()
    }

    pub(super) fn refuse_channel(&mut self, channel: i64, name: &str) -> Vec<String> {
        let failure = Failure::Refused { code: 400, name };
        self.tracker
            .handle_channel_error(self.now, channel, failure);
        self.drain()
    }

    /// All that the tracker wants now, in words; what is to be saved is put aside.
    pub(super) fn drain(&mut self) -> Vec<String> {
        let mut words = Vec::new();
        loop {
            match self.tracker.poll_output(self.now) {
                Output::Updates(batch) => words.extend(batch.events.iter().map(event)),
                Output::Lost(it) => words.push(lost(&it)),
                Output::GetState => words.push("ask state".into()),
                Output::GetDifference(ask) => {
                    words.push(format!("ask from {} {} {}", ask.pts, ask.qts, ask.date));
                }
                Output::GetChannelState { channel } => {
                    words.push(format!("ask state of {channel}"));
                }
                Output::GetChannelDifference {
                    channel,
                    pts,
                    limit,
                } => words.push(format!("ask {limit} of {channel} from {pts}")),
                Output::State(change) => self.saved.push(change),
                Output::Timeout(at) => {
                    let wait = at.map(|at| at - self.now.instant);
                    self.wait = wait.map(|wait| wait.as_millis() as u64);
                    return words;
                }
                other => panic!("not known here: {other:?}"),
            }
        }
    }
}

pub(super) fn config(bot: bool) -> TrackerConfig {
    let mut config = TrackerConfig::new(Account { user_id: ME, bot });
    config.state = Some(UpdateState {
        pts: 10,
        qts: 5,
        date: 1000,
        seq: 3,
    });
    config.channels.insert(CHANNEL, 100);
    config
}

pub(super) fn wire(state: UpdateState) -> enums::updates::State {
    types::updates::State {
        pts: state.pts,
        qts: state.qts,
        date: state.date,
        seq: state.seq,
        unread_count: 0,
    }
    .into()
}

fn event(event: &Event) -> String {
    let number = |message: &enums::Message| match message {
        enums::Message::Message(message) => message.id,
        _ => 0,
    };
    let what = match &event.update {
        Update::NewMessage(it) => format!("message {}", number(&it.message)),
        Update::NewChannelMessage(it) => format!("post {}", number(&it.message)),
        Update::DeleteMessages(it) => format!("deleted {:?}", it.messages),
        Update::DeleteChannelMessages(it) => format!("deleted posts {:?}", it.messages),
        Update::BotStopped(it) => format!("stopped {}", it.user_id),
        Update::NewEncryptedMessage(_) => "encrypted".into(),
        Update::MessageId(it) => format!("plain {}", it.id),
        Update::UserStatus(_) => "status".into(),
        other => panic!("not used here: {other:?}"),
    };
    match event.mark {
        Some(mark) => format!("{what} @{}", mark.value),
        None => what,
    }
}

fn lost(lost: &Lost) -> String {
    let to = lost.to.map_or("?".into(), |to| to.to_string());
    let counter = match lost.counter {
        Counter::Channel(id) => id.to_string(),
        counter => format!("{counter:?}"),
    };
    format!("lost {counter} {}..{to}: {:?}", lost.from, lost.why)
}

pub(super) fn message(id: i32) -> enums::Message {
    types::Message {
        id,
        peer_id: types::PeerUser { user_id: 2 }.into(),
        ..Default::default()
    }
    .into()
}

pub(super) fn post(id: i32) -> enums::Message {
    types::Message {
        id,
        peer_id: types::PeerChannel {
            channel_id: CHANNEL,
        }
        .into(),
        ..Default::default()
    }
    .into()
}

pub(super) fn new(pts: i32) -> Update {
    types::UpdateNewMessage {
        message: message(pts),
        pts,
        pts_count: 1,
    }
    .into()
}

pub(super) fn deleted(pts: i32, pts_count: i32) -> Update {
    types::UpdateDeleteMessages {
        messages: vec![pts],
        pts,
        pts_count,
    }
    .into()
}

pub(super) fn new_post(pts: i32) -> Update {
    types::UpdateNewChannelMessage {
        message: post(pts),
        pts,
        pts_count: 1,
    }
    .into()
}

pub(super) fn deleted_post(channel_id: i64, pts: i32) -> Update {
    types::UpdateDeleteChannelMessages {
        channel_id,
        messages: vec![pts],
        pts,
        pts_count: 1,
    }
    .into()
}

pub(super) fn stopped(qts: i32) -> Update {
    types::UpdateBotStopped {
        user_id: qts.into(),
        date: 1,
        stopped: true,
        qts,
    }
    .into()
}

pub(super) fn plain(id: i32) -> Update {
    types::UpdateMessageId { id, random_id: 1 }.into()
}

pub(super) fn status() -> Update {
    types::UpdateUserStatus::default().into()
}

pub(super) fn alone(update: Update) -> enums::Updates {
    types::UpdateShort { update, date: 1 }.into()
}

pub(super) fn together(updates: Vec<Update>, seq: i32) -> enums::Updates {
    types::Updates {
        updates,
        users: Vec::new(),
        chats: Vec::new(),
        date: 1000 + seq,
        seq,
    }
    .into()
}

pub(super) fn empty(seq: i32) -> types::updates::DifferenceEmpty {
    types::updates::DifferenceEmpty { date: 2000, seq }
}

pub(super) fn empty_channel(
    pts: i32,
    timeout: Option<i32>,
) -> types::updates::ChannelDifferenceEmpty {
    types::updates::ChannelDifferenceEmpty {
        r#final: true,
        pts,
        timeout,
    }
}

/// A whole difference, up to `pts`.
pub(super) fn difference(messages: Vec<enums::Message>, pts: i32) -> types::updates::Difference {
    types::updates::Difference {
        new_messages: messages,
        state: wire(UpdateState {
            pts,
            qts: 5,
            date: 2000,
            seq: 3,
        }),
        ..Default::default()
    }
}
