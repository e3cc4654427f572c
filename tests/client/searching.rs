//! Searches in all chats and by kinds, and what is counted.
use ferogram_sync::{Client, Message, MessageFilter, Result};
use localdc::{LocalDc, NewChannel, NewUser};

/// Ann with a channel, a supergroup and a private chat, in which so many messages were written in
/// turn: "word 0", "word 1" and so on.
struct Scene {
    dc: LocalDc,
    ann: Client,
    ann_id: i64,
    bob_id: i64,
    club: i64,
    news: i64,
}

impl Scene {
    fn new(many: usize) -> Self {
        let dc = LocalDc::start().expect("it listens");
        let ann_id = dc.add_user(NewUser::new("+9996621111", "Ann").username("annann"));
        let ann = dc.client_builder().session(dc.session_of(ann_id));
        let ann = ann.connect().expect("it starts");
        let bob = dc.user();
        let bob_id = bob.my_id().expect("he is signed in");
        let club = NewChannel::private("Club").megagroup().owner(ann_id);
        let club = dc.add_channel(club.members([bob_id]));
        let news = dc.add_channel(NewChannel::new("News", "the_news").owner(ann_id));
        for number in 0..many {
            dc.set_clock_shift(i64::try_from(number / 2).expect("few"));
            let text = format!("word {number}");
            match number % 3 {
                0 => drop(dc.post(club, bob_id, text)),
                1 => drop(dc.post(news, ann_id, text)),
                _ => drop(bob.send_message("@annann", text).expect("sent")),
            }
        }
        Self {
            dc,
            ann,
            ann_id,
            bob_id,
            club: -1_000_000_000_000 - club,
            news: -1_000_000_000_000 - news,
        }
    }
}

fn numbers(messages: impl Iterator<Item = Result<Message>>) -> Vec<usize> {
    let number = |message: Result<Message>| {
        let message = message.expect("read");
        message.text().trim_start_matches("word ").parse()
    };
    messages.map(|it| number(it).expect("a number")).collect()
}

#[test]
fn a_search_in_all_chats_is_read_to_its_end_without_doubles() {
    let scene = Scene::new(240);
    let mut found = scene.ann.search_global("word");
    assert_eq!(found.total().expect("told"), 240);
    let mut given = numbers(found);
    assert_eq!(given.len(), 240);
    given.sort_unstable();
    assert_eq!(given, (0..240).collect::<Vec<_>>());
    let asked = scene.dc.executed("messages.searchGlobal");
    assert!((3..=4).contains(&asked), "{asked}");
    assert_eq!(scene.ann.search_global("word").take(10).count(), 10);
    assert_eq!(scene.dc.executed("messages.searchGlobal"), asked + 1);
    let of = |found: ferogram_sync::GlobalSearch| numbers(found).len();
    let search = || scene.ann.search_global("word");
    assert_eq!(of(search().groups_only()), 80);
    assert_eq!(of(search().channels_only()), 80);
    assert_eq!(of(search().users_only().limit(30)), 30);
    scene.ann.archive(scene.club, true).expect("archived");
    assert_eq!(of(search().archived(true)), 80);
    assert_eq!(of(search().archived(false)), 160);
    let first = scene.ann.iter_messages(scene.bob_id).reversed().next();
    let date = first.expect("one").expect("read").date();
    assert_eq!(of(search().until(date)), 2);
    assert_eq!(of(search().since(date - 1)), 238);
}

#[test]
fn senders_are_found_wherever_the_server_looks_for_them_or_not() {
    let scene = Scene::new(30);
    let ann = &scene.ann;
    let of_bob = || ann.iter_messages(scene.club).sender(scene.bob_id);
    ann.send_message(scene.club, "word 30").expect("sent");
    assert_eq!(numbers(of_bob()).len(), 10);
    let own = ann.iter_messages(scene.club).sender("me");
    assert_eq!(numbers(own), [30]);
    assert_eq!(numbers(of_bob().query("word 2")), [27, 24, 21]);
    assert_eq!(
        numbers(ann.search_private("").sender(scene.bob_id)).len(),
        10
    );
    // Dates count for the server where there are words alone: here they do.
    let all = of_bob().collect::<Result<Vec<_>>>().expect("read");
    let date = all[4].date();
    assert_eq!(numbers(of_bob().from_date(date)).len(), 5);
    assert_eq!(numbers(of_bob().from_date(date).reversed()).len(), 5);
    assert_eq!(numbers(of_bob().up_to_date(date)).len(), 4);
    assert_eq!(numbers(of_bob().query("word").from_date(date)).len(), 5);
    assert_eq!(scene.ann_id, ann.my_id().expect("she is signed in"));
}

