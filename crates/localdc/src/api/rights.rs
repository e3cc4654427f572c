//! Who may write where, in whose name, and who may change or take away what
//! (<https://core.telegram.org/api/rights>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Channel, Content, Letter, Peer, SERVICE_USER, Spot, World};

use super::direct;
use super::errors::{bad, forbidden, unregistered};
use super::help::EDIT_TIME;
use super::input;
use super::seam::RpcError;
use super::topic_rights::may_write_in_topic;

/// Whether `me` may write to a conversation at all.
pub(crate) fn may_write(world: &World, me: i64, peer: Peer) -> Result<(), RpcError> {
    match peer {
        Peer::User(other) => may_write_to(world, me, other),
        Peer::Chat(id) => {
            let chat = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
            if chat.migrated_to.is_some() {
                return Err(bad("CHAT_ID_INVALID"));
            }
            match chat.bans(me, |rights| rights.send_messages) {
                true => Err(forbidden("CHAT_WRITE_FORBIDDEN")),
                false => Ok(()),
            }
        }
        Peer::Channel(id) => {
            let channel = channel_of(world, id)?;
            if channel.monoforum {
                return direct::may_write_to(world, me, channel);
            }
            let may = match channel.megagroup {
                false => channel.may(me, |rights| rights.post_messages),
                true => {
                    let banned = channel.bans(me, world.now(), |rights| rights.send_messages);
                    channel.member(me).is_some() && !banned
                }
            };
            match may {
                true => Ok(()),
                false if channel.admin(me).is_some() => Err(bad("CHAT_ADMIN_REQUIRED")),
                false => Err(forbidden("CHAT_WRITE_FORBIDDEN")),
            }
        }
    }
}

fn may_write_to(world: &World, me: i64, other: i64) -> Result<(), RpcError> {
    let account = world.account(me).ok_or_else(unregistered)?;
    // Only people have saved messages: https://core.telegram.org/api/saved-messages.
    if other == me && !account.is_bot() {
        return Ok(());
    }
    if other == SERVICE_USER {
        return Err(forbidden("CHAT_WRITE_FORBIDDEN"));
    }
    let receiver = world.account(other).ok_or_else(|| bad("PEER_ID_INVALID"))?;
    if account.blocked.contains(&other) {
        return Err(bad("YOU_BLOCKED_USER"));
    }
    if receiver.blocked.contains(&me) {
        return Err(bad("USER_IS_BLOCKED"));
    }
    if account.is_bot() && receiver.is_bot() {
        return Err(bad("USER_IS_BOT"));
    }
    if account.is_bot() && !account.opened_by.contains(&other) {
        return Err(bad("PEER_ID_INVALID"));
    }
    Ok(())
}

/// Whether `me` may write this to a conversation now.
pub(crate) fn may_post(
    world: &World,
    me: i64,
    peer: Peer,
    letter: &Letter,
) -> Result<(), RpcError> {
    may_write(world, me, peer)?;
    let banned = |right: fn(&types::ChatBannedRights) -> bool| match peer {
        Peer::User(_) => false,
        Peer::Chat(id) => world.chats.get(&id).is_some_and(|it| it.bans(me, right)),
        Peer::Channel(id) => {
            let channel = world.channels.get(&id);
            channel.is_some_and(|it| it.bans(me, world.now(), right))
        }
    };
    let (right, name) = kind(&letter.content);
    if banned(right) {
        return Err(forbidden(name));
    }
    let Peer::Channel(id) = peer else {
        return Ok(());
    };
    let channel = channel_of(world, id)?;
    may_write_in_topic(world, me, channel, letter)?;
    let Some(member) = channel.member(me).filter(|_| channel.admin(me).is_none()) else {
        return Ok(());
    };
    // https://core.telegram.org/method/channels.toggleSlowMode
    let wait = member.wrote + i64::from(channel.slow_mode) - world.now();
    match channel.slow_mode > 0 && wait > 0 {
        true => Err(RpcError::new(420, format!("SLOWMODE_WAIT_{wait}"))),
        false => Ok(()),
    }
}

/// The right that is needed for a kind of message, and the error of who has it not.
fn kind(content: &Content) -> (fn(&types::ChatBannedRights) -> bool, &'static str) {
    let Content::Text(text) = content else {
        return (|rights| rights.send_messages, "CHAT_WRITE_FORBIDDEN");
    };
    match &text.media {
        None => (|rights| rights.send_plain, "CHAT_SEND_PLAIN_FORBIDDEN"),
        Some(enums::MessageMedia::WebPage(_)) => {
            (|rights| rights.embed_links, "CHAT_SEND_WEBPAGE_FORBIDDEN")
        }
        Some(enums::MessageMedia::Poll(_)) => {
            (|rights| rights.send_polls, "CHAT_SEND_POLL_FORBIDDEN")
        }
        Some(enums::MessageMedia::Photo(_)) => (
            |rights| rights.send_photos || rights.send_media,
            "CHAT_SEND_PHOTOS_FORBIDDEN",
        ),
        Some(enums::MessageMedia::Document(media)) => document_kind(media),
        Some(_) => (|rights| rights.send_media, "CHAT_SEND_MEDIA_FORBIDDEN"),
    }
}

