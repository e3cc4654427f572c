//! The updates thread: it puts what the server tells in order, and hands it to the streams.
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::asks::Asks;
use super::board::Board;
use super::company::Company;
use super::delivery::Slip;
use super::handled::Kind;
use super::keeping::Keeping;
use super::lost::Lost;
use super::order::Order;
use super::shelf::Shelf;
use super::subscriber::Subscriber;
use super::update::{Update, place_of, typed};
use super::woken::{Ears, Woken};
use crate::client::{Client, Core, WeakClient};
use crate::mtproto::Outcome;
use crate::net::{self, Incoming, Lapse};
use crate::peers::PeerMap;
use crate::store::Change;
use crate::tl::enums;
use crate::tracker::{Batch, Mark, Origin, Output};

/// How often it is looked whether the network is still there while nothing is read from it.
const LOOK_AROUND: Duration = Duration::from_secs(1);

/// So much is taken from the network's queue before anything is given.
const BURST: usize = 64;

/// The updates thread. It holds the client weakly while it waits.
pub(super) struct Courier {
    core: Weak<Core>,
    client: WeakClient,
    ears: Ears,
    lapse: Lapse,
    asks: Asks,
    order: Option<Order>,
    /// What is in order and has to be given before anything else is done.
    ready: VecDeque<Ready>,
    company: Company,
    keeping: Keeping,
    board: Arc<Board>,
}

/// Something to be given.
struct Ready {
    what: What,
    login: u64,
    own: bool,
}

enum What {
    Lost(Lost),
    /// An update of the schema, who came with it, and how far it takes its counter.
    Raw(enums::Update, PeerMap, Option<Mark>),
}

impl Courier {
    pub(super) fn new(client: &Client, enrolled: Receiver<Subscriber>, board: Arc<Board>) -> Self {
        let core = &client.core;
        let asks = Asks::new();
        let keeping = Keeping::new(&core.config, Arc::clone(&board.alarm));
        Self {
            core: Arc::downgrade(core),
            client: client.weak(),
            ears: Ears {
                closed: core.closed.clone(),
                rung: core.feed.rung().clone(),
                enrolled,
                written: keeping.written().clone(),
                incoming: core.incoming.clone(),
                told: core.feed.told().clone(),
                answers: asks.answers().clone(),
            },
            lapse: core.handle.lapse().clone(),
            asks,
            order: None,
            ready: VecDeque::new(),
            company: Company::new(Shelf::new(core, &board.alarm)),
            keeping,
            board,
        }
    }

    /// Works until the client ends.
    pub(super) fn run(mut self) {
        self.board.beginning.begin();
        while let ControlFlow::Continue(due) = self.look_around() {
            if self.wait(due).is_break() {
                break;
            }
        }
        if let Some(core) = self.core.upgrade()
            && self.is_in_order(&core)
        {
            self.take_in_own(&core);
            let now = net::now().instant;
            self.keeping.write(&core, &mut self.company, now);
        }
    }

    /// Does all that can be done now; says when to look again.
    fn look_around(&mut self) -> ControlFlow<(), Option<Instant>> {
        let Some(core) = self.core.upgrade() else {
            return ControlFlow::Break(());
        };
        let now = net::now().instant;
        while let Ok(subscriber) = self.ears.enrolled.try_recv() {
            self.company.enrol(subscriber, now);
        }
        self.take_in_own(&core);
        self.company.look_around(now);
        if !self.company.is_there() && self.asks.are_under_way() {
            let tracker = self.order.as_mut().map(Order::pause);
            self.asks.forget(&core, tracker);
        }
        self.follow_login(&core);
        if let Some(order) = &mut self.order {
            if self.company.is_there() {
                order.begin(&core);
            }
            order.watch(&self.board.watched.ids());
            if core.feed.take_missed() {
                order.tracker.handle_lost(net::now());
            }
        }
        let mut due = self.hand_out(&core);
        while self.is_reading() {
            let Some(early) = core.early.lock().pop_front() else {
                break;
            };
            self.hear(&core, early);
            due = self.hand_out(&core);
        }
        self.tell_beginning();
        let full = self.company.full();
        self.board
            .hold_up
            .note(full, self.company.are_several(), now);
        if self.is_in_order(&core) {
            self.keeping.save(&core, &mut self.company, now);
        }
        let others = [
            self.company.due(),
            self.board.hold_up.due(),
            self.keeping.due(now),
        ];
        ControlFlow::Continue(others.into_iter().flatten().chain(due).min())
    }

