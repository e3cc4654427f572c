//! Which updates each filter is for: by what they have, of whatever kind they are.
use std::sync::LazyLock;

use ferogram_sync::filters::*;
use ferogram_sync::tl::{enums, types};
use ferogram_sync::{Client, Dispatcher, Filter, Flow, PeerMap, Update, UpdateKind};
use localdc::LocalDc;

const ANN: i64 = 777;
const GROUP: i64 = 8;
const CHANNEL: i64 = 9;

static PLACE: LazyLock<(LocalDc, Client)> = LazyLock::new(|| {
    let dc = LocalDc::start().expect("it listens");
    let bot = dc.bot();
    (dc, bot)
});

/// Whether a filter is for an update.
fn fits(filter: &Filter, update: &Update) -> bool {
    let bot = &PLACE.1;
    let handlers = Dispatcher::new().on_any(filter.clone(), || ()).by_hand(bot);
    handlers.unwrap().dispatch(update.clone()).unwrap() == Flow::Stop
}

fn typed(raw: impl Into<enums::Update>) -> Update {
    let user = |id, bot, premium| {
        let user = types::User {
            id,
            bot,
            premium,
            ..Default::default()
        };
        enums::User::from(user)
    };
    let users = vec![user(ANN, false, true), user(ANN + 1, true, false)];
    let channel = |id, megagroup: bool| {
        let broadcast = !megagroup;
        let channel = types::Channel {
            id,
            megagroup,
            broadcast,
            ..Default::default()
        };
        enums::Chat::from(channel)
    };
    let gigagroup = types::Channel {
        id: CHANNEL + 3,
        gigagroup: true,
        megagroup: true,
        ..Default::default()
    };
    let chats = vec![
        channel(CHANNEL, true),
        channel(CHANNEL + 1, false),
        gigagroup.into(),
    ];
    Update::from_raw(&PLACE.1, raw.into(), PeerMap::new(users, chats))
}

fn user(user_id: i64) -> enums::Peer {
    types::PeerUser { user_id }.into()
}

fn group(chat_id: i64) -> enums::Peer {
    types::PeerChat { chat_id }.into()
}

fn of_channel(channel_id: i64) -> enums::Peer {
    types::PeerChannel { channel_id }.into()
}

fn message(raw: types::Message) -> Update {
    typed(types::UpdateNewMessage {
        message: raw.into(),
        ..Default::default()
    })
}

fn said(text: &str) -> Update {
    let (message_text, peer_id) = (text.to_owned(), user(ANN));
    message(types::Message {
        message: message_text,
        peer_id,
        ..Default::default()
    })
}

fn with_media(media: impl Into<enums::MessageMedia>) -> Update {
    let (media, peer_id) = (Some(media.into()), user(ANN));
    message(types::Message {
        media,
        peer_id,
        ..Default::default()
    })
}

fn file(attributes: Vec<enums::DocumentAttribute>) -> Update {
    let document = types::Document {
        attributes,
        ..Default::default()
    };
    let document = Some(document.into());
    with_media(types::MessageMediaDocument {
        document,
        ..Default::default()
    })
}

fn pressed(peer: enums::Peer, data: &[u8]) -> Update {
    let data = Some(data.to_vec());
    typed(types::UpdateBotCallbackQuery {
        user_id: ANN,
        peer,
        data,
        ..Default::default()
    })
}

fn pressed_inline(data: &[u8]) -> Update {
    let data = Some(data.to_vec());
    typed(types::UpdateInlineBotCallbackQuery {
        user_id: ANN,
        data,
        ..Default::default()
    })
}

fn action(action: impl Into<enums::MessageAction>) -> Update {
    let (action, peer_id) = (action.into(), group(GROUP));
    let message = types::MessageService {
        action,
        peer_id,
        ..Default::default()
    };
    typed(types::UpdateNewMessage {
        message: message.into(),
        ..Default::default()
    })
}

fn query(text: &str) -> Update {
    let query = text.to_owned();
    let peer_type = Some(enums::InlineQueryPeerType::Broadcast);
    typed(types::UpdateBotInlineQuery {
        user_id: ANN,
        query,
        peer_type,
        ..Default::default()
    })
}

