//! Somebody calls, or something has happened to a call.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// Somebody calls, or something has happened to a call.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePhoneCall {
    ///     phone_call: types::PhoneCallDiscarded { id: 9, ..Default::default() }.into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PhoneCall(change) = update else { panic!("it is one") };
    /// assert!(change.is_over());
    /// assert_eq!(change.call_id(), 9);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePhoneCall>,
    /// and <https://core.telegram.org/api/end-to-end/video-calls>.
    PhoneCallChange(types::UpdatePhoneCall)
}

impl PhoneCallChange {
    /// What the call is now.
    #[must_use]
    pub fn call(&self) -> &enums::PhoneCall {
        &self.raw.phone_call
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.raw.phone_call, enums::PhoneCall::Discarded(_))
    }

    /// The id of the call.
    #[must_use]
    pub fn call_id(&self) -> i64 {
        match &self.raw.phone_call {
            enums::PhoneCall::Empty(it) => it.id,
            enums::PhoneCall::Waiting(it) => it.id,
            enums::PhoneCall::Requested(it) => it.id,
            enums::PhoneCall::Accepted(it) => it.id,
            enums::PhoneCall::Call(it) => it.id,
            enums::PhoneCall::Discarded(it) => it.id,
            _ => 0,
        }
    }
}
