//! The scores of games: who has how many, and where that is said.
use ferogram_sync::action::MessageAction;
use ferogram_sync::tl::enums;
use ferogram_sync::tl::types::InputBotInlineMessageId;
use ferogram_sync::{
    Client, Error, Game, HistoryEntry, InputMessage, Message, PeerError, ScoreOptions,
};
use localdc::{LocalDc, NewChannel};

fn id_of(client: &Client) -> i64 {
    client.my_id().expect("signed in")
}

/// A bot, some people in a group with it, and a game there.
fn playing(people: usize) -> (LocalDc, Client, Vec<Client>, i64, Message) {
    let dc = LocalDc::start().expect("it listens");
    let bot = dc.bot();
    let people: Vec<Client> = (0..people).map(|_| dc.user()).collect();
    let others: Vec<i64> = people[1..].iter().chain([&bot]).map(id_of).collect();
    let group = -dc.add_group("Players", id_of(&people[0]), &others);
    let game = bot.send_message(group, chess()).expect("it is in it");
    (dc, bot, people, group, game)
}

fn chess() -> InputMessage {
    InputMessage::default().media(Game::new("chess"))
}

/// What a chat says was scored, the newest first: by whom, and how much.
fn said(client: &Client, chat: i64) -> Vec<(Option<i64>, i32)> {
    let entries = client.iter_messages(chat).with_service();
    let entries = entries.map(|entry| entry.expect("told"));
    let scored = entries.filter_map(|entry| {
        let HistoryEntry::Service(message) = entry else {
            return None;
        };
        let MessageAction::GameScore(it) = message.action() else {
            return None;
        };
        let sender = match message.sender() {
            Some(enums::Peer::User(user)) => Some(user.user_id),
            _ => None,
        };
        Some((sender, it.score))
    });
    scored.collect()
}

#[test]
fn only_a_better_score_is_kept_and_told() {
    let (_dc, bot, people, group, game) = playing(2);
    let ann = id_of(&people[0]);
    let set = |score: i32, options| bot.set_game_score(group, game.id(), ann, score, options);
    let table = || {
        let table = bot.game_high_scores(group, game.id(), ann).expect("told");
        let scores: Vec<(i32, i64, i32)> = table
            .iter()
            .map(|it| (it.position, it.user_id, it.score))
            .collect();
        scores
    };
    assert!(table().is_empty());
    set(10, ScoreOptions::new()).expect("it is the first");
    for score in [10, 9] {
        let error = set(score, ScoreOptions::new()).expect_err("no better");
        assert!(error.is("BOT_SCORE_NOT_MODIFIED"), "{error}");
    }
    assert_eq!(table(), [(1, ann, 10)]);
    set(12, ScoreOptions::new()).expect("it is better");
    set(3, ScoreOptions::new().force(true)).expect("it is forced");
    assert_eq!(table(), [(1, ann, 3)]);
    let error = set(3, ScoreOptions::new().force(true)).expect_err("the same");
    assert!(error.is("BOT_SCORE_NOT_MODIFIED"), "{error}");
    let error = set(-1, ScoreOptions::new()).expect_err("no score");
    assert!(error.is("SCORE_INVALID"), "{error}");
    assert_eq!(said(&people[1], group), [(Some(ann), 12), (Some(ann), 10)]);
}

#[test]
fn the_table_is_about_somebody_and_begins_with_the_best() {
    let (_dc, bot, people, group, game) = playing(9);
    let ids: Vec<i64> = people.iter().map(id_of).collect();
    for (place, user) in ids.iter().enumerate() {
        let score = 100 - i32::try_from(place).expect("few");
        let set = bot.set_game_score(group, game.id(), *user, score, ScoreOptions::new());
        set.expect("it is the first");
    }
    let places = |user: i64| {
        let table = bot.game_high_scores(group, game.id(), user).expect("told");
        for it in &table {
            let place = usize::try_from(it.position - 1).expect("from 1 on");
            assert_eq!((it.user_id, it.score), (ids[place], 101 - it.position));
            let shown = it.user.as_ref().map(ferogram_sync::User::id);
            assert_eq!(shown, Some(it.user_id));
        }
        let places: Vec<i32> = table.iter().map(|it| it.position).collect();
        places
    };
    assert_eq!(places(ids[0]), [1, 2, 3]);
    assert_eq!(places(ids[1]), [1, 2, 3, 4]);
    assert_eq!(places(ids[6]), [1, 2, 3, 5, 6, 7, 8, 9]);
    assert_eq!(places(ids[8]), [1, 2, 3, 7, 8, 9]);
}

