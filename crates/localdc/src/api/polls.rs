//! `messages.*`: polls (<https://core.telegram.org/api/poll>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Ballot, Peer, Spot, Text, Vote, World};

use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered, unsupported};
use super::input;
use super::poll_shown::id_of;
use super::push::{container, passing};
use super::seam::{Caller, Push, RpcError};
use super::text::prepare;
use super::view::View;

/// The answers that a poll may have (`poll_answers_max` of the client configuration).
pub(super) const ANSWERS_MAX: usize = 12;

/// The letters of an answer, a question and a solution
/// (<https://core.telegram.org/bots/api#sendpoll>).
const ANSWER_LENGTH: usize = 100;
const QUESTION_LENGTH: usize = 300;
const SOLUTION_LENGTH: usize = 200;

/// The seconds that a poll may be open for.
const PERIOD_MAX: i32 = 2_628_000;

/// Takes a new poll in: what a message shows of it.
pub(crate) fn create(
    world: &mut World,
    me: i64,
    media: types::InputMediaPoll,
) -> Result<enums::MessageMedia, RpcError> {
    if media.attached_media.is_some() || media.solution_media.is_some() {
        return Err(unsupported("media_of_polls"));
    }
    let enums::Poll::Poll(asked) = &media.poll;
    let question = words(&asked.question);
    if question.text.trim().is_empty() || question.text.chars().count() > QUESTION_LENGTH {
        return Err(bad("POLL_QUESTION_INVALID"));
    }
    let answers = answers(asked)?;
    let (correct, solution) = quiz(world, me, &media, answers.len())?;
    let now = world.date();
    let (period, date) = (asked.close_period, asked.close_date);
    let is_late = |seconds: i64| !(1..=i64::from(PERIOD_MAX)).contains(&seconds);
    let lasts = match (period, date) {
        (Some(period), _) => Some(i64::from(period)),
        (None, Some(date)) => Some(i64::from(date) - i64::from(now)),
        (None, None) => None,
    };
    if lasts.is_some_and(is_late) || (period.is_some() && date.is_some()) {
        return Err(bad("MEDIA_INVALID"));
    }
    let id = world.chance.number();
    let poll = types::Poll {
        id,
        closed: false,
        creator: false,
        answers,
        close_date: date.or_else(|| period.map(|period| now.saturating_add(period))),
        hash: id,
        ..(**asked).clone()
    };
    let ballot = Ballot {
        author: me,
        correct: correct.iter().map(|index| option(*index)).collect(),
        solution,
        poll,
        votes: Default::default(),
    };
    let media = ballot.media(now, me);
    world.ballots.insert(id, ballot);
    Ok(media)
}

/// The answers as they are read: the server gives each the bytes by which it is chosen.
fn answers(asked: &types::Poll) -> Result<Vec<enums::PollAnswer>, RpcError> {
    let least = if asked.open_answers { 1 } else { 2 };
    if !(least..=ANSWERS_MAX).contains(&asked.answers.len()) {
        return Err(bad("POLL_ANSWERS_INVALID"));
    }
    let mut answers: Vec<enums::PollAnswer> = Vec::new();
    let mut texts = Vec::new();
    for (index, asked) in asked.answers.iter().enumerate() {
        let text = answer(asked)?;
        if texts.contains(&text.text) {
            return Err(bad("POLL_OPTION_DUPLICATE"));
        }
        texts.push(text.text.clone());
        let answer = types::PollAnswer {
            text: text.into(),
            option: option(index),
            ..Default::default()
        };
        answers.push(answer.into());
    }
    Ok(answers)
}

/// What an answer says.
pub(super) fn answer(asked: &enums::PollAnswer) -> Result<types::TextWithEntities, RpcError> {
    let enums::PollAnswer::InputPollAnswer(asked) = asked else {
        return Err(bad("POLL_ANSWER_INVALID"));
    };
    if asked.media.is_some() {
        return Err(unsupported("media_of_polls"));
    }
    let mut text = words(&asked.text).clone();
    text.text = text.text.trim().to_owned();
    match (1..=ANSWER_LENGTH).contains(&text.text.chars().count()) {
        true => Ok(text),
        false => Err(bad("POLL_ANSWER_INVALID")),
    }
}

