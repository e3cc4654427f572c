//! Holds what happens against the promises. It knows facts only, so that a made-up run can show
//! that it does reject what it has to.
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use crate::asked::{Asked, Sending};
use crate::fact::{End, Fact, Record, Sent};
use crate::party::Party;
use crate::tally::Tally;
use crate::wire::Said;
use crate::word::Word;

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

/// One, and another address that is tried beside it.
const CONNS_MAX: usize = 2;

/// A mebibyte and what is around it.
const PACKET_MAX: usize = (1 << 20) + 2048;

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
                self.parties.entry(link).or_default().tries.hopeless = false;
                let asked = Asked {
                    harmless: *harmless,
                    deadline: *deadline,
                    at,
                    keys_lost: self.parties.get(&link).is_some_and(|p| p.keys_lost),
                    executed: 0,
                    answered: false,
                    refused: false,
                    forgotten: false,
                    after_too_high: false,
                    sent: None,
                    end: None,
                    wants_haste: false,
                    hastened: false,
                };
                self.asked.insert((link, *tag), asked);
                self.waiting.insert((link, *tag));
                self.deadlines.insert((link, *deadline, *tag));
                Ok(())
            }
            Fact::WantsHaste { tag } => {
                if let Some(asked) = self.asked.get_mut(&(link, *tag)) {
                    asked.wants_haste = true;
                }
                Ok(())
            }
            Fact::Hastens { tags } => {
                for tag in tags {
                    if let Some(asked) = self.asked.get_mut(&(link, *tag)) {
                        asked.hastened = true;
                    }
                }
                Ok(())
            }
            Fact::Hastened { tag } => {
                self.tally.hastened += 1;
                let asked = self.asked.get(&(link, *tag));
                must(asked.is_some_and(|a| a.wants_haste && a.hastened), || {
                    format!("nobody has told that request {tag} has arrived")
                })
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
            Fact::Attends(attention) => {
                let party = self.parties.entry(link).or_default();
                let listened = party.listening.listens();
                party.listening.attends(at, *attention);
                if party.listening.listens() && !listened {
                    party.tries.hopeless = false;
                }
                Ok(())
            }
            Fact::TurnsAway { code } => {
                let party = self.parties.entry(link).or_default();
                party.tries.turned_away(*code);
                if *code == -444 {
                    party.listening.despairs();
                }
                Ok(())
            }
            Fact::Dials { conn } => {
                let waits = self.waiting.range((link, 0)..=(link, u64::MAX)).next();
                let party = self.parties.entry(link).or_default();
                party.tries.dials(at);
                must(!party.closed, || {
                    "a closed link makes a connection".to_owned()
                })?;
                party.conns.insert(*conn, false);
                must(party.conns.len() <= CONNS_MAX, || {
                    format!("{} connections at once", party.conns.len())
                })?;
                match party.conns.len() {
                    1 => party.listening.dials(waits.is_some()),
                    _ => Ok(()), // It is made beside one that somebody wants.
                }
            }
            Fact::Heard { conn } => {
                let party = self.parties.entry(link).or_default();
                party.conns.insert(*conn, true);
                Ok(())
            }
            Fact::Closed { conn, ours, why } => {
                let party = self.parties.entry(link).or_default();
                party.ends(at, *conn, *ours, why);
                Ok(())
            }
            Fact::AsksForKey => {
                // With the key goes the session, and with that what was to be acknowledged in it.
                self.parties.entry(link).or_default().owed.clear();
                Ok(())
            }
            Fact::Sent(sent) => self.sent(at, link, sent),
            Fact::Delivered(word) => {
                self.delivered(at, link, word);
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
                party.listening.updated()?;
                must(*id != 0, || {
                    "an update of a message that breaks the rules is handed on".to_owned()
                })?;
                must(party.updates.insert(*id), || {
                    format!("the update {id:x} is handed on twice")
                })
            }
            Fact::UpdatesLost => {
                let party = self.parties.entry(link).or_default();
                party.listening.told_of_losses()
            }
            Fact::Closes => {
                self.parties.entry(link).or_default().closed = true;
                Ok(())
            }
            Fact::Opened { .. } | Fact::Ready | Fact::Note(_) => Ok(()),
        }
    }

    /// A message of the server is there: what has to follow from it.
    fn delivered(&mut self, at: Duration, link: usize, word: &Word) {
        let party = self.parties.entry(link).or_default();
        // A container that has been seen is not opened again: what the server wants to have
        // acknowledged it sends again in another one.
        let opened = word.carrier == word.id || party.containers.insert((word.carrier, word.id));
        // A message of a session that the client has left has to be dropped unread.
        if party.session != Some(word.session) {
            return;
        }
        if word.content && opened {
            party.owed.entry(word.id).or_insert(at);
        }
        let ended = |tag| self.asked.get(&(link, tag)).is_none_or(|a| a.end.is_some());
        party.hears_of_salts(at, word, ended);
        party.told.answered(word.answers);
        let is_new = party.told.hears(at, word.id, word.carrier);
        if word.content && opened {
            party.told.takes(word.id, at);
        }
        if let Some(answer) = word.announces
            && is_new
            && party.told.has(answer)
        {
            party.owed.entry(answer).or_insert(at);
        }
        // One that comes again says nothing of what was sent since.
        if is_new {
            party.listening.hears(at, word);
            // Whatever the server says, it does not mean what is sent after this.
            let begins = word.begins.map(|first| first.min(party.latest + 1));
            party.begins = party.begins.max(begins);
        } else {
            party.listening.hears_again(word);
        }
        if let Some((message, code)) = word.refuses {
            let refusal = (message, code);
            party.told.refused(at, word.id, refusal, is_new, ended);
            if code == TOO_HIGH {
                // Our ids can only rise: the session ends, and nobody can be asked any more.
                party.cut = party.cut.max(party.left);
                let after = |sent: Sending| sent.carrier > message;
                for tag in &party.out {
                    if let Some(asked) = self.asked.get_mut(&(link, *tag)) {
                        asked.after_too_high |= asked.sent.is_some_and(after);
                    }
                }
            }
            if GOES_AGAIN.contains(&code) {
                self.goes_again(at, link, message);
            }
        }
    }

    /// The server refuses a message that has to be sent again.
    fn goes_again(&mut self, at: Duration, link: usize, refused: i64) {
        let party = self.parties.entry(link).or_default();
        let named = |acks: &&(i64, i64, Vec<i64>)| acks.0 == refused || acks.1 == refused;
        for id in party.acked.iter().filter(named).flat_map(|acks| &acks.2) {
            party.owed.entry(*id).or_insert(at);
        }
        // What was refused the only time it was sent cannot be forgotten: it may be kept for a
        // time when the server will take it.
        for tag in &party.out {
            let asked = self.asked.get_mut(&(link, *tag));
            if let Some(asked) = asked
                && asked.sent.is_some_and(|sent| sent.is_refused(refused))
            {
                asked.sent = None;
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
            if let End::Answer(_) = end {
                party.tries.answered();
            }
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
        party.carries(at, sent.conn)?;
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
            (party.begins, party.salt_about, party.latest) = (None, 0, 0);
            // Ids begin anew: what was refused before was refused before all that is asked now.
            for (_, about) in party.refused_salts.values_mut() {
                *about = 0;
            }
            party.told.session_changes();
            party.listening.session_changes(at);
        }
        party.latest = party.latest.max(sent.id).max(sent.carrier);
        party.listening.talks(at);
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
            Said::Greeting { .. } => party.listening.greets(sent.id, sent.carrier)?,
            Said::Nonsense => return Err("the client sends nonsense".to_owned()),
            _ => {}
        }
        must(sent.id & 3 == 0, || {
            format!("{:x} is not a client's id", sent.id)
        })?;
        let rules = party.sessions.entry(sent.session).or_default();
        if !rules.has(sent.id) {
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
        let is_down = party.conns.is_empty();
        if !closed {
            party.listening.polled(at, self.fair_since, !is_down)?;
        }
        let listens = party.listening.listens();
        // While a key is being stored, that is waited for.
        let is_free = is_down && !closed && party.unsaved == 0;
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
        if is_free && (listens || oldest.is_some()) {
            self.parties[&link].tries.wanted(next)?;
        }
        match is_down {
            true => Ok(()),
            false => self.parties[&link].looks_around(next),
        }
    }

    /// The run is over: nothing waits any more, and what was asked in fair weather was answered.
    pub(crate) fn finish(&self) -> Verdict {
        for party in self.parties.values().filter(|party| !party.closed) {
            party.listening.finish(party.conn.is_some())?;
        }
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
                || unknown && asked.after_too_high && !asked.harmless
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
