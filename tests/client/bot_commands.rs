//! The commands that a bot offers, and who sees which.
use std::time::Duration;

use ferogram_sync::tl::enums::{self, BotInfo, ChatFull};
use ferogram_sync::tl::{functions, types};
use ferogram_sync::{AdminRights, BotCommand, Client, CommandScope, Error, PeerError, Update};
use localdc::{LocalDc, NewChannel, NewUser};

/// Somebody whose app speaks a language.
fn speaking(dc: &LocalDc, phone: &str, language: &str) -> Client {
    let id = dc.add_user(NewUser::new(phone, language));
    let builder = dc.client_builder().session(dc.session_of(id));
    builder.lang_code(language).connect().expect("it is there")
}

fn name_of(bot: &Client) -> String {
    let me = bot.get_me().expect("signed in");
    format!("@{}", me.username().expect("bots have one"))
}

/// The names of what is told of one bot.
fn names(info: &BotInfo) -> Vec<String> {
    let BotInfo::Info(info) = info;
    let commands = info.commands.iter().flatten();
    commands
        .map(|enums::BotCommand::Command(it)| it.command.clone())
        .collect()
}

/// What somebody sees in the private chat with the bot.
fn in_private(user: &Client, bot: &str) -> Vec<String> {
    let full = user.fetch_user_full(bot).expect("told");
    names(full.bot_info().expect("it is a bot"))
}

/// What somebody sees in a group with one bot.
fn in_group(user: &Client, group: i64) -> Vec<String> {
    let full = user.fetch_chat_full(group).expect("told");
    let bots = match &full.raw {
        ChatFull::Full(full) => full.bot_info.clone().unwrap_or_default(),
        ChatFull::ChannelFull(full) => full.bot_info.clone(),
        other => panic!("{other:?}"),
    };
    let [info] = &bots[..] else {
        panic!("there is one bot: {bots:?}");
    };
    names(info)
}

fn offer(bot: &Client, name: &str, scope: CommandScope) {
    bot.set_bot_commands([(name, "Do it")], scope).expect("set");
}

#[test]
fn the_nearest_list_is_shown_in_a_private_chat() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, bot) = (
        speaking(&dc, "+49301234501", "en"),
        speaking(&dc, "+49301234502", "de"),
        dc.bot(),
    );
    let name = name_of(&bot);
    for user in [&ann, &bob] {
        user.send_message(&*name, "/start").expect("sent");
    }
    let both = || (in_private(&ann, &name), in_private(&bob, &name));
    assert!(both().0.is_empty());
    let ann_id = ann.my_id().expect("signed in");
    for (offered, scope, hers, his) in [
        ("one", CommandScope::everywhere(), "one", "one"),
        (
            "two",
            CommandScope::everywhere().language("de"),
            "one",
            "two",
        ),
        ("three", CommandScope::users(), "three", "three"),
        (
            "four",
            CommandScope::users().language("de"),
            "three",
            "four",
        ),
        ("five", CommandScope::chat(ann_id), "five", "four"),
        (
            "six",
            CommandScope::chat(ann_id).language("en"),
            "six",
            "four",
        ),
        ("seven", CommandScope::groups(), "six", "four"),
        ("eight", CommandScope::admins(), "six", "four"),
    ] {
        offer(&bot, offered, scope);
        let seen = (vec![hers.to_owned()], vec![his.to_owned()]);
        assert_eq!(both(), seen, "after {offered}");
    }
    // What is set stands alone, and what is taken away lets the next be seen.
    let kept = bot.bot_commands(CommandScope::users().language("de"));
    assert_eq!(kept.expect("told"), [BotCommand::new("four", "Do it")]);
    let kept = bot.bot_commands(CommandScope::users().language("fr"));
    assert!(kept.expect("told").is_empty());
    bot.delete_bot_commands(CommandScope::chat(ann_id).language("en"))
        .expect("taken away");
    assert_eq!(in_private(&ann, &name), ["five"]);
    let none: [BotCommand; 0] = [];
    bot.set_bot_commands(none, CommandScope::chat(ann_id))
        .expect("an empty list is none");
    assert_eq!(in_private(&ann, &name), ["three"]);
}

#[test]
fn in_groups_members_and_administrators_see_their_own() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, carol, bot) = (dc.user(), dc.user(), dc.user(), dc.bot());
    let ids = [&ann, &bob, &carol, &bot].map(|it| it.my_id().expect("signed in"));
    let [ann_id, bob_id, carol_id, bot_id] = ids;
    let group = -dc.add_group("Friends", ann_id, &[bob_id, carol_id, bot_id]);
    let club = NewChannel::new("Club", "the_club")
        .megagroup()
        .owner(ann_id);
    let club = dc.add_channel(club.members([bob_id, carol_id, bot_id]));
    let club = -1_000_000_000_000 - club;
    for user in [&ann, &bob, &carol] {
        user.fetch_chat("@the_club").expect("it is there");
    }
    bot.fetch_chat("@the_club").expect("it is there");
    bob.send_message(club, "Hello").expect("he is in it");
    for place in [group, club] {
        offer(&bot, "all", CommandScope::everywhere());
        offer(&bot, "users", CommandScope::users());
        let both = || (in_group(&ann, place), in_group(&bob, place));
        let seen = |hers: &str, his: &str| (vec![hers.to_owned()], vec![his.to_owned()]);
        assert_eq!(both(), seen("all", "all"));
        offer(&bot, "groups", CommandScope::groups());
        assert_eq!(both(), seen("groups", "groups"));
        offer(&bot, "admins", CommandScope::admins());
        assert_eq!(both(), seen("admins", "groups"));
        offer(&bot, "here", CommandScope::chat(place));
        assert_eq!(both(), seen("here", "here"));
        offer(&bot, "its_admins", CommandScope::chat_admins(place));
        assert_eq!(both(), seen("its_admins", "here"));
        offer(&bot, "bob", CommandScope::member(place, bob_id));
        assert_eq!(both(), seen("its_admins", "bob"));
        assert_eq!(in_group(&carol, place), ["here"]);
        let own = bot.bot_commands(CommandScope::member(place, bob_id));
        assert_eq!(own.expect("told")[0].name, "bob");
        for scope in [CommandScope::groups(), CommandScope::admins()] {
            bot.delete_bot_commands(scope).expect("taken away");
        }
    }
    // Elsewhere than in these groups nothing of that holds.
    let other = -dc.add_group("Others", bob_id, &[bot_id]);
    assert_eq!(in_group(&bob, other), ["all"]);
}

