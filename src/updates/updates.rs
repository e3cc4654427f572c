//! The stream of what the server tells unasked.
use std::fmt;
use std::iter;
use std::mem;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};

use super::delivery::{Receipt, UpdateDelivery};
use super::door::Door;
use super::ended::{Ended, NoUpdate};
use super::lost::Lost;
use super::shelf::Shelf;
use super::station::Station;
use super::subscriber::{Farewell, Seat, Subscriber};
use super::subscription::Subscription;
use super::update::Update;
use crate::client::{Client, Reader, Reading};
use crate::error::Result;
use crate::net::{self, NetError};

impl Client {
    /// What the server tells from now on, complete and in order: what is missing is asked for. Each
    /// stream is given all of it.
    ///
    /// While somebody is signed in and a stream is there, the connection to the account's data
    /// centre stands, and is made again when it is lost: nothing else has to be called.
    ///
    /// The stream is bounded, and a program that does not read loses nothing: all streams wait for
    /// it, and what the server sends meanwhile is asked for later. [`subscribe`](Self::subscribe)
    /// has other choices.
    ///
    /// How far the program has come is kept with the session. What it has not finished, by asking
    /// for the next update, comes again when it is started anew.
    ///
    /// Each channel has a counter of its own, and one that has been silent since the session began
    /// is not known. If the first that happens there happens in an outage, that is told as
    /// [`Update::Lost`]. A user's program that wants it all the same calls
    /// [`iter_dialogs`](Self::iter_dialogs) once it has its stream, and each channel in the list is
    /// known from there on. See <https://core.telegram.org/api/updates#recovering-gaps>.
    ///
    /// # Blocking
    ///
    /// Until the server has said where things stand, if the session does not know it: from then on
    /// nothing is missed. Without a word of the server this ends after ten seconds, and the stream
    /// begins with the first word that comes. Nobody waits where nobody is signed in.
    ///
    /// ```no_run
    /// # fn main() -> ferogram_sync::Result<()> {
    /// # let client = ferogram_sync::Client::builder().api_id(1).api_hash("").connect()?;
    /// use ferogram_sync::Update;
    ///
    /// for update in client.updates() {
    ///     if let Update::NewMessage(message) = update {
    ///         println!("{}", message.text());
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn updates(&self) -> Updates {
        self.subscribe(Subscription::new())
    }

    /// A stream that is as it was told to be: with a filter, larger or smaller, or losing the
    /// oldest updates instead of holding the others up.
    ///
    /// # Blocking
    ///
    /// As [`updates`](Self::updates).
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, ann) = (telegram.bot(), telegram.user());
    /// # let me = client.get_me()?.username().expect("bots have one").to_owned();
    /// use ferogram_sync::{Subscription, Update};
    ///
    /// let is_message = |update: &Update| matches!(update, Update::NewMessage(_));
    /// let mut messages = client.subscribe(Subscription::new().filter(is_message));
    /// ann.send_message(format!("@{me}"), "Hello")?;
    /// assert!(matches!(messages.next(), Some(Update::NewMessage(_))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn subscribe(&self, what: Subscription) -> Updates {
        let reader = Reader::new(&self.core, Reading::Stream);
        let mut updates = Updates {
            reader,
            seat: None,
            given: None,
            ended: None,
        };
        if updates.reader.check().is_err() {
            return updates;
        }
        match Station::of(self) {
            Ok(station) => {
                let shelf = Shelf::new(&self.core, &station.board.alarm);
                let (subscriber, seat) = Subscriber::new(what, shelf);
                station.enrol(&self.core, subscriber);
                station.await_beginning(&self.core);
                updates.seat = Some(seat);
            }
            Err(error) => tracing::warn!(%error, "there is no stream of updates"),
        }
        updates
    }
}

/// A stream of updates. It does not keep the client alive, and ends with it.
pub struct Updates {
    reader: Reader,
    /// Nothing where none can come.
    seat: Option<Seat>,
    /// What the program has had last: it is finished when the next one is asked for.
    given: Option<Receipt>,
    ended: Option<Ended>,
}

