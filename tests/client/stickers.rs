//! Sticker sets, and what an account keeps of stickers and GIFs.
use std::collections::HashSet;

use ferogram_sync::tl::enums;
use ferogram_sync::{
    Client, Error, Media, NewSticker, NewStickerSet, SetChange, Sticker, StickerKind, StickerSet,
    Upload,
};
use localdc::LocalDc;

fn scene() -> (LocalDc, Client) {
    let telegram = LocalDc::start().expect("it listens");
    let client = telegram.user();
    (telegram, client)
}

fn file(bytes: &'static [u8]) -> Upload<'static> {
    Upload::bytes(bytes).name("sticker.webp")
}

fn names(sets: &[StickerSet]) -> Vec<&str> {
    sets.iter().map(StickerSet::short_name).collect()
}

fn emoji(set: &StickerSet) -> Vec<&str> {
    set.stickers.iter().map(Sticker::emoji).collect()
}

fn refused<T>(outcome: Result<T, Error>, name: &str) {
    match outcome.err() {
        Some(Error::Rpc(error)) => assert!(error.is(name), "{error}"),
        Some(error) => panic!("{error}"),
        None => panic!("it was not refused: {name}"),
    }
}

#[test]
fn a_set_is_found_installed_arranged_and_put_away() {
    let (telegram, client) = scene();
    let [cats, dogs, birds] =
        ["Cats", "Dogs", "Birds"].map(|title| telegram.add_sticker_set(title, &["🐱", "🐶"]));
    refused(client.sticker_set("no_such_set"), "STICKERSET_INVALID");
    for link in [
        cats.clone(),
        format!("https://t.me/addstickers/{cats}"),
        format!("tg://addstickers?set={cats}"),
    ] {
        let set = client.sticker_set(&link[..]).expect("it is there");
        assert_eq!((set.title(), set.is_whole()), ("Cats", true), "{link}");
    }
    for set in [&cats, &dogs, &birds] {
        let archived = client.install_sticker_set(&set[..], false);
        assert!(archived.expect("it is there").is_empty());
    }
    let sets = client.sticker_sets(StickerKind::Stickers).expect("a list");
    assert_eq!(names(&sets), [&birds, &dogs, &cats], "the newest first");
    assert!(sets.iter().all(StickerSet::is_installed));
    let of_emoji = client.sticker_sets(StickerKind::Emoji).expect("a list");
    assert!(of_emoji.is_empty());
    let order = [sets[2].id(), sets[0].id()];
    client
        .reorder_sticker_sets(StickerKind::Stickers, &order)
        .expect("it is done");
    let sets = client.sticker_sets(StickerKind::Stickers).expect("a list");
    assert_eq!(names(&sets), [&cats, &birds, &dogs]);
    client
        .change_sticker_sets([&sets[0], &sets[1]], SetChange::Archive)
        .expect("it is done");
    let archived = client.archived_sticker_sets(StickerKind::Stickers);
    let archived: Result<Vec<_>, _> = archived.collect();
    assert_eq!(names(&archived.expect("a list")), [&cats, &birds]);
    client
        .change_sticker_sets([&cats[..]], SetChange::Unarchive)
        .expect("it is done");
    assert!(
        client
            .uninstall_sticker_set(&dogs[..])
            .expect("it was there")
    );
    assert!(!client.uninstall_sticker_set(&dogs[..]).expect("it is gone"));
    let sets = client.sticker_sets(StickerKind::Stickers).expect("a list");
    assert_eq!(names(&sets), [&cats]);
    let found = client.search_sticker_sets(StickerKind::Stickers, "irds");
    assert_eq!(names(&found.expect("a list")), [&birds]);
    let shown = client.featured_sticker_sets(StickerKind::Stickers);
    assert_eq!(shown.expect("a list").len(), 3);
}

#[test]
fn many_archived_sets_come_page_by_page() {
    let (telegram, client) = scene();
    let mut all = HashSet::new();
    for number in 0..120 {
        let set = telegram.add_sticker_set(&format!("Set {number}"), &["🐱"]);
        client
            .install_sticker_set(&set[..], true)
            .expect("it is there");
        all.insert(set);
    }
    let sets = client.archived_sticker_sets(StickerKind::Stickers);
    let got: Vec<String> = sets
        .map(|set| set.expect("a page comes").short_name().to_owned())
        .collect();
    assert_eq!(got.len(), 120);
    let pages = telegram.executed("messages.getArchivedStickers");
    assert!(pages <= 3, "{pages} pages, each asked for behind the last");
    assert_eq!(got.iter().cloned().collect::<HashSet<_>>(), all);
    // Where a page has ended is not in the list any more: the server begins anew.
    let mut seen: Vec<String> = Vec::new();
    for set in client.archived_sticker_sets(StickerKind::Stickers) {
        seen.push(set.expect("a page comes").short_name().to_owned());
        if seen.len() == 1 {
            client
                .change_sticker_sets([&got[99][..]], SetChange::Unarchive)
                .expect("it is done");
        }
    }
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), seen.len());
    assert!(seen.len() >= 119, "{}", seen.len());
}

