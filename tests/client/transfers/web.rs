//! Files of the web that the server fetches.
use ferogram_sync::{Error, FileError, web_location};

use super::scene::{MIB, PART, assert_same, bytes, scene};

#[test]
fn a_file_of_the_web_comes_whole_whatever_its_length() {
    let (telegram, client) = scene();
    let me = client.my_id_or_fetch().expect("signed in");
    for len in [0, 1, PART - 1, PART, PART + 1, 3 * PART + 77] {
        let whole = bytes(len);
        let page = format!("https://a.example/{len}.jpg");
        let shown = telegram.add_web_file(me, (&page, "image/jpeg"), &whole);
        let place = web_location(&shown).expect("it comes through the server");
        let file = client.web_file(place).expect("it comes");
        assert_same(&file.bytes, &whole);
        assert_eq!(file.mime_type, "image/jpeg");
    }
}

#[test]
fn no_more_of_it_is_kept_than_fits() {
    let (telegram, client) = scene();
    let me = client.my_id_or_fetch().expect("signed in");
    let page = ("https://a.example/film", "video/mp4");
    let shown = telegram.add_web_file(me, page, &vec![7; 64 * MIB + 1]);
    let place = web_location(&shown).expect("it comes through the server");
    let error = client.web_file(place).expect_err("it is too much");
    let is_large = matches!(error, Error::File(FileError::TooLargeForMemory { .. }));
    assert!(is_large, "{error}");
    let bare = ferogram_sync::tl::types::WebDocumentNoProxy::default();
    let error = web_location(&bare.into()).expect_err("it is fetched from there");
    assert!(matches!(error, Error::Argument(_)), "{error}");
}
