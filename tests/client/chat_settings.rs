//! How groups and channels look, and what holds in them.
use ferogram_sync::tl::{enums, types};
use ferogram_sync::{
    AccountError, Chat, Client, Error, NewChat, NewChatPhoto, ParticipantStatus, PeerError, Upload,
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
}

#[test]
fn looks_are_set_and_told() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let club = club(&ann);
    ann.set_chat_location(&club, (48.2, 16.4), "A garden")
        .expect("set");
    let short_name = "Flowers".to_owned();
    let set = types::InputStickerSetShortName { short_name }.into();
    ann.set_chat_stickers(&club, set).expect("set");
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
    assert!(raw.location.is_some() && raw.stickerset.is_some());
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
