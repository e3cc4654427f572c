//! A photo, a video, a file and so on, as it is attached to a message.
use super::file_id::FileId;
use super::file_kind::FileKind;
use super::media_file::MediaFile;
use crate::error::FileError;
use crate::tl::{enums, types};

/// A photo, a video, a file and so on, as it is attached to a message: which it is, the file, and
/// what describes it.
///
/// What the server has already is described there: of such a file, and of one on the web, only the
/// spoiler and the time to live are told.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::{Media, Upload};
///
/// let song = Media::audio(Upload::bytes(b"ID3 and so on").name("song.mp3"))
///     .duration(215.0)
///     .title("A song")
///     .performer("A band");
/// let message = client.send_media("me", song, "Listen")?;
/// assert!(message.has_document() && message.text() == "Listen");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// See <https://core.telegram.org/api/files#sending-files>.
#[derive(Debug)]
#[must_use = "nothing is sent before `Client::send_media`"]
pub struct Media<'a> {
    pub(super) kind: Kind,
    pub(super) file: MediaFile<'a>,
    pub(super) thumb: Option<MediaFile<'a>>,
    pub(super) cover: Option<MediaFile<'a>>,
    pub(super) live: Option<MediaFile<'a>>,
    pub(super) spoiler: bool,
    pub(super) ttl_seconds: Option<i32>,
    pub(super) start_at: Option<i32>,
    pub(super) size: Option<(i32, i32)>,
    pub(super) duration: Option<f64>,
    is_streamed: bool,
    title: Option<String>,
    performer: Option<String>,
    waveform: Option<Vec<u8>>,
    emoji: String,
    attributes: Vec<enums::DocumentAttribute>,
}

/// What a file is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Photo,
    Document,
    Video,
    VideoNote,
    Animation,
    Audio,
    Voice,
    Sticker,
}

