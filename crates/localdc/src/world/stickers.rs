//! Sticker sets, and what accounts keep of stickers and GIFs.
use std::collections::BTreeMap;

use ferogram_sync::tl::types;

/// What a set is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetKind {
    Stickers,
    Masks,
    Emoji,
}

/// A sticker in its set.
#[derive(Clone)]
pub(crate) struct SetItem {
    /// The document.
    pub(crate) file: i64,
    pub(crate) emoji: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) mask: Option<types::MaskCoords>,
}

/// A sticker set.
#[derive(Clone)]
pub(crate) struct StickerSet {
    pub(crate) id: i64,
    pub(crate) title: String,
    /// As its owner writes it; it is found in any case of letters.
    pub(crate) short_name: String,
    pub(crate) kind: SetKind,
    pub(crate) text_color: bool,
    /// Whose it is; 0: nobody's.
    pub(crate) owner: i64,
    /// The bot that has made it.
    pub(crate) made_by: i64,
    pub(crate) items: Vec<SetItem>,
    /// The document that stands for it.
    pub(crate) thumb: Option<i64>,
    /// How often it was changed.
    pub(crate) version: i32,
}

/// All sets, by their ids.
#[derive(Default)]
pub(crate) struct StickerSets(BTreeMap<i64, StickerSet>);

impl StickerSets {
    pub(crate) fn get(&self, id: i64) -> Option<&StickerSet> {
        self.0.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut StickerSet> {
        self.0.get_mut(&id)
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<&StickerSet> {
        let mut all = self.0.values();
        all.find(|set| set.short_name.eq_ignore_ascii_case(name))
    }

    /// The set that a document is in.
    pub(crate) fn of_file(&self, file: i64) -> Option<&StickerSet> {
        let mut all = self.0.values();
        all.find(|set| set.items.iter().any(|item| item.file == file))
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &StickerSet> {
        self.0.values()
    }

    pub(crate) fn insert(&mut self, set: StickerSet) {
        self.0.insert(set.id, set);
    }

    pub(crate) fn remove(&mut self, id: i64) -> bool {
        self.0.remove(&id).is_some()
    }
}

/// A set in an account's list.
#[derive(Clone, Copy)]
pub(crate) struct Installed {
    pub(crate) set: i64,
    pub(crate) date: i32,
    pub(crate) archived: bool,
}

/// What an account keeps, the newest first.
#[derive(Default)]
pub(crate) struct StickerShelf {
    pub(crate) installed: Vec<Installed>,
    pub(crate) faved: Vec<i64>,
    /// With the times.
    pub(crate) recent: Vec<(i64, i32)>,
    pub(crate) gifs: Vec<i64>,
}

impl StickerShelf {
    /// How a set stands in the list, if it does.
    pub(crate) fn installed(&self, set: i64) -> Option<Installed> {
        self.installed.iter().copied().find(|it| it.set == set)
    }
}
