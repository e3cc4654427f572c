//! Plays random days in a channel, and checks that whoever follows it, by what is pushed or by
//! differences, has what its board has.
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::NewChannel;

use super::fixture::{Town, pushed};

/// What somebody knows of the channel.
#[derive(Clone)]
struct Follower {
    me: i64,
    pts: i32,
    messages: BTreeMap<i32, (String, bool)>,
}

impl Follower {
    fn step(&mut self, pts: i32, count: i32) {
        assert_eq!(self.pts + count, pts, "a gap in what {} is told", self.me);
        self.pts = pts;
    }

    fn keep(&mut self, message: enums::Message) {
        let (id, known) = match message {
            enums::Message::Message(it) => (it.id, (it.message, it.pinned)),
            enums::Message::Service(it) => (it.id, (String::new(), false)),
            other => panic!("no message to keep: {other:?}"),
        };
        self.messages.insert(id, known);
    }

    fn apply(&mut self, updates: enums::Updates) {
        match updates {
            enums::Updates::UpdateShort(short) => self.update(short.update, true),
            enums::Updates::Updates(all) => {
                for update in all.updates {
                    self.update(update, true);
                }
            }
            other => panic!("unexpected container: {other:?}"),
        }
    }

    fn update(&mut self, update: enums::Update, ordered: bool) {
        let mut step = |pts, count| {
            if ordered {
                self.step(pts, count);
            }
        };
        match update {
            enums::Update::NewChannelMessage(new) => {
                step(new.pts, new.pts_count);
                self.keep(new.message);
            }
            enums::Update::EditChannelMessage(edit) => {
                step(edit.pts, edit.pts_count);
                self.keep(edit.message);
            }
            enums::Update::DeleteChannelMessages(gone) => {
                step(gone.pts, gone.pts_count);
                self.messages.retain(|id, _| !gone.messages.contains(id));
            }
            enums::Update::PinnedChannelMessages(it) => {
                step(it.pts, it.pts_count);
                for id in &it.messages {
                    if let Some(known) = self.messages.get_mut(id) {
                        known.1 = it.pinned;
                    }
                }
            }
            enums::Update::MessageId(_)
            | enums::Update::Channel(_)
            | enums::Update::ReadChannelInbox(_)
            | enums::Update::ReadChannelOutbox(_) => {}
            other => panic!("unexpected update: {other:?}"),
        }
    }

    /// Asks for differences until nothing is left.
    fn catch_up(&mut self, town: &mut Town, channel: i64, limit: i32) {
        loop {
            let request = functions::updates::GetChannelDifference {
                channel: town.channel_input(self.me, channel),
                pts: self.pts,
                limit,
                ..Default::default()
            };
            match town.ask(self.me, &request) {
                enums::updates::ChannelDifference::Empty(empty) => {
                    assert_eq!(empty.pts, self.pts);
                    return;
                }
                enums::updates::ChannelDifference::Difference(part) => {
                    part.new_messages.into_iter().for_each(|it| self.keep(it));
                    let others = part.other_updates.into_iter();
                    others.for_each(|it| self.update(it, false));
                    assert!(part.pts > self.pts, "no progress");
                    self.pts = part.pts;
                    if part.r#final {
                        return;
                    }
                }
                other => panic!("not this: {other:?}"),
            }
        }
    }

    fn assert_true(&self, town: &Town, channel: i64) {
        let it = &town.world.channels[&channel];
        assert_eq!(self.pts, it.board.pts());
        let truth = it.board.ids().iter().map(|id| {
            let posted = it.board.get(*id).expect("it is there");
            let text = town.world.posts[&posted.post].text();
            let text = text.map(|text| text.text.clone());
            let pinned = text.is_some() && posted.pinned;
            (*id, (text.unwrap_or_default(), pinned))
        });
        assert_eq!(self.messages, truth.collect());
    }
}

struct Day {
    town: Town,
    channel: i64,
    followers: Vec<Follower>,
    dice: u64,
    random_id: i64,
}

