//! What the data centre tells, as it comes out of the stream.
use std::time::Duration;

use ferogram_sync::action::{JoinedHow, MessageAction};
use ferogram_sync::keyboard::{Button, InlineKeyboard};
use ferogram_sync::tl::{enums, functions, types};
use ferogram_sync::{Client, InputMessage, Message, Subscription, Update, UpdateKind, Updates};
use localdc::{LocalDc, NewChannel, NewUser};

const PATIENCE: Duration = Duration::from_secs(60);

/// The next of what comes that this is about.
fn next<T>(updates: &mut Updates, wanted: impl Fn(&Update) -> Option<T>) -> T {
    loop {
        let update = updates.next_timeout(PATIENCE).expect("it comes");
        if let Some(it) = wanted(&update) {
            return it;
        }
    }
}

/// The next of a kind.
macro_rules! next {
    ($updates:expr, $kind:ident) => {
        next(&mut $updates, |update| match update {
            Update::$kind(it) => Some(it.clone()),
            _ => None,
        })
    };
}

fn id(client: &Client) -> i64 {
    client.get_me().expect("it is signed in").id()
}

fn name(client: &Client) -> String {
    let me = client.get_me().expect("it is signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

/// A supergroup of Ann's with Bob and a bot in it that is an administrator.
struct Club {
    dc: LocalDc,
    ann: Client,
    bob: Client,
    bot: Client,
    channel: i64,
    marked: i64,
}

impl Club {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bob, bot) = (dc.user(), dc.user(), dc.bot());
        let club = NewChannel::private("Club").megagroup().owner(id(&ann));
        let rights = types::ChatAdminRights {
            other: true,
            ..Default::default()
        };
        let club = club.members([id(&bob)]).admin(id(&bot), rights);
        let channel = dc.add_channel(club);
        let marked = -1_000_000_000_000 - channel;
        Self {
            dc,
            ann,
            bob,
            bot,
            channel,
            marked,
        }
    }

    /// The message as Bob sees it.
    fn post(&self, updates: &mut Updates, text: &str) -> Message {
        self.dc.post(self.channel, id(&self.ann), text);
        next(updates, |update| match update {
            Update::NewMessage(it) if it.text() == text => Some(it.clone()),
            _ => None,
        })
    }
}

#[test]
fn what_happens_in_a_supergroup() {
    let club = Club::new();
    let mut bobs = club.bob.updates();
    let mut bots = club.bot.updates();
    let message = club.post(&mut bobs, "Hello");
    assert_eq!(message.chat_id(), club.marked);
    assert_eq!(message.sender_user_id(), Some(id(&club.ann)));
    club.dc.edit_post(club.channel, message.id(), "Hello all");
    let edited = next!(bobs, MessageEdited);
    assert_eq!((edited.id(), edited.text()), (message.id(), "Hello all"));
    let seen = next!(bots, NewMessage);
    assert_eq!(seen.id(), message.id());
    message.react("\u{1f44d}").expect("he may");
    let reaction = next!(bots, MessageReaction);
    assert_eq!(
        (reaction.chat_id(), reaction.message_id()),
        (club.marked, message.id())
    );
    assert_eq!(reaction.sender_id(), id(&club.bob));
    assert_eq!(reaction.sender_user().expect("he came").id(), id(&club.bob));
    assert_eq!(
        (
            reaction.old_reactions().len(),
            reaction.new_reactions().len()
        ),
        (0, 1)
    );
    assert!(reaction.qts() > 0);
    club.ann.mark_read(club.marked).expect("she is in it");
    club.dc.delete_posts(club.channel, &[message.id()]);
    let deleted = next!(bobs, MessagesDeleted);
    assert_eq!(
        (deleted.message_ids(), deleted.chat_id()),
        (&[message.id()][..], Some(club.marked))
    );
}

