//! What the reactor asks of a protocol machine.
use super::seam::{Input, Output, Request, RequestId};
use crate::now::Now;

/// A lasting session with one server: bytes, time and requests go in, bytes and events come out.
///
/// [`crate::mtproto`] has the one that is used. It is a trait so that the reactor's own behaviour
/// can be tested against a protocol of five lines.
pub(super) trait Machine: Send {
    /// Takes a request; its answer comes as an event, by its deadline at the latest.
    fn submit(&mut self, now: Now, request: Request);
    /// Nobody waits for this request any more.
    fn cancel(&mut self, now: Now, id: RequestId);
    /// Takes what happened.
    fn handle_input(&mut self, now: Now, input: Input<'_>);
    /// What to do next. Asked again and again until it says `Timeout`.
    fn poll_output(&mut self, now: Now) -> Output;
    /// Ends every request and the connection.
    fn close(&mut self, now: Now);
    /// Gives a buffer that was transmitted back, to be filled again.
    fn recycle(&mut self, buffer: Vec<u8>);
}
