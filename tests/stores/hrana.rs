//! A server of the protocol that libSQL speaks over HTTP, with SQLite behind it: as strict as
//! <https://github.com/tursodatabase/libsql/blob/main/docs/HRANA_3_SPEC.md>, and worse when told.
use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use base64ct::{Base64Unpadded, Encoding};
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode};
use serde_json::{Value as Json, json};

/// What goes wrong with a request.
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// The connection ends, and nothing was done.
    Before,
    /// It was done, and the connection ends.
    After,
    /// The connection ends, and it is done when the test says so.
    Late,
    /// It is refused with this status and this body.
    Status(u16, &'static str),
    /// It was done, and this is the answer.
    Answer(&'static str),
}

/// How the server is.
pub(crate) struct Manner {
    pub(crate) token: &'static str,
    pub(crate) versions: &'static [&'static str],
    /// It has no streams: no baton comes, and none can be closed.
    pub(crate) streamless: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            token: "sesame",
            versions: &["v2", "v3"],
            streamless: false,
        }
    }
}

/// A server, until it is dropped.
pub(crate) struct Hrana {
    address: SocketAddr,
    shared: Arc<Shared>,
    folder: tempfile::TempDir,
}

struct Shared {
    path: PathBuf,
    manner: Manner,
    faults: Mutex<VecDeque<Fault>>,
    late: Mutex<Vec<Vec<u8>>>,
    streams: Mutex<HashMap<String, Connection>>,
    pages_max: AtomicUsize,
    batons: AtomicUsize,
    requests: AtomicUsize,
    ends: AtomicBool,
}

/// Why a whole request is refused: a status and a sentence.
type Refusal = (u16, String);

impl Hrana {
    pub(crate) fn start() -> Self {
        Self::with(Manner::default())
    }

    pub(crate) fn with(manner: Manner) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it listens");
        let shared = Arc::new(Shared {
            path: folder.path().join("server.db"),
            manner,
            faults: Mutex::default(),
            late: Mutex::default(),
            streams: Mutex::default(),
            pages_max: AtomicUsize::new(0),
            batons: AtomicUsize::new(0),
            requests: AtomicUsize::new(0),
            ends: AtomicBool::new(false),
        });
        let server = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if server.ends.load(Ordering::SeqCst) {
                    return;
                }
                let server = Arc::clone(&server);
                thread::spawn(move || server.serve(&stream).ok());
            }
        });
        Self {
            address,
            shared,
            folder,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The database, for whoever wants to look into it or change it.
    pub(crate) fn database(&self) -> Connection {
        connect(&self.shared.path).expect("it opens")
    }

    /// What goes wrong with the next requests, one after the other.
    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.shared.faults.lock().expect("no panic").extend(faults);
    }

    /// From now on nothing goes wrong.
    pub(crate) fn forget_the_plan(&self) {
        self.shared.faults.lock().expect("no panic").clear();
    }

    /// Does what came too late.
    pub(crate) fn do_the_late(&self) -> usize {
        let late = std::mem::take(&mut *self.shared.late.lock().expect("no panic"));
        for body in &late {
            self.shared.pipeline("v3", body).expect("it is a request");
        }
        late.len()
    }

    /// How many pages the database may have; 0 for as many as it likes.
    pub(crate) fn limit(&self, pages: usize) {
        self.shared.pages_max.store(pages, Ordering::SeqCst);
    }

    pub(crate) fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::SeqCst)
    }

    /// How many streams nobody has closed.
    pub(crate) fn streams(&self) -> usize {
        self.shared.streams.lock().expect("no panic").len()
    }
}

impl Drop for Hrana {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        TcpStream::connect(self.address).ok();
        assert!(self.folder.path().exists());
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_millis(20))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // It need not outlive a loss of power.
    connection.pragma_update(None, "synchronous", "OFF")?;
    Ok(connection)
}

