//! When users were last seen.
use ferogram_sync::tl::{enums, types};

use crate::world::{Account, World, date};

/// When a user was last seen.
pub(crate) fn status(world: &World, account: &Account) -> enums::UserStatus {
    let presence = account.presence;
    if presence.online_until > world.now() {
        types::UserStatusOnline {
            expires: date(presence.online_until),
        }
        .into()
    } else if presence.was_online > 0 {
        types::UserStatusOffline {
            was_online: date(presence.was_online),
        }
        .into()
    } else {
        types::UserStatusRecently::default().into()
    }
}
