//! How groups and channels look, and what holds in them.
use ferogram_sync::tl::{enums, types};
use ferogram_sync::{
    AccountError, Chat, Client, Error, NewChat, NewChatPhoto, ParticipantStatus, PeerError,
    PinOptions, Upload,
};
use localdc::{LocalDc, NewChannel};

fn club(client: &Client) -> Chat {
    let made = client.create_channel(NewChat::supergroup("Club"));
    made.expect("made")
}

/// A PNG file as far as its size goes.
fn picture() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend([640_u32.to_be_bytes(), 640_u32.to_be_bytes()].concat());
    file.resize(2000, 9);
    file
}

#[test]
fn a_chat_is_given_a_photo_from_a_file_and_from_another_chat() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let (one, group) = (
        club(&ann),
        -dc.add_group("Friends", ann.my_id().expect("she"), &[]),
    );
    let file = ann.upload(Upload::bytes(picture()).name("a.png"));
    ann.set_chat_photo(&one, file.expect("sent")).expect("set");
    let photo = ann.fetch_chat_full(&one).expect("told").photo();
    let photo = photo.expect("it has one");
    assert_eq!(ann.download(&photo).to_bytes().expect("read"), picture());
    let shown = ann.fetch_chat(&one).expect("told");
    assert!(matches!(&shown, Chat::Channel(it) if it.photo().is_some()));
    ann.set_chat_photo(group, NewChatPhoto::from(photo))
        .expect("set");
    let full = ann.fetch_chat_full(group).expect("told");
    assert!(full.photo().is_some() && full.is_small_group());
    ann.delete_chat_photo(group).expect("taken away");
    let error = ann.delete_chat_photo(group).expect_err("there is none");
    assert!(error.is("CHAT_NOT_MODIFIED"), "{error}");
    let text = ann.upload(Upload::bytes(b"no picture").name("a.txt"));
    let error = ann.set_chat_photo(&one, text.expect("sent"));
    assert!(error.expect_err("no picture").is("IMAGE_PROCESS_FAILED"));
}

#[test]
fn rules_are_set_and_told() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let club = club(&ann);
    ann.set_anti_spam(&club, true).expect("set");
    ann.hide_participants(&club, true).expect("set");
    ann.set_chat_reactions(&club, enums::ChatReactions::None, Some(3))
        .expect("set");
    ann.set_boosts_to_unblock(&club, 2).expect("set");
    let full = ann.fetch_chat_full(&club).expect("told");
    assert!(full.has_anti_spam() && full.has_hidden_participants());
    assert_eq!(full.reactions(), Some(&enums::ChatReactions::None));
    let error = ann
        .set_join_requests(&club, true)
        .expect_err("it is private");
    assert!(error.is("CHAT_PUBLIC_REQUIRED"), "{error}");
    ann.set_chat_username(&club, "the_quiet_club").expect("set");
    ann.set_join_requests(&club, true).expect("set");
    ann.set_join_to_send(&club, true).expect("set");
    let error = bob
        .join_chat("@the_quiet_club")
        .expect_err("he has to wait");
    assert!(error.is("INVITE_REQUEST_SENT"), "{error}");
    ann.approve_all_join_requests(&club, None).expect("let in");
    bob.send_message("@the_quiet_club", "Hello").expect("sent");
    let error = bob
        .iter_participants("@the_quiet_club")
        .next()
        .expect("an item");
    assert!(error.expect_err("hidden").is("CHAT_ADMIN_REQUIRED"));
    let error = bob
        .set_anti_spam("@the_quiet_club", false)
        .expect_err("hers");
    assert!(error.is("CHAT_ADMIN_REQUIRED"), "{error}");
    let error = ann.set_anti_spam("me", true).expect_err("no channel");
    assert!(matches!(error, Error::Peer(PeerError::NotA { .. })));
    assert!(!error.to_string().contains("migrate_chat"), "{error}");
    let bob = bob.get_me().expect("signed in");
    let (friends, _) = ann.create_group("Friends", [&bob]).expect("made");
    let error = ann.set_slow_mode(&friends, 10).expect_err("a small group");
    assert!(error.to_string().contains("migrate_chat"), "{error}");
}

