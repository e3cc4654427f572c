//! The way in: finds the method, and who may not call it.
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::world::World;

use super::errors::{bad, migrate, unregistered};
use super::methods::{Access, METHODS, Method};
use super::seam::{Caller, Reply, RpcError};

static BY_ID: LazyLock<HashMap<u32, &'static Method>> =
    LazyLock::new(|| METHODS.iter().map(|method| (method.id, method)).collect());

/// Runs one method. `function` starts with the method's constructor id.
///
/// # Errors
/// Whatever the method refuses; a method that does not exist here is refused by name.
pub(crate) fn dispatch(
    world: &mut World,
    caller: &Caller,
    function: &[u8],
) -> Result<Reply, RpcError> {
    world.set_now(i64::from(caller.now));
    let Some((id, fields)) = function.split_first_chunk() else {
        return Err(bad("INPUT_FETCH_ERROR"));
    };
    let id = u32::from_le_bytes(*id);
    let method = BY_ID.get(&id).ok_or_else(|| RpcError::unknown_method(id))?;
    admit(world, caller, method.access)?;
    world.count(method.name);
    (method.run)(world, caller, fields)
}

/// Whether the caller may call a method of this kind.
fn admit(world: &World, caller: &Caller, access: Access) -> Result<(), RpcError> {
    if access == Access::Free {
        return Ok(());
    }
    let user = caller.user.ok_or_else(unregistered)?;
    let account = world.account(user).ok_or_else(unregistered)?;
    if access == Access::People && account.is_bot() {
        return Err(bad("BOT_METHOD_INVALID"));
    }
    if access != Access::Anywhere && account.dc != caller.dc {
        return Err(migrate("USER", account.dc));
    }
    Ok(())
}
