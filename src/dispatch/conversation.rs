//! A talk with somebody, as straight-line code.
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::RecvTimeoutError;

use super::claims::{Wants, is_wanted};
use super::context::{Context, Setup};
use super::conversation_error::{ConversationError, Limit};
use super::filter::Filter;
use super::hub::{Claimed, Exchange, Hub};
use super::lent;
use crate::client::{Client, WeakClient};
use crate::error::Result;
use crate::messages::{InputMessage, Message};
use crate::net::{self, NetError};
use crate::peers::{PeerRef, marked_id};
use crate::tl::enums::Peer;
use crate::updates::update::CallbackQuery;
use crate::updates::{Ended, NoUpdate, Subscription, Update, UpdateDelivery, Updates, WhenFull};

/// The topic of a forum that messages outside of all others are in.
const GENERAL: i32 = 1;

/// How long each wait may take if nothing is said.
const EACH: Duration = Duration::from_secs(300);

impl Client {
    /// A talk with a user, or in a group or channel.
    ///
    /// In a group, everybody's messages are answers, unless [`with`](Conversation::with) says
    /// whose; [`Message::conversation`] is with whoever wrote the message. What this account sends,
    /// here or elsewhere, is no answer.
    ///
    /// If a [`Dispatcher`](crate::Dispatcher) runs, what a conversation waits for comes to it and
    /// not to the handlers, and all else goes to the handlers. In a handler it works too: while it
    /// waits, the handler's place is given to others, and the chat's next updates are handled. One
    /// that was begun before the dispatcher has a stream of its own, and takes nothing from it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().expect("bots have one").to_owned();
    /// use std::thread;
    ///
    /// let asker = thread::spawn({
    ///     let ann = ann.clone();
    ///     let mut talk = ann.conversation(format!("@{name}"))?;
    ///     move || talk.ask("What is your name?").map(|answer| answer.text().to_owned())
    /// });
    /// for update in bot.updates() {
    ///     if let ferogram_sync::Update::NewMessage(question) = update {
    ///         question.respond("R2")?;
    ///         break;
    ///     }
    /// }
    /// assert_eq!(asker.join().expect("no panic")?, "R2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve`](Self::resolve).
    ///
    /// # Blocking
    ///
    /// Until the server has said who that is, if that has to be asked.
    pub fn conversation(&self, peer: impl Into<PeerRef>) -> Result<Conversation> {
        let peer = self.resolve(peer)?;
        Ok(Conversation::new(self, peer))
    }
}

impl Message {
    /// A talk with whoever wrote this message, in the chat that it is in, and in its topic.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`](crate::NetError::Closed) when the client is not there any more.
    pub fn conversation(&self) -> Result<Conversation> {
        let mut talk = Conversation::new(&self.client()?, self.peer().clone());
        talk.topic = Some(self.topic_id());
        let sender = self.sender_user_id().or(self.sender_chat_id());
        Ok(match sender.filter(|_| !self.outgoing()) {
            Some(sender) => talk.with(sender),
            None => talk,
        })
    }
}

/// A talk with somebody: it sends, and waits for what comes back.
///
/// Each wait begins with what has come already and is waiting for a handler: quick answers are not
/// lost. What it does not wait for is handled by the dispatcher, if one runs.
///
/// ```no_run
/// # use ferogram_sync::{ConversationError, Message};
/// use ferogram_sync::filters::photo;
/// use std::time::Duration;
///
/// fn register(message: Message) -> Result<(), ConversationError> {
///     let mut talk = message.conversation()?.each(Duration::from_secs(60));
///     let name = talk.ask("What is your name?")?;
///     talk.send(format!("Show yourself, {}.", name.text()))?;
///     let picture = talk.answer_of(photo())?;
///     picture.reply("Nice.")?;
///     Ok(())
/// }
/// ```
pub struct Conversation {
    client: WeakClient,
    peer: Peer,
    chat: i64,
    from: Option<i64>,
    /// In which topic of a forum, if it matters; `None` within is the one called "General".
    topic: Option<Option<i32>>,
    each: Duration,
    total: Option<Instant>,
    source: Source,
    /// What was taken last: it is finished when the next is asked for.
    given: Option<UpdateDelivery>,
    /// The message that was sent last.
    sent: Option<i32>,
}

