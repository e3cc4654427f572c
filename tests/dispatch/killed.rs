//! A bot that is killed while it handles messages, again and again: none is left out, and each chat
//! stays in order.
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::thread;
use std::time::Duration;

use ferogram_sync::filters::text;
use ferogram_sync::{Client, Dispatcher, Message};
use localdc::{LocalDc, NewBot};

use crate::child;
use crate::scene::has_heard;

const PEOPLE: usize = 3;
const EACH: usize = 40;
/// It is killed whenever it has handled so many.
const LIFE: usize = 13;

/// Handles messages until it is killed, and says each when it is handled.
fn be_killed(client: &Client) {
    Dispatcher::new()
        .workers(4)
        .on_message(text(), |message: Message| {
            thread::sleep(Duration::from_millis(2));
            eprintln!("{} {}", message.chat_id(), message.text());
        })
        .run(client)
        .expect("it runs");
}

#[test]
fn what_was_not_finished_is_handled_again_and_in_order() {
    if let Some(client) = child::client() {
        return be_killed(&client);
    }
    let dc = LocalDc::start().unwrap();
    dc.add_bot(NewBot::new("77:killed", "killed_bot"));
    let folder = tempfile::tempdir().unwrap();
    let session = folder.path().join("killed.session");
    let bot = dc.client_builder().session(&session).connect().unwrap();
    bot.bot_sign_in("77:killed").unwrap();
    has_heard(&bot, &dc.user(), "@killed_bot");
    bot.close().unwrap();
    let people: Vec<_> = (0..PEOPLE).map(|_| dc.user()).collect();
    let mut handled: BTreeMap<i64, usize> = BTreeMap::new();
    thread::scope(|scope| {
        for person in &people {
            scope.spawn(move || {
                for number in 0..EACH {
                    person
                        .send_message("@killed_bot", number.to_string())
                        .expect("sent");
                }
            });
        }
        let mut lives = 0;
        while handled.values().sum::<usize>() < PEOPLE * EACH {
            lives += 1;
            assert!(lives < 200, "it does not come further than {handled:?}");
            live(&dc, &session, &mut handled);
        }
        assert!(lives > 3, "it was killed too seldom: {lives}");
    });
}

/// One life of the bot: what it handles is the next of a chat, or was handled in a life before.
fn live(dc: &LocalDc, session: &Path, handled: &mut BTreeMap<i64, usize>) {
    let mut bot = child::start(dc, session);
    let lines = BufReader::new(bot.stderr.take().expect("it is piped")).lines();
    let mut last: BTreeMap<i64, usize> = BTreeMap::new();
    let (mut count, mut new) = (0, 0);
    for line in lines {
        let line = line.expect("it can be read");
        let Some((chat, number)) = line.split_once(' ') else {
            continue;
        };
        let (Ok(chat), Ok(number)) = (chat.parse(), number.parse::<usize>()) else {
            panic!("the bot says: {line}");
        };
        let reached = handled.entry(chat).or_default();
        assert!(number <= *reached, "{chat}: {number} before {reached}");
        if let Some(last) = last.insert(chat, number) {
            assert_eq!(number, last + 1, "{chat}: out of order in one life");
        }
        new += usize::from(number == *reached);
        *reached = (*reached).max(number + 1);
        count += 1;
        let is_done = handled.values().sum::<usize>() == PEOPLE * EACH;
        if is_done || count >= LIFE && new > 0 {
            // What it has said by then is still read.
            bot.kill().expect("it is there");
        }
    }
    bot.wait().expect("it has ended");
}
