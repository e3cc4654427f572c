//! A poll, and who has voted how (<https://core.telegram.org/api/poll>).
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, types};

/// A poll, wherever messages show it.
#[derive(Clone, Debug)]
pub(crate) struct Ballot {
    /// Who asks.
    pub(crate) author: i64,
    /// What is asked, as everybody is shown it.
    pub(crate) poll: types::Poll,
    /// Of a quiz: the answers that are right.
    pub(crate) correct: Vec<Vec<u8>>,
    /// Of a quiz: why they are.
    pub(crate) solution: Option<(String, Vec<enums::MessageEntity>)>,
    /// Who has chosen what, and when.
    pub(crate) votes: BTreeMap<i64, Vote>,
}

/// What somebody has chosen.
#[derive(Clone, Debug)]
pub(crate) struct Vote {
    pub(crate) options: Vec<Vec<u8>>,
    pub(crate) date: i32,
}

impl Ballot {
    /// Whether nobody can vote any more.
    pub(crate) fn is_closed(&self, now: i32) -> bool {
        self.poll.closed || self.poll.close_date.is_some_and(|date| date <= now)
    }

    /// Whether there is such an answer.
    pub(crate) fn has(&self, option: &[u8]) -> bool {
        self.options().any(|it| it == option)
    }

    /// The bytes of the answers, in order.
    pub(crate) fn options(&self) -> impl Iterator<Item = &[u8]> {
        self.poll.answers.iter().filter_map(|answer| match answer {
            enums::PollAnswer::Answer(answer) => Some(&answer.option[..]),
            _ => None,
        })
    }

    /// The poll as it stands.
    pub(crate) fn shown(&self, now: i32, viewer: i64) -> types::Poll {
        types::Poll {
            closed: self.is_closed(now),
            creator: self.author == viewer,
            ..self.poll.clone()
        }
    }

    /// The results as `viewer` may see them: who has not voted sees none before the end
    /// (<https://core.telegram.org/constructor/pollResults>). Without a viewer, what all are told
    /// alike.
    pub(crate) fn results(&self, now: i32, viewer: Option<i64>) -> types::PollResults {
        let total = i32::try_from(self.votes.len()).unwrap_or(i32::MAX);
        let mine = viewer.and_then(|viewer| self.votes.get(&viewer));
        let closed = self.is_closed(now);
        let hidden = self.poll.hide_results_until_close && !closed;
        let mut results = types::PollResults {
            min: viewer.is_none(),
            total_voters: Some(total),
            ..Default::default()
        };
        if closed || (mine.is_some() && !hidden) || viewer.is_none() {
            let voters = self.options().map(|option| {
                let chosen = |vote: &Vote| vote.options.iter().any(|it| it == option);
                let count = self.votes.values().filter(|vote| chosen(vote)).count();
                types::PollAnswerVoters {
                    chosen: mine.is_some_and(chosen),
                    correct: viewer.is_some() && self.correct.iter().any(|it| it == option),
                    option: option.to_vec(),
                    voters: (!hidden).then_some(i32::try_from(count).unwrap_or(i32::MAX)),
                    ..Default::default()
                }
                .into()
            });
            results.results = Some(voters.collect());
        }
        if let Some((text, entities)) = &self.solution
            && (mine.is_some() || closed)
            && viewer.is_some()
        {
            results.solution = Some(text.clone());
            results.solution_entities = Some(entities.clone());
        }
        results
    }

    /// What a message shows of it.
    pub(crate) fn media(&self, now: i32, viewer: i64) -> enums::MessageMedia {
        types::MessageMediaPoll {
            poll: self.shown(now, viewer).into(),
            results: self.results(now, Some(viewer)).into(),
            attached_media: None,
        }
        .into()
    }
}
