//! Messages of channels and supergroups: the stream sees them, and what is missing is asked for.
use std::time::Duration;

use ferogram_sync::store::PeerKey;
use ferogram_sync::tl::{functions, types};
use ferogram_sync::{Client, Lost, Update, Updates, WhyLost};
use localdc::{Effect, LocalDc, NewChannel, Rule};

const PATIENCE: Duration = Duration::from_secs(60);

/// A supergroup of Ann's, with a bot in it that hears all.
struct Scene {
    dc: LocalDc,
    ann: i64,
    bot: Client,
    club: i64,
}

impl Scene {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bot) = (dc.user(), dc.bot());
        let (ann, bot_id) = (id(&ann), id(&bot));
        let club = NewChannel::private("Club").megagroup().owner(ann);
        let hears = types::ChatAdminRights {
            other: true,
            ..Default::default()
        };
        let club = dc.add_channel(club.admin(bot_id, hears));
        Self { dc, ann, bot, club }
    }

    fn post(&self, numbers: impl IntoIterator<Item = u32>) {
        for number in numbers {
            self.dc.post(self.club, self.ann, number.to_string());
        }
    }

    fn asked(&self) -> u64 {
        self.dc.executed("updates.getChannelDifference")
    }
}

fn id(client: &Client) -> i64 {
    client.get_me().expect("it is signed in").id()
}

/// The number that the next message is about.
fn next(updates: &mut Updates) -> u32 {
    loop {
        match updates.next_timeout(PATIENCE).expect("an update comes") {
            Update::NewMessage(message) => {
                if let Ok(number) = message.text().parse() {
                    return number;
                }
            }
            Update::Lost(lost) => panic!("{lost:?}"),
            _ => {}
        }
    }
}

fn take(updates: &mut Updates, count: usize) -> Vec<u32> {
    (0..count).map(|_| next(updates)).collect()
}

fn numbers(numbers: impl IntoIterator<Item = u32>) -> Vec<u32> {
    numbers.into_iter().collect()
}

#[test]
fn messages_of_a_supergroup_come_in_order() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.post(0..20);
    assert_eq!(take(&mut updates, 20), numbers(0..20));
}

#[test]
fn a_gap_in_a_channel_is_filled_by_its_own_difference() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.post(0..1);
    assert_eq!(next(&mut updates), 0);
    let before = scene.asked();
    let lose = Rule::new(Effect::Lose).updates().every(3);
    let lose = scene.dc.faults().add(lose);
    scene.post(1..40);
    assert!(scene.dc.faults().fired(lose) > 5);
    scene.dc.faults().clear();
    scene.post(40..41);
    assert_eq!(take(&mut updates, 40), numbers(1..41));
    assert!(scene.asked() > before, "nothing was asked for");
}

#[test]
fn what_is_written_while_the_line_is_cut_is_asked_for() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.post(0..1);
    assert_eq!(next(&mut updates), 0);
    for round in 1..4 {
        scene.dc.forget_sessions();
        scene.dc.cut_connections();
        scene.post(round * 10..round * 10 + 5);
        assert_eq!(take(&mut updates, 5), numbers(round * 10..round * 10 + 5));
    }
}

#[test]
fn what_a_channel_does_not_know_any_more_is_told_as_lost() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.post(0..1);
    assert_eq!(next(&mut updates), 0);
    scene.dc.limit_channel_log(scene.club, 3);
    let lose = Rule::new(Effect::Lose).updates();
    scene.dc.faults().add(lose);
    scene.post(1..50);
    scene.dc.faults().clear();
    scene.post(50..51);
    let mut seen = Vec::new();
    let mut lost = Vec::new();
    while seen.last() != Some(&50) {
        match updates.next_timeout(PATIENCE).expect("an update comes") {
            Update::NewMessage(message) => seen.extend(message.text().parse::<u32>().ok()),
            Update::Lost(one) => lost.push(one),
            _ => {}
        }
    }
    assert!(seen.is_sorted(), "{seen:?}");
    let club = Some(PeerKey::Channel(scene.club));
    let told = |lost: &Lost| lost.peer == club && matches!(lost.why, WhyLost::Server(_));
    assert!(!lost.is_empty() && lost.iter().all(told), "{lost:?}");
}