/// What a quiz has besides: the numbers of the right answers, and why they are right.
#[expect(clippy::type_complexity, reason = "both are fields of a ballot")]
fn quiz(
    world: &World,
    me: i64,
    media: &types::InputMediaPoll,
    answers: usize,
) -> Result<(Vec<usize>, Option<(String, Vec<enums::MessageEntity>)>), RpcError> {
    let enums::Poll::Poll(asked) = &media.poll;
    let correct = media.correct_answers.as_deref().unwrap_or_default();
    if !asked.quiz {
        return match correct.is_empty() && media.solution.is_none() {
            true => Ok((Vec::new(), None)),
            false => Err(bad("QUIZ_CORRECT_ANSWERS_TOO_MUCH")),
        };
    }
    if correct.is_empty() {
        return Err(bad("QUIZ_CORRECT_ANSWERS_EMPTY"));
    }
    if correct.len() > 1 && !asked.multiple_choice {
        return Err(bad("QUIZ_CORRECT_ANSWERS_TOO_MUCH"));
    }
    let index = |index: &i32| usize::try_from(*index).ok().filter(|it| *it < answers);
    let correct: Option<Vec<usize>> = correct.iter().map(index).collect();
    let correct = correct.ok_or_else(|| bad("QUIZ_CORRECT_ANSWER_INVALID"))?;
    let Some(solution) = &media.solution else {
        return Ok((correct, None));
    };
    if solution.chars().count() > SOLUTION_LENGTH {
        return Err(bad("MEDIA_INVALID"));
    }
    let entities = media.solution_entities.clone();
    let Text { text, entities, .. } = prepare(world, me, solution, entities, None)?;
    Ok((correct, Some((text, entities))))
}

pub(super) fn option(index: usize) -> Vec<u8> {
    index.to_string().into_bytes()
}

fn words(text: &enums::TextWithEntities) -> &types::TextWithEntities {
    let enums::TextWithEntities::Entities(text) = text;
    text
}

/// Closes a poll, as its author does by editing the message.
pub(crate) fn close(world: &mut World, me: i64, old: &Text) -> Result<(), RpcError> {
    let id = id_of(old).ok_or_else(|| bad("MEDIA_PREV_INVALID"))?;
    let now = world.date();
    let ballot = world.ballots.get_mut(&id).filter(|it| it.author == me);
    let ballot = ballot.ok_or_else(|| forbidden("MESSAGE_AUTHOR_REQUIRED"))?;
    if ballot.is_closed(now) {
        return Err(bad("MESSAGE_POLL_CLOSED"));
    }
    ballot.poll.closed = true;
    Ok(())
}

/// The message that a call is about, and its poll.
pub(super) fn find(
    world: &World,
    me: i64,
    peer: Peer,
    msg_id: i32,
) -> Result<(Spot, i64), RpcError> {
    let spot = world.spot(me, peer, msg_id);
    let spot = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let text = world.posts.get(&spot.post).and_then(|post| post.text());
    let id = text
        .and_then(id_of)
        .ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    Ok((spot, id))
}

/// `messages.sendVote` (<https://core.telegram.org/method/messages.sendVote>).
pub(crate) fn send_vote(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendVote,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (spot, id) = find(world, me, peer, request.msg_id)?;
    let now = world.date();
    let ballot = world.ballots.get_mut(&id);
    let ballot = ballot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if ballot.is_closed(now) {
        return Err(bad("MESSAGE_POLL_CLOSED"));
    }
    let (poll, options) = (&ballot.poll, request.options);
    if options.len() > 1 && !poll.multiple_choice {
        return Err(bad("OPTIONS_TOO_MUCH"));
    }
    let mut sorted = options.clone();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() != options.len() || !options.iter().all(|it| ballot.has(it)) {
        return Err(bad("OPTION_INVALID"));
    }
    if ballot.votes.contains_key(&me) && (poll.quiz || poll.revoting_disabled) {
        return Err(bad("REVOTE_NOT_ALLOWED"));
    }
    match options.is_empty() {
        true => ballot.votes.remove(&me),
        false => ballot.votes.insert(me, Vote { options, date: now }),
    };
    let pushes = told(world, me, &spot, id);
    Ok(Done::from(update(world, me, peer, (request.msg_id, id))).pushing(pushes))
}

/// Everybody else who has the message is told alike.
pub(super) fn told(world: &World, me: i64, spot: &Spot, id: i64) -> Vec<Push> {
    let Some(ballot) = world.ballots.get(&id) else {
        return Vec::new();
    };
    let users: Vec<i64> = match spot.peer {
        Peer::Channel(channel) => world.audience(me, channel, None),
        _ => {
            let post = world.posts.get(&spot.post);
            let copies = post.into_iter().flat_map(|post| &post.copies);
            copies.map(|(user, _)| *user).collect()
        }
    };
    let update: enums::Update = types::UpdateMessagePoll {
        poll_id: id,
        poll: Some(ballot.shown(world.date(), 0).into()),
        results: ballot.results(world.date(), None).into(),
        ..Default::default()
    }
    .into();
    let others = users.into_iter().filter(|user| *user != me);
    others
        .map(|user| passing(world, user, update.clone()))
        .collect()
}

fn update(world: &World, me: i64, peer: Peer, named: (i32, i64)) -> enums::Updates {
    let mut view = View::new(world, me);
    let updates = shown(world, &mut view, me, peer, named);
    container(world, view, updates.into_iter().collect())
}

/// A poll as it is now, as an update of who is answered.
pub(super) fn shown(
    world: &World,
    view: &mut View<'_>,
    me: i64,
    peer: Peer,
    (msg_id, id): (i32, i64),
) -> Option<enums::Update> {
    let ballot = world.ballots.get(&id)?;
    let update = types::UpdateMessagePoll {
        peer: Some(view.peer(peer)),
        msg_id: Some(msg_id),
        poll_id: id,
        poll: Some(ballot.shown(world.date(), me).into()),
        results: ballot.results(world.date(), Some(me)).into(),
        ..Default::default()
    };
    Some(update.into())
}

