//! What happens with the box of a channel between its differences.
use std::time::Instant;

use super::channels::{Asking, Channels};
use super::counter::{Counter, Step};
use super::fetch::Stage;
use super::limits::{BOT_LIMIT, CHANNEL_DIFFERENCES_MAX, GAP, RESET, USER_LIMIT, WATCHED_MAX};
use super::outbox::Source;
use super::output::{Output, Why};
use super::sequence::{Held, Verdict};
use super::tracker::Tracker;
use crate::now::Now;
use crate::tl::enums::{Chat, Update};

impl Tracker {
    /// From now on the channel is asked about as often as the server wants it, joined or not; false
    /// when that cannot be: bots may not, and no more than
    /// [`WATCHED_MAX`](crate::tracker::WATCHED_MAX) can be watched at once.
    ///
    /// See <https://core.telegram.org/api/updates#subscribing-to-updates-of-channels-supergroups>.
    pub fn watch_channel(&mut self, _now: Now, channel: i64) -> bool {
        let full = self.channels.watched >= WATCHED_MAX;
        let Some(one) = self.channels.open(channel) else {
            return false;
        };
        if one.watched {
            return true;
        }
        if full || self.account.bot {
            return false;
        }
        one.watched = true;
        one.fetch.want();
        self.channels.watched += 1;
        self.channels.settle(channel);
        true
    }

    /// The channel is watched no more. Its box stays.
    pub fn unwatch_channel(&mut self, _now: Now, channel: i64) {
        self.unwatch(channel);
        self.channels.settle(channel);
    }

    pub(super) fn unwatch(&mut self, channel: i64) {
        if let Some(one) = self.channels.boxes.get_mut(&channel)
            && std::mem::take(&mut one.watched)
        {
            one.poll_at = None;
            self.channels.watched -= 1;
        }
    }

    /// The access hash of a channel has become known. Those in the `chats` of what the tracker is
    /// handed it sees by itself.
    pub fn handle_access_hash(&mut self, _now: Now, channel: i64) {
        if let Some(one) = self.channels.boxes.get_mut(&channel) {
            one.fetch.unpark();
            self.channels.settle(channel);
        }
    }

    /// Looks for access hashes that are missing.
    pub(super) fn meet(&mut self, chats: &[Chat]) {
        if self.channels.parked == 0 {
            return;
        }
        for chat in chats {
            let met = match chat {
                // https://core.telegram.org/api/min: a hash of such a channel is of no use here.
                Chat::Channel(one) if !one.min && one.access_hash.is_some() => one.id,
                Chat::ChannelForbidden(one) => one.id,
                _ => continue,
            };
            if let Some(one) = self.channels.boxes.get_mut(&met) {
                one.fetch.unpark();
                self.channels.settle(met);
            }
        }
    }

    /// An update that a channel's counter counts.
    ///
    /// Where nothing is known of the channel, its counter begins with the update: asking for the
    /// difference from there would bring the same.
    pub(super) fn counted_in_channel(
        &mut self,
        now: Instant,
        id: i64,
        step: Step,
        update: Option<Update>,
        source: &Source,
    ) {
        let counter = Counter::Channel(id);
        let Some(one) = self.channels.open(id) else {
            return self.give(counter, step, update, source);
        };
        if one.listed < step.start && !one.is_blind() {
            one.begin_where_listed();
        }
        let verdict = match one.sequence.verdict(step) {
            _ if one.is_blind() => Verdict::Later,
            verdict => verdict,
        };
        match verdict {
            Verdict::Old => return,
            Verdict::Next if !one.fetch.is_asked() => {
                if !one.sequence.is_known() {
                    // This may be what the server had in mind.
                    one.missed = false;
                    self.outbox.begin_channel(id, step.start);
                }
                one.sequence.step(now, step);
                one.gone = false;
                let word = one.word.take();
                if word.is_some_and(|(pts, _)| pts > step.end) {
                    one.fetch.want();
                }
                if let Some(update) = &update {
                    one.see(update);
                }
                let more = word.is_some() || one.sequence.waits();
                if !one.dirty {
                    one.dirty = true;
                    self.channels.dirty.push_back(id);
                }
                self.give(counter, step, update, source);
                if !more {
                    return;
                }
                self.next_in_channel(now, id);
            }
            _ => {
                let held = Held {
                    update,
                    source: source.clone(),
                };
                let fits = one.sequence.hold(now, step, held, &mut self.room);
                if !fits && one.fetch.stage() == Stage::Parked {
                    self.give_up(now, id, Why::NoAccessHash);
                } else if !fits || verdict == Verdict::Reset {
                    one.fetch.want();
                }
            }
        }
        self.channels.settle(id);
    }

