//! A sticker set, as the server tells of it.
use super::set_ref::StickerSetRef;
use super::sticker_kind::StickerKind;
use crate::client::Client;
use crate::error::{Error, FileError, Result};
use crate::media::{Document, Downloadable, FileSource, Origin, Sticker};
use crate::tl::enums::{self, StickerSetCovered};
use crate::tl::types;

/// A sticker set, as the server tells of it: with all its stickers, or, in lists, with none or some
/// of them.
///
/// Its file is the picture that stands for it.
///
/// See <https://core.telegram.org/constructor/stickerSet>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StickerSet {
    /// What the server told of the set itself.
    pub raw: types::StickerSet,
    /// Its stickers, as far as they are told.
    pub stickers: Vec<Sticker>,
    /// Which stickers stand for which emoji, by their ids, as far as it is told.
    pub packs: Vec<types::StickerPack>,
}

impl StickerSet {
    /// The id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.id
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.raw.title
    }

    /// The name by which links lead to it.
    #[must_use]
    pub fn short_name(&self) -> &str {
        &self.raw.short_name
    }

    /// How many stickers it has, whether they are told or not.
    #[must_use]
    pub fn count(&self) -> usize {
        usize::try_from(self.raw.count).unwrap_or(0)
    }

    /// What it is of.
    #[must_use]
    pub fn kind(&self) -> StickerKind {
        match (self.raw.masks, self.raw.emojis) {
            (_, true) => StickerKind::Emoji,
            (true, _) => StickerKind::Masks,
            _ => StickerKind::Stickers,
        }
    }

    /// Whether the account has it in its list.
    #[must_use]
    pub fn is_installed(&self) -> bool {
        self.raw.installed_date.is_some() && !self.raw.archived
    }

    /// Whether the account has put it away.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.raw.archived
    }

    /// Whether the account has made it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.raw.creator
    }

    /// Whether all its stickers are told.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.stickers.len() == self.count()
    }

    /// The stickers that stand for an emoji.
    pub fn by_emoji<'s>(&'s self, emoji: &'s str) -> impl Iterator<Item = &'s Sticker> {
        let packs = self.packs.iter().filter(move |it| it.emoticon == emoji);
        let ids: Vec<i64> = packs.flat_map(|it| it.documents.clone()).collect();
        self.stickers
            .iter()
            .filter(move |it| ids.contains(&it.id()))
    }

    pub(super) fn of_raw(
        set: enums::StickerSet,
        packs: Vec<enums::StickerPack>,
        documents: Vec<enums::Document>,
    ) -> Self {
        let enums::StickerSet::Set(raw) = set;
        let packs = packs.into_iter();
        let packs = packs.map(|enums::StickerPack::Pack(pack)| pack).collect();
        let mut set = Self {
            raw: *raw,
            stickers: Vec::new(),
            packs,
        };
        let origin = Origin::StickerSet(StickerSetRef::from(&set).raw);
        set.stickers = stickers(documents, &origin);
        set
    }

    /// One of a list.
    pub(super) fn of_list(covered: StickerSetCovered) -> Option<Self> {
        Some(match covered {
            StickerSetCovered::Covered(it) => Self::of_raw(it.set, Vec::new(), vec![it.cover]),
            StickerSetCovered::StickerSetMultiCovered(it) => {
                Self::of_raw(it.set, Vec::new(), it.covers)
            }
            StickerSetCovered::StickerSetFullCovered(it) => {
                Self::of_raw(it.set, it.packs, it.documents)
            }
            StickerSetCovered::StickerSetNoCovered(it) => {
                Self::of_raw(it.set, Vec::new(), Vec::new())
            }
            _ => return None,
        })
    }

    /// The answer of what gives one set.
    pub(super) fn of_answer(answer: enums::messages::StickerSet) -> Result<Self> {
        match answer {
            enums::messages::StickerSet::Set(it) => {
                Ok(Self::of_raw(it.set, it.packs, it.documents))
            }
            _ => Err(Error::Unexpected(
                "the server says that a sticker set has not changed, and was not asked that",
            )),
        }
    }
}

/// The stickers among documents that were seen somewhere.
pub(super) fn stickers(documents: Vec<enums::Document>, origin: &Origin) -> Vec<Sticker> {
    let documents = documents.into_iter().filter_map(|it| match it {
        enums::Document::Document(it) => Some(Document::from_raw(*it)),
        _ => None,
    });
    documents
        .filter_map(|it| Sticker::from_document(it.seen_in(origin.clone())))
        .collect()
}

impl From<&StickerSet> for StickerSetRef {
    fn from(set: &StickerSet) -> Self {
        let raw = types::InputStickerSetId {
            id: set.raw.id,
            access_hash: set.raw.access_hash,
        };
        Self { raw: raw.into() }
    }
}

impl Downloadable for StickerSet {
    /// The picture that stands for it.
    fn file_source(&self) -> Result<FileSource, FileError> {
        let none = FileError::Nothing("the sticker set has no picture of its own");
        let (Some(thumb_version), Some(dc)) = (self.raw.thumb_version, self.raw.thumb_dc_id) else {
            return Err(none);
        };
        let location = types::InputStickerSetThumb {
            stickerset: StickerSetRef::from(self).raw,
            thumb_version,
        };
        Ok(FileSource::new(location, dc))
    }
}

impl Client {
    /// A sticker set with all its stickers.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    /// let set = client.sticker_set(&name[..])?;
    /// assert_eq!((set.title(), set.count(), set.is_installed()), ("Animals", 2, false));
    /// let cat = set.by_emoji("🐱").next().expect("there is one");
    /// client.send_media("me", ferogram_sync::Media::sticker(cat), "")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `STICKERSET_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getStickerSet>.
    pub fn sticker_set(&self, set: impl Into<StickerSetRef>) -> Result<StickerSet> {
        let answer = self.ask(&crate::tl::functions::messages::GetStickerSet {
            stickerset: set.into().raw,
            hash: 0,
        })?;
        StickerSet::of_answer(answer)
    }
}
