//! The one thread that renews what a client shows in chats.
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, TryRecvError, at, bounded, never, select};
use parking_lot::Mutex;

use crate::client::{Client, Core, Pending};
use crate::error::Result;
use crate::net::{self, NetError};
use crate::tl::enums::SendMessageAction;
use crate::tl::functions::messages::SetTyping;
use crate::tl::{Identifiable, Serialize};

/// The server shows an action for about six seconds.
///
/// See <https://core.telegram.org/method/messages.setTyping>.
const RENEWED_EVERY: Duration = Duration::from_secs(4);

/// So long a request may take; after that it would show what is over.
const LASTS: Duration = Duration::from_secs(5);

/// What a client shows in chats, renewed by one thread.
pub(super) struct TypingTimer {
    shown: Mutex<Vec<Shown>>,
    /// Wakes the thread up when something is shown while it sleeps.
    bell: Sender<()>,
}

/// Something that is shown.
struct Shown {
    id: u64,
    request: SetTyping,
    due: Instant,
    /// What was asked last: where that has no answer yet, no more is asked.
    asked: Option<Pending<bool>>,
}

impl TypingTimer {
    /// The client's, with its thread.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`] when the client is; [`NetError::Start`] when there is no thread.
    pub(super) fn of(client: &Client) -> Result<Arc<Self>> {
        client.core.annex.open(|| Self::start(client))
    }

    fn start(client: &Client) -> Result<Self> {
        let core = &client.core;
        if core.closed.try_recv() == Err(TryRecvError::Disconnected) {
            return Err(NetError::Closed.into());
        }
        let (bell, rung) = bounded(1);
        let runner = Runner {
            core: Arc::downgrade(core),
            closed: core.closed.clone(),
            rung,
        };
        let thread = thread::Builder::new()
            .name("ferogram-typing".into())
            .spawn(move || runner.run())
            .map_err(NetError::Start)?;
        core.keep_thread(thread);
        Ok(Self {
            shown: Mutex::default(),
            bell,
        })
    }

    /// Shows something from now on, which was just shown for the first time.
    pub(super) fn add(&self, request: SetTyping) -> u64 {
        let mut shown = self.shown.lock();
        let id = shown.last().map_or(1, |last| last.id + 1);
        shown.push(Shown {
            id,
            request,
            due: net::after(RENEWED_EVERY),
            asked: None,
        });
        drop(shown);
        self.ring();
        id
    }

    /// Shows something else, as soon as can be.
    pub(super) fn change(&self, id: u64, action: SendMessageAction) {
        if let Some(shown) = self.shown.lock().iter_mut().find(|it| it.id == id) {
            shown.request.action = action;
            shown.due = net::now().instant;
        }
        self.ring();
    }

    /// Ends something, if it has not ended: what was asked of the server for that. Nothing is
    /// renewed after it, as both are sent under the lock, and sending does not wait.
    pub(super) fn end(&self, id: u64, core: &Weak<Core>) -> Option<Pending<bool>> {
        let mut shown = self.shown.lock();
        let place = shown.iter().position(|it| it.id == id)?;
        let mut ended = shown.remove(place);
        if let Some(asked) = ended.asked.take() {
            asked.detach();
        }
        let core = core.upgrade()?;
        ended.request.action = SendMessageAction::SendMessageCancelAction;
        Some(ask(&core, &ended.request))
    }

    fn ring(&self) {
        // One ring that waits is enough.
        self.bell.try_send(()).ok();
    }

    /// Renews what is due: when something is due next.
    fn renew(&self, core: &Arc<Core>) -> Option<Instant> {
        let now = net::now().instant;
        let mut shown = self.shown.lock();
        for it in shown.iter_mut().filter(|it| it.due <= now) {
            it.due = now + RENEWED_EVERY;
            let is_free = it.asked.as_ref().is_none_or(is_over);
            if is_free {
                it.asked = Some(ask(core, &it.request));
            }
        }
        shown.iter().map(|it| it.due).min()
    }
}

/// Whether an answer is here, whatever it says.
fn is_over(asked: &Pending<bool>) -> bool {
    asked.receiver().is_none_or(|answer| !answer.is_empty())
}

fn ask(core: &Arc<Core>, request: &SetTyping) -> Pending<bool> {
    let deadline = net::after(LASTS);
    Pending::send(
        core,
        request.to_bytes(),
        SetTyping::CONSTRUCTOR_ID,
        deadline,
    )
}

/// The thread. It keeps nothing alive, and ends with the client.
struct Runner {
    core: Weak<Core>,
    closed: Receiver<()>,
    rung: Receiver<()>,
}

impl Runner {
    fn run(self) {
        loop {
            let next = match self.core.upgrade() {
                Some(core) => core
                    .annex
                    .kept::<TypingTimer>()
                    .and_then(|it| it.renew(&core)),
                None => return,
            };
            let next = next.map_or_else(never, at);
            select! {
                recv(self.closed) -> _ => return,
                recv(self.rung) -> _ => {}
                recv(next) -> _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_that_is_shown_has_a_number_of_its_own() {
        let (bell, _rung) = bounded(1);
        let timer = TypingTimer {
            shown: Mutex::default(),
            bell,
        };
        let [first, second] = [(); 2].map(|()| timer.add(SetTyping::default()));
        timer.end(first, &Weak::new());
        let third = timer.add(SetTyping::default());
        assert!(second != first && third != second);
        timer.end(second, &Weak::new());
        let left: Vec<u64> = timer.shown.lock().iter().map(|it| it.id).collect();
        assert_eq!(left, [third]);
    }
}
