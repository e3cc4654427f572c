//! Whether a connection that was lost comes back, as the program has it.
use std::time::Duration;

use ferogram_sync::tl::functions::help::GetConfig;
use ferogram_sync::tl::{Identifiable, types::UpdateConfig};
use ferogram_sync::{Cause, Client, Delivery, Ended, Error, NetError, RestartPolicy};
use localdc::{Effect, LocalDc, NewBot, Rule};

const TOKEN: &str = "1000053:restarts-test";

fn signed_in(dc: &LocalDc, policy: RestartPolicy) -> Client {
    dc.add_bot(NewBot::new(TOKEN, "restarts_bot"));
    let builder = dc.client_builder().restart_policy(policy);
    let client = builder.connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client
}

/// What a failure says of the request, when the reason is the lost connection.
fn cut_off(error: &Error) -> Delivery {
    match error {
        Error::Unanswered(it) if matches!(it.cause, Cause::Disconnected(_)) => it.delivery,
        other => panic!("{other}"),
    }
}

#[test]
fn who_never_comes_back_ends_everything_and_says_why() {
    let dc = LocalDc::start().expect("it listens");
    let client = signed_in(&dc, RestartPolicy::Never);
    let silence = Rule::new(Effect::DropAnswer).method("help.getConfig");
    dc.faults().add(silence);
    let pending = client.submit(&GetConfig {});
    let mut updates = client.updates();
    let other = client.updates().receiver();
    client.get_me().expect("the one before it is there too");
    let watch = client.watch(&[UpdateConfig::CONSTRUCTOR_ID]);
    dc.cut_connections();
    let error = watch.next().expect_err("nothing comes any more");
    assert!(matches!(error, Error::Net(NetError::Retired)), "{error}");
    let error = pending.wait().expect_err("its answer is lost");
    assert_eq!(cut_off(&error), Delivery::Unknown);
    while updates.next().is_some() {}
    assert_eq!(updates.ended(), Some(Ended::Disconnected));
    other.iter().for_each(drop); // Or this test never ends.
    let error = client.get_me().expect_err("there is no way");
    assert_eq!(cut_off(&error), Delivery::NotSent);
    client.signal_network_restored();
    let error = client.get_me().expect_err("never is never");
    assert_eq!(cut_off(&error), Delivery::NotSent);
    let error = client.watch(&[]).next().expect_err("never is never");
    assert!(matches!(error, Error::Net(NetError::Retired)), "{error}");
    let mut later = client.updates();
    assert!(later.next().is_none());
    assert_eq!(later.ended(), Some(Ended::Disconnected));
    assert_eq!(dc.connections(), 0);
}

#[test]
fn where_nobody_is_there_one_round_of_attempts_is_made() {
    let dc = LocalDc::start().expect("it listens");
    dc.faults().add(Rule::new(Effect::Refuse).times(1));
    let builder = dc.client_builder().restart_policy(RestartPolicy::Never);
    let client = builder.connect().expect("it starts");
    let error = client.invoke(&GetConfig {}).expect_err("refused");
    assert_eq!(cut_off(&error), Delivery::NotSent);
    let error = client.invoke(&GetConfig {}).expect_err("for good");
    assert_eq!(cut_off(&error), Delivery::NotSent);
}

#[test]
fn the_others_come_back() {
    let moment = Duration::from_millis(200);
    for policy in [
        RestartPolicy::Adaptive,
        RestartPolicy::Fixed(moment),
        RestartPolicy::Exponential {
            first: moment,
            longest: moment * 5,
        },
    ] {
        let dc = LocalDc::start().expect("it listens");
        let client = signed_in(&dc, policy);
        for _ in 0..3 {
            dc.cut_connections();
            client.get_me().expect("it is there again");
        }
    }
}
