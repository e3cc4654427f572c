//! What becomes of a packet between the wire and its session: inside of a server it may lie about
//! for a while, even longer than its connection lasts.
use std::time::Duration;

use ferogram_sync::mtproto::Header;

use crate::server::{Chore, Server};
use crate::wire::Said;

/// While it lay about the client may have been told that it had not come, and have sent it again:
/// for so long that may be under way, and the server does not lose its memory. Otherwise it would
/// take both, and there is nothing that a client could do about it.
const STEADY: Duration = Duration::from_secs(10);

/// A packet that lies about.
#[derive(Clone, Debug)]
pub(crate) struct Late {
    conn: u32,
    header: Header,
    said: Said,
    again: bool,
    upheavals: u32,
}

impl Server {
    /// A packet has been opened. The session takes it in now or later.
    pub(crate) fn arrived(&mut self, conn: u32, header: &Header, said: Said) {
        self.serves(conn, header.session_id);
        let again = self.comes_again(header, &said);
        if self.is_bound(conn) && self.dice.chance(self.mood.lags) {
            // Requests so long that the client asks what has become of them.
            let long = if asks(&said) { 25_000 } else { 1_000 };
            let longest = self.dice.pick(&[1_000, long]);
            let after = Duration::from_millis(self.dice.below(longest));
            let late = Late {
                conn,
                header: *header,
                said,
                again,
                upheavals: self.upheavals,
            };
            self.later(after, Chore::Take(Box::new(late)));
        } else {
            self.take(conn, header, said, again);
        }
    }

    /// Takes in what has lain about. It is lost if all memory was lost since, and for the sake of
    /// what a client may conclude from a clock, if that was moved.
    pub(crate) fn take_late(&mut self, late: Late) {
        let known = self
            .sessions
            .get(&late.header.session_id)
            .is_some_and(|memory| memory.received.contains_key(&late.header.msg_id));
        // Its like was taken meanwhile: there is nothing to say about it.
        if late.upheavals == self.upheavals && !known {
            if asks(&late.said) {
                self.steady_until = self.now + STEADY;
            }
            self.take(late.conn, &late.header, late.said, late.again);
        }
    }

    /// Whether a request in this packet has been seen before.
    fn comes_again(&mut self, header: &Header, said: &Said) -> bool {
        let mut note = |id, said| asks(said) && !self.heard.insert((header.session_id, id));
        match said {
            Said::Container(members) => {
                let again = members.iter().filter(|m| note(m.0, &m.2));
                again.count() > 0
            }
            bare => note(header.msg_id, bare),
        }
    }
}

/// Whether there is a request in it.
fn asks(said: &Said) -> bool {
    match said {
        Said::Container(members) => members.iter().any(|m| asks(&m.2)),
        said => matches!(said, Said::Request { .. }),
    }
}
