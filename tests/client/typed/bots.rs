//! Updates that bots are told.
use ferogram_sync::tl::enums;
use ferogram_sync::tl::types;

use super::{CHANNEL, channel, group, typed, user};

fn inline_id() -> enums::InputBotInlineMessageId {
    types::InputBotInlineMessageId {
        dc_id: 2,
        id: 30,
        access_hash: 40,
    }
    .into()
}

#[test]
fn buttons_below_messages_of_chats() {
    let raw = types::UpdateBotCallbackQuery {
        query_id: 1,
        user_id: 7,
        peer: group(),
        msg_id: 4,
        chat_instance: 2,
        data: Some(b"next".to_vec()),
        game_short_name: Some("chess".into()),
    };
    let it = payload!(raw.clone(), CallbackQuery);
    assert_eq!((it.id(), it.user_id(), it.chat_id()), (1, 7, Some(-3)));
    assert_eq!((it.message_id(), it.chat_instance()), (Some(4), Some(2)));
    assert_eq!((it.data(), it.text()), (Some(&b"next"[..]), Some("next")));
    assert_eq!(it.game_short_name(), Some("chess"));
    assert_eq!(it.user().expect("she came").full_name(), "Ann");
    assert_eq!(it.chat().expect("it came").title(), "Gardeners");
    assert!(it.inline_message_id().is_none() && it.business_connection_id().is_none());
    let update = typed(raw.clone());
    assert_eq!((update.chat_id(), update.sender_id()), (Some(-3), Some(7)));
    let raw = types::UpdateBotCallbackQuery {
        data: Some(vec![0xff]),
        ..raw
    };
    let it = payload!(raw, CallbackQuery);
    assert_eq!((it.data(), it.text()), (Some(&[0xff][..]), None));
}

#[test]
fn buttons_below_messages_of_inline_queries() {
    let raw = types::UpdateInlineBotCallbackQuery {
        query_id: 1,
        user_id: 7,
        msg_id: inline_id(),
        chat_instance: 2,
        data: Some(b"next".to_vec()),
        game_short_name: Some("chess".into()),
    };
    let it = payload!(raw, CallbackQuery);
    assert_eq!((it.id(), it.user_id(), it.chat_id()), (1, 7, None));
    assert_eq!((it.message_id(), it.chat_instance()), (None, Some(2)));
    assert_eq!(it.inline_message_id(), Some(&inline_id()));
    assert_eq!(
        (it.text(), it.game_short_name()),
        (Some("next"), Some("chess"))
    );
}

#[test]
fn buttons_below_messages_of_a_business() {
    let message = enums::Message::from(types::Message {
        id: 4,
        peer_id: user(8),
        ..Default::default()
    });
    let raw = types::UpdateBusinessBotCallbackQuery {
        query_id: 1,
        user_id: 7,
        connection_id: "c".into(),
        message: message.clone(),
        reply_to_message: None,
        chat_instance: 2,
        data: Some(b"next".to_vec()),
    };
    let it = payload!(raw, CallbackQuery);
    assert_eq!((it.id(), it.user_id(), it.chat_id()), (1, 7, Some(8)));
    assert_eq!((it.message_id(), it.chat_instance()), (Some(4), Some(2)));
    assert_eq!(
        (it.business_connection_id(), it.text()),
        (Some("c"), Some("next"))
    );
    assert_eq!(it.raw_message(), Some(&message));
}

#[test]
fn buttons_below_messages_that_no_history_has() {
    let raw = types::UpdateEphemeralBotCallbackQuery {
        query_id: 1,
        user_id: 7,
        peer: Some(group()),
        msg_id: 4,
        data: b"next".to_vec(),
        chat_instance: Some(2),
        ..Default::default()
    };
    let it = payload!(raw, CallbackQuery);
    assert_eq!((it.id(), it.user_id(), it.chat_id()), (1, 7, Some(-3)));
    assert_eq!((it.message_id(), it.chat_instance()), (Some(4), Some(2)));
    assert_eq!((it.text(), it.is_ephemeral()), (Some("next"), true));
}

#[test]
fn inline_queries_with_where_they_come_from() {
    let point = types::GeoPoint {
        lat: 52.5,
        ..Default::default()
    };
    let raw = types::UpdateBotInlineQuery {
        query_id: 1,
        user_id: 7,
        query: "cats".into(),
        geo: Some(point.clone().into()),
        peer_type: Some(enums::InlineQueryPeerType::Broadcast),
        offset: "20".into(),
    };
    let it = payload!(raw, InlineQuery);
    assert_eq!(
        (it.id(), it.user_id(), it.text(), it.offset()),
        (1, 7, "cats", "20")
    );
    assert_eq!(it.location(), Some(&point));
    assert!(matches!(
        it.chat_kind(),
        Some(enums::InlineQueryPeerType::Broadcast)
    ));
    assert_eq!(it.user().expect("she came").full_name(), "Ann");
    let raw = types::UpdateBotInlineSend {
        user_id: 7,
        query: "cats".into(),
        geo: Some(point.clone().into()),
        id: "3".into(),
        msg_id: Some(inline_id()),
    };
    let it = payload!(raw, InlineSend);
    assert_eq!((it.user_id(), it.query(), it.result_id()), (7, "cats", "3"));
    assert_eq!(
        (it.location(), it.inline_message_id()),
        (Some(&point), Some(&inline_id()))
    );
}

