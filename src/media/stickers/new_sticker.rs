//! What a sticker set is made of.
use super::sticker_kind::StickerKind;
use crate::media::MediaFile;
use crate::peers::PeerRef;
use crate::tl::types;

/// A sticker that is put into a set: WebP or PNG of 512 points at one side, TGS or WebM; for custom
/// emoji, of 100 by 100.
///
/// See <https://core.telegram.org/stickers>.
#[derive(Debug)]
#[must_use = "nothing is made of it by itself"]
pub struct NewSticker<'a> {
    pub(super) file: MediaFile<'a>,
    pub(super) emoji: String,
    pub(super) keywords: Option<String>,
    pub(super) mask: Option<types::MaskCoords>,
}

impl<'a> NewSticker<'a> {
    /// A file, and the emoji that it stands for: one or several.
    pub fn new(file: impl Into<MediaFile<'a>>, emoji: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            emoji: emoji.into(),
            keywords: None,
            mask: None,
        }
    }

    /// Words by which it is found, with commas between them.
    pub fn keywords(mut self, words: impl Into<String>) -> Self {
        self.keywords = Some(words.into());
        self
    }

    /// Of a mask: where on a face it is put.
    ///
    /// See <https://core.telegram.org/constructor/maskCoords>.
    pub fn mask(mut self, place: types::MaskCoords) -> Self {
        self.mask = Some(place);
        self
    }
}

/// A sticker set that is to be made: see
/// [`Client::create_sticker_set`](crate::Client::create_sticker_set).
#[derive(Debug)]
#[must_use = "nothing is made before `Client::create_sticker_set`"]
pub struct NewStickerSet<'a> {
    pub(super) title: String,
    pub(super) short_name: String,
    pub(super) owner: Option<PeerRef>,
    pub(super) kind: StickerKind,
    pub(super) takes_text_color: bool,
    pub(super) stickers: Vec<NewSticker<'a>>,
    pub(super) thumb: Option<MediaFile<'a>>,
    pub(super) software: Option<String>,
}

impl<'a> NewStickerSet<'a> {
    /// A set of this title, to which links lead by this name. One that a bot makes has a name that
    /// ends with `_by_` and the bot's username.
    pub fn new(title: impl Into<String>, short_name: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            short_name: short_name.into(),
            owner: None,
            kind: StickerKind::Stickers,
            takes_text_color: false,
            stickers: Vec::new(),
            thumb: None,
            software: None,
        }
    }

    /// One more sticker.
    pub fn sticker(mut self, sticker: NewSticker<'a>) -> Self {
        self.stickers.push(sticker);
        self
    }

    /// Whose it is to be: bots make them for users.
    pub fn owner(mut self, user: impl Into<PeerRef>) -> Self {
        self.owner = Some(user.into());
        self
    }

    /// What it is of: of stickers, if nobody says otherwise.
    pub fn kind(mut self, kind: StickerKind) -> Self {
        self.kind = kind;
        self
    }

    /// Of custom emoji: whether they are shown in the colour of the text around them.
    pub fn takes_text_color(mut self, on: bool) -> Self {
        self.takes_text_color = on;
        self
    }

    /// The picture that stands for it: of 100 by 100 points.
    pub fn thumb(mut self, file: impl Into<MediaFile<'a>>) -> Self {
        self.thumb = Some(file.into());
        self
    }

    /// With which program it is made.
    pub fn software(mut self, name: impl Into<String>) -> Self {
        self.software = Some(name.into());
        self
    }
}