impl<'a> Media<'a> {
    /// A photo: JPEG or PNG, of up to 10 MiB.
    pub fn photo(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::Photo, file)
    }

    /// A file as it is, whatever is in it.
    pub fn document(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::Document, file)
    }

    /// A video: MP4, whose [`size`](Self::size) and [`duration`](Self::duration) the file says.
    pub fn video(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::Video, file)
    }

    /// A round video of up to a minute.
    pub fn video_note(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::VideoNote, file)
    }

    /// An animation: a GIF, or a video without sound.
    pub fn animation(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::Animation, file)
    }

    /// Music.
    pub fn audio(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::Audio, file)
    }

    /// A voice message: OGG with Opus.
    pub fn voice(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::Voice, file)
    }

    /// A sticker: WebP, TGS or WebM.
    pub fn sticker(file: impl Into<MediaFile<'a>>) -> Self {
        Self::new(Kind::Sticker, file)
    }

    /// What the file's name and type say that it is, or what the server has it as.
    pub fn guess(file: impl Into<MediaFile<'a>>) -> Self {
        let file = file.into();
        let kind = match &file {
            MediaFile::Upload(upload) => Kind::of(&upload.called().1),
            MediaFile::Uploaded(file) => Kind::of(file.mime_type()),
            MediaFile::Photo(..) => Kind::Photo,
            MediaFile::Url(_) | MediaFile::Document(..) => Kind::Document,
        };
        Self::new(kind, file)
    }

    /// A photo or a document that the Bot API has named by its `file_id`, as what it is.
    ///
    /// ```
    /// use ferogram_sync::{FileId, Media};
    ///
    /// let sticker: FileId = "CAADAQADegAD997LEUiQZafDlhIeAg".parse()?;
    /// let sticker = Media::file_id(&sticker)?;
    /// # Ok::<(), ferogram_sync::FileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FileError::NoFileId`] for what cannot be sent by its id: small pictures, photos of chats,
    /// files of secret chats, files on the web.
    pub fn file_id(id: &FileId) -> Result<Self, FileError> {
        let kind = match id.kind {
            kind if kind.is_photo() => Kind::Photo,
            FileKind::Voice | FileKind::SelfDestructingVoice => Kind::Voice,
            FileKind::Video | FileKind::VideoStory | FileKind::SelfDestructingVideo => Kind::Video,
            FileKind::VideoNote | FileKind::SelfDestructingVideoNote => Kind::VideoNote,
            FileKind::Animation => Kind::Animation,
            FileKind::Audio | FileKind::Ringtone => Kind::Audio,
            FileKind::Sticker => Kind::Sticker,
            _ => Kind::Document,
        };
        Ok(Self::new(kind, MediaFile::try_from(id)?))
    }

    fn new(kind: Kind, file: impl Into<MediaFile<'a>>) -> Self {
        Self {
            kind,
            file: file.into(),
            thumb: None,
            cover: None,
            live: None,
            spoiler: false,
            ttl_seconds: None,
            start_at: None,
            size: None,
            duration: None,
            is_streamed: true,
            title: None,
            performer: None,
            waveform: None,
            emoji: String::new(),
            attributes: Vec::new(),
        }
    }

    /// It is veiled until somebody taps it.
    pub fn spoiler(mut self, on: bool) -> Self {
        self.spoiler = on;
        self
    }

    /// It goes so many seconds after it was seen; `i32::MAX` lets it be seen once. Only in private
    /// chats.
    pub fn ttl_seconds(mut self, seconds: i32) -> Self {
        self.ttl_seconds = Some(seconds);
        self
    }

    /// The small picture that is shown of it: JPEG, up to 200 kB and 320 by 320 points.
    pub fn thumb(mut self, file: impl Into<MediaFile<'a>>) -> Self {
        self.thumb = Some(file.into());
        self
    }

    /// Of a video: the picture that stands for it until it is watched, a photo of the server's or
    /// one to be uploaded.
    ///
    /// See <https://core.telegram.org/api/files#video-covers>.
    pub fn cover(mut self, photo: impl Into<MediaFile<'a>>) -> Self {
        self.cover = Some(photo.into());
        self
    }

    /// Of a video: at which second it begins when it is watched.
    pub fn start_at(mut self, seconds: i32) -> Self {
        self.start_at = Some(seconds);
        self
    }

    /// Of a photo: the video of a few seconds that makes it a live one.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaUploadedPhoto>.
    pub fn live(mut self, video: impl Into<MediaFile<'a>>) -> Self {
        self.live = Some(video.into());
        self
    }

    /// Width and height, in points. If nobody says them, they are read from videos in MP4 and
    /// QuickTime that are uploaded from a path or from bytes; with the feature `image-size` also
    /// from pictures that are sent as files, stickers or animations.
    pub fn size(mut self, width: i32, height: i32) -> Self {
        self.size = Some((width, height));
        self
    }

    /// How long it is, in seconds. If nobody says it, it is read from videos and music in MP4 and
    /// QuickTime that are uploaded from a path or from bytes.
    pub fn duration(mut self, seconds: f64) -> Self {
        self.duration = Some(seconds);
        self
    }

    /// Of a video: whether it can be watched before all of it is there, as is taken for granted.
    pub fn supports_streaming(mut self, on: bool) -> Self {
        self.is_streamed = on;
        self
    }

    /// Of music: what it is called.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Of music: whose it is.
    pub fn performer(mut self, performer: impl Into<String>) -> Self {
        self.performer = Some(performer.into());
        self
    }

    /// Of a voice message: how loud it is from beginning to end, a hundred values of 0 to 31.
    pub fn waveform(mut self, levels: &[u8]) -> Self {
        self.waveform = Some(packed(levels));
        self
    }

    /// Of a sticker: the emoji that it stands for.
    pub fn emoji(mut self, emoji: impl Into<String>) -> Self {
        self.emoji = emoji.into();
        self
    }

    /// Whatever else the schema has to describe it.
    pub fn attribute(mut self, attribute: impl Into<enums::DocumentAttribute>) -> Self {
        self.attributes.push(attribute.into());
        self
    }

    pub(super) fn described(&mut self, name: &str) -> Vec<enums::DocumentAttribute> {
        let mut all: Vec<enums::DocumentAttribute> = Vec::new();
        let (w, h) = self.size.unwrap_or_default();
        if let (Kind::Document | Kind::Sticker, Some((w, h))) = (self.kind, self.size) {
            all.push(types::DocumentAttributeImageSize { w, h }.into());
        }
        let duration = self.duration.unwrap_or_default();
        match self.kind {
            Kind::Photo | Kind::Document => {}
            Kind::Video | Kind::VideoNote | Kind::Animation => all.push(
                types::DocumentAttributeVideo {
                    round_message: self.kind == Kind::VideoNote,
                    supports_streaming: self.kind == Kind::Video && self.is_streamed,
                    nosound: self.kind == Kind::Animation,
                    duration,
                    w,
                    h,
                    ..Default::default()
                }
                .into(),
            ),
            Kind::Audio | Kind::Voice => all.push(
                types::DocumentAttributeAudio {
                    voice: self.kind == Kind::Voice,
                    duration: duration.round() as i32,
                    title: self.title.take(),
                    performer: self.performer.take(),
                    waveform: self.waveform.take(),
                }
                .into(),
            ),
            Kind::Sticker => all.push(
                types::DocumentAttributeSticker {
                    alt: std::mem::take(&mut self.emoji),
                    ..Default::default()
                }
                .into(),
            ),
        }
        if self.kind == Kind::Animation {
            all.push(enums::DocumentAttribute::Animated);
        }
        let file_name = name.to_owned();
        all.push(types::DocumentAttributeFilename { file_name }.into());
        all.append(&mut self.attributes);
        all
    }
}

