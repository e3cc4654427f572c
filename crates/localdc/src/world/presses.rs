//! Presses of buttons that bots have not answered yet.
use std::collections::BTreeMap;

/// Presses of buttons that bots have not answered yet, by the ids of their queries.
#[derive(Debug, Default)]
pub(crate) struct Presses(BTreeMap<i64, i64>);

impl Presses {
    /// A bot is asked.
    pub(crate) fn ask(&mut self, query_id: i64, bot: i64) {
        self.0.insert(query_id, bot);
    }

    /// A bot answers: whether it was asked, and has not answered yet.
    pub(crate) fn answer(&mut self, query_id: i64, bot: i64) -> bool {
        let asked = self.0.get(&query_id) == Some(&bot);
        asked && self.0.remove(&query_id).is_some()
    }

    /// Nobody waits any more.
    pub(crate) fn forget(&mut self, query_id: i64) {
        self.0.remove(&query_id);
    }
}
