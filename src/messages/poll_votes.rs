//! Who has chosen what in a poll.
use std::fmt;

use super::message::Message;
use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef};
use crate::tl::enums::messages::VotesList;
use crate::tl::enums::{MessagePeerVote, Peer};
use crate::tl::functions::messages::GetPollVotes;

/// What somebody has chosen in a poll.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PollVote {
    /// Who it is.
    pub peer: Peer,
    /// The bytes of the answers; those that were asked for alone are left out.
    pub options: Vec<Vec<u8>>,
    /// When, in seconds since the Unix epoch.
    pub date: i32,
    /// The users and chats that came with it.
    pub peers: PeerMap,
}

/// Who has chosen what in a poll, the newest first. Each page begins where the server says: who
/// votes meanwhile may come twice or not at all.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct PollVotes {
    pages: Pages<Votes>,
}

struct Votes {
    peer: PeerRef,
    request: GetPollVotes,
    total: Option<usize>,
    over: bool,
}

impl List for Votes {
    type Item = PollVote;
    type Answer = VotesList;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<VotesList> {
        let peer = self.peer.clone();
        call.client.ask_about(&peer, call.deadline, |peer| {
            self.request.peer = peer.clone();
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<VotesList> {
        let request = GetPollVotes {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: VotesList) -> Result<Vec<PollVote>> {
        let VotesList::List(list) = answer;
        self.total
            .get_or_insert(usize::try_from(list.count).unwrap_or(0));
        self.over = list.next_offset.is_none() || list.votes.is_empty();
        self.request.offset = list.next_offset;
        let peers = PeerMap::new(list.users, list.chats);
        let votes = list.votes.into_iter();
        Ok(votes.filter_map(|vote| vote_of(vote, &peers)).collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

fn vote_of(vote: MessagePeerVote, peers: &PeerMap) -> Option<PollVote> {
    let (peer, options, date) = match vote {
        MessagePeerVote::Vote(it) => (it.peer, vec![it.option], it.date),
        MessagePeerVote::InputOption(it) => (it.peer, Vec::new(), it.date),
        MessagePeerVote::Multiple(it) => (it.peer, it.options, it.date),
        _ => return None,
    };
    let peers = peers.clone();
    Some(PollVote {
        peer,
        options,
        date,
        peers,
    })
}

impl PollVotes {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Of those who have chosen this answer, by its bytes.
    pub fn option(mut self, option: impl Into<Vec<u8>>) -> Self {
        self.pages.list.request.option = Some(option.into());
        self
    }

    /// How many there are in all, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::poll_votes`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for PollVotes {
    type Item = Result<PollVote>;

    /// The next vote. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for PollVotes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollVotes")
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Who has chosen what in a poll with public votes: for who has voted. Nothing is asked for
    /// before the first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputPoll;
    ///
    /// let poll = InputPoll::new("Tea?").answers(["Yes", "No"]).public_voters(true);
    /// let message = client.send_poll("me", poll)?;
    /// message.vote(&[1])?;
    /// let mut votes = client.poll_votes("me", message.id());
    /// assert_eq!(votes.total()?, 1);
    /// let vote = votes.next().expect("it is one")?;
    /// assert_eq!(vote.options, [message.poll().expect("it is one").answers()[1].option.clone()]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// In the items, as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common
    /// answers: `POLL_VOTE_REQUIRED`, `BROADCAST_FORBIDDEN`.
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    ///
    /// See <https://core.telegram.org/method/messages.getPollVotes>.
    pub fn poll_votes(&self, peer: impl Into<PeerRef>, message_id: i32) -> PollVotes {
        let list = Votes {
            peer: peer.into(),
            request: GetPollVotes {
                id: message_id,
                ..Default::default()
            },
            total: None,
            over: false,
        };
        PollVotes {
            pages: Pages::new(self, list),
        }
    }
}

impl Message {
    /// Who has chosen what in the poll in it. As [`Client::poll_votes`].
    ///
    /// # Errors
    ///
    /// When the client is not there any more; in the items, as [`Client::poll_votes`].
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    pub fn poll_votes(&self) -> Result<PollVotes> {
        Ok(self.client()?.poll_votes(self, self.sent_id()?))
    }
}
