//! The topics of a forum, as a list and by their ids.
use std::fmt;

use super::topic::ForumTopic;
use super::topic_walk::{Stop, TopicWalk};
use crate::client::{Call, Client, List, PAGE, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef};
use crate::tl::enums::messages::ForumTopics;
use crate::tl::enums::{self, InputPeer, Message};
use crate::tl::functions::messages::{GetForumTopics, GetForumTopicsById};

/// The topics of a forum: what is pinned first, then those in which somebody wrote last.
///
/// Topics in which somebody writes meanwhile are given once, those too that were not read yet. It
/// ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct Topics {
    pages: Pages<Forum>,
}

struct Forum {
    chat: PeerRef,
    peer: InputPeer,
    query: Option<String>,
    walk: TopicWalk,
    total: Option<usize>,
}

impl Forum {
    fn request(&self, wanted: usize) -> GetForumTopics {
        let offset = self.walk.offset();
        GetForumTopics {
            peer: self.peer.clone(),
            q: self.query.clone(),
            offset_date: offset.date,
            offset_id: offset.message,
            offset_topic: offset.topic,
            limit: page_limit(wanted),
        }
    }
}

impl List for Forum {
    type Item = ForumTopic;
    type Answer = ForumTopics;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<ForumTopics> {
        let chat = self.chat.clone();
        call.client.ask_about(&chat, call.deadline, |peer| {
            self.peer = peer.clone();
            call.client.ask_until(&self.request(wanted), call.deadline)
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<ForumTopics> {
        call.client
            .submit_until(&self.request(wanted), call.deadline)
    }

    fn read(&mut self, _: &Call, answer: ForumTopics) -> Result<Vec<ForumTopic>> {
        let ForumTopics::Topics(answer) = answer;
        let count = usize::try_from(answer.count).unwrap_or(0);
        self.total.get_or_insert(count);
        let by_making = answer.order_by_create_date;
        let stops: Vec<Stop> = answer
            .topics
            .iter()
            .map(|topic| stop(topic, &answer.messages, by_making))
            .collect();
        let new = self.walk.admit(&stops, count);
        let peers = PeerMap::new(answer.users, answer.chats);
        let mut topics: Vec<_> = answer.topics.into_iter().map(Some).collect();
        let new = new.into_iter().filter_map(|at| topics.get_mut(at)?.take());
        Ok(new
            .filter_map(|raw| ForumTopic::from_raw(raw, peers.clone()))
            .collect())
    }

    fn is_over(&self) -> bool {
        self.walk.is_over()
    }
}

/// Where a topic stands in the list.
///
/// See <https://core.telegram.org/constructor/messages.forumTopics>.
fn stop(topic: &enums::ForumTopic, messages: &[Message], by_making: bool) -> Stop {
    let topic = match topic {
        enums::ForumTopic::Topic(topic) => topic,
        enums::ForumTopic::Deleted(gone) => {
            return Stop {
                id: gone.id,
                pinned: false,
                date: 0,
                top_message: 0,
            };
        }
        _ => {
            return Stop {
                id: 0,
                pinned: false,
                date: 0,
                top_message: 0,
            };
        }
    };
    let sent = messages.iter().find_map(|message| match message {
        Message::Message(it) if it.id == topic.top_message => Some(it.date),
        Message::Service(it) if it.id == topic.top_message => Some(it.date),
        _ => None,
    });
    Stop {
        id: topic.id,
        pinned: topic.pinned,
        date: sent.filter(|_| !by_making).unwrap_or(topic.date),
        top_message: topic.top_message,
    }
}

impl Topics {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Those alone with this in their title.
    pub fn named(mut self, title: impl Into<String>) -> Self {
        self.pages.list.query = Some(title.into());
        self
    }

    /// How many there are, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::iter_topics`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for Topics {
    type Item = Result<ForumTopic>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for Topics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Topics")
            .field("chat", &self.pages.list.chat)
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The topics of a forum: [`Topics`] says in which order. Nothing is asked for before the
    /// first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewChat, NewTopic};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club").forum(true))?;
    /// client.create_topic(&club, NewTopic::new("Roses"))?;
    /// let mut titles = Vec::new();
    /// for topic in client.iter_topics(&club) {
    ///     titles.push(topic?.title().to_owned());
    /// }
    /// assert_eq!(titles, ["Roses", "General"]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHANNEL_FORUM_MISSING`.
    ///
    /// # Blocking
    ///
    /// Not; taking a topic blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getForumTopics>.
    pub fn iter_topics(&self, chat: impl Into<PeerRef>) -> Topics {
        let list = Forum {
            chat: chat.into(),
            peer: InputPeer::default(),
            query: None,
            walk: TopicWalk::default(),
            total: None,
        };
        Topics {
            pages: Pages::new(self, list),
        }
    }

    /// Topics by their ids, in the order of the ids; `None` for those that are gone.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club").forum(true))?;
    /// let topics = client.fetch_topics(&club, [1, 77])?;
    /// assert_eq!(topics[0].as_ref().map(|topic| topic.title()), Some("General"));
    /// assert!(topics[1].is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, which it does for a hundred at once, at most for the client's
    /// timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getForumTopicsByID>.
    pub fn fetch_topics(
        &self,
        chat: impl Into<PeerRef>,
        ids: impl IntoIterator<Item = i32>,
    ) -> Result<Vec<Option<ForumTopic>>> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        let ids: Vec<i32> = ids.into_iter().collect();
        let mut found = Vec::new();
        for part in ids.chunks(PAGE) {
            let ForumTopics::Topics(answer) = self.ask_about(&chat, deadline, |peer| {
                let request = GetForumTopicsById {
                    peer: peer.clone(),
                    topics: part.to_vec(),
                };
                self.ask_until(&request, deadline)
            })?;
            let peers = PeerMap::new(answer.users, answer.chats);
            let topics = answer.topics.into_iter();
            found.extend(topics.filter_map(|raw| ForumTopic::from_raw(raw, peers.clone())));
        }
        let by_id = |id: &i32| found.iter().find(|topic| topic.id() == *id).cloned();
        Ok(ids.iter().map(by_id).collect())
    }
}
