//! Photos, files and albums as messages, and what becomes of them.
use std::fs;

use ferogram_sync::keyboard::{Button, InlineKeyboard};
use ferogram_sync::tl::enums;
use ferogram_sync::{AlbumItem, Error, FileError, InputMessage, Media, OnceError, Upload};
use localdc::{Effect, Rule};

use super::scene::{MIB, PART, assert_same, bytes, scene};

/// A PNG file as far as its size goes, and then whatever.
pub(super) fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend(bytes(5000));
    file
}

#[test]
fn a_photo_has_its_sizes_and_comes_down_as_it_is() {
    let (_telegram, client) = scene();
    let file = picture(1000, 500);
    let photo = Upload::bytes(&file[..]).name("a.png");
    let caption = InputMessage::html("<b>Look</b>").expect("it is right");
    let message = client.send_photo("me", photo, caption).expect("it is sent");
    assert_eq!((message.text(), message.has_photo()), ("Look", true));
    assert_same(
        &client.download(&message).to_bytes().expect("it comes"),
        &file,
    );
    let Some(enums::MessageMedia::Photo(media)) = message.media() else {
        panic!("it is a photo");
    };
    let Some(enums::Photo::Photo(photo)) = &media.photo else {
        panic!("it is there");
    };
    assert_eq!(photo.sizes.len(), 4, "s, m, x and the photo itself");
    let again = Media::photo((**photo).clone()).spoiler(true);
    let again = client.send_media("me", again, "").expect("it is known");
    assert_same(
        &client.download(&again).to_bytes().expect("it comes"),
        &file,
    );
    let wrong = Upload::bytes(&b"no picture"[..]);
    let error = client.send_photo("me", wrong, "").expect_err("no picture");
    assert!(
        matches!(&error, Error::Rpc(it) if it.is("IMAGE_PROCESS_FAILED")),
        "{error}"
    );
}