    /// More has happened in a channel than the server sends unasked. Of a channel that is not known
    /// the update says where to begin, if it can: but what was pushed before it and comes after it
    /// is not left out.
    ///
    /// See <https://core.telegram.org/constructor/updateChannelTooLong>.
    pub(super) fn channel_too_long(&mut self, now: Instant, id: i64, pts: Option<i32>) {
        let Some(one) = self.channels.open(id) else {
            return;
        };
        let at = one.at_least();
        match pts {
            Some(pts) if at > 0 && (1..=at).contains(&pts) && at - pts <= RESET => return,
            Some(pts) if pts > 0 && at == 0 && !one.is_blind() => {
                let (before, until) = one.word.unwrap_or((pts, now + GAP));
                one.word = Some((before.max(pts), until));
                return self.channels.settle(id);
            }
            None if at == 0 => one.renewing = true,
            _ => {}
        }
        one.fetch.want();
        self.channels.settle(id);
    }

    /// Gives what waited for what has come.
    pub(super) fn next_in_channel(&mut self, now: Instant, id: i64) {
        loop {
            let Some(one) = self.channels.boxes.get_mut(&id) else {
                return;
            };
            let Some((step, held)) = one.sequence.next(now, &mut self.room) else {
                return;
            };
            if let Some(update) = &held.update {
                one.see(update);
            }
            self.channels.touch(id);
            self.give(Counter::Channel(id), step, held.update, &held.source);
        }
    }

    /// Gives all that waits, and tells what is missing before it: first what was counted before the
    /// counter began anew, if it has. Afterwards the counter is where it counts now.
    pub(super) fn give_up(&mut self, now: Instant, id: i64, why: Why) {
        if let Some(one) = self.channels.boxes.get_mut(&id)
            && one.sequence.begins_anew()
        {
            let (at, before) = (one.sequence.at(), one.sequence.renew(&mut self.room));
            self.give_before(Counter::Channel(id), at, before);
        }
        while let Some(one) = self.channels.boxes.get_mut(&id)
            && one.sequence.waits()
        {
            let from = one.sequence.at();
            one.renewing = false;
            let to = one.sequence.jump();
            self.lose(Counter::Channel(id), from, to, why);
            self.next_in_channel(now, id);
        }
    }

    /// The time of a channel has come.
    pub(super) fn channel_due(&mut self, now: Instant, id: i64) {
        if let Some(one) = self.channels.boxes.get_mut(&id) {
            match one.fetch.stage() {
                Stage::Parked => self.give_up(now, id, Why::NoAccessHash),
                Stage::Resting { .. } => one.fetch.wake(now),
                _ => {
                    one.poll_at = None;
                    one.fetch.want();
                    if let Some((pts, _)) = one.word.take()
                        && !one.sequence.is_known()
                    {
                        one.sequence.set(pts);
                        self.tell_missed(id, pts);
                    }
                }
            }
        }
        self.channels.settle(id);
    }

    /// Tells what has happened before the channel was known, if anything has: it begins only now.
    pub(super) fn tell_missed(&mut self, id: i64, begins: i32) {
        if let Some(one) = self.channels.boxes.get_mut(&id)
            && std::mem::take(&mut one.missed)
        {
            self.lose(Counter::Channel(id), 0, Some(begins), Why::Unknown);
        }
    }

    pub(super) fn next_channel_request(&mut self) -> Option<Output> {
        if self.channels.asked.len() >= CHANNEL_DIFFERENCES_MAX {
            return None;
        }
        let channel = self.channels.next_wanted()?;
        let Channels { boxes, asked, .. } = &mut self.channels;
        let one = boxes.get_mut(&channel)?;
        one.begin_where_listed();
        let blind = one.is_blind();
        one.fetch.ask();
        if blind {
            asked.insert(channel, Asking::State);
            return Some(Output::GetChannelState { channel });
        }
        asked.insert(channel, Asking::Difference);
        Some(Output::GetChannelDifference {
            channel,
            pts: one.sequence.at(),
            limit: if self.account.bot {
                BOT_LIMIT
            } else {
                USER_LIMIT
            },
        })
    }
}
