//! Polls, from both sides.
use std::time::Duration;

use ferogram_sync::tl::{Identifiable, types::UpdateEditMessage};
use ferogram_sync::{
    Client, Error, InputPoll, Message, PeerRef, Poll, PollAnswer, Update, Updates,
};
use localdc::LocalDc;

fn name_of(client: &Client) -> String {
    let me = client.get_me().expect("signed in");
    format!("@{}", me.username().expect("everybody has one"))
}

fn next_received(updates: &mut Updates) -> Message {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Update::NewMessage(message) = update.expect("it comes")
            && !message.outgoing()
        {
            return message;
        }
    }
}

/// The option and the voters of each answer.
fn standing(message: &Message) -> Vec<(String, Option<i32>, bool)> {
    let answers = message.poll().expect("it is one").answers();
    let of = |it: PollAnswer| (it.text.text, it.voters, it.chosen);
    answers.into_iter().map(of).collect()
}

/// A poll that Ann has sent to Bob: on her side and on his.
fn asked(dc: &LocalDc, poll: InputPoll) -> (Message, Message, Client) {
    let (ann, bob) = (dc.user(), dc.user());
    let mut updates = bob.updates();
    let hers = ann.send_poll(name_of(&bob), poll).expect("sent");
    let his = next_received(&mut updates);
    assert_eq!(
        his.poll().map(|it| it.raw.id),
        hers.poll().map(|it| it.raw.id)
    );
    // Both clients live as long as the test needs them.
    Box::leak(Box::new(ann));
    (hers, his, bob)
}

fn tea() -> InputPoll {
    InputPoll::new("Tea?").answers(["Yes", "No", "Later"])
}

#[test]
fn votes_are_counted_changed_and_taken_back() {
    let dc = LocalDc::start().expect("it listens");
    let (hers, his, _bob) = asked(&dc, tea());
    let tally = his.vote(&[1]).expect("it is open");
    let option = his.poll().expect("it is one").answers()[1].option.clone();
    assert_eq!(
        (tally.total_voters(), tally.chosen()),
        (1, vec![&option[..]])
    );
    // She has not voted: she sees how many have, and not for what.
    let client = hers.clone();
    let seen = client.vote(&[]).expect("nothing is taken back");
    assert_eq!((seen.total_voters(), seen.of(&option)), (1, None));
    let tally = his.vote(&[0]).expect("he may think again");
    assert_eq!(tally.of(&option).and_then(|it| it.voters), Some(0));
    assert_eq!(his.retract_vote().expect("it is open").total_voters(), 0);
    let error = his.vote(&[0, 1]).expect_err("one only");
    assert!(error.is("OPTIONS_TOO_MUCH"), "{error}");
    assert!(matches!(his.vote(&[3]), Err(Error::Argument(_))));
}

#[test]
fn who_has_chosen_what_is_told_to_who_has_voted_where_votes_are_public() {
    let dc = LocalDc::start().expect("it listens");
    let poll = tea().public_voters(true).multiple_choice(true);
    let (hers, his, bob) = asked(&dc, poll);
    his.vote(&[0, 2]).expect("two are allowed");
    let mut hidden = hers.poll_votes().expect("the client is there");
    let error = hidden
        .next()
        .expect("an error")
        .expect_err("she has not voted");
    assert!(error.is("POLL_VOTE_REQUIRED"), "{error}");
    hers.vote(&[1]).expect("it is open");
    let all = hers.poll_votes().expect("the client is there");
    let all: Vec<_> = all.collect::<Result<_, _>>().expect("it answers");
    let chosen: Vec<usize> = all.iter().map(|vote| vote.options.len()).collect();
    assert_eq!(chosen.iter().sum::<usize>(), 3);
    let third = his.poll().expect("it is one").answers()[2].option.clone();
    let votes = hers
        .poll_votes()
        .expect("the client is there")
        .option(third);
    let votes: Vec<_> = votes.collect::<Result<_, _>>().expect("it answers");
    let [vote] = &votes[..] else {
        panic!("one has chosen it")
    };
    assert!(vote.peers.user(bob.my_id().expect("signed in")).is_some());
    let (_, secret, _carl) = asked(&dc, tea());
    secret.vote(&[0]).expect("it is open");
    let mut votes = secret.poll_votes().expect("the client is there");
    let error = votes
        .next()
        .expect("an error")
        .expect_err("votes are secret");
    assert!(error.is("BROADCAST_FORBIDDEN"), "{error}");
}

#[test]
fn several_answers_where_several_are_allowed() {
    let dc = LocalDc::start().expect("it listens");
    let (_, his, _bob) = asked(&dc, tea().multiple_choice(true));
    let tally = his.vote(&[0, 2]).expect("two are allowed");
    assert_eq!((tally.total_voters(), tally.chosen().len()), (1, 2));
}

