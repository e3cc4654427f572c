//! Coming into groups and channels, and leaving them.
use super::answered::chat_in;
use super::creating::{NotInvited, not_invited};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{Chat, PeerRef, input_channel, input_user};
use crate::tl::enums::messages::{ChatInviteJoinResult, InvitedUsers};
use crate::tl::enums::{InputPeer, InputUser};
use crate::tl::functions::channels::{InviteToChannel, JoinChannel, LeaveChannel};
use crate::tl::functions::messages as f;

/// So many of the last messages somebody sees who is taken into a small group: as many as there
/// can be.
///
/// See <https://core.telegram.org/method/messages.addChatUser>.
const SHOWN: i32 = 100;

/// What has come of joining.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Joined {
    /// One is in it.
    In(Chat),
    /// An administrator has to let one in: [`Update`](crate::Update)s tell when one is.
    Requested,
    /// A bot wants to see one in a mini app first: an official app opens it.
    MiniApp {
        /// Which bot.
        bot_id: i64,
        /// What the mini app is opened with.
        query_id: i64,
    },
}

impl Client {
    /// Joins a public group or channel, or any by an invite link.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let garden = localdc::NewChannel::new("Garden", "garden_to_join").megagroup();
    /// # telegram.add_channel(garden.owner(bob.my_id().unwrap_or(0)));
    /// let garden = client.join_chat("https://t.me/garden_to_join")?;
    /// client.send_message(&garden, "Hello")?;
    /// client.leave_chat(&garden)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`]. Common answers: `USER_ALREADY_PARTICIPANT`, `CHANNELS_TOO_MUCH`,
    /// `CHANNEL_PRIVATE`, `INVITE_HASH_EXPIRED`, and `INVITE_REQUEST_SENT`, where an administrator
    /// has to let one in: [`join_by_link`](Self::join_by_link) takes that for an answer.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.joinChannel> and
    /// <https://core.telegram.org/method/messages.importChatInvite>.
    pub fn join_chat(&self, chat: impl Into<PeerRef>) -> Result<Chat> {
        match self.join(&chat.into())? {
            ChatInviteJoinResult::Ok(joined) => chat_in(joined.updates),
            _ => Err(Error::Unexpected(
                "the chat wants something done in a mini app first: join it in an official app",
            )),
        }
    }

    /// Joins by a link, an invite link or one to a public group or channel, or asks to be let in,
    /// and says which.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # use ferogram_sync::{NewChat, NewInviteLink};
    /// # let club = bob.create_channel(NewChat::supergroup("Club"))?;
    /// # let link = bob.create_invite_link(&club, NewInviteLink::new())?;
    /// # let link = link.link();
    /// use ferogram_sync::Joined;
    ///
    /// match client.join_by_link(link)? {
    ///     Joined::In(chat) => assert_eq!(chat.title(), "Club"),
    ///     _ => println!("not in yet"),
    /// }
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`join_chat`](Self::join_chat).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/invites#join-requests>.
    pub fn join_by_link(&self, link: impl Into<PeerRef>) -> Result<Joined> {
        match self.join(&link.into()) {
            Ok(ChatInviteJoinResult::Ok(joined)) => chat_in(joined.updates).map(Joined::In),
            Ok(ChatInviteJoinResult::WebView(it)) => Ok(Joined::MiniApp {
                bot_id: it.bot_id,
                query_id: it.query_id,
            }),
            Ok(_) => Err(Error::Unexpected(
                "the chat wants something done first that is not known here",
            )),
            Err(error) if error.is("INVITE_REQUEST_SENT") => Ok(Joined::Requested),
            Err(error) => Err(error),
        }
    }

    fn join(&self, chat: &PeerRef) -> Result<ChatInviteJoinResult> {
        if let PeerRef::Invite(hash) = chat {
            let hash = hash.clone();
            return self.ask(&f::ImportChatInvite { hash });
        }
        let deadline = self.begin_for::<JoinChannel>()?;
        self.ask_about(chat, deadline, |chat| {
            let channel = input_channel(chat)?;
            self.ask_until(&JoinChannel { channel }, deadline)
        })
    }

    /// Leaves a group or a channel. Its history stays, where it is this account's own.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `USER_NOT_PARTICIPANT`, `USER_CREATOR`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.leaveChannel> and
    /// <https://core.telegram.org/method/messages.deleteChatUser>.
    pub fn leave_chat(&self, chat: impl Into<PeerRef>) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        self.ask_about(&chat, deadline, |chat| match chat {
            InputPeer::Chat(group) => {
                let request = f::DeleteChatUser {
                    chat_id: group.chat_id,
                    user_id: InputUser::UserSelf,
                    ..Default::default()
                };
                self.ask_until(&request, deadline).map(drop)
            }
            _ => {
                let channel = input_channel(chat)?;
                self.ask_until(&LeaveChannel { channel }, deadline)
                    .map(drop)
            }
        })
    }

    /// Takes others into a group or a channel, and says who of them is not in it, because their
    /// settings forbid it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = bob.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// assert!(client.invite_users(&club, [format!("@{name}")])?.is_empty());
    /// assert_eq!(client.iter_participants(&club).count(), 2);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `USERS_TOO_MUCH`, `USER_KICKED`, `USER_ALREADY_PARTICIPANT`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, which for small groups it does one by one, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.inviteToChannel> and
    /// <https://core.telegram.org/method/messages.addChatUser>.
    pub fn invite_users<P: Into<PeerRef>>(
        &self,
        chat: impl Into<PeerRef>,
        users: impl IntoIterator<Item = P>,
    ) -> Result<Vec<NotInvited>> {
        let (chat, deadline) = (chat.into(), self.begin()?);
        let named = |user: P| input_user(&self.resolve_until(&user.into(), deadline)?);
        let users = users.into_iter().map(named);
        let users = users.collect::<Result<Vec<InputUser>>>()?;
        let mut missing = Vec::new();
        if let Some(chat_id) = self.small_group(&chat, deadline)? {
            for user_id in users {
                let request = f::AddChatUser {
                    chat_id,
                    user_id,
                    fwd_limit: SHOWN,
                };
                let InvitedUsers::Users(answer) = self.ask_until(&request, deadline)?;
                missing.extend(answer.missing_invitees);
            }
        } else {
            let InvitedUsers::Users(answer) = self.ask_about(&chat, deadline, |chat| {
                let (channel, users) = (input_channel(chat)?, users.clone());
                self.ask_until(&InviteToChannel { channel, users }, deadline)
            })?;
            missing = answer.missing_invitees;
        }
        Ok(not_invited(missing))
    }
}
