//! Updates about messages.
use ferogram_sync::tl::enums::{self, Message as Raw};
use ferogram_sync::tl::types;
use ferogram_sync::{Update, UpdateKind};

use super::{CHANNEL, channel, group, thumb, typed, user};

fn message(text: &str) -> Raw {
    let message = types::Message {
        id: 9,
        peer_id: group(),
        from_id: Some(user(7)),
        message: text.to_owned(),
        ..Default::default()
    };
    message.into()
}

fn notice() -> Raw {
    let message = types::MessageService {
        id: 9,
        peer_id: channel(),
        from_id: Some(user(7)),
        date: 100,
        out: true,
        action: enums::MessageAction::ScreenshotTaken,
        ..Default::default()
    };
    message.into()
}

/// Each update that brings a message, with this one.
fn all_with(message: &Raw) -> Vec<enums::Update> {
    let message = || message.clone();
    vec![
        types::UpdateNewMessage {
            message: message(),
            ..Default::default()
        }
        .into(),
        types::UpdateNewChannelMessage {
            message: message(),
            ..Default::default()
        }
        .into(),
        types::UpdateEditMessage {
            message: message(),
            ..Default::default()
        }
        .into(),
        types::UpdateEditChannelMessage {
            message: message(),
            ..Default::default()
        }
        .into(),
        types::UpdateNewScheduledMessage { message: message() }.into(),
        types::UpdateBotNewBusinessMessage {
            connection_id: "c".into(),
            message: message(),
            reply_to_message: Some(message()),
            qts: 4,
        }
        .into(),
        types::UpdateBotEditBusinessMessage {
            connection_id: "c".into(),
            message: message(),
            reply_to_message: None,
            qts: 5,
        }
        .into(),
        types::UpdateBotGuestChatQuery {
            query_id: 1,
            message: message(),
            reference_messages: Some(vec![message(), message()]),
            qts: 6,
        }
        .into(),
    ]
}

#[test]
fn messages_are_what_they_are_of() {
    use UpdateKind as Kind;
    let kinds = |message: &Raw| {
        let all = all_with(message).into_iter();
        all.map(|raw| typed(raw).kind()).collect::<Vec<_>>()
    };
    let (new, edited) = (Kind::NewMessage, Kind::MessageEdited);
    let business = [Kind::BusinessMessage, Kind::BusinessMessageEdited];
    assert_eq!(
        kinds(&message("Hello")),
        [
            &[new, new, edited, edited, Kind::ScheduledMessage][..],
            &business,
            &[Kind::GuestQuery]
        ]
        .concat()
    );
    let (new, edited) = (Kind::ServiceMessage, Kind::ServiceMessageEdited);
    let raw = Kind::Raw;
    assert_eq!(
        kinds(&notice()),
        [new, new, edited, edited, raw, raw, raw, raw]
    );
    assert_eq!(kinds(&types::MessageEmpty::default().into()), [raw; 8]);
}

