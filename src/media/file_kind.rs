//! What a file is, as the Bot API tells it.
use crate::tl::{enums, types};

/// What a file is, as its [`FileId`](crate::FileId) says.
///
/// ```
/// use ferogram_sync::{FileId, FileKind};
///
/// let sticker: FileId = "CAADAQADegAD997LEUiQZafDlhIeAg".parse()?;
/// assert_eq!(sticker.kind, FileKind::Sticker);
/// # Ok::<(), ferogram_sync::FileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// A small picture of something.
    Thumbnail,
    /// The photo of a user or a chat.
    ProfilePhoto,
    /// A photo.
    Photo,
    /// A voice message.
    Voice,
    /// A video.
    Video,
    /// A file.
    Document,
    /// A file of a secret chat.
    Encrypted,
    /// A sticker.
    Sticker,
    /// Music.
    Audio,
    /// An animation.
    Animation,
    /// A small picture of a file of a secret chat.
    EncryptedThumbnail,
    /// A background, of the old form.
    Wallpaper,
    /// A round video.
    VideoNote,
    /// A file of Telegram Passport, decrypted.
    SecureDecrypted,
    /// A file of Telegram Passport.
    Secure,
    /// A background.
    Background,
    /// A file that is shown as one, whatever is in it.
    DocumentAsFile,
    /// A sound of notifications.
    Ringtone,
    /// The log of a call.
    CallLog,
    /// A photo of a story.
    PhotoStory,
    /// A video of a story.
    VideoStory,
    /// A photo that goes once it was seen.
    SelfDestructingPhoto,
    /// A video that goes once it was seen.
    SelfDestructingVideo,
    /// A round video that goes once it was seen.
    SelfDestructingVideoNote,
    /// A voice message that goes once it was heard.
    SelfDestructingVoice,
    /// What moves of a live photo.
    LivePhoto,
    /// The same of one that goes once it was seen.
    SelfDestructingLivePhoto,
}

use FileKind as Kind;

/// The numbers that stand for them.
const NUMBERS: [(i32, Kind); 27] = [
    (0, Kind::Thumbnail),
    (1, Kind::ProfilePhoto),
    (2, Kind::Photo),
    (3, Kind::Voice),
    (4, Kind::Video),
    (5, Kind::Document),
    (6, Kind::Encrypted),
    (8, Kind::Sticker),
    (9, Kind::Audio),
    (10, Kind::Animation),
    (11, Kind::EncryptedThumbnail),
    (12, Kind::Wallpaper),
    (13, Kind::VideoNote),
    (14, Kind::SecureDecrypted),
    (15, Kind::Secure),
    (16, Kind::Background),
    (17, Kind::DocumentAsFile),
    (18, Kind::Ringtone),
    (19, Kind::CallLog),
    (20, Kind::PhotoStory),
    (21, Kind::VideoStory),
    (22, Kind::SelfDestructingPhoto),
    (23, Kind::SelfDestructingVideo),
    (24, Kind::SelfDestructingVideoNote),
    (25, Kind::SelfDestructingVoice),
    (26, Kind::LivePhoto),
    (27, Kind::SelfDestructingLivePhoto),
];

impl FileKind {
    /// The kind of a number, if it is one that a file on the server can have.
    pub(super) fn of_number(number: i32) -> Option<Self> {
        let found = NUMBERS.iter().find(|(of, _)| *of == number);
        found.map(|(_, kind)| *kind)
    }

    pub(super) fn number(self) -> i32 {
        let found = NUMBERS.iter().find(|(_, kind)| *kind == self);
        found.map_or(5, |(number, _)| *number)
    }

    /// What a document is, by what describes it.
    ///
    /// ```
    /// use ferogram_sync::FileKind;
    /// use ferogram_sync::tl::{enums::DocumentAttribute, types};
    ///
    /// let mut document = types::Document::default();
    /// assert_eq!(FileKind::of_document(&document), FileKind::Document);
    /// document.attributes = vec![DocumentAttribute::Animated];
    /// assert_eq!(FileKind::of_document(&document), FileKind::Animation);
    /// ```
    #[must_use]
    pub fn of_document(document: &types::Document) -> Self {
        use enums::DocumentAttribute as Attribute;
        let mut kind = Self::Document;
        for attribute in &document.attributes {
            kind = match attribute {
                Attribute::Sticker(_) | Attribute::CustomEmoji(_) => return Self::Sticker,
                Attribute::Animated => Self::Animation,
                Attribute::Video(it) if it.round_message => Self::VideoNote,
                // An animation is described as a video besides.
                Attribute::Video(_) if kind == Self::Document => Self::Video,
                Attribute::Audio(it) if it.voice => Self::Voice,
                Attribute::Audio(_) => Self::Audio,
                _ => kind,
            };
        }
        kind
    }

    /// Whether it is a picture, which has sizes.
    #[must_use]
    pub fn is_photo(self) -> bool {
        matches!(
            self,
            Self::Thumbnail
                | Self::ProfilePhoto
                | Self::Photo
                | Self::EncryptedThumbnail
                | Self::Wallpaper
                | Self::PhotoStory
                | Self::SelfDestructingPhoto
        )
    }

    /// Whether it is a document of the server's, which can be sent again.
    pub(super) fn is_document(self) -> bool {
        self.class() == 2
    }

    /// What the text begins with that is the same for everybody.
    pub(super) fn class(self) -> i32 {
        match self {
            kind if kind.is_photo() => 1,
            Self::SecureDecrypted | Self::Secure => 3,
            Self::Encrypted => 4,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_one_kind() {
        for (number, kind) in NUMBERS {
            assert_eq!(FileKind::of_number(number), Some(kind));
            assert_eq!(kind.number(), number);
        }
        for number in [-1, 7, 28, 1 << 24] {
            assert_eq!(FileKind::of_number(number), None);
        }
    }
}
