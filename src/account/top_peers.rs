//! Whom the account has most to do with.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef};
use crate::tl::enums::contacts::TopPeers as Answer;
use crate::tl::enums::{self, Peer, TopPeerCategory};
use crate::tl::functions::contacts::{GetTopPeers, ResetTopPeerRating, ToggleTopPeers};

/// Whom the account has most to do with, in one respect.
///
/// See <https://core.telegram.org/api/top-rating>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TopPeers {
    /// In which respect.
    pub category: TopPeerCategory,
    /// Who they are, and their rating: the highest first.
    pub rated: Vec<(Peer, f64)>,
    /// How many there are in all.
    pub total: i32,
    /// The users and chats that came along.
    pub peers: PeerMap,
}

impl Client {
    /// Whom the account has most to do with, in each of these respects. `None` when the account
    /// does not want it to be counted.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # let bob = format!("@{name}");
    /// use ferogram_sync::tl::enums::TopPeerCategory;
    ///
    /// client.send_message(&bob, "Hello")?;
    /// let friends = client.top_peers([TopPeerCategory::Correspondents], 10)?;
    /// let friends = friends.expect("they are counted");
    /// assert_eq!(friends[0].rated[0].0, client.resolve(&bob)?);
    ///
    /// client.count_top_peers(false)?;
    /// assert!(client.top_peers([TopPeerCategory::Correspondents], 10)?.is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots). Common
    /// answer: `TYPES_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.getTopPeers>.
    pub fn top_peers(
        &self,
        categories: impl IntoIterator<Item = TopPeerCategory>,
        limit: i32,
    ) -> Result<Option<Vec<TopPeers>>> {
        let mut request = GetTopPeers {
            limit,
            ..Default::default()
        };
        for category in categories {
            let wanted = match category {
                TopPeerCategory::BotsPm => &mut request.bots_pm,
                TopPeerCategory::BotsInline => &mut request.bots_inline,
                TopPeerCategory::Correspondents => &mut request.correspondents,
                TopPeerCategory::Groups => &mut request.groups,
                TopPeerCategory::Channels => &mut request.channels,
                TopPeerCategory::PhoneCalls => &mut request.phone_calls,
                TopPeerCategory::ForwardUsers => &mut request.forward_users,
                TopPeerCategory::ForwardChats => &mut request.forward_chats,
                TopPeerCategory::BotsApp => &mut request.bots_app,
                TopPeerCategory::BotsGuestChat => &mut request.bots_guestchat,
                _ => continue,
            };
            *wanted = true;
        }
        let Answer::Peers(told) = self.ask(&request)? else {
            return Ok(None);
        };
        let peers = PeerMap::new(told.users, told.chats);
        let told = told.categories.into_iter();
        let told = told.map(|enums::TopPeerCategoryPeers::Peers(it)| TopPeers {
            category: it.category,
            rated: it
                .peers
                .into_iter()
                .map(|enums::TopPeer::Peer(it)| (it.peer, it.rating))
                .collect(),
            total: it.count,
            peers: peers.clone(),
        });
        Ok(Some(told.collect()))
    }

    /// Has it counted whom the account has most to do with, or not; what was counted is forgotten
    /// then.
    ///
    /// # Errors
    ///
    /// As [`top_peers`](Self::top_peers).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.toggleTopPeers>.
    pub fn count_top_peers(&self, enabled: bool) -> Result<()> {
        self.ask(&ToggleTopPeers { enabled }).map(drop)
    }

    /// Forgets what was counted of a user or a chat in one respect.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`top_peers`](Self::top_peers). Common answer:
    /// `PEER_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/contacts.resetTopPeerRating>.
    pub fn reset_top_peer(
        &self,
        category: TopPeerCategory,
        peer: impl Into<PeerRef>,
    ) -> Result<()> {
        let deadline = self.begin_for::<ResetTopPeerRating>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = ResetTopPeerRating {
                category: category.clone(),
                peer: peer.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}
