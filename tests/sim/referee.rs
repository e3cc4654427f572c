//! Holds what happens against the promises. It knows facts only, so that a made-up run can show
//! that it does reject what it has to.
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::Duration;

use crate::fact::{End, Fact, Record, Sent};
use crate::told::Told;
use crate::wire::Said;

/// How long a message that needs an acknowledgment may go without one while there is a connection:
/// the link gathers them for ten seconds.
const ACK_WITHIN: Duration = Duration::from_secs(12);

/// How often a link may ask to be woken without doing anything then, in a row.
const IDLE_WAKES_MAX: u32 = 50;

/// How long requests may take in fair weather: two rounds of the longest pause and a few answers.
pub(crate) const FAIR_WITHIN: Duration = Duration::from_secs(150);

/// <https://core.telegram.org/mtproto/service_messages#simple-container>
const MEMBERS_MAX: usize = 1020;

/// <https://core.telegram.org/mtproto/service_messages_about_messages>
const IDS_MAX: usize = 8192;

/// How long a request may stay out after its session: those that go again go at once, but a new
/// temporary key may have to be bound first.
const LEFT_WITHIN: Duration = Duration::from_secs(40);

/// How many acknowledgments are remembered: those that a refusal may still name.
const ACKED_KEPT: usize = 64;

/// The refusals after which a message goes again as it was, in the same session.
const GOES_AGAIN: [i32; 3] = [16, 48, 64];

/// The refusal of an id that is too high: it ends the session.
const TOO_HIGH: i32 = 17;

/// As many requests as may be out at once.
const OUT_MAX: usize = 1024;

/// A mebibyte and what is around it.
const PACKET_MAX: usize = (1 << 20) + 2048;

struct Asked {
    harmless: bool,
    deadline: Duration,
    at: Duration,
    /// It may be the one that finds out that the key is lost.
    keys_lost: bool,
    executed: u32,
    answered: bool,
    /// The server has given an error instead of carrying it out.
    refused: bool,
    /// The server carried it out, and forgot it before it answered.
    forgotten: bool,
    /// How it was sent last, unless it is known to have been refused.
    sent: Option<Sending>,
    end: Option<End>,
}

/// A request under way.
#[derive(Clone, Copy)]
struct Sending {
    session: i64,
    id: i64,
    /// The message that travels by itself: the request's, or the container around it.
    carrier: i64,
    /// It was sent in this message before, which may have been accepted.
    again: bool,
}

impl Sending {
    /// Whether the server has not accepted it, if it refuses this message.
    fn is_refused(&self, refused: i64) -> bool {
        !self.again && [self.id, self.carrier].contains(&refused)
    }
}

#[derive(Default)]
struct SessionRules {
    highest: i64,
    content: i32,
    seen: HashMap<i64, i32>,
}

#[derive(Default)]
struct Party {
    conn: Option<u32>,
    opened: Option<Duration>,
    session: Option<i64>,
    /// Since when something is sent in this session.
    session_since: Duration,
    sessions: HashMap<i64, SessionRules>,
    /// Salts that the server has refused, when, and in which message last.
    refused_salts: HashMap<i64, (Duration, i64)>,
    /// The last message of the client's about which a salt was told.
    salt_about: i64,
    /// Messages that wait for an acknowledgment, and since when.
    owed: BTreeMap<i64, Duration>,
    /// The acknowledgments that were sent last: in which message, in which container, of what.
    acked: VecDeque<(i64, i64, Vec<i64>)>,
    /// Containers that have come, with their members.
    containers: HashSet<(i64, i64)>,
    idle_wakes: u32,
    /// Before this message the server knows nothing, as it has just told.
    begins: Option<i64>,
    /// Requests that were sent and have not ended.
    out: BTreeSet<u64>,
    /// The server has lost the keys, and no other was made.
    keys_lost: bool,
    /// How many keys are being stored.
    unsaved: u32,
    /// The updates that were handed on.
    updates: HashSet<i64>,
    told: Told,
    /// When something on the way was last lost beyond asking: the other side ended a connection,
    /// or the client did and then lost the session.
    cut: Option<Duration>,
    /// When the client has ended a connection last.
    left: Option<Duration>,
    closed: bool,
}

