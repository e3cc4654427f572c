//! What the account shows of itself, what others see of it, and its photos.
use std::collections::HashSet;

use ferogram_sync::tl::enums::{PeerColor, UserProfilePhoto, UserStatus};
use ferogram_sync::tl::types;
use ferogram_sync::{
    Birthday, Client, ContactName, Error, GlobalPrivacy, HistoryEntry, NewChat, PeerError,
    PrivacyKey, PrivacyRule, ProfileChanges, Update, Upload, User,
};
use localdc::{LocalDc, picture};

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

/// How `client` is shown somebody now.
fn seen(client: &Client, name: &str) -> User {
    match client.fetch_chat(name).expect("there is one") {
        ferogram_sync::Chat::User(user) => user,
        other => panic!("{other:?}"),
    }
}

#[test]
fn others_see_what_is_changed_and_are_told() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&ann);
    bob.send_message(&*name, "Hello").expect("sent");
    let mut updates = bob.updates();
    let changes = ProfileChanges::new().first_name(" Ann ").last_name("Lee");
    let me = ann.set_profile(changes).expect("changed");
    assert_eq!(me.full_name(), "Ann Lee");
    let told = loop {
        let update = updates.next_timeout(std::time::Duration::from_secs(30));
        if let Update::UserName(it) = update.expect("it comes") {
            break it;
        }
    };
    assert_eq!(told.first_name(), "Ann");
    let taken = ann.set_profile(ProfileChanges::new().last_name("").about("Gardener"));
    assert_eq!(taken.expect("changed").full_name(), "Ann");
    assert_eq!(seen(&bob, &name).full_name(), "Ann");
    let full = bob.fetch_user_full(&*name).expect("told");
    assert_eq!(full.about(), Some("Gardener"));
    let error = ann.set_profile(ProfileChanges::new().first_name(" "));
    assert!(
        error
            .expect_err("nobody is called so")
            .is("FIRSTNAME_INVALID")
    );
    let error = ann.set_profile(ProfileChanges::new().about("a".repeat(71)));
    assert!(error.expect_err("too long").is("ABOUT_TOO_LONG"));
}

#[test]
fn a_birthday_is_a_day_and_a_channel_is_ones_own() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let error = ann.set_birthday(Birthday::new(31, 2)).expect_err("no day");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let error = ann
        .set_birthday(Birthday::new(1, 1).year(3))
        .expect_err("long ago");
    assert!(error.is("BIRTHDAY_INVALID"), "{error}");
    assert_eq!(dc.executed("account.updateBirthday"), 1);
    ann.set_birthday(Birthday::new(1, 2)).expect("set");
    let name = name_of(&ann);
    let birthday = || bob.fetch_user_full(&*name).expect("told").birthday();
    assert_eq!(birthday(), Some(Birthday::new(1, 2)));

    let news = ann.create_channel(NewChat::channel("News")).expect("made");
    let error = ann.set_personal_channel(&news).expect_err("it has no name");
    assert!(error.is("PUBLIC_BROADCAST_EXPECTED"), "{error}");
    ann.set_chat_username(&news, "news_of_ann").expect("free");
    let error = bob
        .set_personal_channel("@news_of_ann")
        .expect_err("not his");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    let error = ann.set_personal_channel("me").expect_err("no channel");
    assert!(
        matches!(error, Error::Peer(PeerError::NotA { .. })),
        "{error}"
    );
    ann.set_personal_channel(&news).expect("set");
    let full = bob.fetch_user_full(&*name).expect("told");
    let shown = full.personal_channel_id().map(|id| -1_000_000_000_000 - id);
    assert_eq!(shown, Some(news.marked_id()));
    ann.clear_personal_channel().expect("cleared");
    let full = bob.fetch_user_full(&*name).expect("told");
    assert_eq!(full.personal_channel_id(), None);
}

