//! What the server says of itself: asked once, and again when it no longer holds.
use std::thread;
use std::time::Duration;

use ferogram_sync::Error;
use localdc::{Effect, LocalDc, NewBot, Rule};

const CONFIG: &str = "help.getConfig";
const APP_CONFIG: &str = "help.getAppConfig";

/// Wants it until the server is asked for it once more. An announcement has long been there when
/// that has not happened after so many times.
fn until_asked_again(dc: &LocalDc, method: &str, want: impl Fn()) {
    for _ in 0..3000 {
        want();
        if dc.executed(method) > 1 {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the announcement is not heard");
}

#[test]
fn many_threads_ask_once_and_again_when_it_has_changed() {
    let dc = LocalDc::start().expect("it listens");
    let client = dc.client_builder().connect().expect("it starts");
    let slow = Rule::new(Effect::Delay(Duration::from_millis(300))).method(CONFIG);
    dc.faults().add(slow);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.server_config().expect("it is told"));
        }
    });
    assert_eq!(dc.executed(CONFIG), 1);
    let config = client.server_config().expect("it is known");
    assert_eq!(config.edit_time_limit().as_secs(), 48 * 3600);
    assert_eq!(config.revoke_time_limit(), None, "for ever");
    assert_eq!(config.group_size_max(), 200);
    assert_eq!(dc.executed(CONFIG), 1);
    // Nobody reads updates, and it is heard nevertheless.
    dc.announce_config();
    until_asked_again(&dc, CONFIG, || {
        client.server_config().expect("it is told");
    });
    client.server_config().expect("it is known");
    assert_eq!(dc.executed(CONFIG), 2);
}

#[test]
fn limits_for_applications_are_asked_for_by_their_hash() {
    let dc = LocalDc::start().expect("it listens");
    let client = LocalDc::user(&dc);
    let before = client.app_config().expect("it is told");
    assert_eq!(before.file_parts_max(false), Some(4000));
    assert_eq!(before.file_parts_max(true), Some(8000));
    assert_eq!(
        before.text("caption_length_limit_default"),
        None,
        "a number"
    );
    assert_eq!(before, client.app_config().expect("it is known"));
    assert_eq!(dc.executed(APP_CONFIG), 1);
    dc.announce_config();
    until_asked_again(&dc, APP_CONFIG, || {
        // The server says that nothing has changed.
        assert_eq!(before, client.app_config().expect("it is told"));
    });
}

#[test]
fn another_account_may_be_told_something_else() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new("1000054:configs-test", "configs_bot"));
    let client = LocalDc::user(&dc);
    client.app_config().expect("it is told");
    client.server_config().expect("it is told");
    client.sign_out().expect("it is signed out");
    let before = dc.executed(CONFIG);
    let token = "1000054:configs-test";
    client.bot_sign_in(token).expect("the token is right");
    client.server_config().expect("it is told");
    assert_eq!(dc.executed(CONFIG), before + 1);
    let error = client.app_config().expect_err("for users only");
    assert!(matches!(error, Error::NotForBots { method } if method == APP_CONFIG));
}
