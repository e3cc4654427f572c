//! A state as it is kept.
use serde_json::{Map, Value};

use super::fields::Fields;

/// A state as it is kept, with the data of the dialogue.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StateRecord {
    /// The state's key, [`FsmState::key`](super::FsmState::key). `None` when there is only data.
    pub state: Option<String>,
    /// The fields of the state.
    pub fields: Fields,
    /// The data of the dialogue.
    pub data: Fields,
    /// From when on the state and the data are of no use any more, in seconds since the Unix epoch.
    pub expires: Option<i64>,
}

impl StateRecord {
    /// Whether there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.state.is_none() && self.data.0.is_empty()
    }

    /// Whether it is of no use any more at a time, in seconds since the Unix epoch.
    #[must_use]
    pub fn has_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut all = Map::new();
        if let Some(state) = &self.state {
            all.insert("state".into(), state.clone().into());
        }
        for (name, fields) in [("fields", &self.fields), ("data", &self.data)] {
            if !fields.0.is_empty() {
                all.insert(name.into(), Value::Object(fields.0.clone()));
            }
        }
        if let Some(expires) = self.expires {
            all.insert("expires".into(), expires.into());
        }
        Value::Object(all).to_string()
    }

    /// Of JSON. `None` for what is no record.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let mut all: Map<String, Value> = serde_json::from_str(text).ok()?;
        let mut fields = |name| match all.remove(name) {
            Some(Value::Object(fields)) => Some(Fields(fields)),
            None => Some(Fields::default()),
            Some(_) => None,
        };
        Some(Self {
            fields: fields("fields")?,
            data: fields("data")?,
            state: match all.remove("state") {
                Some(Value::String(state)) => Some(state),
                None => None,
                Some(_) => return None,
            },
            expires: match all.remove("expires") {
                Some(expires) => Some(expires.as_i64()?),
                None => None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut record = StateRecord::default();
        assert_eq!(record.to_json(), "{}");
        assert_eq!(StateRecord::from_json("{}"), Some(record.clone()));
        record.state = Some("Form::Age".into());
        record.fields.put("name", "\"Ann\"").unwrap();
        record.data.put("tries", &3).unwrap();
        record.expires = Some(-7);
        assert_eq!(StateRecord::from_json(&record.to_json()), Some(record));
        for wrong in [
            "",
            "7",
            "{\"state\":1}",
            "{\"data\":[]}",
            "{\"expires\":\"x\"}",
        ] {
            assert_eq!(StateRecord::from_json(wrong), None, "{wrong}");
        }
    }
}
