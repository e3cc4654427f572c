//! What was done in a channel, as its administrators look it up.
use ferogram_sync::{
    AdminAction, AdminEvent, AdminLogFilter, BannedRights, Chat, Client, HistoryEntry, NewChat,
    NewInviteLink, NewTopic, PinOptions, Result, TopicChange,
};
use localdc::LocalDc;

struct Scene {
    dc: LocalDc,
    ann: Client,
    bob: Client,
    bob_id: i64,
    club: Chat,
}

impl Scene {
    /// Ann, with a forum of hers that Bob has joined by a link.
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bob) = (dc.user(), dc.user());
        let club = ann.create_channel(NewChat::supergroup("Club").forum(true));
        let club = club.expect("made");
        let link = ann.create_invite_link(&club, NewInviteLink::new());
        let link = link.expect("made").link().to_owned();
        bob.join_chat(&*link).expect("joined");
        let bob_id = bob.my_id().expect("he");
        assert_eq!(ann.iter_participants(&club).count(), 2);
        Self {
            dc,
            ann,
            bob,
            bob_id,
            club,
        }
    }

    fn log(&self, filter: AdminLogFilter) -> Vec<AdminAction> {
        let log = self.ann.iter_admin_log(&self.club).filter(filter);
        let log = log.collect::<Result<Vec<AdminEvent>>>().expect("read");
        log.iter().map(AdminEvent::action).collect()
    }
}

#[test]
fn what_was_done_is_told_in_types() {
    let scene = Scene::new();
    let (ann, club, bob_id) = (&scene.ann, &scene.club, scene.bob_id);
    let joined = scene.log(AdminLogFilter::new().join(true));
    assert!(matches!(
        &joined[..],
        [AdminAction::JoinedByLink { link: Some(_), .. }]
    ));

    ann.set_chat_about(club, "Who waters when").expect("set");
    ann.set_chat_username(club, "club_with_a_log").expect("set");
    let [AdminAction::Username(name), AdminAction::About(about)] =
        &scene.log(AdminLogFilter::new().info(true))[..]
    else {
        panic!("two were done");
    };
    assert_eq!(
        (&*name.new, &*about.new),
        ("club_with_a_log", "Who waters when")
    );

    let quiet = BannedRights::new().send_media(true);
    ann.restrict(club, bob_id, quiet).expect("restricted");
    ann.ban(club, bob_id, None).expect("put out");
    ann.unban(club, bob_id).expect("let in");
    let bans = scene.log(AdminLogFilter::new().ban(true));
    let [AdminAction::Banned(change)] = &bans[..] else {
        panic!("{bans:?}");
    };
    assert!(change.new.banned_rights().expect("some").raw.send_media);
    assert_eq!(scene.log(AdminLogFilter::new().kick(true)).len(), 1);
    assert_eq!(scene.log(AdminLogFilter::new().unkick(true)).len(), 1);

    ann.invite_users(club, [bob_id]).expect("taken in");
    ann.promote(club, bob_id).expect("named");
    ann.demote(club, bob_id).expect("one of many");
    let invited = scene.log(AdminLogFilter::new().invite(true));
    assert!(matches!(&invited[..], [AdminAction::Invited(_)]));
    let promoted = scene.log(AdminLogFilter::new().promote(true));
    assert!(matches!(&promoted[..], [AdminAction::Admin(it)] if it.new.admin_rights().is_some()));
    assert_eq!(scene.log(AdminLogFilter::new().demote(true)).len(), 1);

    ann.set_slow_mode(club, 10).expect("set");
    ann.hide_history(club, true).expect("set");
    let settings = scene.log(AdminLogFilter::new().settings(true));
    assert!(matches!(
        &settings[..],
        [AdminAction::HiddenHistory(true), AdminAction::SlowMode(it)] if it.new == 10
    ));
    scene.bob.leave_chat("@club_with_a_log").expect("left");
    let left = scene.log(AdminLogFilter::new().leave(true));
    assert!(matches!(&left[..], [AdminAction::Left]));
}