/// Where updates come from.
enum Source {
    Dispatcher(Arc<Hub>),
    Stream(Updates),
}

impl Conversation {
    fn new(client: &Client, peer: Peer) -> Self {
        let chat = marked_id(&peer);
        let source = match Exchange::of(client).hub() {
            Some(hub) => Source::Dispatcher(hub),
            None => {
                // One who does not listen holds nobody up.
                let what = Subscription::new().when_full(WhenFull::DropOldest);
                let of_chat = move |update: &Update| update.chat_id() == Some(chat);
                Source::Stream(client.subscribe(what.filter(of_chat)))
            }
        };
        Self {
            client: client.weak(),
            from: matches!(peer, Peer::User(_)).then_some(chat),
            peer,
            chat,
            topic: None,
            each: EACH,
            total: None,
            source,
            given: None,
            sent: None,
        }
    }

    /// Only what this user does, or what is sent as this chat, by its id as the Bot API writes it.
    #[must_use]
    pub fn with(mut self, id: i64) -> Self {
        self.from = Some(id);
        self
    }

    /// What anybody does in the chat, as far as it is not this account.
    #[must_use]
    pub fn anybody(mut self) -> Self {
        self.from = None;
        self
    }

    /// Only messages in this topic of a forum, and what is sent goes there. The id of "General" is
    /// 1. Presses of buttons do not tell in which topic they were.
    ///
    /// See <https://core.telegram.org/api/forum>.
    #[must_use]
    pub fn topic(mut self, topic_id: i32) -> Self {
        self.topic = Some(Some(topic_id).filter(|id| *id != GENERAL));
        self
    }

    /// How long each wait may take: five minutes if nothing is said.
    #[must_use]
    pub fn each(mut self, time: Duration) -> Self {
        self.each = time;
        self
    }

    /// How long the conversation may take as a whole, from now on: as long as it likes if nothing
    /// is said.
    #[must_use]
    pub fn total(mut self, time: Duration) -> Self {
        self.total = Some(net::after(time));
        self
    }