impl Updates {
    /// The next update, or `None` when the stream has ended: [`ended`](Self::ended) says why.
    ///
    /// # Blocking
    ///
    /// Until an update is here or the client is closed.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is the iterator's, without consuming"
    )]
    pub fn next(&mut self) -> Option<Update> {
        self.receive(None).ok()
    }

    /// The next update, if one comes in time.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use std::time::Duration;
    /// use ferogram_sync::NoUpdate;
    ///
    /// let mut updates = client.updates();
    /// let update = updates.next_timeout(Duration::from_millis(10));
    /// let ended = matches!(update, Err(NoUpdate::Ended(_)));
    /// assert!(!ended, "an update may have come or not; more can come in any case");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NoUpdate::TimedOut`], or [`NoUpdate::Ended`] when none will come any more.
    ///
    /// # Blocking
    ///
    /// At most for `timeout`.
    pub fn next_timeout(&mut self, timeout: Duration) -> Result<Update, NoUpdate> {
        let deadline = net::now().instant.checked_add(timeout);
        self.receive(deadline)
    }

    /// The next update, if it is here already. Does not block.
    ///
    /// # Errors
    ///
    /// [`NoUpdate::TimedOut`], or [`NoUpdate::Ended`] when none will come any more.
    pub fn try_next(&mut self) -> Result<Update, NoUpdate> {
        self.receive(Some(net::now().instant))
    }

    /// Why the stream has ended, once it has.
    #[must_use]
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// The updates as they come, without consuming the stream.
    pub fn iter(&mut self) -> UpdatesIter<&mut Self> {
        UpdatesIter(self)
    }

    /// A receiver for `select!`: an update counts as finished when it is taken. It ends with the
    /// client, and with the login.
    ///
    /// It holds nothing itself: updates wait with the library, as many as the stream holds, until
    /// somebody takes one. So [`len`](Receiver::len) says nothing of how many there are, and
    /// `try_recv` may find nothing for a moment though some wait: give it a millisecond with
    /// `recv_timeout`.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (first, second) = (telegram.bot(), telegram.bot());
    /// # let ann = telegram.user();
    /// # let name = second.get_me()?.username().expect("bots have one").to_owned();
    /// use std::time::Duration;
    ///
    /// let (one, other) = (first.updates().receiver(), second.updates().receiver());
    /// ann.send_message(format!("@{name}"), "Hello")?;
    /// crossbeam_channel::select! {
    ///     recv(one) -> _ => panic!("nobody has written to the first one"),
    ///     recv(other) -> update => assert!(update.is_ok()),
    ///     default(Duration::from_secs(60)) => panic!("it comes"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn receiver(self) -> Receiver<Update> {
        let (door, receiver) = bounded(0);
        self.turn(Door::Updates(door));
        receiver
    }

    /// A receiver for several workers: each update counts as finished when its
    /// [`ack`](UpdateDelivery::ack) says so. It ends with the client, and with the login, and is
    /// like [`receiver`](Self::receiver) in all else.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, ann) = (telegram.bot(), telegram.user());
    /// # let me = client.get_me()?.username().expect("bots have one").to_owned();
    /// use ferogram_sync::Update;
    ///
    /// let deliveries = client.updates().deliveries();
    /// ann.send_message(format!("@{me}"), "Hello")?;
    /// for delivery in &deliveries {
    ///     let is_it = matches!(&*delivery, Update::NewMessage(it) if it.text() == "Hello");
    ///     delivery.ack();
    ///     if is_it {
    ///         break;
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn deliveries(self) -> Receiver<UpdateDelivery> {
        let (door, receiver) = bounded(0);
        self.turn(Door::Deliveries(door));
        receiver
    }

    /// The queue itself, for who waits for other things besides. It ends with the client.
    pub(crate) fn queue(&self) -> Receiver<UpdateDelivery> {
        let seat = self.seat.as_ref();
        seat.map_or_else(|| bounded(0).1, |seat| seat.queue.clone())
    }

    /// What the queue had, and what it has besides, no more than so many; without what was for
    /// somebody who was signed in before.
    pub(crate) fn with_next(&self, first: UpdateDelivery, max: usize) -> Vec<UpdateDelivery> {
        let queue = self.seat.iter().flat_map(|seat| seat.queue.try_iter());
        let login = self.reader.core().map(|core| core.imports.login());
        let mut all = Vec::new();
        for delivery in iter::once(first).chain(queue.take(max.saturating_sub(1))) {
            match login.is_some_and(|login| login != delivery.slip().login) {
                true => delivery.ack(),
                false => all.push(delivery),
            }
        }
        all
    }

    /// Goes on through another door. Where nothing can come any more, that door is shut.
    fn turn(mut self, door: Door) {
        if self.reader.check().is_err() {
            return;
        }
        if let (Some(seat), Some(core)) = (self.seat.take(), self.reader.core()) {
            let reader = Reader::new(&core, Reading::Stream);
            let turned = Farewell::Turned(door, reader, seat.filter);
            seat.leave.try_send(turned).ok();
            core.feed.ring();
        }
    }

    /// `None` as the deadline waits for ever.
    fn receive(&mut self, deadline: Option<Instant>) -> Result<Update, NoUpdate> {
        if self.reader.check().is_err() {
            return Err(self.end(Ended::Forked));
        }
        // Whoever signs in anew is perhaps somebody else.
        if let Some(ended @ Ended::SignedOut(_)) = self.ended {
            return Err(NoUpdate::Ended(ended));
        }
        if let Some(receipt) = self.given.take() {
            receipt.finish();
        }
        loop {
            let Some(seat) = &self.seat else {
                return Err(self.end(Ended::Closed));
            };
            match seat.dropped.swap(0, Ordering::AcqRel) {
                0 => {}
                count => return Ok(Update::Lost(Lost::slow(count))),
            }
            match self.reader.wait_while_signed_in(&seat.queue, deadline) {
                Ok(Some(delivery)) if self.is_old(&delivery) => delivery.ack(),
                Ok(Some(delivery)) => {
                    let (update, receipt) = delivery.open();
                    self.given = Some(receipt);
                    return Ok(update);
                }
                Ok(None) => {
                    let core = self.reader.core();
                    if core.as_ref().is_some_and(|it| it.login_end.is_cut_off()) {
                        return Err(self.end(Ended::Disconnected));
                    }
                    if let Some(trouble) = core.and_then(|core| core.login_end.trouble()) {
                        return Err(self.end(Ended::SignedOut(trouble)));
                    }
                }
                Err(NetError::TimedOut) => return Err(NoUpdate::TimedOut),
                Err(NetError::WouldDeadlock) => return Err(self.end(Ended::WouldDeadlock)),
                Err(NetError::LeaseLost) => return Err(self.end(Ended::LeaseLost)),
                Err(_) => return Err(self.end(Ended::Closed)),
            }
        }
    }

    /// Whether it was for somebody who was signed in before.
    fn is_old(&self, delivery: &UpdateDelivery) -> bool {
        let core = self.reader.core();
        core.is_some_and(|core| core.imports.login() != delivery.slip().login)
    }

    fn end(&mut self, ended: Ended) -> NoUpdate {
        self.ended = Some(ended);
        NoUpdate::Ended(ended)
    }
}

