//! Fact checks below posts.
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::text::FormattedText;
use crate::tl::enums::{self, TextWithEntities};
use crate::tl::functions::messages::{DeleteFactCheck, EditFactCheck, GetFactCheck};
use crate::tl::types;

/// What fact-checkers have written below a post.
///
/// See <https://core.telegram.org/api/factcheck>.
#[derive(Clone, Debug, PartialEq)]
pub struct FactCheck {
    /// Everything that the server told.
    pub raw: types::FactCheck,
}

impl FactCheck {
    /// What they have written, if something.
    #[must_use]
    pub fn text(&self) -> Option<FormattedText> {
        self.raw.text.clone().map(FormattedText::from)
    }

    /// In which country it is shown, by the country's two letters.
    #[must_use]
    pub fn country(&self) -> Option<&str> {
        self.raw.country.as_deref()
    }
}

impl Client {
    /// What fact-checkers have written below posts: one for each id.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answer:
    /// `CHANNEL_PRIVATE`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getFactCheck>.
    pub fn fact_checks(
        &self,
        peer: impl Into<PeerRef>,
        message_ids: &[i32],
    ) -> Result<Vec<FactCheck>> {
        let deadline = self.begin_for::<GetFactCheck>()?;
        let checks = self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, msg_id) = (peer.clone(), message_ids.to_vec());
            self.ask_until(&GetFactCheck { peer, msg_id }, deadline)
        })?;
        let checks = checks.into_iter();
        let checks = checks.map(|enums::FactCheck::Check(raw)| FactCheck { raw: *raw });
        Ok(checks.collect())
    }

    /// Writes below a post, as a fact-checker.
    ///
    /// # Errors
    ///
    /// As [`fact_checks`](Self::fact_checks); the server refuses everybody else.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editFactCheck>.
    pub fn edit_fact_check(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        text: impl Into<FormattedText>,
    ) -> Result<()> {
        let deadline = self.begin_for::<EditFactCheck>()?;
        let text: FormattedText = text.into();
        let text = TextWithEntities::from(text);
        self.ask_about(&peer.into(), deadline, |peer| {
            let request = EditFactCheck {
                peer: peer.clone(),
                msg_id: message_id,
                text: text.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Takes away what was written below a post, as a fact-checker.
    ///
    /// # Errors
    ///
    /// As [`edit_fact_check`](Self::edit_fact_check).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteFactCheck>.
    pub fn delete_fact_check(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<()> {
        let deadline = self.begin_for::<DeleteFactCheck>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, msg_id) = (peer.clone(), message_id);
            self.ask_until(&DeleteFactCheck { peer, msg_id }, deadline)
                .map(drop)
        })
    }
}
