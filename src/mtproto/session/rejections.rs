//! Messages of ours that the server rejects.
use super::binding::Progress;
use super::fault::Fault;
use super::ids::MsgId;
use super::receiving::{Origin, Packet};
use super::sent::Content;
use super::service::Service;
use super::session::Session;
use crate::mtproto::Cause;

/// How many rejections in a row, each of something sent after the one before had been heeded, show
/// that heeding them is of no use.
const STRIKES_MAX: u32 = 5;

impl Session {
    /// `bad_msg_notification` and `bad_server_salt`. Only what names a message of ours counts, and
    /// a salt that is told for one that has ended.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    pub(super) fn bad(
        &mut self,
        packet: &mut Packet<'_>,
        origin: Origin,
        (id, code): (MsgId, i32),
        salt: Option<i64>,
    ) -> Result<(), Fault> {
        if self.sent.get(id).is_none() {
            // Its request has ended meanwhile; what it was sealed with is wrong all the same.
            if let Some(salt) = salt
                && id <= self.sequence.last()
                && self.clock.is_acceptable(packet.now, id)
            {
                self.correct_salt(packet, origin, id, salt);
            }
            return Ok(());
        }
        self.liveness.note_answer();
        let in_vain = id > self.corrected;
        match (code, salt) {
            // A salt is what the server has to tell, whatever the code.
            (_, Some(salt)) => self.wrong_salt(packet, origin, id, salt),
            (16, _) => {
                self.clock.set(packet.now, origin.id.time());
                self.send_rejected_again(packet, id);
            }
            (17, _) => self.clock_ahead(packet, origin, id),
            // Ids or numbers that break the rules: that cannot be mended by sending them again.
            (18 | 19 | 34 | 35, _) => return self.our_mistake(id, code),
            // Too old to tell whether it was received.
            (20, _) => self.repeat_or_end_carried(id),
            // The order of the numbers is lost; only another session has a new one.
            (32 | 33, _) => {
                self.send_rejected_again(packet, id);
                self.renew_connected(packet);
            }
            // No salt was told, but the server seals with the right one.
            (48, _) => self.wrong_salt(packet, origin, id, packet.salt),
            (64, _) => self.send_rejected_again(packet, id),
            _ => self.repeat_or_end_carried(id),
        }
        if in_vain {
            self.strikes += 1;
        }
        self.corrected = self.sequence.last();
        if self.strikes > STRIKES_MAX {
            self.strikes = 0;
            return Err(Fault::AllRejected { code });
        }
        Ok(())
    }

    fn wrong_salt(&mut self, packet: &Packet<'_>, origin: Origin, id: MsgId, salt: i64) {
        self.correct_salt(packet, origin, id, salt);
        self.send_rejected_again(packet, id);
    }

    /// Our ids are too high. They can only rise within a session, so there has to be another one.
    fn clock_ahead(&mut self, packet: &mut Packet<'_>, origin: Origin, id: MsgId) {
        let time = origin.id.time();
        self.clock.set(packet.now, time);
        self.send_rejected_again(packet, id);
        self.renew_connected(packet);
    }

    /// Begins another session on this connection, and lets the server know of it at once. What was
    /// sent since the message that was rejected may have been accepted nevertheless: the server's
    /// clock can have been set right meanwhile.
    fn renew_connected(&mut self, packet: &mut Packet<'_>) {
        self.end_stranded(|_| true);
        self.pending.strand();
        self.renew(&Cause::SessionLost, packet.entropy);
        self.ping(packet.now, packet.entropy);
    }

    /// Sends everything again, under new ids, that travelled under this id: the server has not
    /// accepted it.
    fn send_rejected_again(&mut self, packet: &Packet<'_>, id: MsgId) {
        for member in self.sent.carried_by(id) {
            if let Some(request) = self.sent_request(member) {
                let repeated = self.pending.get(request).is_some_and(|e| e.repeated);
                if repeated {
                    // It may have been accepted when it was sent first: under the same id it can do
                    // no harm.
                    self.repeat_in_doubt(packet.now, request, member);
                } else {
                    self.sent.remove(member);
                    self.pending.requeue(request, true);
                }
                continue;
            }
            match self.sent.remove(member).map(|m| m.content) {
                Some(Content::Service(Service::Acks(ids))) => self.acks.restore(packet.now, &ids),
                Some(Content::Service(service)) => self.post(service),
                Some(Content::Bind) => {
                    if let Some(binding) = &mut self.binding {
                        binding.progress = Progress::Needed;
                    }
                }
                Some(Content::Greeting) => self.greeting.rejected(member),
                Some(Content::Request(_) | Content::Container) | None => {}
            }
        }
        self.sent.remove_container(id);
    }

    /// A rejection of something that was sent in the session before this one: there is nothing left
    /// to be mended, but what it names was not accepted.
    pub(super) fn bad_late(&mut self, id: MsgId, code: i32) {
        let rejected = matches!(code, 16 | 17 | 32 | 33 | 48 | 64);
        for member in self.sent.carried_by(id) {
            let Some(request) = self.stranded_request(member) else {
                continue;
            };
            self.liveness.note_answer();
            if rejected {
                self.sent.remove(member);
                self.pending.requeue(request, true);
            } else {
                self.repeat_or_end(request, &Cause::Forgotten);
            }
        }
    }

    /// Nobody knows whether what travelled under this id was received.
    fn repeat_or_end_carried(&mut self, id: MsgId) {
        for member in self.sent.carried_by(id) {
            if let Some(request) = self.sent_request(member) {
                self.repeat_or_end(request, &Cause::Forgotten);
            }
            self.greeting.rejected(member); // It does no harm twice.
        }
        self.sent.remove_container(id);
    }

    fn our_mistake(&mut self, id: MsgId, code: i32) -> Result<(), Fault> {
        for member in self.sent.carried_by(id) {
            if let Some(request) = self.sent_request(member) {
                // What was sent once more under this id may have been accepted the first time.
                let certain = self.pending.get(request).is_some_and(|e| !e.repeated);
                self.pending.requeue(request, certain);
                let problem = format!("the server rejects the message (code {code})");
                self.fail(request, Cause::Protocol(problem), None);
            }
        }
        Err(Fault::Rejected { code })
    }
}
