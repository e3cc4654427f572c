//! One kind of fault at a time: the client recovers, and nothing is lost.
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, tl};
use localdc::{Direction, Effect, LocalDc, NewBot, Rule};

use super::referee::Said;

const TOKEN: &str = "1000005:recovery-test";
const NEAREST: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};

/// How many calls are on their way at once.
const WINDOW: u64 = 100;

#[test]
fn wrong_salts_sessions_and_bytes_cost_no_answer() {
    for (effect, times) in [
        (Effect::WrongSalt, 20),
        (Effect::WrongSession, 2),
        (Effect::Corrupt, 2),
        (Effect::ChangeSalt, 3),
        (Effect::Duplicate, 20),
        (Effect::Reorder, 5),
        (Effect::Tear { after: 30 }, 2),
    ] {
        let dc = LocalDc::start().expect("it listens");
        dc.add_bot(NewBot::new(TOKEN, "recovery_bot"));
        let client = dc.client_builder().connect().expect("it starts");
        client.bot_sign_in(TOKEN).expect("the token is right");
        let before = dc.executed("help.getNearestDc");
        let rule = dc.faults().add(Rule::new(effect.clone()).times(times));
        let mut calls = 0;
        while dc.faults().fired(rule) < times {
            let pending: Vec<_> = (0..WINDOW).map(|_| client.submit(&NEAREST)).collect();
            for pending in pending {
                let answer = pending.wait();
                answer.unwrap_or_else(|error| panic!("{effect:?}: {error}"));
            }
            calls += WINDOW;
        }
        let executed = dc.executed("help.getNearestDc") - before;
        assert_eq!(executed, calls, "{effect:?}");
    }
}

#[test]
fn a_last_attempt_that_was_not_sent_does_not_speak_for_the_first() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "recovery_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    // On a busy machine the second attempt may leave before the line is cut: then once more.
    let cut_in_time = (0..20).any(|_| {
        let before = dc.executed("account.checkUsername");
        let said = fails_once_and_is_cut(&dc, &client);
        let ran = dc.executed("account.checkUsername") - before;
        dc.faults().clear();
        client.get_me().expect("no faults are set");
        if ran == 1 {
            assert_eq!(said, Said::Unknown, "it ran once");
        }
        ran == 1
    });
    assert!(cut_in_time, "the second attempt always came through");
}

/// A call that runs and fails inside, and cannot be sent again.
fn fails_once_and_is_cut(dc: &LocalDc, client: &Client) -> Said {
    let failing = Rule::new(Effect::internal(500, true)).method("account.checkUsername");
    let failing = dc.faults().add(failing.times(1));
    thread::scope(|scope| {
        let call = scope.spawn(|| {
            let short = client.with_timeout(Duration::from_secs(3));
            Said::of(&short.invoke(&tl::functions::account::CheckUsername {
                username: "somebody".to_owned(),
            }))
        });
        while dc.faults().fired(failing) == 0 && !call.is_finished() {
            thread::sleep(Duration::from_millis(1));
        }
        // Until the answer is there, and then nothing can be sent any more.
        thread::sleep(Duration::from_millis(300));
        dc.faults().add(Rule::new(Effect::Refuse));
        dc.cut_connections();
        call.join().expect("no call panics")
    })
}

#[test]
fn a_silent_server_costs_the_deadline_and_no_more() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "recovery_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    let short = client.with_timeout(Duration::from_millis(1500));
    let name = |number: usize| tl::functions::account::CheckUsername {
        username: format!("silent{number}"),
    };
    for direction in [Direction::In, Direction::Out] {
        let before = dc.executed("account.checkUsername");
        let stall = Rule::new(Effect::Stall { after: 0 }).direction(direction);
        let rule = dc.faults().add(stall);
        dc.cut_connections();
        let said: Vec<Said> = thread::scope(|scope| {
            let calls: Vec<_> = (0..16)
                .map(|number| {
                    let short = &short;
                    scope.spawn(move || Said::of(&short.invoke(&name(number))))
                })
                .collect();
            calls
                .into_iter()
                .map(|call| call.join().expect("no call panics"))
                .collect()
        });
        // On a busy machine the next connection may come after the calls have ended.
        while dc.faults().fired(rule) == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        assert!(!said.contains(&Said::Answered), "nothing can come");
        let executed = dc.executed("account.checkUsername") - before;
        let unknown = said.iter().filter(|said| **said == Said::Unknown).count();
        assert!(executed <= unknown as u64, "{executed} of {unknown} ran");
        dc.faults().clear();
        dc.cut_connections();
        client.get_me().expect("no faults are set");
    }
}
