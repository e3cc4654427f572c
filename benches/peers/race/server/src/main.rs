//! The data centre of a race about updates or files: each runner has a bot there, which somebody has
//! opened, and a group in which they write as much as is ordered. Its arguments are rules of what goes wrong.
//!
//! A line `NAME COUNT` has so many messages written for the runner of that name; then it says
//! "written".
use std::error::Error;
use std::io::stdin;

use localdc::{LocalDc, NewBot, NewChannel, NewUser};
use track::{HOME, READER, RUNNERS, say, token};

fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = LocalDc::builder();
    for rule in std::env::args().skip(1) {
        builder = builder.fault(rule.parse()?);
    }
    let dc = builder.start()?;
    let writer = dc.add_user(NewUser::new("+15550001", "Ann").username(READER));
    let groups = RUNNERS.map(|name| {
        let bot = NewBot::new(token(name), format!("race_{name}_bot"));
        let bot = dc.add_bot(NewBot { dc: HOME, ..bot });
        dc.open_bot(writer, bot);
        let group = NewChannel::private("A race").megagroup().owner(writer);
        dc.add_channel(group.admin(bot, Default::default()))
    });
    for (id, address) in dc.addresses() {
        say(&format!("DC {id}: {address}"));
    }
    say(dc.public_key_pem());
    say("Serving");
    for line in stdin().lines() {
        let line = line?;
        let (name, count) = line.split_once(' ').ok_or("NAME COUNT")?;
        let at = RUNNERS.iter().position(|it| *it == name);
        let group = groups[at.ok_or("there is no such runner")?];
        for number in 0..count.parse()? {
            dc.post(group, writer, format!("message {number}"));
        }
        say("written");
    }
    Ok(())
}