/// Sees every fact once, in order.
#[derive(Default)]
pub(crate) struct Referee {
    asked: BTreeMap<(usize, u64), Asked>,
    /// Those that have not ended, by link and number, which rises with time.
    waiting: BTreeSet<(usize, u64)>,
    deadlines: BTreeSet<(usize, Duration, u64)>,
    /// Cancelled since the outputs were last taken.
    cancelled: Vec<(usize, u64)>,
    parties: HashMap<usize, Party>,
    fair_since: Option<Duration>,
    pub(crate) tally: Tally,
}

/// What a run amounts to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) asked: u64,
    pub(crate) answered: u64,
    pub(crate) errors: u64,
    pub(crate) not_sent: u64,
    pub(crate) unknown: u64,
    pub(crate) executed: u64,
    pub(crate) messages: u64,
}

pub(crate) type Verdict = Result<(), String>;

pub(crate) fn must(holds: bool, law: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(law()) }
}

impl Referee {
    pub(crate) fn see(&mut self, record: &Record) -> Verdict {
        let (at, link) = (record.at, record.link);
        match &record.fact {
            Fact::Asked {
                tag,
                harmless,
                deadline,
            } => {
                self.tally.asked += 1;
                let asked = Asked {
                    harmless: *harmless,
                    deadline: *deadline,
                    at,
                    keys_lost: self.parties.get(&link).is_some_and(|p| p.keys_lost),
                    executed: 0,
                    answered: false,
                    refused: false,
                    forgotten: false,
                    sent: None,
                    end: None,
                };
                self.asked.insert((link, *tag), asked);
                self.waiting.insert((link, *tag));
                self.deadlines.insert((link, *deadline, *tag));
                Ok(())
            }
            Fact::Cancelled { tag } => {
                self.cancelled.push((link, *tag));
                Ok(())
            }
            Fact::Ended { tag, end } => self.ended(at, (link, *tag), end),
            Fact::Executed { tag } => self.executed((link, *tag)),
            Fact::Answers { tag } => {
                if let Some(asked) = self.asked.get_mut(&(link, *tag)) {
                    asked.answered = true;
                }
                Ok(())
            }
            Fact::Errs { tag } => {
                if let Some(asked) = self.asked.get_mut(&(link, *tag)) {
                    asked.refused = true;
                    // It may be kept for a time when the server will take it.
                    asked.sent = None;
                }
                Ok(())
            }
            Fact::Dials { conn } => {
                let party = self.parties.entry(link).or_default();
                must(!party.closed, || {
                    "a closed link makes a connection".to_owned()
                })?;
                let before = party.conn.replace(*conn);
                must(before.is_none(), || {
                    "one login over two connections at once: it is lost".to_owned()
                })
            }
            Fact::Opened { .. } => {
                self.parties.entry(link).or_default().opened = Some(at);
                Ok(())
            }
            Fact::Closed { ours, .. } => {
                let party = self.parties.entry(link).or_default();
                (party.conn, party.opened, party.begins) = (None, None, None);
                if *ours {
                    // What came just now may have been the reason, and not have been heeded.
                    party.owed.retain(|_, since| *since < at);
                    party.refused_salts.retain(|_, salt| salt.0 < at);
                    party.left = Some(at);
                } else {
                    party.cut = Some(at);
                }
                party.told.closed(at, *ours);
                Ok(())
            }
            Fact::AsksForKey => {
                // With the key goes the session, and with that what was to be acknowledged in it.
                self.parties.entry(link).or_default().owed.clear();
                Ok(())
            }
            Fact::Sent(sent) => self.sent(at, link, sent),
            Fact::Delivered { .. } => {
                self.delivered(at, link, &record.fact);
                Ok(())
            }
            Fact::Polled { next, outputs } => self.polled(at, link, *next, *outputs),
            Fact::Fair => {
                self.fair_since = Some(at);
                Ok(())
            }
            Fact::Forgot => {
                self.forgot(link);
                Ok(())
            }
            Fact::Killed => Err("the login was used over two connections: it is lost".to_owned()),
            Fact::KeysLost => {
                self.parties.entry(link).or_default().keys_lost = true;
                Ok(())
            }
            Fact::KeyMade | Fact::KeySaved | Fact::KeyNotSaved => {
                let party = self.parties.entry(link).or_default();
                party.keys_lost = false;
                party.unsaved = match record.fact {
                    Fact::KeyMade => party.unsaved + 1,
                    _ => party.unsaved.saturating_sub(1),
                };
                Ok(())
            }
            Fact::Updated { id } => {
                let party = self.parties.entry(link).or_default();
                must(*id != 0, || {
                    "an update of a message that breaks the rules is handed on".to_owned()
                })?;
                must(party.updates.insert(*id), || {
                    format!("the update {id:x} is handed on twice")
                })
            }
            Fact::Closes => {
                self.parties.entry(link).or_default().closed = true;
                Ok(())
            }
            Fact::Note(_) => Ok(()),
        }
    }

