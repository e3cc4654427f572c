//! What is read from disk or given as text: session files, public keys, schemas.
use std::fs;

use base64ct::{Base64Url, Base64UrlUnpadded, Encoding};
use ferogram_sync::DcId;
use ferogram_sync::Secret;
use ferogram_sync::crypto::{RsaPublicKey, sha256};
use ferogram_sync::store::{Account, Change, FileStore, KeyPlace, KeyRecord, PeerKey, PeerRecord};
use ferogram_sync::store::{SaltRecord, Store, StringFormat, StringSession, UpdateState};

use crate::took::Took;

/// What stands before the records of a session file, spelled out anew.
const HEADER: usize = 52;

/// One byte that says whether the header is to be made right, and for which format, and the file.
pub(crate) fn session_file(data: &[u8]) -> Took {
    let Some((mode, file)) = data.split_first() else {
        return Took::nothing();
    };
    let mut file = file.to_vec();
    if mode & 1 == 1 && file.len() >= HEADER {
        repair(&mut file, if mode & 2 == 0 { 2 } else { 1 });
    }
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = folder.path().join("fuzz.session");
    fs::write(&path, &file).expect("the folder is writable");
    let accepted = match FileStore::open(&path) {
        Ok(mut store) => {
            // What can be read can be written, and read again.
            let written = store.apply(&[Change::HomeDc(DcId(2))]);
            written.expect("the folder is writable");
            drop(store);
            let store = FileStore::open(&path).expect("what was written can be read");
            drop(store);
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let left = fs::read(&path).expect("the file is still there");
            assert!(left == file, "a file that cannot be read is left as it is");
            false
        }
    };
    Took::of(accepted, file.len())
}

/// The length and the checksum are made to fit.
fn repair(file: &mut [u8], format: u32) {
    let (header, body) = file.split_at_mut(HEADER);
    header[..8].copy_from_slice(b"\x89FGS\r\n\x1a\n");
    header[8..12].copy_from_slice(&format.to_le_bytes());
    header[12..20].copy_from_slice(&(body.len() as u64).to_le_bytes());
    let sum = sha256(&[&header[..20], body]);
    header[20..].copy_from_slice(&sum);
}

/// A session with something of each kind in it.
pub(crate) fn session_file_seeds() -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = folder.path().join("seed.session");
    let mut store = FileStore::open(&path).expect("a new session");
    let place = KeyPlace::permanent(DcId(2));
    let changes = [
        Change::HomeDc(DcId(2)),
        Change::Key(KeyRecord {
            place,
            key: Box::new(Secret::new([7; 256])),
            created: 1_800_000_000,
            expires_at: None,
            time_offset: -3,
        }),
        Change::Salts {
            place,
            salts: vec![SaltRecord {
                place,
                valid_since: 1,
                valid_until: 2,
                salt: 3,
            }],
        },
        Change::Peer(PeerRecord {
            id: PeerKey::User(5),
            access_hash: Some(6),
            min: false,
            usernames: vec!["name".to_owned(), "nom".to_owned()],
            phone: Some("123".to_owned()),
            usernames_seen: 1_700_000_000,
            phone_seen: 0,
        }),
        Change::Updates(UpdateState::default()),
        Change::Channel {
            id: 9,
            pts: Some(10),
        },
    ];
    let mut seeds = Vec::new();
    for count in 1..=changes.len() {
        store
            .apply(&changes[..count])
            .expect("the folder is writable");
        let file = fs::read(&path).expect("the file is there");
        seeds.push([&[0][..], &file].concat());
        seeds.push([&[1][..], &file].concat());
        // Without a peer, both formats are the same.
        let peer = |change: &Change| matches!(change, Change::Peer(_));
        if !changes[..count].iter().any(peer) {
            seeds.push([&[3][..], &file].concat());
        }
    }
    seeds
}

/// One byte that chooses a form, and a key: as text, or as the data that the text would carry.
pub(crate) fn public_key(data: &[u8]) -> Took {
    let Some((mode, key)) = data.split_first() else {
        return Took::nothing();
    };
    let read = match mode % 4 {
        0 => RsaPublicKey::from_pem(&String::from_utf8_lossy(key)),
        1 => RsaPublicKey::from_pem(&armour("RSA PUBLIC KEY", key)),
        2 => RsaPublicKey::from_pem(&armour("PUBLIC KEY", key)),
        _ => {
            let (exponent, modulus) = key.split_at(key.len().min(3));
            RsaPublicKey::from_parts(modulus, exponent)
        }
    };
    if let Ok(key) = &read {
        let _ = (key.fingerprint(), format!("{key:?}"));
    }
    Took::of(read.is_ok(), key.len())
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The PEM form of some data.
fn armour(label: &str, data: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----");
    for (at, three) in data.chunks(3).enumerate() {
        if at % 16 == 0 {
            text.push('\n'); // Lines of 64 letters, as every such file has.
        }
        let mut group = [0; 3];
        group[..three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            let filled = place <= three.len();
            text.push(if filled { char::from(letter) } else { '=' });
        }
    }
    text + &format!("\n-----END {label}-----\n")
}

/// Keys in each form.
pub(crate) fn public_key_seeds() -> Vec<Vec<u8>> {
    let modulus = [&[0x00, 0xc1][..], &[0x35; 254], &[1]].concat();
    let numbers = [&[0x02, 0x82, 1, 1][..], &modulus, &[0x02, 3, 1, 0, 1]].concat();
    let plain = [&[0x30, 0x82, 1, 10][..], &numbers].concat();
    let name = [
        &[0x30, 13, 6, 9][..],
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0],
    ]
    .concat();
    let bits = [&[0x03, 0x82, 1, 15, 0][..], &plain].concat();
    let length = ((name.len() + bits.len()) as u16).to_be_bytes();
    let wrapped = [&[0x30, 0x82][..], &length, &name, &bits].concat();
    vec![
        [&[0][..], armour("RSA PUBLIC KEY", &plain).as_bytes()].concat(),
        [&[0][..], armour("PUBLIC KEY", &wrapped).as_bytes()].concat(),
        [&[1][..], &plain].concat(),
        [&[2][..], &wrapped].concat(),
        [&[3, 1, 0, 1][..], &modulus].concat(),
    ]
}

