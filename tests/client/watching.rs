//! Channels that are watched, and many of them.
use std::thread;
use std::time::Duration;

use ferogram_sync::store::{Change, PeerKey, Store};
use ferogram_sync::tl::types;
use ferogram_sync::{Client, Error, Lost, Subscription, Update, Updates, WhyLost, tracker};
use localdc::{LocalDc, NewChannel};

use super::updates::{PATIENCE, next};

fn id(client: &Client) -> i64 {
    client.get_me().expect("it is signed in").id()
}

fn messages() -> Subscription {
    Subscription::new().filter(|it| matches!(it, Update::NewMessage(_) | Update::Lost(_)))
}

fn next_lost(updates: &mut Updates) -> Lost {
    loop {
        if let Update::Lost(lost) = updates.next_timeout(PATIENCE).expect("it comes") {
            return lost;
        }
    }
}

#[test]
fn a_channel_that_was_not_joined_is_heard_while_it_is_watched() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let owner = id(&ann);
    let news = dc.add_channel(NewChannel::new("News", "daily_news").owner(owner));
    let mut updates = bob.subscribe(messages());
    let asked = || dc.executed("updates.getChannelDifference");
    let mut begin = || {
        let before = asked();
        let watch = bob.watch_channel("@daily_news").expect("it is there");
        assert_eq!(watch.channel_id(), news);
        while asked() == before {
            updates
                .next_timeout(Duration::from_millis(10))
                .expect_err("nothing has happened");
        }
        watch
    };
    // It is asked about at once, and then as often as the server wants it.
    let watch = begin();
    dc.post(news, owner, "1");
    drop(watch);
    // Watched anew, it is asked about at once, if the end was noticed.
    thread::sleep(Duration::from_millis(300));
    let _watch = bob.watch_channel("@daily_news").expect("it is there");
    assert_eq!(next(&mut updates), 1);
}

#[test]
fn no_more_than_ten_are_watched() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let owner = id(&ann);
    let names: Vec<String> = (0..11).map(|number| format!("channel_{number}")).collect();
    for name in &names {
        dc.add_channel(NewChannel::new("News", &name[..]).owner(owner));
    }
    let watch = |name: &String| ann.watch_channel(format!("@{name}"));
    let mut watched: Vec<_> = names[..10].iter().map(watch).collect();
    assert!(watched.iter().all(Result::is_ok));
    let refused = watch(&names[10]);
    assert!(
        matches!(refused, Err(Error::TooManyWatched { max: 10 })),
        "{refused:?}"
    );
    drop(watch(&names[0]).expect("the same once more is no other"));
    watched.pop();
    drop(watch(&names[10]).expect("there is room again"));
}

#[test]
fn a_channel_that_turns_one_out_is_told_as_lost_and_the_rest_goes_on() {
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (owner, guest) = (id(&ann), id(&bob));
    let club = NewChannel::private("Club").megagroup().owner(owner);
    let club = dc.add_channel(club.members([guest]));
    let me = bob.get_me().expect("he is signed in");
    let name = format!("@{}", me.username().expect("he has one"));
    let store = dc.session_of(guest);
    let open = || {
        let builder = dc.client_builder().session(store.clone());
        builder.connect().expect("it starts")
    };
    let bob = open();
    let mut updates = bob.subscribe(messages());
    bob.get_me().expect("from here on it is told");
    dc.post(club, owner, "1");
    assert_eq!(next(&mut updates), 1);
    drop((updates, bob));
    dc.post(club, owner, "2");
    let rights = types::ChatBannedRights {
        view_messages: true,
        ..Default::default()
    };
    let out = ferogram_sync::tl::functions::channels::EditBanned {
        channel: types::InputChannel {
            channel_id: club,
            access_hash: dc.channel_hash(owner, club),
        }
        .into(),
        participant: ann.resolve_peer(&name[..]).expect("he has a name"),
        banned_rights: rights.into(),
    };
    ann.invoke(&out).expect("it is hers");
    let bob = open();
    let mut updates = bob.subscribe(messages());
    // What the client remembers of the channel, it asks about.
    let watch = bob
        .watch_channel(-1_000_000_000_000 - club)
        .expect("it is known");
    let lost = next_lost(&mut updates);
    assert_eq!(lost.peer, Some(PeerKey::Channel(club)));
    assert_eq!(lost.why, WhyLost::Server(tracker::Why::Forbidden));
    drop(watch);
    ann.send_message(&name[..], "3").expect("he is there");
    assert_eq!(next(&mut updates), 3);
}

/// What is asked at the start grows with what has happened, not with what is remembered.
#[test]
fn ten_thousand_channels_cost_what_has_happened_in_them() {
    const NEWS: u64 = 30;
    let dc = LocalDc::start().expect("it listens");
    let (ann, bob) = (dc.user(), dc.user());
    let (owner, guest) = (id(&ann), id(&bob));
    let channels: Vec<i64> = (0..NEWS)
        .map(|number| {
            let club = NewChannel::private(format!("Club {number}")).megagroup();
            dc.add_channel(club.owner(owner).members([guest]))
        })
        .collect();
    let mut store = dc.session_of(guest);
    let silent = (0..10_000).map(|number| Change::Channel {
        id: 5_000_000 + number,
        pts: Some(7),
    });
    store
        .apply(&silent.collect::<Vec<_>>())
        .expect("there is room");
    let open = || {
        let builder = dc.client_builder().session(store.clone());
        builder.connect().expect("it starts")
    };
    let post = |text: &str| {
        for channel in &channels {
            dc.post(*channel, owner, text);
        }
    };
    let hear = |updates: &mut Updates, text: u32| {
        for _ in 0..NEWS {
            assert_eq!(next(updates), text);
        }
    };
    let bob = open();
    bob.get_me().expect("from here on it is told");
    let mut updates = bob.subscribe(messages());
    // Whatever is asked at the start is answered by then.
    assert!(updates.next_timeout(Duration::from_secs(1)).is_err());
    post("1");
    hear(&mut updates, 1);
    drop((updates, bob));
    post("2");
    let methods = [
        "updates.getDifference",
        "updates.getChannelDifference",
        "channels.getFullChannel",
        "messages.getPeerDialogs",
    ];
    let asked = || methods.map(|method| dc.executed(method));
    let before = asked();
    let bob = open();
    let mut updates = bob.subscribe(messages());
    hear(&mut updates, 2);
    let quiet = updates.next_timeout(Duration::from_secs(1));
    assert!(quiet.is_err(), "{quiet:?}");
    let after = asked();
    let asked = |at: usize| after[at] - before[at];
    let one_each = [1, NEWS, 0, 0];
    assert_eq!([0, 1, 2, 3].map(asked), one_each, "{methods:?}");
}
