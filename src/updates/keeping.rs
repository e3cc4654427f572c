//! What is written of how far the program is, and when.
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::company::Company;
use super::handled::{Handled, Kind, ROOM};
use super::progress::{Progress, counter};
use super::shelf::Alarm;
use crate::client::{Core, Settings};
use crate::net;
use crate::store::{Change, UpdateState};
use crate::tracker::{Counter, Mark};

/// How long the session may take to say what was handled, or to be written.
const PATIENCE: Duration = Duration::from_secs(10);

/// Has written how far the program is: as soon as the write before is done, or less often.
pub(super) struct Keeping {
    progress: Progress,
    handled: Handled,
    /// How far the account is by what was given so far, if that is known.
    state: Option<UpdateState>,
    alarm: Arc<Alarm>,
    /// At least so long after the one before.
    pause: Duration,
    at_most_once: bool,
    /// Before this nothing is written.
    next: Option<Instant>,
    is_writing: bool,
    tell: Sender<()>,
    written: Receiver<()>,
}

impl Keeping {
    pub(super) fn new(settings: &Settings, alarm: Arc<Alarm>) -> Self {
        let (tell, written) = bounded(1);
        Self {
            progress: Progress::default(),
            handled: Handled::default(),
            state: None,
            alarm,
            pause: settings.save_pause,
            at_most_once: settings.at_most_once,
            next: None,
            is_writing: false,
            tell,
            written,
        }
    }

    /// Says when a write is done.
    pub(super) fn written(&self) -> &Receiver<()> {
        &self.written
    }

    /// A write is done.
    pub(super) fn note_written(&mut self) {
        self.is_writing = false;
    }

    /// The ticket of the next update.
    pub(super) fn ticket(&mut self) -> u64 {
        self.progress.ticket()
    }

    /// Whether it is of use to know of single updates that they are finished.
    pub(super) fn notes(&self) -> bool {
        !self.at_most_once
    }

    /// Whether this was handled by a program that ended.
    pub(super) fn was_handled(&mut self, kind: Kind, ticket: u64) -> bool {
        self.handled.was(kind, ticket)
    }

    /// It is given to so many.
    pub(super) fn give(&mut self, kind: Kind, ticket: u64, to: usize) {
        self.handled.give(kind, ticket, to);
    }

    /// To be saved when all updates that were given so far are finished.
    pub(super) fn keep(&mut self, state: Change) {
        if let Change::Updates(state) = &state {
            self.state = Some(*state);
        }
        self.progress.keep(state);
    }

    /// The last update that was given takes its counter so far. Of several that came together each
    /// is a state by itself.
    pub(super) fn mark(&mut self, mark: Mark) {
        if self.at_most_once {
            return;
        }
        let value = mark.value;
        let state = match mark.counter {
            Counter::Channel(id) => Change::Channel {
                id,
                pts: Some(value),
            },
            counter => {
                let Some(state) = &mut self.state else {
                    return;
                };
                match counter {
                    Counter::Secret => state.qts = value,
                    _ => state.pts = value,
                }
                Change::Updates(*state)
            }
        };
        self.progress.keep(state);
    }

    /// Goes on from what was noted. `resumes`: what was missed meanwhile is asked for.
    pub(super) fn begin(&mut self, core: &Core, resumes: bool) {
        self.forget();
        let state = core.keeper.look(|records| records.updates);
        self.state = state.filter(|_| resumes);
        match core.keeper.notes(ROOM, net::after(PATIENCE)) {
            Ok(notes) if resumes => self.handled.begin(&notes),
            Ok(notes) => {
                let gone = notes.into_iter().map(|note| Change::NoNote {
                    room: note.room,
                    key: note.key,
                });
                core.keeper.apply(gone.collect());
            }
            Err(error) => tracing::warn!(%error, "what was handled may come twice"),
        }
    }

    /// Somebody else is signed in: what was to be saved was not theirs.
    pub(super) fn forget(&mut self) {
        self.progress.forget();
        self.handled = Handled::default();
        self.state = None;
    }

    /// Writes what can be written now.
    pub(super) fn save(&mut self, core: &Core, company: &mut Company, now: Instant) {
        if !self.is_writing && self.next.is_none_or(|next| next <= now) {
            self.write(core, company, now);
        }
    }

    /// When there is something to be written that has to wait for its time.
    pub(super) fn due(&self, now: Instant) -> Option<Instant> {
        let waits = !self.is_writing && self.progress.has_states();
        self.next.filter(|next| waits && *next > now)
    }

    /// Writes, whatever is being written.
    pub(super) fn write(&mut self, core: &Core, company: &mut Company, now: Instant) {
        // Before anything is looked at, so that nothing is finished in between unnoticed.
        self.alarm.set();
        for ticket in company.told() {
            self.handled.finish(ticket);
        }
        let states = self.progress.ready(company.unfinished());
        for (ticket, state) in &states {
            self.handled.pass(counter(state), *ticket);
        }
        let mut changes = self.handled.changes();
        changes.extend(states.into_iter().map(|(_, state)| state));
        if !changes.is_empty() {
            self.is_writing = true;
            self.next = now.checked_add(self.pause);
            let tell = self.tell.clone();
            core.keeper.apply_and_tell(changes, tell);
        }
    }

    /// Writes at once, and waits until it is on the disk: before anything is given.
    pub(super) fn write_before(core: &Core, states: Vec<Change>) {
        core.keeper.apply(states);
        if let Err(error) = core.keeper.flush(net::after(PATIENCE)) {
            tracing::warn!(%error, "what is given now may come twice");
        }
    }
}
