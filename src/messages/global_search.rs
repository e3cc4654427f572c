//! Searching messages in all chats, and public posts.
use std::collections::HashSet;
use std::fmt;

use super::message::Message;
use super::shown::{Shown, chat_of, place};
use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::marked_id;
use crate::tl::enums::{InputPeer, Message as Raw, MessagesFilter, messages::Messages};
use crate::tl::functions::channels::SearchPosts;
use crate::tl::functions::messages::SearchGlobal;

/// Messages of all chats, one after the other: as the server orders them, which is by time for
/// most searches. What it is told counts before the first message is taken.
///
/// The server gives no more than some thousands. Nothing is given twice. A page of up to a hundred
/// is asked for at once, and the next one when half of it is read. After an error, it ends. It does
/// not keep the client alive.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// client.send_message("me", "Bread and butter")?;
/// let mut found = client.search_global("butter").limit(10);
/// assert_eq!(found.total()?, 1);
/// assert_eq!(found.next().expect("it is there")?.text(), "Bread and butter");
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/method/messages.searchGlobal> and
/// <https://core.telegram.org/method/channels.searchPosts>.
#[must_use = "it asks for nothing before it is read"]
pub struct GlobalSearch {
    pages: Pages<Everywhere>,
}

/// What is looked for.
enum Wanted {
    Messages(Box<SearchGlobal>),
    Posts(Box<SearchPosts>),
}

/// The messages of all chats that are read.
struct Everywhere {
    wanted: Wanted,
    seen: HashSet<(i64, i32)>,
    offset: Offset,
    total: Option<usize>,
    over: bool,
}

/// Behind which message the next page begins.
#[derive(Clone, Debug, Default, PartialEq)]
struct Offset {
    rate: i32,
    peer: InputPeer,
    id: i32,
}

impl List for Everywhere {
    type Item = Message;
    type Answer = Messages;

    fn submit(&self, call: &Call, wanted: usize) -> Pending<Messages> {
        let limit = page_limit(wanted);
        let Offset { rate, peer, id } = self.offset.clone();
        match &self.wanted {
            Wanted::Messages(request) => {
                let request = SearchGlobal {
                    offset_rate: rate,
                    offset_peer: peer,
                    offset_id: id,
                    limit,
                    ..(**request).clone()
                };
                call.client.submit_until(&request, call.deadline)
            }
            Wanted::Posts(request) => {
                let request = SearchPosts {
                    offset_rate: rate,
                    offset_peer: peer,
                    offset_id: id,
                    limit,
                    ..(**request).clone()
                };
                call.client.submit_until(&request, call.deadline)
            }
        }
    }

