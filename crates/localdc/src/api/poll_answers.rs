//! `messages.*`: answers that others add to polls
//! (<https://core.telegram.org/api/poll#open-answer-polls>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Letter, Peer, ReplyTo, Spot, Told, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::polls::{ANSWERS_MAX, answer, find, option, shown, told};
use super::push::{container, tell};
use super::seam::{Caller, RpcError};
use super::view::View;

/// `messages.addPollAnswer` (<https://core.telegram.org/method/messages.addPollAnswer>): a message
/// says so.
pub(crate) fn add_poll_answer(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::AddPollAnswer,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (spot, id) = find(world, me, peer, request.msg_id)?;
    let (text, date) = (answer(&request.answer)?, world.date());
    let poll = open(world, id)?;
    let mut last = 0;
    for answer in &poll.answers {
        let enums::PollAnswer::Answer(there) = answer else {
            continue;
        };
        let enums::TextWithEntities::Entities(words) = &there.text;
        if words.text == text.text {
            return Err(bad("POLL_OPTION_DUPLICATE"));
        }
        let index = str::from_utf8(&there.option)
            .ok()
            .and_then(|it| it.parse().ok());
        last = last.max(index.unwrap_or(0));
    }
    if poll.answers.len() >= ANSWERS_MAX {
        return Err(bad("POLL_ANSWERS_INVALID"));
    }
    let answer: enums::PollAnswer = types::PollAnswer {
        text: text.into(),
        option: option(last + 1),
        added_by: Some(types::PeerUser { user_id: me }.into()),
        date: Some(date),
        ..Default::default()
    }
    .into();
    poll.answers.push(answer.clone());
    poll.hash += 1;
    let action = types::MessageActionPollAppendAnswer { answer };
    Ok(changed(
        world,
        (caller, me, peer),
        (&spot, request.msg_id, id),
        action,
    ))
}

/// `messages.deletePollAnswer` (<https://core.telegram.org/method/messages.deletePollAnswer>), by
/// who has added it or asks: a message says so. The page has no error for others, so they are told
/// that there is no such answer.
pub(crate) fn delete_poll_answer(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeletePollAnswer,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (spot, id) = find(world, me, peer, request.msg_id)?;
    let asks = world.ballots.get(&id).is_some_and(|it| it.author == me);
    let poll = open(world, id)?;
    let own: enums::Peer = types::PeerUser { user_id: me }.into();
    let place = poll.answers.iter().position(|answer| match answer {
        enums::PollAnswer::Answer(it) => {
            let may = it.added_by.as_ref().is_some_and(|by| asks || *by == own);
            may && it.option == request.option
        }
        _ => false,
    });
    let answer = poll
        .answers
        .remove(place.ok_or_else(|| bad("OPTION_INVALID"))?);
    poll.hash += 1;
    if let Some(ballot) = world.ballots.get_mut(&id) {
        ballot.votes.retain(|_, vote| {
            vote.options.retain(|it| *it != request.option);
            !vote.options.is_empty()
        });
    }
    let action = types::MessageActionPollDeleteAnswer { answer };
    Ok(changed(
        world,
        (caller, me, peer),
        (&spot, request.msg_id, id),
        action,
    ))
}

/// A poll that is open, and that others may add answers to.
fn open(world: &mut World, id: i64) -> Result<&mut types::Poll, RpcError> {
    let now = world.date();
    let ballot = world.ballots.get_mut(&id);
    let ballot = ballot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    if ballot.is_closed(now) {
        return Err(bad("MESSAGE_POLL_CLOSED"));
    }
    match ballot.poll.open_answers {
        true => Ok(&mut ballot.poll),
        false => Err(bad("MESSAGE_ID_INVALID")),
    }
}

/// Shows the poll as it is now, and a message that says what was done to it.
fn changed(
    world: &mut World,
    (caller, me, peer): (&Caller, i64, Peer),
    (spot, msg_id, id): (&Spot, i32, i64),
    action: impl Into<enums::MessageAction>,
) -> Done<enums::Updates> {
    let (post, quote, away) = (spot.post, None, None);
    let letter = Letter {
        reply: Some(ReplyTo { post, quote, away }),
        ..Letter::service(action, &[])
    };
    let said = world.deliver(me, peer, letter);
    let mut view = View::new(world, me);
    let mut updates: Vec<enums::Update> = Vec::new();
    updates.extend(shown(world, &mut view, me, peer, (msg_id, id)));
    let own = said.iter().filter(|told: &&Told| told.user == me);
    updates.extend(own.map(|own| view.told(own)));
    let answer = container(world, view, updates);
    let mut pushes = tell(world, caller, &said);
    pushes.extend(told(world, me, spot, id));
    Done::from(answer).pushing(pushes)
}
