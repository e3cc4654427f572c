//! Of which methods the server wanted fewer calls, remembered.
use std::time::Duration;

use ferogram_sync::tl::functions::{help::GetConfig, updates::GetState};
use ferogram_sync::{Client, NoRetries};
use localdc::{Effect, LocalDc, NewBot, Rule};

const TOKEN: &str = "1000055:budgets-test";

fn refuse(dc: &LocalDc, method: &str, seconds: u32) {
    let flood = Effect::flood_wait(seconds);
    dc.faults().add(Rule::new(flood).method(method).times(1));
}

/// The methods with how often each was flooded, and for how long the last time.
fn told(client: &Client) -> Vec<(String, u64, u64)> {
    let budgets = client.budgets();
    let told = budgets.into_iter().map(|it| {
        let wait = it.last_wait.as_secs();
        (it.method, it.times, wait)
    });
    told.collect()
}

#[test]
fn floods_outlive_the_client_and_go_with_the_login() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "budgets_bot"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let open = || {
        let builder = dc.client_builder().session(&path).retry_policy(NoRetries);
        builder.connect().expect("it starts")
    };
    let client = open();
    client.bot_sign_in(TOKEN).expect("the token is right");
    assert_eq!(told(&client), []);
    for seconds in [30, 5] {
        refuse(&dc, "help.getConfig", seconds);
        client.invoke(&GetConfig {}).expect_err("it is refused");
    }
    refuse(&dc, "updates.getState", 7);
    client.invoke(&GetState {}).expect_err("it is refused");
    client.invoke(&GetState {}).expect("nothing is held back");
    let all = [
        ("help.getConfig".to_owned(), 2, 5),
        ("updates.getState".to_owned(), 1, 7),
    ];
    assert_eq!(told(&client), all);
    client.close().expect("it is written");
    let client = open();
    assert_eq!(told(&client), all);
    refuse(&dc, "help.getConfig", 1);
    client.invoke(&GetConfig {}).expect_err("it is refused");
    assert_eq!(told(&client)[0].1, 3, "it counts on");
    client.sign_out().expect("it is signed out");
    assert_eq!(told(&client), []);
    client.close().expect("it is written");
    assert_eq!(told(&open()), [], "another account's");
}

#[test]
fn what_is_no_flood_of_a_method_is_not_counted() {
    let dc = LocalDc::start().expect("it listens");
    let builder = dc.client_builder().retry_policy(NoRetries);
    let client = builder.connect().expect("it starts");
    for (code, name) in [(420, "SLOWMODE_WAIT_9"), (400, "FLOOD_WAIT_9"), (500, "X")] {
        let error = Effect::Error {
            code,
            name: name.to_owned(),
            executed: false,
        };
        let rule = Rule::new(error).method("help.getConfig").times(1);
        dc.faults().add(rule);
        client.invoke(&GetConfig {}).expect_err("it is refused");
    }
    assert_eq!(told(&client), []);
    let patient = client.with_timeout(Duration::from_secs(5));
    refuse(&dc, "help.getConfig", 3600);
    patient.invoke(&GetConfig {}).expect_err("too long");
    assert_eq!(told(&client).len(), 1);
}