#[test]
fn emoji_and_colours_take_premium() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let color = |color| -> PeerColor {
        types::PeerColor {
            color: Some(color),
            ..Default::default()
        }
        .into()
    };
    for error in [
        ann.set_emoji_status(Some(7), None).expect_err("no premium"),
        ann.set_name_color(Some(color(3))).expect_err("no premium"),
    ] {
        assert!(error.is("PREMIUM_ACCOUNT_REQUIRED"), "{error}");
    }
    dc.make_premium(ann.my_id().expect("signed in"));
    ann.set_emoji_status(Some(7), Some(2_000_000_000))
        .expect("set");
    ann.set_name_color(Some(color(3))).expect("set");
    ann.set_profile_color(Some(color(4))).expect("set");
    let error = ann
        .set_name_color(Some(color(99)))
        .expect_err("no such one");
    assert!(error.is("COLOR_INVALID"), "{error}");
    let error = ann
        .set_emoji_status(Some(0), None)
        .expect_err("no such one");
    assert!(error.is("DOCUMENT_INVALID"), "{error}");
    let me = ann.get_me().expect("signed in");
    assert!(me.is_premium());
    assert_eq!(me.raw.color, Some(color(3)));
    assert_eq!(me.raw.profile_color, Some(color(4)));
    assert!(me.raw.emoji_status.is_some());
    ann.set_emoji_status(None, None).expect("set");
    ann.set_name_color(None).expect("set");
    let me = ann.get_me().expect("signed in");
    assert!(me.raw.emoji_status.is_none() && me.raw.color.is_none());
}

#[test]
fn several_names_work_or_rest_and_have_an_order() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let me = ann.my_id().expect("signed in");
    let own = name_of(&ann).trim_start_matches('@').to_owned();
    dc.add_username(me, "ann_of_old");
    let error = bob.resolve_peer("@ann_of_old").expect_err("it rests");
    assert!(error.is("USERNAME_NOT_OCCUPIED"), "{error}");
    ann.set_username_active("@ann_of_old", true).expect("hers");
    bob.resolve_peer("@ann_of_old").expect("it works");
    assert_eq!(ann.get_me().expect("in").usernames(), [&*own, "ann_of_old"]);
    ann.reorder_usernames(["ann_of_old", &own]).expect("both");
    assert_eq!(ann.get_me().expect("in").usernames(), ["ann_of_old", &*own]);
    let error = ann
        .reorder_usernames(["nobody_here"])
        .expect_err("not hers");
    assert!(error.is("ORDER_INVALID"), "{error}");
    let error = ann.set_username_active("nobody_here", true);
    assert!(error.expect_err("not hers").is("USERNAME_INVALID"));
    assert!(!bob.check_username("ann_of_old").expect("told"));
    let error = bob.set_username("@ann_of_old").expect_err("hers");
    assert!(error.is("USERNAME_OCCUPIED"), "{error}");
    let renamed = bob.set_username("@bob_of_old").expect("free");
    assert_eq!(renamed.username(), Some("bob_of_old"));
}

#[test]
fn what_is_private_is_hidden_from_whom_the_rules_say() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, eve) = (dc.user(), dc.user(), dc.user());
    let (name, bobs) = (name_of(&ann), name_of(&bob));
    ann.set_online(true).expect("told");
    ann.set_birthday(Birthday::new(1, 2)).expect("set");
    let online =
        |client: &Client| matches!(seen(client, &name).status(), Some(UserStatus::Online(_)));
    assert!(online(&bob) && online(&eve));
    let rules = [PrivacyRule::allow_users([&bobs]), PrivacyRule::DisallowAll];
    for key in [PrivacyKey::LastSeen, PrivacyKey::Birthday] {
        let set = ann.set_privacy(key.clone(), &rules).expect("set");
        assert_eq!(set.peers.iter().count(), 1, "bob is shown");
    }
    assert!(online(&bob) && !online(&eve));
    let birthday = |client: &Client| client.fetch_user_full(&*name).expect("told").birthday();
    assert!(birthday(&bob).is_some() && birthday(&eve).is_none());

    let club = ann
        .create_channel(NewChat::supergroup("Club"))
        .expect("made");
    ann.invite_users(&club, [name_of(&eve)]).expect("taken in");
    let members = PrivacyRule::AllowMembers(vec![(&club).into()]);
    let rules = [members, PrivacyRule::disallow_users([&bobs])];
    ann.set_privacy(PrivacyKey::LastSeen, &rules).expect("set");
    assert!(online(&eve) && !online(&bob));
    let read = ann.privacy(PrivacyKey::LastSeen).expect("told");
    let [
        PrivacyRule::AllowMembers(groups),
        PrivacyRule::DisallowUsers(_),
    ] = &read.rules[..]
    else {
        panic!("{read:?}");
    };
    let set_again = ann
        .set_privacy(PrivacyKey::LastSeen, &read.rules)
        .expect("as it was");
    assert_eq!(set_again.rules, read.rules);
    assert_eq!(
        ann.resolve(&groups[0]).expect("known"),
        ann.resolve(&club).expect("known")
    );

    let error = ann
        .set_privacy(PrivacyKey::About, &[])
        .expect_err("no rules");
    assert!(error.is("PRIVACY_VALUE_INVALID"), "{error}");
    let people = [PrivacyRule::AllowMembers(vec!["me".into()])];
    let error = ann
        .set_privacy(PrivacyKey::About, &people)
        .expect_err("no group");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    assert_eq!(dc.executed("account.setPrivacy"), 5);
}

