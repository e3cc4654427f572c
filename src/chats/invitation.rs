//! What a link leads to, before one joins by it.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::media::Photo;
use crate::peers::{Chat, PeerMap, PeerRef, User};
use crate::tl::enums::{self, ChatInvite};
use crate::tl::functions::messages::CheckChatInvite;
use crate::tl::types;

/// What a link leads to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Invitation {
    /// A chat that one is in.
    Joined(Chat),
    /// A chat that one may look into for a while without joining it.
    Open {
        /// The chat.
        chat: Chat,
        /// Until when, in seconds since the Unix epoch.
        expires: i32,
    },
    /// A chat that one is not in.
    Offered(Offer),
}

/// A chat that one may join.
///
/// See <https://core.telegram.org/constructor/chatInvite>.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Everything that the server told.
    pub raw: types::ChatInvite,
    peers: PeerMap,
}

impl Offer {
    fn new(mut raw: types::ChatInvite) -> Self {
        let users = raw.participants.take().unwrap_or_default();
        let peers = PeerMap::new(users, Vec::new());
        Self { raw, peers }
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.raw.title
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.raw.about.as_deref()
    }

    /// How many are in it.
    #[must_use]
    pub fn participants_count(&self) -> i32 {
        self.raw.participants_count
    }

    /// Some of them, whom one knows.
    pub fn participants(&self) -> impl Iterator<Item = &User> {
        self.peers.iter().filter_map(|chat| match chat {
            Chat::User(user) => Some(user),
            _ => None,
        })
    }

    /// Whether it is a channel, in which administrators alone write.
    #[must_use]
    pub fn is_broadcast(&self) -> bool {
        self.raw.broadcast
    }

    /// Whether an administrator has to let one in.
    #[must_use]
    pub fn is_request_needed(&self) -> bool {
        self.raw.request_needed
    }

    /// What has to be paid over and over to stay.
    #[must_use]
    pub fn subscription(&self) -> Option<&types::StarsSubscriptionPricing> {
        let enums::StarsSubscriptionPricing::Pricing(pricing) =
            self.raw.subscription_pricing.as_ref()?;
        Some(pricing)
    }

    /// Its photo.
    #[must_use]
    pub fn photo(&self) -> Option<Photo> {
        match &self.raw.photo {
            enums::Photo::Photo(photo) => Some(Photo::from_raw((**photo).clone())),
            _ => None,
        }
    }
}

impl Client {
    /// What an invite link leads to, without joining.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # use ferogram_sync::{NewChat, NewInviteLink};
    /// use ferogram_sync::Invitation;
    ///
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// let link = client.create_invite_link(&club, NewInviteLink::new())?;
    /// let invitation = bob.check_invite(link.link())?;
    /// let Invitation::Offered(offer) = invitation else { panic!("he is out") };
    /// assert_eq!((offer.title(), offer.participants_count()), ("Club", 1));
    /// assert!(matches!(client.check_invite(link.link())?, Invitation::Joined(_)));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::Argument`] for what is no invite link,
    /// [`Error::NotForBots`]. Common answers: `INVITE_HASH_EXPIRED`, `INVITE_HASH_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.checkChatInvite>.
    pub fn check_invite(&self, link: impl Into<PeerRef>) -> Result<Invitation> {
        let hash = invite_hash(&link.into())?.to_owned();
        let none = || Error::Unexpected("the answer does not show the chat");
        let shown = |chat| Chat::from_raw(chat).ok_or_else(none);
        Ok(match self.ask(&CheckChatInvite { hash })? {
            ChatInvite::Already(it) => Invitation::Joined(shown(it.chat)?),
            ChatInvite::Peek(it) => Invitation::Open {
                chat: shown(it.chat)?,
                expires: it.expires,
            },
            ChatInvite::Invite(it) => Invitation::Offered(Offer::new(*it)),
            _ => return Err(none()),
        })
    }
}

/// What an invite link has after its `+`.
pub(super) fn invite_hash(link: &PeerRef) -> Result<&str> {
    match link {
        PeerRef::Invite(hash) => Ok(hash),
        _ => Err(Error::Argument(
            "this is no invite link: it looks like https://t.me/+AbCdEf",
        )),
    }
}
