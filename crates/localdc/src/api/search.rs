//! `messages.*` and `channels.*`: looking for messages.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, Post, Spot, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::history::{Place, Shelf};
use super::in_thread::is_in_thread;
use super::input;
use super::kinds::is_kind;
use super::page::{PAGE, Window};
use super::seam::{Caller, RpcError};
use super::view::View;

/// Messages that a search over all conversations gives at most, in all.
const FOUND: usize = 10_000;

/// Seconds of a day.
const DAY: i32 = 86_400;

/// A message in the order of such a search: the newest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    date: i32,
    id: i32,
    peer: Peer,
}

/// `messages.search` (<https://core.telegram.org/method/messages.search>).
///
/// As in production, authors are looked for in groups and channels and in all conversations at
/// once, but not in one private chat; and dates do not count where there are no words. An empty
/// author is none: gotd always names one.
pub(crate) fn search(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::Search,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = match &request.peer {
        enums::InputPeer::Empty => Place::Box,
        peer => Place::Peer(input::peer(world, me, peer)?),
    };
    let author = request
        .from_id
        .as_ref()
        .filter(|it| !matches!(it, enums::InputPeer::Empty));
    let author = author.map(|it| input::peer(world, me, it)).transpose()?;
    let author = author.filter(|_| !matches!(place, Place::Peer(Peer::User(_))));
    let kind = &request.filter;
    let any_kind = matches!(kind, enums::MessagesFilter::InputMessagesFilterEmpty);
    if matches!(place, Place::Box) && request.q.is_empty() && author.is_none() && any_kind {
        return Err(bad("SEARCH_QUERY_EMPTY"));
    }
    let window = Window {
        offset_id: request.offset_id,
        offset_date: 0,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let words = request.q.to_lowercase();
    let (min, max) = match (words.is_empty(), place) {
        (true, Place::Peer(_)) => (0, 0),
        _ => (request.min_date, request.max_date),
    };
    let shelf = Shelf { world, me, place };
    let in_thread = |spot: &Spot| {
        let thread = request.top_msg_id;
        thread.is_none_or(|thread| is_in_thread(world, me, spot.peer, (spot.id, thread)))
    };
    let matches = |id: &i32| {
        let (spot, post) = (shelf.spot(*id)?, shelf.post(*id)?);
        let sent = date(post.date);
        let said = post.text().map(|text| text.text.to_lowercase());
        let good = is_kind(world, me, (&spot, post), kind)
            && in_thread(&spot)
            && (words.is_empty() || said.is_some_and(|said| said.contains(&words)))
            && author.is_none_or(|author| wrote(author, post))
            && (min <= 0 || sent > min)
            && (max <= 0 || sent < max);
        good.then_some(())
    };
    let mut list = shelf.ids().into_owned();
    list.retain(|id| matches(id).is_some());
    let page = window.cut(&list, |id| shelf.sent(id));
    Ok(shelf.page(&page, list.len(), window.is_plain()).into())
}

fn wrote(author: Peer, post: &Post) -> bool {
    match post.sender {
        Some(channel) => author == Peer::Channel(channel),
        None => author == Peer::User(post.author),
    }
}

/// `messages.searchGlobal` (<https://core.telegram.org/method/messages.searchGlobal>).
pub(crate) fn search_global(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SearchGlobal,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let any_kind = matches!(
        request.filter,
        enums::MessagesFilter::InputMessagesFilterEmpty
    );
    if request.q.is_empty() && any_kind {
        return Err(bad("SEARCH_QUERY_EMPTY"));
    }
    if matches!(
        request.filter,
        enums::MessagesFilter::InputMessagesFilterPinned
    ) {
        return Err(bad("INPUT_FILTER_INVALID"));
    }
    let only = request.folder_id.map(input::folder).transpose()?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let threads = account.mailbox.threads().map(|(peer, _)| peer);
    let channels = account.channels.iter().map(|id| Peer::Channel(*id));
    let peers = threads.chain(channels).filter(|peer| {
        let broadcast = match peer {
            Peer::Channel(id) => world.channels.get(id).is_some_and(|it| !it.megagroup),
            _ => false,
        };
        let private = matches!(peer, Peer::User(_));
        only.is_none_or(|only| account.dialogs.folder_of(*peer) == only)
            && (!request.broadcasts_only || broadcast)
            && (!request.groups_only || !private && !broadcast)
            && (!request.users_only || private)
    });
    let words = request.q.to_lowercase();
    let (min, max) = (request.min_date, request.max_date);
    let mut found = Vec::new();
    for peer in peers {
        for id in world.ids_of(me, peer).iter() {
            let spot = world.spot(me, peer, *id);
            let Some((spot, post)) = spot.and_then(|it| Some((it, world.posts.get(&it.post)?)))
            else {
                continue;
            };
            let sent = date(post.date);
            let said = post.text().map(|text| text.text.to_lowercase());
            if (words.is_empty() || said.is_some_and(|said| said.contains(&words)))
                && is_kind(world, me, (&spot, post), &request.filter)
                && (min <= 0 || sent > min)
                && (max <= 0 || sent < max)
            {
                found.push(Found {
                    date: sent,
                    id: *id,
                    peer,
                });
            }
        }
    }
    let after = offset(
        world,
        me,
        (request.offset_rate, request.offset_id),
        &request.offset_peer,
    )?;
    Ok(slice(world, me, found, after, request.limit).into())
}

/// `channels.searchPosts` (<https://core.telegram.org/method/channels.searchPosts>): by hashtags;
/// words are for accounts with Premium, which nobody here has.
pub(crate) fn search_posts(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::SearchPosts,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let Some(hashtag) = &request.hashtag else {
        return Err(bad("PREMIUM_ACCOUNT_REQUIRED"));
    };
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    if hashtag.is_empty() || !hashtag.chars().all(is_letter) {
        return Err(bad("HASHTAG_INVALID"));
    }
    let wanted = format!("#{}", hashtag.to_lowercase());
    let mut found = Vec::new();
    let public = world.channels.values();
    for channel in public.filter(|it| it.username.is_some() && !it.megagroup) {
        for id in channel.board.ids() {
            let peer = Peer::Channel(channel.id);
            let Some(post) = world.post_at(me, peer, *id) else {
                continue;
            };
            let said = post.text().map_or("", |text| &text.text).to_lowercase();
            let mut words = said.split(|letter: char| !is_letter(letter) && letter != '#');
            if words.any(|word| word == wanted) {
                let (date, id) = (date(post.date), *id);
                found.push(Found { date, id, peer });
            }
        }
    }
    let after = offset(
        world,
        me,
        (request.offset_rate, request.offset_id),
        &request.offset_peer,
    )?;
    Ok(slice(world, me, found, after, request.limit).into())
}

/// Behind which message a page begins.
fn offset(
    world: &World,
    me: i64,
    (date, id): (i32, i32),
    peer: &enums::InputPeer,
) -> Result<Option<Found>, RpcError> {
    if date <= 0 && id <= 0 {
        return Ok(None);
    }
    let peer = input::peer(world, me, peer).map_err(|_| bad("OFFSET_PEER_ID_INVALID"))?;
    Ok(Some(Found { date, id, peer }))
}

fn slice(
    world: &World,
    me: i64,
    mut found: Vec<Found>,
    after: Option<Found>,
    limit: i32,
) -> enums::messages::Messages {
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.truncate(FOUND);
    let count = i32::try_from(found.len()).unwrap_or(i32::MAX);
    found.retain(|it| after.is_none_or(|after| *it < after));
    let limit = usize::try_from(limit.clamp(0, PAGE)).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut view = View::new(world, me);
    let messages = found.iter().map(|it| view.message_in(it.peer, it.id));
    let messages = messages.collect();
    let (users, chats) = view.shown();
    types::messages::MessagesSlice {
        count,
        next_rate: found.last().filter(|_| more).map(|last| last.date),
        messages,
        chats,
        users,
        ..Default::default()
    }
    .into()
}

/// `messages.getSearchCounters` (<https://core.telegram.org/method/messages.getSearchCounters>).
pub(crate) fn get_search_counters(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetSearchCounters,
) -> Answer<Vec<enums::messages::SearchCounter>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let counters = request.filters.into_iter().map(|filter| {
        let mut ids = of_kind(world, me, peer, &filter);
        ids.retain(|id| {
            let thread = request.top_msg_id;
            thread.is_none_or(|thread| is_in_thread(world, me, peer, (*id, thread)))
        });
        let count = i32::try_from(ids.len()).unwrap_or(i32::MAX);
        types::messages::SearchCounter {
            inexact: false,
            filter,
            count,
        }
        .into()
    });
    let counters: Vec<enums::messages::SearchCounter> = counters.collect();
    Ok(counters.into())
}

