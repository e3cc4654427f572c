//! Remembering of which methods the server wanted fewer calls.
use super::budget::Budget;
use super::client::Client;
use super::core::Core;
use crate::mtproto::RpcError;
use crate::net;
use crate::store::Change;

impl Client {
    /// Of which methods the server wanted fewer calls: how often, and until when. It is kept with
    /// the session, over restarts, until a week after the last wait, and goes with the login.
    ///
    /// Nothing is held back by it. The server counts by more than the method, by the chat, the
    /// kind of file or the address, and says of none which it was: so a call that would be held
    /// back might have passed, and only the server knows. Whoever knows what the calls of a program
    /// are about can slow down by it.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let telegram = localdc::LocalDc::start()?;
    /// # let flood = localdc::Rule::new(localdc::Effect::flood_wait(1));
    /// # telegram.faults().add(flood.method("help.getNearestDc").times(1));
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::tl::functions::help::GetNearestDc;
    ///
    /// client.invoke(&GetNearestDc {})?; // It has waited for a second.
    /// let budgets = client.budgets();
    /// assert_eq!(budgets[0].method, "help.getNearestDc");
    /// assert_eq!((budgets[0].last_wait.as_secs(), budgets[0].times), (1, 1));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// In the order of the methods' names. Waits between messages to one group, `SLOWMODE_WAIT`,
    /// are the group's and not here. Does not block.
    ///
    /// See <https://core.telegram.org/api/errors#420-flood>.
    #[must_use]
    pub fn budgets(&self) -> Vec<Budget> {
        self.core.budgets.at(net::now().unix_seconds())
    }
}

impl Core {
    /// The server has refused a call of this method; if it wants fewer, that is remembered.
    pub(super) fn note_flood(&self, method: &str, error: &RpcError) {
        let wait = error.wait().filter(|_| error.code == 420);
        if let Some(wait) = wait.filter(|_| &*error.name() != "SLOWMODE_WAIT") {
            let now = net::now().unix_seconds();
            let note = self.budgets.flooded(method, wait, now);
            self.keeper.apply(vec![Change::Note(note)]);
        }
    }
}
