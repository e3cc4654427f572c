//! What goes through several boxes at once: sending, editing, deleting, reading.
//!
//! Private messages and messages of basic groups lie in the box of everybody concerned, in each
//! under an id of its own (<https://core.telegram.org/api/updates>). Every operation says what
//! happened in which box, in the order in which it happened.
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, types};

use super::chat::Member;
use super::log::{Event, Happening};
use super::mailbox::{Entry, PostId};
use super::peer::Peer;
use super::post::{Content, Letter, Post};
use super::state::World;

/// Something that happened, to be told to the sessions of an account.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) user: i64,
    /// The channel on whose board it happened; else it was the account's own box.
    pub(crate) channel: Option<i64>,
    pub(crate) event: Event,
    /// Whether the account had this conversation before.
    pub(crate) acquainted: bool,
    /// Whether it has only followed from what was called for, and so is in no answer.
    pub(crate) follows: bool,
}

impl Told {
    /// What happened in the box of an account that had the conversation before.
    pub(super) fn own(user: i64, event: Event) -> Self {
        Self {
            user,
            channel: None,
            event,
            acquainted: true,
            follows: false,
        }
    }

    /// The id of the message that is new or changed.
    pub(crate) fn message_id(&self) -> Option<i32> {
        match self.event.what {
            Happening::New(id) | Happening::Edited(id) => Some(id),
            _ => None,
        }
    }
}

impl World {
    /// Sends a message. The author's own box comes first.
    pub(crate) fn deliver(&mut self, author: i64, to: Peer, letter: Letter) -> Vec<Told> {
        if let Peer::Channel(channel) = to {
            return self.put_up(author, channel, letter);
        }
        let boxes = self.boxes(author, to, &letter);
        let post = self.keep(Post::new(author, self.now(), letter));
        let mut told = Vec::with_capacity(boxes.len());
        let mut copies = Vec::with_capacity(boxes.len());
        for (user, peer) in boxes {
            let Some(account) = self.account_mut(user) else {
                continue;
            };
            let acquainted = account.mailbox.thread(peer).is_some();
            let out = user == author;
            let entry = Entry {
                post,
                peer,
                out,
                pinned: false,
            };
            let (id, event) = account.mailbox.add(entry);
            if let (false, true, Peer::User(other)) = (out, account.is_bot(), peer) {
                account.met.insert(other);
                account.opened_by.insert(other);
            }
            copies.push((user, id));
            told.push(Told {
                acquainted,
                ..Told::own(user, event)
            });
        }
        if let Some(post) = self.posts.get_mut(&post) {
            post.copies = copies;
        }
        told
    }

    /// Gives a message another content. The author's own box comes first.
    pub(crate) fn edit(&mut self, id: PostId, content: Content) -> Vec<Told> {
        let now = self.now();
        let Some(post) = self.posts.get_mut(&id) else {
            return Vec::new();
        };
        post.content = content.clone();
        post.edit_date = Some(now);
        if let (Some((channel, id)), comments) = (post.board, post.comments) {
            let mut told = self.mark_edited(channel, id);
            told.extend(
                comments
                    .map(|copy| self.edit_copy(copy, content))
                    .unwrap_or_default(),
            );
            return told;
        }
        let copies = post.copies.clone();
        let mut told = Vec::with_capacity(copies.len());
        for (user, id) in copies {
            if let Some(account) = self.account_mut(user)
                && let Some(event) = account.mailbox.edited(id)
            {
                told.push(Told::own(user, event));
            }
        }
        told
    }

    /// Takes messages out of the box of `owner`, and with `revoke` out of everybody's. The
    /// owner's own box comes first; if nothing was there, nothing happened.
    pub(crate) fn delete(&mut self, owner: i64, ids: &[i32], revoke: bool) -> Vec<Told> {
        let Some(account) = self.account_mut(owner) else {
            return Vec::new();
        };
        let (entries, event) = account.mailbox.remove(ids);
        let mut told: Vec<Told> = Vec::new();
        told.extend(event.map(|event| Told::own(owner, event)));
        let mut elsewhere: BTreeMap<i64, Vec<i32>> = BTreeMap::new();
        for entry in entries {
            let Some(post) = self.posts.get_mut(&entry.post) else {
                continue;
            };
            if revoke {
                for (user, id) in post.copies.drain(..).filter(|(user, _)| *user != owner) {
                    elsewhere.entry(user).or_default().push(id);
                }
            } else {
                post.copies.retain(|(user, _)| *user != owner);
            }
            if post.copies.is_empty() {
                self.posts.remove(&entry.post);
            }
        }
        for (user, ids) in elsewhere {
            if let Some(account) = self.account_mut(user) {
                let (_, event) = account.mailbox.remove(&ids);
                told.extend(event.map(|event| Told::own(user, event)));
            }
        }
        told
    }

