//! `messages.*`: showing that somebody is about to write.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::{Answer, Done};
use super::errors::unregistered;
use super::input;
use super::push::passing;
use super::rights::{channel_of, may_write};
use super::seam::Caller;

/// `messages.setTyping` (<https://core.telegram.org/method/messages.setTyping>): the others see it
/// if they are there to see it.
pub(crate) fn set_typing(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetTyping,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    may_write(world, me, peer)?;
    let action = request.action;
    let (others, update): (Vec<i64>, enums::Update) = match peer {
        Peer::User(other) => {
            let update = types::UpdateUserTyping {
                user_id: me,
                action,
                ..Default::default()
            };
            (vec![other], update.into())
        }
        Peer::Chat(chat_id) => {
            let members = world
                .chats
                .get(&chat_id)
                .map(|chat| chat.members.keys().copied());
            let from_id = types::PeerUser { user_id: me }.into();
            let update = types::UpdateChatUserTyping {
                chat_id,
                from_id,
                action,
            };
            (members.into_iter().flatten().collect(), update.into())
        }
        Peer::Channel(channel_id) => {
            let channel = channel_of(world, channel_id)?;
            // In a channel nobody writes in a name of their own.
            let heard = channel.megagroup && !channel.may(me, |rights| rights.anonymous);
            let members = channel.members().map(|(user, _)| user);
            let from_id = types::PeerUser { user_id: me }.into();
            let update = types::UpdateChannelUserTyping {
                channel_id,
                top_msg_id: request.top_msg_id,
                from_id,
                action,
            };
            (members.filter(|_| heard).collect(), update.into())
        }
    };
    let sees = |user: &i64| {
        *user != me
            && world
                .account(*user)
                .is_some_and(|account| !account.is_bot())
    };
    let pushes = others
        .into_iter()
        .filter(sees)
        .map(|user| passing(world, user, update.clone()))
        .collect();
    Ok(Done::from(true).pushing(pushes))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;
    use crate::world::NewChannel;

    #[test]
    fn typing_passes_by() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let request = functions::messages::SetTyping {
            peer: town.peer(alice, bob),
            action: enums::SendMessageAction::SendMessageTypingAction,
            ..Default::default()
        };
        let called = town.call(&town.caller(alice), &request).expect("told");
        let [(to, enums::Updates::UpdateShort(short))] = &pushed(&called.reply.pushes)[..] else {
            panic!("one is told");
        };
        assert_eq!(*to, bob);
        assert!(matches!(&short.update, enums::Update::UserTyping(it) if it.user_id == alice));
        assert_eq!(
            town.world.account(bob).map(|bob| bob.mailbox.pts()),
            Some(1)
        );
    }

    #[test]
    fn in_a_supergroup_all_but_the_writer_see_it_and_in_a_channel_nobody() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]));
        let news = town.channel(NewChannel::private("News").owner(alice).members([bob]));
        let typing = |town: &mut Town, me, channel| {
            let request = functions::messages::SetTyping {
                peer: town.channel_peer(me, channel),
                action: enums::SendMessageAction::SendMessageTypingAction,
                ..Default::default()
            };
            let called = town.call(&town.caller(me), &request).expect("told");
            pushed(&called.reply.pushes)
        };
        let seen = typing(&mut town, bob, club);
        let [(to, enums::Updates::UpdateShort(short))] = &seen[..] else {
            panic!("one is told: {seen:?}");
        };
        assert_eq!(*to, alice);
        assert!(matches!(
            &short.update,
            enums::Update::ChannelUserTyping(it) if it.channel_id == club
        ));
        assert!(typing(&mut town, alice, news).is_empty());
    }
}
