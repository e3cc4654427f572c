//! What the bot that guards a group or channel has decided of this account, which asked to be
//! let in.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// What the bot that guards a group or channel has decided of this account, which asked to
    /// be let in.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::{enums, types}};
    ///
    /// let raw = types::UpdateJoinChatWebViewDecision {
    ///     query_id: 5,
    ///     result: enums::JoinChatBotResult::Approved,
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::JoinDecision(decision) = update else { panic!("it is one") };
    /// assert!(decision.is_approved());
    /// assert_eq!(decision.query_id(), 5);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateJoinChatWebViewDecision>.
    JoinDecision(types::UpdateJoinChatWebViewDecision)
}

in_chat!(JoinDecision, it => it.peer.clone());

impl JoinDecision {
    /// The id of the mini app in which it was asked.
    #[must_use]
    pub fn query_id(&self) -> i64 {
        self.raw.query_id
    }

    /// What was decided.
    #[must_use]
    pub fn result(&self) -> &enums::JoinChatBotResult {
        &self.raw.result
    }

    /// Whether it was let in.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        matches!(self.raw.result, enums::JoinChatBotResult::Approved)
    }
}
