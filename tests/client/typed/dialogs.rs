//! Updates about the list of chats.
use ferogram_sync::tl::enums;
use ferogram_sync::tl::types;

use super::{CHANNEL, channel, group, typed, user};

fn dialog() -> enums::DialogPeer {
    types::DialogPeer { peer: group() }.into()
}

#[test]
fn pinned_chats_are_told() {
    let raw = types::UpdateDialogPinned {
        pinned: true,
        folder_id: Some(1),
        peer: dialog(),
    };
    let it = payload!(raw.clone(), DialogsPinned);
    assert_eq!((it.is_pinned(), it.folder_id()), (Some(true), Some(1)));
    assert_eq!((it.dialog(), it.order()), (Some(&dialog()), None));
    assert_eq!(typed(raw).chat_id(), Some(-3));
    let raw = types::UpdatePinnedDialogs {
        folder_id: Some(1),
        order: Some(vec![dialog()]),
    };
    let it = payload!(raw, DialogsPinned);
    assert_eq!(
        (it.is_pinned(), it.folder_id(), it.dialog()),
        (None, Some(1), None)
    );
    assert_eq!(
        (it.order(), it.is_of_saved()),
        (Some(&[dialog()][..]), false)
    );
    let raw = types::UpdateSavedDialogPinned {
        pinned: true,
        peer: dialog(),
    };
    let it = payload!(raw, DialogsPinned);
    assert_eq!((it.is_pinned(), it.dialog()), (Some(true), Some(&dialog())));
    assert!(it.is_of_saved());
    let raw = types::UpdatePinnedSavedDialogs {
        order: Some(vec![dialog()]),
    };
    let it = payload!(raw, DialogsPinned);
    assert_eq!(
        (it.order(), it.is_of_saved()),
        (Some(&[dialog()][..]), true)
    );
}

#[test]
fn marks_are_told() {
    let raw = types::UpdateDialogUnreadMark {
        unread: true,
        peer: dialog(),
        saved_peer_id: Some(user(7)),
    };
    let it = payload!(raw, UnreadMark);
    assert_eq!((it.is_unread(), it.chat_id()), (true, Some(-3)));
    assert_eq!((it.dialog(), it.saved_peer()), (&dialog(), Some(&user(7))));
    assert_eq!(it.chat().expect("it came").title(), "Gardeners");
}

#[test]
fn folders_are_told() {
    let moved = types::FolderPeer {
        peer: channel(),
        folder_id: 1,
    };
    let raw = types::UpdateFolderPeers {
        folder_peers: vec![moved.into()],
        ..Default::default()
    };
    let it = payload!(raw, ChatsArchived);
    assert_eq!(it.moves().collect::<Vec<_>>(), [(&channel(), 1)]);
    let folder = enums::DialogFilter::from(types::DialogFilter {
        id: 2,
        ..Default::default()
    });
    let raw = types::UpdateDialogFilter {
        id: 2,
        filter: Some(folder.clone()),
    };
    let it = payload!(raw, Folders);
    assert_eq!(
        (it.folder_id(), it.folder(), it.order()),
        (Some(2), Some(&folder), None)
    );
    let it = payload!(
        types::UpdateDialogFilterOrder { order: vec![2, 3] },
        Folders
    );
    assert_eq!((it.folder_id(), it.order()), (None, Some(&[2, 3][..])));
    assert!(!it.has_to_be_asked());
    assert!(payload!(enums::Update::DialogFilters, Folders).has_to_be_asked());
}

#[test]
fn alerts_are_told_of_chats_topics_and_kinds() {
    let settings = types::PeerNotifySettings {
        silent: Some(true),
        ..Default::default()
    };
    let raw = |peer| types::UpdateNotifySettings {
        peer,
        notify_settings: settings.clone().into(),
    };
    let it = payload!(
        raw(types::NotifyPeer { peer: group() }.into()),
        NotifySettings
    );
    assert_eq!(
        (it.chat_id(), it.topic_id(), it.settings()),
        (Some(-3), None, &settings)
    );
    assert_eq!(it.chat().expect("it came").title(), "Gardeners");
    let topic = types::NotifyForumTopic {
        peer: channel(),
        top_msg_id: 6,
    };
    let it = payload!(raw(topic.into()), NotifySettings);
    assert_eq!((it.chat_id(), it.topic_id()), (Some(CHANNEL), Some(6)));
    let it = payload!(raw(enums::NotifyPeer::NotifyChats), NotifySettings);
    assert_eq!((it.chat_id(), it.topic_id()), (None, None));
    assert!(matches!(it.scope(), enums::NotifyPeer::NotifyChats));
}
