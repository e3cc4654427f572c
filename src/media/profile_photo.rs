//! The photos that users, groups and channels show of themselves.
use super::downloadable::Downloadable;
use super::file_source::FileSource;
use super::thumbs::stripped_jpeg;
use crate::error::FileError;
use crate::peers::{Channel, Chat, Group, User};
use crate::tl::enums::{self, InputPeer};
use crate::tl::types;

/// The photo that a user, a group or a channel shows of itself: where it is, in two sizes.
///
/// Users, groups and channels can be downloaded by themselves: that is the large size of this.
///
/// See <https://core.telegram.org/constructor/userProfilePhoto>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ProfilePhoto {
    /// The id of the photo.
    pub id: i64,
    /// The data centre that has it.
    pub dc_id: i32,
    /// Whether it is a video besides.
    pub has_video: bool,
    /// Whose it is.
    pub peer: InputPeer,
    preview: Option<Vec<u8>>,
}

impl ProfilePhoto {
    /// That of a user, if there is one. It may be fetched by whoever has met the user in little.
    #[must_use]
    pub fn of_user(user: &User) -> Option<Self> {
        let raw = &user.raw;
        let Some(enums::UserProfilePhoto::Photo(photo)) = &raw.photo else {
            return None;
        };
        let peer = types::InputPeerUser {
            user_id: raw.id,
            access_hash: raw.access_hash?,
        };
        Some(Self {
            id: photo.photo_id,
            dc_id: photo.dc_id,
            has_video: photo.has_video,
            peer: peer.into(),
            preview: photo.stripped_thumb.clone(),
        })
    }

    /// That of a group, if there is one.
    #[must_use]
    pub fn of_group(group: &Group) -> Option<Self> {
        match &*group.raw {
            enums::Chat::Chat(it) => {
                let peer = types::InputPeerChat { chat_id: it.id };
                Self::of_chat_photo(&it.photo, peer.into())
            }
            _ => None,
        }
    }

    /// That of a channel, if there is one.
    #[must_use]
    pub fn of_channel(channel: &Channel) -> Option<Self> {
        match &*channel.raw {
            enums::Chat::Channel(it) => {
                let peer = types::InputPeerChannel {
                    channel_id: it.id,
                    access_hash: it.access_hash?,
                };
                Self::of_chat_photo(&it.photo, peer.into())
            }
            _ => None,
        }
    }

    fn of_chat_photo(photo: &enums::ChatPhoto, peer: InputPeer) -> Option<Self> {
        match photo {
            enums::ChatPhoto::Photo(photo) => Some(Self {
                id: photo.photo_id,
                dc_id: photo.dc_id,
                has_video: photo.has_video,
                peer,
                preview: photo.stripped_thumb.clone(),
            }),
            _ => None,
        }
    }

    /// The size of 160 by 160 points.
    #[must_use]
    pub fn small(&self) -> FileSource {
        self.sized(false)
    }

    /// The size of 640 by 640 points.
    #[must_use]
    pub fn big(&self) -> FileSource {
        self.sized(true)
    }

    /// The picture of a few points that comes with it, as a JPEG file.
    #[must_use]
    pub fn preview(&self) -> Option<Vec<u8>> {
        stripped_jpeg(self.preview.as_deref()?)
    }

    fn sized(&self, big: bool) -> FileSource {
        let location = types::InputPeerPhotoFileLocation {
            big,
            peer: self.peer.clone(),
            photo_id: self.id,
        };
        FileSource::new(location, self.dc_id)
    }
}

impl Downloadable for ProfilePhoto {
    /// The large size.
    fn file_source(&self) -> Result<FileSource, FileError> {
        Ok(self.big())
    }
}

fn shown(photo: Option<ProfilePhoto>) -> Result<FileSource, FileError> {
    photo.map_or(Err(FileError::Nothing("there is no photo of them")), |it| {
        Ok(it.big())
    })
}

impl Downloadable for User {
    /// The photo that the user shows.
    fn file_source(&self) -> Result<FileSource, FileError> {
        shown(ProfilePhoto::of_user(self))
    }
}

impl Downloadable for Group {
    /// The group's photo.
    fn file_source(&self) -> Result<FileSource, FileError> {
        shown(ProfilePhoto::of_group(self))
    }
}

impl Downloadable for Channel {
    /// The channel's photo.
    fn file_source(&self) -> Result<FileSource, FileError> {
        shown(ProfilePhoto::of_channel(self))
    }
}

impl Downloadable for Chat {
    /// The photo that the user, the group or the channel shows.
    fn file_source(&self) -> Result<FileSource, FileError> {
        match self {
            Self::User(user) => user.file_source(),
            Self::Group(group) => group.file_source(),
            Self::Channel(channel) => channel.file_source(),
            Self::Community(_) => shown(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_picture_within_it_is_read() {
        let photo = types::UserProfilePhoto {
            photo_id: 5,
            dc_id: 2,
            has_video: true,
            stripped_thumb: Some(vec![1, 40, 30, 9]),
            ..Default::default()
        };
        let user = types::User {
            id: 7,
            access_hash: Some(8),
            photo: Some(photo.into()),
            ..Default::default()
        };
        let user = User::from_raw(user.into()).expect("it is one");
        let photo = ProfilePhoto::of_user(&user).expect("there is one");
        assert_eq!((photo.id, photo.dc_id, photo.has_video), (5, 2, true));
        let preview = photo.preview().expect("it has one");
        assert!(preview.starts_with(&[0xff, 0xd8]) && preview.ends_with(&[9, 0xff, 0xd9]));
    }
}
