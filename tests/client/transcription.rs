//! Voice messages as text.
use ferogram_sync::{Media, Upload};
use localdc::LocalDc;

#[test]
fn the_text_of_a_voice_message_is_waited_for() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let voice = Upload::bytes(&b"OggS"[..]).name("a.ogg");
    let voice = ann.send_media("me", Media::voice(voice).duration(7.0), "");
    let voice = voice.expect("it is sent");
    let heard = voice.transcribe().expect("it has a voice");
    assert_eq!(heard.text, "7 seconds of a voice");
    let error = ann.send_message("me", "a text").expect("sent").transcribe();
    let error = error.expect_err("it has none");
    assert!(error.is("MSG_VOICE_MISSING"), "{error}");
}
