//! What became of a message whose answer was lost.
use std::collections::HashMap;
use std::time::Instant;

use parking_lot::Mutex;

use super::input_message::InputMessage;
use super::message::Message;
use super::once_key::Kept;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::net;
use crate::peers::input_channel;
use crate::tl::enums::{self, InputPeer, Update};
use crate::tl::functions::{channels, updates};
use crate::tl::types;

/// For so long, in seconds, a state of a counter is taken for what was before a message: a
/// difference from it is short.
const STATE_LASTS: i64 = 600;

/// So many updates of a channel are asked for at once; bots may ask for as many.
///
/// See <https://core.telegram.org/method/updates.getChannelDifference>.
const CHANNEL_LIMIT: i32 = 100;

/// A difference of more parts than this is too long to be looked through.
const PARTS_MAX: usize = 100;

/// States of counters, by the channel (0: all other chats), and when they were asked for.
#[derive(Default)]
struct States(Mutex<HashMap<i64, (i32, i64)>>);

/// What became of a message.
pub(super) enum Trace {
    Sent(Message),
    NotSent,
    /// The server tells no longer.
    Unclear,
}

/// What happened in a chat, as far as it can be told.
#[derive(Default)]
struct Past {
    new: Vec<enums::Message>,
    others: Vec<Update>,
    is_complete: bool,
}

impl Client {
    /// A state of the counter of a chat's updates that is not later than now, and not much earlier.
    pub(super) fn state_before(&self, input: &InputPeer, deadline: Instant) -> Result<i32> {
        let states = self.core.annex.of::<States>();
        let now = net::now().unix_seconds();
        let channel = match input {
            InputPeer::Channel(it) => it.channel_id,
            InputPeer::ChannelFromMessage(it) => it.channel_id,
            _ => 0,
        };
        let known = states.0.lock().get(&channel).copied();
        if let Some((pts, asked)) = known
            && (0..STATE_LASTS).contains(&now.saturating_sub(asked))
        {
            return Ok(pts);
        }
        let pts = match channel {
            0 => {
                let state = self.ask_until(&updates::GetState {}, deadline)?;
                let enums::updates::State::State(state) = state;
                state.pts
            }
            _ => {
                let request = channels::GetFullChannel {
                    channel: input_channel(input)?,
                };
                let enums::messages::ChatFull::Full(full) = self.ask_until(&request, deadline)?;
                match full.full_chat {
                    enums::ChatFull::ChannelFull(full) => full.pts,
                    _ => return Err(Error::Unexpected("a channel was asked for")),
                }
            }
        };
        states.0.lock().insert(channel, (pts, now));
        Ok(pts)
    }

    /// Looks for a message in all that has happened since before it was sent. The server names it
    /// by its `random_id`; what looks like it and is not named leaves it unclear.
    ///
    /// See <https://core.telegram.org/constructor/updateMessageID>.
    pub(super) fn trace(
        &self,
        kept: &Kept,
        input: &InputPeer,
        wanted: &InputMessage,
        deadline: Instant,
    ) -> Result<Trace> {
        let past = match input {
            InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                self.channel_past(kept, input, deadline)?
            }
            _ => self.past(kept, deadline)?,
        };
        let named = past.others.iter().find_map(|update| match update {
            Update::MessageId(named) if named.random_id == kept.random_id => Some(named.id),
            _ => None,
        });
        let mut texts = past.new.into_iter().filter_map(|message| match message {
            enums::Message::Message(raw) => Some(raw),
            _ => None,
        });
        if let Some(id) = named {
            let there = self.fetch_sent(input, id, deadline)?;
            return Ok(there.map_or(Trace::Unclear, Trace::Sent));
        }
        let peer = self.peer_of(input);
        let is_like_it = |raw: Box<types::Message>| {
            let is_mine = raw.out || matches!(input, InputPeer::PeerSelf);
            let is_there = peer.as_ref() == Some(&raw.peer_id);
            is_mine && is_there && raw.message.trim() == wanted.text.trim()
        };
        Ok(match past.is_complete && !texts.any(is_like_it) {
            true => Trace::NotSent,
            false => Trace::Unclear,
        })
    }

    fn past(&self, kept: &Kept, deadline: Instant) -> Result<Past> {
        use enums::updates::Difference;
        let mut past = Past::default();
        let mut request = updates::GetDifference {
            pts: kept.pts,
            date: i32::try_from(kept.since).unwrap_or(i32::MAX),
            ..Default::default()
        };
        for _ in 0..PARTS_MAX {
            match self.ask_until(&request, deadline)? {
                Difference::Difference(all) => {
                    past.new.extend(all.new_messages);
                    past.others.extend(all.other_updates);
                    past.is_complete = true;
                    break;
                }
                Difference::Slice(part) => {
                    past.new.extend(part.new_messages);
                    past.others.extend(part.other_updates);
                    let enums::updates::State::State(state) = part.intermediate_state;
                    (request.pts, request.date) = (state.pts, state.date);
                    request.qts = state.qts;
                }
                Difference::Empty(_) => {
                    past.is_complete = true;
                    break;
                }
                _ => break,
            }
        }
        Ok(past)
    }

    fn channel_past(&self, kept: &Kept, input: &InputPeer, deadline: Instant) -> Result<Past> {
        use enums::updates::ChannelDifference;
        let mut past = Past::default();
        let mut request = updates::GetChannelDifference {
            force: true,
            channel: input_channel(input)?,
            filter: enums::ChannelMessagesFilter::Empty,
            pts: kept.pts,
            limit: CHANNEL_LIMIT,
        };
        for _ in 0..PARTS_MAX {
            match self.ask_until(&request, deadline)? {
                ChannelDifference::Difference(part) => {
                    past.new.extend(part.new_messages);
                    past.others.extend(part.other_updates);
                    request.pts = part.pts;
                    past.is_complete = part.r#final;
                }
                ChannelDifference::Empty(_) => past.is_complete = true,
                _ => break,
            }
            if past.is_complete {
                break;
            }
        }
        Ok(past)
    }
}
