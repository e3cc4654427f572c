//! Profile photos of users, groups and channels, page by page.
use std::collections::HashSet;
use std::fmt;

use crate::client::{Call, Client, List, Pages, Pending, WeakClient, page_limit};
use crate::error::Result;
use crate::media::{Origin, Photo};
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::messages::Messages;
use crate::tl::enums::{InputPeer, Message, MessageAction, MessagesFilter, photos};
use crate::tl::functions::messages::Search;
use crate::tl::functions::photos::GetUserPhotos;
use crate::tl::{enums, types};

/// The profile photos of somebody, the newest first, each once.
///
/// Of a user, they are counted from the newest: one that is set or deleted meanwhile moves the
/// others, so one may be missing then. Of a group or a channel, they are those that its messages
/// say were set: one that is set meanwhile is not given, and nothing is missing. Of those who
/// may not see them, the server shows none.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct ProfilePhotos {
    client: WeakClient,
    peer: PeerRef,
    limit: Option<usize>,
    pages: Option<Listed>,
}

/// Users have a list of them, and of all others the messages tell.
enum Listed {
    User(Pages<OfUser>),
    Chat(Pages<OfChat>),
}

struct OfUser {
    user: PeerRef,
    request: GetUserPhotos,
    seen: HashSet<i64>,
    total: Option<usize>,
    over: bool,
}

