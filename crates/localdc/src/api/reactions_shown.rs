//! How the reactions to a message are shown
//! (<https://core.telegram.org/constructor/messageReactions>).
use std::cmp::Reverse;

use ferogram_sync::tl::{enums, types};

use crate::world::{Paid, PaidAs, Post, Reacted, date};

/// The people who reacted last, as many as a message shows.
const RECENT: usize = 3;

/// The people who have paid most, as many as a message shows.
const TOP: usize = 3;

/// The reactions to a message as somebody sees them: how many have each, who has paid most, and,
/// where they are not merely counted, who reacted last.
pub(super) fn shown(
    post: &Post,
    viewer: i64,
    is_counted_only: bool,
) -> Option<types::MessageReactions> {
    let mut results: Vec<types::ReactionCount> = Vec::new();
    if !post.paid.is_empty() {
        results.push(types::ReactionCount {
            chosen_order: post.paid.contains_key(&viewer).then_some(0),
            reaction: enums::Reaction::Paid,
            count: post.paid.values().map(|paid| paid.stars).sum(),
        });
    }
    for (user, reacted) in &post.reactions {
        for (order, reaction) in (0..).zip(&reacted.list) {
            let place = results.iter().position(|it| it.reaction == *reaction);
            let place = place.unwrap_or_else(|| {
                results.push(types::ReactionCount {
                    reaction: reaction.clone(),
                    ..Default::default()
                });
                results.len() - 1
            });
            results[place].count += 1;
            if *user == viewer {
                results[place].chosen_order = Some(order);
            }
        }
    }
    if results.is_empty() {
        return None;
    }
    let top = payers(post, viewer);
    Some(types::MessageReactions {
        can_see_list: !is_counted_only,
        results: results.into_iter().map(Into::into).collect(),
        recent_reactions: (!is_counted_only).then(|| recent(post, viewer)),
        top_reactors: (!top.is_empty()).then_some(top),
        ..Default::default()
    })
}

/// Who is named there.
pub(super) fn named(shown: &types::MessageReactions) -> Vec<enums::Peer> {
    let recent = shown.recent_reactions.iter().flatten();
    let recent = recent.map(|enums::MessagePeerReaction::Reaction(it)| it.peer_id.clone());
    let top = shown.top_reactors.iter().flatten();
    let top = top.filter_map(|enums::MessageReactor::Reactor(it)| it.peer_id.clone());
    recent.chain(top).collect()
}

fn recent(post: &Post, viewer: i64) -> Vec<enums::MessagePeerReaction> {
    let mut recent: Vec<(&i64, &Reacted)> = post.reactions.iter().collect();
    recent.sort_by_key(|(_, reacted)| Reverse(reacted.date));
    let recent = recent.into_iter().take(RECENT);
    let recent = recent.flat_map(|(user, reacted)| {
        let one = |reaction: &enums::Reaction| types::MessagePeerReaction {
            big: reacted.big,
            unread: false,
            my: *user == viewer,
            peer_id: types::PeerUser { user_id: *user }.into(),
            date: date(reacted.date),
            reaction: reaction.clone(),
        };
        reacted
            .list
            .iter()
            .map(move |reaction| one(reaction).into())
    });
    recent.collect()
}

/// Who has paid most, and what one has paid oneself. Who did so as nobody in particular is named
/// to themselves alone (<https://core.telegram.org/constructor/messageReactor>).
fn payers(post: &Post, viewer: i64) -> Vec<enums::MessageReactor> {
    let mut all: Vec<(i64, Paid)> = post.paid.iter().map(|(user, it)| (*user, *it)).collect();
    all.sort_by_key(|(_, paid)| Reverse(paid.stars));
    let all = all.into_iter().enumerate();
    let shown = all.filter(|(place, (user, _))| *place < TOP || *user == viewer);
    let shown = shown.map(|(place, (user_id, paid))| {
        let (my, anonymous) = (user_id == viewer, paid.shown_as == PaidAs::Anonymous);
        let peer: enums::Peer = match paid.shown_as {
            PaidAs::Channel(channel_id) => types::PeerChannel { channel_id }.into(),
            PaidAs::Oneself | PaidAs::Anonymous => types::PeerUser { user_id }.into(),
        };
        types::MessageReactor {
            top: place < TOP,
            my,
            anonymous,
            peer_id: (my || !anonymous).then_some(peer),
            count: paid.stars,
        }
        .into()
    });
    shown.collect()
}