impl Shared {
    /// Serves one connection, request after request.
    fn serve(&self, stream: &TcpStream) -> io::Result<()> {
        let mut reader = BufReader::new(stream);
        while let Some((path, token, body)) = read_request(&mut reader)? {
            self.requests.fetch_add(1, Ordering::SeqCst);
            let fault = self.faults.lock().expect("no panic").pop_front();
            let answer = match fault {
                Some(Fault::Before) => return Ok(()),
                Some(Fault::Late) => {
                    self.late.lock().expect("no panic").push(body);
                    return Ok(());
                }
                Some(Fault::Status(status, text)) => Err((status, text.to_owned())),
                Some(Fault::Answer(text)) => {
                    self.answer(&path, &token, &body).ok();
                    Ok(text.to_owned())
                }
                Some(Fault::After) => {
                    self.answer(&path, &token, &body).ok();
                    return Ok(());
                }
                Some(Fault::None) | None => self.answer(&path, &token, &body),
            };
            let (status, text) = match answer {
                Ok(text) => (200, text),
                Err(refusal) => refusal,
            };
            let head = format!(
                "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\n\
                 content-length: {}\r\n\r\n{text}",
                text.len()
            );
            (&*stream).write_all(head.as_bytes())?;
        }
        Ok(())
    }

    fn answer(&self, path: &str, token: &str, body: &[u8]) -> Result<String, Refusal> {
        let versions = self.manner.versions;
        let version = versions.iter().find(|v| path == format!("/{v}/pipeline"));
        let version = version.ok_or_else(|| (404, "not found".to_owned()))?;
        if token != format!("Bearer {}", self.manner.token) {
            // As carelessly as a server can say it.
            let message = json!({"message": format!("{token} is no token"), "code": "AUTH_JWT"});
            return Err((401, message.to_string()));
        }
        self.pipeline(version, body).map(|json| json.to_string())
    }

    fn pipeline(&self, version: &str, body: &[u8]) -> Result<Json, Refusal> {
        let json: Json = serde_json::from_slice(body).map_err(|e| refuse(&e.to_string()))?;
        known(&json, &["baton", "requests"])?;
        let connection = match &json["baton"] {
            Json::Null => connect(&self.path).map_err(|e| (500, e.to_string()))?,
            // A baton is good for once.
            Json::String(baton) => {
                let mut streams = self.streams.lock().expect("no panic");
                let stream = streams.remove(baton);
                stream.ok_or_else(|| refuse("there is no stream of this baton"))?
            }
            _ => return Err(refuse("a baton is a text")),
        };
        let pages = self.pages_max.load(Ordering::SeqCst);
        if pages > 0 {
            let set = connection.pragma_update(None, "max_page_count", pages as i64);
            set.map_err(|e| (500, e.to_string()))?;
        }
        let mut stream = Stream {
            connection,
            version: version.to_owned(),
            texts: HashMap::new(),
            is_closed: false,
        };
        let requests = json["requests"].as_array();
        let requests = requests.ok_or_else(|| refuse("there are no requests"))?;
        let mut results = Vec::new();
        for request in requests {
            if self.manner.streamless && request["type"] == "close" {
                return Err((500, "unknown variant `close`".to_owned()));
            }
            results.push(match stream.request(request)? {
                Ok(response) => json!({"type": "ok", "response": response}),
                Err(error) => json!({"type": "error", "error": error}),
            });
        }
        let baton = match stream.is_closed || self.manner.streamless {
            true => Json::Null,
            false => {
                let number = self.batons.fetch_add(1, Ordering::SeqCst);
                let baton = format!("baton {number}");
                let mut streams = self.streams.lock().expect("no panic");
                streams.insert(baton.clone(), stream.connection);
                baton.into()
            }
        };
        Ok(json!({"baton": baton, "base_url": null, "results": results}))
    }
}

/// Path, authorization and body of the next request.
fn read_request(reader: &mut impl BufRead) -> io::Result<Option<(String, String, Vec<u8>)>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split(' ');
    assert_eq!(words.next(), Some("POST"), "{line}");
    let path = words.next().unwrap_or_default().to_owned();
    let (mut len, mut token, mut is_json) = (0, String::new(), false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => len = value.parse().expect("a number"),
            "authorization" => token = value.to_owned(),
            "content-type" => is_json = value == "application/json",
            _ => {}
        }
    }
    assert!(is_json, "it says what it sends");
    let mut body = vec![0; len];
    reader.read_exact(&mut body)?;
    Ok(Some((path, token, body)))
}

fn refuse(why: &str) -> Refusal {
    let message = json!({"message": why, "code": "HRANA_PROTO_ERROR"});
    (400, message.to_string())
}

/// Only these fields may be there.
fn known(json: &Json, fields: &[&str]) -> Result<(), Refusal> {
    let object = json.as_object().ok_or_else(|| refuse("no object"))?;
    match object.keys().find(|key| !fields.contains(&key.as_str())) {
        Some(key) => Err(refuse(&format!("nobody knows the field {key}"))),
        None => Ok(()),
    }
}

