//! Lists, searches, folders and what is cleared.
use ferogram_sync::tl::enums::{
    DialogFilter, InputPeer, MessagesFilter, Reaction, TextWithEntities,
};
use ferogram_sync::tl::functions::{channels, messages as f};
use ferogram_sync::tl::types;
use ferogram_sync::{ClearHistory, Folder, GlobalSearch, MessageFilter, MessageIter};
use localdc::NewChannel;

use super::scene::Scene;

const PAGE: i32 = 100;

/// The first page of a search in Saved Messages.
fn search() -> f::Search {
    f::Search {
        peer: InputPeer::PeerSelf,
        limit: PAGE,
        ..Default::default()
    }
}

#[test]
fn searches_in_a_chat() {
    let scene = Scene::new();
    let of = |change: fn(MessageIter) -> MessageIter, request: f::Search| {
        scene.reads(&request, |ann| change(ann.search("me", "")));
    };
    of(|it| it, search());
    let topic = f::Search {
        top_msg_id: Some(7),
        ..search()
    };
    of(|it| it.topic(7), topic);
    let filter = f::Search {
        filter: MessagesFilter::InputMessagesFilterPhotos,
        ..search()
    };
    of(|it| it.filter(MessageFilter::Photos), filter);
    let like = || {
        Reaction::from(types::ReactionEmoji {
            emoticon: "\u{1f44d}".into(),
        })
    };
    let tagged = f::Search {
        saved_reaction: Some(vec![like()]),
        ..search()
    };
    scene.reads(&tagged, |ann| ann.search("me", "").tagged(vec![like()]));
    let from = f::Search {
        saved_peer_id: Some(scene.peer.clone()),
        ..search()
    };
    scene.reads(&from, |ann| ann.search("me", "").saved_from(scene.bob));
    // What was sent at the ends is looked at here.
    let older = f::Search {
        max_date: 2_001,
        min_date: 999,
        // Behind the last message of that time: there is none.
        offset_id: 1,
        ..search()
    };
    of(|it| it.from_date(2_000).up_to_date(1_000), older);
}

#[test]
fn searches_in_all_chats() {
    let scene = Scene::new();
    let everywhere = || f::SearchGlobal {
        q: "tea".to_owned(),
        limit: PAGE,
        ..Default::default()
    };
    let of = |change: fn(GlobalSearch) -> GlobalSearch, say: fn(&mut f::SearchGlobal)| {
        let mut request = everywhere();
        say(&mut request);
        scene.reads(&request, |ann| change(ann.search_global("tea")));
    };
    of(|it| it, |_| {});
    of(|it| it.channels_only(), |it| it.broadcasts_only = true);
    of(|it| it.groups_only(), |it| it.groups_only = true);
    of(|it| it.users_only(), |it| it.users_only = true);
    of(|it| it.archived(true), |it| it.folder_id = Some(1));
    of(|it| it.archived(false), |it| it.folder_id = Some(0));
    of(|it| it.since(5), |it| it.min_date = 5);
    of(|it| it.until(6), |it| it.max_date = 6);
    of(
        |it| it.filter(MessageFilter::Photos),
        |it| it.filter = MessagesFilter::InputMessagesFilterPhotos,
    );
    let posts = channels::SearchPosts {
        hashtag: Some("tea".to_owned()),
        limit: PAGE,
        ..Default::default()
    };
    scene.reads(&posts, |ann| ann.search_hashtag("#tea"));
}

#[test]
fn what_was_not_seen_and_what_was() {
    let scene = Scene::new();
    let mentions = f::GetUnreadMentions {
        peer: scene.club.clone(),
        top_msg_id: Some(7),
        limit: PAGE,
        ..Default::default()
    };
    scene.reads(&mentions, |ann| {
        ann.iter_unread_mentions("@the_club").topic(7)
    });
    let (peer, top_msg_id) = (scene.club.clone(), Some(7));
    let read = f::ReadMentions { peer, top_msg_id };
    scene.asks(&read, |ann| {
        ann.mark_mentions_read("@the_club", Some(7)).expect("told");
    });
    let read = f::ReadReactions {
        peer: scene.club.clone(),
        top_msg_id,
        ..Default::default()
    };
    scene.asks(&read, |ann| {
        ann.mark_reactions_read("@the_club", Some(7)).expect("told");
    });
}

#[test]
fn lists_of_dialogs() {
    let scene = Scene::new();
    let dialogs = || f::GetDialogs {
        limit: PAGE,
        ..Default::default()
    };
    let archived = f::GetDialogs {
        folder_id: Some(1),
        ..dialogs()
    };
    scene.reads(&archived, |ann| ann.iter_dialogs().archived(true));
    let rest = f::GetDialogs {
        exclude_pinned: true,
        ..dialogs()
    };
    scene.reads(&rest, |ann| ann.iter_dialogs().without_pinned());
    let saved = f::GetSavedDialogs {
        exclude_pinned: true,
        limit: PAGE,
        ..Default::default()
    };
    scene.reads(&saved, |ann| ann.saved_topics().exclude_pinned());
}

