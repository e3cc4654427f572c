//! The tracker itself: its inputs, its outputs, its clockwork.
use std::sync::Arc;
use std::time::Instant;

use super::affected::Affected;
use super::channels::Channels;
use super::config::TrackerConfig;
use super::counter::{Counter, Kind, Mark, Step, put_in_order};
use super::fetch::{Fetch, Stage};
use super::limits::{GAP, QUIET};
use super::outbox::{Outbox, Source};
use super::output::{Company, DifferenceRequest, Lost, Origin, Output, Why};
use super::sequence::{Held, Room, Sequence, Verdict};
use super::series::{Container, Numbers, Series, Turn};
use super::short::{in_group, names_known, private, sent};
use crate::now::Now;
use crate::store::{Account, Change, PeerKey, UpdateState};
use crate::tl::enums::{self, Update};
use crate::tl::types;

/// Puts the updates of one account in order, and says what has to be asked for.
///
/// It has no socket, no clock and no thread. After each input the outputs have to be polled until
/// [`Output::Timeout`], and again when that time has come. Whatever it asks for has to be answered,
/// if only by a [`Failure`](crate::tracker::Failure).
///
/// See <https://core.telegram.org/api/updates>.
#[derive(Debug)]
pub struct Tracker {
    pub(super) account: Account,
    total_limit: Option<i32>,
    pub(super) common: Sequence,
    pub(super) secret: Sequence,
    pub(super) series: Series,
    pub(super) fetch: Fetch,
    /// The common counter has begun anew: how far it is has to be asked for.
    pub(super) renewing: bool,
    /// What was asked for is how far everything is, not the difference.
    pub(super) asked_state: bool,
    /// When the server has said anything last.
    heard: Instant,
    /// What is saved of the account is not what is known.
    pub(super) dirty: bool,
    pub(super) channels: Channels,
    pub(super) room: Room,
    pub(super) outbox: Outbox,
    nobody: Arc<Company>,
}

impl Tracker {
    /// A tracker that asks for nothing before it is told that there is a connection.
    #[must_use]
    pub fn new(now: Now, config: TrackerConfig) -> Self {
        let state = config.state.unwrap_or_default();
        let mut series = Series::default();
        series.set(state.seq, state.date);
        Self {
            account: config.account,
            total_limit: config.total_limit,
            common: Sequence::new(state.pts),
            secret: Sequence::new(state.qts),
            series,
            fetch: Fetch::default(),
            renewing: false,
            asked_state: false,
            heard: now.instant,
            dirty: false,
            channels: Channels::new(&config.channels),
            room: Room::default(),
            outbox: Outbox::default(),
            nobody: Arc::default(),
        }
    }

    /// Takes in what the server has sent unasked, or what it has answered to a request of this
    /// client. `knows` says whether a peer can be named to the server: short forms of messages
    /// bring nobody along, and one that names a stranger has to be asked for in whole.
    ///
    /// An own message in its shortest form goes to [`handle_sent`](Self::handle_sent); here it only
    /// counts.
    pub fn handle_updates(
        &mut self,
        now: Now,
        updates: enums::Updates,
        origin: Origin,
        knows: &mut dyn FnMut(PeerKey) -> bool,
    ) {
        let now = now.instant;
        if origin == Origin::Push {
            self.heard = now;
        }
        let source = self.alone(origin);
        match updates {
            enums::Updates::TooLong => self.fetch.want(),
            enums::Updates::UpdateShortMessage(short) => {
                let (pts, count) = (short.pts, short.pts_count);
                let message = private(*short, Some(self.account.user_id));
                self.short(now, message, pts, count, &source, knows);
            }
            enums::Updates::UpdateShortChatMessage(short) => {
                let (pts, count) = (short.pts, short.pts_count);
                self.short(now, in_group(*short), pts, count, &source, knows);
            }
            enums::Updates::UpdateShort(short) => {
                self.container(now, vec![short.update], None, source);
            }
            enums::Updates::Combined(all) => {
                let numbers = Numbers {
                    start: all.seq_start,
                    end: all.seq,
                    date: all.date,
                };
                let source = accompanied(all.users, all.chats, origin);
                self.container(now, all.updates, Some(numbers), source);
            }
            enums::Updates::Updates(all) => {
                let numbers = Numbers {
                    start: all.seq,
                    end: all.seq,
                    date: all.date,
                };
                let source = accompanied(all.users, all.chats, origin);
                self.container(now, all.updates, Some(numbers), source);
            }
            enums::Updates::UpdateShortSentMessage(short) => {
                if let Some(step) = Step::new(short.pts, short.pts_count) {
                    self.counted(now, Counter::Common, step, None, &source);
                }
            }
            // What cannot be read is asked for.
            _ => self.fetch.want(),
        }
    }

