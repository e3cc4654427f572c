//! By what an update is known again.
use crate::dispatch::Context;

/// By what an update is known again when it comes a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Identity {
    /// A message, by its chat, its id and when it was changed.
    Message(i64, i32, Option<i32>),
}

impl Identity {
    /// `None` for what cannot be known again.
    pub(super) fn of(cx: &Context) -> Option<Self> {
        let message = cx.message()?;
        Some(Self::Message(
            message.chat_id(),
            message.id(),
            message.edit_date(),
        ))
    }
}
