//! Updates about people.
use ferogram_sync::tl::enums;
use ferogram_sync::tl::types;

use super::{CHANNEL, channel, group, thumb, typed, user};

#[test]
fn who_types_is_told_with_topics_and_anonymous_senders() {
    let action = || enums::SendMessageAction::SendMessageRecordAudioAction;
    let raw = types::UpdateUserTyping {
        user_id: 7,
        top_msg_id: Some(6),
        action: action(),
    };
    let it = payload!(raw, Typing);
    assert_eq!(
        (it.chat_id(), it.sender_id(), it.topic_id()),
        (7, 7, Some(6))
    );
    assert_eq!(it.action(), &action());
    let raw = types::UpdateChatUserTyping {
        chat_id: 3,
        from_id: user(7),
        action: action(),
    };
    let it = payload!(raw, Typing);
    assert_eq!((it.chat_id(), it.sender_id(), it.topic_id()), (-3, 7, None));
    assert_eq!(it.sender_user().expect("she came").full_name(), "Ann");
    assert_eq!(it.action(), &action());
    let raw = types::UpdateChannelUserTyping {
        channel_id: 5,
        top_msg_id: Some(6),
        from_id: channel(),
        action: action(),
    };
    let it = payload!(raw.clone(), Typing);
    assert_eq!(
        (it.chat_id(), it.sender_id(), it.topic_id()),
        (CHANNEL, CHANNEL, Some(6))
    );
    assert!(it.sender_user().is_none() && !it.is_cancelled());
    assert_eq!(it.sender_chat().expect("it came").title(), "News");
    assert_eq!(it.action(), &action());
    let update = typed(raw.clone());
    assert_eq!(
        (update.chat_id(), update.sender_id()),
        (Some(CHANNEL), Some(CHANNEL))
    );
    let raw = types::UpdateChannelUserTyping {
        action: enums::SendMessageAction::SendMessageCancelAction,
        ..raw
    };
    assert!(payload!(raw, Typing).is_cancelled());
}

#[test]
fn what_a_user_shows_is_told() {
    let raw = |status: enums::UserStatus| types::UpdateUserStatus { user_id: 7, status };
    let it = payload!(
        raw(types::UserStatusOnline { expires: 9 }.into()),
        UserStatus
    );
    assert_eq!(
        (it.user_id(), it.is_online(), it.last_online()),
        (7, true, None)
    );
    assert_eq!(it.user().expect("she came").full_name(), "Ann");
    let it = payload!(
        raw(types::UserStatusOffline { was_online: 9 }.into()),
        UserStatus
    );
    assert_eq!((it.is_online(), it.last_online()), (false, Some(9)));
    assert!(matches!(it.status(), enums::UserStatus::Offline(_)));
    let name = |username: &str, active| {
        let username = username.to_owned();
        types::Username {
            active,
            username,
            ..Default::default()
        }
        .into()
    };
    let raw = types::UpdateUserName {
        user_id: 7,
        first_name: "Ann".into(),
        last_name: "Lee".into(),
        usernames: vec![name("ann", true), name("old", false), name("lee", true)],
    };
    let it = payload!(raw, UserName);
    assert_eq!(
        (it.user_id(), it.first_name(), it.last_name()),
        (7, "Ann", "Lee")
    );
    assert_eq!(it.usernames(), ["ann", "lee"]);
    let raw = types::UpdateUserPhone {
        user_id: 7,
        phone: "99".into(),
    };
    let it = payload!(raw, UserPhone);
    assert_eq!((it.user_id(), it.phone()), (7, "99"));
}

#[test]
fn an_emoji_beside_the_name_is_told() {
    let raw = |emoji_status| types::UpdateUserEmojiStatus {
        user_id: 7,
        emoji_status,
    };
    let status = types::EmojiStatus {
        document_id: 4,
        until: Some(9),
    };
    let it = payload!(raw(status.into()), UserEmojiStatus);
    assert_eq!(
        (it.user_id(), it.document_id(), it.until()),
        (7, Some(4), Some(9))
    );
    assert!(it.status().is_some());
    let it = payload!(raw(enums::EmojiStatus::Empty), UserEmojiStatus);
    assert!(it.status().is_none() && it.document_id().is_none() && it.until().is_none());
    let status = types::EmojiStatusCollectible {
        document_id: 4,
        until: Some(9),
        ..Default::default()
    };
    let it = payload!(raw(status.into()), UserEmojiStatus);
    assert_eq!((it.document_id(), it.until()), (Some(4), Some(9)));
}

