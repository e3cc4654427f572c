//! A poll to be sent.
use crate::error::{Error, Result};
use crate::text::{FormattedText, utf16_len};
use crate::tl::enums::{InputMedia, PollAnswer, TextWithEntities};
use crate::tl::types;

/// The letters that an answer of a poll may have.
///
/// See <https://core.telegram.org/bots/api#inputpolloption>.
const ANSWER_MAX: usize = 100;

/// The letters that the solution of a quiz may have.
///
/// See <https://core.telegram.org/bots/api#sendpoll>.
const SOLUTION_MAX: usize = 200;

/// A poll to be sent: with all that the schema has, under its names.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::InputPoll;
///
/// let quiz = InputPoll::new("How many moons has Mars?")
///     .answers(["One", "Two", "Three"])
///     .quiz(1)
///     .solution("Phobos and Deimos");
/// let message = client.send_poll("me", quiz)?;
/// let poll = message.poll().expect("it is one");
/// assert!(poll.is_quiz());
/// assert_eq!(poll.answers()[1].text.text, "Two");
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/poll>.
#[derive(Clone, Debug, PartialEq)]
pub struct InputPoll {
    poll: types::Poll,
    media: types::InputMediaPoll,
}

impl InputPoll {
    /// What is asked.
    pub fn new(question: impl Into<FormattedText>) -> Self {
        let question: FormattedText = question.into();
        Self {
            poll: types::Poll {
                question: question.into(),
                ..Default::default()
            },
            media: types::InputMediaPoll::default(),
        }
    }

    /// Adds an answer, of at most 100 letters.
    #[must_use]
    pub fn answer(self, text: impl Into<FormattedText>) -> Self {
        self.add(text.into(), None)
    }

    /// Adds an answer with a picture.
    #[must_use]
    pub fn answer_with(self, text: impl Into<FormattedText>, media: impl Into<InputMedia>) -> Self {
        self.add(text.into(), Some(media.into()))
    }

    /// Adds answers.
    #[must_use]
    pub fn answers<T: Into<FormattedText>>(self, texts: impl IntoIterator<Item = T>) -> Self {
        let texts = texts.into_iter();
        texts.fold(self, |poll, text| poll.add(text.into(), None))
    }

    fn add(mut self, text: FormattedText, media: Option<InputMedia>) -> Self {
        let text = text.into();
        let answer = types::InputPollAnswer { text, media };
        self.poll.answers.push(answer.into());
        self
    }

    /// Makes it a quiz, with the right answer, counted from 0. Called again, it adds another.
    #[must_use]
    pub fn quiz(mut self, correct: usize) -> Self {
        self.poll.quiz = true;
        let correct = i32::try_from(correct).unwrap_or(i32::MAX);
        let all = self.media.correct_answers.get_or_insert_default();
        if !all.contains(&correct) {
            all.push(correct);
        }
        self
    }

    /// Of a quiz: why the answer is right, for who was wrong. At most 200 letters.
    #[must_use]
    pub fn solution(mut self, text: impl Into<FormattedText>) -> Self {
        let FormattedText { text, entities } = text.into();
        self.media.solution = Some(text);
        self.media.solution_entities = Some(entities);
        self
    }

    /// Of a quiz: a picture with the solution.
    #[must_use]
    pub fn solution_media(mut self, media: impl Into<InputMedia>) -> Self {
        self.media.solution_media = Some(media.into());
        self
    }

    /// A picture with the question.
    #[must_use]
    pub fn media(mut self, media: impl Into<InputMedia>) -> Self {
        self.media.attached_media = Some(media.into());
        self
    }

    /// Whether one may choose several answers.
    #[must_use]
    pub fn multiple_choice(mut self, multiple: bool) -> Self {
        self.poll.multiple_choice = multiple;
        self
    }

    /// Whether everybody sees who has chosen what.
    #[must_use]
    pub fn public_voters(mut self, public: bool) -> Self {
        self.poll.public_voters = public;
        self
    }

    /// Whether others may add answers.
    #[must_use]
    pub fn open_answers(mut self, open: bool) -> Self {
        self.poll.open_answers = open;
        self
    }

    /// Whether nobody may change what was chosen.
    #[must_use]
    pub fn revoting_disabled(mut self, disabled: bool) -> Self {
        self.poll.revoting_disabled = disabled;
        self
    }

    /// Whether everybody sees the answers in another order.
    #[must_use]
    pub fn shuffle_answers(mut self, shuffle: bool) -> Self {
        self.poll.shuffle_answers = shuffle;
        self
    }

    /// Whether nobody sees the results before the end.
    #[must_use]
    pub fn hide_results_until_close(mut self, hide: bool) -> Self {
        self.poll.hide_results_until_close = hide;
        self
    }

    /// Of a channel: whether only its subscribers may vote.
    #[must_use]
    pub fn subscribers_only(mut self, only: bool) -> Self {
        self.poll.subscribers_only = only;
        self
    }

    /// Of a channel: from which countries one may vote, by their two letters.
    #[must_use]
    pub fn countries_iso2<T: Into<String>>(
        mut self,
        countries: impl IntoIterator<Item = T>,
    ) -> Self {
        let countries = countries.into_iter().map(Into::into).collect();
        self.poll.countries_iso2 = Some(countries);
        self
    }