#[test]
fn a_part_that_was_lost_is_sent_again() {
    let (telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.bin");
    for len in [3 * PART, 21 * PART + 7] {
        let whole = bytes(len);
        fs::write(&path, &whole).expect("it is written");
        telegram.forget_file_part(0);
        telegram.forget_file_part(2);
        // The last one too, which is shorter.
        telegram.forget_file_part(21);
        let message = client.send_document("me", &path, "").expect("it is healed");
        assert_same(
            &client.download(&message).to_bytes().expect("it comes"),
            &whole,
        );
    }
    telegram.forget_file_part(0);
    let stream = Upload::reader(&b"only once"[..]);
    let error = client
        .send_document("me", stream, "")
        .expect_err("it is gone");
    assert!(
        matches!(error, Error::File(FileError::PartLost(0))),
        "{error}"
    );
}

#[test]
fn what_describes_it_arrives() {
    let (_telegram, client) = scene();
    let file = || Upload::bytes(&b"some bytes"[..]).name("a.bin");
    let kinds = [
        Media::video(file()).size(640, 480).duration(12.5),
        Media::video_note(file()),
        Media::audio(file()).title("T").performer("P").duration(3.2),
        Media::voice(file()).waveform(&[1, 2, 3]),
        Media::animation(file()),
        Media::sticker(file()).emoji("x"),
    ];
    for media in kinds {
        let told = format!("{media:?}");
        let message = client.send_media("me", media, "").expect("it is sent");
        let Some(enums::MessageMedia::Document(it)) = message.media() else {
            panic!("another media");
        };
        let Some(enums::Document::Document(document)) = &it.document else {
            panic!("it is there");
        };
        let is = |wanted: &str| told.contains(&format!("kind: {wanted},"));
        assert_eq!(
            it.video,
            is("Video") || is("VideoNote") || is("Animation"),
            "{told}"
        );
        assert_eq!(
            (it.round, it.voice),
            (is("VideoNote"), is("Voice")),
            "{told}"
        );
        assert!(document.attributes.len() >= 2, "{told}");
    }
}

fn boxed(kind: &[u8; 4], inside: &[&[u8]]) -> Vec<u8> {
    let inside = inside.concat();
    let size = u32::try_from(inside.len() + 8).expect("it is small");
    [&size.to_be_bytes()[..], kind, &inside].concat()
}

/// A video of 2.5 seconds and 320 × 240 points, as far as its header goes, which comes last.
fn film() -> Vec<u8> {
    let words = |words: &[u32]| -> Vec<u8> {
        let bytes = words.iter().map(|word| word.to_be_bytes());
        bytes.flatten().collect()
    };
    let header = boxed(b"mvhd", &[&words(&[0, 0, 0, 1000, 2500]), &[0; 80]]);
    let upright = words(&[1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30]);
    let size = words(&[320 << 16, 240 << 16]);
    let handler = boxed(b"hdlr", &[&[0; 8], b"vide", &[0; 13]]);
    let shown = boxed(b"tkhd", &[&[0; 40], &upright, &size]);
    let track = boxed(b"trak", &[&shown, &boxed(b"mdia", &[&handler])]);
    let kind = boxed(b"ftyp", &[b"isom", &[0; 4]]);
    let data = boxed(b"mdat", &[&bytes(3 * MIB)]);
    [kind, data, boxed(b"moov", &[&header, &track])].concat()
}

#[test]
fn a_video_says_itself_how_long_and_how_large_it_is() {
    let (_telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.mp4");
    fs::write(&path, film()).expect("it is written");
    let of_bytes = || Upload::bytes(film()).name("a.mp4");
    let told = |media: Media<'_>| {
        let message = client.send_media("me", media, "").expect("it is sent");
        let video = message.video().expect("it carries one");
        (video.width(), video.height(), video.duration())
    };
    assert_eq!(told(Media::video(&path)), (320, 240, 2.5));
    assert_eq!(told(Media::guess(of_bytes())), (320, 240, 2.5));
    let said = Media::video(of_bytes()).size(32, 24).duration(9.0);
    assert_eq!(told(said), (32, 24, 9.0), "who says it is believed");
    let other = Upload::bytes(&b"none"[..]).name("a.mp4");
    assert_eq!(told(Media::video(other)), (0, 0, 0.0));
    // As a file it is only that.
    let file = client.send_document("me", of_bytes(), "");
    let file = file
        .expect("it is sent")
        .document()
        .expect("it carries one");
    assert_eq!(file.raw.attributes.len(), 1, "its name");
}

#[test]
fn what_the_server_has_need_not_be_uploaded() {
    let (telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gif");
    let whole = bytes(2 * MIB + 5);
    fs::write(&path, &whole).expect("it is written");
    let unknown = client.known_copy(&path).expect("it answers");
    assert!(unknown.is_none(), "nobody has sent it");
    let sent = client.send_media("me", Media::animation(&path), "");
    let sent = sent
        .expect("it is sent")
        .document()
        .expect("it carries one");
    let parts = telegram.executed("upload.saveFilePart");
    let other = telegram.user();
    for client in [&client, &other] {
        let known = client.known_copy(&path).expect("it answers");
        let known = known.expect("the server has it");
        assert_eq!(known.id(), sent.id());
        let again = client.send_media("me", Media::animation(&known), "");
        let again = client.download(&again.expect("it is sent")).to_bytes();
        assert_same(&again.expect("it comes"), &whole);
    }
    assert_eq!(telegram.executed("upload.saveFilePart"), parts);
    let another_kind = Upload::path(&path).mime_type("video/mp4");
    let another_kind = client.known_copy(another_kind).expect("it answers");
    assert!(another_kind.is_none(), "it is no video");
    let error = client
        .known_copy(Upload::reader(&whole[..]))
        .expect_err("it comes once");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let error = client
        .known_copy(Upload::bytes(b""))
        .expect_err("it is empty");
    assert!(matches!(error, Error::File(FileError::Empty)), "{error}");
}

#[test]
fn albums_are_cut_kept_in_order_and_sent_once() {
    let (telegram, client) = scene();
    let photo = |side| Media::photo(Upload::bytes(picture(side, 100)).name("a.png"));
    // It is done, and the server says that it has failed: the same comes again.
    let failed = Rule::new(Effect::internal(500, true));
    telegram
        .faults()
        .add(failed.method("messages.sendMultiMedia").times(1));
    let video = Media::video(Upload::bytes(&b"v"[..]).name("v.mp4"));
    let mut items: Vec<AlbumItem<'_>> = (1..=11).map(|it| photo(it * 10).into()).collect();
    items.push(AlbumItem::new(video).caption("a video"));
    items.push(Media::document(Upload::bytes(&b"d"[..]).name("d.txt")).into());
    let sent = client
        .send_album("me", items, "all of them")
        .expect("they are sent");
    assert_eq!(sent.len(), 13);
    assert_eq!(sent[0].text(), "all of them");
    assert_eq!((sent[1].text(), sent[11].text()), ("", "a video"));
    let albums: Vec<_> = sent.iter().map(|it| it.album_id()).collect();
    assert!(
        albums[..10]
            .iter()
            .all(|it| *it == albums[0] && it.is_some())
    );
    assert!(albums[10].is_some() && albums[10] == albums[11] && albums[10] != albums[0]);
    assert_eq!(albums[12], None);
    let ids: Vec<_> = sent.iter().map(ferogram_sync::Message::id).collect();
    assert!(ids.is_sorted_by(|one, next| one < next));
    let history = client.iter_messages("me").count();
    assert_eq!(history, 13, "none came twice");
    let error = client
        .send_album("me", Vec::<Media<'_>>::new(), "")
        .expect_err("nothing");
    assert!(matches!(error, Error::Argument(_)), "{error}");
}

/// A name that nobody has is told before hours of uploading, and not after.
#[test]
fn nothing_is_uploaded_for_nobody() {
    let (telegram, client) = scene();
    let file = |name| Media::document(Upload::bytes(bytes(MIB)).name(name));
    let nobody = "@nobody_at_all";
    for error in [
        client.send_media(nobody, file("a"), "").err(),
        client.send_album(nobody, [file("a"), file("b")], "").err(),
        client.upload_media(nobody, file("a")).err(),
    ] {
        let error = error.expect("nobody has that name");
        assert!(error.is("USERNAME_NOT_OCCUPIED"), "{error}");
    }
    let failed = client.send_media(5, file("a"), "");
    assert!(matches!(failed, Err(Error::Peer(_))));
    assert_eq!(telegram.executed("upload.saveFilePart"), 0);
}

/// What is said of an album and cannot be done is told before anything is sent, and a text that
/// is given is shown.
#[test]
fn nothing_that_is_said_of_an_album_is_left_out() {
    let (telegram, client) = scene();
    let file = |name: &str| Media::document(Upload::bytes(name).name(name));
    let once = InputMessage::text("two").once("an order");
    let error = client.send_album("me", [file("a"), file("b")], once);
    let error = error.expect_err("two messages have no one key");
    assert!(matches!(error, Error::Once(OnceError::Album)), "{error}");
    let buttons = InlineKeyboard::new().row([Button::callback("Yes", "y")]);
    let buttons = InputMessage::text("two").markup(buttons);
    let error = client.send_album("me", [file("a"), file("b")], buttons);
    let error = error.expect_err("albums have no buttons");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    let said = |name: &str| AlbumItem::new(file(name)).caption(name);
    let error = client.send_album("me", [said("a"), said("b")], "and this?");
    let error = error.expect_err("there is no place for it");
    assert!(matches!(error, Error::Argument(_)), "{error}");
    assert_eq!(telegram.executed("upload.saveFilePart"), 0);
    let sent = client.send_album("me", [said("a"), file("b").into()], "and this");
    let sent = sent.expect("there is");
    assert_eq!((sent[0].text(), sent[1].text()), ("a", "and this"));
    // One alone is a message like any other.
    let alone = || InputMessage::text("one").once("another order");
    let sent = client.send_album("me", [file("c")], alone()).expect("sent");
    let again = client.send_album("me", [file("c")], alone()).expect("sent");
    assert_eq!(sent[0].id(), again[0].id());
}

#[test]
fn a_reference_that_expires_is_renewed_from_the_message() {
    let (telegram, client) = scene();
    let whole = bytes(9 * MIB + 5);
    let file = Upload::bytes(&whole[..]).name("a.bin");
    let message = client.send_document("me", file, "").expect("it is sent");
    // Before the first piece, in the middle, twice in a row.
    telegram.expire_file_references();
    assert_same(
        &client.download(&message).to_bytes().expect("it comes"),
        &whole,
    );
    for times in [1, 2] {
        let expired = Effect::error(400, "FILE_REFERENCE_EXPIRED");
        let expired = Rule::new(expired)
            .method("upload.getFile")
            .after(4)
            .times(times);
        let expired = telegram.faults().add(expired);
        assert_same(
            &client.download(&message).to_bytes().expect("it comes"),
            &whole,
        );
        assert_eq!(telegram.faults().fired(expired), times);
        telegram.faults().remove(expired);
    }
    // The hashes are asked for by the same reference, before the first piece and later.
    let hashes = Effect::error(400, "FILE_REFERENCE_EXPIRED");
    let hashes = Rule::new(hashes).method("upload.getFileHashes").after(2);
    let hashes = telegram.faults().add(hashes.times(1));
    telegram.expire_file_references();
    let checked = client.download(&message).verify(true).to_bytes();
    assert_same(&checked.expect("it comes"), &whole);
    assert_eq!(telegram.faults().fired(hashes), 1);
    let mut chunks = client
        .download(&message)
        .connections(1)
        .chunks()
        .expect("it begins");
    let mut got = chunks
        .next()
        .expect("there is more")
        .expect("it comes")
        .into_vec();
    telegram.expire_file_references();
    for chunk in chunks {
        got.extend_from_slice(&chunk.expect("it comes"));
    }
    assert_same(&got, &whole);
    // What can be renewed from nowhere is an error, and so is what was deleted.
    telegram.expire_file_references();
    let raw = message.media().expect("it is there");
    let error = client
        .download(raw)
        .to_bytes()
        .expect_err("nobody knows where it was");
    assert!(
        matches!(&error, Error::Rpc(it) if it.is("FILE_REFERENCE_*")),
        "{error}"
    );
    message.delete().expect("it is ours");
    let error = client
        .download(&message)
        .to_bytes()
        .expect_err("it is gone");
    assert!(matches!(error, Error::File(FileError::Gone)), "{error}");
}
