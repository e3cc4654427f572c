//! Whoever among the contacts has a birthday today or tomorrow is greeted at nine (UTC) of the next
//! morning: the server sends it, whether this computer runs then or not. Twice on a day does no
//! harm.
use std::time::{SystemTime, UNIX_EPOCH};

use ferogram_sync::{Birthday, Client, ContactName, InputMessage};
use localdc::LocalDc;

mod stage;

/// Seconds of a day.
const DAY: u64 = 86_400;

fn main() -> stage::Result {
    stage::play(greet, prepare)
}

#[expect(clippy::disallowed_methods, reason = "a script asks what day it is")]
fn greet(client: &Client) -> stage::Result {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let morning = i32::try_from((now / DAY + 1) * DAY + 9 * 3600)?;
    for (friend, birthday) in client.contact_birthdays()? {
        let name = friend.full_name();
        if !client.scheduled_messages(&friend)?.is_empty() {
            println!("{name}: a greeting waits already");
            continue;
        }
        let text = format!("Happy birthday, {name}!");
        client.send_message(&friend, InputMessage::text(text).schedule_date(morning))?;
        println!(
            "{name} ({}.{}.): a greeting waits",
            birthday.day, birthday.month
        );
    }
    Ok(())
}

fn prepare(dc: &LocalDc, client: &Client) -> stage::Result {
    let ann = dc.user();
    let name = ann.get_me()?.username().ok_or("she has none")?.to_owned();
    client.add_contact(format!("@{name}"), ContactName::new("Ann"))?;
    // No matter what day it is: the first one that is near.
    for (day, month) in (1..=12).flat_map(|month| (1..=31).map(move |day| (day, month))) {
        let birthday = Birthday::new(day, month);
        if birthday.is_possible() && client.contact_birthdays()?.is_empty() {
            ann.set_birthday(birthday)?;
        }
    }
    Ok(())
}
