//! Whether a whole run gives a secret away: every event that the library logs, every error and all
//! that `Debug` shows, searched for keys, salts, tokens, codes and passwords in every way of writing.
use std::fmt::{Debug, Write};
use std::sync::Mutex;
use std::time::Duration;

use ferogram_sync::crypto::{AesKeys, AuthKey, Exponent, srp::SrpAnswer};
use ferogram_sync::mtproto::{NewKey, StoredKey};
use ferogram_sync::store::KeyRecord;
use ferogram_sync::{Client, LoginToken, MemoryStore, PasswordToken, Secret, SignInError, tl};
use localdc::{LocalDc, NewBot, NewUser};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use zeroize::ZeroizeOnDrop;

use crate::process::passed_alone;

const TOKEN: &str = "1000009:AAGsecretTokenOfABot_xyz";
const PHONE: &str = "+9996621111";
const PASSWORD: &str = "open sesame, Ali";
const API_HASH: &str = "0123456789abcdef0123456789abcdef";

/// All that has been logged.
static LOG: Mutex<String> = Mutex::new(String::new());

fn note(text: &str) {
    let mut log = LOG.lock().expect("nobody panics while writing");
    log.push_str(text);
    log.push('\n');
}

/// Writes down every event with all its fields.
struct Everything;

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").expect("text takes anything");
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(span.metadata().name().to_owned());
        span.record(&mut line);
        note(&line.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        note(&line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        note(&line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Something that nobody may see.
struct Hidden {
    name: &'static str,
    bytes: Vec<u8>,
    /// Short and of digits: only a word of its own counts.
    word: bool,
}

fn hidden(name: &'static str, bytes: &[u8]) -> Hidden {
    Hidden {
        name,
        bytes: bytes.to_vec(),
        word: false,
    }
}

/// So many bytes in a row give a secret away.
const WINDOW: usize = 9;

const LETTERS: [&[u8; 64]; 2] = [
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
];

fn base64(bytes: &[u8], letters: &[u8; 64]) -> String {
    let mut text = String::new();
    for three in bytes.chunks_exact(3) {
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for shift in [18, 12, 6, 0] {
            text.push(char::from(letters[(bits >> shift & 63) as usize]));
        }
    }
    text
}

/// How bytes may stand in a text.
fn ways(bytes: &[u8]) -> Vec<String> {
    let each = |write: fn(&u8) -> String, between: &str| {
        bytes.iter().map(write).collect::<Vec<_>>().join(between)
    };
    vec![
        each(|byte| format!("{byte:02x}"), ""),
        each(|byte| format!("{byte:02X}"), ""),
        each(|byte| format!("{byte:02x}"), " "),
        each(|byte| format!("{byte}"), ", "),
        each(|byte| format!("{byte}"), ","),
        each(|byte| format!("{byte:#x}"), ", "),
        base64(bytes, LETTERS[0]),
        base64(bytes, LETTERS[1]),
        String::from_utf8_lossy(bytes).into_owned(),
    ]
}

/// Which secrets stand in a text.
fn leaks(text: &str, secrets: &[Hidden]) -> Vec<&'static str> {
    let leaked = |secret: &&Hidden| {
        let bytes = &secret.bytes;
        if secret.word {
            let code = String::from_utf8_lossy(bytes);
            return text
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| word == code);
        }
        if bytes.len() == 8 {
            let number = i64::from_le_bytes(bytes[..].try_into().expect("eight bytes"));
            let ways = [
                number.to_string(),
                format!("{number:x}"),
                format!("{number:016X}"),
            ];
            return ways.iter().any(|way| text.contains(way));
        }
        // One after the other, in steps that Base64 is aligned to.
        let mut windows = bytes.windows(WINDOW.min(bytes.len())).step_by(WINDOW);
        windows.any(|window| ways(window).iter().any(|way| text.contains(way)))
    };
    secrets
        .iter()
        .filter(leaked)
        .map(|secret| secret.name)
        .collect()
}

/// Notes what a value shows, in both forms.
fn show(value: &dyn Debug) {
    note(&format!("{value:?} {value:#?}"));
}

fn show_error(error: &(impl std::error::Error + 'static)) {
    show(&error);
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        note(&one.to_string());
        cause = one.source();
    }
}

/// What a program may print of the requests that carry secrets.
fn show_requests(code: &str) {
    use tl::functions::auth;
    show(&auth::SendCode {
        phone_number: PHONE.to_owned(),
        api_hash: API_HASH.to_owned(),
        ..Default::default()
    });
    show(&auth::SignIn {
        phone_number: PHONE.to_owned(),
        phone_code: Some(code.to_owned()),
        ..Default::default()
    });
    show(&auth::ImportBotAuthorization {
        api_hash: API_HASH.to_owned(),
        bot_auth_token: TOKEN.to_owned(),
        ..Default::default()
    });
}

fn bot(dc: &LocalDc, store: &MemoryStore) -> Client {
    let builder = dc
        .client_builder()
        .api_hash(API_HASH)
        .session(store.clone());
    show(&builder);
    let client = builder.connect().expect("it starts");
    show_error(&client.get_me().expect_err("nobody is signed in"));
    show_error(
        &client
            .bot_sign_in("1000009:wrong")
            .expect_err("no such bot"),
    );
    show(&client.bot_sign_in(TOKEN).expect("the token is right"));
    client
}

/// Signs a user in with a code and a password, both wrong at first. Gives the code.
fn user(dc: &LocalDc, store: &MemoryStore) -> (Client, String) {
    let builder = dc
        .client_builder()
        .api_hash(API_HASH)
        .session(store.clone());
    let client = builder.connect().expect("it starts");
    let token = client.request_login_code(PHONE).expect("the number exists");
    show(&token);
    let code = dc.login_code(PHONE).expect("a code was sent");
    let wrong = if code == "00000" { "11111" } else { "00000" };
    show_error(&client.sign_in(&token, wrong).expect_err("a wrong code"));
    let error = client
        .sign_in(&token, &code)
        .expect_err("a password is missing");
    show_error(&error);
    let SignInError::PasswordRequired(password) = error else {
        panic!("the account has a password");
    };
    show(&password);
    let error = client
        .check_password(*password, "sesame")
        .expect_err("a wrong one");
    show_error(&error);
    let SignInError::InvalidPassword(password) = error else {
        panic!("that was not the password");
    };
    show(
        &client
            .check_password(*password, PASSWORD)
            .expect("the right one"),
    );
    (client, code)
}

fn secrets(code: &str, stores: &[&MemoryStore]) -> Vec<Hidden> {
    let mut secrets = vec![
        hidden(
            "the token",
            TOKEN
                .split_once(':')
                .expect("it has two parts")
                .1
                .as_bytes(),
        ),
        hidden("the password", PASSWORD.as_bytes()),
        hidden("the api hash", API_HASH.as_bytes()),
        Hidden {
            word: true,
            ..hidden("the code", code.as_bytes())
        },
    ];
    for store in stores {
        let records = store.snapshot();
        assert!(!records.keys.is_empty() && !records.salts.is_empty());
        for key in &records.keys {
            secrets.push(hidden("a key", key.key.expose()));
        }
        for salt in &records.salts {
            secrets.push(hidden("a salt", &salt.salt.to_le_bytes()));
        }
    }
    secrets
}

#[test]
fn a_whole_run_gives_no_secret_away() {
    if passed_alone() {
        return;
    }
    tracing::subscriber::set_global_default(Everything).expect("it is the only one");
    let dc = LocalDc::builder().dcs(2).start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "secret_bot"));
    dc.add_user(
        NewUser::new(PHONE, "Ann")
            .username("annann")
            .password(PASSWORD),
    );
    let stores = [MemoryStore::new(), MemoryStore::new()];
    let bot = bot(&dc, &stores[0]);
    let (user, code) = user(&dc, &stores[1]);
    let mut updates = bot.updates();
    let sent = user
        .send_message("@secret_bot", "Hello")
        .expect("the bot exists");
    show(&sent);
    show(
        &updates
            .next_timeout(Duration::from_secs(30))
            .expect("a message comes"),
    );
    let config = tl::functions::help::GetConfig {};
    show(&user.submit(&config));
    let nearest = tl::functions::help::GetNearestDc {};
    bot.invoke_on_dc(2, &nearest)
        .expect("the login is carried over");
    show_error(
        &user
            .send_message("@nobody_here", "Hello")
            .expect_err("no such name"),
    );
    show_requests(&code);
    for client in [&bot, &user] {
        show(client);
        client.save_session().expect("memory takes it");
    }
    show(&updates);
    for store in &stores {
        show(store);
        show(&store.snapshot());
    }
    let secrets = secrets(&code, &[&stores[0], &stores[1]]);
    user.sign_out().expect("it was signed in");
    drop((bot, user));
    let log = LOG.lock().expect("nobody panics while writing").clone();
    assert!(log.contains("connected"), "the library logs: {log}");
    assert_eq!(leaks(&log, &secrets), Vec::<&str>::new(), "{log}");

    // The same eyes see each of them in an event.
    for secret in &secrets {
        LOG.lock().expect("nobody panics while writing").clear();
        let mut texts = ways(&secret.bytes);
        if secret.word {
            texts = texts.split_off(texts.len() - 1);
        } else if let Ok(bytes) = secret.bytes[..].try_into() {
            texts = vec![i64::from_le_bytes(bytes).to_string()];
        } else if String::from_utf8(secret.bytes.clone()).is_err() {
            texts.pop();
        }
        for text in texts {
            tracing::trace!(text, "planted");
            let log = std::mem::take(&mut *LOG.lock().expect("nobody panics while writing"));
            let seen = leaks(&log, std::slice::from_ref(secret));
            assert_eq!(seen, [secret.name], "not seen: {log}");
        }
    }
}

#[test]
fn secrets_are_wiped_and_never_compared_by_accident() {
    fn wiped<T: ZeroizeOnDrop>() {}
    wiped::<AuthKey>();
    wiped::<Exponent>();
    wiped::<AesKeys>();
    wiped::<Secret<String>>();
    wiped::<Secret<[u8; 256]>>();

    /// There is one way to `some` for a type without `==`, and two for one with it: then this does
    /// not compile.
    trait Uncompared<Way> {
        fn some() {}
    }
    struct Compared;
    impl<T> Uncompared<()> for T {}
    impl<T: PartialEq> Uncompared<Compared> for T {}
    let _ = <AuthKey as Uncompared<_>>::some;
    let _ = <Exponent as Uncompared<_>>::some;
    let _ = <AesKeys as Uncompared<_>>::some;
    let _ = <Secret<String> as Uncompared<_>>::some;
    let _ = <SrpAnswer as Uncompared<_>>::some;
    let _ = <NewKey as Uncompared<_>>::some;
    let _ = <StoredKey as Uncompared<_>>::some;
    let _ = <KeyRecord as Uncompared<_>>::some;
    let _ = <LoginToken as Uncompared<_>>::some;
    let _ = <PasswordToken as Uncompared<_>>::some;
}