/// The same for a document, by what it is.
fn document_kind(
    media: &types::MessageMediaDocument,
) -> (fn(&types::ChatBannedRights) -> bool, &'static str) {
    use enums::DocumentAttribute as A;
    let attributes = match &media.document {
        Some(enums::Document::Document(document)) => &document.attributes[..],
        _ => &[],
    };
    let has = |is: fn(&A) -> bool| attributes.iter().any(is);
    if has(|it| matches!(it, A::Sticker(_))) {
        return (
            |rights| rights.send_stickers || rights.send_media,
            "CHAT_SEND_STICKERS_FORBIDDEN",
        );
    }
    if has(|it| matches!(it, A::Animated)) {
        return (
            |rights| rights.send_gifs || rights.send_media,
            "CHAT_SEND_GIFS_FORBIDDEN",
        );
    }
    if has(|it| matches!(it, A::Video(video) if video.round_message)) {
        return (
            |rights| rights.send_roundvideos || rights.send_media,
            "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN",
        );
    }
    if has(|it| matches!(it, A::Video(_))) {
        return (
            |rights| rights.send_videos || rights.send_media,
            "CHAT_SEND_VIDEOS_FORBIDDEN",
        );
    }
    if has(|it| matches!(it, A::Audio(audio) if audio.voice)) {
        return (
            |rights| rights.send_voices || rights.send_media,
            "CHAT_SEND_VOICES_FORBIDDEN",
        );
    }
    if has(|it| matches!(it, A::Audio(_))) {
        return (
            |rights| rights.send_audios || rights.send_media,
            "CHAT_SEND_AUDIOS_FORBIDDEN",
        );
    }
    (
        |rights| rights.send_docs || rights.send_media,
        "CHAT_SEND_DOCS_FORBIDDEN",
    )
}

/// The channel in whose name `me` writes, if in one's: oneself, the supergroup if one is an
/// anonymous administrator, or a public channel of one's own
/// (<https://core.telegram.org/method/channels.getSendAs>).
pub(crate) fn sender(
    world: &World,
    me: i64,
    peer: Peer,
    send_as: Option<&enums::InputPeer>,
) -> Result<Option<i64>, RpcError> {
    let Some(send_as) = send_as else {
        return Ok(None);
    };
    let wrong = || bad("SEND_AS_PEER_INVALID");
    let Peer::Channel(place) = peer else {
        return Err(wrong());
    };
    let channel = channel_of(world, place)?;
    match input::peer(world, me, send_as).map_err(|_| wrong())? {
        Peer::User(user) if user == me => Ok(None),
        Peer::Channel(id) if id == place => {
            let anonymous = channel.may(me, |rights| rights.anonymous);
            match anonymous || !channel.megagroup {
                true => Ok(Some(id)),
                false => Err(wrong()),
            }
        }
        Peer::Channel(id) => {
            let own = channel_of(world, id)?;
            let may = own.may(me, |rights| rights.post_messages) && own.username.is_some();
            match may && channel.megagroup && channel.username.is_some() {
                true => Ok(Some(id)),
                false => Err(wrong()),
            }
        }
        _ => Err(wrong()),
    }
}

/// Whether `me` may edit a message, and still.
///
/// For a time: but for bots, for one's saved messages, for who may edit others' posts, and, as
/// TDLib expects, for who may pin in a supergroup.
pub(crate) fn may_edit(world: &World, me: i64, spot: &Spot) -> Result<(), RpcError> {
    let not_author = || forbidden("MESSAGE_AUTHOR_REQUIRED");
    let bot = world.account(me).is_some_and(|account| account.is_bot());
    let post = world.posts.get(&spot.post);
    let post = post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let timeless = match spot.peer {
        Peer::Channel(id) => {
            let channel = channel_of(world, id)?;
            let others = !channel.megagroup && channel.may(me, |rights| rights.edit_messages);
            let own =
                spot.out && (channel.megagroup || channel.may(me, |rights| rights.post_messages));
            if !own && !others {
                return Err(not_author());
            }
            others || (channel.megagroup && channel.may(me, |rights| rights.pin_messages))
        }
        _ if !spot.out => return Err(not_author()),
        _ => spot.peer == Peer::User(me),
    };
    if post.forward.is_some() {
        return Err(not_author());
    }
    let late = world.now().saturating_sub(post.date) > i64::from(EDIT_TIME);
    match late && !timeless && !bot {
        true => Err(bad("MESSAGE_EDIT_TIME_EXPIRED")),
        false => Ok(()),
    }
}

