//! What the model server says without any sense: nothing may come of it.
use crate::server::Server;
use crate::wire;

/// <https://core.telegram.org/mtproto/service_messages_about_messages>
const IDS_MAX: usize = 8192;

impl Server {
    /// Answers nothing, wants the impossible, or says one thing thousands of times.
    pub(crate) fn babble(&mut self, session: i64) {
        let Some(memory) = self.sessions.get(&session) else {
            return;
        };
        let theirs = memory.working.keys().next_back().copied();
        let ours: Vec<i64> = memory.unacked.keys().copied().take(100).collect();
        let any = self.dice.number() as i64;
        let one = theirs.unwrap_or(any);
        let many = vec![one; self.dice.pick(&[2, 40, IDS_MAX])];
        let (what, content, body) = match self.dice.below(10) {
            0 => ("a pong for nothing", false, wire::pong(any, 5)),
            1 => {
                let packed = wire::gzip(&wire::update(self.next_id(false)));
                ("an update as a result", true, wire::rpc_result(0, &packed))
            }
            2 => ("salts for nothing", false, self.senseless_salts(any)),
            3 => {
                let none = wire::object(0x62d3_50c9).long(any).0;
                ("no session to destroy", false, none)
            }
            4 => {
                let copy = wire::object(0xe060_46b2).long(any).int(7).0;
                ("a copy", true, copy)
            }
            5 => ("states of what?", false, wire::state_info(one, &[1, 1, 1])),
            6 => ("acks", false, wire::ids(0x62d6_b459, &many)),
            7 => {
                let error = wire::rpc_error(400, "NOBODY_ASKED");
                ("an error for nobody", true, wire::rpc_result(any, &error))
            }
            8 => {
                let all = wire::Object(wire::ids(0x8cc0_d131, &many)).bytes(&[1]).0;
                ("all info", false, all)
            }
            _ if self.dice.chance(500) => ("resend!", false, wire::ids(0x7d86_1a08, &many)),
            _ => ("answers!", false, wire::ids(0x8610_baeb, &ours)),
        };
        self.say(session, body, content, what.into(), None);
    }

    /// A list that nobody has asked for, of salts that hold at impossible times.
    fn senseless_salts(&mut self, req_msg_id: i64) -> Vec<u8> {
        let times = [(i32::MIN, i32::MAX), (i32::MAX, i32::MIN), (0, -1)];
        let start = wire::object(0xae50_0895).long(req_msg_id).int(-1).int(3);
        let put = |list: wire::Object, (from, to): &(i32, i32)| list.int(*from).int(*to).long(3);
        times.iter().fold(start, put).0
    }
}
