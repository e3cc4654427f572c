//! A thread of the library, and how it is waited for.
use std::mem;
use std::thread::{self, JoinHandle, ThreadId};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::error::NetError;
use super::own::mark_own_thread;
use super::process::Process;

/// A thread that calls wait for, and that is joined by whoever ends it first.
pub(crate) struct OwnThread {
    /// Holds the thread until somebody takes it to join it: a channel of one, as a place that many
    /// may reach into without a lock.
    thread: Receiver<JoinHandle<()>>,
    id: ThreadId,
    process: Process,
    /// Says nothing, and ends when the thread has let go of everything.
    ended: Receiver<()>,
}

impl OwnThread {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`] when the operating system has no thread left.
    pub(crate) fn start(name: &str, run: impl FnOnce() + Send + 'static) -> Result<Self, NetError> {
        let (ending, ended) = bounded(0);
        let thread = thread::Builder::new()
            .name(format!("ferogram-{name}"))
            .spawn(move || {
                // Dropped last, also in a panic.
                let _ending: Sender<()> = ending;
                mark_own_thread();
                run();
            })
            .map_err(NetError::Start)?;
        let id = thread.thread().id();
        let (hold, held) = bounded(1);
        hold.send(thread).expect("there is room for one");
        Ok(Self {
            thread: held,
            id,
            process: Process::current(),
            ended,
        })
    }

    /// Whether this is the thread.
    pub(crate) fn is_here(&self) -> bool {
        thread::current().id() == self.id
    }

    /// The process that it runs in.
    pub(crate) fn process(&self) -> Process {
        self.process
    }

    /// Ends the thread with `tell`, and joins it. On the thread itself it does not wait; in a child
    /// of `fork` there is nothing to end. Doing it twice is fine.
    pub(crate) fn end(&self, tell: impl FnOnce()) {
        if !self.process.is_current() {
            // The thread is not in this process: there is nothing to join, and nothing to detach.
            self.thread.try_recv().map(mem::forget).ok();
            return;
        }
        tell();
        if self.is_here() {
            return; // A thread cannot join itself.
        }
        if let Ok(thread) = self.thread.try_recv() {
            thread.join().ok(); // Its panic was reported when it happened.
        }
        self.ended.recv().ok(); // Somebody else may be joining it.
    }

    /// What ends with the thread, and says nothing before.
    #[cfg(test)]
    pub(super) fn ended(&self) -> Receiver<()> {
        self.ended.clone()
    }
}
