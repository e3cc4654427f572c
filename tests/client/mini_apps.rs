//! Mini apps: opened, kept open, and what comes of them.
use std::thread;
use std::time::Duration;

use ferogram_sync::action::MessageAction;
use ferogram_sync::keyboard::{Button, InlineKeyboard};
use ferogram_sync::{
    Client, Error, HistoryEntry, InitData, InputInlineResult, InputMessage, MiniApp,
    ServiceMessage, Update,
};
use localdc::{LocalDc, NewBot, NewChannel};

const TOKEN: &str = "4242:teapot";

/// A bot with a main mini app and one by a name, which is signed in.
fn tea(telegram: &LocalDc) -> Client {
    let id = telegram.add_bot(NewBot::new(TOKEN, "tea_shop_bot"));
    telegram.add_mini_app(id, None, "https://tea.example/?from=main");
    telegram.add_mini_app(id, Some("shop"), "https://tea.example/shop");
    let bot = telegram.client_builder().in_memory().connect().unwrap();
    bot.bot_sign_in(TOKEN).unwrap();
    bot
}

/// Waits until something is so.
fn soon(mut is_true: impl FnMut() -> bool) {
    for _ in 0..60_000 {
        if is_true() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("it does not come to that");
}

#[test]
fn a_page_is_told_who_opens_it_and_its_bot_can_check_it() {
    let telegram = LocalDc::start().unwrap();
    let (_bot, ann) = (tea(&telegram), telegram.user());
    let her_id = ann.my_id().unwrap();
    let open = |app| ann.open_mini_app("@tea_shop_bot", app).unwrap();

    let main = open(MiniApp::main().start_param("green").platform("tdesktop"));
    let url = "https://tea.example/?from=main&tgWebAppStartParam=green#tgWebAppData=";
    assert!(main.url().starts_with(url), "{}", main.url());
    assert!(main.url().contains("tgWebAppPlatform=tdesktop"));
    assert_eq!(main.query_id(), None);
    let told = InitData::verify(&main.init_data().unwrap(), TOKEN).unwrap();
    assert_eq!(told.get("start_param"), Some("green"));
    assert!(
        told.get("user")
            .unwrap()
            .contains(&format!("\"id\":{her_id},"))
    );
    assert!(told.auth_date().is_some() && told.query_id().is_none());

    let named = open(
        MiniApp::named("shop")
            .theme("{\"bg_color\":\"#ffffff\"}")
            .fullscreen(true),
    );
    assert!(named.url().contains("tgWebAppThemeParams=%7B%22bg_color"));
    assert!(named.is_fullscreen() && !main.is_fullscreen());
    assert!(named.raw.fullsize && !open(MiniApp::main().compact(true)).raw.fullsize);

    let button = open(MiniApp::url("https://tea.example/4"));
    assert!(button.query_id().is_some());
    let told = InitData::verify(&button.init_data().unwrap(), TOKEN).unwrap();
    assert!(told.query_id().is_some_and(|id| id.starts_with("AA")));
    assert!(!format!("{button:?}").contains("tea.example"), "{button:?}");

    let reply = open(MiniApp::reply_button("https://tea.example/5"));
    assert_eq!(
        reply.init_data(),
        None,
        "such a page does not know who it is"
    );
    let inline = open(MiniApp::inline_button("https://tea.example/6"));
    assert!(inline.init_data().is_some());
    assert!(
        open(MiniApp::side_menu())
            .url()
            .starts_with("https://tea.example/?from=main")
    );
}

#[test]
fn what_cannot_be_opened_is_refused() {
    let telegram = LocalDc::start().unwrap();
    let (bot, ann, bob) = (tea(&telegram), telegram.user(), telegram.user());
    let refused = |bot: &str, app| ann.open_mini_app(bot, app).unwrap_err();
    for (app, name) in [
        (MiniApp::named("other"), "BOT_APP_SHORTNAME_INVALID"),
        (MiniApp::url("http://tea.example"), "URL_INVALID"),
        (MiniApp::reply_button("tea"), "URL_INVALID"),
        (
            MiniApp::named("shop").theme("white"),
            "THEME_PARAMS_INVALID",
        ),
    ] {
        let error = refused("@tea_shop_bot", app);
        assert!(error.is(name), "{name}: {error}");
    }
    let bobs_name = format!("@{}", bob.get_me().unwrap().username().unwrap());
    assert!(refused(&bobs_name, MiniApp::main()).is("BOT_INVALID"));
    for parameter in ["a b".to_owned(), "a".repeat(513)] {
        let error = refused("@tea_shop_bot", MiniApp::main().start_param(parameter));
        assert!(matches!(error, Error::Argument(_)), "{error}");
    }
    let error = bot
        .open_mini_app("@tea_shop_bot", MiniApp::main())
        .unwrap_err();
    assert!(matches!(error, Error::NotForBots { .. }), "{error}");
}

#[test]
fn one_that_nobody_prolongs_is_over() {
    let telegram = LocalDc::start().unwrap();
    let (_bot, ann) = (tea(&telegram), telegram.user());
    let open = |app| ann.open_mini_app("@tea_shop_bot", app).unwrap();
    let button = open(MiniApp::url("https://tea.example/4"));
    for passed in [60, 120, 180] {
        telegram.set_clock_shift(passed);
        button.prolong().unwrap();
    }
    telegram.set_clock_shift(180 + 100);
    let over = button.prolong().unwrap_err();
    assert!(over.is("QUERY_ID_INVALID"), "{over}");
    let guard = button.keep_open().unwrap();
    soon(|| !guard.is_open());
    let asked = || telegram.executed("messages.prolongWebView");
    let before = asked();
    open(MiniApp::main()).prolong().unwrap();
    assert_eq!(asked(), before, "where there is no query, nothing is asked");
}

#[test]
fn a_guard_prolongs_and_does_not_hold_the_client() {
    let telegram = LocalDc::start().unwrap();
    let (_bot, ann) = (tea(&telegram), telegram.user());
    let button = ann.open_mini_app("@tea_shop_bot", MiniApp::url("https://tea.example/4"));
    let button = button.unwrap();
    let guard = button.keep_open().unwrap();
    soon(|| telegram.executed("messages.prolongWebView") > 0);
    assert!(guard.is_open());
    drop(ann);
    soon(|| !guard.is_open());
    assert!(matches!(button.prolong(), Err(Error::Net(_))));
    assert!(matches!(button.keep_open(), Err(Error::Net(_))));
}

#[test]
fn what_it_hands_over_is_for_its_bot_alone() {
    let telegram = LocalDc::start().unwrap();
    let (bot, ann) = (tea(&telegram), telegram.user());
    let mut updates = bot.updates();
    let data = "{\"tea\":\"green\"}";
    ann.send_mini_app_data("@tea_shop_bot", "Choose", data)
        .unwrap();
    let told = |message: &ServiceMessage| {
        let MessageAction::MiniAppData(told) = message.action() else {
            panic!("{message:?}");
        };
        (told.button.to_owned(), told.data.map(str::to_owned))
    };
    let came = updates.iter().find_map(|update| match update {
        Update::ServiceMessage(message) => Some(message),
        _ => None,
    });
    let button = "Choose".to_owned();
    let whole = (button.clone(), Some(data.to_owned()));
    assert_eq!(told(&came.expect("the bot is told")), whole);
    let mut hers = ann.iter_messages("@tea_shop_bot").with_service();
    let Some(Ok(HistoryEntry::Service(hers))) = hers.next() else {
        panic!("it stands in her chat");
    };
    assert_eq!(
        told(&hers),
        (button, None),
        "she only sees that there was some"
    );
    let error = ann.send_mini_app_data("@tea_shop_bot", "Choose", "x".repeat(4097));
    assert!(error.unwrap_err().is("DATA_TOO_LONG"));
}

#[test]
fn its_bot_ends_it_by_a_message_for_the_user() {
    let telegram = LocalDc::start().unwrap();
    let (bot, ann) = (tea(&telegram), telegram.user());
    let first = ann.send_message("@tea_shop_bot", "Tea?").unwrap();
    let mut hers = ann.updates();
    let app = MiniApp::url("https://tea.example/4");
    let app = app.reply_to(first.id()).silent(true);
    let button = ann.open_mini_app("@tea_shop_bot", app).unwrap();
    button.prolong().unwrap();
    let told = InitData::verify(&button.init_data().unwrap(), TOKEN).unwrap();
    let query_id = told.query_id().unwrap();
    let more = InlineKeyboard::new().row([Button::callback("More", "more")]);
    let order = InputMessage::text("Two cups").markup(more);
    let order = || InputInlineResult::article("1", "Order", order.clone());
    let id = bot.answer_mini_app(query_id, order()).unwrap();
    let id = id.expect("there are buttons below it");
    let (mut came, mut over) = (None, false);
    while came.is_none() || !over {
        match hers.next().unwrap() {
            Update::NewMessage(message) => came = Some(message),
            Update::MiniAppSent(it) => over = Some(it.query_id()) == button.query_id(),
            _ => {}
        }
    }
    let came = came.unwrap();
    assert_eq!(
        (came.text(), came.outgoing(), came.silent()),
        ("Two cups", true, true)
    );
    assert_eq!(came.reply_to_message_id(), Some(first.id()));
    assert_eq!(came.via_bot_id(), bot.my_id());
    bot.edit_inline_message(id, "Three cups").unwrap();
    assert_eq!(came.fetch_again().unwrap().unwrap().text(), "Three cups");

    let twice = bot.answer_mini_app(query_id, order()).unwrap_err();
    assert!(twice.is("QUERY_ID_INVALID"), "{twice}");
    assert!(button.prolong().unwrap_err().is("QUERY_ID_INVALID"));
    let by_her = ann.answer_mini_app("AA", order()).unwrap_err();
    assert!(matches!(by_her, Error::NotForUsers { .. }), "{by_her}");
}

#[test]
fn it_is_ended_in_the_chat_that_it_was_opened_in_and_its_bot_may_write_if_it_is_let() {
    let telegram = LocalDc::start().unwrap();
    let (bot, ann) = (tea(&telegram), telegram.user());
    let her_id = ann.my_id().unwrap();
    let club = NewChannel::new("Club", "the_club").megagroup();
    telegram.add_channel(club.owner(her_id));
    let app = MiniApp::url("https://tea.example/4").chat("@the_club");
    let opened = ann.open_mini_app("@tea_shop_bot", app).unwrap();
    let told = InitData::verify(&opened.init_data().unwrap(), TOKEN).unwrap();
    let order = InputInlineResult::article("1", "Order", "Two cups");
    let id = bot
        .answer_mini_app(told.query_id().unwrap(), order)
        .unwrap();
    assert_eq!(id, None, "there are no buttons below it");
    let last = ann.iter_messages("@the_club").next().unwrap().unwrap();
    assert_eq!((last.text(), last.via_bot_id()), ("Two cups", bot.my_id()));

    let named = |allow| MiniApp::named("shop").allow_writing(allow);
    ann.open_mini_app("@tea_shop_bot", named(false)).unwrap();
    let her_name = format!("@{}", ann.get_me().unwrap().username().unwrap());
    let early = bot.send_message(&her_name, "Your tea").unwrap_err();
    assert!(early.is("PEER_ID_INVALID"), "{early}");
    ann.open_mini_app("@tea_shop_bot", named(true)).unwrap();
    bot.send_message(&her_name, "Your tea").unwrap();
}