    /// Takes in the answer to an own message that says only what the client cannot know: `draft` is
    /// the rest, with its peers and its text.
    ///
    /// See <https://core.telegram.org/constructor/updateShortSentMessage>.
    pub fn handle_sent(
        &mut self,
        now: Now,
        short: types::UpdateShortSentMessage,
        draft: types::Message,
    ) {
        let (pts, count) = (short.pts, short.pts_count);
        let source = self.alone(Origin::Answer);
        let update = types::UpdateNewMessage {
            message: sent(short, draft).into(),
            pts,
            pts_count: count,
        };
        self.single(now.instant, update.into(), &source);
    }

    /// Takes in what the answer to an own request counts.
    pub fn handle_affected(&mut self, now: Now, affected: Affected) {
        let source = self.alone(Origin::Answer);
        if let Some(step) = affected.step() {
            self.counted(now.instant, affected.counter(), step, None, &source);
        }
    }

    /// There is a connection, for the first time or anew, or the server has begun a new session:
    /// what has happened meanwhile is asked for.
    ///
    /// See <https://core.telegram.org/api/updates#recovering-gaps>.
    pub fn handle_connected(&mut self, now: Now) {
        self.heard = now.instant;
        self.fetch.want_now();
        self.channels.end_pauses();
    }

    /// Updates have gone by: one could not be read, or there was no room for it.
    pub fn handle_lost(&mut self, _now: Now) {
        self.fetch.want();
    }

    /// What the tracker wants done next. `Timeout` says that there is nothing else for now.
    pub fn poll_output(&mut self, now: Now) -> Output {
        self.advance(now.instant);
        if let Some(output) = self.outbox.next() {
            return output;
        }
        if let Some(request) = self.next_request() {
            return request;
        }
        if let Some(request) = self.next_channel_request() {
            return request;
        }
        if let Some(change) = self.next_change() {
            return Output::State(change);
        }
        let due = self.due().into_iter().chain(self.channels.due()).min();
        Output::Timeout(due)
    }

    /// How far the account is; `None` while that is not known.
    #[must_use]
    pub fn state(&self) -> Option<UpdateState> {
        self.common.is_known().then(|| UpdateState {
            pts: self.common.at(),
            qts: self.secret.at(),
            date: self.series.date,
            seq: self.series.seq,
        })
    }

    /// How far a channel is; `None` while that is not known.
    #[must_use]
    pub fn channel_pts(&self, channel: i64) -> Option<i32> {
        self.channels.boxes.get(&channel)?.pts()
    }

    /// How many updates wait for what comes before them.
    #[must_use]
    pub fn held(&self) -> usize {
        self.room.taken() + self.series.held()
    }

    /// Updates that nobody came with.
    pub(super) fn alone(&self, origin: Origin) -> Source {
        Source {
            company: Arc::clone(&self.nobody),
            origin,
        }
    }

    /// A message in a short form. If it names a stranger and is news, the difference brings it with
    /// all who are named.
    fn short(
        &mut self,
        now: Instant,
        message: types::Message,
        pts: i32,
        count: i32,
        source: &Source,
        knows: &mut dyn FnMut(PeerKey) -> bool,
    ) {
        let is_news = Step::new(pts, count)
            .is_none_or(|step| self.is_blind() || self.common.verdict(step) != Verdict::Old);
        if is_news && !names_known(&message, knows) {
            return self.fetch.want();
        }
        let update = types::UpdateNewMessage {
            message: message.into(),
            pts,
            pts_count: count,
        };
        self.single(now, update.into(), source);
    }

