//! The sticker sets of an account, and how others are found.
use super::set_ref::StickerSetRef;
use super::sticker_kind::StickerKind;
use super::sticker_set::StickerSet;
use crate::client::Client;
use crate::error::Result;
use crate::tl::enums;
use crate::tl::enums::messages::{
    AllStickers, FeaturedStickers, FoundStickerSets, StickerSetInstallResult,
};
use crate::tl::functions::messages;

/// What is done with sticker sets in an account's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SetChange {
    /// They are taken off it.
    Uninstall,
    /// They are put away.
    Archive,
    /// They come back from there.
    Unarchive,
}

impl Client {
    /// Puts a sticker set into the account's list, or among those that are put away. Where the list
    /// has become too long, others are put away instead: those come back.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    /// use ferogram_sync::StickerKind;
    ///
    /// client.install_sticker_set(&name[..], false)?;
    /// let sets = client.sticker_sets(StickerKind::Stickers)?;
    /// assert_eq!(sets[0].short_name(), name);
    /// assert!(client.uninstall_sticker_set(&sets[0])?);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answers: `STICKERSET_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.installStickerSet>.
    pub fn install_sticker_set(
        &self,
        set: impl Into<StickerSetRef>,
        archived: bool,
    ) -> Result<Vec<StickerSet>> {
        let answer = self.ask(&messages::InstallStickerSet {
            stickerset: set.into().raw,
            archived,
        })?;
        Ok(match answer {
            StickerSetInstallResult::Archive(it) => listed(it.sets),
            _ => Vec::new(),
        })
    }

    /// Takes a sticker set off the account's list; says whether it was there.
    ///
    /// # Errors
    ///
    /// As [`install_sticker_set`](Self::install_sticker_set).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.uninstallStickerSet>.
    pub fn uninstall_sticker_set(&self, set: impl Into<StickerSetRef>) -> Result<bool> {
        self.ask(&messages::UninstallStickerSet {
            stickerset: set.into().raw,
        })
    }

    /// Takes several sticker sets off the account's list, puts them away, or takes them back.
    ///
    /// # Errors
    ///
    /// As [`install_sticker_set`](Self::install_sticker_set).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleStickerSets>.
    pub fn change_sticker_sets<S: Into<StickerSetRef>>(
        &self,
        sets: impl IntoIterator<Item = S>,
        change: SetChange,
    ) -> Result<bool> {
        let sets = sets.into_iter().map(|set| set.into().raw);
        self.ask(&messages::ToggleStickerSets {
            uninstall: change == SetChange::Uninstall,
            archive: change == SetChange::Archive,
            unarchive: change == SetChange::Unarchive,
            stickersets: sets.collect(),
        })
    }

    /// The sticker sets in the account's list, in its order, without their stickers.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getAllStickers>.
    pub fn sticker_sets(&self, kind: StickerKind) -> Result<Vec<StickerSet>> {
        let answer = match kind {
            StickerKind::Stickers => self.ask(&messages::GetAllStickers { hash: 0 }),
            StickerKind::Masks => self.ask(&messages::GetMaskStickers { hash: 0 }),
            StickerKind::Emoji => self.ask(&messages::GetEmojiStickers { hash: 0 }),
        };
        let sets = match answer? {
            AllStickers::Stickers(it) => it.sets,
            _ => Vec::new(),
        };
        let sets = sets.into_iter();
        Ok(sets
            .map(|set| StickerSet::of_raw(set, Vec::new(), Vec::new()))
            .collect())
    }

    /// Puts the sticker sets of the account's list into an order, by their ids: those that are not
    /// named follow.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.reorderStickerSets>.
    pub fn reorder_sticker_sets(&self, kind: StickerKind, ids: &[i64]) -> Result<()> {
        let done = self.ask(&messages::ReorderStickerSets {
            masks: kind == StickerKind::Masks,
            emojis: kind == StickerKind::Emoji,
            order: ids.to_vec(),
        });
        done.map(drop)
    }

    /// Sticker sets that the service shows around; of masks there are none. With some of their
    /// stickers.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getFeaturedStickers>.
    pub fn featured_sticker_sets(&self, kind: StickerKind) -> Result<Vec<StickerSet>> {
        let answer = match kind {
            StickerKind::Stickers => self.ask(&messages::GetFeaturedStickers { hash: 0 })?,
            StickerKind::Emoji => self.ask(&messages::GetFeaturedEmojiStickers { hash: 0 })?,
            StickerKind::Masks => return Ok(Vec::new()),
        };
        Ok(match answer {
            FeaturedStickers::Stickers(it) => listed(it.sets),
            _ => Vec::new(),
        })
    }

    /// Looks for sticker sets by words of their titles; of masks none are found. With some of their
    /// stickers.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let name = telegram.add_sticker_set("Rare birds", &["🐦"]);
    /// use ferogram_sync::StickerKind;
    ///
    /// let found = client.search_sticker_sets(StickerKind::Stickers, "rare birds")?;
    /// assert!(found.iter().any(|set| set.short_name() == name));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.searchStickerSets>.
    pub fn search_sticker_sets(&self, kind: StickerKind, words: &str) -> Result<Vec<StickerSet>> {
        let q = words.to_owned();
        let answer = match kind {
            StickerKind::Stickers => self.ask(&messages::SearchStickerSets {
                q,
                ..Default::default()
            })?,
            StickerKind::Emoji => self.ask(&messages::SearchEmojiStickerSets {
                q,
                ..Default::default()
            })?,
            StickerKind::Masks => return Ok(Vec::new()),
        };
        Ok(match answer {
            FoundStickerSets::Sets(it) => listed(it.sets),
            _ => Vec::new(),
        })
    }
}

/// The sets of a list.
pub(super) fn listed(sets: Vec<enums::StickerSetCovered>) -> Vec<StickerSet> {
    sets.into_iter().filter_map(StickerSet::of_list).collect()
}