#[test]
fn a_quiz_tells_what_is_right_once_it_is_answered_and_not_before() {
    let dc = LocalDc::start().expect("it listens");
    let quiz = tea().quiz(2).solution("There is always time.");
    let (_, his, _bob) = asked(&dc, quiz);
    let before = his.poll().expect("it is one");
    assert!(before.is_quiz() && before.tally.solution().is_none());
    assert!(before.answers().iter().all(|answer| !answer.correct));
    let tally = his.vote(&[0]).expect("it is open");
    let right = before.answers()[2].option.clone();
    assert!(tally.of(&right).is_some_and(|it| it.correct));
    let why = tally.solution().expect("it is told now");
    assert_eq!(why.text, "There is always time.");
    let error = his.vote(&[2]).expect_err("once only");
    assert!(error.is("REVOTE_NOT_ALLOWED"), "{error}");
}

#[test]
fn others_add_answers_where_they_may_and_take_them_away() {
    let dc = LocalDc::start().expect("it listens");
    let (hers, his, bob) = asked(&dc, tea().open_answers(true));
    let (her_name, his_id) = (PeerRef::from(&his), his.id());
    let texts = |poll: &Poll| {
        let answers = poll.answers().into_iter();
        answers.map(|it| it.text.text).collect::<Vec<_>>()
    };
    let poll = bob.add_poll_answer(&her_name, his_id, "Coffee");
    let poll = poll.expect("they may");
    assert_eq!(texts(&poll), ["Yes", "No", "Later", "Coffee"]);
    let coffee = poll.answers()[3].option.clone();
    let again = bob.add_poll_answer(&her_name, his_id, "Coffee");
    assert!(again.expect_err("it is there").is("POLL_OPTION_DUPLICATE"));
    let theirs = poll.answers()[0].option.clone();
    let error = bob.delete_poll_answer(&her_name, his_id, theirs);
    assert!(error.expect_err("it is hers").is("OPTION_INVALID"));
    bob.send_vote(&her_name, his_id, vec![coffee.clone()])
        .expect("it is one");
    let now = hers.fetch_again().expect("it answers");
    let now = now.as_ref().and_then(Message::poll).expect("it is one");
    assert_eq!((texts(&now).len(), now.tally.total_voters()), (4, 1));
    hers.vote(&[0]).expect("it is open");
    let poll = bob.delete_poll_answer(&her_name, his_id, coffee);
    let poll = poll.expect("it is his");
    assert_eq!(texts(&poll), ["Yes", "No", "Later"]);
    // A vote for it went with it, and hers stays.
    assert_eq!(poll.tally.total_voters(), 1);
    hers.close_poll().expect("it is hers");
    let late = bob.add_poll_answer(&her_name, his_id, "Milk");
    assert!(late.expect_err("it is closed").is("MESSAGE_POLL_CLOSED"));
    let (_, his, bob) = asked(&dc, tea());
    let error = bob.add_poll_answer(&his, his.id(), "Coffee");
    assert!(error.expect_err("nobody may").is("MESSAGE_ID_INVALID"));
}

#[test]
fn a_closed_poll_shows_its_results_and_takes_no_votes() {
    let dc = LocalDc::start().expect("it listens");
    let (hers, his, bob) = asked(&dc, tea());
    his.vote(&[0]).expect("it is open");
    let watch = bob.watch(&[UpdateEditMessage::CONSTRUCTOR_ID]);
    let error = his.close_poll().expect_err("it is hers");
    assert!(error.is("MESSAGE_AUTHOR_REQUIRED"), "{error}");
    let closed = hers.close_poll().expect("it is hers");
    assert!(closed.is_closed());
    assert_eq!(closed.answers()[0].voters, Some(1));
    let raw = watch
        .next_timeout(Duration::from_secs(30))
        .expect("it comes");
    let edit: UpdateEditMessage = raw.read().expect("it is one").expect("it is one");
    let ferogram_sync::tl::enums::Message::Message(edited) = edit.message else {
        panic!("it is a message")
    };
    assert_eq!(edited.id, his.id());
    let error = his.vote(&[1]).expect_err("it is closed");
    assert!(error.is("MESSAGE_POLL_CLOSED"), "{error}");
}

#[test]
fn a_poll_closes_when_its_time_is_over() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let message = ann.send_poll("me", tea().close_period(60)).expect("sent");
    assert!(!message.poll().expect("it is one").is_closed());
    dc.set_clock_shift(61);
    let error = message.vote(&[0]).expect_err("it is over");
    assert!(error.is("MESSAGE_POLL_CLOSED"), "{error}");
}

#[test]
fn what_cannot_be_a_poll_is_not_sent() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let error = ann.send_poll("me", InputPoll::new("Tea?").answer("Yes"));
    assert!(matches!(error, Err(Error::Argument(_))));
    assert_eq!(dc.executed("messages.sendMedia"), 0);
    let message = ann.send_message("me", "no poll").expect("sent");
    assert!(matches!(message.vote(&[0]), Err(Error::Argument(_))));
    assert_eq!(standing_of_none(&message), 0);
}

fn standing_of_none(message: &Message) -> usize {
    message.poll().map_or(0, |_| standing(message).len())
}
