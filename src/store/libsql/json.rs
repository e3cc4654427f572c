//! Batches of statements and what comes back, as the protocol has them.
//!
//! See <https://github.com/tursodatabase/libsql/blob/main/docs/HRANA_3_SPEC.md>.
use base64ct::{Base64Unpadded, Encoding};
use serde_json::Value as Json;
use zeroize::Zeroizing;

use crate::store::sql::{Rows, Statement, Value};

/// When a step of a batch is carried out.
#[derive(Clone, Copy)]
pub(super) enum When {
    Always,
    /// When this step went well.
    Ok(usize),
    /// When the first went well and the second did not, or was left out.
    OkButNot(usize, usize),
}

/// A step of a batch.
pub(super) struct Step<'a> {
    pub(super) when: When,
    pub(super) sql: &'static str,
    pub(super) arguments: &'a [Value],
    pub(super) wants_rows: bool,
}

impl<'a> Step<'a> {
    pub(super) fn new(when: When, statement: &'a Statement, wants_rows: bool) -> Self {
        Self {
            when,
            sql: statement.sql,
            arguments: &statement.arguments,
            wants_rows,
        }
    }

    /// At least as many bytes as it takes.
    fn len_max(&self) -> usize {
        let len = |value: &Value| match value {
            Value::Null | Value::Integer(_) => 0,
            // A control character takes six.
            Value::Text(text) => text.len() * 6,
            Value::Bytes(bytes) => bytes.len() * 2,
        };
        let arguments = self.arguments.iter().map(|value| len(value) + 64);
        arguments.sum::<usize>() + self.sql.len() * 2 + 256
    }
}

