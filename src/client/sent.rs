//! A request on its way.
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::certainty::taken;
use crate::mtproto::{CallError, Cause, Delivery, Outcome, RequestId, Unanswered};
use crate::net::{self, LinkId, NetError};

/// The network thread answers every request by its deadline. When it does not, because something
/// holds it up (a tracing subscriber that blocks, say), the caller goes on without it after this.
const GRACE: Duration = Duration::from_secs(5);

/// A request on its way.
pub(crate) struct Sent {
    pub(crate) link: LinkId,
    pub(crate) request: RequestId,
    /// What it calls.
    pub(crate) method: u32,
    pub(crate) answer: Receiver<(u64, Outcome)>,
    pub(crate) deadline: Instant,
}

impl Sent {
    /// Waits for the outcome, which is there by the request's deadline at the latest.
    ///
    /// # Errors
    ///
    /// [`NetError::TimedOut`] when `until` passes first; [`NetError::WouldDeadlock`] on a thread of
    /// the library.
    pub(crate) fn wait(&self, until: Option<Instant>) -> Result<Outcome, NetError> {
        let last = self.deadline + GRACE;
        let first = until.map_or(last, |until| until.min(last));
        match net::wait(&self.answer, Some(first)) {
            Ok((_, outcome)) => Ok(outcome.map_err(|error| match error {
                CallError::Rpc(refusal) => refusal.to(self.method).into(),
                unanswered @ CallError::Unanswered(_) => unanswered,
            })),
            Err(NetError::TimedOut) if first == last => {
                Ok(Err(CallError::Unanswered(Unanswered {
                    delivery: Delivery::Unknown,
                    cause: Cause::Deadline,
                    waiting_for: String::from("the network thread, which something holds up"),
                })))
            }
            // The network thread answers everything, so somebody else has the answer.
            Err(NetError::Closed) => Ok(Err(CallError::Unanswered(taken()))),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::Answer;
    use crossbeam_channel::bounded;

    #[test]
    fn a_network_thread_that_is_held_up_holds_up_nobody() {
        let (reply, answer) = bounded(1);
        let now = net::now().instant;
        let sent = |deadline| Sent {
            link: LinkId(0),
            request: RequestId(1),
            method: 0,
            answer: answer.clone(),
            deadline,
        };
        let early = sent(now + Duration::from_secs(3600)).wait(Some(now));
        assert!(matches!(early, Err(NetError::TimedOut)), "{early:?}");
        let Ok(Err(CallError::Unanswered(late))) = sent(now - GRACE).wait(None) else {
            panic!("there is an answer");
        };
        assert_eq!(late.delivery, Delivery::Unknown, "it may have been sent");
        reply.send((0, Ok(Answer::new(vec![1])))).unwrap();
        let there = sent(now - GRACE).wait(Some(now));
        assert!(
            matches!(there, Ok(Ok(_))),
            "what is there counts, though it is late"
        );
        drop(reply);
        let Ok(Err(CallError::Unanswered(gone))) = sent(now).wait(None) else {
            panic!("nothing more comes");
        };
        assert_eq!(gone.delivery, Delivery::Unknown, "it was answered once");
    }
}
