//! What to do when the server answers no: a pure decision.
use std::time::Duration;

use crate::dc::DcId;
use crate::mtproto::RpcError;

/// A chain of migrations longer than this goes in a circle.
const HOPS_MAX: u32 = 3;
/// A server that fails this often in a row will not recover within one call.
const SERVER_ERRORS_MAX: u32 = 6;
/// First pause after a server's inner error; doubles each time.
///
/// See <https://core.telegram.org/api/errors>.
const SERVER_PAUSE: Duration = Duration::from_secs(1);
/// However short the server says: it counts in whole seconds.
const FLOOD_PAUSE_MIN: Duration = Duration::from_secs(1);

/// What one call has gone through so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tries {
    pub(crate) hops: u32,
    pub(crate) server_errors: u32,
    pub(crate) waited: Duration,
}

/// The limits of one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How long one call may wait for floods, all waits together.
    pub(crate) flood_threshold: Duration,
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
pub(crate) fn decide(error: &RpcError, tries: &mut Tries, limits: &Limits) -> Step {
    match error.code {
        303 => migrate(error, tries),
        420 => flood(error, tries, limits),
        500.. | ..0 if !error.is_definite() => server_error(tries, limits),
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

fn flood(error: &RpcError, tries: &mut Tries, limits: &Limits) -> Step {
    // A wait of no time at all would be a loop without a pause.
    match error.wait().map(|wait| wait.max(FLOOD_PAUSE_MIN)) {
        Some(wait) if tries.waited + wait <= limits.flood_threshold => pause(wait, tries, limits),
        _ => Step::GiveUp,
    }
}

/// The server may or may not have carried the request out.
fn server_error(tries: &mut Tries, limits: &Limits) -> Step {
    tries.server_errors += 1;
    if !limits.harmless || tries.server_errors > SERVER_ERRORS_MAX {
        return Step::GiveUp;
    }
    pause(
        SERVER_PAUSE * (1 << (tries.server_errors - 1)),
        tries,
        limits,
    )
}

/// A pause that ends after the deadline is no use: the caller is told now.
fn pause(pause: Duration, tries: &mut Tries, limits: &Limits) -> Step {
    if pause >= limits.remaining {
        return Step::GiveUp;
    }
    tries.waited += pause;
    Step::Wait(pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: i32, message: &str) -> RpcError {
        RpcError {
            code,
            message: message.to_owned(),
        }
    }

    const LIMITS: Limits = Limits {
        flood_threshold: Duration::from_secs(60),
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
