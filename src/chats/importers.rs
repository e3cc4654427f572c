//! Who has joined by a link, and who asks to be let in.
use std::fmt;

use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef, User};
use crate::tl::enums::ChatInviteImporter;
use crate::tl::enums::messages::ChatInviteImporters;
use crate::tl::functions::messages::GetChatInviteImporters;
use crate::tl::types;

/// Somebody who has joined by a link, or asks to be let in.
///
/// See <https://core.telegram.org/constructor/chatInviteImporter>.
#[derive(Clone, Debug)]
pub struct Importer {
    /// Everything that the server told.
    pub raw: types::ChatInviteImporter,
    peers: PeerMap,
}

impl Importer {
    /// The id of the user.
    #[must_use]
    pub fn user_id(&self) -> i64 {
        self.raw.user_id
    }

    /// The user, as the server shows them.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.peers.user(self.raw.user_id)
    }

    /// When they joined or asked to, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// Whether they wait to be let in.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.raw.requested
    }

    /// What somebody who waits says of themselves.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.raw.about.as_deref()
    }

    /// Who has let them in.
    #[must_use]
    pub fn approved_by(&self) -> Option<i64> {
        self.raw.approved_by
    }
}

impl From<&Importer> for PeerRef {
    fn from(importer: &Importer) -> Self {
        match importer.user() {
            Some(user) => user.into(),
            None => Self::from(importer.raw.user_id),
        }
    }
}

/// Who has joined by a link, or asks to be let in, the newest first.
///
/// Who comes meanwhile takes nothing from the others. It ends after an error, and does not keep the
/// client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct Importers {
    pages: Pages<Asking>,
}

struct Asking {
    chat: PeerRef,
    request: GetChatInviteImporters,
    total: Option<usize>,
    over: bool,
}

impl List for Asking {
    type Item = Importer;
    type Answer = ChatInviteImporters;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<ChatInviteImporters> {
        let chat = self.chat.clone();
        call.client.ask_about(&chat, call.deadline, |peer| {
            self.request.peer = peer.clone();
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<ChatInviteImporters> {
        let request = GetChatInviteImporters {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, call: &Call, answer: ChatInviteImporters) -> Result<Vec<Importer>> {
        let ChatInviteImporters::Importers(answer) = answer;
        let count = usize::try_from(answer.count).unwrap_or(0);
        let is_all = self.total.is_none() && answer.importers.len() >= count;
        self.total.get_or_insert(count);
        let peers = PeerMap::new(answer.users, Vec::new());
        let importers = answer.importers.into_iter();
        let importers: Vec<Importer> = importers
            .map(|ChatInviteImporter::Importer(raw)| Importer {
                raw: *raw,
                peers: peers.clone(),
            })
            .collect();
        // A page begins after the last one of the page before:
        // https://core.telegram.org/method/messages.getChatInviteImporters.
        let last = importers.last().map(|it| (it.raw.date, it.raw.user_id));
        let (date, user) = last.unwrap_or_default();
        let user = call.client.user_as_known(user, call.deadline)?;
        let user = user.unwrap_or_default();
        let stands = date == self.request.offset_date && user == self.request.offset_user;
        self.over = is_all || stands || importers.is_empty();
        (self.request.offset_date, self.request.offset_user) = (date, user);
        Ok(importers)
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl Importers {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Those alone who came by this link.
    pub fn link(mut self, link: impl Into<String>) -> Self {
        self.pages.list.request.link = Some(link.into());
        self
    }

    /// Those alone of this name. Not together with a link: `SEARCH_WITH_LINK_NOT_SUPPORTED`.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.pages.list.request.q = Some(name.into());
        self
    }

    /// Those alone whose subscription has ended.
    pub fn expired(mut self, expired: bool) -> Self {
        self.pages.list.request.subscription_expired = expired;
        self
    }

    /// How many there are, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::iter_join_requests`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for Importers {
    type Item = Result<Importer>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for Importers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Importers")
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Who has joined by a link. Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # use ferogram_sync::{NewChat, NewInviteLink};
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let link = client.create_invite_link(&club, NewInviteLink::new())?;
    /// bob.join_chat(link.link())?;
    /// for importer in client.iter_importers(&club, link.link()) {
    ///     assert_eq!(Some(importer?.user_id()), bob.my_id());
    /// }
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`iter_join_requests`](Self::iter_join_requests). Common answers:
    /// `INVITE_HASH_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Not; taking one blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getChatInviteImporters>.
    pub fn iter_importers(&self, chat: impl Into<PeerRef>, link: impl Into<String>) -> Importers {
        self.importers(chat.into(), false).link(link)
    }

    /// Who asks to be let in. Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # use ferogram_sync::{NewChat, NewInviteLink};
    /// use ferogram_sync::Joined;
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let link = NewInviteLink::new().request_needed(true);
    /// let link = client.create_invite_link(&club, link)?;
    /// assert!(matches!(bob.join_by_link(link.link())?, Joined::Requested));
    /// for request in client.iter_join_requests(&club) {
    ///     client.approve_join_request(&club, &request?)?;
    /// }
    /// assert_eq!(client.iter_participants(&club).count(), 2);
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
    /// Not; taking one blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getChatInviteImporters>.
    pub fn iter_join_requests(&self, chat: impl Into<PeerRef>) -> Importers {
        self.importers(chat.into(), true)
    }

    fn importers(&self, chat: PeerRef, requested: bool) -> Importers {
        let list = Asking {
            chat,
            request: GetChatInviteImporters {
                requested,
                ..Default::default()
            },
            total: None,
            over: false,
        };
        Importers {
            pages: Pages::new(self, list),
        }
    }
}
