//! Made-up runs that break one promise each: the referee has to see it, and nothing before it.
use std::time::Duration;

use ferogram_sync::mtproto::Attention;

use crate::fact::{End, Fact, Record, Sent};
use crate::referee::Referee;
use crate::wire::Said;
use crate::word::Word;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn asked(tag: u64, harmless: bool) -> Fact {
    Fact::Asked {
        tag,
        harmless,
        deadline: seconds(60),
    }
}

fn ended(end: End) -> Fact {
    Fact::Ended { tag: 1, end }
}

fn unknown() -> End {
    End::Unknown {
        cause: String::new(),
        deadline: false,
    }
}

fn not_sent(deadline: bool) -> End {
    End::NotSent {
        cause: String::new(),
        deadline,
    }
}

fn sent(id: i64, seq_no: i32, said: Said) -> Fact {
    Fact::Sent(Sent {
        conn: 1,
        session: 5,
        salt: 7,
        id,
        seq_no,
        inside: false,
        carrier: id,
        len: 100,
        said,
    })
}

fn request(id: i64, seq_no: i32) -> Fact {
    sent(
        id,
        seq_no,
        Said::Request {
            tag: 1,
            prefixed: false,
        },
    )
}

fn polled(next: Option<u64>) -> Fact {
    Fact::Polled {
        next: next.map(seconds),
        outputs: 1,
    }
}

/// Message 9 of the server.
fn word() -> Word {
    Word {
        session: 5,
        id: 9,
        carrier: 9,
        ..Word::default()
    }
}

/// One that has to be acknowledged.
fn content() -> Fact {
    Fact::Delivered(Word {
        content: true,
        ..word()
    })
}

/// Another, with which the server refuses one of the client's.
fn refusal(id: i64, message: i64, code: i32) -> Word {
    Word {
        id,
        carrier: id,
        refuses: Some((message, code)),
        ..word()
    }
}

fn refuses(message: i64, code: i32) -> Fact {
    Fact::Delivered(refusal(13, message, code))
}

fn online() -> Vec<(u64, Fact)> {
    vec![
        (0, Fact::Attends(Attention::Listens)),
        (0, Fact::Dials { conn: 1 }),
        (0, Fact::Attends(Attention::Hears)),
        (0, Fact::Opened { conn: 1 }),
        (0, Fact::Heard { conn: 1 }),
    ]
}

fn online_and(facts: impl IntoIterator<Item = (u64, Fact)>) -> Vec<(u64, Fact)> {
    online().into_iter().chain(facts).collect()
}

/// What the referee says about the last fact; all before must be in order.
fn verdict(facts: &[(u64, Fact)]) -> Result<(), String> {
    let mut referee = Referee::default();
    let mut last = Ok(());
    for (at, fact) in facts {
        assert_eq!(last, Ok(()), "only the last fact is wrong");
        last = referee.see(&Record {
            at: seconds(*at),
            link: 0,
            fact: fact.clone(),
        });
    }
    last.and_then(|()| referee.finish())
}

#[track_caller]
fn rejects(law: &str, facts: &[(u64, Fact)]) {
    let error = verdict(facts).expect_err("the referee sees nothing wrong");
    assert!(error.contains(law), "{error:?} is not about {law:?}");
}

#[test]
fn a_run_in_order_is_accepted() {
    let answer = ended(End::Answer(Some(1)));
    let acks = sent(16, 4, Said::Acks(vec![9]));
    let facts = online_and([
        (0, asked(1, false)),
        (1, request(4, 1)),
        (
            1,
            Fact::Sent(Sent {
                inside: true,
                ..again(4, 1)
            }),
        ),
        (1, request(8, 3)),
        (2, Fact::Executed { tag: 1 }),
        (2, Fact::Answers { tag: 1 }),
        (2, content()),
        (2, answer),
        (12, acks),
        (30, polled(Some(31))),
    ]);
    assert_eq!(verdict(&facts), Ok(()));
}

fn again(id: i64, seq_no: i32) -> Sent {
    let Fact::Sent(sent) = request(id, seq_no) else {
        unreachable!("a request is sent");
    };
    sent
}

