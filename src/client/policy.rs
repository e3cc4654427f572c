//! What to do when the server answers no: a pure decision.
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::time::Duration;

use super::retry_policy::{RetryContext, RetryPolicy};
use crate::dc::DcId;
use crate::mtproto::RpcError;

/// A chain of migrations longer than this goes in a circle.
const HOPS_MAX: u32 = 3;
/// The least pause after a server's inner error.
///
/// See <https://core.telegram.org/api/errors>.
const SERVER_PAUSE: Duration = Duration::from_secs(1);
/// However short the server says: it counts in whole seconds.
const FLOOD_PAUSE_MIN: Duration = Duration::from_secs(1);

/// What one call has gone through so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tries {
    pub(crate) hops: u32,
    pub(crate) floods: u32,
    pub(crate) server_errors: u32,
    pub(crate) waited: Duration,
}

/// The limits of one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits<'a> {
    /// Whether the call goes on waiting, where it may.
    pub(crate) policy: &'a dyn RetryPolicy,
    /// The method's name.
    pub(crate) method: &'static str,
    /// What is left until the deadline.
    pub(crate) remaining: Duration,
    /// The request may be carried out twice without harm.
    pub(crate) harmless: bool,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The error is the caller's.
    GiveUp,
    /// The same again after a pause.
    Wait(Duration),
    /// The account lives there: that is home from now on, and the request goes there.
    MoveHome(DcId),
    /// Only this request goes there.
    SendTo(DcId),
}

/// Decides by the error, by what was tried before, and by the time that is left.
///
/// See <https://core.telegram.org/api/errors>.
pub(crate) fn decide(error: &RpcError, tries: &mut Tries, limits: &Limits<'_>) -> Step {
    match error.code {
        303 => migrate(error, tries),
        420 => flood(error, tries, limits),
        500.. | ..0 if !error.is_definite() => server_error(error, tries, limits),
        _ => Step::GiveUp,
    }
}

fn migrate(error: &RpcError, tries: &mut Tries) -> Step {
    tries.hops += 1;
    let Some(dc) = error.value().and_then(|dc| i32::try_from(dc).ok()) else {
        return Step::GiveUp;
    };
    if tries.hops > HOPS_MAX {
        return Step::GiveUp;
    }
    match &*error.name() {
        "PHONE_MIGRATE" | "NETWORK_MIGRATE" | "USER_MIGRATE" => Step::MoveHome(DcId(dc)),
        "FILE_MIGRATE" | "STATS_MIGRATE" => Step::SendTo(DcId(dc)),
        _ => Step::GiveUp,
    }
}

fn flood(error: &RpcError, tries: &mut Tries, limits: &Limits<'_>) -> Step {
    // A wait of no time at all would be a loop without a pause.
    let Some(wait) = error.wait().map(|wait| wait.max(FLOOD_PAUSE_MIN)) else {
        return Step::GiveUp;
    };
    tries.floods = tries.floods.saturating_add(1);
    pause(error, tries.floods, wait, tries, limits)
}

/// The server may or may not have carried the request out.
fn server_error(error: &RpcError, tries: &mut Tries, limits: &Limits<'_>) -> Step {
    tries.server_errors = tries.server_errors.saturating_add(1);
    match limits.harmless {
        true => pause(error, tries.server_errors, SERVER_PAUSE, tries, limits),
        false => Step::GiveUp,
    }
}

