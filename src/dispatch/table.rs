//! Handlers, found without asking each.
use std::collections::{BTreeSet, HashMap};

use super::context::Context;
use super::key::Key;
use super::route::Route;
use crate::updates::UpdateKind;

/// Handlers, found without asking each: commands and the data of buttons by what they are, whatever
/// the number of handlers. What was registered first is asked first.
#[derive(Default)]
pub(super) struct Table {
    routes: Vec<Route>,
    kinds: HashMap<UpdateKind, Index>,
    /// For kinds that no handler names.
    others: Index,
}

/// Handlers of one kind, by their places.
#[derive(Clone, Default)]
struct Index {
    keyed: HashMap<Key, Vec<usize>>,
    /// How long the prefixes among the keys are.
    lengths: BTreeSet<usize>,
    /// Those that can be for any update of the kind.
    open: Vec<usize>,
}

impl Table {
    pub(super) fn new(routes: Vec<Route>) -> Self {
        let mut table = Self::default();
        for kind in routes.iter().filter_map(|route| route.kind) {
            table.kinds.entry(kind).or_default();
        }
        for (place, route) in routes.iter().enumerate() {
            let keys = route.filter.as_ref().and_then(|filter| filter.keys());
            match route.kind {
                Some(kind) => {
                    let index = table.kinds.entry(kind).or_default();
                    index.add(place, keys.as_deref());
                }
                None => {
                    let all = table.kinds.values_mut().chain([&mut table.others]);
                    all.for_each(|index| index.add(place, keys.as_deref()));
                }
            }
        }
        table.routes = routes;
        table
    }

    /// The first handler after the first `from` that matches, with its place.
    pub(super) fn find(&self, cx: &Context, from: usize) -> Option<(usize, &Route)> {
        let index = self.kinds.get(&cx.kind()).unwrap_or(&self.others);
        let mut keyed: Vec<usize> = Vec::new();
        if !index.keyed.is_empty() {
            let keys = Key::of(cx, &index.lengths);
            let found = keys.iter().filter_map(|key| index.keyed.get(key));
            keyed.extend(found.flatten());
            keyed.sort_unstable();
        }
        let after = |places: &[usize]| places.partition_point(|place| *place < from);
        let mut keyed = keyed[after(&keyed)..].iter().copied().peekable();
        let mut open = index.open[after(&index.open)..].iter().copied().peekable();
        loop {
            let place = match (keyed.peek(), open.peek()) {
                (Some(one), Some(other)) if one < other => keyed.next()?,
                (Some(_), None) => keyed.next()?,
                _ => open.next()?,
            };
            let route = &self.routes[place];
            if route.filter.as_ref().is_none_or(|it| it.matches(cx)) {
                return Some((place, route));
            }
        }
    }
}

impl Index {
    fn add(&mut self, place: usize, keys: Option<&[Key]>) {
        let Some(keys) = keys else {
            self.open.push(place);
            return;
        };
        for key in keys {
            if let Key::DataPrefix(prefix) = key {
                self.lengths.insert(prefix.len());
            }
            let places = self.keyed.entry(key.clone()).or_default();
            // Both sides of an `|` may have the same key.
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
}