    /// Tells those who begin a stream that it is known where things stand, or never will be.
    fn tell_beginning(&self) {
        if let Some(order) = &self.order
            && (order.is_over || order.tracker.state().is_some())
        {
            self.board.beginning.note(order.login);
        }
    }

    /// Waits for the next thing, whatever it is, and takes it in.
    fn wait(&mut self, due: Option<Instant>) -> ControlFlow<()> {
        let woken = self.next(due);
        let Some(core) = self.core.upgrade() else {
            return ControlFlow::Break(());
        };
        match woken {
            Woken::Closed => return ControlFlow::Break(()),
            Woken::Rung | Woken::Late => {}
            Woken::Enrolled(subscriber) => self.company.enrol(subscriber, net::now().instant),
            Woken::Written => self.keeping.note_written(),
            Woken::Heard(incoming) => {
                self.hear(&core, incoming);
                for _ in 1..BURST {
                    let Ok(incoming) = self.ears.incoming.try_recv() else {
                        break;
                    };
                    self.hear(&core, incoming);
                }
            }
            Woken::Told(told) => {
                if let Some(order) = &mut self.order {
                    order.own(&core, &told);
                }
            }
            Woken::Answered(token, outcome) => self.answered(&core, token, outcome),
            Woken::Taken(at, taken) => self.company.taken(at, taken),
        }
        match self.lapse.has_passed() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Waits for the next thing.
    fn next(&mut self, due: Option<Instant>) -> Woken {
        let reads = self.is_reading();
        let again = (!reads).then(|| net::after(LOOK_AROUND));
        let due = due.into_iter().chain(again).min();
        // Whose login it is may have to be asked before anything is in order.
        let asks = self.company.is_there() && self.company.full().is_none();
        let (woken, left) = self.ears.wait((reads, asks), self.company.offers(), due);
        left.into_iter().for_each(|it| self.company.keep(it));
        woken
    }

    /// Whether what the server says is of use now.
    fn is_reading(&self) -> bool {
        self.order.is_some() && self.company.is_there() && self.company.full().is_none()
    }

    /// Whether what was given was for who is signed in now.
    fn is_in_order(&self, core: &Core) -> bool {
        let order = self.order.as_ref();
        order.is_some_and(|order| order.login == core.imports.login())
    }

    /// What this client has done counts also where whoever has done it reads no more: else it would
    /// be told of it by the next difference.
    fn take_in_own(&mut self, core: &Core) {
        if !self.is_reading() || !self.is_in_order(core) {
            return;
        }
        while let Some(order) = &mut self.order
            && let Ok(told) = self.ears.told.try_recv()
        {
            order.own(core, &told);
        }
        self.hand_out(core);
    }

    /// Begins, goes on or ends with who is signed in.
    fn follow_login(&mut self, core: &Core) {
        let (account, login) = (core.account(), core.imports.login());
        if let Some(order) = &self.order
            && !order.is_of(account, login)
        {
            self.order = None;
            self.asks.forget(core, None);
            self.keeping.forget();
            self.ready.clear();
            self.company.forget_others(login);
        }
        let is_over = core.login_end.trouble().is_some() || core.login_end.is_cut_off();
        if is_over {
            self.company.end_receivers();
        }
        if let Some(order) = &mut self.order {
            if std::mem::replace(&mut order.is_over, is_over) && !is_over {
                order.connected();
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
        self.keeping.begin(core, core.config.catch_up);
        self.order = Some(Order::new(core, account, login));
    }

    /// Takes in what the network has queued.
    fn hear(&mut self, core: &Core, incoming: Incoming) {
        core.announced.took(&incoming);
        let Some(order) = &mut self.order else {
            return;
        };
        match incoming {
            Incoming::Update { bytes, .. } => order.hear(core, &bytes),
            Incoming::Refused { link, error } => core.greeting_refused(link, &error),
            Incoming::Retired { link } => core.link_retired(link),
            Incoming::Lost { link } if core.is_home(link) => {
                order.connected();
                let count = core.handle.take_overflow();
                let login = order.login;
                self.ready.extend((count > 0).then(|| Ready {
                    what: What::Lost(Lost::no_room(count)),
                    login,
                    own: false,
                }));
            }
            Incoming::Lost { .. } => {}
        }
    }

    /// Takes in an answer, and before it what came before it: a state that the server tells has
    /// room for all that it had sent by then.
    fn answered(&mut self, core: &Core, token: u64, outcome: Outcome) {
        for _ in 0..self.ears.incoming.len() {
            let Ok(incoming) = self.ears.incoming.try_recv() else {
                break;
            };
            self.hear(core, incoming);
            self.hand_out(core);
        }
        let tracker = self.order.as_mut().map(|order| &mut order.tracker);
        self.asks.answered(core, tracker, token, outcome);
    }

    /// Gives what is in order, and does what the tracker wants, as long as all have room; says when
    /// the tracker wants to be asked again.
    fn hand_out(&mut self, core: &Core) -> Option<Instant> {
        let now = net::now();
        let mut states = Vec::new();
        let at_most_once = core.config.at_most_once;
        while self.company.is_there() && self.company.full().is_none() {
            if !at_most_once && let Some(next) = self.ready.pop_front() {
                self.give(next, now.instant);
                continue;
            }
            let mut order = self.order.take()?;
            let output = order.tracker.poll_output(net::now());
            let due = self.act(core, &mut order, output, &mut states);
            self.order = Some(order);
            let ControlFlow::Break(due) = due else {
                continue;
            };
            if !states.is_empty() {
                Keeping::write_before(core, std::mem::take(&mut states));
            }
            match self.ready.pop_front() {
                Some(next) => self.give(next, now.instant),
                None => return due,
            }
        }
        None
    }

    /// Does what the tracker wants. Breaks with the time when it wants to be asked again, if it
    /// wants nothing now.
    fn act(
        &mut self,
        core: &Core,
        order: &mut Order,
        output: Output,
        states: &mut Vec<Change>,
    ) -> ControlFlow<Option<Instant>> {
        let tracker = &mut order.tracker;
        match output {
            Output::Updates(batch) => self.line_up(batch, order.login),
            Output::Lost(lost) => self.ready.push_back(Ready {
                what: What::Lost(lost.into()),
                login: order.login,
                own: false,
            }),
            Output::GetState => self.asks.state(core, tracker),
            Output::GetDifference(ask) => self.asks.difference(core, tracker, &ask),
            Output::GetChannelState { channel } => {
                let account = order.account;
                self.asks.channel_state(core, tracker, channel, account);
            }
            Output::GetChannelDifference {
                channel,
                pts,
                limit,
            } => {
                let from = (channel, pts, limit);
                self.asks.channel_difference(core, tracker, from);
            }
            Output::State(state) if core.config.at_most_once => states.push(state),
            Output::State(state) => self.keeping.keep(state),
            Output::Timeout(due) => return ControlFlow::Break(due),
        }
        ControlFlow::Continue(())
    }

    fn line_up(&mut self, batch: Batch, login: u64) {
        let company = Arc::unwrap_or_clone(batch.company);
        let peers = PeerMap::new(company.users, company.chats);
        let own = batch.origin == Origin::Answer;
        self.ready
            .extend(batch.events.into_iter().map(|event| Ready {
                what: What::Raw(event.update, peers.clone(), event.mark),
                login,
                own,
            }));
    }

    fn give(&mut self, next: Ready, now: Instant) {
        let ticket = self.keeping.ticket();
        let (raw, peers, mark) = match next.what {
            What::Raw(raw, peers, mark) => (raw, peers, mark),
            What::Lost(lost) => {
                let slip = Slip {
                    ticket,
                    login: next.login,
                    tells: false,
                };
                self.company.give(Update::Lost(lost), slip, next.own, now);
                return;
            }
        };
        let slip = Slip {
            ticket,
            login: next.login,
            tells: self.keeping.notes(),
        };
        let is_wanted = self.company.is_about(&place_of(&raw), next.own);
        let kind = (is_wanted && slip.tells).then(|| Kind::of(&raw));
        let was_handled = kind.is_some_and(|kind| self.keeping.was_handled(kind, ticket));
        if is_wanted && !was_handled {
            let update = typed(raw, &peers, &self.client);
            let to = self.company.give(update, slip, next.own, now);
            if let Some(kind) = kind {
                self.keeping.give(kind, ticket, to);
            }
        }
        if let Some(mark) = mark {
            self.keeping.mark(mark);
        }
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.board.beginning.end();
    }
}
