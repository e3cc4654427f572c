//! What updates mean to a link.

/// Whether the server's updates matter to a link, and how much.
///
/// An account has one link that takes its updates: the one to its own data centre. See
/// <https://core.telegram.org/api/updates#subscribing-to-updates>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Attention {
    /// The link is for single requests. They are wrapped in `invokeWithoutUpdates`, and what the
    /// server tells unasked all the same is dropped.
    #[default]
    Deaf,
    /// Updates are handed out while a connection happens to stand.
    Hears,
    /// Somebody waits for them: the link connects at once, and again after each loss, even if
    /// nothing waits to be sent, and begins the updates of each connection with a request of its
    /// own.
    Listens,
}
