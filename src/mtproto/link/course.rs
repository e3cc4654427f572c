//! Which address is tried next, and what came of the last attempts.
use std::net::SocketAddr;

/// The addresses of a server, tried in turn.
pub(super) struct Course {
    endpoints: Vec<SocketAddr>,
    current: usize,
    /// The address that was tried beside it last.
    beside: usize,
    /// How many have failed since one worked, or since all had failed.
    failed: usize,
    last_error: Option<String>,
}

impl Course {
    pub(super) fn new(endpoints: Vec<SocketAddr>) -> Self {
        Self {
            endpoints,
            current: 0,
            beside: 0,
            failed: 0,
            last_error: None,
        }
    }

    /// The address to use now.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        self.endpoints.get(self.current).copied()
    }

    /// The connection to this address is of no use, and why. Tells whether all have failed by now.
    pub(super) fn failed(&mut self, why: String) -> bool {
        self.last_error = Some(why);
        self.current = (self.current + 1) % self.endpoints.len().max(1);
        self.failed += 1;
        let all = self.failed >= self.endpoints.len();
        if all {
            self.failed = 0;
        }
        all
    }

    /// Whether there are others than the address to use now, and the one beside it if there is one.
    pub(super) fn others(&self, beside: bool) -> bool {
        self.endpoints.len() > 1 + usize::from(beside)
    }

    /// The address to try beside the one to use now: the next one, each in its turn.
    pub(super) fn next_beside(&mut self) -> Option<SocketAddr> {
        for _ in 0..2 {
            self.beside = (self.beside + 1) % self.endpoints.len().max(1);
            if self.beside != self.current {
                return self.endpoints.get(self.beside).copied();
            }
        }
        None
    }

    /// The address that was tried beside the other one is the one to use now.
    pub(super) fn promoted(&mut self) {
        self.current = self.beside;
    }

    /// A connection that worked has ended: the same address is tried first.
    pub(super) fn ended(&mut self, why: String) {
        self.last_error = Some(why);
    }

    /// The server answers.
    pub(super) fn succeeded(&mut self) {
        self.failed = 0;
    }

    /// In words: the address, and what went wrong last.
    pub(super) fn words(&self) -> String {
        let address = match self.address() {
            Some(address) => address.to_string(),
            None => "no address".to_owned(),
        };
        match &self.last_error {
            Some(error) => format!("{address} ({error})"),
            None => address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_tried_before_the_pause() {
        let addresses: Vec<SocketAddr> = (1..4).map(|i| ([127, 0, 0, i], 443).into()).collect();
        let mut course = Course::new(addresses.clone());
        let mut pauses = Vec::new();
        for turn in 0..6 {
            assert_eq!(course.address(), Some(addresses[turn % 3]));
            pauses.push(course.failed("refused".to_owned()));
        }
        assert_eq!(pauses, [false, false, true, false, false, true]);
        course.ended("closed".to_owned());
        assert_eq!(course.words(), "127.0.0.1:443 (closed)");
    }

    #[test]
    fn the_others_take_turns_beside_the_one_in_use() {
        let addresses: Vec<SocketAddr> = (1..4).map(|i| ([127, 0, 0, i], 443).into()).collect();
        let mut course = Course::new(addresses.clone());
        assert!(course.others(false) && course.others(true));
        for place in [1, 2, 1, 2] {
            assert_eq!(course.next_beside(), Some(addresses[place]));
        }
        course.failed("silent".to_owned());
        course.promoted();
        assert_eq!(course.address(), Some(addresses[2]));
        assert_eq!(course.next_beside(), Some(addresses[0]));
        let mut course = Course::new(addresses[..1].to_vec());
        assert!(!course.others(false));
        assert_eq!(course.next_beside(), None);
    }

    #[test]
    fn none_at_all_is_no_panic() {
        let mut course = Course::new(Vec::new());
        assert_eq!(course.next_beside(), None);
        assert!(course.failed("no".to_owned()));
        assert_eq!(course.address(), None);
    }
}
