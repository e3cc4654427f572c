//! Bytes that are overwritten when they go, and never shown.
use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Holds a secret: `Debug` hides it, and its memory is overwritten when it is dropped.
///
/// There is no `PartialEq`: secrets are compared in constant time, where they are used.
#[derive(Clone)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes the secret over. The copy that the caller may still have is the caller's to erase.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Shows the secret to whoever asks by name.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> ZeroizeOnDrop for Secret<T> {}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let secret = Secret::new(String::from("hunter2"));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(secret.expose(), "hunter2");
    }
}
