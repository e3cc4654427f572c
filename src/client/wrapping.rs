//! What the requests of a handle go in.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::tl::Serialize;

/// A wrapper of the API around each request of a handle, such as `invokeWithTakeout`: its bytes,
/// open at the end. Once it has ended, requests go without it.
///
/// See <https://core.telegram.org/api/invoking>.
#[derive(Clone, Debug)]
pub(crate) struct Wrapping(Arc<Bytes>);

#[derive(Debug)]
struct Bytes {
    prefix: Vec<u8>,
    over: Arc<AtomicBool>,
}

impl Wrapping {
    /// A wrapper of its own.
    pub(crate) fn new(wrapper: &dyn Serialize) -> Self {
        Self(Arc::new(Bytes {
            prefix: wrapper.to_bytes(),
            over: Arc::default(),
        }))
    }

    /// The same with another wrapper inside, which ends with it.
    pub(crate) fn around(&self, inner: &dyn Serialize) -> Self {
        let mut prefix = self.0.prefix.clone();
        inner.serialize(&mut prefix);
        let over = Arc::clone(&self.0.over);
        Self(Arc::new(Bytes { prefix, over }))
    }

    /// From now on requests go without it.
    pub(crate) fn end(&self) {
        self.0.over.store(true, Ordering::Relaxed);
    }

    /// The bytes that stand before a request now.
    fn prefix(&self) -> &[u8] {
        match self.0.over.load(Ordering::Relaxed) {
            true => &[],
            false => &self.0.prefix,
        }
    }

    /// A body that was serialised before, in the wrapper.
    pub(crate) fn wrap(&self, body: Vec<u8>) -> Vec<u8> {
        match self.prefix() {
            [] => body,
            prefix => [prefix, &body].concat(),
        }
    }
}

/// A request in its wrapper, if it goes in one.
pub(super) struct Wrapped<'a>(
    pub(super) Option<&'a Wrapping>,
    pub(super) &'a dyn Serialize,
);

impl Serialize for Wrapped<'_> {
    fn serialize(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.map_or(&[], Wrapping::prefix));
        self.1.serialize(out);
    }
}

/// Stands for the request that will follow, at the end of a wrapper.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rest;

impl Serialize for Rest {
    fn serialize(&self, _: &mut Vec<u8>) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::functions::{InvokeWithMessagesRange, InvokeWithTakeout, help::GetConfig};
    use crate::tl::types::MessageRange;

    #[test]
    fn what_is_outside_comes_first_and_all_of_it_ends_at_once() {
        let takeout = |query| InvokeWithTakeout {
            takeout_id: 7,
            query,
        };
        let outer = Wrapping::new(&takeout(Rest));
        let range = || MessageRange {
            min_id: 1,
            max_id: 9,
        };
        let inner = outer.around(&InvokeWithMessagesRange {
            range: range().into(),
            query: Rest,
        });
        let whole = InvokeWithTakeout {
            takeout_id: 7,
            query: InvokeWithMessagesRange {
                range: range().into(),
                query: GetConfig {},
            },
        };
        assert_eq!(
            Wrapped(Some(&inner), &GetConfig {}).to_bytes(),
            whole.to_bytes()
        );
        assert_eq!(inner.wrap(GetConfig {}.to_bytes()), whole.to_bytes());
        outer.end();
        let plain = GetConfig {}.to_bytes();
        assert_eq!(Wrapped(Some(&inner), &GetConfig {}).to_bytes(), plain);
        assert_eq!(inner.wrap(plain.clone()), plain);
        assert_eq!(Wrapped(None, &GetConfig {}).to_bytes(), plain);
    }
}
