//! The client at the other end of one connection, as far as it has shown itself.
use std::sync::Arc;
use std::time::Duration;

use ferogram_sync::Entropy;

use super::centre::Centre;
use crate::chance::Chance;
use crate::exchange::{Refusal, Surroundings};
use crate::faults::{Effect, Fired, Occasion, Place, Stage, Subject};
use crate::line::{Item, Line};
use crate::session::{Accepted, Key, Outer};
use crate::wire::ids::{MSGS_ACK, VECTOR};
use crate::wire::{Part, key_id, open};

/// What the number of a test centre is raised by.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
const TEST_OFFSET: i32 = 10_000;

/// How many sessions a connection remembers. One that it has forgotten finds out by itself that the
/// connection has ended.
const ATTACHED_MAX: usize = 64;

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With a transport error.
    ///
    /// See <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>.
    Error(i32),
    /// Without a word.
    Silent,
}

impl End {
    /// The key is not known, or nothing sensible can be read.
    pub(super) const INVALID: Self = Self::Error(-404);
    /// Too much of something.
    pub(super) const FLOOD: Self = Self::Error(-429);
    /// The client means another data centre.
    pub(super) const WRONG_DC: Self = Self::Error(-444);
}

/// Handles the packets of one connection.
pub(super) struct Peer {
    pub(super) centre: Arc<Centre>,
    pub(super) line: Arc<Line>,
    chance: Chance,
    /// The key of the last packet: nearly always that of the next one.
    last: Option<Arc<Key>>,
    /// The sessions that were here, to be told when the connection ends.
    attached: Vec<(Arc<Key>, i64)>,
    /// A connection to the media address of the centre.
    pub(super) is_media: bool,
    /// By the steady clock: when the client has to have pinged again.
    pub(super) due: Option<Duration>,
}

/// A message of the client with all that its handling needs to know.
#[derive(Clone, Copy)]
pub(super) struct Incoming<'a> {
    pub(super) key: &'a Arc<Key>,
    pub(super) session_id: i64,
    pub(super) part: Part<'a>,
    pub(super) now: Duration,
}

impl Peer {
    pub(super) fn new(centre: Arc<Centre>, line: Arc<Line>) -> Self {
        Self {
            centre,
            line,
            chance: Chance::new(),
            last: None,
            attached: Vec::new(),
            is_media: false,
            due: None,
        }
    }

    /// The number in the header of an obfuscated connection. Only the media form of this very
    /// centre's number says anything: some clients write random bytes there.
    pub(super) fn tell_dc(&mut self, dc: Option<i16>) {
        let own = self.centre.dc;
        let told = dc.map(i32::from);
        self.is_media = told == Some(-own) || told == Some(-own - TEST_OFFSET);
    }

    /// Handles a packet.
    pub(super) fn handle(&mut self, packet: &mut [u8], quick_ack: bool) -> Result<(), End> {
        let id = key_id(packet).ok_or(End::INVALID)?;
        if id == 0 {
            return self.plain(packet);
        }
        let now = self.centre.hub.clock.now();
        let key = self.key(id, now).ok_or(End::INVALID)?;
        let opened = open(&key.auth, packet).ok_or(End::INVALID)?;
        if quick_ack {
            self.line.queue(Item::QuickAck(opened.token));
        }
        let outer = Outer {
            salt: opened.salt,
            session_id: opened.session_id,
            part: Part {
                msg_id: opened.msg_id,
                seq_no: opened.seq_no,
                body: opened.body,
            },
        };
        self.disturb(&key, outer.session_id, now);
        let accepted = key
            .lock()
            .accept(&outer, &self.line, now, &self.centre.hub.ids, || {
                self.chance.number().cast_signed()
            });
        if !accepted.is_empty() {
            self.attach(&key, outer.session_id);
        }
        self.handle_messages(&key, outer.session_id, &accepted, now)
    }

    /// What a fault that is set does to a key before its packet is looked at.
    fn disturb(&mut self, key: &Key, session_id: i64, now: Duration) {
        match self.fault(Stage::Packet, Subject::Any).map(|f| f.effect) {
            Some(Effect::ChangeSalt) => {
                let mut seed = [0; 32];
                self.chance.fill(&mut seed);
                let first = self.chance.number().cast_signed();
                key.lock().change_salts(first, now, seed);
            }
            Some(Effect::ForgetSession) => {
                key.lock().forget_session(session_id);
            }
            _ => {}
        }
    }

    /// The fault that is to happen to something here, if one is set.
    pub(super) fn fault(&self, stage: Stage, subject: Subject<'_>) -> Option<Fired> {
        let place = Place {
            dc: self.centre.dc,
            connection: self.line.id,
        };
        let faults = &self.centre.hub.means.faults;
        faults.draw(stage, &Occasion { place, subject })
    }

