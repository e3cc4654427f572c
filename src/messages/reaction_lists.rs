//! The reactions that an account is offered.
use crate::client::Client;
use crate::error::Result;
use crate::tl::enums::{Reaction, messages::Reactions as Told};
use crate::tl::functions::messages::{
    ClearRecentReactions, GetDefaultTagReactions, GetRecentReactions, GetTopReactions,
    SetDefaultReaction,
};

impl Client {
    /// The reactions that are used most, the first one most of all.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// let top = client.top_reactions(10)?;
    /// assert!(!top.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getTopReactions>.
    pub fn top_reactions(&self, limit: i32) -> Result<Vec<Reaction>> {
        Ok(listed(self.ask(&GetTopReactions { limit, hash: 0 })?))
    }

    /// The reactions that this account has used last, the newest first: those that were sent with
    /// [`add_to_recent`](crate::Reactions::add_to_recent).
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::Reactions;
    ///
    /// let message = client.send_message("me", "Hello")?;
    /// message.react(Reactions::emoji("\u{1f44d}").add_to_recent(true))?;
    /// assert_eq!(client.recent_reactions(10)?.len(), 1);
    /// client.clear_recent_reactions()?;
    /// assert!(client.recent_reactions(10)?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`top_reactions`](Self::top_reactions).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getRecentReactions>.
    pub fn recent_reactions(&self, limit: i32) -> Result<Vec<Reaction>> {
        Ok(listed(self.ask(&GetRecentReactions { limit, hash: 0 })?))
    }

    /// Forgets which reactions this account has used last.
    ///
    /// # Errors
    ///
    /// As [`top_reactions`](Self::top_reactions).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.clearRecentReactions>.
    pub fn clear_recent_reactions(&self) -> Result<()> {
        self.ask(&ClearRecentReactions {}).map(drop)
    }

    /// The reaction that a double press gives in the account's programs, from now on.
    ///
    /// # Errors
    ///
    /// As [`top_reactions`](Self::top_reactions). Common answer: `REACTION_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setDefaultReaction>.
    pub fn set_default_reaction(&self, reaction: impl Into<Reaction>) -> Result<()> {
        let reaction = reaction.into();
        self.ask(&SetDefaultReaction { reaction }).map(drop)
    }

    /// The reactions that saved messages are marked with first of all.
    ///
    /// # Errors
    ///
    /// As [`top_reactions`](Self::top_reactions).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getDefaultTagReactions>.
    pub fn default_tags(&self) -> Result<Vec<Reaction>> {
        Ok(listed(self.ask(&GetDefaultTagReactions { hash: 0 })?))
    }
}

fn listed(told: Told) -> Vec<Reaction> {
    match told {
        Told::Reactions(told) => told.reactions,
        _ => Vec::new(),
    }
}
