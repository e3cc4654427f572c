//! Keyboards: what is sent, what is refused before it is, and what arrives.
use std::time::Duration;

use ferogram_sync::keyboard::{
    Button, ButtonStyle, ForceReply, InlineKeyboard, Markup, PeerRequest, RemoveKeyboard,
    ReplyButton, ReplyKeyboard,
};
use ferogram_sync::tl::enums::{
    ButtonType, InlineButtonType, InlineQueryPeerType, InputMedia, ReplyMarkup,
};
use ferogram_sync::tl::{enums, types};
use ferogram_sync::{
    ButtonFault, Client, Delivery, Error, Game, InputMessage, Invoice, Message, PeerError, Update,
};
use localdc::LocalDc;

const SENT: &str = "messages.sendMessage";

fn with(markup: impl Into<Markup>) -> InputMessage {
    InputMessage::text("Well?").markup(markup)
}

/// What the bot is told of its message's keyboard, which is what others see.
fn sent(bot: &Client, to: i64, markup: impl Into<Markup>) -> ReplyMarkup {
    let message = bot.send_message(to, with(markup)).expect("it is good");
    message.raw.reply_markup.clone().expect("it has one")
}

fn inline(markup: ReplyMarkup) -> Vec<Vec<types::KeyboardInlineButton>> {
    let ReplyMarkup::ReplyInlineMarkup(keyboard) = markup else {
        panic!("{markup:?}")
    };
    let rows = keyboard.rows.into_iter();
    rows.map(|enums::KeyboardInlineButtonRow::Row(row)| {
        let buttons = row.buttons.into_iter();
        buttons
            .map(|enums::KeyboardInlineButton::Button(button)| *button)
            .collect()
    })
    .collect()
}

