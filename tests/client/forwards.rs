//! Forwarding and copying messages.
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ferogram_sync::{
    Client, CopyOptions, Delivery, Error, ForwardOptions, InputMessage, LinkPreview, Message,
    ReplyTo, ShutdownToken, Update, Updates, Waiting,
};
use localdc::{Effect, LocalDc, NewChannel, Rule};

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
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
fn what_is_forwarded_says_whom_it_is_from_unless_told_otherwise() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&bob);
    let mut updates = bob.updates();
    let notes: Vec<i32> = ["one", "two"]
        .map(|text| ann.send_message("me", text).expect("sent").id())
        .to_vec();
    let forwarded = ann.forward_messages(name.as_str(), &notes, "me", ForwardOptions::new());
    let forwarded = forwarded.expect("they are hers");
    let texts: Vec<_> = forwarded.iter().flatten().map(Message::text).collect();
    assert_eq!(texts, ["one", "two"]);
    assert!(forwarded.iter().flatten().all(Message::is_forwarded));
    assert!(next_received(&mut updates).is_forwarded());
    assert_eq!(next_received(&mut updates).text(), "two");
    let options = ForwardOptions::new().drop_author(true).silent(true);
    let hidden = ann.forward_messages(name.as_str(), &notes[..1], "me", options);
    let hidden = hidden.expect("it is hers");
    assert!(hidden.iter().flatten().all(|it| !it.is_forwarded()));
    let there = next_received(&mut updates);
    assert!(there.silent() && !there.is_forwarded());
    let back = there.forward_to("me").expect("it is there");
    assert_eq!(back.text(), "one");
}

#[test]
fn many_are_forwarded_by_hundreds_each_once() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let ids: Vec<i32> = (0..105)
        .map(|_| ann.send_message("me", "x").expect("sent").id())
        .collect();
    let forwarded = ann.forward_messages("me", &ids, "me", ForwardOptions::new());
    let forwarded = forwarded.expect("they are hers");
    assert_eq!(forwarded.iter().flatten().count(), 105);
    assert_eq!(dc.executed("messages.forwardMessages"), 2);
    let none = ann.forward_messages("me", &[], "me", ForwardOptions::new());
    assert!(none.expect("nothing is asked").is_empty());
    assert_eq!(dc.executed("messages.forwardMessages"), 2);
    let error = ann.forward_messages("me", &[9999], "me", ForwardOptions::new());
    assert!(error.expect_err("it is not there").is("MESSAGE_ID_INVALID"));
}

/// Ids of private chats are the whole account's: what is of another chat than the one that is
/// named is not shown, and not sent on.
#[test]
fn what_is_of_another_chat_is_not_taken_for_it() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, eve) = (dc.user(), dc.user(), dc.user());
    let (bob, eve) = (name_of(&bob), name_of(&eve));
    let secret = ann.send_message(&bob, "for Bob alone").expect("sent");
    ann.send_message(&eve, "for Eve").expect("sent");
    let options = || CopyOptions::new().caption("What he has written");
    let failed = ann.copy_message("me", secret.id(), &eve, options());
    let error = failed.expect_err("it is none of hers");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let group = ann.media_group(&eve, secret.id()).expect("told");
    assert!(group.is_empty());
    assert_eq!(ann.media_group(&bob, secret.id()).expect("told").len(), 1);
    assert_eq!(ann.iter_messages("me").count(), 0);
}

/// What is answered in another chat is not looked for among the ids of this one.
#[test]
fn an_answer_to_elsewhere_finds_nothing_here() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = ann.my_id().expect("she is signed in");
    let news = dc.add_channel(NewChannel::new("News", "the_news_there").owner(me));
    let there = dc.post(news, me, "It rains");
    let club = NewChannel::private("Club").megagroup().owner(me);
    let club = -1_000_000_000_000 - dc.add_channel(club);
    let mut last = 0;
    while last < there {
        last = ann.send_message(club, "Well").expect("sent").id();
    }
    let answer = ReplyTo::message(there).in_chat("@the_news_there");
    let answer = InputMessage::text("Indeed").reply_to(answer);
    let answer = ann.send_message(club, answer).expect("sent");
    assert_eq!(answer.reply_to_message_id(), Some(there));
    assert!(answer.fetch_reply().expect("told").is_none());
}

/// Who does all of it again after a failure would forward the first hundred twice: the failure of
/// the second does not say that nothing was done.
#[test]
fn what_fails_in_the_middle_is_not_called_unsent() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let ids: Vec<i32> = (0..105)
        .map(|_| ann.send_message("me", "x").expect("sent").id())
        .collect();
    let session = dc.session_of(ann.my_id().expect("she is signed in"));
    ann.close().expect("it is written");
    let token: Arc<OnceLock<ShutdownToken>> = Arc::default();
    let end = Arc::clone(&token);
    // Before the second hundred goes, all ends.
    let end = move |_: &Waiting<'_>| end.get().expect("it is set").cancel();
    let builder = dc.client_builder().session(session).on_wait(end);
    let ann = builder.connect().expect("it starts");
    assert!(token.set(ann.shutdown_token()).is_ok());
    let wait = Rule::new(Effect::flood_wait(30));
    let wait = wait.method("messages.forwardMessages").after(1);
    dc.faults().add(wait);
    let failed = ann.forward_messages("me", &ids, "me", ForwardOptions::new());
    let error = failed.expect_err("it is closed");
    assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
    assert_eq!(dc.executed("messages.forwardMessages"), 1);
}

#[test]
fn a_copy_is_ones_own_and_may_say_something_else() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let page = LinkPreview::new("https://example.com/").large();
    let original = InputMessage::markdown("**Read** this").media(page);
    let original = ann.send_message("me", original).expect("sent");
    let copy = original.copy_to("me").expect("it is hers");
    assert_eq!(copy.markdown_text(), "**Read** this");
    assert!(!copy.is_forwarded() && copy.media().is_some());
    let options = CopyOptions::new().caption("And that").silent(true);
    let other = ann.copy_message("me", original.id(), "me", options);
    let other = other.expect("it is hers");
    assert_eq!((other.text(), other.silent()), ("And that", true));
    assert_eq!(other.raw.media, original.raw.media);
    let bare = CopyOptions::new().without_captions();
    let bare = ann
        .copy_message("me", original.id(), "me", bare)
        .expect("hers");
    assert_eq!((bare.text(), bare.media().is_some()), ("", true));
    let before = dc.executed("messages.sendMedia");
    let several = CopyOptions::new().caption("x");
    let error = ann.copy_messages("me", &[original.id()], "me", several);
    assert!(matches!(error, Err(Error::Argument(_))));
    let dice = ann.send_dice("me", "\u{1f3b2}").expect("thrown");
    let changed = CopyOptions::new().caption("x");
    let error = ann.copy_message("me", dice.id(), "me", changed);
    assert!(matches!(error, Err(Error::Argument(_))));
    assert_eq!(dc.executed("messages.sendMedia"), before + 1);
    let thrown = dice.copy_to("me").expect("it is forwarded").dice_value();
    assert_eq!(thrown, dice.dice_value());
}
