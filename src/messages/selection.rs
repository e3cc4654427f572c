//! Which messages of a chat are read, and by which request.
use super::walk::Window;
use crate::client::{Call, Pending};
use crate::tl::enums::{InputPeer, MessagesFilter, Reaction, messages::Messages};
use crate::tl::functions::messages as f;

/// A list of messages that a chat has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// All of them.
    #[default]
    History,
    /// Mentions of this account that it has not seen.
    UnreadMentions,
    /// Own messages with reactions that this account has not seen.
    UnreadReactions,
    /// Own polls with votes that this account has not seen.
    UnreadVotes,
}

/// Which messages of a chat are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    pub(super) kind: Kind,
    /// Of a topic of a forum, or below a post.
    pub(super) topic: Option<i32>,
    pub(super) query: Option<String>,
    pub(super) filter: Option<MessagesFilter>,
    pub(super) saved_reactions: Option<Vec<Reaction>>,
    /// Sent after this, of a search.
    pub(super) min_date: Option<i32>,
    /// Sent before this, of a search.
    pub(super) max_date: Option<i32>,
}

/// Whom a selection names, as requests take it.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) chat: InputPeer,
    pub(super) sender: Option<InputPeer>,
    /// Of whom, in a chat that is divided by people.
    pub(super) saved_from: Option<InputPeer>,
}

impl Selection {
    /// Whether it takes a search to find them.
    pub(super) fn is_search(&self, named: &Named) -> bool {
        self.says_which() || named.sender.is_some()
    }

    /// Whether they are told apart by what they are.
    pub(super) fn says_which(&self) -> bool {
        self.query.is_some() || self.filter.is_some() || self.saved_reactions.is_some()
    }

    /// Asks for a page of them.
    ///
    /// See <https://core.telegram.org/method/messages.getHistory> and the pages of the others.
    pub(super) fn submit(&self, named: &Named, window: Window, call: &Call) -> Pending<Messages> {
        match self.kind {
            Kind::UnreadMentions => self.unread_mentions(named, window, call),
            Kind::UnreadReactions => self.unread_reactions(named, window, call),
            Kind::UnreadVotes => self.unread_votes(named, window, call),
            Kind::History if self.is_search(named) => self.search(named, window, call),
            Kind::History => match (self.topic, &named.saved_from) {
                (Some(topic), _) => Self::replies(named, topic, window, call),
                (None, Some(peer)) => Self::saved(named, peer, window, call),
                (None, None) => Self::history(named, window, call),
            },
        }
    }

    fn history(named: &Named, window: Window, call: &Call) -> Pending<Messages> {
        let request = f::GetHistory {
            peer: named.chat.clone(),
            offset_id: window.offset_id,
            offset_date: window.offset_date,
            add_offset: window.add_offset,
            limit: window.limit,
            ..Default::default()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn replies(named: &Named, topic: i32, window: Window, call: &Call) -> Pending<Messages> {
        let request = f::GetReplies {
            peer: named.chat.clone(),
            msg_id: topic,
            offset_id: window.offset_id,
            offset_date: window.offset_date,
            add_offset: window.add_offset,
            limit: window.limit,
            ..Default::default()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn saved(named: &Named, peer: &InputPeer, window: Window, call: &Call) -> Pending<Messages> {
        let parent = (named.chat != InputPeer::PeerSelf).then(|| named.chat.clone());
        let request = f::GetSavedHistory {
            parent_peer: parent,
            peer: peer.clone(),
            offset_id: window.offset_id,
            offset_date: window.offset_date,
            add_offset: window.add_offset,
            limit: window.limit,
            ..Default::default()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn search(&self, named: &Named, window: Window, call: &Call) -> Pending<Messages> {
        let request = f::Search {
            peer: named.chat.clone(),
            q: self.query.clone().unwrap_or_default(),
            from_id: named.sender.clone(),
            saved_peer_id: named.saved_from.clone(),
            saved_reaction: self.saved_reactions.clone(),
            top_msg_id: self.topic,
            filter: self.filter.clone().unwrap_or_default(),
            min_date: self.min_date.unwrap_or(0),
            max_date: self.max_date.unwrap_or(0),
            offset_id: window.offset_id,
            add_offset: window.add_offset,
            limit: window.limit,
            ..Default::default()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn unread_mentions(&self, named: &Named, window: Window, call: &Call) -> Pending<Messages> {
        let request = f::GetUnreadMentions {
            peer: named.chat.clone(),
            top_msg_id: self.topic,
            offset_id: window.offset_id,
            add_offset: window.add_offset,
            limit: window.limit,
            ..Default::default()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn unread_reactions(&self, named: &Named, window: Window, call: &Call) -> Pending<Messages> {
        let request = f::GetUnreadReactions {
            peer: named.chat.clone(),
            top_msg_id: self.topic,
            saved_peer_id: named.saved_from.clone(),
            offset_id: window.offset_id,
            add_offset: window.add_offset,
            limit: window.limit,
            ..Default::default()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn unread_votes(&self, named: &Named, window: Window, call: &Call) -> Pending<Messages> {
        let request = f::GetUnreadPollVotes {
            peer: named.chat.clone(),
            top_msg_id: self.topic,
            offset_id: window.offset_id,
            add_offset: window.add_offset,
            limit: window.limit,
            ..Default::default()
        };
        call.client.submit_until(&request, call.deadline)
    }
}
