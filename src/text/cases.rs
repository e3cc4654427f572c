//! What has gone wrong with texts in other libraries, as tests.
use super::formatted::FormattedText;
use super::testing::shown;
use super::units::utf16_len;
use super::written::Written;
use crate::tl::enums::MessageEntity;
use crate::tl::types;

type Read = fn(&str) -> FormattedText;
type Write = fn(&FormattedText) -> Written;

/// Each form, by how it is read and written.
const FORMS: [(Read, Write); 3] = [
    (html, FormattedText::to_html),
    (markdown_v2, FormattedText::to_markdown_v2),
    (FormattedText::markdown, FormattedText::to_markdown),
];

fn html(html: &str) -> FormattedText {
    FormattedText::html(html).unwrap_or_else(|error| panic!("{html}: {error}"))
}

fn markdown_v2(text: &str) -> FormattedText {
    FormattedText::markdown_v2(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn bold(offset: i32, length: i32) -> MessageEntity {
    types::MessageEntityBold { offset, length }.into()
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
    let text = text.to_owned();
    FormattedText { text, entities }
}

/// Offsets count UTF-16 units, whatever a letter is made of.
#[test]
fn t1_offsets_are_units() {
    for (text, units) in [
        ("👨\u{200d}👩\u{200d}👧\u{200d}👧", 11),
        ("👍🏻", 4),
        ("❤\u{fe0f}", 2),
        ("はじめまして ❤\u{fe0f}🔴\n🔹\n", 15),
    ] {
        assert_eq!(utf16_len(text), units, "{text}");
        for read in [
            html(&format!("{text}<b>x</b>")),
            markdown_v2(&format!("{text}*x*")),
        ] {
            assert_eq!(shown(&read), format!("{text}x|b{units}-{}", units + 1));
        }
    }
}

/// What has no length is no entity: the server refuses those.
#[test]
fn t2_nothing_marks_nothing() {
    for (read, wanted) in [
        (html("<b></b>x"), "x|"),
        (html("<code></code>"), "|"),
        (html("  <b>  </b>x"), "x|"),
        (html("<i><b>  </b></i>\n x"), "x|"),
        (markdown_v2("**x"), "x|"),
        (markdown_v2("* *x"), "x|"),
        (FormattedText::markdown("** **x"), "x|"),
    ] {
        assert_eq!(shown(&read.trimmed()), wanted);
    }
}

/// Writing and reading again changes nothing after the first time, however tags are nested.
#[test]
fn t4_nested_tags_stay_in_their_order() {
    for source in [
        "<i><b>hello</b></i>",
        "<b><i>hello</i></b>",
        "<s><a href=\"http://h/\">x</a></s>",
    ] {
        let first = html(source);
        for (read, write) in FORMS {
            let written = write(&first).text;
            let again = read(&written);
            assert_eq!(again, first, "{written}");
            assert_eq!(write(&again).text, written);
        }
    }
}

/// Two entities of one place, and one that crosses another, come back as the same set.
#[test]
fn t5_links_may_be_bold() {
    let url = "http://h/";
    for text in [
        marked("6.0", vec![link(0, 3, url), bold(0, 3)]),
        marked("abcd", vec![bold(0, 2), link(1, 3, url)]),
        marked("abcd", vec![link(0, 2, url), bold(1, 3)]),
    ] {
        for (read, write) in FORMS {
            let written = write(&text);
            assert!(written.left_out.is_empty(), "{}", written.text);
            assert_eq!(shown(&read(&written.text)), shown(&text.normalized()));
        }
    }
}

/// A sign in a bare link is what the grammar says, and an error says where.
#[test]
fn t7_signs_in_links_are_plain_or_have_a_place() {
    let plain = |text: &str| assert_eq!(shown(&FormattedText::markdown(text)), format!("{text}|"));
    plain("_lal_ http://h/here_url");
    plain("snake_case_name");
    let read = FormattedText::markdown("[a](http://h/x_(y)_z)");
    assert_eq!(shown(&read), "a|link(http://h/x_(y)_z)0-1");
    let error = FormattedText::markdown_v2("_lal_ http://h/here_url");
    assert_eq!(error.expect_err("it is open").offset, 19);
}

/// Both dialects know escapes in the text of a link.
#[test]
fn t9_the_text_of_a_link_may_have_brackets() {
    let source = "[Joey \\[\\*NO\\*\\] S](tg://user?id=1)";
    for (read, _) in &FORMS[1..] {
        assert_eq!(shown(&read(source)), "Joey [*NO*] S|user(1)0-13");
    }
}

/// An entity at the end of what is trimmed ends there too.
#[test]
fn t11_code_at_the_end_ends_with_the_text() {
    for read in [
        FormattedText::markdown("```py\nx\n```\n"),
        markdown_v2("```py\nx\n```\n"),
        html("<pre><code class=\"language-py\">x\n</code></pre>\n"),
    ] {
        assert_eq!(shown(&read.trimmed()), "x|pre(py)0-1");
    }
}

/// Code keeps its language, its line breaks and its backticks.
#[test]
fn t12_code_is_written_as_it_was() {
    for text in [
        marked("main()", vec![pre(0, 6, "python")]),
        marked("a\nb", vec![pre(0, 1, "c"), pre(2, 1, "c")]),
        marked("a```b", vec![pre(0, 5, "")]),
        marked("`", vec![pre(0, 1, "py")]),
        marked("\nx", vec![pre(0, 2, "py")]),
    ] {
        for (read, write) in FORMS {
            let written = write(&text);
            assert!(written.left_out.is_empty(), "{}", written.text);
            assert_eq!(read(&written.text), text, "{}", written.text);
        }
    }
}

/// A link to a user is a mention in every form, also as apps write it.
#[test]
fn t13_links_to_users_are_mentions() {
    let wanted = "B|user(5000000002)0-1";
    for url in [
        "tg://user?id=5000000002",
        "tg://openmessage?user_id=5000000002",
    ] {
        assert_eq!(shown(&html(&format!("<a href=\"{url}\">B</a>"))), wanted);
        let link = format!("[B]({url})");
        assert_eq!(shown(&markdown_v2(&link)), wanted);
        assert_eq!(shown(&FormattedText::markdown(&link)), wanted);
    }
}

/// What is written is escaped, in texts and in addresses.
#[test]
fn t15_what_is_written_is_escaped() {
    let text = marked("a<b&c\"", vec![link(0, 6, "http://h/?a=1&b=\"2\"")]);
    assert_eq!(
        text.to_html().text,
        "<a href=\"http://h/?a=1&amp;b=&quot;2&quot;\">a&lt;b&amp;c&quot;</a>"
    );
    assert_eq!(html(&text.to_html().text), text);
}

/// References are read once.
#[test]
fn t16_references_are_read_once() {
    for (source, wanted) in [
        ("<code>&lt;x&gt;</code>", "<x>|code0-3"),
        ("&amp;lt;", "&lt;|"),
        ("&lt;&gt;&amp;&quot;&#39;&#x27;", "<>&\"''|"),
        ("&amp;amp;lt;", "&amp;lt;|"),
    ] {
        assert_eq!(shown(&html(source)), wanted);
    }
}
