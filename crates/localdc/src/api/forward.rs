//! `messages.forwardMessages` (<https://core.telegram.org/method/messages.forwardMessages>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Letter, Peer, Post, Sent, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::origin::{origin, raw};
use super::push::{container, own, tell};
use super::rights::{may_post, sender};
use super::seam::{Caller, RpcError};
use super::sending::{new_message, reply_to, sent_before};
use super::view::View;

/// Messages that one call may forward.
const AT_ONCE: usize = 100;

/// `messages.forwardMessages`: each under a `random_id` of its own, all or none. A `random_id` that
/// was used before sends nothing.
pub(crate) fn forward_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ForwardMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    check(&request)?;
    let from = input::peer(world, me, &request.from_peer)?;
    let to = input::peer(world, me, &request.to_peer)?;
    for random_id in &request.random_id {
        // Who asks again has lost the answer: https://core.telegram.org/api/errors.
        if sent_before(world, me, *random_id)?.is_some() {
            return Err(bad("RANDOM_ID_DUPLICATE"));
        }
    }
    let letters = letters(world, me, (from, to), &request)?;
    if let [.., last] = &letters[..] {
        may_post(world, me, to, last)?;
    }
    if letters.len() > 1 && is_slow(world, me, to) {
        return Err(bad("SLOWMODE_MULTI_MSGS_DISABLED"));
    }
    for letter in &letters {
        may_post(world, me, to, letter)?;
    }
    count_forwards(world, me, from, &request.id);
    let mut pushes = Vec::new();
    let mut sent: Vec<(i64, Sent)> = Vec::new();
    for (letter, random_id) in letters.into_iter().zip(&request.random_id) {
        let told = world.deliver(me, to, letter);
        let own = own(&told, me).and_then(|own| Some((own.message_id()?, own.event.pts)));
        let (id, pts) = own.ok_or_else(unregistered)?;
        let one = Sent {
            peer: to,
            id,
            pts,
            date: world.now(),
        };
        if let Some(account) = world.account_mut(me) {
            account.sent.insert(*random_id, one);
        }
        sent.push((*random_id, one));
        pushes.extend(tell(world, caller, &told));
    }
    let mut view = View::new(world, me);
    let ids = sent.iter().map(|(random_id, sent)| {
        let (id, random_id) = (sent.id, *random_id);
        types::UpdateMessageId { id, random_id }.into()
    });
    let mut updates: Vec<enums::Update> = ids.collect();
    for (_, sent) in &sent {
        updates.extend(new_message(world, &mut view, *sent));
    }
    Ok(Done::from(container(world, view, updates)).pushing(pushes))
}

fn check(request: &functions::messages::ForwardMessages) -> Result<(), RpcError> {
    let refused = [
        ("schedule_date", request.schedule_date.is_some()),
        ("top_msg_id", request.top_msg_id.is_some()),
        (
            "quick_reply_shortcut",
            request.quick_reply_shortcut.is_some(),
        ),
        ("suggested_post", request.suggested_post.is_some()),
    ];
    if let Some((what, _)) = refused.iter().find(|(_, asked)| *asked) {
        return Err(unsupported(what));
    }
    if request.id.is_empty() {
        return Err(bad("MESSAGE_IDS_EMPTY"));
    }
    if request.id.len() > AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    let mut random_ids = request.random_id.clone();
    random_ids.sort_unstable();
    random_ids.dedup();
    if random_ids.len() != request.id.len() || request.random_id.len() != request.id.len() {
        return Err(bad("RANDOM_ID_INVALID"));
    }
    Ok(())
}

fn is_slow(world: &World, me: i64, to: Peer) -> bool {
    let Peer::Channel(id) = to else {
        return false;
    };
    let channel = world.channels.get(&id);
    channel.is_some_and(|it| it.slow_mode > 0 && it.admin(me).is_none())
}

/// What is to be sent: the same words, and where they come from.
fn letters(
    world: &World,
    me: i64,
    (from, to): (Peer, Peer),
    request: &functions::messages::ForwardMessages,
) -> Result<Vec<Letter>, RpcError> {
    let protected = match from {
        Peer::Channel(id) => world.channels.get(&id).is_some_and(|it| it.noforwards),
        _ => false,
    };
    let reply = request.reply_to.clone();
    let reply = reply.map(|reply| reply_to(world, me, to, reply));
    let reply = reply.transpose()?;
    let sender = sender(world, me, to, request.send_as.as_ref())?;
    let mut letters = Vec::with_capacity(request.id.len());
    for id in &request.id {
        let post = world.post_at(me, from, *id);
        let post = post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
        let text = post.text().ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
        if protected || post.noforwards {
            return Err(bad("CHAT_FORWARDS_RESTRICTED"));
        }
        let mut text = text.clone();
        if request.drop_media_captions && text.media.is_some() {
            text.text.clear();
            text.entities.clear();
        }
        let header = header(world, post, (from, *id), to == Peer::User(me));
        letters.push(Letter {
            reply: reply.clone(),
            silent: request.silent,
            noforwards: request.noforwards,
            sender,
            forward: (!request.drop_author).then_some(header),
            views: post.views.filter(|_| !request.drop_author),
            ..Letter::new(Content::Text(text))
        });
    }
    Ok(letters)
}

