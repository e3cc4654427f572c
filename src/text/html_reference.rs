//! Character references: `&lt;`, `&#60;`, `&#x3c;`.
//!
//! See <https://core.telegram.org/bots/api#html-style>.

/// Half of a pair that stands for one letter.
const SURROGATES: std::ops::RangeInclusive<u32> = 0xd800..=0xdfff;

/// The letter that the beginning of a text refers to, and how many bytes that takes. `None` if it
/// is no reference: then it stands for itself. Two halves of a pair, one behind the other, are one
/// letter.
///
/// # Errors
///
/// If it is a half without the other.
pub(super) fn letter(text: &str) -> Result<Option<(char, usize)>, ()> {
    let Some((code, bytes)) = code(text) else {
        return Ok(None);
    };
    if let Some(letter) = char::from_u32(code) {
        return Ok(Some((letter, bytes)));
    }
    if !SURROGATES.contains(&code) {
        return Ok(None);
    }
    let Some((second, more)) = self::code(&text[bytes..]) else {
        return Err(());
    };
    let pair = [code, second].map(|half| u16::try_from(half).unwrap_or(0));
    match char::decode_utf16(pair).next() {
        Some(Ok(letter)) if letter.len_utf16() == 2 => Ok(Some((letter, bytes + more))),
        _ => Err(()),
    }
}

/// The number of a reference, and the bytes that it takes with the semicolon, which may be missing.
fn code(text: &str) -> Option<(u32, usize)> {
    let name = text.strip_prefix('&')?;
    let (code, bytes) = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => numeric(digits, 16).map(|(code, bytes)| (code, bytes + 3))?,
            None => numeric(number, 10).map(|(code, bytes)| (code, bytes + 2))?,
        },
        None => named(name).map(|(code, bytes)| (code, bytes + 1))?,
    };
    let semicolon = text[bytes..].starts_with(';');
    Some((code, bytes + usize::from(semicolon)))
}

fn numeric(digits: &str, radix: u32) -> Option<(u32, usize)> {
    let bytes = digits
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    // Zeros in front may be many, and say nothing.
    let code = u32::from_str_radix(&digits[..bytes], radix).ok()?;
    (code != 0).then_some((code, bytes))
}

fn named(name: &str) -> Option<(u32, usize)> {
    let names = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"')];
    // No name is longer; what is longer is no name.
    let bytes = name
        .bytes()
        .take(5)
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let found = names
        .into_iter()
        .find(|(known, _)| *known == &name[..bytes]);
    found.map(|(_, letter)| (u32::from(letter), bytes))
}

/// A text with its references replaced. A half of a pair stands for itself.
pub(super) fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let bytes = match letter(rest) {
            Ok(Some((letter, bytes))) => {
                decoded.push(letter);
                bytes
            }
            Ok(None) | Err(_) => {
                decoded.push('&');
                1
            }
        };
        rest = &rest[bytes..];
    }
    decoded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_once() {
        for (text, expected) in [
            ("&lt;&gt;&amp;&quot;", "<>&\""),
            ("&amp;lt;", "&lt;"),
            ("&#39;&#x27;&#X27;", "'''"),
            ("&lt&amp", "<&"),
            ("&ltx;", "&ltx;"),
            ("&nbsp;&apos;&;&", "&nbsp;&apos;&;&"),
            ("&#0;&#x0;&#;&#x;&#x110000;", "&#0;&#x0;&#;&#x;&#x110000;"),
            ("&#99999999999999999999;", "&#99999999999999999999;"),
            ("&#128512;&#x1F600;", "😀😀"),
            ("&#xD83D;&#xDE00;", "😀"),
            ("&#55357;&#56832", "😀"),
            ("&#0000000000000065;", "A"),
            ("é&漢", "é&漢"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn half_a_pair_is_no_letter() {
        assert_eq!(letter("&#xD83D;x"), Err(()));
        assert_eq!(letter("&#xDE00;&#xD83D;"), Err(()));
        assert_eq!(letter("&#xD83D;&lt;"), Err(()));
    }
}
