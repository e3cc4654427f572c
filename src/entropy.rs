//! The source of chance.

/// Fills bytes that nobody can guess: the operating system in production, a seed in tests.
pub trait Entropy: Send {
    /// Overwrites all of `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}

impl dyn Entropy + '_ {
    /// As many bytes as the array holds.
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}
