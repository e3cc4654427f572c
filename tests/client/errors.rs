//! What a program prints whose `main` gives an error of the library back: a sentence.
use std::error::Error;

use ferogram_sync::store::StringSession;
use ferogram_sync::{Client, Ended, FileStore, NetError, NoUpdate, SignInError};
use localdc::Rule;

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
