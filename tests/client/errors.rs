//! What a program prints whose `main` gives an error of the library back: a sentence.
use std::error::Error;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use ferogram_sync::store::StringSession;
use ferogram_sync::tl::{ErrorKind, Remedy};
use ferogram_sync::{Client, Ended, FileStore, NetError, NoUpdate, SignInError, tl};
use localdc::{Effect, LocalDc, NewBot, Rule};

#[test]
fn a_main_that_fails_prints_a_sentence() {
    let errors: [Box<dyn Error>; 8] = [
        Box::new(StringSession::parse("no session").expect_err("it is none")),
        Box::new(FileStore::open("").expect_err("it has no name")),
        Box::new(Client::builder().connect().expect_err("it has no api id")),
        Box::new(NetError::Closed),
        Box::new(NoUpdate::TimedOut),
        Box::new(Ended::Closed),
        Box::new(SignInError::InvalidCode),
        Box::new("nothing".parse::<Rule>().expect_err("no effect")),
    ];
    for error in errors {
        let text = error.to_string();
        assert_eq!(format!("{error:?}"), text);
        assert!(text.contains(' '), "{text}");
    }
}

#[test]
fn a_refusal_under_500_comes_at_once_and_is_told_as_one() {
    let dc = LocalDc::start().expect("it listens");
    let client = dc.user().with_timeout(Duration::from_secs(10));
    let duplicate = Rule::new(Effect::error(500, "RANDOM_ID_DUPLICATE"));
    let rule = dc.faults().add(duplicate.method("messages.sendMessage"));
    let error = client.send_message("me", "twice").expect_err("a fault");
    assert_eq!(dc.faults().fired(rule), 1, "it is not repeated");
    assert_eq!(error.delivery(), None, "{error}");
    assert_eq!(error.kind().map(ErrorKind::remedy), Some(Remedy::Done));
}

#[test]
fn a_bot_is_told_who_may_call_what_it_called() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new("1000011:callers-test", "callers_bot"));
    let client = dc.client_builder().connect().expect("it starts");
    client
        .bot_sign_in("1000011:callers-test")
        .expect("the token is right");
    let history = tl::functions::messages::GetHistory::default();
    for error in [
        client.invoke(&history).expect_err("not for bots"),
        client.submit(&history).wait().expect_err("not for bots"),
    ] {
        assert!(error.is("BOT_METHOD_INVALID"), "the server said so");
        let text = error.to_string();
        assert!(
            text.contains("only users may call messages.getHistory"),
            "{text}"
        );
    }
    assert_eq!(dc.executed("messages.getHistory"), 0);
}

#[test]
fn the_catalogue_has_every_error_of_the_local_data_centre() {
    let mut names = Vec::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/localdc/src");
    gather(&sources, &mut names).expect("the sources are in the repository");
    assert!(names.len() > 60, "only {names:?}");
    names.extend(["USER", "PHONE", "NETWORK", "FILE"].map(|what| format!("{what}_MIGRATE_2")));
    // Production has no such error: this data centre says so when it cannot do what is asked.
    names.retain(|name| !name.starts_with("LOCALDC_") && ErrorKind::of(name).is_none());
    assert_eq!(names, [""; 0]);
}

/// What stands in quotes and looks like the name of an error.
fn gather(folder: &Path, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, names)?;
            continue;
        }
        for quoted in fs::read_to_string(path)?.split('"') {
            let name = quoted.replace("{}", "7");
            let letters = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
            if name.contains('_') && name.len() > 5 && name.bytes().all(letters) {
                names.push(name);
            }
        }
    }
    Ok(())
}
