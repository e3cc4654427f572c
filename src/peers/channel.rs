//! A channel or a supergroup.
use std::sync::Arc;

use super::channel_kind::ChannelKind;
use super::marked_id::number_of;
use super::names::usernames;
use super::peer_ref::{PeerRef, peer};
use crate::store::PeerKey;
use crate::tl::enums::{self, ChatPhoto, InputChannel, Peer, RestrictionReason};
use crate::tl::types;

/// A channel or a supergroup.
///
/// Cheap to clone: clones share what the server told.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # telegram.add_channel(localdc::NewChannel::new("News", "docs_news"));
/// # let client = telegram.user();
/// use ferogram_sync::{ChannelKind, Chat};
///
/// let Chat::Channel(news) = client.fetch_chat("https://t.me/docs_news/5")? else {
///     panic!("it is a channel");
/// };
/// assert_eq!((news.title(), news.username()), ("News", Some("docs_news")));
/// assert_eq!(news.kind(), ChannelKind::Broadcast);
/// assert_eq!(client.resolve(&news)?, news.peer());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// See <https://core.telegram.org/api/channel> and <https://core.telegram.org/constructor/channel>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Channel {
    /// Everything that the server told, shared by the clones of this channel.
    pub raw: Arc<enums::Chat>,
}

impl Channel {
    /// The channel that an answer of the raw API shows. `None` for what is none.
    #[must_use]
    pub fn from_raw(chat: enums::Chat) -> Option<Self> {
        use enums::Chat::{Channel, ChannelForbidden};
        let is_channel = matches!(chat, Channel(_) | ChannelForbidden(_));
        is_channel.then(|| Self { raw: chat.into() })
    }

    fn full(&self) -> Option<&types::Channel> {
        match &*self.raw {
            enums::Chat::Channel(channel) => Some(channel),
            _ => None,
        }
    }

    fn forbidden(&self) -> Option<&types::ChannelForbidden> {
        match &*self.raw {
            enums::Chat::ChannelForbidden(channel) => Some(channel),
            _ => None,
        }
    }

    /// Whether something stands in what the server told.
    fn has(&self, flag: impl FnOnce(&types::Channel) -> bool) -> bool {
        self.full().is_some_and(flag)
    }

    /// The id, as the raw API has it.
    #[must_use]
    pub fn id(&self) -> i64 {
        let id = self.full().map(|channel| channel.id);
        id.or(self.forbidden().map(|channel| channel.id))
            .unwrap_or_default()
    }

    /// The peer of the raw API.
    #[must_use]
    pub fn peer(&self) -> Peer {
        peer(PeerKey::Channel(self.id()))
    }

    /// The hash by which this account names the channel to the server, if it was shown.
    #[must_use]
    pub fn access_hash(&self) -> Option<i64> {
        let forbidden = self.forbidden().map(|channel| channel.access_hash);
        self.full()
            .and_then(|channel| channel.access_hash)
            .or(forbidden)
    }

    /// As requests of the raw API about channels take it; `None` where the hash was not shown, or
    /// is good for photos only.
    #[must_use]
    pub fn input_channel(&self) -> Option<InputChannel> {
        let access_hash = self.access_hash().filter(|_| !self.is_min())?;
        Some(InputChannel::Channel(types::InputChannel {
            channel_id: self.id(),
            access_hash,
        }))
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        let title = self.full().map(|channel| &*channel.title);
        title
            .or(self.forbidden().map(|channel| &*channel.title))
            .unwrap_or_default()
    }

