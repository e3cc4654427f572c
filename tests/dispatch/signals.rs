//! Signals that end a program cleanly.
use std::io::{BufRead, BufReader, Lines, Write, stdin};
use std::path::Path;
use std::process::{Child, ChildStderr, Command};

use ferogram_sync::filters::text;
use ferogram_sync::{Client, Dispatcher, Ended, Message};
use localdc::{LocalDc, NewBot};

use crate::child;
use crate::scene::has_heard;

/// The program: each handler says that it has begun, waits for a line, and says what it has
/// handled.
fn be_signalled(client: &Client) {
    let ended = Dispatcher::new()
        .on_message(text(), |message: Message| {
            eprintln!("began {}", message.text());
            stdin()
                .lock()
                .read_line(&mut String::new())
                .expect("a line");
            eprintln!("handled {}", message.text());
        })
        .run_until_signal(client)
        .expect("it runs");
    assert_eq!(ended, Ended::Stopped);
    eprintln!("stopped");
}

struct Program {
    child: Child,
    said: Lines<BufReader<ChildStderr>>,
}

impl Program {
    fn of(mut child: Child) -> Self {
        let said = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        Self { child, said }
    }

    fn says(&mut self, wanted: &str) {
        let line = self.said.next().expect("it is not over").expect("a line");
        if line != wanted {
            // It has panicked: nothing else is said unasked.
            let rest: Vec<String> = self.said.by_ref().map_while(Result::ok).collect();
            panic!("not {wanted:?} but {line:?}, {rest:#?}");
        }
    }

    fn go_on(&mut self) {
        let input = self.child.stdin.as_mut().expect("it is piped");
        input.write_all(b"\n").expect("it reads");
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([name, &id]).status();
        assert!(sent.expect("there is such a program").success());
    }
}

#[test]
fn handlers_end_before_the_program_does() {
    if let Some(client) = child::client() {
        return be_signalled(&client);
    }
    let dc = LocalDc::start().unwrap();
    dc.add_bot(NewBot::new("78:signalled", "signalled_bot"));
    let folder = tempfile::tempdir().unwrap();
    let session = folder.path().join("signalled.session");
    let bot = dc.client_builder().session(&session).connect().unwrap();
    bot.bot_sign_in("78:signalled").unwrap();
    let ann = dc.user();
    has_heard(&bot, &ann, "@signalled_bot");
    bot.close().unwrap();
    let say = |text: &str| ann.send_message("@signalled_bot", text).unwrap();
    type Start = fn(&LocalDc, &Path) -> Child;
    let runs: [(Start, _, _); 3] = [
        (child::start, "-TERM", "one"),
        (child::start, "-INT", "two"),
        (child::start_in_the_background, "-INT", "three"),
    ];
    for (start, signal, text) in runs {
        let mut program = Program::of(start(&dc, &session));
        say(text);
        // What was handled by the program before does not come again.
        program.says(&format!("began {text}"));
        program.signal(signal);
        program.go_on();
        program.says(&format!("handled {text}"));
        program.says("stopped");
        assert!(program.child.wait().expect("it is ours").success());
    }
}
