//! Photos and videos that are paid for before they are seen.
use super::input_message::InputMessage;
use super::message::Message;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::media::Media;
use crate::peers::PeerRef;
use crate::tl::types;

/// So many may be sold at once.
///
/// See <https://core.telegram.org/api/paid-media>.
const PAID_MAX: usize = 10;

impl Client {
    /// Sends photos and videos that everybody else pays Stars for before they see them, up to 10 at
    /// once; the message's text is their caption.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let me = client.my_id_or_fetch()?;
    /// # let news = telegram.add_channel(localdc::NewChannel::private("News").owner(me));
    /// # let channel = telegram.channel_peer(me, news);
    /// use ferogram_sync::{Media, Upload};
    ///
    /// let film = Media::video(Upload::bytes(b"ftyp").name("film.mp4"));
    /// let message = client.send_paid_media(channel, 50, [film], "Only here")?;
    /// assert_eq!(message.text(), "Only here");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_media`](Self::send_media); [`Error::Argument`] for none, or too many.
    ///
    /// # Blocking
    ///
    /// As [`upload`](Self::upload), one after the other, and then as
    /// [`send_message`](Self::send_message).
    ///
    /// See <https://core.telegram.org/api/paid-media>.
    pub fn send_paid_media<'a>(
        &self,
        peer: impl Into<PeerRef>,
        stars: i64,
        items: impl IntoIterator<Item = Media<'a>>,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        let peer = peer.into();
        let items: Vec<Media<'a>> = items.into_iter().collect();
        if !(1..=PAID_MAX).contains(&items.len()) {
            return Err(Error::Argument(
                "from 1 to 10 photos and videos can be sold at once",
            ));
        }
        let (mut extended_media, mut origins) = (Vec::new(), Vec::new());
        for item in items {
            let (kept, seen) = self.kept_media(&peer, item)?;
            extended_media.push(kept);
            origins.extend(seen);
        }
        let paid = types::InputMediaPaidMedia {
            stars_amount: stars,
            extended_media,
            ..Default::default()
        };
        let mut message = message.into().media(paid);
        message.origins = origins;
        self.send_message(&peer, message)
    }
}