/// A stream is a connection to the database, with whatever transaction is open on it.
struct Stream {
    connection: Connection,
    version: String,
    texts: HashMap<i64, String>,
    is_closed: bool,
}

impl Stream {
    /// An answer to one request, or an error that is told in its place.
    fn request(&mut self, request: &Json) -> Result<Result<Json, Json>, Refusal> {
        if self.is_closed {
            return Err(refuse("the stream is closed"));
        }
        let kind = request["type"].as_str().unwrap_or_default();
        Ok(Ok(match kind {
            "close" => {
                known(request, &["type"])?;
                self.is_closed = true;
                json!({"type": kind})
            }
            "execute" => {
                known(request, &["type", "stmt"])?;
                match self.execute(&request["stmt"])? {
                    Ok(result) => json!({"type": kind, "result": result}),
                    Err(error) => return Ok(Err(error)),
                }
            }
            "batch" => {
                known(request, &["type", "batch"])?;
                json!({"type": kind, "result": self.batch(&request["batch"])?})
            }
            "sequence" => {
                known(request, &["type", "sql", "sql_id"])?;
                let done = self.connection.execute_batch(&self.text(request)?);
                match done {
                    Ok(()) => json!({"type": kind}),
                    Err(error) => return Ok(Err(told(&error))),
                }
            }
            "store_sql" => {
                known(request, &["type", "sql_id", "sql"])?;
                let id = request["sql_id"].as_i64();
                let id = id.ok_or_else(|| refuse("an sql_id is a number"))?;
                let text = request["sql"].as_str();
                let text = text.ok_or_else(|| refuse("there is no sql"))?;
                if self.texts.insert(id, text.to_owned()).is_some() {
                    return Err(refuse("there is such a text already"));
                }
                json!({"type": kind})
            }
            "close_sql" => {
                known(request, &["type", "sql_id"])?;
                self.texts.remove(&request["sql_id"].as_i64().unwrap_or(-1));
                json!({"type": kind})
            }
            "get_autocommit" if self.version == "v3" => {
                json!({"type": kind, "is_autocommit": self.connection.is_autocommit()})
            }
            _ => return Err(refuse("nobody knows this request")),
        }))
    }

    fn batch(&self, batch: &Json) -> Result<Json, Refusal> {
        known(batch, &["steps"])?;
        let steps = batch["steps"].as_array();
        let (mut results, mut errors) = (Vec::new(), Vec::new());
        for step in steps.ok_or_else(|| refuse("there are no steps"))? {
            known(step, &["condition", "stmt"])?;
            let condition = &step["condition"];
            let (mut result, mut error) = (Json::Null, Json::Null);
            if condition.is_null() || self.holds(condition, &results, &errors)? {
                match self.execute(&step["stmt"])? {
                    Ok(done) => result = done,
                    Err(failed) => error = failed,
                }
            }
            results.push(result);
            errors.push(error);
        }
        Ok(json!({"step_results": results, "step_errors": errors}))
    }

    fn holds(&self, it: &Json, results: &[Json], errors: &[Json]) -> Result<bool, Refusal> {
        let of = |all: &[Json]| -> Result<bool, Refusal> {
            known(it, &["type", "step"])?;
            let step = it["step"].as_u64().and_then(|at| all.get(at as usize));
            let step = step.ok_or_else(|| refuse("this step has not been"))?;
            Ok(!step.is_null())
        };
        let each = || -> Result<Vec<bool>, Refusal> {
            known(it, &["type", "conds"])?;
            let all = it["conds"].as_array();
            let all = all.ok_or_else(|| refuse("there are no conditions"))?;
            all.iter()
                .map(|one| self.holds(one, results, errors))
                .collect()
        };
        match it["type"].as_str().unwrap_or_default() {
            "ok" => of(results),
            "error" => of(errors),
            "not" => {
                known(it, &["type", "cond"])?;
                Ok(!self.holds(&it["cond"], results, errors)?)
            }
            "and" => Ok(each()?.into_iter().all(|holds| holds)),
            "or" => Ok(each()?.into_iter().any(|holds| holds)),
            "is_autocommit" if self.version == "v3" => Ok(self.connection.is_autocommit()),
            _ => Err(refuse("nobody knows this condition")),
        }
    }

