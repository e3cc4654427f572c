//! How long calls wait when the server makes them, as the program's own policy has it.
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ferogram_sync::tl::{enums, functions};
use ferogram_sync::{
    CircuitBreaker, Client, ClientBuilder, Delivery, Error, NoRetries, RetryContext,
};
use localdc::{Effect, LocalDc, NewBot, NewUser, Rule};

const TOKEN: &str = "1000051:patience-test";
const PHONE: &str = "+9996651111";
const CONFIG: functions::help::GetConfig = functions::help::GetConfig {};
/// It changes something, has no `random_id`, and a second time is not as the first.
const CREATE: &str = "messages.createChat";

/// Goes on as long as it is asked, and as soon as it may.
fn relentless(_: &RetryContext<'_>) -> ControlFlow<(), Duration> {
    ControlFlow::Continue(Duration::ZERO)
}

fn signed_in(dc: &LocalDc, with: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    dc.add_bot(NewBot::new(TOKEN, "patience_bot"));
    let client = with(dc.client_builder()).connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client
}

fn refusing(method: &str, effect: Effect, times: u64) -> Rule {
    Rule::new(effect).method(method).times(times)
}

#[test]
fn a_policy_that_always_goes_on_runs_nothing_twice() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_user(NewUser::new(PHONE, "Ann"));
    let builder = dc.client_builder().retry_policy(relentless);
    let client = builder.connect().expect("it starts");
    let token = client.request_login_code(PHONE).expect("a number");
    let code = dc.login_code(PHONE).expect("a code was sent");
    client.sign_in(&token, &code).expect("the code is right");
    let client = client.with_timeout(Duration::from_secs(4));
    dc.faults()
        .add(refusing(CREATE, Effect::internal(500, true), 1000));
    let create = functions::messages::CreateChat {
        users: vec![enums::InputUser::UserSelf],
        title: "twice?".to_owned(),
        ..Default::default()
    };
    let error = client.invoke(&create).expect_err("it fails inside");
    assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
    assert_eq!(dc.executed(CREATE), 1);
    // What may be repeated goes on, until the deadline and no longer.
    let before = dc.executed("help.getConfig");
    dc.faults().add(refusing(
        "help.getConfig",
        Effect::internal(500, true),
        1000,
    ));
    client.invoke(&CONFIG).expect_err("it fails for ever");
    let executed = dc.executed("help.getConfig") - before;
    assert!((2..=4).contains(&executed), "{executed} in four seconds");
}

#[test]
fn no_policy_comes_back_before_the_server_has_said() {
    let dc = LocalDc::start().expect("it listens");
    let waits = Arc::<Mutex<Vec<(String, Duration)>>>::default();
    let told = Arc::clone(&waits);
    let client = signed_in(&dc, |builder| {
        builder.retry_policy(relentless).on_wait(move |it| {
            let wait = (format!("{} {}", it.method, it.error), it.pause);
            told.lock().expect("nobody panics").push(wait);
        })
    });
    dc.faults()
        .add(refusing("help.getConfig", Effect::flood_wait(2), 2));
    client.invoke(&CONFIG).expect("it goes through in the end");
    let waits = waits.lock().expect("nobody panics");
    assert_eq!(waits.len(), 2, "{waits:?}");
    for (what, pause) in &*waits {
        assert!(what.starts_with("help.getConfig "), "{what}");
        assert!(what.contains("FLOOD_WAIT_2"), "{what}");
        assert_eq!(*pause, Duration::from_secs(2));
    }
}

#[test]
fn who_wants_no_retries_gets_the_first_refusal() {
    let dc = LocalDc::start().expect("it listens");
    let client = signed_in(&dc, |builder| builder.retry_policy(NoRetries));
    for effect in [Effect::flood_wait(1), Effect::internal(500, false)] {
        dc.faults().add(refusing("help.getConfig", effect, 1));
        let error = client.invoke(&CONFIG).expect_err("it is refused");
        assert!(matches!(error, Error::Rpc(_)), "{error}");
        client.invoke(&CONFIG).expect("only once");
    }
}

#[test]
fn a_breaker_gives_up_after_refusals_in_a_row_and_recovers_with_an_answer() {
    let dc = LocalDc::start().expect("it listens");
    let breaker = CircuitBreaker::new(2, Duration::from_secs(3600));
    let client = signed_in(&dc, |builder| builder.retry_policy(breaker.clone()));
    dc.faults()
        .add(refusing("help.getConfig", Effect::flood_wait(1), 2));
    client.invoke(&CONFIG).expect_err("twice is enough");
    assert!(breaker.is_open());
    dc.faults()
        .add(refusing("help.getConfig", Effect::flood_wait(1), 1));
    client.invoke(&CONFIG).expect_err("it does not even wait");
    client.invoke(&CONFIG).expect("nothing is in the way");
    assert!(!breaker.is_open(), "a call was answered");
    dc.faults()
        .add(refusing("help.getConfig", Effect::flood_wait(1), 1));
    client.invoke(&CONFIG).expect("it waits again");
}
