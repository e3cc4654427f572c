//! How often posts were seen.
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::MessageViews as Raw;
use crate::tl::enums::messages::MessageViews;
use crate::tl::functions::messages::GetMessagesViews;
use crate::tl::types;

/// So many ids one request takes.
const AT_ONCE: usize = 100;

impl Client {
    /// How often posts of a channel were seen, forwarded and answered: for each id, in the same
    /// order. Those that are not there have no numbers.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHANNEL_PRIVATE`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getMessagesViews>.
    pub fn fetch_views(
        &self,
        peer: impl Into<PeerRef>,
        message_ids: &[i32],
    ) -> Result<Vec<types::MessageViews>> {
        self.views(&peer.into(), message_ids, false)
    }

    /// The same, and counts that this account has seen them.
    ///
    /// # Errors
    ///
    /// As [`fetch_views`](Self::fetch_views).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getMessagesViews>.
    pub fn count_views(
        &self,
        peer: impl Into<PeerRef>,
        message_ids: &[i32],
    ) -> Result<Vec<types::MessageViews>> {
        self.views(&peer.into(), message_ids, true)
    }

    fn views(
        &self,
        peer: &PeerRef,
        message_ids: &[i32],
        increment: bool,
    ) -> Result<Vec<types::MessageViews>> {
        let deadline = self.begin_for::<GetMessagesViews>()?;
        let mut all = Vec::with_capacity(message_ids.len());
        for ids in message_ids.chunks(AT_ONCE) {
            let answer = self.ask_about(peer, deadline, |peer| {
                let request = GetMessagesViews {
                    peer: peer.clone(),
                    id: ids.to_vec(),
                    increment,
                };
                self.ask_until(&request, deadline)
            })?;
            let MessageViews::Views(answer) = answer;
            let views = answer.views.into_iter().map(|Raw::Views(views)| views);
            all.extend(views);
        }
        Ok(all)
    }
}
