//! A history with what has happened in the chat.
use std::fmt;

use super::history::History;
use super::history_entry::HistoryEntry;
use crate::client::Pages;
use crate::error::Result;

/// A [`MessageIter`](crate::MessageIter) that gives what has happened in the chat too.
#[must_use = "it asks for nothing before it is read"]
pub struct HistoryIter {
    pages: Pages<History>,
}

impl HistoryIter {
    pub(super) fn new(pages: Pages<History>) -> Self {
        Self { pages }
    }

    /// How many there are in all, by the server's counting. The first page tells.
    ///
    /// # Errors
    ///
    /// As [`next`](Iterator::next) of the iterator.
    ///
    /// # Blocking
    ///
    /// Until the first page is there, at most for the client's timeout; then not at all.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for HistoryIter {
    type Item = Result<HistoryEntry>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for HistoryIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistoryIter")
            .field("chat", &self.pages.list.chat)
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}
