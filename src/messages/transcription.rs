//! What is said in voice messages and round videos, as text.
use super::message::Message;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::net;
use crate::peers::PeerRef;
use crate::tl::Identifiable;
use crate::tl::enums::messages::TranscribedAudio;
use crate::tl::functions::messages::{RateTranscribedAudio, TranscribeAudio};
use crate::tl::types::{self, UpdateTranscribedAudio};

/// What is said in a voice message or a round video, as text.
///
/// See <https://core.telegram.org/api/transcribe>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transcription {
    /// By which it is judged.
    pub id: i64,
    /// The text.
    pub text: String,
    /// How many more the account has this week without Premium, and until when that counts.
    pub trial: Option<(i32, i32)>,
}

impl Client {
    /// Has the server write down what is said in a voice message or a round video, and waits for
    /// the whole text.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MSG_VOICE_MISSING`, `PREMIUM_ACCOUNT_REQUIRED`, `TRANSCRIPTION_FAILED`.
    ///
    /// # Blocking
    ///
    /// Until the whole text is here, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.transcribeAudio>.
    pub fn transcribe_audio(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
    ) -> Result<Transcription> {
        let deadline = self.begin_for::<TranscribeAudio>()?;
        // Opened before, so that nothing that comes in between is missed.
        let watch = self.watch(&[UpdateTranscribedAudio::CONSTRUCTOR_ID]);
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, msg_id) = (peer.clone(), message_id);
            self.ask_until(&TranscribeAudio { peer, msg_id }, deadline)
        })?;
        let TranscribedAudio::Audio(told) = answer;
        let transcription = of(&told);
        let mut pending = told.pending;
        let mut text = told.text;
        while pending {
            let left = deadline.saturating_duration_since(net::now().instant);
            let raw = watch.next_timeout(left)?;
            let update: Option<UpdateTranscribedAudio> = raw
                .read()
                .map_err(|_| Error::Unexpected("the text came in a newer layer"))?;
            if let Some(update) = update.filter(|it| it.transcription_id == transcription.id) {
                (pending, text) = (update.pending, update.text);
            }
        }
        Ok(Transcription {
            text,
            ..transcription
        })
    }

    /// Tells whether a transcription was good.
    ///
    /// # Errors
    ///
    /// As [`transcribe_audio`](Self::transcribe_audio).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.rateTranscribedAudio>.
    pub fn rate_transcription(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        transcription_id: i64,
        good: bool,
    ) -> Result<()> {
        let deadline = self.begin_for::<RateTranscribedAudio>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = RateTranscribedAudio {
                peer: peer.clone(),
                msg_id: message_id,
                transcription_id,
                good,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

fn of(told: &types::messages::TranscribedAudio) -> Transcription {
    Transcription {
        id: told.transcription_id,
        text: String::new(),
        trial: told
            .trial_remains_num
            .map(|left| (left, told.trial_remains_until_date.unwrap_or(0))),
    }
}

impl Message {
    /// What is said in it, as text. As [`Client::transcribe_audio`].
    ///
    /// # Errors
    ///
    /// As [`Client::transcribe_audio`].
    ///
    /// # Blocking
    ///
    /// Until the whole text is here, at most for the client's timeout.
    pub fn transcribe(&self) -> Result<Transcription> {
        self.client()?.transcribe_audio(self, self.sent_id()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_says_how_many_are_left_and_until_when_they_come_back() {
        let told = types::messages::TranscribedAudio {
            transcription_id: 5,
            trial_remains_num: Some(2),
            trial_remains_until_date: Some(1_800_000_000),
            ..Default::default()
        };
        let transcription = of(&told);
        assert_eq!(transcription.id, 5);
        assert_eq!(transcription.trial, Some((2, 1_800_000_000)));
        assert_eq!(of(&Default::default()).trial, None);
    }
}
