//! How sure a failed call can be that nothing happened.
use crate::error::Error;
use crate::mtproto::{Cause, Delivery, Unanswered};

/// The failure of something that had to come before a request, as that of the request: it was not
/// sent.
pub(crate) fn unsent(error: Error) -> Error {
    match error {
        Error::Unanswered(unanswered) => Error::Unanswered(Unanswered {
            delivery: Delivery::NotSent,
            waiting_for: format!("{}, before the request itself", unanswered.waiting_for),
            ..unanswered
        }),
        error => error,
    }
}

/// The same failure of a request that may have been carried out.
pub(crate) fn unsure(error: Error) -> Error {
    match error {
        Error::Unanswered(unanswered) => Error::Unanswered(Unanswered {
            delivery: Delivery::Unknown,
            ..unanswered
        }),
        error => Error::Unanswered(Unanswered {
            delivery: Delivery::Unknown,
            cause: Cause::Closed,
            waiting_for: format!("the answer of a request that was sent ({error})"),
        }),
    }
}

/// The failure of a later part of something of which earlier parts were carried out: who does all
/// of it again does those twice.
pub(crate) fn partly(error: Error) -> Error {
    match error {
        Error::Unanswered(it) => Error::Unanswered(Unanswered {
            delivery: Delivery::Unknown,
            waiting_for: format!("{}, with a part done before", it.waiting_for),
            ..it
        }),
        error @ Error::Net(_) => unsure(error),
        error => error,
    }
}

/// What is said of an outcome that came once and was taken: certainly not that nothing was sent.
pub(crate) fn taken() -> Unanswered {
    Unanswered {
        delivery: Delivery::Unknown,
        cause: Cause::Closed,
        waiting_for: String::from("an outcome that was taken before"),
    }
}
