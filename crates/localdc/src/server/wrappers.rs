//! What a query may be wrapped in.
//!
//! See <https://core.telegram.org/api/invoking>.
use std::borrow::Cow;

use ferogram_sync::tl::Reader;

use crate::api::RpcError;
use crate::wire::ids::{
    GZIP_PACKED, INIT_CONNECTION, INPUT_CLIENT_PROXY, INVOKE_AFTER_MSG, INVOKE_AFTER_MSGS,
    INVOKE_WITH_APNS_SECRET, INVOKE_WITH_BUSINESS_CONNECTION, INVOKE_WITH_GOOGLE_PLAY_INTEGRITY,
    INVOKE_WITH_LAYER, INVOKE_WITH_MESSAGES_RANGE, INVOKE_WITH_RE_CAPTCHA, INVOKE_WITH_TAKEOUT,
    INVOKE_WITHOUT_UPDATES, JSON_ARRAY, JSON_BOOL, JSON_NULL, JSON_NUMBER, JSON_OBJECT,
    JSON_OBJECT_VALUE, JSON_STRING, MESSAGE_RANGE, VECTOR,
};
use crate::wire::unpack;
use crate::world::Program;

/// How many wrappers a query may have: each kind once, and some to spare.
const WRAPPERS_MAX: usize = 16;

/// How many queries one may have to wait for.
const AFTER_MAX: usize = 1024;

/// A query out of its wrappers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request<'a> {
    /// The method with all its fields.
    pub(super) body: Cow<'a, [u8]>,
    /// The method's constructor id.
    pub(super) method: u32,
    pub(super) layer: Option<i32>,
    pub(super) program: Option<Program>,
    /// The session does not want updates for this query's sake.
    pub(super) quiet: bool,
    /// The export that the query belongs to.
    pub(super) takeout: Option<i64>,
    /// Of which messages the query is, by their first and last ids.
    pub(super) range: Option<(i32, i32)>,
    /// The queries that have to end well before this one begins.
    pub(super) after: Vec<i64>,
}

/// Takes all wrappers off.
///
/// # Errors
///
/// 400, when they are damaged or too many.
pub(super) fn unwrap(body: &[u8]) -> Result<Request<'_>, RpcError> {
    let mut request = Request::default();
    let mut rest = Cow::Borrowed(body);
    let mut packed = false;
    for _ in 0..WRAPPERS_MAX {
        let mut reader = Reader::new(&rest);
        let id = reader.u32();
        if reader.failed() || !rest.len().is_multiple_of(4) {
            return Err(damaged());
        }
        if id == GZIP_PACKED {
            // What is packed is not packed again: a bomb of bombs would pass any limit.
            if packed {
                return Err(damaged());
            }
            packed = true;
            rest = Cow::Owned(unpack(&rest[4..]).ok_or_else(damaged)?);
            continue;
        }
        if !request.read_wrapper(id, &mut reader) {
            request.method = id;
            request.body = rest;
            return Ok(request);
        }
        if reader.failed() {
            return Err(damaged());
        }
        let offset = reader.offset();
        rest = match rest {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[offset..]),
            Cow::Owned(mut bytes) => {
                bytes.drain(..offset);
                Cow::Owned(bytes)
            }
        };
    }
    Err(damaged())
}

impl Request<'_> {
    /// Reads the fields of a wrapper; false if the constructor is none.
    fn read_wrapper(&mut self, id: u32, reader: &mut Reader<'_>) -> bool {
        match id {
            INVOKE_WITH_LAYER => self.layer = Some(reader.i32()),
            INIT_CONNECTION => self.program = Some(init_connection(reader)),
            INVOKE_WITHOUT_UPDATES => self.quiet = true,
            INVOKE_AFTER_MSG => self.after.push(reader.i64()),
            INVOKE_AFTER_MSGS => self.after.extend(longs(reader)),
            INVOKE_WITH_TAKEOUT => self.takeout = Some(reader.i64()),
            INVOKE_WITH_MESSAGES_RANGE => {
                expect(reader, MESSAGE_RANGE, "MessageRange");
                self.range = Some((reader.i32(), reader.i32()));
            }
            INVOKE_WITH_BUSINESS_CONNECTION | INVOKE_WITH_RE_CAPTCHA => {
                reader.bytes();
            }
            INVOKE_WITH_GOOGLE_PLAY_INTEGRITY | INVOKE_WITH_APNS_SECRET => {
                reader.bytes();
                reader.bytes();
            }
            _ => return false,
        }
        true
    }
}