#[test]
fn looks_are_set_and_told() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let club = club(&ann);
    ann.set_chat_location(&club, (48.2, 16.4), "A garden")
        .expect("set");
    let short_name = "Flowers".to_owned();
    let set = types::InputStickerSetShortName { short_name };
    ann.set_chat_stickers(&club, set.clone().into())
        .expect("set");
    ann.set_chat_emoji(&club, set.into()).expect("set");
    ann.set_chat_color(&club, Some(5), None, false)
        .expect("set");
    let status = types::EmojiStatus {
        document_id: 7,
        until: None,
    };
    ann.set_chat_emoji_status(&club, status.into())
        .expect("set");
    let full = ann.fetch_chat_full(&club).expect("told");
    let enums::ChatFull::ChannelFull(raw) = &full.raw else {
        panic!("a channel");
    };
    assert!(raw.location.is_some() && raw.stickerset.is_some() && raw.emojiset.is_some());
    let Some(Chat::Channel(shown)) = full.chat() else {
        panic!("it came with it");
    };
    let enums::Chat::Channel(shown) = &*shown.raw else {
        panic!("it is whole");
    };
    assert!(shown.color.is_some() && shown.emoji_status.is_some());
    let bob = dc.user();
    let name = bob.get_me().expect("he").username().map(str::to_owned);
    let name = name.expect("everybody has one");
    ann.set_chat_theme(&*format!("@{name}"), "\u{1f338}")
        .expect("set");
    assert_eq!(
        ann.iter_messages(&*format!("@{name}"))
            .with_service()
            .count(),
        1
    );
}

#[test]
fn names_that_were_bought_are_ordered_and_switched() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let club = NewChannel::new("Club", "club_one").megagroup();
    let id = dc.add_channel(club.owner(ann.my_id().expect("she")));
    for name in ["club_two", "club_three"] {
        dc.give_username(id, name);
    }
    let names = || match ann.fetch_chat("@club_one").expect("told") {
        Chat::Channel(it) => it.usernames().into_iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    assert_eq!(names(), ["club_one", "club_two", "club_three"]);
    let order = ["club_one", "@club_three", "club_two"];
    ann.reorder_chat_usernames("@club_one", order)
        .expect("ordered");
    assert_eq!(names(), ["club_one", "club_three", "club_two"]);
    ann.toggle_chat_username("@club_one", "club_two", false)
        .expect("off");
    assert_eq!(names(), ["club_one", "club_three"]);
    assert!(dc.user().fetch_chat("@club_two").is_err());
    assert!(dc.user().fetch_chat("@club_three").is_ok());
    ann.deactivate_chat_usernames("@club_one").expect("off");
    assert_eq!(names(), ["club_one"]);
    assert!(
        !ann.check_chat_username("@club_one", "club_one")
            .expect("told")
    );
    assert!(
        ann.check_chat_username("@club_one", "club_four")
            .expect("told")
    );
}

#[test]
fn a_chat_is_given_away_with_the_password_alone() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    let club = NewChannel::private("Club").megagroup().owner(ann_id);
    let club = -1_000_000_000_000 - dc.add_channel(club.members([bob_id]));
    assert_eq!(ann.iter_participants(club).count(), 2);
    let error = ann.transfer_ownership(club, bob_id, "secret");
    assert!(matches!(
        error,
        Err(Error::Account(AccountError::NoPassword))
    ));
    dc.set_password(ann_id, Some("secret"));
    let error = ann
        .transfer_ownership(club, bob_id, "wrong")
        .expect_err("wrong");
    assert!(error.is("PASSWORD_HASH_INVALID"), "{error}");
    assert!(!format!("{error:?}").contains("trout"));
    ann.transfer_ownership(club, bob_id, "secret")
        .expect("given");
    assert!(ann.permissions(club, bob_id).expect("told").is_creator());
    let her = ann.participant(club, "me").expect("told");
    assert_eq!(her.status(), ParticipantStatus::Admin);
    let error = ann.transfer_ownership(club, bob_id, "secret");
    assert!(error.expect_err("not hers").is("CHAT_ADMIN_REQUIRED"));
    ann.set_rank(club, "me", "founder").expect("set");
    assert_eq!(
        ann.participant(club, "me").expect("told").rank(),
        Some("founder")
    );
}