    /// A message of the server is there: what has to follow from it.
    fn delivered(&mut self, at: Duration, link: usize, fact: &Fact) {
        let Fact::Delivered {
            session,
            id,
            carrier,
            content,
            salt,
            lists,
            refuses,
            begins,
            answers,
            announces,
            ..
        } = fact
        else {
            return;
        };
        let party = self.parties.entry(link).or_default();
        // A container that has been seen is not opened again: what the server wants to have
        // acknowledged it sends again in another one.
        let opened = carrier == id || party.containers.insert((*carrier, *id));
        // A message of a session that the client has left has to be dropped unread.
        if party.session != Some(*session) {
            return;
        }
        if *content && opened {
            party.owed.entry(*id).or_insert(at);
        }
        let ended = |tag| self.asked.get(&(link, tag)).is_none_or(|a| a.end.is_some());
        // What is said of a message from before the last word on salts is older than that.
        party.salt_about = party.salt_about.max(begins.unwrap_or_default());
        if let Some((about, 48)) = *refuses
            && about >= party.salt_about
            && party.told.heeds(*id, about, ended)
        {
            party.salt_about = about;
            if let Some(salt) = salt {
                let refused = party.refused_salts.entry(salt.wrong);
                refused.or_insert((at, about)).1 = about;
            }
        }
        // One that was refused before its time, because the server's clock went back, holds later.
        // A list that was asked for before the refusal knows less than that.
        if let Some((asked_by, salts)) = lists {
            let rest = |salt: &i64, refused: &mut (Duration, i64)| {
                refused.1 > *asked_by || !salts.contains(salt)
            };
            party.refused_salts.retain(rest);
        }
        party.told.answered(*answers);
        let is_new = party.told.hears(at, *id, *carrier);
        if *content && opened {
            party.told.takes(*id, at);
        }
        if let Some(answer) = announces
            && is_new
            && party.told.has(*answer)
        {
            party.owed.entry(*answer).or_insert(at);
        }
        if let Some((refused, code)) = refuses {
            party
                .told
                .refused(at, *id, (*refused, *code), is_new, ended);
            if *code == TOO_HIGH {
                // Our ids can only rise: the session ends, and nobody can be asked any more.
                party.cut = party.cut.max(party.left);
            }
        }
        party.begins = party.begins.max(*begins);
        if let Some((refused, code)) = refuses
            && GOES_AGAIN.contains(code)
        {
            let named = |acks: &&(i64, i64, Vec<i64>)| acks.0 == *refused || acks.1 == *refused;
            for id in party.acked.iter().filter(named).flat_map(|acks| &acks.2) {
                party.owed.entry(*id).or_insert(at);
            }
            // What was refused the only time it was sent cannot be forgotten: it may be kept for a
            // time when the server will take it.
            for tag in &party.out {
                let asked = self.asked.get_mut(&(link, *tag));
                if let Some(asked) = asked
                    && asked.sent.is_some_and(|sent| sent.is_refused(*refused))
                {
                    asked.sent = None;
                }
            }
        }
    }

    fn forgot(&mut self, link: usize) {
        for who in self.waiting.range((link, 0)..=(link, u64::MAX)) {
            if let Some(asked) = self.asked.get_mut(who) {
                asked.forgotten = asked.executed > 0 && !asked.answered && !asked.harmless;
            }
        }
    }