impl Drop for Updates {
    /// What nobody has read is kept for the next stream. In a child of `fork` nothing happens: what
    /// the queue is made of may have been in use by a thread that is not here.
    fn drop(&mut self) {
        if self.reader.check().is_err() {
            mem::forget((self.seat.take(), self.given.take()));
            return;
        }
        if let Some(receipt) = self.given.take()
            && !thread::panicking()
        {
            receipt.finish();
        }
        if let Some(seat) = self.seat.take() {
            seat.leave.try_send(Farewell::Left).ok();
            if let Some(core) = self.reader.core() {
                core.feed.ring();
            }
        }
    }
}

impl fmt::Debug for Updates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Updates")
            .field(
                "ready",
                &self.seat.as_ref().map_or(0, |seat| seat.queue.len()),
            )
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

impl IntoIterator for Updates {
    type Item = Update;
    type IntoIter = UpdatesIter<Self>;

    fn into_iter(self) -> UpdatesIter<Self> {
        UpdatesIter(self)
    }
}

/// Blocks for each next update, until the client is closed.
#[derive(Debug)]
pub struct UpdatesIter<U>(U);

impl Iterator for UpdatesIter<Updates> {
    type Item = Update;

    fn next(&mut self) -> Option<Update> {
        self.0.next()
    }
}

impl Iterator for UpdatesIter<&mut Updates> {
    type Item = Update;

    fn next(&mut self) -> Option<Update> {
        self.0.next()
    }
}