    /// How many seconds it is open.
    #[must_use]
    pub fn close_period(mut self, seconds: i32) -> Self {
        self.poll.close_period = Some(seconds);
        self
    }

    /// Until when it is open, in seconds since the Unix epoch.
    #[must_use]
    pub fn close_date(mut self, seconds: i32) -> Self {
        self.poll.close_date = Some(seconds);
        self
    }

    /// As what a message has attached, for [`InputMessage::media`](crate::InputMessage::media).
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for what cannot be a poll, and why.
    pub fn into_media(self) -> Result<InputMedia> {
        self.check()?;
        let poll = self.poll.into();
        Ok(types::InputMediaPoll { poll, ..self.media }.into())
    }

    fn check(&self) -> Result<()> {
        let (poll, media) = (&self.poll, &self.media);
        let text = |answer: &PollAnswer| match answer {
            PollAnswer::InputPollAnswer(answer) => text_of(&answer.text).trim().to_owned(),
            _ => String::new(),
        };
        let answers: Vec<String> = poll.answers.iter().map(text).collect();
        let least = if poll.open_answers { 1 } else { 2 };
        let correct = media.correct_answers.as_deref().unwrap_or_default();
        let exists = |index: &i32| usize::try_from(*index).is_ok_and(|it| it < answers.len());
        let solution = media.solution.as_deref();
        let faults = [
            (
                text_of(&poll.question).trim().is_empty(),
                "a poll has a question",
            ),
            (
                answers.len() < least,
                "a poll has two answers, or one where others may add some",
            ),
            (
                answers
                    .iter()
                    .any(|it| !(1..=ANSWER_MAX).contains(&utf16_len(it))),
                "an answer of a poll has 1 to 100 letters",
            ),
            (
                !correct.iter().all(exists),
                "the right answer of a quiz is one of its answers, counted from 0",
            ),
            (
                correct.len() > 1 && !poll.multiple_choice,
                "a quiz with several right answers allows to choose several",
            ),
            (
                solution.is_some_and(|it| utf16_len(it) > SOLUTION_MAX),
                "the solution of a quiz has at most 200 letters",
            ),
            (
                solution.is_some() && !poll.quiz,
                "only a quiz has a solution",
            ),
            (
                poll.close_period.is_some() && poll.close_date.is_some(),
                "a poll closes after a while or at a date, not both",
            ),
        ];
        match faults.into_iter().find(|(wrong, _)| *wrong) {
            Some((_, why)) => Err(Error::Argument(why)),
            None => Ok(()),
        }
    }
}

fn text_of(text: &TextWithEntities) -> &str {
    let TextWithEntities::Entities(text) = text;
    &text.text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(poll: InputPoll) -> &'static str {
        match poll.into_media() {
            Err(Error::Argument(why)) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_cannot_be_a_poll_is_told_before_it_is_sent() {
        let two = || InputPoll::new("Well?").answers(["Yes", "No"]);
        for (poll, word) in [
            (InputPoll::new(" ").answers(["Yes", "No"]), "question"),
            (InputPoll::new("Well?").answer("Yes"), "two answers"),
            (two().answer(" "), "1 to 100"),
            (two().answer("\u{1f44d}".repeat(51)), "1 to 100"),
            (two().quiz(2), "one of its answers"),
            (two().quiz(0).quiz(1), "several"),
            (two().quiz(0).solution("x".repeat(201)), "at most 200"),
            (two().solution("x"), "only a quiz"),
            (two().close_period(60).close_date(2_000_000_000), "not both"),
        ] {
            let why = refused(poll);
            assert!(why.contains(word), "{why}");
        }
        let open = InputPoll::new("Well?").answer("Yes").open_answers(true);
        assert!(open.into_media().is_ok(), "others may add some");
    }

    #[test]
    fn everything_said_is_in_the_request() {
        let picture = types::InputMediaPhotoExternal::default;
        let poll = InputPoll::new("Well?")
            .answer("Yes")
            .answer_with("No", picture())
            .quiz(1)
            .quiz(1)
            .solution("So.")
            .solution_media(picture())
            .media(picture())
            .public_voters(true)
            .multiple_choice(true)
            .open_answers(true)
            .revoting_disabled(true)
            .shuffle_answers(true)
            .hide_results_until_close(true)
            .subscribers_only(true)
            .countries_iso2(["NL", "DE"])
            .close_period(60);
        let answer = |text: &str, media| {
            let text = FormattedText::from(text).into();
            PollAnswer::from(types::InputPollAnswer { text, media })
        };
        let raw = types::Poll {
            public_voters: true,
            multiple_choice: true,
            quiz: true,
            open_answers: true,
            revoting_disabled: true,
            shuffle_answers: true,
            hide_results_until_close: true,
            subscribers_only: true,
            question: FormattedText::plain("Well?").into(),
            answers: vec![answer("Yes", None), answer("No", Some(picture().into()))],
            close_period: Some(60),
            countries_iso2: Some(vec!["NL".to_owned(), "DE".to_owned()]),
            ..Default::default()
        };
        let media = types::InputMediaPoll {
            poll: raw.into(),
            correct_answers: Some(vec![1]),
            attached_media: Some(picture().into()),
            solution: Some("So.".to_owned()),
            solution_entities: Some(Vec::new()),
            solution_media: Some(picture().into()),
        };
        let made = poll.into_media().expect("it can be sent");
        assert_eq!(made, InputMedia::from(media));
    }
}