    fn ended(&mut self, at: Duration, who: (usize, u64), end: &End) -> Verdict {
        let Some(asked) = self.asked.get_mut(&who) else {
            return Err(format!("request {} ended and was never asked", who.1));
        };
        let before = asked.end.replace(end.clone());
        self.waiting.remove(&who);
        self.deadlines.remove(&(who.0, asked.deadline, who.1));
        must(before.is_none(), || {
            format!("request {} ended twice", who.1)
        })?;
        must(at <= asked.deadline, || {
            format!("request {} ended after its deadline", who.1)
        })?;
        if let Some(party) = self.parties.get_mut(&who.0) {
            party.out.remove(&who.1);
        }
        let unknown = matches!(end, End::Unknown { .. });
        must(!asked.forgotten || unknown, || {
            format!("nobody can know what became of request {}", who.1)
        })?;
        match end {
            End::Answer(tag) => {
                self.tally.answered += 1;
                must(*tag == Some(who.1), || {
                    format!("request {} got the answer of {tag:?}", who.1)
                })?;
                must(asked.answered, || {
                    format!("request {} got an answer that was never given", who.1)
                })
            }
            End::Error(_) => {
                self.tally.errors += 1;
                must(asked.refused, || {
                    format!("request {} got an error that was never given", who.1)
                })
            }
            End::NotSent { deadline, .. } => {
                self.tally.not_sent += 1;
                must(asked.executed == 0, || {
                    format!("request {} is said not to be sent, and was executed", who.1)
                })?;
                must(!deadline || at >= asked.deadline, || too_early(who.1))
            }
            End::Unknown { deadline, .. } => {
                self.tally.unknown += 1;
                must(!deadline || at >= asked.deadline, || too_early(who.1))
            }
        }
    }

    fn executed(&mut self, who: (usize, u64)) -> Verdict {
        self.tally.executed += 1;
        let Some(asked) = self.asked.get_mut(&who) else {
            return Err(format!("request {} was executed and never asked", who.1));
        };
        asked.executed += 1;
        must(asked.executed == 1 || asked.harmless, || {
            format!("request {} was executed twice and is not harmless", who.1)
        })?;
        let not_sent = matches!(asked.end, Some(End::NotSent { .. }));
        must(!not_sent, || {
            format!(
                "request {} is said not to be sent, and was executed later",
                who.1
            )
        })
    }

    fn sent(&mut self, at: Duration, link: usize, sent: &Sent) -> Verdict {
        self.tally.messages += 1;
        let party = self.parties.entry(link).or_default();
        must(party.conn == Some(sent.conn), || {
            "something is sent over a connection that is gone".to_owned()
        })?;
        must(!party.closed, || "a closed link sends".to_owned())?;
        must(party.unsaved == 0, || {
            "something is sent under a key that is not stored".to_owned()
        })?;
        must(sent.len <= PACKET_MAX, || {
            format!("a packet of {} bytes", sent.len)
        })?;
        if party.session != Some(sent.session) {
            (party.session, party.session_since) = (Some(sent.session), at);
            party.owed.clear();
            party.acked.clear();
            (party.begins, party.salt_about) = (None, 0);
            party.told.session_changes();
        }
        if let Said::Request { tag, .. } = sent.said {
            party.out.insert(tag);
            must(party.out.len() <= OUT_MAX, || {
                format!("{} requests are out", party.out.len())
            })?;
            if let Some(asked) = self.asked.get_mut(&(link, tag)) {
                asked.sent = Some(Sending {
                    session: sent.session,
                    id: sent.id,
                    carrier: sent.carrier,
                    again: asked.sent.is_some_and(|before| before.id == sent.id),
                });
                must(asked.end.is_none(), || {
                    format!("request {tag} is sent and has ended")
                })?;
            }
        }
        must(!party.refused_salts.contains_key(&sent.salt), || {
            format!("{:x} is sealed with a salt that was refused", sent.id)
        })?;
        match &sent.said {
            Said::Acks(ids) => {
                must(ids.len() <= IDS_MAX, || "too many acks in one".to_owned())?;
                for id in ids {
                    party.owed.remove(id);
                }
                party.acked.push_back((sent.id, sent.carrier, ids.clone()));
                if party.acked.len() > ACKED_KEPT {
                    party.acked.pop_front();
                }
            }
            Said::Container(members) => must(members.len() <= MEMBERS_MAX, || {
                format!("a container of {}", members.len())
            })?,
            Said::Nonsense => return Err("the client sends nonsense".to_owned()),
            _ => {}
        }
        must(sent.id & 3 == 0, || {
            format!("{:x} is not a client's id", sent.id)
        })?;
        let rules = party.sessions.entry(sent.session).or_default();
        if !rules.seen.contains_key(&sent.id) {
            party.told.made(at, sent)?;
        }
        rules.check(sent)
    }

