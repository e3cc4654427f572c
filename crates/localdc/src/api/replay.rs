//! The test of the whole bookkeeping: whoever follows the updates, and whoever asks for the
//! difference from any earlier state, has in the end exactly what the server has.
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Peer};

use super::fixture::{Town, pushed};
use super::seam::Caller;

/// What a client knows of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    peer: Peer,
    out: bool,
    text: String,
}

/// A client that believes what it is told, and insists on every `pts`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Follower {
    me: i64,
    pts: i32,
    messages: BTreeMap<i32, Known>,
    read_inbox: BTreeMap<Peer, i32>,
    read_outbox: BTreeMap<Peer, i32>,
}

impl Follower {
    fn new(me: i64) -> Self {
        let empty = BTreeMap::new;
        Self {
            me,
            pts: 1,
            messages: empty(),
            read_inbox: BTreeMap::new(),
            read_outbox: BTreeMap::new(),
        }
    }

    /// Nothing skipped, nothing repeated.
    fn step(&mut self, pts: i32, count: i32) {
        assert_eq!(
            self.pts + count,
            pts,
            "the updates of {} have a hole",
            self.me
        );
        self.pts = pts;
    }

    fn keep(&mut self, message: enums::Message) {
        let (id, peer, out, text) = match message {
            enums::Message::Message(message) => {
                (message.id, message.peer_id, message.out, message.message)
            }
            enums::Message::Service(message) => (
                message.id,
                message.peer_id,
                message.out,
                action(&message.action),
            ),
            other => panic!("no message to keep: {other:?}"),
        };
        self.messages.insert(
            id,
            Known {
                peer: peer_of(&peer),
                out,
                text,
            },
        );
    }

    fn apply(&mut self, updates: enums::Updates) {
        match updates {
            enums::Updates::UpdateShortMessage(short) => {
                self.step(short.pts, short.pts_count);
                let peer = Peer::User(short.user_id);
                let known = Known {
                    peer,
                    out: short.out,
                    text: short.message,
                };
                self.messages.insert(short.id, known);
            }
            enums::Updates::UpdateShortChatMessage(short) => {
                self.step(short.pts, short.pts_count);
                assert_eq!(short.out, short.from_id == self.me);
                let peer = Peer::Chat(short.chat_id);
                let known = Known {
                    peer,
                    out: short.out,
                    text: short.message,
                };
                self.messages.insert(short.id, known);
            }
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
            enums::Update::NewMessage(new) => {
                step(new.pts, new.pts_count);
                self.keep(new.message);
            }
            enums::Update::EditMessage(edit) => {
                step(edit.pts, edit.pts_count);
                self.keep(edit.message);
            }
            enums::Update::DeleteMessages(gone) => {
                step(gone.pts, gone.pts_count);
                assert_eq!(
                    gone.messages.len(),
                    usize::try_from(gone.pts_count).expect("a count")
                );
                self.messages.retain(|id, _| !gone.messages.contains(id));
            }
            enums::Update::ReadHistoryInbox(read) => {
                step(read.pts, read.pts_count);
                self.read_inbox.insert(peer_of(&read.peer), read.max_id);
            }
            enums::Update::ReadHistoryOutbox(read) => {
                step(read.pts, read.pts_count);
                self.read_outbox.insert(peer_of(&read.peer), read.max_id);
            }
            enums::Update::MessageId(_) | enums::Update::ChatParticipants(_) => {}
            other => panic!("unexpected update: {other:?}"),
        }
    }

    /// Asks for the difference until nothing is left.
    fn catch_up(&mut self, town: &mut Town, slice: Option<i32>) {
        loop {
            let request = functions::updates::GetDifference {
                pts: self.pts,
                pts_limit: slice,
                date: town.now,
                ..Default::default()
            };
            let (new, others, state, done) = match town.ask(self.me, &request) {
                enums::updates::Difference::Empty(_) => return,
                enums::updates::Difference::Difference(all) => {
                    (all.new_messages, all.other_updates, all.state, true)
                }
                enums::updates::Difference::Slice(part) => (
                    part.new_messages,
                    part.other_updates,
                    part.intermediate_state,
                    false,
                ),
                other => panic!("not this: {other:?}"),
            };
            for message in new {
                self.keep(message);
            }
            for update in others {
                self.update(update, false);
            }
            let enums::updates::State::State(state) = state;
            assert!(state.pts > self.pts, "no progress");
            self.pts = state.pts;
            if done {
                return;
            }
        }
    }