/// A channel of Ann's that has so many boosts.
fn boosted(dc: &LocalDc, ann: &Client, boosts: i32) -> i64 {
    let news = NewChannel::private("News").owner(ann.my_id().expect("she"));
    let news = -1_000_000_000_000 - dc.add_channel(news);
    ann.learn_peers_from_dialogs().expect("read");
    dc.give_boosts(ann.my_id().expect("she"), boosts);
    if boosts > 0 {
        ann.apply_boosts(news, 1..=boosts).expect("given");
    }
    news
}

#[test]
fn what_boosts_unlock_is_set_where_there_are_enough() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let (plain, rich) = (boosted(&dc, &ann, 0), boosted(&dc, &ann, 50));
    let translated = |chat| match ann.fetch_chat(chat).expect("told") {
        Chat::Channel(it) => match &*it.raw {
            enums::Chat::Channel(raw) => raw.autotranslation,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let error = ann.set_auto_translation(plain, true).expect_err("poor");
    assert!(error.is("BOOSTS_REQUIRED"), "{error}");
    ann.set_auto_translation(rich, true).expect("set");
    assert!(translated(rich) && !translated(plain));
    ann.set_auto_translation(rich, false).expect("set");
    assert!(!translated(rich));

    let without_ads = |chat| match ann.fetch_chat_full(chat).expect("told").raw {
        enums::ChatFull::ChannelFull(raw) => raw.restricted_sponsored,
        other => panic!("{other:?}"),
    };
    let error = ann.restrict_sponsored_messages(plain, true);
    assert!(error.expect_err("poor").is("BOOSTS_REQUIRED"));
    ann.restrict_sponsored_messages(rich, true).expect("set");
    assert!(without_ads(rich) && !without_ads(plain));
    let error = ann.restrict_sponsored_messages(rich, true);
    assert!(error.expect_err("it is so").is("CHAT_NOT_MODIFIED"));
    ann.restrict_sponsored_messages(rich, false).expect("set");
    assert!(!without_ads(rich));
    let error = ann.restrict_sponsored_messages("me", true);
    let error = error.expect_err("no channel");
    assert!(matches!(error, Error::Peer(PeerError::NotA { .. })));
}

#[test]
fn all_that_is_told_of_a_chat_is_what_was_set() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (ann_id, bob_id) = (ann.my_id().expect("she"), bob.my_id().expect("he"));
    let club = NewChannel::new("Club", "the_whole_club").megagroup();
    dc.add_channel(club.owner(ann_id).members([bob_id]));
    let club = "@the_whole_club";
    let before = ann.fetch_chat_full(club).expect("told");
    assert_eq!(
        (before.slow_mode(), before.pinned_message_id()),
        (None, None)
    );
    assert!(!before.has_hidden_history() && before.default_send_as().is_none());

    ann.set_slow_mode(club, 30).expect("set");
    ann.hide_history(club, true).expect("set");
    let said = ann.send_message(club, "Hello").expect("sent");
    ann.pin_message(club, said.id(), PinOptions::new())
        .expect("pinned");
    ann.set_online(true).expect("told");
    ann.set_default_send_as(club, "me").expect("hers");
    let full = ann.fetch_chat_full(club).expect("told");
    assert_eq!(full.slow_mode(), Some(30));
    assert_eq!(full.pinned_message_id(), Some(said.id()));
    assert_eq!(full.online_count(), Some(1));
    assert_eq!(ann.online_count(club).expect("told"), 1);
    assert!(full.has_hidden_history() && full.has_statistics());
    assert!(matches!(
        full.default_send_as(),
        Some(enums::Peer::User(it)) if it.user_id == ann_id
    ));
    let link = full.invite_link().expect("she may invite");
    assert!(link.is_permanent() && link.admin_id() == ann_id);
    assert!(!link.is_request_needed());
    let his = bob.fetch_chat_full(club).expect("told");
    assert!(!his.has_statistics() && his.invite_link().is_none());
    assert!(his.default_send_as().is_none(), "that is hers alone");
}
