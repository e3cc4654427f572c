//! Albums: photos, videos, files or music that are shown as one.
use std::time::Instant;

use super::input_message::InputMessage;
use super::message::Message;
use super::outgoing::random_id;
use crate::client::{Client, partly};
use crate::error::{Error, OnceError, Result};
use crate::media::Media;
use crate::peers::PeerRef;
use crate::tl::functions::messages::SendMultiMedia;
use crate::tl::types;

/// So many stand in one album at most.
///
/// See <https://core.telegram.org/api/files#albums-grouped-media>.
const ALBUM_MAX: usize = 10;

/// One of an album, with a caption of its own.
#[derive(Debug)]
pub struct AlbumItem<'a> {
    media: Media<'a>,
    caption: InputMessage,
}

impl<'a> AlbumItem<'a> {
    /// Something without a caption.
    #[must_use]
    pub fn new(media: Media<'a>) -> Self {
        Self {
            media,
            caption: InputMessage::default(),
        }
    }

    /// What stands below it. Where only one of an album has a caption, it is shown below all.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<InputMessage>) -> Self {
        self.caption = caption.into();
        self
    }
}

impl<'a> From<Media<'a>> for AlbumItem<'a> {
    fn from(media: Media<'a>) -> Self {
        Self::new(media)
    }
}

impl Client {
    /// Sends photos and videos, or files, or music, as albums. `message` says how: what it answers,
    /// quietly, later and so on; its text is the caption of the first that has none.
    ///
    /// The server shows 2 to 10 of a kind as one: a list that is longer, or of several kinds,
    /// becomes several albums, in its order, and what can stand in none is sent by itself. The
    /// messages come back in the order of the list.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{Media, Upload};
    ///
    /// let files = ["a.txt", "b.txt", "c.txt"].map(|name| {
    ///     Media::document(Upload::bytes(name.as_bytes()).name(name))
    /// });
    /// let album = client.send_album("me", files, "Three files")?;
    /// assert_eq!(album.len(), 3);
    /// assert_eq!(album[0].text(), "Three files");
    /// assert!(album[0].album_id().is_some() && album[0].album_id() == album[2].album_id());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_media`](Self::send_media); [`Error::Argument`] for an empty list, for buttons, and
    /// where all have captions and the message has a text besides; [`Error::Once`] for a key of
    /// several. What was sent before stays sent.
    ///
    /// # Blocking
    ///
    /// As [`upload`](Self::upload), one after the other, and then as
    /// [`send_message`](Self::send_message) for each album.
    ///
    /// See <https://core.telegram.org/api/files#albums-grouped-media>.
    pub fn send_album<'a, I>(
        &self,
        peer: impl Into<PeerRef>,
        items: impl IntoIterator<Item = I>,
        message: impl Into<InputMessage>,
    ) -> Result<Vec<Message>>
    where
        I: Into<AlbumItem<'a>>,
    {
        let (peer, message) = (peer.into(), message.into());
        let mut items: Vec<AlbumItem<'a>> = items.into_iter().map(Into::into).collect();
        check(&items, &message)?;
        if !message.text.is_empty() {
            let bare = items.iter_mut().find(|it| it.caption.text.is_empty());
            let bare = bare.ok_or(Error::Argument(
                "each of the album has a caption already: give the message no text",
            ))?;
            bare.caption.text = message.text.clone();
            bare.caption.entities = message.entities.clone();
        }
        let mut sent = Vec::new();
        for run in runs(items) {
            let next = self.send_run(&peer, run, &message);
            match sent.is_empty() {
                true => sent = next?,
                false => sent.extend(next.map_err(partly)?),
            }
        }
        Ok(sent)
    }

    fn send_run(
        &self,
        peer: &PeerRef,
        run: Vec<AlbumItem<'_>>,
        message: &InputMessage,
    ) -> Result<Vec<Message>> {
        match <[AlbumItem<'_>; 1]>::try_from(run) {
            Ok([alone]) => {
                let text = InputMessage {
                    text: alone.caption.text,
                    entities: alone.caption.entities,
                    once: alone.caption.once.or_else(|| message.once.clone()),
                    markup: alone.caption.markup.or_else(|| message.markup.clone()),
                    ..message.clone()
                };
                Ok(vec![self.send_media(peer, alone.media, text)?])
            }
            Err(run) => self.send_together(peer, run, message),
        }
    }

    fn send_together(
        &self,
        peer: &PeerRef,
        run: Vec<AlbumItem<'_>>,
        message: &InputMessage,
    ) -> Result<Vec<Message>> {
        let (mut multi_media, mut kept, mut origins) = (Vec::new(), Vec::new(), Vec::new());
        for item in run {
            let (media, seen) = self.kept_media(peer, item.media)?;
            origins.extend(seen);
            kept.push(media.clone());
            let deadline = self.begin()?;
            let named = self.outgoing(item.caption, deadline)?;
            let single = types::InputSingleMedia {
                media,
                random_id: random_id(),
                message: named.message.text,
                entities: (!named.entities.is_empty()).then_some(named.entities),
            };
            multi_media.push(single);
        }
        let deadline = self.begin_for::<SendMultiMedia>()?;
        let how = self.album_request(message, deadline)?;
        let ids: Vec<i64> = multi_media.iter().map(|it| it.random_id).collect();
        let files = (&mut kept[..], &origins[..]);
        let updates = self.heal_references(files, deadline, |kept| {
            for (single, media) in multi_media.iter_mut().zip(kept) {
                single.media = media.clone();
            }
            self.ask_about(peer, deadline, |peer| {
                let request = SendMultiMedia {
                    peer: peer.clone(),
                    multi_media: multi_media.iter().cloned().map(Into::into).collect(),
                    ..how.clone()
                };
                self.ask_until(&request, deadline)
            })
        })?;
        let sent = self.sent_as(updates, &ids).into_iter();
        let sent: Option<Vec<Message>> = sent.collect();
        sent.ok_or(Error::Unexpected(
            "the album was sent, but the answer does not show all of it",
        ))
    }

    /// How the album is sent, apart from what is in it.
    fn album_request(&self, message: &InputMessage, deadline: Instant) -> Result<SendMultiMedia> {
        let how = InputMessage {
            text: String::new(),
            entities: Vec::new(),
            ..message.clone()
        };
        let named = self.outgoing(how, deadline)?;
        Ok(SendMultiMedia {
            silent: message.silent,
            background: message.background,
            clear_draft: message.clear_draft,
            noforwards: message.noforwards,
            update_stickersets_order: message.update_stickersets_order,
            invert_media: message.preview_above,
            allow_paid_floodskip: message.allow_paid_floodskip,
            reply_to: named.reply_to,
            schedule_date: message.schedule_date,
            send_as: named.send_as,
            quick_reply_shortcut: message.quick_reply.clone(),
            effect: message.effect,
            allow_paid_stars: message.allow_paid_stars,
            ..Default::default()
        })
    }
}