#[test]
fn messages_show_where_they_are_and_who_wrote() {
    for raw in all_with(&message("Hello")) {
        let update = typed(raw);
        assert_eq!((update.chat_id(), update.sender_id()), (Some(-3), Some(7)));
        assert!(update.peers().is_some_and(|peers| peers.user(8).is_some()));
        let message = match update {
            Update::NewMessage(it) | Update::MessageEdited(it) | Update::ScheduledMessage(it) => it,
            Update::BusinessMessage(it) => {
                assert_eq!((it.connection_id(), it.qts()), ("c", 4));
                assert_eq!(it.reply_to().expect("it answers one").text(), "Hello");
                it.message().clone()
            }
            Update::BusinessMessageEdited(it) => {
                assert_eq!((it.connection_id(), it.qts()), ("c", 5));
                assert!(it.reply_to().is_none());
                it.message().clone()
            }
            Update::GuestQuery(it) => {
                assert_eq!((it.id(), it.qts(), it.referred().len()), (1, 6, 2));
                it.message().clone()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!((message.id(), message.text()), (9, "Hello"));
        assert_eq!(message.sender_user().expect("she came").full_name(), "Ann");
    }
}

#[test]
fn what_has_no_message_is_left_as_it_was() {
    for raw in all_with(&types::MessageEmpty::default().into()) {
        let Update::Raw(same) = typed(raw.clone()) else {
            panic!("{raw:?}");
        };
        assert_eq!(*same, raw);
    }
}

#[test]
fn a_notice_of_the_server_is_a_message_too() {
    let raw = types::UpdateNewMessage {
        message: notice(),
        ..Default::default()
    };
    let notice = payload!(raw, ServiceMessage);
    assert_eq!(
        (notice.id(), notice.date(), notice.outgoing()),
        (9, 100, true)
    );
    assert_eq!(notice.chat_id(), CHANNEL);
    assert_eq!(notice.chat().expect("it came").title(), "News");
    assert_eq!(notice.sender_user().expect("she came").full_name(), "Ann");
}

#[test]
fn deletions_tell_what_the_server_tells() {
    let messages = vec![1, 2];
    let raw = types::UpdateDeleteMessages {
        messages: messages.clone(),
        ..Default::default()
    };
    let it = payload!(raw, MessagesDeleted);
    assert_eq!(it.message_ids(), messages);
    assert_eq!((it.channel_id(), it.chat_id()), (None, None));
    assert!(it.chat().is_none());
    let raw = types::UpdateDeleteChannelMessages {
        channel_id: 5,
        messages: messages.clone(),
        ..Default::default()
    };
    let it = payload!(raw, MessagesDeleted);
    assert_eq!(it.message_ids(), messages);
    assert_eq!((it.channel_id(), it.chat_id()), (Some(5), Some(CHANNEL)));
    assert_eq!(it.chat().expect("it came").title(), "News");
    let raw = types::UpdateDeleteScheduledMessages {
        peer: group(),
        messages,
        sent_messages: Some(vec![11, 12]),
    };
    let it = payload!(raw, ScheduledDeleted);
    assert_eq!(
        (it.message_ids(), it.sent_message_ids()),
        (&[1, 2][..], &[11, 12][..])
    );
    assert_eq!(it.chat_id(), -3);
    let raw = types::UpdateDeleteEphemeralMessages {
        peer: group(),
        ids: vec![4],
    };
    let it = payload!(raw, EphemeralDeleted);
    assert_eq!((it.chat_id(), it.message_ids()), (-3, &[4][..]));
    let raw = types::UpdateBotDeleteBusinessMessage {
        connection_id: "c".into(),
        peer: user(7),
        messages: vec![4],
        qts: 2,
    };
    let it = payload!(raw, BusinessDeleted);
    assert_eq!((it.connection_id(), it.chat_id(), it.qts()), ("c", 7, 2));
    assert_eq!(it.message_ids(), [4]);
}

#[test]
fn pins_of_all_chats_look_alike() {
    let raw = types::UpdatePinnedMessages {
        pinned: true,
        peer: user(7),
        messages: vec![4],
        ..Default::default()
    };
    let it = payload!(raw, MessagesPinned);
    assert_eq!((it.is_pinned(), it.chat_id()), (true, 7));
    assert_eq!(it.message_ids(), [4]);
    let raw = types::UpdatePinnedChannelMessages {
        pinned: true,
        channel_id: 5,
        messages: vec![4],
        ..Default::default()
    };
    let it = payload!(raw, MessagesPinned);
    assert_eq!((it.is_pinned(), it.chat_id()), (true, CHANNEL));
    assert_eq!(it.message_ids(), [4]);
}

#[test]
fn what_is_read_is_told_of_chats_topics_comments_and_direct_messages() {
    let raw = types::UpdateReadHistoryInbox {
        folder_id: Some(1),
        peer: group(),
        top_msg_id: Some(6),
        max_id: 9,
        still_unread_count: 2,
        ..Default::default()
    };
    let it = payload!(raw, ReadInbox);
    assert_eq!(
        (it.chat_id(), it.max_id(), it.still_unread()),
        (-3, 9, Some(2))
    );
    assert_eq!(
        (it.folder_id(), it.topic_id(), it.post()),
        (Some(1), Some(6), None)
    );
    assert!(it.saved_peer().is_none());
    let raw = types::UpdateReadChannelInbox {
        folder_id: Some(1),
        channel_id: 5,
        max_id: 9,
        still_unread_count: 2,
        ..Default::default()
    };
    let it = payload!(raw, ReadInbox);
    assert_eq!(
        (it.chat_id(), it.max_id(), it.still_unread()),
        (CHANNEL, 9, Some(2))
    );
    assert_eq!((it.folder_id(), it.topic_id()), (Some(1), None));
    let raw = types::UpdateReadChannelDiscussionInbox {
        channel_id: 5,
        top_msg_id: 6,
        read_max_id: 9,
        broadcast_id: Some(50),
        broadcast_post: Some(60),
    };
    let it = payload!(raw, ReadInbox);
    assert_eq!(
        (it.chat_id(), it.max_id(), it.topic_id()),
        (CHANNEL, 9, Some(6))
    );
    assert_eq!((it.post(), it.still_unread()), (Some((50, 60)), None));
    let raw = types::UpdateReadMonoForumInbox {
        channel_id: 5,
        saved_peer_id: user(7),
        read_max_id: 9,
    };
    let it = payload!(raw, ReadInbox);
    assert_eq!((it.chat_id(), it.max_id()), (CHANNEL, 9));
    assert_eq!(it.saved_peer(), Some(&user(7)));
}

#[test]
fn what_others_have_read_is_told_of_all_these_too() {
    let raw = types::UpdateReadHistoryOutbox {
        peer: user(7),
        max_id: 9,
        ..Default::default()
    };
    let it = payload!(raw, ReadOutbox);
    assert_eq!((it.chat_id(), it.max_id(), it.topic_id()), (7, 9, None));
    let raw = types::UpdateReadChannelOutbox {
        channel_id: 5,
        max_id: 9,
    };
    let it = payload!(raw, ReadOutbox);
    assert_eq!((it.chat_id(), it.max_id()), (CHANNEL, 9));
    let raw = types::UpdateReadChannelDiscussionOutbox {
        channel_id: 5,
        top_msg_id: 6,
        read_max_id: 9,
    };
    let it = payload!(raw, ReadOutbox);
    assert_eq!(
        (it.chat_id(), it.max_id(), it.topic_id()),
        (CHANNEL, 9, Some(6))
    );
    let raw = types::UpdateReadMonoForumOutbox {
        channel_id: 5,
        saved_peer_id: user(7),
        read_max_id: 9,
    };
    let it = payload!(raw, ReadOutbox);
    assert_eq!((it.chat_id(), it.max_id()), (CHANNEL, 9));
    assert_eq!(it.saved_peer(), Some(&user(7)));
}

#[test]
fn what_was_heard_or_seen_is_told() {
    let raw = types::UpdateReadMessagesContents {
        messages: vec![4],
        date: Some(100),
        ..Default::default()
    };
    let it = payload!(raw, ContentsRead);
    assert_eq!(
        (it.message_ids(), it.date(), it.chat_id()),
        (&[4][..], Some(100), None)
    );
    let raw = types::UpdateChannelReadMessagesContents {
        channel_id: 5,
        top_msg_id: Some(6),
        saved_peer_id: Some(user(7)),
        messages: vec![4],
    };
    let it = payload!(raw, ContentsRead);
    assert_eq!((it.message_ids(), it.chat_id()), (&[4][..], Some(CHANNEL)));
    assert_eq!((it.topic_id(), it.saved_peer()), (Some(6), Some(&user(7))));
    assert_eq!(it.chat().expect("it came").title(), "News");
}

#[test]
fn drafts_come_and_go() {
    let draft = types::DraftMessage {
        message: "Dear".into(),
        ..Default::default()
    };
    let raw = types::UpdateDraftMessage {
        peer: group(),
        top_msg_id: Some(6),
        saved_peer_id: Some(user(7)),
        draft: draft.into(),
    };
    let it = payload!(raw.clone(), DraftChanged);
    assert_eq!(
        (it.chat_id(), it.topic_id(), it.text()),
        (-3, Some(6), "Dear")
    );
    assert_eq!(it.saved_peer(), Some(&user(7)));
    assert!(it.draft().is_some());
    let raw = types::UpdateDraftMessage {
        draft: types::DraftMessageEmpty::default().into(),
        ..raw
    };
    let it = payload!(raw, DraftChanged);
    assert!(it.draft().is_none() && it.text().is_empty());
}

#[test]
fn counts_of_posts_are_told() {
    let (channel_id, id) = (5, 4);
    let raw = types::UpdateChannelMessageViews {
        channel_id,
        id,
        views: 8,
    };
    let it = payload!(raw, MessageCounts);
    assert_eq!((it.chat_id(), it.message_id()), (CHANNEL, 4));
    assert_eq!((it.views(), it.forwards()), (Some(8), None));
    let raw = types::UpdateChannelMessageForwards {
        channel_id,
        id,
        forwards: 8,
    };
    let it = payload!(raw, MessageCounts);
    assert_eq!((it.chat_id(), it.message_id()), (CHANNEL, 4));
    assert_eq!((it.views(), it.forwards()), (None, Some(8)));
}

#[test]
fn reactions_are_told_to_users_and_to_bots() {
    let count = types::ReactionCount {
        reaction: thumb(),
        count: 2,
        ..Default::default()
    };
    let reactions = types::MessageReactions {
        results: vec![count.clone().into()],
        ..Default::default()
    };
    let raw = types::UpdateMessageReactions {
        peer: channel(),
        msg_id: 4,
        top_msg_id: Some(6),
        saved_peer_id: Some(user(7)),
        reactions: reactions.into(),
    };
    let it = payload!(raw, MessageReactions);
    assert_eq!(
        (it.chat_id(), it.message_id(), it.topic_id()),
        (CHANNEL, 4, Some(6))
    );
    assert_eq!(it.saved_peer(), Some(&user(7)));
    assert_eq!(it.counts().collect::<Vec<_>>(), [(&thumb(), 2)]);
    let raw = types::UpdateBotMessageReaction {
        peer: group(),
        msg_id: 4,
        date: 100,
        actor: user(7),
        old_reactions: vec![],
        new_reactions: vec![thumb()],
        qts: 3,
    };
    let it = payload!(raw, MessageReaction);
    assert_eq!(
        (it.chat_id(), it.message_id(), it.date(), it.qts()),
        (-3, 4, 100, 3)
    );
    assert_eq!(it.sender_user().expect("she came").full_name(), "Ann");
    assert_eq!(
        (it.old_reactions(), it.new_reactions()),
        (&[][..], &[thumb()][..])
    );
    let raw = types::UpdateBotMessageReactions {
        peer: group(),
        msg_id: 4,
        date: 100,
        reactions: vec![count.into()],
        qts: 3,
    };
    let it = payload!(raw, ReactionCounts);
    assert_eq!(
        (it.chat_id(), it.message_id(), it.date(), it.qts()),
        (-3, 4, 100, 3)
    );
    assert_eq!(it.counts().collect::<Vec<_>>(), [(&thumb(), 2)]);
}

#[test]
fn polls_and_votes_are_told() {
    let results = types::PollResults {
        total_voters: Some(3),
        ..Default::default()
    };
    let raw = types::UpdateMessagePoll {
        peer: Some(group()),
        msg_id: Some(4),
        top_msg_id: Some(6),
        poll_id: 1,
        poll: Some(
            types::Poll {
                id: 1,
                ..Default::default()
            }
            .into(),
        ),
        results: results.into(),
    };
    let it = payload!(raw, Poll);
    assert_eq!(
        (it.poll_id(), it.chat_id(), it.message_id()),
        (1, Some(-3), Some(4))
    );
    assert_eq!(
        (it.topic_id(), it.results().total_voters),
        (Some(6), Some(3))
    );
    assert_eq!(it.poll().expect("it is told").id, 1);
    assert_eq!(it.chat().expect("it came").title(), "Gardeners");
    let raw = types::UpdateMessagePollVote {
        poll_id: 1,
        peer: channel(),
        options: vec![b"b".to_vec()],
        positions: vec![1],
        qts: 3,
    };
    let it = payload!(raw.clone(), PollVote);
    assert_eq!((it.poll_id(), it.sender_id(), it.qts()), (1, CHANNEL, 3));
    assert_eq!(
        (it.options(), it.positions()),
        (&[b"b".to_vec()][..], &[1][..])
    );
    assert!(!it.is_retracted());
    let raw = types::UpdateMessagePollVote {
        options: vec![],
        ..raw
    };
    assert!(payload!(raw, PollVote).is_retracted());
}

#[test]
fn previews_transcriptions_and_paid_media_are_told() {
    let page = || types::WebPagePending {
        id: 4,
        ..Default::default()
    };
    let raw = types::UpdateWebPage {
        webpage: page().into(),
        ..Default::default()
    };
    let it = payload!(raw, WebPage);
    assert_eq!(
        (it.web_page(), it.channel_id()),
        (Some(&page().into()), None)
    );
    let raw = types::UpdateChannelWebPage {
        channel_id: 5,
        webpage: page().into(),
        ..Default::default()
    };
    let it = payload!(raw, WebPage);
    assert_eq!(
        (it.web_page(), it.channel_id()),
        (Some(&page().into()), Some(5))
    );
    let raw = types::UpdateTranscribedAudio {
        pending: true,
        peer: user(7),
        msg_id: 4,
        transcription_id: 2,
        text: "Hello".into(),
    };
    let it = payload!(raw, Transcription);
    assert_eq!(
        (it.chat_id(), it.message_id(), it.transcription_id()),
        (7, 4, 2)
    );
    assert_eq!((it.text(), it.is_pending()), ("Hello", true));
    let media = enums::MessageExtendedMedia::from(types::MessageExtendedMedia::default());
    let raw = types::UpdateMessageExtendedMedia {
        peer: channel(),
        msg_id: 4,
        extended_media: vec![media.clone()],
    };
    let it = payload!(raw, PaidMedia);
    assert_eq!(
        (it.chat_id(), it.message_id(), it.media()),
        (CHANNEL, 4, &[media][..])
    );
    let raw = types::UpdateBotPurchasedPaidMedia {
        user_id: 7,
        payload: "p".into(),
        qts: 3,
    };
    let it = payload!(raw, PaidMediaPurchase);
    assert_eq!((it.user_id(), it.payload(), it.qts()), (7, "p", 3));
}

#[test]
fn messages_that_no_history_has_are_told() {
    let message = |peer_id| types::EphemeralMessage {
        id: 4,
        from_id: user(7),
        peer_id,
        message: "Hi".into(),
        ..Default::default()
    };
    let raw = types::UpdateNewEphemeralMessage {
        message: message(Some(group())).into(),
    };
    let it = payload!(raw, EphemeralMessage);
    assert_eq!((it.chat_id(), it.sender_id(), it.message_id()), (-3, 7, 4));
    assert_eq!((it.text(), it.is_edited()), ("Hi", false));
    let raw = types::UpdateEditEphemeralMessage {
        message: message(None).into(),
    };
    let it = payload!(raw, EphemeralMessage);
    assert_eq!((it.chat_id(), it.sender_id()), (7, 7));
    assert_eq!((it.text(), it.is_edited()), ("Hi", true));
    assert_eq!(it.message().expect("it is there").id, 4);
}
