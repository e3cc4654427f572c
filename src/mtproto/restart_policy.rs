//! Whether a connection that is lost is made again, and when.
use std::time::Duration;

/// Whether a connection that is lost is made again, and after which pauses: for
/// [`ClientBuilder::restart_policy`](crate::ClientBuilder::restart_policy).
///
/// A good connection is never cut to make another. A server that wants to be left alone is,
/// whatever this says, and every address of a data centre is tried before a pause is made.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let builder = telegram.client_builder();
/// use std::time::Duration;
/// use ferogram_sync::RestartPolicy;
///
/// let every_ten_seconds = RestartPolicy::Fixed(Duration::from_secs(10));
/// let client = builder.restart_policy(every_ten_seconds).connect()?;
/// assert!(!client.is_authorized()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RestartPolicy {
    /// For ever, as there is unless said otherwise. The pauses grow from a tenth of a second, and
    /// stay short: at most one second at first and three later while a call waits, and half a
    /// minute after ten minutes in which nobody does.
    #[default]
    Adaptive,
    /// For ever, after the same pause each time: at least a tenth of a second, at most a day.
    Fixed(Duration),
    /// For ever, after pauses that double, of which a random half is left out, so that many
    /// clients do not come back together.
    Exponential {
        /// The first pause, and that after a connection that has lasted: at least a tenth of a
        /// second.
        first: Duration,
        /// The longest pause: at most a day.
        longest: Duration,
    },
    /// Not at all. When the connection is lost, or could not be made at any address, all calls to
    /// that data centre fail, those under way and those to come, with
    /// [`Cause::Disconnected`](crate::Cause::Disconnected) and whether they can have been carried
    /// out. When it was that of the account's own data centre, streams of updates end with
    /// [`Ended::Disconnected`](crate::Ended::Disconnected). A client made anew connects again.
    Never,
}