    /// The chat that it is in.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.peer
    }

    /// Sends a message.
    ///
    /// # Errors
    ///
    /// As [`Client::send_message`].
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    pub fn send(&mut self, message: impl Into<InputMessage>) -> Result<Message> {
        let message = message.into();
        let message = InputMessage {
            topic: message.topic.or(self.topic.flatten()),
            ..message
        };
        let sent = self.client.upgrade()?.send_message(&self.peer, message)?;
        self.sent = Some(sent.id());
        Ok(sent)
    }

    /// Sends a message, and waits for the next one from the other side.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send) and [`answer`](Self::answer).
    ///
    /// # Blocking
    ///
    /// Until the answer is here, at most for [`each`](Self::each) and [`total`](Self::total).
    pub fn ask(&mut self, message: impl Into<InputMessage>) -> Result<Message, ConversationError> {
        may_wait()?;
        let wants = self.wanted(|_| true);
        self.finish();
        // An answer may be there before the call that asks has returned, and unless this is a
        // handler of the chat, another handler would have it.
        let early = match &self.source {
            Source::Dispatcher(hub) => Some(hub.claim(self.chat, Arc::clone(&wants))),
            Source::Stream(_) => None,
        };
        match self.send(message) {
            Ok(_) => into_message(self.wait_on(early, wants)?),
            Err(error) => {
                if let (Some(early), Source::Dispatcher(hub)) = (early, &self.source) {
                    hub.give_back(early);
                }
                Err(error.into())
            }
        }
    }

    /// Waits for the next message from the other side.
    ///
    /// # Errors
    ///
    /// [`ConversationError::TimedOut`] when none comes in time;
    /// [`ConversationError::Ended`] when the client or the dispatcher has ended.
    ///
    /// # Blocking
    ///
    /// At most for [`each`](Self::each) and [`total`](Self::total).
    pub fn answer(&mut self) -> Result<Message, ConversationError> {
        self.message(|_| true)
    }

    /// Waits for a message from the other side that passes a filter. Others go to the dispatcher.
    ///
    /// # Errors
    ///
    /// As [`answer`](Self::answer).
    ///
    /// # Blocking
    ///
    /// As [`answer`](Self::answer).
    pub fn answer_of(&mut self, filter: Filter) -> Result<Message, ConversationError> {
        let client = self.client.clone();
        let setup = Arc::new(Setup::default());
        self.message(move |message| {
            let update = Update::NewMessage(message.clone());
            filter.matches(&Context::new(update, client.clone(), Arc::clone(&setup)))
        })
    }

    /// Waits for a message with something attached.
    ///
    /// # Errors
    ///
    /// As [`answer`](Self::answer).
    ///
    /// # Blocking
    ///
    /// As [`answer`](Self::answer).
    pub fn media(&mut self) -> Result<Message, ConversationError> {
        self.message(|message| message.media().is_some())
    }

    /// Waits for a message that quotes the one that was sent last.
    ///
    /// # Errors
    ///
    /// As [`answer`](Self::answer).
    ///
    /// # Blocking
    ///
    /// As [`answer`](Self::answer).
    pub fn reply(&mut self) -> Result<Message, ConversationError> {
        let sent = self.sent;
        self.message(move |message| sent.is_some() && message.reply_to_message_id() == sent)
    }

    /// Waits until a button below one of the messages in the chat is pressed: it has to be
    /// answered, or the other side is shown that it waits.
    ///
    /// # Errors
    ///
    /// As [`answer`](Self::answer).
    ///
    /// # Blocking
    ///
    /// As [`answer`](Self::answer).
    pub fn click(&mut self) -> Result<CallbackQuery, ConversationError> {
        let from = self.from;
        let pressed = self.wait(Arc::new(move |update| {
            matches!(update, Update::CallbackQuery(_)) && is_from(update, from)
        }))?;
        match pressed {
            Update::CallbackQuery(query) => Ok(query),
            _ => unreachable!("nothing else is waited for"),
        }
    }

    /// Waits until the other side changes one of its messages: as it is then.
    ///
    /// # Errors
    ///
    /// As [`answer`](Self::answer).
    ///
    /// # Blocking
    ///
    /// As [`answer`](Self::answer).
    pub fn edit(&mut self) -> Result<Message, ConversationError> {
        let (from, topic) = (self.from, self.topic);
        let changed = self.wait(Arc::new(move |update| match update {
            Update::MessageEdited(message) => {
                !message.outgoing() && is_from(update, from) && is_in(message, topic)
            }
            _ => false,
        }))?;
        match changed {
            Update::MessageEdited(message) => Ok(message),
            _ => unreachable!("nothing else is waited for"),
        }
    }

    /// Waits until the other side has read the message that was sent last. Users are told that,
    /// bots are not.
    ///
    /// # Errors
    ///
    /// As [`answer`](Self::answer).
    ///
    /// # Blocking
    ///
    /// As [`answer`](Self::answer).
    pub fn read(&mut self) -> Result<(), ConversationError> {
        let sent = self.sent.unwrap_or_default();
        let read = self.wait(Arc::new(
            move |update| matches!(update, Update::ReadOutbox(it) if it.max_id() >= sent),
        ));
        read.map(drop)
    }

    /// Waits for any update of the chat that a function picks, whoever's doing it is.
    ///
    /// The function is called on the thread that takes updates in, and all chats wait for it. It
    /// may call the client, but no conversation can wait in it.
    ///
    /// # Errors
    ///
    /// As [`answer`](Self::answer); [`NetError::WouldDeadlock`](crate::NetError::WouldDeadlock) in
    /// such a function.
    ///
    /// # Blocking
    ///
    /// As [`answer`](Self::answer).
    pub fn wait_for(
        &mut self,
        pick: impl Fn(&Update) -> bool + Send + Sync + 'static,
    ) -> Result<Update, ConversationError> {
        self.wait(Arc::new(pick))
    }

    fn message(
        &mut self,
        pick: impl Fn(&Message) -> bool + Send + Sync + 'static,
    ) -> Result<Message, ConversationError> {
        let wants = self.wanted(pick);
        into_message(self.wait(wants)?)
    }

    fn wanted(&self, pick: impl Fn(&Message) -> bool + Send + Sync + 'static) -> Wants {
        let (from, topic) = (self.from, self.topic);
        Arc::new(move |update| match update {
            Update::NewMessage(message) => {
                let is_meant = is_from(update, from) && is_in(message, topic);
                !message.outgoing() && is_meant && pick(message)
            }
            _ => false,
        })
    }

    fn wait(&mut self, wants: Wants) -> Result<Update, ConversationError> {
        may_wait()?;
        self.finish();
        self.wait_on(None, wants)
    }

    /// What was taken last is done with.
    fn finish(&mut self) {
        if let Some(given) = self.given.take() {
            given.ack();
        }
    }

    fn wait_on(
        &mut self,
        early: Option<Claimed>,
        wants: Wants,
    ) -> Result<Update, ConversationError> {
        let (until, limit) = self.until();
        let begin = net::now().instant;
        let timed_out = || ConversationError::TimedOut {
            limit,
            after: until.saturating_duration_since(begin),
        };
        let hub = match &mut self.source {
            Source::Dispatcher(hub) => hub,
            Source::Stream(updates) => return of_stream(updates, &wants, until, timed_out),
        };
        let delivery = match early.unwrap_or_else(|| hub.claim(self.chat, wants)) {
            Claimed::Found(delivery) => delivery,
            Claimed::Over => return Err(ConversationError::Ended(Ended::Stopped)),
            Claimed::Waiting(waiting) => match hub.wait(&waiting, until) {
                Ok(delivery) => delivery,
                Err(RecvTimeoutError::Timeout) => return Err(timed_out()),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(ConversationError::Ended(Ended::Stopped));
                }
            },
        };
        let update = (*delivery).clone();
        self.given = Some(delivery);
        Ok(update)
    }

    /// The nearest of the limits.
    fn until(&self) -> (Instant, Limit) {
        let each = net::after(self.each);
        let limits = [
            (Some(each), Limit::Each),
            (self.total, Limit::Total),
            (lent::deadline_here(), Limit::Update),
        ];
        let limits = limits
            .into_iter()
            .filter_map(|(at, limit)| Some((at?, limit)));
        limits
            .min_by_key(|(at, _)| *at)
            .unwrap_or((each, Limit::Each))
    }
}

