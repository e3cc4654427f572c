//! A message was sent by a mini app that this account has open, which can be closed.
use super::payload::payload;
use crate::tl::types;

payload! {
    /// A message was sent by a mini app that this account has open, which can be closed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateWebViewResultSent { query_id: 9 };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::MiniAppSent(sent) = update else { panic!("it is one") };
    /// assert_eq!(sent.query_id(), 9);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateWebViewResultSent>.
    MiniAppSent(types::UpdateWebViewResultSent)
}

impl MiniAppSent {
    /// The id that the mini app was opened with.
    #[must_use]
    pub fn query_id(&self) -> i64 {
        self.raw.query_id
    }
}
