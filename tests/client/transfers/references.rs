//! References that expire when files are sent, and files named by the Bot API.
use ferogram_sync::{AlbumItem, Error, FileError, FileId, Media, Origin, Photo, Upload};
use localdc::{Effect, Rule};

use super::scene::{MIB, assert_same, bytes, scene};
use super::sending::picture;

fn png(side: u32) -> Upload<'static> {
    Upload::bytes(picture(side, 100)).name("a.png")
}

#[test]
fn what_was_seen_in_a_message_is_sent_again_though_its_reference_has_expired() {
    let (telegram, client) = scene();
    let first = client
        .send_photo("me", png(300), "one")
        .expect("it is sent");
    let photo = first.photo().expect("it carries one");
    telegram.expire_file_references();
    let again = client.send_photo("me", &photo, "two");
    let again = again.expect("the message shows it again");
    assert_eq!(again.photo().expect("it carries one").id(), photo.id());
    // The same by the message's content, and by an edit of another one.
    telegram.expire_file_references();
    let third = client.send_message("me", first.to_input().expect("it can be sent"));
    assert!(third.expect("it is renewed").has_photo());
    let other = client.send_photo("me", png(200), "x").expect("it is sent");
    telegram.expire_file_references();
    let edited = client.edit_message("me", other.id(), first.to_input().expect("it can be"));
    let edited = edited.expect("it is renewed");
    assert_eq!(edited.photo().expect("it carries one").id(), photo.id());
    assert_eq!(client.iter_messages("me").count(), 4, "none came twice");
}

#[test]
fn what_nobody_knows_the_place_of_says_so() {
    let (telegram, client) = scene();
    let sent = client.send_photo("me", png(300), "").expect("it is sent");
    let photo = sent.photo().expect("it carries one");
    let unknown = Photo::from_raw(photo.raw.clone());
    telegram.expire_file_references();
    let error = client
        .send_photo("me", &unknown, "")
        .expect_err("nobody knows");
    let expired = matches!(&error, Error::Rpc(it) if it.is("FILE_REFERENCE_EXPIRED"));
    assert!(expired, "{error}");
    sent.delete().expect("it goes");
    let error = client.send_photo("me", &photo, "").expect_err("it is gone");
    assert!(matches!(error, Error::File(FileError::Gone)), "{error}");
    // A place that was told by the program.
    let other = client.send_photo("me", png(200), "").expect("it is sent");
    let raw = other.photo().expect("it carries one").raw;
    telegram.expire_file_references();
    let seen = Origin::Message("me".into(), other.id());
    let photo = Photo::from_raw(raw).seen_in(seen);
    client.send_photo("me", &photo, "").expect("it is renewed");
}

#[test]
fn one_item_of_an_album_is_renewed() {
    let (telegram, client) = scene();
    let seen = [100, 200, 300].map(|side| {
        let sent = client.send_photo("me", png(side), "").expect("it is sent");
        sent.photo().expect("it carries one")
    });
    // The server says of which item, one after the other: each is asked for where it was seen.
    telegram.expire_file_references();
    let asked = telegram.executed("messages.getMessages");
    let items = seen.iter().map(|photo| AlbumItem::new(Media::photo(photo)));
    let album = client
        .send_album("me", items, "all")
        .expect("all are renewed");
    assert_eq!(telegram.executed("messages.getMessages") - asked, 3);
    let ids: Vec<_> = album
        .iter()
        .map(|it| it.photo().expect("one").id())
        .collect();
    assert_eq!(ids, seen.map(|photo| photo.id()));
    assert_eq!(client.iter_messages("me").count(), 6, "none came twice");
}

#[test]
fn a_server_that_refuses_every_reference_is_believed_in_the_end() {
    let (telegram, client) = scene();
    let sent = client.send_photo("me", png(300), "").expect("it is sent");
    let always = Rule::new(Effect::error(400, "FILE_REFERENCE_EXPIRED"));
    let always = telegram.faults().add(always.method("messages.sendMedia"));
    let photo = sent.photo().expect("it carries one");
    let error = client
        .send_photo("me", &photo, "")
        .expect_err("it never ends well");
    assert!(matches!(error, Error::Rpc(_)), "{error}");
    assert!(telegram.faults().fired(always) < 8);
    let always = Rule::new(Effect::error(400, "FILE_REFERENCE_EXPIRED"));
    let always = telegram.faults().add(always.method("upload.getFile"));
    let error = client.download(&sent).to_bytes();
    let error = error.expect_err("it never ends well");
    assert!(matches!(error, Error::Rpc(_)), "{error}");
    assert!(telegram.faults().fired(always) < 8);
}

#[test]
fn files_are_fetched_and_sent_by_their_file_ids() {
    let (telegram, client) = scene();
    let whole = bytes(2 * MIB + 5);
    let file = Upload::bytes(&whole[..]).name("a.bin");
    let document = client.send_document("me", file, "").expect("it is sent");
    let document = document.document().expect("it carries one");
    let photo = client.send_photo("me", png(300), "").expect("it is sent");
    let photo = photo.photo().expect("it carries one");
    let ids = [document.file_id(), photo.file_id().expect("it has sizes")];
    for (id, original) in ids.iter().zip([document.id(), photo.id()]) {
        let read: FileId = id.to_string().parse().expect("it is one");
        assert_eq!((&read, read.unique_id()), (id, id.unique_id()));
        let media = Media::file_id(&read).expect("it can be sent");
        let sent = client.send_media("me", media, "").expect("it is sent");
        let ids = [
            sent.document().map(|it| it.id()),
            sent.photo().map(|it| it.id()),
        ];
        assert!(ids.contains(&Some(original)));
    }
    assert_same(
        &client.download(&ids[0]).to_bytes().expect("it comes"),
        &whole,
    );
    let small = FileId::of_photo(&photo.raw, b's');
    let small = client.download(&small).to_bytes().expect("it comes");
    assert!(small.starts_with(&[0xff, 0xd8]), "a smaller size");
    // Another account cannot use them.
    let other = telegram.user();
    let error = other
        .download(&ids[0])
        .to_bytes()
        .expect_err("it is not theirs");
    assert!(
        matches!(&error, Error::Rpc(it) if it.is("FILE_ID_INVALID")),
        "{error}"
    );
}
