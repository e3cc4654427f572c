//! Whether a call goes on waiting when the server makes it wait.
use std::fmt;
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::time::Duration;

use crate::mtproto::RpcError;

/// Decides whether a call goes on waiting, and how long, when the server says "too many requests"
/// or fails inside: for [`ClientBuilder::retry_policy`](crate::ClientBuilder::retry_policy).
///
/// It is asked by the thread that waits for the call, and only where sending the request again can
/// do no harm: after a flood wait, with which the server has refused it, and after an inner error
/// of a request that [may be repeated](crate::tl::may_be_repeated). It can neither shorten
/// [`RetryContext::pause`] nor lengthen the call's timeout. A lost connection is none of its
/// business: what may be sent again then is, and the call waits for it.
///
/// [`NoRetries`], [`AutoSleep`] and [`CircuitBreaker`](crate::CircuitBreaker) are there, and a
/// closure is one too.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let builder = telegram.client_builder();
/// use std::ops::ControlFlow;
/// use ferogram_sync::RetryContext;
///
/// let client = builder
///     .retry_policy(|it: &RetryContext<'_>| match it.fail_count.get() {
///         1 | 2 => ControlFlow::Continue(it.pause),
///         _ => ControlFlow::Break(()),
///     })
///     .connect()?;
/// assert!(!client.is_authorized()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// See <https://core.telegram.org/api/errors>.
pub trait RetryPolicy: Send + Sync {
    /// Whether the request is sent again, and after how long. `Break` gives the error to the
    /// caller.
    fn should_retry(&self, context: &RetryContext<'_>) -> ControlFlow<(), Duration>;

    /// A call of this method was answered: for those that count failures in a row.
    fn succeeded(&self, method: &'static str) {
        let _ = method;
    }
}

impl<F> RetryPolicy for F
where
    F: Fn(&RetryContext<'_>) -> ControlFlow<(), Duration> + Send + Sync,
{
    fn should_retry(&self, context: &RetryContext<'_>) -> ControlFlow<(), Duration> {
        self(context)
    }
}

impl fmt::Debug for dyn RetryPolicy + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RetryPolicy(..)")
    }
}

/// What a [`RetryPolicy`] is asked about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetryContext<'a> {
    /// The method's name in the schema, such as `messages.sendMessage`.
    pub method: &'static str,
    /// What the server said.
    pub error: &'a RpcError,
    /// How often this call was refused so, this time included: floods and inner errors are counted
    /// each by themselves.
    pub fail_count: NonZeroU32,
    /// How long this call has waited before.
    pub slept_so_far: Duration,
    /// The least pause: what the server asks for, and a second after an inner error.
    pub pause: Duration,
    /// What is left of the call's timeout. A pause that would outlast it ends the call at once.
    pub remaining: Duration,
}

impl RetryContext<'_> {
    /// Whether the server has said "too many requests": else it has failed inside.
    #[must_use]
    pub fn is_flood(&self) -> bool {
        self.error.code == 420
    }
}

/// Gives every refusal to the caller.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let builder = telegram.client_builder();
/// let client = builder.retry_policy(ferogram_sync::NoRetries).connect()?;
/// assert!(!client.is_authorized()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRetries;

impl RetryPolicy for NoRetries {
    fn should_retry(&self, _: &RetryContext<'_>) -> ControlFlow<(), Duration> {
        ControlFlow::Break(())
    }
}

/// Waits out floods up to a threshold for all waits of one call together, and inner errors for 1,
/// 2, 4, 8, 16 and 32 s. With 60 s it is the policy that there is unless said otherwise.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let builder = telegram.client_builder();
/// use std::time::Duration;
/// use ferogram_sync::AutoSleep;
///
/// let policy = AutoSleep { threshold: Duration::from_secs(10) };
/// let client = builder.retry_policy(policy).connect()?;
/// assert!(!client.is_authorized()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AutoSleep {
    /// How long one call may wait in all when the server says "too many requests".
    pub threshold: Duration,
}

/// A server that fails inside this often in a row will not recover within one call.
const SERVER_ERRORS_MAX: u32 = 6;

impl Default for AutoSleep {
    fn default() -> Self {
        Self {
            threshold: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy for AutoSleep {
    fn should_retry(&self, it: &RetryContext<'_>) -> ControlFlow<(), Duration> {
        let before = it.fail_count.get() - 1;
        let (goes_on, pause) = match it.is_flood() {
            true => (it.slept_so_far + it.pause <= self.threshold, it.pause),
            false => (
                before < SERVER_ERRORS_MAX,
                it.pause * (1 << before.min(SERVER_ERRORS_MAX)),
            ),
        };
        match goes_on {
            true => ControlFlow::Continue(pause),
            false => ControlFlow::Break(()),
        }
    }
}
