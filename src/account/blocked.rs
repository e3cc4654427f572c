//! Who is blocked.
use std::collections::HashSet;
use std::fmt;

use crate::client::{Call, Client, List, PAGE, Pages, Pending};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef, marked_id};
use crate::tl::enums::contacts::Blocked;
use crate::tl::enums::{Peer, PeerBlocked};
use crate::tl::functions::contacts as f;

/// The account's two lists of whom it does not want to hear of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BlockList {
    /// Who can neither write to the account nor see much of it.
    #[default]
    All,
    /// Who does not see the account's stories.
    Stories,
}

impl BlockList {
    fn is_of_stories(self) -> bool {
        self == Self::Stories
    }
}

/// Somebody who is blocked.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BlockedPeer {
    /// Who it is.
    pub peer: Peer,
    /// Since when, in seconds since the Unix epoch.
    pub date: i32,
    /// The users and chats that came along.
    pub peers: PeerMap,
}

/// Who is blocked, the last one first, each once. Pages are counted from there: who is blocked
/// meanwhile is not given; whoever is let go moves the others, so one may be missing then. Who
/// wants to let all of them go collects the list first.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct BlockedPeers {
    pages: Pages<Listed>,
}

struct Listed {
    request: f::GetBlocked,
    seen: HashSet<i64>,
    total: Option<usize>,
    over: bool,
}

impl List for Listed {
    type Item = BlockedPeer;
    type Answer = Blocked;

    fn submit(&self, call: &Call, wanted: usize) -> Pending<Blocked> {
        let request = f::GetBlocked {
            limit: i32::try_from(wanted.min(PAGE)).unwrap_or(i32::MAX),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: Blocked) -> Result<Vec<BlockedPeer>> {
        let before = usize::try_from(self.request.offset).unwrap_or(0);
        let (blocked, total, peers) = match answer {
            Blocked::Blocked(all) => {
                let total = before + all.blocked.len();
                (all.blocked, total, PeerMap::new(all.users, all.chats))
            }
            Blocked::Slice(some) => {
                let total = usize::try_from(some.count).unwrap_or(0);
                (some.blocked, total, PeerMap::new(some.users, some.chats))
            }
            _ => (Vec::new(), before, PeerMap::default()),
        };
        self.total.get_or_insert(total);
        let came = i32::try_from(blocked.len()).unwrap_or(i32::MAX);
        self.request.offset = self.request.offset.saturating_add(came);
        self.over = came == 0 || before.saturating_add(blocked.len()) >= total;
        let blocked = blocked.into_iter();
        let blocked = blocked.map(|PeerBlocked::Blocked(it)| BlockedPeer {
            peer: it.peer_id,
            date: it.date,
            peers: peers.clone(),
        });
        Ok(blocked
            .filter(|it| self.seen.insert(marked_id(&it.peer)))
            .collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl BlockedPeers {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// How many there are in all, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::iter_blocked`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for BlockedPeers {
    type Item = Result<BlockedPeer>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for BlockedPeers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockedPeers")
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Who is in one of the lists of the blocked. Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # let bob = format!("@{name}");
    /// use ferogram_sync::BlockList;
    ///
    /// client.block(&bob, BlockList::All)?;
    /// let first = client.iter_blocked(BlockList::All).next().expect("there is one")?;
    /// assert_eq!(first.peer, client.resolve(&bob)?);
    /// assert_eq!(client.iter_blocked(BlockList::Stories).total()?, 0);
    /// client.unblock(&bob, BlockList::All)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// In the items, as [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    ///
    /// See <https://core.telegram.org/method/contacts.getBlocked>.
    pub fn iter_blocked(&self, of: BlockList) -> BlockedPeers {
        let list = Listed {
            request: f::GetBlocked {
                my_stories_from: of.is_of_stories(),
                ..Default::default()
            },
            seen: HashSet::new(),
            total: None,
            over: false,
        };
        BlockedPeers {
            pages: Pages::new(self, list),
        }
    }

    /// Blocks a user, or a channel that comments in its own name.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CONTACT_ID_INVALID`,
    /// `PEER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.block>.
    pub fn block(&self, peer: impl Into<PeerRef>, list: BlockList) -> Result<()> {
        let deadline = self.begin_for::<f::Block>()?;
        self.ask_about(&peer.into(), deadline, |id| {
            let request = f::Block {
                my_stories_from: list.is_of_stories(),
                id: id.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Lets somebody who is blocked go.
    ///
    /// # Errors
    ///
    /// As [`block`](Self::block).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.unblock>.
    pub fn unblock(&self, peer: impl Into<PeerRef>, list: BlockList) -> Result<()> {
        let deadline = self.begin_for::<f::Unblock>()?;
        self.ask_about(&peer.into(), deadline, |id| {
            let request = f::Unblock {
                my_stories_from: list.is_of_stories(),
                id: id.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Puts exactly these into one of the lists of the blocked: whoever else is there is let go.
    ///
    /// # Errors
    ///
    /// As [`block`](Self::block).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.setBlocked>.
    pub fn set_blocked<P: Into<PeerRef>>(
        &self,
        peers: impl IntoIterator<Item = P>,
        list: BlockList,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::SetBlocked>()?;
        let id = peers.into_iter();
        let id = id.map(|peer| self.resolve_until(&peer.into(), deadline));
        let id = id.collect::<Result<Vec<_>>>()?;
        let request = f::SetBlocked {
            my_stories_from: list.is_of_stories(),
            limit: i32::try_from(id.len()).unwrap_or(i32::MAX),
            id,
        };
        self.ask_until(&request, deadline).map(drop)
    }
}
