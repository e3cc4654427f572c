//! Showing what one is doing in a chat for as long as it takes.
use std::fmt;
use std::sync::{Arc, Weak};

use super::chat_action::ChatAction;
use super::typing_timer::TypingTimer;
use crate::client::{Client, Core};
use crate::error::Result;
use crate::net::NetError;
use crate::peers::PeerRef;
use crate::tl::enums::SendMessageAction;

/// Shows the others what this account is doing in a chat, until it is dropped.
///
/// One thread renews all that a client shows, every four seconds, and does not wait for answers.
/// Who drops the guard has the end told at once: nothing is renewed after that.
///
/// It does not keep the client alive.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// let typing = client.typing("me")?;
/// // Whatever takes its time.
/// drop(typing);
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/method/messages.setTyping>.
#[must_use = "it ends once it is dropped"]
pub struct TypingGuard {
    timer: Arc<TypingTimer>,
    core: Weak<Core>,
    id: u64,
}

impl Client {
    /// Shows that this account is writing, until the guard is dropped.
    ///
    /// # Errors
    ///
    /// As [`send_chat_action`](Self::send_chat_action).
    ///
    /// # Blocking
    ///
    /// Until the server has answered for the first time, at most for the client's timeout.
    pub fn typing(&self, peer: impl Into<PeerRef>) -> Result<TypingGuard> {
        self.show_chat_action(peer, None, ChatAction::Typing)
    }

    /// Shows what this account is doing in a chat, or in a topic of it, until the guard is dropped.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::ChatAction;
    ///
    /// let sending = client.show_chat_action("me", None, ChatAction::UploadVideo(0))?;
    /// sending.change(ChatAction::UploadVideo(50));
    /// sending.cancel()?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_chat_action`](Self::send_chat_action).
    ///
    /// # Blocking
    ///
    /// Until the server has answered for the first time, at most for the client's timeout.
    pub fn show_chat_action(
        &self,
        peer: impl Into<PeerRef>,
        topic: Option<i32>,
        action: impl Into<SendMessageAction>,
    ) -> Result<TypingGuard> {
        let timer = TypingTimer::of(self)?;
        let request = self.set_typing(&peer.into(), topic, action.into())?;
        Ok(TypingGuard {
            id: timer.add(request),
            core: Arc::downgrade(&self.core),
            timer,
        })
    }
}

impl TypingGuard {
    /// Shows something else from now on, as when a file is sent further. Does not block.
    pub fn change(&self, action: impl Into<SendMessageAction>) {
        self.timer.change(self.id, action.into());
    }

    /// Ends it, and waits until the server knows.
    ///
    /// # Errors
    ///
    /// As [`Client::send_chat_action`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn cancel(self) -> Result<()> {
        match self.timer.end(self.id, &self.core) {
            Some(pending) => pending.wait().map(drop),
            None => Err(NetError::Closed.into()),
        }
    }
}

impl Drop for TypingGuard {
    fn drop(&mut self) {
        if let Some(pending) = self.timer.end(self.id, &self.core) {
            pending.detach();
        }
    }
}

impl fmt::Debug for TypingGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypingGuard").finish_non_exhaustive()
    }
}
