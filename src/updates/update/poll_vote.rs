//! Somebody has voted in a poll that is not anonymous, as the bot is told that has made it.
use super::payload::{by_peer, payload};
use crate::tl::types;

payload! {
    /// Somebody has voted in a poll that is not anonymous, as the bot is told that has made it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateMessagePollVote {
    ///     poll_id: 9,
    ///     peer: types::PeerUser { user_id: 7 }.into(),
    ///     options: vec![b"1".to_vec()],
    ///     positions: vec![1],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PollVote(vote) = update else { panic!("it is one") };
    /// assert_eq!((vote.poll_id(), vote.sender_id()), (9, 7));
    /// assert_eq!((vote.options(), vote.positions()), (&[b"1".to_vec()][..], &[1][..]));
    /// assert!(!vote.is_retracted());
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateMessagePollVote>.
    PollVote(types::UpdateMessagePollVote)
}

by_peer!(PollVote, it => it.peer.clone());

impl PollVote {
    /// The id of the poll.
    #[must_use]
    pub fn poll_id(&self) -> i64 {
        self.raw.poll_id
    }

    /// The answers that they have chosen, as the poll names them; none when the vote was
    /// taken back.
    #[must_use]
    pub fn options(&self) -> &[Vec<u8>] {
        &self.raw.options
    }

    /// Where these answers stand in the poll, from 0.
    #[must_use]
    pub fn positions(&self) -> &[i32] {
        &self.raw.positions
    }

    /// Whether the vote was taken back.
    #[must_use]
    pub fn is_retracted(&self) -> bool {
        self.raw.options.is_empty()
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
