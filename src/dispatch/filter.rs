//! Which updates a handler is for.
use std::fmt;
use std::ops::{BitAnd, BitOr, Not};
use std::sync::Arc;

use super::context::Context;
use super::key::Key;

/// Which updates a handler is for. [`filters`](crate::filters) has them ready made; they combine
/// with `&`, `|` and `!`.
///
/// A filter looks at what an update has. What it does not have is no reason to fail: the filter is
/// just not for it.
///
/// ```
/// use ferogram_sync::filters::{command, from_user, private};
///
/// let admin = from_user(777_000) | from_user(5_000_000_001);
/// let _stop_by_admin = command("stop") & private() & admin.clone();
/// let _stop_by_others = command("stop") & !admin;
/// ```
#[derive(Clone)]
#[must_use = "it is of use where a handler is given"]
pub struct Filter(Rule);

#[derive(Clone)]
enum Rule {
    Test(Arc<dyn Fn(&Context) -> bool + Send + Sync>),
    /// Only for updates that have one of the keys.
    Keyed(Arc<[Key]>, Arc<dyn Fn(&Context) -> bool + Send + Sync>),
    /// For updates of who is in a state of this enum.
    #[cfg(feature = "fsm")]
    State(StateName, Arc<dyn Fn(&Context) -> bool + Send + Sync>),
    And(Arc<(Filter, Filter)>),
    Or(Arc<(Filter, Filter)>),
    Not(Arc<Filter>),
}

/// An enum whose states a filter is for: by its name, which another enum may have too.
#[cfg(feature = "fsm")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StateName {
    pub(super) name: &'static str,
    pub(super) id: std::any::TypeId,
}

impl Filter {
    /// What a function says. It should be quick, and is called more often than one may think.
    pub fn new(test: impl Fn(&Context) -> bool + Send + Sync + 'static) -> Self {
        Self(Rule::Test(Arc::new(test)))
    }

    /// The same, for a function that says no to each update that has none of these keys.
    pub(super) fn keyed(
        keys: impl IntoIterator<Item = Key>,
        test: impl Fn(&Context) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self(Rule::Keyed(keys.into_iter().collect(), Arc::new(test)))
    }

    /// The same, for the states of an enum.
    #[cfg(feature = "fsm")]
    pub(super) fn of_state(
        name: StateName,
        test: impl Fn(&Context) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self(Rule::State(name, Arc::new(test)))
    }

    /// The enums whose states it is for.
    #[cfg(feature = "fsm")]
    pub(super) fn states(&self) -> Vec<StateName> {
        match &self.0 {
            Rule::Test(_) | Rule::Keyed(..) => Vec::new(),
            Rule::State(name, _) => vec![*name],
            Rule::Not(filter) => filter.states(),
            Rule::And(both) | Rule::Or(both) => [both.0.states(), both.1.states()].concat(),
        }
    }

    /// Whether an update is one of those.
    #[must_use]
    pub fn matches(&self, cx: &Context) -> bool {
        match &self.0 {
            Rule::Test(test) | Rule::Keyed(_, test) => test(cx),
            #[cfg(feature = "fsm")]
            Rule::State(_, test) => test(cx),
            Rule::And(both) => both.0.matches(cx) && both.1.matches(cx),
            Rule::Or(either) => either.0.matches(cx) || either.1.matches(cx),
            Rule::Not(filter) => !filter.matches(cx),
        }
    }

    /// Keys of which each update has one that it can be for; `None` when there are none.
    pub(super) fn keys(&self) -> Option<Vec<Key>> {
        match &self.0 {
            Rule::Test(_) | Rule::Not(_) => None,
            #[cfg(feature = "fsm")]
            Rule::State(..) => None,
            Rule::Keyed(keys, _) => Some(keys.to_vec()),
            Rule::And(both) => match (both.0.keys(), both.1.keys()) {
                (Some(a), Some(b)) => Some(if a.len() <= b.len() { a } else { b }),
                (one, other) => one.or(other),
            },
            Rule::Or(either) => {
                let mut keys = either.0.keys()?;
                keys.extend(either.1.keys()?);
                Some(keys)
            }
        }
    }
}

impl BitAnd for Filter {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(Rule::And(Arc::new((self, other))))
    }
}

impl BitOr for Filter {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(Rule::Or(Arc::new((self, other))))
    }
}

impl Not for Filter {
    type Output = Self;

    fn not(self) -> Self {
        Self(Rule::Not(Arc::new(self)))
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Rule::Test(_) => f.write_str("…"),
            #[cfg(feature = "fsm")]
            Rule::State(state, _) => f.write_str(state.name),
            Rule::Keyed(keys, _) => f.debug_set().entries(keys.iter()).finish(),
            Rule::And(both) => write!(f, "({:?} & {:?})", both.0, both.1),
            Rule::Or(either) => write!(f, "({:?} | {:?})", either.0, either.1),
            Rule::Not(filter) => write!(f, "!{filter:?}"),
        }
    }
}
