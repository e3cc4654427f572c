//! The targets: what they do is in `tests/fuzz`, where every test run plays them too.
#![expect(dead_code, reason = "the seeds are for the tests")]

#[path = "../../tests/fuzz/codec.rs"]
mod codec;
#[path = "../../tests/fuzz/dice.rs"]
mod dice;
#[path = "../../tests/fuzz/exchange.rs"]
mod exchange;
#[path = "../../tests/fuzz/files.rs"]
mod files;
#[path = "../../tests/fuzz/password.rs"]
mod password;
#[path = "../../tests/fuzz/sample.rs"]
mod sample;
#[path = "../../tests/fuzz/scene.rs"]
mod scene;
#[path = "../../tests/fuzz/session.rs"]
mod session;
#[path = "../../tests/fuzz/text.rs"]
mod text;
#[path = "../../tests/fuzz/took.rs"]
mod took;
#[path = "../../tests/fuzz/wire.rs"]
mod wire;

macro_rules! targets {
    ($($name:ident: $play:path;)*) => {$(
        /// Plays one input.
        pub fn $name(data: &[u8]) {
            $play(data);
        }
    )*};
}

targets! {
    tl_decode: codec::decode;
    tl_show: codec::show;
    client_framing: wire::client_framing;
    server_framing: wire::server_framing;
    plain_message: wire::plain;
    envelope: wire::envelope;
    session_receive: session::receive;
    gzip: session::gzip;
    key_exchange: exchange::answers;
    password: password::answer;
    session_file: files::session_file;
    public_key: files::public_key;
    session_string: files::session_string;
    file_id: files::file_id;
    schema: files::schema;
    marked_text: text::marked_text;
}
