//! The server's side of the boxes, written from <https://core.telegram.org/api/updates>.
use std::collections::{BTreeMap, BTreeSet};

use ferogram_sync::store::UpdateState;
use ferogram_sync::tl::enums::{self, updates as answers};
use ferogram_sync::tl::types;
use ferogram_sync::tracker::Counter;

use super::history::{Happening, ME, Row, What};
use crate::dice::Dice;

/// Where counters begin. A counter that begins anew begins far below.
const BEGIN: i32 = 3_000_000;
const ANEW: i32 = 100;

/// How many latest messages the server tells of a channel whose difference is too long.
const LATEST: usize = 3;

pub(super) const CHANNELS: std::ops::Range<i64> = 100..105;

/// The channel that the account has joined elsewhere, so that this client does not know it.
pub(super) const UNKNOWN: i64 = 104;

/// What the server keeps of one counter.
#[derive(Debug)]
struct Log {
    at: i32,
    /// What has happened up to here is not kept.
    floor: i32,
    kept: Vec<Happening>,
}

#[derive(Debug)]
pub(super) struct Server {
    logs: BTreeMap<Counter, Log>,
    /// What only containers count, with their dates.
    plain: Vec<(Happening, i32)>,
    /// The last container up to each date.
    containers: Vec<(i32, i32)>,
    seq: i32,
    date: i32,
    pub(super) forbidden: BTreeSet<i64>,
    ids: i32,
}

