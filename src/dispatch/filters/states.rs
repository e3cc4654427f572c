//! Filters by the state of a dialogue.
use std::any::TypeId;

use crate::dispatch::{Context, Filter, FsmState, StateContext, StateError, StateName};

/// Who is in the same variant as this state; its fields do not count.
///
/// See [`fsm`](crate::fsm). What cannot be read is no state: the filter says no, and a warning is
/// logged.
pub fn state<S: FsmState>(state: S) -> Filter {
    let key = state.key();
    by_state::<S>(move |context| context.state().as_deref() == Some(&key))
}

/// Who is in a state of this enum of which a function says yes.
///
/// ```
/// use ferogram_sync::filters::in_state;
/// use ferogram_sync::FsmState;
///
/// #[derive(FsmState)]
/// enum Quiz {
///     Question { number: u32 },
/// }
///
/// let _late = in_state(|Quiz::Question { number }| *number > 10);
/// ```
pub fn in_state<S: FsmState>(test: impl Fn(&S) -> bool + Send + Sync + 'static) -> Filter {
    by_state::<S>(move |context| match context.current::<S>() {
        Ok(state) => state.as_ref().is_some_and(&test),
        Err(error) => {
            tracing::warn!(%error, "a state cannot be read");
            false
        }
    })
}

/// Who is in no state at all.
pub fn no_state() -> Filter {
    Filter::new(|cx| context(cx).is_none_or(|it| it.state().is_none()))
}

fn by_state<S: FsmState>(test: impl Fn(&StateContext) -> bool + Send + Sync + 'static) -> Filter {
    let name = StateName {
        name: S::NAME,
        id: TypeId::of::<S>(),
    };
    Filter::of_state(name, move |cx| context(cx).is_some_and(|it| test(&it)))
}

/// The state of whoever an update is of, if it is of somebody.
fn context(cx: &Context) -> Option<StateContext> {
    match StateContext::of(cx) {
        Ok(context) => Some(context),
        Err(StateError::Nobody) => None,
        Err(error) => {
            tracing::warn!(%error, "a state cannot be read");
            None
        }
    }
}
