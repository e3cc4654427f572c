//! Who is in groups and channels, and what they may do.
use std::collections::HashSet;

use ferogram_sync::{
    AdminRights, BannedRights, Client, Error, MemberFilter, Participant, ParticipantStatus,
    PeerError, Result,
};
use localdc::{LocalDc, NewChannel, NewUser};

/// Ann, and a supergroup of hers with so many others in it.
struct Scene {
    dc: LocalDc,
    ann: Client,
    ann_id: i64,
    members: Vec<i64>,
    channel: i64,
}

impl Scene {
    fn new(many: usize) -> Self {
        let dc = LocalDc::start().expect("it listens");
        let ann_id = dc.add_user(NewUser::new("+9996621111", "Ann").username("annann"));
        let ann = dc.client_builder().session(dc.session_of(ann_id));
        let ann = ann.connect().expect("it starts");
        let names = [
            "Bob",
            "Carl",
            "Dora",
            "Emma",
            "Fred",
            "\u{416}anna",
            "\u{5f20}wei",
        ];
        let members = (0..many).map(|number| {
            let name = format!("{} {number}", names[number % names.len()]);
            dc.add_user(NewUser::new(format!("+88822{number:06}"), name))
        });
        let members: Vec<i64> = members.collect();
        let club = NewChannel::private("Club").megagroup().owner(ann_id);
        let channel = dc.add_channel(club.members(members.iter().copied()));
        Self {
            dc,
            ann,
            ann_id,
            members,
            channel,
        }
    }

    fn club(&self) -> i64 {
        -1_000_000_000_000 - self.channel
    }

    fn asked(&self) -> u64 {
        self.dc.executed("channels.getParticipants")
    }
}

fn ids(participants: impl Iterator<Item = Result<Participant>>) -> Vec<i64> {
    let id = |one: Participant| one.user().expect("a user").id();
    participants.map(|one| id(one.expect("read"))).collect()
}

#[test]
fn a_supergroup_is_read_to_its_end_and_no_page_is_asked_for_in_vain() {
    let scene = Scene::new(450);
    let mut all = scene.ann.iter_participants(scene.club());
    assert_eq!(all.total().expect("told"), 451);
    let given = ids(all.by_ref());
    let distinct: HashSet<i64> = given.iter().copied().collect();
    assert_eq!((given.len(), distinct.len()), (451, 451));
    assert!(distinct.contains(&scene.ann_id) && all.is_complete());
    assert_eq!(
        scene.asked(),
        3,
        "three pages, and none that brings nothing new"
    );
    assert_eq!(
        scene.ann.iter_participants(scene.club()).take(10).count(),
        10
    );
    assert_eq!(scene.asked(), 4);
    let named = |filter| ids(scene.ann.iter_participants(scene.club()).filter(filter));
    assert_eq!(named(MemberFilter::Admins), [scene.ann_id]);
    assert_eq!(named(MemberFilter::Named("dor".into())).len(), 64);
    assert!(named(MemberFilter::Bots).is_empty());
}

/// Production leads no further than ten thousand into a list.
#[test]
fn whom_the_list_does_not_reach_is_found_by_name() {
    let scene = Scene::new(700);
    scene.dc.limit_participants(300);
    let mut all = scene.ann.iter_participants(scene.club());
    let given = ids(all.by_ref());
    let distinct: HashSet<i64> = given.iter().copied().collect();
    assert_eq!(given.len(), distinct.len(), "none twice");
    assert_eq!(distinct.len(), 701);
    assert!(scene.members.iter().all(|id| distinct.contains(id)));
    assert!(all.is_complete());
}

