//! Updates about groups and channels.
use ferogram_sync::tl::enums;
use ferogram_sync::tl::types;
use ferogram_sync::update::Participant;

use super::{CHANNEL, channel, group, typed, user};

fn invite() -> enums::ExportedChatInvite {
    let link = "https://t.me/+a".to_owned();
    types::ChatInviteExported {
        link,
        ..Default::default()
    }
    .into()
}

#[test]
fn members_come_and_go() {
    let member = enums::ChatParticipant::from(types::ChatParticipant {
        user_id: 8,
        ..Default::default()
    });
    let raw = types::UpdateChatParticipant {
        chat_id: 3,
        date: 100,
        actor_id: 7,
        user_id: 8,
        prev_participant: Some(member),
        new_participant: None,
        invite: Some(invite()),
        qts: 2,
    };
    let it = payload!(raw.clone(), Participant);
    assert_eq!((it.chat_id(), it.user_id(), it.actor_id()), (-3, 8, 7));
    assert_eq!(
        (it.date(), it.qts(), it.invite()),
        (100, 2, Some(&invite()))
    );
    assert!(matches!(it.before(), Some(Participant::OfGroup(_))) && it.after().is_none());
    assert!(it.has_left() && !it.has_joined() && !it.via_chatlist());
    assert_eq!(it.actor().expect("she came").full_name(), "Ann");
    assert_eq!(it.user().expect("he came").full_name(), "Bob");
    let update = typed(raw);
    assert_eq!((update.chat_id(), update.sender_id()), (Some(-3), Some(7)));
}

#[test]
fn whoever_is_banned_has_left_but_who_is_only_restricted_has_not() {
    let raw = |before, after| types::UpdateChannelParticipant {
        via_chatlist: true,
        channel_id: 5,
        date: 100,
        actor_id: 7,
        user_id: 8,
        prev_participant: before,
        new_participant: after,
        invite: Some(invite()),
        qts: 2,
    };
    let member = || Some(types::ChannelParticipant::default().into());
    let banned = |left| {
        let banned = types::ChannelParticipantBanned {
            left,
            ..Default::default()
        };
        Some(banned.into())
    };
    let gone = || Some(types::ChannelParticipantLeft::default().into());
    for (before, after, joined, left) in [
        (None, member(), true, false),
        (gone(), member(), true, false),
        (member(), gone(), false, true),
        (member(), banned(true), false, true),
        (member(), banned(false), false, false),
        (banned(true), banned(false), true, false),
        (banned(true), None, false, false),
    ] {
        let it = payload!(raw(before, after), Participant);
        assert_eq!((it.has_joined(), it.has_left()), (joined, left), "{it:?}");
    }
    let it = payload!(raw(None, member()), Participant);
    assert_eq!((it.chat_id(), it.user_id(), it.actor_id()), (CHANNEL, 8, 7));
    assert_eq!(
        (it.date(), it.qts(), it.invite()),
        (100, 2, Some(&invite()))
    );
    assert!(it.via_chatlist() && it.before().is_none());
    assert!(matches!(it.after(), Some(Participant::OfChannel(_))));
}

#[test]
fn members_of_small_groups_are_told() {
    let (chat_id, user_id, version) = (3, 8, 2);
    let raw = types::UpdateChatParticipantAdd {
        chat_id,
        user_id,
        inviter_id: 7,
        date: 100,
        version,
    };
    let it = payload!(raw, GroupMember);
    assert_eq!((it.chat_id(), it.user_id(), it.version()), (-3, 8, 2));
    assert_eq!(
        (it.inviter_id(), it.date(), it.has_left()),
        (Some(7), Some(100), false)
    );
    assert_eq!(it.user().expect("he came").full_name(), "Bob");
    let raw = types::UpdateChatParticipantDelete {
        chat_id,
        user_id,
        version,
    };
    let it = payload!(raw, GroupMember);
    assert_eq!(
        (it.chat_id(), it.user_id(), it.version(), it.has_left()),
        (-3, 8, 2, true)
    );
    let raw = types::UpdateChatParticipantAdmin {
        chat_id,
        user_id,
        is_admin: true,
        version,
    };
    let it = payload!(raw, GroupMember);
    assert_eq!(
        (it.user_id(), it.version(), it.is_admin()),
        (8, 2, Some(true))
    );
    assert_eq!((it.rank(), it.inviter_id()), (None, None));
    let raw = types::UpdateChatParticipantRank {
        chat_id,
        user_id,
        rank: "Head".into(),
        version,
    };
    let it = payload!(raw, GroupMember);
    assert_eq!(
        (it.user_id(), it.version(), it.rank()),
        (8, 2, Some("Head"))
    );
    let member = types::ChatParticipant::default();
    let participants = types::ChatParticipants {
        chat_id,
        participants: vec![member.into()],
        version,
    };
    let raw = types::UpdateChatParticipants {
        participants: participants.into(),
    };
    let it = payload!(raw, GroupMembers);
    assert_eq!(
        (it.chat_id(), it.members().len(), it.version()),
        (-3, 1, Some(2))
    );
    let participants = types::ChatParticipantsForbidden {
        chat_id,
        ..Default::default()
    };
    let raw = types::UpdateChatParticipants {
        participants: participants.into(),
    };
    let it = payload!(raw.clone(), GroupMembers);
    assert!(it.is_forbidden() && it.members().is_empty());
    assert_eq!(typed(raw).chat_id(), Some(-3));
}