    fn polled(
        &mut self,
        at: Duration,
        link: usize,
        next: Option<Duration>,
        outputs: usize,
    ) -> Verdict {
        must(next.is_none_or(|next| next > at), || {
            "a timer lies in the past and does not fire".to_owned()
        })?;
        let party = self.parties.entry(link).or_default();
        party.idle_wakes = if outputs > 0 { 0 } else { party.idle_wakes + 1 };
        must(party.idle_wakes <= IDLE_WAKES_MAX, || {
            "the link wakes up again and again to do nothing".to_owned()
        })?;
        if let (Some(begins), Some(session)) = (party.begins.take(), party.session) {
            let before = |sent: Sending| sent.session == session && sent.carrier < begins;
            for tag in &party.out {
                let asked = &self.asked[&(link, *tag)];
                must(asked.harmless || !asked.sent.is_some_and(before), || {
                    format!("request {tag} was forgotten and still waits")
                })?;
            }
        }
        let closed = party.closed;
        if let Some(opened) = party.opened {
            let late = |since: &Duration| at > (*since).max(opened) + ACK_WITHIN;
            if at > party.session_since.max(opened) + LEFT_WITHIN {
                for tag in &party.out {
                    let asked = &self.asked[&(link, *tag)];
                    let left = asked.sent.is_some_and(|s| Some(s.session) != party.session);
                    must(!left || asked.harmless, || {
                        format!("request {tag} waits in a session that was left")
                    })?;
                }
            }
            if let Some((id, _)) = party.owed.iter().find(|(_, since)| late(since)) {
                return Err(format!("{id:x} is not acknowledged"));
            }
        }
        let due = (link, Duration::ZERO, 0)..=(link, at, u64::MAX);
        if let Some((_, _, tag)) = self.deadlines.range(due).next() {
            return Err(format!("request {tag} is past its deadline"));
        }
        for who in std::mem::take(&mut self.cancelled) {
            must(!self.waiting.contains(&who), || {
                format!("request {} was cancelled and still waits", who.1)
            })?;
        }
        let oldest = self.waiting.range((link, 0)..=(link, u64::MAX)).next();
        must(!closed || oldest.is_none(), || {
            "a request waits for a link that was closed".to_owned()
        })?;
        if let (Some(fair), Some(who)) = (self.fair_since, oldest) {
            let until = fair.max(self.asked[who].at) + FAIR_WITHIN;
            must(at <= until, || {
                format!("request {} waits in fair weather", who.1)
            })?;
        }
        Ok(())
    }

    /// The run is over: nothing waits any more, and what was asked in fair weather was answered.
    pub(crate) fn finish(&self) -> Verdict {
        for ((link, tag), asked) in &self.asked {
            let Some(end) = &asked.end else {
                return Err(format!("request {tag} never ended"));
            };
            let closed = self.parties.get(link).is_some_and(|p| p.closed);
            let fair = self.fair_since.is_some_and(|since| asked.at > since) && !closed;
            // Of what goes down with a connection nobody may be able to tell.
            let excused = |p: &Party| p.cut.is_some_and(|at| at >= asked.at) && !asked.harmless;
            let unknown = matches!(end, End::Unknown { .. });
            let excused = unknown && self.parties.get(link).is_some_and(excused)
                || asked.keys_lost && !matches!(end, End::Error(_));
            must(!fair || excused || matches!(end, End::Answer(_)), || {
                format!("request {tag} failed in fair weather: {end:?}")
            })?;
        }
        Ok(())
    }

    /// The requests that have not ended yet.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

fn too_early(tag: u64) -> String {
    format!("request {tag} ended for its deadline before that had come")
}

impl SessionRules {
    /// <https://core.telegram.org/mtproto/description#message-identifier-msg-id> and
    /// <https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno>
    fn check(&mut self, sent: &Sent) -> Verdict {
        if let Some(before) = self.seen.get(&sent.id) {
            must(sent.inside, || {
                format!("{:x} is sent again by itself", sent.id)
            })?;
            return must(*before == sent.seq_no, || {
                format!("{:x} is sent again under another number", sent.id)
            });
        }
        must(sent.id > self.highest, || {
            format!("the id {:x} does not rise", sent.id)
        })?;
        self.highest = sent.id;
        let content = sent.said.is_content();
        let right = self.content * 2 + i32::from(content);
        must(sent.seq_no == right, || {
            format!("{:x} has the number {}, not {right}", sent.id, sent.seq_no)
        })?;
        self.content += i32::from(content);
        self.seen.insert(sent.id, sent.seq_no);
        Ok(())
    }
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.answered += other.answered;
        self.errors += other.errors;
        self.not_sent += other.not_sent;
        self.unknown += other.unknown;
        self.executed += other.executed;
        self.messages += other.messages;
    }
}
