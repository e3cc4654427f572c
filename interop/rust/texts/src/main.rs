//! A thousand texts in HTML and a thousand in Markdown, and what our parsers make of them.
//!
//! Each is put together of pieces by chance, the same at every run, and names what it is made of: so
//! a parser that reads one piece in another way differs where that piece is, and nowhere else. They
//! begin and end with a letter, because some parsers trim what they read and some do not.
use std::collections::BTreeSet;

use ferogram_sync::text::FormattedText;
use ferogram_sync::tl::enums::MessageEntity as E;
use serde_json::{Value, json};

const TEXTS: usize = 1000;

/// What a piece shows, what stands before its text and behind it.
type Piece = (&'static str, &'static str, &'static str);

const HTML: &[Piece] = &[
    ("b", "<b>", "</b>"),
    ("strong", "<strong>", "</strong>"),
    ("i", "<i>", "</i>"),
    ("em", "<em>", "</em>"),
    ("u", "<u>", "</u>"),
    ("ins", "<ins>", "</ins>"),
    ("s", "<s>", "</s>"),
    ("strike", "<strike>", "</strike>"),
    ("del", "<del>", "</del>"),
    ("tg-spoiler", "<tg-spoiler>", "</tg-spoiler>"),
    ("span", "<span class=\"tg-spoiler\">", "</span>"),
    ("a", "<a href=\"http://h.example/?a=1&amp;b=2\">", "</a>"),
    ("a without quotes", "<a href=http://h.example/>", "</a>"),
    ("mention", "<a href=\"tg://user?id=5000000002\">", "</a>"),
    ("tags written large", "<B>", "</B>"),
    ("blockquote", "<blockquote>", "</blockquote>"),
    ("expandable", "<blockquote expandable>", "</blockquote>"),
    (
        "tg-time",
        "<tg-time unix=\"1647531900\" format=\"wDT\">",
        "</tg-time>",
    ),
];

/// What holds nothing but its own text.
const HTML_LEAVES: &[(&str, &str)] = &[
    ("code", "<code>x = 1</code>"),
    ("pre", "<pre>fn main() {}</pre>"),
    (
        "language",
        "<pre><code class=\"language-rust\">fn f() {}</code></pre>",
    ),
    (
        "tg-emoji",
        "<tg-emoji emoji-id=\"5368324170671202286\">👍</tg-emoji>",
    ),
    (
        "named references",
        "1 &lt; 2 &amp;&amp; 3 &gt; &quot;2&quot;",
    ),
    ("numeric references", "&#1078;&#x1F600;"),
    ("reference to a reference", "&amp;lt;"),
    ("other references", "&nbsp;&hearts;"),
    ("reference to nothing", "a & b &c"),
    ("a line break", "one\ntwo"),
];

const MARKDOWN: &[Piece] = &[
    ("bold", "**", "**"),
    ("italic", "__", "__"),
    ("strike", "~~", "~~"),
    ("spoiler", "||", "||"),
    ("link", "[", "](http://h.example/?a=1)"),
    ("link with parentheses", "[", "](http://h.example/a_(b))"),
    ("mention", "[", "](tg://user?id=5000000002)"),
];

const MARKDOWN_LEAVES: &[(&str, &str)] = &[
    ("code", "`x = 1`"),
    ("marks in code", "`a**b**`"),
    ("block", "```\nfn main() {}\n```"),
    ("block with a language", "```rust\nfn f() {}\n```"),
    ("emoji", "![👍](tg://emoji?id=5368324170671202286)"),
    ("backslashes", "\\*\\*a\\*\\*"),
    ("one of a mark", "snake_case 2 * 3 a|b"),
    ("a mark without an end", "a ** b"),
    ("a label without an address", "[a] (b)"),
    ("a line break", "one\ntwo"),
];

const WORDS: &[&str] = &[
    "word",
    "слово",
    "😀",
    "é",
    "1",
    "漢字",
    "👨\u{200d}👩",
    "two words",
];

/// As random as texts have to be (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

struct Maker {
    dice: Dice,
    pieces: &'static [Piece],
    leaves: &'static [(&'static str, &'static str)],
    shown: BTreeSet<&'static str>,
}

impl Maker {
    /// Some pieces, between which there is text, and within each other as deep as that.
    fn text(&mut self, depth: usize, inside: &[&str]) -> String {
        let mut text = self.dice.of(WORDS).to_owned();
        for _ in 0..=self.dice.below(2) {
            let nested = (!inside.is_empty()).then_some("a piece in another");
            let piece = if depth == 0 || self.dice.below(2) == 0 {
                let (shows, leaf) = self.dice.of(self.leaves);
                self.shown.insert(shows);
                leaf.to_owned()
            } else {
                let (shows, before, behind) = self.dice.of(self.pieces);
                if inside.contains(&shows) || before.starts_with('[') && depth == 1 {
                    continue;
                }
                self.shown.insert(shows);
                let within = match self.dice.below(2) {
                    0 => self.dice.of(WORDS).to_owned(),
                    _ => self.text(depth - 1, &[inside, &[shows]].concat()),
                };
                format!("{before}{within}{behind}")
            };
            self.shown.extend(nested);
            let word = self.dice.of(WORDS);
            text += &format!(" {piece} {word}");
        }
        text
    }
}

fn texts(
    pieces: &'static [Piece],
    leaves: &'static [(&'static str, &'static str)],
    read: impl Fn(&str) -> Option<FormattedText>,
) -> Vec<Value> {
    let mut made = Vec::new();
    let dice = Dice(0x9e37_79b9_7f4a_7c15);
    let shown = BTreeSet::new();
    let mut maker = Maker {
        dice,
        pieces,
        leaves,
        shown,
    };
    while made.len() < TEXTS {
        maker.shown.clear();
        let source = maker.text(2, &[]);
        // Nothing is made of what the official page does not allow.
        let Some(text) = read(&source) else { continue };
        made.push(json!({
            "source": source,
            "shows": maker.shown,
            "text": text.text,
            "entities": text.entities.iter().map(told).collect::<Vec<_>>(),
        }));
    }
    made
}

/// The kind of an entity as the schema names it, its place, and what else it says.
fn told(entity: &E) -> Value {
    match entity {
        E::Bold(it) => json!(["Bold", it.offset, it.length, ""]),
        E::Italic(it) => json!(["Italic", it.offset, it.length, ""]),
        E::Underline(it) => json!(["Underline", it.offset, it.length, ""]),
        E::Strike(it) => json!(["Strike", it.offset, it.length, ""]),
        E::Spoiler(it) => json!(["Spoiler", it.offset, it.length, ""]),
        E::Code(it) => json!(["Code", it.offset, it.length, ""]),
        E::Pre(it) => json!(["Pre", it.offset, it.length, it.language]),
        E::TextUrl(it) => json!(["TextUrl", it.offset, it.length, it.url]),
        E::MentionName(it) => {
            json!(["MentionName", it.offset, it.length, it.user_id.to_string()])
        }
        E::CustomEmoji(it) => {
            json!([
                "CustomEmoji",
                it.offset,
                it.length,
                it.document_id.to_string()
            ])
        }
        E::Blockquote(it) => {
            let folds = if it.collapsed { "collapsed" } else { "" };
            json!(["Blockquote", it.offset, it.length, folds])
        }
        E::FormattedDate(it) => json!(["FormattedDate", it.offset, it.length, it.date.to_string()]),
        other => json!(["another", 0, 0, format!("{other:?}")]),
    }
}

fn main() {
    let html = texts(HTML, HTML_LEAVES, |text| FormattedText::html(text).ok());
    let markdown = texts(MARKDOWN, MARKDOWN_LEAVES, |text| {
        Some(FormattedText::markdown(text))
    });
    println!("{}", json!({"HTML": html, "Markdown": markdown}));
}
