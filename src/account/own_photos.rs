//! The account's own profile photos: set, chosen again, deleted.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::media::{Origin, Photo, UploadedFile};
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{self, InputPhoto, InputUser};
use crate::tl::functions::photos as f;
use crate::tl::types;

/// So many photos are deleted by one request.
const AT_ONCE: usize = 100;

impl Client {
    /// Makes an uploaded picture the account's profile photo. Those before it stay behind it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let picture = localdc::picture(640, 640);
    /// use ferogram_sync::Upload;
    ///
    /// let file = client.upload(Upload::bytes(picture).name("me.png"))?;
    /// let photo = client.set_profile_photo(&file)?;
    /// assert_eq!(client.iter_profile_photos("me").total()?, 1);
    /// assert_eq!(client.delete_profile_photos([&photo])?, [photo.id()]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `PHOTO_CROP_SIZE_SMALL`, `PHOTO_EXT_INVALID`,
    /// `IMAGE_PROCESS_FAILED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/photos.uploadProfilePhoto>.
    pub fn set_profile_photo(&self, file: &UploadedFile) -> Result<Photo> {
        self.upload_profile_photo(f::UploadProfilePhoto {
            file: Some(file.raw.clone()),
            ..Default::default()
        })
    }

    /// Sets the photo that is shown to those who may not see the others.
    ///
    /// # Errors
    ///
    /// As [`set_profile_photo`](Self::set_profile_photo).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/files#uploading-profile-or-chat-pictures>.
    pub fn set_public_photo(&self, file: &UploadedFile) -> Result<Photo> {
        self.upload_profile_photo(f::UploadProfilePhoto {
            fallback: true,
            file: Some(file.raw.clone()),
            ..Default::default()
        })
    }

    /// Makes an uploaded video (MPEG-4, square, up to ten seconds) the profile photo; `preview` is
    /// the second that is shown where nothing moves.
    ///
    /// # Errors
    ///
    /// As [`set_profile_photo`](Self::set_profile_photo), and `VIDEO_FILE_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/photos.uploadProfilePhoto>.
    pub fn set_profile_video(&self, file: &UploadedFile, preview: f64) -> Result<Photo> {
        self.upload_profile_photo(f::UploadProfilePhoto {
            video: Some(file.raw.clone()),
            video_start_ts: Some(preview),
            ..Default::default()
        })
    }

    /// Sets the profile photo of a bot of this account.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and
    /// [`set_profile_photo`](Self::set_profile_photo); `BOT_INVALID` for a bot that is another
    /// account's.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/photos.uploadProfilePhoto>.
    pub fn set_bot_photo(&self, bot: impl Into<PeerRef>, file: &UploadedFile) -> Result<Photo> {
        let deadline = self.begin()?;
        let bot = input_user(&self.resolve_until(&bot.into(), deadline)?)?;
        self.upload_profile_photo(f::UploadProfilePhoto {
            bot: Some(bot),
            file: Some(file.raw.clone()),
            ..Default::default()
        })
    }

    /// Makes an earlier profile photo the first one again.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `PHOTO_ID_INVALID`, `FILE_REFERENCE_EXPIRED`
    /// for one that was read long ago.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/photos.updateProfilePhoto>.
    pub fn choose_profile_photo(&self, photo: &Photo) -> Result<Photo> {
        let id = input(photo);
        own(self.ask(&f::UpdateProfilePhoto {
            id,
            ..Default::default()
        })?)
    }

    /// Takes the profile photo away that is shown now; the one before it takes its place.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/photos.updateProfilePhoto>.
    pub fn clear_profile_photo(&self) -> Result<()> {
        let id = InputPhoto::Empty;
        let request = f::UpdateProfilePhoto {
            id,
            ..Default::default()
        };
        self.ask(&request).map(drop)
    }

    /// Deletes profile photos of the account, and says which were deleted, by their ids.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`]. After an error, some may be gone.
    ///
    /// # Blocking
    ///
    /// Until the server has deleted them, which for very many takes several requests, at most for
    /// the client's timeout.
    ///
    /// See <https://core.telegram.org/method/photos.deletePhotos>.
    pub fn delete_profile_photos<'a>(
        &self,
        photos: impl IntoIterator<Item = &'a Photo>,
    ) -> Result<Vec<i64>> {
        let deadline = self.begin_for::<f::DeletePhotos>()?;
        let all: Vec<InputPhoto> = photos.into_iter().map(input).collect();
        let mut deleted = Vec::with_capacity(all.len());
        for id in all.chunks(AT_ONCE) {
            let id = id.to_vec();
            deleted.extend(self.ask_until(&f::DeletePhotos { id }, deadline)?);
        }
        Ok(deleted)
    }

    /// Sets how this account sees a contact; with `suggest`, the contact is asked to take the
    /// picture as its own instead.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and
    /// [`set_profile_photo`](Self::set_profile_photo); `CONTACT_MISSING` for who is no contact.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/photos.uploadContactProfilePhoto>.
    pub fn set_contact_photo(
        &self,
        contact: impl Into<PeerRef>,
        file: &UploadedFile,
        suggest: bool,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::UploadContactProfilePhoto>()?;
        self.ask_about(&contact.into(), deadline, |contact| {
            let request = f::UploadContactProfilePhoto {
                suggest,
                save: !suggest,
                user_id: input_user(contact)?,
                file: Some(file.raw.clone()),
                ..Default::default()
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    fn upload_profile_photo(&self, request: f::UploadProfilePhoto) -> Result<Photo> {
        own(self.ask(&request)?)
    }
}

/// The photo of an answer, which is the account's own.
fn own(answer: enums::photos::Photo) -> Result<Photo> {
    let enums::photos::Photo::Photo(answer) = answer;
    match answer.photo {
        enums::Photo::Photo(photo) => {
            Ok(Photo::from_raw(*photo).seen_in(Origin::UserPhoto(InputUser::UserSelf)))
        }
        _ => Err(Error::Unexpected("the answer does not show the photo")),
    }
}

/// A photo as requests name it.
fn input(photo: &Photo) -> InputPhoto {
    let raw = &photo.raw;
    types::InputPhoto {
        id: raw.id,
        access_hash: raw.access_hash,
        file_reference: raw.file_reference.clone(),
    }
    .into()
}
