//! The links of an administrator, page by page.
use std::fmt;

use super::invite_link::InviteLink;
use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::messages::ExportedChatInvites;
use crate::tl::functions::messages::GetExportedChatInvites;

/// The links by which an administrator lets others join, the newest first.
///
/// Links that are made or deleted meanwhile take nothing from the others. It ends after an error,
/// and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct InviteLinks {
    pages: Pages<Exported>,
}

struct Exported {
    chat: PeerRef,
    admin: PeerRef,
    request: GetExportedChatInvites,
    total: Option<usize>,
    over: bool,
}

impl List for Exported {
    type Item = InviteLink;
    type Answer = ExportedChatInvites;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<ExportedChatInvites> {
        let (client, deadline) = (&call.client, call.deadline);
        let admin = client.resolve_until(&self.admin, deadline)?;
        self.request.admin_id = input_user(&admin)?;
        let chat = self.chat.clone();
        client.ask_about(&chat, deadline, |peer| {
            self.request.peer = peer.clone();
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<ExportedChatInvites> {
        let request = GetExportedChatInvites {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: ExportedChatInvites) -> Result<Vec<InviteLink>> {
        let ExportedChatInvites::Invites(answer) = answer;
        let count = usize::try_from(answer.count).unwrap_or(0);
        let is_all = self.total.is_none() && answer.invites.len() >= count;
        self.total.get_or_insert(count);
        let links = answer.invites.into_iter();
        let links: Vec<InviteLink> = links.filter_map(InviteLink::from_raw).collect();
        let last = links.last();
        let last = last.map(|it| (Some(it.raw.date), Some(it.raw.link.clone())));
        let (date, link) = last.unwrap_or_default();
        let stands = date == self.request.offset_date && link == self.request.offset_link;
        self.over = is_all || stands || links.is_empty();
        (self.request.offset_date, self.request.offset_link) = (date, link);
        Ok(links)
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl InviteLinks {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Those that were revoked, instead of those that can be used.
    pub fn revoked(mut self, revoked: bool) -> Self {
        self.pages.list.request.revoked = revoked;
        self
    }

    /// How many there are, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::iter_invite_links`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for InviteLinks {
    type Item = Result<InviteLink>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for InviteLinks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InviteLinks")
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The links by which an administrator lets others join. Those of others only the owner of the
    /// chat sees. Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewChat, NewInviteLink};
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.create_invite_link(&club, NewInviteLink::new().title("Friends"))?;
    /// for link in client.iter_invite_links(&club, "me") {
    ///     let link = link?;
    ///     println!("{:?}: {} have joined", link.title(), link.usage());
    /// }
    /// assert_eq!(client.iter_invite_links(&club, "me").revoked(true).count(), 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `ADMIN_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Not; taking a link blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getExportedChatInvites>.
    pub fn iter_invite_links(
        &self,
        chat: impl Into<PeerRef>,
        admin: impl Into<PeerRef>,
    ) -> InviteLinks {
        let list = Exported {
            chat: chat.into(),
            admin: admin.into(),
            request: GetExportedChatInvites::default(),
            total: None,
            over: false,
        };
        InviteLinks {
            pages: Pages::new(self, list),
        }
    }
}