    /// Compares with what the server has.
    fn assert_true(&self, town: &Town) {
        let account = town.world.account(self.me).expect("it exists");
        assert_eq!(self.pts, account.mailbox.pts());
        let mut truth = BTreeMap::new();
        for (peer, thread) in account.mailbox.threads() {
            for id in &thread.ids {
                let entry = account.mailbox.entry(*id).expect("threads hold entries");
                let text = match &town.world.posts[&entry.post].content {
                    Content::Text(text) => text.text.clone(),
                    Content::Service(service) => action(&service.action),
                };
                let out = entry.out && peer != Peer::User(self.me);
                truth.insert(*id, Known { peer, out, text });
            }
            let unread = thread.ids.iter().filter(|id| {
                let entry = account.mailbox.entry(**id);
                **id > thread.read_inbox && entry.is_some_and(|entry| !entry.out)
            });
            assert_eq!(Ok(thread.unread), i32::try_from(unread.count()));
            let read = self.read_inbox.get(&peer).copied().unwrap_or(0);
            assert_eq!(read, thread.read_inbox, "{peer:?}");
            let read = self.read_outbox.get(&peer).copied().unwrap_or(0);
            assert_eq!(read, thread.read_outbox, "{peer:?}");
        }
        assert_eq!(self.messages, truth);
    }
}

fn action(action: &enums::MessageAction) -> String {
    match action {
        enums::MessageAction::ChatCreate(_) => "created".to_owned(),
        enums::MessageAction::ChatAddUser(_) => "joined".to_owned(),
        enums::MessageAction::ChatDeleteUser(_) => "left".to_owned(),
        other => panic!("unexpected action: {other:?}"),
    }
}

fn peer_of(peer: &enums::Peer) -> Peer {
    match peer {
        enums::Peer::User(user) => Peer::User(user.user_id),
        enums::Peer::Chat(chat) => Peer::Chat(chat.chat_id),
        other => panic!("unexpected peer: {other:?}"),
    }
}

/// Numbers that a seed decides.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).expect("fewer than the sides")
    }
}

/// People, a bot and a group, and a follower for each account.
struct Stage {
    town: Town,
    followers: Vec<Follower>,
    dice: Dice,
    bot: i64,
    group: i64,
    random_id: i64,
}

impl Stage {
    fn new(seed: u64) -> Self {
        let mut town = Town::new();
        let mut users: Vec<i64> = (0..4)
            .map(|number| town.user(number, &format!("user_no{number}")))
            .collect();
        let bot = town.bot("77:token", "helper_bot");
        users.push(bot);
        let followers = users.iter().map(|user| Follower::new(*user)).collect();
        let mut stage = Self {
            town,
            followers,
            dice: Dice(seed),
            bot,
            group: 0,
            random_id: 0,
        };
        let creator = users[0];
        let members = users[1..4].iter().map(|user| {
            let access_hash = stage.town.world.access_hash(creator, *user);
            types::InputUser {
                user_id: *user,
                access_hash,
            }
            .into()
        });
        let request = functions::messages::CreateChat {
            users: members.collect(),
            title: "Group".to_owned(),
            ttl_period: None,
        };
        let caller = stage.town.caller(creator);
        let called = stage
            .town
            .call(&caller, &request)
            .expect("it can be founded");
        stage.group = 1;
        let enums::messages::InvitedUsers::Users(invited) = called.value;
        stage.follower(creator).apply(invited.updates);
        stage.told(&caller, &called.reply.pushes);
        stage
    }

    fn follower(&mut self, user: i64) -> &mut Follower {
        self.followers
            .iter_mut()
            .find(|follower| follower.me == user)
            .expect("everybody has one")
    }

    /// Hands pushes out. The caller's own session has got its answer instead.
    fn told(&mut self, caller: &Caller, pushes: &[super::seam::Push]) {
        for (push, (user, updates)) in pushes.iter().zip(pushed(pushes)) {
            let own = push.except == Some(caller.session);
            assert_eq!(own, Some(user) == caller.user);
            if !own {
                self.follower(user).apply(updates);
            }
        }
    }

    fn place(&mut self, me: i64) -> enums::InputPeer {
        match self.dice.roll(8) {
            0 => enums::InputPeer::PeerSelf,
            1 | 2 if me != self.bot => types::InputPeerChat {
                chat_id: self.group,
            }
            .into(),
            _ => {
                let other = self.dice.roll(self.followers.len());
                self.town.peer(me, self.followers[other].me)
            }
        }
    }

    fn some_ids(&mut self, me: i64, count: usize) -> Vec<i32> {
        let ids: Vec<i32> = self.follower(me).messages.keys().copied().collect();
        let mut some = vec![9_999];
        for _ in 0..count.min(ids.len()) {
            some.push(ids[self.dice.roll(ids.len())]);
        }
        some
    }

