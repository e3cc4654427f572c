//! The state of a dialogue, for a handler.
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::StateError;
use super::fields::Fields;
use super::fsm_state::FsmState;
use super::key::StateKey;
use super::record::StateRecord;
use super::setup::FsmSetup;
use super::storage::{StateStorage, Swap, Versioned};
use crate::dispatch::{Context, DispatchError, FromContext};
use crate::net;

/// The state of a dialogue, as a handler's parameter: whose it is, the dispatcher's
/// [`KeyStrategy`](super::KeyStrategy) says.
///
/// What changes it is atomic: of two handlers that want to move from the same state, one is told
/// [`StateError::Changed`]; data that two write is both there.
pub struct StateContext {
    storage: Arc<dyn StateStorage>,
    key: StateKey,
    /// As it was when it was looked at last, by this handler.
    seen: Mutex<Option<Versioned>>,
    /// The state that this handler began with, or put there.
    own: Mutex<Place>,
}

/// A state without the data, by its key and its fields.
type Place = (Option<String>, Fields);

impl StateContext {
    /// The state of whoever an update is of.
    pub(in crate::dispatch) fn of(cx: &Context) -> Result<Self, StateError> {
        let setup = cx.value::<FsmSetup>().unwrap_or_default();
        let key = setup.strategy.key(cx).ok_or(StateError::Nobody)?;
        let storage = Arc::clone(&setup.storage);
        let seen = alive(storage.load(&key)?);
        let own = Mutex::new(place_of(seen.as_ref()));
        let seen = Mutex::new(seen);
        Ok(Self {
            storage,
            key,
            seen,
            own,
        })
    }

    /// Whose state it is.
    #[must_use]
    pub fn key(&self) -> StateKey {
        self.key
    }

    /// The key of the state, as it was when the handler began or changed it: `"Form::Name"`.
    #[must_use]
    pub fn state(&self) -> Option<String> {
        self.seen.lock().as_ref()?.record.state.clone()
    }

    /// The state, if there is one and it is of this enum.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when a field is not what it was when it was kept.
    pub fn current<S: FsmState>(&self) -> Result<Option<S>, StateError> {
        let seen = self.seen.lock();
        let Some(record) = seen.as_ref().map(|it| &it.record) else {
            return Ok(None);
        };
        match record.state.as_deref().and_then(|key| key.split_once("::")) {
            Some((name, variant)) if name == S::NAME => S::read(variant, &record.fields),
            _ => Ok(None),
        }
    }

    /// Enters a state, whatever was there before. The data stays.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] or [`StateError::Storage`] when it cannot be kept.
    ///
    /// # Blocking
    ///
    /// For as long as the storage takes.
    pub fn enter<S: FsmState>(&self, state: S) -> Result<(), StateError> {
        self.enter_next(&Next::of(&state, None)?)
    }

    /// The same, for a time: then the state and the data are gone, as if they had never been.
    ///
    /// # Errors
    ///
    /// As [`enter`](Self::enter).
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn enter_for<S: FsmState>(&self, state: S, time: Duration) -> Result<(), StateError> {
        self.enter_next(&Next::of(&state, Some(time))?)
    }

    /// Moves to another state, if it is still the one that this handler began with.
    ///
    /// # Errors
    ///
    /// [`StateError::Changed`] when another handler was quicker; else as [`enter`](Self::enter).
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn transition<S: FsmState>(&self, state: S) -> Result<(), StateError> {
        let next = Next::of(&state, None)?;
        self.change_state(|record| next.put(record))
    }

    /// The same, for a time: then the state and the data are gone.
    ///
    /// # Errors
    ///
    /// As [`transition`](Self::transition).
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn transition_for<S: FsmState>(&self, state: S, time: Duration) -> Result<(), StateError> {
        let next = Next::of(&state, Some(time))?;
        self.change_state(|record| next.put(record))
    }

    /// Enters a state that is no enum's.
    pub(in crate::dispatch) fn enter_key(&self, key: String) -> Result<(), StateError> {
        let (fields, time) = (Fields::default(), None);
        self.enter_next(&Next { key, fields, time })
    }

    fn enter_next(&self, next: &Next) -> Result<(), StateError> {
        self.change(|record| next.put(record))?;
        self.take_own();
        Ok(())
    }

    /// Leaves the state. The data stays.
    ///
    /// # Errors
    ///
    /// As [`transition`](Self::transition).
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn leave(&self) -> Result<(), StateError> {
        self.change_state(|record| {
            record.state = None;
            record.fields = Fields::default();
            record.expires = None;
        })
    }

    /// Forgets the state and the data.
    ///
    /// # Errors
    ///
    /// [`StateError::Storage`] when it cannot be kept.
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn clear(&self) -> Result<(), StateError> {
        self.change(|record| *record = StateRecord::default())?;
        self.take_own();
        Ok(())
    }

    /// Keeps something under a name.
    ///
    /// # Errors
    ///
    /// As [`enter`](Self::enter).
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn set_data<T: Serialize + ?Sized>(&self, name: &str, value: &T) -> Result<(), StateError> {
        let mut new = Fields::default();
        new.put(name, value)?;
        self.change(|record| record.data.0.extend(new.0.clone()))
    }

