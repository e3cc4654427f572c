//! What several benches need: chance that can be repeated, and a page of messages.
use ferogram_sync::Entropy;

mod page;

pub use page::page;

/// Bytes from a seed, for figures that can be compared from run to run.
pub struct Seeded(pub u64);

impl Entropy for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}
