//! `messages.*`: what fact-checkers write below the posts of channels
//! (<https://core.telegram.org/api/factcheck>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered};
use super::input;
use super::push::{done, own, tell};
use super::seam::{Caller, RpcError};
use super::text::prepare;

/// The letters that a fact check may have (`factcheck_length_limit`,
/// <https://core.telegram.org/api/config#client-configuration>).
const LENGTH_MAX: usize = 1024;

/// Where all fact-checkers here are.
const COUNTRY: &str = "DE";

/// `messages.getFactCheck` (<https://core.telegram.org/method/messages.getFactCheck>): one for each
/// id, and an empty one where nothing was checked.
pub(crate) fn get_fact_check(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetFactCheck,
) -> Answer<Vec<enums::FactCheck>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let checked = request.msg_id.iter().map(|id| {
        let post = world.post_at(me, peer, *id);
        let fact = post.and_then(|post| post.fact.clone());
        fact.unwrap_or_default().into()
    });
    Ok(checked.collect::<Vec<_>>().into())
}

/// `messages.editFactCheck` (<https://core.telegram.org/method/messages.editFactCheck>).
pub(crate) fn edit_fact_check(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditFactCheck,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = place(world, me, &request.peer, request.msg_id)?;
    let enums::TextWithEntities::Entities(text) = request.text;
    let text = prepare(world, me, &text.text, Some(text.entities), None)?;
    if text.text.chars().count() > LENGTH_MAX {
        return Err(bad("MESSAGE_TOO_LONG"));
    }
    let fact = types::FactCheck {
        need_check: false,
        country: Some(COUNTRY.to_owned()),
        text: Some(
            types::TextWithEntities {
                text: text.text,
                entities: text.entities,
            }
            .into(),
        ),
        hash: world.chance.number(),
    };
    changed(world, caller, me, place, Some(fact))
}

/// `messages.deleteFactCheck` (<https://core.telegram.org/method/messages.deleteFactCheck>).
pub(crate) fn delete_fact_check(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteFactCheck,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = place(world, me, &request.peer, request.msg_id)?;
    changed(world, caller, me, place, None)
}

/// The post that a fact-checker means.
fn place(world: &World, me: i64, peer: &enums::InputPeer, id: i32) -> Result<(i64, i32), RpcError> {
    if !world.account(me).is_some_and(|it| it.checks_facts) {
        return Err(forbidden("CHAT_ACTION_FORBIDDEN"));
    }
    let Peer::Channel(channel) = input::peer(world, me, peer)? else {
        return Err(bad("PEER_ID_INVALID"));
    };
    let post = world.post_at(me, Peer::Channel(channel), id);
    let text = post.and_then(|post| post.text());
    text.map(|_| (channel, id))
        .ok_or_else(|| bad("MESSAGE_ID_INVALID"))
}

fn changed(
    world: &mut World,
    caller: &Caller,
    me: i64,
    place: (i64, i32),
    fact: Option<types::FactCheck>,
) -> Answer<enums::Updates> {
    let told = world.check_fact(place, fact);
    let own: Vec<_> = own(&told, me).into_iter().collect();
    let answer = done(world, &own);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(answer).pushing(pushes))
}
