//! The account's difference: what it brings, and what follows when it cannot be had.
use std::sync::Arc;
use std::time::Instant;

use super::counter::{Counter, Kind, channel_of};
use super::failure::{Failure, Sequel};
use super::outbox::Source;
use super::output::{Company, Origin, Why};
use super::tracker::Tracker;
use crate::now::Now;
use crate::store::Change;
use crate::tl::enums::{self, Message, Update};
use crate::tl::types;

/// What a difference or a part of it brings.
struct Brought {
    messages: Vec<Message>,
    encrypted: Vec<enums::EncryptedMessage>,
    others: Vec<Update>,
    source: Source,
}

impl Tracker {
    /// Takes in the answer to `updates.getState`.
    ///
    /// Whoever had no state begins with it; nothing that was pushed meanwhile is left out. Whose
    /// counter has begun anew goes on from it.
    pub fn handle_state(&mut self, now: Now, state: enums::updates::State) {
        let now = now.instant;
        if !self.fetch.is_asked() || !self.asked_state {
            return;
        }
        let enums::updates::State::State(state) = state;
        let (pts, from) = (state.pts.max(1), self.common.at());
        self.dirty = true;
        if from == 0 {
            self.common.begin(pts);
            self.secret.begin(state.qts);
            self.series.begin(state.seq, state.date);
            self.fetch.answered(false);
            // A program that is killed before it has handled what waits shall be given it again.
            if let Some(state) = self.state() {
                self.outbox.state(Change::Updates(state));
            }
        } else {
            self.lose(Counter::Common, from, Some(pts), Why::Reset);
            self.common.begin_anew(pts, &mut self.room);
            if self.secret.at() > state.qts {
                self.secret.begin_anew(state.qts, &mut self.room);
            }
            if self.series.seq > state.seq {
                self.series.begin(state.seq, state.date);
            }
            self.fetch.go_on();
        }
        self.renewing = false;
        self.drain(now);
        if self.common.at() < pts || self.secret.at() < state.qts {
            self.fetch.want();
        }
    }

    /// Takes in the answer to `updates.getDifference`.
    ///
    /// See <https://core.telegram.org/api/updates#recovering-gaps>.
    pub fn handle_difference(&mut self, now: Now, difference: enums::updates::Difference) {
        let now = now.instant;
        if !self.fetch.is_asked() || self.asked_state {
            return;
        }
        use enums::updates::Difference as D;
        match difference {
            D::Empty(empty) => {
                self.series.set(empty.seq, empty.date);
                self.dirty = true;
                self.caught_up(now);
            }
            D::Difference(all) => {
                self.bring(
                    now,
                    Brought {
                        messages: all.new_messages,
                        encrypted: all.new_encrypted_messages,
                        others: all.other_updates,
                        source: source(all.users, all.chats),
                    },
                );
                self.adopt(&all.state);
                self.caught_up(now);
            }
            D::Slice(slice) => {
                let before = self.state();
                self.bring(
                    now,
                    Brought {
                        messages: slice.new_messages,
                        encrypted: slice.new_encrypted_messages,
                        others: slice.other_updates,
                        source: source(slice.users, slice.chats),
                    },
                );
                self.adopt(&slice.intermediate_state);
                if self.state() == before {
                    self.fetch.failed(now, None); // It leads nowhere.
                } else {
                    self.fetch.answered(true);
                }
            }
            D::TooLong(too_long) => {
                let (from, to) = (self.common.at(), too_long.pts.max(1));
                self.lose(Counter::Common, from, Some(to), Why::TooLong);
                self.common.set(to);
                self.dirty = true;
                self.fetch.failed_once(now);
            }
            _ => self.fetch.failed(now, None),
        }
    }

    /// Takes in that the state or the difference of the account could not be had.
    pub fn handle_difference_error(&mut self, now: Now, failure: Failure<'_>) {
        let now = now.instant;
        if !self.fetch.is_asked() {
            return;
        }
        match failure.sequel() {
            Sequel::Wait(wait) => self.fetch.failed(now, Some(wait)),
            Sequel::Renew => {
                if !std::mem::replace(&mut self.renewing, true) {
                    let (at, before) = (self.common.at(), self.common.renew(&mut self.room));
                    self.give_before(Counter::Common, at, before);
                }
                self.fetch.failed_once(now);
            }
            Sequel::Pause | Sequel::Gone | Sequel::Park => self.fetch.failed(now, None),
        }
    }

    /// Hands out what the answer brings: first who came, then messages, then the rest. The
    /// account's own updates are those that were missing, so they are not held against its
    /// counters; a channel's are.
    fn bring(&mut self, now: Instant, brought: Brought) {
        let source = &brought.source;
        self.meet(&source.company.chats);
        let events = brought.messages.len() + brought.encrypted.len() + brought.others.len();
        self.outbox.company(source, events);
        for message in brought.messages {
            self.outbox.event(new_message(message), None, source);
        }
        for message in brought.encrypted {
            let update = types::UpdateNewEncryptedMessage { message, qts: 0 };
            self.outbox.event(update.into(), None, source);
        }
        for update in brought.others {
            match Kind::of(&update) {
                Kind::Counted(Counter::Channel(id), step) => {
                    self.counted_in_channel(now, id, step, Some(update), source);
                }
                Kind::ChannelTooLong(channel, pts) => {
                    self.channels.miss(channel);
                    self.channel_too_long(now, channel, pts);
                }
                // The state that comes with it says so already.
                Kind::PtsChanged => {}
                _ => self.outbox.event(update, None, source),
            }
        }
    }

    fn adopt(&mut self, state: &enums::updates::State) {
        let enums::updates::State::State(state) = state;
        self.common.set(state.pts.max(1));
        self.secret.set(state.qts);
        self.series.set(state.seq, state.date);
        self.dirty = true;
    }

    /// The account is where the server is: what waited is looked at again.
    fn caught_up(&mut self, now: Instant) {
        self.fetch.answered(false);
        let (common, secret) = (self.common.at(), self.secret.at());
        self.common.drop_beyond(common, &mut self.room);
        self.secret.drop_beyond(secret, &mut self.room);
        self.drain(now);
        for counter in [Counter::Common, Counter::Secret] {
            let sequence = match counter {
                Counter::Secret => &mut self.secret,
                _ => &mut self.common,
            };
            let from = sequence.at();
            if sequence.tried(now) {
                let to = sequence.jump();
                self.lose(counter, from, to, Why::Unfilled);
                self.next_counted(now, counter);
            }
        }
        self.series.tried(now);
        self.next_containers(now);
    }
}

fn source(users: Vec<enums::User>, chats: Vec<enums::Chat>) -> Source {
    Source {
        company: Arc::new(Company { users, chats }),
        origin: Origin::Difference,
    }
}

/// Messages of a difference have no counter of their own.
fn new_message(message: Message) -> Update {
    match channel_of(&message) {
        Some(_) => types::UpdateNewChannelMessage {
            message,
            pts: 0,
            pts_count: 0,
        }
        .into(),
        None => types::UpdateNewMessage {
            message,
            pts: 0,
            pts_count: 0,
        }
        .into(),
    }
}
