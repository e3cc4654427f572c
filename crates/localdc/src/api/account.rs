//! `account.*`: the account's own settings.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Peer, Presence, World, normal_username};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::portrait::names;
use super::push::passing;
use super::seam::{Caller, RpcError};
use super::view::{status, user as shown};

/// How long somebody who says "online" is shown as online, in seconds.
const ONLINE: i64 = 300;

/// `account.updateStatus` (<https://core.telegram.org/method/account.updateStatus>): whoever has a
/// conversation with the account sees it come and go.
pub(crate) fn update_status(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdateStatus,
) -> Answer<bool> {
    let user = caller.user.ok_or_else(unregistered)?;
    let now = world.now();
    let account = world.account_mut(user).ok_or_else(unregistered)?;
    account.presence = Presence {
        online_until: if request.offline { 0 } else { now + ONLINE },
        was_online: now,
    };
    let friends = friends(account);
    let account = world.account(user).ok_or_else(unregistered)?;
    let seen = status(world, account);
    let pushes = friends
        .into_iter()
        .filter(|friend| {
            world
                .account(*friend)
                .is_some_and(|account| !account.is_bot())
        })
        .map(|friend| {
            let update = types::UpdateUserStatus {
                user_id: user,
                status: seen.clone(),
            };
            passing(world, friend, update.into())
        })
        .collect();
    Ok(Done::from(true).pushing(pushes))
}

/// `account.checkUsername` (<https://core.telegram.org/method/account.checkUsername>).
pub(crate) fn check_username(
    world: &mut World,
    _: &Caller,
    request: functions::account::CheckUsername,
) -> Answer<bool> {
    let name = normal_username(&request.username).ok_or_else(|| bad("USERNAME_INVALID"))?;
    Ok(world.directory.by_username(&name).is_none().into())
}

/// `account.updateUsername` (<https://core.telegram.org/method/account.updateUsername>).
pub(crate) fn update_username(
    world: &mut World,
    caller: &Caller,
    request: functions::account::UpdateUsername,
) -> Answer<enums::User> {
    let user = caller.user.ok_or_else(unregistered)?;
    let name = Some(request.username).filter(|name| !name.is_empty());
    let current = world
        .account(user)
        .and_then(|account| account.username.clone());
    if name == current {
        return Err(bad("USERNAME_NOT_MODIFIED"));
    }
    if let Some(name) = &name {
        check_free(world, user, name)?;
    }
    world
        .directory
        .rename(user, name)
        .map_err(|_| bad("USERNAME_OCCUPIED"))?;
    let account = world.account(user).ok_or_else(unregistered)?;
    let pushes = friends(account).into_iter().map(|friend| {
        let update = types::UpdateUserName {
            user_id: user,
            first_name: account.first_name.clone(),
            last_name: account.last_name.clone().unwrap_or_default(),
            usernames: names(account),
        };
        passing(world, friend, update.into())
    });
    let pushes = pushes.collect();
    Ok(Done::from(shown(world, user, user)).pushing(pushes))
}

/// Who has a chat with an account, and so is told what becomes of it.
pub(super) fn friends(account: &Account) -> Vec<i64> {
    let chats = account.mailbox.threads();
    let friends = chats.filter_map(|(peer, _)| match peer {
        Peer::User(other) if other != account.id => Some(other),
        _ => None,
    });
    friends.collect()
}

fn check_free(world: &World, user: i64, name: &str) -> Result<(), RpcError> {
    let normal = normal_username(name).ok_or_else(|| bad("USERNAME_INVALID"))?;
    match world.directory.by_username(&normal) {
        Some(owner) if owner.id != user => Err(bad("USERNAME_OCCUPIED")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;

    #[test]
    fn friends_see_who_comes_and_goes() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        town.ask(alice, &town.text(alice, bob, "hello", 1));
        for offline in [false, true] {
            let request = functions::account::UpdateStatus { offline };
            let called = town.call(&town.caller(alice), &request).expect("told");
            let [(to, enums::Updates::UpdateShort(short))] = &pushed(&called.reply.pushes)[..]
            else {
                panic!("one is told");
            };
            assert_eq!(*to, bob);
            let enums::Update::UserStatus(seen) = &short.update else {
                panic!("another update");
            };
            assert_eq!(
                matches!(seen.status, enums::UserStatus::Online(_)),
                !offline
            );
        }
    }

    #[test]
    fn a_username_is_taken_if_it_is_free() {
        let mut town = Town::new();
        let (alice, _) = (town.user(1, "alice"), town.user(2, "bobby"));
        let caller = town.caller(alice);
        let take = |name: &str| functions::account::UpdateUsername {
            username: name.to_owned(),
        };
        assert_eq!(
            town.refused(&caller, &take("alice")),
            "USERNAME_NOT_MODIFIED"
        );
        assert_eq!(town.refused(&caller, &take("BOBBY")), "USERNAME_OCCUPIED");
        assert_eq!(town.refused(&caller, &take("no")), "USERNAME_INVALID");
        town.ask(alice, &take("alice_2"));
        let check = |name: &str| functions::account::CheckUsername {
            username: name.to_owned(),
        };
        assert!(town.ask(alice, &check("alice")));
        assert!(!town.ask(alice, &check("Alice_2")));
    }
}