#[test]
fn those_who_ask_to_be_let_in_are_told() {
    let raw = types::UpdateBotChatInviteRequester {
        peer: channel(),
        date: 100,
        user_id: 7,
        about: "I".into(),
        invite: invite(),
        qts: 2,
        query_id: Some(4),
    };
    let it = payload!(raw.clone(), JoinRequest);
    assert_eq!((it.chat_id(), it.user_id(), it.about()), (CHANNEL, 7, "I"));
    assert_eq!((it.date(), it.qts(), it.query_id()), (100, 2, Some(4)));
    assert_eq!(
        (it.link(), it.invite()),
        (Some("https://t.me/+a"), &invite())
    );
    assert_eq!(it.user().expect("she came").full_name(), "Ann");
    let raw = types::UpdateBotChatInviteRequester {
        invite: enums::ExportedChatInvite::ChatInvitePublicJoinRequests,
        ..raw
    };
    assert_eq!(payload!(raw, JoinRequest).link(), None);
    let raw = types::UpdatePendingJoinRequests {
        peer: group(),
        requests_pending: 2,
        recent_requesters: vec![7, 8],
    };
    let it = payload!(raw, PendingJoinRequests);
    assert_eq!(
        (it.chat_id(), it.count(), it.recent_ids()),
        (-3, 2, &[7, 8][..])
    );
    let raw = types::UpdateJoinChatWebViewDecision {
        peer: channel(),
        query_id: 4,
        result: enums::JoinChatBotResult::Declined,
    };
    let it = payload!(raw, JoinDecision);
    assert_eq!(
        (it.chat_id(), it.query_id(), it.is_approved()),
        (CHANNEL, 4, false)
    );
    assert!(matches!(it.result(), enums::JoinChatBotResult::Declined));
}

#[test]
fn what_a_chat_is_like_is_told() {
    let rights = types::ChatBannedRights {
        send_polls: true,
        ..Default::default()
    };
    let raw = types::UpdateChatDefaultBannedRights {
        peer: group(),
        default_banned_rights: rights.clone().into(),
        version: 2,
    };
    let it = payload!(raw, DefaultRights);
    assert_eq!((it.chat_id(), it.banned(), it.version()), (-3, &rights, 2));
    let raw = types::UpdatePeerHistoryTtl {
        peer: user(7),
        ttl_period: Some(60),
    };
    let it = payload!(raw, HistoryTtl);
    assert_eq!((it.chat_id(), it.seconds()), (7, Some(60)));
    let wallpaper = enums::WallPaper::from(types::WallPaperNoFile::default());
    let raw = types::UpdatePeerWallpaper {
        wallpaper_overridden: true,
        peer: user(7),
        wallpaper: Some(wallpaper.clone()),
    };
    let it = payload!(raw, Wallpaper);
    assert_eq!((it.chat_id(), it.is_theirs()), (7, true));
    assert_eq!(it.wallpaper(), Some(&wallpaper));
    let raw = types::UpdateChannelViewForumAsMessages {
        channel_id: 5,
        enabled: true,
    };
    let it = payload!(raw.clone(), ForumView);
    assert_eq!((it.chat_id(), it.as_messages()), (CHANNEL, true));
    assert_eq!(typed(raw).chat_id(), Some(CHANNEL));
    let raw = types::UpdateChannelAvailableMessages {
        channel_id: 5,
        available_min_id: 9,
    };
    let it = payload!(raw, HistoryCut);
    assert_eq!((it.chat_id(), it.available_from()), (CHANNEL, 9));
}

#[test]
fn pinned_topics_are_told() {
    let raw = types::UpdatePinnedForumTopic {
        pinned: true,
        peer: channel(),
        topic_id: 6,
    };
    let it = payload!(raw, TopicsPinned);
    assert_eq!(
        (it.chat_id(), it.topic_id(), it.is_pinned()),
        (CHANNEL, Some(6), Some(true))
    );
    assert_eq!(it.order(), None);
    let raw = types::UpdatePinnedForumTopics {
        peer: channel(),
        order: Some(vec![6, 7]),
    };
    let it = payload!(raw, TopicsPinned);
    assert_eq!(
        (it.chat_id(), it.topic_id(), it.is_pinned()),
        (CHANNEL, None, None)
    );
    assert_eq!(it.order(), Some(&[6, 7][..]));
}
