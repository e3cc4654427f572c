//! Connections for the parts of files, beside those for everything else: a small call never waits
//! behind the parts of a large file.
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Instant;

use super::core::Core;
use super::lanes::{Entry, IDLE};
use crate::dc::DcId;
use crate::error::Result;
use crate::mtproto::Attention;
use crate::net::{self, LinkId};

/// A connection for parts, for as long as it is held.
pub(crate) struct Lane {
    core: Arc<Core>,
    dc: DcId,
    index: usize,
    pub(crate) link: LinkId,
}

impl Core {
    /// A connection for parts, opened at its first use. Those of one data centre are counted from
    /// 0. It uses the key that is there: whoever wants one has carried the login there before.
    ///
    /// File queries may go over further connections; everything else must not.
    ///
    /// See <https://core.telegram.org/api/errors#406-not-acceptable>.
    pub(crate) fn lane(self: &Arc<Self>, dc: DcId, index: usize) -> Result<Lane> {
        let link = {
            let mut open = self.lanes.open.lock();
            let entry = match open.lanes.get_mut(&(dc, index)) {
                Some(entry) => entry,
                None => {
                    let config = self.link_config(dc, Attention::Deaf)?;
                    let link = self.keeper.open_link(dc, || self.handle.open(config))?;
                    let entry = Entry {
                        link,
                        users: 0,
                        idle_since: net::now().instant,
                    };
                    open.lanes.entry((dc, index)).or_insert(entry)
                }
            };
            entry.users += 1;
            entry.link
        };
        Ok(Lane {
            core: Arc::clone(self),
            dc,
            index,
            link,
        })
    }

    /// The connections for parts to this data centre have another key than the login was carried
    /// to: the next ones take the new one.
    pub(crate) fn drop_lanes(&self, dc: DcId) {
        let dropped: Vec<LinkId> = {
            let mut open = self.lanes.open.lock();
            let of_dc = open.lanes.extract_if(|(there, _), _| *there == dc);
            of_dc.map(|(_, entry)| entry.link).collect()
        };
        self.close_lanes(&dropped);
    }

    fn close_lanes(&self, links: &[LinkId]) {
        for link in links {
            self.handle.close(*link);
            self.keeper.forget_link(*link);
        }
    }

    /// Closes those that nobody has used for a while. Says when there may be more to do.
    fn close_idle_lanes(&self) -> Option<Instant> {
        let now = net::now().instant;
        let mut open = self.lanes.open.lock();
        let idle = |entry: &Entry| entry.users == 0 && entry.idle_since + IDLE <= now;
        let closed = open.lanes.extract_if(|_, entry| idle(entry));
        let closed: Vec<LinkId> = closed.map(|(_, entry)| entry.link).collect();
        let waiting = open.lanes.values().filter(|entry| entry.users == 0);
        let next = waiting.map(|entry| entry.idle_since + IDLE).min();
        open.is_watched = next.is_some();
        drop(open);
        self.close_lanes(&closed);
        next
    }

    /// Has idle lanes closed, by a thread that ends when none is left or the client closes.
    fn watch_lanes(self: &Arc<Self>) {
        let closed = self.closed.clone();
        let core: Weak<Self> = Arc::downgrade(self);
        let mut pause = IDLE;
        let thread = thread::Builder::new()
            .name("ferogram-lanes".into())
            .spawn(move || {
                while closed.recv_timeout(pause)
                    == Err(crossbeam_channel::RecvTimeoutError::Timeout)
                    && let Some(core) = core.upgrade()
                    && let Some(next) = core.close_idle_lanes()
                {
                    pause = next.saturating_duration_since(net::now().instant);
                }
            });
        // Without a thread they stay until the client closes.
        if let Ok(thread) = thread {
            self.keep_thread(thread);
        }
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        if self.core.handle.process().check().is_err() {
            return;
        }
        let mut open = self.core.lanes.open.lock();
        let Some(entry) = open.lanes.get_mut(&(self.dc, self.index)) else {
            return;
        };
        // A later one may have taken its place.
        if entry.link != self.link {
            return;
        }
        entry.users -= 1;
        entry.idle_since = net::now().instant;
        let begin = entry.users == 0 && !std::mem::replace(&mut open.is_watched, true);
        drop(open);
        if begin {
            self.core.watch_lanes();
        }
    }
}
