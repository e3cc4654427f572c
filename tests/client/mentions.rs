//! Mentions of people by their ids: named where they are known, and told where they are not.
use ferogram_sync::tl::enums::MessageEntity;
use ferogram_sync::tl::types;
use ferogram_sync::{Client, InputMessage, Message};
use localdc::LocalDc;

const STRANGER: i64 = 5_999_999_999;

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

fn id_of(client: &Client) -> i64 {
    client.my_id().expect("signed in")
}

fn mentions(message: &Message) -> Vec<i64> {
    let entities = message.raw.entities.iter().flatten();
    let ids = entities.filter_map(|entity| match entity {
        MessageEntity::MentionName(mention) => Some(mention.user_id),
        _ => None,
    });
    ids.collect()
}

/// Case T13: in all three ways to write one.
#[test]
fn who_is_known_is_mentioned_and_who_is_not_is_told() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let known = id_of(&bob);
    ann.resolve_peer(name_of(&bob)).expect("he exists");
    let texts = |id: i64| {
        [
            InputMessage::html(&format!("<b>Ask</b> <a href=\"tg://user?id={id}\">B</a>")),
            InputMessage::markdown_v2(&format!("*Ask* [B](tg://user?id={id})")),
            Ok(InputMessage::markdown(&format!(
                "**Ask** [B](tg://openmessage?user_id={id})"
            ))),
        ]
    };
    for to in ["me".to_owned(), name_of(&bob)] {
        for text in texts(known) {
            let message = ann.send_message(to.as_str(), text.expect("it is right"));
            let message = message.expect("sent");
            assert_eq!(mentions(&message), [known], "{message:?}");
            assert!(message.lost_mentions().is_empty());
        }
        for text in texts(STRANGER) {
            let message = ann.send_message(to.as_str(), text.expect("it is right"));
            let message = message.expect("sent all the same");
            assert_eq!(message.text(), "Ask B");
            assert!(mentions(&message).is_empty());
            assert_eq!(message.lost_mentions(), [STRANGER]);
            assert_eq!(message.raw.entities.as_ref().map(Vec::len), Some(1), "bold");
        }
    }
    // Nobody was asked for: a mention costs no request.
    assert_eq!(dc.executed("contacts.resolveUsername"), 1);
    assert_eq!(dc.executed("messages.getDialogs"), 0);
}

#[test]
fn bots_mention_whom_they_have_met() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, ann, bob) = (dc.bot(), dc.user(), dc.user());
    ann.send_message(name_of(&bot), "Hello").expect("it exists");
    let (ann, bob) = (id_of(&ann), id_of(&bob));
    let text = format!("[A](tg://user?id={ann}) [B](tg://user?id={bob})");
    let message = bot.send_message(ann, InputMessage::markdown(&text));
    let message = message.expect("she has written");
    assert_eq!(message.text(), "A B");
    assert_eq!(mentions(&message), [ann]);
    assert_eq!(message.lost_mentions(), [bob]);
}

#[test]
fn oneself_can_be_mentioned() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = types::MessageEntityMentionName {
        offset: 0,
        length: 2,
        user_id: id_of(&ann),
    };
    let message = InputMessage::text("Me").entities(vec![me.into()]);
    let message = ann.send_message("me", message).expect("sent");
    assert_eq!(mentions(&message), [id_of(&ann)]);
    assert!(message.lost_mentions().is_empty());
}
