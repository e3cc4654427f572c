//! The list of dialogs: complete while it moves, pinned, archived, in folders; read and cleared.
use std::collections::HashSet;

use ferogram_sync::tl::{enums, functions};
use ferogram_sync::{ClearHistory, Client, Dialog, DialogCursor, Error, Folder, Result};
use localdc::{LocalDc, NewChannel, NewUser};

const DIALOGS: &str = "messages.getDialogs";

/// Ann, who is in so many channels of her own, founded one a minute.
struct Scene {
    dc: LocalDc,
    ann: Client,
    ann_id: i64,
    channels: Vec<i64>,
}

impl Scene {
    fn new(many: usize) -> Self {
        let dc = LocalDc::start().expect("it listens");
        let ann_id = dc.add_user(NewUser::new("+9996621111", "Ann").username("annann"));
        let ann = dc.client_builder().session(dc.session_of(ann_id));
        let ann = ann.connect().expect("it starts");
        let channels = (0..many).map(|number| {
            // Several within one second, as it happens.
            if number % 3 == 0 {
                dc.set_clock_shift(i64::try_from(number).expect("few") * 60);
            }
            let channel = NewChannel::private(format!("Channel {number}")).owner(ann_id);
            dc.add_channel(channel)
        });
        let channels = channels.collect();
        Self {
            dc,
            ann,
            ann_id,
            channels,
        }
    }

    /// The id of a channel as the Bot API writes it.
    fn marked(&self, number: usize) -> i64 {
        -1_000_000_000_000 - self.channels[number]
    }

    fn post(&self, number: usize) {
        self.dc.post(self.channels[number], self.ann_id, "news");
    }
}

fn ids(dialogs: impl Iterator<Item = Result<Dialog>>) -> Vec<i64> {
    dialogs.map(|it| it.expect("read").chat_id()).collect()
}

fn each_once(scene: &Scene, given: &[i64]) {
    let distinct: HashSet<i64> = given.iter().copied().collect();
    assert_eq!(distinct.len(), given.len(), "none twice");
    let all: HashSet<i64> = (0..scene.channels.len())
        .map(|it| scene.marked(it))
        .collect();
    assert!(all.is_subset(&distinct), "none is lost");
}

#[test]
fn all_dialogs_are_given_in_their_order_and_no_page_is_asked_for_in_vain() {
    let scene = Scene::new(250);
    scene.post(249);
    let mut dialogs = scene.ann.iter_dialogs();
    assert_eq!(dialogs.total().expect("told"), 250);
    let given = ids(dialogs);
    each_once(&scene, &given);
    assert_eq!(given[0], scene.marked(249));
    assert_eq!(
        scene.dc.executed(DIALOGS),
        5,
        "three pages, an empty one, the head again"
    );
    let ten = scene.ann.iter_dialogs().take(10);
    let ten = ten.collect::<Result<Vec<_>>>().expect("read");
    let last = ten[0].last_message().expect("somebody wrote");
    assert_eq!((last.id(), last.text()), (ten[0].raw.top_message, "news"));
    assert_eq!(ten.len(), 10);
    assert_eq!(scene.dc.executed(DIALOGS), 6);
    assert_eq!(ids(scene.ann.iter_dialogs().limit(100)).len(), 100);
    assert_eq!(scene.dc.executed(DIALOGS), 7);
}

#[test]
fn while_messages_arrive_none_is_lost_and_none_comes_twice() {
    let scene = Scene::new(250);
    scene.ann.pin_dialog(scene.marked(3), true).expect("pinned");
    let mut given = Vec::new();
    let mut moved = 0;
    for dialog in scene.ann.iter_dialogs() {
        given.push(dialog.expect("read").chat_id());
        if given.len() % 20 == 1 {
            // One that was not read yet, and one that was.
            scene.dc.set_clock_shift(20_000 + i64::from(moved));
            scene.post(usize::try_from(moved).expect("few"));
            scene.post(249 - usize::try_from(moved).expect("few"));
            moved += 1;
        }
    }
    assert!(moved > 10);
    assert_eq!(given[0], scene.marked(3));
    each_once(&scene, &given);
}