#[test]
fn every_request_ends_once_and_by_its_deadline() {
    rejects("never ended", &[(0, asked(1, false))]);
    let end = ended(unknown());
    rejects(
        "ended twice",
        &[(0, asked(1, false)), (1, end.clone()), (2, end.clone())],
    );
    rejects("never asked", &[(0, end.clone())]);
    rejects("after its deadline", &[(0, asked(1, false)), (61, end)]);
    rejects(
        "past its deadline",
        &[(0, asked(1, false)), (60, polled(None))],
    );
    rejects(
        "before that had come",
        &[(0, asked(1, false)), (59, ended(not_sent(true)))],
    );
    let late = End::Unknown {
        cause: String::new(),
        deadline: true,
    };
    rejects(
        "before that had come",
        &[(0, asked(1, false)), (59, ended(late))],
    );
    let cancelled = Fact::Cancelled { tag: 1 };
    rejects(
        "still waits",
        &[(0, asked(1, false)), (1, cancelled), (1, polled(None))],
    );
}

#[test]
fn answers_are_those_of_the_server() {
    let answers = Fact::Answers { tag: 1 };
    let other = ended(End::Answer(Some(2)));
    rejects(
        "the answer of",
        &[(0, asked(1, false)), (1, answers), (2, other)],
    );
    let invented = ended(End::Answer(Some(1)));
    rejects("never given", &[(0, asked(1, false)), (2, invented)]);
}

#[test]
fn what_was_not_sent_was_not_executed() {
    let (runs, end) = (Fact::Executed { tag: 1 }, ended(not_sent(false)));
    rejects(
        "was executed",
        &[(0, asked(1, true)), (1, runs.clone()), (2, end.clone())],
    );
    rejects(
        "executed later",
        &[(0, asked(1, true)), (1, end), (2, runs)],
    );
}

#[test]
fn only_what_is_harmless_runs_twice() {
    let runs = Fact::Executed { tag: 1 };
    rejects("never asked", &[(0, runs.clone())]);
    let twice = [(0, asked(1, false)), (1, runs.clone()), (2, runs.clone())];
    rejects("executed twice", &twice);
    let harmless = [
        (0, asked(1, true)),
        (1, runs.clone()),
        (2, runs),
        (3, ended(unknown())),
    ];
    assert_eq!(verdict(&harmless), Ok(()));
}

#[test]
fn one_login_has_one_connection() {
    let dials = |conn| (1, Fact::Dials { conn });
    rejects("3 connections", &online_and([dials(2), dials(3)]));
    let over_two = Fact::Sent(Sent {
        conn: 2,
        ..again(8, 3)
    });
    let facts = [(1, request(4, 1)), dials(2), (2, over_two)];
    rejects("two connections at once", &online_and(facts));
    let closed = Fact::Closed {
        conn: 1,
        ours: true,
        why: String::new(),
    };
    rejects(
        "that is gone",
        &online_and([(1, closed), (2, request(4, 1))]),
    );
}

#[test]
fn an_address_that_says_nothing_holds_nobody_up() {
    let dials = |at, conn| (at, Fact::Dials { conn });
    let wanted = [(0, Fact::Attends(Attention::Listens)), dials(0, 1)];
    let heard_of = (0, Fact::Attends(Attention::Hears)); // So that nothing has to come of it.
    let begins = [&wanted[..], std::slice::from_ref(&heard_of)].concat();
    let alone = [&begins[..], &[(0, polled(Some(3)))]].concat();
    let long = [&begins[..], &[(0, polled(Some(4)))]].concat();
    rejects("no other is tried", &long);
    let and = |facts: &[(u64, Fact)]| [&alone[..], facts].concat();
    assert_eq!(verdict(&and(&[dials(3, 2), (3, polled(None))])), Ok(()));
    let heard = (1, Fact::Heard { conn: 1 });
    assert_eq!(verdict(&and(&[heard.clone(), (1, polled(None))])), Ok(()));
    // Of a key exchange the first bytes may be the beginning of anything.
    let facts = [heard, dials(3, 2), (3, polled(None)), (3, request(4, 1))];
    assert_eq!(verdict(&and(&facts)), Ok(()));
    let facts = [&facts[..], &[(3, polled(None))]].concat();
    rejects("beside one that answers", &and(&facts));
    let gone = Fact::Closed {
        conn: 2,
        ours: false,
        why: String::new(),
    };
    let facts = [dials(3, 2), (4, gone), (4, polled(Some(7)))];
    rejects("no other is tried", &and(&facts));
}