const FORMATS: [StringFormat; 4] = [
    StringFormat::Telethon,
    StringFormat::Pyrogram,
    StringFormat::Mtcute,
    StringFormat::GramJs,
];

/// A login as text; or what such a text stands for, behind a byte that says whether it begins with a
/// version: most damage to the text itself makes it no Base64 any more. What is read can be written
/// in some form, and says the same then.
pub(crate) fn session_string(data: &[u8]) -> Took {
    let text = match data.split_first() {
        Some((0, bytes)) => Base64UrlUnpadded::encode_string(bytes),
        Some((1, bytes)) => format!("1{}", Base64Url::encode_string(bytes)),
        _ => String::from_utf8_lossy(data).into_owned(),
    };
    let read = StringSession::parse(&text);
    if let Err(error) = &read {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(session) = &read {
        for format in FORMATS {
            let Ok(text) = session.encode(format) else {
                continue;
            };
            let again = StringSession::parse(text.expose()).expect("it has just been written");
            assert_eq!(again.dc, session.dc, "{format}");
            assert!(again.key.expose() == session.key.expose(), "{format}");
        }
    }
    Took::of(read.is_ok(), text.len())
}

/// One in each form, as text and as what it stands for.
pub(crate) fn session_string_seeds() -> Vec<Vec<u8>> {
    let session = StringSession {
        dc: DcId(2),
        key: Box::new(Secret::new([7; 256])),
        address: Some(([127, 0, 0, 1], 443).into()),
        test: Some(false),
        account: Some(Account {
            user_id: 5,
            bot: true,
        }),
        api_id: Some(1),
    };
    let texts = FORMATS.map(|format| session.encode(format).expect("nothing is missing"));
    let mut seeds = texts
        .map(|text| text.expose().clone().into_bytes())
        .to_vec();
    for text in seeds.clone() {
        let text = String::from_utf8(text).expect("it is Base64");
        let code = text.strip_prefix('1');
        let numbered = u8::from(code.is_some());
        let code = code.unwrap_or(&text).trim_end_matches('=');
        let code = code.replace('+', "-").replace('/', "_");
        let bytes = Base64UrlUnpadded::decode_vec(&code).expect("it is Base64");
        seeds.push([&[numbered][..], &bytes].concat());
    }
    seeds
}

/// The text of a schema.
pub(crate) fn schema(data: &[u8]) -> Took {
    let text = String::from_utf8_lossy(data);
    let parsed = tlgen::parse("fuzz.tl", &text);
    let mut accepted = false;
    match parsed {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(schema) => {
            let normal = tlgen::format(&schema);
            let again = tlgen::parse("fuzz.tl", &normal);
            let again = again.unwrap_or_else(|error| panic!("{error}\n{normal}"));
            assert_eq!(tlgen::format(&again), normal);
            let _ = tlgen::check_ids(&schema);
            if let Ok(resolved) = tlgen::resolve(&[schema]) {
                let options = tlgen::Options {
                    root: "crate".to_owned(),
                    server: true,
                };
                accepted = tlgen::generate(&resolved, &options).is_ok();
            }
        }
    }
    Took::of(accepted, text.len())
}

/// Small schemas that use everything.
pub(crate) fn schema_seeds() -> Vec<Vec<u8>> {
    let types = "\
        boolFalse#bc799737 = Bool;\nboolTrue#997275b5 = Bool;\ntrue#3fedd339 = True;\n\
        vector#1cb5c415 {t:Type} # [ t ] = Vector t;\n";
    let own = "\
        a.small#1 id:int128 = a.Thing;\n// a comment\n\
        a.large#2 flags:# on:flags.0?true x:flags.1?Vector<a.Thing> flags2:# \
        y:flags2.31?double z:bytes s:string l:long = a.Thing;\n\
        chest#3 thing:a.Thing all:Vector<int> = Chest;\n---functions---\n\
        a.call#4 chest:Chest = Vector<Chest>;\nwrap#5 {X:Type} query:!X = X;\n";
    vec![
        own.as_bytes().to_vec(),
        [types, own].concat().into_bytes(),
        b"a#1 = A;".to_vec(),
        types.as_bytes().to_vec(),
        b"/* a */ /*/ b */ a#1 = A; /* c // d".to_vec(),
        b"a#1 flags:# b:flags.4000000000?true = A;".to_vec(),
    ]
}
