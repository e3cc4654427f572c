//! The way in: finds the method, and who may not call it.
use std::collections::HashMap;
use std::sync::LazyLock;

use ferogram_sync::tl::{Callers, callers};

use crate::world::{Standing, World};

use super::bot_methods::BOT_METHODS;
use super::errors::{bad, migrate, unregistered};
use super::inline_methods::INLINE_METHODS;
use super::method::{Access, Method, Run};
use super::methods::METHODS;
use super::scheduled::release_due;
use super::seam::{Caller, Push, Reply, RpcError};
use super::takeout;

static BY_ID: LazyLock<HashMap<u32, &'static Method>> =
    LazyLock::new(|| all().map(|method| (method.id, method)).collect());

/// All methods.
fn all() -> impl Iterator<Item = &'static Method> {
    METHODS.iter().chain(BOT_METHODS).chain(INLINE_METHODS)
}

/// The constructor id of a method that exists here, by its name in the schema.
pub(crate) fn method_id(name: &str) -> Option<u32> {
    let method = all().find(|method| method.name == name);
    method.map(|method| method.id)
}

/// A method that is to run, with its fields: reading them, which may be a large part of a file,
/// needs no world.
pub(crate) struct Prepared<'f> {
    function: &'f [u8],
    method: Result<&'static Method, RpcError>,
    run: Result<Run, RpcError>,
}

impl<'f> Prepared<'f> {
    /// Reads what is to run. `function` starts with the method's constructor id.
    pub(crate) fn read(function: &'f [u8]) -> Self {
        let Some((id, fields)) = function.split_first_chunk() else {
            return Self::refused(function, bad("INPUT_FETCH_ERROR"));
        };
        let id = u32::from_le_bytes(*id);
        match BY_ID.get(&id) {
            Some(method) => Self {
                function,
                method: Ok(method),
                run: (method.read)(fields),
            },
            None => Self::refused(function, RpcError::unknown_method(id)),
        }
    }

    fn refused(function: &'f [u8], error: RpcError) -> Self {
        Self {
            function,
            method: Err(error.clone()),
            run: Err(error),
        }
    }
}

/// Runs one method. `function` starts with the method's constructor id.
///
/// # Errors
/// Whatever the method refuses; a method that does not exist here is refused by name.
pub(crate) fn dispatch(
    world: &mut World,
    caller: &Caller,
    function: &[u8],
) -> Result<Reply, RpcError> {
    let mut reply = run(world, caller, Prepared::read(function))?;
    reply.finish();
    Ok(reply)
}

/// Runs a method that is read. What of the reply can be written without the world is left to be
/// [finished](Reply::finish).
///
/// # Errors
/// As [`dispatch`].
pub(crate) fn run(
    world: &mut World,
    caller: &Caller,
    prepared: Prepared<'_>,
) -> Result<Reply, RpcError> {
    world.set_now(i64::from(caller.now));
    let (function, method) = (prepared.function, prepared.method?);
    admit(world, caller, method)?;
    world.count(method.name, function);
    let now = world.now();
    world.logins.used(now, caller.key_id, &caller.program);
    let untold = std::mem::take(&mut world.untold);
    let untold = untold.into_iter().map(|(user, updates)| Push {
        user,
        updates,
        except: None,
    });
    let mut before: Vec<Push> = untold.chain(release_due(world)).collect();
    match prepared.run.and_then(|run| run(world, caller)) {
        Ok(mut reply) => {
            before.append(&mut reply.pushes);
            reply.pushes = before;
            Ok(reply)
        }
        Err(error) => {
            let later = before.into_iter();
            world.untold = later.map(|push| (push.user, push.updates)).collect();
            Err(error)
        }
    }
}

/// Whether the caller may call a method.
fn admit(world: &World, caller: &Caller, method: &Method) -> Result<(), RpcError> {
    // See https://core.telegram.org/cdn.
    let is_for_cdn = method.name == "upload.getCdnFile";
    match (world.is_cdn(caller.dc), is_for_cdn) {
        (true, false) => return Err(bad("CDN_METHOD_INVALID")),
        (false, true) => return Err(bad("METHOD_INVALID")),
        _ => {}
    }
    let account = caller.user.and_then(|user| world.account(user));
    if account.is_none() && method.access != Access::Free {
        return Err(unregistered());
    }
    let Some(account) = account else {
        return Ok(());
    };
    check_standing(account.security.standing, method.name)?;
    takeout::check(world, caller)?;
    // Each method's page says who may call it (https://core.telegram.org/methods).
    match (callers(method.id), account.is_bot()) {
        (Callers::Users, true) => return Err(bad("BOT_METHOD_INVALID")),
        (Callers::Bots, false) => return Err(bad("USER_BOT_REQUIRED")),
        _ => {}
    }
    if method.access == Access::Home && account.dc != caller.dc {
        return Err(migrate("USER", account.dc));
    }
    Ok(())
}