/// Whether `me` may take a message away from everybody: in private any, in a group one's own, and
/// administrators any.
pub(crate) fn may_revoke(world: &World, me: i64, id: i32) -> Result<(), RpcError> {
    let Some(spot) = world.in_box(me, id) else {
        return Ok(());
    };
    let Peer::Chat(chat) = spot.peer else {
        return Ok(());
    };
    let admin = world.chats.get(&chat).is_some_and(|it| it.is_admin(me));
    if spot.out || admin {
        return Ok(());
    }
    Err(forbidden("MESSAGE_DELETE_FORBIDDEN"))
}

/// Whether `me` may take down a post of a channel: one's own while one may write, and
/// administrators any. What says that the channel was founded stays.
pub(crate) fn may_take_down(world: &World, me: i64, channel: i64, id: i32) -> Result<(), RpcError> {
    let peer = Peer::Channel(channel);
    let Some(spot) = world.spot(me, peer, id) else {
        return Ok(());
    };
    let channel = channel_of(world, channel)?;
    let service = world.posts.get(&spot.post).and_then(|post| post.action());
    let founding = matches!(
        service,
        Some(enums::MessageAction::ChannelCreate(_) | enums::MessageAction::ChannelMigrateFrom(_))
    );
    let own = spot.out
        && match channel.megagroup {
            true => channel.member(me).is_some(),
            false => channel.may(me, |rights| rights.post_messages),
        };
    let any = channel.may(me, |rights| rights.delete_messages);
    match (own || any) && !founding {
        true => Ok(()),
        false => Err(forbidden("MESSAGE_DELETE_FORBIDDEN")),
    }
}

/// Whether `me` may pin messages of a conversation.
pub(crate) fn may_pin(world: &World, me: i64, peer: Peer) -> Result<(), RpcError> {
    let may = match peer {
        Peer::User(_) => true,
        Peer::Chat(id) => {
            let chat = world.chats.get(&id);
            chat.is_some_and(|chat| !chat.bans(me, |rights| rights.pin_messages))
        }
        Peer::Channel(id) => {
            let channel = channel_of(world, id)?;
            match channel.megagroup {
                // In a channel pinning is editing: https://core.telegram.org/api/rights.
                false => channel.may(me, |rights| rights.edit_messages),
                true => match channel.admin(me) {
                    Some(rights) => rights.pin_messages,
                    None => {
                        channel.member(me).is_some()
                            && !channel.bans(me, world.now(), |rights| rights.pin_messages)
                    }
                },
            }
        }
    };
    match may {
        true => Ok(()),
        false => Err(bad("CHAT_ADMIN_REQUIRED")),
    }
}

