//! Kinds of messages that the server can look for.
use crate::tl::enums::MessagesFilter as Raw;
use crate::tl::types::InputMessagesFilterPhoneCalls;

/// A kind of messages that the server can look for.
///
/// See <https://core.telegram.org/type/MessagesFilter>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageFilter {
    /// Photos.
    Photos,
    /// Videos.
    Videos,
    /// Photos and videos.
    PhotosAndVideos,
    /// Files.
    Documents,
    /// Texts with links.
    Links,
    /// Animations.
    Gifs,
    /// Voice messages.
    Voices,
    /// Pieces of music.
    Music,
    /// Changes of the chat's photo.
    ChatPhotos,
    /// Calls.
    Calls,
    /// Calls that nobody took.
    MissedCalls,
    /// Voice messages and round videos.
    VoicesAndRoundVideos,
    /// Round videos.
    RoundVideos,
    /// Messages that mention this account.
    Mentions,
    /// Places.
    Places,
    /// Contacts.
    Contacts,
    /// Pinned messages.
    Pinned,
    /// Polls.
    Polls,
}

impl From<MessageFilter> for Raw {
    fn from(filter: MessageFilter) -> Self {
        let calls = |missed| InputMessagesFilterPhoneCalls { missed }.into();
        match filter {
            MessageFilter::Photos => Self::InputMessagesFilterPhotos,
            MessageFilter::Videos => Self::InputMessagesFilterVideo,
            MessageFilter::PhotosAndVideos => Self::InputMessagesFilterPhotoVideo,
            MessageFilter::Documents => Self::InputMessagesFilterDocument,
            MessageFilter::Links => Self::InputMessagesFilterUrl,
            MessageFilter::Gifs => Self::InputMessagesFilterGif,
            MessageFilter::Voices => Self::InputMessagesFilterVoice,
            MessageFilter::Music => Self::InputMessagesFilterMusic,
            MessageFilter::ChatPhotos => Self::InputMessagesFilterChatPhotos,
            MessageFilter::Calls => calls(false),
            MessageFilter::MissedCalls => calls(true),
            MessageFilter::VoicesAndRoundVideos => Self::InputMessagesFilterRoundVoice,
            MessageFilter::RoundVideos => Self::InputMessagesFilterRoundVideo,
            MessageFilter::Mentions => Self::InputMessagesFilterMyMentions,
            MessageFilter::Places => Self::InputMessagesFilterGeo,
            MessageFilter::Contacts => Self::InputMessagesFilterContacts,
            MessageFilter::Pinned => Self::InputMessagesFilterPinned,
            MessageFilter::Polls => Self::InputMessagesFilterPoll,
        }
    }
}