#[test]
fn those_who_buy_are_told() {
    let address = types::PostAddress {
        city: "Berlin".into(),
        ..Default::default()
    };
    let raw = types::UpdateBotShippingQuery {
        query_id: 1,
        user_id: 7,
        payload: b"book".to_vec(),
        shipping_address: address.clone().into(),
    };
    let it = payload!(raw, ShippingQuery);
    assert_eq!((it.id(), it.user_id(), it.payload()), (1, 7, &b"book"[..]));
    assert_eq!(it.address(), &address);
    let requested = types::PaymentRequestedInfo {
        name: Some("Ann".into()),
        ..Default::default()
    };
    let raw = types::UpdateBotPrecheckoutQuery {
        query_id: 1,
        user_id: 7,
        payload: b"book".to_vec(),
        info: Some(requested.clone().into()),
        shipping_option_id: Some("post".into()),
        currency: "EUR".into(),
        total_amount: 1499,
    };
    let it = payload!(raw, PreCheckoutQuery);
    assert_eq!((it.id(), it.user_id(), it.payload()), (1, 7, &b"book"[..]));
    assert_eq!(
        (it.requested(), it.shipping_option_id()),
        (Some(&requested), Some("post"))
    );
    assert_eq!((it.currency(), it.total_amount()), ("EUR", 1499));
    let raw = types::UpdateBotStarsSubscription {
        canceled: true,
        payment_failed: true,
        restored: true,
        user_id: 7,
        payload: b"book".to_vec(),
        qts: 2,
    };
    let it = payload!(raw, BotSubscription);
    assert_eq!((it.user_id(), it.payload(), it.qts()), (7, &b"book"[..], 2));
    assert!(it.is_cancelled() && it.is_restored() && it.has_payment_failed());
}

#[test]
fn what_becomes_of_the_bot_is_told() {
    let raw = types::UpdateBotStopped {
        user_id: 7,
        date: 100,
        stopped: true,
        qts: 2,
    };
    let it = payload!(raw, BotStopped);
    assert_eq!(
        (it.user_id(), it.date(), it.is_stopped(), it.qts()),
        (7, 100, true, 2)
    );
    let boost = types::Boost {
        id: "b".into(),
        user_id: Some(7),
        ..Default::default()
    };
    let raw = types::UpdateBotChatBoost {
        peer: channel(),
        boost: boost.clone().into(),
        qts: 2,
    };
    let it = payload!(raw.clone(), ChatBoost);
    assert_eq!(
        (it.chat_id(), it.boost(), it.user_id(), it.qts()),
        (CHANNEL, &boost, Some(7), 2)
    );
    assert_eq!(it.user().expect("she came").full_name(), "Ann");
    assert_eq!(typed(raw).sender_id(), Some(7));
    let command = types::BotCommand {
        command: "start".into(),
        ..Default::default()
    };
    let raw = types::UpdateBotCommands {
        peer: group(),
        bot_id: 8,
        commands: vec![command.clone().into()],
    };
    let it = payload!(raw, BotCommands);
    assert_eq!((it.chat_id(), it.bot_id()), (-3, 8));
    assert_eq!(it.commands().collect::<Vec<_>>(), [&command]);
    let raw = types::UpdateBotMenuButton {
        bot_id: 8,
        button: enums::BotMenuButton::Commands,
    };
    let it = payload!(raw, MenuButton);
    assert_eq!(it.bot_id(), 8);
    assert!(matches!(it.button(), enums::BotMenuButton::Commands));
    let raw = types::UpdateManagedBot {
        user_id: 7,
        bot_id: 8,
        qts: 2,
    };
    let it = payload!(raw, ManagedBot);
    assert_eq!((it.user_id(), it.bot_id(), it.qts()), (7, 8, 2));
    let it = payload!(types::UpdateWebViewResultSent { query_id: 1 }, MiniAppSent);
    assert_eq!(it.query_id(), 1);
}

#[test]
fn businesses_are_told() {
    let rights = enums::BusinessBotRights::from(types::BusinessBotRights::default());
    let connection = types::BotBusinessConnection {
        disabled: true,
        connection_id: "c".into(),
        user_id: 7,
        dc_id: 2,
        date: 100,
        rights: Some(rights.clone()),
    };
    let raw = types::UpdateBotBusinessConnect {
        connection: connection.clone().into(),
        qts: 2,
    };
    let it = payload!(raw.clone(), BusinessConnection);
    assert_eq!(
        (it.connection_id(), it.user_id(), it.is_disabled()),
        ("c", 7, true)
    );
    assert_eq!((it.dc_id(), it.date(), it.qts()), (2, 100, 2));
    assert_eq!((it.connection(), it.rights()), (&connection, Some(&rights)));
    assert_eq!(it.user().expect("she came").full_name(), "Ann");
    assert_eq!(typed(raw).sender_id(), Some(7));
}
