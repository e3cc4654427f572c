//! How a time in a text is shown, as a format of a few letters.
//!
//! See <https://core.telegram.org/bots/api#date-time-entity-formatting>.
use crate::tl::types::MessageEntityFormattedDate as Time;

/// A time of such a format, without its place: `r|w?[dD]?[tT]?`. `None` if it is another.
pub(super) fn parse(date: i32, format: &str) -> Option<Time> {
    let mut time = Time {
        date,
        ..Time::default()
    };
    if format == "r" {
        time.relative = true;
        return Some(time);
    }
    let mut rest = format;
    let mut takes = |letter: char| match rest.strip_prefix(letter) {
        Some(behind) => {
            rest = behind;
            true
        }
        None => false,
    };
    time.day_of_week = takes('w');
    time.short_date = takes('d');
    time.long_date = !time.short_date && takes('D');
    time.short_time = takes('t');
    time.long_time = !time.short_time && takes('T');
    rest.is_empty().then_some(time)
}

/// The format of a time, if it has one.
pub(super) fn format(time: &Time) -> Option<String> {
    let letters = [
        (time.relative, 'r'),
        (time.day_of_week, 'w'),
        (time.short_date, 'd'),
        (time.long_date, 'D'),
        (time.short_time, 't'),
        (time.long_time, 'T'),
    ];
    let format: String = (letters.iter())
        .filter_map(|(has, letter)| has.then_some(letter))
        .collect();
    parse(time.date, &format).map(|_| format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_read_and_written() {
        for format_text in ["", "r", "w", "d", "D", "t", "T", "wdt", "wDT", "DT", "wT"] {
            let time = parse(7, format_text).expect("it is a format");
            assert_eq!(format(&time).as_deref(), Some(format_text));
        }
        for none in ["x", "rt", "tw", "dD", "tT", "ww", "R", "W", "wdtx"] {
            assert_eq!(parse(7, none), None, "{none}");
        }
        let both = Time {
            short_time: true,
            long_time: true,
            ..Time::default()
        };
        assert_eq!(format(&both), None);
    }
}
