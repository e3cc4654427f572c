//! A libSQL server, asked over HTTP.
use std::error::Error;
use std::fmt;
use std::thread;
use std::time::Duration;

use ureq::Agent;
use ureq::http::StatusCode;
use zeroize::Zeroizing;

use super::json::{Done, Refusal, Reply, Step, request};
use crate::secret::Secret;
use crate::store::{DatabaseFault, StoreError};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);

/// How long one attempt may take in all. Two of them, and what they wait for, are well within the
/// time that a claim to a session holds: see `claim`.
const ATTEMPT: Duration = Duration::from_secs(10);

/// How often something is tried.
const ATTEMPTS: usize = 2;

/// How long is waited in between.
const PAUSE: Duration = Duration::from_millis(300);

/// The largest answer that is read. A room of notes may have 256 MiB, and a third more as text.
const ANSWER_LEN_MAX: u64 = 512 << 20;

/// How much of a refusal is read.
const REFUSAL_LEN_MAX: u64 = 64 << 10;

/// Which version of the protocol the server speaks. In what is used of it they are the same.
#[derive(Clone, Copy, Debug)]
enum Version {
    /// It is to be found out.
    Third,
    ThirdAsFound,
    Second,
}

/// A libSQL server.
pub(super) struct Server {
    agent: Agent,
    /// Scheme and host, and a path perhaps, without a slash at its end.
    base: String,
    token: Option<Secret<String>>,
    version: Version,
    /// Streams stay open until they are closed. One server of the second version knows no streams,
    /// and refuses to close any.
    closes: bool,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.base).finish()
    }
}

