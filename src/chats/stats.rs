//! Statistics of channels and supergroups.
use std::fmt;
use std::time::Instant;

use super::graph::Graph;
use crate::client::{Client, WeakClient};
use crate::error::{Error, Result};
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::messages::ChatFull as Answer;
use crate::tl::enums::stats::{
    BroadcastStats, MegagroupStats, MessageStats, PollStats as PollStatsAnswer,
};
use crate::tl::enums::{
    Chat, ChatFull, InputChannel, StatsAbsValueAndPrev, StatsDateRangeDays, StatsGraph,
};
use crate::tl::functions::channels::GetFullChannel;
use crate::tl::functions::stats as f;
use crate::tl::types;

/// What statistics are of.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StatsKind {
    /// A channel, in which administrators alone write.
    Broadcast(Box<types::stats::BroadcastStats>),
    /// A supergroup.
    Megagroup(Box<types::stats::MegagroupStats>),
}

/// The statistics of a channel or supergroup. Its graphs are drawn when they are asked for.
///
/// See <https://core.telegram.org/api/stats>.
#[derive(Clone)]
pub struct ChatStats {
    /// Everything that the server told.
    pub raw: StatsKind,
    dc: i32,
    client: WeakClient,
}

/// The statistics of one post. Its graphs are drawn when they are asked for.
///
/// See <https://core.telegram.org/api/stats>.
#[derive(Clone)]
pub struct PostStats {
    /// Everything that the server told.
    pub raw: types::stats::MessageStats,
    dc: i32,
    client: WeakClient,
}

/// The statistics of a poll. Its graph is drawn when it is asked for.
///
/// See <https://core.telegram.org/api/stats>.
#[derive(Clone)]
pub struct PollStats {
    /// Everything that the server told.
    pub raw: types::stats::PollStats,
    dc: i32,
    client: WeakClient,
}

impl ChatStats {
    /// How many are in it, and how many were before: at the end of the period and at its begin.
    #[must_use]
    pub fn members(&self) -> (f64, f64) {
        let value = match &self.raw {
            StatsKind::Broadcast(it) => &it.followers,
            StatsKind::Megagroup(it) => &it.members,
        };
        let StatsAbsValueAndPrev::Prev(value) = value;
        (value.current, value.previous)
    }

    /// From when to when it was counted, in seconds since the Unix epoch.
    #[must_use]
    pub fn period(&self) -> (i32, i32) {
        let period = match &self.raw {
            StatsKind::Broadcast(it) => &it.period,
            StatsKind::Megagroup(it) => &it.period,
        };
        let StatsDateRangeDays::Days(period) = period;
        (period.min_date, period.max_date)
    }

    /// One of the graphs in [`raw`](field@Self::raw), drawn by the server if it is not yet.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Client::invoke); [`Error::Unexpected`] where there is too little to draw.
    /// Common answers: `GRAPH_EXPIRED_RELOAD`: then the statistics have to be asked for again.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stats.loadAsyncGraph>.
    pub fn graph(&self, graph: &StatsGraph) -> Result<Graph> {
        self.client.upgrade()?.load_graph(graph, self.dc, None)
    }

    /// A closer look at one day of a graph, in milliseconds since the Unix epoch.
    ///
    /// # Errors
    ///
    /// As [`graph`](Self::graph); [`Error::Argument`] for a graph without such a look.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stats.loadAsyncGraph>.
    pub fn zoomed(&self, graph: &Graph, day: i64) -> Result<Graph> {
        let token = graph.zoom_token.clone();
        let token = token.ok_or(Error::Argument("this graph has no closer look"))?;
        let later = types::StatsGraphAsync { token }.into();
        self.client
            .upgrade()?
            .load_graph(&later, self.dc, Some(day))
    }
}

impl PostStats {
    /// One of the graphs in [`raw`](field@Self::raw), drawn by the server if it is not yet.
    ///
    /// # Errors
    ///
    /// As [`ChatStats::graph`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn graph(&self, graph: &StatsGraph) -> Result<Graph> {
        self.client.upgrade()?.load_graph(graph, self.dc, None)
    }
}

impl PollStats {
    /// How many have voted for what, and when; drawn by the server if it is not yet.
    ///
    /// # Errors
    ///
    /// As [`ChatStats::graph`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn votes(&self) -> Result<Graph> {
        let client = self.client.upgrade()?;
        client.load_graph(&self.raw.votes_graph, self.dc, None)
    }
}

impl fmt::Debug for PollStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PollStats").field(&self.raw).finish()
    }
}

