//! What is attached, made ready to be sent.
use super::media::{Kind, Media};
use super::media_file::MediaFile;
use super::origin::Origin;
use super::uploaded_file::UploadedFile;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::{enums, types};

/// What is ready to be sent.
pub(crate) struct Ready {
    pub(crate) raw: enums::InputMedia,
    /// What was uploaded for it, in case the server loses a part.
    pub(crate) files: Vec<UploadedFile>,
    /// Where the files of the server's were seen.
    pub(crate) origins: Vec<Origin>,
}

/// A file that comes with another, and what makes media of it.
type Companion<'m, 'a> = (
    &'m mut Option<MediaFile<'a>>,
    fn(MediaFile<'a>) -> Media<'a>,
);

impl<'a> Media<'a> {
    /// What comes with it that the server has to have first: photos, and videos.
    pub(crate) fn companions(&mut self) -> [Companion<'_, 'a>; 2] {
        [
            (&mut self.cover, |file| Self::photo(file)),
            (&mut self.live, |file| Self::video(file)),
        ]
    }
}

impl Client {
    /// Uploads what has to be uploaded for a message. What comes with it is the server's already.
    pub(crate) fn make_ready(&self, mut media: Media<'_>) -> Result<Ready> {
        let upload = |file: MediaFile<'_>| match file {
            MediaFile::Upload(upload) => self.upload(upload).map(Some),
            MediaFile::Uploaded(file) => Ok(Some(file)),
            _ => Ok(None),
        };
        let mut origins = Vec::new();
        let cover = media.cover.take().and_then(|it| photo(it, &mut origins));
        let live = media.live.take().and_then(|it| document(it, &mut origins));
        let company = Company { cover, live };
        let file = std::mem::replace(&mut media.file, MediaFile::Url(String::new()));
        let raw = match file {
            MediaFile::Photo(..) | MediaFile::Document(..) | MediaFile::Url(_) => {
                media.known(file, company, &mut origins)?
            }
            file => {
                let thumb = media.thumb.take().map(upload).transpose()?.flatten();
                let file = upload(file)?.ok_or(Error::Argument("there is no file"))?;
                let raw = media.uploaded(&file, thumb.as_ref(), company);
                let files = [Some(file), thumb].into_iter().flatten().collect();
                return Ok(Ready {
                    raw,
                    files,
                    origins,
                });
            }
        };
        let files = Vec::new();
        Ok(Ready {
            raw,
            files,
            origins,
        })
    }
}

/// What comes with it.
struct Company {
    cover: Option<enums::InputPhoto>,
    live: Option<enums::InputDocument>,
}

fn photo(file: MediaFile<'_>, origins: &mut Vec<Origin>) -> Option<enums::InputPhoto> {
    match file {
        MediaFile::Photo(id, origin) => {
            origins.extend(origin);
            Some(id.into())
        }
        _ => None,
    }
}

fn document(file: MediaFile<'_>, origins: &mut Vec<Origin>) -> Option<enums::InputDocument> {
    match file {
        MediaFile::Document(id, origin) => {
            origins.extend(origin);
            Some(id.into())
        }
        _ => None,
    }
}

impl Media<'_> {
    /// What the server has, or fetches by itself.
    fn known(
        &self,
        file: MediaFile<'_>,
        company: Company,
        origins: &mut Vec<Origin>,
    ) -> Result<enums::InputMedia> {
        let (spoiler, ttl_seconds) = (self.spoiler, self.ttl_seconds);
        let (video_cover, video_timestamp) = (company.cover, self.start_at);
        let is_photo = self.kind == Kind::Photo;
        Ok(match file {
            MediaFile::Photo(id, origin) if is_photo => {
                origins.extend(origin);
                types::InputMediaPhoto {
                    spoiler,
                    live_photo: company.live.is_some(),
                    id: id.into(),
                    ttl_seconds,
                    video: company.live,
                }
                .into()
            }
            MediaFile::Document(id, origin) if !is_photo => {
                origins.extend(origin);
                types::InputMediaDocument {
                    spoiler,
                    id: id.into(),
                    video_cover,
                    video_timestamp,
                    ttl_seconds,
                    ..Default::default()
                }
                .into()
            }
            MediaFile::Url(url) if is_photo => types::InputMediaPhotoExternal {
                spoiler,
                url,
                ttl_seconds,
            }
            .into(),
            MediaFile::Url(url) => types::InputMediaDocumentExternal {
                spoiler,
                url,
                ttl_seconds,
                video_cover,
                video_timestamp,
            }
            .into(),
            _ => {
                return Err(Error::Argument(
                    "the server has a photo as a photo, and everything else as a document: send it \
                     as that",
                ));
            }
        })
    }

    fn uploaded(
        &mut self,
        file: &UploadedFile,
        thumb: Option<&UploadedFile>,
        company: Company,
    ) -> enums::InputMedia {
        let (spoiler, ttl_seconds) = (self.spoiler, self.ttl_seconds);
        if self.kind == Kind::Photo {
            return types::InputMediaUploadedPhoto {
                spoiler,
                live_photo: company.live.is_some(),
                file: file.raw.clone(),
                ttl_seconds,
                video: company.live,
                ..Default::default()
            }
            .into();
        }
        let is_told = self.kind != Kind::Document;
        let film = is_told.then(|| file.film()).flatten().unwrap_or_default();
        self.duration = self.duration.or(film.duration);
        self.size = self.size.or(film.size).or_else(|| file.picture_size());
        types::InputMediaUploadedDocument {
            nosound_video: self.kind == Kind::Animation,
            force_file: self.kind == Kind::Document,
            spoiler,
            file: file.raw.clone(),
            thumb: thumb.map(|thumb| thumb.raw.clone()),
            mime_type: file.mime_type().to_owned(),
            attributes: self.described(file.name()),
            video_cover: company.cover,
            video_timestamp: self.start_at,
            ttl_seconds,
            ..Default::default()
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without that the server would look for itself what it is.
    #[test]
    fn a_file_is_kept_as_it_is_and_nothing_else() {
        let file = UploadedFile {
            raw: types::InputFile::default().into(),
            name: "a.mp4".to_owned(),
            mime_type: "video/mp4".to_owned(),
            size: 5,
            source: None,
        };
        let company = || Company {
            cover: None,
            live: None,
        };
        let forced = |mut media: Media<'_>| match media.uploaded(&file, None, company()) {
            enums::InputMedia::UploadedDocument(it) => (it.force_file, it.nosound_video),
            other => panic!("{other:?}"),
        };
        let url = || MediaFile::url("https://a.example");
        assert_eq!(forced(Media::document(url())), (true, false));
        assert_eq!(forced(Media::video(url())), (false, false));
        assert_eq!(forced(Media::animation(url())), (false, true));
    }
}