#[test]
fn each_game_in_each_chat_has_a_table() {
    let (dc, bot, people, group, game) = playing(2);
    let ids: Vec<i64> = people.iter().map(id_of).collect();
    let name = bot.get_me().expect("signed in");
    let name = format!("@{}", name.username().expect("bots have one"));
    people[0].send_message(&*name, "/start").expect("sent");
    let alone = bot.send_message(ids[0], chess()).expect("she has begun");
    let again = bot.send_message(group, chess()).expect("sent");
    let go = InputMessage::default().media(Game::new("go"));
    let go = bot.send_message(group, go).expect("sent");
    let set = |chat: i64, message: &Message, score: i32| {
        bot.set_game_score(chat, message.id(), ids[0], score, ScoreOptions::new())
            .expect("kept");
    };
    set(group, &game, 5);
    set(ids[0], &alone, 3);
    set(group, &go, 2);
    let scored = |chat: i64, message: &Message| {
        let table = bot.game_high_scores(chat, message.id(), ids[0]);
        let scores: Vec<i32> = table.expect("told").iter().map(|it| it.score).collect();
        scores
    };
    assert_eq!(scored(group, &game), [5]);
    assert_eq!(scored(group, &again), [5]);
    assert_eq!(scored(ids[0], &alone), [3]);
    assert_eq!(scored(group, &go), [2]);
    let said_alone = said(&people[0], id_of(&bot));
    assert_eq!(said_alone, [(Some(ids[0]), 3)]);
    // Who does not play there has no score there.
    let carol = dc.user();
    carol.send_message(&*name, "/start").expect("sent");
    let set = bot.set_game_score(group, game.id(), id_of(&carol), 7, ScoreOptions::new());
    let error = set.expect_err("she is not in it");
    assert!(error.is("USER_ID_INVALID"), "{error}");
}

#[test]
fn the_message_shows_the_table_where_that_is_wanted() {
    let (_dc, bot, people, group, game) = playing(2);
    let ids: Vec<i64> = people.iter().map(id_of).collect();
    let text = || {
        let found = people[1].iter_messages(group).find_map(|message| {
            let message = message.expect("told");
            message.media().is_some().then(|| message.text().to_owned())
        });
        found.expect("the game is there")
    };
    let set = |user: i64, score: i32, options| {
        bot.set_game_score(group, game.id(), user, score, options)
            .expect("kept");
    };
    set(ids[0], 5, ScoreOptions::new());
    assert_eq!(text(), "");
    set(ids[1], 7, ScoreOptions::new().edit_message(true));
    let names: Vec<String> = people
        .iter()
        .map(|it| it.get_me().expect("signed in").full_name())
        .collect();
    assert_eq!(text(), format!("1. {}: 7\n2. {}: 5", names[1], names[0]));
}

#[test]
fn what_cannot_be_is_refused() {
    let (dc, bot, people, group, game) = playing(2);
    let ann = &people[0];
    let options = ScoreOptions::new();
    let inline = || InputBotInlineMessageId {
        dc_id: 1,
        id: 7,
        access_hash: 8,
    };
    for error in [
        ann.set_game_score(group, game.id(), "me", 1, options),
        ann.game_high_scores(group, game.id(), "me").map(drop),
        ann.set_inline_game_score(inline(), "me", 1, options),
        ann.inline_game_high_scores(inline(), "me").map(drop),
    ] {
        assert!(matches!(error, Err(Error::NotForUsers { .. })), "{error:?}");
    }
    assert_eq!(dc.executed("messages.setGameScore"), 0);
    let plain = bot.send_message(group, "Hello").expect("sent").id();
    let ann = id_of(ann);
    for id in [plain, game.id() + 1000] {
        let error = bot.set_game_score(group, id, ann, 1, options);
        assert!(error.expect_err("no game").is("MESSAGE_ID_INVALID"));
    }
    // Nor is it a game of another bot's.
    let other = dc.bot();
    let both = NewChannel::new("Both", "the_both").megagroup().owner(ann);
    dc.add_channel(both.members([id_of(&bot), id_of(&other)]));
    let theirs = other.send_message("@the_both", chess());
    let theirs = theirs.expect("it is in it").id();
    let error = bot.set_game_score("@the_both", theirs, ann, 1, options);
    assert!(error.expect_err("another's game").is("MESSAGE_ID_INVALID"));
    for error in [
        bot.set_inline_game_score(inline(), ann, 1, options),
        bot.inline_game_high_scores(inline(), ann).map(drop),
    ] {
        assert!(error.expect_err("no message").is("MESSAGE_ID_INVALID"));
    }
    let error = bot.set_game_score(group, game.id(), group, 1, options);
    let error = error.expect_err("no user");
    assert!(
        matches!(error, Error::Peer(PeerError::NotA { .. })),
        "{error}"
    );
}
