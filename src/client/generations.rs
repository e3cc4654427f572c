//! A bounded map that keeps what was used last.
use std::collections::HashMap;
use std::hash::Hash;
use std::mem;

/// A map of at most so many entries. What was used last stays: when the younger half is full, it
/// becomes the older one, and what nobody has asked for since goes.
pub(super) struct Generations<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    half: usize,
}

impl<K: Clone + Eq + Hash, V> Generations<K, V> {
    /// A map of at most `limit` entries, and of two at least.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            young: HashMap::new(),
            old: HashMap::new(),
            half: (limit / 2).max(1),
        }
    }

    pub(super) fn get(&mut self, key: &K) -> Option<&mut V> {
        if !self.young.contains_key(key) {
            let value = self.old.remove(key)?;
            self.insert(key.clone(), value);
        }
        self.young.get_mut(key)
    }

    pub(super) fn any(&self, mut is: impl FnMut(&K, &V) -> bool) -> bool {
        let mut all = self.young.iter().chain(&self.old);
        all.any(|(key, value)| is(key, value))
    }

    pub(super) fn remove(&mut self, key: &K) {
        self.young.remove(key);
        self.old.remove(key);
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        self.old.remove(&key);
        if self.young.len() >= self.half && !self.young.contains_key(&key) {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_stays_and_no_more_than_the_limit() {
        let mut map = Generations::new(10);
        for key in 0..1000 {
            map.insert(key, key);
            assert_eq!(map.get(&0), Some(&mut 0), "asked for again and again");
            assert!(map.young.len() + map.old.len() <= 10);
        }
        assert_eq!(map.get(&999), Some(&mut 999));
        assert_eq!(map.get(&500), None);
    }

    #[test]
    fn a_key_has_one_value() {
        let mut map = Generations::new(4);
        for value in 0..20 {
            map.insert(1, value);
            map.insert(value + 100, 0);
            assert_eq!(map.get(&1), Some(&mut { value }));
        }
    }
}
