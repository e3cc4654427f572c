//! What `qts` counts: what bots are told of that happened to others
//! (<https://core.telegram.org/api/updates#event-sequences>).
use ferogram_sync::tl::enums;

use super::account::Counted;
use super::peer::Peer;
use super::state::World;

impl World {
    /// Gives an account the next update that `qts` counts.
    pub(crate) fn count_for(
        &mut self,
        user: i64,
        names: &[Peer],
        make: impl FnOnce(i32) -> enums::Update,
    ) -> Option<Counted> {
        let account = self.account_mut(user)?;
        let qts = account.qts() + 1;
        let counted = Counted {
            qts,
            update: make(qts),
            names: names.to_vec(),
        };
        account.counted.push(counted.clone());
        Some(counted)
    }
}