/// The fields of `initConnection`.
///
/// See <https://core.telegram.org/method/initConnection>.
fn init_connection(reader: &mut Reader<'_>) -> Program {
    let flags = reader.u32();
    let mut program = Program {
        api_id: reader.i32(),
        ..Program::default()
    };
    for field in [
        &mut program.device_model,
        &mut program.system_version,
        &mut program.app_version,
        &mut program.system_lang_code,
        &mut program.lang_pack,
        &mut program.lang_code,
    ] {
        *field = String::from_utf8_lossy(reader.bytes()).into_owned();
    }
    if flags & 1 != 0 {
        expect(reader, INPUT_CLIENT_PROXY, "InputClientProxy");
        reader.bytes();
        reader.i32();
    }
    if flags & 2 != 0 {
        json(reader);
    }
    program
}

/// Passes over a `JSONValue`.
fn json(reader: &mut Reader<'_>) {
    reader.enter();
    match reader.u32() {
        JSON_NULL => {}
        JSON_BOOL => {
            reader.raw(4);
        }
        JSON_NUMBER => {
            reader.raw(8);
        }
        JSON_STRING => {
            reader.bytes();
        }
        JSON_ARRAY => {
            for _ in 0..count(reader) {
                json(reader);
            }
        }
        JSON_OBJECT => {
            for _ in 0..count(reader) {
                expect(reader, JSON_OBJECT_VALUE, "JSONObjectValue");
                reader.bytes();
                json(reader);
            }
        }
        id => reader.unknown(id, "JSONValue"),
    }
    reader.leave();
}

/// The header of a vector whose items have four bytes at least.
fn count(reader: &mut Reader<'_>) -> usize {
    expect(reader, VECTOR, "Vector");
    let count = reader.u32() as usize;
    // More than the bytes can hold: reading the items will find out.
    count.min(reader.len() / 4 + 1)
}

fn longs(reader: &mut Reader<'_>) -> Vec<i64> {
    let count = count(reader);
    if count > AFTER_MAX {
        reader.raw(usize::MAX);
        return Vec::new();
    }
    (0..count).map(|_| reader.i64()).collect()
}

fn expect(reader: &mut Reader<'_>, id: u32, name: &'static str) {
    let found = reader.u32();
    if found != id {
        reader.unknown(found, name);
    }
}

