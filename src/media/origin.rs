//! Where a file was seen: from there it gets a new reference when the old one has expired.
use std::time::Instant;

use crate::client::Client;
use crate::error::Result;
use crate::mtproto::Answer;
use crate::peers::{PeerRef, input_channel, input_user};
use crate::tl::enums::{self, InputFileLocation, InputPeer, InputUser};
use crate::tl::functions::{account, channels, messages, photos, stories, users};
use crate::tl::{self, Identifiable, Reader, RemoteCall, TypeRef, types};

/// Where a file was seen.
///
/// References to files live for hours at most, and are one account's. Whoever knows where a file
/// was seen has the server show it again there, and goes on with the new reference.
///
/// See <https://core.telegram.org/api/file-references>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Origin {
    /// In a message: the chat, and the message's id there.
    Message(PeerRef, i32),
    /// In a message that is to be sent later: the chat, and the message's id among those.
    ScheduledMessage(PeerRef, i32),
    /// Among quick replies: their id, and the message's there.
    QuickReply(i32, i32),
    /// In a story: whose, and its id there.
    Story(PeerRef, i32),
    /// Among the photos of a user.
    UserPhoto(InputUser),
    /// In what a user, a group or a channel tells of itself: its photo, a bot's description and so
    /// on.
    Profile(PeerRef),
    /// Among the GIFs that the account has saved.
    SavedGifs,
    /// Among the account's favourite stickers.
    FavedStickers,
    /// Among the account's recent stickers.
    RecentStickers,
    /// In a sticker set.
    StickerSet(enums::InputStickerSet),
    /// As a custom emoji.
    CustomEmoji,
    /// Among the animations that a message may come with.
    Effects,
    /// Among the reactions that everybody may use.
    Reactions,
    /// Among the account's sounds of notifications.
    Ringtones,
    /// In the preview of a page.
    WebPage(String),
}

impl Origin {
    /// Has the server show the file again.
    ///
    /// `Ok(None)` says that it is not there any more.
    pub(crate) fn renew(
        &self,
        client: &Client,
        file: i64,
        deadline: Instant,
    ) -> Result<Option<Vec<u8>>> {
        let look = Look {
            client,
            file,
            deadline,
        };
        match self {
            Self::Message(peer, id) => look.at_message(peer, *id),
            Self::ScheduledMessage(peer, id) => look.about(peer, |peer| {
                look.ask(&messages::GetScheduledMessages {
                    peer: peer.clone(),
                    id: vec![*id],
                })
            }),
            Self::QuickReply(shortcut_id, id) => look.ask(&messages::GetQuickReplyMessages {
                shortcut_id: *shortcut_id,
                id: Some(vec![*id]),
                hash: 0,
            }),
            Self::Story(peer, id) => look.about(peer, |peer| {
                look.ask(&stories::GetStoriesById {
                    peer: peer.clone(),
                    id: vec![*id],
                })
            }),
            Self::UserPhoto(user) => look.ask(&photos::GetUserPhotos {
                user_id: user.clone(),
                offset: -1,
                max_id: file,
                limit: 1,
            }),
            Self::Profile(peer) => look.about(peer, |peer| look.at_profile(peer)),
            Self::SavedGifs => look.ask(&messages::GetSavedGifs { hash: 0 }),
            Self::FavedStickers => look.ask(&messages::GetFavedStickers { hash: 0 }),
            Self::RecentStickers => look.ask(&messages::GetRecentStickers::default()),
            Self::StickerSet(stickerset) => look.ask(&messages::GetStickerSet {
                stickerset: stickerset.clone(),
                hash: 0,
            }),
            Self::CustomEmoji => look.ask(&messages::GetCustomEmojiDocuments {
                document_id: vec![file],
            }),
            Self::Effects => look.ask(&messages::GetAvailableEffects { hash: 0 }),
            Self::Reactions => look.ask(&messages::GetAvailableReactions { hash: 0 }),
            Self::Ringtones => look.ask(&account::GetSavedRingtones { hash: 0 }),
            Self::WebPage(url) => look.ask(&messages::GetWebPage {
                url: url.clone(),
                hash: 0,
            }),
        }
    }
}

/// Looks for a file in what the server shows.
struct Look<'a> {
    client: &'a Client,
    file: i64,
    deadline: Instant,
}

impl Look<'_> {
    /// The file's reference in the answer to a request.
    fn ask<R: RemoteCall>(&self, request: &R) -> Result<Option<Vec<u8>>> {
        let method = R::CONSTRUCTOR_ID;
        let answer = self.client.ask_for_bytes(request, method, self.deadline)?;
        Ok(reference_in(&answer, method, self.file))
    }

    fn about(
        &self,
        peer: &PeerRef,
        ask: impl FnMut(&InputPeer) -> Result<Option<Vec<u8>>>,
    ) -> Result<Option<Vec<u8>>> {
        self.client.ask_about(peer, self.deadline, ask)
    }

    fn at_message(&self, peer: &PeerRef, id: i32) -> Result<Option<Vec<u8>>> {
        let id: Vec<enums::InputMessage> = vec![types::InputMessageId { id }.into()];
        self.about(peer, |peer| match peer {
            InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                let channel = input_channel(peer)?;
                let id = id.clone();
                self.ask(&channels::GetMessages { channel, id })
            }
            _ => self.ask(&messages::GetMessages { id: id.clone() }),
        })
    }

    fn at_profile(&self, peer: &InputPeer) -> Result<Option<Vec<u8>>> {
        match peer {
            InputPeer::Chat(chat) => self.ask(&messages::GetFullChat {
                chat_id: chat.chat_id,
            }),
            InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                self.ask(&channels::GetFullChannel {
                    channel: input_channel(peer)?,
                })
            }
            _ => self.ask(&users::GetFullUser {
                id: input_user(peer)?,
            }),
        }
    }
}

/// The reference of a photo or a document, wherever in an answer it stands.
fn reference_in(answer: &Answer, method: u32, file: i64) -> Option<Vec<u8>> {
    let mut found = None;
    let ty = TypeRef::returned_by(method).unwrap_or(TypeRef::OBJECT);
    let mut look = |id, fields: &[u8]| {
        if ![
            types::Document::CONSTRUCTOR_ID,
            types::Photo::CONSTRUCTOR_ID,
        ]
        .contains(&id)
        {
            return;
        }
        // Both begin with their flags, the id, the hash and the reference.
        let mut reader = Reader::new(fields);
        let (_flags, id, _hash) = (reader.u32(), reader.i64(), reader.i64());
        let reference = reader.bytes();
        if id == file && !reader.failed() {
            found = Some(reference.to_vec());
        }
    };
    tl::walk(answer.as_ref(), ty, &mut look).ok();
    found
}

/// The file that a location is of, if it is one that has references, and the reference.
pub(super) fn reference_of(location: &mut InputFileLocation) -> Option<(i64, &mut Vec<u8>)> {
    match location {
        InputFileLocation::InputDocumentFileLocation(it) => Some((it.id, &mut it.file_reference)),
        InputFileLocation::InputPhotoFileLocation(it) => Some((it.id, &mut it.file_reference)),
        _ => None,
    }
}
