//! Which updates are counted, and by which counter: the only place that knows.
use crate::store::PeerKey;
use crate::tl::Deserialize;
use crate::tl::enums::{Message, Peer, Update, Updates};

/// What counts updates.
///
/// See <https://core.telegram.org/api/updates#message-related-event-sequences>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counter {
    /// The account's `pts`: private chats and small groups.
    Common,
    /// The account's `qts`: secret chats, and what bots are told.
    Secret,
    /// The `pts` of the channel or supergroup with this id.
    Channel(i64),
}

impl Counter {
    /// The channel, if it is one's.
    #[must_use]
    pub fn peer(self) -> Option<PeerKey> {
        match self {
            Self::Channel(id) => Some(PeerKey::Channel(id)),
            Self::Common | Self::Secret => None,
        }
    }
}

/// How far a counter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Which one.
    pub counter: Counter,
    /// Its value.
    pub value: i32,
}

impl Mark {
    /// How far the counter is once this update has happened; `None` when nothing counts it.
    ///
    /// ```
    /// use ferogram_sync::tl::types;
    /// use ferogram_sync::tracker::{Counter, Mark};
    ///
    /// let deleted = types::UpdateDeleteChannelMessages {
    ///     channel_id: 5,
    ///     messages: vec![1, 2],
    ///     pts: 9,
    ///     pts_count: 2,
    /// };
    /// let mark = Mark { counter: Counter::Channel(5), value: 9 };
    /// assert_eq!(Mark::of(&deleted.into()), Some(mark));
    /// assert_eq!(Mark::of(&types::UpdateUserStatus::default().into()), None);
    /// ```
    #[must_use]
    pub fn of(update: &Update) -> Option<Self> {
        match Kind::of(update) {
            Kind::Counted(counter, step) => Some(Self {
                counter,
                value: step.end,
            }),
            _ => None,
        }
    }
}

/// From where to where an update takes a counter. `start` is not above `end`, and `end` is above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) start: i32,
    pub(super) end: i32,
}

impl Step {
    /// `None` for what counts nothing: servers write 0 where no order is meant, as in some updates
    /// for bots.
    pub(super) fn new(end: i32, count: i32) -> Option<Self> {
        let counts = end > 0 && count >= 0;
        // The difference of two numbers that are not negative does not overflow.
        counts.then(|| Self {
            start: end - count,
            end,
        })
    }
}

/// What an update means to the tracker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It takes a counter on.
    Counted(Counter, Step),
    /// More has happened in a channel than the server sends unasked; perhaps how far its counter
    /// is.
    ChannelTooLong(i64, Option<i32>),
    /// The account's `pts` has begun anew.
    PtsChanged,
    /// It is of use at once or never, and is not held up by a gap.
    Urgent,
    /// Anything else: only its container is counted.
    Plain,
}

impl Kind {
    /// A test holds this against the schema: whatever has a `pts_count` or a `qts` is here.
    pub(super) fn of(update: &Update) -> Self {
        use Update as U;
        match update {
            // https://core.telegram.org/api/updates#message-related-event-sequences
            U::NewMessage(u) => common(u.pts, u.pts_count),
            U::DeleteMessages(u) => common(u.pts, u.pts_count),
            U::ReadHistoryInbox(u) => common(u.pts, u.pts_count),
            U::ReadHistoryOutbox(u) => common(u.pts, u.pts_count),
            U::WebPage(u) => common(u.pts, u.pts_count),
            U::ReadMessagesContents(u) => common(u.pts, u.pts_count),
            U::EditMessage(u) => common(u.pts, u.pts_count),
            U::FolderPeers(u) => common(u.pts, u.pts_count),
            U::PinnedMessages(u) => common(u.pts, u.pts_count),
            U::NewChannelMessage(u) => of_channel(channel_of(&u.message), u.pts, u.pts_count),
            U::EditChannelMessage(u) => of_channel(channel_of(&u.message), u.pts, u.pts_count),
            U::DeleteChannelMessages(u) => of_channel(Some(u.channel_id), u.pts, u.pts_count),
            U::ChannelWebPage(u) => of_channel(Some(u.channel_id), u.pts, u.pts_count),
            U::PinnedChannelMessages(u) => of_channel(Some(u.channel_id), u.pts, u.pts_count),
            U::ChannelTooLong(u) => Self::ChannelTooLong(u.channel_id, u.pts),
            U::PtsChanged => Self::PtsChanged,
            // Typing, queries that expire, calls, and what concerns the connection itself.
            U::UserTyping(_) | U::ChatUserTyping(_) | U::ChannelUserTyping(_) => Self::Urgent,
            U::EncryptedChatTyping(_) | U::UserStatus(_) | U::LoginToken => Self::Urgent,
            U::SentPhoneCode(_) | U::DcOptions(_) | U::Config => Self::Urgent,
            U::ServiceNotification(_) | U::LangPack(_) | U::LangPackTooLong(_) => Self::Urgent,
            U::PhoneCall(_) | U::PhoneCallSignalingData(_) => Self::Urgent,
            U::GroupCallParticipants(_) => Self::Urgent,
            U::BotInlineQuery(_) | U::BotCallbackQuery(_) => Self::Urgent,
            U::InlineBotCallbackQuery(_) | U::BusinessBotCallbackQuery(_) => Self::Urgent,
            U::EphemeralBotCallbackQuery(_) => Self::Urgent,
            U::BotShippingQuery(_) | U::BotPrecheckoutQuery(_) => Self::Urgent,
            other => secret(other),
        }
    }
}

