//! Photos of groups and channels.
use crate::client::Client;
use crate::error::Result;
use crate::media::{Photo, UploadedFile};
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::{InputChatPhoto, InputPeer};
use crate::tl::functions::{channels, messages};
use crate::tl::types;

/// What a group or channel is to look like.
///
/// See <https://core.telegram.org/type/InputChatPhoto>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum NewChatPhoto {
    /// A photo that was uploaded.
    Uploaded(UploadedFile),
    /// A short silent video that was uploaded.
    Video {
        /// The video.
        file: UploadedFile,
        /// At which second it stands still.
        still_at: Option<f64>,
    },
    /// A photo that was seen somewhere.
    Existing(Photo),
}

impl From<UploadedFile> for NewChatPhoto {
    fn from(file: UploadedFile) -> Self {
        Self::Uploaded(file)
    }
}

impl From<Photo> for NewChatPhoto {
    fn from(photo: Photo) -> Self {
        Self::Existing(photo)
    }
}

impl From<NewChatPhoto> for InputChatPhoto {
    fn from(photo: NewChatPhoto) -> Self {
        match photo {
            NewChatPhoto::Uploaded(file) => types::InputChatUploadedPhoto {
                file: Some(file.raw),
                ..Default::default()
            }
            .into(),
            NewChatPhoto::Video { file, still_at } => types::InputChatUploadedPhoto {
                video: Some(file.raw),
                video_start_ts: still_at,
                ..Default::default()
            }
            .into(),
            NewChatPhoto::Existing(photo) => types::InputChatPhoto {
                id: types::InputPhoto {
                    id: photo.id(),
                    access_hash: photo.access_hash(),
                    file_reference: photo.raw.file_reference.clone(),
                }
                .into(),
            }
            .into(),
        }
    }
}

impl Client {
    /// Gives a group or channel a photo: one that was uploaded, or one that was seen somewhere.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    /// # picture.extend([640_u32.to_be_bytes(), 640_u32.to_be_bytes()].concat());
    /// # picture.resize(1000, 7);
    /// use ferogram_sync::{NewChat, Upload};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let photo = client.upload(Upload::bytes(picture).name("club.png"))?;
    /// client.set_chat_photo(&club, photo)?;
    /// assert!(client.fetch_chat_full(&club)?.photo().is_some());
    /// client.delete_chat_photo(&club)?;
    /// assert!(client.fetch_chat_full(&club)?.photo().is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `PHOTO_CROP_SIZE_SMALL`, `IMAGE_PROCESS_FAILED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editPhoto> and
    /// <https://core.telegram.org/method/messages.editChatPhoto>.
    pub fn set_chat_photo(
        &self,
        chat: impl Into<PeerRef>,
        photo: impl Into<NewChatPhoto>,
    ) -> Result<()> {
        self.edit_photo(&chat.into(), &photo.into().into())
    }

    /// Takes the photo of a group or channel away.
    ///
    /// # Errors
    ///
    /// As [`set_chat_photo`](Self::set_chat_photo). Common answers: `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editPhoto>.
    pub fn delete_chat_photo(&self, chat: impl Into<PeerRef>) -> Result<()> {
        self.edit_photo(&chat.into(), &InputChatPhoto::Empty)
    }

    fn edit_photo(&self, chat: &PeerRef, photo: &InputChatPhoto) -> Result<()> {
        let deadline = self.begin()?;
        self.ask_about(chat, deadline, |chat| {
            let photo = photo.clone();
            if let InputPeer::Chat(group) = chat {
                let chat_id = group.chat_id;
                let request = messages::EditChatPhoto { chat_id, photo };
                return self.ask_until(&request, deadline).map(drop);
            }
            let channel = input_channel(chat)?;
            self.ask_until(&channels::EditPhoto { channel, photo }, deadline)
                .map(drop)
        })
    }
}