#[test]
fn nobody_waits_long_for_the_next_attempt() {
    let closed = |conn| Fact::Closed {
        conn,
        ours: false,
        why: String::new(),
    };
    let begins = [
        (0, ask_long()),
        (0, Fact::Dials { conn: 1 }),
        (1, closed(1)),
    ];
    let and = |facts: &[(u64, Fact)]| [&begins[..], facts].concat();
    rejects(
        "nobody makes one",
        &[(0, asked(1, false)), (0, polled(None))],
    );
    let soon = "no attempt is made for 1 seconds";
    rejects(soon, &and(&[(1, polled(Some(3)))]));
    rejects(soon, &and(&[(2, polled(None))]));
    // Even if nothing is asked.
    let listens = [
        (0, Fact::Attends(Attention::Listens)),
        (0, Fact::Dials { conn: 1 }),
        (1, closed(1)),
    ];
    rejects(soon, &[&listens[..], &[(1, polled(Some(3)))]].concat());
    let dials = Fact::Dials { conn: 2 };
    let later = |at, next| {
        and(&[
            (1, polled(Some(2))),
            (2, dials.clone()),
            (at, closed(2)),
            (at, polled(Some(next))),
        ])
    };
    rejects("no attempt is made for 3 seconds", &later(61, 65));
    rejects("never ended", &later(61, 64));
    rejects(soon, &later(60, 63));
    // Unless the server wants to be left alone, or nobody asks it again.
    let away = |code| {
        let away = (0, Fact::TurnsAway { code });
        let (first, rest) = begins.split_at(2);
        [first, &[away], rest, &[(1, polled(Some(30)))]].concat()
    };
    rejects("never ended", &away(-429));
    let refuses = Fact::Closed {
        conn: 1,
        ours: true,
        why: "the key exchange failed: ..".to_owned(),
    };
    let facts = [&begins[..2], &[(1, refuses), (1, polled(Some(30)))]].concat();
    rejects("never ended", &facts);
    rejects("never ended", &away(-444));
    rejects(soon, &away(-404));
}

#[test]
fn ids_rise_and_numbers_count() {
    rejects(
        "does not rise",
        &online_and([(1, request(8, 1)), (1, request(4, 3))]),
    );
    rejects(
        "by itself",
        &online_and([(1, request(8, 1)), (1, request(8, 1))]),
    );
    rejects("not a client's id", &online_and([(1, request(5, 1))]));
    rejects("has the number", &online_and([(1, request(4, 0))]));
    rejects(
        "has the number",
        &online_and([(1, request(4, 1)), (1, request(8, 1))]),
    );
    rejects("has the number", &online_and([(1, sent(4, 1, Said::Pong))]));
    let other = Fact::Sent(Sent {
        inside: true,
        ..again(4, 3)
    });
    rejects(
        "another number",
        &online_and([(1, request(4, 1)), (1, other)]),
    );
    rejects("nonsense", &online_and([(1, sent(4, 1, Said::Nonsense))]));
}

#[test]
fn what_needs_an_acknowledgment_gets_one() {
    let facts = [(1, request(4, 1)), (2, content()), (15, polled(None))];
    rejects("not acknowledged", &online_and(facts));
    // But not under a key that is given up.
    let facts = [
        (1, request(4, 1)),
        (2, content()),
        (3, Fact::AsksForKey),
        (15, polled(None)),
    ];
    assert_eq!(verdict(&online_and(facts)), Ok(()));
}

#[test]
fn acknowledgments_that_were_refused_go_again() {
    let refused = refuses(8, 16);
    let facts = [
        (1, request(4, 1)),
        (2, content()),
        (3, sent(8, 2, Said::Acks(vec![9]))),
        (14, polled(None)),
        (15, refused),
        (28, polled(None)),
    ];
    rejects("not acknowledged", &online_and(facts));
}