    fn text(&self, of: &Json) -> Result<String, Refusal> {
        match (of["sql"].as_str(), of["sql_id"].as_i64()) {
            (Some(sql), None) => Ok(sql.to_owned()),
            (None, Some(id)) => {
                let text = self.texts.get(&id).cloned();
                text.ok_or_else(|| refuse("there is no such text"))
            }
            _ => Err(refuse("one of sql and sql_id is needed")),
        }
    }

    fn execute(&self, stmt: &Json) -> Result<Result<Json, Json>, Refusal> {
        known(stmt, &["sql", "sql_id", "args", "named_args", "want_rows"])?;
        let sql = self.text(stmt)?;
        let wants_rows = stmt["want_rows"].as_bool().unwrap_or(true);
        let args = stmt["args"].as_array().map_or(&[][..], Vec::as_slice);
        let args: Vec<Value> = args.iter().map(value).collect::<Result<_, _>>()?;
        let mut named = Vec::new();
        for one in stmt["named_args"].as_array().into_iter().flatten() {
            known(one, &["name", "value"])?;
            let name = one["name"].as_str().unwrap_or_default();
            named.push((name.to_owned(), value(&one["value"])?));
        }
        let done = self.run(&sql, args, &named, wants_rows);
        Ok(done.map_err(|error| told(&error)))
    }

    fn run(
        &self,
        sql: &str,
        args: Vec<Value>,
        named: &[(String, Value)],
        wants_rows: bool,
    ) -> rusqlite::Result<Json> {
        let before = self.connection.total_changes();
        let mut prepared = self.connection.prepare(sql)?;
        for (at, value) in args.into_iter().enumerate() {
            prepared.raw_bind_parameter(at + 1, value)?;
        }
        for (name, value) in named {
            let forms = ["", ":", "@", "$"].map(|sign| format!("{sign}{name}"));
            for form in forms {
                if let Some(at) = prepared.parameter_index(&form)? {
                    prepared.raw_bind_parameter(at, value)?;
                }
            }
        }
        let columns = prepared.column_count();
        let names = prepared.column_names();
        let cols: Vec<Json> = names
            .map(|name| json!({"name": name, "decltype": null}))
            .collect();
        let mut rows = Vec::new();
        let mut found = prepared.raw_query();
        while let Some(row) = found.next()? {
            let fields = (0..columns).map(|at| Ok(field(row.get::<_, Value>(at)?)));
            let fields = fields.collect::<rusqlite::Result<Vec<_>>>()?;
            if wants_rows {
                rows.push(fields);
            }
        }
        Ok(json!({
            "cols": cols,
            "rows": rows,
            "affected_row_count": self.connection.total_changes() - before,
            "last_insert_rowid": self.connection.last_insert_rowid().to_string(),
        }))
    }
}

fn value(json: &Json) -> Result<Value, Refusal> {
    let text = |name: &str| {
        known(json, &["type", name])?;
        let text = json[name].as_str();
        text.ok_or_else(|| refuse("a value is a text"))
    };
    Ok(match json["type"].as_str().unwrap_or_default() {
        "null" => Value::Null,
        "integer" => {
            let number = text("value")?.parse();
            Value::Integer(number.map_err(|_| refuse("no whole number"))?)
        }
        "float" => Value::Real(json["value"].as_f64().ok_or_else(|| refuse("no number"))?),
        "text" => Value::Text(text("value")?.to_owned()),
        "blob" => {
            let bytes = Base64Unpadded::decode_vec(text("base64")?.trim_end_matches('='));
            Value::Blob(bytes.map_err(|_| refuse("no base64"))?)
        }
        _ => return Err(refuse("nobody knows this value")),
    })
}

fn field(value: Value) -> Json {
    match value {
        Value::Null => json!({"type": "null"}),
        Value::Integer(number) => json!({"type": "integer", "value": number.to_string()}),
        Value::Real(number) => json!({"type": "float", "value": number}),
        Value::Text(text) => json!({"type": "text", "value": text}),
        Value::Blob(bytes) => {
            json!({"type": "blob", "base64": Base64Unpadded::encode_string(&bytes)})
        }
    }
}

fn told(error: &rusqlite::Error) -> Json {
    let code = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "SQLITE_FULL",
        Some(ErrorCode::DatabaseBusy) => "SQLITE_BUSY",
        Some(ErrorCode::ReadOnly) => "SQLITE_READONLY",
        Some(ErrorCode::ConstraintViolation) => "SQLITE_CONSTRAINT",
        _ => "SQLITE_UNKNOWN",
    };
    json!({"message": error.to_string(), "code": code})
}