#[test]
fn members_of_a_group_see_less_where_the_rules_say_so() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, eve) = (dc.user(), dc.user(), dc.user());
    let name = name_of(&ann);
    ann.set_birthday(Birthday::new(1, 2)).expect("set");
    let group = -dc.add_group(
        "Office",
        ann.my_id().expect("she"),
        &[eve.my_id().expect("eve")],
    );
    ann.learn_peers_from_dialogs().expect("read");
    let office = PrivacyRule::DisallowMembers(vec![group.into()]);
    let rules = [office, PrivacyRule::AllowAll];
    let set = ann.set_privacy(PrivacyKey::Birthday, &rules).expect("set");
    assert_eq!(set.rules, rules);
    let birthday = |client: &Client| client.fetch_user_full(&*name).expect("told").birthday();
    assert!(birthday(&bob).is_some() && birthday(&eve).is_none());
}

#[test]
fn photos_are_listed_once_with_a_total_and_hidden_ones_are_not() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let name = name_of(&ann);
    let upload = |side: u32| {
        let file = Upload::bytes(picture(side, side)).name("me.jpg");
        ann.upload(file).expect("it goes up")
    };
    let error = ann.set_profile_photo(&upload(100)).expect_err("too small");
    assert!(error.is("PHOTO_CROP_SIZE_SMALL"), "{error}");
    assert_eq!(bob.iter_profile_photos(&*name).count(), 0);
    let file = upload(200);
    let set = (0..130).map(|_| ann.set_profile_photo(&file).expect("set").id());
    let mut set: Vec<i64> = set.collect();
    set.reverse();
    let asked = dc.executed("photos.getUserPhotos");
    let mut photos = bob.iter_profile_photos(&*name);
    assert_eq!(photos.total().expect("told"), 130);
    let ids: Vec<i64> = photos.map(|it| it.expect("it comes").id()).collect();
    assert_eq!(ids, set);
    assert_eq!(dc.executed("photos.getUserPhotos") - asked, 2);
    let few = bob.iter_profile_photos(&*name).limit(10).count();
    assert_eq!((few, dc.executed("photos.getUserPhotos") - asked), (10, 3));
    assert!(seen(&bob, &name).photo().is_some());

    let first = bob
        .iter_profile_photos(&*name)
        .next()
        .expect("some")
        .expect("it comes");
    dc.expire_file_references();
    let bytes = bob
        .download(&first)
        .to_bytes()
        .expect("it is looked for again");
    assert!(!bytes.is_empty());

    let own = ann.iter_profile_photos("me").take(3);
    let own: Vec<_> = own.collect::<Result<_, _>>().expect("they come");
    ann.choose_profile_photo(&own[2]).expect("hers");
    let now = ann
        .iter_profile_photos("me")
        .next()
        .expect("some")
        .expect("it comes");
    assert_eq!(now.id(), own[2].id());
    ann.clear_profile_photo().expect("cleared");
    assert_eq!(ann.delete_profile_photos(&own).expect("hers").len(), 2);
    let error = bob.delete_profile_photos(&own).expect("none is his");
    assert!(error.is_empty());
    let left: HashSet<i64> = ann
        .iter_profile_photos("me")
        .map(|it| it.expect("it comes").id())
        .collect();
    assert_eq!(left.len(), 127);

    ann.set_privacy(PrivacyKey::Photos, &[PrivacyRule::DisallowAll])
        .expect("set");
    assert_eq!(bob.iter_profile_photos(&*name).count(), 0);
    let public = ann.set_public_photo(&file).expect("set");
    let shown = bob
        .iter_profile_photos(&*name)
        .next()
        .expect("one")
        .expect("it comes");
    assert_eq!(shown.id(), public.id());
}