#[test]
fn kinds_are_counted() {
    let scene = Scene::new(6);
    let ann = &scene.ann;
    for day in 1..=3 {
        scene.dc.set_clock_shift(day * 86_400);
        for _ in 0..day {
            ann.send_message(scene.club, "See https://example.com/")
                .expect("sent");
        }
    }
    ann.send_message(scene.news, "Spring is here #garden")
        .expect("sent");
    let kinds = [MessageFilter::Links, MessageFilter::Photos];
    assert_eq!(ann.count_messages(scene.club, kinds).expect("told"), [6, 0]);
    let links = || ann.search(scene.club, "").filter(MessageFilter::Links);
    assert_eq!(links().count(), 6);
    let calendar = ann.search_calendar(scene.club, MessageFilter::Links, 0);
    let calendar = calendar.expect("told");
    assert_eq!(calendar.count, 6);
    let days: Vec<i32> = calendar.days.iter().map(|day| day.count).collect();
    assert_eq!(days, [3, 2, 1]);
    assert_eq!(calendar.messages.len(), 3);
    let places = ann.search_positions(scene.club, MessageFilter::Links, 0, 4);
    let (places, count) = places.expect("told");
    assert_eq!((places.len(), count), (4, 6));
    let offsets: Vec<i32> = places.iter().map(|place| place.offset).collect();
    assert_eq!(offsets, [0, 1, 2, 3]);
    let tagged = ann
        .search_hashtag("#Garden")
        .next()
        .expect("one")
        .expect("read");
    assert_eq!(tagged.text(), "Spring is here #garden");
    let error = ann
        .search_posts("spring")
        .next()
        .expect("an item")
        .expect_err("no");
    assert!(error.is("PREMIUM_ACCOUNT_REQUIRED"), "{error}");
    let error = ann.search_calendar(scene.club, MessageFilter::Pinned, 0);
    assert!(error.expect_err("not counted").is("FILTER_NOT_SUPPORTED"));
}

#[test]
fn a_thread_is_read_apart() {
    let scene = Scene::new(9);
    let ann = &scene.ann;
    let first = ann
        .iter_messages(scene.club)
        .next()
        .expect("one")
        .expect("read");
    let answer = first.reply("word 100").expect("sent");
    ann.send_message(scene.club, "word 101").expect("sent");
    answer.reply("word 102").expect("sent");
    let thread = || ann.iter_messages(scene.club).topic(first.id());
    assert_eq!(numbers(thread()), [102, 100]);
    assert_eq!(numbers(thread().reversed()), [100, 102]);
    assert_eq!(numbers(thread().query("102")), [102]);
    ann.read_discussion(scene.club, first.id(), answer.id())
        .expect("told");
    let error = ann.iter_messages(scene.club).topic(9_999).next();
    assert!(
        error
            .expect("an item")
            .expect_err("none")
            .is("MSG_ID_INVALID")
    );
}

#[test]
fn views_are_counted() {
    let scene = Scene::new(3);
    let post = scene
        .ann
        .iter_messages(scene.news)
        .next()
        .expect("one")
        .expect("read");
    let carl = scene.dc.user();
    let views = |client: &Client, count: bool| {
        let ids = [post.id(), 9_999];
        let views = match count {
            true => client.count_views("@the_news", &ids),
            false => client.fetch_views("@the_news", &ids),
        };
        let views = views.expect("told");
        assert_eq!((views.len(), views[1].views), (2, None));
        views[0].views
    };
    let before = views(&carl, false).expect("it is counted");
    assert_eq!(views(&carl, true), Some(before + 1));
    assert_eq!(views(&carl, true), Some(before + 1), "once each");
}
