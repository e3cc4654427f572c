//! What fact-checkers write below posts.
use ferogram_sync::text::FormattedText;
use ferogram_sync::tl::{Identifiable, enums, types::UpdateEditChannelMessage};
use localdc::{LocalDc, NewChannel};

#[test]
fn only_fact_checkers_write_them_and_everybody_reads_them() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let [ann_id, bob_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
    let news = NewChannel::new("News", "the_news").owner(ann_id);
    dc.add_channel(news.members([bob_id]));
    let post = ann.send_message("@the_news", "It rains.").expect("hers");
    let text = FormattedText::html("It <b>did not</b> rain.").expect("it is right");
    let error = bob
        .edit_fact_check("@the_news", post.id(), text.clone())
        .expect_err("he is none");
    assert!(error.is("CHAT_ACTION_FORBIDDEN"), "{error}");
    dc.let_check_facts(bob_id);
    let edits = ann.watch(&[UpdateEditChannelMessage::CONSTRUCTOR_ID]);
    bob.edit_fact_check("@the_news", post.id(), text.clone())
        .expect("now he is one");
    edits.next().expect("she is told");
    let message = post
        .fetch_again()
        .expect("it answers")
        .expect("it is there");
    let Some(enums::FactCheck::Check(seen)) = &message.raw.factcheck else {
        panic!("it has one");
    };
    assert!(seen.need_check && message.edit_date().is_none());
    let checks = ann
        .fact_checks("@the_news", &[post.id(), 99])
        .expect("everybody may ask");
    assert_eq!(checks[0].text(), Some(text));
    assert_eq!(checks[0].raw.hash, seen.hash);
    assert!(checks[0].country().is_some() && checks[1].text().is_none());
    bob.delete_fact_check("@the_news", post.id())
        .expect("he is one");
    let checks = ann.fact_checks("@the_news", &[post.id()]).expect("hers");
    assert_eq!(checks[0].text(), None);
}