#[test]
fn one_can_go_on_later_from_a_cursor_that_was_kept() {
    let scene = Scene::new(150);
    let mut dialogs = scene.ann.iter_dialogs();
    let mut given = ids(dialogs.by_ref().take(120));
    let kept = dialogs.cursor().to_string();
    drop(dialogs);
    scene.dc.set_clock_shift(20_000);
    scene.post(7);
    let cursor: DialogCursor = kept.parse().expect("it was written so");
    given.extend(ids(scene.ann.iter_dialogs_from(&cursor)));
    // Those that stood at the head then may have moved since: they come once more.
    let head = given
        .iter()
        .filter(|id| (147..150).any(|it| scene.marked(it) == **id));
    assert_eq!(head.count(), 6);
    given.truncate(given.len() - 3);
    each_once(&scene, &given);
    assert_eq!(given.len(), 150);
}

#[test]
fn what_is_pinned_is_no_place_to_go_on_from() {
    let scene = Scene::new(5);
    scene.ann.pin_dialog(scene.marked(0), true).expect("pinned");
    let mut dialogs = scene.ann.iter_dialogs();
    assert_eq!(ids(dialogs.by_ref().take(1)), [scene.marked(0)]);
    let rest = ids(scene.ann.iter_dialogs_from(&dialogs.cursor()));
    let others: Vec<i64> = (1..5).rev().map(|number| scene.marked(number)).collect();
    assert!(rest.ends_with(&others), "{rest:?}");
}

#[test]
fn the_archive_and_what_is_pinned_are_told_apart() {
    let scene = Scene::new(8);
    let ann = &scene.ann;
    let marked = |numbers: &[usize]| -> Vec<i64> {
        numbers.iter().map(|number| scene.marked(*number)).collect()
    };
    ann.archive_all(marked(&[1, 2, 3]), true).expect("archived");
    for number in [0, 5] {
        ann.pin_dialog(scene.marked(number), true).expect("pinned");
    }
    ann.pin_dialog(scene.marked(2), true)
        .expect("pinned in the archive");
    assert_eq!(ids(ann.iter_dialogs()), marked(&[5, 0, 2, 7, 6, 4, 3, 1]));
    assert_eq!(ids(ann.iter_dialogs().archived(true)), marked(&[2, 3, 1]));
    let main = ann.iter_dialogs().archived(false);
    assert_eq!(ids(main), marked(&[5, 0, 7, 6, 4]));
    let rest = ann.iter_dialogs().archived(false).without_pinned();
    assert_eq!(ids(rest), marked(&[7, 6, 4]));
    let pinned = |archived| {
        let pinned = ann.pinned_dialogs(archived).expect("told");
        pinned.iter().map(Dialog::chat_id).collect::<Vec<_>>()
    };
    assert_eq!(
        (pinned(false), pinned(true)),
        (marked(&[5, 0]), marked(&[2]))
    );
    ann.pin_dialogs_in_order(marked(&[4, 0]), false)
        .expect("pinned");
    assert_eq!(pinned(false), marked(&[4, 0]));
    ann.archive(scene.marked(2), false).expect("taken out");
    let again = ann.fetch_dialogs([scene.marked(2)]).expect("told");
    assert!(!again[0].is_archived() && !again[0].is_pinned());
    for number in [5, 6, 7] {
        ann.pin_dialog(scene.marked(number), true).expect("pinned");
    }
    let error = ann
        .pin_dialog(scene.marked(2), true)
        .expect_err("five are all");
    assert!(error.is("PINNED_DIALOGS_TOO_MUCH"), "{error}");
}