#[test]
fn a_refused_salt_is_not_used_again() {
    let at = |id, wrong, about| {
        Fact::Delivered(Word {
            wrong_salt: Some(wrong),
            ..refusal(id, about, 48)
        })
    };
    let wrong = |salt, about| at(9, salt, about);
    let facts = [(1, request(4, 1)), (2, wrong(7, 4)), (3, request(8, 3))];
    rejects("a salt that was refused", &online_and(facts));
    // What is said of an older message than the last word on salts changes nothing.
    let facts = [
        (1, request(4, 1)),
        (1, request(8, 3)),
        (2, wrong(6, 8)),
        (3, wrong(7, 4)),
        (4, request(12, 5)),
    ];
    assert_eq!(verdict(&online_and(facts)), Ok(()));
    // Nor is it heeded when it is said late of a request that has ended.
    let late = at(1000 << 32 | 1, 7, 4);
    let facts = [
        (0, asked(1, false)),
        (1, request(4, 1)),
        (2, ended(unknown())),
        (3, late),
        (4, sent(8, 2, Said::Pong)),
    ];
    assert_eq!(verdict(&online_and(facts)), Ok(()));
    // Only a list that names it makes it good again.
    let listed = |asked_by, salts| {
        let list = Fact::Delivered(Word {
            lists: Some((asked_by, salts)),
            ..word()
        });
        online_and([
            (1, request(4, 1)),
            (2, wrong(7, 4)),
            (3, list),
            (4, request(8, 3)),
        ])
    };
    rejects("a salt that was refused", &listed(8, vec![6, 8]));
    // And only if it was asked for after the refusal.
    rejects("a salt that was refused", &listed(2, vec![7]));
    let facts = listed(8, vec![7]);
    assert!(!format!("{:?}", verdict(&facts)).contains("salt"));
    // As all is that is asked for in a later session, where ids may be lower.
    let later = |id, seq_no, salt| {
        Fact::Sent(Sent {
            conn: 1,
            session: 6,
            salt,
            id,
            seq_no,
            inside: false,
            carrier: id,
            len: 100,
            said: Said::Pong,
        })
    };
    let relisted = |asked_by| {
        let list = Fact::Delivered(Word {
            session: 6,
            lists: Some((asked_by, vec![7])),
            ..word()
        });
        online_and([
            (1, request(400, 1)),
            (2, wrong(7, 400)),
            (3, later(4, 0, 8)),
            (4, list),
            (5, later(8, 0, 7)),
        ])
    };
    rejects("a salt that was refused", &relisted(-1));
    let facts = relisted(4);
    assert!(!format!("{:?}", verdict(&facts)).contains("salt"));
}

#[test]
fn timers_fire_and_do_something() {
    rejects("in the past", &[(5, polled(Some(5)))]);
    let idle = (
        5,
        Fact::Polled {
            next: None,
            outputs: 0,
        },
    );
    rejects("to do nothing", &vec![idle; 51]);
}

#[test]
fn lists_are_bounded() {
    let many = Said::Acks(vec![1; 8193]);
    rejects("too many acks", &online_and([(1, sent(4, 0, many))]));
    let member = (4, 0, Said::Pong);
    let many = Said::Container(vec![member; 1021]);
    rejects("a container of 1021", &online_and([(1, sent(8, 0, many))]));
}

#[test]
fn fair_weather_brings_answers() {
    let fair = (0, Fact::Fair);
    let late = [fair.clone(), (1, ask_long()), (152, polled(None))];
    rejects("waits in fair weather", &late);
    rejects(
        "failed in fair weather",
        &[fair.clone(), (1, ask_long()), (9, ended(not_sent(false)))],
    );
    // Only what goes down with a connection may end as unknown.
    let closed = |ours| Fact::Closed {
        conn: 1,
        ours,
        why: String::new(),
    };
    let asked_and = |facts: &[(u64, Fact)]| {
        let asked = [fair.clone(), (3, ask_long()), (9, ended(unknown()))];
        let mut all = online_and(asked);
        all.extend_from_slice(facts);
        all.sort_by_key(|(second, _)| *second);
        all
    };
    let carries = (0, sent(4, 0, Said::Pong));
    let cut_at = |second| asked_and(&[carries.clone(), (second, closed(false))]);
    // Or what is the first to find out that the key is lost.
    let facts = [
        fair.clone(),
        (1, Fact::KeysLost),
        (3, ask_long()),
        (9, ended(unknown())),
    ];
    assert_eq!(verdict(&facts), Ok(()));
    rejects("failed in fair weather", &cut_at(2));
    assert_eq!(verdict(&cut_at(4)), Ok(()));
    // Or with one over which nothing ever came.
    let silent = |facts: &[(u64, Fact)]| {
        let mut all = asked_and(facts);
        all.retain(|(_, fact)| !matches!(fact, Fact::Heard { .. }));
        all
    };
    let facts = [carries.clone(), (4, closed(true))];
    assert_eq!(verdict(&silent(&facts)), Ok(()));
    rejects("failed in fair weather", &asked_and(&facts));
    // Or with one that the client left, where the session ends before it can ask.
    let left = [(3, request(4, 1)), (4, closed(true))];
    rejects("failed in fair weather", &asked_and(&left));
    for (code, excused) in [(17, true), (16, false)] {
        let facts = [&left[..], &[(5, refuses(8, code))]].concat();
        let facts = asked_and(&facts);
        assert_eq!(verdict(&facts).is_ok(), excused, "{code}");
    }
}

