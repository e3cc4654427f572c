//! Making sticker sets, and changing them.
use super::new_sticker::{NewSticker, NewStickerSet};
use super::set_ref::StickerSetRef;
use super::sticker_kind::StickerKind;
use super::sticker_set::StickerSet;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::media::{Media, MediaFile, Sticker};
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{self, InputDocument, InputMedia, InputUser};
use crate::tl::functions::stickers;
use crate::tl::types;

impl Client {
    /// Makes a sticker set.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewSticker, NewStickerSet, Upload};
    ///
    /// # let name = format!("my_cats_{}", client.my_id_or_fetch()?);
    /// let file = |name| Upload::bytes(b"RIFF....WEBP").name(name);
    /// let set = NewStickerSet::new("My cats", name)
    ///     .sticker(NewSticker::new(file("a.webp"), "🐱").keywords("cat, pet"))
    ///     .sticker(NewSticker::new(file("b.webp"), "😸"));
    /// let set = client.create_sticker_set(set)?;
    /// assert_eq!((set.title(), set.count(), set.is_own()), ("My cats", 2, true));
    ///
    /// let set = client.add_sticker(&set, NewSticker::new(file("c.webp"), "😿"))?;
    /// let set = client.move_sticker(&set.stickers[2], 0)?;
    /// assert_eq!(set.stickers[0].emoji(), "😿");
    /// let set = client.remove_sticker(&set.stickers[0])?;
    /// client.rename_sticker_set(&set, "Our cats")?;
    /// assert!(client.delete_sticker_set(&set)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload) and [`invoke`](Self::invoke); [`Error::Argument`] for a set of
    /// nothing. Common answers: `PACK_SHORT_NAME_OCCUPIED`, `PACK_SHORT_NAME_INVALID`,
    /// `PACK_TITLE_INVALID`, `STICKER_EMOJI_INVALID`, `STICKER_FILE_INVALID`.
    ///
    /// # Blocking
    ///
    /// As [`upload`](Self::upload), one after the other, and until the server has made the set, at
    /// most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.createStickerSet>.
    pub fn create_sticker_set(&self, set: NewStickerSet<'_>) -> Result<StickerSet> {
        if set.stickers.is_empty() {
            return Err(Error::Argument("a sticker set of nothing cannot be made"));
        }
        let deadline = self.begin()?;
        let user_id = match &set.owner {
            Some(owner) => input_user(&self.resolve_until(owner, deadline)?)?,
            None => InputUser::UserSelf,
        };
        let thumb = set.thumb.map(|file| self.kept_sticker(file, String::new()));
        let thumb = thumb.transpose()?;
        let items = set.stickers.into_iter().map(|it| self.sticker_item(it));
        let items: Vec<enums::InputStickerSetItem> = items.collect::<Result<_>>()?;
        let answer = self.ask(&stickers::CreateStickerSet {
            masks: set.kind == StickerKind::Masks,
            emojis: set.kind == StickerKind::Emoji,
            text_color: set.takes_text_color,
            user_id,
            title: set.title,
            short_name: set.short_name,
            thumb,
            stickers: items,
            software: set.software,
        })?;
        StickerSet::of_answer(answer)
    }

    /// Puts a further sticker into a set. Gives the set as it is then.
    ///
    /// # Errors
    ///
    /// As [`create_sticker_set`](Self::create_sticker_set). Common answers: `STICKERS_TOO_MUCH`.
    ///
    /// # Blocking
    ///
    /// As [`upload`](Self::upload), and until the server has done it, at most for the client's
    /// timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.addStickerToSet>.
    pub fn add_sticker(
        &self,
        set: impl Into<StickerSetRef>,
        sticker: NewSticker<'_>,
    ) -> Result<StickerSet> {
        let sticker = self.sticker_item(sticker)?;
        let stickerset = set.into().raw;
        StickerSet::of_answer(self.ask(&stickers::AddStickerToSet {
            stickerset,
            sticker,
        })?)
    }

    /// Puts another sticker in the place of one.
    ///
    /// # Errors
    ///
    /// As [`add_sticker`](Self::add_sticker).
    ///
    /// # Blocking
    ///
    /// As [`add_sticker`](Self::add_sticker).
    ///
    /// See <https://core.telegram.org/method/stickers.replaceSticker>.
    pub fn replace_sticker(&self, old: &Sticker, new: NewSticker<'_>) -> Result<StickerSet> {
        let new_sticker = self.sticker_item(new)?;
        self.change_by(old, |sticker| {
            self.ask(&stickers::ReplaceSticker {
                sticker,
                new_sticker: new_sticker.clone(),
            })
        })
    }

    /// Takes a sticker out of its set.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `STICKER_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.removeStickerFromSet>.
    pub fn remove_sticker(&self, sticker: &Sticker) -> Result<StickerSet> {
        self.change_by(sticker, |sticker| {
            self.ask(&stickers::RemoveStickerFromSet { sticker })
        })
    }