#[test]
fn a_group_that_was_migrated_stays_and_says_so() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    let group = dc.add_group("Friends", ann_id, &[bob_id]);
    dc.post_in_group(group, bob_id, "Hello");
    ann.invoke(&functions::messages::MigrateChat { chat_id: group })
        .expect("migrated");
    let dialogs: Vec<Dialog> = ann.iter_dialogs().collect::<Result<_>>().expect("read");
    assert_eq!(dialogs.len(), 2);
    let old = dialogs
        .iter()
        .find(|it| it.chat_id() == -group)
        .expect("it stays");
    assert!(old.migrated_to().is_some());
    let new = dialogs
        .iter()
        .find(|it| it.chat_id() != -group)
        .expect("the other");
    assert_eq!((&*new.title(), new.migrated_to()), ("Friends", None));
    drop(bob);
}

#[test]
fn folders_hold_what_they_say() {
    let scene = Scene::new(4);
    let (ann, bob) = (&scene.ann, scene.dc.user());
    bob.send_message("@annann", "Hello").expect("sent");
    let bob_id = bob.my_id().expect("he is signed in");
    let error = ann
        .create_folder(Folder::new("Empty"))
        .expect_err("nothing in it");
    assert!(error.is("FILTER_INCLUDE_EMPTY"), "{error}");
    let of = |folder: &Folder| ids(ann.iter_dialogs().in_folder(folder));
    let news = Folder::new("News").channels().exclude(scene.marked(2));
    let news = ann.create_folder(news).expect("made");
    assert_eq!(of(&news), [3, 1, 0].map(|number| scene.marked(number)));
    let people = Folder::new("People").non_contacts().pin(scene.marked(0));
    let people = ann.create_folder(people).expect("made");
    assert_eq!(of(&people), [bob_id, scene.marked(0)]);
    assert_eq!((news.id, people.id), (2, 3));
    ann.reorder_folders(&[people.id, 0, news.id])
        .expect("ordered");
    let folders = ann.folders().expect("told");
    let titles: Vec<&str> = folders.iter().map(|it| &*it.title.text).collect();
    assert_eq!(titles, ["People", "News"]);
    // What the server tells is a folder like one's own.
    assert_eq!(of(&folders[0]), [bob_id, scene.marked(0)]);
    let unread = folders[0].clone().without_read();
    ann.edit_folder(&unread).expect("changed");
    assert!(ann.folders().expect("told")[0].exclude_read);
    ann.mark_read(bob_id).expect("read");
    assert_eq!(of(&unread), [scene.marked(0)], "it is named");
    let muted = ferogram_sync::NotifyScope::Chat(scene.marked(1).into());
    ann.mute(muted).expect("muted");
    ann.archive(scene.marked(3), true).expect("archived");
    let channels = Folder::new("Channels").channels();
    let number = |folder: &Folder| of(folder).len();
    assert_eq!(number(&channels), 4);
    assert!(!of(&channels.clone().without_muted()).contains(&scene.marked(1)));
    assert!(!of(&channels.clone().without_archived()).contains(&scene.marked(3)));
    assert_eq!(number(&channels.without_muted().without_archived()), 2);
    ann.delete_folder(news.id).expect("gone");
    assert_eq!(ann.folders().expect("told").len(), 1);
    let error = ann.delete_folder(news.id).expect_err("it is gone");
    assert!(error.is("FILTER_ID_INVALID"), "{error}");
    assert_eq!(ann.suggested_folders().expect("told").len(), 1);
}

