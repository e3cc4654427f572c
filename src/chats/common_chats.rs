//! Groups that one is in together with somebody, and who of a group is online.
use std::fmt;

use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{Chat, PeerRef, input_user};
use crate::tl::enums::ChatOnlines;
use crate::tl::enums::messages::Chats;
use crate::tl::functions::messages::{GetCommonChats, GetOnlines};

/// The groups that one is in together with somebody, the newest first.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct CommonChats {
    pages: Pages<Shared>,
}

struct Shared {
    user: PeerRef,
    request: GetCommonChats,
    over: bool,
}

impl List for Shared {
    type Item = Chat;
    type Answer = Chats;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<Chats> {
        let user = self.user.clone();
        call.client.ask_about(&user, call.deadline, |peer| {
            self.request.user_id = input_user(peer)?;
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<Chats> {
        let request = GetCommonChats {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: Chats) -> Result<Vec<Chat>> {
        let (chats, is_all) = match answer {
            Chats::Chats(all) => (all.chats, self.request.max_id == 0),
            Chats::Slice(some) => (some.chats, false),
            _ => (Vec::new(), true),
        };
        let before = self.request.max_id;
        let chats = chats.into_iter().filter_map(Chat::from_raw);
        // Whatever the server says: what has come is not given again.
        let chats: Vec<Chat> = chats
            .filter(|it| before == 0 || bare(it) < before)
            .collect();
        let smallest = chats.iter().map(bare).min();
        self.over = is_all || smallest.is_none();
        self.request.max_id = smallest.unwrap_or(before);
        Ok(chats)
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

/// The id without the mark of the Bot API.
fn bare(chat: &Chat) -> i64 {
    match chat {
        Chat::User(user) => user.id(),
        Chat::Group(group) => group.id(),
        Chat::Channel(channel) => channel.id(),
        _ => 0,
    }
}

impl CommonChats {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }
}

impl Iterator for CommonChats {
    type Item = Result<Chat>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for CommonChats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommonChats")
            .field("user", &self.pages.list.user)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The groups that one is in together with somebody. Nothing is asked for before the first is
    /// taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
    /// # let group = -telegram.add_group("Friends", me, &[bob_id]);
    /// # client.iter_participants(group).count();
    /// let shared = client.iter_common_chats(bob_id).next().expect("there is one")?;
    /// assert_eq!(shared.title(), "Friends");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for what is no user.
    ///
    /// # Blocking
    ///
    /// Not; taking a group blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getCommonChats>.
    pub fn iter_common_chats(&self, user: impl Into<PeerRef>) -> CommonChats {
        let list = Shared {
            user: user.into(),
            request: GetCommonChats::default(),
            over: false,
        };
        CommonChats {
            pages: Pages::new(self, list),
        }
    }

    /// How many of a group or channel are online.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// assert!(client.online_count(&club)? <= 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getOnlines>.
    pub fn online_count(&self, chat: impl Into<PeerRef>) -> Result<i32> {
        let (chat, deadline) = (chat.into(), self.begin_for::<GetOnlines>()?);
        let ChatOnlines::Onlines(answer) = self.ask_about(&chat, deadline, |peer| {
            let peer = peer.clone();
            self.ask_until(&GetOnlines { peer }, deadline)
        })?;
        Ok(answer.onlines)
    }
}
