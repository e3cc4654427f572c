//! `messages.*`: reactions to messages.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, PostId, Reacted, World};

use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered};
use super::input;
use super::push::{container, counted, passing};
use super::reaction_lists::note_recent;
use super::rights::channel_of;
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// The reactions of one account that is without Premium to one message
/// (<https://core.telegram.org/api/reactions>).
const MINE_MAX: usize = 1;

/// `messages.sendReaction` (<https://core.telegram.org/method/messages.sendReaction>).
pub(crate) fn send_reaction(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendReaction,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let spot = world.spot(me, peer, request.msg_id);
    let id = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?.post;
    may_react(world, me, peer)?;
    let new = request.reaction.unwrap_or_default();
    if new.len() > MINE_MAX {
        return Err(bad("REACTIONS_TOO_MANY"));
    }
    let is_one = |reaction: &enums::Reaction| match reaction {
        enums::Reaction::Emoji(it) => !it.emoticon.is_empty() && !it.emoticon.is_ascii(),
        enums::Reaction::CustomEmoji(it) => it.document_id != 0,
        _ => false,
    };
    if !new.iter().all(is_one) {
        return Err(bad("REACTION_INVALID"));
    }
    let date = world.now();
    let post = world.posts.get_mut(&id);
    let post = post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let old = post.reactions.get(&me).map(|it| it.list.clone());
    let old = old.unwrap_or_default();
    if old == new {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    let (list, big) = (new.clone(), request.big);
    match new.is_empty() {
        true => post.reactions.remove(&me),
        false => post.reactions.insert(me, Reacted { date, list, big }),
    };
    if request.add_to_recent {
        note_recent(world, me, &new);
    }
    let places = places(world, me, id);
    let mut pushes = told_to_people(world, me, &places);
    let change = Change {
        actor: me,
        old,
        new,
    };
    pushes.extend(told_to_bots(world, &places, &change));
    Ok(Done::from(answered(world, me, peer, request.msg_id)).pushing(pushes))
}

/// What somebody has done to a message.
struct Change {
    actor: i64,
    old: Vec<enums::Reaction>,
    new: Vec<enums::Reaction>,
}

fn may_react(world: &World, me: i64, peer: Peer) -> Result<(), RpcError> {
    let banned = match peer {
        Peer::User(_) => false,
        Peer::Chat(id) => {
            let chat = world.chats.get(&id);
            chat.is_some_and(|chat| chat.bans(me, |rights| rights.send_reactions))
        }
        Peer::Channel(id) => {
            let it = channel_of(world, id)?;
            it.bans(me, world.now(), |rights| rights.send_reactions)
        }
    };
    match banned {
        true => Err(forbidden("CHAT_WRITE_FORBIDDEN")),
        false => Ok(()),
    }
}

/// Who sees a message: account, conversation, and its id there.
pub(super) fn places(world: &World, first: i64, post: PostId) -> Vec<(i64, Peer, i32)> {
    let Some(post) = world.posts.get(&post) else {
        return Vec::new();
    };
    if let Some((channel, id)) = post.board {
        let seeing = world.audience(first, channel, None).into_iter();
        let places = seeing.map(|user| (user, Peer::Channel(channel), id));
        return places.collect();
    }
    let boxes = post.copies.iter();
    let places = boxes.filter_map(|(user, id)| Some((*user, world.in_box(*user, *id)?.peer, *id)));
    places.collect()
}

pub(super) fn told_to_people(world: &World, actor: i64, places: &[(i64, Peer, i32)]) -> Vec<Push> {
    let is_told = |user: i64| world.account(user).is_some_and(|it| !it.is_bot());
    let others = places.iter();
    let others = others.filter(|(user, ..)| *user != actor && is_told(*user));
    let pushes = others.filter_map(|(user, peer, msg_id)| {
        let update = update(world, &mut View::new(world, *user), *peer, *msg_id)?;
        Some(passing(world, *user, update))
    });
    pushes.collect()
}

/// Bots are told where they are administrators, and in private, by updates that `qts` counts: in a
/// channel how many have which reaction, elsewhere who has changed what
/// (<https://core.telegram.org/bots/api#messagereactionupdated>). Of what bots do they are not
/// told.
fn told_to_bots(world: &mut World, places: &[(i64, Peer, i32)], change: &Change) -> Vec<Push> {
    let is_bot = |world: &World, user: i64| world.account(user).is_some_and(|it| it.is_bot());
    if is_bot(world, change.actor) {
        return Vec::new();
    }
    let date = world.date();
    let mut pushes = Vec::new();
    for (bot, place, msg_id) in places.iter().copied() {
        if !is_bot(world, bot) || !is_admin(world, bot, place) {
            continue;
        }
        let mut view = View::new(world, bot);
        let peer = view.peer(place);
        let broadcast = match place {
            Peer::Channel(id) => world.channels.get(&id).is_some_and(|it| !it.megagroup),
            _ => false,
        };
        let post = world.post_at(bot, place, msg_id);
        let counts = post.and_then(|post| view.reactions(post));
        let names = [place, Peer::User(change.actor)];
        let made = if broadcast {
            let reactions = match counts {
                Some(enums::MessageReactions::Reactions(it)) => it.results,
                None => Vec::new(),
            };
            world.count_for(bot, &names[..1], |qts| {
                types::UpdateBotMessageReactions {
                    peer,
                    msg_id,
                    date,
                    reactions,
                    qts,
                }
                .into()
            })
        } else {
            world.count_for(bot, &names, |qts| {
                types::UpdateBotMessageReaction {
                    peer,
                    msg_id,
                    date,
                    actor: types::PeerUser {
                        user_id: change.actor,
                    }
                    .into(),
                    old_reactions: change.old.clone(),
                    new_reactions: change.new.clone(),
                    qts,
                }
                .into()
            })
        };
        pushes.extend(made.map(|made| counted(world, bot, &made)));
    }
    pushes
}

fn is_admin(world: &World, bot: i64, place: Peer) -> bool {
    match place {
        Peer::User(_) => true,
        Peer::Chat(id) => world.chats.get(&id).is_some_and(|it| it.is_admin(bot)),
        Peer::Channel(id) => {
            let channel = world.channels.get(&id);
            channel.is_some_and(|it| it.admin(bot).is_some())
        }
    }
}

/// What whoever has changed the reactions to a message is answered.
pub(super) fn answered(world: &World, me: i64, peer: Peer, msg_id: i32) -> enums::Updates {
    let mut view = View::new(world, me);
    let updates = update(world, &mut view, peer, msg_id);
    container(world, view, updates.into_iter().collect())
}

fn update(world: &World, view: &mut View<'_>, peer: Peer, msg_id: i32) -> Option<enums::Update> {
    let post = world.post_at(view.viewer(), peer, msg_id)?;
    let reactions = view.reactions(post).unwrap_or_default();
    Some(
        types::UpdateMessageReactions {
            peer: view.peer(peer),
            msg_id,
            reactions,
            ..Default::default()
        }
        .into(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;
    use crate::world::NewChannel;

    fn heart(peer: enums::InputPeer, msg_id: i32) -> functions::messages::SendReaction {
        let emoticon = "\u{2764}".to_owned();
        functions::messages::SendReaction {
            peer,
            msg_id,
            reaction: Some(vec![types::ReactionEmoji { emoticon }.into()]),
            ..Default::default()
        }
    }

    fn told(pushes: &[Push], user: i64) -> enums::Update {
        let pushed = pushed(pushes);
        let mut own = pushed.into_iter().filter(|(to, _)| *to == user);
        match own.next().expect("it is told").1 {
            enums::Updates::UpdateShort(short) => short.update.clone(),
            enums::Updates::Updates(all) => all.updates[0].clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn in_a_supergroup_all_see_who_reacts_and_bots_are_told_what_changed() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let bot = town.bot("42:a", "keeper_bot");
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]).admin(bot, Default::default()));
        town.ask(alice, &town.post(alice, club, "hello", 1));
        let request = heart(town.channel_peer(bob, club), 2);
        let called = town.call(&town.caller(bob), &request).expect("hearted");
        let enums::Update::MessageReactions(seen) = told(&called.reply.pushes, alice) else {
            panic!("another update");
        };
        let enums::MessageReactions::Reactions(seen) = seen.reactions;
        assert!(seen.can_see_list);
        assert_eq!(seen.recent_reactions.map(|it| it.len()), Some(1));
        let enums::Update::BotMessageReaction(seen) = told(&called.reply.pushes, bot) else {
            panic!("another update");
        };
        assert_eq!(
            (seen.qts, seen.old_reactions.len(), seen.new_reactions.len()),
            (1, 0, 1)
        );
        assert_eq!(
            town.refused(&town.caller(bob), &request),
            "MESSAGE_NOT_MODIFIED"
        );
    }

    #[test]
    fn in_a_channel_reactions_are_counted() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let bot = town.bot("42:a", "keeper_bot");
        let news = NewChannel::new("News", "the_news").owner(alice);
        let news = town.channel(news.members([bob]).admin(bot, Default::default()));
        town.ask(alice, &town.post(alice, news, "hello", 1));
        let request = heart(town.channel_peer(bob, news), 2);
        let called = town.call(&town.caller(bob), &request).expect("hearted");
        let enums::Update::BotMessageReactions(seen) = told(&called.reply.pushes, bot) else {
            panic!("another update");
        };
        assert_eq!(seen.reactions.len(), 1);
        let enums::Update::MessageReactions(seen) = told(&called.reply.pushes, alice) else {
            panic!("another update");
        };
        let enums::MessageReactions::Reactions(seen) = seen.reactions;
        assert!(!seen.can_see_list && seen.recent_reactions.is_none());
    }
}
