//! `channels.*` and `messages.*`: what holds in a group or channel, changed by who may.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Peer, World};

use super::channel_settings::{creator, modify, require, set, set_of};
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::groups::changed as group_changed;
use super::input;
use super::seam::{Caller, RpcError};

/// The level from which on a channel's posts can be translated by themselves
/// (`channel_autotranslation_level_min` of <https://core.telegram.org/api/config>).
const TRANSLATION_LEVEL: usize = 3;

/// The level from which on a channel is without advertisements
/// (`channel_restrict_sponsored_level_min`).
const NO_ADS_LEVEL: usize = 50;

/// The different reactions that a message may have at most (`reactions_uniq_max`).
const REACTIONS_MAX: i32 = 11;

/// Changes a supergroup, where it is one, and tells everybody there that it has changed.
fn set_in_group(
    world: &mut World,
    caller: &Caller,
    channel: &enums::InputChannel,
    change: impl FnOnce(&mut Channel, i64) -> Result<(), RpcError>,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, channel)?;
    set_of(world, caller, me, id, |it| {
        if !it.megagroup {
            return Err(bad("CHAT_ID_INVALID"));
        }
        change(it, me).map(|()| None)
    })
}

/// `channels.toggleAntiSpam` (<https://core.telegram.org/method/channels.toggleAntiSpam>).
pub(crate) fn toggle_anti_spam(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleAntiSpam,
) -> Answer<enums::Updates> {
    set(world, caller, &request.channel, |it, me| {
        if !it.megagroup {
            return Err(bad("CHAT_ID_INVALID"));
        }
        require(it.may(me, |rights| rights.delete_messages))?;
        let new_value = request.enabled;
        modify(&mut it.rules.anti_spam, new_value)?;
        Ok(types::ChannelAdminLogEventActionToggleAntiSpam { new_value }.into())
    })
}

/// `channels.toggleJoinToSend` (<https://core.telegram.org/method/channels.toggleJoinToSend>).
pub(crate) fn toggle_join_to_send(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleJoinToSend,
) -> Answer<enums::Updates> {
    set_in_group(world, caller, &request.channel, |it, me| {
        require(it.may(me, |rights| rights.change_info))?;
        modify(&mut it.rules.join_to_send, request.enabled)
    })
}

/// `channels.toggleJoinRequest` (<https://core.telegram.org/method/channels.toggleJoinRequest>): of
/// what is public.
pub(crate) fn toggle_join_request(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleJoinRequest,
) -> Answer<enums::Updates> {
    set_in_group(world, caller, &request.channel, |it, me| {
        require(it.may(me, |rights| rights.invite_users))?;
        if it.username.is_none() && request.enabled {
            return Err(bad("CHAT_PUBLIC_REQUIRED"));
        }
        modify(&mut it.rules.join_request, request.enabled)
    })
}

/// `channels.toggleParticipantsHidden`
/// (<https://core.telegram.org/method/channels.toggleParticipantsHidden>).
pub(crate) fn toggle_participants_hidden(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleParticipantsHidden,
) -> Answer<enums::Updates> {
    set_in_group(world, caller, &request.channel, |it, me| {
        require(it.may(me, |rights| rights.ban_users))?;
        modify(&mut it.rules.members_hidden, request.enabled)
    })
}

/// `channels.toggleAutotranslation`
/// (<https://core.telegram.org/method/channels.toggleAutotranslation>).
pub(crate) fn toggle_autotranslation(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ToggleAutotranslation,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let boosted = level(world, id) >= TRANSLATION_LEVEL;
    set_of(world, caller, me, id, |it| {
        require(!it.megagroup && it.may(me, |rights| rights.change_info))?;
        boosted_enough(boosted || !request.enabled)?;
        let new_value = request.enabled;
        modify(&mut it.rules.auto_translation, new_value)?;
        let action = types::ChannelAdminLogEventActionToggleAutotranslation { new_value };
        Ok(Some(action.into()))
    })
}

/// `channels.restrictSponsoredMessages`
/// (<https://core.telegram.org/method/channels.restrictSponsoredMessages>): for a channel's owner.
pub(crate) fn restrict_sponsored_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::RestrictSponsoredMessages,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let boosted = level(world, id) >= NO_ADS_LEVEL;
    set_of(world, caller, me, id, |it| {
        require(!it.megagroup && creator(it, me))?;
        boosted_enough(boosted || !request.restricted)?;
        modify(&mut it.rules.without_ads, request.restricted)?;
        Ok(None)
    })
}

/// The level of a channel: here every boost is one.
fn level(world: &World, id: i64) -> usize {
    let given = world.boosts.iter();
    given.filter(|it| it.channel == Some(id)).count()
}

fn boosted_enough(enough: bool) -> Result<(), RpcError> {
    enough.then_some(()).ok_or_else(|| bad("BOOSTS_REQUIRED"))
}

/// `channels.setBoostsToUnblockRestrictions`
/// (<https://core.telegram.org/method/channels.setBoostsToUnblockRestrictions>).
pub(crate) fn set_boosts_to_unblock_restrictions(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::SetBoostsToUnblockRestrictions,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    set_of(world, caller, me, id, |it| {
        require(it.megagroup && it.may(me, |rights| rights.ban_users))?;
        if !(0..=8).contains(&request.boosts) {
            return Err(bad("LIMIT_INVALID"));
        }
        modify(&mut it.rules.boosts_to_unblock, request.boosts)?;
        Ok(None)
    })
}

/// `messages.setChatAvailableReactions`
/// (<https://core.telegram.org/method/messages.setChatAvailableReactions>).
pub(crate) fn set_chat_available_reactions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetChatAvailableReactions,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let limit = request.reactions_limit;
    if limit.is_some_and(|limit| !(1..=REACTIONS_MAX).contains(&limit)) {
        return Err(bad("REACTIONS_COUNT_INVALID"));
    }
    let new = request.available_reactions;
    let change = |rules: &mut crate::world::Rules| {
        let old = rules.reactions.clone();
        let paid = request.paid_enabled.unwrap_or(rules.paid_reactions);
        let mut now = (old.clone(), rules.reactions_limit, rules.paid_reactions);
        modify(&mut now, (new.clone(), limit, paid))?;
        (rules.reactions, rules.reactions_limit, rules.paid_reactions) = now;
        Ok(old)
    };
    match input::peer(world, me, &request.peer)? {
        Peer::User(_) => Err(bad("PEER_ID_INVALID")),
        Peer::Channel(id) => set_of(world, caller, me, id, |it| {
            require(it.may(me, |rights| rights.change_info))?;
            let prev_value = change(&mut it.rules)?;
            let action = types::ChannelAdminLogEventActionChangeAvailableReactions {
                prev_value,
                new_value: new.clone(),
            };
            Ok(Some(action.into()))
        }),
        Peer::Chat(id) => {
            let it = world.chats.get_mut(&id);
            let it = it.ok_or_else(|| bad("CHAT_ID_INVALID"))?;
            require(it.is_admin(me))?;
            change(&mut it.rules)?;
            Ok(Done::from(group_changed(world, me, id, &[])))
        }
    }
}
