//! A document: a file, a video, music, a sticker and so on.
use std::fmt;
use std::sync::Arc;

use super::downloadable::Downloadable;
use super::file_id::FileId;
use super::file_source::FileSource;
use super::media_file::MediaFile;
use super::origin::Origin;
use super::thumbs::inline_thumb;
use super::versions::Versions;
use crate::error::FileError;
use crate::tl::{enums, types};

/// A document that the server has, and where it was seen: a file, a video, music, a sticker and so
/// on.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let client = telegram.user();
/// # let raw = telegram.give_file(client.my_id_or_fetch()?, "a.txt", b"Hello");
/// use ferogram_sync::Document;
///
/// let document = Document::from_raw(raw);
/// assert_eq!((document.file_name(), document.size()), (Some("a.txt"), 5));
/// assert_eq!(client.download(&document).to_bytes()?, b"Hello");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// See <https://core.telegram.org/constructor/document>.
#[derive(Clone)]
pub struct Document {
    /// Everything that the server told, shared by the clones.
    pub raw: Arc<types::Document>,
    origin: Option<Origin>,
}

impl Document {
    /// Takes what the raw API gives.
    #[must_use]
    pub fn from_raw(raw: impl Into<Arc<types::Document>>) -> Self {
        Self {
            raw: raw.into(),
            origin: None,
        }
    }

    /// The document that is attached to a message, if one is.
    #[must_use]
    pub fn from_media(media: &enums::MessageMedia) -> Option<Self> {
        match media {
            enums::MessageMedia::Document(it) => match it.document.as_ref()? {
                enums::Document::Document(document) => Some(Self::from_raw((**document).clone())),
                _ => None,
            },
            _ => None,
        }
    }

    /// Says where it was seen.
    #[must_use]
    pub fn seen_in(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Where it was seen, if that is known.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.id
    }

    /// By which this account may name it.
    #[must_use]
    pub fn access_hash(&self) -> i64 {
        self.raw.access_hash
    }

    /// When it was uploaded, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// What is in it, such as `video/mp4`, as whoever has sent it says.
    #[must_use]
    pub fn mime_type(&self) -> &str {
        &self.raw.mime_type
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        u64::try_from(self.raw.size).unwrap_or(0)
    }

    /// Its name, if it has one. It comes from whoever has sent it: it is no path.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.find(|it| match it {
            enums::DocumentAttribute::Filename(it) => Some(it.file_name.as_str()),
            _ => None,
        })
    }

    /// Whether it is an animation: a GIF, or a video without sound.
    #[must_use]
    pub fn is_animated(&self) -> bool {
        let found = self.find(|it| match it {
            enums::DocumentAttribute::Animated => Some(()),
            _ => None,
        });
        found.is_some()
    }

    /// What is said of it as a video, if it is one.
    #[must_use]
    pub fn video(&self) -> Option<&types::DocumentAttributeVideo> {
        self.find(|it| match it {
            enums::DocumentAttribute::Video(it) => Some(&**it),
            _ => None,
        })
    }

    /// What is said of it as music or as a voice message, if it is one.
    #[must_use]
    pub fn audio(&self) -> Option<&types::DocumentAttributeAudio> {
        self.find(|it| match it {
            enums::DocumentAttribute::Audio(it) => Some(&**it),
            _ => None,
        })
    }

    /// Whether it is a voice message.
    #[must_use]
    pub fn is_voice(&self) -> bool {
        self.audio().is_some_and(|audio| audio.voice)
    }

    /// Whether it is a round video.
    #[must_use]
    pub fn is_video_note(&self) -> bool {
        self.video().is_some_and(|video| video.round_message)
    }

    /// How long it is, in seconds.
    #[must_use]
    pub fn duration(&self) -> Option<f64> {
        let video = self.video().map(|it| it.duration);
        video.or_else(|| Some(f64::from(self.audio()?.duration)))
    }

    /// The picture that comes with it: of a few points as a JPEG file, or an outline as an SVG one.
    #[must_use]
    pub fn preview(&self) -> Option<Vec<u8>> {
        self.raw.thumbs.as_ref()?.iter().find_map(inline_thumb)
    }

    /// The `file_id` of the Bot API.
    #[must_use]
    pub fn file_id(&self) -> FileId {
        FileId::of_document(&self.raw)
    }

    /// One of its small pictures by its letter, to be fetched.
    #[must_use]
    pub fn thumb(&self, letter: &str) -> Option<FileSource> {
        let source = self.raw.version(letter)?;
        Some(match &self.origin {
            Some(origin) => source.seen_in(origin.clone()),
            None => source,
        })
    }

    pub(super) fn find<'d, T>(
        &'d self,
        what: impl Fn(&'d enums::DocumentAttribute) -> Option<T>,
    ) -> Option<T> {
        self.raw.attributes.iter().find_map(what)
    }
}

impl Downloadable for Document {
    fn file_source(&self) -> Result<FileSource, FileError> {
        let source = self.raw.file_source()?;
        Ok(match &self.origin {
            Some(origin) => source.seen_in(origin.clone()),
            None => source,
        })
    }
}

impl From<&Document> for MediaFile<'_> {
    fn from(document: &Document) -> Self {
        let file = MediaFile::from((*document.raw).clone());
        file.seen_in(document.origin.clone())
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.fmt(f)
    }
}
