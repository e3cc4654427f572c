//! What happens on the board of a channel: writing, editing, taking down, reading; coming and
//! going.
//!
//! There is one board with one state for all (<https://core.telegram.org/api/updates>): an event is
//! told to every member in the same words.
use std::collections::BTreeMap;
use std::ops::Range;

use ferogram_sync::tl::types::ChatBannedRights;

use super::board::Board;
use super::channel::Channel;
use super::delivery::Told;
use super::log::{Event, Happening};
use super::mailbox::PostId;
use super::participant::{Participant, Role};
use super::peer::Peer;
use super::post::{Letter, Post};
use super::state::World;

impl World {
    /// Takes somebody in. What they may not do stays with them, also when they come back.
    pub(crate) fn enter(&mut self, channel: i64, inviter: i64, user: i64) {
        let date = self.now();
        let Some(it) = self.channels.get_mut(&channel) else {
            return;
        };
        let last = it.board.last_id();
        let hidden = it.hidden_history;
        let participant = it.participants.entry(user);
        let participant = participant.or_insert_with(|| Participant::new(inviter, date));
        participant.here = true;
        (participant.inviter, participant.date) = (inviter, date);
        participant.read_inbox = participant.read_inbox.max(last);
        if hidden {
            participant.available_min_id = last + 1;
        }
        self.note_membership(user, channel, true);
    }

    /// Lets somebody go.
    pub(crate) fn exit(&mut self, channel: i64, user: i64) {
        let it = self.channels.get_mut(&channel);
        if let Some(participant) = it.and_then(|it| it.participants.get_mut(&user)) {
            participant.here = false;
            if matches!(participant.role, Role::Admin { .. }) {
                participant.role = Role::Member;
            }
        }
        self.note_membership(user, channel, false);
        self.staff_direct(channel);
    }

    /// Has somebody see nothing of a channel, for good.
    pub(crate) fn ban(&mut self, channel: i64, user: i64) {
        let now = self.now();
        let Some(it) = self.channels.get_mut(&channel) else {
            return;
        };
        let one = it.participants.entry(user);
        let one = one.or_insert_with(|| Participant::new(0, now));
        one.here = false;
        one.role = Role::Restricted {
            rights: ChatBannedRights {
                view_messages: true,
                ..Default::default()
            },
            by: 0,
        };
    }

    /// Writes on the board of a channel. The author is told first.
    pub(crate) fn put_up(&mut self, author: i64, channel: i64, letter: Letter) -> Vec<Told> {
        let letter = self.signed(author, channel, letter);
        let talk = letter.talk.as_ref().map(|talk| talk.user);
        let is_here = |user: &i64| {
            let it = self.channels.get(&channel);
            it.is_some_and(|it| it.member(*user).is_some())
        };
        // Nobody has to join to write to a channel.
        if let Some(user) = talk.filter(|user| !is_here(user)) {
            self.enter(channel, user, user);
        }
        let mut audience = self.audience(author, channel, Some(&letter));
        // Who may comment without being there has the answer to the call at least.
        if audience.first() != Some(&author) {
            audience.insert(0, author);
        }
        let now = self.now();
        let is_service = letter.is_service();
        let answered = letter.reply.as_ref().filter(|it| it.away.is_none());
        let answered = answered.map(|reply| reply.post);
        let post = self.keep(Post::new(author, now, letter));
        let Some(it) = self.channels.get_mut(&channel) else {
            return Vec::new();
        };
        it.changed = now;
        let (id, event) = it.board.add(post);
        it.talks.extend(talk.map(|user| (id, user)));
        let broadcast = !it.megagroup;
        if let Some(participant) = it.participants.get_mut(&author) {
            participant.read_inbox = id;
            self.reads.note(author, Peer::Channel(channel), id, now);
            if !is_service {
                participant.wrote = now;
            }
        }
        if let Some(post) = self.posts.get_mut(&post) {
            post.board = Some((channel, id));
            // Who writes has seen it: https://core.telegram.org/api/channel.
            if broadcast && !is_service {
                post.views.get_or_insert(1);
            }
            post.viewers.insert(author);
        }
        self.count_reply(answered, 1);
        let mut told = tell_all(audience, channel, &event);
        if broadcast && !is_service {
            told.extend(self.open_comments(channel, id, post));
        }
        told
    }

