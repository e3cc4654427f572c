//! This account has seen stories, on another device.
use super::payload::{by_peer, payload};
use crate::tl::types;

payload! {
    /// This account has seen stories, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateReadStories { max_id: 5, ..Default::default() };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::StoriesRead(read) = update else { panic!("it is one") };
    /// assert_eq!(read.max_id(), 5);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateReadStories>,
    /// and <https://core.telegram.org/api/stories>.
    StoriesRead(types::UpdateReadStories)
}

by_peer!(StoriesRead, it => it.peer.clone());

impl StoriesRead {
    /// The stories up to this one are seen.
    #[must_use]
    pub fn max_id(&self) -> i32 {
        self.raw.max_id
    }
}