/// `messages.getSearchResultsCalendar`
/// (<https://core.telegram.org/method/messages.getSearchResultsCalendar>).
pub(crate) fn get_search_results_calendar(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetSearchResultsCalendar,
) -> Answer<enums::messages::SearchResultsCalendar> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    check_countable(&request.filter)?;
    let mut ids = of_kind(world, me, peer, &request.filter);
    let count = i32::try_from(ids.len()).unwrap_or(i32::MAX);
    let place = Place::Peer(peer);
    let shelf = Shelf { world, me, place };
    let first = ids.first().copied().unwrap_or(0);
    ids.retain(|id| request.offset_id <= 0 || *id < request.offset_id);
    let mut periods: Vec<types::SearchResultsCalendarPeriod> = Vec::new();
    let mut shown = Vec::new();
    for id in ids.into_iter().rev() {
        let day = shelf.sent(id) / DAY * DAY;
        match periods.last_mut().filter(|period| period.date == day) {
            Some(period) => {
                period.min_msg_id = id;
                period.count += 1;
            }
            None => {
                shown.push(id);
                periods.push(types::SearchResultsCalendarPeriod {
                    date: day,
                    min_msg_id: id,
                    max_msg_id: id,
                    count: 1,
                });
            }
        }
    }
    let mut view = View::new(world, me);
    let messages = shown.iter().map(|id| view.message_in(peer, *id)).collect();
    let (users, chats) = view.shown();
    let answer: enums::messages::SearchResultsCalendar = types::messages::SearchResultsCalendar {
        count,
        min_date: shelf.sent(first),
        min_msg_id: first,
        periods: periods.into_iter().map(Into::into).collect(),
        messages,
        chats,
        users,
        ..Default::default()
    }
    .into();
    Ok(answer.into())
}

