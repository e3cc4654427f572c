//! How mini apps are opened, and kept open.
use ferogram_sync::MiniApp;
use ferogram_sync::tl::enums::{DataJson, InputPeer, InputUser};
use ferogram_sync::tl::functions::messages as f;
use ferogram_sync::tl::types;
use localdc::NewBot;

use super::scene::Scene;

struct Shop {
    scene: Scene,
    bot: InputUser,
    /// The chat with it.
    peer: InputPeer,
}

impl Shop {
    fn new() -> Self {
        let scene = Scene::new();
        let id = scene.dc.add_bot(NewBot::new("4242:teapot", "tea_shop_bot"));
        scene.dc.add_mini_app(id, None, "https://tea.example");
        scene
            .dc
            .add_mini_app(id, Some("shop"), "https://tea.example/shop");
        let peer = scene
            .dc
            .user_peer(scene.ann.my_id().expect("signed in"), id);
        let InputPeer::User(user) = &peer else {
            panic!("a bot is a user");
        };
        let bot = types::InputUser {
            user_id: user.user_id,
            access_hash: user.access_hash,
        };
        scene
            .ann
            .resolve_peer("@tea_shop_bot")
            .expect("it is there");
        Self {
            bot: bot.into(),
            scene,
            peer,
        }
    }
}

fn theme() -> Option<DataJson> {
    let data = "{\"bg_color\":\"#fff\"}".to_owned();
    Some(types::DataJson { data }.into())
}

fn with_all(app: MiniApp) -> MiniApp {
    let app = app.start_param("green").theme("{\"bg_color\":\"#fff\"}");
    app.platform("tdesktop").compact(true).fullscreen(true)
}

#[test]
fn one_in_a_chat() {
    let shop = Shop::new();
    let scene = &shop.scene;
    let sent = scene.ann.send_message("@the_club", "Tea?").expect("hers");
    let reply_to = types::InputReplyToMessage {
        reply_to_msg_id: sent.id(),
        ..Default::default()
    };
    let request = f::RequestWebView {
        from_bot_menu: false,
        silent: true,
        compact: true,
        fullscreen: true,
        peer: scene.club.clone(),
        bot: shop.bot.clone(),
        url: Some("https://tea.example/4".to_owned()),
        start_param: Some("green".to_owned()),
        theme_params: theme(),
        platform: "tdesktop".to_owned(),
        reply_to: Some(reply_to.clone().into()),
        send_as: Some(InputPeer::PeerSelf),
    };
    let mut opened = None;
    scene.asks(&request, |ann| {
        let app = with_all(MiniApp::url("https://tea.example/4"));
        let app = app.chat("@the_club").reply_to(sent.id()).silent(true);
        opened = ann.open_mini_app("@tea_shop_bot", app.send_as("me")).ok();
    });
    let opened = opened.expect("it is opened");
    let prolong = f::ProlongWebView {
        silent: true,
        peer: scene.club.clone(),
        bot: shop.bot.clone(),
        query_id: opened.query_id().expect("in a chat"),
        reply_to: Some(reply_to.into()),
        send_as: Some(InputPeer::PeerSelf),
    };
    scene.asks(&prolong, |_| opened.prolong().expect("it is open"));
    let plain = f::RequestWebView {
        from_bot_menu: true,
        peer: shop.peer.clone(),
        bot: shop.bot.clone(),
        url: Some("https://tea.example".to_owned()),
        platform: "android".to_owned(),
        ..Default::default()
    };
    scene.asks(&plain, |ann| {
        drop(ann.open_mini_app("@tea_shop_bot", MiniApp::menu("https://tea.example")));
    });
    let attached = f::RequestWebView {
        from_bot_menu: false,
        url: None,
        ..plain
    };
    scene.asks(&attached, |ann| {
        drop(ann.open_mini_app("@tea_shop_bot", MiniApp::attached()));
    });
}

#[test]
fn others() {
    let shop = Shop::new();
    let scene = &shop.scene;
    let main = f::RequestMainWebView {
        compact: true,
        fullscreen: true,
        peer: scene.club.clone(),
        bot: shop.bot.clone(),
        start_param: Some("green".to_owned()),
        theme_params: theme(),
        platform: "tdesktop".to_owned(),
    };
    scene.asks(&main, |ann| {
        let app = with_all(MiniApp::main()).chat("@the_club");
        drop(ann.open_mini_app("@tea_shop_bot", app));
    });
    let app = types::InputBotAppShortName {
        bot_id: shop.bot.clone(),
        short_name: "shop".to_owned(),
    };
    let named = f::RequestAppWebView {
        write_allowed: true,
        compact: true,
        fullscreen: true,
        peer: shop.peer.clone(),
        app: app.into(),
        start_param: Some("green".to_owned()),
        theme_params: theme(),
        platform: "tdesktop".to_owned(),
    };
    scene.asks(&named, |ann| {
        let app = with_all(MiniApp::named("shop")).allow_writing(true);
        drop(ann.open_mini_app("@tea_shop_bot", app));
    });
    let simple = f::RequestSimpleWebView {
        from_switch_webview: false,
        from_side_menu: false,
        compact: true,
        fullscreen: true,
        bot: shop.bot.clone(),
        url: Some("https://tea.example/5".to_owned()),
        start_param: Some("green".to_owned()),
        theme_params: theme(),
        platform: "tdesktop".to_owned(),
    };
    scene.asks(&simple, |ann| {
        let app = with_all(MiniApp::reply_button("https://tea.example/5"));
        drop(ann.open_mini_app("@tea_shop_bot", app));
    });
    let inline = f::RequestSimpleWebView {
        from_switch_webview: true,
        ..simple.clone()
    };
    scene.asks(&inline, |ann| {
        let app = with_all(MiniApp::inline_button("https://tea.example/5"));
        drop(ann.open_mini_app("@tea_shop_bot", app));
    });
    let side = f::RequestSimpleWebView {
        from_side_menu: true,
        url: None,
        ..simple
    };
    scene.asks(&side, |ann| {
        drop(ann.open_mini_app("@tea_shop_bot", with_all(MiniApp::side_menu())));
    });
}
