//! Who is told how far a transfer is.
use super::control::{Progress, TransferHandle};

type Watch<'a> = Box<dyn FnMut(&Progress) + Send + 'a>;

/// Who is told how far a transfer is, if anybody.
#[derive(Default)]
pub(super) struct Watching<'a>(Option<Watch<'a>>);

impl<'a> Watching<'a> {
    pub(super) fn new(watch: impl FnMut(&Progress) + Send + 'a) -> Self {
        Self(Some(Box::new(watch)))
    }

    pub(super) fn tell(&mut self, handle: &TransferHandle) {
        if let Some(watch) = &mut self.0 {
            watch(&handle.progress());
        }
    }
}