#[test]
fn all_kinds_of_inline_buttons_arrive() {
    let dc = LocalDc::start().expect("it listens");
    let ((bot, visitor), ann) = (dc.visited_bot(), dc.user());
    let name = ann.get_me().expect("signed in");
    let name = format!("@{}", name.username().expect("everybody has one"));
    let switch = |same_peer, peer_types| {
        let query = "q".to_owned();
        InlineButtonType::from(types::InlineButtonTypeSwitchInline {
            same_peer,
            query,
            peer_types,
        })
    };
    let callback = |requires_password| {
        let data = b"d".to_vec();
        InlineButtonType::from(types::InlineButtonTypeCallback {
            requires_password,
            data,
        })
    };
    let url = || "https://a.example/".to_owned();
    let login = Button::url_auth("x", url()).forward_text("y");
    let login = login.request_write_access(true).login_bot("me");
    let kinds = vec![InlineQueryPeerType::Pm];
    let login_seen = types::InlineButtonTypeUrlAuth {
        fwd_text: Some("y".to_owned()),
        url: url(),
        ..Default::default()
    };
    let copy_text = "c".to_owned();
    let user_id = ann.my_id().expect("signed in");
    for (button, seen) in [
        (Button::callback("x", "d"), callback(false)),
        (Button::callback_with_password("x", "d"), callback(true)),
        (
            Button::url("x", url()),
            types::InlineButtonTypeUrl { url: url() }.into(),
        ),
        (login, login_seen.into()),
        (Button::switch_inline("x", "q"), switch(true, None)),
        (Button::switch_elsewhere("x", "q"), switch(false, None)),
        (
            Button::switch_chosen("x", "q", kinds.clone()),
            switch(false, Some(kinds)),
        ),
        (
            Button::mini_app("x", url()),
            types::InlineButtonTypeWebView { url: url() }.into(),
        ),
        (
            Button::copy_text("x", "c"),
            types::InlineButtonTypeCopy { copy_text }.into(),
        ),
        (Button::disabled("x"), InlineButtonType::Disabled),
        (
            Button::user_profile("x", name),
            types::InlineButtonTypeUserProfile { user_id }.into(),
        ),
    ] {
        let rows = inline(sent(&bot, visitor, InlineKeyboard::new().row([button])));
        assert_eq!(rows[0][0].r#type, seen);
        assert_eq!((rows[0][0].text.as_str(), rows.len()), ("x", 1));
    }
    // What belongs to other messages is sent too, and the server says so.
    for button in [Button::game("x"), Button::buy("x")] {
        let error = bot
            .send_message(visitor, with(InlineKeyboard::new().row([button])))
            .expect_err("no game, no invoice");
        assert!(error.is("BUTTON_TYPE_INVALID"), "{error}");
    }
}

/// The buttons of games and invoices are the first of their messages, which have them in any case.
#[test]
fn games_and_invoices_have_buttons_of_their_own() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, visitor) = dc.visited_bot();
    let invoice = Invoice::new("Tea", "A pound", "order 7", "XTR").price("Tea", 700);
    let of = |media: InputMedia, keyboard: Option<InlineKeyboard>| {
        let message = InputMessage::default().media(media);
        bot.send_message(
            visitor,
            match keyboard {
                Some(keyboard) => message.markup(keyboard),
                None => message,
            },
        )
    };
    for (media, button, seen) in [
        (
            Game::new("chess").into(),
            Button::game("Go"),
            InlineButtonType::Game,
        ),
        (invoice.into(), Button::buy("Pay"), InlineButtonType::Buy),
    ] {
        let media: InputMedia = media;
        let other = || Button::url("More", "https://a.example/");
        let keyboard = InlineKeyboard::new().row([button.clone(), other()]);
        let buttons =
            |message: Message| inline(message.raw.reply_markup.clone().expect("it has one"));
        let rows = buttons(of(media.clone(), Some(keyboard)).expect("it fits"));
        assert_eq!(rows[0][0].r#type, seen);
        let rows = buttons(of(media.clone(), None).expect("it fits"));
        assert_eq!(rows[0][0].r#type, seen);
        let behind = InlineKeyboard::new().row([other(), button]);
        let error = of(media.clone(), Some(behind)).expect_err("it is not the first");
        assert!(error.is("BUTTON_POS_INVALID"), "{error}");
        let without = InlineKeyboard::new().row([other()]);
        let error = of(media, Some(without)).expect_err("it is missing");
        assert!(error.to_string().contains("REPLY_MARKUP_"), "{error}");
    }
}

#[test]
fn buttons_have_their_places_and_their_looks() {
    let dc = LocalDc::start().expect("it listens");
    let ((bot, visitor), ann) = (dc.visited_bot(), dc.user());
    let keyboard = InlineKeyboard::new()
        .row([
            Button::callback("a", "1").style(ButtonStyle::Danger),
            Button::callback("b", "2").icon(7),
        ])
        .row([Button::callback("c", "3")])
        .force_reply(true);
    let markup = sent(&bot, visitor, keyboard.clone());
    let ReplyMarkup::ReplyInlineMarkup(raw) = &markup else {
        panic!("{markup:?}")
    };
    assert!(raw.force_reply);
    let look = |bg_danger, icon| {
        let style = types::KeyboardButtonStyle {
            bg_danger,
            icon,
            ..Default::default()
        };
        Some(enums::KeyboardButtonStyle::from(style))
    };
    let rows = inline(markup);
    let texts = rows.iter().map(|row| row.iter().map(|it| it.text.as_str()));
    let texts: Vec<Vec<&str>> = texts.map(Iterator::collect).collect();
    assert_eq!(texts, [vec!["a", "b"], vec!["c"]]);
    assert_eq!(rows[0][0].style, look(true, None));
    assert_eq!(rows[0][1].style, look(false, Some(7)));
    assert_eq!(rows[1][0].style, None);
    // Whoever receives it sees the same.
    let name = bot.get_me().expect("signed in");
    let name = format!("@{}", name.username().expect("bots have one"));
    ann.send_message(name, "Hello").expect("the bot exists");
    let mut updates = ann.updates();
    bot.send_message(ann.my_id().expect("signed in"), with(keyboard))
        .expect("she has written");
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes")
            && !message.outgoing()
        {
            let seen = message.raw.reply_markup.clone().expect("it has one");
            assert_eq!(inline(seen), rows);
            break;
        }
    }
}