/// Each filter with what it is for and what it is not for.
fn check(cases: &[(&str, Filter, Vec<Update>, Vec<Update>)]) {
    for (name, filter, for_these, not_for_these) in cases {
        for update in for_these {
            assert!(fits(filter, update), "{name} should be for {update:?}");
            assert!(!fits(&!filter.clone(), update), "!{name}: {update:?}");
        }
        for update in not_for_these {
            assert!(!fits(filter, update), "{name} should not be for {update:?}");
        }
    }
}

/// F6: buttons have a chat as messages have; those below inline messages have none.
#[test]
fn where_it_happens() {
    let private_chat = || vec![said("hi"), pressed(user(ANN), b"x")];
    let in_group = || {
        vec![
            message(types::Message {
                peer_id: self::group(GROUP),
                ..Default::default()
            }),
            pressed(self::group(GROUP), b"x"),
            action(enums::MessageAction::ChatDeletePhoto),
        ]
    };
    let in_super = || {
        vec![
            message(types::Message {
                peer_id: of_channel(CHANNEL),
                ..Default::default()
            }),
            pressed(of_channel(CHANNEL), b"x"),
            pressed(of_channel(CHANNEL + 3), b"x"),
        ]
    };
    let in_channel = || {
        vec![
            message(types::Message {
                peer_id: of_channel(CHANNEL + 1),
                ..Default::default()
            }),
            // Nothing came with it that says what it is.
            pressed(of_channel(CHANNEL + 2), b"x"),
        ]
    };
    let nowhere = || vec![pressed_inline(b"x"), query("x")];
    let but = |some: &[Vec<Update>]| some.concat();
    check(&[
        (
            "private",
            private(),
            private_chat(),
            but(&[in_group(), in_super(), in_channel(), nowhere()]),
        ),
        (
            "small_group",
            small_group(),
            in_group(),
            but(&[private_chat(), in_super(), in_channel(), nowhere()]),
        ),
        (
            "supergroup",
            supergroup(),
            in_super(),
            but(&[private_chat(), in_group(), in_channel(), nowhere()]),
        ),
        (
            "group",
            filters_group(),
            but(&[in_group(), in_super()]),
            but(&[in_channel(), nowhere()]),
        ),
        (
            "channel",
            channel(),
            in_channel(),
            but(&[private_chat(), in_group(), in_super(), nowhere()]),
        ),
        (
            "in_chat",
            in_chat(-GROUP),
            in_group(),
            but(&[private_chat(), nowhere()]),
        ),
        (
            "in_any_chat",
            in_any_chat([1, ANN]),
            private_chat(),
            but(&[in_group(), nowhere()]),
        ),
    ]);
}

fn filters_group() -> Filter {
    ferogram_sync::filters::group()
}

#[test]
fn whose_doing_it_is() {
    let from = |from: enums::Peer, peer_id: enums::Peer| {
        let from_id = Some(from);
        message(types::Message {
            from_id,
            peer_id,
            ..Default::default()
        })
    };
    let out = || {
        let peer_id = user(ANN);
        message(types::Message {
            out: true,
            peer_id,
            ..Default::default()
        })
    };
    let in_group = || from(user(ANN), group(GROUP));
    let by_bot = || from(user(ANN + 1), group(GROUP));
    let anonymous_one = || from(of_channel(CHANNEL), of_channel(CHANNEL));
    let own_status = || types::UpdateUserStatus {
        user_id: PLACE.1.my_id().unwrap(),
        ..Default::default()
    };
    let post = || {
        let (from_id, peer_id) = (Some(of_channel(CHANNEL + 1)), of_channel(CHANNEL + 1));
        message(types::Message {
            from_id,
            peer_id,
            post: true,
            ..Default::default()
        })
    };
    let as_channel = || from(of_channel(CHANNEL + 1), of_channel(CHANNEL));
    check(&[
        (
            "from_user",
            from_user(ANN),
            vec![said("x"), in_group(), pressed_inline(b"x"), query("x")],
            vec![out(), by_bot(), anonymous_one()],
        ),
        (
            "from_users",
            from_users([1, ANN + 1]),
            vec![by_bot()],
            vec![in_group()],
        ),
        (
            "from_bot",
            from_bot(),
            vec![by_bot()],
            vec![in_group(), out()],
        ),
        (
            "from_premium",
            from_premium(),
            vec![in_group(), query("x")],
            vec![by_bot()],
        ),
        (
            "outgoing",
            outgoing(),
            vec![out()],
            vec![said("x"), query("x")],
        ),
        (
            "incoming",
            incoming(),
            vec![said("x")],
            vec![out(), query("x")],
        ),
        (
            "me",
            me(),
            vec![out(), typed(own_status())],
            vec![said("x"), query("x")],
        ),
        (
            "sent_as_chat",
            sent_as_chat(),
            vec![anonymous_one(), as_channel()],
            vec![in_group()],
        ),
        (
            "anonymous",
            anonymous(),
            vec![anonymous_one()],
            vec![as_channel(), in_group(), post()],
        ),
    ]);
}