#[test]
fn messages_links_and_topics_are_told_too() {
    let scene = Scene::new();
    let (ann, club) = (&scene.ann, &scene.club);
    let message = ann.send_message(club, "Hello").expect("sent");
    ann.edit_message(club, message.id(), "Hello, all")
        .expect("changed");
    let options = PinOptions::new();
    ann.pin_message(club, message.id(), options)
        .expect("pinned");
    ann.delete_messages(club, &[message.id()], true)
        .expect("deleted");
    let edits = scene.log(AdminLogFilter::new().edit(true));
    let [AdminAction::MessageEdited(edit)] = &edits[..] else {
        panic!("{edits:?}");
    };
    let text = |entry: &HistoryEntry| match entry {
        HistoryEntry::Message(it) => it.text().to_owned(),
        _ => String::new(),
    };
    assert_eq!(
        (&*text(&edit.old), &*text(&edit.new)),
        ("Hello", "Hello, all")
    );
    let pinned = scene.log(AdminLogFilter::new().pinned(true));
    assert!(matches!(&pinned[..], [AdminAction::Pinned(_)]));
    let deleted = scene.log(AdminLogFilter::new().delete(true));
    let [AdminAction::MessageDeleted(gone)] = &deleted[..] else {
        panic!("{deleted:?}");
    };
    assert_eq!(text(gone), "Hello, all");

    let link = ann.create_invite_link(club, NewInviteLink::new().title("a"));
    let link = link.expect("made").link().to_owned();
    ann.revoke_invite_link(club, &*link).expect("revoked");
    ann.delete_invite_link(club, &*link).expect("deleted");
    let links = scene.log(AdminLogFilter::new().invites(true));
    assert!(matches!(
        &links[..],
        [AdminAction::LinkDeleted(_), AdminAction::LinkRevoked(it)] if it.link() == link
    ));

    let roses = ann
        .create_topic(club, NewTopic::new("Roses"))
        .expect("made");
    ann.edit_topic(club, roses, TopicChange::new().title("Tulips"))
        .expect("changed");
    ann.pin_topic(club, roses).expect("pinned");
    ann.delete_topic(club, roses).expect("deleted");
    let topics = scene.log(AdminLogFilter::new().forums(true));
    let [
        AdminAction::TopicDeleted(_),
        AdminAction::TopicPinned(pin),
        AdminAction::TopicEdited(edit),
        AdminAction::TopicCreated(made),
    ] = &topics[..]
    else {
        panic!("{topics:?}");
    };
    assert_eq!((made.title(), edit.new.title()), ("Roses", "Tulips"));
    assert!(pin.old.is_none() && pin.new.is_some());
}

/// Ids of events are longs of their own, no messages'.
#[test]
fn the_log_is_read_to_its_end_and_forgets_after_two_days() {
    let scene = Scene::new();
    let (ann, club) = (&scene.ann, &scene.club);
    for number in 0..230 {
        ann.set_chat_title(club, format!("Club {number}"))
            .expect("set");
    }
    let filter = || AdminLogFilter::new().info(true);
    let log = ann.iter_admin_log(club).filter(filter());
    let log = log.collect::<Result<Vec<AdminEvent>>>().expect("read");
    assert_eq!(log.len(), 230);
    assert!(log.windows(2).all(|two| two[0].id() > two[1].id()));
    assert!(log[0].id() > i64::from(i32::MAX));
    let middle = log[100].id();
    let older = ann.iter_admin_log(club).filter(filter()).before(middle);
    assert_eq!(older.count(), 129);
    let newer = ann.iter_admin_log(club).filter(filter()).after(middle);
    assert_eq!(newer.count(), 100);
    let asked = scene.dc.executed("channels.getAdminLog");
    assert_eq!(ann.iter_admin_log(club).limit(10).count(), 10);
    assert_eq!(scene.dc.executed("channels.getAdminLog"), asked + 1);
    let his = ann.iter_admin_log(club).admins([scene.bob_id]);
    assert_eq!(his.count(), 1, "he has joined");
    let found = ann.iter_admin_log(club).query("Club 17");
    assert!((11..=22).contains(&found.count()));
    let error = scene.bob.iter_admin_log(club.marked_id()).next();
    let error = error.expect("an item").expect_err("he may not");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");

    scene.dc.set_clock_shift(49 * 3600);
    ann.set_chat_title(club, "Old club").expect("set");
    assert_eq!(ann.iter_admin_log(club).count(), 1);
}
