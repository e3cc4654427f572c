//! Where somebody was seen.
use crate::store::PeerKey;

/// A message in which somebody was seen of whom the server showed little.
///
/// See <https://core.telegram.org/api/min>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sighting {
    /// The chat that the message is in.
    pub(crate) place: PeerKey,
    /// The message's id there.
    pub(crate) message: i32,
}