impl Kind {
    fn of(mime_type: &str) -> Self {
        match mime_type {
            "image/jpeg" | "image/png" => Self::Photo,
            "image/gif" => Self::Animation,
            "image/webp" | "application/x-tgsticker" => Self::Sticker,
            "audio/ogg" | "audio/opus" => Self::Voice,
            "video/mp4" | "video/quicktime" => Self::Video,
            other if other.starts_with("audio/") => Self::Audio,
            _ => Self::Document,
        }
    }

    /// What may stand in one album: photos and videos together, and others with their like.
    ///
    /// See <https://core.telegram.org/api/files#albums-grouped-media>.
    fn group(self) -> Option<Group> {
        match self {
            Self::Photo | Self::Video => Some(Group::Pictures),
            Self::Document => Some(Group::Documents),
            Self::Audio => Some(Group::Music),
            Self::VideoNote | Self::Animation | Self::Voice | Self::Sticker => None,
        }
    }
}

/// What may stand in one album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Pictures,
    Documents,
    Music,
}

impl Media<'_> {
    /// With what it may stand in one album; `None` stands alone.
    pub(crate) fn group(&self) -> Option<Group> {
        self.kind.group()
    }
}

/// Values of five bits, one after the other, the lowest bit first.
///
/// See <https://core.telegram.org/api/files#voice-notes>.
fn packed(levels: &[u8]) -> Vec<u8> {
    let mut out = vec![0; (levels.len() * 5).div_ceil(8)];
    for (number, level) in levels.iter().enumerate() {
        let level = u16::from((*level).min(31)) << (number * 5 % 8);
        let at = number * 5 / 8;
        let [low, high] = level.to_le_bytes();
        out[at] |= low;
        if let Some(next) = out.get_mut(at + 1) {
            *next |= high;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::Upload;

    #[test]
    fn levels_are_packed_by_five_bits() {
        assert_eq!(packed(&[31, 0, 31]), [0b0001_1111, 0b0111_1100]);
        assert_eq!(packed(&[1; 8]), [0x21, 0x84, 0x10, 0x42, 0x08]);
        assert_eq!(packed(&[31; 100]).len(), 63);
        assert_eq!(packed(&[200]), [31]);
    }

    #[test]
    fn names_say_what_a_file_is() {
        for (name, kind) in [
            ("a.jpg", Kind::Photo),
            ("a.PNG", Kind::Photo),
            ("a.gif", Kind::Animation),
            ("a.mp4", Kind::Video),
            ("a.mp3", Kind::Audio),
            ("a.ogg", Kind::Voice),
            ("a.webp", Kind::Sticker),
            ("a.pdf", Kind::Document),
            ("a", Kind::Document),
        ] {
            let media = Media::guess(Upload::bytes(&b"x"[..]).name(name));
            assert_eq!(media.kind, kind, "{name}");
        }
    }
}
