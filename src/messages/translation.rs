//! Translating messages and other texts.
use super::message::Message;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::text::FormattedText;
use crate::tl::enums::{TextWithEntities, messages::TranslatedText};
use crate::tl::functions::messages::{TogglePeerTranslations, TranslateText};

/// So many texts the server translates at once.
///
/// See <https://core.telegram.org/method/messages.translateText>.
const AT_ONCE: usize = 20;

impl Client {
    /// Translates messages into a language, by its two letters: one text for each.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `TO_LANG_INVALID`, `MSG_ID_INVALID`, `TRANSLATE_REQ_QUOTA_EXCEEDED`.
    ///
    /// # Blocking
    ///
    /// Until the server has translated them, by twenties, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.translateText>.
    pub fn translate_messages(
        &self,
        peer: impl Into<PeerRef>,
        message_ids: &[i32],
        to_language: &str,
    ) -> Result<Vec<FormattedText>> {
        let (peer, deadline) = (peer.into(), self.begin_for::<TranslateText>()?);
        let mut texts = Vec::with_capacity(message_ids.len());
        for ids in message_ids.chunks(AT_ONCE) {
            let answer = self.ask_about(&peer, deadline, |peer| {
                let request = TranslateText {
                    peer: Some(peer.clone()),
                    id: Some(ids.to_vec()),
                    to_lang: to_language.to_owned(),
                    ..Default::default()
                };
                self.ask_until(&request, deadline)
            })?;
            texts.extend(translated(answer));
        }
        Ok(texts)
    }

    /// Translates texts into a language, by its two letters: one for each, with what is marked in
    /// it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let texts = client.translate_texts(["Hello".into(), "Good night".into()], "nl")?;
    /// assert_eq!(texts.len(), 2);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke). Common answers: `TO_LANG_INVALID`, `INPUT_TEXT_EMPTY`,
    /// `INPUT_TEXT_TOO_LONG`.
    ///
    /// # Blocking
    ///
    /// Until the server has translated them, by twenties, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.translateText>.
    pub fn translate_texts(
        &self,
        texts: impl IntoIterator<Item = FormattedText>,
        to_language: &str,
    ) -> Result<Vec<FormattedText>> {
        let deadline = self.begin_for::<TranslateText>()?;
        let texts: Vec<_> = texts.into_iter().map(TextWithEntities::from).collect();
        let mut done = Vec::with_capacity(texts.len());
        for some in texts.chunks(AT_ONCE) {
            let request = TranslateText {
                text: Some(some.to_vec()),
                to_lang: to_language.to_owned(),
                ..Default::default()
            };
            done.extend(translated(self.ask_until(&request, deadline)?));
        }
        Ok(done)
    }

    /// Whether the account's programs offer to translate the messages of a chat.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.togglePeerTranslations>.
    pub fn offer_translations(&self, peer: impl Into<PeerRef>, offer: bool) -> Result<()> {
        let deadline = self.begin_for::<TogglePeerTranslations>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, disabled) = (peer.clone(), !offer);
            let request = TogglePeerTranslations { disabled, peer };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

fn translated(answer: TranslatedText) -> impl Iterator<Item = FormattedText> {
    let TranslatedText::TranslateResult(answer) = answer;
    answer.result.into_iter().map(FormattedText::from)
}

impl Message {
    /// Its text in another language, by the language's two letters.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// assert!(!message.translate("nl")?.text.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::translate_messages`].
    ///
    /// # Blocking
    ///
    /// Until the server has translated it, at most for the client's timeout.
    pub fn translate(&self, to_language: &str) -> Result<FormattedText> {
        let client = self.client()?;
        let texts = client.translate_messages(self, &[self.sent_id()?], to_language)?;
        let text = texts.into_iter().next();
        text.ok_or(Error::Unexpected("the answer has no text"))
    }
}
