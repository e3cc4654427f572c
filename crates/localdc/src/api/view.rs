//! Shows the world to one account: users, groups, messages and updates as that account sees them.
use std::collections::BTreeSet;

use ferogram_sync::tl::{enums, types};

use crate::world::{
    Account, Content, Event, GENERAL, Happening, Peer, Post, Spot, Told, Waiting, World, date,
};

use super::in_thread::replies;
use super::last_seen::status;
use super::places::{channel, chat, passing_channel, pushed_channel};
use super::poll_shown::attached;
use super::portrait::dress;
use super::reactions_shown;
use super::sided::sided;
use super::unread_fact::unread_fact;

/// The world as one account sees it. It remembers whom it has shown, so that an answer can carry
/// them along.
pub(crate) struct View<'w> {
    world: &'w World,
    viewer: i64,
    users: BTreeSet<i64>,
    /// Who is merely mentioned.
    mentioned: BTreeSet<i64>,
    chats: BTreeSet<i64>,
    channels: BTreeSet<i64>,
    /// Whether little is shown of whom the viewer has not met.
    is_sparing: bool,
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
            channels: BTreeSet::new(),
            is_sparing: false,
        }
    }

    /// What `viewer` is told of something that happened. Of a channel it goes to many, and so
    /// shows little of whom the viewer has not met (<https://core.telegram.org/api/min>).
    pub(crate) fn of(world: &'w World, told: &Told) -> Self {
        Self {
            is_sparing: told.channel.is_some(),
            ..Self::new(world, told.user)
        }
    }

    /// Who looks.
    pub(crate) fn viewer(&self) -> i64 {
        self.viewer
    }

    /// Names a conversation.
    pub(crate) fn peer(&mut self, peer: Peer) -> enums::Peer {
        match peer {
            Peer::User(user_id) => self.user_peer(user_id),
            Peer::Chat(chat_id) => {
                self.chats.insert(chat_id);
                types::PeerChat { chat_id }.into()
            }
            Peer::Channel(channel_id) => {
                self.channels.insert(channel_id);
                types::PeerChannel { channel_id }.into()
            }
        }
    }

    /// Names whoever stands in a header, as it stands there.
    fn note(&mut self, peer: &enums::Peer) {
        match peer {
            enums::Peer::User(it) => self.users.insert(it.user_id),
            enums::Peer::Chat(it) => self.chats.insert(it.chat_id),
            enums::Peer::Channel(it) => self.channels.insert(it.channel_id),
            _ => false,
        };
    }

    /// Names a user.
    pub(crate) fn user_peer(&mut self, user_id: i64) -> enums::Peer {
        self.users.insert(user_id);
        types::PeerUser { user_id }.into()
    }

    /// Shows a message of the viewer's box.
    pub(crate) fn message(&mut self, id: i32) -> enums::Message {
        match self.world.in_box(self.viewer, id) {
            Some(spot) => self.at(spot),
            None => self.nothing(None, id),
        }
    }

    /// Shows a message of a conversation.
    pub(crate) fn message_in(&mut self, peer: Peer, id: i32) -> enums::Message {
        match self.world.spot(self.viewer, peer, id) {
            Some(spot) => self.at(spot),
            None => self.nothing(Some(peer), id),
        }
    }

    /// What stands where there is no message.
    fn nothing(&mut self, peer: Option<Peer>, id: i32) -> enums::Message {
        let peer_id = match peer {
            Some(peer @ Peer::Channel(_)) => Some(self.peer(peer)),
            _ => None,
        };
        types::MessageEmpty { id, peer_id }.into()
    }

    /// Shows a message.
    pub(crate) fn at(&mut self, spot: Spot) -> enums::Message {
        let Some(post) = self.world.posts.get(&spot.post) else {
            return self.nothing(Some(spot.peer), spot.id);
        };
        let peer_id = self.peer(spot.peer);
        let from_id = self.author(spot, post);
        let reply_to = self.reply_header(post, spot.peer);
        // A conversation with oneself has no direction.
        let out = spot.out && spot.peer != Peer::User(self.viewer);
        let is_post = self.is_broadcast(spot.peer);
        let action = match &post.content {
            Content::Text(text) => {
                self.note_mentions(&text.entities);
                return types::Message {
                    out,
                    silent: post.silent,
                    post: is_post,
                    pinned: spot.pinned,
                    noforwards: post.noforwards,
                    invert_media: text.media_above,
                    grouped_id: text.album,
                    id: spot.id,
                    from_id,
                    peer_id,
                    fwd_from: post.forward.as_ref().and_then(|it| self.origin(it)),
                    via_bot_id: post.via.inspect(|bot| {
                        self.users.insert(*bot);
                    }),
                    reply_to,
                    replies: replies(self.world, self.viewer, post),
                    factcheck: post.fact.as_ref().map(unread_fact),
                    date: date(post.date),
                    message: text.text.clone(),
                    media: attached(self.world, self.viewer, text),
                    reply_markup: text.markup.clone(),
                    entities: (!text.entities.is_empty()).then(|| text.entities.clone()),
                    rich_message: text.rich.clone(),
                    views: post.views,
                    forwards: post.views.map(|_| post.forwards),
                    edit_date: post.edit_date.map(date),
                    post_author: post.signature.clone(),
                    reactions: self.reactions(post),
                    saved_peer_id: self.talk(post),
                    suggested_post: post.offer(),
                    paid_suggested_post_stars: post.bought,
                    ..Default::default()
                }
                .into();
            }
            Content::Service(service) => {
                self.users.extend(&service.names);
                sided(&service.action, post.author == self.viewer)
            }
        };
        types::MessageService {
            out,
            silent: post.silent,
            post: is_post,
            id: spot.id,
            from_id,
            peer_id,
            reply_to,
            saved_peer_id: self.talk(post),
            date: date(post.date),
            action,
            ..Default::default()
        }
        .into()
    }

    /// Whose conversation a direct message to a channel is of.
    fn talk(&mut self, post: &Post) -> Option<enums::Peer> {
        let user = post.talk.as_ref()?.user;
        Some(self.user_peer(user))
    }

    /// Shows a message of the viewer's that waits for its time.
    pub(crate) fn waiting(&mut self, id: i32) -> enums::Message {
        let account = self.world.account(self.viewer);
        let waiting = account.and_then(|it| it.schedule.entries.get(&id));
        match waiting.and_then(|it| self.written(id, it)) {
            Some(message) => types::Message {
                from_scheduled: true,
                ..message
            }
            .into(),
            None => self.nothing(None, id),
        }
    }

    /// Shows a message of the viewer's that is kept as a quick reply.
    pub(crate) fn kept(&mut self, shortcut: i32, id: i32) -> enums::Message {
        let account = self.world.account(self.viewer);
        let shortcuts = account.and_then(|it| it.shortcuts.get(shortcut));
        let kept = shortcuts.and_then(|it| it.messages.get(&id));
        match kept.and_then(|it| self.written(id, it)) {
            Some(message) => types::Message {
                quick_reply_shortcut_id: Some(shortcut),
                ..message
            }
            .into(),
            None => self.nothing(None, id),
        }
    }

    /// A message that was written and lies nowhere yet.
    fn written(&mut self, id: i32, waiting: &Waiting) -> Option<types::Message> {
        let text = waiting.post.text()?;
        let from_id = match waiting.post.sender {
            Some(channel) => self.peer(Peer::Channel(channel)),
            None => self.user_peer(self.viewer),
        };
        self.note_mentions(&text.entities);
        Some(types::Message {
            out: true,
            silent: waiting.post.silent,
            noforwards: waiting.post.noforwards,
            invert_media: text.media_above,
            grouped_id: text.album,
            id,
            from_id: Some(from_id),
            peer_id: self.peer(waiting.peer),
            fwd_from: waiting.post.forward.as_ref().and_then(|it| self.origin(it)),
            reply_to: self.reply_header(&waiting.post, waiting.peer),
            date: waiting.due,
            message: text.text.clone(),
            media: attached(self.world, self.viewer, text),
            reply_markup: text.markup.clone(),
            entities: (!text.entities.is_empty()).then(|| text.entities.clone()),
            rich_message: text.rich.clone(),
            schedule_repeat_period: waiting.repeat,
            ..Default::default()
        })
    }

    /// Who is shown as the author. In a private conversation `peer_id` says who wrote what came
    /// in, and in a channel it was the channel: <https://core.telegram.org/constructor/message>.
    fn author(&mut self, spot: Spot, post: &Post) -> Option<enums::Peer> {
        match spot.peer {
            Peer::User(other) if !spot.out && other != self.viewer => None,
            Peer::Channel(id) => {
                let channel = self.world.channels.get(&id)?;
                match post.sender {
                    _ if channel.profiles => Some(self.user_peer(post.author)),
                    Some(sender) if channel.megagroup => Some(self.peer(Peer::Channel(sender))),
                    Some(_) => None,
                    None => Some(self.user_peer(post.author)),
                }
            }
            _ => Some(self.user_peer(post.author)),
        }
    }

    fn is_broadcast(&self, peer: Peer) -> bool {
        let Peer::Channel(id) = peer else {
            return false;
        };
        let channel = self.world.channels.get(&id);
        channel.is_some_and(|channel| !channel.megagroup)
    }

    /// Where something comes from, with everybody who is named there.
    fn origin(&mut self, header: &types::MessageFwdHeader) -> Option<enums::MessageFwdHeader> {
        let named = [
            &header.from_id,
            &header.saved_from_peer,
            &header.saved_from_id,
        ];
        for peer in named.into_iter().flatten() {
            self.note(peer);
        }
        Some(header.clone().into())
    }

    /// The reactions to a message; of channels only how many have each
    /// (<https://core.telegram.org/api/reactions>).
    pub(crate) fn reactions(&mut self, post: &Post) -> Option<enums::MessageReactions> {
        let peer = post.board.map(|(channel, _)| Peer::Channel(channel));
        let is_counted_only = peer.is_some_and(|peer| self.is_broadcast(peer));
        let shown = reactions_shown::shown(post, self.viewer, is_counted_only)?;
        for peer in reactions_shown::named(&shown) {
            self.note(&peer);
        }
        Some(shown.into())
    }

    /// What a message of a conversation answers, if the viewer still has that.
    pub(crate) fn reply_header(
        &mut self,
        post: &Post,
        peer: Peer,
    ) -> Option<enums::MessageReplyHeader> {
        let reply = post.reply.as_ref()?;
        let mut header = types::MessageReplyHeader::default();
        match &reply.away {
            None => {
                let answered = self.world.posts.get(&reply.post)?;
                header.reply_to_msg_id = Some(answered.id_in(self.viewer, peer)?);
                if let Peer::Channel(id) = peer
                    && let Some(it) = self.world.channels.get(&id).filter(|it| it.forum)
                {
                    // https://core.telegram.org/api/forum: what answers the beginning of a topic
                    // is just in it.
                    let topic = it.topic_of_answer(self.world, Some(reply.post));
                    header.forum_topic = topic != GENERAL;
                    let other = Some(topic) != header.reply_to_msg_id;
                    header.reply_to_top_id = (header.forum_topic && other).then_some(topic);
                }
            }
            // Ids of boxes say nothing to others: of these only who wrote it is told
            // (https://core.telegram.org/constructor/messageReplyHeader).
            Some(away) => {
                if let (place @ Peer::Channel(_), id) = away.place {
                    header.reply_to_peer_id = Some(self.peer(place));
                    header.reply_to_msg_id = Some(id);
                }
                header.reply_from = self.origin(&away.origin);
            }
        }
        if let Some(quote) = &reply.quote {
            header.quote = true;
            header.quote_text = Some(quote.text.clone());
            header.quote_entities = quote.entities.clone();
            header.quote_offset = quote.offset;
        }
        Some(header.into())
    }

    /// Shows what has happened.
    pub(crate) fn told(&mut self, told: &Told) -> enums::Update {
        match told.channel {
            Some(channel) => self.channel_update(channel, &told.event),
            None => self.update(&told.event),
        }
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
            Happening::Pinned { peer, ids, pinned } => types::UpdatePinnedMessages {
                pinned: *pinned,
                peer: self.peer(*peer),
                messages: ids.clone(),
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

    /// Shows an event of a channel's board.
    pub(crate) fn channel_update(&mut self, channel_id: i64, event: &Event) -> enums::Update {
        let (pts, pts_count) = (event.pts, event.count);
        let peer = Peer::Channel(channel_id);
        self.channels.insert(channel_id);
        match &event.what {
            Happening::New(id) => types::UpdateNewChannelMessage {
                message: self.message_in(peer, *id),
                pts,
                pts_count,
            }
            .into(),
            Happening::Edited(id) => types::UpdateEditChannelMessage {
                message: self.message_in(peer, *id),
                pts,
                pts_count,
            }
            .into(),
            Happening::Deleted(messages) => types::UpdateDeleteChannelMessages {
                channel_id,
                messages: messages.clone(),
                pts,
                pts_count,
            }
            .into(),
            Happening::Pinned { ids, pinned, .. } => types::UpdatePinnedChannelMessages {
                pinned: *pinned,
                channel_id,
                messages: ids.clone(),
                pts,
                pts_count,
            }
            .into(),
            Happening::ReadInbox { max_id, unread, .. } => types::UpdateReadChannelInbox {
                channel_id,
                max_id: *max_id,
                still_unread_count: *unread,
                pts,
                ..Default::default()
            }
            .into(),
            Happening::ReadOutbox { max_id, .. } => types::UpdateReadChannelOutbox {
                channel_id,
                max_id: *max_id,
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
        let met = |id: &i64| !self.is_sparing || world.is_acquainted(viewer, *id);
        let users = self.users.iter().map(|id| match met(id) {
            true => user(world, viewer, *id),
            false => stranger(world, viewer, *id),
        });
        let users = users.chain(mentioned).collect();
        let chats = self.chats.iter().map(|id| chat(world, viewer, *id));
        let in_it = |id: &i64| {
            let channel = world.channels.get(id);
            channel.is_some_and(|channel| channel.member(viewer).is_some())
        };
        let channels = self.channels.iter().map(|id| match in_it(id) {
            false if self.is_sparing => passing_channel(world, viewer, *id),
            true if self.is_sparing => pushed_channel(world, viewer, *id),
            _ => channel(world, viewer, *id),
        });
        (users, chats.chain(channels).collect())
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
    let bot = account.is_bot();
    let (first_name, last_name) = match contact {
        Some(contact) => (&contact.first_name[..], &contact.last_name),
        None => (name_of(world, viewer, account), &account.last_name),
    };
    let mut shown = types::User {
        is_self,
        contact: contact.is_some(),
        mutual_contact: contact.is_some() && account.contacts.contains_key(&viewer),
        bot,
        bot_info_version: bot.then_some(account.bot.version + 1),
        id,
        access_hash: Some(world.access_hash(viewer, id)),
        first_name: Some(first_name.to_owned()),
        last_name: last_name.clone(),
        username: account.username.clone(),
        phone: account
            .phone()
            .filter(|_| is_self || contact.is_some())
            .map(str::to_owned),
        status: (!bot).then(|| status(world, account)),
        ..Default::default()
    };
    dress(world, viewer, account, &mut shown);
    shown.into()
}

/// The first name; bots have one for each language.
fn name_of<'w>(world: &World, viewer: i64, account: &'w Account) -> &'w str {
    let language = || world.logins.language(viewer);
    let has_many = account.bot.said.values().any(|said| said.name.is_some());
    let name = has_many.then(|| account.bot.name_in(language()));
    name.flatten().unwrap_or(&account.first_name)
}

/// A user of whom `viewer` is shown little (<https://core.telegram.org/api/min>).
fn stranger(world: &World, viewer: i64, id: i64) -> enums::User {
    let Some(account) = world.account(id) else {
        return types::UserEmpty { id }.into();
    };
    types::User {
        min: true,
        bot: account.is_bot(),
        bot_info_version: account.is_bot().then_some(account.bot.version + 1),
        id,
        access_hash: Some(world.min_hash(viewer, id)),
        first_name: Some(account.first_name.clone()),
        last_name: account.last_name.clone(),
        username: account.username.clone(),
        ..Default::default()
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
