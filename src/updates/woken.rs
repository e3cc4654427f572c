//! What wakes the updates thread.
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, Select, never};

use super::company::Offer;
use super::door::{Door, Refused};
use super::subscriber::Subscriber;
use crate::client::Told;
use crate::mtproto::Outcome;
use crate::net::Incoming;

/// All that the updates thread waits for, but for those who take.
pub(super) struct Ears {
    pub(super) closed: Receiver<()>,
    pub(super) rung: Receiver<()>,
    pub(super) enrolled: Receiver<Subscriber>,
    pub(super) written: Receiver<()>,
    pub(super) incoming: Receiver<Incoming>,
    pub(super) told: Receiver<Told>,
    pub(super) answers: Receiver<(u64, Outcome)>,
}

/// What has woken the thread.
pub(super) enum Woken {
    /// The client has ended.
    Closed,
    Rung,
    Enrolled(Subscriber),
    Written,
    Heard(Incoming),
    Told(Told),
    Answered(u64, Outcome),
    /// What was offered to this one is taken, or nobody is there.
    Taken(usize, Result<(), Refused>),
    Late,
}

impl Ears {
    /// Waits for the next thing. `reads` and `asks`: what comes unasked from the server is one of
    /// them, and what was asked for. Gives back what was offered and nobody has taken.
    pub(super) fn wait(
        &self,
        (reads, asks): (bool, bool),
        mut offers: Vec<Offer>,
        due: Option<Instant>,
    ) -> (Woken, Vec<Offer>) {
        let (silent, mute, deaf) = (never(), never(), never());
        let incoming = if reads { &self.incoming } else { &silent };
        let told = if reads { &self.told } else { &mute };
        let answers = if asks { &self.answers } else { &deaf };
        let doors: Vec<Arc<Door>> = offers.iter().map(|it| Arc::clone(&it.door)).collect();
        let mut select = Select::new();
        let closed = select.recv(&self.closed);
        let rung = select.recv(&self.rung);
        let enrolled = select.recv(&self.enrolled);
        let written = select.recv(&self.written);
        let heard = select.recv(incoming);
        let own = select.recv(told);
        let answered = select.recv(answers);
        for door in &doors {
            door.watch(&mut select);
        }
        let chosen = match due {
            Some(due) => select.select_deadline(due).ok(),
            None => Some(select.select()),
        };
        let Some(chosen) = chosen else {
            return (Woken::Late, offers);
        };
        let woken = match chosen.index() {
            it if it == closed => chosen.recv(&self.closed).map(|()| Woken::Late),
            it if it == rung => chosen.recv(&self.rung).map(|()| Woken::Rung),
            it if it == enrolled => chosen.recv(&self.enrolled).map(Woken::Enrolled),
            it if it == written => chosen.recv(&self.written).map(|()| Woken::Written),
            it if it == heard => chosen.recv(incoming).map(Woken::Heard),
            it if it == own => chosen.recv(told).map(Woken::Told),
            it if it == answered => chosen
                .recv(answers)
                .map(|(token, outcome)| Woken::Answered(token, outcome)),
            it => {
                let place = it - answered - 1;
                let Offer { at, delivery, .. } = offers.remove(place);
                Ok(Woken::Taken(at, doors[place].hand(chosen, delivery)))
            }
        };
        // Whatever ends, ends with the client.
        (woken.unwrap_or(Woken::Closed), offers)
    }
}
