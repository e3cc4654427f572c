//! Making and changing folders of dialogs.
use std::time::Instant;

use super::folder::Folder;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::messages::DialogFilters;
use crate::tl::enums::{DialogFilterSuggested, InputPeer};
use crate::tl::functions::messages as f;

/// The numbers that folders have: smaller ones stand for other lists.
///
/// See <https://core.telegram.org/api/folders>.
const IDS: std::ops::RangeInclusive<i32> = 2..=255;

impl Client {
    /// The account's folders, in their order.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::Folder;
    ///
    /// let made = client.create_folder(Folder::new("Notes").include("me"))?;
    /// let folders = client.folders()?;
    /// assert_eq!((folders.len(), folders[0].id), (1, made.id));
    /// client.delete_folder(made.id)?;
    /// assert!(client.folders()?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDialogFilters>.
    pub fn folders(&self) -> Result<Vec<Folder>> {
        self.folders_until(self.begin()?)
    }

    fn folders_until(&self, deadline: Instant) -> Result<Vec<Folder>> {
        let DialogFilters::Filters(all) = self.ask_until(&f::GetDialogFilters {}, deadline)?;
        Ok(all
            .filters
            .into_iter()
            .filter_map(Folder::from_raw)
            .collect())
    }

    /// Folders that the server suggests, each with a sentence about it.
    ///
    /// # Errors
    ///
    /// As [`folders`](Self::folders).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getSuggestedDialogFilters>.
    pub fn suggested_folders(&self) -> Result<Vec<(Folder, String)>> {
        let suggested = self.ask(&f::GetSuggestedDialogFilters {})?;
        let folder = |DialogFilterSuggested::Suggested(it)| {
            Some((Folder::from_raw(it.filter)?, it.description))
        };
        Ok(suggested.into_iter().filter_map(folder).collect())
    }

    /// Makes a folder, and gives it with its number.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `FILTER_INCLUDE_EMPTY`,
    /// `FILTER_TITLE_EMPTY`, `DIALOG_FILTERS_TOO_MUCH`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.updateDialogFilter>.
    pub fn create_folder(&self, folder: Folder) -> Result<Folder> {
        let deadline = self.begin_for::<f::UpdateDialogFilter>()?;
        let taken: Vec<i32> = self
            .folders_until(deadline)?
            .iter()
            .map(|it| it.id)
            .collect();
        // The server refuses what is too much.
        let free = IDS
            .clone()
            .find(|id| !taken.contains(id))
            .unwrap_or(*IDS.end());
        let folder = Folder { id: free, ..folder };
        self.keep_folder(&folder, deadline)?;
        Ok(folder)
    }

    /// Changes a folder: it is as `folder` says from now on.
    ///
    /// # Errors
    ///
    /// As [`create_folder`](Self::create_folder). Common answers: `FILTER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.updateDialogFilter>.
    pub fn edit_folder(&self, folder: &Folder) -> Result<()> {
        self.keep_folder(folder, self.begin_for::<f::UpdateDialogFilter>()?)
    }

    fn keep_folder(&self, folder: &Folder, deadline: Instant) -> Result<()> {
        let pinned = self.named_all(&folder.pinned, deadline)?;
        let included = self.named_all(&folder.included, deadline)?;
        let excluded = self.named_all(&folder.excluded, deadline)?;
        let request = f::UpdateDialogFilter {
            id: folder.id,
            filter: Some(folder.clone().into_raw(pinned, included, excluded)),
        };
        self.ask_until(&request, deadline).map(drop)
    }

    pub(super) fn named_all(&self, peers: &[PeerRef], deadline: Instant) -> Result<Vec<InputPeer>> {
        let named = peers.iter().map(|peer| self.resolve_until(peer, deadline));
        named.collect()
    }

    /// Takes a folder away. The dialogs in it stay.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `FILTER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.updateDialogFilter>.
    pub fn delete_folder(&self, id: i32) -> Result<()> {
        let request = f::UpdateDialogFilter { id, filter: None };
        self.ask(&request).map(drop)
    }

    /// Puts the folders into this order, by their numbers; 0 stands for the list of all.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.updateDialogFiltersOrder>.
    pub fn reorder_folders(&self, ids: &[i32]) -> Result<()> {
        let order = ids.to_vec();
        self.ask(&f::UpdateDialogFiltersOrder { order }).map(drop)
    }

    /// Whether dialogs show in which folders they are.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `PREMIUM_ACCOUNT_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleDialogFilterTags>.
    pub fn show_folder_tags(&self, shown: bool) -> Result<()> {
        self.ask(&f::ToggleDialogFilterTags { enabled: shown })
            .map(drop)
    }
}