/// Whether this thread may wait: not where it is asked what somebody waits for.
fn may_wait() -> Result<()> {
    match lent::may_wait() {
        true => Ok(()),
        false => Err(NetError::WouldDeadlock.into()),
    }
}

fn into_message(update: Update) -> Result<Message, ConversationError> {
    match update {
        Update::NewMessage(message) => Ok(message),
        _ => unreachable!("nothing else is waited for"),
    }
}

fn is_from(update: &Update, from: Option<i64>) -> bool {
    from.is_none() || update.sender_id() == from
}

fn is_in(message: &Message, topic: Option<Option<i32>>) -> bool {
    topic.is_none_or(|topic| message.topic_id() == topic)
}

fn of_stream(
    updates: &mut Updates,
    wants: &Wants,
    until: Instant,
    timed_out: impl Fn() -> ConversationError,
) -> Result<Update, ConversationError> {
    loop {
        let left = until.saturating_duration_since(net::now().instant);
        match updates.next_timeout(left) {
            Ok(update) if is_wanted(wants, &update) => return Ok(update),
            Ok(_) => {}
            Err(NoUpdate::Ended(ended)) => return Err(ConversationError::Ended(ended)),
            Err(_) => return Err(timed_out()),
        }
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.finish();
        }
    }
}

impl fmt::Debug for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conversation")
            .field("peer", &self.peer)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}