fn ask_long() -> Fact {
    Fact::Asked {
        tag: 1,
        harmless: false,
        deadline: seconds(1000),
    }
}

#[test]
fn errors_are_those_of_the_server() {
    let error = ended(End::Error("500 NO".to_owned()));
    rejects("never given", &[(0, asked(1, false)), (1, error.clone())]);
    let errs = Fact::Errs { tag: 1 };
    let given = [(0, asked(1, false)), (1, errs), (1, error)];
    assert_eq!(verdict(&given), Ok(()));
}

#[test]
fn what_the_server_forgot_ends_as_unknown() {
    let runs = Fact::Executed { tag: 1 };
    let errs = Fact::Errs { tag: 1 };
    let error = ended(End::Error(String::new()));
    let facts = [
        (0, asked(1, false)),
        (1, runs),
        (2, Fact::Forgot),
        (3, errs),
        (4, error),
    ];
    rejects("nobody can know", &facts);
    let begins = Fact::Delivered(Word {
        begins: Some(12),
        ..word()
    });
    let facts = [
        (0, asked(1, false)),
        (1, request(4, 1)),
        (2, begins.clone()),
        (2, Fact::UpdatesLost),
        (2, polled(None)),
    ];
    rejects("was forgotten and still waits", &online_and(facts));
    let repeated = Fact::Sent(Sent {
        inside: true,
        carrier: 8,
        ..again(4, 1)
    });
    // What was refused had not been taken; what was refused when it came again may have been.
    let facts = [
        (0, asked(1, false)),
        (1, request(4, 1)),
        (1, refuses(4, 48)),
        (2, begins.clone()),
        (2, Fact::UpdatesLost),
        (2, polled(None)),
        (3, ended(unknown())),
    ];
    assert_eq!(verdict(&online_and(facts)), Ok(()));
    let facts = [
        (0, asked(1, false)),
        (1, request(4, 1)),
        (1, repeated),
        (1, refuses(8, 48)),
        (2, begins),
        (2, Fact::UpdatesLost),
        (2, polled(None)),
    ];
    rejects("was forgotten and still waits", &online_and(facts));
}

#[test]
fn nothing_waits_in_a_session_that_was_left() {
    let other = Fact::Sent(Sent {
        session: 6,
        said: Said::Pong,
        ..again(8, 0)
    });
    let facts = [
        (0, asked(1, false)),
        (1, request(4, 1)),
        (2, other),
        (43, polled(None)),
    ];
    rejects("a session that was left", &online_and(facts));
}

#[test]
fn a_login_that_the_server_has_ended_is_a_failure() {
    rejects("it is lost", &online_and([(1, Fact::Killed)]));
}

#[test]
fn keys_are_stored_before_they_are_used() {
    let facts = [(1, Fact::KeyMade), (2, request(4, 1))];
    rejects("not stored", &online_and(facts));
    let facts = [
        (1, Fact::KeyMade),
        (1, Fact::KeyMade),
        (2, Fact::KeySaved),
        (3, request(4, 1)),
    ];
    rejects("not stored", &online_and(facts));
}

