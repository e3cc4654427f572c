//! Contacts: added, imported, deleted; who is blocked, and whom one has most to do with.
use ferogram_sync::tl::enums::{TopPeerCategory, UserStatus};
use ferogram_sync::{
    Birthday, BlockList, Chat, Client, ContactName, Error, PhoneContact, PrivacyKey, PrivacyRule,
};
use localdc::{LocalDc, NewUser};

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

#[test]
fn contacts_are_called_as_one_likes_until_they_are_deleted() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (name, id) = (name_of(&bob), bob.my_id().expect("signed in"));
    let called = ContactName::new("Robert")
        .last_name("Smith")
        .note("from work");
    ann.add_contact(&*name, called).expect("added");
    ann.add_contact(&*name, ContactName::new("Bob"))
        .expect("renamed");
    let contacts = ann.contacts().expect("told");
    assert_eq!(
        (contacts.len(), contacts[0].full_name()),
        (1, "Bob".to_owned())
    );
    assert!(contacts[0].is_contact() && !contacts[0].is_mutual_contact());
    let note = |client: &Client| client.fetch_user_full(id).expect("told").raw.note.clone();
    assert!(note(&ann).is_some(), "a new name leaves the note alone");
    ann.set_contact_note(id, "").expect("a contact");
    assert!(note(&ann).is_none());
    bob.accept_contact(name_of(&ann))
        .expect("she has written him down");
    assert!(ann.contacts().expect("told")[0].is_mutual_contact());
    bob.set_online(true).expect("told");
    let statuses = ann.contact_statuses().expect("told");
    assert!(matches!(&statuses[..], [(one, UserStatus::Online(_))] if *one == id));
    ann.set_close_friends([&*name]).expect("a contact");
    let rules = [PrivacyRule::AllowCloseFriends, PrivacyRule::DisallowAll];
    ann.set_privacy(PrivacyKey::About, &rules).expect("set");
    ann.delete_contacts([&*name]).expect("deleted");
    assert!(ann.contacts().expect("told").is_empty());
    let error = ann.set_contact_note(id, "gone").expect_err("no contact");
    assert!(error.is("CONTACT_MISSING"), "{error}");
    let error = ann
        .add_contact("me", ContactName::new("I"))
        .expect_err("oneself");
    assert!(error.is("CONTACT_ID_INVALID"), "{error}");
    let error = ann
        .add_contact(id, ContactName::new(" "))
        .expect_err("no name");
    assert!(error.is("CONTACT_NAME_EMPTY"), "{error}");
    let error = ann.set_close_friends(["me"]).expect_err("oneself");
    assert!(matches!(error, Error::Argument(_)), "{error}");
}

#[test]
fn numbers_are_imported_in_parts_and_what_is_not_taken_is_tried_again() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let number = |place: usize| format!("+4915100{place:05}");
    for place in (0..1200).step_by(100) {
        dc.add_user(NewUser::new(number(place), "There"));
    }
    let all: Vec<PhoneContact> = (0..1200)
        .map(|place| PhoneContact::new(number(place), "Somebody"))
        .collect();
    let imported = ann.import_contacts(&all).expect("taken");
    let found = imported
        .found
        .iter()
        .enumerate()
        .filter(|(_, it)| it.is_some());
    let found: Vec<usize> = found.map(|(place, _)| place).collect();
    assert_eq!(found, (0..1200).step_by(100).collect::<Vec<_>>());
    assert!(imported.refused.is_empty());
    assert_eq!(dc.executed("contacts.importContacts"), 3);
    assert_eq!(ann.contacts().expect("told").len(), 12);

    dc.limit_imports(ann.my_id().expect("signed in"), 100);
    let before = dc.executed("contacts.importContacts");
    let imported = ann.import_contacts(&all[..350]).expect("taken");
    assert_eq!(imported.refused, (300..350).collect::<Vec<_>>());
    assert!(imported.found[200].is_some() && imported.found[300].is_none());
    assert_eq!(dc.executed("contacts.importContacts") - before, 3);
    let phones: Vec<&str> = all.iter().map(PhoneContact::phone).collect();
    ann.delete_contacts_by_phone(phones).expect("deleted");
    assert!(ann.contacts().expect("told").is_empty());
}

#[test]
fn a_number_leads_to_whoever_allows_it() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let bob = dc.add_user(NewUser::new("+4915100001", "Bob"));
    let bob = dc.client_builder().session(dc.session_of(bob));
    let bob = bob.connect().expect("it starts");
    ann.resolve_peer("+4915100001").expect("he allows it");
    let nobody = [PrivacyRule::DisallowAll];
    bob.set_privacy(PrivacyKey::AddedByPhone, &nobody)
        .expect("set");
    let people = [PhoneContact::new("+49 151 00001", "Bob")];
    let imported = dc.user().import_contacts(&people).expect("taken");
    assert_eq!(imported.found, [None]);
}