impl fmt::Debug for ChatStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChatStats").field(&self.raw).finish()
    }
}

impl fmt::Debug for PostStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostStats").field(&self.raw).finish()
    }
}

impl Client {
    /// The statistics of a channel or supergroup, for its administrators; small ones have none. The
    /// data centre that counts is asked, whichever that is.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewChat, StatsKind};
    ///
    /// let news = client.create_channel(NewChat::channel("News"))?;
    /// let stats = client.stats(&news)?;
    /// assert_eq!(stats.members().0, 1.0);
    /// let StatsKind::Broadcast(raw) = &stats.raw else { panic!("it is a channel") };
    /// assert!(stats.graph(&raw.followers_graph)?.json.starts_with('{'));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`]; [`PeerError::NotA`](crate::PeerError::NotA) for a small group. Common
    /// answers: `CHAT_ADMIN_REQUIRED`, `PARTICIPANTS_TOO_FEW`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stats.getBroadcastStats> and
    /// <https://core.telegram.org/method/stats.getMegagroupStats>.
    pub fn stats(&self, chat: impl Into<PeerRef>) -> Result<ChatStats> {
        let deadline = self.begin_for::<f::GetBroadcastStats>()?;
        let (channel, dc, is_megagroup) = self.counted_where(&chat.into(), deadline)?;
        let dark = false;
        let raw = if is_megagroup {
            let request = f::GetMegagroupStats { dark, channel };
            let MegagroupStats::Stats(raw) = self.ask_on_dc(dc, &request, deadline)?;
            StatsKind::Megagroup(raw)
        } else {
            let request = f::GetBroadcastStats { dark, channel };
            let BroadcastStats::Stats(raw) = self.ask_on_dc(dc, &request, deadline)?;
            StatsKind::Broadcast(raw)
        };
        let client = self.weak();
        Ok(ChatStats { raw, dc, client })
    }

    /// The statistics of one post of a channel, for its administrators.
    ///
    /// # Errors
    ///
    /// As [`stats`](Self::stats). Common answers: `MESSAGE_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stats.getMessageStats>.
    pub fn post_stats(&self, chat: impl Into<PeerRef>, message_id: i32) -> Result<PostStats> {
        let deadline = self.begin_for::<f::GetMessageStats>()?;
        let (channel, dc, _) = self.counted_where(&chat.into(), deadline)?;
        let request = f::GetMessageStats {
            dark: false,
            channel,
            msg_id: message_id,
        };
        let MessageStats::Stats(raw) = self.ask_on_dc(dc, &request, deadline)?;
        let raw = *raw;
        let client = self.weak();
        Ok(PostStats { raw, dc, client })
    }

    /// The statistics of a poll in a channel or supergroup, for its administrators, where
    /// [`can_view_stats`](types::PollResults::can_view_stats) is set.
    ///
    /// # Errors
    ///
    /// As [`stats`](Self::stats). Common answers: `MESSAGE_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/stats.getPollStats>.
    pub fn poll_stats(&self, chat: impl Into<PeerRef>, message_id: i32) -> Result<PollStats> {
        let (chat, deadline) = (chat.into(), self.begin_for::<f::GetPollStats>()?);
        let (_, dc, _) = self.counted_where(&chat, deadline)?;
        let request = f::GetPollStats {
            dark: false,
            peer: self.resolve_until(&chat, deadline)?,
            msg_id: message_id,
        };
        let PollStatsAnswer::Stats(raw) = self.ask_on_dc(dc, &request, deadline)?;
        let (raw, client) = (*raw, self.weak());
        Ok(PollStats { raw, dc, client })
    }

    /// The data centre that counts for a channel, as the channel tells, and whether it is a
    /// supergroup. Where it does not say, what home answers says why.
    fn counted_where(
        &self,
        chat: &PeerRef,
        deadline: Instant,
    ) -> Result<(InputChannel, i32, bool)> {
        let (channel, answer) = self.ask_about(chat, deadline, |chat| {
            let channel = input_channel(chat)?;
            let request = GetFullChannel {
                channel: channel.clone(),
            };
            Ok((channel, self.ask_until(&request, deadline)?))
        })?;
        let Answer::Full(answer) = answer;
        let (id, dc) = match answer.full_chat {
            ChatFull::ChannelFull(full) => (full.id, full.stats_dc),
            _ => (0, None),
        };
        let is_megagroup = answer.chats.iter().any(|chat| match chat {
            Chat::Channel(it) => it.id == id && it.megagroup,
            _ => false,
        });
        Ok((channel, dc.unwrap_or(self.core.home().0), is_megagroup))
    }
}