/// `messages.getPollResults` (<https://core.telegram.org/method/messages.getPollResults>).
pub(crate) fn get_poll_results(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetPollResults,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (_, id) = find(world, me, peer, request.msg_id)?;
    Ok(update(world, me, peer, (request.msg_id, id)).into())
}

/// `messages.getPollVotes` (<https://core.telegram.org/method/messages.getPollVotes>): for who has
/// voted in a poll that shows who has chosen what, the newest first.
pub(crate) fn get_poll_votes(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetPollVotes,
) -> Answer<enums::messages::VotesList> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (_, id) = find(world, me, peer, request.id)?;
    let ballot = world.ballots.get(&id);
    let ballot = ballot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if !ballot.poll.public_voters {
        return Err(forbidden("BROADCAST_FORBIDDEN"));
    }
    if !ballot.votes.contains_key(&me) {
        return Err(forbidden("POLL_VOTE_REQUIRED"));
    }
    let wanted = request.option.as_ref();
    let mut votes: Vec<_> = ballot.votes.iter().collect();
    votes.retain(|(_, vote)| wanted.is_none_or(|it| vote.options.contains(it)));
    votes.sort_by_key(|(user, vote)| std::cmp::Reverse((vote.date, **user)));
    let start: usize = match &request.offset {
        None => 0,
        Some(offset) => offset.parse().map_err(|_| bad("OFFSET_INVALID"))?,
    };
    let limit = usize::try_from(request.limit.clamp(1, 100)).unwrap_or(1);
    let mut view = View::new(world, me);
    let page = votes.iter().skip(start).take(limit);
    let page: Vec<enums::MessagePeerVote> = page
        .map(|(user, vote)| {
            let peer = view.user_peer(**user);
            let date = vote.date;
            match (wanted, &vote.options[..]) {
                (Some(_), _) => types::MessagePeerVoteInputOption { peer, date }.into(),
                (None, [option]) => {
                    let option = option.clone();
                    types::MessagePeerVote { peer, option, date }.into()
                }
                (None, options) => {
                    let options = options.to_vec();
                    types::MessagePeerVoteMultiple {
                        peer,
                        options,
                        date,
                    }
                    .into()
                }
            }
        })
        .collect();
    let next = start + page.len();
    let (users, chats) = view.shown();
    let list: enums::messages::VotesList = types::messages::VotesList {
        count: i32::try_from(votes.len()).unwrap_or(i32::MAX),
        next_offset: (next < votes.len()).then(|| next.to_string()),
        votes: page,
        chats,
        users,
    }
    .into();
    Ok(list.into())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    fn asked(answers: &[&str]) -> types::InputMediaPoll {
        let text = |text: &str| types::TextWithEntities {
            text: text.to_owned(),
            entities: Vec::new(),
        };
        let answers = answers.iter().map(|answer| {
            types::InputPollAnswer {
                text: text(answer).into(),
                media: None,
            }
            .into()
        });
        let poll = types::Poll {
            question: text("Tea?").into(),
            answers: answers.collect(),
            ..Default::default()
        };
        types::InputMediaPoll {
            poll: poll.into(),
            ..Default::default()
        }
    }

    /// Sends a poll to oneself that must be refused: the name of the error.
    fn refused(media: types::InputMediaPoll) -> String {
        let mut town = Town::new();
        let alice = town.user(1, "alice");
        let request = functions::messages::SendMedia {
            peer: enums::InputPeer::PeerSelf,
            media: media.into(),
            random_id: 1,
            ..Default::default()
        };
        town.refused(&town.caller(alice), &request)
    }

    #[test]
    fn what_cannot_be_a_poll_is_refused() {
        let quiz = |correct: Option<Vec<i32>>| {
            let mut media = asked(&["Yes", "No"]);
            let enums::Poll::Poll(poll) = &mut media.poll;
            poll.quiz = true;
            media.correct_answers = correct;
            media
        };
        let many: Vec<String> = (0..13).map(|it| it.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for (media, name) in [
            (asked(&["Yes"]), "POLL_ANSWERS_INVALID"),
            (asked(&many), "POLL_ANSWERS_INVALID"),
            (asked(&["Yes", " "]), "POLL_ANSWER_INVALID"),
            (asked(&["Yes", "Yes"]), "POLL_OPTION_DUPLICATE"),
            (quiz(None), "QUIZ_CORRECT_ANSWERS_EMPTY"),
            (quiz(Some(vec![0, 1])), "QUIZ_CORRECT_ANSWERS_TOO_MUCH"),
            (quiz(Some(vec![2])), "QUIZ_CORRECT_ANSWER_INVALID"),
        ] {
            assert_eq!(refused(media), name);
        }
    }
}
