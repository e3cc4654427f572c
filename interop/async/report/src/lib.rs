//! What the peers in Rust share: the facts they are given, and how they tell what worked.
use std::fmt::Debug;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use serde_json::{Value, json};

/// Whatever a peer's library says is wrong.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const PATIENCE: Duration = Duration::from_secs(20);

/// So long files may take, of which one has 100 MiB where there is time for it.
pub const FOR_FILES: Duration = Duration::from_secs(300);

/// What the peer is to connect to, and as whom.
pub struct Facts(Value);

impl Facts {
    pub fn given() -> Self {
        let text = std::env::var("INTEROP_FACTS").expect("interop/run says what to connect to");
        Self(serde_json::from_str(&text).expect("and says it in JSON"))
    }

    /// The data centres, the one to begin with first.
    pub fn dcs(&self) -> Vec<(i32, SocketAddr)> {
        let list = self.0["dcs"].as_array().expect("data centres");
        list.iter()
            .map(|dc| {
                let host: IpAddr = text(&dc["host"]).parse().expect("an address");
                let port = dc["port"].as_u64().expect("a port") as u16;
                (number(&dc["id"]) as i32, SocketAddr::new(host, port))
            })
            .collect()
    }

    /// A text about somebody, such as the `"phone"` of the `"user"`.
    pub fn text(&self, who: &str, what: &str) -> &str {
        text(&self.0[who][what])
    }

    /// Whether somebody has a second password.
    pub fn guards(&self, who: &str) -> bool {
        self.0[who]["password"].is_string()
    }

    pub fn id(&self, who: &str) -> i64 {
        number(&self.0[who]["id"])
    }

    /// Whether there is time for long files.
    pub fn has_time(&self) -> bool {
        self.0["long"] == true
    }

    /// The program that is our client's half.
    pub fn sessions(&self) -> &str {
        text(&self.0["sessions"])
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn number(value: &Value) -> i64 {
    value.as_i64().expect("a number")
}

/// Awaits the steps and tells whether they worked; what they give is the note. Gives whether they
/// worked.
pub async fn attempt(
    capability: &str,
    steps: impl Future<Output = Result<String, Failure>>,
) -> bool {
    attempt_within(PATIENCE, capability, steps).await
}

/// The same, for steps that may take so long.
pub async fn attempt_within(
    patience: Duration,
    capability: &str,
    steps: impl Future<Output = Result<String, Failure>>,
) -> bool {
    let told = match tokio::time::timeout(patience, steps).await {
        Ok(Ok(note)) => Ok(note),
        Ok(Err(failure)) => Err(failure.to_string()),
        Err(_) => Err(format!("nothing within {} s", patience.as_secs())),
    };
    let ok = told.is_ok();
    let note = told.unwrap_or_else(|failure| failure);
    println!(
        "{}",
        json!({"capability": capability, "ok": ok, "note": note})
    );
    ok
}

/// Fails when something is not as it should be; otherwise there is nothing to note.
pub fn expect<T: PartialEq + Debug>(what: &str, got: T, wanted: T) -> Result<String, Failure> {
    if got == wanted {
        Ok(String::new())
    } else {
        Err(format!("{what} is {got:?}, not {wanted:?}").into())
    }
}
