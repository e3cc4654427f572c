//! What the model server refuses, and why.
use ferogram_sync::mtproto::Header;

use crate::server::Server;
use crate::voice::Outgoing;
use crate::wire::{self, Said};
use crate::word::Word;

/// Every reason to refuse a message.
///
/// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>
pub(crate) const REFUSALS: [i32; 11] = [16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64];

impl Server {
    /// Why a message or a container is not accepted.
    ///
    /// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>
    pub(crate) fn refusal(&mut self, header: &Header, said: &Said, again: bool) -> Option<i32> {
        let age = self.seconds() - (header.msg_id >> 32);
        if header.msg_id & 3 != 0 {
            return Some(18);
        }
        if !self.is_good(header.salt) {
            return Some(48);
        }
        if age > 300 {
            return Some(16);
        }
        if age < -30 {
            return Some(17);
        }
        let often = if again { self.mood.doubts } else { 0 };
        if self.dice.chance(self.mood.rejects.max(often)) {
            return Some(self.dice.pick(&REFUSALS));
        }
        let memory = self.sessions.get(&header.session_id)?;
        if memory.received.contains_key(&header.msg_id) {
            return Some(19);
        }
        if let Said::Container(members) = said {
            let fresh = |m: &&(i64, i32, Said)| !memory.received.contains_key(&m.0);
            let wrong = members.iter().filter(fresh).find_map(|m| {
                memory
                    .wrong_number(m.0, m.1)
                    .or_else(|| wrong_parity(m.1, &m.2))
            });
            if wrong.is_some() {
                return wrong;
            }
            if members.iter().any(|m| m.0 >= header.msg_id) {
                return Some(64);
            }
        }
        wrong_parity(header.seq_no, said)
            .or_else(|| memory.wrong_number(header.msg_id, header.seq_no))
    }

    /// Rejects a message or a container as a whole.
    ///
    /// Nobody hears of it if the client has left the session or the connection meanwhile.
    pub(crate) fn refuse(&mut self, conn: u32, header: &Header, code: i32) {
        if !self.is_served(conn, header.session_id) {
            return;
        }
        let right = self.salt();
        let mut wrong_salt = None;
        let body = if code == 48 {
            wrong_salt = (header.salt != right).then_some(header.salt);
            wire::bad_salt(header.msg_id, header.seq_no, right)
        } else {
            wire::bad_msg(header.msg_id, header.seq_no, code)
        };
        let session = header.session_id;
        let id = self.next_id(true);
        let told = vec![Word {
            session,
            id,
            carrier: id,
            what: format!("refuses {:x}: {code}", header.msg_id),
            wrong_salt,
            refuses: Some((header.msg_id, code)),
            ..Word::default()
        }];
        self.emit(
            session,
            &Outgoing {
                conn: Some(conn),
                id,
                seq_no: 0,
                body,
                told,
            },
        );
    }
}

/// <https://core.telegram.org/mtproto/description#content-related-message>
fn wrong_parity(seq_no: i32, said: &Said) -> Option<i32> {
    match said {
        Said::Request { .. } | Said::Bind | Said::Greeting { .. } => {
            (seq_no & 1 == 0).then_some(35)
        }
        Said::Acks(_) | Said::Container(_) => (seq_no & 1 == 1).then_some(34),
        _ => None,
    }
}