#[test]
fn folders_of_dialogs() {
    let scene = Scene::new();
    let folder = Folder::new("Tea").groups().exclude(scene.bob);
    let folder = folder.without_muted().without_read().without_archived();
    let raw = types::DialogFilter {
        id: 2,
        title: TextWithEntities::from(types::TextWithEntities {
            text: "Tea".to_owned(),
            ..Default::default()
        }),
        groups: true,
        exclude_muted: true,
        exclude_read: true,
        exclude_archived: true,
        exclude_peers: vec![scene.peer.clone()],
        ..Default::default()
    };
    let request = f::UpdateDialogFilter {
        id: 2,
        filter: Some(DialogFilter::from(raw)),
    };
    scene.asks(&request, |ann| {
        ann.create_folder(folder.clone()).expect("made");
    });
    let told = scene.ann.folders().expect("told").remove(0);
    assert_eq!(told.kinds, folder.kinds);
    assert!(told.exclude_muted && told.exclude_read && told.exclude_archived);
    // An id that is taken is not taken again.
    let second = scene.ann.create_folder(folder).expect("made");
    assert_eq!((told.id, second.id), (2, 3));
    for enabled in [true, false] {
        scene.asks(&f::ToggleDialogFilterTags { enabled }, |ann| {
            ann.show_folder_tags(enabled).expect("told");
        });
    }
}

#[test]
fn what_is_done_to_dialogs() {
    let scene = Scene::new();
    let bob = || {
        types::InputDialogPeer {
            peer: scene.peer.clone(),
        }
        .into()
    };
    for unread in [true, false] {
        let request = f::MarkDialogUnread {
            unread,
            peer: bob(),
            ..Default::default()
        };
        scene.asks(&request, |ann| {
            ann.mark_unread(scene.bob, unread).expect("told")
        });
    }
    let ann_id = scene.ann.my_id().expect("signed in");
    let clubs: Vec<i64> = (0..150)
        .map(|number| {
            let club = NewChannel::private(format!("Club {number}")).owner(ann_id);
            -1_000_000_000_000 - scene.dc.add_channel(club)
        })
        .collect();
    scene.ann.learn_peers_from_dialogs().expect("read");
    scene
        .ann
        .archive_all(clubs.clone(), true)
        .expect("archived");
    assert_eq!(scene.ann.iter_dialogs().archived(true).count(), 150);
    let some = scene.ann.fetch_dialogs(clubs.clone()).expect("told");
    assert_eq!(some.len(), 150);
    let order = f::ReorderPinnedDialogs {
        force: true,
        folder_id: 1,
        order: vec![scene.dc.channel_peer(ann_id, -1_000_000_000_000 - clubs[0])]
            .into_iter()
            .map(|peer| types::InputDialogPeer { peer }.into())
            .collect(),
    };
    scene.asks(&order, |ann| {
        ann.pin_dialogs_in_order([clubs[0]], true).expect("pinned");
    });
}

#[test]
fn how_often_posts_were_seen() {
    let scene = Scene::new();
    let ids: Vec<i32> = (1..=150).collect();
    for increment in [false, true] {
        let request = f::GetMessagesViews {
            peer: scene.club.clone(),
            id: ids[100..].to_vec(),
            increment,
        };
        scene.asks(&request, |ann| {
            let seen = match increment {
                true => ann.count_views("@the_club", &ids),
                false => ann.fetch_views("@the_club", &ids),
            };
            assert_eq!(seen.expect("told").len(), 150);
        });
    }
}

#[test]
fn what_is_cleared() {
    let scene = Scene::new();
    let request = |revoke, just_clear| f::DeleteHistory {
        just_clear,
        revoke,
        peer: scene.peer.clone(),
        max_id: 0,
        min_date: None,
        max_date: None,
    };
    let between = f::DeleteHistory {
        min_date: Some(5),
        max_date: Some(6),
        ..request(false, true)
    };
    scene.asks(&between, |ann| {
        let some = ClearHistory::new().between(5, 6);
        ann.clear_history(scene.bob, some).expect("cleared");
    });
    scene.asks(&request(true, true), |ann| {
        let all = ClearHistory::new().for_everybody(true);
        ann.clear_history(scene.bob, all).expect("cleared");
    });
    scene.asks(&request(true, false), |ann| {
        ann.delete_dialog(scene.bob, true).expect("gone");
    });
    for for_everyone in [true, false] {
        let request = channels::DeleteHistory {
            for_everyone,
            channel: scene.channel.clone(),
            max_id: 3,
        };
        scene.asks(&request, |ann| {
            let all = ClearHistory::new().for_everybody(for_everyone);
            let all = all.up_to_id(3);
            ann.clear_history("@the_club", all).expect("cleared");
        });
    }
}