#[test]
fn what_a_message_says() {
    let marked = |entity: enums::MessageEntity| {
        let (entities, peer_id) = (Some(vec![entity]), user(ANN));
        message(types::Message {
            entities,
            peer_id,
            ..Default::default()
        })
    };
    let edit = || {
        let raw = types::Message {
            message: "abc".into(),
            ..Default::default()
        };
        typed(types::UpdateEditMessage {
            message: raw.into(),
            ..Default::default()
        })
    };
    let others = || vec![said(""), said("ab"), query("abc"), pressed_inline(b"abc")];
    check(&[
        (
            "text",
            text(),
            vec![said("x"), edit()],
            vec![said(""), query("x")],
        ),
        (
            "text_is",
            text_is("abc"),
            vec![said("abc"), edit()],
            others(),
        ),
        (
            "text_contains",
            text_contains("b"),
            vec![said("ab")],
            vec![said("aB"), query("b")],
        ),
        (
            "text_starts_with",
            text_starts_with("ab"),
            vec![said("abc")],
            vec![said("cab")],
        ),
        (
            "text_ends_with",
            text_ends_with("bc"),
            vec![said("abc")],
            vec![said("bcd")],
        ),
        ("edited", edited(), vec![edit()], others()),
        (
            "kind",
            kind(UpdateKind::InlineQuery),
            vec![query("x")],
            vec![said("x")],
        ),
        (
            "has_link",
            has_link(),
            vec![
                marked(types::MessageEntityUrl::default().into()),
                marked(types::MessageEntityTextUrl::default().into()),
            ],
            vec![
                said("t.me"),
                marked(types::MessageEntityBold::default().into()),
            ],
        ),
        (
            "has_hashtag",
            has_hashtag(),
            vec![marked(types::MessageEntityHashtag::default().into())],
            vec![said("#x")],
        ),
        (
            "any_command",
            any_command(),
            vec![said("/x"), said("/x y")],
            vec![said("x"), said("!x")],
        ),
        (
            "deep_link_with",
            deep_link_with("ref_"),
            vec![said("/start ref_7")],
            vec![said("/start"), said("/start 7"), said("ref_7")],
        ),
        ("all", all(), others(), vec![]),
        ("none", none(), vec![], others()),
        (
            "custom",
            custom(|it| matches!(it, Update::InlineQuery(_))),
            vec![query("")],
            vec![said("")],
        ),
    ]);
    #[cfg(feature = "regex")]
    check(&[
        (
            "text_matches",
            text_matches("^a.c$").unwrap(),
            vec![said("abc")],
            others(),
        ),
        (
            "query_matches",
            query_matches("b").unwrap(),
            vec![query("abc")],
            vec![query("a"), said("b")],
        ),
        (
            "data_matches",
            data_matches("^[0-9]+$").unwrap(),
            vec![pressed_inline(b"12")],
            vec![pressed_inline(b"x"), pressed_inline(&[0xff]), said("12")],
        ),
    ]);
}

