//! Sessions as text. Each text was written by the library whose form it has, for a key that is the
//! numbers from 0 to 255; the logins that travel for true do so in `interop/`.
use std::net::SocketAddr;

use ferogram_sync::store::{Account, FileStore, Store, StringError, StringFormat, StringSession};
use ferogram_sync::{AccountError, Client, DcId, Error};
use localdc::{LocalDc, NewBot, NewUser};

const MTCUTE: &str = "\
    AwEAAAAXAgIADjE0OS4xNTQuMTY3LjUwALsBAABA_NDotAAAALV1cpn-AAEAAAECAwQFBgcICQoLDA0ODxAREhMUFRYX\
    GBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltc\
    XV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn-AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6Ch\
    oqOkpaanqKmqq6ytrq-wsbKztLW2t7i5uru8vb6_wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t_g4eLj5OXm\
    5-jp6uvs7e7v8PHy8_T19vf4-fr7_P3-_w";
const MTCUTE_TEST: &str = "\
    AwQAAAAfAgIFFDIwMDE6NjdjOjRlODpmMDAyOjphAAAAuwEAAB8CAgcUMjAwMTo2N2M6NGU4OmYwMDI6OmEAAAC7AQAA\
    _gABAAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9A\
    QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5_gIGCg4SF\
    hoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp-goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq7vL2-v8DBwsPExcbHyMnK\
    y8zNzs_Q0dLT1NXW19jZ2tvc3d7f4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8";
const NATIVE: &str = "\
    fgs1_dQKVmqcyuwFA_NDotAAAADkwAAAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKyw\
    tLi8wMTIzNDU2Nzg5Ojs8PT4_QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHF\
    yc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo-QkZKTlJWWl5iZmpucnZ6foKGio6SlpqeoqaqrrK2ur7CxsrO0tba\
    3uLm6u7y9vr_AwcLDxMXGx8jJysvMzc7P0NHS09TV1tfY2drb3N3e3-Dh4uPk5ebn6Onq6-zt7u_w8fLz9PX29_j5-vv\
    8_f7_AAA5wCN0";
const GRAMJS: &str = "\
    1AgAOMTQ5LjE1NC4xNjcuNTABuwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzA\
    xMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV\
    2d3h5ent8fX5/gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp+goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq\
    7vL2+v8DBwsPExcbHyMnKy8zNzs/Q0dLT1NXW19jZ2tvc3d7f4OHi4+Tl5ufo6err7O3u7/Dx8vP09fb3+Pn6+/z9/v8\
    =";
const TELETHON: &str = "\
    1ApWapzIBuwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw\
    9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5_gIG\
    Cg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp-goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq7vL2-v8DBwsPExcb\
    HyMnKy8zNzs_Q0dLT1NXW19jZ2tvc3d7f4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8=";
const TELETHON_V6: &str = "\
    1AiABBnwE6PACAAAAAAAAAAoBuwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzA\
    xMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV\
    2d3h5ent8fX5_gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp-goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq\
    7vL2-v8DBwsPExcbHyMnKy8zNzs_Q0dLT1NXW19jZ2tvc3d7f4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8\
    =";
const PYROGRAM: &str = "\
    AgAAMDkAAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-\
    P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn-AgYKD\
    hIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq-wsbKztLW2t7i5uru8vb6_wMHCw8TFxsfI\
    ycrLzM3Oz9DR0tPU1dbX2Nna29zd3t_g4eLj5OXm5-jp6uvs7e7v8PHy8_T19vf4-fr7_P3-_wAAALTo0PxAAQ";
const PYROGRAM_OLD: &str = "\
    AgEAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4_QEFC\
    Q0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaH\
    iImKi4yNjo-QkZKTlJWWl5iZmpucnZ6foKGio6SlpqeoqaqrrK2ur7CxsrO0tba3uLm6u7y9vr_AwcLDxMXGx8jJysvM\
    zc7P0NHS09TV1tfY2drb3N3e3-Dh4uPk5ebn6Onq6-zt7u_w8fLz9PX29_j5-vv8_f7_BKGbrAE";
const PYROGRAM_OLD_64: &str = "\
    AgAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4_QEFC\
    Q0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9gYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaH\
    iImKi4yNjo-QkZKTlJWWl5iZmpucnZ6foKGio6SlpqeoqaqrrK2ur7CxsrO0tba3uLm6u7y9vr_AwcLDxMXGx8jJysvM\
    zc7P0NHS09TV1tfY2drb3N3e3-Dh4uPk5ebn6Onq6-zt7u_w8fLz9PX29_j5-vv8_f7_AAAAtOjQ_EAA";