    /// The public name, without the `@`: the first one of several.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.usernames().first().copied()
    }

    /// All active public names, without the `@`.
    ///
    /// See <https://core.telegram.org/api/names>.
    #[must_use]
    pub fn usernames(&self) -> Vec<&str> {
        self.full().map_or_else(Vec::new, |channel| {
            usernames(channel.username.as_ref(), channel.usernames.as_ref())
        })
    }

    /// What kind of channel it is.
    #[must_use]
    pub fn kind(&self) -> ChannelKind {
        let is_monoforum = match self.forbidden() {
            Some(channel) => channel.monoforum,
            None => self.has(|channel| channel.monoforum),
        };
        match () {
            () if is_monoforum => ChannelKind::Monoforum,
            () if self.has(|channel| channel.gigagroup) => ChannelKind::Gigagroup,
            () if self.is_megagroup() => ChannelKind::Megagroup,
            () => ChannelKind::Broadcast,
        }
    }

    /// Whether it is a supergroup.
    #[must_use]
    pub fn is_megagroup(&self) -> bool {
        match self.forbidden() {
            Some(channel) => channel.megagroup,
            None => self.has(|channel| channel.megagroup),
        }
    }

    /// Whether it is a channel in which administrators write to many.
    #[must_use]
    pub fn is_broadcast(&self) -> bool {
        match self.forbidden() {
            Some(channel) => channel.broadcast,
            None => self.has(|channel| channel.broadcast),
        }
    }

    /// Whether it is a supergroup with topics.
    #[must_use]
    pub fn is_forum(&self) -> bool {
        self.has(|channel| channel.forum)
    }

    /// Whether Telegram has verified whose it is.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.has(|channel| channel.verified)
    }

    /// Whether it was reported for cheating people.
    #[must_use]
    pub fn is_scam(&self) -> bool {
        self.has(|channel| channel.scam)
    }

    /// Whether it was reported for pretending to be another.
    #[must_use]
    pub fn is_fake(&self) -> bool {
        self.has(|channel| channel.fake)
    }

    /// Whether some clients must not show it: [`restrictions`](Self::restrictions) says why.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.has(|channel| channel.restricted)
    }

    /// On which platforms it must not be shown, and why.
    #[must_use]
    pub fn restrictions(&self) -> &[RestrictionReason] {
        let reasons = self.full().map(|channel| &channel.restriction_reason);
        reasons.and_then(Option::as_deref).unwrap_or_default()
    }

    /// Whether posts say which administrator wrote them.
    #[must_use]
    pub fn has_signatures(&self) -> bool {
        self.has(|channel| channel.signatures)
    }

    /// Whether this account has made it.
    #[must_use]
    pub fn is_creator(&self) -> bool {
        self.has(|channel| channel.creator)
    }

    /// Whether this account is no member, or no longer.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.has(|channel| channel.left)
    }

    /// Whether this account was put out, or may not see it.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.full().is_none()
    }

    /// Whether the server showed little of it, as of channels that are merely mentioned.
    ///
    /// See <https://core.telegram.org/api/min>.
    #[must_use]
    pub fn is_min(&self) -> bool {
        self.has(|channel| channel.min)
    }

    /// How many members it has, where the server said so.
    #[must_use]
    pub fn participants_count(&self) -> Option<i32> {
        self.full()?.participants_count
    }

    /// The photo, if there is one.
    #[must_use]
    pub fn photo(&self) -> Option<&ChatPhoto> {
        let photo = &self.full()?.photo;
        (!matches!(photo, ChatPhoto::Empty)).then_some(photo)
    }

    /// What this account may do as an administrator.
    #[must_use]
    pub fn admin_rights(&self) -> Option<&enums::ChatAdminRights> {
        self.full()?.admin_rights.as_ref()
    }

    /// What this account may not do.
    #[must_use]
    pub fn banned_rights(&self) -> Option<&enums::ChatBannedRights> {
        self.full()?.banned_rights.as_ref()
    }

    /// What members may not do.
    #[must_use]
    pub fn default_banned_rights(&self) -> Option<&enums::ChatBannedRights> {
        self.full()?.default_banned_rights.as_ref()
    }

    /// The community that it belongs to, as the raw API has it.
    #[must_use]
    pub fn community_id(&self) -> Option<i64> {
        self.full()?.linked_community_id
    }

    /// The chat in which people write to a channel, by its id as the Bot API writes it; of that
    /// chat, the channel. [`ChatFull::direct_messages`](crate::ChatFull::direct_messages) tells how
    /// it is reached.
    ///
    /// See <https://core.telegram.org/api/monoforum>.
    #[must_use]
    pub fn direct_messages(&self) -> Option<i64> {
        let id = self.full()?.linked_monoforum_id?;
        Some(number_of(PeerKey::Channel(id)))
    }

    /// When it was made, in seconds since the Unix epoch, or when this account has joined.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        self.full().map(|channel| channel.date)
    }
}

impl From<&Channel> for PeerRef {
    fn from(channel: &Channel) -> Self {
        let id = PeerKey::Channel(channel.id());
        Self::shown(id, channel.access_hash(), channel.is_min())
    }
}
