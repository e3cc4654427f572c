//! Links by which people come into groups and channels.
use std::collections::HashSet;

use ferogram_sync::{
    AdminRights, Chat, Client, Error, Invitation, InviteLinkChange, Joined, NewChat, NewInviteLink,
    Update,
};
use localdc::{LocalDc, NewChannel, NewUser};

/// Ann, with a supergroup of hers, and Bob, who is not in it.
struct Scene {
    dc: LocalDc,
    ann: Client,
    bob: Client,
    club: Chat,
}

impl Scene {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bob) = (dc.user(), dc.user());
        let club = NewChat::supergroup("Club").about("Who waters when");
        let club = ann.create_channel(club).expect("made");
        Self { dc, ann, bob, club }
    }

    fn link(&self, link: NewInviteLink) -> String {
        let made = self.ann.create_invite_link(&self.club, link);
        made.expect("made").link().to_owned()
    }
}

fn id(client: &Client) -> i64 {
    client.my_id().expect("signed in")
}

#[test]
fn a_link_is_looked_at_joined_by_changed_and_revoked() {
    let scene = Scene::new();
    let (ann, bob, club) = (&scene.ann, &scene.bob, &scene.club);
    let link = scene.link(NewInviteLink::new().title("Friends").usage_limit(1));
    let Invitation::Offered(offer) = bob.check_invite(&*link).expect("told") else {
        panic!("he is out");
    };
    assert_eq!(
        (offer.title(), offer.about(), offer.participants_count()),
        ("Club", Some("Who waters when"), 1)
    );
    let joined = bob.join_chat(&*link).expect("joined");
    assert_eq!(joined.marked_id(), club.marked_id());
    bob.send_message(&joined, "Hello").expect("sent");
    let error = bob.join_chat(&*link).expect_err("he is in it");
    assert!(error.is("USER_ALREADY_PARTICIPANT"), "{error}");
    let carl = scene.dc.user();
    let error = carl.join_chat(&*link).expect_err("it was for one");
    assert!(error.is("INVITE_HASH_EXPIRED"), "{error}");

    let change = InviteLinkChange::new().usage_limit(0).title("All");
    let now = ann.edit_invite_link(club, &*link, change).expect("changed");
    assert_eq!(
        (now.title(), now.usage_limit(), now.usage()),
        (Some("All"), None, 1)
    );
    assert!(matches!(
        carl.join_by_link(&*link).expect("joined"),
        Joined::In(_)
    ));
    let error = ann
        .delete_invite_link(club, &*link)
        .expect_err("it is good");
    assert!(error.is("INVITE_REVOKED_MISSING"), "{error}");
    let change = InviteLinkChange::new().request_needed(true);
    let now = ann.edit_invite_link(club, &*link, change).expect("changed");
    assert!(now.is_request_needed() && now.admin_id() == id(ann));
    assert_eq!(now.title(), Some("All"), "what is not told stays");
    let Ok(Invitation::Offered(offer)) = scene.dc.user().check_invite(&*link) else {
        panic!("it is open to all");
    };
    assert!(offer.is_request_needed());
    let (old, instead) = ann.revoke_invite_link(club, &*link).expect("revoked");
    assert!(old.is_revoked() && instead.is_none());
    let error = scene.dc.user().check_invite(&*link).expect_err("no more");
    assert!(error.is("INVITE_HASH_EXPIRED"), "{error}");
    ann.delete_invite_link(club, &*link).expect("deleted");
    assert!(ann.fetch_invite_link(club, &*link).is_err());
}

#[test]
fn what_a_link_cannot_be_is_refused() {
    let scene = Scene::new();
    let refused = |link| {
        let made = scene.ann.create_invite_link(&scene.club, link);
        made.expect_err("it cannot be")
    };
    assert!(refused(NewInviteLink::new().expire_date(1000)).is("EXPIRE_DATE_INVALID"));
    assert!(refused(NewInviteLink::new().usage_limit(100_000)).is("USAGE_LIMIT_INVALID"));
    let both = NewInviteLink::new().usage_limit(3).request_needed(true);
    assert!(refused(both).is("USAGE_LIMIT_INVALID"));
    let paid = NewInviteLink::new().subscription(2_592_000, 5);
    assert!(refused(paid).is("PRICING_CHAT_INVALID"), "not in a group");
    let error = scene.bob.join_by_link("@club").expect_err("nobody's name");
    assert!(!matches!(error, Error::Argument(_)));
    let error = scene.bob.check_invite("@club").expect_err("no link");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let error = scene.bob.send_message("https://t.me/+AbCdEf", "Hello");
    assert!(matches!(error, Err(Error::Peer(_))));
    assert_eq!(scene.dc.executed("messages.checkChatInvite"), 0);
    let news = scene.ann.create_channel(NewChat::channel("News"));
    let news = news.expect("made");
    let paid = NewInviteLink::new().subscription(2_592_000, 5);
    let paid = scene.ann.create_invite_link(&news, paid).expect("made");
    let error = scene.bob.join_chat(paid.link()).expect_err("not paid");
    assert!(error.is("STARS_PAYMENT_REQUIRED"), "{error}");
    let bot = scene.dc.bot();
    let error = bot.check_invite(paid.link()).expect_err("bots do not");
    assert!(matches!(error, Error::NotForBots { .. }));
    let error = bot.join_chat(paid.link()).expect_err("bots do not");
    assert!(matches!(error, Error::NotForBots { .. }));
}

