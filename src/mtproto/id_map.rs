//! Maps from ids of which this side decides what there are.
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose ids only this side puts in: nobody can choose them so that they collide, so a simple
/// hash will do.
pub(crate) type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// Multiplies, and folds the upper half down.
#[derive(Default)]
pub(crate) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let product = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ (product >> 32);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number as u64);
    }

    fn write_i32(&mut self, number: i32) {
        self.write_u64(u64::from(number as u32));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// A table looks at the lowest bits for a place, and at the highest to tell neighbours apart.
    #[test]
    fn neighbouring_ids_hash_apart() {
        for step in [1, 4, 1 << 32] {
            let hashes: Vec<u64> = (0..256)
                .map(|n| {
                    let mut hasher = IdHasher::default();
                    hasher.write_u64(n * step);
                    hasher.finish()
                })
                .collect();
            let low: HashSet<u64> = hashes.iter().map(|hash| hash & 0xfff).collect();
            let high: HashSet<u64> = hashes.iter().map(|hash| hash >> 57).collect();
            assert!(low.len() > 200, "{step}: only {} different", low.len());
            assert!(high.len() > 60, "{step}: only {} different", high.len());
        }
    }

    #[test]
    fn ids_of_every_width_hash_alike() {
        let hash = |write: fn(&mut IdHasher)| {
            let mut hasher = IdHasher::default();
            write(&mut hasher);
            hasher.finish()
        };
        let of_u64 = hash(|it| it.write_u64(7));
        for write in [
            (|it| it.write_i64(7)) as fn(&mut IdHasher),
            |it| it.write_i32(7),
            |it| it.write_usize(7),
        ] {
            assert_eq!(hash(write), of_u64);
        }
    }
}
