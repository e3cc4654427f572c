//! Where streams are begun: the door of the updates thread.
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Sender, TryRecvError, unbounded};

use super::beginning::PATIENCE;
use super::board::Board;
use super::courier::Courier;
use super::subscriber::Subscriber;
use crate::client::{Client, Core};
use crate::error::Result;
use crate::net::{self, NetError};

/// The door of the updates thread, which runs from the first stream on until the client ends.
pub(super) struct Station {
    enrol: Sender<Subscriber>,
    pub(super) board: Arc<Board>,
}

impl Station {
    /// The client's, with its thread.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`] when the client is; [`NetError::Start`] when there is no thread.
    pub(super) fn of(client: &Client) -> Result<Arc<Self>> {
        client.core.annex.open(|| Self::start(client))
    }

    /// The client's, if there is one.
    pub(super) fn begun(client: &Client) -> Option<Arc<Self>> {
        client.core.annex.kept()
    }

    /// From now on this one is given updates, unless the client is closed: then its queue ends.
    pub(super) fn enrol(&self, core: &Core, subscriber: Subscriber) {
        self.enrol.send(subscriber).ok();
        core.feed.ring();
    }

    /// Waits until it is known from where on updates are given, if anybody is signed in.
    pub(super) fn await_beginning(&self, core: &Core) {
        let is_signed_in = core.account().is_some() || core.is_unnamed();
        let is_over = core.login_end.trouble().is_some() || core.login_end.is_cut_off();
        if is_signed_in && !is_over && !net::is_own_thread() {
            let until = net::after(PATIENCE);
            self.board.beginning.wait(core.imports.login(), until);
        }
    }

    fn start(client: &Client) -> Result<Self> {
        let core = &client.core;
        if core.closed.try_recv() == Err(TryRecvError::Disconnected) {
            return Err(NetError::Closed.into());
        }
        let (enrol, enrolled) = unbounded();
        core.feed.listen();
        let board = Arc::new(Board::new(core));
        let courier = Courier::new(client, enrolled, Arc::clone(&board));
        let thread = thread::Builder::new()
            .name("ferogram-updates".into())
            .spawn(move || courier.run())
            .map_err(NetError::Start)?;
        core.keep_thread(thread);
        Ok(Self { enrol, board })
    }
}
