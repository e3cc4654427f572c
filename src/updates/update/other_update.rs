//! An update that has no type of its own.
use std::ops::Deref;

use super::payload::payload;
use crate::tl::enums;

payload! {
    /// An update that has no type of its own.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::enums};
    ///
    /// let raw = enums::Update::RecentStickers;
    /// let update = Update::from_raw(&client, raw, PeerMap::default());
    /// let Update::Raw(raw) = update else { panic!("it is one") };
    /// assert!(matches!(*raw, enums::Update::RecentStickers));
    /// ```
    ///
    /// See <https://core.telegram.org/type/Update>.
    OtherUpdate(enums::Update)
}

impl Deref for OtherUpdate {
    type Target = enums::Update;

    fn deref(&self) -> &enums::Update {
        &self.raw
    }
}
