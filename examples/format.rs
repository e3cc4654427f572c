//! A marked-up text, its marks, and the same in every other form.
//!
//! `cargo run --example format -- '<b>Hello</b>, <i>you</i>'` reads the HTML that it is given, and
//! a text of its own without. It needs no server.
use std::env;

use ferogram_sync::html;
use ferogram_sync::text::{FormattedText, Written};

fn main() -> ferogram_sync::Result<()> {
    let text = match env::args().nth(1) {
        Some(html) => FormattedText::html(&html)?,
        // What is put in is text, whatever it looks like.
        None => html!(
            "<b>Dear <i>{name}</i></b>,\n<blockquote>2 * 2 &lt; {number:.1}</blockquote>",
            name = "Ann <3",
            number = 4.25
        )?,
    };
    println!("{} units: {:?}", text.utf16_len(), text.text);
    for entity in &text.entities {
        println!("  {:?}: {entity:?}", text.text_of(entity));
    }
    show("HTML", &text.to_html());
    show("MarkdownV2", &text.to_markdown_v2());
    show("Markdown", &text.to_markdown());
    for (number, part) in text.split(16).iter().enumerate() {
        println!("part {number} of at most 16 units: {:?}", part.text);
    }
    Ok(())
}

/// Prints a form, and what it has no words for.
fn show(form: &str, written: &Written) {
    println!("{form}:\n  {}", written.text.replace('\n', "\n  "));
    for entity in &written.left_out {
        println!("  without {entity:?}");
    }
}