/// Where a forwarded message comes from: what is saved remembers where it was taken from, too.
fn header(
    world: &World,
    post: &Post,
    (from, id): (Peer, i32),
    saves: bool,
) -> types::MessageFwdHeader {
    let (saved_from_peer, saved_from_msg_id) = match saves {
        true => (Some(raw(from)), Some(id)),
        false => (None, None),
    };
    types::MessageFwdHeader {
        saved_from_peer,
        saved_from_msg_id,
        ..origin(world, post)
    }
}

/// Posts of channels count how often they were forwarded.
fn count_forwards(world: &mut World, me: i64, from: Peer, ids: &[i32]) {
    for id in ids {
        let post = world.spot(me, from, *id).map(|spot| spot.post);
        if let Some(post) = post.and_then(|post| world.posts.get_mut(&post)) {
            post.forwards += i32::from(post.views.is_some());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;
    use crate::world::NewChannel;

    fn forward(
        from_peer: enums::InputPeer,
        to_peer: enums::InputPeer,
        ids: &[i32],
    ) -> functions::messages::ForwardMessages {
        functions::messages::ForwardMessages {
            from_peer,
            to_peer,
            id: ids.to_vec(),
            random_id: ids.iter().map(|id| i64::from(*id) + 1000).collect(),
            ..Default::default()
        }
    }

    /// The messages that an answer brings.
    fn messages(updates: enums::Updates) -> Vec<types::Message> {
        let enums::Updates::Updates(all) = updates else {
            panic!("{updates:?}");
        };
        let found = all.updates.into_iter().filter_map(|update| {
            let message = match update {
                enums::Update::NewMessage(new) => new.message,
                enums::Update::NewChannelMessage(new) => new.message,
                _ => return None,
            };
            match message {
                enums::Message::Message(message) => Some(*message),
                _ => None,
            }
        });
        found.collect()
    }

    fn header(message: &types::Message) -> &types::MessageFwdHeader {
        match &message.fwd_from {
            Some(enums::MessageFwdHeader::Header(header)) => header,
            None => panic!("it says nothing of where it comes from"),
        }
    }

    #[test]
    fn a_forwarded_message_says_where_it_comes_from() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let news = town.channel(
            NewChannel::new("News", "the_news")
                .owner(alice)
                .signatures(),
        );
        town.ask(alice, &town.post(alice, news, "one", 1));
        town.ask(alice, &town.post(alice, news, "two", 2));
        let request = forward(town.channel_peer(bob, news), town.peer(bob, alice), &[2, 3]);
        let sent = messages(town.ask(bob, &request));
        let [first, second] = &sent[..] else {
            panic!("two were forwarded: {sent:?}");
        };
        assert_eq!((&first.message[..], &second.message[..]), ("one", "two"));
        let channel: enums::Peer = types::PeerChannel { channel_id: news }.into();
        assert_eq!(header(first).from_id.as_ref(), Some(&channel));
        assert_eq!(header(first).channel_post, Some(2));
        assert_eq!(header(first).post_author.as_deref(), Some("alice"));
        assert_eq!(first.views, Some(1));
        // Forwarded again it keeps its first author, and who saves it remembers the way.
        let again = forward(
            town.peer(bob, alice),
            enums::InputPeer::PeerSelf,
            &[first.id],
        );
        let saved = messages(town.ask(bob, &again));
        assert_eq!(header(&saved[0]).from_id.as_ref(), Some(&channel));
        assert_eq!(header(&saved[0]).saved_from_msg_id, Some(first.id));
        let anonymous = functions::messages::ForwardMessages {
            drop_author: true,
            random_id: vec![7],
            ..forward(town.channel_peer(bob, news), town.peer(bob, alice), &[2])
        };
        assert_eq!(messages(town.ask(bob, &anonymous))[0].fwd_from, None);
        let views = functions::messages::GetMessagesViews {
            peer: town.channel_peer(bob, news),
            id: vec![2],
            increment: true,
        };
        let enums::messages::MessageViews::Views(views) = town.ask(bob, &views);
        let enums::MessageViews::Views(views) = &views.views[0];
        assert_eq!((views.views, views.forwards), (Some(2), Some(2)));
    }

    #[test]
    fn what_may_not_be_forwarded_is_refused() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::new("Club", "the_club").megagroup().owner(alice);
        let club = town.channel(club.protected().members([bob]));
        town.ask(alice, &town.post(alice, club, "one", 1));
        let caller = town.caller(bob);
        let from = town.channel_peer(bob, club);
        let to = town.peer(bob, bob);
        let protected = forward(from.clone(), to.clone(), &[2]);
        assert_eq!(
            town.refused(&caller, &protected),
            "CHAT_FORWARDS_RESTRICTED"
        );
        let missing = forward(from.clone(), to.clone(), &[77]);
        assert_eq!(town.refused(&caller, &missing), "MESSAGE_ID_INVALID");
        let service = forward(from.clone(), to.clone(), &[1]);
        assert_eq!(town.refused(&caller, &service), "MESSAGE_ID_INVALID");
        let none = forward(from.clone(), to.clone(), &[]);
        assert_eq!(town.refused(&caller, &none), "MESSAGE_IDS_EMPTY");
        let twice = functions::messages::ForwardMessages {
            random_id: vec![1, 1],
            ..forward(from, to, &[1, 2])
        };
        assert_eq!(town.refused(&caller, &twice), "RANDOM_ID_INVALID");
    }
}
