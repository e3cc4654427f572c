//! A channel's difference: what it brings, and what follows when it cannot be had.
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::channels::Asking;
use super::counter::{Counter, Kind, id_of};
use super::failure::{Failure, Sequel};
use super::fetch::Fetch;
use super::limits::{WATCH_PAUSE, WATCH_PAUSE_MAX};
use super::outbox::Source;
use super::output::{Company, Origin, Why};
use super::tracker::Tracker;
use crate::now::Now;
use crate::tl::enums::{Chat, Dialog, Message, Update, User, updates};
use crate::tl::types;

impl Tracker {
    /// Takes in how far a channel is, as its full record or its dialog tells.
    pub fn handle_channel_state(&mut self, now: Now, channel: i64, pts: i32) {
        if !self.take_asked(channel, Asking::State) {
            return;
        }
        let (now, pts) = (now.instant, pts.max(1));
        let Some(one) = self.channels.boxes.get_mut(&channel) else {
            return;
        };
        let from = one.sequence.at();
        if std::mem::take(&mut one.renewing) {
            one.sequence.begin_anew(pts, &mut self.room);
        } else {
            one.sequence.begin(pts);
        }
        let begins = one.sequence.at();
        match from {
            0 => {
                self.tell_missed(channel, begins);
                self.outbox.begin_channel(channel, begins);
            }
            _ => self.lose(Counter::Channel(channel), from, Some(pts), Why::Reset),
        }
        self.channel_caught_up(now, channel, None);
        if self.channel_pts(channel).is_some_and(|at| at < pts)
            && let Some(one) = self.channels.boxes.get_mut(&channel)
        {
            one.fetch.want();
            self.channels.settle(channel);
        }
    }

    /// Takes in how far a channel is, as a dialog in the answer to an own request tells. Of one of
    /// which nothing else is known this is where its difference begins when something has happened
    /// there: without it, what has happened before could only be told as lost.
    ///
    /// See <https://core.telegram.org/constructor/dialog>.
    pub fn handle_dialog(&mut self, _now: Now, channel: i64, pts: i32) {
        if let Some(one) = self.channels.open(channel)
            && one.at_least() == 0
            && !one.is_blind()
            && one.word.is_none()
        {
            one.listed = pts.max(0);
            self.channels.touch(channel);
        }
    }

