//! What a bot says of itself, and who sees what of it.
use std::time::Duration;

use ferogram_sync::tl::enums::{BotInfo, BotMenuButton, InputUser};
use ferogram_sync::tl::{functions, types};
use ferogram_sync::{
    AdminRights, BotProfileChanges, Client, Error, MenuButton, PeerError, Update, Updates,
};
use localdc::{LocalDc, NewUser};

/// Somebody whose app speaks a language, and who has written to the bot.
fn speaking(dc: &LocalDc, bot: &str, phone: &str, language: &str) -> Client {
    let id = dc.add_user(NewUser::new(phone, language));
    let builder = dc.client_builder().session(dc.session_of(id));
    let client = builder.lang_code(language).connect().expect("it is there");
    client.send_message(bot, "/start").expect("it exists");
    client
}

fn name_of(bot: &Client) -> String {
    let me = bot.get_me().expect("signed in");
    format!("@{}", me.username().expect("bots have one"))
}

fn next<T>(updates: &mut Updates, wanted: fn(Update) -> Option<T>) -> T {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Some(found) = wanted(update.expect("it comes")) {
            return found;
        }
    }
}

/// The name, the text in the profile and that in an empty chat, as somebody sees them.
fn seen(user: &Client, bot: &str) -> (String, String, String) {
    let full = user.fetch_user_full(bot).expect("told");
    let Some(BotInfo::Info(info)) = full.bot_info() else {
        panic!("it is a bot");
    };
    let description = info.description.clone().unwrap_or_default();
    let about = full.about().unwrap_or_default().to_owned();
    (full.user().full_name(), about, description)
}

fn three(name: &str, about: &str, description: &str) -> (String, String, String) {
    (name.to_owned(), about.to_owned(), description.to_owned())
}

#[test]
fn everybody_is_told_in_their_language() {
    let dc = LocalDc::start().expect("it listens");
    let bot = dc.bot();
    let name = name_of(&bot);
    let ann = speaking(&dc, &name, "+49301234501", "en");
    let bob = speaking(&dc, &name, "+49301234502", "de");
    let mut updates = bob.updates();
    let all = BotProfileChanges::new().name("Tea").about("Teas");
    bot.set_bot_profile(all.description("Ask me"))
        .expect("changed");
    let german = BotProfileChanges::new().language("de");
    bot.set_bot_profile(german.clone().name("Tee").description("Frag"))
        .expect("changed");
    assert_eq!(seen(&ann, &name), three("Tea", "Teas", "Ask me"));
    assert_eq!(seen(&bob, &name), three("Tee", "Teas", "Frag"));
    let mut names = std::iter::repeat_with(|| {
        next(&mut updates, |update| match update {
            Update::UserName(it) => Some(it.first_name().to_owned()),
            _ => None,
        })
    });
    assert!(names.by_ref().take(2).eq(["Tea", "Tee"]));
    // What is not said stays, and an empty text takes away what was said in that language.
    bot.set_bot_profile(german.clone().about("Tees"))
        .expect("changed");
    assert_eq!(seen(&bob, &name), three("Tee", "Tees", "Frag"));
    bot.set_bot_profile(german.name("").description(""))
        .expect("changed");
    assert_eq!(seen(&bob, &name), three("Tea", "Tees", "Ask me"));
    for (language, about) in [("", "Teas"), ("de", "Tees"), ("fr", "Teas")] {
        let told = bot.bot_profile("me", language).expect("told");
        let told = (told.name, told.about, told.description);
        assert_eq!(told, three("Tea", about, "Ask me"));
    }
    let full = bot.fetch_user_full("me").expect("told");
    assert_eq!(full.user().full_name(), "Tea");
}