    fn single(&mut self, now: Instant, update: Update, source: &Source) {
        match Kind::of(&update) {
            Kind::Counted(counter, step) => self.counted(now, counter, step, Some(update), source),
            _ => self.outbox.event(update, None, source),
        }
    }

    /// What came together. Counted updates go their own ways, whatever the container's number is;
    /// the others have their turn with it.
    ///
    /// See <https://core.telegram.org/api/updates#seq-checking-and-applying>.
    fn container(
        &mut self,
        now: Instant,
        mut updates: Vec<Update>,
        numbers: Option<Numbers>,
        source: Source,
    ) {
        self.meet(&source.company.chats);
        self.outbox.company(&source, updates.len());
        put_in_order(&mut updates);
        let held_up = self.fetch.is_asked() || !self.common.is_known();
        let turn = match numbers.map_or(Turn::Any, |numbers| self.series.turn(numbers)) {
            Turn::Next if held_up => Turn::Later,
            turn => turn,
        };
        let mut waiting = Vec::new();
        let mut has_changed = false;
        for update in updates {
            match Kind::of(&update) {
                Kind::Counted(counter, step) => {
                    self.counted(now, counter, step, Some(update), &source);
                }
                Kind::ChannelTooLong(channel, pts) => self.channel_too_long(now, channel, pts),
                Kind::PtsChanged => has_changed = true,
                _ if matches!(turn, Turn::Any | Turn::Next) => {
                    self.outbox.event(update, None, &source);
                }
                Kind::Urgent if turn == Turn::Later => self.outbox.event(update, None, &source),
                Kind::Plain if turn == Turn::Later => waiting.push(update),
                Kind::Urgent | Kind::Plain => {}
            }
        }
        match (turn, numbers) {
            (Turn::Next, Some(numbers)) => {
                self.series.step(now, numbers);
                self.dirty = true;
                self.next_containers(now);
            }
            (Turn::Later, Some(numbers)) => {
                let container = Container {
                    numbers,
                    updates: waiting,
                    source,
                };
                if !self.series.hold(now, container) {
                    self.fetch.want();
                }
            }
            _ => {}
        }
        if has_changed {
            self.begin_anew();
        }
    }

    /// An update that a counter counts, or an own doing without one.
    ///
    /// See <https://core.telegram.org/api/updates#pts-checking-and-applying>.
    pub(super) fn counted(
        &mut self,
        now: Instant,
        counter: Counter,
        step: Step,
        update: Option<Update>,
        source: &Source,
    ) {
        let blind = self.is_blind();
        let sequence = match counter {
            Counter::Common => &mut self.common,
            Counter::Secret => &mut self.secret,
            Counter::Channel(id) => return self.counted_in_channel(now, id, step, update, source),
        };
        let verdict = match sequence.verdict(step) {
            _ if blind => Verdict::Later,
            verdict => verdict,
        };
        match verdict {
            Verdict::Old => {}
            Verdict::Next if !self.fetch.is_asked() => {
                sequence.step(now, step);
                self.dirty = true;
                let more = sequence.waits();
                self.give(counter, step, update, source);
                if more {
                    self.next_counted(now, counter);
                }
            }
            _ => {
                let held = Held {
                    update,
                    source: source.clone(),
                };
                let fits = sequence.hold(now, step, held, &mut self.room);
                if !fits || verdict == Verdict::Reset {
                    self.fetch.want();
                }
            }
        }
    }

    /// Hands out what its counter has come to.
    pub(super) fn give(
        &mut self,
        counter: Counter,
        step: Step,
        update: Option<Update>,
        source: &Source,
    ) {
        if let Some(update) = update {
            let value = step.end;
            let mark = Mark { counter, value };
            self.outbox.event(update, Some(mark), source);
        }
    }