/// `messages.getSearchResultsPositions`
/// (<https://core.telegram.org/method/messages.getSearchResultsPositions>).
pub(crate) fn get_search_results_positions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetSearchResultsPositions,
) -> Answer<enums::messages::SearchResultsPositions> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    check_countable(&request.filter)?;
    let ids = of_kind(world, me, peer, &request.filter);
    let count = i32::try_from(ids.len()).unwrap_or(i32::MAX);
    let place = Place::Peer(peer);
    let shelf = Shelf { world, me, place };
    let limit = usize::try_from(request.limit.clamp(0, PAGE)).unwrap_or(0);
    let positions = ids.iter().rev().zip(0..);
    let positions = positions.filter(|(id, _)| request.offset_id <= 0 || **id < request.offset_id);
    let positions = positions.take(limit).map(|(id, offset)| {
        types::SearchResultPosition {
            msg_id: *id,
            date: shelf.sent(*id),
            offset,
        }
        .into()
    });
    let answer: enums::messages::SearchResultsPositions = types::messages::SearchResultsPositions {
        count,
        positions: positions.collect(),
    }
    .into();
    Ok(answer.into())
}

/// Kinds that are not counted by days and places.
fn check_countable(filter: &enums::MessagesFilter) -> Result<(), RpcError> {
    use enums::MessagesFilter as F;
    match filter {
        F::InputMessagesFilterEmpty
        | F::InputMessagesFilterMyMentions
        | F::InputMessagesFilterPinned => Err(bad("FILTER_NOT_SUPPORTED")),
        _ => Ok(()),
    }
}

/// The messages of a kind, oldest first.
fn of_kind(world: &World, me: i64, peer: Peer, filter: &enums::MessagesFilter) -> Vec<i32> {
    let ids = world.ids_of(me, peer);
    let ids = ids.iter().copied();
    let is_wanted = |id: &i32| {
        let spot: Option<Spot> = world.spot(me, peer, *id);
        let found = spot.and_then(|spot| Some((spot, world.posts.get(&spot.post)?)));
        found.is_some_and(|(spot, post)| is_kind(world, me, (&spot, post), filter))
    };
    ids.filter(is_wanted).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    #[test]
    fn a_search_in_all_conversations_goes_on_behind_the_last_message() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        for number in 1..=5 {
            town.now += number % 2;
            town.ask(
                bob,
                &town.text(bob, alice, &format!("word {number}"), number.into()),
            );
        }
        let mut request = functions::messages::SearchGlobal {
            q: "WORD".into(),
            limit: 2,
            ..Default::default()
        };
        let mut found = Vec::new();
        loop {
            let enums::messages::Messages::Slice(page) = town.ask(alice, &request) else {
                panic!("always a part");
            };
            assert_eq!(page.count, 5);
            for message in &page.messages {
                if let enums::Message::Message(message) = message {
                    found.push(message.message.clone());
                    request.offset_id = message.id;
                }
            }
            request.offset_peer = town.peer(alice, bob);
            match page.next_rate {
                Some(rate) => request.offset_rate = rate,
                None => break,
            }
        }
        assert_eq!(found, ["word 5", "word 4", "word 3", "word 2", "word 1"]);
        request.q.clear();
        let caller = town.caller(alice);
        assert_eq!(town.refused(&caller, &request), "SEARCH_QUERY_EMPTY");
        request.filter = enums::MessagesFilter::InputMessagesFilterPinned;
        assert_eq!(town.refused(&caller, &request), "INPUT_FILTER_INVALID");
    }

    #[test]
    fn in_a_private_chat_authors_and_dates_alone_find_everything() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        town.ask(bob, &town.text(bob, alice, "one", 1));
        town.ask(alice, &town.text(alice, bob, "two", 1));
        let request = functions::messages::Search {
            peer: town.peer(alice, bob),
            from_id: Some(town.peer(alice, bob)),
            max_date: 5,
            limit: 10,
            ..Default::default()
        };
        let enums::messages::Messages::Messages(all) = town.ask(alice, &request) else {
            panic!("it is all there is");
        };
        assert_eq!(all.messages.len(), 2);
    }

    #[test]
    fn an_empty_author_is_none() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        town.ask(bob, &town.text(bob, alice, "one", 1));
        let request = functions::messages::Search {
            peer: town.peer(alice, bob),
            q: "one".into(),
            from_id: Some(enums::InputPeer::Empty),
            limit: 10,
            ..Default::default()
        };
        let enums::messages::Messages::Messages(all) = town.ask(alice, &request) else {
            panic!("it is all there is");
        };
        assert_eq!(all.messages.len(), 1);
    }
}
