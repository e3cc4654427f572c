//! What is called with an update.
use std::sync::Arc;

use super::context::Context;
use super::extract::{FromContext, Need};
use super::flow::{DispatchResult, Outcome};

/// What can handle an update: a function or a closure whose parameters are [`FromContext`], and
/// which gives back an [`Outcome`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot handle an update",
    label = "not a handler",
    note = "its parameters are `FromContext`, and no references: `Message`, `Context`, ...",
    note = "what it gives back is an `Outcome`: `()`, a `Flow` or a `Result`"
)]
pub trait Handler<Parameters>: Send + Sync + 'static {
    /// Handles an update.
    ///
    /// # Errors
    ///
    /// Its own, and that of a parameter that is not there.
    fn call(&self, cx: &Context) -> DispatchResult;

    /// The values that its parameters need.
    #[must_use]
    fn needs() -> Vec<Need>;
}

/// A handler whatever its parameters are.
pub(super) type Call = Arc<dyn Fn(&Context) -> DispatchResult + Send + Sync>;

/// The same without its type.
pub(super) fn erased<P>(handler: impl Handler<P>) -> Call {
    Arc::new(move |cx| handler.call(cx))
}

macro_rules! handler {
    ($($parameter:ident)*) => {
        impl<F, R, $($parameter),*> Handler<($($parameter,)*)> for F
        where
            F: Fn($($parameter),*) -> R + Send + Sync + 'static,
            R: Outcome,
            $($parameter: FromContext,)*
        {
            fn call(&self, _cx: &Context) -> DispatchResult {
                self($($parameter::from_context(_cx)?),*).flow()
            }

            fn needs() -> Vec<Need> {
                let needs: Vec<Option<Need>> = vec![$($parameter::needs()),*];
                needs.into_iter().flatten().collect()
            }
        }
    };
}

handler!();
handler!(A);
handler!(A B);
handler!(A B C);
handler!(A B C D);
handler!(A B C D E);
handler!(A B C D E G);
handler!(A B C D E G H);
handler!(A B C D E G H I);
