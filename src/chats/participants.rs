//! Reading who is in a group or channel.
use std::fmt;

use super::crowd::{AT_ONCE, Crowd, Face};
use super::member_filter::MemberFilter;
use super::participant::{Participant, of_group};
use crate::client::{Call, Client, List, Pages, Pending};
use crate::error::{Error, Result};
use crate::peers::{Chat, PeerMap, PeerRef, input_channel, marked_id};
use crate::tl::enums::channels::ChannelParticipants;
use crate::tl::enums::messages;
use crate::tl::enums::{ChannelParticipantsFilter, ChatFull, InputChannel, InputPeer};
use crate::tl::functions::channels::GetParticipants;
use crate::tl::functions::messages::GetFullChat;
use crate::tl::types;

/// Who is in a group or channel, one after the other. What it is told counts before the first is
/// taken.
///
/// People come and go while it is read: whoever is there all the time is given, and nobody twice.
/// Of a supergroup with more than some ten thousand members, the server's list ends before they do:
/// then names are looked for by their first letters. Where many have the same name, that is not
/// enough either, and [`is_complete`](Self::is_complete) says so. Of a channel, the server shows
/// administrators alone who is there, and no more than two hundred at once. Members can be hidden
/// in a supergroup: then only administrators see them.
///
/// A page of up to two hundred is asked for at once, and the next one when half of it is read.
/// After an error, it ends. It does not keep the client alive.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let (client, bob) = (telegram.user(), telegram.user());
/// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
/// # let club = localdc::NewChannel::private("Club").megagroup().owner(me).members([bob_id]);
/// # let club = -1_000_000_000_000 - telegram.add_channel(club);
/// let mut members = client.iter_participants(club);
/// assert_eq!(members.total()?, 2);
/// for member in members.by_ref() {
///     let member = member?;
///     println!("{:?} {:?}", member.user().map(|user| user.full_name()), member.status());
/// }
/// assert!(members.is_complete());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/method/channels.getParticipants>.
#[must_use = "it asks for nothing before it is read"]
pub struct Participants {
    pages: Pages<Members>,
}

/// The members that are read.
struct Members {
    chat: PeerRef,
    filter: MemberFilter,
    channel: InputChannel,
    crowd: Crowd,
}

impl Members {
    fn request(&self) -> GetParticipants {
        let (query, offset) = self.crowd.page();
        let filter: ChannelParticipantsFilter = match query {
            "" => self.filter.clone().into(),
            query => MemberFilter::Named(query.to_owned()).into(),
        };
        GetParticipants {
            channel: self.channel.clone(),
            filter,
            offset: i32::try_from(offset).unwrap_or(i32::MAX),
            limit: i32::try_from(AT_ONCE).unwrap_or(i32::MAX),
            ..Default::default()
        }
    }

    /// The members of a small group come all at once.
    fn of_group(&self, chat_id: i64, call: &Call) -> Result<ChannelParticipants> {
        let answer = call
            .client
            .ask_until(&GetFullChat { chat_id }, call.deadline)?;
        let messages::ChatFull::Full(answer) = answer;
        let ChatFull::Full(full) = answer.full_chat else {
            return Err(Error::Unexpected("the server shows another chat"));
        };
        let peers = PeerMap::new(answer.users.clone(), answer.chats.clone());
        let mut participants = of_group(full.participants);
        participants.retain(|one| self.is_wanted(&Participant::new(one.clone(), peers.clone())));
        Ok(types::channels::ChannelParticipants {
            count: i32::try_from(participants.len()).unwrap_or(i32::MAX),
            participants,
            chats: answer.chats,
            users: answer.users,
        }
        .into())
    }