    fn read(&mut self, call: &Call, answer: Messages) -> Result<Vec<Message>> {
        let shown = Shown::from(answer);
        self.total.get_or_insert(shown.count);
        let keys = shown.messages.iter().map(key);
        let is_new: Vec<bool> = keys.map(|key| self.seen.insert(key)).collect();
        let last = shown.messages.last();
        let next = last.and_then(|last| {
            let known = call.client.input_of(chat_of(last)?, call.deadline);
            Some(Offset {
                // Where the server tells no rate, the date serves.
                rate: shown.next_rate.unwrap_or(place(last).1),
                peer: known.unwrap_or_default(),
                id: place(last).0,
            })
        });
        let moves_on = next.as_ref().is_some_and(|next| *next != self.offset);
        self.over = shown.whole || !moves_on || !is_new.contains(&true);
        self.offset = next.unwrap_or_default();
        let messages = shown.into_messages(&call.client).into_iter();
        let new = messages.zip(is_new).filter(|(_, is_new)| *is_new);
        Ok(new.filter_map(|(message, _)| message).collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

fn key(message: &Raw) -> (i64, i32) {
    let chat = chat_of(message).map_or(0, marked_id);
    (chat, place(message).0)
}

impl GlobalSearch {
    fn new(client: &Client, wanted: Wanted) -> Self {
        let list = Everywhere {
            wanted,
            seen: HashSet::new(),
            offset: Offset::default(),
            total: None,
            over: false,
        };
        Self {
            pages: Pages::new(client, list),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut SearchGlobal)) -> Self {
        if let Wanted::Messages(request) = &mut self.pages.list.wanted {
            change(request);
        }
        self
    }

    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Of this kind: a [`MessageFilter`](crate::MessageFilter), or one of the raw API.
    pub fn filter(self, filter: impl Into<MessagesFilter>) -> Self {
        self.with(|request| request.filter = filter.into())
    }

    /// In channels alone.
    pub fn channels_only(self) -> Self {
        self.with(|request| request.broadcasts_only = true)
    }

    /// In groups and supergroups alone.
    pub fn groups_only(self) -> Self {
        self.with(|request| request.groups_only = true)
    }

    /// In private chats alone.
    pub fn users_only(self) -> Self {
        self.with(|request| request.users_only = true)
    }

    /// In the archive alone, or in all but that.
    pub fn archived(self, archived: bool) -> Self {
        self.with(|request| request.folder_id = Some(archived.into()))
    }

    /// Sent after this, in seconds since the Unix epoch.
    pub fn since(self, date: i32) -> Self {
        self.with(|request| request.min_date = date)
    }

    /// Sent before this, in seconds since the Unix epoch.
    pub fn until(self, date: i32) -> Self {
        self.with(|request| request.max_date = date)
    }

    /// Of a search for public posts: what it may cost, in stars, where the free ones are used up.
    ///
    /// See <https://core.telegram.org/api/search#posts-tab>.
    pub fn allow_paid_stars(mut self, stars: i64) -> Self {
        if let Wanted::Posts(request) = &mut self.pages.list.wanted {
            request.allow_paid_stars = Some(stars);
        }
        self
    }

    /// How many there are in all, roughly. The first page tells.
    ///
    /// # Errors
    ///
    /// As [`next`](Iterator::next) of the iterator.
    ///
    /// # Blocking
    ///
    /// Until the first page is there, at most for the client's timeout; then not at all.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for GlobalSearch {
    type Item = Result<Message>;

    /// The next message. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for GlobalSearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GlobalSearch")
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The messages with some words in them in all chats of the account. Nothing is asked for
    /// before the first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "Bread and butter")?;
    /// for message in client.search_global("bread").users_only() {
    ///     println!("{}", message?.text());
    /// }
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `SEARCH_QUERY_EMPTY`,
    /// `INPUT_FILTER_INVALID`.
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.searchGlobal>.
    pub fn search_global(&self, query: impl Into<String>) -> GlobalSearch {
        let request = SearchGlobal {
            q: query.into(),
            ..Default::default()
        };
        GlobalSearch::new(self, Wanted::Messages(request.into()))
    }

    /// Posts of public channels with a hashtag, which is written with `#` or without.
    ///
    /// # Errors
    ///
    /// The items are results: as [`search_global`](Self::search_global).
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.searchPosts>.
    pub fn search_hashtag(&self, hashtag: &str) -> GlobalSearch {
        let hashtag = hashtag.trim().trim_start_matches(['#', '$']).to_owned();
        let request = SearchPosts {
            hashtag: Some(hashtag),
            ..Default::default()
        };
        GlobalSearch::new(self, Wanted::Posts(request.into()))
    }

    /// Posts of public channels with some words in them. Accounts with Premium alone may do this,
    /// and so many times a day.
    ///
    /// # Errors
    ///
    /// The items are results: as [`search_global`](Self::search_global). Common answers:
    /// `PREMIUM_ACCOUNT_REQUIRED`, `BALANCE_TOO_LOW`.
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.searchPosts>.
    pub fn search_posts(&self, query: impl Into<String>) -> GlobalSearch {
        let request = SearchPosts {
            query: Some(query.into()),
            ..Default::default()
        };
        GlobalSearch::new(self, Wanted::Posts(request.into()))
    }
}