#[test]
fn what_is_attached() {
    use enums::DocumentAttribute as Attribute;
    let plain = || file(vec![]);
    let film = || Attribute::from(types::DocumentAttributeVideo::default());
    let round = || {
        let round_message = true;
        Attribute::from(types::DocumentAttributeVideo {
            round_message,
            ..Default::default()
        })
    };
    let sound = |voice| {
        Attribute::from(types::DocumentAttributeAudio {
            voice,
            ..Default::default()
        })
    };
    let sticky = || Attribute::from(types::DocumentAttributeSticker::default());
    let a_photo = || {
        let photo = Some(types::Photo::default().into());
        with_media(types::MessageMediaPhoto {
            photo,
            spoiler: true,
            ..Default::default()
        })
    };
    let covered = || {
        with_media(types::MessageMediaDocument {
            spoiler: true,
            ..Default::default()
        })
    };
    check(&[
        ("media", media(), vec![plain(), a_photo()], vec![said("x")]),
        ("photo", photo(), vec![a_photo()], vec![plain(), said("x")]),
        (
            "document",
            document(),
            vec![plain(), file(vec![film()])],
            vec![a_photo()],
        ),
        (
            "video",
            video(),
            vec![file(vec![film()])],
            vec![
                plain(),
                file(vec![round()]),
                file(vec![film(), Attribute::Animated]),
                file(vec![film(), sticky()]),
            ],
        ),
        (
            "round_video",
            round_video(),
            vec![file(vec![round()])],
            vec![file(vec![film()])],
        ),
        (
            "animation",
            animation(),
            vec![file(vec![film(), Attribute::Animated])],
            vec![
                file(vec![film()]),
                file(vec![Attribute::Animated, sticky()]),
            ],
        ),
        (
            "audio",
            audio(),
            vec![file(vec![sound(false)])],
            vec![file(vec![sound(true)])],
        ),
        (
            "voice",
            voice(),
            vec![file(vec![sound(true)])],
            vec![file(vec![sound(false)])],
        ),
        (
            "sticker",
            sticker(),
            vec![file(vec![sticky()])],
            vec![plain()],
        ),
        (
            "spoiler",
            spoiler(),
            vec![a_photo(), covered()],
            vec![plain()],
        ),
        (
            "live_location",
            live_location(),
            vec![with_media(types::MessageMediaGeoLive::default())],
            vec![with_media(types::MessageMediaGeo::default())],
        ),
        (
            "todo",
            todo(),
            vec![with_media(types::MessageMediaToDo::default())],
            vec![with_media(types::MessageMediaPoll::default())],
        ),
        (
            "game",
            game(),
            vec![with_media(types::MessageMediaGame::default())],
            vec![with_media(types::MessageMediaInvoice::default())],
        ),
        (
            "invoice",
            invoice(),
            vec![with_media(types::MessageMediaInvoice::default())],
            vec![with_media(types::MessageMediaPaidMedia::default())],
        ),
        (
            "story",
            story(),
            vec![with_media(types::MessageMediaStory::default())],
            vec![plain()],
        ),
        (
            "giveaway",
            giveaway(),
            vec![
                with_media(types::MessageMediaGiveaway::default()),
                with_media(types::MessageMediaGiveawayResults::default()),
            ],
            vec![plain()],
        ),
        (
            "paid_media",
            paid_media(),
            vec![with_media(types::MessageMediaPaidMedia::default())],
            vec![with_media(types::MessageMediaInvoice::default())],
        ),
        (
            "web_page",
            web_page(),
            vec![with_media(types::MessageMediaWebPage::default())],
            vec![plain()],
        ),
        (
            "dice",
            dice(),
            vec![with_media(types::MessageMediaDice::default())],
            vec![plain()],
        ),
        (
            "poll",
            poll(),
            vec![with_media(types::MessageMediaPoll::default())],
            vec![plain()],
        ),
        (
            "geo",
            geo(),
            vec![with_media(types::MessageMediaGeo::default())],
            vec![plain()],
        ),
        (
            "venue",
            venue(),
            vec![with_media(types::MessageMediaVenue::default())],
            vec![plain()],
        ),
        (
            "contact",
            contact(),
            vec![with_media(types::MessageMediaContact::default())],
            vec![plain()],
        ),
    ]);
}