    /// Of a small group, the server sorts nobody out.
    fn is_wanted(&self, one: &Participant) -> bool {
        let named = |query: &String| {
            let query = query.to_lowercase();
            let mut names = one.chat().into_iter().flat_map(names);
            query.is_empty() || names.any(|name| name.to_lowercase().starts_with(&query))
        };
        match &self.filter {
            MemberFilter::Everybody => true,
            MemberFilter::Admins => one.admin_rights().is_some(),
            MemberFilter::Bots => one.user().is_some_and(|user| user.is_bot()),
            MemberFilter::Banned(_) | MemberFilter::Restricted(_) => false,
            MemberFilter::Contacts(query) => {
                one.user().is_some_and(|user| user.is_contact()) && named(query)
            }
            MemberFilter::Named(query) | MemberFilter::Mentionable(query, _) => named(query),
        }
    }
}

impl List for Members {
    type Item = Participant;
    type Answer = ChannelParticipants;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<ChannelParticipants> {
        let chat = self.chat.clone();
        call.client.ask_about(&chat, call.deadline, |chat| {
            if let InputPeer::Chat(group) = chat {
                return self.of_group(group.chat_id, call);
            }
            self.channel = input_channel(chat)?;
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, _wanted: usize) -> Pending<ChannelParticipants> {
        call.client.submit_until(&self.request(), call.deadline)
    }

    fn read(&mut self, _call: &Call, answer: ChannelParticipants) -> Result<Vec<Participant>> {
        let (participants, count, peers) = match answer {
            ChannelParticipants::Participants(it) => {
                let peers = PeerMap::new(it.users, it.chats);
                (it.participants, it.count, peers)
            }
            _ => (Vec::new(), 0, PeerMap::default()),
        };
        let participants = participants.into_iter();
        let participants: Vec<Participant> = participants
            .map(|raw| Participant::new(raw, peers.clone()))
            .collect();
        let face = |one: &Participant| Face {
            id: marked_id(&one.peer()),
            names: one.chat().into_iter().flat_map(names).collect(),
        };
        let faces: Vec<Face> = participants.iter().map(face).collect();
        self.crowd.may_search = self.filter == MemberFilter::Everybody;
        let count = usize::try_from(count).unwrap_or(0);
        let admitted = self.crowd.admit(&faces, count);
        Ok(admitted
            .into_iter()
            .map(|at| participants[at].clone())
            .collect())
    }

    fn is_over(&self) -> bool {
        self.crowd.is_over()
    }
}

/// The names by which the server finds somebody.
fn names(chat: &Chat) -> Vec<String> {
    let title = chat.title();
    let words = title.split_whitespace().map(str::to_owned);
    let username = chat.username().map(str::to_owned);
    words.chain(username).collect()
}

impl Participants {
    /// No more than so many.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Those alone.
    pub fn filter(mut self, filter: MemberFilter) -> Self {
        self.pages.list.filter = filter;
        self
    }

    /// How many there are, by the server's counting. The first page tells.
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
        Ok(self.pages.list.crowd.total().unwrap_or(0))
    }

    /// Whether as many have come, and been given or wait to be, as the server counts. Before the
    /// end it may just be too early.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.pages.list.crowd.is_complete()
    }
}

impl Iterator for Participants {
    type Item = Result<Participant>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for Participants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Participants")
            .field("chat", &self.pages.list.chat)
            .field("total", &self.pages.list.crowd.total())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Who is in a group or channel: [`Participants`] says which. Nothing is asked for before the
    /// first is taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let (me, bob_id) = (client.my_id().unwrap_or(0), bob.my_id().unwrap_or(0));
    /// # let group = -telegram.add_group("Friends", me, &[bob_id]);
    /// use ferogram_sync::MemberFilter;
    ///
    /// assert_eq!(client.iter_participants(group).count(), 2);
    /// let admins = client.iter_participants(group).filter(MemberFilter::Admins);
    /// assert_eq!(admins.count(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for a user. Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `CHANNEL_PRIVATE`.
    ///
    /// # Blocking
    ///
    /// Not; taking somebody blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getParticipants> and
    /// <https://core.telegram.org/method/messages.getFullChat>.
    pub fn iter_participants(&self, peer: impl Into<PeerRef>) -> Participants {
        let list = Members {
            chat: peer.into(),
            filter: MemberFilter::default(),
            channel: InputChannel::default(),
            crowd: Crowd::default(),
        };
        Participants {
            pages: Pages::new(self, list),
        }
    }
}
