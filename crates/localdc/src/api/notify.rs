//! `account.*`: of what an account is told, and how.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{NotifyFor, Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::portrait::notify_settings;
use super::push::{container, for_others};
use super::seam::{Caller, RpcError};
use super::view::View;

fn meant(world: &World, me: i64, peer: &enums::InputNotifyPeer) -> Result<NotifyFor, RpcError> {
    use enums::InputNotifyPeer as Input;
    Ok(match peer {
        Input::Peer(it) => NotifyFor::Peer(input::peer(world, me, &it.peer)?),
        Input::InputNotifyUsers => NotifyFor::Users,
        Input::InputNotifyChats => NotifyFor::Groups,
        Input::InputNotifyBroadcasts => NotifyFor::Channels,
        Input::InputNotifyForumTopic(it) => {
            let peer = input::peer(world, me, &it.peer)?;
            if world.spot(me, peer, it.top_msg_id).is_none() {
                return Err(bad("MSG_ID_INVALID"));
            }
            NotifyFor::Topic(peer, it.top_msg_id)
        }
        _ => return Err(unsupported("community")),
    })
}

fn shown(view: &mut View<'_>, what: NotifyFor) -> enums::NotifyPeer {
    match what {
        NotifyFor::Users => enums::NotifyPeer::NotifyUsers,
        NotifyFor::Groups => enums::NotifyPeer::NotifyChats,
        NotifyFor::Channels => enums::NotifyPeer::NotifyBroadcasts,
        NotifyFor::Peer(peer) => {
            let peer = view.peer(peer);
            types::NotifyPeer { peer }.into()
        }
        NotifyFor::Topic(peer, top_msg_id) => {
            let peer = view.peer(peer);
            types::NotifyForumTopic { peer, top_msg_id }.into()
        }
    }
}

/// `account.getNotifySettings` (<https://core.telegram.org/method/account.getNotifySettings>).
pub(crate) fn get_notify_settings(
    world: &mut World,
    caller: &Caller,
    request: functions::account::GetNotifySettings,
) -> Answer<enums::PeerNotifySettings> {
    let me = caller.user.ok_or_else(unregistered)?;
    let what = meant(world, me, &request.peer)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    Ok(notify_settings(account, what).into())
}

/// `account.updateNotifySettings`
/// (<https://core.telegram.org/method/account.updateNotifySettings>): what is not said is as it is
/// one level up again, as official clients take it, which send all of it each time.
pub(crate) fn update_notify_settings(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdateNotifySettings,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let what = meant(world, me, &request.peer)?;
    let enums::InputPeerNotifySettings::Settings(input) = request.settings;
    if input.mute_until.is_some_and(|until| until < 0) {
        return Err(bad("SETTINGS_INVALID"));
    }
    let settings = types::PeerNotifySettings {
        show_previews: input.show_previews,
        silent: input.silent,
        mute_until: input.mute_until,
        ios_sound: input.sound.clone(),
        android_sound: input.sound.clone(),
        other_sound: input.sound,
        stories_muted: input.stories_muted,
        stories_hide_sender: input.stories_hide_sender,
        stories_ios_sound: input.stories_sound.clone(),
        stories_android_sound: input.stories_sound.clone(),
        stories_other_sound: input.stories_sound,
    };
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    match settings == types::PeerNotifySettings::default() {
        true => account.preferences.notify.remove(&what),
        false => account.preferences.notify.insert(what, settings.clone()),
    };
    let mut view = View::new(world, me);
    let peer = shown(&mut view, what);
    let update = types::UpdateNotifySettings {
        peer,
        notify_settings: settings.into(),
    };
    let pushes = for_others(world, caller, view, update.into());
    Ok(Done::from(true).pushing(pushes))
}

/// `account.resetNotifySettings`
/// (<https://core.telegram.org/method/account.resetNotifySettings>).
pub(crate) fn reset_notify_settings(
    world: &mut World,
    caller: &Caller,
    _: functions::account::ResetNotifySettings,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.preferences.notify.clear();
    Ok(true.into())
}

/// `account.getNotifyExceptions`
/// (<https://core.telegram.org/method/account.getNotifyExceptions>).
pub(crate) fn get_notify_exceptions(
    world: &mut World,
    caller: &Caller,
    request: functions::account::GetNotifyExceptions,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let of_what = request.peer.as_ref();
    let of_what = of_what.map(|peer| meant(world, me, peer)).transpose()?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let broadcast = |id: i64| world.channels.get(&id).is_some_and(|it| !it.megagroup);
    let belongs = |what: &NotifyFor| match (what, of_what) {
        (NotifyFor::Peer(_) | NotifyFor::Topic(..), None) => true,
        (NotifyFor::Peer(Peer::User(_)), Some(NotifyFor::Users)) => true,
        (NotifyFor::Peer(Peer::Chat(_)), Some(NotifyFor::Groups)) => true,
        (NotifyFor::Peer(Peer::Channel(id)), Some(NotifyFor::Groups)) => !broadcast(*id),
        (NotifyFor::Peer(Peer::Channel(id)), Some(NotifyFor::Channels)) => broadcast(*id),
        (NotifyFor::Topic(peer, _), Some(NotifyFor::Peer(of))) => *peer == of,
        _ => false,
    };
    // Without a wish to see them too, sounds and stories are no exceptions of their own.
    let tells = |settings: &types::PeerNotifySettings| {
        let plain = settings.mute_until.is_some() || settings.show_previews.is_some();
        let sound = settings.other_sound.is_some() || settings.silent.is_some();
        let stories = settings.stories_muted.is_some() || settings.stories_hide_sender.is_some();
        plain || request.compare_sound && sound || request.compare_stories && stories
    };
    let mut view = View::new(world, me);
    let all = account.preferences.notify.iter();
    let all = all.filter(|(what, settings)| belongs(what) && tells(settings));
    let updates = all.map(|(what, settings)| {
        types::UpdateNotifySettings {
            peer: shown(&mut view, *what),
            notify_settings: settings.clone().into(),
        }
        .into()
    });
    let updates = updates.collect();
    Ok(container(world, view, updates).into())
}