#[test]
fn what_was_read_is_told() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    let name = format!(
        "@{}",
        ann.get_me().expect("she").username().expect("a name")
    );
    let club = NewChannel::private("Club").megagroup().owner(bob_id);
    let club = dc.add_channel(club.members([ann_id]));
    let marked = -1_000_000_000_000 - club;
    bob.learn_peers_from_dialogs().expect("read");
    for number in 0..3 {
        let text = format!("{name}, are you there? {number}");
        bob.send_message(marked, text).expect("sent");
        bob.send_message(&*name, "Hello").expect("sent");
    }
    ann.learn_peers_from_dialogs().expect("read");
    let dialog = |chat: i64| ann.fetch_dialogs([chat]).expect("told").remove(0);
    assert_eq!(dialog(bob_id).unread_count(), 3);
    let second = ann
        .iter_messages(bob_id)
        .nth(1)
        .expect("there")
        .expect("read");
    second.mark_read().expect("told");
    assert_eq!(dialog(bob_id).unread_count(), 1);
    ann.mark_read(bob_id).expect("told");
    ann.mark_read(bob_id).expect("told again");
    assert_eq!(dialog(bob_id).unread_count(), 0);

    assert_eq!(dialog(marked).unread_mentions_count(), 3);
    let mentions: Vec<i32> = ann
        .iter_unread_mentions(marked)
        .map(|it| it.expect("read").id())
        .collect();
    assert_eq!(mentions.len(), 3);
    ann.mark_contents_read(marked, &mentions[..1])
        .expect("told");
    assert_eq!(ann.iter_unread_mentions(marked).count(), 2);
    ann.mark_mentions_read(marked, None).expect("told");
    assert_eq!(ann.iter_unread_mentions(marked).count(), 0);
    ann.mark_read(marked).expect("told");
    assert_eq!(dialog(marked).unread_count(), 0);

    let own = ann.send_message(marked, "I am.").expect("sent");
    bob.send_reaction(marked, own.id(), "\u{1f44d}")
        .expect("he likes it");
    let liked = ann
        .iter_unread_reactions(marked)
        .next()
        .expect("one")
        .expect("read");
    assert_eq!(liked.id(), own.id());
    ann.mark_reactions_read(marked, None).expect("told");
    assert_eq!(ann.iter_unread_reactions(marked).count(), 0);

    ann.mark_unread(marked, true).expect("marked");
    assert!(dialog(marked).is_marked_unread());
    let peers = ann.dialogs_marked_unread().expect("told");
    assert!(matches!(&peers[..], [enums::Peer::Channel(it)] if it.channel_id == club));
}

#[test]
fn a_long_history_is_cleared_to_its_end() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let me = ann.my_id().expect("signed in");
    for number in 1..=1_200 {
        let request = functions::messages::SendMessage {
            peer: enums::InputPeer::PeerSelf,
            message: "news".to_owned(),
            random_id: number,
            ..Default::default()
        };
        dc.call_as(me, &request).expect("written");
    }
    ann.clear_history("me", ClearHistory::new())
        .expect("cleared");
    assert_eq!(ann.iter_messages("me").count(), 0);
}

#[test]
fn histories_and_dialogs_are_cleared() {
    let scene = Scene::new(1);
    let (ann, bob) = (&scene.ann, scene.dc.user());
    let bob_id = bob.my_id().expect("he is signed in");
    for number in 0..5 {
        bob.send_message("@annann", number.to_string())
            .expect("sent");
    }
    let his = ann
        .iter_messages(bob_id)
        .collect::<Result<Vec<_>>>()
        .expect("read");
    let some = ClearHistory::new().up_to_id(his[2].id());
    ann.clear_history(bob_id, some).expect("cleared");
    assert_eq!(ann.iter_messages(bob_id).count(), 2);
    assert_eq!(
        bob.iter_messages(scene.ann_id).count(),
        5,
        "the others' is theirs"
    );
    // What cannot be said of a channel takes nothing away there.
    let club = scene.marked(0);
    let before = ann.iter_messages(club).count();
    let some = ClearHistory::new().between(1, 2).for_everybody(true);
    let error = ann.clear_history(club, some).expect_err("not by dates");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    assert_eq!(ann.iter_messages(club).count(), before);
    ann.delete_dialog(bob_id, true).expect("gone");
    assert_eq!(bob.iter_messages(scene.ann_id).count(), 3);
    assert_eq!(ids(ann.iter_dialogs()), [scene.marked(0)]);
    let group = scene.dc.add_group("Friends", scene.ann_id, &[bob_id]);
    scene.dc.post_in_group(group, bob_id, "Hello");
    ann.delete_dialog(-group, false).expect("left");
    assert_eq!(ids(ann.iter_dialogs()), [scene.marked(0)]);
}

