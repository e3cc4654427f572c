//! How groups and channels are set up.
use std::time::Instant;

use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef, input_channel};
use crate::tl::enums::channels::SendAsPeers;
use crate::tl::enums::{InputChannel, InputPeer, Peer, SendAsPeer};
use crate::tl::functions::channels as c;
use crate::tl::functions::messages as f;

impl Client {
    /// Gives a group or a channel another title.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::NewChat;
    ///
    /// let news = client.create_channel(NewChat::channel("News"))?;
    /// client.set_chat_title(&news, "Old news")?;
    /// assert_eq!(client.fetch_chat(&news)?.title(), "Old news");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_ADMIN_REQUIRED`, `CHAT_TITLE_EMPTY`, `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editTitle> and
    /// <https://core.telegram.org/method/messages.editChatTitle>.
    pub fn set_chat_title(&self, chat: impl Into<PeerRef>, title: impl Into<String>) -> Result<()> {
        let (chat, title, deadline) = (chat.into(), title.into(), self.begin()?);
        self.ask_about(&chat, deadline, |chat| {
            let title = title.clone();
            if let InputPeer::Chat(group) = chat {
                let chat_id = group.chat_id;
                let request = f::EditChatTitle { chat_id, title };
                return self.ask_until(&request, deadline).map(drop);
            }
            let channel = input_channel(chat)?;
            self.ask_until(&c::EditTitle { channel, title }, deadline)
                .map(drop)
        })
    }

    /// Gives a supergroup or a channel a public name, or takes it away with an empty one.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `USERNAME_OCCUPIED`,
    /// `USERNAME_INVALID`, `CHANNELS_ADMIN_PUBLIC_TOO_MUCH`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.updateUsername>.
    pub fn set_chat_username(&self, chat: impl Into<PeerRef>, username: &str) -> Result<()> {
        let username = username.trim_start_matches('@').to_owned();
        let deadline = self.begin_for::<c::UpdateUsername>()?;
        self.about_channel(&chat.into(), deadline, |channel| {
            let username = username.clone();
            self.ask_until(&c::UpdateUsername { channel, username }, deadline)
                .map(drop)
        })
    }

    /// Lets members of a supergroup write once in so many seconds: 10, 30, 60, 300, 900 or 3600;
    /// as often as they like, with 0.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title). Common answers: `SECONDS_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleSlowMode>.
    pub fn set_slow_mode(&self, chat: impl Into<PeerRef>, seconds: i32) -> Result<()> {
        let deadline = self.begin_for::<c::ToggleSlowMode>()?;
        self.about_channel(&chat.into(), deadline, |channel| {
            self.ask_until(&c::ToggleSlowMode { channel, seconds }, deadline)
                .map(drop)
        })
    }

    /// Whether posts of a channel bear the names of their authors, and whether they are their
    /// authors' and not the channel's.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.toggleSignatures>.
    pub fn set_signatures(
        &self,
        chat: impl Into<PeerRef>,
        signatures_enabled: bool,
        profiles_enabled: bool,
    ) -> Result<()> {
        let deadline = self.begin_for::<c::ToggleSignatures>()?;
        self.about_channel(&chat.into(), deadline, |channel| {
            let request = c::ToggleSignatures {
                signatures_enabled,
                profiles_enabled,
                channel,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Whether newcomers to a supergroup see nothing of what was written before.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.togglePreHistoryHidden>.
    pub fn hide_history(&self, chat: impl Into<PeerRef>, hidden: bool) -> Result<()> {
        let deadline = self.begin_for::<c::TogglePreHistoryHidden>()?;
        self.about_channel(&chat.into(), deadline, |channel| {
            let enabled = hidden;
            self.ask_until(&c::TogglePreHistoryHidden { channel, enabled }, deadline)
                .map(drop)
        })
    }

    /// Whether the messages of a group or a channel may be neither forwarded nor saved.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleNoForwards>.
    pub fn set_noforwards(&self, chat: impl Into<PeerRef>, enabled: bool) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<f::ToggleNoForwards>()?);
        self.ask_about(&chat, deadline, |peer| {
            let request = f::ToggleNoForwards {
                peer: peer.clone(),
                enabled,
                ..Default::default()
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// As whom this account may write in a supergroup or a channel, and what the server shows of
    /// them.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getSendAs>.
    pub fn send_as_peers(&self, chat: impl Into<PeerRef>) -> Result<(Vec<Peer>, PeerMap)> {
        let (chat, deadline) = (chat.into(), self.begin_for::<c::GetSendAs>()?);
        let SendAsPeers::Peers(answer) = self.ask_about(&chat, deadline, |peer| {
            let request = c::GetSendAs {
                peer: peer.clone(),
                ..Default::default()
            };
            self.ask_until(&request, deadline)
        })?;
        let peers = answer.peers.into_iter();
        let peers = peers.map(|SendAsPeer::Peer(it)| it.peer).collect();
        Ok((peers, PeerMap::new(answer.users, answer.chats)))
    }

    /// As whom this account writes in a supergroup or a channel, if it is not told otherwise.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.set_default_send_as(&club, "me")?;
    /// assert!(client.fetch_chat_full(&club)?.default_send_as().is_some());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_as_peers`](Self::send_as_peers). Common answers: `SEND_AS_PEER_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.saveDefaultSendAs>.
    pub fn set_default_send_as(
        &self,
        chat: impl Into<PeerRef>,
        send_as: impl Into<PeerRef>,
    ) -> Result<()> {
        let (chat, send_as) = (chat.into(), send_as.into());
        let deadline = self.begin_for::<f::SaveDefaultSendAs>()?;
        let send_as = self.resolve_until(&send_as, deadline)?;
        self.ask_about(&chat, deadline, |peer| {
            let request = f::SaveDefaultSendAs {
                peer: peer.clone(),
                send_as: send_as.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    fn about_channel(
        &self,
        chat: &PeerRef,
        deadline: Instant,
        mut ask: impl FnMut(InputChannel) -> Result<()>,
    ) -> Result<()> {
        self.ask_about(chat, deadline, |chat| ask(input_channel(chat)?))
    }
}