/// Whether all that is said can be said of an album: what would be left out is refused.
fn check(items: &[AlbumItem<'_>], message: &InputMessage) -> Result<()> {
    if items.is_empty() {
        return Err(Error::Argument("an album of nothing cannot be sent"));
    }
    let mut all = items.iter().map(|it| &it.caption).chain([message]);
    if items.len() > 1 && all.clone().any(|it| it.once.is_some()) {
        return Err(OnceError::Album.into());
    }
    match items.len() > 1 && all.any(|it| it.markup.is_some()) {
        true => Err(Error::Argument(
            "an album has no buttons: send them in a message of their own",
        )),
        false => Ok(()),
    }
}

/// The list in pieces that can be albums, in its order.
fn runs(items: Vec<AlbumItem<'_>>) -> Vec<Vec<AlbumItem<'_>>> {
    let mut runs: Vec<Vec<AlbumItem<'_>>> = Vec::new();
    for item in items {
        let group = item.media.group();
        match runs.last_mut() {
            Some(run)
                if group.is_some() && run.len() < ALBUM_MAX && run[0].media.group() == group =>
            {
                run.push(item);
            }
            _ => runs.push(vec![item]),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::MediaFile;

    #[test]
    fn lists_are_cut_where_albums_end() {
        let item = |letter: char| {
            let file = MediaFile::url("https://example.org/x");
            AlbumItem::new(match letter {
                'p' => Media::photo(file),
                'v' => Media::video(file),
                'd' => Media::document(file),
                'a' => Media::audio(file),
                _ => Media::sticker(file),
            })
        };
        let lengths = |list: &str| -> Vec<usize> {
            let items = list.chars().map(item).collect();
            runs(items).iter().map(Vec::len).collect()
        };
        assert_eq!(lengths("pvp"), [3]);
        assert_eq!(lengths("ppddaap"), [2, 2, 2, 1]);
        assert_eq!(lengths("ssp"), [1, 1, 1]);
        assert_eq!(lengths("ppppppppppppp"), [10, 3]);
    }
}
