//! A page of messages, as a server would send it.
use ferogram_sync::tl::{enums, types};

/// A page of a group's history: 100 messages with entities, replies and reactions, half of them
/// Cyrillic, 40 users and 6 channels.
#[must_use]
pub fn page() -> enums::messages::Messages {
    types::messages::Messages {
        messages: (0..100).map(message).collect(),
        users: (0..40).map(user).collect(),
        chats: (0..6).map(channel).collect(),
        ..Default::default()
    }
    .into()
}

fn message(id: i32) -> enums::Message {
    let text = if id % 2 == 0 {
        "Съешь же ещё этих мягких французских булок. "
    } else {
        "The quick brown fox jumps. "
    };
    let bold = types::MessageEntityBold {
        offset: 0,
        length: 5,
    };
    let link = types::MessageEntityTextUrl {
        offset: 6,
        length: 3,
        url: format!("https://example.com/{id}"),
    };
    types::Message {
        id: 1000 + id,
        from_id: Some(
            types::PeerUser {
                user_id: i64::from(id % 40) + 1,
            }
            .into(),
        ),
        peer_id: types::PeerChannel { channel_id: 77 }.into(),
        date: 1_700_000_000 + id,
        message: text.repeat(1 + (id % 5) as usize),
        entities: Some(vec![bold.into(), link.into()]),
        reply_to: (id % 3 == 0).then(|| {
            types::MessageReplyHeader {
                reply_to_msg_id: Some(id),
                ..Default::default()
            }
            .into()
        }),
        media: (id % 4 == 0).then(|| media(id)),
        views: Some(id * 10),
        reactions: Some(reactions()),
        ..Default::default()
    }
    .into()
}

fn reactions() -> enums::MessageReactions {
    let one = |emoticon: &str| {
        let reaction = types::ReactionEmoji {
            emoticon: emoticon.into(),
        };
        types::ReactionCount {
            reaction: reaction.into(),
            count: 3,
            ..Default::default()
        }
        .into()
    };
    let results = vec![one("👍"), one("🔥")];
    types::MessageReactions {
        results,
        ..Default::default()
    }
    .into()
}

fn media(id: i32) -> enums::MessageMedia {
    let size = |kind: &str, w| {
        let kind = kind.to_owned();
        types::PhotoSize {
            r#type: kind,
            w,
            h: w,
            size: w * 100,
        }
        .into()
    };
    let photo = types::Photo {
        id: i64::from(id),
        access_hash: 1,
        file_reference: vec![7; 37],
        date: 1_700_000_000,
        sizes: vec![size("m", 320), size("x", 800), size("y", 1280)],
        dc_id: 2,
        ..Default::default()
    };
    types::MessageMediaPhoto {
        photo: Some(photo.into()),
        ..Default::default()
    }
    .into()
}

fn user(id: i32) -> enums::User {
    types::User {
        id: i64::from(id) + 1,
        access_hash: Some(i64::from(id) * 7),
        first_name: Some(if id % 2 == 0 {
            "Анна".into()
        } else {
            "Anna".into()
        }),
        username: Some(format!("user_{id}")),
        ..Default::default()
    }
    .into()
}

fn channel(id: i32) -> enums::Chat {
    types::Channel {
        id: i64::from(id) + 77,
        access_hash: Some(9),
        title: format!("Channel {id}"),
        ..Default::default()
    }
    .into()
}
