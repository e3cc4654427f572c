//! Documents that are played: videos, animations, music, voice messages.
use super::document::Document;
use super::downloadable::Downloadable;
use super::file_id::FileId;
use super::file_source::FileSource;
use super::media_file::MediaFile;
use crate::error::FileError;
use crate::tl::enums;

/// A document that is one of a kind.
macro_rules! played {
    ($(#[$doc:meta])* $name:ident, $is:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Document);

        impl $name {
            /// It, if the document is one.
            #[must_use]
            pub fn from_document(document: Document) -> Option<Self> {
                let is: fn(&Document) -> bool = $is;
                is(&document).then_some(Self(document))
            }

            /// The one that is attached to a message, if one is.
            #[must_use]
            pub fn from_media(media: &enums::MessageMedia) -> Option<Self> {
                Self::from_document(Document::from_media(media)?)
            }

            /// It as a document, which tells the rest.
            #[must_use]
            pub fn document(&self) -> &Document {
                &self.0
            }

            /// The id.
            #[must_use]
            pub fn id(&self) -> i64 {
                self.0.id()
            }

            /// How long it is, in seconds.
            #[must_use]
            pub fn duration(&self) -> f64 {
                self.0.duration().unwrap_or_default()
            }

            /// How many bytes it has.
            #[must_use]
            pub fn size(&self) -> u64 {
                self.0.size()
            }

            /// What is in it, such as `video/mp4`, as whoever has sent it says.
            #[must_use]
            pub fn mime_type(&self) -> &str {
                self.0.mime_type()
            }

            /// Its name, if it has one. It comes from whoever has sent it: it is no path.
            #[must_use]
            pub fn file_name(&self) -> Option<&str> {
                self.0.file_name()
            }

            /// The `file_id` of the Bot API.
            #[must_use]
            pub fn file_id(&self) -> FileId {
                self.0.file_id()
            }
        }

        impl Downloadable for $name {
            fn file_source(&self) -> Result<FileSource, FileError> {
                self.0.file_source()
            }
        }

        impl From<&$name> for MediaFile<'_> {
            fn from(it: &$name) -> Self {
                (&it.0).into()
            }
        }
    };
}

played! {
    /// A video, but no round one and no animation.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{Media, Upload};
    ///
    /// let film = Upload::bytes(b"ftyp").name("film.mp4");
    /// let film = Media::video(film).size(640, 480).duration(12.5);
    /// let film = client.send_media("me", film, "")?.video().expect("it carries one");
    /// assert_eq!((film.width(), film.height(), film.duration()), (640, 480, 12.5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/documentAttributeVideo>.
    Video, |it| it.video().is_some() && !it.is_video_note() && !it.is_animated()
}

played! {
    /// A round video.
    VideoNote, Document::is_video_note
}

played! {
    /// An animation: a GIF, or a video without sound.
    Animation, Document::is_animated
}

played! {
    /// Music.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{Media, Upload};
    ///
    /// let song = Media::audio(Upload::bytes(b"ID3").name("a.mp3")).title("A song");
    /// let song = client.send_media("me", song, "")?.audio().expect("it carries one");
    /// assert_eq!((song.title(), song.performer()), (Some("A song"), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/documentAttributeAudio>.
    Audio, |it| it.audio().is_some() && !it.is_voice()
}

played! {
    /// A voice message.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{Media, Upload};
    ///
    /// let word = Media::voice(Upload::bytes(b"OggS").name("a.ogg")).waveform(&[0, 31, 7]);
    /// let word = client.send_media("me", word, "")?.voice().expect("it carries one");
    /// assert_eq!(&word.waveform()[..3], [0, 31, 7]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Voice, Document::is_voice
}

impl Video {
    /// The width, in points.
    #[must_use]
    pub fn width(&self) -> i32 {
        self.0.video().map_or(0, |it| it.w)
    }

    /// The height, in points.
    #[must_use]
    pub fn height(&self) -> i32 {
        self.0.video().map_or(0, |it| it.h)
    }

    /// Whether it can be watched before all of it is there.
    #[must_use]
    pub fn supports_streaming(&self) -> bool {
        self.0.video().is_some_and(|it| it.supports_streaming)
    }
}

impl VideoNote {
    /// The length of its sides, in points: it is shown as a circle.
    #[must_use]
    pub fn side(&self) -> i32 {
        self.0.video().map_or(0, |it| it.w)
    }
}

impl Animation {
    /// The width, in points; 0 for one that is no video.
    #[must_use]
    pub fn width(&self) -> i32 {
        self.0.video().map_or(0, |it| it.w)
    }

    /// The height, in points; 0 for one that is no video.
    #[must_use]
    pub fn height(&self) -> i32 {
        self.0.video().map_or(0, |it| it.h)
    }
}

impl Audio {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.0.audio()?.title.as_deref()
    }

    /// Whose it is.
    #[must_use]
    pub fn performer(&self) -> Option<&str> {
        self.0.audio()?.performer.as_deref()
    }
}

impl Voice {
    /// How loud it is from beginning to end, values of 0 to 31; nothing if nobody has said so.
    #[must_use]
    pub fn waveform(&self) -> Vec<u8> {
        let packed = self.0.audio().and_then(|it| it.waveform.as_deref());
        unpacked(packed.unwrap_or_default())
    }
}

/// Values of five bits, one after the other, the lowest bit first.
///
/// See <https://core.telegram.org/api/files#voice-notes>.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let count = bytes.len() * 8 / 5;
    let value = |number: usize| {
        let bit = number * 5;
        let low = bytes.get(bit / 8).copied().unwrap_or(0);
        let high = bytes.get(bit / 8 + 1).copied().unwrap_or(0);
        let [value, _] = (u16::from_le_bytes([low, high]) >> (bit % 8)).to_le_bytes();
        value & 31
    };
    (0..count).map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

    #[test]
    fn levels_are_read_by_five_bits() {
        assert_eq!(unpacked(&[0b0001_1111, 0b0111_1100])[..3], [31, 0, 31]);
        assert_eq!(unpacked(&[0x21, 0x84, 0x10, 0x42, 0x08]), [1; 8]);
        assert_eq!(unpacked(&[]), [0_u8; 0]);
    }

    #[test]
    fn a_document_is_of_one_kind() {
        let document = |attributes: Vec<enums::DocumentAttribute>| {
            Document::from_raw(types::Document {
                attributes,
                ..Default::default()
            })
        };
        let video = |round_message| {
            types::DocumentAttributeVideo {
                round_message,
                ..Default::default()
            }
            .into()
        };
        let audio = |voice| {
            types::DocumentAttributeAudio {
                voice,
                ..Default::default()
            }
            .into()
        };
        let animated = enums::DocumentAttribute::Animated;
        let kinds = |attributes: &[enums::DocumentAttribute]| {
            let document = || document(attributes.to_vec());
            [
                Video::from_document(document()).is_some(),
                VideoNote::from_document(document()).is_some(),
                Animation::from_document(document()).is_some(),
                Audio::from_document(document()).is_some(),
                Voice::from_document(document()).is_some(),
            ]
        };
        assert_eq!(kinds(&[video(false)]), [true, false, false, false, false]);
        assert_eq!(kinds(&[video(true)]), [false, true, false, false, false]);
        let gif = kinds(&[video(false), animated]);
        assert_eq!(gif, [false, false, true, false, false]);
        assert_eq!(kinds(&[audio(false)]), [false, false, false, true, false]);
        assert_eq!(kinds(&[audio(true)]), [false, false, false, false, true]);
        assert_eq!(kinds(&[]), [false; 5]);
    }
}