    pub(super) fn lose(&mut self, counter: Counter, from: i32, to: Option<i32>, why: Why) {
        self.outbox.lost(Lost {
            counter,
            from,
            to,
            why,
        });
    }

    /// Whether nothing can be held against the account's counters yet.
    fn is_blind(&self) -> bool {
        self.renewing || !self.common.is_known()
    }

    /// Gives what waited for what has come.
    pub(super) fn drain(&mut self, now: Instant) {
        if !self.is_blind() {
            self.next_counted(now, Counter::Common);
            self.next_counted(now, Counter::Secret);
            self.next_containers(now);
        }
    }

    pub(super) fn next_counted(&mut self, now: Instant, counter: Counter) {
        loop {
            let sequence = match counter {
                Counter::Secret => &mut self.secret,
                _ => &mut self.common,
            };
            let Some((step, held)) = sequence.next(now, &mut self.room) else {
                return;
            };
            self.dirty = true;
            self.give(counter, step, held.update, &held.source);
        }
    }

    pub(super) fn next_containers(&mut self, now: Instant) {
        while let Some(container) = self.series.next(now) {
            self.dirty = true;
            for update in container.updates {
                self.outbox.event(update, None, &container.source);
            }
        }
    }

    /// The common counter has begun anew. What waits was counted before that, and what it waits for
    /// will not come. If an answer is on its way, it may bring the same; what it does not bring is
    /// told as lost.
    ///
    /// See <https://core.telegram.org/constructor/updatePtsChanged>.
    fn begin_anew(&mut self) {
        let (at, before) = (self.common.at(), self.common.renew(&mut self.room));
        if !self.fetch.is_asked() {
            self.give_before(Counter::Common, at, before);
        }
        self.renewing = true;
        self.fetch.want();
    }

    /// Gives what waited and was counted before its counter, which was at `at`, has begun anew.
    /// What is missing between will not come.
    pub(super) fn give_before(&mut self, counter: Counter, at: i32, before: Vec<(Step, Held)>) {
        let mut at = at;
        for (step, held) in before {
            if step.start != at {
                self.lose(counter, at, Some(step.start), Why::Reset);
            }
            at = step.end;
            self.give(counter, step, held.update, &held.source);
        }
    }

    /// Does whatever is due.
    fn advance(&mut self, now: Instant) {
        self.fetch.wake(now);
        if self.due().is_some_and(|due| due <= now) {
            self.heard = now;
            self.fetch.want();
        }
        while let Some(channel) = self.channels.next_due(now) {
            self.channel_due(now, channel);
        }
    }

    /// When something is due for the account.
    fn due(&self) -> Option<Instant> {
        match self.fetch.stage() {
            Stage::Still => {
                let since = [
                    self.common.since(),
                    self.secret.since(),
                    self.series.since(),
                ];
                let gap = since.into_iter().flatten().map(|since| since + GAP).min();
                gap.into_iter().chain([self.heard + QUIET]).min()
            }
            _ => self.fetch.due(),
        }
    }

    fn next_request(&mut self) -> Option<Output> {
        if self.fetch.stage() != Stage::Wanted {
            return None;
        }
        self.fetch.ask();
        self.asked_state = self.is_blind();
        if self.asked_state {
            return Some(Output::GetState);
        }
        Some(Output::GetDifference(DifferenceRequest {
            pts: self.common.at(),
            pts_total_limit: self.total_limit,
            // https://core.telegram.org/method/updates.getDifference refuses 0.
            date: self.series.date.max(1),
            qts: self.secret.at(),
        }))
    }

    fn next_change(&mut self) -> Option<Change> {
        if std::mem::take(&mut self.dirty)
            && let Some(state) = self.state()
        {
            return Some(Change::Updates(state));
        }
        let (id, pts) = self.channels.next_dirty()?;
        Some(Change::Channel { id, pts })
    }
}

fn accompanied(users: Vec<enums::User>, chats: Vec<enums::Chat>, origin: Origin) -> Source {
    let company = Arc::new(Company { users, chats });
    Source { company, origin }
}