/// Each of these is one step of `qts`.
fn secret(update: &Update) -> Kind {
    use Update as U;
    let qts = match update {
        U::NewEncryptedMessage(u) => u.qts,
        U::MessagePollVote(u) => u.qts,
        U::ChatParticipant(u) => u.qts,
        U::ChannelParticipant(u) => u.qts,
        U::BotStopped(u) => u.qts,
        U::BotChatInviteRequester(u) => u.qts,
        U::BotChatBoost(u) => u.qts,
        U::BotMessageReaction(u) => u.qts,
        U::BotMessageReactions(u) => u.qts,
        U::BotBusinessConnect(u) => u.qts,
        U::BotNewBusinessMessage(u) => u.qts,
        U::BotEditBusinessMessage(u) => u.qts,
        U::BotDeleteBusinessMessage(u) => u.qts,
        U::BotPurchasedPaidMedia(u) => u.qts,
        U::ManagedBot(u) => u.qts,
        U::BotGuestChatQuery(u) => u.qts,
        U::BotStarsSubscription(u) => u.qts,
        _ => return Kind::Plain,
    };
    Step::new(qts, 1).map_or(Kind::Plain, |step| Kind::Counted(Counter::Secret, step))
}

fn common(pts: i32, count: i32) -> Kind {
    Step::new(pts, count).map_or(Kind::Plain, |step| Kind::Counted(Counter::Common, step))
}

fn of_channel(channel: Option<i64>, pts: i32, count: i32) -> Kind {
    let counted = channel.zip(Step::new(pts, count));
    counted.map_or(Kind::Plain, |(id, step)| {
        Kind::Counted(Counter::Channel(id), step)
    })
}

/// Where a message was written.
fn peer_of(message: &Message) -> Option<&Peer> {
    match message {
        Message::Message(message) => Some(&message.peer_id),
        Message::Service(message) => Some(&message.peer_id),
        Message::Empty(message) => message.peer_id.as_ref(),
        _ => None,
    }
}

/// The channel that a message was written in.
pub(super) fn channel_of(message: &Message) -> Option<i64> {
    match peer_of(message)? {
        Peer::Channel(channel) => Some(channel.channel_id),
        _ => None,
    }
}

/// The number of a message within its chat.
pub(super) fn id_of(message: &Message) -> i32 {
    match message {
        Message::Message(message) => message.id,
        Message::Service(message) => message.id,
        Message::Empty(message) => message.id,
        _ => 0,
    }
}

/// Puts the counted updates of one container in the order in which they count, for servers list
/// them in any. Of two that begin at the same value, the one that does not move the counter comes
/// first: afterwards it would seem to be old. The others keep their places.
pub(super) fn put_in_order(updates: &mut Vec<Update>) {
    let step = |update: &Update| match Kind::of(update) {
        Kind::Counted(_, step) => Some(step),
        _ => None,
    };
    if updates.len() < 2 || updates.iter().filter_map(step).is_sorted() {
        return;
    }
    let places: Vec<usize> = (0..updates.len())
        .filter(|place| step(&updates[*place]).is_some())
        .collect();
    let mut sorted = places.clone();
    sorted.sort_by_key(|place| step(&updates[*place]));
    let mut order: Vec<usize> = (0..updates.len()).collect();
    for (place, from) in places.into_iter().zip(sorted) {
        order[place] = from;
    }
    let mut taken: Vec<Option<Update>> = updates.drain(..).map(Some).collect();
    updates.extend(order.into_iter().filter_map(|from| taken[from].take()));
}

/// How many updates in what was pushed nothing counts, not even a number of their container: where
/// there is no room for them they are gone for good.
///
/// See <https://core.telegram.org/api/updates#updates-sequence>.
pub(crate) fn uncounted_in(pushed: &[u8]) -> u64 {
    let gone = |update: &&Update| matches!(Kind::of(update), Kind::Urgent | Kind::Plain);
    let count = match Updates::from_bytes(pushed) {
        Ok(Updates::UpdateShort(it)) => usize::from(gone(&&it.update)),
        Ok(Updates::Combined(it)) if it.seq == 0 => it.updates.iter().filter(gone).count(),
        Ok(Updates::Updates(it)) if it.seq == 0 => it.updates.iter().filter(gone).count(),
        _ => 0,
    };
    count as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

    fn deleted(pts: i32, pts_count: i32) -> Update {
        Update::DeleteMessages(types::UpdateDeleteMessages {
            messages: Vec::new(),
            pts,
            pts_count,
        })
    }

    #[test]
    fn what_counts_nothing_is_not_counted() {
        for (pts, count) in [(0, 0), (0, 1), (-1, 1), (5, -1), (i32::MIN, i32::MAX)] {
            assert_eq!(Kind::of(&deleted(pts, count)), Kind::Plain, "{pts} {count}");
        }
        let (start, end) = (1 - i32::MAX, 1);
        let kind = Kind::Counted(Counter::Common, Step { start, end });
        assert_eq!(Kind::of(&deleted(1, i32::MAX)), kind);
    }

    #[test]
    fn a_container_is_put_in_order_and_what_is_not_counted_keeps_its_place() {
        let mut updates = vec![
            Update::SavedGifs,
            deleted(12, 1),
            Update::Config,
            deleted(11, 1),
            deleted(10, 0),
            deleted(10, 1),
        ];
        put_in_order(&mut updates);
        let expected = [
            Update::SavedGifs,
            deleted(10, 1),
            Update::Config,
            deleted(10, 0),
            deleted(11, 1),
            deleted(12, 1),
        ];
        assert_eq!(updates, expected);
    }
}
