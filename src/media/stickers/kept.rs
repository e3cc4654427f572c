//! Single stickers: those that the account keeps, and those that stand for an emoji.
use super::sticker_set::stickers;
use crate::client::Client;
use crate::error::Result;
use crate::media::{Document, Origin, Sticker};
use crate::tl::enums::messages::{FavedStickers, RecentStickers, Stickers};
use crate::tl::enums::{self, InputDocument};
use crate::tl::functions::messages;
use crate::tl::types;

impl Client {
    /// The account's favourite stickers, the newest first.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    /// let cat = client.sticker_set(&name[..])?.stickers.remove(0);
    /// client.fave_sticker(&cat, true)?;
    /// assert_eq!(client.faved_stickers()?[0].id(), cat.id());
    /// client.fave_sticker(&cat, false)?;
    /// assert!(client.faved_stickers()?.is_empty());
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
    /// See <https://core.telegram.org/method/messages.getFavedStickers>.
    pub fn faved_stickers(&self) -> Result<Vec<Sticker>> {
        let answer = self.ask(&messages::GetFavedStickers { hash: 0 })?;
        Ok(match answer {
            FavedStickers::Stickers(it) => stickers(it.stickers, &Origin::FavedStickers),
            _ => Vec::new(),
        })
    }

    /// Makes a sticker one of the account's favourites, or no longer.
    ///
    /// # Errors
    ///
    /// As [`faved_stickers`](Self::faved_stickers). Common answers: `STICKER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.faveSticker>.
    pub fn fave_sticker(&self, sticker: &Sticker, on: bool) -> Result<()> {
        let done = self.with_document(sticker.document(), |id| {
            self.ask(&messages::FaveSticker { id, unfave: !on })
        });
        done.map(drop)
    }

    /// The stickers that the account has sent last, the newest first.
    ///
    /// # Errors
    ///
    /// As [`faved_stickers`](Self::faved_stickers).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getRecentStickers>.
    pub fn recent_stickers(&self) -> Result<Vec<Sticker>> {
        let answer = self.ask(&messages::GetRecentStickers::default())?;
        Ok(match answer {
            RecentStickers::Stickers(it) => stickers(it.stickers, &Origin::RecentStickers),
            _ => Vec::new(),
        })
    }

    /// Puts a sticker among the recent ones, or takes it away from there.
    ///
    /// # Errors
    ///
    /// As [`fave_sticker`](Self::fave_sticker).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.saveRecentSticker>.
    pub fn save_recent_sticker(&self, sticker: &Sticker, on: bool) -> Result<()> {
        let done = self.with_document(sticker.document(), |id| {
            self.ask(&messages::SaveRecentSticker {
                attached: false,
                id,
                unsave: !on,
            })
        });
        done.map(drop)
    }

    /// Forgets which stickers the account has sent last.
    ///
    /// # Errors
    ///
    /// As [`faved_stickers`](Self::faved_stickers).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.clearRecentStickers>.
    pub fn clear_recent_stickers(&self) -> Result<()> {
        let request = messages::ClearRecentStickers::default();
        self.ask(&request).map(drop)
    }

    /// Stickers that stand for an emoji, from the account's sets and from others. From where their
    /// references are renewed is known by their sets.
    ///
    /// # Errors
    ///
    /// As [`faved_stickers`](Self::faved_stickers). Common answers: `EMOTICON_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getStickers>.
    pub fn stickers_for(&self, emoji: impl Into<String>) -> Result<Vec<Sticker>> {
        let answer = self.ask(&messages::GetStickers {
            emoticon: emoji.into(),
            hash: 0,
        })?;
        let Stickers::Stickers(found) = answer else {
            return Ok(Vec::new());
        };
        let found = stickers(found.stickers, &Origin::RecentStickers);
        Ok(found.into_iter().map(Sticker::of_its_set).collect())
    }

    /// Custom emoji by their ids, which stand in the entities of texts. Those that are not there
    /// any more are left out.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    /// # let id = client.sticker_set(&name[..])?.stickers[0].id();
    /// let emoji = client.custom_emoji(&[id, 7])?;
    /// assert_eq!((emoji.len(), emoji[0].id()), (1, id));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getCustomEmojiDocuments>.
    pub fn custom_emoji(&self, ids: &[i64]) -> Result<Vec<Document>> {
        let answer = self.ask(&messages::GetCustomEmojiDocuments {
            document_id: ids.to_vec(),
        })?;
        let documents = answer.into_iter().filter_map(|it| match it {
            enums::Document::Document(it) => {
                Some(Document::from_raw(*it).seen_in(Origin::CustomEmoji))
            }
            _ => None,
        });
        Ok(documents.collect())
    }

    /// Does something with a document of the server's. Where its reference has expired, it is
    /// renewed from where the document was seen.
    pub(super) fn with_document<T>(
        &self,
        document: &Document,
        mut ask: impl FnMut(InputDocument) -> Result<T>,
    ) -> Result<T> {
        let deadline = self.begin()?;
        let id = types::InputDocument {
            id: document.raw.id,
            access_hash: document.raw.access_hash,
            file_reference: document.raw.file_reference.clone(),
        };
        let media = types::InputMediaDocument {
            id: id.into(),
            ..Default::default()
        };
        let mut media = [enums::InputMedia::from(media)];
        let origins: Vec<Origin> = document.origin().cloned().into_iter().collect();
        self.heal_references((&mut media, &origins), deadline, |media| match &media[0] {
            enums::InputMedia::Document(it) => ask(it.id.clone()),
            _ => ask(InputDocument::Empty),
        })
    }
}
