//! `messages.*`: showing messages.
use std::borrow::Cow;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, Post, Spot, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::page::{Page, Window, hash};
use super::seam::{Caller, RpcError};
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
    let place = Place::Peer(peer);
    let shelf = Shelf { world, me, place };
    let list = shelf.ids();
    let list = within(&list, caller.range);
    let page = window.cut(list, |id| shelf.sent(id));
    if request.hash != 0 && request.hash == shelf.hash(&page) {
        return Ok(not_modified(list.len()).into());
    }
    Ok(shelf.page(&page, list.len(), window.is_plain()).into())
}

/// Those of a range, as exports ask for them
/// (<https://core.telegram.org/method/invokeWithMessagesRange>).
fn within(ids: &[i32], range: Option<(i32, i32)>) -> &[i32] {
    let Some((first, last)) = range else {
        return ids;
    };
    let ids = &ids[ids.partition_point(|id| *id < first)..];
    &ids[..ids.partition_point(|id| *id <= last)]
}

/// `messages.getMessages` (<https://core.telegram.org/method/messages.getMessages>): in the order
/// asked for; what is not there comes as an empty message.
pub(crate) fn get_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetMessages,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = Place::Box;
    Ok(Shelf { world, me, place }.some(&request.id)?.into())
}

/// `channels.getMessages` (<https://core.telegram.org/method/channels.getMessages>).
pub(crate) fn get_channel_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetMessages,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    if request.id.is_empty() {
        return Err(bad("MESSAGE_IDS_EMPTY"));
    }
    let place = Place::Peer(Peer::Channel(id));
    Ok(Shelf { world, me, place }.some(&request.id)?.into())
}

/// Where messages are looked for.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// In the caller's box.
    Box,
    /// In one conversation.
    Peer(Peer),
}

/// Messages as one account sees them.
pub(super) struct Shelf<'w> {
    pub(super) world: &'w World,
    pub(super) me: i64,
    pub(super) place: Place,
}

impl<'w> Shelf<'w> {
    /// All ids, the oldest first.
    pub(super) fn ids(&self) -> Cow<'w, [i32]> {
        let account = match self.place {
            Place::Peer(peer) => return self.world.ids_of(self.me, peer),
            Place::Box => self.world.account(self.me),
        };
        let threads = account.into_iter().flat_map(|it| it.mailbox.threads());
        let ids = threads.flat_map(|(_, thread)| thread.ids.iter().copied());
        let mut ids: Vec<i32> = ids.collect();
        ids.sort_unstable();
        Cow::Owned(ids)
    }

    pub(super) fn spot(&self, id: i32) -> Option<Spot> {
        match self.place {
            Place::Box => self.world.in_box(self.me, id),
            Place::Peer(peer) => self.world.spot(self.me, peer, id),
        }
    }

    pub(super) fn post(&self, id: i32) -> Option<&'w Post> {
        self.world.posts.get(&self.spot(id)?.post)
    }

    /// When a message was sent.
    pub(super) fn sent(&self, id: i32) -> i32 {
        self.post(id).map_or(0, |post| date(post.date))
    }

    /// The message that another one answers.
    fn answered(&self, id: i32) -> Option<i32> {
        let spot = self.spot(id)?;
        let reply = self.post(id)?.reply.as_ref()?;
        let answered = self.world.posts.get(&reply.post)?;
        answered.id_in(self.me, spot.peer)
    }

    fn show(&self, view: &mut View<'_>, id: i32) -> enums::Message {
        match self.place {
            Place::Box => view.message(id),
            Place::Peer(peer) => view.message_in(peer, id),
        }
    }

    /// Of histories, the hash covers ids and the dates of the last edits.
    fn hash(&self, page: &Page) -> i64 {
        let edited = |id: i32| self.post(id)?.edit_date;
        let parts = page.ids.iter();
        hash(parts.flat_map(|id| [i64::from(*id), edited(*id).unwrap_or(0)]))
    }

    /// Some messages, asked for by their ids, in that order.
    fn some(&self, ids: &[enums::InputMessage]) -> Result<enums::messages::Messages, RpcError> {
        if ids.len() > AT_ONCE {
            return Err(bad("LIMIT_INVALID"));
        }
        let mut view = View::new(self.world, self.me);
        let wanted = ids.iter().map(|id| match id {
            enums::InputMessage::Id(id) => id.id,
            enums::InputMessage::ReplyTo(reply) => self.answered(reply.id).unwrap_or_default(),
            enums::InputMessage::Pinned => self.pinned(),
            _ => 0,
        });
        let messages = wanted.map(|id| self.show(&mut view, id)).collect();
        let all = (ids.len(), None);
        Ok(self.answer(view, messages, all, true))
    }

    fn pinned(&self) -> i32 {
        let Place::Peer(peer) = self.place else {
            return 0;
        };
        let pinned = self.world.pinned_in(self.me, peer);
        pinned.last().copied().unwrap_or(0)
    }

    /// A page of messages: all of them as such, a part of them as a slice.
    pub(super) fn page(&self, page: &Page, total: usize, plain: bool) -> enums::messages::Messages {
        let whole = plain && page.ids.len() == total;
        let mut view = View::new(self.world, self.me);
        let messages = page
            .ids
            .iter()
            .map(|id| self.show(&mut view, *id))
            .collect();
        let before = i32::try_from(page.before).ok();
        self.answer(view, messages, (total, before), whole)
    }

    fn answer(
        &self,
        view: View<'_>,
        messages: Vec<enums::Message>,
        (total, offset_id_offset): (usize, Option<i32>),
        whole: bool,
    ) -> enums::messages::Messages {
        let (users, chats) = view.shown();
        let count = i32::try_from(total).unwrap_or(i32::MAX);
        if let Place::Peer(Peer::Channel(id)) = self.place {
            let channel = self.world.channels.get(&id);
            return types::messages::ChannelMessages {
                pts: channel.map_or(0, |channel| channel.board.pts()),
                count,
                offset_id_offset: offset_id_offset.filter(|_| !whole),
                messages,
                chats,
                users,
                ..Default::default()
            }
            .into();
        }
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
            count,
            offset_id_offset,
            messages,
            chats,
            users,
            ..Default::default()
        }
        .into()
    }
}

fn not_modified(count: usize) -> enums::messages::Messages {
    types::messages::MessagesNotModified {
        count: i32::try_from(count).unwrap_or(i32::MAX),
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
