//! A poll that was sent, and how it stands.
use super::message::Message;
use crate::text::FormattedText;
use crate::tl::enums::{self, MessageMedia, PollAnswerVoters};
use crate::tl::types;

/// A poll that was sent, and how it stands as far as this account may see.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::InputPoll;
///
/// let poll = InputPoll::new("Tea?").answers(["Yes", "No"]);
/// let message = client.send_poll("me", poll)?;
/// let poll = message.poll().expect("it is one");
/// assert_eq!(poll.question().text, "Tea?");
/// assert_eq!(poll.answers().len(), 2);
/// assert!(!poll.is_closed());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/constructor/messageMediaPoll>.
#[derive(Clone, Debug, PartialEq)]
pub struct Poll {
    /// What is asked, as the server told it.
    pub raw: types::Poll,
    /// How it stands.
    pub tally: PollTally,
}

/// An answer of a poll, and how it stands as far as this account may see.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PollAnswer {
    /// What it says.
    pub text: FormattedText,
    /// By which bytes it is chosen.
    pub option: Vec<u8>,
    /// How many have chosen it, if that may be seen.
    pub voters: Option<i32>,
    /// Whether this account has chosen it.
    pub chosen: bool,
    /// Of a quiz that this account has answered: whether it is right.
    pub correct: bool,
}

impl Poll {
    pub(crate) fn new(raw: enums::Poll, results: enums::PollResults) -> Self {
        let enums::Poll::Poll(raw) = raw;
        let tally = PollTally::new(results);
        Self { raw: *raw, tally }
    }

    /// What is asked.
    #[must_use]
    pub fn question(&self) -> FormattedText {
        self.raw.question.clone().into()
    }

    /// The answers, in the order of the poll.
    #[must_use]
    pub fn answers(&self) -> Vec<PollAnswer> {
        let answers = self.raw.answers.iter();
        let answers = answers.filter_map(|answer| match answer {
            enums::PollAnswer::Answer(answer) => Some(answer),
            _ => None,
        });
        let answers = answers.map(|answer| {
            let voters = self.tally.of(&answer.option);
            PollAnswer {
                text: answer.text.clone().into(),
                option: answer.option.clone(),
                voters: voters.and_then(|it| it.voters),
                chosen: voters.is_some_and(|it| it.chosen),
                correct: voters.is_some_and(|it| it.correct),
            }
        });
        answers.collect()
    }

    /// Whether nobody can vote any more.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.raw.closed
    }

    /// Whether an answer is right.
    #[must_use]
    pub fn is_quiz(&self) -> bool {
        self.raw.quiz
    }
}

/// How a poll stands, as far as this account may see.
///
/// See <https://core.telegram.org/constructor/pollResults>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PollTally {
    /// Everything that the server told.
    pub raw: types::PollResults,
}

impl PollTally {
    pub(crate) fn new(results: enums::PollResults) -> Self {
        let enums::PollResults::Results(raw) = results;
        Self { raw: *raw }
    }

    /// How many have voted.
    #[must_use]
    pub fn total_voters(&self) -> i32 {
        self.raw.total_voters.unwrap_or(0)
    }

    /// How an answer stands, by its bytes.
    #[must_use]
    pub fn of(&self, option: &[u8]) -> Option<&types::PollAnswerVoters> {
        let all = self.raw.results.iter().flatten();
        let mut all = all.map(|PollAnswerVoters::Voters(voters)| &**voters);
        all.find(|voters| voters.option == option)
    }

    /// What this account has chosen, by its bytes. In what everybody is told at once
    /// ([`is_partial`](Self::is_partial)), this is not said.
    #[must_use]
    pub fn chosen(&self) -> Vec<&[u8]> {
        let all = self.raw.results.iter().flatten();
        let all = all.map(|PollAnswerVoters::Voters(voters)| voters);
        all.filter(|voters| voters.chosen)
            .map(|voters| &*voters.option)
            .collect()
    }

    /// Whether what this account has chosen is left out.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.raw.min
    }

    /// Of a quiz that this account has answered: why the answer is right.
    #[must_use]
    pub fn solution(&self) -> Option<FormattedText> {
        Some(FormattedText {
            text: self.raw.solution.clone()?,
            entities: self.raw.solution_entities.clone().unwrap_or_default(),
        })
    }
}

impl Message {
    /// The poll in it.
    #[must_use]
    pub fn poll(&self) -> Option<Poll> {
        match self.raw.media.as_ref()? {
            MessageMedia::Poll(media) => Some(Poll::new(media.poll.clone(), media.results.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_was_not_chosen_for_that() {
        let answer = |option: u8, chosen, correct| {
            let option = vec![option];
            enums::PollAnswerVoters::from(types::PollAnswerVoters {
                chosen,
                correct,
                option,
                ..Default::default()
            })
        };
        let results = vec![answer(0, true, false), answer(1, false, true)];
        let raw = types::PollResults {
            results: Some(results),
            ..Default::default()
        };
        assert_eq!(PollTally { raw }.chosen(), [&[0]]);
    }
}
