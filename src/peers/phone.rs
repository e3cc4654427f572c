//! Phone numbers as people write them.

/// The digits of a phone number with its country code, with or without `+`, in groups or not;
/// `None` for what is none.
pub(crate) fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let number = text.strip_prefix('+').unwrap_or(text);
    let mut digits = String::with_capacity(number.len());
    for letter in number.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            '(' | ')' | '.' | '-' | '\u{2010}'..='\u{2015}' => {}
            _ if letter.is_whitespace() => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_do_not_matter_and_letters_are_no_digits() {
        for text in [
            "+15550001",
            "15550001",
            " +1 (555) 00-01\n",
            "+1.555.0001",
            "+1\u{a0}555\u{2011}0001",
        ] {
            assert_eq!(digits(text).as_deref(), Some("15550001"), "{text:?}");
        }
        for text in [
            "",
            "+",
            "+-",
            "++1555",
            "+1555x",
            "1555+",
            "+\u{661}\u{662}",
        ] {
            assert_eq!(digits(text), None, "{text:?}");
        }
    }
}
