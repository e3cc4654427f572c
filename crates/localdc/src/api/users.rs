//! `users.*`: who somebody is.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::bot_profile::{self, bot_info};
use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::places::channel;
use super::portrait::detail;
use super::seam::Caller;
use super::view::user;

/// Users that one call may ask for.
const AT_ONCE: usize = 200;

/// `users.getUsers` (<https://core.telegram.org/method/users.getUsers>): whoever cannot be found,
/// or is named with a wrong access hash, is left out.
pub(crate) fn get_users(
    world: &mut World,
    caller: &Caller,
    request: functions::users::GetUsers,
) -> Answer<Vec<enums::User>> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.id.len() > AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    let mut users = Vec::with_capacity(request.id.len());
    for id in &request.id {
        if let Some(id) = input::user(world, me, id)? {
            users.push(user(world, me, id));
        }
    }
    Ok(users.into())
}

/// `users.getFullUser` (<https://core.telegram.org/method/users.getFullUser>).
pub(crate) fn get_full_user(
    world: &mut World,
    caller: &Caller,
    request: functions::users::GetFullUser,
) -> Answer<enums::users::UserFull> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::user(world, me, &request.id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let account = world.account(id).ok_or_else(|| bad("USER_ID_INVALID"))?;
    let common = world
        .chats
        .values()
        .filter(|chat| chat.members.contains_key(&me) && chat.members.contains_key(&id))
        .count();
    let mut full_user = types::UserFull {
        blocked: world.account(me).is_some_and(|me| me.blocked.contains(&id)),
        can_pin_message: true,
        id,
        about: account.about.clone(),
        bot_info: bot_info(world, id, (me, Peer::User(id)), &caller.program.lang_code),
        common_chats_count: if id == me {
            0
        } else {
            i32::try_from(common).unwrap_or(i32::MAX)
        },
        ..Default::default()
    };
    detail(world, me, account, &mut full_user);
    bot_profile::detail(account, &caller.program.lang_code, &mut full_user);
    let shown = full_user.personal_channel_id;
    let answer: enums::users::UserFull = types::users::UserFull {
        full_user: full_user.into(),
        chats: shown.map(|it| channel(world, me, it)).into_iter().collect(),
        users: vec![user(world, me, id)],
    }
    .into();
    Ok(answer.into())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    #[test]
    fn users_are_known_by_the_access_hash_of_who_asks() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let bot = town.bot("42:token", "the_bot");
        let by = |access_hash| {
            enums::InputUser::from(types::InputUser {
                user_id: bob,
                access_hash,
            })
        };
        let right = by(town.world.access_hash(alice, bob));
        let of_bob = by(town.world.access_hash(bob, alice));
        let id = vec![
            enums::InputUser::UserSelf,
            right,
            of_bob,
            by(0),
            enums::InputUser::Empty,
        ];
        let users = town.ask(alice, &functions::users::GetUsers { id });
        let ids: Vec<i64> = users
            .iter()
            .map(|user| match user {
                enums::User::User(user) => user.id,
                enums::User::Empty(user) => panic!("{} is empty", user.id),
                other => panic!("another user: {other:?}"),
            })
            .collect();
        assert_eq!(ids, [alice, bob]);
        let unmet = functions::users::GetUsers { id: vec![by(0)] };
        assert!(town.ask(bot, &unmet).is_empty());
        town.ask(bob, &town.text(bob, bot, "/start", 1));
        assert_eq!(town.ask(bot, &unmet).len(), 1);
    }

    #[test]
    fn a_full_user_needs_a_right_hash() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let id = types::InputUser {
            user_id: bob,
            access_hash: 1,
        }
        .into();
        let caller = town.caller(alice);
        let request = functions::users::GetFullUser { id };
        assert_eq!(town.refused(&caller, &request), "USER_ID_INVALID");
        let request = functions::users::GetFullUser {
            id: enums::InputUser::UserSelf,
        };
        let enums::users::UserFull::Full(full) = town.ask(alice, &request);
        assert!(matches!(full.full_user, enums::UserFull::Full(full) if full.id == alice));
    }
}