fn damaged() -> RpcError {
    RpcError::new(400, "INPUT_FETCH_ERROR")
}

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::put_bytes;

    use super::*;
    use crate::wire::ids::GET_CONFIG;
    use crate::wire::pack;

    fn init(flags: u32, inner: &[u8]) -> Vec<u8> {
        let mut out = INIT_CONNECTION.to_le_bytes().to_vec();
        out.extend(flags.to_le_bytes());
        out.extend(77_i32.to_le_bytes());
        for text in ["device", "system", "1", "en-GB", "pack", "en"] {
            put_bytes(&mut out, text.as_bytes());
        }
        if flags & 1 != 0 {
            out.extend(INPUT_CLIENT_PROXY.to_le_bytes());
            put_bytes(&mut out, b"localhost");
            out.extend(443_i32.to_le_bytes());
        }
        if flags & 2 != 0 {
            for id in [JSON_OBJECT, VECTOR, 2, JSON_OBJECT_VALUE] {
                out.extend(id.to_le_bytes());
            }
            put_bytes(&mut out, b"tz_offset");
            out.extend(JSON_NUMBER.to_le_bytes());
            out.extend(7200_f64.to_le_bytes());
            out.extend(JSON_OBJECT_VALUE.to_le_bytes());
            put_bytes(&mut out, b"more");
            for id in [JSON_ARRAY, VECTOR, 3, JSON_NULL, JSON_BOOL, 0x9972_75b5] {
                out.extend(id.to_le_bytes());
            }
            out.extend(JSON_STRING.to_le_bytes());
            put_bytes(&mut out, b"text");
        }
        out.extend(inner);
        out
    }

    fn wrap(ids: &[u32], inner: &[u8]) -> Vec<u8> {
        let mut out: Vec<u8> = ids.iter().flat_map(|id| id.to_le_bytes()).collect();
        out.extend(inner);
        out
    }

    #[test]
    fn every_wrapper_comes_off() {
        let method = GET_CONFIG.to_le_bytes();
        let mut body = method.to_vec();
        body = wrap(&[INVOKE_WITHOUT_UPDATES], &body);
        body = wrap(&[INVOKE_AFTER_MSG, 5, 0], &body);
        body = wrap(&[INVOKE_AFTER_MSGS, VECTOR, 2, 6, 0, 7, 0], &body);
        body = wrap(&[INVOKE_WITH_TAKEOUT, 1, 1], &body);
        body = wrap(&[INVOKE_WITH_MESSAGES_RANGE, MESSAGE_RANGE, 1, 2], &body);
        body = wrap(&[INVOKE_WITH_BUSINESS_CONNECTION, 0x0063_6201], &body);
        body = wrap(&[INVOKE_WITH_RE_CAPTCHA, 0], &body);
        body = wrap(&[INVOKE_WITH_APNS_SECRET, 0, 0], &body);
        body = wrap(&[INVOKE_WITH_GOOGLE_PLAY_INTEGRITY, 0, 0], &body);
        body = init(3, &body);
        body = wrap(&[INVOKE_WITH_LAYER, 230], &body);
        let request = unwrap(&body).unwrap();
        assert_eq!(request.body, &method[..]);
        assert_eq!(request.method, GET_CONFIG);
        let program = Program {
            api_id: 77,
            device_model: "device".to_owned(),
            system_version: "system".to_owned(),
            app_version: "1".to_owned(),
            system_lang_code: "en-GB".to_owned(),
            lang_pack: "pack".to_owned(),
            lang_code: "en".to_owned(),
        };
        assert_eq!((request.layer, request.program), (Some(230), Some(program)));
        assert!(request.quiet);
        assert_eq!(request.after, [6, 7, 5]);
        for length in 0..body.len() - 4 {
            assert!(unwrap(&body[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn packed_anywhere_but_once() {
        let mut method = GET_CONFIG.to_le_bytes().to_vec();
        method.extend([0; 400]);
        let packed = pack(&method).unwrap();
        let wrapped = wrap(&[INVOKE_WITH_LAYER, 230], &init(0, &packed));
        for body in [packed.clone(), wrapped] {
            assert_eq!(unwrap(&body).unwrap().body, method);
        }
        let mut twice = GZIP_PACKED.to_le_bytes().to_vec();
        let mut stream = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        std::io::Write::write_all(&mut stream, &packed).unwrap();
        put_bytes(&mut twice, &stream.finish().unwrap());
        assert_eq!(unwrap(&twice), Err(damaged()));
    }

    #[test]
    fn too_many_and_too_deep() {
        let body = wrap(&[INVOKE_WITHOUT_UPDATES; 40], &GET_CONFIG.to_le_bytes());
        assert_eq!(unwrap(&body), Err(damaged()));
        let mut deep = init(0, &[]);
        deep[4] = 2;
        for _ in 0..100_000 {
            deep.extend(
                [JSON_ARRAY, VECTOR, 1]
                    .iter()
                    .flat_map(|id| id.to_le_bytes()),
            );
        }
        assert_eq!(unwrap(&deep), Err(damaged()));
    }
}
