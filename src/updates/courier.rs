//! The updates thread: it puts what the server tells in order, and hands it to the streams.
use std::ops::ControlFlow;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, at, never, select};

use super::asks::Asks;
use super::company::Company;
use super::progress::Progress;
use super::shelf::Shelf;
use super::subscriber::Subscriber;
use super::update::{Update, typed};
use crate::client::{Client, Core, Told, WeakClient};
use crate::mtproto::Outcome;
use crate::net::{self, Incoming, Lapse};
use crate::peers::PeerMap;
use crate::store::{Account, PeerKey};
use crate::tl::{Deserialize, Identifiable, enums, types};
use crate::tracker::{Affected, Batch, Origin, Output, Tracker, TrackerConfig};

/// How long a look into the session may take.
const LOOK_UP: Duration = Duration::from_secs(10);

/// How often it is looked whether the network is still there while nothing is read from it.
const LOOK_AROUND: Duration = Duration::from_secs(1);

/// The updates thread. It holds the client weakly while it waits.
pub(super) struct Courier {
    core: Weak<Core>,
    client: WeakClient,
    incoming: Receiver<Incoming>,
    told: Receiver<Told>,
    rung: Receiver<()>,
    closed: Receiver<()>,
    enrolled: Receiver<Subscriber>,
    lapse: Lapse,
    asks: Asks,
    order: Option<Order>,
    company: Company,
    progress: Progress,
}

/// The order of the updates of one login.
struct Order {
    tracker: Tracker,
    account: Account,
    login: u64,
    /// The server has ended the login; whoever signs in anew goes on with it.
    is_over: bool,
}

/// The client has ended.
struct End;

impl Courier {
    pub(super) fn new(client: &Client, enrolled: Receiver<Subscriber>) -> Self {
        let core = &client.core;
        Self {
            core: Arc::downgrade(core),
            client: client.weak(),
            incoming: core.incoming.clone(),
            told: core.feed.told.clone(),
            rung: core.feed.rung.clone(),
            closed: core.closed.clone(),
            enrolled,
            lapse: core.handle.lapse().clone(),
            asks: Asks::new(),
            order: None,
            company: Company::new(Shelf::new(core)),
            progress: Progress::default(),
        }
    }

    /// Works until the client ends.
    pub(super) fn run(mut self) {
        while let ControlFlow::Continue(due) = self.look_around() {
            if self.wait(due).is_break() {
                break;
            }
        }
        if let Some(core) = self.core.upgrade() {
            self.save(&core);
        }
    }

