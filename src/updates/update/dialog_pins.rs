//! Chats of the list were pinned, are no longer, or stand in another order, on another device.
use super::payload::payload;
use crate::tl::enums;

payload! {
    /// Chats of the list were pinned, are no longer, or stand in another order, on another
    /// device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateDialogPinned {
    ///     pinned: true,
    ///     folder_id: Some(1),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::DialogsPinned(pins) = update else { panic!("it is one") };
    /// assert_eq!((pins.is_pinned(), pins.folder_id()), (Some(true), Some(1)));
    /// assert!(!pins.is_of_saved());
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateDialogPinned>,
    /// <https://core.telegram.org/constructor/updatePinnedDialogs>,
    /// <https://core.telegram.org/constructor/updateSavedDialogPinned>,
    /// and <https://core.telegram.org/constructor/updatePinnedSavedDialogs>.
    DialogPins(enums::Update)
}

impl DialogPins {
    /// The chat, if it is about one.
    #[must_use]
    pub fn dialog(&self) -> Option<&enums::DialogPeer> {
        match &*self.raw {
            enums::Update::DialogPinned(it) => Some(&it.peer),
            enums::Update::SavedDialogPinned(it) => Some(&it.peer),
            _ => None,
        }
    }

    /// Whether that chat is pinned now.
    #[must_use]
    pub fn is_pinned(&self) -> Option<bool> {
        match &*self.raw {
            enums::Update::DialogPinned(it) => Some(it.pinned),
            enums::Update::SavedDialogPinned(it) => Some(it.pinned),
            _ => None,
        }
    }

    /// The pinned chats in their order, if it is told: otherwise it has to be asked for.
    #[must_use]
    pub fn order(&self) -> Option<&[enums::DialogPeer]> {
        match &*self.raw {
            enums::Update::PinnedDialogs(it) => it.order.as_deref(),
            enums::Update::PinnedSavedDialogs(it) => it.order.as_deref(),
            _ => None,
        }
    }

    /// The folder whose list it is; 1 is the archive.
    #[must_use]
    pub fn folder_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::DialogPinned(it) => it.folder_id,
            enums::Update::PinnedDialogs(it) => it.folder_id,
            _ => None,
        }
    }

    /// Whether it is about the chats within the saved messages.
    #[must_use]
    pub fn is_of_saved(&self) -> bool {
        matches!(
            *self.raw,
            enums::Update::SavedDialogPinned(_) | enums::Update::PinnedSavedDialogs(_)
        )
    }
}