#[test]
fn both_lists_of_the_blocked_are_read_to_their_ends() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let people: Vec<i64> = (0..230)
        .map(|number| {
            let user = NewUser::new(format!("+49152{number:06}"), "Somebody");
            dc.add_user(user.username(format!("somebody_{number}")))
        })
        .collect();
    for number in 0..people.len() {
        ann.block(format!("@somebody_{number}"), BlockList::All)
            .expect("blocked");
    }
    let asked = dc.executed("contacts.getBlocked");
    let mut blocked = ann.iter_blocked(BlockList::All);
    assert_eq!(blocked.total().expect("told"), 230);
    let ids = blocked.map(|it| {
        let it = it.expect("it comes");
        assert!(it.date > 0 && it.peers.chat(&it.peer).is_some());
        match it.peer {
            ferogram_sync::tl::enums::Peer::User(it) => it.user_id,
            other => panic!("{other:?}"),
        }
    });
    let ids: Vec<i64> = ids.collect();
    assert_eq!(ids, people.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(dc.executed("contacts.getBlocked") - asked, 3);
    assert!(ann.fetch_user_full(people[0]).expect("told").is_blocked());
    let error = ann.send_message(people[0], "Hello").expect_err("blocked");
    assert!(error.is("YOU_BLOCKED_USER"), "{error}");
    assert_eq!(ann.iter_blocked(BlockList::Stories).count(), 0);

    ann.set_blocked([people[3], people[5]], BlockList::Stories)
        .expect("set");
    let mut hidden = ann.iter_blocked(BlockList::Stories);
    assert_eq!(hidden.total().expect("told"), 2);
    ann.set_blocked([people[5]], BlockList::Stories)
        .expect("set");
    assert_eq!(ann.iter_blocked(BlockList::Stories).count(), 1);
    ann.unblock(people[5], BlockList::Stories).expect("let go");
    ann.unblock(people[0], BlockList::All).expect("let go");
    assert_eq!(ann.iter_blocked(BlockList::Stories).count(), 0);
    assert_eq!(ann.iter_blocked(BlockList::All).total().expect("told"), 229);
    ann.send_message(people[0], "Hello").expect("let go");
    let error = ann.block("me", BlockList::All).expect_err("oneself");
    assert!(error.is("CONTACT_ID_INVALID"), "{error}");
}

#[test]
fn who_is_written_to_most_comes_first() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, carl, bot) = (dc.user(), dc.user(), dc.user(), dc.bot());
    let id = |client: &Client| client.my_id().expect("signed in");
    for (to, times) in [(&bob, 2), (&carl, 3), (&bot, 1)] {
        for _ in 0..times {
            ann.send_message(name_of(to), "Hello").expect("sent");
        }
    }
    let top = |categories: &[TopPeerCategory]| {
        let told = ann.top_peers(categories.iter().cloned(), 10).expect("told");
        let told = told.expect("it is counted").into_iter();
        let told = told.map(|it| {
            let ids = it.rated.iter().map(|(peer, _)| match peer {
                ferogram_sync::tl::enums::Peer::User(it) => it.user_id,
                other => panic!("{other:?}"),
            });
            ids.collect::<Vec<i64>>()
        });
        told.collect::<Vec<_>>()
    };
    let both = [TopPeerCategory::Correspondents, TopPeerCategory::BotsPm];
    assert_eq!(top(&both), [vec![id(&carl), id(&bob)], vec![id(&bot)]]);
    ann.reset_top_peer(TopPeerCategory::Correspondents, id(&carl))
        .expect("known");
    assert_eq!(top(&both[..1]), [vec![id(&bob)]]);
    let error = ann.top_peers([], 10).expect_err("of what?");
    assert!(error.is("TYPES_EMPTY"), "{error}");
    ann.count_top_peers(false).expect("set");
    assert!(ann.top_peers(both, 10).expect("told").is_none());
}

#[test]
fn birthdays_of_contacts_come_in_time() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    ann.add_contact(name_of(&bob), ContactName::new("Bob"))
        .expect("added");
    assert!(ann.contact_birthdays().expect("told").is_empty());
    let mut times = 0;
    for month in 1..=12 {
        for day in [5, 15, 25] {
            bob.set_birthday(Birthday::new(day, month)).expect("set");
            times += ann.contact_birthdays().expect("told").len();
        }
    }
    assert!(times <= 1, "one day in ten is near, at most");
}

#[test]
fn a_number_is_shown_to_the_contact_that_it_was_shared_with() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, eve) = (dc.user(), dc.user(), dc.user());
    let ann_name = name_of(&ann);
    ann.set_privacy(PrivacyKey::PhoneNumber, &[PrivacyRule::DisallowAll])
        .expect("set");
    let sees = |client: &Client| {
        let chat = client.fetch_chat(&*ann_name).expect("told");
        matches!(&chat, Chat::User(it) if it.phone().is_some())
    };
    for client in [&bob, &eve] {
        let her = ContactName::new("Ann");
        client.add_contact(&*ann_name, her).expect("added");
    }
    let contact = || ContactName::new("Bob");
    ann.add_contact(name_of(&bob), contact()).expect("added");
    assert!(!sees(&bob));
    ann.add_contact(name_of(&bob), contact().share_phone(true))
        .expect("shared");
    assert!(sees(&bob) && !sees(&eve));
}