/// A pause that ends after the deadline is no use: the caller is told now.
fn pause(
    error: &RpcError,
    fail_count: u32,
    least: Duration,
    tries: &mut Tries,
    limits: &Limits<'_>,
) -> Step {
    let context = RetryContext {
        method: limits.method,
        error,
        fail_count: NonZeroU32::new(fail_count).unwrap_or(NonZeroU32::MIN),
        slept_so_far: tries.waited,
        pause: least,
        remaining: limits.remaining,
    };
    let ControlFlow::Continue(pause) = limits.policy.should_retry(&context) else {
        return Step::GiveUp;
    };
    let pause = pause.max(least);
    if pause >= limits.remaining {
        return Step::GiveUp;
    }
    tries.waited += pause;
    Step::Wait(pause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::retry_policy::AutoSleep;

    fn error(code: i32, message: &str) -> RpcError {
        RpcError::new(code, message)
    }

    const LIMITS: Limits<'_> = Limits {
        policy: &AutoSleep {
            threshold: Duration::from_secs(60),
        },
        method: "help.getConfig",
        remaining: Duration::from_secs(100),
        harmless: true,
    };

    #[test]
    fn migrations_move_home_or_one_request() {
        let mut tries = Tries::default();
        let home = decide(&error(303, "USER_MIGRATE_4"), &mut tries, &LIMITS);
        assert_eq!(home, Step::MoveHome(DcId(4)));
        let file = decide(&error(303, "FILE_MIGRATE_2"), &mut tries, &LIMITS);
        assert_eq!(file, Step::SendTo(DcId(2)));
        let third = decide(&error(303, "PHONE_MIGRATE_4"), &mut tries, &LIMITS);
        assert_eq!(third, Step::MoveHome(DcId(4)));
        let circle = decide(&error(303, "PHONE_MIGRATE_2"), &mut tries, &LIMITS);
        assert_eq!(circle, Step::GiveUp);
        let nonsense = decide(&error(303, "PHONE_MIGRATE"), &mut Tries::default(), &LIMITS);
        assert_eq!(nonsense, Step::GiveUp);
    }

    #[test]
    fn floods_are_waited_out_up_to_the_threshold_in_all() {
        let mut tries = Tries::default();
        let flood = error(420, "FLOOD_WAIT_40");
        assert_eq!(
            decide(&flood, &mut tries, &LIMITS),
            Step::Wait(Duration::from_secs(40))
        );
        assert_eq!(decide(&flood, &mut tries, &LIMITS), Step::GiveUp);
        let frozen = error(420, "FROZEN_METHOD_INVALID");
        assert_eq!(
            decide(&frozen, &mut Tries::default(), &LIMITS),
            Step::GiveUp
        );
    }

    #[test]
    fn a_wait_of_no_time_is_a_pause_and_comes_to_an_end() {
        let mut tries = Tries::default();
        let flood = error(420, "FLOOD_WAIT_0");
        for _ in 0..60 {
            let step = decide(&flood, &mut tries, &LIMITS);
            assert_eq!(step, Step::Wait(Duration::from_secs(1)));
        }
        assert_eq!(decide(&flood, &mut tries, &LIMITS), Step::GiveUp);
    }

    #[test]
    fn a_wait_beyond_the_deadline_fails_at_once() {
        let limits = Limits {
            remaining: Duration::from_secs(30),
            ..LIMITS
        };
        let flood = error(420, "FLOOD_WAIT_30");
        assert_eq!(decide(&flood, &mut Tries::default(), &limits), Step::GiveUp);
        let limits = Limits {
            remaining: Duration::from_secs(31),
            ..LIMITS
        };
        let step = decide(&flood, &mut Tries::default(), &limits);
        assert_eq!(step, Step::Wait(Duration::from_secs(30)));
    }

    #[test]
    fn no_policy_shortens_a_wait_outlasts_the_deadline_or_repeats_what_may_do_harm() {
        let hasty = |_: &RetryContext<'_>| ControlFlow::Continue(Duration::ZERO);
        let limits = Limits {
            policy: &hasty,
            ..LIMITS
        };
        let mut tries = Tries::default();
        let flood = decide(&error(420, "FLOOD_WAIT_9"), &mut tries, &limits);
        assert_eq!(flood, Step::Wait(Duration::from_secs(9)));
        let inner = decide(&error(500, "X"), &mut tries, &limits);
        assert_eq!(inner, Step::Wait(Duration::from_secs(1)));
        let harmful = Limits {
            harmless: false,
            ..limits
        };
        let inner = decide(&error(500, "X"), &mut tries, &harmful);
        assert_eq!(inner, Step::GiveUp);
        let slow = |_: &RetryContext<'_>| ControlFlow::Continue(Duration::MAX);
        let limits = Limits {
            policy: &slow,
            ..LIMITS
        };
        let flood = decide(&error(420, "FLOOD_WAIT_9"), &mut tries, &limits);
        assert_eq!(flood, Step::GiveUp);
    }

    #[test]
    fn server_errors_repeat_only_what_is_harmless() {
        let mut tries = Tries::default();
        for seconds in [1, 2, 4, 8, 16, 32] {
            let step = decide(&error(-503, "Timeout"), &mut tries, &LIMITS);
            assert_eq!(step, Step::Wait(Duration::from_secs(seconds)));
        }
        assert_eq!(decide(&error(500, "X"), &mut tries, &LIMITS), Step::GiveUp);
        let limits = Limits {
            harmless: false,
            ..LIMITS
        };
        let step = decide(&error(500, "X"), &mut Tries::default(), &limits);
        assert_eq!(step, Step::GiveUp);
    }

    #[test]
    fn what_the_server_has_decided_is_not_repeated() {
        for (code, name) in [
            (500, "RANDOM_ID_DUPLICATE"),
            (500, "AUTH_RESTART"),
            (-503, "MSG_WAIT_TIMEOUT"),
        ] {
            let step = decide(&error(code, name), &mut Tries::default(), &LIMITS);
            assert_eq!(step, Step::GiveUp, "{name}");
        }
    }

    #[test]
    fn the_rest_is_the_callers() {
        for code in [400, 401, 403, 404, 406] {
            let step = decide(&error(code, "X_1"), &mut Tries::default(), &LIMITS);
            assert_eq!(step, Step::GiveUp);
        }
    }
}