#[test]
fn a_closed_link_is_at_rest() {
    let closed = Fact::Closed {
        conn: 1,
        ours: true,
        why: String::new(),
    };
    let facts = [(1, Fact::Closes), (1, closed), (2, Fact::Dials { conn: 2 })];
    rejects("makes a connection", &online_and(facts));
    let facts = [(1, Fact::Closes), (1, request(4, 1))];
    rejects("a closed link sends", &online_and(facts));
    let facts = [(0, asked(1, false)), (1, Fact::Closes), (1, polled(None))];
    rejects("that was closed", &facts);
}

#[test]
fn updates_come_once_and_only_from_their_own_session() {
    let hears = (0, Fact::Attends(Attention::Hears));
    let update = Fact::Updated { id: 7 };
    let facts = [hears.clone(), (1, update.clone()), (2, update.clone())];
    rejects("on twice", &facts);
    rejects("breaks the rules", &[hears, (1, Fact::Updated { id: 0 })]);
    rejects("for single requests", &[(1, update)]);
    rejects("for single requests", &[(1, Fact::UpdatesLost)]);
}

fn greeting(id: i64, seq_no: i32) -> Fact {
    sent(id, seq_no, Said::Greeting { prefixed: false })
}

/// A link that listens, and is there.
fn listening_and(facts: impl IntoIterator<Item = (u64, Fact)>) -> Vec<(u64, Fact)> {
    let listens = [(0, Fact::Attends(Attention::Listens))];
    online_and(listens.into_iter().chain(facts))
}

fn cut() -> Fact {
    Fact::Closed {
        conn: 1,
        ours: false,
        why: String::new(),
    }
}

#[test]
fn updates_are_begun_once_on_each_connection_that_somebody_listens_on() {
    rejects("nobody listens", &online_and([(1, greeting(4, 1))]));
    let twice = [(1, greeting(4, 1)), (2, greeting(8, 3))];
    rejects("begun twice", &listening_and(twice));
    let pong = || sent(4, 0, Said::Pong);
    let never = [(1, pong()), (70, polled(None)), (90, polled(None))];
    rejects("has not begun", &listening_and(never));
    rejects("in vain", &listening_and([(1, pong())]));
    let again = [
        (1, greeting(4, 1)),
        (2, cut()),
        (2, Fact::Dials { conn: 1 }),
        (3, Fact::Opened { conn: 1 }),
        (3, greeting(8, 3)),
    ];
    assert_eq!(verdict(&listening_and(again)), Ok(()));
}

#[test]
fn updates_are_begun_again_when_the_server_knows_nothing_of_it() {
    let answered = Word {
        answers: Some(4),
        ..word()
    };
    let denies = Word {
        denies: true,
        ..answered.clone()
    };
    let begins = |first| Word {
        id: 13,
        carrier: 13,
        begins: Some(first),
        ..word()
    };
    let refusal = refusal(13, 4, 64);
    let after = |words: &[Word]| {
        let told = words.iter().map(|word| (2, Fact::Delivered(word.clone())));
        let told: Vec<_> = told.collect();
        let first = [(1, greeting(4, 1))].into_iter();
        listening_and(first.chain(told).chain([(3, greeting(8, 3))]))
    };
    for words in [&[denies][..], std::slice::from_ref(&refusal), &[begins(8)]] {
        assert_eq!(verdict(&after(words)), Ok(()));
    }
    let known = [&[answered.clone()][..], &[answered, refusal], &[begins(4)]];
    for words in known {
        rejects("begun twice", &after(words));
    }
}

#[test]
fn whoever_listens_is_told_when_the_server_has_lost_the_session() {
    let begins = |first| {
        Fact::Delivered(Word {
            begins: Some(first),
            ..word()
        })
    };
    let after = |first: i64, told: &[Fact]| {
        let told = told.iter().map(|fact| (2, fact.clone()));
        let facts = [(1, greeting(4, 1)), (2, begins(first))];
        listening_and(facts.into_iter().chain(told).chain([(2, polled(None))]))
    };
    rejects("nobody is told", &after(8, &[]));
    assert_eq!(
        verdict(&after(8, &[Fact::UpdatesLost])),
        Err("somebody listens in vain".to_owned())
    );
    assert_eq!(verdict(&after(4, &[])), Ok(()), "it has begun with it");
}

