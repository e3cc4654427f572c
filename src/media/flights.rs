//! The parts of one transfer that are under way.
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, at, never, select, unbounded};

use super::control::TransferHandle;
use super::pace::Pace;
use crate::client::{Client, Core, Lane, Tries, Verdict, Way, Wrapping};
use crate::dc::DcId;
use crate::error::FileError;
use crate::error::{Error, Result};
use crate::mtproto::{
    Answer, CallError, Cause, Delivery, Outcome, RequestId, RpcError, Unanswered,
};
use crate::net::{self, LinkId, NetError, Slot};

/// A part of so many bytes and more is worth a connection of its own for each so many parts.
const PER_LANE: usize = 6 << 20;

/// The most connections of one transfer.
const LANES_MAX: usize = 4;

/// The server may take so often as long for a part as a call may: what fails a transfer is that
/// nothing at all arrives.
const PATIENCE: u32 = 16;

/// How often one part may find that nobody knows who is signed in, or that its connection is gone.
const AGAIN_MAX: u32 = 3;

/// A transfer of fewer bytes says nothing of the line.
const TELLING: u64 = 4 << 20;

/// What has come of a part.
pub(super) enum Landed {
    /// Its answer is here.
    Arrived(u64, Answer),
    /// It has to be sent again, now.
    Again(u64),
    /// The server does not want it, and the policy has nothing to say to it.
    Refused(u64, RpcError),
    /// A pause is over, or the program has asked for something: look again.
    Nothing,
}

/// The parts of one transfer that are under way, and all that may befall them.
pub(super) struct Flights {
    core: Arc<Core>,
    way: Way,
    dc: DcId,
    lanes: Vec<Lane>,
    lanes_max: usize,
    control: TransferHandle,
    wrapping: Option<Wrapping>,
    /// How long nothing at all may arrive.
    timeout: Duration,
    reply: Sender<(u64, Outcome)>,
    answers: Receiver<(u64, Outcome)>,
    under_way: HashMap<u64, Flight>,
    bytes: usize,
    next_token: u64,
    tries: HashMap<u64, (Tries, u32)>,
    pace: Pace,
    /// The server wants to be left alone until then.
    rest: Option<Instant>,
    /// Parts that have to wait by themselves.
    later: BTreeMap<(Instant, u64), ()>,
    last_arrival: Instant,
    /// How many bytes have arrived.
    arrived: u64,
    /// How often the login had been carried to the data centre when the lanes were opened.
    carried: u64,
}

struct Flight {
    part: u64,
    len: usize,
    method: u32,
    link: LinkId,
    request: RequestId,
    sent: Instant,
    was_full: bool,
}

impl Flights {
    /// Nothing is under way yet. The login is carried to the data centre if need be.
    pub(super) fn new(
        client: &Client,
        way: Way,
        dc: DcId,
        control: TransferHandle,
    ) -> Result<Self> {
        let deadline = client.begin()?;
        let core = Arc::clone(&client.core);
        core.carry_login_to(dc, deadline)?;
        let (reply, answers) = unbounded();
        let now = net::now().instant;
        let remembered = core.pace(dc, way).and_then(|it| usize::try_from(it).ok());
        let carried = core.times_carried_to(dc);
        Ok(Self {
            core,
            way,
            dc,
            lanes: Vec::new(),
            lanes_max: LANES_MAX,
            control,
            wrapping: client.wrapping().cloned(),
            timeout: client.timeout().min(net::LONGEST),
            reply,
            answers,
            under_way: HashMap::new(),
            bytes: 0,
            next_token: 0,
            tries: HashMap::new(),
            pace: Pace::new(remembered),
            rest: None,
            later: BTreeMap::new(),
            last_arrival: now,
            arrived: 0,
            carried,
        })
    }

    /// The same parts from another data centre: those that are under way are not waited for.
    pub(super) fn elsewhere(&self, client: &Client, dc: DcId) -> Result<Self> {
        let mut there = Self::new(client, self.way, dc, self.control.clone())?;
        there.lanes_max = self.lanes_max;
        Ok(there)
    }

    pub(super) fn dc(&self) -> DcId {
        self.dc
    }

    /// The most connections, however much is under way.
    pub(super) fn limit_lanes(&mut self, most: usize) {
        self.lanes_max = most.clamp(1, LANES_MAX);
    }

    /// How many parts of this length may be sent now, beside `held` bytes that have arrived and
    /// were not taken yet.
    pub(super) fn room(&self, len: usize, held: usize) -> usize {
        if self.rest.is_some() || self.control.is_paused() {
            return 0;
        }
        let window = self.pace.window();
        let room = window.saturating_sub(self.bytes + held) / len.max(1);
        // One is under way however much waits, or nothing would ever go on.
        match self.bytes {
            0 => room.max(1),
            _ => room,
        }
    }

