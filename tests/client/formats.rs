//! Marked-up texts on which other libraries have stumbled, there and back in every form.
use ferogram_sync::text::FormattedText;
use ferogram_sync::tl::enums::MessageEntity;
use ferogram_sync::tl::types;

/// The same text after it was written and read again, in each of the forms.
fn again(text: &FormattedText) -> [(&'static str, FormattedText); 3] {
    let html = FormattedText::html(&text.to_html().text);
    let markdown = FormattedText::markdown(&text.to_markdown().text);
    let v2 = FormattedText::markdown_v2(&text.to_markdown_v2().text);
    [
        ("HTML", html.expect("it was written here")),
        ("Markdown", markdown),
        ("MarkdownV2", v2.expect("it was written here")),
    ]
}

fn bold(offset: i32, length: i32) -> MessageEntity {
    types::MessageEntityBold { offset, length }.into()
}

fn italic(offset: i32, length: i32) -> MessageEntity {
    types::MessageEntityItalic { offset, length }.into()
}

fn link(offset: i32, length: i32, url: &str) -> MessageEntity {
    let url = url.to_owned();
    types::MessageEntityTextUrl {
        offset,
        length,
        url,
    }
    .into()
}

fn pre(offset: i32, length: i32, language: &str) -> MessageEntity {
    let language = language.to_owned();
    types::MessageEntityPre {
        offset,
        length,
        language,
    }
    .into()
}

fn marked(text: &str, entities: Vec<MessageEntity>) -> FormattedText {
    let mut marked = FormattedText::plain(text);
    marked.entities = entities;
    marked
}

/// T4 and T5: marks of the same place are read again as the same, whichever stands inside.
#[test]
fn marks_of_the_same_place_stay_what_they_are() {
    let nested = FormattedText::html("<i><b>hello</b></i>").expect("it is right");
    assert_eq!(nested.entities, [bold(0, 5), italic(0, 5)]);
    let linked = marked("6.0", vec![bold(0, 3), link(0, 3, "http://h/")]);
    for text in [nested, linked] {
        for (form, read) in again(&text) {
            assert_eq!(read.text, text.text, "{form}");
            let is_there = |entity| read.entities.contains(entity);
            assert!(text.entities.iter().all(is_there), "{form}: {read:?}");
            assert_eq!(read.entities.len(), 2, "{form}: {read:?}");
            // From the first round on nothing moves any more.
            for (form, once_more) in again(&read) {
                assert_eq!(once_more, read, "{form}");
            }
        }
    }
}

/// T5: what is bold over half a link is so on both sides of where the link begins.
#[test]
fn marks_that_cross_are_cut_where_they_do() {
    let text = marked("abcd", vec![bold(0, 2), link(1, 2, "http://h/")]);
    let parts = [bold(0, 1), link(1, 2, "http://h/"), bold(1, 1)];
    for (form, read) in again(&text) {
        assert_eq!(read.text, "abcd", "{form}");
        assert_eq!(read.entities.len(), 3, "{form}: {read:?}");
        let is_there = |entity| read.entities.contains(entity);
        assert!(parts.iter().all(is_there), "{form}: {read:?}");
    }
}

/// T9: signs in the text of a link are signs.
#[test]
fn the_text_of_a_link_may_have_brackets_and_stars() {
    let source = r"[Joey \[\*NO\*\] S](https://h/)";
    let v2 = FormattedText::markdown_v2(source).expect("it is right");
    for read in [FormattedText::markdown(source), v2] {
        assert_eq!(read.text, "Joey [*NO*] S");
        assert_eq!(read.entities, [link(0, 13, "https://h/")]);
        for (form, again) in again(&read) {
            assert_eq!(again, read, "{form}");
        }
    }
}

/// T12: code keeps its language and its lines, also beside other code and with backticks in it.
#[test]
fn code_with_a_language_is_read_as_it_was_written() {
    for text in [
        marked("main()", vec![pre(0, 6, "python")]),
        marked("a\nb", vec![pre(0, 1, "python"), pre(2, 1, "rust")]),
        marked("x = `y`\n\n  z", vec![pre(0, 12, "sh")]),
        marked("```", vec![pre(0, 3, "")]),
    ] {
        for (form, read) in again(&text) {
            assert_eq!(read, text, "{form}");
        }
    }
}

/// T15: what means something in a form is written so that it does not.
#[test]
fn plain_text_and_addresses_are_escaped() {
    let text = marked(
        "a<b&c\" *d* _e_ [f](g) `h`",
        vec![link(0, 6, "http://h/?a=1&b=\"2\"")],
    );
    for (form, read) in again(&text) {
        assert_eq!(read, text, "{form}");
    }
}