#[test]
fn a_link_stands_for_who_listens_and_for_nobody_else() {
    rejects("for nobody", &[(1, Fact::Dials { conn: 1 })]);
    let asked_for = [(0, asked(1, false)), (1, Fact::Dials { conn: 1 })];
    let error = verdict(&asked_for).expect_err("nothing has come of it");
    assert!(error.contains("never ended"), "{error}");
    let gone = [(0, Fact::Fair), (10, cut()), (80, polled(None))];
    rejects("does not come back", &listening_and(gone.clone()));
    let wrong = [(9, Fact::TurnsAway { code: -444 })];
    let gone = gone[1..].iter().cloned();
    assert_eq!(
        verdict(&listening_and(wrong.into_iter().chain(gone))),
        Ok(())
    );
}

#[test]
fn packets_and_what_is_out_are_bounded() {
    let large = Fact::Sent(Sent {
        len: 2 << 20,
        ..again(4, 1)
    });
    rejects("a packet of", &online_and([(1, large)]));
    let mut facts = online();
    for tag in 1..=1025 {
        facts.push((0, asked(tag as u64, false)));
        let prefixed = false;
        let tag = tag as u64;
        let said = Said::Request { tag, prefixed };
        facts.push((1, sent(tag as i64 * 4, tag as i32 * 2 - 1, said)));
    }
    rejects("1025 requests are out", &facts);
    let ends = ended(unknown());
    let facts = [(0, asked(1, false)), (1, ends), (2, request(4, 1))];
    rejects("is sent and has ended", &online_and(facts));
}

#[test]
fn what_was_announced_and_is_there_is_acknowledged() {
    let there = Fact::Delivered(Word {
        id: 13,
        carrier: 13,
        announces: Some(9),
        ..word()
    });
    let mut facts = online_and([
        (1, request(4, 1)),
        (2, content()),
        (3, sent(8, 2, Said::Acks(vec![9]))),
        (20, there),
        (31, polled(None)),
        (33, polled(None)),
    ]);
    rejects("not acknowledged", &facts);
    // What has never come cannot be.
    facts.remove(online().len() + 1);
    assert_eq!(verdict(&facts), Ok(()));
}

/// A message that the client made at this second and the server refuses at its own second 1000,
/// and one more that the client made after that.
fn refused(code: i32, made: i64, then: i64) -> Vec<(u64, Fact)> {
    let refusal = refusal(1000 << 32 | 1, made << 32, code);
    online_and([
        (1, sent(made << 32, 0, Said::Acks(Vec::new()))),
        (2, Fact::Delivered(refusal)),
        (5, sent(then << 32, 0, Said::Pong)),
    ])
}

#[test]
fn the_clock_is_set_by_what_the_server_refuses() {
    rejects("off the time", &refused(16, 100, 103));
    assert_eq!(verdict(&refused(16, 100, 1003)), Ok(()));
    rejects("off the time", &refused(17, 5000, 5004));
    // A refusal of something else says nothing about the clock.
    assert_eq!(verdict(&refused(64, 100, 103)), Ok(()));
}

#[test]
fn a_key_is_bound_once_at_a_time() {
    let bind = |id, seq_no| sent(id, seq_no, Said::Bind);
    rejects(
        "is being bound",
        &online_and([(1, bind(4, 1)), (2, bind(8, 3))]),
    );
    let bound = Fact::Delivered(Word {
        answers: Some(4),
        ..word()
    });
    let facts = [(1, bind(4, 1)), (2, bound), (3, bind(8, 3))];
    assert_eq!(verdict(&online_and(facts)), Ok(()));
}

#[test]
fn an_arrival_is_told_of_what_has_arrived_and_to_whom_wants_to_know() {
    let told = Fact::Hastened { tag: 1 };
    let here = Fact::Hastens { tags: vec![1] };
    let wants = Fact::WantsHaste { tag: 1 };
    rejects(
        "has arrived",
        &[(0, asked(1, false)), (0, wants.clone()), (1, told.clone())],
    );
    rejects(
        "has arrived",
        &[(0, asked(1, false)), (1, here.clone()), (2, told.clone())],
    );
    let facts = [
        (0, asked(1, false)),
        (0, wants),
        (1, here),
        (2, told),
        (3, ended(unknown())),
    ];
    assert_eq!(verdict(&facts), Ok(()));
}
