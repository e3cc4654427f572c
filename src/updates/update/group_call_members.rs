//! Who takes part in a call of a group has changed.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// Who takes part in a call of a group has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateGroupCallParticipants { version: 3, ..Default::default() };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::GroupCallMembers(it) = update else { panic!("it is one") };
    /// assert_eq!((it.version(), it.members().len()), (3, 0));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateGroupCallParticipants>.
    GroupCallMembers(types::UpdateGroupCallParticipants)
}

impl GroupCallMembers {
    /// The call.
    #[must_use]
    pub fn call(&self) -> &enums::InputGroupCall {
        &self.raw.call
    }

    /// Those of whom something has changed.
    #[must_use]
    pub fn members(&self) -> &[enums::GroupCallParticipant] {
        &self.raw.participants
    }

    /// How often they have changed.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.raw.version
    }
}
