//! Albums of pages, and albums that wait.
use ferogram_sync::{AlbumItem, InputMessage, Media, MediaFile, Message, Upload};
use localdc::{LocalDc, NewChannel};

use super::scheduled::in_seconds;

/// What is on the web has to be fetched by the server before it can stand in an album: alone it
/// need not (case M2).
#[test]
fn what_is_on_the_web_stands_in_albums_beside_files() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let her_id = ann.my_id().expect("signed in");
    for page in ["https://a.example/1.txt", "https://a.example/2.txt"] {
        let _ = dc.add_web_file(her_id, (page, "text/plain"), page.as_bytes());
    }
    let page = |number: i32| {
        let page = format!("https://a.example/{number}.txt");
        Media::document(MediaFile::url(page))
    };
    let file = Media::document(Upload::bytes(&b"3"[..]).name("3.txt"));
    let items = vec![page(1), page(2), file];
    let sent = ann.send_album("me", items, "c").expect("they are sent");
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|it| it.album_id() == sent[0].album_id()));
    assert!(sent[0].album_id().is_some());
    // One caption, and that of the first (case M1).
    let texts: Vec<&str> = sent.iter().map(Message::text).collect();
    assert_eq!(texts, ["c", "", ""]);
    let size = |it: &Message| it.document().expect("it is one").size();
    assert_eq!(size(&sent[1]), 23);
    assert_eq!(dc.executed("messages.uploadMedia"), 3);
    ann.send_album("me", vec![page(1)], "").expect("it is sent");
    assert_eq!(dc.executed("messages.uploadMedia"), 3);
    let missing = vec![page(1), page(7)];
    let error = ann.send_album("me", missing, "").expect_err("not there");
    assert!(error.is("WEBPAGE_CURL_FAILED"), "{error}");
    assert_eq!(dc.executed("messages.sendMultiMedia"), 1);
}

/// What is said of the only one counts as if it were sent by itself.
#[test]
fn an_album_of_one_keeps_the_key_of_its_caption() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let send = || {
        let bill = Media::document(Upload::bytes(&b"9"[..]).name("bill.txt"));
        let caption = InputMessage::text("Your bill").once("order 1274");
        let album = [AlbumItem::new(bill).caption(caption)];
        ann.send_album("me", album, "").expect("it is sent")
    };
    let first = send();
    assert_eq!(send()[0].id(), first[0].id());
    assert_eq!(dc.executed("messages.sendMedia"), 1);
}

/// The answer for what waits names no `random_id`s: its messages are in the order of the list
/// (case M4).
#[test]
fn an_album_that_waits_comes_back_in_order() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let date = in_seconds(5000);
    let items: Vec<Media<'_>> = (1..=3_u8)
        .map(|it| Media::document(Upload::bytes(vec![it; usize::from(it)]).name("a.bin")))
        .collect();
    let later = InputMessage::text("all of them").schedule_date(date);
    let waiting = ann.send_album("me", items, later).expect("they wait");
    let sizes = |all: &[Message]| -> Vec<u64> {
        let documents = all.iter().map(|it| it.document().expect("it is one"));
        documents.map(|it| it.size()).collect()
    };
    assert_eq!(sizes(&waiting), [1, 2, 3]);
    assert!(waiting.iter().all(Message::from_scheduled));
    assert!(waiting.iter().all(|it| it.date() == date));
    assert!(
        waiting
            .iter()
            .all(|it| it.album_id() == waiting[0].album_id())
    );
    assert_eq!(waiting[0].text(), "all of them");
    let kept = ann.scheduled_messages("me").expect("it answers");
    assert_eq!(sizes(&kept), [1, 2, 3]);
    let ids: Vec<i32> = waiting.iter().map(Message::id).collect();
    let sent = ann.send_scheduled_now("me", &ids).expect("they wait");
    let sent: Vec<Message> = sent.into_iter().flatten().collect();
    assert_eq!(sizes(&sent), [1, 2, 3]);
    assert!(sent[0].album_id().is_some());
}

fn files(count: u8) -> Vec<Media<'static>> {
    let files = (1..=count).map(|it| Upload::bytes(vec![it; usize::from(it)]).name("a.bin"));
    files.map(Media::document).collect()
}

/// The ids of an album are in a row, and right beside them are those of others.
#[test]
fn an_album_is_whole_from_wherever_one_looks_at_it() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let her_id = ann.my_id().expect("signed in");
    dc.add_channel(NewChannel::new("Garden", "the_garden").owner(her_id));
    let ids = |all: &[Message]| all.iter().map(Message::id).collect::<Vec<_>>();
    for place in ["me", "@the_garden"] {
        let album = |count: u8| {
            let sent = ann.send_album(place, files(count), "");
            sent.expect("they are sent")
        };
        let before = album(2);
        let alone = ann.send_message(place, "alone").expect("sent");
        let lone = ann.send_message(place, "alone too").expect("sent");
        let whole = album(10);
        let after = album(3);
        assert_eq!(after[0].id() - whole[9].id(), 1, "nothing is between them");
        for group in [&before, &whole, &after] {
            for one in group {
                let found = one.media_group().expect("it answers");
                assert_eq!(ids(&found), ids(group), "{}", one.id());
                assert!(found.iter().all(|it| it.album_id() == group[0].album_id()));
            }
        }
        for one in [&alone, &lone] {
            let found = ann.media_group(place, one.id()).expect("it answers");
            assert_eq!(ids(&found), [one.id()]);
        }
        // What was taken out of it is not of it any more, and is nothing by itself.
        ann.delete_messages(place, &[whole[4].id()], true)
            .expect("hers");
        let gone = ann.media_group(place, whole[4].id()).expect("it answers");
        assert!(gone.is_empty(), "{gone:?}");
        let rest = whole[0].media_group().expect("it answers");
        assert_eq!(rest.len(), 9);
    }
}
