//! The GIFs that an account keeps.
use crate::client::Client;
use crate::error::Result;
use crate::media::{Document, Origin};
use crate::tl::enums;
use crate::tl::enums::messages::SavedGifs;
use crate::tl::functions::messages;

impl Client {
    /// The GIFs that the account has saved, the newest first.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{Media, Upload};
    ///
    /// let dance = Media::animation(Upload::bytes(b"GIF89a..").name("dance.gif"));
    /// let message = client.send_media("me", dance, "")?;
    /// let dance = message.document().expect("it carries one");
    /// client.save_gif(&dance, true)?;
    /// assert_eq!(client.saved_gifs()?[0].id(), dance.id());
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
    /// See <https://core.telegram.org/method/messages.getSavedGifs>.
    pub fn saved_gifs(&self) -> Result<Vec<Document>> {
        let answer = self.ask(&messages::GetSavedGifs { hash: 0 })?;
        let gifs = match answer {
            SavedGifs::Gifs(it) => it.gifs,
            _ => Vec::new(),
        };
        let gifs = gifs.into_iter().filter_map(|it| match it {
            enums::Document::Document(it) => {
                Some(Document::from_raw(*it).seen_in(Origin::SavedGifs))
            }
            _ => None,
        });
        Ok(gifs.collect())
    }

    /// Saves a GIF, or forgets it.
    ///
    /// # Errors
    ///
    /// As [`saved_gifs`](Self::saved_gifs). Common answers: `GIF_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.saveGif>.
    pub fn save_gif(&self, gif: &Document, on: bool) -> Result<()> {
        let done = self.with_document(gif, |id| self.ask(&messages::SaveGif { id, unsave: !on }));
        done.map(drop)
    }
}
