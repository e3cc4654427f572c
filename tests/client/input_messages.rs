//! What a message says besides its text.
use std::time::Duration;

use ferogram_sync::tl::enums::{
    MessageMedia, MessageReplyHeader, PageBlock, RichMessage, RichText,
};
use ferogram_sync::tl::types;
use ferogram_sync::{
    Client, Error, InputMessage, LinkPreview, Message, PeerError, ReplyTo, Update,
};
use localdc::LocalDc;

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

fn preview(media: Option<&MessageMedia>) -> &types::MessageMediaWebPage {
    match media {
        Some(MessageMedia::WebPage(page)) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_preview_comes_with_its_size_and_place() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), name_of(&dc.user()));
    let bob = bob.as_str();
    for (to, above) in [("me", false), ("me", true), (bob, false), (bob, true)] {
        let page = LinkPreview::new("https://a.example/").large();
        let message = InputMessage::text("Read").media(page).preview_above(above);
        let message = ann.send_message(to, message).expect("sent");
        assert_eq!(message.text(), "Read");
        assert_eq!(message.raw.invert_media, above);
        let page = preview(message.raw.media.as_ref());
        assert!(page.force_large_media && !page.force_small_media);
    }
    assert_eq!(dc.executed("messages.sendMedia"), 4);
    assert_eq!(dc.executed("messages.sendMessage"), 0);
}

#[test]
fn a_quote_comes_back_with_the_answer() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), name_of(&dc.user()));
    let question = ann
        .send_message(bob.as_str(), "at one or at two")
        .expect("sent");
    let quote = ReplyTo::message(question.id()).quote("at").quote_at(10);
    let answer = InputMessage::text("Two").reply_to(quote);
    let answer = ann.send_message(bob.as_str(), answer).expect("sent");
    let Some(MessageReplyHeader::Header(header)) = &answer.raw.reply_to else {
        panic!("{answer:?}")
    };
    assert!(header.quote);
    assert_eq!(header.reply_to_msg_id, Some(question.id()));
    assert_eq!(header.quote_text.as_deref(), Some("at"));
    assert_eq!(header.quote_offset, Some(10));
    let wrong = ReplyTo::message(question.id()).quote("at three");
    let wrong = InputMessage::text("?").reply_to(wrong);
    let error = ann
        .send_message(bob.as_str(), wrong)
        .expect_err("not there");
    assert!(error.is("QUOTE_TEXT_INVALID"), "{error}");
}

/// Blocks in the place of a text, for who sends, who receives, and when they are changed.
#[test]
fn a_rich_message_arrives_and_is_changed() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let his_name = name_of(&bob);
    let heading = |text: &str| {
        let text = types::TextPlain { text: text.into() }.into();
        InputMessage::default().rich(types::InputRichMessage {
            blocks: vec![types::PageBlockHeading1 { text }.into()],
            ..Default::default()
        })
    };
    let shown = |message: &Message| {
        let Some(RichMessage::Message(rich)) = message.rich() else {
            panic!("{message:?}")
        };
        match &rich.blocks[..] {
            [PageBlock::Heading1(it)] => match &it.text {
                RichText::TextPlain(it) => it.text.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    let mut updates = bob.updates();
    let sent = ann.send_message(his_name, heading("Tea")).expect("sent");
    assert_eq!((shown(&sent).as_str(), sent.text()), ("Tea", ""));
    let received = loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes") {
            break message;
        }
    };
    assert_eq!(shown(&received), "Tea");
    sent.edit(heading("Coffee")).expect("it is hers");
    let now = received.fetch_again().expect("it answers");
    assert_eq!(shown(&now.expect("it is there")), "Coffee");
}

#[test]
fn a_message_of_nothing_is_not_sent() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    for nothing in ["", " ", "\n \n"] {
        let message = InputMessage::text(nothing).silent(true);
        let error = ann.send_message("me", message).expect_err("it is empty");
        assert!(matches!(error, Error::Argument(_)), "{error}");
    }
    assert_eq!(dc.executed("messages.sendMessage"), 0);
    // What the server does not show is for it to say.
    let error = ann.send_message("me", "\u{2003}").expect_err("it is blank");
    assert!(error.is("MESSAGE_EMPTY"), "{error}");
    let page = LinkPreview::new("https://a.example/");
    ann.send_message("me", InputMessage::default().media(page))
        .expect("a page is something");
}

/// All whom a message names besides its receiver are found before it is sent.
#[test]
fn nothing_is_sent_when_somebody_in_it_cannot_be_named() {
    const STRANGER: i64 = 5_999_999_999;
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let text = || InputMessage::text("x");
    for message in [
        text().send_as(STRANGER),
        text().monoforum(STRANGER),
        text().reply_to(ReplyTo::message(1).in_chat(STRANGER)),
        text().reply_to(ReplyTo::story(STRANGER, 1)),
    ] {
        let error = ann.send_message("me", message).expect_err("never seen");
        assert!(
            matches!(error, Error::Peer(PeerError::NotSeen(_))),
            "{error}"
        );
    }
    assert_eq!(dc.executed("messages.sendMessage"), 0);
}