#[test]
fn what_a_message_is() {
    let of = |raw: types::Message| {
        message(types::Message {
            peer_id: user(ANN),
            ..raw
        })
    };
    let header = types::MessageReplyHeader {
        reply_to_msg_id: Some(7),
        ..Default::default()
    };
    let answer = || {
        of(types::Message {
            reply_to: Some(header.clone().into()),
            ..Default::default()
        })
    };
    let in_group = |mentioned: bool| {
        message(types::Message {
            mentioned,
            reply_to: Some(header.clone().into()),
            peer_id: group(GROUP),
            ..Default::default()
        })
    };
    let in_topic = || {
        let header = types::MessageReplyHeader {
            forum_topic: true,
            reply_to_msg_id: Some(7),
            ..Default::default()
        };
        let (reply_to, peer_id) = (Some(header.into()), of_channel(CHANNEL));
        message(types::Message {
            reply_to,
            peer_id,
            ..Default::default()
        })
    };
    let buttons = || {
        of(types::Message {
            reply_markup: Some(types::ReplyInlineMarkup::default().into()),
            ..Default::default()
        })
    };
    let keyboard = || {
        of(types::Message {
            reply_markup: Some(types::ReplyKeyboardMarkup::default().into()),
            ..Default::default()
        })
    };
    let via = || {
        of(types::Message {
            via_bot_id: Some(5),
            ..Default::default()
        })
    };
    let forward = || {
        of(types::Message {
            fwd_from: Some(types::MessageFwdHeader::default().into()),
            ..Default::default()
        })
    };
    let mention = || {
        of(types::Message {
            mentioned: true,
            ..Default::default()
        })
    };
    let other = || vec![said("x"), query("x")];
    check(&[
        (
            "reply",
            reply(),
            vec![answer()],
            vec![said("x"), in_topic()],
        ),
        (
            "reply_to_me",
            reply_to_me(),
            vec![answer(), in_group(true)],
            vec![mention(), in_group(false)],
        ),
        (
            "forum_topic",
            forum_topic(),
            vec![in_topic()],
            vec![answer()],
        ),
        (
            "in_topic",
            ferogram_sync::filters::in_topic(7),
            vec![in_topic()],
            vec![answer()],
        ),
        (
            "has_button",
            has_button(),
            vec![buttons()],
            vec![keyboard(), said("x")],
        ),
        (
            "has_keyboard",
            has_keyboard(),
            vec![keyboard()],
            vec![buttons(), said("x")],
        ),
        ("via_bot", via_bot(5), vec![via()], other()),
        ("via_bot", via_bot(6), vec![], vec![via()]),
        ("via_any_bot", via_any_bot(), vec![via()], other()),
        ("forwarded", forwarded(), vec![forward()], other()),
        ("mentioned", mentioned(), vec![mention()], other()),
        (
            "album",
            album(),
            vec![of(types::Message {
                grouped_id: Some(1),
                ..Default::default()
            })],
            other(),
        ),
        (
            "pinned",
            pinned(),
            vec![of(types::Message {
                pinned: true,
                ..Default::default()
            })],
            other(),
        ),
        (
            "silent",
            silent(),
            vec![of(types::Message {
                silent: true,
                ..Default::default()
            })],
            other(),
        ),
        (
            "from_scheduled",
            from_scheduled(),
            vec![of(types::Message {
                from_scheduled: true,
                ..Default::default()
            })],
            other(),
        ),
    ]);
}

