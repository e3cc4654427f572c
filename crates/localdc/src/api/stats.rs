//! `stats.*`: what is counted of channels and supergroups, by a data centre that does nothing else
//! for them (<https://core.telegram.org/api/stats>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Peer, World};

use super::done::Answer;
use super::errors::{bad, migrate, unregistered};
use super::input;
use super::rights::channel_of;
use super::seam::{Caller, RpcError};
use super::view::View;

/// What the token of a closer look ends with.
const CLOSER: &str = "closer";

/// A day, in seconds.
const DAY: i32 = 86_400;

/// The data centre that counts: the last one.
pub(super) fn stats_centre(world: &World) -> i32 {
    world.centres.iter().map(|(dc, _)| *dc).max().unwrap_or(1)
}

/// `stats.getBroadcastStats` (<https://core.telegram.org/method/stats.getBroadcastStats>).
pub(crate) fn get_broadcast_stats(
    world: &mut World,
    caller: &Caller,
    request: functions::stats::GetBroadcastStats,
) -> Answer<enums::stats::BroadcastStats> {
    let (id, it) = counted(world, caller, &request.channel)?;
    if it.megagroup {
        return Err(bad("BROADCAST_REQUIRED"));
    }
    let graph = |name: &str| later(id, name);
    let posts = it.board.ids().iter().rev().take(10).map(|msg_id| {
        let post = it.board.get(*msg_id);
        let post = post.and_then(|posted| world.posts.get(&posted.post));
        types::PostInteractionCountersMessage {
            msg_id: *msg_id,
            views: post.and_then(|post| post.views).unwrap_or(0),
            forwards: post.map_or(0, |post| post.forwards),
            reactions: post.map_or(0, |post| {
                i32::try_from(post.reactions.len()).unwrap_or(i32::MAX)
            }),
        }
        .into()
    });
    let stats = types::stats::BroadcastStats {
        period: period(world),
        followers: value(it.members().count()),
        growth_graph: drawn(world, it),
        followers_graph: graph("followers"),
        mute_graph: graph("mute"),
        top_hours_graph: graph("top_hours"),
        interactions_graph: graph("interactions"),
        iv_interactions_graph: none(),
        views_by_source_graph: graph("views_by_source"),
        new_followers_by_source_graph: graph("new_followers_by_source"),
        languages_graph: graph("languages"),
        reactions_by_emotion_graph: graph("reactions_by_emotion"),
        story_interactions_graph: none(),
        story_reactions_by_emotion_graph: none(),
        recent_posts_interactions: posts.collect(),
        ..Default::default()
    };
    Ok(enums::stats::BroadcastStats::from(stats).into())
}

/// `stats.getMegagroupStats` (<https://core.telegram.org/method/stats.getMegagroupStats>).
pub(crate) fn get_megagroup_stats(
    world: &mut World,
    caller: &Caller,
    request: functions::stats::GetMegagroupStats,
) -> Answer<enums::stats::MegagroupStats> {
    let (id, it) = counted(world, caller, &request.channel)?;
    if !it.megagroup {
        return Err(bad("MEGAGROUP_REQUIRED"));
    }
    let graph = |name: &str| later(id, name);
    let mut view = View::new(world, caller.user.unwrap_or(0));
    let admins = it.members().filter(|(_, one)| one.admin_rights().is_some());
    let top_admins = admins.map(|(user_id, _)| {
        view.user_peer(user_id);
        types::StatsGroupTopAdmin {
            user_id,
            ..Default::default()
        }
        .into()
    });
    let top_admins = top_admins.collect();
    let stats = types::stats::MegagroupStats {
        period: period(world),
        members: value(it.members().count()),
        messages: value(it.board.ids().len()),
        growth_graph: drawn(world, it),
        members_graph: graph("members"),
        new_members_by_source_graph: graph("new_members_by_source"),
        languages_graph: graph("languages"),
        messages_graph: graph("messages"),
        actions_graph: graph("actions"),
        top_hours_graph: graph("top_hours"),
        weekdays_graph: graph("weekdays"),
        top_admins,
        users: view.shown().0,
        ..Default::default()
    };
    Ok(enums::stats::MegagroupStats::from(stats).into())
}