    /// Takes in the answer to `updates.getChannelDifference`.
    ///
    /// See <https://core.telegram.org/api/updates#recovering-gaps>.
    pub fn handle_channel_difference(
        &mut self,
        now: Now,
        channel: i64,
        difference: updates::ChannelDifference,
    ) {
        if !self.take_asked(channel, Asking::Difference) {
            return;
        }
        let now = now.instant;
        let before = self.channel_pts(channel);
        use updates::ChannelDifference as D;
        match difference {
            D::Empty(empty) => {
                self.set_channel(channel, empty.pts);
                self.channel_caught_up(now, channel, empty.timeout);
            }
            D::Difference(all) => {
                let source = source(all.users, all.chats);
                self.bring_to_channel(now, channel, all.new_messages, all.other_updates, &source);
                self.set_channel(channel, all.pts);
                if all.r#final {
                    return self.channel_caught_up(now, channel, all.timeout);
                }
                if self.channel_pts(channel) == before {
                    return self.channel_failed(now, channel); // It leads nowhere.
                }
                if let Some(one) = self.channels.boxes.get_mut(&channel) {
                    one.fetch.answered(true);
                    one.gone = false;
                }
                self.channels.settle(channel);
            }
            D::TooLong(too_long) => self.channel_is_too_long(now, channel, *too_long),
            _ => self.channel_failed(now, channel),
        }
    }

    /// Takes in that the state or the difference of a channel could not be had.
    pub fn handle_channel_error(&mut self, now: Now, channel: i64, failure: Failure<'_>) {
        let now = now.instant;
        if self.channels.asked.remove(&channel).is_none() {
            return;
        }
        let Some(one) = self.channels.boxes.get_mut(&channel) else {
            return;
        };
        match failure.sequel() {
            Sequel::Gone => return self.forget_channel(channel),
            Sequel::Wait(wait) => one.fetch.failed(now, Some(wait)),
            Sequel::Pause => one.fetch.failed(now, None),
            Sequel::Park => one.fetch.park(),
            Sequel::Renew => {
                one.fetch.failed_once(now);
                if !std::mem::replace(&mut one.renewing, true) {
                    let (at, before) = (one.sequence.at(), one.sequence.renew(&mut self.room));
                    self.give_before(Counter::Channel(channel), at, before);
                }
            }
        }
        self.channels.settle(channel);
    }

    fn channel_failed(&mut self, now: Instant, channel: i64) {
        if let Some(one) = self.channels.boxes.get_mut(&channel) {
            one.fetch.failed(now, None);
        }
        self.channels.settle(channel);
    }

    /// The channel cannot be seen any more. What waits is given as it is, for it was seen. If more
    /// comes, the channel may be asked about again.
    fn forget_channel(&mut self, channel: i64) {
        let counter = Counter::Channel(channel);
        let Some(one) = self.channels.boxes.get_mut(&channel) else {
            return;
        };
        one.fetch = Fetch::default();
        one.renewing = false;
        one.gone = true;
        one.listed = 0;
        let from = one.sequence.at();
        self.unwatch(channel);
        self.lose(counter, from, None, Why::Forbidden);
        while let Some(one) = self.channels.boxes.get_mut(&channel)
            && let Some((step, held)) = one.sequence.release(&mut self.room)
        {
            one.sequence.set(step.end);
            self.give(counter, step, held.update, &held.source);
        }
        self.channels.touch(channel);
        self.channels.settle(channel);
    }

    /// Hands out what the answer brings. The channel's own updates are those that were missing, so
    /// nothing is held against its counter.
    fn bring_to_channel(
        &mut self,
        now: Instant,
        channel: i64,
        messages: Vec<Message>,
        others: Vec<Update>,
        source: &Source,
    ) {
        self.meet(&source.company.chats);
        self.outbox.company(source, messages.len() + others.len());
        for message in messages {
            self.give_message(channel, message, source);
        }
        for update in others {
            match Kind::of(&update) {
                Kind::Counted(counter, step) if counter != Counter::Channel(channel) => {
                    self.counted(now, counter, step, Some(update), source);
                }
                Kind::ChannelTooLong(other, pts) if other != channel => {
                    self.channel_too_long(now, other, pts);
                }
                Kind::ChannelTooLong(..) | Kind::PtsChanged => {}
                _ => {
                    if let Some(one) = self.channels.boxes.get_mut(&channel) {
                        one.see(&update);
                    }
                    self.outbox.event(update, None, source);
                }
            }
        }
    }

    fn give_message(&mut self, channel: i64, message: Message, source: &Source) {
        let update = Update::from(types::UpdateNewChannelMessage {
            message,
            pts: 0,
            pts_count: 0,
        });
        if let Some(one) = self.channels.boxes.get_mut(&channel) {
            one.see(&update);
        }
        self.outbox.event(update, None, source);
    }

    /// The server has not kept what is missing. It tells the latest messages instead: those that
    /// are new are given, and the loss of the others is told.
    ///
    /// See <https://core.telegram.org/constructor/updates.channelDifferenceTooLong>.
    fn channel_is_too_long(
        &mut self,
        now: Instant,
        channel: i64,
        too_long: types::updates::ChannelDifferenceTooLong,
    ) {
        let Some(one) = self.channels.boxes.get_mut(&channel) else {
            return;
        };
        let pts = match too_long.dialog {
            Dialog::Dialog(dialog) => dialog.pts.filter(|pts| *pts > 0),
            _ => None,
        };
        let (from, top) = (one.sequence.at(), one.top);
        let source = source(too_long.users, too_long.chats);
        let mut latest = too_long.messages;
        latest.retain(|message| id_of(message) > top);
        latest.sort_by_key(id_of);
        self.lose(Counter::Channel(channel), from, pts, Why::TooLong);
        self.bring_to_channel(now, channel, latest, Vec::new(), &source);
        if let Some(pts) = pts {
            self.set_channel(channel, pts);
            return self.channel_caught_up(now, channel, too_long.timeout);
        }
        // It does not say how far the channel is: that is asked for by itself.
        self.next_in_channel(now, channel);
        if let Some(one) = self.channels.boxes.get_mut(&channel) {
            one.renewing = true;
            one.fetch.failed_once(now);
        }
        self.channels.settle(channel);
    }

    fn set_channel(&mut self, channel: i64, pts: i32) {
        if let Some(one) = self.channels.boxes.get_mut(&channel) {
            one.sequence.set(pts.max(1));
        }
        self.channels.touch(channel);
    }

    /// The channel is where the server is: what waited is looked at again.
    fn channel_caught_up(&mut self, now: Instant, channel: i64, timeout: Option<i32>) {
        self.channels.touch(channel);
        if let Some(one) = self.channels.boxes.get_mut(&channel) {
            let at = one.sequence.at();
            one.sequence.drop_beyond(at, &mut self.room);
        }
        self.next_in_channel(now, channel);
        if let Some(one) = self.channels.boxes.get_mut(&channel) {
            one.fetch.answered(false);
            one.gone = false;
            if one.watched {
                one.poll_at = Some(now + pause(timeout));
            }
            if one.sequence.tried(now) {
                self.give_up(now, channel, Why::Unfilled);
            }
        }
        self.channels.settle(channel);
    }

    /// Whether this was asked for; from now on it is not.
    fn take_asked(&mut self, channel: i64, asking: Asking) -> bool {
        let asked = self.channels.asked.get(&channel) == Some(&asking);
        if asked {
            self.channels.asked.remove(&channel);
        }
        asked
    }
}

/// How long a watched channel is left alone.
fn pause(timeout: Option<i32>) -> Duration {
    let seconds = timeout.map(|seconds| seconds.clamp(1, WATCH_PAUSE_MAX));
    let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
    seconds.map_or(WATCH_PAUSE, Duration::from_secs)
}

fn source(users: Vec<User>, chats: Vec<Chat>) -> Source {
    Source {
        company: Arc::new(Company { users, chats }),
        origin: Origin::Difference,
    }
}