#[test]
fn who_has_made_a_bot_speaks_for_it() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, bot) = (dc.user(), dc.user(), dc.bot());
    let name = name_of(&bot);
    dc.give_bot(
        ann.my_id().expect("signed in"),
        bot.my_id().expect("signed in"),
    );
    ann.set_bot_profile(BotProfileChanges::of(&*name).name("Tea").about("Teas"))
        .expect("it is hers");
    assert_eq!(seen(&bob, &name), three("Tea", "Teas", ""));
    assert_eq!(ann.bot_profile(&*name, "").expect("told").about, "Teas");
    // The bot itself may name itself in any way.
    let own = BotProfileChanges::of(&*name).description("Ask me");
    bot.set_bot_profile(own).expect("changed");
    assert_eq!(
        bot.bot_profile(&*name, "").expect("told").description,
        "Ask me"
    );
    let refused = |error: Result<(), Error>, name: &str| {
        let error = error.expect_err(name);
        assert!(error.is(name), "{error}");
    };
    let changes = || BotProfileChanges::of(&*name).about("Mine");
    refused(bob.set_bot_profile(changes()), "BOT_INVALID");
    refused(bob.bot_profile(&*name, "").map(drop), "BOT_INVALID");
    refused(
        ann.set_bot_profile(BotProfileChanges::new()),
        "USER_BOT_INVALID",
    );
    let german = changes().language("german");
    refused(ann.set_bot_profile(german), "LANG_CODE_INVALID");
    let nameless = BotProfileChanges::new().name("");
    refused(bot.set_bot_profile(nameless), "FIRSTNAME_INVALID");
    let group = -dc.add_group("Friends", ann.my_id().expect("she"), &[]);
    let error = ann.bot_profile(group, "").expect_err("no bot");
    assert!(
        matches!(error, Error::Peer(PeerError::NotA { .. })),
        "{error}"
    );
    assert_eq!(seen(&bob, &name), three("Tea", "Teas", "Ask me"));
}

#[test]
fn texts_have_so_many_letters() {
    let dc = LocalDc::start().expect("it listens");
    let bot = dc.bot();
    let text = |letters: usize| "\u{e4}".repeat(letters);
    let long = BotProfileChanges::new().name(text(64)).about(text(120));
    bot.set_bot_profile(long.description(text(512)))
        .expect("so many may be");
    for changes in [
        BotProfileChanges::new().name(text(65)),
        BotProfileChanges::new().about(text(121)),
        BotProfileChanges::new().description(text(513)),
    ] {
        let error = bot.set_bot_profile(changes).expect_err("too long");
        assert!(matches!(error, Error::Argument(_)), "{error}");
    }
    assert_eq!(dc.executed("bots.setBotInfo"), 1);
    let request = functions::bots::SetBotInfo {
        about: Some(text(121)),
        ..Default::default()
    };
    let error = bot.invoke(&request).expect_err("too long");
    assert!(error.is("ABOUT_TOO_LONG"), "{error}");
}

