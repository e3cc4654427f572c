//! `messages.*`: showing messages.
use std::borrow::Cow;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::page::{Page, Window, hash};
use super::seam::Caller;
use super::view::View;

/// Messages that one call may ask for by id.
const AT_ONCE: usize = 200;

/// `messages.getHistory` (<https://core.telegram.org/method/messages.getHistory>).
pub(crate) fn get_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetHistory,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let window = Window {
        offset_id: request.offset_id,
        offset_date: request.offset_date,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let list = ids(world, me, Some(peer));
    let page = window.cut(&list, |id| sent(world, me, id));
    if request.hash != 0 && request.hash == page_hash(world, me, &page) {
        return Ok(not_modified(list.len()).into());
    }
    Ok(show(world, me, page, list.len(), window.is_plain()).into())
}

/// `messages.search` (<https://core.telegram.org/method/messages.search>): by words and by author;
/// of the filters only the empty one finds anything, as there are no media.
pub(crate) fn search(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::Search,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = match &request.peer {
        enums::InputPeer::Empty => None,
        peer => Some(input::peer(world, me, peer)?),
    };
    let author = match &request.from_id {
        None => None,
        Some(from) => Some(input::peer(world, me, from)?),
    };
    if place.is_none() && request.q.is_empty() {
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
    let any_media = matches!(
        request.filter,
        enums::MessagesFilter::InputMessagesFilterEmpty
    );
    let matches = |id: &i32| {
        let account = world.account(me)?;
        let post = world.posts.get(&account.mailbox.entry(*id)?.post)?;
        let text = post.text()?;
        let sent = date(post.date);
        let good = any_media
            && text.text.to_lowercase().contains(&words)
            && author.is_none_or(|author| author == Peer::User(post.author))
            && (request.min_date <= 0 || sent > request.min_date)
            && (request.max_date <= 0 || sent < request.max_date);
        good.then_some(())
    };
    let mut list = ids(world, me, place).into_owned();
    list.retain(|id| matches(id).is_some());
    let page = window.cut(&list, |id| sent(world, me, id));
    Ok(show(world, me, page, list.len(), window.is_plain()).into())
}

/// `messages.getMessages` (<https://core.telegram.org/method/messages.getMessages>): in the order
/// asked for; what is not there comes as an empty message.
pub(crate) fn get_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetMessages,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.id.len() > AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    let mut view = View::new(world, me);
    let messages = request
        .id
        .iter()
        .map(|id| {
            let id = match id {
                enums::InputMessage::Id(id) => id.id,
                enums::InputMessage::ReplyTo(reply) => {
                    answered(world, me, reply.id).unwrap_or_default()
                }
                _ => 0,
            };
            view.message(id)
        })
        .collect();
    let (users, chats) = view.shown();
    let answer: enums::messages::Messages = types::messages::Messages {
        messages,
        topics: Vec::new(),
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// Ids of a conversation, or of all, the oldest first.
fn ids(world: &World, me: i64, place: Option<Peer>) -> Cow<'_, [i32]> {
    let Some(account) = world.account(me) else {
        return Cow::Borrowed(&[]);
    };
    match place {
        Some(peer) => {
            let thread = account.mailbox.thread(peer);
            Cow::Borrowed(thread.map_or(&[][..], |thread| &thread.ids))
        }
        None => {
            let threads = account.mailbox.threads();
            let mut ids: Vec<i32> = threads
                .flat_map(|(_, thread)| thread.ids.iter().copied())
                .collect();
            ids.sort_unstable();
            Cow::Owned(ids)
        }
    }
}

/// When a message was sent.
fn sent(world: &World, me: i64, id: i32) -> i32 {
    let entry = world
        .account(me)
        .and_then(|account| account.mailbox.entry(id));
    entry
        .and_then(|entry| world.posts.get(&entry.post))
        .map_or(0, |post| date(post.date))
}

fn answered(world: &World, me: i64, id: i32) -> Option<i32> {
    let entry = world.account(me)?.mailbox.entry(id)?;
    let reply = world.posts.get(&entry.post)?.reply.as_ref()?;
    world.posts.get(&reply.post)?.id_for(me)
}

/// Of histories, the hash covers ids and the dates of the last edits.
fn page_hash(world: &World, me: i64, page: &Page) -> i64 {
    let edited = |id: i32| {
        let entry = world.account(me)?.mailbox.entry(id)?;
        world.posts.get(&entry.post)?.edit_date
    };
    hash(
        page.ids
            .iter()
            .flat_map(|id| [i64::from(*id), edited(*id).unwrap_or(0)]),
    )
}

fn not_modified(count: usize) -> enums::messages::Messages {
    types::messages::MessagesNotModified {
        count: i32::try_from(count).unwrap_or(i32::MAX),
    }
    .into()
}

/// A page of messages: all of them as such, a part of them as a slice.
fn show(
    world: &World,
    me: i64,
    page: Page,
    total: usize,
    plain: bool,
) -> enums::messages::Messages {
    let whole = plain && page.ids.len() == total;
    let mut view = View::new(world, me);
    let messages = page.ids.iter().map(|id| view.message(*id)).collect();
    let (users, chats) = view.shown();
    if whole {
        return types::messages::Messages {
            messages,
            topics: Vec::new(),
            chats,
            users,
        }
        .into();
    }
    types::messages::MessagesSlice {
        count: i32::try_from(total).unwrap_or(i32::MAX),
        offset_id_offset: i32::try_from(page.before).ok(),
        messages,
        chats,
        users,
        ..Default::default()
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    fn texts(messages: &[enums::Message]) -> Vec<String> {
        messages
            .iter()
            .map(|message| match message {
                enums::Message::Message(message) => message.message.clone(),
                enums::Message::Empty(_) => String::new(),
                other => panic!("another message: {other:?}"),
            })
            .collect()
    }

    /// Alice has written five messages to Bob, "text 1" to "text 5".
    fn written() -> (Town, i64, i64) {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        for random_id in 1..=5 {
            town.ask(
                alice,
                &town.text(alice, bob, &format!("text {random_id}"), random_id),
            );
        }
        (town, alice, bob)
    }

    #[test]
    fn a_history_comes_whole_or_in_slices() {
        let (mut town, alice, bob) = written();
        let mut request = functions::messages::GetHistory {
            peer: town.peer(bob, alice),
            limit: 5,
            ..Default::default()
        };
        let enums::messages::Messages::Messages(all) = town.ask(bob, &request) else {
            panic!("it is all there is");
        };
        assert_eq!(texts(&all.messages)[0], "text 5");
        assert_eq!((all.messages.len(), all.users.len()), (5, 1));
        request.limit = 2;
        request.offset_id = 4;
        let enums::messages::Messages::Slice(part) = town.ask(bob, &request) else {
            panic!("it is a part");
        };
        assert_eq!(texts(&part.messages), ["text 3", "text 2"]);
        assert_eq!((part.count, part.offset_id_offset), (5, Some(2)));
        request.hash = hash([3, 0, 2, 0].into_iter());
        let answer = town.ask(bob, &request);
        assert!(matches!(answer, enums::messages::Messages::NotModified(same) if same.count == 5));
        let stranger = functions::messages::GetHistory {
            peer: types::InputPeerUser {
                user_id: alice,
                access_hash: 5,
            }
            .into(),
            ..Default::default()
        };
        assert_eq!(
            town.refused(&town.caller(bob), &stranger),
            "PEER_ID_INVALID"
        );
    }

    #[test]
    fn messages_are_found_by_id_and_by_words() {
        let (mut town, alice, bob) = written();
        let id = [3, 9, 1]
            .map(|id| types::InputMessageId { id }.into())
            .to_vec();
        let enums::messages::Messages::Messages(some) =
            town.ask(bob, &functions::messages::GetMessages { id })
        else {
            panic!("another answer");
        };
        assert_eq!(texts(&some.messages), ["text 3", "", "text 1"]);
        let request = functions::messages::Search {
            peer: town.peer(bob, alice),
            q: "TEXT 4".to_owned(),
            limit: 10,
            ..Default::default()
        };
        let enums::messages::Messages::Messages(found) = town.ask(bob, &request) else {
            panic!("it is all there is");
        };
        assert_eq!(texts(&found.messages), ["text 4"]);
    }
}