#[test]
fn folders_are_shared_by_links() {
    let scene = Scene::new(1);
    let (ann, bob) = (&scene.ann, scene.dc.user());
    let garden = NewChannel::new("Garden", "the_garden").owner(scene.ann_id);
    let pond = NewChannel::new("Pond", "the_pond").owner(scene.ann_id);
    scene.dc.add_channel(garden);
    scene.dc.add_channel(pond);
    let kinds = ann
        .create_folder(Folder::new("All").channels())
        .expect("made");
    let error = ann.share_folder(kinds.id, "All", ["@the_garden"]);
    assert!(
        error
            .expect_err("it holds kinds")
            .is("FILTER_NOT_SUPPORTED")
    );
    let outside = Folder::new("Outside")
        .include("@the_garden")
        .include("@the_pond");
    let outside = ann.create_folder(outside).expect("made");
    let link = ann
        .share_folder(outside.id, "Outside", ["@the_garden"])
        .expect("shared");
    assert!(
        link.url.starts_with("https://t.me/addlist/"),
        "{}",
        link.url
    );
    let links = ann.folder_links(outside.id).expect("told");
    assert_eq!(links, std::slice::from_ref(&link));
    assert!(ann.folders().expect("told")[1].shared);

    let invite = bob.check_folder_link(&link.url).expect("it is good");
    assert_eq!(invite.title.as_deref(), Some("Outside"));
    assert_eq!((invite.missing.len(), invite.joined.len()), (1, 0));
    let titles: Vec<_> = invite
        .chats
        .iter()
        .map(|it| it.title().into_owned())
        .collect();
    assert_eq!(titles, ["Garden"]);
    bob.join_folder(&link.url, &invite.missing).expect("joined");
    let his = bob.folders().expect("told").remove(0);
    assert_eq!((&*his.title.text, his.shared), ("Outside", true));
    assert_eq!(bob.iter_dialogs().in_folder(&his).count(), 1);
    let again = bob.check_folder_link(&link.url).expect("it is good");
    assert_eq!((again.folder_id, again.joined.len()), (Some(his.id), 1));

    let peers = ["@the_garden", "@the_pond"];
    let link = ann
        .edit_folder_link(outside.id, &link.url, "More", peers)
        .expect("changed");
    assert_eq!(link.title, "More");
    let new = bob.folder_updates(his.id).expect("told");
    bob.join_folder_updates(his.id, &new.missing)
        .expect("joined");
    assert_eq!(bob.iter_dialogs().count(), 2);
    bob.join_folder_updates(his.id, [0i64; 0])
        .expect("nothing more");
    let joined = bob.folder_leave_suggestions(his.id).expect("told");
    bob.leave_folder(his.id, &joined).expect("left");
    assert!(bob.folders().expect("told").is_empty());
    assert_eq!(bob.iter_dialogs().count(), 0);
    ann.delete_folder_link(outside.id, &link.url).expect("gone");
    let error = bob.check_folder_link(&link.url).expect_err("it is gone");
    assert!(error.is("INVITE_SLUG_EXPIRED"), "{error}");
}

#[test]
fn messages_can_be_made_to_delete_themselves() {
    let scene = Scene::new(1);
    let ann = &scene.ann;
    let ttl = || ann.fetch_dialogs([scene.marked(0)]).expect("told")[0].ttl_period();
    ann.set_history_ttl(scene.marked(0), 86_400).expect("set");
    assert_eq!(ttl(), Some(86_400));
    let error = ann.set_history_ttl(scene.marked(0), 7).expect_err("no day");
    assert!(error.is("TTL_PERIOD_INVALID"), "{error}");
    ann.set_history_ttl(scene.marked(0), 0).expect("set");
    assert_eq!(ttl(), None);
    assert_eq!(ann.default_history_ttl().expect("told"), 0);
    ann.set_default_history_ttl(2 * 86_400).expect("set");
    assert_eq!(ann.default_history_ttl().expect("told"), 2 * 86_400);
}
