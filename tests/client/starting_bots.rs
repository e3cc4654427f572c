//! Beginning to talk to bots.
use ferogram_sync::Error;
use localdc::LocalDc;

#[test]
fn a_parameter_has_so_many_letters_of_some_kinds() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bot) = (dc.user(), dc.bot());
    let name = bot.get_me().expect("signed in");
    let name = format!("@{}", name.username().expect("bots have one"));
    for parameter in ["x".repeat(64), "aZ0_-".to_owned()] {
        let said = ann.start_bot(name.as_str(), None, &parameter);
        said.expect("it is good");
        let mut last = ann.iter_messages(name.as_str());
        let said = last.next().expect("there are some").expect("it answers");
        assert_eq!(said.text(), format!("/start {parameter}"));
    }
    for parameter in ["x".repeat(65), "a b".to_owned(), "\u{e4}".to_owned()] {
        let error = ann.start_bot(name.as_str(), None, &parameter);
        let error = error.expect_err("it is none");
        assert!(matches!(error, Error::Argument(_)), "{error}");
    }
    assert_eq!(dc.executed("messages.startBot"), 2);
}
