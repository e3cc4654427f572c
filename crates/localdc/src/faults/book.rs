//! The rules that are in force, and how often each was asked and applied.
use std::sync::atomic::{AtomicU8, Ordering};

use parking_lot::Mutex;

use super::effect::{Effect, Stage};
use super::occasion::Occasion;
use super::rule::Rule;

/// All rules of one process's data centres.
#[derive(Default)]
pub(crate) struct Book {
    /// The stages at which some rule may still apply: looked at before anything else.
    armed: AtomicU8,
    entries: Mutex<Vec<Entry>>,
}

struct Entry {
    rule: Rule,
    is_active: bool,
    seen: u64,
    fired: u64,
}

/// An effect that is to happen now.
#[derive(Clone, Debug)]
pub(crate) struct Fired {
    pub(crate) effect: Effect,
    /// A number from the rule's seed: another one for each time.
    pub(crate) dice: u64,
}

impl Book {
    /// Adds a rule; gives its place.
    pub(super) fn add(&self, rule: Rule) -> usize {
        let mut entries = self.entries.lock();
        entries.push(Entry {
            rule,
            is_active: true,
            seen: 0,
            fired: 0,
        });
        self.arm(&entries);
        entries.len() - 1
    }

    /// From now on the rules for which `ends` says so apply no more.
    pub(super) fn end(&self, ends: impl Fn(usize) -> bool) {
        let mut entries = self.entries.lock();
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.is_active &= !ends(number);
        }
        self.arm(&entries);
    }

    /// Each rule, how many occasions it was asked about, and how often it applied.
    pub(super) fn counts(&self) -> Vec<(Rule, u64, u64)> {
        let entries = self.entries.lock();
        let counts = entries
            .iter()
            .map(|entry| (entry.rule.clone(), entry.seen, entry.fired));
        counts.collect()
    }

    /// Whether a rule may apply at occasions of this kind.
    pub(crate) fn is_armed(&self, stage: Stage) -> bool {
        self.armed.load(Ordering::Relaxed) & stage as u8 != 0
    }

    /// The effect of the first rule that applies, if one does.
    pub(crate) fn draw(&self, stage: Stage, occasion: &Occasion<'_>) -> Option<Fired> {
        if !self.is_armed(stage) {
            return None;
        }
        let mut entries = self.entries.lock();
        let mut fitting = entries.iter_mut().filter(|entry| {
            entry.is_active && entry.rule.effect.stage() == stage && entry.rule.fits(occasion)
        });
        let fired = fitting.find_map(Entry::ask);
        drop(fitting);
        if fired.is_some() {
            self.arm(&entries);
        }
        fired
    }

    fn arm(&self, entries: &[Entry]) {
        let active = entries.iter().filter(|entry| entry.is_active);
        let armed = active.fold(0, |armed, entry| armed | entry.rule.effect.stage() as u8);
        self.armed.store(armed, Ordering::Relaxed);
    }
}

impl Entry {
    /// Counts an occasion, and decides.
    fn ask(&mut self) -> Option<Fired> {
        let rule = &self.rule;
        let number = self.seen;
        self.seen += 1;
        let (chance, seed) = rule.chance.unwrap_or((1.0, 0));
        let dice = mix(seed ^ mix(number + 1));
        let is_turn = number >= rule.after && (number - rule.after + 1).is_multiple_of(rule.every);
        if self.fired >= rule.times || !is_turn || fraction(dice) >= chance {
            return None;
        }
        self.fired += 1;
        self.is_active = self.fired < rule.times;
        Some(Fired {
            effect: rule.effect.clone(),
            dice: mix(dice),
        })
    }
}