    /// `owner` reads a conversation up to `max_id` (0: all of it), and the authors of what was
    /// newly read learn of it. The owner's own box comes first.
    pub(crate) fn read(&mut self, owner: i64, peer: Peer, max_id: i32) -> Vec<Told> {
        let Some(account) = self.account_mut(owner) else {
            return Vec::new();
        };
        let Some((newly, event)) = account.mailbox.read(peer, max_id) else {
            return Vec::new();
        };
        let posts: Vec<PostId> = newly
            .iter()
            .filter_map(|id| account.mailbox.entry(*id).map(|entry| entry.post))
            .collect();
        let read = account.mailbox.thread(peer);
        let up_to = read.map_or(0, |thread| thread.read_inbox);
        let now = self.now();
        self.reads.note(owner, peer, up_to, now);
        let mut told = vec![Told::own(owner, event)];
        let mut seen: BTreeMap<i64, i32> = BTreeMap::new();
        for post in posts.iter().filter_map(|post| self.posts.get(post)) {
            if let Some(id) = post.id_for(post.author) {
                // Messages lie in all boxes in the same order: the last one is the highest.
                seen.insert(post.author, id);
            }
        }
        let theirs = match peer {
            Peer::User(_) => Peer::User(owner),
            Peer::Chat(_) | Peer::Channel(_) => peer,
        };
        for (author, id) in seen {
            if let Some(account) = self.account_mut(author)
                && !account.is_bot()
                && let Some(event) = account.mailbox.read_by_peer(theirs, id)
            {
                told.push(Told::own(author, event));
            }
        }
        told
    }

    /// Takes somebody into a group and sends the message that says so.
    pub(crate) fn join(&mut self, chat: i64, inviter: i64, user: i64) -> Vec<Told> {
        self.take_in(chat, inviter, user);
        let users = vec![user];
        let action = types::MessageActionChatAddUser { users };
        self.deliver(inviter, Peer::Chat(chat), Letter::service(action, &[user]))
    }

    /// Takes somebody in who comes of their own accord, whose message says how.
    pub(crate) fn admit(
        &mut self,
        chat: i64,
        inviter: i64,
        user: i64,
        said: enums::MessageAction,
    ) -> Vec<Told> {
        self.take_in(chat, inviter, user);
        let letter = Letter::service(said, &[user, inviter]);
        self.deliver(user, Peer::Chat(chat), letter)
    }

    fn take_in(&mut self, chat: i64, inviter: i64, user: i64) {
        let date = self.now();
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.members.insert(user, Member { inviter, date });
            chat.version += 1;
        }
    }

    /// Puts somebody (perhaps `by` itself) out of a group; the message that says so reaches the
    /// one who goes, too.
    pub(crate) fn leave(&mut self, chat: i64, by: i64, user: i64) -> Vec<Told> {
        let action = types::MessageActionChatDeleteUser { user_id: user };
        let told = self.deliver(by, Peer::Chat(chat), Letter::service(action, &[user]));
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.members.remove(&user);
            chat.admins.remove(&user);
            chat.version += 1;
        }
        told
    }

    /// Whose boxes a message goes to, and under which conversation: the author's first.
    fn boxes(&self, author: i64, to: Peer, letter: &Letter) -> Vec<(i64, Peer)> {
        let mut boxes = vec![(author, to)];
        match to {
            Peer::User(other) if other != author => boxes.push((other, Peer::User(author))),
            Peer::User(_) | Peer::Channel(_) => {}
            Peer::Chat(id) => {
                let members = self.chats.get(&id).map(|chat| chat.members.keys());
                for member in members.into_iter().flatten() {
                    if *member != author && self.shows(*member, letter) {
                        boxes.push((*member, to));
                    }
                }
            }
        }
        boxes
    }

    /// Whether a member of a group gets a message: people get all, bots in privacy mode only what
    /// is meant for them (<https://core.telegram.org/bots/features#privacy-mode>).
    pub(super) fn shows(&self, member: i64, letter: &Letter) -> bool {
        let Some(account) = self.account(member) else {
            return false;
        };
        if let Some(talk) = &letter.talk {
            return talk.user == member;
        }
        let Content::Text(text) = &letter.content else {
            return true;
        };
        if !account.is_bot() {
            return true;
        }
        let answers_it = letter
            .reply
            .as_ref()
            .and_then(|reply| self.posts.get(&reply.post))
            .is_some_and(|post| post.author == member);
        let names_it = account.username.as_ref().is_some_and(|name| {
            let mention = format!("@{}", name.to_ascii_lowercase());
            text.text.to_ascii_lowercase().contains(&mention)
        });
        text.text.starts_with('/') || answers_it || names_it
    }
}