impl Server {
    /// The server at a URL. Nothing is asked of it yet.
    pub(super) fn new(url: &str, token: String) -> Result<Self, StoreError> {
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ATTEMPT))
            .http_status_as_error(false)
            // Who is sent elsewhere would carry the token there.
            .max_redirects(0)
            .proxy(None)
            .build();
        Ok(Self {
            agent: config.new_agent(),
            base: base(url)?,
            token: (!token.is_empty()).then(|| Secret::new(token)),
            version: Version::Third,
            closes: true,
        })
    }

    /// Where it is. There is nothing secret in it.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Carries a batch out, in a stream of its own: there is no baton to be kept, and no other
    /// address to be followed.
    ///
    /// When no answer comes it is sent again, so a batch may be carried out twice.
    pub(super) fn batch(&mut self, steps: &[Step<'_>]) -> Result<Vec<Done>, StoreError> {
        let mut tried = 1;
        loop {
            match self.attempt(steps) {
                Err(failure) if failure.may_pass && tried < ATTEMPTS => {
                    tried += 1;
                    thread::sleep(PAUSE);
                }
                done => return done.map_err(|failure| failure.error),
            }
        }
    }

    /// Asks once, in a version that the server speaks.
    fn attempt(&mut self, steps: &[Step<'_>]) -> Result<Vec<Done>, Failure> {
        let mut answer = self.post(&request(steps, self.closes))?;
        if answer.0 == StatusCode::NOT_FOUND && matches!(self.version, Version::Third) {
            (self.version, self.closes) = (Version::Second, false);
            answer = self.post(&request(steps, self.closes))?;
            if answer.0 == StatusCode::NOT_FOUND {
                (self.version, self.closes) = (Version::Third, true);
            }
        }
        let (status, body) = answer;
        if !status.is_success() {
            return Err(self.refused(status, &Refusal::from_body(&body)));
        }
        if matches!(self.version, Version::Third) {
            self.version = Version::ThirdAsFound;
        }
        let reply = Reply::read(&body, steps.len()).ok_or_else(|| {
            let what = "the answer is not what the protocol says";
            self.failed(DatabaseFault::Other, false, what.into())
        })?;
        self.closes |= reply.is_open;
        reply.steps.map_err(|refusal| {
            let error = self.error(&refusal);
            let may_pass = false;
            Failure { error, may_pass }
        })
    }

    fn post(&self, body: &[u8]) -> Result<(StatusCode, Zeroizing<Vec<u8>>), Failure> {
        let path = match self.version {
            Version::Third | Version::ThirdAsFound => "v3/pipeline",
            Version::Second => "v2/pipeline",
        };
        let url = format!("{}/{path}", self.base);
        let mut post = self.agent.post(url);
        post = post.header("content-type", "application/json");
        if let Some(token) = &self.token {
            let bearer = Zeroizing::new(format!("Bearer {}", token.expose()));
            post = post.header("authorization", bearer.as_str());
        }
        let answer = post.send(body).and_then(|mut answer| {
            let status = answer.status();
            let limit = match status.is_success() {
                true => ANSWER_LEN_MAX,
                false => REFUSAL_LEN_MAX,
            };
            let body = answer.body_mut().with_config().limit(limit).read_to_vec()?;
            Ok((status, Zeroizing::new(body)))
        });
        answer.map_err(|error| {
            let is_network = matches!(
                error,
                ureq::Error::Io(_)
                    | ureq::Error::Timeout(_)
                    | ureq::Error::HostNotFound
                    | ureq::Error::ConnectionFailed
                    | ureq::Error::Protocol(_)
            );
            let fault = match error {
                ureq::Error::BadUri(_) => DatabaseFault::NotFound,
                ureq::Error::Http(_) => DatabaseFault::Denied,
                _ if is_network => DatabaseFault::Unreachable,
                _ => DatabaseFault::Other,
            };
            self.failed(fault, is_network, error.into())
        })
    }

    /// The whole request was refused.
    fn refused(&self, status: StatusCode, refusal: &Refusal) -> Failure {
        let fault = match status.as_u16() {
            401 | 403 => DatabaseFault::Denied,
            404 => DatabaseFault::NotFound,
            429 | 500.. => DatabaseFault::Unreachable,
            _ => DatabaseFault::Other,
        };
        let said = format!("the server answered {status} {}", self.harmless(refusal));
        let may_pass = fault == DatabaseFault::Unreachable;
        self.failed(fault, may_pass, said.trim_end().into())
    }

    /// A statement was refused.
    pub(super) fn error(&self, refusal: &Refusal) -> StoreError {
        let fault = match refusal.code.as_str() {
            code if code.starts_with("SQLITE_FULL") || code == "BLOCKED" => DatabaseFault::Full,
            code if code.starts_with("SQLITE_READONLY") => DatabaseFault::ReadOnly,
            code if is_busy(code) => DatabaseFault::Busy,
            code if code.starts_with("SQLITE_CORRUPT") || code == "SQLITE_NOTADB" => {
                DatabaseFault::Damaged
            }
            code if code.starts_with("AUTH_") || code == "SQLITE_AUTH" => DatabaseFault::Denied,
            _ => DatabaseFault::Other,
        };
        self.failed(fault, false, self.harmless(refusal).into())
            .error
    }

    /// A refusal without the token, should the server be so careless as to repeat it.
    fn harmless(&self, refusal: &Refusal) -> String {
        let text = format!("{} {}", refusal.code, refusal.message);
        match &self.token {
            Some(token) if text.contains(token.expose().as_str()) => String::new(),
            _ => text.trim().to_owned(),
        }
    }

    fn failed(
        &self,
        fault: DatabaseFault,
        may_pass: bool,
        source: Box<dyn Error + Send + Sync>,
    ) -> Failure {
        let error = StoreError::Database {
            place: self.base.clone(),
            fault,
            source,
        };
        Failure { error, may_pass }
    }
}

/// Why an attempt failed, and whether another may not.
struct Failure {
    error: StoreError,
    may_pass: bool,
}

/// Whether another transaction is in the way.
pub(super) fn is_busy(code: &str) -> bool {
    code.starts_with("SQLITE_BUSY") || code.starts_with("SQLITE_LOCKED")
}

/// What the paths of the protocol are added to.
fn base(url: &str) -> Result<String, StoreError> {
    let wrong = |why: &str| StoreError::Database {
        // Not the URL itself: there may be a token in it.
        place: "the URL that was given".to_owned(),
        fault: DatabaseFault::NotFound,
        source: why.into(),
    };
    let (scheme, rest) = url
        .trim()
        .split_once("://")
        .ok_or_else(|| wrong("it has no scheme, as libsql:// or https://"))?;
    // https://github.com/tursodatabase/libsql/blob/main/docs/HTTP_V2_SPEC.md
    let scheme = match scheme {
        "libsql" | "https" => "https",
        "http" => "http",
        _ => return Err(wrong("its scheme must be libsql, https or http")),
    };
    if rest.contains(['?', '#', '@']) {
        return Err(wrong("it must end with the path: give the token by itself"));
    }
    let rest = rest.trim_end_matches('/');
    match rest.is_empty() {
        true => Err(wrong("it names no host")),
        false => Ok(format!("{scheme}://{rest}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_become_what_paths_are_added_to_and_tokens_are_not_shown() {
        let good = [
            ("libsql://a.turso.io", "https://a.turso.io"),
            ("https://a.turso.io/", "https://a.turso.io"),
            ("http://127.0.0.1:8080/db/", "http://127.0.0.1:8080/db"),
        ];
        for (url, wanted) in good {
            assert_eq!(base(url).unwrap(), wanted);
        }
        let bad = [
            "a.turso.io",
            "wss://a.turso.io",
            "file:a.db",
            "libsql://",
            "libsql://a.turso.io?authToken=sesame",
            "https://user:sesame@a.turso.io",
        ];
        for url in bad {
            let error = base(url).unwrap_err().to_string();
            assert!(error.contains("check the URL"), "{error}");
            assert!(!error.contains("sesame"), "{error}");
        }
        let server = Server::new("http://a", "sesame".to_owned()).unwrap();
        assert!(!format!("{server:?}").contains("sesame"));
        let refusal = Refusal {
            code: String::new(),
            message: "sesame is no token".to_owned(),
        };
        let text = server.refused(StatusCode::UNAUTHORIZED, &refusal).error;
        assert!(!text.to_string().contains("sesame"), "{text}");
    }
}