/// A channel that is there.
pub(crate) fn channel_of(world: &World, id: i64) -> Result<&Channel, RpcError> {
    let channel = world.channels.get(&id);
    channel.ok_or_else(|| bad("CHANNEL_INVALID"))
}

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::functions;

    use super::super::fixture::Town;
    use super::*;
    use crate::world::NewChannel;

    fn edit(town: &Town, me: i64, channel: i64, id: i32) -> functions::messages::EditMessage {
        functions::messages::EditMessage {
            peer: town.channel_peer(me, channel),
            id,
            message: Some("changed".to_owned()),
            ..Default::default()
        }
    }

    fn delete(town: &Town, me: i64, channel: i64, id: i32) -> functions::channels::DeleteMessages {
        functions::channels::DeleteMessages {
            channel: town.channel_input(me, channel),
            id: vec![id],
        }
    }

    #[test]
    fn people_write_to_themselves_and_bots_do_not() {
        let mut town = Town::new();
        let (alice, bot) = (town.user(1, "alice"), town.bot("42:a", "first_bot"));
        town.ask(alice, &town.text(alice, alice, "a note", 1));
        let caller = town.caller(bot);
        let by_id = town.text(bot, bot, "a note", 1);
        assert_eq!(town.refused(&caller, &by_id), "USER_IS_BOT");
        let oneself = functions::messages::SendMessage {
            peer: enums::InputPeer::PeerSelf,
            ..by_id
        };
        assert_eq!(town.refused(&caller, &oneself), "USER_IS_BOT");
        let typing = functions::messages::SetTyping {
            peer: enums::InputPeer::PeerSelf,
            action: enums::SendMessageAction::SendMessageTypingAction,
            ..Default::default()
        };
        assert_eq!(town.refused(&caller, &typing), "USER_IS_BOT");
    }

    #[test]
    fn in_a_channel_administrators_write_and_edit_by_their_rights() {
        let mut town = Town::new();
        let users = [(1, "alice"), (2, "bobby"), (3, "carol")];
        let [alice, bob, carol] = users.map(|(number, name)| town.user(number, name));
        let posts = types::ChatAdminRights {
            post_messages: true,
            ..Default::default()
        };
        let news = NewChannel::new("News", "the_news").owner(alice);
        let news = town.channel(news.admin(bob, posts).members([carol]));
        let by_carol = town.post(carol, news, "hello", 1);
        assert_eq!(
            town.refused(&town.caller(carol), &by_carol),
            "CHAT_WRITE_FORBIDDEN"
        );
        town.ask(bob, &town.post(bob, news, "hello", 1));
        town.ask(alice, &town.post(alice, news, "hello", 1));
        town.ask(bob, &edit(&town, bob, news, 2));
        let others = edit(&town, bob, news, 3);
        let caller = town.caller(bob);
        assert_eq!(town.refused(&caller, &others), "MESSAGE_AUTHOR_REQUIRED");
        let others = delete(&town, bob, news, 3);
        assert_eq!(town.refused(&caller, &others), "MESSAGE_DELETE_FORBIDDEN");
        town.now += EDIT_TIME + 1;
        let late = edit(&town, bob, news, 2);
        let again = functions::messages::EditMessage {
            message: Some("once more".to_owned()),
            ..late
        };
        assert_eq!(town.refused(&caller, &again), "MESSAGE_EDIT_TIME_EXPIRED");
        town.ask(
            alice,
            &functions::messages::EditMessage {
                peer: town.channel_peer(alice, news),
                ..again
            },
        );
        let founding = delete(&town, alice, news, 1);
        assert_eq!(
            town.refused(&town.caller(alice), &founding),
            "MESSAGE_DELETE_FORBIDDEN"
        );
        town.ask(alice, &delete(&town, alice, news, 2));
    }

    #[test]
    fn members_of_a_supergroup_write_as_often_as_they_may() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::new("Club", "the_club").megagroup();
        let club = town.channel(club.owner(alice).members([bob]).slow_mode(30));
        town.ask(bob, &town.post(bob, club, "one", 1));
        town.now += 10;
        let caller = town.caller(bob);
        let two = town.post(bob, club, "two", 2);
        assert_eq!(town.refused(&caller, &two), "SLOWMODE_WAIT_20");
        town.now += 20;
        town.ask(bob, &two);
        town.ask(alice, &town.post(alice, club, "one", 1));
        town.ask(alice, &town.post(alice, club, "two", 2));
        let carol = town.user(3, "carol");
        let outside = town.post(carol, club, "hello", 1);
        assert_eq!(
            town.refused(&town.caller(carol), &outside),
            "CHAT_WRITE_FORBIDDEN"
        );
    }

    #[test]
    fn one_writes_as_oneself_as_the_group_or_as_a_channel_of_ones_own() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::new("Club", "the_club").megagroup();
        let hidden = types::ChatAdminRights {
            anonymous: true,
            ..Default::default()
        };
        let club = town.channel(club.owner(alice).admin(bob, hidden));
        let news = town.channel(NewChannel::new("News", "the_news").owner(alice));
        let author = |town: &mut Town, me: i64, send_as: Option<i64>, random_id| {
            let request = functions::messages::SendMessage {
                send_as: send_as.map(|id| town.channel_peer(me, id)),
                ..town.post(me, club, "hello", random_id)
            };
            let caller = town.caller(me);
            let called = town.call(&caller, &request)?;
            let id = match called.value {
                enums::Updates::Updates(all) => match &all.updates[0] {
                    enums::Update::MessageId(it) => it.id,
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            };
            let mut view = super::super::view::View::new(&town.world, alice);
            match view.message_in(Peer::Channel(club), id) {
                enums::Message::Message(message) => Ok::<_, RpcError>(message.from_id),
                other => panic!("{other:?}"),
            }
        };
        let channel = |channel_id| Some(types::PeerChannel { channel_id }.into());
        let user = |user_id| Some(types::PeerUser { user_id }.into());
        assert_eq!(author(&mut town, alice, None, 1), Ok(user(alice)));
        assert_eq!(author(&mut town, alice, Some(news), 2), Ok(channel(news)));
        assert_eq!(author(&mut town, bob, None, 1), Ok(channel(club)));
        let refused = author(&mut town, bob, Some(news), 2);
        let refused = refused.expect_err("it is not his");
        assert_eq!(refused.message, "SEND_AS_PEER_INVALID");
    }
}