#[test]
fn who_has_to_be_let_in_waits_and_administrators_are_told() {
    let scene = Scene::new();
    let (ann, bob, club) = (&scene.ann, &scene.bob, &scene.club);
    let carl = scene.dc.user();
    let (bob_id, carl_id) = (id(bob), id(&carl));
    let mut told = ann.updates();
    let link = scene.link(NewInviteLink::new().request_needed(true));
    assert!(matches!(bob.join_by_link(&*link), Ok(Joined::Requested)));
    let error = carl.join_chat(&*link).expect_err("he has to wait");
    assert!(error.is("INVITE_REQUEST_SENT"), "{error}");
    let waiting = told.iter().find_map(|update| match update {
        Update::PendingJoinRequests(it) if it.count() == 2 => Some(it),
        _ => None,
    });
    let waiting = waiting.expect("she is told");
    assert!(waiting.recent_ids().contains(&carl_id));

    let name = carl.get_me().expect("signed in").full_name();
    let named = ann.iter_join_requests(club).named(&*name);
    let named: Vec<i64> = named.map(|it| it.expect("read").user_id()).collect();
    assert_eq!(named, [carl_id]);
    let mut asking = ann.iter_join_requests(club);
    assert_eq!(asking.total().expect("told"), 2);
    let asking: HashSet<i64> = asking.map(|it| it.expect("read").user_id()).collect();
    assert_eq!(asking, HashSet::from([bob_id, carl_id]));
    ann.approve_join_request(club, bob_id).expect("let in");
    ann.decline_join_request(club, carl_id).expect("not let in");
    let error = ann.decline_join_request(club, carl_id).expect_err("again");
    assert!(error.is("HIDE_REQUESTER_MISSING"), "{error}");
    let come: Vec<_> = ann.iter_importers(club, &*link).collect();
    let [Ok(come)] = &come[..] else {
        panic!("one has come: {come:?}");
    };
    assert_eq!(
        (come.user_id(), come.approved_by()),
        (bob_id, Some(id(ann)))
    );
    assert!(matches!(
        bob.check_invite(&*link),
        Ok(Invitation::Joined(_))
    ));

    let dora = scene.dc.user();
    assert!(matches!(carl.join_by_link(&*link), Ok(Joined::Requested)));
    assert!(matches!(dora.join_by_link(&*link), Ok(Joined::Requested)));
    ann.approve_all_join_requests(club, Some(&link))
        .expect("all in");
    assert_eq!(ann.iter_participants(club).count(), 4);
    let error = ann.decline_all_join_requests(club, None).expect_err("none");
    assert!(error.is("HIDE_REQUESTER_MISSING"), "{error}");
}

#[test]
fn a_bot_that_is_an_administrator_lets_people_in() {
    let scene = Scene::new();
    let bot = scene.dc.bot();
    scene
        .ann
        .invite_users(&scene.club, [&format!("@{}", name(&bot))])
        .expect("in it");
    scene
        .ann
        .promote(&scene.club, &*format!("@{}", name(&bot)))
        .expect("named");
    let mut told = bot.updates();
    let link = scene.link(NewInviteLink::new().request_needed(true));
    assert!(matches!(
        scene.bob.join_by_link(&*link),
        Ok(Joined::Requested)
    ));
    let asked = told.iter().find_map(|update| match update {
        Update::JoinRequest(it) => Some(it),
        _ => None,
    });
    let asked = asked.expect("it is told");
    assert_eq!(asked.user_id(), id(&scene.bob));
    asked.approve().expect("let in");
    assert_eq!(scene.ann.iter_participants(&scene.club).count(), 3);
}

fn name(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    me.username().expect("everybody has one").to_owned()
}