    /// Whether nothing is under way, and nothing waits to be.
    pub(super) fn is_empty(&self) -> bool {
        self.under_way.is_empty() && self.later.is_empty()
    }

    /// Sends a part of so many bytes.
    pub(super) fn launch(
        &mut self,
        part: u64,
        len: usize,
        (body, method): (Vec<u8>, u32),
    ) -> Result<()> {
        self.core.may_wait()?;
        let now = net::now().instant;
        if self.under_way.is_empty() {
            self.last_arrival = now;
        }
        let lane = self.choose_lane()?;
        self.next_token += 1;
        let token = self.next_token;
        let slot = Slot::Shared {
            queue: self.reply.clone(),
            token,
        };
        let deadline = net::after(self.timeout.saturating_mul(PATIENCE));
        let link = self.lanes[lane].link;
        let body = match &self.wrapping {
            Some(wrapping) => wrapping.wrap(body),
            None => body,
        };
        let request = self.core.send_part(link, (body, method), deadline, slot)?;
        self.bytes += len;
        let was_full = self.bytes + len > self.pace.window();
        let flight = Flight {
            part,
            len,
            method,
            link,
            request,
            sent: now,
            was_full,
        };
        self.under_way.insert(token, flight);
        Ok(())
    }

    /// The connection that has the least to do; a further one while those that are open have much.
    fn choose_lane(&mut self) -> Result<usize> {
        let mut loads = vec![0; self.lanes.len()];
        for flight in self.under_way.values() {
            if let Some(lane) = self.lanes.iter().position(|it| it.link == flight.link) {
                loads[lane] += flight.len;
            }
        }
        let least = (0..loads.len()).min_by_key(|lane| loads[*lane]);
        let is_enough = |lane: &usize| loads[*lane] < PER_LANE || loads.len() >= self.lanes_max;
        if let Some(lane) = least.filter(is_enough) {
            return Ok(lane);
        }
        let index = self.lanes.len();
        self.lanes.push(self.core.lane(self.dc, index)?);
        Ok(index)
    }

    /// Waits for the next thing that happens to a part.
    ///
    /// # Errors
    ///
    /// When the program has cancelled the transfer or closed the client, or when nothing has
    /// arrived for as long as a call may take.
    pub(super) fn next(&mut self) -> Result<Landed> {
        self.core.may_wait()?;
        loop {
            if self.control.is_cancelled() {
                return Err(FileError::Cancelled.into());
            }
            if let Ok((token, outcome)) = self.answers.try_recv() {
                match self.land(token, outcome)? {
                    Some(landed) => return Ok(landed),
                    None => continue,
                }
            }
            let now = net::now().instant;
            if self.rest.is_some_and(|until| until <= now) {
                self.rest = None;
                self.last_arrival = now;
                return Ok(Landed::Nothing);
            }
            if let Some((&(due, part), ())) = self.later.first_key_value()
                && due <= now
            {
                self.later.remove(&(due, part));
                return Ok(Landed::Again(part));
            }
            if let Some(landed) = self.wait(now)? {
                return Ok(landed);
            }
        }
    }

    /// Waits for an answer, the end of a pause, a word of the program, or the end of patience.
    fn wait(&mut self, now: Instant) -> Result<Option<Landed>> {
        let stalled = (!self.under_way.is_empty()).then(|| self.last_arrival + self.timeout);
        if stalled.is_some_and(|until| until <= now) {
            return Err(self.stalled());
        }
        let due = self.later.first_key_value().map(|((due, _), ())| *due);
        let alarm = [stalled, due, self.rest].into_iter().flatten().min();
        let alarm = alarm.map_or_else(never, at);
        select! {
            recv(self.answers) -> answer => match answer {
                Ok((token, outcome)) => self.land(token, outcome),
                Err(_) => Err(NetError::Closed.into()),
            },
            recv(self.control.bell()) -> _ => Ok(Some(Landed::Nothing)),
            recv(self.core.closed) -> _ => Err(NetError::Closed.into()),
            recv(alarm) -> _ => Ok(None),
        }
    }

    fn stalled(&self) -> Error {
        let direction = match self.way {
            Way::Up => "the server to take a part of the file",
            Way::Down => "a part of the file",
        };
        Error::Unanswered(Unanswered {
            delivery: Delivery::Unknown,
            cause: Cause::Deadline,
            waiting_for: format!("{direction}, of which nothing at all has arrived"),
        })
    }

