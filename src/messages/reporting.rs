//! Reporting messages to the moderators.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::{MessageReportOption, ReportResult};
use crate::tl::functions::messages::{Report, ReportReaction, ReportSpam};

/// What comes next when something is reported.
///
/// See <https://core.telegram.org/api/report>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReportStep {
    /// One of these has to be chosen.
    Choose {
        /// What is asked.
        title: String,
        /// What may be chosen.
        options: Vec<ReportOption>,
    },
    /// A comment is asked for.
    Comment {
        /// Whether it may be empty.
        optional: bool,
        /// What was chosen.
        option: Vec<u8>,
    },
    /// It is reported.
    Done,
}

/// Something that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportOption {
    /// What it says.
    pub text: String,
    /// By which bytes it is chosen.
    pub option: Vec<u8>,
}

impl Client {
    /// Reports messages to the moderators, step by step: begin with no option and no comment, and
    /// call again with what was chosen and written, until it is [`Done`](ReportStep::Done).
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("everybody has one");
    /// # let bob_id = bob.my_id().expect("he is signed in");
    /// # let mut updates = client.updates();
    /// # bob.send_message(format!("@{name}"), "Buy now!")?;
    /// # let message = updates.iter().find_map(|update| match update {
    /// #     ferogram_sync::Update::NewMessage(message) => Some(message),
    /// #     _ => None,
    /// # }).expect("it comes");
    /// use ferogram_sync::ReportStep;
    ///
    /// let mut step = client.report_messages(bob_id, &[message.id()], "", "")?;
    /// while step != ReportStep::Done {
    ///     step = match step {
    ///         ReportStep::Choose { options, .. } => {
    ///             let mut options = options.into_iter();
    ///             let spam = options.find(|it| it.text == "Spam").expect("it is there");
    ///             client.report_messages(bob_id, &[message.id()], spam.option, "")?
    ///         }
    ///         ReportStep::Comment { option, .. } => {
    ///             client.report_messages(bob_id, &[message.id()], option, "He sells things")?
    ///         }
    ///         _ => break,
    ///     };
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_ID_INVALID`, `OPTION_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.report>.
    pub fn report_messages(
        &self,
        peer: impl Into<PeerRef>,
        message_ids: &[i32],
        option: impl Into<Vec<u8>>,
        comment: impl Into<String>,
    ) -> Result<ReportStep> {
        let deadline = self.begin_for::<Report>()?;
        let mut request = Report {
            id: message_ids.to_vec(),
            option: option.into(),
            message: comment.into(),
            ..Default::default()
        };
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        Ok(match answer {
            ReportResult::ChooseOption(choice) => ReportStep::Choose {
                title: choice.title,
                options: choice.options.into_iter().map(option_of).collect(),
            },
            ReportResult::AddComment(comment) => ReportStep::Comment {
                optional: comment.optional,
                option: comment.option,
            },
            ReportResult::Reported => ReportStep::Done,
            _ => return Err(Error::Unexpected("the answer is of a newer layer")),
        })
    }

    /// Reports a chat as unwanted advertising.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.reportSpam>.
    pub fn report_spam(&self, peer: impl Into<PeerRef>) -> Result<()> {
        let deadline = self.begin_for::<ReportSpam>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let peer = peer.clone();
            self.ask_until(&ReportSpam { peer }, deadline).map(drop)
        })
    }

    /// Reports how somebody has reacted to a message.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.reportReaction>.
    pub fn report_reaction(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        by: impl Into<PeerRef>,
    ) -> Result<()> {
        let (by, deadline) = (by.into(), self.begin_for::<ReportReaction>()?);
        self.ask_about(&peer.into(), deadline, |peer| {
            self.ask_about(&by, deadline, |by| {
                let request = ReportReaction {
                    peer: peer.clone(),
                    id: message_id,
                    reaction_peer: by.clone(),
                };
                self.ask_until(&request, deadline).map(drop)
            })
        })
    }
}

fn option_of(option: MessageReportOption) -> ReportOption {
    let MessageReportOption::Option(option) = option;
    ReportOption {
        text: option.text,
        option: option.option,
    }
}
