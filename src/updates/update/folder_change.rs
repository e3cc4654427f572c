//! The folders of chats have changed, on another device.
use super::payload::payload;
use crate::tl::enums;

payload! {
    /// The folders of chats have changed, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateDialogFilter { id: 2, filter: None };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Folders(change) = update else { panic!("it is one") };
    /// assert_eq!(change.folder_id(), Some(2));
    /// assert!(change.folder().is_none() && !change.has_to_be_asked());
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateDialogFilter>,
    /// <https://core.telegram.org/constructor/updateDialogFilterOrder>,
    /// and <https://core.telegram.org/constructor/updateDialogFilters>.
    FolderChange(enums::Update)
}

impl FolderChange {
    /// The folder, if it is about one.
    #[must_use]
    pub fn folder_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::DialogFilter(it) => Some(it.id),
            _ => None,
        }
    }

    /// What that folder is now; `None` when it is gone.
    #[must_use]
    pub fn folder(&self) -> Option<&enums::DialogFilter> {
        match &*self.raw {
            enums::Update::DialogFilter(it) => it.filter.as_ref(),
            _ => None,
        }
    }

    /// The ids of all folders, if their order has changed.
    #[must_use]
    pub fn order(&self) -> Option<&[i32]> {
        match &*self.raw {
            enums::Update::DialogFilterOrder(it) => Some(&it.order),
            _ => None,
        }
    }

    /// Whether nothing is told but that something has changed.
    #[must_use]
    pub fn has_to_be_asked(&self) -> bool {
        matches!(*self.raw, enums::Update::DialogFilters)
    }
}
