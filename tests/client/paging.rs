//! Reading long lists asks for nothing that nobody needs.
use ferogram_sync::{Client, Result};
use localdc::{LocalDc, NewChannel, NewUser};

/// How many items, and in how many requests.
fn read<T>(dc: &LocalDc, methods: &[&str], items: impl Iterator<Item = Result<T>>) -> (usize, u64) {
    let asked = || {
        methods
            .iter()
            .map(|method| dc.executed(method))
            .sum::<u64>()
    };
    let before = asked();
    let count = items.inspect(|item| assert!(item.is_ok())).count();
    (count, asked() - before)
}

fn id(client: &Client) -> i64 {
    client.my_id().expect("signed in")
}

#[test]
fn ten_thousand_messages_take_a_hundred_requests_and_ten_take_one() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let long = NewChannel::new("Long", "the_long")
        .megagroup()
        .owner(id(&ann));
    let long = dc.add_channel(long);
    for number in 1..10_000 {
        dc.post(long, id(&ann), format!("Message {number}"));
    }
    let history = ["messages.getHistory"];
    ann.resolve("@the_long").expect("it is public");
    let all = ann.iter_messages("@the_long").with_service();
    assert_eq!(read(&dc, &history, all), (10_000, 100));
    let upwards = ann.iter_messages("@the_long").reversed().with_service();
    let (count, asked) = read(&dc, &history, upwards);
    assert!(count == 10_000 && asked <= 101, "{asked}");
    let ten = ann.iter_messages("@the_long").limit(10);
    assert_eq!(read(&dc, &history, ten), (10, 1));
    let ten = ann.iter_messages("@the_long").take(10);
    assert_eq!(read(&dc, &history, ten), (10, 1));
    let some = ann.iter_messages("@the_long").limit(250);
    assert_eq!(read(&dc, &history, some), (250, 3));
}

#[test]
fn a_thousand_dialogs_take_a_request_for_each_hundred_and_the_head_again() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    for number in 0..1000 {
        let club = NewChannel::private(format!("Club {number}")).megagroup();
        let club = dc.add_channel(club.owner(id(&ann)));
        dc.post(club, id(&ann), "Welcome");
    }
    let methods = ["messages.getDialogs", "messages.getPinnedDialogs"];
    let (count, asked) = read(&dc, &methods, ann.iter_dialogs());
    assert!(count == 1000 && asked <= 12, "{asked}");
    assert_eq!(read(&dc, &methods, ann.iter_dialogs().limit(10)), (10, 1));
}

#[test]
fn two_thousand_members_take_pages_that_overlap_and_no_more() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let crowd: Vec<i64> = (1..2000)
        .map(|number| dc.add_user(NewUser::new(format!("+49151{number:06}"), "Guest")))
        .collect();
    let club = NewChannel::new("Crowd", "the_crowd")
        .megagroup()
        .owner(id(&ann));
    dc.add_channel(club.members(crowd));
    ann.resolve("@the_crowd").expect("it is public");
    let methods = ["channels.getParticipants"];
    let (count, asked) = read(&dc, &methods, ann.iter_participants("@the_crowd"));
    assert!(count == 2000 && asked == 11, "{asked}");
    let ten = ann.iter_participants("@the_crowd").limit(10);
    assert_eq!(read(&dc, &methods, ten), (10, 1));
}