/// The body of a request that carries out a batch in a stream of its own, which is closed after it
/// if `close` says so. There may be a key in it.
pub(super) fn request(steps: &[Step<'_>], close: bool) -> Zeroizing<Vec<u8>> {
    let len = steps.iter().map(Step::len_max).sum::<usize>() + 256;
    // Large enough from the beginning: one that grows leaves copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(len));
    let mut add = |text: &str| body.extend_from_slice(text.as_bytes());
    add(r#"{"baton":null,"requests":[{"type":"batch","batch":{"steps":["#);
    for (at, step) in steps.iter().enumerate() {
        if at > 0 {
            add(",");
        }
        add(&format!(r#"{{{}"stmt":{{"sql":"#, condition(step.when)));
        add(&Json::from(step.sql).to_string());
        add(r#","args":["#);
        for (at, value) in step.arguments.iter().enumerate() {
            if at > 0 {
                add(",");
            }
            add(&argument(value));
        }
        add(&format!(r#"],"want_rows":{}}}}}"#, step.wants_rows));
    }
    add("]}}");
    if close {
        add(r#",{"type":"close"}"#);
    }
    add("]}");
    debug_assert!(body.len() <= len, "the estimate is an upper bound");
    body
}

fn condition(when: When) -> String {
    match when {
        When::Always => String::new(),
        When::Ok(step) => format!(r#""condition":{},"#, ok(step)),
        When::OkButNot(step, not) => format!(
            r#""condition":{{"type":"and","conds":[{},{{"type":"not","cond":{}}}]}},"#,
            ok(step),
            ok(not)
        ),
    }
}

fn ok(step: usize) -> String {
    format!(r#"{{"type":"ok","step":{step}}}"#)
}

/// A whole number is a text, since others read numbers of 64 bits wrongly.
fn argument(value: &Value) -> Zeroizing<String> {
    Zeroizing::new(match value {
        Value::Null => r#"{"type":"null"}"#.to_owned(),
        Value::Integer(value) => format!(r#"{{"type":"integer","value":"{value}"}}"#),
        Value::Text(text) => {
            let text = Json::from(text.as_str());
            format!(r#"{{"type":"text","value":{text}}}"#)
        }
        Value::Bytes(bytes) => {
            let text = Zeroizing::new(Base64Unpadded::encode_string(bytes));
            format!(r#"{{"type":"blob","base64":"{}"}}"#, *text)
        }
    })
}

/// What became of a step.
pub(super) enum Done {
    Rows(Rows),
    Failed(Refusal),
    LeftOut,
}

/// What a server says of something that it does not do.
#[derive(Debug, Default)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) message: String,
}

impl Refusal {
    /// The refusal in a body, which may also be text without a form.
    pub(super) fn from_body(body: &[u8]) -> Self {
        match serde_json::from_slice(body) {
            Ok(json) => Self::from_json(&json),
            Err(_) => Self {
                code: String::new(),
                message: short(&String::from_utf8_lossy(body)),
            },
        }
    }

    fn from_json(json: &Json) -> Self {
        let text = |name: &str| json.get(name).and_then(Json::as_str).map(short);
        Self {
            code: text("code").unwrap_or_default(),
            message: text("message").or(text("error")).unwrap_or_default(),
        }
    }
}

/// As much of a text as an error shows.
fn short(text: &str) -> String {
    const MAX: usize = 200;
    let text = text.trim().chars().filter(|c| !c.is_control());
    text.take(MAX).collect()
}

/// What a server answers.
pub(super) struct Reply {
    /// What became of the steps.
    pub(super) steps: Result<Vec<Done>, Refusal>,
    /// Whether the stream is still open.
    pub(super) is_open: bool,
}

impl Reply {
    /// Reads an answer to a batch of so many steps; `None` when it is not what the protocol says.
    pub(super) fn read(body: &[u8], steps: usize) -> Option<Self> {
        let mut json: Json = serde_json::from_slice(body).ok()?;
        let is_open = !json.get("baton")?.is_null();
        let first = json.get_mut("results")?.get_mut(0)?;
        let steps = match first.get("type")?.as_str()? {
            "ok" => {
                let result = first.get_mut("response")?.get_mut("result")?;
                let done = |at| step(result, at);
                Ok((0..steps).map(done).collect::<Option<_>>()?)
            }
            "error" => Err(Refusal::from_json(first.get("error")?)),
            _ => return None,
        };
        Some(Self { steps, is_open })
    }
}

fn step(result: &mut Json, at: usize) -> Option<Done> {
    let error = result.get("step_errors")?.get(at)?;
    if !error.is_null() {
        return Some(Done::Failed(Refusal::from_json(error)));
    }
    let done = result.get_mut("step_results")?.get_mut(at)?;
    if done.is_null() {
        return Some(Done::LeftOut);
    }
    let rows = done.get_mut("rows")?.as_array_mut()?;
    let row = |row: &mut Json| -> Option<Vec<Value>> {
        row.as_array_mut()?.iter_mut().map(field).collect()
    };
    Some(Done::Rows(rows.iter_mut().map(row).collect::<Option<_>>()?))
}

fn field(json: &mut Json) -> Option<Value> {
    let kind = json.get("type")?.as_str()?;
    let text = match kind {
        "blob" => "base64",
        // Nothing is written as one: whoever reads it says so.
        "null" | "float" => return Some(Value::Null),
        _ => "value",
    };
    let is_blob = kind == "blob";
    let is_text = kind == "text";
    let Json::String(text) = json.get_mut(text)?.take() else {
        return None;
    };
    if is_text {
        return Some(Value::Text(text));
    }
    let text = Zeroizing::new(text);
    if !is_blob {
        return text.parse().ok().map(Value::Integer);
    }
    // Some servers fill it up, and some do not.
    let bytes = Base64Unpadded::decode_vec(text.trim_end_matches('=')).ok()?;
    Some(Value::Bytes(Zeroizing::new(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_json_and_has_room_from_the_beginning() {
        let arguments = [
            Value::Null,
            Value::Integer(i64::MIN),
            Value::Text("\0\"\\ü🦀".repeat(50)),
            Value::bytes(&[1, 2]),
        ];
        let step = |when| Step {
            when,
            sql: "SELECT\n\t?1",
            arguments: &arguments,
            wants_rows: true,
        };
        let steps = [When::Always, When::Ok(0), When::OkButNot(0, 1)].map(step);
        let body = request(&steps, true);
        let json: Json = serde_json::from_slice(&body).unwrap();
        let steps = &json["requests"][0]["batch"]["steps"];
        assert_eq!(steps[0]["condition"], Json::Null);
        assert_eq!(steps[1]["condition"]["step"], 0);
        assert_eq!(steps[2]["condition"]["conds"][1]["cond"]["step"], 1);
        let args = &steps[2]["stmt"]["args"];
        assert_eq!(args[1]["value"], i64::MIN.to_string());
        assert_eq!(args[2]["value"], "\0\"\\ü🦀".repeat(50));
        assert_eq!(args[3]["base64"], "AQI");
        assert_eq!(json["requests"][1]["type"], "close");
    }

    #[test]
    fn strange_answers_are_none() {
        let whole = r#"{"baton":"b","base_url":null,"results":[{"type":"ok","response":{
            "type":"batch","result":{"step_results":[{"cols":[],"rows":[[
            {"type":"integer","value":"-7"},{"type":"blob","base64":"AQI="},{"type":"null"},
            {"type":"text","value":"x"}]]},null],
            "step_errors":[null,{"message":"no","code":"SQLITE_FULL"}]}}}]}"#;
        let reply = Reply::read(whole.as_bytes(), 2).unwrap();
        assert!(reply.is_open);
        let [Done::Rows(rows), Done::Failed(refusal)] = &reply.steps.unwrap()[..] else {
            panic!("one went well and one did not");
        };
        assert_eq!(refusal.code, "SQLITE_FULL");
        let row = [
            Value::Integer(-7),
            Value::bytes(&[1, 2]),
            Value::Null,
            Value::Text("x".to_owned()),
        ];
        assert!(rows[..] == [row]);
        for len in 0..whole.len() {
            assert!(Reply::read(&whole.as_bytes()[..len], 2).is_none());
        }
        for (part, other) in [
            ("\"rows\"", "\"lines\""),
            ("-7", "seven"),
            ("AQI=", "A!I="),
            ("\"x\"", "1"),
            ("\"ok\"", "\"odd\""),
            ("step_errors", "errors"),
        ] {
            let odd = whole.replace(part, other);
            assert!(Reply::read(odd.as_bytes(), 2).is_none(), "{part}");
        }
        assert!(Reply::read(whole.as_bytes(), 3).is_none());
    }
}
