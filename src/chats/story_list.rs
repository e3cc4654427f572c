//! The stories of a user, a supergroup or a channel, to be looked at.
use std::fmt;

use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::stories::{PeerStories as Told, Stories as Answer};
use crate::tl::enums::{InputPeer, PeerStories, StoryItem};
use crate::tl::functions::stories::{GetPeerStories, GetPinnedStories, GetStoriesArchive};
use crate::tl::types;

/// A story.
///
/// See <https://core.telegram.org/constructor/storyItem>.
pub type Story = types::StoryItem;

/// Stories of a user, a supergroup or a channel, the newest first.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct Stories {
    pages: Pages<Kept>,
}

struct Kept {
    chat: PeerRef,
    peer: InputPeer,
    archived: bool,
    offset_id: i32,
    total: Option<usize>,
    over: bool,
}

impl Kept {
    fn ask(&self, call: &Call, wanted: usize) -> Pending<Answer> {
        let (peer, offset_id) = (self.peer.clone(), self.offset_id);
        let limit = page_limit(wanted);
        match self.archived {
            true => {
                let request = GetStoriesArchive {
                    peer,
                    offset_id,
                    limit,
                };
                call.client.submit_until(&request, call.deadline)
            }
            false => {
                let request = GetPinnedStories {
                    peer,
                    offset_id,
                    limit,
                };
                call.client.submit_until(&request, call.deadline)
            }
        }
    }
}

impl List for Kept {
    type Item = Story;
    type Answer = Answer;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<Answer> {
        let chat = self.chat.clone();
        call.client.ask_about(&chat, call.deadline, |peer| {
            self.peer = peer.clone();
            self.ask(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<Answer> {
        self.ask(call, wanted)
    }

    fn read(&mut self, _: &Call, answer: Answer) -> Result<Vec<Story>> {
        let Answer::Stories(answer) = answer;
        let count = usize::try_from(answer.count).unwrap_or(0);
        let is_all = self.total.is_none() && answer.stories.len() >= count;
        self.total.get_or_insert(count);
        let before = self.offset_id;
        let ids = answer.stories.iter().map(|story| match story {
            StoryItem::Item(it) => it.id,
            StoryItem::Skipped(it) => it.id,
            StoryItem::Deleted(it) => it.id,
            _ => 0,
        });
        let smallest = ids.filter(|id| before == 0 || *id < before).min();
        self.over = is_all || smallest.is_none();
        self.offset_id = smallest.unwrap_or(before);
        // Whatever the server says: what has come is not given again.
        let new = |story: &Story| before == 0 || story.id < before;
        Ok(items(answer.stories).filter(new).collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

/// Those that are shown whole.
fn items(stories: Vec<StoryItem>) -> impl Iterator<Item = Story> {
    stories.into_iter().filter_map(|story| match story {
        StoryItem::Item(it) => Some(*it),
        _ => None,
    })
}

impl Stories {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// All that were ever told, which are shown to who tells them, instead of those that stay on
    /// the profile.
    pub fn archived(mut self, archived: bool) -> Self {
        self.pages.list.archived = archived;
        self
    }

    /// How many there are, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::iter_stories`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for Stories {
    type Item = Result<Story>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for Stories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stories")
            .field("chat", &self.pages.list.chat)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The stories that stay on the profile of a user, a supergroup or a channel. Nothing is asked
    /// for before the first is taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let news = localdc::NewChannel::new("News", "news_with_stories");
    /// # let news = telegram.add_channel(news.owner(client.my_id().unwrap_or(0)));
    /// # telegram.tell_story(news, "It is spring.");
    /// let story = client.iter_stories("@news_with_stories").next().expect("there is one")?;
    /// assert_eq!(story.caption.as_deref(), Some("It is spring."));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Not; taking a story blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stories.getPinnedStories> and
    /// <https://core.telegram.org/method/stories.getStoriesArchive>.
    pub fn iter_stories(&self, chat: impl Into<PeerRef>) -> Stories {
        let list = Kept {
            chat: chat.into(),
            peer: InputPeer::default(),
            archived: false,
            offset_id: 0,
            total: None,
            over: false,
        };
        Stories {
            pages: Pages::new(self, list),
        }
    }

    /// The stories of a user, a supergroup or a channel that have not ended yet, oldest first.
    /// Those that the server shows in little are left out.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stories.getPeerStories>.
    pub fn active_stories(&self, chat: impl Into<PeerRef>) -> Result<Vec<Story>> {
        let (chat, deadline) = (chat.into(), self.begin_for::<GetPeerStories>()?);
        let Told::Stories(answer) = self.ask_about(&chat, deadline, |peer| {
            let peer = peer.clone();
            self.ask_until(&GetPeerStories { peer }, deadline)
        })?;
        let PeerStories::Stories(told) = answer.stories;
        let mut stories: Vec<Story> = items(told.stories).collect();
        stories.sort_by_key(|story| story.id);
        Ok(stories)
    }
}
