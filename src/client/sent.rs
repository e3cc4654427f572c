//! A request on its way.
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::certainty::taken;
use crate::mtproto::{CallError, Cause, Delivery, Outcome, RequestId, Unanswered};
use crate::net::{self, LinkId, NetError, Reply};

/// The network thread answers every request by its deadline. When it does not, because something
/// holds it up (a tracing subscriber that blocks, say), the caller goes on without it after this.
const GRACE: Duration = Duration::from_secs(5);

/// A request on its way.
pub(crate) struct Sent {
    pub(crate) link: LinkId,
    pub(crate) request: RequestId,
    /// What it calls.
    method: u32,
    reply: Arc<Reply<Outcome>>,
    /// Where the outcome goes instead, once somebody wants to select on it.
    queue: OnceLock<Receiver<(u64, Outcome)>>,
    deadline: Instant,
}

impl Sent {
    pub(crate) fn new(
        link: LinkId,
        request: RequestId,
        method: u32,
        reply: Arc<Reply<Outcome>>,
        deadline: Instant,
    ) -> Self {
        Self {
            link,
            request,
            method,
            reply,
            queue: OnceLock::new(),
            deadline,
        }
    }

    /// The queue that the outcome arrives in, from now on.
    pub(crate) fn queue(&self) -> &Receiver<(u64, Outcome)> {
        self.queue.get_or_init(|| {
            let (sender, queue) = bounded(1);
            self.reply.forward(move |outcome| {
                sender.try_send((0, outcome)).ok(); // Nobody wants it any more.
            });
            queue
        })
    }

    /// Whether the outcome was here, which is gone with this.
    pub(crate) fn is_answered(&self) -> bool {
        match self.queue.get() {
            Some(queue) => !matches!(queue.try_recv(), Err(TryRecvError::Empty)),
            None => self.reply.take().is_some(),
        }
    }

    /// Waits for the outcome, which is there by the request's deadline at the latest.
    ///
    /// # Errors
    ///
    /// [`NetError::TimedOut`] when `until` passes first; [`NetError::WouldDeadlock`] on a thread of
    /// the library.
    pub(crate) fn wait(&self, until: Option<Instant>) -> Result<Outcome, NetError> {
        let last = self.deadline + GRACE;
        let first = until.map_or(last, |until| until.min(last));
        let there = match self.queue.get() {
            Some(queue) => net::wait(queue, Some(first)).map(|(_, outcome)| outcome),
            None => net::wait_for(&self.reply, first),
        };
        match there {
            Ok(outcome) => Ok(outcome.map_err(|error| match error {
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

    #[test]
    fn a_network_thread_that_is_held_up_holds_up_nobody() {
        let now = net::now().instant;
        let (reply, queued) = (Arc::new(Reply::new()), Arc::new(Reply::new()));
        let sent = |reply: &Arc<_>, deadline| {
            Sent::new(LinkId(0), RequestId(1), 0, Arc::clone(reply), deadline)
        };
        for (reply, is_queued) in [(&reply, false), (&queued, true)] {
            let sent = |deadline| {
                let sent = sent(reply, deadline);
                if is_queued {
                    sent.queue();
                }
                sent
            };
            let early = sent(now + Duration::from_secs(3600)).wait(Some(now));
            assert!(matches!(early, Err(NetError::TimedOut)), "{early:?}");
            let Ok(Err(CallError::Unanswered(late))) = sent(now - GRACE).wait(None) else {
                panic!("there is an answer");
            };
            assert_eq!(late.delivery, Delivery::Unknown, "it may have been sent");
            let waiting = sent(now - GRACE);
            assert!(reply.answer(Ok(Answer::new(vec![1]))).is_none());
            let there = waiting.wait(Some(now));
            assert!(
                matches!(there, Ok(Ok(_))),
                "what is there counts, though it is late"
            );
        }
        let taken = sent(&queued, now);
        assert!(matches!(taken.queue().try_recv(), Err(TryRecvError::Empty)));
    }
}
