//! How many messages of a kind there are, on which days, and at which places.
use super::message::Message;
use super::shown::Shown;
use crate::client::Client;
use crate::error::Result;

use crate::peers::PeerRef;
use crate::tl::enums::messages::{
    Messages, SearchCounter, SearchResultsCalendar, SearchResultsPositions,
};
use crate::tl::enums::{MessagesFilter, SearchResultsCalendarPeriod, SearchResultsPosition};
use crate::tl::functions::messages as f;
use crate::tl::types;

/// The messages of a kind that a chat has, by days.
///
/// See <https://core.telegram.org/method/messages.getSearchResultsCalendar>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SearchCalendar {
    /// How many there are in all.
    pub count: i32,
    /// Whether that is not quite sure.
    pub inexact: bool,
    /// When the first was sent, in seconds since the Unix epoch.
    pub min_date: i32,
    /// The id of the first.
    pub min_id: i32,
    /// The days, the newest first: where each begins, its first and last id, and how many it has.
    pub days: Vec<types::SearchResultsCalendarPeriod>,
    /// A message for each day.
    pub messages: Vec<Message>,
}

impl Client {
    /// How many messages of each kind a chat has: a number for each filter, in the same order.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::MessageFilter;
    ///
    /// client.send_message("me", "See https://example.com/")?;
    /// let kinds = [MessageFilter::Links, MessageFilter::Photos];
    /// assert_eq!(client.count_messages("me", kinds)?, [1, 0]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `INPUT_FILTER_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getSearchCounters>.
    pub fn count_messages<F: Into<MessagesFilter>>(
        &self,
        peer: impl Into<PeerRef>,
        filters: impl IntoIterator<Item = F>,
    ) -> Result<Vec<i32>> {
        let filters: Vec<MessagesFilter> = filters.into_iter().map(Into::into).collect();
        let (peer, deadline) = (peer.into(), self.begin_for::<f::GetSearchCounters>()?);
        let counters = self.ask_about(&peer, deadline, |peer| {
            let request = f::GetSearchCounters {
                peer: peer.clone(),
                filters: filters.clone(),
                ..Default::default()
            };
            self.ask_until(&request, deadline)
        })?;
        let of = |filter: &MessagesFilter| {
            let mut counters = counters.iter();
            let found = counters.find(|SearchCounter::Counter(it)| it.filter == *filter);
            found.map_or(0, |SearchCounter::Counter(it)| it.count)
        };
        Ok(filters.iter().map(of).collect())
    }

    /// On which days a chat has messages of a kind, from a message on towards the past; from the
    /// newest, with 0.
    ///
    /// # Errors
    ///
    /// As [`count_messages`](Self::count_messages). Common answers: `FILTER_NOT_SUPPORTED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getSearchResultsCalendar>.
    pub fn search_calendar(
        &self,
        peer: impl Into<PeerRef>,
        filter: impl Into<MessagesFilter>,
        from_id: i32,
    ) -> Result<SearchCalendar> {
        let (peer, filter) = (peer.into(), filter.into());
        let deadline = self.begin_for::<f::GetSearchResultsCalendar>()?;
        let answer = self.ask_about(&peer, deadline, |peer| {
            let request = f::GetSearchResultsCalendar {
                peer: peer.clone(),
                filter: filter.clone(),
                offset_id: from_id,
                ..Default::default()
            };
            self.ask_until(&request, deadline)
        })?;
        let SearchResultsCalendar::Calendar(answer) = answer;
        let periods = answer.periods.into_iter();
        let shown = Shown::from(Messages::from(types::messages::Messages {
            messages: answer.messages,
            topics: Vec::new(),
            chats: answer.chats,
            users: answer.users,
        }));
        Ok(SearchCalendar {
            count: answer.count,
            inexact: answer.inexact,
            min_date: answer.min_date,
            min_id: answer.min_msg_id,
            days: periods
                .map(|SearchResultsCalendarPeriod::Period(day)| day)
                .collect(),
            messages: shown.into_messages(self).into_iter().flatten().collect(),
        })
    }

    /// Where in a chat the messages of a kind stand, from a message on towards the past, to jump
    /// among them without reading them: at most so many. The number of all comes with them.
    ///
    /// # Errors
    ///
    /// As [`count_messages`](Self::count_messages). Common answers: `FILTER_NOT_SUPPORTED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getSearchResultsPositions>.
    pub fn search_positions(
        &self,
        peer: impl Into<PeerRef>,
        filter: impl Into<MessagesFilter>,
        from_id: i32,
        limit: i32,
    ) -> Result<(Vec<types::SearchResultPosition>, i32)> {
        let (peer, filter) = (peer.into(), filter.into());
        let deadline = self.begin_for::<f::GetSearchResultsPositions>()?;
        let answer = self.ask_about(&peer, deadline, |peer| {
            let request = f::GetSearchResultsPositions {
                peer: peer.clone(),
                filter: filter.clone(),
                offset_id: from_id,
                limit,
                ..Default::default()
            };
            self.ask_until(&request, deadline)
        })?;
        let SearchResultsPositions::Positions(answer) = answer;
        let positions = answer.positions.into_iter();
        let positions = positions.map(|SearchResultsPosition::SearchResultPosition(it)| it);
        Ok((positions.collect(), answer.count))
    }
}
