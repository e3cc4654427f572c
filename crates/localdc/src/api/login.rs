//! What every way of logging in ends with.
use std::sync::Arc;

use ferogram_sync::tl::{Serialize, enums, types};

use crate::world::{Authorization, Notable, Notice, World, date};

use super::done::{Answer, Done};
use super::errors::unregistered;
use super::seam::{Caller, Push};
use super::view::user;

/// Logs the caller's key in to an account, and tells the account's other sessions.
pub(crate) fn log_in(
    world: &mut World,
    caller: &Caller,
    id: i64,
) -> Answer<enums::auth::Authorization> {
    let hash = world.chance.number();
    log_in_as(world, caller, id, hash)
}

/// The same for a login that has its name already.
pub(crate) fn log_in_as(
    world: &mut World,
    caller: &Caller,
    id: i64,
    hash: i64,
) -> Answer<enums::auth::Authorization> {
    let now = world.now();
    let known = world.user_of(caller.key_id) == Some(id);
    let others = world
        .logins
        .of(id)
        .iter()
        .any(|(key, _)| *key != caller.key_id);
    let program = Arc::clone(&caller.program);
    let mut login = Authorization::new(id, hash, caller.dc, now, program);
    login.unconfirmed = others && !known;
    world.logins.sign_in(caller.key_id, login);
    let account = world.account_mut(id).ok_or_else(unregistered)?;
    let mut pushes = Vec::new();
    if others && !known && !account.is_bot() {
        let notice = account.notice(now, Notable::NewAuthorization { hash });
        pushes.push(announce(caller, id, &notice));
    }
    Ok(Done::from(seen_by_itself(world, id))
        .pushing(pushes)
        .signing_in(id))
}

/// The answer to a login: the account as it sees itself.
pub(crate) fn seen_by_itself(world: &World, id: i64) -> enums::auth::Authorization {
    types::auth::Authorization {
        user: user(world, id, id),
        ..Default::default()
    }
    .into()
}

/// A notice as the update that carries it.
pub(crate) fn notice_update(notice: &Notice) -> enums::Update {
    let Notable::NewAuthorization { hash } = notice.what;
    types::UpdateNewAuthorization {
        unconfirmed: true,
        hash,
        date: Some(date(notice.date)),
        device: Some("Unknown device".to_owned()),
        location: Some("localhost".to_owned()),
    }
    .into()
}

fn announce(caller: &Caller, id: i64, notice: &Notice) -> Push {
    let updates: enums::Updates = types::Updates {
        updates: vec![notice_update(notice)],
        users: Vec::new(),
        chats: Vec::new(),
        date: date(notice.date),
        seq: notice.seq,
    }
    .into();
    Push {
        user: id,
        updates: updates.to_bytes(),
        except: Some(caller.session),
    }
}