#[test]
fn bots_are_told_before_anything_is_sent() {
    let dc = LocalDc::start().expect("it listens");
    let bot = dc.bot();
    let errors = [
        bot.set_profile(ProfileChanges::new()).map(drop),
        bot.set_online(true),
        bot.privacy(PrivacyKey::About).map(drop),
        bot.contacts().map(drop),
        bot.web_sessions().map(drop),
        bot.iter_blocked(Default::default())
            .next()
            .expect("an error")
            .map(drop),
    ];
    for error in errors {
        let error = error.expect_err("not for bots");
        assert!(matches!(error, Error::NotForBots { .. }), "{error}");
    }
    assert_eq!(dc.executed("account.updateProfile"), 0);
    assert_eq!(dc.executed("contacts.getBlocked"), 0);
}

#[test]
fn photos_move_and_are_given_to_bots_and_contacts() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, bot) = (dc.user(), dc.user(), dc.bot());
    let (ann_id, bot_id) = (ann.my_id().expect("she"), bot.my_id().expect("it"));
    let (bobs, bots) = (name_of(&bob), name_of(&bot));
    let upload = |bytes: &[u8], name: &str| {
        let file = Upload::bytes(bytes).name(name);
        ann.upload(file).expect("it goes up")
    };
    let still = upload(&picture(200, 200), "me.jpg");
    let video = upload(b"\0\0\0\x18ftypmp42 and so on", "me.mp4");
    let moving = ann.set_profile_video(&video, 0.5).expect("set");
    let sizes = moving.raw.video_sizes.as_deref().unwrap_or_default();
    assert_eq!(sizes.len(), 1, "it moves");
    let error = ann.set_profile_video(&still, 0.0).expect_err("it is still");
    assert!(error.is("VIDEO_FILE_INVALID"), "{error}");

    let error = ann.set_bot_photo(&*bots, &still).expect_err("nobody's");
    assert!(error.is("BOT_INVALID"), "{error}");
    dc.give_bot(ann_id, bot_id);
    let photo = ann.set_bot_photo(&*bots, &still).expect("hers");
    let its = seen(&bob, &bots);
    let Some(UserProfilePhoto::Photo(shown)) = its.photo() else {
        panic!("it has one: {its:?}");
    };
    assert_eq!(shown.photo_id, photo.id());
    let own = ann.iter_profile_photos("me");
    let own: Vec<i64> = own.map(|it| it.expect("it comes").id()).collect();
    assert_eq!(own, [moving.id()], "hers are as they were");

    let give = |suggest| ann.set_contact_photo(&*bobs, &still, suggest);
    let error = give(false).expect_err("no contact");
    assert!(error.is("CONTACT_MISSING"), "{error}");
    ann.add_contact(&*bobs, ContactName::new("Bob"))
        .expect("added");
    give(true).expect("suggested");
    assert!(seen(&ann, &bobs).photo().is_none(), "he has not taken it");
    let said = ann.iter_messages(&*bobs).with_service().next();
    let said = said.expect("it says so").expect("read");
    assert!(matches!(said, HistoryEntry::Service(_)), "{said:?}");
    give(false).expect("given");
    assert!(seen(&ann, &bobs).photo().is_some());
    let eve = dc.user();
    assert!(seen(&eve, &bobs).photo().is_none(), "she alone sees it");
}

#[test]
fn settings_of_privacy_for_all_are_kept_as_they_were_set() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let open = ann.global_privacy().expect("told");
    assert_eq!(open, GlobalPrivacy::default());
    let wanted = open
        .archive_strangers(true)
        .keep_archived(true)
        .keep_archived_folders(true)
        .hide_read_dates(true)
        .paid_messages(Some(5))
        .gifts_button(true);
    let set = ann.set_global_privacy(wanted.clone()).expect("set");
    assert_eq!(set, wanted);
    assert_eq!(ann.global_privacy().expect("told"), wanted);
    let refused = types::DisallowedGiftsSettings {
        disallow_limited_stargifts: true,
        ..Default::default()
    };
    for premium in [
        wanted.clone().premium_strangers_only(true),
        wanted.refused_gifts(refused),
    ] {
        let error = ann.set_global_privacy(premium).expect_err("no premium");
        assert!(error.is("PREMIUM_ACCOUNT_REQUIRED"), "{error}");
    }
}
