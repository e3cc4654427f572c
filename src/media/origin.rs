//! Where a file was seen: from there it gets a new reference when the old one has expired.
use std::time::Instant;

use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::{self, InputFileLocation, InputPeer, InputUser};
use crate::tl::functions::{channels, messages, photos};
use crate::tl::types;

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
    /// Among the photos of a user.
    UserPhoto(InputUser),
    /// Among the GIFs that the account has saved.
    SavedGifs,
    /// Among the account's favourite stickers.
    FavedStickers,
    /// Among the account's recent stickers.
    RecentStickers,
    /// In a sticker set.
    StickerSet(enums::InputStickerSet),
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
        let mut seen = Seen { file, found: None };
        match self {
            Self::Message(peer, id) => {
                let id = types::InputMessageId { id: *id }.into();
                seen.messages(again(client, peer, id, deadline)?);
            }
            Self::UserPhoto(user) => {
                let request = photos::GetUserPhotos {
                    user_id: user.clone(),
                    offset: -1,
                    max_id: file,
                    limit: 1,
                };
                let photos = match client.ask_until(&request, deadline)? {
                    enums::photos::Photos::Photos(all) => all.photos,
                    enums::photos::Photos::Slice(some) => some.photos,
                    _ => Vec::new(),
                };
                photos.iter().for_each(|photo| seen.photo(Some(photo)));
            }
            Self::SavedGifs => {
                let answer = client.ask_until(&messages::GetSavedGifs { hash: 0 }, deadline)?;
                if let enums::messages::SavedGifs::Gifs(all) = answer {
                    seen.documents(&all.gifs);
                }
            }
            Self::FavedStickers => {
                let answer = client.ask_until(&messages::GetFavedStickers { hash: 0 }, deadline)?;
                if let enums::messages::FavedStickers::Stickers(all) = answer {
                    seen.documents(&all.stickers);
                }
            }
            Self::RecentStickers => {
                let request = messages::GetRecentStickers::default();
                let answer = client.ask_until(&request, deadline)?;
                if let enums::messages::RecentStickers::Stickers(all) = answer {
                    seen.documents(&all.stickers);
                }
            }
            Self::StickerSet(stickerset) => {
                let request = messages::GetStickerSet {
                    stickerset: stickerset.clone(),
                    hash: 0,
                };
                let answer = client.ask_until(&request, deadline)?;
                if let enums::messages::StickerSet::Set(set) = answer {
                    seen.documents(&set.documents);
                }
            }
            Self::WebPage(url) => {
                let request = messages::GetWebPage {
                    url: url.clone(),
                    hash: 0,
                };
                let enums::messages::WebPage::Page(answer) =
                    client.ask_until(&request, deadline)?;
                seen.page(&answer.webpage);
            }
        }
        Ok(seen.found)
    }
}

/// Has the server show a message again.
fn again(
    client: &Client,
    peer: &PeerRef,
    id: enums::InputMessage,
    deadline: Instant,
) -> Result<enums::messages::Messages> {
    let id = vec![id];
    client.ask_about(peer, deadline, |peer| match peer {
        InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
            let channel = input_channel(peer)?;
            let id = id.clone();
            client.ask_until(&channels::GetMessages { channel, id }, deadline)
        }
        _ => client.ask_until(&messages::GetMessages { id: id.clone() }, deadline),
    })
}

/// Looks for one file in what the server shows.
struct Seen {
    file: i64,
    found: Option<Vec<u8>>,
}

impl Seen {
    fn messages(&mut self, answer: enums::messages::Messages) {
        let all = match answer {
            enums::messages::Messages::Messages(it) => it.messages,
            enums::messages::Messages::Slice(it) => it.messages,
            enums::messages::Messages::ChannelMessages(it) => it.messages,
            _ => Vec::new(),
        };
        for message in &all {
            match message {
                enums::Message::Message(it) => {
                    if let Some(media) = &it.media {
                        self.media(media);
                    }
                }
                enums::Message::Service(it) => {
                    if let enums::MessageAction::ChatEditPhoto(action) = &it.action {
                        self.photo(Some(&action.photo));
                    }
                }
                _ => {}
            }
        }
    }

    fn media(&mut self, media: &enums::MessageMedia) {
        match media {
            enums::MessageMedia::Photo(it) => {
                self.photo(it.photo.as_ref());
                self.document(it.video.as_ref());
            }
            enums::MessageMedia::Document(it) => {
                self.document(it.document.as_ref());
                self.photo(it.video_cover.as_ref());
                self.documents(it.alt_documents.as_deref().unwrap_or_default());
            }
            enums::MessageMedia::WebPage(it) => self.page(&it.webpage),
            enums::MessageMedia::Game(it) => {
                let enums::Game::Game(game) = &it.game;
                self.photo(Some(&game.photo));
                self.document(game.document.as_ref());
            }
            enums::MessageMedia::PaidMedia(it) => {
                for media in &it.extended_media {
                    if let enums::MessageExtendedMedia::Media(media) = media {
                        self.media(&media.media);
                    }
                }
            }
            _ => {}
        }
    }

    fn page(&mut self, page: &enums::WebPage) {
        if let enums::WebPage::Page(page) = page {
            self.photo(page.photo.as_ref());
            self.document(page.document.as_ref());
        }
    }

    fn documents(&mut self, documents: &[enums::Document]) {
        for document in documents {
            self.document(Some(document));
        }
    }

    fn document(&mut self, document: Option<&enums::Document>) {
        if let Some(enums::Document::Document(it)) = document
            && it.id == self.file
        {
            self.found = Some(it.file_reference.clone());
        }
    }

    fn photo(&mut self, photo: Option<&enums::Photo>) {
        if let Some(enums::Photo::Photo(it)) = photo
            && it.id == self.file
        {
            self.found = Some(it.file_reference.clone());
        }
    }
}

/// The file that a location is of, if it is one that has references, and the reference.
pub(super) fn reference_of(location: &mut InputFileLocation) -> Option<(i64, &mut Vec<u8>)> {
    match location {
        InputFileLocation::InputDocumentFileLocation(it) => Some((it.id, &mut it.file_reference)),
        InputFileLocation::InputPhotoFileLocation(it) => Some((it.id, &mut it.file_reference)),
        _ => None,
    }
}