#[test]
fn lists_of_links_and_of_those_who_came_are_read_to_their_ends() {
    let scene = Scene::new();
    let (ann, club) = (&scene.ann, &scene.club);
    let mut made = HashSet::new();
    for number in 0..230 {
        made.insert(scene.link(NewInviteLink::new().title(format!("{number}"))));
    }
    let mut links = ann.iter_invite_links(club, "me");
    assert_eq!(links.total().expect("told"), 230);
    let read: Vec<String> = links
        .map(|it| it.expect("read").link().to_owned())
        .collect();
    assert_eq!(read.len(), 230, "none twice");
    assert_eq!(read.into_iter().collect::<HashSet<_>>(), made);
    let asked = scene.dc.executed("messages.getExportedChatInvites");
    assert_eq!(asked, 4, "three pages, and one that has nothing");
    let few = ann.iter_invite_links(club, "me").limit(10);
    assert_eq!(few.count(), 10);
    assert_eq!(
        scene.dc.executed("messages.getExportedChatInvites"),
        asked + 1
    );

    let link = made.iter().next().expect("some");
    let users = (0..130).map(|number| {
        let user = NewUser::new(format!("+88833{number:06}"), format!("Guest {number}"));
        let user = scene.dc.add_user(user);
        let client = scene.dc.client_builder().session(scene.dc.session_of(user));
        let client = client.connect().expect("it starts");
        client.join_chat(&**link).expect("joined");
        user
    });
    let users: HashSet<i64> = users.collect();
    let come: Vec<i64> = ann
        .iter_importers(club, link)
        .map(|it| it.expect("read").user_id())
        .collect();
    assert_eq!(come.len(), 130);
    assert_eq!(come.into_iter().collect::<HashSet<_>>(), users);

    for link in made.iter().take(3) {
        ann.revoke_invite_link(club, link).expect("revoked");
    }
    assert_eq!(ann.iter_invite_links(club, "me").revoked(true).count(), 3);
    let (admins, _) = ann.admins_with_invites(club).expect("told");
    let counts = (admins[0].invites_count, admins[0].revoked_invites_count);
    assert_eq!((admins.len(), counts), (1, (227, 3)));
    ann.delete_revoked_invite_links(club, "me")
        .expect("deleted");
    assert_eq!(ann.iter_invite_links(club, "me").revoked(true).count(), 0);
}

#[test]
fn each_administrator_has_links_of_their_own_and_all_are_let_in_by_one() {
    let scene = Scene::new();
    let (ann, bob, club) = (&scene.ann, &scene.bob, &scene.club);
    let link = scene.link(NewInviteLink::new().request_needed(true));
    bob.join_by_link(&*link).expect("asked");
    ann.approve_all_join_requests(club, None).expect("let in");
    let rights = AdminRights::new().invite_users(true);
    ann.set_admin(club, id(bob), rights).expect("named");
    let his = NewInviteLink::new().title("His").request_needed(true);
    let his = bob.create_invite_link(club.marked_id(), his).expect("made");
    let of = |admin: i64| -> Vec<Option<String>> {
        let links = ann.iter_invite_links(club, admin);
        let links = links.map(|it| it.expect("read").title().map(str::to_owned));
        links.collect()
    };
    assert_eq!(of(id(bob)), [Some("His".to_owned())]);
    assert!(!of(id(ann)).contains(&Some("His".to_owned())));

    let (carl, dora) = (scene.dc.user(), scene.dc.user());
    carl.join_by_link(&*link).expect("asked");
    dora.join_by_link(his.link()).expect("asked");
    ann.approve_all_join_requests(club, Some(his.link()))
        .expect("let in");
    let waiting = ann.iter_join_requests(club);
    let waiting: Vec<i64> = waiting.map(|it| it.expect("read").user_id()).collect();
    assert_eq!(waiting, [id(&carl)], "he has come by another");
}

#[test]
fn small_groups_have_links_too_and_the_permanent_one_is_replaced() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let group = -dc.add_group("Friends", id(&ann), &[]);
    let link = NewInviteLink::new().revoke_permanent(true);
    let link = ann.create_invite_link(group, link).expect("made");
    assert!(link.is_permanent());
    let joined = bob.join_chat(link.link()).expect("joined");
    assert!(matches!(joined, Chat::Group(_)));
    assert_eq!(ann.iter_participants(group).count(), 2);
    let change = InviteLinkChange::new().title("Other");
    let error = ann.edit_invite_link(group, link.link(), change);
    assert!(error.expect_err("it stays").is("CHAT_INVITE_PERMANENT"));
    let (_, instead) = ann.revoke_invite_link(group, link.link()).expect("revoked");
    assert!(instead.expect("another one").is_permanent());
    let error = bob.create_invite_link(group, NewInviteLink::new());
    assert!(error.expect_err("he may not").is("CHAT_ADMIN_REQUIRED"));
}

#[test]
fn links_end_with_their_time_and_nobody_comes_who_was_put_out() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let club = NewChannel::private("Club").megagroup().owner(id(&ann));
    let club = dc.add_channel(club.members([id(&bob)]));
    let club = -1_000_000_000_000 - club;
    assert_eq!(ann.iter_participants(club).count(), 2);
    let link = ann
        .create_invite_link(club, NewInviteLink::new())
        .expect("made");
    ann.ban(club, id(&bob), None).expect("put out");
    let error = bob.join_chat(link.link()).expect_err("he is out");
    assert!(error.is("INVITE_HASH_EXPIRED"), "{error}");
    let soon = link.date() + 100;
    let change = InviteLinkChange::new().expire_date(soon);
    ann.edit_invite_link(club, link.link(), change)
        .expect("changed");
    dc.set_clock_shift(200);
    let error = dc.user().join_chat(link.link()).expect_err("too late");
    assert!(error.is("INVITE_HASH_EXPIRED"), "{error}");
}
