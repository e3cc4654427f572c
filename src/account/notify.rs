//! Of what the account is told, and how.
use std::time::{Duration, Instant};

use super::notify_settings::NotifySettings;
use crate::client::Client;
use crate::error::Result;
use crate::net;
use crate::peers::{PeerMap, PeerRef, input_channel};
use crate::tl::enums::{InputNotifyPeer, NotifyPeer, Peer, Update, Updates};
use crate::tl::functions::account as f;
use crate::tl::types;

/// For ever, as the server writes it.
const FOR_EVER: i32 = i32::MAX;

/// What settings are for.
///
/// See <https://core.telegram.org/type/InputNotifyPeer>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum NotifyScope {
    /// One chat.
    Chat(PeerRef),
    /// A topic of a forum, by its id.
    Topic(PeerRef, i32),
    /// A community.
    Community(PeerRef),
    /// All private chats that have no settings of their own.
    Users,
    /// All groups that have none.
    Groups,
    /// All channels that have none.
    Channels,
}

impl NotifyScope {
    /// One chat.
    #[must_use]
    pub fn chat(chat: impl Into<PeerRef>) -> Self {
        Self::Chat(chat.into())
    }

    /// A topic of a forum, by its id.
    #[must_use]
    pub fn topic(chat: impl Into<PeerRef>, topic: i32) -> Self {
        Self::Topic(chat.into(), topic)
    }

    fn input(&self, client: &Client, deadline: Instant) -> Result<InputNotifyPeer> {
        let named = |peer| client.resolve_until(peer, deadline);
        Ok(match self {
            Self::Chat(chat) => {
                let peer = named(chat)?;
                types::InputNotifyPeer { peer }.into()
            }
            Self::Topic(chat, top_msg_id) => {
                let (peer, top_msg_id) = (named(chat)?, *top_msg_id);
                types::InputNotifyForumTopic { peer, top_msg_id }.into()
            }
            Self::Community(community) => {
                let community = input_channel(&named(community)?)?;
                types::InputNotifyCommunity { community }.into()
            }
            Self::Users => InputNotifyPeer::InputNotifyUsers,
            Self::Groups => InputNotifyPeer::InputNotifyChats,
            Self::Channels => InputNotifyPeer::InputNotifyBroadcasts,
        })
    }

    /// `None` for what has no name here.
    fn told(peer: NotifyPeer) -> Option<Self> {
        Some(match peer {
            NotifyPeer::Peer(it) => Self::Chat(it.peer.into()),
            NotifyPeer::NotifyForumTopic(it) => Self::Topic(it.peer.into(), it.top_msg_id),
            NotifyPeer::NotifyCommunity(it) => {
                let channel_id = it.community_id;
                let peer = types::PeerChannel { channel_id };
                Self::Community(Peer::from(peer).into())
            }
            NotifyPeer::NotifyUsers => Self::Users,
            NotifyPeer::NotifyChats => Self::Groups,
            NotifyPeer::NotifyBroadcasts => Self::Channels,
            _ => return None,
        })
    }
}

/// What has settings of its own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NotifyException {
    /// What they are for.
    pub scope: NotifyScope,
    /// What they say.
    pub settings: NotifySettings,
    /// The users and chats that came along.
    pub peers: PeerMap,
}

impl Client {
    /// How the account is told of messages: of a chat, of a topic, or of all of a kind.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::NotifyScope;
    ///
    /// let groups = client.notify_settings(NotifyScope::Groups)?;
    /// client.set_notify_settings(NotifyScope::Groups, groups.previews(false))?;
    /// let groups = client.notify_settings(NotifyScope::Groups)?;
    /// assert_eq!(groups.shows_previews(), Some(false));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `PEER_ID_INVALID`,
    /// `CHANNEL_PRIVATE`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.getNotifySettings>.
    pub fn notify_settings(&self, scope: NotifyScope) -> Result<NotifySettings> {
        let deadline = self.begin_for::<f::GetNotifySettings>()?;
        self.read_notify(&scope, deadline)
    }

    fn read_notify(&self, scope: &NotifyScope, deadline: Instant) -> Result<NotifySettings> {
        let peer = scope.input(self, deadline)?;
        self.ask_until(&f::GetNotifySettings { peer }, deadline)
            .map(NotifySettings::of)
    }

    /// Sets how the account is told of messages, all of it at once: read the settings before, and
    /// change what is to be changed.
    ///
    /// # Errors
    ///
    /// As [`notify_settings`](Self::notify_settings), and `SETTINGS_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updateNotifySettings>.
    pub fn set_notify_settings(&self, scope: NotifyScope, settings: NotifySettings) -> Result<()> {
        let deadline = self.begin_for::<f::UpdateNotifySettings>()?;
        self.write_notify(&scope, settings, deadline)
    }