#[test]
fn people_are_restricted_put_out_and_let_in_again() {
    let scene = Scene::new(3);
    let (ann, club) = (&scene.ann, scene.club());
    assert_eq!(ann.iter_participants(club).count(), 4);
    let bob = scene.members[0];
    let quiet = BannedRights::new().send_messages(true);
    ann.restrict(club, bob, quiet).expect("restricted");
    let his = ann.permissions(club, bob).expect("told");
    assert_eq!(his.status, ParticipantStatus::Restricted);
    assert!(his.is_member() && !his.may_write());
    let list = |filter| ids(ann.iter_participants(club).filter(filter));
    assert_eq!(list(MemberFilter::Restricted(String::new())), [bob]);
    ann.ban(club, bob, None).expect("put out");
    assert!(ann.permissions(club, bob).expect("told").is_banned());
    assert_eq!(list(MemberFilter::Banned(String::new())), [bob]);
    ann.unban(club, bob).expect("let in");
    assert!(list(MemberFilter::Banned(String::new())).is_empty());
    ann.kick(club, scene.members[1]).expect("put out");
    assert_eq!(list(MemberFilter::Everybody).len(), 2);
    let error = ann.participant(club, scene.members[1]).expect_err("gone");
    assert!(error.is("USER_NOT_PARTICIPANT"), "{error}");

    let all = BannedRights::new().send_polls(true);
    ann.set_default_rights(club, all).expect("set");
    let hers = ann.permissions(club, scene.members[2]).expect("told");
    assert!(hers.may_write() && hers.banned.raw.send_polls);
    assert!(
        !ann.permissions(club, "me")
            .expect("told")
            .banned
            .raw
            .send_polls
    );
}

#[test]
fn people_are_made_administrators_with_the_rights_that_were_said() {
    let scene = Scene::new(2);
    let (ann, club) = (&scene.ann, scene.club());
    assert_eq!(ann.iter_participants(club).count(), 3);
    let bob = scene.members[0];
    let rights = AdminRights::new().ban_users(true).rank("guard");
    ann.set_admin(club, bob, rights).expect("named");
    let him = ann.participant(club, bob).expect("told");
    let rights = him.admin_rights().expect("he has some");
    assert!(rights.raw.ban_users && !rights.raw.delete_messages);
    assert_eq!(
        (him.rank(), him.status()),
        (Some("guard"), ParticipantStatus::Admin)
    );
    ann.promote(club, bob).expect("named");
    let rights = ann.participant(club, bob).expect("told").admin_rights();
    assert!(rights.expect("he has all").raw.delete_messages);
    ann.demote(club, bob).expect("one of many");
    let him = ann.participant(club, bob).expect("told");
    assert_eq!(him.status(), ParticipantStatus::Member);
}

#[test]
fn a_small_group_speaks_the_same_language() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    let group = -dc.add_group("Friends", ann_id, &[bob_id]);
    let all: Vec<Participant> = ann
        .iter_participants(group)
        .collect::<Result<_>>()
        .expect("read");
    assert_eq!(all.len(), 2);
    assert_eq!(dc.executed("messages.getFullChat"), 1);
    let creators = all
        .iter()
        .filter(|it| it.status() == ParticipantStatus::Creator);
    assert_eq!(creators.count(), 1);
    ann.promote(group, bob_id).expect("named");
    assert!(ann.permissions(group, bob_id).expect("told").is_admin());
    ann.demote(group, bob_id).expect("one of many");
    assert!(!ann.permissions(group, bob_id).expect("told").is_admin());
    let error = ann.restrict(group, bob_id, BannedRights::new());
    assert!(matches!(error, Err(Error::Peer(PeerError::NotA { .. }))));
    ann.kick(group, bob_id).expect("put out");
    let error = ann.participant(group, bob_id);
    assert!(matches!(error, Err(Error::Peer(PeerError::NotThere(id))) if id == bob_id));
}

#[test]
fn what_cannot_be_is_told() {
    let scene = Scene::new(1);
    let bob = scene.dc.client_builder();
    let bob = bob.session(scene.dc.session_of(scene.members[0]));
    let bob = bob.connect().expect("it starts");
    let error = scene.ann.iter_participants("me").next().expect("an item");
    let error = error.expect_err("one is no group");
    assert!(matches!(error, Error::Peer(PeerError::NotA { .. })));
    assert!(error.to_string().contains("oneself"), "{error}");
    let news = NewChannel::new("News", "the_news").owner(scene.ann_id);
    scene.dc.add_channel(news.members([scene.members[0]]));
    let error = bob.iter_participants("@the_news").next().expect("an item");
    assert!(error.expect_err("of a channel").is("CHAT_ADMIN_REQUIRED"));
    bob.learn_peers_from_dialogs().expect("read");
    let rights = BannedRights::new().send_polls(true);
    let error = bob.set_default_rights(scene.club(), rights);
    let error = error.expect_err("he may not");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
}
