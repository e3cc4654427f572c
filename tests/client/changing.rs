//! Changing and deleting messages.
use std::time::Duration;

use ferogram_sync::keyboard::{Button, ButtonStyle, InlineKeyboard, RemoveKeyboard};
use ferogram_sync::tl::enums::{self, ReplyMarkup};
use ferogram_sync::tl::{functions, types};
use ferogram_sync::{Client, Error, InputMessage, Message, Update, Updates};
use localdc::{LocalDc, NewChannel};

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

/// What the server has of a message.
fn kept(client: &Client, id: i32) -> enums::Message {
    let id = vec![types::InputMessageId { id }.into()];
    let request = functions::messages::GetMessages { id };
    let enums::messages::Messages::Messages(found) = client.invoke(&request).expect("it answers")
    else {
        panic!("they are few")
    };
    found
        .messages
        .into_iter()
        .next()
        .expect("one was asked for")
}

fn is_gone(client: &Client, id: i32) -> bool {
    matches!(kept(client, id), enums::Message::Empty(_))
}

fn next_received(updates: &mut Updates) -> Message {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes")
            && !message.outgoing()
        {
            return message;
        }
    }
}

#[test]
fn a_text_is_changed_with_all_that_is_marked_in_it() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), name_of(&dc.user()));
    for to in ["me", bob.as_str()] {
        let sent = ann.send_message(to, "Helo").expect("sent");
        let new = InputMessage::markdown("**Hello**, [B](tg://user?id=5999999999)");
        let edited = ann.edit_message(to, sent.id(), new).expect("it is hers");
        assert_eq!(edited.id(), sent.id());
        assert_eq!(edited.html_text(), "<b>Hello</b>, B");
        assert_eq!(edited.lost_mentions(), [5_999_999_999]);
        assert!(edited.edit_date().is_some());
        let enums::Message::Message(kept) = kept(&ann, sent.id()) else {
            panic!("it is there")
        };
        assert_eq!(*kept, *edited.raw);
        let error = edited.edit(edited.formatted()).expect_err("the same");
        assert!(error.is("MESSAGE_NOT_MODIFIED"), "{error}");
        let error = edited.edit("").expect_err("no text");
        assert!(error.is("MESSAGE_EMPTY"), "{error}");
    }
}

#[test]
fn buttons_are_changed_alone_and_taken_away() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, ann) = dc.visited_bot();
    let keyboard = |style| {
        let button = Button::callback("x", "d").style(style);
        InlineKeyboard::new().row([button])
    };
    let with = |text: &str, markup| InputMessage::text(text).markup(markup);
    let sent = bot.send_message(ann, with("Well?", keyboard(ButtonStyle::Danger)));
    let sent = sent.expect("sent");
    let edited = sent.edit(with("", keyboard(ButtonStyle::Success)));
    let edited = edited.expect("it is the bot's");
    assert_eq!(edited.text(), "Well?");
    assert_ne!(edited.markup(), sent.markup());
    assert!(matches!(
        edited.markup(),
        Some(ReplyMarkup::ReplyInlineMarkup(_))
    ));
    let edited = edited.edit("Well.").expect("it is the bot's");
    assert_eq!((edited.text(), edited.markup()), ("Well.", None));
    // Case M9.
    let message = InputMessage::text("Bye").markup(RemoveKeyboard::new());
    let sent = bot.send_message(ann, message).expect("sent");
    let error = sent.edit("Good bye").expect_err("it stays as it is");
    assert!(error.is("MESSAGE_ID_INVALID"), "{error}");
}

#[test]
fn what_is_too_much_is_not_sent_when_editing_either() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, ann) = dc.visited_bot();
    let sent = bot.send_message(ann, "Well?").expect("sent");
    let keyboard = InlineKeyboard::new().row([Button::callback("x", "")]);
    let error = sent
        .edit(InputMessage::text("x").markup(keyboard))
        .expect_err("no data");
    assert!(matches!(error, Error::Button(_)), "{error}");
    assert_eq!(dc.executed("messages.editMessage"), 0);
}

#[test]
fn messages_are_deleted_for_oneself_or_for_all() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&bob);
    let mut updates = bob.updates();
    let first = ann.send_message(name.as_str(), "one").expect("sent");
    let of_bob = next_received(&mut updates);
    assert_eq!(of_bob.text(), "one");
    let ids = [first.id(), first.id() + 100];
    let gone = ann.delete_messages(name.as_str(), &ids, false);
    assert_eq!(gone.expect("it is hers"), 1);
    assert!(is_gone(&ann, first.id()) && !is_gone(&bob, of_bob.id()));
    let second = ann.send_message(name.as_str(), "two").expect("sent");
    let of_bob = next_received(&mut updates);
    second.delete().expect("it is hers");
    assert!(is_gone(&ann, second.id()) && is_gone(&bob, of_bob.id()));
    assert_eq!(ann.delete_messages("me", &[], true).expect("nothing"), 0);
    assert_eq!(dc.executed("messages.deleteMessages"), 2);
}

#[test]
fn many_are_deleted_by_hundreds() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let ids: Vec<i32> = (1..=250).collect();
    for id in [1, 2] {
        assert_eq!(ann.send_message("me", "x").expect("sent").id(), id);
    }
    assert_eq!(ann.delete_messages("me", &ids, true).expect("hers"), 2);
    assert_eq!(dc.executed("messages.deleteMessages"), 3);
}

#[test]
fn messages_of_channels_are_deleted_their_own_way() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let owner = bob.my_id().expect("signed in");
    dc.add_channel(NewChannel::new("Garden", "the_garden").owner(owner));
    let post = bob.send_message("@the_garden", "Roses").expect("it is his");
    let error = ann
        .delete_messages("@the_garden", &[post.id()], true)
        .expect_err("she has no rights there");
    assert!(error.is("MESSAGE_DELETE_FORBIDDEN"), "{error}");
    let gone = bob.delete_messages("@the_garden", &[post.id()], true);
    assert_eq!(gone.expect("it is his"), 1);
    assert_eq!(dc.executed("channels.deleteMessages"), 2);
    assert_eq!(dc.executed("messages.deleteMessages"), 0);
}
