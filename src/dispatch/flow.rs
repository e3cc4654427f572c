//! What becomes of an update after a handler.
use std::any::Any;
use std::error::Error as StdError;

use super::error::DispatchError;

/// What becomes of an update after a handler.
///
/// | a handler gives back | then |
/// |---|---|
/// | nothing, or `Ok` of anything else | the update is handled: no other handler gets it |
/// | [`Flow::Continue`], or `Ok` of it | the next handler that matches gets it |
/// | an error, or it panics | `on_error` gets it, and no other handler |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It is handled.
    Stop,
    /// The next one that matches is to have it too.
    Continue,
}

/// How a piece of handling ended.
pub type DispatchResult = Result<Flow, DispatchError>;

/// What a handler may give back: nothing, a [`Flow`], or any `Result`.
///
/// An error is anything that becomes a `Box<dyn Error + Send + Sync>`: those of this library, of
/// others, and texts.
pub trait Outcome {
    /// As the dispatcher sees it.
    ///
    /// # Errors
    ///
    /// As the handler.
    fn flow(self) -> DispatchResult;
}

impl Outcome for () {
    fn flow(self) -> DispatchResult {
        Ok(Flow::Stop)
    }
}

impl Outcome for Flow {
    fn flow(self) -> DispatchResult {
        Ok(self)
    }
}

impl<T: 'static, E: Into<Box<dyn StdError + Send + Sync>>> Outcome for Result<T, E> {
    fn flow(self) -> DispatchResult {
        let value = self.map_err(DispatchError::wrap)?;
        let flow = (&value as &dyn Any).downcast_ref::<Flow>();
        Ok(flow.copied().unwrap_or(Flow::Stop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_handler_gives_back() {
        type Any = Box<dyn StdError + Send + Sync>;
        assert_eq!(().flow().unwrap(), Flow::Stop);
        assert_eq!(Flow::Continue.flow().unwrap(), Flow::Continue);
        assert_eq!(Ok::<_, Any>(7).flow().unwrap(), Flow::Stop);
        assert_eq!(
            Ok::<_, Any>(Flow::Continue).flow().unwrap(),
            Flow::Continue,
            "one that may fail can go on too"
        );
        let error = Err::<(), _>("no").flow().unwrap_err();
        assert_eq!(error.to_string(), "no");
        let error = Err::<(), _>(DispatchError::NotThere("message"));
        let error = error.flow().unwrap_err();
        assert!(matches!(error, DispatchError::NotThere("message")));
    }
}