    /// An answer is here.
    fn land(&mut self, token: u64, outcome: Outcome) -> Result<Option<Landed>> {
        let Some(flight) = self.under_way.remove(&token) else {
            return Ok(None); // Of a data centre that was left.
        };
        self.bytes -= flight.len;
        let now = net::now().instant;
        match outcome {
            Ok(answer) => {
                self.last_arrival = now;
                self.arrived += flight.len as u64;
                self.tries.remove(&flight.part);
                self.core.part_succeeded(flight.method);
                (self.pace).landed(flight.len, flight.sent, now, flight.was_full);
                Ok(Some(Landed::Arrived(flight.part, answer)))
            }
            Err(CallError::Rpc(error)) => {
                self.last_arrival = now;
                self.refused(&flight, error.to(flight.method)).map(Some)
            }
            // The line is slow, or parts wait behind others: only that nothing arrives is too much.
            Err(CallError::Unanswered(it)) if it.cause == Cause::Deadline => {
                self.pace.cut(flight.sent, now);
                Ok(Some(Landed::Again(flight.part)))
            }
            Err(CallError::Unanswered(it)) => match it.cause {
                Cause::Forgotten | Cause::SessionLost => Ok(Some(Landed::Again(flight.part))),
                Cause::Closed | Cause::KeyLost => self.reopen(&flight, it).map(Some),
                _ => Err(it.into()),
            },
        }
    }

    /// The connection was closed under the part, because another key has taken the place of its
    /// own.
    fn reopen(&mut self, flight: &Flight, why: Unanswered) -> Result<Landed> {
        let (_, again) = self.tries.entry(flight.part).or_default();
        *again += 1;
        if *again > AGAIN_MAX {
            return Err(why.into());
        }
        if self.lanes.iter().any(|lane| lane.link == flight.link) {
            self.lanes.clear();
        }
        if why.cause == Cause::KeyLost {
            self.core.drop_lanes(self.dc);
            self.core.forget_cdn_key(self.dc);
        }
        Ok(Landed::Again(flight.part))
    }

    /// The server has said no.
    fn refused(&mut self, flight: &Flight, error: RpcError) -> Result<Landed> {
        let now = net::now().instant;
        let part = flight.part;
        let (tries, again) = self.tries.entry(part).or_default();
        let place = (self.dc, flight.method);
        let verdict = self.core.judge_part(place, &error, tries, self.timeout);
        match verdict {
            Verdict::Refused => Ok(Landed::Refused(part, error)),
            Verdict::Rest(pause) => {
                self.pace.cut(flight.sent, now);
                let until = now + pause;
                self.rest = Some(self.rest.map_or(until, |rest| rest.max(until)));
                Ok(Landed::Again(part))
            }
            Verdict::Later(pause) => {
                self.later.insert((now + pause, part), ());
                Ok(Landed::Nothing)
            }
            Verdict::Elsewhere(dc) => {
                self.move_to(dc)?;
                Ok(Landed::Again(part))
            }
            Verdict::Unknown => {
                *again += 1;
                if *again > AGAIN_MAX {
                    return Err(error.into());
                }
                self.carry_again()?;
                Ok(Landed::Again(part))
            }
        }
    }

    /// The file is on another data centre: parts go there from now on. Those under way get the same
    /// answer.
    fn move_to(&mut self, dc: DcId) -> Result<()> {
        if dc == self.dc {
            return Ok(());
        }
        let deadline = net::after(self.timeout);
        self.core.carry_login_to(dc, deadline)?;
        self.lanes.clear();
        self.dc = dc;
        self.carried = self.core.times_carried_to(dc);
        Ok(())
    }

    /// The data centre has forgotten who is signed in, or these connections have another key than
    /// it was told.
    fn carry_again(&mut self) -> Result<()> {
        let deadline = net::after(self.timeout);
        self.core
            .carry_login_again(self.dc, self.carried, deadline)?;
        let times = self.core.times_carried_to(self.dc);
        if times != self.carried {
            self.carried = times;
            self.lanes.clear();
            self.core.drop_lanes(self.dc);
        }
        Ok(())
    }

    /// Nobody waits for these parts any more.
    fn cancel_all(&mut self) {
        for (_, flight) in self.under_way.drain() {
            self.core.handle.cancel(flight.link, flight.request);
        }
    }
}

impl Drop for Flights {
    fn drop(&mut self) {
        // In a child of `fork` nothing is touched.
        if self.core.handle.process().check().is_err() {
            return;
        }
        self.cancel_all();
        if self.arrived < TELLING {
            return;
        }
        let window = u32::try_from(self.pace.window()).unwrap_or(u32::MAX);
        self.core.keep_pace(self.dc, self.way, window);
    }
}