#[test]
fn who_comes_and_goes_is_told_to_members_and_to_the_bot() {
    let club = Club::new();
    let of = |kind| club.bot.subscribe(Subscription::new().kinds([kind]));
    let mut bots = of(UpdateKind::Participant);
    let mut notices = of(UpdateKind::ServiceMessage);
    let leave = functions::channels::LeaveChannel {
        channel: types::InputChannel {
            channel_id: club.channel,
            access_hash: club.dc.channel_hash(id(&club.bob), club.channel),
        }
        .into(),
    };
    club.bob.invoke(&leave).expect("he is in it");
    let gone = next!(bots, Participant);
    assert_eq!((gone.chat_id(), gone.user_id(), gone.actor_id()), {
        let bob = id(&club.bob);
        (club.marked, bob, bob)
    });
    assert!(gone.has_left() && !gone.has_joined());
    assert_eq!(gone.chat().expect("it came").title(), "Club");
    let invite = functions::channels::InviteToChannel {
        channel: types::InputChannel {
            channel_id: club.channel,
            access_hash: club.dc.channel_hash(id(&club.ann), club.channel),
        }
        .into(),
        users: vec![
            match club.ann.resolve_peer(name(&club.bob)).expect("he exists") {
                enums::InputPeer::User(bob) => types::InputUser {
                    user_id: bob.user_id,
                    access_hash: bob.access_hash,
                }
                .into(),
                other => panic!("{other:?}"),
            },
        ],
    };
    club.ann.invoke(&invite).expect("she may");
    let back = next!(bots, Participant);
    assert!(back.has_joined() && !back.has_left());
    assert_eq!(
        (back.user_id(), back.actor_id()),
        (id(&club.bob), id(&club.ann))
    );
    let told = next(&mut notices, |update| match update {
        Update::ServiceMessage(it) => match it.action() {
            MessageAction::Joined(joined) => Some((it.clone(), joined)),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(
        (told.0.chat_id(), told.0.sender_user_id()),
        (club.marked, Some(id(&club.ann)))
    );
    assert_eq!(
        (told.1.user_ids, told.1.how),
        (vec![id(&club.bob)], JoinedHow::Added)
    );
}

#[test]
fn what_happens_in_a_small_group() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    ann.send_message(name(&bob), "Hello").expect("sent");
    let mut updates = bob.updates();
    let group = dc.add_group("Gardeners", id(&ann), &[id(&bob)]);
    let (created, title) = next(&mut updates, |update| match update {
        Update::ServiceMessage(it) => match it.action() {
            MessageAction::Created(created) => Some((it.clone(), created.title.to_owned())),
            _ => None,
        },
        _ => None,
    });
    assert_eq!((created.chat_id(), &*title), (-group, "Gardeners"));
    assert_eq!(created.sender_user().expect("she came").id(), id(&ann));
    let rename = functions::messages::EditChatTitle {
        chat_id: group,
        title: "Florists".into(),
    };
    ann.invoke(&rename).expect("it is hers");
    let title = next(&mut updates, |update| match update {
        Update::ServiceMessage(it) => match it.action() {
            MessageAction::TitleChanged(title) => Some(title.to_owned()),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(title, "Florists");
    let typing = functions::messages::SetTyping {
        peer: types::InputPeerChat { chat_id: group }.into(),
        action: enums::SendMessageAction::SendMessageRecordAudioAction,
        ..Default::default()
    };
    ann.invoke(&typing).expect("she is in it");
    let typing = next!(updates, Typing);
    assert_eq!((typing.chat_id(), typing.sender_id()), (-group, id(&ann)));
    let remove = functions::messages::DeleteChatUser {
        chat_id: group,
        user_id: types::InputUserSelf {}.into(),
        ..Default::default()
    };
    ann.invoke(&remove).expect("she may go");
    let left = next(&mut updates, |update| match update {
        Update::ServiceMessage(it) => match it.action() {
            MessageAction::Left(left) => Some(left),
            _ => None,
        },
        _ => None,
    });
    assert_eq!((left.user_id, left.was_removed), (id(&ann), false));
}

#[test]
fn what_happens_in_a_private_chat() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (her_name, his_name) = (name(&ann), name(&bob));
    let mut anns = ann.updates();
    let mut bobs = bob.updates();
    let message = ann.send_message(&his_name[..], "Hello").expect("sent");
    let received = next!(bobs, NewMessage);
    received.mark_read().expect("it is there");
    let read = next!(anns, ReadOutbox);
    assert_eq!((read.chat_id(), read.max_id()), (id(&bob), message.id()));
    message.edit("Hello!").expect("hers");
    let edited = next!(bobs, MessageEdited);
    assert_eq!((edited.id(), edited.text()), (received.id(), "Hello!"));
    message.delete().expect("hers");
    let deleted = next!(bobs, MessagesDeleted);
    assert_eq!(
        (deleted.message_ids(), deleted.chat_id()),
        (&[received.id()][..], None)
    );
    bob.send_message(&her_name[..], "Bye").expect("sent");
    let offline = functions::account::UpdateStatus { offline: true };
    ann.invoke(&offline).expect("it is hers");
    let status = next!(bobs, UserStatus);
    assert_eq!((status.user_id(), status.is_online()), (id(&ann), false));
}

#[test]
fn what_another_device_does() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.add_user(NewUser::new("+9996654444", "Ann"));
    let open = || {
        let builder = dc.client_builder().session(dc.session_of(ann));
        builder.connect().expect("it starts")
    };
    let (phone, desk) = (open(), open());
    let bob = dc.user();
    desk.get_me().expect("signed in");
    let mut updates = desk.updates();
    let sent = phone.send_message(name(&bob), "Hello").expect("sent");
    let seen = next!(updates, NewMessage);
    assert_eq!((seen.id(), seen.chat_id()), (sent.id(), id(&bob)));
    assert!(seen.outgoing());
    bob.send_message(ann, "Hi").expect("they have met");
    phone.mark_read(id(&bob)).expect("read");
    let read = next!(updates, ReadInbox);
    assert_eq!((read.chat_id(), read.still_unread()), (id(&bob), Some(0)));
    sent.pin().expect("both may");
    let pinned = next!(updates, MessagesPinned);
    assert_eq!(
        (pinned.chat_id(), pinned.message_ids()),
        (id(&bob), &[sent.id()][..])
    );
    phone.save_draft(id(&bob), "Dear").expect("saved");
    let draft = next!(updates, DraftChanged);
    assert_eq!((draft.chat_id(), draft.text()), (id(&bob), "Dear"));
    let later = InputMessage::text("later").schedule_date(i32::MAX - 1);
    let later = phone.send_message(id(&bob), later).expect("kept");
    let scheduled = next!(updates, ScheduledMessage);
    assert_eq!((scheduled.id(), scheduled.text()), (later.id(), "later"));
    let ids = [later.id()];
    phone
        .delete_scheduled_messages(id(&bob), &ids)
        .expect("gone");
    let deleted = next!(updates, ScheduledDeleted);
    assert_eq!(
        (deleted.chat_id(), deleted.message_ids()),
        (id(&bob), &ids[..])
    );
    assert!(deleted.sent_message_ids().is_empty());
}

#[test]
fn a_button_that_is_pressed() {
    let dc = LocalDc::start().expect("it listens");
    dc.set_callback_patience(Duration::from_millis(50));
    let (ann, bot) = (dc.user(), dc.bot());
    let mut anns = ann.updates();
    let mut bots = bot.updates();
    ann.send_message(name(&bot), "/start").expect("sent");
    let keyboard = InlineKeyboard::new().row([Button::callback("Yes", "tea:yes")]);
    let question = InputMessage::text("Tea?").markup(keyboard);
    let asked = bot.send_message(id(&ann), question).expect("she has begun");
    let question = next!(anns, NewMessage);
    let _unanswered = question.click_button_where(|_| true);
    let query = next!(bots, CallbackQuery);
    assert_eq!(
        (query.text(), query.message_id()),
        (Some("tea:yes"), Some(asked.id()))
    );
    assert_eq!(
        (query.user_id(), query.chat_id()),
        (id(&ann), Some(id(&ann)))
    );
    assert_eq!(query.user().expect("she came").id(), id(&ann));
    assert!(query.id() != 0 && query.chat_instance().is_some());
}
