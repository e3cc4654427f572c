//! Reactions to messages.
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::Reaction;
use crate::tl::functions::messages::SendReaction;
use crate::tl::types;

/// How one reacts to a message: an emoji is enough, and an empty text takes back what was there.
/// More than one are for accounts with Premium.
///
/// ```
/// use ferogram_sync::Reactions;
///
/// let both = Reactions::emoji("\u{1f44d}").and_custom_emoji(7).big(true);
/// assert_eq!(both.list.len(), 2);
/// assert_eq!(Reactions::from(""), Reactions::none());
/// ```
///
/// See <https://core.telegram.org/api/reactions>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Reactions {
    /// All that the message is to have of this account.
    pub list: Vec<Reaction>,
    /// Whether they are shown large at first.
    pub big: bool,
    /// Whether they are among those used last from now on.
    pub add_to_recent: bool,
}

impl Reactions {
    /// None: takes back what was there.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// An emoji.
    pub fn emoji(emoji: impl Into<String>) -> Self {
        Self::none().and_emoji(emoji)
    }

    /// A custom emoji, by its id.
    #[must_use]
    pub fn custom_emoji(id: i64) -> Self {
        Self::none().and_custom_emoji(id)
    }

    /// And an emoji.
    #[must_use]
    pub fn and_emoji(mut self, emoji: impl Into<String>) -> Self {
        let emoticon = emoji.into();
        self.list.push(types::ReactionEmoji { emoticon }.into());
        self
    }

    /// And a custom emoji.
    #[must_use]
    pub fn and_custom_emoji(mut self, id: i64) -> Self {
        let reaction = types::ReactionCustomEmoji { document_id: id };
        self.list.push(reaction.into());
        self
    }

    /// Whether they are shown large at first.
    #[must_use]
    pub fn big(mut self, big: bool) -> Self {
        self.big = big;
        self
    }

    /// Whether they are among those used last from now on.
    #[must_use]
    pub fn add_to_recent(mut self, add: bool) -> Self {
        self.add_to_recent = add;
        self
    }
}

impl From<&str> for Reactions {
    fn from(emoji: &str) -> Self {
        match emoji {
            "" => Self::none(),
            emoji => Self::emoji(emoji),
        }
    }
}

impl Client {
    /// Reacts to a message. What this account has reacted with before goes.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::Reactions;
    ///
    /// let message = client.send_message("me", "Hello")?;
    /// client.send_reaction("me", message.id(), "\u{1f44d}")?;
    /// client.send_reaction("me", message.id(), Reactions::none())?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_ID_INVALID`, `REACTION_INVALID`, `REACTIONS_TOO_MANY`, and `MESSAGE_NOT_MODIFIED`
    /// where nothing changes.
    ///
    /// # Blocking
    ///
    /// Until the server has the reaction, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendReaction>.
    pub fn send_reaction(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        reactions: impl Into<Reactions>,
    ) -> Result<()> {
        let (peer, reactions) = (peer.into(), reactions.into());
        let deadline = self.begin_for::<SendReaction>()?;
        let mut request = SendReaction {
            big: reactions.big,
            add_to_recent: reactions.add_to_recent,
            msg_id: message_id,
            reaction: Some(reactions.list),
            ..Default::default()
        };
        self.ask_about(&peer, deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

impl Message {
    /// Reacts to it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "Hello")?.react("\u{1f44d}")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::send_reaction`].
    ///
    /// # Blocking
    ///
    /// Until the server has the reaction, at most for the client's timeout.
    pub fn react(&self, reactions: impl Into<Reactions>) -> Result<()> {
        self.client()?
            .send_reaction(self, self.sent_id()?, reactions)
    }
}
