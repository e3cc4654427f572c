//! What the one who asks does, and what fate does to the network, the server and the clocks.
use std::time::Duration;

use ferogram_sync::mtproto::{Input, Request, RequestId};

use crate::fact::Fact;
use crate::server::Act;
use crate::wire;
use crate::world::{ATTENTIONS, Coming, DEAF_CALM, Verdict, World};

/// A line is free when it has carried by then all that it was given.
const SOON: Duration = Duration::from_secs(5);

/// Of so few requests that wait all may be large: they go again over each connection.
const FEW: usize = 4;

impl World {
    /// The one who asks does something, and fate does.
    pub(crate) fn whim(&mut self, p: usize) -> Verdict {
        if self.now >= self.storm {
            return Ok(());
        }
        let after = Duration::from_millis(1 + self.dice.below(self.busy));
        self.plan(after, p, Coming::Whim);
        let crowd = std::mem::take(&mut self.crowded);
        let few = self.dice.pick(&[0, 1, 1, 1, 2, 6]);
        for _ in 0..few {
            let seconds = 1 + self.dice.below(90);
            self.ask(p, seconds)?;
        }
        if crowd {
            for _ in 0..1100 {
                self.submit(p, 30, 0)?;
            }
            self.drain(p, false)?;
        }
        if self.parties[p].closes.is_some_and(|at| at <= self.now) {
            self.parties[p].closes = None;
            self.note(p, Fact::Closes)?;
            let clock = self.clock();
            self.parties[p].link.close(clock);
            self.parties[p].waiting.clear();
            self.drain(p, false)?;
        }
        if self.dice.chance(30) {
            let attention = self.dice.pick(&ATTENTIONS);
            self.note(p, Fact::Attends(attention))?;
            let clock = self.clock();
            let input = Input::Attention(attention);
            self.parties[p].link.handle_input(clock, input);
            self.drain(p, false)?;
        }
        if self.dice.chance(50)
            && let Some(tag) = self.parties[p].waiting.last().copied()
        {
            let clock = self.clock();
            self.parties[p].link.cancel(clock, RequestId(tag));
            self.note(p, Fact::Cancelled { tag })?;
            self.drain(p, false)?;
        }
        if self.dice.chance(self.bad_network) {
            self.harm(p)?;
        }
        if self.dice.chance(self.bad_network) {
            self.upset(p)?;
        }
        self.serve(p)
    }

    pub(crate) fn ask(&mut self, p: usize, seconds: u64) -> Verdict {
        let size = if self.is_slow_and_free(p) && self.dice.chance(200) {
            250_000
        } else if self.dice.chance(10) {
            40_000
        } else {
            self.dice.pick(&[0, 0, 40, 300])
        };
        self.submit(p, seconds, size)?;
        self.drain(p, false)
    }

    /// Whether the line is slow, and has not more to carry already than the calm after the storm is
    /// long enough for.
    fn is_slow_and_free(&self, p: usize) -> bool {
        let party = &self.parties[p];
        let wires = party.conn().and_then(|conn| party.wires.get(&conn));
        let is_free = wires.is_some_and(|w| w.up.arrives <= self.now + SOON);
        party.rate > 0 && is_free && party.waiting.len() < FEW
    }

    /// Asks without taking the outputs.
    fn submit(&mut self, p: usize, seconds: u64, size: usize) -> Verdict {
        let mut request = self.request(seconds, size);
        request.harmless = self.dice.chance(400);
        request.quick_ack = self.dice.chance(100);
        self.hand_in(p, request, self.now + Duration::from_secs(seconds))
    }

    /// Asks for something small that may be done twice; says under which number.
    pub(crate) fn ask_again_if_lost(&mut self, p: usize, seconds: u64) -> Result<u64, String> {
        let mut request = self.request(seconds, 0);
        request.harmless = true;
        self.hand_in(p, request, self.now + Duration::from_secs(seconds))?;
        self.drain(p, false)?;
        Ok(self.tags)
    }

    fn request(&mut self, seconds: u64, size: usize) -> Request {
        self.tags += 1;
        let deadline = self.now + Duration::from_secs(seconds);
        let body = wire::function(self.tags, size);
        Request::new(RequestId(self.tags), body, self.base + deadline)
    }

