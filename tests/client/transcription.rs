//! Voice messages as text.
use std::thread;
use std::time::Duration;

use ferogram_sync::tl::types::UpdateTranscribedAudio;
use ferogram_sync::{Media, Upload};
use localdc::{Effect, LocalDc, Rule};

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

/// While the text of one is waited for, that of another comes.
#[test]
fn each_voice_message_has_its_own_text() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let voice = |seconds: f64| {
        let voice = Upload::bytes(&b"OggS"[..]).name("a.ogg");
        let sent = ann.send_media("me", Media::voice(voice).duration(seconds), "");
        sent.expect("it is sent")
    };
    let (first, second) = (voice(7.0), voice(9.0));
    let late = Rule::new(Effect::Delay(Duration::from_secs(1)));
    let late = late.update::<UpdateTranscribedAudio>().times(1);
    let late = dc.faults().add(late);
    let heard = thread::scope(|scope| {
        let heard = scope.spawn(|| first.transcribe());
        while dc.faults().fired(late) == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        let quick = second.transcribe().expect("it has a voice");
        assert_eq!(quick.text, "9 seconds of a voice");
        heard.join().expect("no panic").expect("it has a voice")
    });
    assert_eq!(heard.text, "7 seconds of a voice");
}
