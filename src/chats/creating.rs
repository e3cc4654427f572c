//! Making groups and channels, and ending them.
use super::answered::{chat_in, chats_in};
use crate::client::Client;
use crate::error::{Error, PeerError, Result};
use crate::peers::{Chat, PeerRef, input_channel, input_user, marked_id};
use crate::tl::enums::messages::InvitedUsers;
use crate::tl::enums::{InputPeer, MissingInvitee};
use crate::tl::functions::channels::{CreateChannel, DeleteChannel};
use crate::tl::functions::messages as f;
use crate::tl::types;

/// A supergroup or a channel to be made.
///
/// ```
/// use ferogram_sync::NewChat;
///
/// let garden = NewChat::supergroup("Garden").about("Who waters when").forum(true);
/// assert_eq!(garden.title, "Garden");
/// assert!(garden.forum && !NewChat::channel("News").forum);
/// ```
///
/// See <https://core.telegram.org/method/channels.createChannel>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewChat {
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Whether it is a channel, in which administrators alone write.
    pub broadcast: bool,
    /// Whether a supergroup has topics.
    pub forum: bool,
    /// After how many seconds its messages delete themselves.
    pub ttl_period: Option<i32>,
}

impl NewChat {
    /// A supergroup.
    pub fn supergroup(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// A channel.
    pub fn channel(title: impl Into<String>) -> Self {
        Self {
            broadcast: true,
            ..Self::supergroup(title)
        }
    }

    /// What it is about.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// Whether a supergroup has topics.
    #[must_use]
    pub fn forum(mut self, forum: bool) -> Self {
        self.forum = forum;
        self
    }

    /// After how many seconds its messages delete themselves.
    #[must_use]
    pub fn ttl_period(mut self, seconds: i32) -> Self {
        self.ttl_period = Some(seconds);
        self
    }
}

/// Who was to be taken into a group and is not: their settings forbid it. They can be sent a link.
///
/// See <https://core.telegram.org/constructor/missingInvitee>.
pub type NotInvited = types::MissingInvitee;

impl Client {
    /// Makes a small group with some others, and gives it, with who of them is not in it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// let (friends, not_invited) = client.create_group("Friends", [format!("@{name}")])?;
    /// assert_eq!((&*friends.title(), not_invited.len()), ("Friends", 0));
    /// client.send_message(&friends, "Hello")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`]. Common answers: `CHAT_TITLE_EMPTY`, `USERS_TOO_FEW`.
    ///
    /// # Blocking
    ///
    /// Until the server has made it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.createChat>.
    pub fn create_group<P: Into<PeerRef>>(
        &self,
        title: impl Into<String>,
        users: impl IntoIterator<Item = P>,
    ) -> Result<(Chat, Vec<NotInvited>)> {
        let deadline = self.begin_for::<f::CreateChat>()?;
        let named = |user: P| input_user(&self.resolve_until(&user.into(), deadline)?);
        let request = f::CreateChat {
            users: users.into_iter().map(named).collect::<Result<_>>()?,
            title: title.into(),
            ttl_period: None,
        };
        let InvitedUsers::Users(answer) = self.ask_until(&request, deadline)?;
        let chat = chat_in(answer.updates)?;
        Ok((chat, not_invited(answer.missing_invitees)))
    }

    /// Makes a supergroup or a channel.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::NewChat;
    ///
    /// let news = client.create_channel(NewChat::channel("News").about("What is new"))?;
    /// client.send_message(&news, "It is there.")?;
    /// client.delete_chat(&news)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`]. Common answers: `CHAT_TITLE_EMPTY`,
    /// `CHANNELS_TOO_MUCH`, `USER_RESTRICTED`.
    ///
    /// # Blocking
    ///
    /// Until the server has made it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.createChannel>.
    pub fn create_channel(&self, chat: NewChat) -> Result<Chat> {
        let request = CreateChannel {
            broadcast: chat.broadcast,
            megagroup: !chat.broadcast,
            forum: chat.forum,
            title: chat.title,
            about: chat.about,
            ttl_period: chat.ttl_period,
            ..Default::default()
        };
        chat_in(self.ask(&request)?)
    }

    /// Ends a group or a channel for everybody. It has to be this account's.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`] for a user. Common answers: `CHAT_ADMIN_REQUIRED`, `CHANNEL_TOO_LARGE`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.deleteChannel> and
    /// <https://core.telegram.org/method/messages.deleteChat>.
    pub fn delete_chat(&self, chat: impl Into<PeerRef>) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        self.ask_about(&chat, deadline, |chat| match chat {
            InputPeer::Chat(group) => {
                let chat_id = group.chat_id;
                self.ask_until(&f::DeleteChat { chat_id }, deadline)
                    .map(drop)
            }
            _ => {
                let channel = input_channel(chat)?;
                self.ask_until(&DeleteChannel { channel }, deadline)
                    .map(drop)
            }
        })
    }

    /// Makes a supergroup of a small group, and gives the supergroup. The small group stays as it
    /// is, and nobody can write there any more.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let group = -telegram.add_group("Friends", client.my_id().unwrap_or(0), &[]);
    /// use ferogram_sync::Chat;
    ///
    /// let Chat::Channel(large) = client.migrate_chat(group)? else { panic!("a supergroup") };
    /// assert!(large.is_megagroup());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke); [`PeerError::NotA`]
    /// for what is no small group. Common answers: `CHAT_ADMIN_REQUIRED`, `CHANNELS_TOO_MUCH`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.migrateChat>.
    pub fn migrate_chat(&self, chat: impl Into<PeerRef>) -> Result<Chat> {
        let (chat, deadline) = (chat.into(), self.begin_for::<f::MigrateChat>()?);
        let Some(chat_id) = self.small_group(&chat, deadline)? else {
            let id = marked_id(&self.resolve(&chat)?);
            let wanted = "small group";
            return Err(Error::Peer(PeerError::NotA { wanted, id }));
        };
        let updates = self.ask_until(&f::MigrateChat { chat_id }, deadline)?;
        let made = chats_in(updates);
        let mut large = made.into_iter().filter(|it| matches!(it, Chat::Channel(_)));
        large.next().ok_or(Error::Unexpected(
            "the group was made a supergroup, but the answer does not show it",
        ))
    }
}

pub(super) fn not_invited(missing: Vec<MissingInvitee>) -> Vec<NotInvited> {
    let missing = missing.into_iter();
    missing.map(|MissingInvitee::Invitee(it)| it).collect()
}