    /// Moves a sticker within its set; the first place is 0.
    ///
    /// # Errors
    ///
    /// As [`remove_sticker`](Self::remove_sticker).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.changeStickerPosition>.
    pub fn move_sticker(&self, sticker: &Sticker, position: i32) -> Result<StickerSet> {
        self.change_by(sticker, |sticker| {
            self.ask(&stickers::ChangeStickerPosition { sticker, position })
        })
    }

    /// Lets a sticker stand for other emoji, or be found by other words. What is `None` stays.
    ///
    /// # Errors
    ///
    /// As [`remove_sticker`](Self::remove_sticker).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.changeSticker>.
    pub fn change_sticker(
        &self,
        sticker: &Sticker,
        emoji: Option<&str>,
        keywords: Option<&str>,
    ) -> Result<StickerSet> {
        self.change_by(sticker, |sticker| {
            self.ask(&stickers::ChangeSticker {
                sticker,
                emoji: emoji.map(str::to_owned),
                mask_coords: None,
                keywords: keywords.map(str::to_owned),
            })
        })
    }

    /// Gives a sticker set another title.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `STICKERSET_INVALID`, `PACK_TITLE_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.renameStickerSet>.
    pub fn rename_sticker_set(
        &self,
        set: impl Into<StickerSetRef>,
        title: impl Into<String>,
    ) -> Result<StickerSet> {
        let stickerset = set.into().raw;
        let title = title.into();
        StickerSet::of_answer(self.ask(&stickers::RenameStickerSet { stickerset, title })?)
    }

    /// Gives a sticker set a picture, or takes it away.
    ///
    /// # Errors
    ///
    /// As [`add_sticker`](Self::add_sticker).
    ///
    /// # Blocking
    ///
    /// As [`add_sticker`](Self::add_sticker).
    ///
    /// See <https://core.telegram.org/method/stickers.setStickerSetThumb>.
    pub fn set_sticker_set_thumb<'a>(
        &self,
        set: impl Into<StickerSetRef>,
        thumb: Option<MediaFile<'a>>,
    ) -> Result<StickerSet> {
        let stickerset = set.into().raw;
        let thumb = thumb.map(|file| self.kept_sticker(file, String::new()));
        let thumb = thumb.transpose()?;
        StickerSet::of_answer(self.ask(&stickers::SetStickerSetThumb {
            stickerset,
            thumb,
            thumb_document_id: None,
        })?)
    }

    /// Deletes a sticker set.
    ///
    /// # Errors
    ///
    /// As [`rename_sticker_set`](Self::rename_sticker_set).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.deleteStickerSet>.
    pub fn delete_sticker_set(&self, set: impl Into<StickerSetRef>) -> Result<bool> {
        let stickerset = set.into().raw;
        self.ask(&stickers::DeleteStickerSet { stickerset })
    }

    /// Whether a sticker set can have this short name.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `SHORT_NAME_OCCUPIED`, `SHORT_NAME_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.checkShortName>.
    pub fn check_sticker_set_name(&self, short_name: impl Into<String>) -> Result<bool> {
        let short_name = short_name.into();
        self.ask(&stickers::CheckShortName { short_name })
    }

    /// A short name for a sticker set of this title.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `TITLE_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stickers.suggestShortName>.
    pub fn suggest_sticker_set_name(&self, title: impl Into<String>) -> Result<String> {
        let title = title.into();
        let enums::stickers::SuggestedShortName::Name(it) =
            self.ask(&stickers::SuggestShortName { title })?;
        Ok(it.short_name)
    }

    fn change_by(
        &self,
        sticker: &Sticker,
        ask: impl FnMut(InputDocument) -> Result<enums::messages::StickerSet>,
    ) -> Result<StickerSet> {
        let changed = self.with_document(sticker.document(), ask)?;
        StickerSet::of_answer(changed)
    }

    /// A sticker as the server wants it in a set.
    fn sticker_item(&self, sticker: NewSticker<'_>) -> Result<enums::InputStickerSetItem> {
        let document = self.kept_sticker(sticker.file, sticker.emoji.clone())?;
        Ok(types::InputStickerSetItem {
            document,
            emoji: sticker.emoji,
            mask_coords: sticker.mask.map(Into::into),
            keywords: sticker.keywords,
        }
        .into())
    }

    /// Has the server keep a file that is to be a sticker.
    fn kept_sticker(&self, file: MediaFile<'_>, emoji: String) -> Result<InputDocument> {
        let media = Media::sticker(file).emoji(emoji);
        let (kept, _) = self.kept_media(&PeerRef::from("me"), media)?;
        match kept {
            InputMedia::Document(it) => Ok(it.id),
            _ => Err(Error::Unexpected(
                "the server has kept the sticker as something else than a document",
            )),
        }
    }
}