    fn hand_in(&mut self, p: usize, request: Request, deadline: Duration) -> Verdict {
        let tag = request.id.0;
        self.note(
            p,
            Fact::Asked {
                tag,
                harmless: request.harmless,
                deadline,
            },
        )?;
        if request.quick_ack {
            self.note(p, Fact::WantsHaste { tag })?;
        }
        self.parties[p].waiting.push(tag);
        let clock = self.clock();
        self.parties[p].link.submit(clock, request);
        Ok(())
    }

    /// Something happens to the connection.
    fn harm(&mut self, p: usize) -> Verdict {
        let Some(conn) = self.parties[p].conn() else {
            return Ok(());
        };
        let kind = self.dice.below(7);
        let after = Duration::from_millis(self.dice.below(1000));
        let inside = self.dice.below(400) as usize;
        let Some(wires) = self.parties[p].wires.get_mut(&conn) else {
            return Ok(());
        };
        match kind {
            0 => (wires.up.dead, wires.down.dead) = (true, true),
            1 => wires.down.dead = true,
            2 | 5 => wires.up.dead = true,
            3 => wires.down.cut_after(inside),
            6 => {
                wires.up.dead = true;
                self.parties[p].server.deafen(conn);
                self.calm = DEAF_CALM;
            }
            _ => wires.up.cut_after(inside),
        }
        self.note(p, Fact::Note(format!("harm {kind} to connection {conn}")))?;
        // The other kinds are not noticed by anybody for now.
        if kind < 2 && self.dice.chance(600) {
            self.plan(after, p, Coming::Hangup { conn, why: "cut" });
            self.plan(after, p, Coming::ServerHears { conn });
        }
        Ok(())
    }

    /// The last requests, which have to be answered whatever has happened before.
    pub(crate) fn last(&mut self, p: usize) -> Verdict {
        if self.dice.chance(200) {
            let after = Duration::from_millis(self.dice.below(1500));
            self.plan(after, p, Coming::Cut);
        }
        (0..3).try_for_each(|_| self.ask(p, 200))
    }

    /// The connection ends, and both sides know it.
    pub(crate) fn cut(&mut self, p: usize) -> Verdict {
        let Some(conn) = self.parties[p].conn() else {
            return Ok(());
        };
        if let Some(wires) = self.parties[p].wires.get_mut(&conn) {
            (wires.up.dead, wires.down.dead) = (true, true);
        }
        self.parties[p].server.closed(conn);
        self.hangup(p, conn, "cut")
    }

    /// The server's clock goes back, so that a key that was about to expire has long to go.
    pub(crate) fn ebb(&mut self, p: usize) -> Verdict {
        if self.now >= self.storm {
            return Ok(());
        }
        let back = 300 + self.dice.below(400) as i64;
        self.parties[p].server.jump(-back);
        self.note(p, Fact::Note(format!("the clock goes back by {back}")))
    }

    /// Something happens to the server.
    fn upset(&mut self, p: usize) -> Verdict {
        let kind = self.dice.below(8);
        let jump = self.dice.below(1500) as i64 - 700;
        let server = &mut self.parties[p].server;
        server.now = self.now;
        match kind {
            0 => server.forget(),
            1 => {
                server.forget();
                let conns: Vec<u32> = server.sockets.keys().copied().collect();
                server
                    .acts
                    .extend(conns.into_iter().map(|conn| Act::Shut { conn }));
            }
            2 => server.correct_salts(),
            3 => server.jump(jump),
            4 => {
                let clock = self.clock();
                self.parties[p]
                    .link
                    .handle_input(clock, Input::NetworkRestored);
                self.drain(p, false)?;
            }
            // The clock of this machine is set, or the server loses a key.
            5 if self.dice.chance(500) => self.wall += jump,
            5 if self.parties[p].exchanges => self.parties[p].server.lose_keys(),
            _ => self.parties[p].server.whim(),
        }
        self.note(p, Fact::Note(format!("upset {kind} ({jump})")))
    }
}