    /// Notes that a post has changed. The author is told first.
    pub(crate) fn mark_edited(&mut self, channel: i64, id: i32) -> Vec<Told> {
        let Some(event) = self.board_mut(channel).and_then(|board| board.edited(id)) else {
            return Vec::new();
        };
        tell_all(self.audience_of(channel, id), channel, &event)
    }

    /// Takes posts down. `by` is told first.
    pub(crate) fn take_down(&mut self, by: i64, channel: i64, ids: &[i32]) -> Vec<Told> {
        let Some(board) = self.board_mut(channel) else {
            return Vec::new();
        };
        let (posts, event) = board.remove(ids);
        for post in posts {
            let gone = self.posts.remove(&post);
            let answered = gone.and_then(|post| post.reply).map(|reply| reply.post);
            self.count_reply(answered, -1);
        }
        let Some(event) = event else {
            return Vec::new();
        };
        tell_all(self.audience(by, channel, None), channel, &event)
    }

    /// Pins posts, or unpins them. `by` is told first.
    pub(super) fn pin_up(&mut self, by: i64, channel: i64, ids: &[i32], pinned: bool) -> Vec<Told> {
        let event = self
            .board_mut(channel)
            .and_then(|board| board.pin(ids, pinned));
        let Some(event) = event else {
            return Vec::new();
        };
        tell_all(self.audience(by, channel, None), channel, &event)
    }

    /// `reader` reads a channel up to `max_id` (0: all of it), and the authors of what nobody had
    /// read before learn of it. The reader is told first; nothing if it is nothing new. None of it
    /// moves the state of the channel.
    pub(crate) fn read_channel(&mut self, reader: i64, channel: i64, max_id: i32) -> Vec<Told> {
        let Some(it) = self.channels.get(&channel) else {
            return Vec::new();
        };
        let last = it.board.top().unwrap_or(0);
        let up_to = if max_id <= 0 { last } else { max_id.min(last) };
        let old = it.member(reader).map(|member| member.read_inbox);
        let Some(old) = old.filter(|old| *old < up_to) else {
            return Vec::new();
        };
        let (pts, count, peer) = (it.board.pts(), 0, Peer::Channel(channel));
        // Of a channel nobody is told who has read it: it has views.
        let mut authors = match it.megagroup {
            true => self.authors(reader, channel, old..up_to),
            false => BTreeMap::new(),
        };
        authors.retain(|author, id| *id > it.read_by_others(*author));
        let it = self.channels.get_mut(&channel);
        if let Some(member) = it.and_then(|it| it.participants.get_mut(&reader)) {
            member.read_inbox = up_to;
        }
        let now = self.now();
        self.reads.note(reader, peer, up_to, now);
        let what = Happening::ReadInbox {
            peer,
            max_id: up_to,
            unread: self.unread_in(reader, channel),
        };
        let mut told = tell_all(vec![reader], channel, &Event { pts, count, what });
        for (author, max_id) in authors {
            let what = Happening::ReadOutbox { peer, max_id };
            told.extend(tell_all(vec![author], channel, &Event { pts, count, what }));
        }
        told
    }

    /// Who, but for the reader and bots, wrote posts after one id and up to another, and the last
    /// post of each.
    fn authors(&self, reader: i64, channel: i64, ids: Range<i32>) -> BTreeMap<i64, i32> {
        let mut authors = BTreeMap::new();
        let Some(it) = self.channels.get(&channel) else {
            return authors;
        };
        let newly = it.board.after(ids.start);
        for (id, post) in newly.take_while(|(id, _)| *id <= ids.end) {
            let author = self.posts.get(&post).map(|post| post.author);
            let counts = |author: &i64| {
                let account = self.account(*author).filter(|account| !account.is_bot());
                *author != reader && account.is_some() && it.member(*author).is_some()
            };
            if let Some(author) = author.filter(counts) {
                authors.insert(author, id);
            }
        }
        authors
    }

    /// How many messages of a channel somebody has not read.
    pub(crate) fn unread_in(&self, reader: i64, channel: i64) -> i32 {
        let Some(it) = self.channels.get(&channel) else {
            return 0;
        };
        let Some(participant) = it.member(reader) else {
            return 0;
        };
        let after = participant.read_inbox.max(participant.available_min_id - 1);
        let others = |post: &PostId| {
            let post = self.posts.get(post);
            post.is_some_and(|post| post.author != reader)
        };
        let unread = it.board.after(after);
        let unread = unread.filter(|(id, post)| it.concerns(reader, *id) && others(post));
        i32::try_from(unread.count()).unwrap_or(i32::MAX)
    }