    fn act(&mut self) {
        let who = self.dice.roll(self.followers.len());
        let me = self.followers[who].me;
        let caller = self.town.caller(me);
        match self.dice.roll(10) {
            0..=4 => self.send(me, &caller),
            5 | 6 => self.edit(me, &caller),
            7 => self.delete(me, &caller),
            _ => self.read(me, &caller),
        }
    }

    fn send(&mut self, me: i64, caller: &Caller) {
        self.random_id += 1;
        let message = format!("text {}", self.random_id);
        let request = functions::messages::SendMessage {
            peer: self.place(me),
            message: message.clone(),
            random_id: self.random_id,
            ..Default::default()
        };
        let Ok(called) = self.town.call(caller, &request) else {
            return;
        };
        match called.value {
            enums::Updates::UpdateShortSentMessage(sent) => {
                let enums::InputPeer::User(peer) = &request.peer else {
                    panic!("the short form is for private messages");
                };
                let known = Known {
                    peer: Peer::User(peer.user_id),
                    out: true,
                    text: message,
                };
                let follower = self.follower(me);
                follower.step(sent.pts, sent.pts_count);
                follower.messages.insert(sent.id, known);
            }
            updates => self.follower(me).apply(updates),
        }
        self.told(caller, &called.reply.pushes);
        let again = self
            .town
            .call(caller, &request)
            .expect("it was sent before");
        assert!(again.reply.pushes.is_empty(), "a random_id sends once");
    }

    fn edit(&mut self, me: i64, caller: &Caller) {
        let id = self.some_ids(me, 1).pop().unwrap_or_default();
        let Some(known) = self.follower(me).messages.get(&id).cloned() else {
            return;
        };
        let peer = match known.peer {
            Peer::User(user) => self.town.peer(me, user),
            Peer::Chat(chat_id) => types::InputPeerChat { chat_id }.into(),
            Peer::Channel(_) => panic!("there is none"),
        };
        let message = Some(format!("{}!", known.text));
        let request = functions::messages::EditMessage {
            peer,
            id,
            message,
            ..Default::default()
        };
        if let Ok(called) = self.town.call(caller, &request) {
            self.follower(me).apply(called.value);
            self.told(caller, &called.reply.pushes);
        }
    }

    fn delete(&mut self, me: i64, caller: &Caller) {
        let id = self.some_ids(me, 3);
        let revoke = self.dice.roll(2) == 0;
        let request = functions::messages::DeleteMessages {
            revoke,
            id: id.clone(),
        };
        if let Ok(called) = self.town.call(caller, &request) {
            let follower = self.follower(me);
            follower.messages.retain(|known, _| !id.contains(known));
            self.affected(me, called.value);
            self.told(caller, &called.reply.pushes);
        }
    }

    fn read(&mut self, me: i64, caller: &Caller) {
        let peer = self.place(me);
        let max_id = self.some_ids(me, 1).pop().unwrap_or_default();
        let request = functions::messages::ReadHistory {
            peer: peer.clone(),
            max_id,
        };
        if let Ok(called) = self.town.call(caller, &request) {
            // A client takes over what it has asked for itself; the test looks it up.
            let place = match peer {
                enums::InputPeer::User(user) => Peer::User(user.user_id),
                enums::InputPeer::Chat(chat) => Peer::Chat(chat.chat_id),
                _ => Peer::User(me),
            };
            let account = self.town.world.account(me).expect("it exists");
            let read = account
                .mailbox
                .thread(place)
                .map_or(0, |thread| thread.read_inbox);
            if read > 0 {
                self.follower(me).read_inbox.insert(place, read);
            }
            self.affected(me, called.value);
            self.told(caller, &called.reply.pushes);
        }
    }

    fn affected(&mut self, me: i64, affected: enums::messages::AffectedMessages) {
        let enums::messages::AffectedMessages::Messages(affected) = affected;
        self.follower(me).step(affected.pts, affected.pts_count);
    }
}

#[test]
fn followers_and_latecomers_have_what_the_server_has() {
    for seed in 1..=3 {
        let mut stage = Stage::new(seed);
        let mut earlier: Vec<Follower> = Vec::new();
        for round in 0..2000 {
            stage.act();
            if round % 250 == 0 {
                earlier.extend(stage.followers.iter().cloned());
            }
            if round % 7 == 0 {
                stage.town.now += 1;
            }
        }
        for follower in &stage.followers {
            follower.assert_true(&stage.town);
        }
        assert!(
            stage.followers[0].messages.len() > 100,
            "the test plays with something"
        );
        for mut follower in earlier {
            let slice = [None, Some(1), Some(7), Some(100)][stage.dice.roll(4)];
            follower.catch_up(&mut stage.town, slice);
            follower.assert_true(&stage.town);
        }
    }
}