const ME: Account = Account {
    user_id: 777_000_123_456,
    bot: true,
};

fn key() -> [u8; 256] {
    std::array::from_fn(|at| at as u8)
}

fn parse(text: &str) -> StringSession {
    StringSession::parse(text).unwrap()
}

fn v4() -> Option<SocketAddr> {
    Some(([149, 154, 167, 50], 443).into())
}

fn v6() -> Option<SocketAddr> {
    "[2001:67c:4e8:f002::a]:443".parse().ok()
}

#[test]
fn each_form_is_read() {
    let old = Account {
        user_id: 77_700_012,
        bot: true,
    };
    let person = Account { bot: false, ..ME };
    for (text, address, test, account, api_id) in [
        (TELETHON, v4(), None, None, None),
        (TELETHON_V6, v6(), None, None, None),
        (GRAMJS, v4(), None, None, None),
        (MTCUTE, v4(), Some(false), Some(ME), None),
        (MTCUTE_TEST, v6(), Some(true), None, None),
        (PYROGRAM, None, Some(false), Some(ME), Some(12_345)),
        (PYROGRAM_OLD, None, Some(true), Some(old), None),
        (PYROGRAM_OLD_64, None, Some(false), Some(person), None),
    ] {
        let session = parse(&format!("  {text}\n"));
        assert_eq!(session.dc, DcId(2), "{text}");
        assert_eq!(session.key.expose(), &key(), "{text}");
        assert_eq!(session.address, address, "{text}");
        assert_eq!(session.test, test, "{text}");
        assert_eq!(session.account, account, "{text}");
        assert_eq!(session.api_id, api_id, "{text}");
    }
}

#[test]
fn each_form_is_written_as_its_library_writes_it() {
    let mut session = parse(MTCUTE);
    session.api_id = Some(12_345);
    for (format, text) in [
        (StringFormat::Telethon, TELETHON),
        (StringFormat::GramJs, GRAMJS),
        (StringFormat::Mtcute, MTCUTE),
        (StringFormat::Pyrogram, PYROGRAM),
    ] {
        assert_eq!(session.encode(format).unwrap().expose(), text, "{format}");
    }
    let text = parse(TELETHON_V6).encode(StringFormat::Telethon).unwrap();
    assert_eq!(text.expose(), TELETHON_V6);
    // Without padding it is read as well: it gets lost where texts are copied by hand.
    assert_eq!(parse(TELETHON.trim_end_matches('=')).address, v4());
}

