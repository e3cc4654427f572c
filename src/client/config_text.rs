//! How settings are read from text, and written as text: what `serde` cannot know by itself.
use std::path::PathBuf;
use std::time::Duration;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::session_place::SessionPlace;
use crate::mtproto::RestartPolicy;
use crate::secret::Secret;
use crate::store::StringSession;

/// A secret is read. There is no way to write one.
pub(super) fn read_secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret<String>, D::Error> {
    String::deserialize(from).map(Secret::new)
}

/// A session as it stands in a file.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    File(PathBuf),
    Memory,
    #[serde(skip_serializing)]
    Login(String),
}

impl Serialize for SessionPlace {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let place = match self {
            _ if self.is_login() => {
                return Err(S::Error::custom(
                    "a login is not written: it is the account",
                ));
            }
            Self::File(path) => Place::File(path.clone()),
            Self::Memory => Place::Memory,
            Self::Login(_) | Self::Store(_) => {
                return Err(S::Error::custom("a store of one's own cannot be written"));
            }
        };
        place.serialize(to)
    }
}

impl<'de> Deserialize<'de> for SessionPlace {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match Place::deserialize(from)? {
            Place::File(path) => Self::File(path),
            Place::Memory => Self::Memory,
            Place::Login(text) => {
                Self::Login(StringSession::parse(&text).map_err(D::Error::custom)?)
            }
        })
    }
}

/// When connections come back, as it stands in a file: `"never"`, `{"fixed": 10}`.
#[derive(Deserialize, Serialize)]
#[serde(remote = "RestartPolicy", rename_all = "lowercase")]
pub(super) enum Restarts {
    Adaptive,
    Fixed(#[serde(with = "seconds")] Duration),
    Exponential {
        #[serde(with = "seconds")]
        first: Duration,
        #[serde(with = "seconds")]
        longest: Duration,
    },
    Never,
}

/// A duration as seconds: 60, or 0.5.
pub(super) mod seconds {
    use std::time::Duration;

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::client) fn serialize<S: Serializer>(
        duration: &Duration,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match duration.subsec_nanos() {
            0 => duration.as_secs().serialize(to),
            _ => duration.as_secs_f64().serialize(to),
        }
    }

    pub(in crate::client) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Duration, D::Error> {
        let seconds = f64::deserialize(from)?;
        if seconds >= u64::MAX as f64 {
            return Ok(Duration::MAX); // As good as for ever, and as near as a text comes to it.
        }
        Duration::try_from_secs_f64(seconds).map_err(D::Error::custom)
    }
}
