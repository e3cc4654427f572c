//! What is said of a photo, a video and so on when it is sent, and what comes with it.
use ferogram_sync::tl::{enums, types};
use ferogram_sync::{
    Client, Downloadable, InputMessage, Media, MediaFile, Message, ProfilePhoto, Upload,
};
use localdc::LocalDc;

use super::scene::{assert_same, bytes, scene};
use super::sending::picture;

fn file() -> Upload<'static> {
    Upload::bytes(b"some bytes").name("a.bin")
}

fn photo(side: u32) -> Upload<'static> {
    Upload::bytes(picture(side, 100)).name("a.png")
}

/// A photo that somebody shows of themselves has two sizes, and the large one is meant by itself.
#[test]
fn a_profile_photo_comes_in_both_sizes() {
    let (_telegram, client) = scene();
    let whole = picture(500, 500);
    let file = client.upload(Upload::bytes(&whole[..]).name("me.png"));
    let file = file.expect("it goes up");
    client.set_profile_photo(&file).expect("it is set");
    let me = client.get_me().expect("it answers");
    let shown = ProfilePhoto::of_user(&me).expect("it is shown");
    let get = |source: &dyn Downloadable| client.download(source).to_bytes();
    for large in [get(&shown), get(&shown.big()), get(&me)] {
        assert_same(&large.expect("it comes"), &whole);
    }
    let small = get(&shown.small()).expect("it comes");
    assert!(small.starts_with(&[0xff, 0xd8]), "a smaller one");
}

fn attributes(client: &Client, media: Media<'_>) -> Vec<enums::DocumentAttribute> {
    let sent = client.send_media("me", media, "").expect("it is sent");
    let document = sent.document().expect("it carries one");
    document.raw.attributes.clone()
}