#[test]
fn a_set_is_made_changed_and_deleted() {
    let (_telegram, client) = scene();
    let set = NewStickerSet::new("My cats", "my_cats")
        .sticker(NewSticker::new(file(b"RIFF1"), "🐱").keywords("cat, pet"))
        .sticker(NewSticker::new(file(b"RIFF2"), "🐶"))
        .thumb(Upload::bytes(&b"a picture"[..]).name("thumb.webp"));
    let set = client.create_sticker_set(set).expect("it is made");
    assert_eq!(emoji(&set), ["🐱", "🐶"]);
    assert!(set.is_own() && set.kind() == StickerKind::Stickers);
    let picture = client.download(&set).to_bytes().expect("it comes");
    assert_eq!(picture, b"a picture");
    let again = NewStickerSet::new("Others", "MY_CATS").sticker(NewSticker::new(file(b"R"), "🐱"));
    refused(client.create_sticker_set(again), "PACK_SHORT_NAME_OCCUPIED");
    let nothing = client.create_sticker_set(NewStickerSet::new("None", "none_at_all"));
    assert!(matches!(nothing, Err(Error::Argument(_))));
    let set = client.add_sticker(&set, NewSticker::new(file(b"RIFF3"), "🐦"));
    let set = set.expect("it is put in");
    let set = client.move_sticker(&set.stickers[2], 0).expect("it moves");
    assert_eq!(emoji(&set), ["🐦", "🐱", "🐶"]);
    let new = NewSticker::new(file(b"RIFF4"), "🐸");
    let set = client
        .replace_sticker(&set.stickers[1], new)
        .expect("it is put there");
    let set = client.change_sticker(&set.stickers[0], Some("🦉"), Some("owl"));
    let set = set.expect("it is changed");
    assert_eq!(emoji(&set), ["🦉", "🐸", "🐶"]);
    let set = client.remove_sticker(&set.stickers[2]).expect("it goes");
    let set = client
        .rename_sticker_set(&set, "Birds and frogs")
        .expect("it is renamed");
    assert_eq!(
        (set.title(), emoji(&set)),
        ("Birds and frogs", vec!["🦉", "🐸"])
    );
    let frog = client.download(&set.stickers[1]).to_bytes();
    assert_eq!(frog.expect("it comes"), b"RIFF4");
    let own: Result<Vec<_>, _> = client.own_sticker_sets().collect();
    assert_eq!(names(&own.expect("a list")), ["my_cats"]);
    refused(
        client.check_sticker_set_name("my_cats"),
        "SHORT_NAME_OCCUPIED",
    );
    let free = client
        .suggest_sticker_set_name("My cats")
        .expect("there is one");
    assert!(client.check_sticker_set_name(free).expect("it is free"));
    assert!(client.delete_sticker_set(&set).expect("it goes"));
    refused(client.sticker_set("my_cats"), "STICKERSET_INVALID");
}

/// Masks and emoji are in lists of their own.
#[test]
fn each_kind_of_sets_has_its_own_order() {
    let (_telegram, client) = scene();
    for kind in [StickerKind::Masks, StickerKind::Emoji] {
        let sets = ["one", "two"].map(|name| {
            let name = format!("{name}_{kind:?}").to_lowercase();
            let set = NewStickerSet::new("A set", name).kind(kind);
            let set = set.sticker(NewSticker::new(file(b"RIFF"), "🐱"));
            client.create_sticker_set(set).expect("it is made")
        });
        let listed = || client.sticker_sets(kind).expect("a list");
        for set in &sets {
            client.install_sticker_set(set, false).expect("it is there");
        }
        let before: Vec<i64> = listed().iter().map(StickerSet::id).collect();
        assert_eq!(before.len(), 2, "{kind:?}");
        let order = [before[1], before[0]];
        client
            .reorder_sticker_sets(kind, &order)
            .expect("it is done");
        let after: Vec<i64> = listed().iter().map(StickerSet::id).collect();
        assert_eq!(after, order, "{kind:?}");
    }
}

#[test]
fn nobody_else_changes_a_set() {
    let (telegram, client) = scene();
    let set = NewStickerSet::new("Mine", "only_mine").sticker(NewSticker::new(file(b"R"), "🐱"));
    client.create_sticker_set(set).expect("it is made");
    let other = telegram.user();
    let set = other.sticker_set("only_mine").expect("everybody sees it");
    assert!(!set.is_own());
    refused(other.remove_sticker(&set.stickers[0]), "STICKER_INVALID");
    refused(other.delete_sticker_set(&set), "STICKERSET_INVALID");
    let more = other.add_sticker(&set, NewSticker::new(file(b"R"), "🐱"));
    refused(more, "STICKERSET_INVALID");
}

