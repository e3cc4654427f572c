//! A handler, and which updates it is for.
use super::filter::Filter;
use super::handler::Call;
use crate::updates::UpdateKind;

/// A handler, and which updates it is for.
#[derive(Clone)]
pub(super) struct Route {
    /// Of any kind, if nothing is said.
    pub(super) kind: Option<UpdateKind>,
    pub(super) filter: Option<Filter>,
    pub(super) call: Call,
}

impl Route {
    /// The same, only for what the scope lets through.
    pub(super) fn within(mut self, scope: Option<&Filter>) -> Self {
        if let Some(scope) = scope {
            self.filter = Some(match self.filter {
                Some(filter) => scope.clone() & filter,
                None => scope.clone(),
            });
        }
        self
    }
}