/// Spreads every bit of a number over all of it (the finisher of SplitMix64).
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A number from 0 up to, but without, 1.
fn fraction(dice: u64) -> f64 {
    (dice >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::{Serialize, enums, types};

    use super::super::direction::Direction;
    use super::super::occasion::{Place, Subject};
    use super::*;

    const NEAREST: u32 = 0x1fb3_3026;

    fn occasion(dc: i32, connection: u64, subject: Subject<'_>) -> Occasion<'_> {
        Occasion {
            place: Place { dc, connection },
            subject,
        }
    }

    fn pattern(rule: Rule, occasions: usize) -> Vec<bool> {
        let book = Book::default();
        book.add(rule);
        let call = occasion(1, 1, Subject::Method(NEAREST));
        let draws = (0..occasions).map(|_| book.draw(Stage::Method, &call).is_some());
        draws.collect()
    }

    #[test]
    fn how_often() {
        let rule = || Rule::new(Effect::DropAnswer);
        assert_eq!(pattern(rule(), 3), [true; 3]);
        assert_eq!(pattern(rule().times(2), 4), [true, true, false, false]);
        let rule_of_two = rule().after(1).every(2);
        assert_eq!(
            pattern(rule_of_two, 6),
            [false, false, true, false, true, false]
        );
        assert_eq!(pattern(rule().chance(0.0, 7), 50), [false; 50]);
        assert_eq!(pattern(rule().chance(1.0, 7), 50), [true; 50]);
        let some = pattern(rule().chance(0.3, 7), 1000);
        let hits = some.iter().filter(|fired| **fired).count();
        assert!((200..400).contains(&hits), "{hits}");
        assert_eq!(some, pattern(rule().chance(0.3, 7), 1000));
        assert_ne!(some, pattern(rule().chance(0.3, 8), 1000));
    }

    #[test]
    fn where_it_applies() {
        let rule = || Rule::new(Effect::Duplicate);
        let answer = Subject::Method(NEAREST);
        let config = types::UpdateShort {
            update: types::UpdateConfig {}.into(),
            date: 0,
        };
        let config = enums::Updates::from(config).to_bytes();
        let (update, other) = (Subject::Update(&config), Subject::Other);
        for (rule, subject, fits) in [
            (rule(), answer, true),
            (rule().dc(2), answer, false),
            (rule().dc(1), answer, true),
            (rule().connection(8), answer, false),
            (rule().connection(7), answer, true),
            (rule().method("help.getNearestDc"), answer, true),
            (rule().method("help.getConfig"), answer, false),
            (rule().method("help.getNearestDc"), update, false),
            (rule().constructor(NEAREST), answer, true),
            (rule().constructor(1), answer, false),
            (rule().updates(), update, true),
            (rule().updates(), other, false),
            (rule().updates(), answer, false),
            (rule().update::<types::UpdateConfig>(), update, true),
            (rule().update::<types::UpdateNewMessage>(), update, false),
            (rule().update::<types::UpdateConfig>(), other, false),
        ] {
            assert_eq!(rule.fits(&occasion(1, 7, subject)), fits, "{rule:?}");
        }
        let corrupt = Rule::new(Effect::Corrupt).direction(Direction::In);
        let bytes = |direction| occasion(1, 7, Subject::Bytes(direction));
        assert!(corrupt.fits(&bytes(Direction::In)) && !corrupt.fits(&bytes(Direction::Out)));
    }

    #[test]
    fn a_book_is_armed_only_while_a_rule_can_apply() {
        let book = Book::default();
        let call = occasion(1, 1, Subject::Method(NEAREST));
        book.add(Rule::new(Effect::DropAnswer).times(1));
        let lasting = book.add(Rule::new(Effect::Lose));
        assert!(book.is_armed(Stage::Method) && book.is_armed(Stage::Message));
        assert!(!book.is_armed(Stage::Transfer));
        assert!(book.draw(Stage::Method, &call).is_some());
        assert!(!book.is_armed(Stage::Method));
        book.end(|number| number == lasting);
        assert!(!book.is_armed(Stage::Message));
        assert!(book.draw(Stage::Message, &call).is_none());
        let counts: Vec<_> = book.counts().iter().map(|row| (row.1, row.2)).collect();
        assert_eq!(counts, [(1, 1), (0, 0)]);
    }
}
