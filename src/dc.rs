//! The number of a data centre.
use std::fmt;

/// Names a data centre: 1 to 5 in production, 1 to 3 in the test environment; CDN centres have
/// higher numbers.
///
/// See <https://core.telegram.org/api/datacenter>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DcId(pub i32);

/// What the number of a test centre is raised by inside the protocol.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
const TEST_OFFSET: i32 = 10_000;

impl DcId {
    /// The number that the protocol carries: raised by 10,000 for the test environment, negative
    /// for a media-only centre.
    ///
    /// See <https://core.telegram.org/mtproto/auth_key>.
    #[must_use]
    pub fn on_the_wire(self, test: bool, media: bool) -> i32 {
        let number = if test {
            self.0.saturating_add(TEST_OFFSET)
        } else {
            self.0
        };
        if media {
            number.saturating_neg()
        } else {
            number
        }
    }
}

impl fmt::Display for DcId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DC {}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_on_the_wire() {
        assert_eq!(DcId(2).on_the_wire(false, false), 2);
        assert_eq!(DcId(2).on_the_wire(true, false), 10_002);
        assert_eq!(DcId(4).on_the_wire(false, true), -4);
        assert_eq!(DcId(1).on_the_wire(true, true), -10_001);
    }
}
