//! What is read from disk or given as text: session files, public keys, schemas.
use std::fs;

use base64ct::{Base64Url, Base64UrlUnpadded, Encoding};
use ferogram_sync::DcId;
use ferogram_sync::Secret;
use ferogram_sync::crypto::{RsaPublicKey, sha256};
use ferogram_sync::store::{Account, Change, FileStore, KeyPlace, KeyRecord, PeerKey, PeerRecord};
use ferogram_sync::store::{SaltRecord, Store, StringFormat, StringSession, UpdateState};
use ferogram_sync::{Downloadable, FileId};

use crate::took::Took;

/// What stands before the changes of a session file: a header, and the head of an entry.
const BEFORE: usize = 52 + 28;

/// The version that a `file_id` is of, and what is in it.
pub(crate) fn file_id(data: &[u8]) -> Took {
    let Some((version, body)) = data.split_first() else {
        return Took::nothing();
    };
    let form = [*version, 4];
    let text = Base64UrlUnpadded::encode_string(&[body, &form].concat());
    let Ok(id) = text.parse::<FileId>() else {
        return Took::refused(text.len());
    };
    let again: FileId = id.to_string().parse().expect("what was written is right");
    assert_eq!(again, id);
    assert_eq!(again.unique_id(), id.unique_id());
    id.file_source().ok();
    Took::accepted(text.len())
}

pub(crate) fn file_id_seeds() -> Vec<Vec<u8>> {
    let known = [
        "CAACAgIAAxkBAAEJny9gituz1_V_uSKBUuG_nhtzEtFOeQACXFoAAuCjggfYjw_KAAGSnkgfBA",
        "AQADAgATySHBDgAEAgAD0npI3Bb___-wfxjpg7QCPf0pBQABHwQ",
        "AAMCAgADGQEAAQmfM2CK3TQgOwp3Ts51J5qfDPyix5xgAAJ0DAAC56hYSJxo-8105gTAT_bYoy4AAwEAB20AA0JB\
         AAIfBA",
    ];
    let seed = |text: &str| {
        let bytes = Base64UrlUnpadded::decode_vec(text).expect("it is known to be right");
        let (body, form) = bytes.split_at(bytes.len() - 2);
        [&form[..1], body].concat()
    };
    known.into_iter().map(seed).collect()
}

/// One byte that says what the rest is: 0 a file as it is, 1 and 2 the records of a file of that
/// format, 3 the changes in a snapshot, 4 those that were added behind an empty one, 5 the length that
/// an older file says it has, and its records.
pub(crate) fn session_file(data: &[u8]) -> Took {
    let Some((mode, rest)) = data.split_first() else {
        return Took::nothing();
    };
    let file = match mode {
        1 | 2 => [&header((*mode).into(), rest.len(), rest)[..], rest].concat(),
        3 => snapshot(&with_sums(rest)),
        4 => {
            let empty = snapshot(b"");
            let key: [u8; 32] = empty[20..].try_into().expect("the header's checksum");
            let added = entry(&key, 0, &with_sums(rest)).0;
            [empty, added].concat()
        }
        // It says of itself how long it is, and need not tell the truth.
        5 => match rest.split_first_chunk() {
            Some((claimed, body)) => {
                let claimed = u32::from_le_bytes(*claimed) as usize;
                [&header(2, claimed, body)[..], body].concat()
            }
            None => rest.to_vec(),
        },
        _ => rest.to_vec(),
    };
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

fn header(format: u32, body_len: usize, content: &[u8]) -> Vec<u8> {
    let mut header = b"\x89FGS\r\n\x1a\n".to_vec();
    header.extend(format.to_le_bytes());
    header.extend((body_len as u64).to_le_bytes());
    let sum = sha256(&[&header, content]);
    header.extend(sum);
    header
}

/// A file of one entry, or of none.
fn snapshot(changes: &[u8]) -> Vec<u8> {
    let (entry, sum) = match changes {
        b"" => (Vec::new(), None),
        changes => {
            let (entry, sum) = entry(&[0; 32], 0, changes);
            (entry, Some(sum))
        }
    };
    let sums = sum.map_or([0; 32], |sum| sha256(&[&[0; 32], &sum]));
    [header(3, entry.len(), &sums), entry].concat()
}

fn entry(key: &[u8; 32], number: u64, payload: &[u8]) -> (Vec<u8>, [u8; 16]) {
    let len = (payload.len() as u64).to_le_bytes();
    let sum = sha256(&[key, &number.to_le_bytes(), &len, payload]);
    let sum: [u8; 16] = sum[..16].try_into().expect("half of it");
    let head = [&len[..4], &number.to_le_bytes(), &sum].concat();
    ([&head, payload].concat(), sum)
}

/// The checksum of each change is made to fit.
fn with_sums(changes: &[u8]) -> Vec<u8> {
    let mut changes = changes.to_vec();
    let mut at = 0;
    while let Some(head) = changes.get(at..at + 9) {
        let len = u32::from_le_bytes(head[1..5].try_into().expect("four bytes")) as usize;
        let Some(body) = changes.get(at + 9..).and_then(|rest| rest.get(..len)) else {
            break;
        };
        let sum = crc32fast::hash(body).to_le_bytes();
        changes[at + 5..at + 9].copy_from_slice(&sum);
        at += 9 + len;
    }
    changes
}

/// A session with something of each kind in it.
pub(crate) fn session_file_seeds() -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = folder.path().join("seed.session");
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
    // No records at all, and a home.
    let older = [&[0; 23][..], &[1, 2, 0, 0, 0], &[0; 22]];
    let older = [older[0].to_vec(), [older[1], older[2]].concat()];
    let mut seeds = Vec::new();
    for records in older {
        seeds.extend([1, 2].map(|format| [&[format][..], &records].concat()));
        let len = (records.len() as u32).to_le_bytes();
        seeds.push([&[5][..], &len, &records].concat());
    }
    for count in 1..=changes.len() {
        fs::remove_file(&path).ok();
        let mut store = FileStore::open(&path).expect("a new session");
        store
            .apply(&changes[..count])
            .expect("the folder is writable");
        drop(store);
        let file = fs::read(&path).expect("the file is there");
        seeds.push([&[0][..], &file].concat());
        seeds.push([&[3][..], &file[BEFORE..]].concat());
        seeds.push([&[4][..], &file[BEFORE..]].concat());
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

const FORMATS: [StringFormat; 5] = [
    StringFormat::Native,
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
        if text.starts_with("fgs1_") {
            continue; // Without its checksum nothing of it is looked at.
        }
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
                    read: Vec::new(),
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
