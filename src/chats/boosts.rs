//! Boosts of channels and supergroups.
use std::fmt;

use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef, User};
use crate::tl::enums;
use crate::tl::enums::premium::{BoostsList, BoostsStatus, MyBoosts};
use crate::tl::functions::premium as f;
use crate::tl::types;

/// How far the boosts of a channel or supergroup have brought it.
///
/// See <https://core.telegram.org/constructor/premium.boostsStatus>.
pub type BoostStatus = types::premium::BoostsStatus;

/// One of this account's boosts, and what it was given to.
///
/// See <https://core.telegram.org/constructor/myBoost>.
pub type MyBoost = types::MyBoost;

/// A boost that somebody has given to a channel or supergroup.
///
/// See <https://core.telegram.org/constructor/boost>.
#[derive(Clone, Debug)]
pub struct Boost {
    /// Everything that the server told.
    pub raw: types::Boost,
    peers: PeerMap,
}

impl Boost {
    /// Who has given it; nobody yet, of one that is to be won.
    #[must_use]
    pub fn user_id(&self) -> Option<i64> {
        self.raw.user_id
    }

    /// The same, as it came with the boost.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.peers.user(self.raw.user_id?)
    }

    /// When it was given, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// When it ends, in seconds since the Unix epoch.
    #[must_use]
    pub fn expires(&self) -> i32 {
        self.raw.expires
    }

    /// As how many it counts.
    #[must_use]
    pub fn multiplier(&self) -> i32 {
        self.raw.multiplier.unwrap_or(1)
    }
}

/// The boosts that a channel or supergroup was given, the newest first. Each page begins where the
/// server says: who boosts meanwhile may come twice or not at all.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct Boosts {
    pages: Pages<Given>,
}

struct Given {
    chat: PeerRef,
    request: f::GetBoostsList,
    total: Option<usize>,
    over: bool,
}

impl List for Given {
    type Item = Boost;
    type Answer = BoostsList;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<BoostsList> {
        let chat = self.chat.clone();
        call.client.ask_about(&chat, call.deadline, |peer| {
            self.request.peer = peer.clone();
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<BoostsList> {
        let request = f::GetBoostsList {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: BoostsList) -> Result<Vec<Boost>> {
        let BoostsList::List(list) = answer;
        let count = usize::try_from(list.count).unwrap_or(0);
        self.total.get_or_insert(count);
        self.over = list.next_offset.is_none() || list.boosts.is_empty();
        self.request.offset = list.next_offset.unwrap_or_default();
        let peers = PeerMap::new(list.users, Vec::new());
        let boosts = list.boosts.into_iter();
        let boosts = boosts.map(|enums::Boost::Boost(raw)| Boost {
            raw: *raw,
            peers: peers.clone(),
        });
        Ok(boosts.collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl Boosts {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Those alone that came with gifts.
    pub fn gifts(mut self, gifts: bool) -> Self {
        self.pages.list.request.gifts = gifts;
        self
    }

    /// How many there are, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::iter_boosts`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for Boosts {
    type Item = Result<Boost>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for Boosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Boosts")
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// How far the boosts of a channel or supergroup have brought it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # telegram.give_boosts(client.my_id().unwrap_or(0), 2);
    /// use ferogram_sync::NewChat;
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let slots: Vec<i32> = client.my_boosts()?.0.iter().map(|boost| boost.slot).collect();
    /// client.apply_boosts(&club, slots)?;
    /// assert_eq!(client.boost_status(&club)?.boosts, 2);
    /// assert_eq!(client.iter_boosts(&club).count(), 2);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `PEER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/premium.getBoostsStatus>.
    pub fn boost_status(&self, chat: impl Into<PeerRef>) -> Result<BoostStatus> {
        let (chat, deadline) = (chat.into(), self.begin_for::<f::GetBoostsStatus>()?);
        let BoostsStatus::Status(status) = self.ask_about(&chat, deadline, |peer| {
            let peer = peer.clone();
            self.ask_until(&f::GetBoostsStatus { peer }, deadline)
        })?;
        Ok(*status)
    }

    /// The boosts that a channel or supergroup was given, for its administrators. Nothing is asked
    /// for before the first is taken.
    ///
    /// # Errors
    ///
    /// The items are results: as [`boost_status`](Self::boost_status). Common answers:
    /// `CHAT_ADMIN_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Not; taking a boost blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/premium.getBoostsList>.
    pub fn iter_boosts(&self, chat: impl Into<PeerRef>) -> Boosts {
        let list = Given {
            chat: chat.into(),
            request: f::GetBoostsList::default(),
            total: None,
            over: false,
        };
        Boosts {
            pages: Pages::new(self, list),
        }
    }

    /// The boosts of this account, and what they were given to.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/premium.getMyBoosts>.
    pub fn my_boosts(&self) -> Result<(Vec<MyBoost>, PeerMap)> {
        Ok(own(self.ask(&f::GetMyBoosts {})?))
    }

    /// Gives boosts of this account to a channel or supergroup, by their slots.
    ///
    /// # Errors
    ///
    /// As [`boost_status`](Self::boost_status). Common answers: `BOOSTS_EMPTY`, `SLOTS_EMPTY`,
    /// `BOOST_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/premium.applyBoost>.
    pub fn apply_boosts(
        &self,
        chat: impl Into<PeerRef>,
        slots: impl IntoIterator<Item = i32>,
    ) -> Result<(Vec<MyBoost>, PeerMap)> {
        let (chat, deadline) = (chat.into(), self.begin_for::<f::ApplyBoost>()?);
        let slots: Vec<i32> = slots.into_iter().collect();
        let answer = self.ask_about(&chat, deadline, |peer| {
            let request = f::ApplyBoost {
                slots: Some(slots.clone()),
                peer: peer.clone(),
            };
            self.ask_until(&request, deadline)
        })?;
        Ok(own(answer))
    }
}

fn own(answer: MyBoosts) -> (Vec<MyBoost>, PeerMap) {
    let MyBoosts::Boosts(answer) = answer;
    let boosts = answer.my_boosts.into_iter();
    let boosts = boosts.map(|enums::MyBoost::Boost(it)| it).collect();
    (boosts, PeerMap::new(answer.users, answer.chats))
}