    fn write_notify(
        &self,
        scope: &NotifyScope,
        settings: NotifySettings,
        deadline: Instant,
    ) -> Result<()> {
        let request = f::UpdateNotifySettings {
            peer: scope.input(self, deadline)?,
            settings: settings.input(),
        };
        self.ask_until(&request, deadline).map(drop)
    }

    /// Tells nothing of a chat any more. What else its settings say stays.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use std::time::Duration;
    /// use ferogram_sync::NotifyScope;
    ///
    /// let me = NotifyScope::chat("me");
    /// client.mute(me.clone())?;
    /// assert_eq!(client.notify_settings(me.clone())?.mute_until(), Some(i32::MAX));
    /// assert_eq!(client.notify_exceptions(None)?.len(), 1);
    ///
    /// client.mute_for(me.clone(), Duration::from_secs(3600))?;
    /// assert!(client.notify_settings(me.clone())?.mute_until() < Some(i32::MAX));
    /// client.unmute(me.clone())?;
    /// assert_eq!(client.notify_settings(me)?.mute_until(), Some(0));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`notify_settings`](Self::notify_settings).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, which takes two requests, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updateNotifySettings>.
    pub fn mute(&self, scope: NotifyScope) -> Result<()> {
        self.mute_until(scope, FOR_EVER)
    }

    /// The same for so long, by the clock of this computer.
    ///
    /// # Errors
    ///
    /// As [`mute`](Self::mute).
    ///
    /// # Blocking
    ///
    /// As [`mute`](Self::mute).
    pub fn mute_for(&self, scope: NotifyScope, time: Duration) -> Result<()> {
        let now = net::now().unix.as_secs();
        let until = i32::try_from(now.saturating_add(time.as_secs())).unwrap_or(FOR_EVER);
        self.mute_until(scope, until)
    }

    /// The same up to a date, in seconds since the Unix epoch.
    ///
    /// # Errors
    ///
    /// As [`mute`](Self::mute).
    ///
    /// # Blocking
    ///
    /// As [`mute`](Self::mute).
    pub fn mute_until(&self, scope: NotifyScope, date: i32) -> Result<()> {
        let deadline = self.begin_for::<f::UpdateNotifySettings>()?;
        let settings = self.read_notify(&scope, deadline)?;
        self.write_notify(&scope, settings.muted_until(date), deadline)
    }

    /// Tells of a chat again, whatever the default of its kind is.
    ///
    /// # Errors
    ///
    /// As [`mute`](Self::mute).
    ///
    /// # Blocking
    ///
    /// As [`mute`](Self::mute).
    pub fn unmute(&self, scope: NotifyScope) -> Result<()> {
        self.mute_until(scope, 0)
    }

    /// Has all settings say nothing again: of all chats, topics and kinds.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::NotifyScope;
    ///
    /// client.mute(NotifyScope::Channels)?;
    /// client.reset_notify_settings()?;
    /// assert_eq!(client.notify_settings(NotifyScope::Channels)?.mute_until(), None);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.resetNotifySettings>.
    pub fn reset_notify_settings(&self) -> Result<()> {
        self.ask(&f::ResetNotifySettings {}).map(drop)
    }

    /// The chats and topics that have settings of their own, of a kind or of a forum, or of all
    /// with `None`.
    ///
    /// # Errors
    ///
    /// As [`notify_settings`](Self::notify_settings).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.getNotifyExceptions>.
    pub fn notify_exceptions(&self, of: Option<NotifyScope>) -> Result<Vec<NotifyException>> {
        let deadline = self.begin_for::<f::GetNotifyExceptions>()?;
        let peer = of.map(|scope| scope.input(self, deadline)).transpose()?;
        let request = f::GetNotifyExceptions {
            compare_sound: true,
            compare_stories: true,
            peer,
        };
        let (updates, users, chats) = match self.ask_until(&request, deadline)? {
            Updates::Updates(all) => (all.updates, all.users, all.chats),
            Updates::Combined(all) => (all.updates, all.users, all.chats),
            Updates::UpdateShort(one) => (vec![one.update], Vec::new(), Vec::new()),
            _ => Default::default(),
        };
        let peers = PeerMap::new(users, chats);
        let told = updates.into_iter().filter_map(|update| match update {
            Update::NotifySettings(it) => Some(NotifyException {
                scope: NotifyScope::told(it.peer)?,
                settings: NotifySettings::of(it.notify_settings),
                peers: peers.clone(),
            }),
            _ => None,
        });
        Ok(told.collect())
    }
}