#[track_caller]
fn photo_in(message: &Message) -> &types::MessageMediaPhoto {
    match message.media() {
        Some(enums::MessageMedia::Photo(it)) => it,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn document_in(message: &Message) -> &types::MessageMediaDocument {
    match message.media() {
        Some(enums::MessageMedia::Document(it)) => it,
        other => panic!("{other:?}"),
    }
}

fn id_of(photo: Option<&enums::Photo>) -> Option<i64> {
    match photo {
        Some(enums::Photo::Photo(it)) => Some(it.id),
        _ => None,
    }
}

/// All that describes each kind, and nothing else.
#[test]
fn each_kind_is_described_as_what_it_is() {
    let (_telegram, client) = scene();
    let name = types::DocumentAttributeFilename {
        file_name: "a.bin".to_owned(),
    };
    let name = enums::DocumentAttribute::from(name);
    let video = types::DocumentAttributeVideo {
        supports_streaming: true,
        duration: 12.5,
        w: 640,
        h: 480,
        ..Default::default()
    };
    let audio = types::DocumentAttributeAudio {
        duration: 3,
        title: Some("T".to_owned()),
        performer: Some("P".to_owned()),
        ..Default::default()
    };
    let sized = |media: Media<'static>| media.size(640, 480).duration(12.5);
    let got = attributes(&client, sized(Media::video(file())));
    assert_eq!(got, [video.clone().into(), name.clone()]);
    let got = sized(Media::video(file())).supports_streaming(false);
    let still = types::DocumentAttributeVideo {
        supports_streaming: false,
        ..video.clone()
    };
    assert_eq!(
        attributes(&client, got),
        [still.clone().into(), name.clone()]
    );
    let round = types::DocumentAttributeVideo {
        round_message: true,
        ..still.clone()
    };
    let got = attributes(&client, sized(Media::video_note(file())));
    assert_eq!(got, [round.into(), name.clone()]);
    let silent = types::DocumentAttributeVideo {
        nosound: true,
        ..still
    };
    let animated = enums::DocumentAttribute::Animated;
    let got = attributes(&client, sized(Media::animation(file())));
    assert_eq!(got, [silent.into(), animated, name.clone()]);
    let song = Media::audio(file()).title("T").performer("P").duration(3.2);
    assert_eq!(attributes(&client, song), [audio.into(), name.clone()]);
    let levels: Vec<u8> = (0..100).map(|at| at % 32).collect();
    let sent = Media::voice(file()).duration(2.6).waveform(&levels);
    let sent = client.send_media("me", sent, "").expect("it is sent");
    let voice = sent.voice().expect("it is one");
    assert_eq!(voice.waveform(), levels);
    let raw = voice.document().audio().expect("it is described");
    assert_eq!((raw.voice, raw.duration, &raw.title), (true, 3, &None));
    let sticker = types::DocumentAttributeSticker {
        alt: "🐱".to_owned(),
        ..Default::default()
    };
    let size = types::DocumentAttributeImageSize { w: 512, h: 512 };
    let got = Media::sticker(file()).emoji("🐱").size(512, 512);
    let got = attributes(&client, got);
    assert_eq!(got, [size.into(), sticker.into(), name.clone()]);
    // Whatever else the schema has is added.
    let more = Media::document(file()).attribute(enums::DocumentAttribute::HasStickers);
    let more = attributes(&client, more);
    assert_eq!(more, [name, enums::DocumentAttribute::HasStickers]);
}

/// A spoiler and a time to live are told of whatever carries them, wherever the file comes from.
#[test]
fn spoilers_and_times_to_live_are_told_of_every_file() {
    let (telegram, client) = scene();
    let me = client.my_id_or_fetch().expect("signed in");
    let page = ("https://a.example/1.png", "image/png");
    let _ = telegram.add_web_file(me, page, &picture(300, 100));
    let sent = client.send_photo("me", photo(300), "").expect("sent");
    let kept_photo = sent.photo().expect("it carries one");
    let sent = client.send_document("me", file(), "").expect("sent");
    let kept_file = sent.document().expect("it carries one");
    let all: [fn(MediaFile<'static>) -> Media<'static>; 2] = [Media::photo, Media::document];
    let photos = [
        photo(300).into(),
        (&kept_photo).into(),
        MediaFile::url(page.0),
    ];
    let files = [file().into(), (&kept_file).into(), MediaFile::url(page.0)];
    for (as_kind, sources) in all.into_iter().zip([photos, files]) {
        for source in sources {
            let told = source.to_string();
            let media = as_kind(source).spoiler(true).ttl_seconds(30);
            let sent = client.send_media("me", media, "").expect("it is sent");
            let seen = match sent.media() {
                Some(enums::MessageMedia::Photo(it)) => (it.spoiler, it.ttl_seconds),
                Some(enums::MessageMedia::Document(it)) => (it.spoiler, it.ttl_seconds),
                other => panic!("{other:?}"),
            };
            assert_eq!(seen, (true, Some(30)), "{told}");
        }
    }
    let bare = client.send_photo("me", photo(300), "").expect("sent");
    let bare = photo_in(&bare);
    assert_eq!((bare.spoiler, bare.ttl_seconds), (false, None));
}

#[test]
fn a_small_picture_goes_with_a_file() {
    let (_telegram, client) = scene();
    let small = picture(200, 120);
    let media = Media::document(file()).thumb(Upload::bytes(&small[..]).name("t.png"));
    let sent = client.send_media("me", media, "").expect("it is sent");
    let document = sent.document().expect("it carries one");
    let thumb = document.thumb("m").expect("it has one");
    let got = client.download(&thumb).to_bytes().expect("it comes");
    assert_same(&got, &small);
    let got = client.download(&sent).to_bytes().expect("it comes");
    assert_same(&got, b"some bytes");
}

fn covered<'a>(cover: impl Into<MediaFile<'a>>) -> Media<'a> {
    Media::video(file()).cover(cover).start_at(7)
}

#[track_caller]
fn assert_covered(sent: &Message, cover: Option<i64>) {
    let media = document_in(sent);
    let shown = id_of(media.video_cover.as_ref());
    assert!(
        shown.is_some() && (cover.is_none() || shown == cover),
        "{shown:?}"
    );
    assert_eq!(media.video_timestamp, Some(7));
}

/// A cover is uploaded, or one that the server has, and stays when the video is sent again.
#[test]
fn a_video_keeps_its_cover_alone_in_albums_and_again() {
    let (_telegram, client) = scene();
    let sent = client.send_photo("me", photo(300), "").expect("sent");
    let still = sent.photo().expect("it carries one");
    let one = client.send_media("me", covered(photo(200)), "");
    assert_covered(&one.expect("it is sent"), None);
    let other = client.send_media("me", covered(&still), "");
    let other = other.expect("it is sent");
    assert_covered(&other, Some(still.id()));
    let again = other.document().expect("it carries one");
    let again = Media::video(&again).cover(&still).start_at(7);
    let again = client.send_media("me", again, "").expect("it is sent");
    assert_covered(&again, Some(still.id()));
    let copy = other.to_input().expect("it can be sent anew");
    let copy = client.send_message("me", copy).expect("it is sent");
    assert_covered(&copy, Some(still.id()));
    let album = [
        covered(&still),
        covered(photo(250)),
        Media::photo(photo(260)),
    ];
    let album = client.send_album("me", album, "").expect("they are sent");
    assert_covered(&album[0], Some(still.id()));
    assert_covered(&album[1], None);
}

/// So does the video that makes a photo a live one.
#[test]
fn a_live_photo_keeps_its_video_alone_in_albums_and_again() {
    let (_telegram, client) = scene();
    let moving = bytes(3000);
    let media = || {
        let video = Upload::bytes(&moving[..]).name("l.mp4");
        Media::photo(photo(300)).live(video)
    };
    let one = client.send_media("me", media(), "").expect("it is sent");
    let copy = one.to_input().expect("it can be sent anew");
    let copy = client.send_message("me", copy).expect("it is sent");
    let album = [media(), Media::photo(photo(200))];
    let album = client.send_album("me", album, "").expect("they are sent");
    for sent in [&one, &copy, &album[0]] {
        let it = photo_in(sent);
        let video = it.video.as_ref().expect("it is a live one");
        assert!(it.live_photo);
        let got = client.download(video).to_bytes().expect("it comes");
        assert_same(&got, &moving);
    }
    assert!(!photo_in(&album[1]).live_photo);
}

/// How an album is sent is said once, for all of it.
#[test]
fn what_is_said_of_an_album_holds_for_all_of_it() {
    let telegram = LocalDc::start().expect("it listens");
    let client = telegram.user();
    let asked = client.send_message("me", "Which ones?").expect("sent");
    let how = InputMessage::html("<b>These</b>").expect("it is right");
    let how = how.silent(true).reply_to(asked.id()).preview_above(true);
    let items = [1, 2, 3].map(|it| Media::photo(photo(100 + it)).spoiler(it == 2));
    let sent = client.send_album("me", items, how).expect("they are sent");
    let texts: Vec<&str> = sent.iter().map(Message::text).collect();
    assert_eq!(texts, ["These", "", ""]);
    assert_eq!(sent[0].entities().len(), 1);
    for (number, message) in sent.iter().enumerate() {
        assert_eq!(message.reply_to_message_id(), Some(asked.id()));
        assert!(message.silent() && message.raw.invert_media);
        assert_eq!(photo_in(message).spoiler, number == 1);
    }
    let sides: Vec<i32> = sent.iter().map(width).collect();
    assert_eq!(sides, [101, 102, 103], "in order");
}

/// How wide a photo is.
fn width(message: &Message) -> i32 {
    let photo = message.photo().expect("it carries one");
    let sizes = photo.raw.sizes.iter().filter_map(|size| match size {
        enums::PhotoSize::Size(it) => Some(it.w),
        _ => None,
    });
    sizes.max().expect("it has some")
}
