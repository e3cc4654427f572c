//! By what an update is known again.
use crate::dispatch::Context;
use crate::updates::{Update, UpdateKind};

/// By what an update is known again when it comes a second time: its kind and numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Identity(UpdateKind, [i64; 3]);

impl Identity {
    /// `None` for what cannot be known again.
    pub(super) fn of(cx: &Context) -> Option<Self> {
        let update = cx.update();
        let numbers = match update {
            Update::NewMessage(it) | Update::MessageEdited(it) | Update::ScheduledMessage(it) => {
                let changed = it.edit_date().unwrap_or_default();
                [it.chat_id(), it.id().into(), changed.into()]
            }
            Update::ServiceMessage(it) => [it.chat_id(), it.id().into(), 0],
            Update::CallbackQuery(it) => [it.id(), 0, 0],
            Update::InlineQuery(it) => [it.id(), 0, 0],
            Update::GuestQuery(it) => [it.id(), 0, 0],
            Update::ShippingQuery(it) => [it.id(), 0, 0],
            Update::PreCheckoutQuery(it) => [it.id(), 0, 0],
            Update::BusinessMessage(it) | Update::BusinessMessageEdited(it) => {
                [it.qts().into(), 0, 0]
            }
            Update::MessageReaction(it) => [it.qts().into(), 0, 0],
            Update::Participant(it) => [it.qts().into(), 0, 0],
            Update::PollVote(it) => [it.qts().into(), 0, 0],
            Update::ChatBoost(it) => [it.qts().into(), 0, 0],
            _ => return None,
        };
        Some(Self(update.kind(), numbers))
    }
}
