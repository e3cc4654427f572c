//! A server without sense: whatever it says, nothing panics, grows or goes round in circles.
use super::scene::*;
use crate::given::Seeded;
use ferogram_sync::store::UpdateState;
use ferogram_sync::tl::enums::{self, Update};
use ferogram_sync::tl::types;
use ferogram_sync::tracker::{Affected, CONTAINERS_MAX, HELD_MAX, HELD_MAX_BOX, Output};

const NUMBERS: &[i32] = &[
    i32::MIN,
    i32::MIN + 1,
    -1,
    0,
    1,
    2,
    9,
    10,
    11,
    12,
    13,
    101,
    1_000_200,
    i32::MAX - 1,
    i32::MAX,
];

/// Requests that one input may be worth, and outputs.
const OUTPUTS_MAX: usize = 40_000;

struct Nonsense {
    dice: Seeded,
    scene: Scene,
}

impl Nonsense {
    fn number(&mut self) -> i32 {
        NUMBERS[self.dice.below(NUMBERS.len())]
    }

    fn channel(&mut self) -> i64 {
        [CHANNEL, 6, -1, i64::MIN, i64::MAX][self.dice.below(5)]
    }

    fn update(&mut self) -> Update {
        let (pts, pts_count) = (self.number(), self.number());
        let channel_id = self.channel();
        match self.dice.below(9) {
            0 => deleted(pts, pts_count),
            1 => new(pts),
            2 => stopped(pts),
            3 => types::UpdateChannelTooLong {
                channel_id,
                pts: Some(pts).filter(|_| pts_count > 0),
            }
            .into(),
            4 => Update::PtsChanged,
            5 => plain(pts),
            6 => new_post(pts),
            7 => types::UpdateDeleteChannelMessages {
                channel_id,
                messages: Vec::new(),
                pts,
                pts_count,
            }
            .into(),
            _ => status(),
        }
    }

    fn updates(&mut self) -> Vec<Update> {
        (0..self.dice.below(5)).map(|_| self.update()).collect()
    }

    fn chats(&mut self) -> Vec<enums::Chat> {
        let channel = types::Channel {
            id: self.channel(),
            access_hash: Some(1),
            ..Default::default()
        };
        vec![channel.into(); self.dice.below(2)]
    }

    fn container(&mut self) -> enums::Updates {
        let (seq_start, seq) = (self.number(), self.number());
        let (pts, pts_count) = (self.number(), self.number());
        match self.dice.below(6) {
            0 => enums::Updates::TooLong,
            1 => alone(self.update()),
            2 => types::UpdateShortMessage {
                pts,
                pts_count,
                user_id: pts.into(),
                ..Default::default()
            }
            .into(),
            3 => types::UpdateShortSentMessage {
                pts,
                pts_count,
                ..Default::default()
            }
            .into(),
            4 => together(self.updates(), seq.min(1000)),
            _ => types::UpdatesCombined {
                updates: self.updates(),
                users: Vec::new(),
                chats: self.chats(),
                date: self.number(),
                seq_start,
                seq,
            }
            .into(),
        }
    }

    fn state(&mut self) -> enums::updates::State {
        wire(UpdateState {
            pts: self.number(),
            qts: self.number(),
            date: self.number(),
            seq: self.number(),
        })
    }

    fn difference(&mut self) -> enums::updates::Difference {
        match self.dice.below(4) {
            0 => types::updates::DifferenceEmpty {
                date: self.number(),
                seq: self.number(),
            }
            .into(),
            1 => types::updates::DifferenceTooLong { pts: self.number() }.into(),
            2 => types::updates::Difference {
                other_updates: self.updates(),
                state: self.state(),
                ..Default::default()
            }
            .into(),
            _ => types::updates::DifferenceSlice {
                new_messages: vec![post(self.number()), message(1)],
                other_updates: self.updates(),
                intermediate_state: self.state(),
                ..Default::default()
            }
            .into(),
        }
    }

