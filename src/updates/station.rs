//! Where streams are begun: the door of the updates thread.
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Sender, TryRecvError, unbounded};

use super::board::Board;
use super::courier::Courier;
use super::subscriber::Subscriber;
use crate::client::{Client, Core};
use crate::error::Result;
use crate::net::NetError;

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