/// Whoever is frozen may read, and whoever is gone nothing
/// (<https://core.telegram.org/api/auth#frozen-accounts>).
fn check_standing(standing: Standing, method: &str) -> Result<(), RpcError> {
    let (namespace, verb) = method.split_once('.').unwrap_or_default();
    let only_reads = ["auth", "help", "updates"].contains(&namespace)
        || ["get", "check", "resolve", "search"]
            .iter()
            .any(|prefix| verb.starts_with(prefix));
    match standing {
        Standing::Frozen if !only_reads => Err(RpcError::new(420, "FROZEN_METHOD_INVALID")),
        Standing::Good | Standing::Frozen => Ok(()),
        Standing::Deleted => Err(RpcError::new(401, "USER_DEACTIVATED")),
        Standing::Banned => Err(RpcError::new(401, "USER_DEACTIVATED_BAN")),
    }
}

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::{Serialize, functions, name_of};

    use super::super::fixture::Town;
    use super::super::login::log_in;
    use super::*;

    #[test]
    fn every_method_stands_once_and_under_its_own_name() {
        assert_eq!(BY_ID.len(), all().count());
        for method in all() {
            assert_eq!(name_of(method.id), Some(method.name));
        }
    }

    #[test]
    fn what_is_not_known_or_not_readable_is_refused() {
        let mut town = Town::new();
        let user = town.user(1, "alice");
        let caller = town.caller(user);
        let mut refused = |bytes: &[u8]| {
            let error = dispatch(&mut town.world, &caller, bytes).expect_err("refused");
            assert_eq!(error.code, 400);
            error.message
        };
        assert_eq!(refused(&[1, 0, 0, 0]), "INPUT_METHOD_INVALID_1");
        assert_eq!(refused(&[1, 0, 0]), "INPUT_FETCH_ERROR");
        let request = functions::messages::GetHistory::default().to_bytes();
        assert_eq!(refused(&request[..request.len() - 1]), "INPUT_FETCH_ERROR");
        assert_eq!(
            refused(&[&request[..], &[0; 4]].concat()),
            "INPUT_FETCH_ERROR"
        );
        let mut strange = request;
        strange[4..8].copy_from_slice(&[0xef, 0xbe, 0xad, 0xde]);
        assert_eq!(refused(&strange), "INPUT_CONSTRUCTOR_INVALID_DEADBEEF");
    }

    #[test]
    fn who_may_call_what() {
        let mut town = Town::new();
        let user = town.user(1, "alice");
        let bot = town.bot("42:token", "the_bot");
        let (state, dialogs) = (
            functions::updates::GetState {},
            functions::messages::GetDialogs::default(),
        );
        let stranger = town.key(5, 1);
        assert_eq!(town.refused(&stranger, &state), "AUTH_KEY_UNREGISTERED");
        town.call(&stranger, &functions::help::GetConfig {})
            .expect("free for all");
        assert_eq!(
            town.refused(&town.caller(bot), &dialogs),
            "BOT_METHOD_INVALID"
        );
        assert_eq!(
            town.refused(&town.caller(bot), &functions::help::GetNearestDc {}),
            "BOT_METHOD_INVALID"
        );
        town.ask(bot, &state);
        town.ask(user, &dialogs);
        log_in(&mut town.world, &stranger, user).ok();
        let away = town.key(5, 2);
        let error = town.call(&away, &state).err().expect("not here");
        assert_eq!(
            (error.code, error.message.as_str()),
            (303, "USER_MIGRATE_1")
        );
        town.call(&away, &functions::users::GetUsers::default())
            .expect("anywhere");
        assert_eq!(town.world.executed("updates.getState"), 1);
        assert_eq!(town.world.executed("messages.getHistory"), 0);
    }
}
