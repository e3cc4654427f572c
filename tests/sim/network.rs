//! The network: it delays, cuts bytes into pieces, and breaks.
use std::time::Duration;

use crate::dice::Dice;

/// One direction of a connection.
#[derive(Default)]
pub(crate) struct Line {
    /// Nothing arrives any more, and nobody knows.
    pub(crate) dead: bool,
    /// When the last byte so far arrives.
    pub(crate) arrives: Duration,
    /// How many more bytes arrive.
    left: Option<usize>,
    /// So many bytes a second is all that it carries; 0: as many as come.
    pub(crate) rate: u64,
    /// Nothing takes long on it.
    pub(crate) swift: bool,
}

/// Both directions.
#[derive(Default)]
pub(crate) struct Wires {
    pub(crate) up: Line,
    pub(crate) down: Line,
}

impl Line {
    pub(crate) fn cut_after(&mut self, bytes: usize) {
        self.left.get_or_insert(bytes);
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.left == Some(0)
    }

    /// How long so many bytes are under way because the line is slow.
    fn takes(&self, len: usize) -> Duration {
        let millis = (len as u64 * 1000).checked_div(self.rate);
        Duration::from_millis(millis.unwrap_or_default())
    }

    /// When which pieces arrive.
    pub(crate) fn carry(
        &mut self,
        now: Duration,
        bytes: &[u8],
        dice: &mut Dice,
    ) -> Vec<(Duration, Vec<u8>)> {
        let mut bytes = bytes;
        if let Some(left) = &mut self.left {
            bytes = &bytes[..bytes.len().min(*left)];
            *left -= bytes.len();
        }
        let mut parts = Vec::new();
        while !bytes.is_empty() {
            let whole = dice.chance(700);
            let len = if whole {
                bytes.len()
            } else {
                1 + dice.below(bytes.len() as u64) as usize
            };
            let slow = if !self.swift && dice.chance(30) {
                3000
            } else {
                60
            };
            let delay = Duration::from_millis(1 + dice.below(slow));
            self.arrives = self.arrives.max(now + delay) + self.takes(len);
            parts.push((self.arrives, bytes[..len].to_vec()));
            bytes = &bytes[len..];
        }
        parts
    }
}
