//! How many ask to be let into a group or channel, as administrators are told.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// How many ask to be let into a group or channel, as administrators are told.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePendingJoinRequests {
    ///     requests_pending: 2,
    ///     recent_requesters: vec![7, 8],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PendingJoinRequests(pending) = update else { panic!("it is one") };
    /// assert_eq!((pending.count(), pending.recent_ids()), (2, &[7, 8][..]));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePendingJoinRequests>.
    PendingJoinRequests(types::UpdatePendingJoinRequests)
}

in_chat!(PendingJoinRequests, it => it.peer.clone());

impl PendingJoinRequests {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> i32 {
        self.raw.requests_pending
    }

    /// The ids of the users who have asked last.
    #[must_use]
    pub fn recent_ids(&self) -> &[i64] {
        &self.raw.recent_requesters
    }
}
