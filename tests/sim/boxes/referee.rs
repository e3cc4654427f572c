//! Holds what the tracker gives against what has happened.
use std::collections::{BTreeMap, HashMap};

use ferogram_sync::store::{Change, UpdateState};
use ferogram_sync::tracker::{Counter, Event, Lost, Origin};

use super::history::{Happening, Row, What, id_of};

/// All that one counter has ever counted, and what of it was given.
#[derive(Debug, Default)]
struct Line {
    /// With whether it was given, and whether it need not be.
    happened: Vec<(Happening, bool, bool)>,
    /// Where the present counting begins.
    base: usize,
    /// Whether the counter has begun anew.
    anew: bool,
    /// All before this was given, or need not be.
    settled: usize,
    /// All before this may be missing: its loss was told.
    excused: usize,
    /// Where it begins is not known: the next state that is saved says it.
    loose: bool,
    /// The latest that came in the present difference: of messages, and of the rest.
    latest: [Option<usize>; 2],
}

#[derive(Debug, Default)]
pub(super) struct Referee {
    lines: BTreeMap<Row, Line>,
    places: HashMap<i32, (Row, usize)>,
    pub(super) given: u64,
}

impl Line {
    /// How many have happened up to this value of the counter.
    fn up_to(&self, value: i32) -> usize {
        let present = &self.happened[self.base..];
        self.base + present.partition_point(|(one, ..)| one.end <= value)
    }

    fn at(&self) -> i32 {
        let present = &self.happened[self.base..];
        present.last().map_or(i32::MIN, |(one, ..)| one.end)
    }

    fn settle(&mut self) {
        while let Some((_, given, optional)) = self.happened.get(self.settled) {
            if !given && !optional && self.settled >= self.excused {
                return;
            }
            self.settled += 1;
        }
    }
}

impl Referee {
    pub(super) fn happened(&mut self, happening: Happening) {
        let line = self.lines.entry(happening.row).or_default();
        self.places
            .insert(happening.id, (happening.row, line.happened.len()));
        line.happened.push((happening, false, false));
    }

    /// It is an own doing without an update.
    pub(super) fn silent(&mut self, happening: &Happening) {
        let (row, place) = self.places[&happening.id];
        self.lines.entry(row).or_default().happened[place].2 = true;
    }

    /// The client does not know where this begins.
    pub(super) fn loose(&mut self, row: Row) {
        self.lines.entry(row).or_default().loose = true;
    }

    /// The counter begins anew.
    pub(super) fn reset(&mut self, row: Row) {
        let line = self.lines.entry(row).or_default();
        line.base = line.happened.len();
        line.anew = true;
    }

    /// A difference is asked for.
    pub(super) fn asked(&mut self) {
        for line in self.lines.values_mut() {
            line.latest = [None; 2];
        }
    }

    pub(super) fn event(&mut self, event: &Event, origin: Origin) {
        let Some(id) = id_of(&event.update) else {
            panic!("nobody sent {:?}", event.update);
        };
        let (row, place) = self.places[&id];
        let line = self.lines.get_mut(&row).expect("it has happened");
        let (happening, given, _) = &mut line.happened[place];
        assert!(!*given, "given twice: {happening:?}");
        *given = true;
        self.given += 1;
        if let Some(mark) = event.mark {
            assert_eq!(mark.value, happening.end, "{happening:?}");
            assert_eq!(Row::Counted(mark.counter), row);
        }
        let kind = usize::from(!matches!(happening.what, What::Message | What::Encrypted));
        line.settle();
        if line.loose {
            return;
        }
        if origin == Origin::Difference && event.mark.is_none() {
            let latest = line.latest[kind].replace(place);
            assert!(
                latest < Some(place),
                "a difference in disorder at {row:?} {place}"
            );
        } else {
            assert!(
                line.settled > place,
                "out of order: {:?}, missing {:?}",
                line.happened[place],
                line.happened[line.settled],
            );
        }
    }

    pub(super) fn lost(&mut self, lost: Lost) {
        let line = self.lines.entry(Row::Counted(lost.counter)).or_default();
        match lost.to {
            Some(to) => line.excused = line.excused.max(line.up_to(to)),
            None => line.loose = true,
        }
        line.settle();
    }

    /// Nothing is passed over by what is saved.
    pub(super) fn saved(&mut self, change: &Change) {
        match change {
            Change::Updates(state) => {
                self.reached(Row::Counted(Counter::Common), state.pts);
                self.reached(Row::Counted(Counter::Secret), state.qts);
                self.reached(Row::Plain, state.seq);
            }
            Change::Channel { id, pts: Some(pts) } => {
                self.reached(Row::Counted(Counter::Channel(*id)), *pts);
            }
            Change::Channel { id, pts: None } => self.loose(Row::Counted(Counter::Channel(*id))),
            other => panic!("the tracker has no business with {other:?}"),
        }
    }

    fn reached(&mut self, row: Row, value: i32) {
        let line = self.lines.entry(row).or_default();
        if value > line.at() && line.anew {
            return; // It was counted before the counter began anew.
        }
        let place = line.up_to(value);
        if std::mem::take(&mut line.loose) {
            line.excused = line.excused.max(place);
        }
        line.settle();
        assert!(
            line.settled >= place,
            "{row:?} is saved at {value}, but {:?} was not given",
            line.happened[line.settled],
        );
    }

    /// The client begins again with what was saved: what came after that may come again.
    pub(super) fn crashed(&mut self, state: Option<UpdateState>, channels: &BTreeMap<i64, i32>) {
        for (row, line) in &mut self.lines {
            let value = match (row, state) {
                (Row::Counted(Counter::Channel(id)), _) => channels.get(id).copied(),
                (Row::Counted(Counter::Common), Some(state)) => Some(state.pts),
                (Row::Counted(Counter::Secret), Some(state)) => Some(state.qts),
                (Row::Plain, Some(state)) => Some(state.seq),
                (_, None) => None,
            };
            let Some(value) = value else {
                line.loose = true;
                continue;
            };
            let place = if value > line.at() && line.anew {
                line.base.min(line.settled)
            } else {
                line.up_to(value)
            };
            for (_, given, _) in &mut line.happened[place..] {
                *given = false;
            }
            line.settled = line.settled.min(place);
            line.settle();
        }
    }

    /// In the end, everything was given.
    pub(super) fn rest(&mut self) {
        for (row, line) in &mut self.lines {
            line.settle();
            let missing = line.happened.get(line.settled);
            assert!(
                line.loose || missing.is_none(),
                "{row:?}: never given: {missing:?}"
            );
        }
    }
}
