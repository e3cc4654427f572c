//! Shows the world to one account: users, groups, messages and updates as that account sees them.
use std::collections::BTreeSet;

use ferogram_sync::tl::{enums, types};

use crate::world::{Account, Chat, Content, Event, Happening, Peer, Post, ReplyTo, World, date};

use super::media::seen;

/// The world as one account sees it. It remembers whom it has shown, so that an answer can carry
/// them along.
pub(crate) struct View<'w> {
    world: &'w World,
    viewer: i64,
    users: BTreeSet<i64>,
    /// Who is merely mentioned.
    mentioned: BTreeSet<i64>,
    chats: BTreeSet<i64>,
}

impl<'w> View<'w> {
    /// What `viewer` sees.
    pub(crate) fn new(world: &'w World, viewer: i64) -> Self {
        Self {
            world,
            viewer,
            users: BTreeSet::new(),
            mentioned: BTreeSet::new(),
            chats: BTreeSet::new(),
        }
    }

    /// Names a conversation.
    pub(crate) fn peer(&mut self, peer: Peer) -> enums::Peer {
        match peer {
            Peer::User(user_id) => self.user_peer(user_id),
            Peer::Chat(chat_id) => {
                self.chats.insert(chat_id);
                types::PeerChat { chat_id }.into()
            }
        }
    }

    /// Names a user.
    pub(crate) fn user_peer(&mut self, user_id: i64) -> enums::Peer {
        self.users.insert(user_id);
        types::PeerUser { user_id }.into()
    }

    /// Shows a message of the viewer's box.
    pub(crate) fn message(&mut self, id: i32) -> enums::Message {
        let world = self.world;
        let found = world.account(self.viewer).and_then(|account| {
            let entry = account.mailbox.entry(id)?;
            Some((entry.peer, entry.out, world.posts.get(&entry.post)?))
        });
        let Some((peer, out, post)) = found else {
            return types::MessageEmpty {
                id,
                ..Default::default()
            }
            .into();
        };
        let peer_id = self.peer(peer);
        // A conversation with oneself has no direction, and in a private one `peer_id` says who
        // wrote what came in: https://core.telegram.org/constructor/message.
        let from_id = match peer {
            Peer::User(other) if !out && other != self.viewer => None,
            _ => Some(self.user_peer(post.author)),
        };
        let out = out && peer != Peer::User(self.viewer);
        let reply_to = self.reply_header(post);
        let action = match &post.content {
            Content::Text(text) => {
                self.note_mentions(&text.entities);
                return types::Message {
                    out,
                    silent: post.silent,
                    noforwards: post.noforwards,
                    invert_media: text.media_above,
                    id,
                    from_id,
                    peer_id,
                    reply_to,
                    date: date(post.date),
                    message: text.text.clone(),
                    media: (text.media.as_ref()).map(|media| seen(world, self.viewer, media)),
                    reply_markup: text.markup.clone(),
                    entities: (!text.entities.is_empty()).then(|| text.entities.clone()),
                    edit_date: post.edit_date.map(date),
                    reactions: self.reactions(post),
                    ..Default::default()
                }
                .into();
            }
            content => self.action(content),
        };
        types::MessageService {
            out,
            silent: post.silent,
            id,
            from_id,
            peer_id,
            reply_to,
            date: date(post.date),
            action,
            ..Default::default()
        }
        .into()
    }