#[test]
fn own_doings_move_the_state_on() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.post(0..1);
    assert_eq!(next(&mut updates), 0);
    let channel_id = scene.club;
    let access_hash = scene.dc.channel_hash(id(&scene.bot), channel_id);
    let peer = types::InputPeerChannel {
        channel_id,
        access_hash,
    };
    let send = functions::messages::SendMessage {
        peer: peer.into(),
        message: "own".to_owned(),
        random_id: 7,
        ..Default::default()
    };
    scene.bot.invoke(&send).expect("members write");
    let messages = scene.dc.channel(channel_id).messages;
    let (own, _) = messages.last().expect("it is there");
    let delete = functions::channels::DeleteMessages {
        channel: types::InputChannel {
            channel_id,
            access_hash,
        }
        .into(),
        id: vec![*own],
    };
    scene.bot.invoke(&delete).expect("it is its own");
    let asked = scene.asked();
    scene.post(1..2);
    assert_eq!(next(&mut updates), 1);
    assert_eq!(scene.asked(), asked, "nothing was missing");
}

#[test]
fn what_is_withheld_is_asked_for_and_what_is_repeated_comes_once() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.post(0..1);
    assert_eq!(next(&mut updates), 0);
    let posts = || Rule::new(Effect::Withhold).update::<types::UpdateNewChannelMessage>();
    let withhold = scene.dc.faults().add(posts().every(4));
    let repeat = Rule::new(Effect::Repeat).update::<types::UpdateNewChannelMessage>();
    let repeat = scene.dc.faults().add(repeat.every(2));
    scene.post(1..40);
    assert!(scene.dc.faults().fired(withhold) > 5 && scene.dc.faults().fired(repeat) > 5);
    scene.dc.faults().clear();
    scene.post(40..41);
    assert_eq!(take(&mut updates, 40), numbers(1..41));
    let more = updates.next_timeout(Duration::from_millis(200));
    assert!(!matches!(more, Ok(Update::NewMessage(_))), "{more:?}");
}

#[test]
fn a_difference_in_small_parts_is_read_to_its_end() {
    let scene = Scene::new();
    let mut updates = scene.bot.updates();
    scene.post(0..1);
    assert_eq!(next(&mut updates), 0);
    scene.dc.set_slice(3);
    let withhold = Rule::new(Effect::Withhold).updates();
    scene.dc.faults().add(withhold);
    scene.post(1..20);
    scene.dc.faults().clear();
    let before = scene.asked();
    scene.post(20..21);
    assert_eq!(take(&mut updates, 20), numbers(1..21));
    assert!(scene.asked() >= before + 6, "it came in one piece");
}

#[test]
fn a_channel_that_is_forbidden_or_known_by_another_hash_is_refused() {
    let scene = Scene::new();
    let (channel_id, me) = (scene.club, id(&scene.bot));
    let ask = || {
        let access_hash = scene.dc.channel_hash(me, channel_id);
        let channel = types::InputChannel {
            channel_id,
            access_hash,
        };
        functions::updates::GetChannelDifference {
            channel: channel.into(),
            pts: 1,
            limit: 10,
            ..Default::default()
        }
    };
    let refused = |request| {
        let error = scene.bot.invoke(&request).expect_err("refused");
        error.to_string()
    };
    let before = ask();
    scene.bot.invoke(&before).expect("it is in there");
    scene.dc.change_channel_hash(me, channel_id);
    let error = refused(before);
    assert!(error.contains("CHANNEL_INVALID"), "{error}");
    scene.bot.invoke(&ask()).expect("by the new hash");
    scene.dc.forbid_channel(channel_id, me);
    let error = refused(ask());
    assert!(error.contains("CHANNEL_PRIVATE"), "{error}");
}
