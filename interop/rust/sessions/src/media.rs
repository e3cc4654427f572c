//! Photos, albums, stickers and voice messages: our client sends some, and says what it sees of any.
//!
//! What is seen is a list of one object each, in JSON, the oldest first; whoever else sees the same
//! says the same.
use ferogram_sync::tl::enums::{DocumentAttribute, PhotoSize};
use ferogram_sync::{Client, Media, Message, Photo, Upload};
use serde_json::{Value, json};

use super::account::signed_in;
use super::{Result, sha256};

/// A PNG file as far as its size goes, and then whatever: more than the smaller sizes have, for some
/// take what has most bytes for the largest.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend((0..50_000).map(|at: u32| (at * 7 + width) as u8));
    file
}

fn named(bytes: Vec<u8>, name: &str) -> Upload<'static> {
    Upload::bytes(bytes).name(name)
}

/// Sends a photo, an album, a sticker and a voice message.
pub(crate) fn send(facts: &Value) -> Result<()> {
    let client = signed_in(facts, None)?;
    client.send_photo("me", named(picture(1000, 500), "one.png"), "a photo")?;
    let video = named(vec![7; 9000], "three.mp4");
    let album = [
        Media::photo(named(picture(640, 480), "two.png")),
        Media::video(video).size(320, 240).duration(2.5),
    ];
    client.send_album("me", album, "an album")?;
    let sticker = Media::sticker(named(vec![8; 900], "four.webp")).emoji("🐱");
    client.send_media("me", sticker.size(512, 512), "")?;
    let levels: Vec<u8> = (0..100).map(|at| at % 32).collect();
    let voice = Media::voice(named(vec![9; 900], "five.ogg")).duration(3.0);
    client.send_media("me", voice.waveform(&levels), "")?;
    client.sign_out()?;
    Ok(())
}

/// Says what it sees of the last messages, so many.
pub(crate) fn tell(facts: &Value, count: usize) -> Result<()> {
    let client = signed_in(facts, None)?;
    let mut seen = Vec::new();
    for message in client.iter_messages("me").take(count) {
        seen.push(shown(&client, &message?)?);
    }
    seen.reverse();
    println!("{}", Value::Array(seen));
    client.sign_out()?;
    Ok(())
}

fn shown(client: &Client, message: &Message) -> Result<Value> {
    let mut shown = match (message.photo(), message.document()) {
        (Some(photo), _) => json!({"kind": "photo", "sizes": sizes(&photo)}),
        (_, Some(document)) => json!(attributes(&document.raw.attributes)),
        _ => return Err("it carries nothing".into()),
    };
    shown["text"] = message.text().into();
    shown["album"] = message.album_id().is_some().into();
    shown["sha256"] = sha256(&client.download(message).to_bytes()?).into();
    Ok(shown)
}

/// The letter, the width and the height of each size.
fn sizes(photo: &Photo) -> Vec<(String, i32, i32)> {
    let size = |size: &PhotoSize| match size {
        PhotoSize::Size(it) => Some((it.r#type.clone(), it.w, it.h)),
        PhotoSize::Progressive(it) => Some((it.r#type.clone(), it.w, it.h)),
        _ => None,
    };
    photo.raw.sizes.iter().filter_map(size).collect()
}

/// What describes a document.
fn attributes(all: &[DocumentAttribute]) -> Value {
    let mut shown = json!({"kind": "document"});
    for one in all {
        match one {
            DocumentAttribute::Sticker(it) => {
                shown["kind"] = "sticker".into();
                shown["emoji"] = it.alt.clone().into();
            }
            DocumentAttribute::ImageSize(it) => shown["size"] = json!([it.w, it.h]),
            DocumentAttribute::Video(it) => {
                shown["kind"] = "video".into();
                shown["size"] = json!([it.w, it.h]);
                shown["seconds"] = it.duration.into();
            }
            DocumentAttribute::Audio(it) => {
                shown["kind"] = if it.voice { "voice" } else { "audio" }.into();
                shown["seconds"] = it.duration.into();
                let waveform = it.waveform.as_deref().unwrap_or_default();
                let waveform: String = waveform.iter().map(|it| format!("{it:02x}")).collect();
                shown["waveform"] = waveform.into();
            }
            DocumentAttribute::Filename(it) => shown["name"] = it.file_name.clone().into(),
            _ => {}
        }
    }
    shown
}
