//! Reports to the moderators, step by step.
use ferogram_sync::{Client, ReportStep};
use localdc::{LocalDc, NewChannel};

const CLUB: &str = "@the_club";

fn report(client: &Client, id: i32, option: &[u8], comment: &str) -> ReportStep {
    let step = client.report_messages(CLUB, &[id], option, comment);
    step.expect("it answers")
}

/// The bytes of an answer that is offered first.
fn offered(client: &Client, id: i32, text: &str) -> Vec<u8> {
    let ReportStep::Choose { title, options } = report(client, id, b"", "") else {
        panic!("nothing was chosen yet");
    };
    assert!(!title.is_empty());
    let option = options.into_iter().find(|it| it.text == text);
    option.expect("it is offered").option
}

/// What is asked for: whether it may be left out, and under which bytes it has to come.
fn asked(step: ReportStep) -> (bool, Vec<u8>) {
    match step {
        ReportStep::Comment { optional, option } => (optional, option),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_comment_may_be_left_out_where_the_moderators_say_so() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let club = NewChannel::new("Club", "the_club").megagroup();
    let club = dc.add_channel(club.owner(bob_id).members([ann_id]));
    let id = dc.post(club, bob_id, "Buy!");
    let spam = offered(&ann, id, "Spam");
    assert_eq!(report(&ann, id, &spam, ""), ReportStep::Done);
    for (text, optional) in [("Violence", true), ("Something else", false)] {
        let chosen = offered(&ann, id, text);
        let (may_be_left_out, option) = asked(report(&ann, id, &chosen, ""));
        assert_eq!(may_be_left_out, optional, "{text}");
        // The comment comes under the bytes that asked for it.
        assert_ne!(option, chosen);
        let silent = report(&ann, id, &option, "");
        match optional {
            true => assert_eq!(silent, ReportStep::Done),
            false => assert_eq!(asked(silent), (false, option.clone())),
        }
        assert_eq!(report(&ann, id, &option, "Look at it"), ReportStep::Done);
    }
    let error = ann.report_messages(CLUB, &[id], *b"x", "");
    assert!(error.expect_err("it was not offered").is("OPTION_INVALID"));
}
