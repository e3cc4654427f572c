//! Asking who holds the others up.
use super::hold_up::Lag;
use super::station::Station;
use crate::client::Client;
use crate::net;

impl Client {
    /// The stream that is full, so that nothing is given to any, and for how long it has been that.
    /// Longer than 3 seconds, where there are others, is a warning too. `None` when nobody waits
    /// for a reader. Does not block.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// let updates = client.updates();
    /// if let Some(lag) = client.lag() {
    ///     eprintln!("{} has not been read for {:?}", lag.stream, lag.waited);
    /// }
    /// # assert!(client.lag().is_none());
    /// # drop(updates);
    /// ```
    #[must_use]
    pub fn lag(&self) -> Option<Lag> {
        if self.core.handle.process().check().is_err() {
            return None;
        }
        let station = Station::begun(self)?;
        station.board.hold_up.lag(net::now().instant)
    }
}