#[test]
fn what_has_to_be_looked_at_is_told() {
    let it = payload!(types::UpdateUser { user_id: 7 }, PeerChanged);
    assert_eq!((it.peer(), it.chat_id()), (user(7), 7));
    assert_eq!(it.chat().expect("she came").title(), "Ann");
    let it = payload!(types::UpdateChat { chat_id: 3 }, PeerChanged);
    assert_eq!((it.peer(), it.chat_id()), (group(), -3));
    let it = payload!(types::UpdateChannel { channel_id: 5 }, PeerChanged);
    assert_eq!((it.peer(), it.chat_id()), (channel(), CHANNEL));
    assert_eq!(it.chat().expect("it came").title(), "News");
}

#[test]
fn who_is_blocked_and_what_can_be_done_about_a_chat_is_told() {
    let raw = types::UpdatePeerBlocked {
        blocked: true,
        blocked_my_stories_from: true,
        peer_id: user(7),
    };
    let it = payload!(raw, PeerBlocked);
    assert_eq!(
        (it.chat_id(), it.is_blocked(), it.is_blocked_from_stories()),
        (7, true, true)
    );
    let settings = types::PeerSettings {
        share_contact: true,
        ..Default::default()
    };
    let raw = types::UpdatePeerSettings {
        peer: user(7),
        settings: settings.clone().into(),
    };
    let it = payload!(raw, PeerSettings);
    assert_eq!((it.chat_id(), it.settings()), (7, &settings));
}

#[test]
fn stories_are_told() {
    let raw = |story| types::UpdateStory {
        peer: channel(),
        story,
    };
    let story = types::StoryItem {
        id: 4,
        ..Default::default()
    };
    let it = payload!(raw(story.clone().into()), Story);
    assert_eq!(
        (it.sender_id(), it.story_id(), it.is_deleted()),
        (CHANNEL, 4, false)
    );
    assert_eq!(it.story(), &story.into());
    let it = payload!(raw(types::StoryItemDeleted { id: 4 }.into()), Story);
    assert_eq!((it.story_id(), it.is_deleted()), (4, true));
    let skipped = types::StoryItemSkipped {
        id: 4,
        ..Default::default()
    };
    assert_eq!(payload!(raw(skipped.into()), Story).story_id(), 4);
    let raw = types::UpdateReadStories {
        peer: user(7),
        max_id: 4,
    };
    let it = payload!(raw, StoriesRead);
    assert_eq!((it.sender_id(), it.max_id()), (7, 4));
    let raw = types::UpdateNewStoryReaction {
        story_id: 4,
        peer: user(7),
        reaction: thumb(),
    };
    let it = payload!(raw, StoryReaction);
    assert_eq!((it.story_id(), it.chat_id(), it.is_own()), (4, 7, false));
    assert_eq!((it.reaction(), it.peer()), (&thumb(), user(7)));
    assert_eq!(it.chat().expect("she came").title(), "Ann");
    let raw = types::UpdateSentStoryReaction {
        peer: user(7),
        story_id: 4,
        reaction: thumb(),
    };
    let it = payload!(raw, StoryReaction);
    assert_eq!((it.story_id(), it.chat_id(), it.is_own()), (4, 7, true));
    assert_eq!(it.reaction(), &thumb());
    let mode = types::StoriesStealthMode {
        active_until_date: Some(1),
        cooldown_until_date: Some(2),
    };
    let raw = types::UpdateStoriesStealthMode {
        stealth_mode: mode.into(),
    };
    let it = payload!(raw, StealthMode);
    assert_eq!((it.active_until(), it.cooldown_until()), (Some(1), Some(2)));
}
