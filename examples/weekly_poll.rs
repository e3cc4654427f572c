//! The poll of the week: last week's, if there is one, is closed and its result told, and a new one
//! is pinned: `weekly_poll CHAT QUESTION ANSWER...`.
use std::env;

use ferogram_sync::{Client, InputPoll, MessageFilter, PinOptions};
use localdc::{LocalDc, NewChannel};

mod stage;

fn main() -> stage::Result {
    stage::play(
        |client| weekly_poll(client, env::args().skip(1).collect()),
        prepare,
    )
}

fn weekly_poll(client: &Client, mut words: Vec<String>) -> stage::Result {
    if words.len() < 4 {
        words = ["@the_club", "Where do we meet?", "Here", "There"]
            .map(Into::into)
            .into();
    }
    let (chat, question, answers) = (&words[0], &words[1], &words[2..]);
    for last in client
        .iter_messages(chat)
        .sender("me")
        .filter(MessageFilter::Polls)
    {
        let last = last?;
        if last.poll().is_some_and(|poll| !poll.is_closed()) {
            let answers = last.close_poll()?.answers().into_iter();
            let best = answers.max_by_key(|answer| answer.voters);
            let best = best.ok_or("it has answers")?.text.text;
            last.reply(format!("That was it: {best}"))?;
            break;
        }
    }
    let poll = InputPoll::new(&**question).answers(answers.iter().map(|it| &**it));
    let poll = client.send_poll(chat, poll)?;
    client.pin_message(chat, poll.id(), PinOptions::new())?;
    println!("asked: {question}");
    Ok(())
}

fn prepare(dc: &LocalDc, client: &Client) -> stage::Result {
    let me = client.my_id().ok_or("nobody is signed in")?;
    dc.add_channel(NewChannel::new("Club", "the_club").megagroup().owner(me));
    // The poll of last week.
    let last = InputPoll::new("Where did we meet?").answers(["Here", "There"]);
    let last = client.send_poll("@the_club", last)?;
    last.vote(&[1])?;
    Ok(())
}
