//! Marked-up texts, which people and programs write by hand.
use ferogram_sync::text::{FormattedText, TextError, Written};

use crate::took::Took;

/// One byte that says in which form the rest is, as far as that is UTF-8.
pub(crate) fn marked_text(data: &[u8]) -> Took {
    let Some((form, rest)) = data.split_first() else {
        return Took::nothing();
    };
    let source = String::from_utf8_lossy(rest);
    let read = match form % 4 {
        0 => FormattedText::html(&source),
        1 => Ok(FormattedText::html_lenient(&source)),
        2 => FormattedText::markdown_v2(&source),
        _ => Ok(FormattedText::markdown(&source)),
    };
    let text = match read {
        Ok(text) => text,
        Err(error) => {
            assert!(source.is_char_boundary(error.offset), "{error}");
            return Took::of(false, source.len());
        }
    };
    assert_eq!(text.normalized(), text);
    again(&text, text.to_html(), FormattedText::html);
    again(&text, text.to_markdown_v2(), FormattedText::markdown_v2);
    again(&text, text.to_markdown(), |markdown| {
        Ok(FormattedText::markdown(markdown))
    });
    for part in text.split(16) {
        assert!(part.utf16_len() <= 16);
    }
    Took::of(true, source.len())
}

/// What was written is the same when it is read.
fn again(
    text: &FormattedText,
    written: Written,
    read: impl Fn(&str) -> Result<FormattedText, TextError>,
) {
    let again = read(&written.text).expect("what was written is right");
    assert_eq!(again.text, text.text);
    if written.left_out.is_empty() {
        assert_eq!(again, *text);
    }
}

pub(crate) fn marked_text_seeds() -> Vec<Vec<u8>> {
    let html = "<b>a<i>\u{1f600}</i></b>&lt;<a href=\"http://h/?a&amp;b\">c</a><pre><code \
                class=\"language-rust\">d</code></pre>\n<blockquote expandable>e\nf</blockquote>\
                <tg-emoji emoji-id=\"7\">\u{1f44d}</tg-emoji><tg-time unix=\"7\" format=\"r\">g\
                </tg-time>";
    let v2 = "*a_\u{1f600}_*\\<[c](http://h/?a\\)b)```rust\nd```\n>e\n>__f_g_**__||\n**>~h~ \
              ||i|| ![\u{1f44d}](tg://emoji?id=7)![j](tg://time?unix=7&format=wDT)`k`";
    let markdown = "**a__\u{1f600}__**\\*[c](http://h/x_(y))```rust\nd\n``` snake_case ~~h~~ \
                    ||i|| ![\u{1f44d}](tg://emoji?id=7) `k` [n](tg://user?id=5)";
    let forms = [(0, html), (1, html), (2, v2), (3, markdown)];
    let seed = |(form, text): (u8, &str)| [&[form], text.as_bytes()].concat();
    forms.into_iter().map(seed).collect()
}
