//! The system's wish that a program ends.
use std::sync::OnceLock;

use crossbeam_channel::{Receiver, Sender, bounded, select};
use parking_lot::Mutex;

use super::dispatcher::Dispatcher;
use crate::client::Client;
use crate::error::{DispatcherError, Result};
use crate::updates::Ended;

/// What a shell gives back of a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Who wants to know, while somebody does.
static LISTENERS: OnceLock<Mutex<Vec<Sender<()>>>> = OnceLock::new();

impl Dispatcher {
    /// As [`run`](Self::run), but Ctrl-C and SIGTERM end it too: handlers at work end, and the
    /// session is written. A second signal ends the program at once. With the feature `signals`.
    ///
    /// From the first call on, the program's signals are taken by the library, whatever became of
    /// them before: a script that starts a bot with `&` has had it ignore Ctrl-C. Those that come
    /// when no dispatcher runs end the program.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run) and [`Client::save_session`];
    /// [`DispatcherError::Signals`](crate::DispatcherError::Signals) when the program has taken the
    /// signals already, by the crate `ctrlc`.
    ///
    /// # Blocking
    ///
    /// Until then.
    pub fn run_until_signal(self, client: &Client) -> Result<Ended> {
        let signal = listen()?;
        let running = self.start(client)?;
        select! {
            recv(signal) -> _ => {}
            recv(running.ended()) -> _ => {}
        }
        let ended = running.stop()?;
        if ended == Ended::Stopped {
            client.save_session()?;
        }
        Ok(ended)
    }
}

/// A receiver for the next signal.
fn listen() -> Result<Receiver<()>> {
    let (sender, receiver) = bounded(1);
    if let Some(listeners) = LISTENERS.get() {
        listeners.lock().push(sender);
        return Ok(receiver);
    }
    ctrlc::set_handler(signalled).map_err(|error| DispatcherError::Signals(error.into()))?;
    LISTENERS.get_or_init(Mutex::default).lock().push(sender);
    Ok(receiver)
}

/// On a thread of its own. Nobody who listens any more, or has heard it already, is asked twice.
fn signalled() {
    let listeners = LISTENERS.get().map(|it| std::mem::take(&mut *it.lock()));
    let mut is_heard = false;
    for listener in listeners.unwrap_or_default() {
        is_heard |= listener.try_send(()).is_ok();
    }
    if !is_heard {
        std::process::exit(INTERRUPTED);
    }
}