/// A refusal.
#[derive(Clone, Debug)]
pub(super) struct Refusal(pub(super) i32, pub(super) &'static str);

const INVALID: Refusal = Refusal(400, "PERSISTENT_TIMESTAMP_INVALID");
const PRIVATE: Refusal = Refusal(406, "CHANNEL_PRIVATE");

impl Server {
    pub(super) fn new() -> Self {
        let counters = [Counter::Common, Counter::Secret].into_iter();
        let counters = counters.chain(CHANNELS.map(Counter::Channel));
        let log = |counter| {
            let log = Log {
                at: BEGIN,
                floor: 0,
                kept: Vec::new(),
            };
            (counter, log)
        };
        Self {
            logs: counters.map(log).collect(),
            plain: Vec::new(),
            containers: Vec::new(),
            seq: 1,
            date: 1000,
            forbidden: BTreeSet::new(),
            ids: 0,
        }
    }

    pub(super) fn at(&self, counter: Counter) -> i32 {
        self.logs[&counter].at
    }

    pub(super) fn state(&self) -> UpdateState {
        UpdateState {
            pts: self.at(Counter::Common),
            qts: self.at(Counter::Secret),
            date: self.date,
            seq: self.seq,
        }
    }

    /// Something happens.
    pub(super) fn happen(
        &mut self,
        counter: Counter,
        what: What,
        count: i32,
        user: i64,
    ) -> Happening {
        self.ids += 1;
        self.date += 1;
        let log = self.logs.get_mut(&counter).expect("all are there");
        log.at += count;
        let happening = Happening {
            id: self.ids,
            row: Row::Counted(counter),
            what,
            end: log.at,
            count,
            user,
        };
        log.kept.push(happening);
        happening
    }

    /// The next container's numbers: its `seq` and its date. What is plain is counted by it.
    pub(super) fn container(&mut self, plain: usize) -> (i32, i32, Vec<Happening>) {
        self.seq += 1;
        self.date += 1;
        self.containers.push((self.date, self.seq));
        let mut happened = Vec::new();
        for _ in 0..plain {
            self.ids += 1;
            happened.push(Happening {
                id: self.ids,
                row: Row::Plain,
                what: What::Plain,
                end: self.seq,
                count: 1,
                user: ME,
            });
        }
        let date = self.date;
        self.plain.extend(happened.iter().map(|one| (*one, date)));
        (self.seq, self.date, happened)
    }

    /// The counter begins anew, and nothing of what was is kept.
    pub(super) fn reset(&mut self, counter: Counter) -> bool {
        let log = self.logs.get_mut(&counter).expect("all are there");
        if log.at < BEGIN {
            return false; // Once is enough.
        }
        *log = Log {
            at: ANEW,
            floor: ANEW,
            kept: Vec::new(),
        };
        true
    }

    /// What has happened so far is not kept any more, but for the last few.
    pub(super) fn forget(&mut self, counter: Counter, keep: usize) {
        let log = self.logs.get_mut(&counter).expect("all are there");
        let gone = log.kept.len().saturating_sub(keep);
        if let Some(last) = log.kept.drain(..gone).next_back() {
            log.floor = last.end;
        }
    }

    pub(super) fn difference(
        &self,
        (pts, qts, date): (i32, i32, i32),
        slice: usize,
        client: &dyn Fn(i64) -> Option<i32>,
        dice: &mut Dice,
    ) -> Result<answers::Difference, Refusal> {
        let (common, secret) = (&self.logs[&Counter::Common], &self.logs[&Counter::Secret]);
        if pts > common.at || qts > secret.at {
            return Err(INVALID);
        }
        if pts < common.floor {
            let pts = common.floor;
            return Ok(types::updates::DifferenceTooLong { pts }.into());
        }
        let missed = |log: &Log, from: i32| {
            let missed = log.kept.iter().filter(move |one| one.end > from);
            missed.copied().collect::<Vec<_>>()
        };
        let mut all = missed(common, pts);
        all.extend(missed(secret, qts));
        let whole = all.len() <= slice;
        all.truncate(slice);
        let last = |counter, from| {
            let of_it = all.iter().filter(|one| one.row == Row::Counted(counter));
            of_it.map(|one| one.end).next_back().unwrap_or(from)
        };
        let (mut messages, mut encrypted, mut others) = (vec![], vec![], vec![]);
        for one in &all {
            match one.what {
                What::Message => messages.push(one.message()),
                What::Encrypted => encrypted.push(one.encrypted()),
                _ => others.push(one.update()),
            }
        }
        let users = users(&all);
        if !whole {
            let seq = self.containers.iter().rfind(|(at, _)| *at <= date);
            return Ok(types::updates::DifferenceSlice {
                new_messages: messages,
                new_encrypted_messages: encrypted,
                other_updates: others,
                chats: Vec::new(),
                users,
                intermediate_state: types::updates::State {
                    pts: last(Counter::Common, pts),
                    qts: last(Counter::Secret, qts),
                    date,
                    seq: seq.map_or(1, |(_, seq)| *seq),
                    unread_count: 0,
                }
                .into(),
            }
            .into());
        }
        let plain = self.plain.iter().filter(|(_, at)| *at > date);
        others.extend(plain.map(|(one, _)| one.update()));
        for channel_id in CHANNELS.filter(|id| !self.forbidden.contains(id)) {
            let at = self.at(Counter::Channel(channel_id));
            if client(channel_id) != Some(at) && at != BEGIN {
                let pts = (!dice.chance(200)).then_some(at);
                others.push(types::UpdateChannelTooLong { channel_id, pts }.into());
            }
        }
        let state = self.state();
        if messages.is_empty() && encrypted.is_empty() && others.is_empty() {
            let (date, seq) = (state.date, state.seq);
            return Ok(types::updates::DifferenceEmpty { date, seq }.into());
        }
        Ok(types::updates::Difference {
            new_messages: messages,
            new_encrypted_messages: encrypted,
            other_updates: others,
            chats: Vec::new(),
            users,
            state: wire(state).into(),
        }
        .into())
    }

    pub(super) fn channel_pts(&self, id: i64) -> Result<i32, Refusal> {
        if self.forbidden.contains(&id) {
            return Err(PRIVATE);
        }
        Ok(self.at(Counter::Channel(id)))
    }

    pub(super) fn channel_difference(
        &self,
        id: i64,
        pts: i32,
        limit: usize,
    ) -> Result<answers::ChannelDifference, Refusal> {
        let at = self.channel_pts(id)?;
        let log = &self.logs[&Counter::Channel(id)];
        if pts > at {
            return Err(INVALID);
        }
        if pts < log.floor {
            let messages = log.kept.iter().filter(|one| one.what == What::Message);
            let latest: Vec<_> = messages
                .rev()
                .take(LATEST)
                .map(Happening::message)
                .collect();
            return Ok(types::updates::ChannelDifferenceTooLong {
                r#final: true,
                timeout: None,
                dialog: types::Dialog {
                    pts: Some(at),
                    ..Default::default()
                }
                .into(),
                messages: latest,
                chats: vec![channel(id)],
                users: Vec::new(),
            }
            .into());
        }
        let mut missed: Vec<_> = log
            .kept
            .iter()
            .filter(|one| one.end > pts)
            .copied()
            .collect();
        if missed.is_empty() {
            return Ok(types::updates::ChannelDifferenceEmpty {
                r#final: true,
                pts: at,
                timeout: None,
            }
            .into());
        }
        let r#final = missed.len() <= limit;
        missed.truncate(limit);
        let is_message = |one: &&Happening| one.what == What::Message;
        let messages = missed.iter().filter(is_message);
        let others = missed.iter().filter(|one| !is_message(one));
        Ok(types::updates::ChannelDifference {
            r#final,
            pts: missed.last().map_or(at, |one| one.end),
            timeout: None,
            new_messages: messages.map(Happening::message).collect(),
            other_updates: others.map(Happening::update).collect(),
            chats: vec![channel(id)],
            users: users(&missed),
        }
        .into())
    }
}

/// As `updates.getState` tells it.
pub(super) fn wire(state: UpdateState) -> types::updates::State {
    types::updates::State {
        pts: state.pts,
        qts: state.qts,
        date: state.date,
        seq: state.seq,
        unread_count: 0,
    }
}

/// Who is named in what has happened.
pub(super) fn users(happened: &[Happening]) -> Vec<enums::User> {
    let ids: BTreeSet<i64> = happened.iter().map(|one| one.user).collect();
    let user = |id| {
        types::User {
            id,
            access_hash: Some(1),
            ..Default::default()
        }
        .into()
    };
    ids.into_iter().map(user).collect()
}

/// A channel with its access hash.
pub(super) fn channel(id: i64) -> enums::Chat {
    types::Channel {
        id,
        access_hash: Some(1),
        ..Default::default()
    }
    .into()
}
