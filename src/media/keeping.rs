//! Files that the server has to have before they are sent: those of albums, and what comes with
//! others.
use super::media::Media;
use super::media_file::MediaFile;
use super::origin::Origin;
use super::ready::Ready;
use super::uploaded_file::UploadedFile;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::{Document, InputDocument, InputMedia, InputPhoto, MessageMedia, Photo};
use crate::tl::functions::messages::UploadMedia;
use crate::tl::types;

/// So often a part that the server has lost is sent again for one message.
const LOST_MAX: u32 = 16;

impl Client {
    /// Uploads what has to be uploaded for a message, after what comes with it: not before it is
    /// known whom it is for.
    pub(crate) fn ready(&self, peer: &PeerRef, mut media: Media<'_>) -> Result<Ready> {
        self.resolve_until(peer, self.begin()?)?;
        for (file, send_as) in media.companions() {
            match file.take() {
                Some(new @ (MediaFile::Upload(_) | MediaFile::Uploaded(_) | MediaFile::Url(_))) => {
                    let (kept, _) = self.kept_media(peer, send_as(new))?;
                    *file = server_file(kept);
                }
                other => *file = other,
            }
        }
        self.make_ready(media)
    }

    /// Uploads a photo, a video, a file and so on, and has the server keep it without sending it:
    /// what comes back is sent later, as often as one likes.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{InputMessage, Media, Upload};
    ///
    /// let notes = Media::document(Upload::bytes(b"Hello").name("notes.txt"));
    /// let kept = client.upload_media("me", notes)?;
    /// for text in ["once", "twice"] {
    ///     client.send_message("me", InputMessage::text(text).media(kept.clone()))?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload) and [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// As [`upload`](Self::upload), and until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.uploadMedia>.
    pub fn upload_media(&self, peer: impl Into<PeerRef>, media: Media<'_>) -> Result<InputMedia> {
        let (kept, _) = self.kept_media(&peer.into(), media)?;
        Ok(kept)
    }

    /// Uploads it and has the server keep it: in an album, what is new has to be so. Says where it
    /// was seen, too.
    pub(crate) fn kept_media(
        &self,
        peer: &PeerRef,
        media: Media<'_>,
    ) -> Result<(InputMedia, Vec<Origin>)> {
        let mut ready = self.ready(peer, media)?;
        if matches!(ready.raw, InputMedia::Photo(_) | InputMedia::Document(_)) {
            return Ok((ready.raw, ready.origins));
        }
        let deadline = self.begin_for::<UploadMedia>()?;
        let files = (std::slice::from_mut(&mut ready.raw), &ready.origins[..]);
        let kept = self.heal_references(files, deadline, |media| {
            self.heal_parts(&ready.files, || {
                self.ask_about(peer, deadline, |peer| {
                    let request = UploadMedia {
                        peer: peer.clone(),
                        media: media[0].clone(),
                        ..Default::default()
                    };
                    self.ask_until(&request, deadline)
                })
            })
        })?;
        let named = file_again(&kept).ok_or(Error::Unexpected(
            "the server has kept the file as something else than a photo or a document",
        ))?;
        Ok((named, ready.origins))
    }

    /// Does something with files that were uploaded, and sends parts again that the server has lost
    /// meanwhile.
    ///
    /// See <https://core.telegram.org/api/files#uploading-files>.
    pub(crate) fn heal_parts<T>(
        &self,
        files: &[UploadedFile],
        mut send: impl FnMut() -> Result<T>,
    ) -> Result<T> {
        let mut lost = 0;
        loop {
            let error = match send() {
                Err(Error::Rpc(error)) if error.is("FILE_PART_MISSING") => error,
                done => return done,
            };
            lost += 1;
            let part = error.value().and_then(|part| u32::try_from(part).ok());
            let Some(part) = part.filter(|_| lost <= LOST_MAX) else {
                return Err(error.into());
            };
            // The server does not say of which file: of those that have such a part, all get it.
            let mut healed = false;
            for file in files.iter().filter(|file| file.has_part(part)) {
                self.send_part_again(file, part)?;
                healed = true;
            }
            if !healed {
                return Err(error.into());
            }
        }
    }
}

/// The photo or the document that is attached, as requests take it; `None` for everything else.
pub(crate) fn file_again(media: &MessageMedia) -> Option<InputMedia> {
    match media {
        MessageMedia::Photo(it) => photo(it),
        MessageMedia::Document(it) => document(it),
        _ => None,
    }
}

fn photo(it: &types::MessageMediaPhoto) -> Option<InputMedia> {
    let video = it.video.as_ref().and_then(input_document);
    let media = types::InputMediaPhoto {
        spoiler: it.spoiler,
        live_photo: video.is_some(),
        id: input_photo(it.photo.as_ref()?)?,
        ttl_seconds: it.ttl_seconds,
        video,
    };
    Some(media.into())
}

fn document(it: &types::MessageMediaDocument) -> Option<InputMedia> {
    let media = types::InputMediaDocument {
        spoiler: it.spoiler,
        id: input_document(it.document.as_ref()?)?,
        video_cover: it.video_cover.as_ref().and_then(input_photo),
        video_timestamp: it.video_timestamp,
        ttl_seconds: it.ttl_seconds,
        ..Default::default()
    };
    Some(media.into())
}

fn input_photo(photo: &Photo) -> Option<InputPhoto> {
    let Photo::Photo(photo) = photo else {
        return None;
    };
    let id = types::InputPhoto {
        id: photo.id,
        access_hash: photo.access_hash,
        file_reference: photo.file_reference.clone(),
    };
    Some(id.into())
}

fn input_document(document: &Document) -> Option<InputDocument> {
    let Document::Document(document) = document else {
        return None;
    };
    let id = types::InputDocument {
        id: document.id,
        access_hash: document.access_hash,
        file_reference: document.file_reference.clone(),
    };
    Some(id.into())
}

/// The file that is attached, as what the server has.
fn server_file<'a>(media: InputMedia) -> Option<MediaFile<'a>> {
    match media {
        InputMedia::Photo(it) => match it.id {
            InputPhoto::Photo(id) => Some(MediaFile::Photo(id, None)),
            _ => None,
        },
        InputMedia::Document(it) => match it.id {
            InputDocument::Document(id) => Some(MediaFile::Document(id, None)),
            _ => None,
        },
        _ => None,
    }
}
