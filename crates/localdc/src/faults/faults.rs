//! The handle with which faults are set and counted.
use std::fmt;
use std::io;
use std::sync::Arc;

use super::book::Book;
use super::rule::Rule;

/// Sets what goes wrong, and tells how often it did. It comes from
/// [`LocalDc::faults`](crate::LocalDc::faults); clones are the same.
#[derive(Clone)]
pub struct Faults {
    book: Arc<Book>,
}

/// Names a rule that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuleId(usize);

impl Faults {
    pub(crate) fn new(book: Arc<Book>) -> Self {
        Self { book }
    }

    /// Adds a rule. Where several apply to one occasion, the first of them does.
    ///
    /// Connections that are open already are neither cut nor stalled by a new rule of that kind:
    /// [`LocalDc::cut_connections`](crate::LocalDc::cut_connections) makes room for new ones.
    ///
    /// # Panics
    ///
    /// When the rule could never apply: in a test that is a mistake. [`Faults::try_add`] gives an
    /// error instead.
    pub fn add(&self, rule: Rule) -> RuleId {
        self.try_add(rule)
            .unwrap_or_else(|error| panic!("no such rule can be added: {error}"))
    }

    /// Adds a rule. Where several apply to one occasion, the first of them does.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidInput`], with a text that says why the rule could never apply.
    pub fn try_add(&self, rule: Rule) -> io::Result<RuleId> {
        match rule.problem() {
            None => Ok(RuleId(self.book.add(rule))),
            Some(problem) => Err(io::Error::new(io::ErrorKind::InvalidInput, problem)),
        }
    }

    /// Ends a rule; its counters stay.
    pub fn remove(&self, id: RuleId) {
        self.book.end(|number| number == id.0);
    }

    /// Ends all rules; their counters stay.
    pub fn clear(&self) {
        self.book.end(|_| true);
    }

    /// How often a rule applied.
    #[must_use]
    pub fn fired(&self, id: RuleId) -> u64 {
        self.book.counts().get(id.0).map_or(0, |row| row.2)
    }

    /// How many occasions a rule was asked about. A rule that an earlier one forestalled was not
    /// asked.
    #[must_use]
    pub fn seen(&self, id: RuleId) -> u64 {
        self.book.counts().get(id.0).map_or(0, |row| row.1)
    }

    /// All rules that were ever added, in order, and how often each applied.
    #[must_use]
    pub fn counts(&self) -> Vec<(Rule, u64)> {
        let counts = self.book.counts().into_iter();
        counts.map(|(rule, _, fired)| (rule, fired)).collect()
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.counts()).finish()
    }
}