    /// A message that nothing encrypts: the key exchange.
    ///
    /// See <https://core.telegram.org/mtproto/description#unencrypted-message>.
    fn plain(&mut self, packet: &[u8]) -> Result<(), End> {
        // Clients differ in what they write as the message's id, and nothing depends on it.
        let length: &[u8; 4] = packet
            .get(16..)
            .and_then(<[u8]>::first_chunk)
            .ok_or(End::INVALID)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| End::INVALID)?;
        let body = packet[20..].get(..length).ok_or(End::INVALID)?;
        let centre = Arc::clone(&self.centre);
        let hub = &centre.hub;
        let now = hub.clock.now();
        let mut around = Surroundings {
            now,
            dc: centre.dc,
            rsa: centre.rsa(),
            group: &hub.group,
            forced: &hub.forced,
            chance: &mut self.chance,
            taken: &|id| centre.keys.contains(id),
        };
        let reply = match centre.exchanges.handle(body, &mut around) {
            Ok(reply) => reply,
            Err(Refusal::Invalid) => return Err(End::INVALID),
            Err(Refusal::WrongDc) => return Err(End::WRONG_DC),
        };
        if let Some(new) = reply.key {
            let mut seed = [0; 32];
            self.chance.fill(&mut seed);
            let key = Key::new(new.auth, new.salt, new.expires_at, now, seed);
            if !centre.keys.add(key, now) {
                return Err(End::FLOOD);
            }
        }
        self.line.queue(Item::Plain(reply.body));
        Ok(())
    }

    /// A key that may be used.
    fn key(&mut self, id: i64, now: Duration) -> Option<Arc<Key>> {
        let key = match &self.last {
            Some(last) if last.id == id => Arc::clone(last),
            _ => self.centre.keys.find(id)?,
        };
        if !key.is_alive(now) {
            self.centre.hub.logins.sign_out(&key);
            self.centre.keys.remove(id);
            return None;
        }
        self.last = Some(Arc::clone(&key));
        Some(key)
    }

    fn handle_messages(
        &mut self,
        key: &Arc<Key>,
        session_id: i64,
        messages: &[Accepted<'_>],
        now: Duration,
    ) -> Result<(), End> {
        let mut acks = Vec::new();
        for message in messages {
            match *message {
                Accepted::New(part) => {
                    let incoming = Incoming {
                        key,
                        session_id,
                        part,
                        now,
                    };
                    let answered = self.service(incoming)?;
                    if !answered {
                        self.query(incoming);
                    } else if part.seq_no & 1 == 1 {
                        acks.push(part.msg_id);
                    }
                }
                Accepted::Again(part) => {
                    if part.seq_no & 1 == 1 && !self.answer_again(key, session_id, part.msg_id, now)
                    {
                        acks.push(part.msg_id);
                    }
                }
                Accepted::TooOld(_) => {}
            }
        }
        if !acks.is_empty() {
            let mut state = key.lock();
            let stamp = state.stamp(now, &self.centre.hub.ids);
            if let Some(session) = state.session(session_id) {
                session.reply(list(MSGS_ACK, &acks), stamp);
            }
        }
        Ok(())
    }

    /// A message has come twice: if it was answered, the answer may have been lost.
    fn answer_again(&self, key: &Key, session_id: i64, query: i64, now: Duration) -> bool {
        let mut state = key.lock();
        let stamp = state.stamp(now, &self.centre.hub.ids);
        state
            .session(session_id)
            .is_some_and(|session| session.answer_again(query, stamp))
    }

    fn attach(&mut self, key: &Arc<Key>, session_id: i64) {
        let known = |(other, id): &(Arc<Key>, i64)| *id == session_id && Arc::ptr_eq(other, key);
        if self.attached.iter().any(known) {
            return;
        }
        if self.attached.len() == ATTACHED_MAX {
            self.attached.remove(0);
        }
        self.attached.push((Arc::clone(key), session_id));
    }

    /// How long the client may still be silent, if it promised to ping.
    pub(super) fn time_left(&self) -> Option<Duration> {
        let now = self.centre.hub.clock.steady();
        self.due.map(|due| due.saturating_sub(now))
    }

    /// The connection has ended.
    pub(super) fn leave(&mut self) {
        for (key, session_id) in self.attached.drain(..) {
            let mut state = key.lock();
            if let Some(session) = state.session(session_id) {
                session.detach(&self.line);
            }
            if state
                .ordinary
                .as_ref()
                .is_some_and(|line| line.id == self.line.id)
            {
                state.ordinary = None;
            }
        }
    }
}

/// A service message that is a list of message ids.
pub(super) fn list(id: u32, msg_ids: &[i64]) -> Vec<u8> {
    let mut body = Vec::with_capacity(12 + 8 * msg_ids.len());
    body.extend(id.to_le_bytes());
    body.extend(VECTOR.to_le_bytes());
    let count = u32::try_from(msg_ids.len()).expect("lists are limited");
    body.extend(count.to_le_bytes());
    for msg_id in msg_ids {
        body.extend(msg_id.to_le_bytes());
    }
    body
}
