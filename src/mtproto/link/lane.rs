//! Which of a link's connections is meant.

/// One of the two connections that a link may have at a time. Only one of them carries anything
/// encrypted; the other is there to find out whether another address answers first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lane {
    /// One of them.
    #[default]
    One,
    /// The other.
    Two,
}

impl Lane {
    /// Both of them.
    pub const BOTH: [Self; 2] = [Self::One, Self::Two];

    /// The one that is not meant.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::One => Self::Two,
            Self::Two => Self::One,
        }
    }

    /// 0 or 1.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::One => 0,
            Self::Two => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_two() {
        let indices = Lane::BOTH.map(Lane::index);
        assert_eq!(indices, [0, 1]);
        assert_eq!(Lane::BOTH.map(Lane::other), [Lane::Two, Lane::One]);
    }
}