#[test]
fn what_a_form_needs_is_asked_for() {
    let session = parse(TELETHON);
    let missing = |format| match session.encode(format) {
        Err(StringError::Missing { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(missing(StringFormat::Pyrogram), "the account's id");
    assert_eq!(missing(StringFormat::Mtcute), "whether it is a test server");
    let mut nowhere = parse(PYROGRAM);
    let error = nowhere.encode(StringFormat::Telethon).unwrap_err();
    assert!(error.to_string().contains("the address"), "{error}");
    nowhere.dc = DcId(300);
    assert!(nowhere.encode(StringFormat::Pyrogram).is_err());
}

#[test]
fn other_texts_are_errors_that_show_nothing() {
    for text in ["", " ", "1", "hello", "1BVtsOK", "ключ", &"A".repeat(5_000)] {
        assert_eq!(
            StringSession::parse(text).unwrap_err(),
            StringError::Unknown
        );
    }
    // A session that has no login yet.
    let empty = format!("1{}", "A".repeat(351) + "=");
    assert_eq!(
        StringSession::parse(&empty).unwrap_err(),
        StringError::Unknown
    );
    let newer = MTCUTE.replacen("Aw", "Ag", 1);
    let error = StringSession::parse(&newer).unwrap_err();
    assert!(
        matches!(error, StringError::Version { version: 2, .. }),
        "{error}"
    );
    let cut = &MTCUTE[..MTCUTE.len() - 6]; // Whole groups of Base64.
    let error = StringSession::parse(cut).unwrap_err();
    assert!(error.to_string().contains("export it again"), "{error}");
    let shown = format!("{:?} {error:?}", parse(TELETHON));
    assert!(
        !shown.contains("1, 2, 3") && !shown.contains("AAEC"),
        "{shown}"
    );
}

#[test]
fn what_is_no_address_no_account_and_no_part_of_it_is_not_taken() {
    let portless = TELETHON.replacen("1ApWapzIBuw", "1ApWapzIAAA", 1);
    assert_ne!(portless, TELETHON);
    let session = parse(&portless);
    assert_eq!((session.dc, session.address), (DcId(2), None));
    assert_eq!(session.key.expose(), &key());
    // The number of the account stands right before the word that says whether it is a bot.
    let nobody = MTCUTE.replacen("AABA_NDotAAAALV1", "AAAAAAAAAAAAALV1", 1);
    assert_eq!(parse(&nobody).account, None);
    assert_eq!(parse(&nobody).address, v4());
    for (rest, whole) in [("", true), ("A", false), ("AAAA", false), (MTCUTE, false)] {
        let read = StringSession::parse(&format!("{MTCUTE}{rest}"));
        assert_eq!(read.is_ok(), whole, "{rest}");
    }
}

/// Damaged texts are errors or other logins, never a panic; what is read can be written again.
#[test]
fn no_damage_is_a_panic() {
    let texts = [
        TELETHON,
        TELETHON_V6,
        GRAMJS,
        MTCUTE,
        MTCUTE_TEST,
        PYROGRAM,
        PYROGRAM_OLD,
        PYROGRAM_OLD_64,
    ];
    let mut dice = 7_u64;
    let mut roll = |below: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % below as u64) as usize
    };
    let (mut read, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut text = texts[roll(texts.len())].as_bytes().to_vec();
        for _ in 0..=roll(3) {
            let at = roll(text.len().min(60));
            match roll(4) {
                0 => text.truncate(text.len() - roll(text.len())),
                1 => drop(text.remove(at)),
                2 => text.insert(at, b'A'),
                _ => text[at] = b"ABCDEFwxyz0189-_+/="[roll(19)],
            }
            if text.is_empty() {
                break;
            }
        }
        let text = String::from_utf8(text).unwrap();
        match StringSession::parse(&text) {
            Ok(session) => {
                read += 1;
                session.encode(StringFormat::Telethon).ok();
            }
            Err(_) => refused += 1,
        }
    }
    assert!(
        read > 500 && refused > 500,
        "{read} read, {refused} refused"
    );
}

#[test]
fn our_own_form_says_all_that_is_known() {
    let full = StringSession {
        address: v6(),
        test: Some(true),
        account: Some(ME),
        api_id: Some(-1),
        ..parse(TELETHON)
    };
    for session in [
        parse(MTCUTE),
        parse(MTCUTE_TEST),
        parse(PYROGRAM),
        parse(PYROGRAM_OLD),
        parse(TELETHON),
        full,
    ] {
        let text = session.encode(StringFormat::Native).unwrap();
        let again = parse(text.expose());
        assert_eq!(again.key.expose(), session.key.expose());
        // `Debug` shows everything but the key.
        assert_eq!(format!("{again:?}"), format!("{session:?}"));
        assert_eq!(text.expose().len() % 4, 1, "it could be another form");
    }
    // What the first version wrote stays readable.
    assert_eq!(parse(NATIVE).account, Some(ME));
    let mut session = parse(MTCUTE);
    session.api_id = Some(12_345);
    let text = session.encode(StringFormat::Native).unwrap();
    assert_eq!(text.expose(), NATIVE);
}

#[test]
fn our_own_form_is_refused_when_a_character_is_wrong_or_missing() {
    let session = parse(MTCUTE);
    let text = session.encode(StringFormat::Native).unwrap();
    let text = text.expose();
    let refused = |text: &str| {
        let error = StringSession::parse(text).expect_err(text);
        assert!(error.to_string().len() < 200, "it is shown");
        error
    };
    const OTHERS: &str = "AQgwf019-_=+/ é.";
    for (at, _) in text.char_indices() {
        let (left, right) = text.split_at(at);
        for other in OTHERS.chars().filter(|other| !right.starts_with(*other)) {
            let other = if at == 0 && other == ' ' { '!' } else { other };
            // Blanks around it do not matter.
            refused(format!("{left}{other}{}", &right[1..]).trim());
            refused(&format!("{left}{other}{right}"));
        }
        refused(&format!("{left}{}", &right[1..]));
        if at > 60 {
            refused(left);
        }
        if let [a, b, ..] = right.as_bytes()
            && a != b
        {
            let (a, b) = (char::from(*a), char::from(*b));
            refused(&format!("{left}{b}{a}{}", &right[2..]));
        }
    }
    let error = refused(&text.replacen("fgs1_", "fgs2_", 1));
    assert!(
        matches!(error, StringError::Version { version: 2, .. }),
        "{error}"
    );
    let error = refused(&text[..text.len() - 1]);
    assert!(error.to_string().contains("some are missing"), "{error}");
    for short in [
        "fgs1_",
        "fgs1_A",
        "fgs1_AAAA",
        "fgs_",
        "fgs",
        "fgs0_",
        "fgs01_",
        "fgs999_",
    ] {
        assert!(StringSession::parse(short).is_err(), "{short}");
    }
}

/// A data centre with a bot and a user, and a client of the bot.
fn telegram() -> (LocalDc, Client) {
    let telegram = LocalDc::start().unwrap();
    telegram.add_bot(NewBot::new("1000:abc", "some_bot"));
    telegram.add_user(NewUser::new("+15550001", "Ann"));
    let client = telegram.client_builder().connect().unwrap();
    client.bot_sign_in("1000:abc").unwrap();
    (telegram, client)
}

#[test]
fn a_login_travels_in_every_form() {
    let (telegram, client) = telegram();
    let me = client.get_me().unwrap().id();
    let visitor = telegram.add_visitor(me);
    let session = client.export_session().unwrap();
    drop(client);
    for format in [
        StringFormat::Native,
        StringFormat::Telethon,
        StringFormat::Pyrogram,
        StringFormat::Mtcute,
        StringFormat::GramJs,
    ] {
        let text = session.encode(format).unwrap();
        let session: StringSession = text.expose().parse().unwrap();
        let client = telegram
            .client_builder()
            .session(session)
            .connect()
            .unwrap();
        assert_eq!(client.get_me().unwrap().id(), me, "{format}");
        client.send_message(visitor, "still here").unwrap();
        // Who it is was learned, if the text did not say.
        assert_eq!(
            client.export_session().unwrap().account.unwrap().user_id,
            me
        );
    }
}

#[test]
fn a_login_moves_into_a_file() {
    let (telegram, client) = telegram();
    let session = client.export_session().unwrap();
    drop(client);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.session");
    let mut file = FileStore::open(&path).unwrap();
    file.apply(&session.changes()).unwrap();
    drop(file);
    let client = telegram.client_builder().session(&path).connect().unwrap();
    assert_eq!(client.get_me().unwrap().username(), Some("some_bot"));
}

#[test]
fn a_login_that_is_taken_for_a_path_is_not_shown() {
    let shown = |text: &str| {
        let builder = Client::builder().api_id(1).api_hash("hash");
        builder.session(text).connect().unwrap_err().to_string()
    };
    for text in [NATIVE, MTCUTE, GRAMJS, TELETHON, TELETHON_V6, PYROGRAM] {
        for text in [text, &text[..text.len() - 7], &text[1..]] {
            let shown = shown(text);
            assert!(shown.contains("`StringSession`"), "another error");
            assert!(shown.len() < text.len(), "it is shown");
        }
    }
    // Read from a file, wrapped by a mail program, quoted, or made a name of.
    for text in [NATIVE, MTCUTE, TELETHON, TELETHON_V6, PYROGRAM] {
        let (left, right) = text.split_at(76);
        let cut = &text[..text.len() - 7];
        for text in [
            format!("{cut}\n"),
            format!("{left}\r\n{right}"),
            format!("\"{cut}\""),
            format!("{text}.session"),
            format!("./{cut}"),
        ] {
            let shown = shown(&text);
            assert!(shown.contains("`StringSession`"), "another error");
            assert!(shown.len() < text.len(), "it is shown");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("a".repeat(200));
    assert!(FileStore::open(long).is_ok(), "a path with a dot is none");
}

#[test]
fn without_a_login_there_is_nothing_to_export() {
    let telegram = LocalDc::start().unwrap();
    let client = telegram.client_builder().connect().unwrap();
    let error = client.export_session().unwrap_err();
    let nobody = matches!(error, Error::Account(AccountError::NoLogin));
    assert!(
        nobody && error.to_string().contains("sign a user in"),
        "{error}"
    );
}

#[test]
fn a_login_of_the_test_servers_is_used_there_and_nowhere_else() {
    let builder = |text: &str| {
        let session: StringSession = text.parse().unwrap();
        Client::builder()
            .api_id(1)
            .api_hash("hash")
            .dc_addr(2, SocketAddr::from(([127, 0, 0, 1], 9)))
            .session(session)
    };
    for (text, test) in [(MTCUTE_TEST, true), (MTCUTE, false)] {
        let error = builder(text).test_servers(!test).connect().unwrap_err();
        let hint = format!("call `test_servers({test})`");
        assert!(error.to_string().contains(&hint), "{error}");
        assert!(builder(text).test_servers(test).connect().is_ok());
        // Nothing was said, so the text decides; what is exported tells.
        let client = builder(text).connect().unwrap();
        assert_eq!(client.export_session().unwrap().test, Some(test));
    }
    // Telethon's form does not say, so the caller does.
    assert!(builder(TELETHON).test_servers(true).connect().is_ok());
}