    fn channel_difference(&mut self) -> enums::updates::ChannelDifference {
        let (pts, timeout) = (self.number(), Some(self.number()));
        let r#final = self.dice.below(2) == 0;
        match self.dice.below(3) {
            0 => types::updates::ChannelDifferenceEmpty {
                r#final,
                pts,
                timeout,
            }
            .into(),
            1 => types::updates::ChannelDifferenceTooLong {
                r#final,
                timeout,
                dialog: types::Dialog {
                    pts: Some(pts).filter(|_| r#final),
                    ..Default::default()
                }
                .into(),
                messages: vec![post(self.number()), message(2)],
                chats: self.chats(),
                users: Vec::new(),
            }
            .into(),
            _ => types::updates::ChannelDifference {
                r#final,
                pts,
                timeout,
                other_updates: self.updates(),
                ..Default::default()
            }
            .into(),
        }
    }

    fn name(&mut self) -> &'static str {
        [
            "FLOOD_WAIT_2147483647",
            "PERSISTENT_TIMESTAMP_INVALID",
            "CHANNEL_PRIVATE",
            "Timeout",
            "",
        ][self.dice.below(5)]
    }

    /// Does something senseless.
    fn act(&mut self) {
        let now = self.scene.now;
        let channel = self.channel();
        match self.dice.below(13) {
            0..=4 => {
                let updates = self.container();
                self.scene.tracker.handle_updates(
                    now,
                    updates,
                    ferogram_sync::tracker::Origin::Push,
                    &mut |_| self.dice.below(4) > 0,
                );
            }
            5 => {
                let affected = types::messages::AffectedHistory {
                    pts: self.number(),
                    pts_count: self.number(),
                    offset: self.number(),
                };
                let affected = Affected::from(affected).in_channel(channel);
                self.scene.tracker.handle_affected(now, affected);
            }
            6 => self.scene.tracker.handle_connected(now),
            7 => drop(self.scene.tracker.watch_channel(now, channel)),
            8 => self.scene.tracker.unwatch_channel(now, channel),
            9 => self.scene.tracker.handle_access_hash(now, channel),
            10 => {
                let millis = [1, 500, 1000, 60_000, 3_600_000][self.dice.below(5)];
                self.scene.now.instant += std::time::Duration::from_millis(millis);
            }
            11 => {
                let pts = self.number();
                self.scene.tracker.handle_dialog(now, channel, pts);
            }
            _ => self.scene.tracker.handle_lost(now),
        }
    }

    /// Answers some of what is asked for, at once, and some never or later.
    fn drain(&mut self) {
        let now = self.scene.now;
        let mut answers = 0;
        for _ in 0..OUTPUTS_MAX {
            let output = self.scene.tracker.poll_output(now);
            let refuse = self.dice.below(3) == 0;
            if answers > 20 && !matches!(output, Output::Timeout(_)) {
                continue; // No more answers to this input.
            }
            match output {
                Output::GetState | Output::GetDifference(_) if refuse => {
                    let name = self.name();
                    let failure = ferogram_sync::tracker::Failure::Refused { code: 400, name };
                    self.scene.tracker.handle_difference_error(now, failure);
                }
                Output::GetState => {
                    let state = self.state();
                    self.scene.tracker.handle_state(now, state);
                }
                Output::GetDifference(_) => {
                    let difference = self.difference();
                    self.scene.tracker.handle_difference(now, difference);
                }
                Output::GetChannelState { channel }
                | Output::GetChannelDifference { channel, .. }
                    if refuse =>
                {
                    let name = self.name();
                    let failure = ferogram_sync::tracker::Failure::Refused { code: 400, name };
                    (self.scene.tracker).handle_channel_error(now, channel, failure);
                }
                Output::GetChannelState { channel } => {
                    let pts = self.number();
                    self.scene.tracker.handle_channel_state(now, channel, pts);
                }
                Output::GetChannelDifference { channel, .. } => {
                    let difference = self.channel_difference();
                    (self.scene.tracker).handle_channel_difference(now, channel, difference);
                }
                Output::Timeout(at) => {
                    assert!(at.is_none_or(|at| at > now.instant), "the time has passed");
                    return;
                }
                _ => continue,
            }
            answers += 1;
        }
        panic!("the outputs have no end");
    }
}

#[test]
fn a_server_without_sense_does_no_harm() {
    for seed in 0..300 {
        let mut play = Nonsense {
            dice: Seeded::new(seed),
            scene: Scene::of(config(seed % 3 == 0)),
        };
        for _ in 0..300 {
            play.act();
            play.drain();
            assert!(play.scene.tracker.held() <= HELD_MAX + HELD_MAX_BOX + CONTAINERS_MAX);
        }
    }
}
