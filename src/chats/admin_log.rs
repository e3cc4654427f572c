//! What was done in a channel or supergroup, as a list.
use std::fmt;

use super::admin_event::AdminEvent;
use super::admin_log_filter::AdminLogFilter;
use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef, input_channel, input_user};
use crate::tl::enums::ChannelAdminLogEvent;
use crate::tl::enums::channels::AdminLogResults;
use crate::tl::functions::channels::GetAdminLog;

/// What was done in a channel or supergroup within the last two days, the newest first. What is
/// done meanwhile takes nothing from the rest.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct AdminLog {
    pages: Pages<Events>,
}

struct Events {
    chat: PeerRef,
    admins: Vec<PeerRef>,
    request: GetAdminLog,
    over: bool,
}

impl List for Events {
    type Item = AdminEvent;
    type Answer = AdminLogResults;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<AdminLogResults> {
        let (client, deadline) = (&call.client, call.deadline);
        let admins = self.admins.iter();
        let admins = admins.map(|admin| input_user(&client.resolve_until(admin, deadline)?));
        let admins = admins.collect::<Result<Vec<_>>>()?;
        self.request.admins = Some(admins).filter(|admins| !admins.is_empty());
        let chat = self.chat.clone();
        client.ask_about(&chat, deadline, |chat| {
            self.request.channel = input_channel(chat)?;
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<AdminLogResults> {
        let request = GetAdminLog {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, call: &Call, answer: AdminLogResults) -> Result<Vec<AdminEvent>> {
        let AdminLogResults::Results(answer) = answer;
        let peers = PeerMap::new(answer.users, answer.chats);
        let client = call.client.weak();
        let before = self.request.max_id;
        let events = answer.events.into_iter();
        let events = events.map(|ChannelAdminLogEvent::Event(raw)| raw);
        // Whatever the server says: what has come is not given again.
        let events = events.filter(|raw| before == 0 || raw.id < before);
        let events: Vec<AdminEvent> = events
            .map(|raw| AdminEvent::new(*raw, peers.clone(), client.clone()))
            .collect();
        let smallest = events.iter().map(AdminEvent::id).min();
        self.over = smallest.is_none();
        self.request.max_id = smallest.unwrap_or(before);
        Ok(events)
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl AdminLog {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Events of these kinds alone.
    pub fn filter(mut self, filter: AdminLogFilter) -> Self {
        self.pages.list.request.events_filter = Some(filter.raw.into());
        self
    }

    /// What these administrators have done alone.
    pub fn admins<P: Into<PeerRef>>(mut self, admins: impl IntoIterator<Item = P>) -> Self {
        let admins = admins.into_iter().map(Into::into);
        self.pages.list.admins.extend(admins);
        self
    }

    /// Events alone in which these words stand.
    pub fn query(mut self, words: impl Into<String>) -> Self {
        self.pages.list.request.q = words.into();
        self
    }

    /// Events alone that are older than this one, by its id.
    pub fn before(mut self, event_id: i64) -> Self {
        self.pages.list.request.max_id = event_id;
        self
    }

    /// Events alone that are newer than this one, by its id.
    pub fn after(mut self, event_id: i64) -> Self {
        self.pages.list.request.min_id = event_id;
        self
    }
}

impl Iterator for AdminLog {
    type Item = Result<AdminEvent>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for AdminLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminLog")
            .field("chat", &self.pages.list.chat)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// What was done in a channel or supergroup within the last two days: for its administrators.
    /// Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{AdminAction, AdminLogFilter, NewChat};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.set_chat_title(&club, "Garden club")?;
    /// let mut log = client.iter_admin_log(&club).filter(AdminLogFilter::new().info(true));
    /// let event = log.next().expect("it was done")?;
    /// let AdminAction::Title(title) = event.action() else { panic!("{event:?}") };
    /// assert_eq!((&*title.old, &*title.new), ("Club", "Garden club"));
    /// assert_eq!(event.user().map(|user| user.is_self()), Some(true));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for a small group. Common answers:
    /// `CHAT_ADMIN_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Not; taking an event blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getAdminLog>.
    pub fn iter_admin_log(&self, chat: impl Into<PeerRef>) -> AdminLog {
        let list = Events {
            chat: chat.into(),
            admins: Vec::new(),
            request: GetAdminLog::default(),
            over: false,
        };
        AdminLog {
            pages: Pages::new(self, list),
        }
    }
}
