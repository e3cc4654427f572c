//! What was spoken in a voice or video message, as text.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// What was spoken in a voice or video message, as text.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateTranscribedAudio {
    ///     text: "Hello".into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Transcription(it) = update else { panic!("it is one") };
    /// assert_eq!((it.text(), it.is_pending()), ("Hello", false));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateTranscribedAudio>,
    /// and <https://core.telegram.org/api/transcribe>.
    Transcription(types::UpdateTranscribedAudio)
}

in_chat!(Transcription, it => it.peer.clone());

impl Transcription {
    /// The id of the message.
    #[must_use]
    pub fn message_id(&self) -> i32 {
        self.raw.msg_id
    }

    /// The id that the request for it was answered with.
    #[must_use]
    pub fn transcription_id(&self) -> i64 {
        self.raw.transcription_id
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.raw.text
    }

    /// Whether there is more to come.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.raw.pending
    }
}