    /// Waits for the next thing, whatever it is, and takes it in.
    fn wait(&mut self, due: Option<Instant>) -> ControlFlow<()> {
        let reads = self.order.is_some() && self.company.is_there();
        let none = never();
        let incoming = if reads { &self.incoming } else { &none };
        let nobody = never();
        let answers = match self.company.is_there() {
            true => self.asks.answers(),
            false => &nobody,
        };
        let again = (!reads).then(|| net::after(LOOK_AROUND));
        let due = due.into_iter().chain(again).min();
        let due = due.map_or_else(never, at);
        select! {
            recv(self.closed) -> _ => return ControlFlow::Break(()),
            recv(self.enrolled) -> subscriber => match subscriber {
                Ok(subscriber) => self.enrol(subscriber),
                Err(_) => return ControlFlow::Break(()),
            },
            recv(incoming) -> incoming => match (incoming, self.core.upgrade()) {
                (Ok(incoming), Some(core)) => self.hear(&core, incoming),
                _ => return ControlFlow::Break(()),
            },
            recv(self.told) -> told => if let Ok(told) = told {
                self.own(told);
            },
            recv(answers) -> answer => if let Ok((token, outcome)) = answer {
                return self.answered(token, outcome);
            },
            recv(self.rung) -> _ => {}
            recv(due) -> _ => {}
        }
        match self.lapse.has_passed() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Takes in an answer, and before it what came before it: a state that the server tells has
    /// room for all that it had sent by then.
    fn answered(&mut self, token: u64, outcome: Outcome) -> ControlFlow<()> {
        let Some(core) = self.core.upgrade() else {
            return ControlFlow::Break(());
        };
        if self.order.is_some() {
            for _ in 0..self.incoming.len() {
                let Ok(incoming) = self.incoming.try_recv() else {
                    break;
                };
                self.hear(&core, incoming);
                if self.hand_out(&core).is_err() {
                    return ControlFlow::Break(());
                }
            }
        }
        let tracker = self.order.as_mut().map(|order| &mut order.tracker);
        self.asks.answered(&core, tracker, token, outcome);
        ControlFlow::Continue(())
    }

    /// Does all that can be done now; says when to look again.
    fn look_around(&mut self) -> ControlFlow<(), Option<Instant>> {
        let Some(core) = self.core.upgrade() else {
            return ControlFlow::Break(());
        };
        while let Ok(subscriber) = self.enrolled.try_recv() {
            self.enrol(subscriber);
        }
        self.company.part();
        self.follow_login(&core);
        if core.feed.take_missed()
            && let Some(order) = &mut self.order
        {
            order.tracker.handle_lost(net::now());
        }
        let mut due = self.hand_out(&core);
        while due.is_ok() && self.order.is_some() && self.company.is_there() {
            let Some(early) = core.early.lock().pop_front() else {
                break;
            };
            self.hear(&core, early);
            due = self.hand_out(&core);
        }
        self.save(&core);
        match due {
            Ok(due) => ControlFlow::Continue(due),
            Err(End) => ControlFlow::Break(()),
        }
    }

    /// Has kept how far the program is, unless it is somebody else who is signed in now.
    fn save(&mut self, core: &Core) {
        let order = self.order.as_ref();
        if order.is_none_or(|order| order.login != core.imports.login()) {
            return;
        }
        let states = self.progress.ready(self.company.unfinished());
        if !states.is_empty() {
            core.keeper.apply(states);
        }
    }

    fn enrol(&mut self, subscriber: Subscriber) {
        self.company.enrol(subscriber, &self.closed);
    }

    /// Begins, goes on or ends with who is signed in.
    fn follow_login(&mut self, core: &Core) {
        let login = core.imports.login();
        let account = core.account();
        if self.order.as_ref().is_some_and(|order| {
            order.login != login || account.map(|it| it.user_id) != Some(order.account.user_id)
        }) {
            self.order = None;
            self.asks.forget();
            self.progress.forget();
        }
        let is_over = core.login_end.trouble().is_some();
        if let Some(order) = &mut self.order {
            if std::mem::replace(&mut order.is_over, is_over) && !is_over {
                order.tracker.handle_connected(net::now());
            }
            return;
        }
        if is_over || !self.company.is_there() {
            return;
        }
        let Some(account) = account else {
            if core.is_unnamed() {
                self.asks.who(core);
            }
            return;
        };
        let mut config = TrackerConfig::new(account);
        core.keeper.look(|records| {
            config.state = records.updates;
            config.channels.clone_from(&records.channels);
        });
        let mut tracker = Tracker::new(net::now(), config);
        tracker.handle_connected(net::now());
        self.order = Some(Order {
            tracker,
            account,
            login,
            is_over: false,
        });
    }

    /// Takes in what the network has queued.
    fn hear(&mut self, core: &Core, incoming: Incoming) {
        let Some(order) = &mut self.order else {
            return;
        };
        let now = net::now();
        match incoming {
            Incoming::Update { bytes, .. } => {
                core.learn_updates(&bytes);
                match enums::Updates::from_bytes(&bytes) {
                    Ok(updates) => order.take(core, updates, Origin::Push),
                    Err(error) => {
                        tracing::warn!(%error, "an update is not of this layer");
                        order.tracker.handle_lost(now);
                    }
                }
            }
            Incoming::Refused { link, error } => core.greeting_refused(link, &error),
            Incoming::Retired { link } => core.link_retired(link),
            Incoming::Lost { link } if core.is_home(link) => order.tracker.handle_connected(now),
            Incoming::Lost { .. } => {}
        }
    }

    /// Takes in what an answer to an own call says.
    fn own(&mut self, told: Told) {
        let (Some(core), Some(order)) = (self.core.upgrade(), &mut self.order) else {
            return;
        };
        if told.login != order.login {
            return;
        }
        if let Some(affected) = affected(&told) {
            order.tracker.handle_affected(net::now(), affected);
        } else {
            let whole = [&told.id.to_le_bytes(), &told.fields[..]].concat();
            if let Ok(updates) = enums::Updates::from_bytes(&whole) {
                order.take(&core, updates, Origin::Answer);
            }
        }
    }

    /// Does what the tracker wants; says when it wants to be asked again.
    fn hand_out(&mut self, core: &Core) -> Result<Option<Instant>, End> {
        if !self.company.is_there() {
            return Ok(None);
        }
        let Some(mut order) = self.order.take() else {
            return Ok(None);
        };
        let due = loop {
            match order.tracker.poll_output(net::now()) {
                Output::Timeout(due) => break Ok(due),
                output => {
                    if let Err(end) = self.act(core, &mut order, output) {
                        break Err(end);
                    }
                }
            }
        };
        self.order = Some(order);
        due
    }

    fn act(&mut self, core: &Core, order: &mut Order, output: Output) -> Result<(), End> {
        let (login, tracker) = (order.login, &mut order.tracker);
        match output {
            Output::Updates(batch) => self.give(batch, login)?,
            Output::Lost(lost) => self.give_one(&Update::Lost(lost.into()), login, false)?,
            Output::GetState => self.asks.state(core, tracker),
            Output::GetDifference(ask) => self.asks.difference(core, tracker, &ask),
            Output::GetChannelState { channel } => {
                self.asks
                    .channel_state(core, tracker, channel, order.account);
            }
            Output::GetChannelDifference {
                channel,
                pts,
                limit,
            } => {
                let from = (channel, pts, limit);
                self.asks.channel_difference(core, tracker, from);
            }
            Output::State(state) => self.progress.keep(state),
            Output::Timeout(_) => {}
        }
        Ok(())
    }

    fn give(&mut self, batch: Batch, login: u64) -> Result<(), End> {
        let own = batch.origin == Origin::Answer;
        let company = Arc::unwrap_or_clone(batch.company);
        let peers = PeerMap::new(company.users, company.chats);
        for event in batch.events {
            self.give_one(&typed(event.update, &peers, &self.client), login, own)?;
        }
        Ok(())
    }

    fn give_one(&mut self, update: &Update, login: u64, own: bool) -> Result<(), End> {
        let ticket = self.progress.ticket();
        match self.company.give(update, ticket, login, own, &self.closed) {
            true => Ok(()),
            false => Err(End),
        }
    }
}

impl Order {
    fn take(&mut self, core: &Core, updates: enums::Updates, origin: Origin) {
        let me = PeerKey::User(self.account.user_id);
        let mut knows = |peer| {
            let known = || core.known(peer, net::after(LOOK_UP)).ok().flatten();
            peer == me || known().is_some()
        };
        self.tracker
            .handle_updates(net::now(), updates, origin, &mut knows);
    }
}

/// What an answer counts that brings no updates.
fn affected(told: &Told) -> Option<Affected> {
    use types::messages::{AffectedFoundMessages, AffectedHistory, AffectedMessages};
    let affected = match told.id {
        AffectedMessages::CONSTRUCTOR_ID => {
            Affected::from(AffectedMessages::from_bytes(&told.fields).ok()?)
        }
        AffectedHistory::CONSTRUCTOR_ID => {
            Affected::from(AffectedHistory::from_bytes(&told.fields).ok()?)
        }
        AffectedFoundMessages::CONSTRUCTOR_ID => {
            Affected::from(AffectedFoundMessages::from_bytes(&told.fields).ok()?)
        }
        _ => return None,
    };
    Some(match told.channel {
        Some(channel) => affected.in_channel(channel),
        None => affected,
    })
}