    /// Where a message of the viewer's box is, and what it says.
    pub(crate) fn place<'p>(
        &mut self,
        world: &'p World,
        id: i32,
    ) -> Option<(enums::Peer, &'p Post)> {
        let entry = world.account(self.viewer)?.mailbox.entry(id)?;
        let post = world.posts.get(&entry.post)?;
        Some((self.peer(entry.peer), post))
    }

    /// The reactions to a message, each with how many have it.
    pub(crate) fn reactions(&self, post: &Post) -> Option<enums::MessageReactions> {
        let mut results: Vec<types::ReactionCount> = Vec::new();
        for (user, reactions) in &post.reactions {
            for (order, reaction) in (0..).zip(reactions) {
                let place = results.iter().position(|it| it.reaction == *reaction);
                let place = place.unwrap_or_else(|| {
                    results.push(types::ReactionCount {
                        reaction: reaction.clone(),
                        ..Default::default()
                    });
                    results.len() - 1
                });
                results[place].count += 1;
                if *user == self.viewer {
                    results[place].chosen_order = Some(order);
                }
            }
        }
        let results: Vec<_> = results.into_iter().map(Into::into).collect();
        (!results.is_empty()).then(|| {
            types::MessageReactions {
                results,
                ..Default::default()
            }
            .into()
        })
    }

    /// What a message answers, if that still lies in the viewer's box.
    pub(crate) fn reply_header(&self, post: &Post) -> Option<enums::MessageReplyHeader> {
        let ReplyTo {
            post: answered,
            quote,
        } = post.reply.as_ref()?;
        let id = self.world.posts.get(answered)?.id_for(self.viewer)?;
        let mut header = types::MessageReplyHeader {
            reply_to_msg_id: Some(id),
            ..Default::default()
        };
        if let Some(quote) = quote {
            header.quote = true;
            header.quote_text = Some(quote.text.clone());
            header.quote_entities = quote.entities.clone();
            header.quote_offset = quote.offset;
        }
        Some(header.into())
    }

    /// Shows an event of the viewer's box.
    pub(crate) fn update(&mut self, event: &Event) -> enums::Update {
        let (pts, pts_count) = (event.pts, event.count);
        match &event.what {
            Happening::New(id) => {
                let message = self.message(*id);
                types::UpdateNewMessage {
                    message,
                    pts,
                    pts_count,
                }
                .into()
            }
            Happening::Edited(id) => {
                let message = self.message(*id);
                types::UpdateEditMessage {
                    message,
                    pts,
                    pts_count,
                }
                .into()
            }
            Happening::Deleted(messages) => types::UpdateDeleteMessages {
                messages: messages.clone(),
                pts,
                pts_count,
            }
            .into(),
            Happening::ReadInbox {
                peer,
                max_id,
                unread,
            } => types::UpdateReadHistoryInbox {
                peer: self.peer(*peer),
                max_id: *max_id,
                still_unread_count: *unread,
                pts,
                pts_count,
                ..Default::default()
            }
            .into(),
            Happening::ReadOutbox { peer, max_id } => types::UpdateReadHistoryOutbox {
                peer: self.peer(*peer),
                max_id: *max_id,
                pts,
                pts_count,
            }
            .into(),
        }
    }

    /// Everybody who was shown: users and groups.
    pub(crate) fn shown(self) -> (Vec<enums::User>, Vec<enums::Chat>) {
        let (world, viewer) = (self.world, self.viewer);
        let mentioned = self.mentioned.difference(&self.users);
        let mentioned = mentioned.map(|id| match world.is_acquainted(viewer, *id) {
            true => user(world, viewer, *id),
            false => stranger(world, viewer, *id),
        });
        let users = self.users.iter().map(|id| user(world, viewer, *id));
        let users = users.chain(mentioned).collect();
        let chats = self
            .chats
            .iter()
            .map(|id| chat(self.world, self.viewer, *id))
            .collect();
        (users, chats)
    }

    fn action(&mut self, content: &Content) -> enums::MessageAction {
        match content {
            Content::Text(_) => enums::MessageAction::Empty,
            Content::GroupCreated { title, users } => {
                self.users.extend(users);
                types::MessageActionChatCreate {
                    title: title.clone(),
                    users: users.clone(),
                }
                .into()
            }
            Content::GroupJoined(users) => {
                self.users.extend(users);
                types::MessageActionChatAddUser {
                    users: users.clone(),
                }
                .into()
            }
            Content::GroupLeft(user_id) => {
                self.users.insert(*user_id);
                types::MessageActionChatDeleteUser { user_id: *user_id }.into()
            }
        }
    }

    fn note_mentions(&mut self, entities: &[enums::MessageEntity]) {
        for entity in entities {
            if let enums::MessageEntity::MentionName(name) = entity {
                self.mentioned.insert(name.user_id);
            }
        }
    }
}

/// A user as `viewer` sees it.
pub(crate) fn user(world: &World, viewer: i64, id: i64) -> enums::User {
    let Some(account) = world.account(id) else {
        return types::UserEmpty { id }.into();
    };
    let is_self = id == viewer;
    let contact = world.account(viewer).and_then(|me| me.contacts.get(&id));
    let (first_name, last_name) = match contact {
        Some(contact) => (&contact.first_name, &contact.last_name),
        None => (&account.first_name, &account.last_name),
    };
    let bot = account.is_bot();
    types::User {
        is_self,
        contact: contact.is_some(),
        mutual_contact: contact.is_some() && account.contacts.contains_key(&viewer),
        bot,
        bot_info_version: bot.then_some(1),
        id,
        access_hash: Some(world.access_hash(viewer, id)),
        first_name: Some(first_name.clone()),
        last_name: last_name.clone(),
        username: account.username.clone(),
        phone: account
            .phone()
            .filter(|_| is_self || contact.is_some())
            .map(str::to_owned),
        status: (!bot).then(|| status(world, account)),
        ..Default::default()
    }
    .into()
}