impl List for OfUser {
    type Item = Photo;
    type Answer = photos::Photos;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<photos::Photos> {
        let user = self.user.clone();
        call.client.ask_about(&user, call.deadline, |user| {
            self.request.user_id = input_user(user)?;
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<photos::Photos> {
        let request = GetUserPhotos {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: photos::Photos) -> Result<Vec<Photo>> {
        // A plain answer is all that is left from the offset on.
        let before = usize::try_from(self.request.offset).unwrap_or(0);
        let (found, total) = match answer {
            photos::Photos::Photos(all) => {
                let total = before + all.photos.len();
                (all.photos, total)
            }
            photos::Photos::Slice(some) => {
                let total = usize::try_from(some.count).unwrap_or(0);
                (some.photos, total)
            }
            _ => (Vec::new(), before),
        };
        self.total.get_or_insert(total);
        let came = i32::try_from(found.len()).unwrap_or(i32::MAX);
        self.request.offset = self.request.offset.saturating_add(came);
        self.over = came == 0 || before.saturating_add(found.len()) >= total;
        let origin = Origin::UserPhoto(self.request.user_id.clone());
        let found = found.into_iter().filter_map(raw);
        let new = found.filter(|photo| self.seen.insert(photo.id));
        Ok(new
            .map(|photo| Photo::from_raw(photo).seen_in(origin.clone()))
            .collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

struct OfChat {
    chat: PeerRef,
    request: Search,
    seen: HashSet<i64>,
    total: Option<usize>,
    over: bool,
}

impl List for OfChat {
    type Item = Photo;
    type Answer = Messages;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<Messages> {
        let chat = self.chat.clone();
        call.client.ask_about(&chat, call.deadline, |chat| {
            self.request.peer = chat.clone();
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<Messages> {
        let request = Search {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: Messages) -> Result<Vec<Photo>> {
        let (messages, total, whole) = match answer {
            Messages::Messages(all) => {
                let total = all.messages.len();
                (all.messages, total, true)
            }
            Messages::Slice(some) => (some.messages, count(some.count), false),
            Messages::ChannelMessages(some) => (some.messages, count(some.count), false),
            _ => (Vec::new(), 0, true),
        };
        self.total.get_or_insert(total);
        let mut lowest = None;
        let mut photos = Vec::with_capacity(messages.len());
        for message in messages {
            let Message::Service(message) = message else {
                continue;
            };
            lowest = Some(lowest.unwrap_or(i32::MAX).min(message.id));
            let (peer, id) = (PeerRef::from(&message.peer_id), message.id);
            if let MessageAction::ChatEditPhoto(action) = message.action
                && let Some(photo) = raw(action.photo)
                && self.seen.insert(photo.id)
            {
                photos.push(Photo::from_raw(photo).seen_in(Origin::Message(peer, id)));
            }
        }
        // Pages go downwards; what does not, or has nothing, is the end.
        let before = self.request.offset_id;
        let falls = lowest.filter(|id| before == 0 || *id < before);
        self.over = whole || falls.is_none_or(|id| id <= 1);
        self.request.offset_id = falls.unwrap_or(before);
        Ok(photos)
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

fn raw(photo: enums::Photo) -> Option<types::Photo> {
    match photo {
        enums::Photo::Photo(photo) => Some(*photo),
        _ => None,
    }
}

fn count(count: i32) -> usize {
    usize::try_from(count).unwrap_or(0)
}

impl ProfilePhotos {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// How many there are in all, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::iter_profile_photos`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        let total = match self.listed()? {
            Listed::User(pages) => {
                pages.begin()?;
                pages.list.total
            }
            Listed::Chat(pages) => {
                pages.begin()?;
                pages.list.total
            }
        };
        Ok(total.unwrap_or(0))
    }

    /// The list, once it is known whose it is.
    fn listed(&mut self) -> Result<&mut Listed> {
        let pages = match self.pages.take() {
            Some(pages) => pages,
            None => self.begin()?,
        };
        Ok(self.pages.insert(pages))
    }

    fn begin(&self) -> Result<Listed> {
        let client = self.client.upgrade()?;
        let input = client.resolve_until(&self.peer, client.begin()?)?;
        let is_user = matches!(
            input,
            InputPeer::PeerSelf | InputPeer::User(_) | InputPeer::UserFromMessage(_)
        );
        let (seen, total, over) = (HashSet::new(), None, false);
        let peer = self.peer.clone();
        Ok(match is_user {
            true => {
                let list = OfUser {
                    user: peer,
                    request: GetUserPhotos::default(),
                    seen,
                    total,
                    over,
                };
                Listed::User(self.limited(Pages::new(&client, list)))
            }
            false => {
                let filter = MessagesFilter::InputMessagesFilterChatPhotos;
                let list = OfChat {
                    chat: peer,
                    request: Search {
                        filter,
                        ..Default::default()
                    },
                    seen,
                    total,
                    over,
                };
                Listed::Chat(self.limited(Pages::new(&client, list)))
            }
        })
    }

    fn limited<L: List>(&self, mut pages: Pages<L>) -> Pages<L> {
        if let Some(limit) = self.limit {
            pages.limit(limit);
        }
        pages
    }
}

impl Iterator for ProfilePhotos {
    type Item = Result<Photo>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        if self.limit == Some(0) {
            return None;
        }
        match self.listed() {
            Ok(Listed::User(pages)) => pages.next(),
            Ok(Listed::Chat(pages)) => pages.next(),
            Err(error) => {
                self.limit = Some(0);
                Some(Err(error))
            }
        }
    }
}

impl fmt::Debug for ProfilePhotos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfilePhotos")
            .field("peer", &self.peer)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The profile photos of a user, a group or a channel. Nothing is asked for before the first is
    /// taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let picture = localdc::picture(640, 640);
    /// use ferogram_sync::Upload;
    ///
    /// let file = client.upload(Upload::bytes(picture).name("me.png"))?;
    /// let photo = client.set_profile_photo(&file)?;
    /// let first = client.iter_profile_photos("me").next().expect("there is one")?;
    /// assert_eq!(first.id(), photo.id());
    /// assert!(!client.download(&first).to_bytes()?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// In the items, as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Bots
    /// are told of users' photos alone.
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    ///
    /// See <https://core.telegram.org/method/photos.getUserPhotos>.
    pub fn iter_profile_photos(&self, peer: impl Into<PeerRef>) -> ProfilePhotos {
        ProfilePhotos {
            client: self.weak(),
            peer: peer.into(),
            limit: None,
            pages: None,
        }
    }
}
