//! New references for files that the server has and that are sent again.
use std::time::Instant;

use super::origin::Origin;
use crate::client::Client;
use crate::error::{Error, FileError, Result};
use crate::mtproto::RpcError;
use crate::tl::enums::{InputDocument, InputMedia, InputPhoto};

/// So often references are renewed for one item of a request.
const RENEWED_MAX: usize = 3;

impl Client {
    /// Sends something with files that the server has. Where it refuses their references, they are
    /// renewed from where the files were seen, and it is sent again.
    ///
    /// See <https://core.telegram.org/api/file-references>.
    pub(crate) fn heal_references<T>(
        &self,
        (media, origins): (&mut [InputMedia], &[Origin]),
        deadline: Instant,
        mut send: impl FnMut(&[InputMedia]) -> Result<T>,
    ) -> Result<T> {
        let mut left = RENEWED_MAX * media.len();
        loop {
            let error = match send(media) {
                Err(Error::Rpc(error)) if error.is("FILE_REFERENCE_*") => error,
                done => return done,
            };
            if left == 0 || origins.is_empty() {
                return Err(error.into());
            }
            left -= 1;
            self.renew_references(media, origins, error, deadline)?;
        }
    }

    /// Renews what can be renewed, of the item that the server names or of all.
    fn renew_references(
        &self,
        media: &mut [InputMedia],
        origins: &[Origin],
        error: RpcError,
        deadline: Instant,
    ) -> Result<()> {
        let named = error.value().and_then(|item| usize::try_from(item).ok());
        let named = named.filter(|item| *item < media.len());
        // Where each item has one origin, that of the named one is asked first.
        let first = named.filter(|_| origins.len() == media.len()).unwrap_or(0);
        let (before, after) = origins.split_at(first);
        let media = match named {
            Some(item) => &mut media[item..=item],
            None => media,
        };
        let mut found = false;
        let mut files: Vec<(i64, &mut Vec<u8>)> = Vec::new();
        for media in media {
            references_in(media, &mut files);
        }
        for (file, reference) in files {
            for origin in after.iter().chain(before) {
                if let Some(new) = origin.renew(self, file, deadline)? {
                    *reference = new;
                    found = true;
                    break;
                }
            }
        }
        match found {
            true => Ok(()),
            false => Err(FileError::Gone.into()),
        }
    }
}

/// The files of the server's in what is attached, and their references.
fn references_in<'m>(media: &'m mut InputMedia, found: &mut Vec<(i64, &'m mut Vec<u8>)>) {
    match media {
        InputMedia::UploadedPhoto(it) => {
            documents(it.stickers.iter_mut().flatten(), found);
            documents(&mut it.video, found);
        }
        InputMedia::Photo(it) => {
            photos(Some(&mut it.id), found);
            documents(&mut it.video, found);
        }
        InputMedia::UploadedDocument(it) => {
            documents(it.stickers.iter_mut().flatten(), found);
            photos(&mut it.video_cover, found);
        }
        InputMedia::Document(it) => {
            documents(Some(&mut it.id), found);
            photos(&mut it.video_cover, found);
        }
        InputMedia::DocumentExternal(it) => photos(&mut it.video_cover, found),
        InputMedia::Poll(it) => {
            let inner = [&mut it.attached_media, &mut it.solution_media];
            for media in inner.into_iter().flatten() {
                references_in(media, found);
            }
        }
        InputMedia::PaidMedia(it) => {
            for media in &mut it.extended_media {
                references_in(media, found);
            }
        }
        InputMedia::Invoice(it) => {
            if let Some(media) = &mut it.extended_media {
                references_in(media, found);
            }
        }
        _ => {}
    }
}

fn documents<'m>(
    ids: impl IntoIterator<Item = &'m mut InputDocument>,
    found: &mut Vec<(i64, &'m mut Vec<u8>)>,
) {
    for id in ids {
        if let InputDocument::Document(it) = id {
            found.push((it.id, &mut it.file_reference));
        }
    }
}

fn photos<'m>(
    ids: impl IntoIterator<Item = &'m mut InputPhoto>,
    found: &mut Vec<(i64, &'m mut Vec<u8>)>,
) {
    for id in ids {
        if let InputPhoto::Photo(it) = id {
            found.push((it.id, &mut it.file_reference));
        }
    }
}