/// A user of whom `viewer` is shown little (<https://core.telegram.org/api/min>).
fn stranger(world: &World, viewer: i64, id: i64) -> enums::User {
    let Some(account) = world.account(id) else {
        return types::UserEmpty { id }.into();
    };
    types::User {
        min: true,
        bot: account.is_bot(),
        bot_info_version: account.is_bot().then_some(1),
        id,
        access_hash: Some(world.min_hash(viewer, id)),
        first_name: Some(account.first_name.clone()),
        last_name: account.last_name.clone(),
        username: account.username.clone(),
        ..Default::default()
    }
    .into()
}

/// A channel as `viewer` sees it, who is not in it.
pub(crate) fn channel(world: &World, viewer: i64, id: i64) -> enums::Chat {
    let Some(channel) = world.channels.get(&id) else {
        return types::ChatEmpty { id }.into();
    };
    types::Channel {
        left: true,
        broadcast: !channel.megagroup,
        megagroup: channel.megagroup,
        id,
        access_hash: Some(world.channel_hash(viewer, id)),
        title: channel.title.clone(),
        username: Some(channel.username.clone()),
        photo: enums::ChatPhoto::Empty,
        date: date(channel.date),
        ..Default::default()
    }
    .into()
}

/// When a user was last seen.
pub(crate) fn status(world: &World, account: &Account) -> enums::UserStatus {
    let presence = account.presence;
    if presence.online_until > world.now() {
        types::UserStatusOnline {
            expires: date(presence.online_until),
        }
        .into()
    } else if presence.was_online > 0 {
        types::UserStatusOffline {
            was_online: date(presence.was_online),
        }
        .into()
    } else {
        types::UserStatusRecently::default().into()
    }
}

/// A group as `viewer` sees it.
pub(crate) fn chat(world: &World, viewer: i64, id: i64) -> enums::Chat {
    let Some(chat) = world.chats.get(&id) else {
        return types::ChatEmpty { id }.into();
    };
    if !chat.members.contains_key(&viewer) {
        return types::ChatForbidden {
            id,
            title: chat.title.clone(),
        }
        .into();
    }
    types::Chat {
        creator: chat.creator == viewer,
        id,
        title: chat.title.clone(),
        photo: enums::ChatPhoto::Empty,
        participants_count: i32::try_from(chat.members.len()).unwrap_or(i32::MAX),
        date: date(chat.date),
        version: chat.version,
        default_banned_rights: Some(
            types::ChatBannedRights {
                until_date: i32::MAX,
                ..Default::default()
            }
            .into(),
        ),
        ..Default::default()
    }
    .into()
}

/// The members of a group.
pub(crate) fn participants(chat: &Chat) -> enums::ChatParticipants {
    let participants = chat
        .members
        .iter()
        .map(|(user, member)| {
            if *user == chat.creator {
                types::ChatParticipantCreator {
                    user_id: *user,
                    ..Default::default()
                }
                .into()
            } else {
                types::ChatParticipant {
                    user_id: *user,
                    inviter_id: member.inviter,
                    date: date(member.date),
                    ..Default::default()
                }
                .into()
            }
        })
        .collect();
    types::ChatParticipants {
        chat_id: chat.id,
        participants,
        version: chat.version,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    /// How `viewer` is shown somebody who is merely mentioned.
    fn mentioned(town: &Town, viewer: i64, whom: i64) -> types::User {
        let mut view = View::new(&town.world, viewer);
        let mention = types::MessageEntityMentionName {
            user_id: whom,
            ..Default::default()
        };
        view.note_mentions(&[mention.into()]);
        match &view.shown().0[..] {
            [enums::User::User(user)] => (**user).clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn little_is_shown_of_a_stranger_and_its_hash_names_nobody() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let bot = town.bot("42:token", "the_bot");
        let right = town.world.access_hash(alice, bob);
        let stranger = mentioned(&town, alice, bob);
        assert!(stranger.min && stranger.access_hash != Some(right));
        assert!(!mentioned(&town, alice, alice).min);
        assert!(!mentioned(&town, bot, bob).min, "bots are shown all");
        town.ask(bob, &town.text(bob, alice, "hello", 1));
        let friend = mentioned(&town, alice, bob);
        assert_eq!((friend.min, friend.access_hash), (false, Some(right)));
    }
}