#[test]
fn a_bot_makes_sets_for_users_under_its_own_name() {
    let telegram = LocalDc::start().expect("it listens");
    let (bot, user) = (telegram.bot(), telegram.user());
    let me = bot.get_me().expect("it is signed in");
    let username = me.username().expect("bots have one");
    user.send_message(username, "/start").expect("it is sent");
    let owner = user.my_id_or_fetch().expect("signed in");
    let set = |name: String| {
        let set = NewStickerSet::new("For you", name).owner(owner);
        set.sticker(NewSticker::new(file(b"R"), "🐱"))
    };
    let wrong = bot.create_sticker_set(set("for_you".to_owned()));
    refused(wrong, "PACK_SHORT_NAME_INVALID");
    let made = bot.create_sticker_set(set(format!("for_you_by_{username}")));
    let made = made.expect("it is made");
    assert!(!made.is_own(), "it is the user's");
    let made = bot.add_sticker(&made, NewSticker::new(file(b"S"), "🐶"));
    let made = made.expect("it may change it");
    let seen = user.sticker_set(made.short_name()).expect("it is there");
    assert!(seen.is_own() && seen.count() == 2);
    let users_only = bot.sticker_sets(StickerKind::Stickers);
    assert!(matches!(users_only, Err(Error::NotForBots { .. })));
}

#[test]
fn favourites_recent_ones_and_gifs_are_kept() {
    let (telegram, client) = scene();
    let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    let set = client.sticker_set(&name[..]).expect("it is there");
    for sticker in &set.stickers {
        client.fave_sticker(sticker, true).expect("it is done");
        client
            .save_recent_sticker(sticker, true)
            .expect("it is done");
    }
    let ids = |list: Vec<Sticker>| list.iter().map(Sticker::id).collect::<Vec<_>>();
    let newest_first = [set.stickers[1].id(), set.stickers[0].id()];
    assert_eq!(ids(client.faved_stickers().expect("a list")), newest_first);
    assert_eq!(ids(client.recent_stickers().expect("a list")), newest_first);
    client
        .fave_sticker(&set.stickers[1], false)
        .expect("it is done");
    assert_eq!(
        ids(client.faved_stickers().expect("a list")),
        newest_first[1..]
    );
    client.clear_recent_stickers().expect("it is done");
    assert!(client.recent_stickers().expect("a list").is_empty());
    let found = client.stickers_for("🐶").expect("a list");
    assert_eq!(ids(found), [set.stickers[1].id()]);
    let dance = Media::animation(Upload::bytes(&b"GIF89a"[..]).name("a.gif"));
    let dance = client.send_media("me", dance, "").expect("it is sent");
    let dance = dance.document().expect("it carries one");
    client.save_gif(&dance, true).expect("it is done");
    let gifs = client.saved_gifs().expect("a list");
    assert_eq!((gifs.len(), gifs[0].id()), (1, dance.id()));
    client.save_gif(&gifs[0], false).expect("it is done");
    assert!(client.saved_gifs().expect("a list").is_empty());
}

/// A reference that has expired is renewed from the place where the sticker was seen, whatever is
/// done with it.
#[test]
fn expired_references_of_stickers_are_renewed() {
    let (telegram, client) = scene();
    let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    let set = client.sticker_set(&name[..]).expect("it is there");
    let cat = &set.stickers[0];
    client.fave_sticker(cat, true).expect("it is done");
    let faved = client.faved_stickers().expect("a list");
    let emoji = client.custom_emoji(&[cat.id()]).expect("a list");
    let found = client.stickers_for("🐱").expect("a list");
    let before = telegram.executed("messages.getStickerSet");
    telegram.expire_file_references();
    let sent = client.send_media("me", Media::sticker(cat), "");
    let sent = sent.expect("the set shows it again");
    assert_eq!(telegram.executed("messages.getStickerSet"), before + 1);
    assert_eq!(sent.sticker().expect("it carries one").id(), cat.id());
    for (origin, sticker) in [("faved", &faved[0]), ("found", &found[0])] {
        telegram.expire_file_references();
        let sent = client.send_media("me", Media::sticker(sticker), "");
        sent.unwrap_or_else(|error| panic!("{origin}: {error}"));
        telegram.expire_file_references();
        let down = client.download(sticker).to_bytes();
        down.unwrap_or_else(|error| panic!("{origin}: {error}"));
    }
    telegram.expire_file_references();
    let down = client.download(&emoji[0]).to_bytes();
    assert!(down.expect("it comes").starts_with(b"RIFF"));
    telegram.expire_file_references();
    client
        .fave_sticker(cat, false)
        .expect("it is renewed here too");
    // Where it is not any more, nothing can be renewed.
    telegram.expire_file_references();
    let gone = client.send_media("me", Media::sticker(&faved[0]), "");
    let error = gone.expect_err("it is no favourite any more");
    let is_gone = matches!(error, Error::File(ferogram_sync::FileError::Gone));
    assert!(is_gone, "{error}");
}

#[test]
fn a_sticker_says_which_set_it_is_of() {
    let (telegram, client) = scene();
    let name = telegram.add_sticker_set("Animals", &["🐱", "🐶"]);
    let set = client.sticker_set(&name[..]).expect("it is there");
    let sent = client.send_media("me", Media::sticker(&set.stickers[1]), "");
    let sticker = sent.expect("it is sent").sticker().expect("it carries one");
    let of = sticker.set().expect("it says so").clone();
    assert!(matches!(of, enums::InputStickerSet::Id(_)));
    assert_eq!(client.sticker_set(of).expect("it is there").id(), set.id());
}