#[test]
fn what_has_happened_and_what_was_pressed() {
    let photo_gone = || action(enums::MessageAction::ChatDeletePhoto);
    let titled = || action(types::MessageActionChatEditTitle::default());
    let moved = |before: bool, after: bool| {
        let one = |there: bool| {
            there.then(|| {
                types::ChannelParticipant {
                    user_id: ANN,
                    ..Default::default()
                }
                .into()
            })
        };
        typed(types::UpdateChannelParticipant {
            channel_id: CHANNEL,
            user_id: ANN,
            prev_participant: one(before),
            new_participant: one(after),
            ..Default::default()
        })
    };
    let reacts = |old: &[&str], new: &[&str]| {
        let all = |emoji: &[&str]| {
            let one = |emoji: &&str| {
                let emoticon = (*emoji).to_owned();
                types::ReactionEmoji { emoticon }.into()
            };
            emoji.iter().map(one).collect()
        };
        typed(types::UpdateBotMessageReaction {
            peer: group(GROUP),
            actor: user(ANN),
            old_reactions: all(old),
            new_reactions: all(new),
            ..Default::default()
        })
    };
    let plain = || types::Message {
        peer_id: user(ANN),
        ..Default::default()
    };
    let mine = || types::UpdateChannelParticipant {
        channel_id: CHANNEL,
        user_id: PLACE.1.my_id().unwrap(),
        ..Default::default()
    };
    let of_game = || types::UpdateBotCallbackQuery {
        peer: user(ANN),
        game_short_name: Some("chess".to_owned()),
        ..Default::default()
    };
    let sent = || {
        let (user_id, query) = (ANN, "abc".to_owned());
        typed(types::UpdateBotInlineSend {
            user_id,
            query,
            ..Default::default()
        })
    };
    check(&[
        (
            "service",
            service(),
            vec![photo_gone(), titled()],
            vec![said("x"), query("x")],
        ),
        (
            "photo_deleted",
            photo_deleted(),
            vec![photo_gone()],
            vec![titled()],
        ),
        (
            "title_changed",
            title_changed(),
            vec![titled()],
            vec![photo_gone()],
        ),
        (
            "data",
            data("ab"),
            vec![pressed_inline(b"ab")],
            vec![pressed_inline(b"abc"), said("ab")],
        ),
        (
            "data_prefix",
            data_prefix("ab"),
            vec![pressed_inline(b"ab"), pressed(user(ANN), b"abc")],
            vec![pressed_inline(b"a"), pressed_inline(b"b"), said("ab")],
        ),
        (
            "inline_button",
            inline_button(),
            vec![pressed_inline(b"x")],
            vec![pressed(user(ANN), b"x")],
        ),
        (
            "query_is",
            query_is("abc"),
            vec![query("abc"), sent()],
            vec![query("ab"), said("abc")],
        ),
        (
            "query_starts_with",
            query_starts_with("ab"),
            vec![query("abc"), sent()],
            vec![query("b")],
        ),
        (
            "query_written_in",
            query_written_in(|it| matches!(it, enums::InlineQueryPeerType::Broadcast)),
            vec![query("")],
            vec![sent()],
        ),
        (
            "member_joined",
            member_joined(),
            vec![moved(false, true)],
            vec![moved(true, false)],
        ),
        (
            "member_left",
            member_left(),
            vec![moved(true, false)],
            vec![moved(false, true)],
        ),
        (
            "my_membership",
            my_membership(),
            vec![typed(mine())],
            vec![moved(false, true)],
        ),
        (
            "reacted_with",
            reacted_with("👍"),
            vec![reacts(&[], &["👍"]), reacts(&["👎"], &["👎", "👍"])],
            vec![reacts(&["👍"], &["👍", "👎"]), reacts(&["👍"], &[])],
        ),
        (
            "reactions_removed",
            reactions_removed(),
            vec![reacts(&["👍"], &[])],
            vec![reacts(&[], &["👍"])],
        ),
        (
            "business",
            business(),
            vec![
                typed(types::UpdateBotBusinessConnect::default()),
                typed(types::UpdateBotNewBusinessMessage {
                    message: plain().into(),
                    ..Default::default()
                }),
                typed(types::UpdateBotEditBusinessMessage {
                    message: plain().into(),
                    ..Default::default()
                }),
                typed(types::UpdateBotDeleteBusinessMessage::default()),
                typed(types::UpdateBusinessBotCallbackQuery::default()),
            ],
            vec![said("x"), pressed(user(ANN), b"x")],
        ),
        (
            "game_button",
            game_button(),
            vec![typed(of_game())],
            vec![pressed(user(ANN), b"x")],
        ),
    ]);
}

/// Found by a key or asked one by one: what was registered first is asked first.
#[test]
fn handlers_that_are_found_by_a_key_keep_their_place() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let see = |word: &'static str| {
        let seen = std::sync::Arc::clone(&seen);
        move || {
            seen.lock().unwrap().push(word);
            Flow::Continue
        }
    };
    let handlers = Dispatcher::new()
        .on_callback_query(data_prefix("a"), see("prefix a"))
        .on_any(all(), see("any"))
        .on_callback_query(data("ab") | data_prefix("abc"), see("ab or abc"))
        .on_callback_query(from_user(ANN), see("of ann"))
        .on_callback_query(data_prefix("a") & data("ab"), see("both"))
        .on_callback_query(data_prefix("abc"), see("prefix abc"))
        .on_message(command("ab") | commands(["x", "AB"]), see("message"))
        .on_any(data("ab"), see("data of any"))
        .on_any(!data("ab"), see("another"))
        .by_hand(&PLACE.1)
        .unwrap();
    for (update, expected) in [
        (
            pressed_inline(b"ab"),
            &[
                "prefix a",
                "any",
                "ab or abc",
                "of ann",
                "both",
                "data of any",
            ][..],
        ),
        (
            pressed_inline(b"abcd"),
            &[
                "prefix a",
                "any",
                "ab or abc",
                "of ann",
                "prefix abc",
                "another",
            ],
        ),
        (pressed_inline(b""), &["any", "of ann", "another"]),
        (said("/ab"), &["any", "message", "another"]),
        (said("ab"), &["any", "another"]),
        (query("ab"), &["any", "another"]),
    ] {
        assert_eq!(handlers.dispatch(update.clone()).unwrap(), Flow::Continue);
        assert_eq!(
            std::mem::take(&mut *seen.lock().unwrap()),
            expected,
            "{update:?}"
        );
    }
}