#[test]
fn keyboards_in_the_place_of_letters_arrive() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, visitor) = dc.visited_bot();
    let url = "https://a.example/".to_owned();
    let request = types::ButtonTypeRequestPeer {
        button_id: 7,
        peer_type: types::RequestPeerTypeUser {
            bot: Some(false),
            ..Default::default()
        }
        .into(),
        max_quantity: 3,
    };
    let poll = |quiz| ButtonType::from(types::ButtonTypeRequestPoll { quiz });
    let buttons = [
        (ReplyButton::text("x"), ButtonType::Default),
        (ReplyButton::request_phone("x"), ButtonType::RequestPhone),
        (
            ReplyButton::request_geo("x"),
            ButtonType::RequestGeoLocation,
        ),
        (ReplyButton::request_any_poll("x"), poll(None)),
        (ReplyButton::request_poll("x"), poll(Some(false))),
        (ReplyButton::request_quiz("x"), poll(Some(true))),
        (
            ReplyButton::request_peer("x", PeerRequest::users(7).bot(false).up_to(3)),
            request.into(),
        ),
        (
            ReplyButton::mini_app("x", url.clone()),
            types::ButtonTypeSimpleWebView { url }.into(),
        ),
    ];
    let keyboard = ReplyKeyboard::new().resize(true).single_use(true);
    let keyboard = keyboard.selective(true).persistent(true).force_reply(true);
    let keyboard = keyboard.placeholder("p").row(["a", "b"]);
    let buttons_only = buttons.iter().map(|(button, _)| button.clone());
    let markup = sent(&bot, visitor, keyboard.row(buttons_only));
    let ReplyMarkup::ReplyKeyboardMarkup(seen) = markup else {
        panic!("{markup:?}")
    };
    assert!(seen.resize && seen.single_use && seen.selective && seen.persistent);
    assert!(seen.force_reply);
    assert_eq!(seen.placeholder.as_deref(), Some("p"));
    let enums::KeyboardButtonRow::Row(row) = &seen.rows[1];
    let actions = row.buttons.iter();
    let actions = actions.map(|enums::KeyboardButton::Button(button)| button.r#type.clone());
    let expected: Vec<_> = buttons.iter().map(|(_, action)| action.clone()).collect();
    assert_eq!(actions.collect::<Vec<_>>(), expected);
    let hide = types::ReplyKeyboardHide { selective: true };
    assert_eq!(
        sent(&bot, visitor, RemoveKeyboard::new().selective(true)),
        hide.into()
    );
    let force = types::ReplyKeyboardForceReply {
        single_use: true,
        selective: true,
        placeholder: Some("p".to_owned()),
    };
    let reply = ForceReply::new().single_use(true).selective(true);
    assert_eq!(sent(&bot, visitor, reply.placeholder("p")), force.into());
}

/// Case M6: the limit is one of bytes, and the button is named before anything is sent.
#[test]
fn a_button_with_too_much_in_it_is_not_sent() {
    let dc = LocalDc::start().expect("it listens");
    let (bot, visitor) = dc.visited_bot();
    let good = || Button::callback("good", "x".repeat(64));
    for (bad, fault) in [
        (
            Button::callback("bad", "\u{442}\u{435}\u{441}\u{442}".repeat(16)),
            ButtonFault::Data(128),
        ),
        (Button::callback("bad", ""), ButtonFault::Data(0)),
        (
            Button::callback("bad", "x".repeat(65)),
            ButtonFault::Data(65),
        ),
        (
            Button::copy_text("bad", "x".repeat(257)),
            ButtonFault::CopyText(257),
        ),
    ] {
        let keyboard = InlineKeyboard::new().row([good()]).row([good(), bad]);
        let error = bot
            .send_message(visitor, with(keyboard))
            .expect_err("too much");
        assert_eq!(error.delivery(), Some(Delivery::NotSent));
        let Error::Button(why) = error else {
            panic!("{error}")
        };
        assert_eq!((why.row, why.column, why.text.as_str()), (1, 1, "bad"));
        assert_eq!(why.fault, fault);
    }
    assert_eq!(dc.executed(SENT), 0);
    sent(&bot, visitor, InlineKeyboard::new().row([good()]));
    // Sent as raw buttons, the server refuses them.
    let data = vec![0; 65];
    let raw = types::InlineButtonTypeCallback {
        data,
        ..Default::default()
    };
    let button = types::KeyboardInlineButton {
        text: "bad".to_owned(),
        r#type: raw.into(),
        ..Default::default()
    };
    let buttons = vec![button.into()];
    let rows = vec![types::KeyboardInlineButtonRow { buttons }.into()];
    let markup = types::ReplyInlineMarkup {
        rows,
        ..Default::default()
    };
    let markup = ReplyMarkup::from(markup);
    let error = bot
        .send_message(visitor, with(markup))
        .expect_err("too much");
    assert!(error.is("BUTTON_DATA_INVALID"), "{error}");
}

#[test]
fn a_profile_that_cannot_be_named_is_not_sent() {
    let dc = LocalDc::start().expect("it listens");
    let ((bot, visitor), user) = (dc.visited_bot(), dc.user());
    let keyboard = |of: i64| InlineKeyboard::new().row([Button::user_profile("x", of)]);
    let error = user
        .send_message("me", with(keyboard(5_999_999_999)))
        .expect_err("never seen");
    assert!(
        matches!(error, Error::Peer(PeerError::NotSeen(_))),
        "{error}"
    );
    let error = bot
        .send_message(visitor, with(keyboard(-5)))
        .expect_err("a group");
    let no_user = PeerError::NotA {
        wanted: "user",
        id: -5,
    };
    assert!(
        matches!(&error, Error::Peer(why) if *why == no_user),
        "{error}"
    );
    assert_eq!(dc.executed(SENT), 0);
}