#[test]
fn who_sees_others_is_told() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob, bot) = (dc.user(), dc.user(), dc.bot());
    let name = name_of(&bot);
    for user in [&ann, &bob] {
        user.send_message(&*name, "/start").expect("sent");
    }
    let version = |user: &Client| {
        let full = user.fetch_user_full(&*name).expect("told");
        full.user().raw.bot_info_version.expect("it is a bot")
    };
    let before = version(&ann);
    let mut updates = [&ann, &bob].map(Client::updates);
    let [hers, his] = &mut updates;
    let next = |updates: &mut ferogram_sync::Updates| loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::BotCommands(change) = update.expect("it comes") {
            assert_eq!(Some(change.bot_id()), bot.my_id());
            let mut commands = change.commands().map(|it| it.command.clone());
            break commands.next();
        }
    };
    offer(&bot, "tea", CommandScope::chat(ann.my_id().expect("she")));
    offer(&bot, "coffee", CommandScope::everywhere());
    // Only he sees that: she has a list of her own.
    assert_eq!(next(his).as_deref(), Some("coffee"));
    assert_eq!(next(hers).as_deref(), Some("tea"));
    bot.delete_bot_commands(CommandScope::everywhere())
        .expect("taken away");
    bot.delete_bot_commands(CommandScope::chat(ann.my_id().expect("she")))
        .expect("taken away");
    assert_eq!((next(his), next(hers)), (None, None));
    assert!(version(&ann) > before);
}

#[test]
fn what_cannot_be_is_refused() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (dc.user(), dc.bot());
    let everywhere = CommandScope::everywhere;
    let asked = dc.executed("bots.setBotCommands");
    let many = |count: usize| (0..count).map(|it| (format!("tea{it}"), "Tea"));
    let error = bot.set_bot_commands(many(101), everywhere());
    assert!(matches!(error, Err(Error::Argument(_))), "{error:?}");
    for command in [("Tea", "Tea"), ("tea", "")] {
        let error = bot.set_bot_commands([command], everywhere());
        assert!(matches!(error, Err(Error::Argument(_))), "{error:?}");
    }
    let refused = [
        ann.set_bot_commands(many(1), everywhere()),
        ann.bot_commands(everywhere()).map(drop),
        ann.delete_bot_commands(everywhere()),
    ];
    for error in refused {
        assert!(matches!(error, Err(Error::NotForUsers { .. })), "{error:?}");
    }
    assert_eq!(dc.executed("bots.setBotCommands"), asked);
    bot.set_bot_commands(many(100), everywhere())
        .expect("so many may be");
    let kept = bot.bot_commands(everywhere()).expect("told");
    assert_eq!((kept.len(), &kept[99].name[..]), (100, "tea99"));
    let error = bot.set_bot_commands(many(1), everywhere().language("german"));
    assert!(error.expect_err("no code").is("LANG_CODE_INVALID"));
    let bot_id = bot.my_id().expect("signed in");
    let ann_id = ann.my_id().expect("signed in");
    let news = NewChannel::new("News", "the_news").owner(ann_id);
    dc.add_channel(news.admin(bot_id, AdminRights::all().raw));
    let member = CommandScope::member("@the_news", "@the_news");
    let error = bot.set_bot_commands(many(1), member).expect_err("no user");
    assert!(
        matches!(error, Error::Peer(PeerError::NotA { .. })),
        "{error}"
    );
    for scope in [
        CommandScope::chat("@the_news"),
        CommandScope::chat_admins("@the_news"),
    ] {
        let error = bot.set_bot_commands(many(1), scope).expect_err("a channel");
        assert!(error.is("PEER_ID_INVALID"), "{error}");
    }
    // The server's own word on what the library does not send.
    let raw = |command: &str, description: &str| functions::bots::SetBotCommands {
        commands: vec![
            types::BotCommand {
                command: command.to_owned(),
                description: description.to_owned(),
                ..Default::default()
            }
            .into(),
        ],
        ..Default::default()
    };
    for (request, answer) in [
        (raw("Tea", "Tea"), "BOT_COMMAND_INVALID"),
        (raw("tea", ""), "BOT_COMMAND_DESCRIPTION_INVALID"),
    ] {
        let error = bot.invoke(&request).expect_err(answer);
        assert!(error.is(answer), "{error}");
    }
}
