//! A day of the year.
use crate::tl::{enums, types};

/// The days of the months, in a leap year.
const DAYS: [i32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// A birthday, with or without the year.
///
/// See <https://core.telegram.org/constructor/birthday>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Birthday {
    /// The day of the month, from 1 on.
    pub day: i32,
    /// The month, from 1 on.
    pub month: i32,
    /// The year, if it is told.
    pub year: Option<i32>,
}

impl Birthday {
    /// A day of a month.
    #[must_use]
    pub const fn new(day: i32, month: i32) -> Self {
        Self {
            day,
            month,
            year: None,
        }
    }

    /// The year too.
    #[must_use]
    pub const fn year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    /// Whether there is such a day.
    #[must_use]
    pub fn is_possible(self) -> bool {
        let month = usize::try_from(self.month.saturating_sub(1)).unwrap_or(usize::MAX);
        let is_leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let leaps = self.year.is_none_or(is_leap) || (self.day, self.month) != (29, 2);
        let days = DAYS.get(month).copied().unwrap_or(0);
        leaps && (1..=days).contains(&self.day)
    }
}

impl From<Birthday> for enums::Birthday {
    fn from(it: Birthday) -> Self {
        let (day, month, year) = (it.day, it.month, it.year);
        types::Birthday { day, month, year }.into()
    }
}

impl From<&enums::Birthday> for Birthday {
    fn from(it: &enums::Birthday) -> Self {
        let enums::Birthday::Birthday(it) = it;
        let (day, month, year) = (it.day, it.month, it.year);
        Self { day, month, year }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_days_there_are() {
        for good in [
            Birthday::new(31, 12),
            Birthday::new(29, 2),
            Birthday::new(29, 2).year(2000),
        ] {
            assert!(good.is_possible(), "{good:?}");
        }
        for bad in [
            Birthday::new(0, 1),
            Birthday::new(1, 0),
            Birthday::new(1, 13),
            Birthday::new(31, 4),
            Birthday::new(29, 2).year(1900),
            Birthday::new(i32::MIN, i32::MIN),
        ] {
            assert!(!bad.is_possible(), "{bad:?}");
        }
    }
}