impl Day {
    fn roll(&mut self, sides: usize) -> usize {
        self.dice = self
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.dice >> 33) % sides as u64).expect("fewer than the sides")
    }

    fn some_id(&mut self) -> i32 {
        let ids = self.town.world.channels[&self.channel].board.ids().to_vec();
        ids[self.roll(ids.len())]
    }

    /// Calls a method; whoever is told applies it, the caller by the answer.
    fn call<R>(&mut self, who: usize, request: &R, answered: impl FnOnce(R::Return, &mut Follower))
    where
        R: ferogram_sync::tl::RemoteCall,
    {
        let me = self.followers[who].me;
        let caller = self.town.caller(me);
        let Ok(called) = self.town.call(&caller, request) else {
            return;
        };
        answered(called.value, &mut self.followers[who]);
        for (push, (user, updates)) in called.reply.pushes.iter().zip(pushed(&called.reply.pushes))
        {
            let follower = self.followers.iter_mut().find(|it| it.me == user);
            if push.except != Some(caller.session)
                && let Some(follower) = follower
            {
                follower.apply(updates);
            }
        }
    }

    fn act(&mut self) {
        let who = self.roll(self.followers.len());
        let me = self.followers[who].me;
        let peer = self.town.channel_peer(me, self.channel);
        let channel = self.town.channel_input(me, self.channel);
        let applied = |updates, follower: &mut Follower| follower.apply(updates);
        match self.roll(10) {
            0..=4 => {
                self.random_id += 1;
                let text = format!("text {}", self.random_id);
                let request = self.town.post(me, self.channel, &text, self.random_id);
                self.call(who, &request, applied);
            }
            5 => {
                let request = functions::messages::EditMessage {
                    peer,
                    id: self.some_id(),
                    message: Some(format!("edited {}", self.roll(1000))),
                    ..Default::default()
                };
                self.call(who, &request, applied);
            }
            6 => {
                let request = functions::messages::UpdatePinnedMessage {
                    peer,
                    id: self.some_id(),
                    unpin: self.roll(2) == 0,
                    ..Default::default()
                };
                self.call(who, &request, applied);
            }
            7 => {
                let id = vec![self.some_id(), self.some_id(), 9_999];
                let request = functions::channels::DeleteMessages {
                    channel,
                    id: id.clone(),
                };
                self.call(who, &request, |affected, follower| {
                    let enums::messages::AffectedMessages::Messages(it) = affected;
                    follower.step(it.pts, it.pts_count);
                    follower.messages.retain(|known, _| !id.contains(known));
                });
            }
            _ => {
                let max_id = self.some_id();
                let request = functions::channels::ReadHistory { channel, max_id };
                self.call(who, &request, |_, _| ());
            }
        }
    }
}

fn day(dice: u64, megagroup: bool) -> Day {
    let mut town = Town::new();
    let users: Vec<i64> = (0..4)
        .map(|number| town.user(number, &format!("user_no{number}")))
        .collect();
    let all = types::ChatAdminRights {
        post_messages: true,
        edit_messages: true,
        delete_messages: true,
        pin_messages: true,
        ..Default::default()
    };
    let new = NewChannel::private("Club").owner(users[0]);
    let mut new = new.admin(users[1], all).members(users[2..].to_vec());
    new.megagroup = megagroup;
    let channel = town.channel(new);
    let followers = users.iter().map(|me| Follower {
        me: *me,
        pts: 2,
        messages: BTreeMap::from([(1, (String::new(), false))]),
    });
    Day {
        followers: followers.collect(),
        town,
        channel,
        dice,
        random_id: 0,
    }
}

#[test]
fn followers_and_latecomers_have_what_the_board_has() {
    for seed in 1..=4 {
        let mut day = day(seed, seed % 2 == 0);
        let mut earlier = Vec::new();
        for round in 0..1500 {
            day.act();
            if round % 250 == 0 {
                earlier.extend(day.followers.iter().cloned());
            }
        }
        for follower in &day.followers {
            follower.assert_true(&day.town, day.channel);
        }
        assert!(
            day.followers[0].messages.len() > 50,
            "the test plays with something"
        );
        for mut follower in earlier {
            let limit = [1, 7, 100][day.roll(3)];
            follower.catch_up(&mut day.town, day.channel, limit);
            follower.assert_true(&day.town, day.channel);
        }
    }
}
