//! What tests of transfers share.
use std::path::Path;
use std::process::Command;

use ferogram_sync::tl::{enums, functions, types};
use ferogram_sync::{Client, UploadedFile};
use localdc::LocalDc;

pub(super) const PART: usize = 512 << 10;
pub(super) const MIB: usize = 1 << 20;

/// Bytes that repeat nowhere, and are the same each time.
pub(super) fn bytes(len: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ len as u64;
    let mut out = Vec::with_capacity(len + 8);
    while out.len() < len {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.extend(state.to_le_bytes());
    }
    out.truncate(len);
    out
}

/// A data centre of one's own, and somebody on it.
pub(super) fn scene() -> (LocalDc, Client) {
    let telegram = LocalDc::start().expect("it listens");
    let client = telegram.user();
    (telegram, client)
}

/// A file of somebody else's, for the client.
pub(super) fn given(telegram: &LocalDc, client: &Client, bytes: &[u8]) -> types::Document {
    let me = client.my_id_or_fetch().expect("somebody is signed in");
    telegram.give_file(me, "given.bin", bytes)
}

/// Makes a document of what was uploaded.
pub(super) fn document(client: &Client, file: &UploadedFile) -> types::Document {
    let request = functions::messages::UploadMedia {
        peer: enums::InputPeer::PeerSelf,
        media: file.as_document_media(),
        ..Default::default()
    };
    let media = client.invoke(&request).expect("all parts are there");
    let enums::MessageMedia::Document(media) = media else {
        panic!("another media");
    };
    match media.document {
        Some(enums::Document::Document(document)) => *document,
        _ => panic!("there is no document"),
    }
}

/// Compares without printing megabytes.
#[track_caller]
pub(super) fn assert_same(got: &[u8], expected: &[u8]) {
    assert_eq!(got.len(), expected.len(), "the length");
    if let Some(at) = (0..got.len()).find(|at| got[*at] != expected[*at]) {
        panic!("they differ from byte {at} on");
    }
}

/// A pipe that nobody writes to.
#[cfg(unix)]
pub(super) fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("there is such a program").success());
}
