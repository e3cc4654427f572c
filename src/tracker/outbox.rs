//! What is ready to be given out.
use std::collections::VecDeque;
use std::sync::Arc;

use super::counter::Mark;
use super::output::{Batch, Company, Event, Lost, Origin, Output};
use crate::store::Change;
use crate::tl::enums::Update;

/// With whom and how updates came.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) company: Arc<Company>,
    pub(super) origin: Origin,
}

/// The outputs in their order.
#[derive(Debug, Default)]
pub(super) struct Outbox(VecDeque<Output>);

impl Outbox {
    /// Events that came together are given together, if nothing stands between them.
    pub(super) fn event(&mut self, update: Update, mark: Option<Mark>, source: &Source) {
        let event = Event { update, mark };
        if let Some(Output::Updates(batch)) = self.0.back_mut()
            && Arc::ptr_eq(&batch.company, &source.company)
            && batch.origin == source.origin
        {
            return batch.events.push(event);
        }
        self.batch(vec![event], source);
    }

    /// Tells who came, before what they have done.
    pub(super) fn company(&mut self, source: &Source, events: usize) {
        if !source.company.users.is_empty() || !source.company.chats.is_empty() {
            self.batch(Vec::with_capacity(events), source);
        }
    }

    pub(super) fn lost(&mut self, lost: Lost) {
        self.0.push_back(Output::Lost(lost));
    }

    /// To be saved before anything that is given from here on.
    pub(super) fn state(&mut self, change: Change) {
        self.0.push_back(Output::State(change));
    }

    /// A channel is counted from here on: a program that is killed before it has handled what comes
    /// first shall be given it again.
    pub(super) fn begin_channel(&mut self, id: i64, pts: i32) {
        if pts > 0 {
            self.state(Change::Channel { id, pts: Some(pts) });
        }
    }

    pub(super) fn next(&mut self) -> Option<Output> {
        self.0.pop_front()
    }

    fn batch(&mut self, events: Vec<Event>, source: &Source) {
        let Source { company, origin } = source.clone();
        self.0.push_back(Output::Updates(Batch {
            origin,
            company,
            events,
        }));
    }
}