/// `stats.getMessageStats` (<https://core.telegram.org/method/stats.getMessageStats>).
pub(crate) fn get_message_stats(
    world: &mut World,
    caller: &Caller,
    request: functions::stats::GetMessageStats,
) -> Answer<enums::stats::MessageStats> {
    let (id, it) = counted(world, caller, &request.channel)?;
    if it.board.get(request.msg_id).is_none() {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    let stats = types::stats::MessageStats {
        views_graph: later(id, "views"),
        reactions_by_emotion_graph: none(),
    };
    Ok(enums::stats::MessageStats::from(stats).into())
}

/// `stats.getPollStats` (<https://core.telegram.org/method/stats.getPollStats>), of channels.
pub(crate) fn get_poll_stats(
    world: &mut World,
    caller: &Caller,
    request: functions::stats::GetPollStats,
) -> Answer<enums::stats::PollStats> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let Peer::Channel(id) = peer else {
        return Err(bad("PEER_ID_INVALID"));
    };
    if channel_of(world, id)?.admin(me).is_none() {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    check_centre(world, caller)?;
    let text = world.post_at(me, peer, request.msg_id);
    let text = text.and_then(|post| post.text());
    let media = text.and_then(|text| text.media.as_ref());
    if !matches!(media, Some(enums::MessageMedia::Poll(_))) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    let votes_graph = later(id, "votes");
    let stats = types::stats::PollStats { votes_graph };
    Ok(enums::stats::PollStats::from(stats).into())
}

/// `stats.loadAsyncGraph` (<https://core.telegram.org/method/stats.loadAsyncGraph>): with a day, a
/// closer look at that, which has to be one that the graph shows.
pub(crate) fn load_async_graph(
    world: &mut World,
    caller: &Caller,
    request: functions::stats::LoadAsyncGraph,
) -> Answer<enums::StatsGraph> {
    caller.user.ok_or_else(unregistered)?;
    check_centre(world, caller)?;
    let invalid = || bad("GRAPH_INVALID_RELOAD");
    let (channel, _) = request.token.split_once(':').ok_or_else(invalid)?;
    let id: i64 = channel.parse().map_err(|_| invalid())?;
    let it = world.channels.get(&id).ok_or_else(invalid)?;
    let Some(day) = request.x else {
        return Ok(drawn(world, it).into());
    };
    let shown = days(world).contains(&(day / 1000));
    if !shown || !request.token.ends_with(CLOSER) {
        return Err(bad("GRAPH_OUTDATED_RELOAD"));
    }
    let hours: Vec<i64> = (0..24).map(|hour| day / 1000 + hour * 3600).collect();
    Ok(counted_at(it, &hours, None).into())
}

fn counted<'w>(
    world: &'w World,
    caller: &Caller,
    channel: &enums::InputChannel,
) -> Result<(i64, &'w Channel), RpcError> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, channel)?;
    let it = channel_of(world, id)?;
    if it.admin(me).is_none() {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    check_centre(world, caller)?;
    Ok((id, it))
}

fn check_centre(world: &World, caller: &Caller) -> Result<(), RpcError> {
    match stats_centre(world) {
        dc if dc == caller.dc => Ok(()),
        dc => Err(migrate("STATS", dc)),
    }
}

fn period(world: &World) -> enums::StatsDateRangeDays {
    let max_date = world.date();
    let min_date = max_date - 7 * DAY;
    types::StatsDateRangeDays { min_date, max_date }.into()
}

fn amount(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn value(count: usize) -> enums::StatsAbsValueAndPrev {
    let (current, previous) = (f64::from(amount(count)), 0.0);
    types::StatsAbsValueAndPrev { current, previous }.into()
}

/// A graph that is drawn already: how many were there on each of the last days.
fn drawn(world: &World, it: &Channel) -> enums::StatsGraph {
    counted_at(it, &days(world), Some(format!("{}:{CLOSER}", it.id)))
}

/// The days that a graph has.
fn days(world: &World) -> Vec<i64> {
    let day = i64::from(DAY);
    let today = world.now() / day * day;
    (0..3).rev().map(|back| today - back * day).collect()
}

/// How many were there at some times.
fn counted_at(it: &Channel, times: &[i64], zoom_token: Option<String>) -> enums::StatsGraph {
    let counts = times.iter().map(|time| {
        let there = it.members().filter(|(_, one)| one.date <= *time);
        there.count().to_string()
    });
    let counts: Vec<String> = counts.collect();
    let days: Vec<String> = times.iter().map(|time| (time * 1000).to_string()).collect();
    let data = format!(
        r#"{{"columns":[["x",{}],["y0",{}]],"types":{{"y0":"line","x":"x"}}}}"#,
        days.join(","),
        counts.join(",")
    );
    types::StatsGraph {
        json: types::DataJson { data }.into(),
        zoom_token,
    }
    .into()
}

/// A graph that is drawn when somebody asks for it.
fn later(channel: i64, name: &str) -> enums::StatsGraph {
    let token = format!("{channel}:{name}");
    types::StatsGraphAsync { token }.into()
}

/// A graph of what there is too little of.
fn none() -> enums::StatsGraph {
    let error = "Not enough data to display.".to_owned();
    types::StatsGraphError { error }.into()
}

/// Who is meant by a place that is counted for.
pub(super) fn boosted(world: &World, me: i64, peer: &enums::InputPeer) -> Result<i64, RpcError> {
    match input::peer(world, me, peer)? {
        Peer::Channel(id) => Ok(id),
        _ => Err(bad("PEER_ID_INVALID")),
    }
}
