//! `channels.*`: channels and supergroups.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::errors::{bad, forbidden, unregistered};
use super::input;
use super::seam::Caller;
use super::view::channel;

/// `channels.getChannels` (<https://core.telegram.org/method/channels.getChannels>).
pub(crate) fn get_channels(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetChannels,
) -> Answer<enums::messages::Chats> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut chats = Vec::with_capacity(request.id.len());
    for id in &request.id {
        let id = match id {
            enums::InputChannel::Channel(it) => {
                input::channel(world, me, it.channel_id, it.access_hash)
            }
            _ => None,
        };
        chats.push(channel(
            world,
            me,
            id.ok_or_else(|| bad("CHANNEL_INVALID"))?,
        ));
    }
    let answer: enums::messages::Chats = types::messages::Chats { chats }.into();
    Ok(answer.into())
}

/// `channels.deleteMessages` (<https://core.telegram.org/method/channels.deleteMessages>): nobody
/// here has rights in a channel.
pub(crate) fn delete_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::DeleteMessages,
) -> Answer<enums::messages::AffectedMessages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let known = match &request.channel {
        enums::InputChannel::Channel(it) => {
            input::channel(world, me, it.channel_id, it.access_hash)
        }
        _ => None,
    };
    known.ok_or_else(|| bad("CHANNEL_INVALID"))?;
    Err(forbidden("MESSAGE_DELETE_FORBIDDEN"))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;
    use crate::world::NewChannel;

    #[test]
    fn channels_are_known_by_the_access_hash_of_who_asks() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let garden = NewChannel::new("Garden", "the_garden");
        let id = town.world.add_channel(garden).expect("the name is free");
        let of = |access_hash| functions::channels::GetChannels {
            id: vec![
                types::InputChannel {
                    channel_id: id,
                    access_hash,
                }
                .into(),
            ],
        };
        let right = town.world.channel_hash(alice, id);
        let enums::messages::Chats::Chats(found) = town.ask(alice, &of(right)) else {
            panic!("they are few")
        };
        assert!(
            matches!(&found.chats[..], [enums::Chat::Channel(it)] if it.access_hash == Some(right))
        );
        for (who, hash) in [(bob, right), (alice, right ^ 2), (alice, 0)] {
            let caller = town.caller(who);
            assert_eq!(town.refused(&caller, &of(hash)), "CHANNEL_INVALID");
        }
    }
}