    /// Everybody who is told of something on the board of a channel, `first` before all. Bots in
    /// privacy mode are told of letters that are for them.
    pub(crate) fn audience(&self, first: i64, channel: i64, letter: Option<&Letter>) -> Vec<i64> {
        let Some(it) = self.channels.get(&channel) else {
            return Vec::new();
        };
        let sees = |user: i64, participant: &Participant| {
            participant.admin_rights().is_some()
                || letter.is_none_or(|letter| self.shows(user, letter))
        };
        let seeing = it.members().filter(|(user, it)| sees(*user, it));
        let mut audience: Vec<i64> = seeing.map(|(user, _)| user).collect();
        if let Some(at) = audience.iter().position(|user| *user == first) {
            audience[..=at].rotate_right(1);
        }
        audience
    }

    /// Whether somebody in a channel is told of a post.
    pub(crate) fn is_told(&self, user: i64, channel: &Channel, id: i32) -> bool {
        let post = channel.board.get(id);
        let post = post.and_then(|posted| self.posts.get(&posted.post));
        post.is_some_and(|post| {
            channel.admin(user).is_some() || self.shows(user, &Letter::like(post))
        })
    }

    /// Everybody who was told of a post.
    fn audience_of(&self, channel: i64, id: i32) -> Vec<i64> {
        let post = self.channels.get(&channel).and_then(|it| it.board.get(id));
        let Some(post) = post.and_then(|posted| self.posts.get(&posted.post)) else {
            return Vec::new();
        };
        self.audience(post.author, channel, Some(&Letter::like(post)))
    }

    /// In whose name a letter is written: in a channel in the channel's, in a supergroup in the
    /// author's, or, for an anonymous administrator, in the group's
    /// (<https://core.telegram.org/api/rights#anonymous-admins>).
    fn signed(&self, author: i64, channel: i64, mut letter: Letter) -> Letter {
        let Some(it) = self.channels.get(&channel) else {
            return letter;
        };
        // https://core.telegram.org/api/monoforum: administrators write in the channel's name.
        if it.monoforum {
            letter.sender = it.direct.filter(|_| it.admin(author).is_some());
            return letter;
        }
        let anonymous = it.may(author, |rights| rights.anonymous);
        let is_service = letter.is_service();
        if !it.megagroup {
            let account = self.account(author);
            letter.sender = Some(channel);
            if it.signatures && !is_service {
                letter.signature = account.map(|account| account.full_name());
            }
        } else if anonymous && letter.sender.is_none() {
            letter.sender = Some(channel);
        }
        if it.megagroup && letter.sender == Some(channel) {
            letter.signature = it.member(author).and_then(|member| member.rank.clone());
        }
        letter
    }

    /// The board of a channel, to change something there.
    fn board_mut(&mut self, channel: i64) -> Option<&mut Board> {
        let now = self.now();
        let it = self.channels.get_mut(&channel)?;
        it.changed = now;
        Some(&mut it.board)
    }

    /// The channels of an account in which something has happened since.
    pub(crate) fn changed_since(&self, user: i64, date: i32) -> Vec<i64> {
        let channels = self.account(user).map(|account| account.channels.iter());
        let changed = |id: &&i64| {
            let channel = self.channels.get(id);
            channel.is_some_and(|channel| channel.changed >= i64::from(date))
        };
        channels
            .into_iter()
            .flatten()
            .filter(changed)
            .copied()
            .collect()
    }

    /// Notes at an account that it is in a channel, or no more.
    pub(crate) fn note_membership(&mut self, user: i64, channel: i64, here: bool) {
        if let Some(account) = self.account_mut(user) {
            match here {
                true => account.channels.insert(channel),
                false => account.channels.remove(&channel),
            };
        }
    }
}

fn tell_all(audience: Vec<i64>, channel: i64, event: &Event) -> Vec<Told> {
    let told = audience.into_iter().map(|user| Told {
        channel: Some(channel),
        ..Told::own(user, event.clone())
    });
    told.collect()
}