    /// What was kept under a name, if something was.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when it is something else.
    pub fn data<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StateError> {
        match self.seen.lock().as_ref() {
            Some(seen) => seen.record.data.get(name),
            None => Ok(None),
        }
    }

    /// All that was kept, by its names.
    #[must_use]
    pub fn all_data(&self) -> Fields {
        let seen = self.seen.lock();
        seen.as_ref()
            .map(|it| it.record.data.clone())
            .unwrap_or_default()
    }

    /// All that was kept, as one value whose fields have these names.
    ///
    /// # Errors
    ///
    /// [`StateError::Value`] when something is missing or something else.
    pub fn data_as<T: DeserializeOwned>(&self) -> Result<T, StateError> {
        let mut whole = Fields::default();
        whole.put("data", self.all_data().as_json())?;
        whole.field("data")
    }

    /// Changes what is kept under a name, as one step: what another handler has kept meanwhile is
    /// what the function is given.
    ///
    /// # Errors
    ///
    /// As [`enter`](Self::enter) and [`data`](Self::data).
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn update_data<T: Serialize + DeserializeOwned>(
        &self,
        name: &str,
        mut update: impl FnMut(Option<T>) -> T,
    ) -> Result<(), StateError> {
        self.try_change(|record| {
            let old = record.data.get(name)?;
            record.data.put(name, &update(old))
        })
    }

    /// Forgets the data, and stays in the state.
    ///
    /// # Errors
    ///
    /// [`StateError::Storage`] when it cannot be kept.
    ///
    /// # Blocking
    ///
    /// As [`enter`](Self::enter).
    pub fn clear_data(&self) -> Result<(), StateError> {
        self.change(|record| record.data = Fields::default())
    }

    /// A change that is right whatever was there.
    fn change(&self, mut change: impl FnMut(&mut StateRecord)) -> Result<(), StateError> {
        self.try_change(|record| {
            change(record);
            Ok(())
        })
    }

    fn try_change(
        &self,
        mut change: impl FnMut(&mut StateRecord) -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        while !self.swap(&mut change)? {
            let now = self.storage.load(&self.key)?;
            *self.seen.lock() = now;
        }
        Ok(())
    }

    /// A change that is right only for the state that this handler knows. Data may have changed.
    fn change_state(&self, mut change: impl FnMut(&mut StateRecord)) -> Result<(), StateError> {
        let mut change = |record: &mut StateRecord| {
            change(record);
            Ok(())
        };
        loop {
            let seen = alive(self.seen.lock().clone());
            if place_of(seen.as_ref()) != *self.own.lock() {
                return Err(StateError::Changed);
            }
            if self.swap(&mut change)? {
                self.take_own();
                return Ok(());
            }
            let now = self.storage.load(&self.key)?;
            *self.seen.lock() = now;
        }
    }

    /// The state that is there now is this handler's doing.
    fn take_own(&self) {
        *self.own.lock() = place_of(self.seen.lock().as_ref());
    }

    /// Changes what was seen, if it is still that.
    fn swap(
        &self,
        change: &mut impl FnMut(&mut StateRecord) -> Result<(), StateError>,
    ) -> Result<bool, StateError> {
        let seen = self.seen.lock().clone();
        let version = seen.as_ref().map(|it| it.version);
        let mut record = alive(seen).map(|it| it.record).unwrap_or_default();
        change(&mut record)?;
        let kept = Some(&record).filter(|record| !record.is_empty());
        let Swap::Kept(version) = self.storage.swap(&self.key, version, kept)? else {
            return Ok(false);
        };
        *self.seen.lock() = version.map(|version| Versioned { version, record });
        Ok(true)
    }
}

fn place_of(seen: Option<&Versioned>) -> Place {
    let record = seen.map(|it| &it.record);
    let place = record.map(|it| (it.state.clone(), it.fields.clone()));
    place.unwrap_or_default()
}

/// A state to be.
struct Next {
    key: String,
    fields: Fields,
    time: Option<Duration>,
}

impl Next {
    fn of<S: FsmState>(state: &S, time: Option<Duration>) -> Result<Self, StateError> {
        let mut fields = Fields::default();
        state.write(&mut fields)?;
        let key = state.key();
        Ok(Self { key, fields, time })
    }

    fn put(&self, record: &mut StateRecord) {
        record.state = Some(self.key.clone());
        record.fields = self.fields.clone();
        record.expires = self.time.map(|time| {
            let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
            net::now().unix_seconds().saturating_add(seconds)
        });
    }
}

/// What has not expired.
fn alive(found: Option<Versioned>) -> Option<Versioned> {
    let now = net::now().unix_seconds();
    found.filter(|it| !it.record.has_expired(now))
}

impl FromContext for StateContext {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        Ok(Self::of(cx)?)
    }
}

impl fmt::Debug for StateContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateContext")
            .field("key", &self.key)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