#[test]
fn the_menu_button_is_ones_own_or_that_of_all() {
    let dc = LocalDc::start().expect("it listens");
    let bot = dc.bot();
    let name = name_of(&bot);
    let ann = speaking(&dc, &name, "+49301234501", "en");
    let bob = speaking(&dc, &name, "+49301234502", "en");
    let ann_id = || Some(ann.my_id().expect("signed in").into());
    let found = |user: &Client| {
        let full = user.fetch_user_full(&*name).expect("told");
        let Some(BotInfo::Info(info)) = full.bot_info() else {
            panic!("it is a bot");
        };
        info.menu_button.clone()
    };
    let button = |update| match update {
        Update::MenuButton(it) => Some(it.button().clone()),
        _ => None,
    };
    assert_eq!(bot.menu_button(None).expect("told"), MenuButton::Commands);
    assert_eq!(
        bot.menu_button(ann_id()).expect("told"),
        MenuButton::Default
    );
    let (mut hers, mut his) = (ann.updates(), bob.updates());
    let shop = MenuButton::mini_app("Shop", "https://example.com/shop");
    let raw = Some(BotMenuButton::from(shop.clone()));
    bot.set_menu_button(None, shop.clone()).expect("set");
    assert_eq!((found(&ann), found(&bob)), (raw.clone(), raw.clone()));
    assert_eq!(bot.menu_button(None).expect("told"), shop);
    assert_eq!(
        bot.menu_button(ann_id()).expect("told"),
        MenuButton::Default
    );
    bot.set_menu_button(ann_id(), MenuButton::Commands)
        .expect("set");
    assert_eq!(found(&ann), Some(BotMenuButton::Commands));
    assert_eq!(found(&bob), raw);
    assert_eq!(
        bot.menu_button(ann_id()).expect("told"),
        MenuButton::Commands
    );
    // What is for all is told to who has none, and the default brings hers back to that.
    bot.set_menu_button(None, MenuButton::Commands)
        .expect("set");
    bot.set_menu_button(None, shop.clone()).expect("set");
    bot.set_menu_button(ann_id(), MenuButton::Default)
        .expect("set");
    assert_eq!(found(&ann), raw);
    let told: Vec<_> = (0..3).map(|_| Some(next(&mut hers, button))).collect();
    assert_eq!(
        told,
        [raw.clone(), Some(BotMenuButton::Commands), raw.clone()]
    );
    let told: Vec<_> = (0..3).map(|_| Some(next(&mut his, button))).collect();
    assert_eq!(told, [raw.clone(), Some(BotMenuButton::Commands), raw]);
    let error = bot.set_menu_button(None, MenuButton::Default);
    assert!(matches!(error, Err(Error::Argument(_))), "{error:?}");
    for (button, answer) in [
        (
            MenuButton::mini_app(" ", "https://example.com/"),
            "BUTTON_TEXT_INVALID",
        ),
        (
            MenuButton::mini_app("Shop", "http://example.com/"),
            "BUTTON_URL_INVALID",
        ),
    ] {
        let error = bot.set_menu_button(None, button).expect_err(answer);
        assert!(error.is(answer), "{error}");
    }
    for error in [
        ann.set_menu_button(None, MenuButton::Commands),
        ann.menu_button(None).map(drop),
    ] {
        assert!(matches!(error, Err(Error::NotForUsers { .. })), "{error:?}");
    }
    // The server's own default for all changes nothing.
    let request = functions::bots::SetBotMenuButton {
        user_id: InputUser::Empty,
        button: BotMenuButton::Default,
    };
    bot.invoke(&request).expect("it is no error");
    assert_eq!(bot.menu_button(None).expect("told"), shop);
}

#[test]
fn wanted_rights_are_kept_apart_for_groups_and_channels() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (dc.user(), dc.bot());
    let (groups, channels) = (
        AdminRights::new().ban_users(true),
        AdminRights::new().post_messages(true),
    );
    assert!(bot.bot_group_rights().expect("told").is_none());
    bot.set_bot_group_rights(groups.clone()).expect("set");
    bot.set_bot_channel_rights(channels.clone()).expect("set");
    assert_eq!(bot.bot_group_rights().expect("told"), groups);
    assert_eq!(bot.bot_channel_rights().expect("told"), channels);
    let full = ann.fetch_user_full(name_of(&bot)).expect("told");
    let shown = full.raw.bot_group_admin_rights.clone();
    assert_eq!(shown, Some(groups.raw.clone().into()));
    for error in [
        bot.set_bot_group_rights(groups),
        bot.set_bot_channel_rights(channels),
    ] {
        let error = error.expect_err("nothing changes");
        assert!(error.is("RIGHTS_NOT_MODIFIED"), "{error}");
    }
    bot.set_bot_group_rights(AdminRights::new()).expect("set");
    let full = ann.fetch_user_full(name_of(&bot)).expect("told");
    assert_eq!(full.raw.bot_group_admin_rights, None);
    assert!(bot.bot_group_rights().expect("told").is_none());
    for error in [
        ann.set_bot_group_rights(AdminRights::all()),
        ann.set_bot_channel_rights(AdminRights::all()),
    ] {
        assert!(matches!(error, Err(Error::NotForUsers { .. })), "{error:?}");
    }
    let none = types::ChatAdminRights::default();
    assert_eq!(bot.bot_group_rights().expect("told").raw, none);
}
