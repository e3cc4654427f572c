//! `messages.*`: what puts a new message into a conversation.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Away, Content, Letter, Peer, Post, Quote, ReplyTo, Sale, Sent, Text, World};

use super::attachments;
use super::checkout::sale_of;
use super::direct;
use super::done::{Answer, Done};
use super::drafts;
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::kept_replies;
use super::markup::fitted;
use super::offers;
use super::origin::origin;
use super::push::{own, tell};
use super::rich;
use super::rights::{may_post, sender};
use super::scheduled;
use super::seam::{Caller, Push, RpcError};
use super::sent::{sent_answer, sent_before};
use super::text::{caption, prepare};
use super::view::View;

/// `messages.sendMessage` (<https://core.telegram.org/method/messages.sendMessage>).
pub(crate) fn send_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendMessage,
) -> Answer<enums::Updates> {
    send_with(world, caller, request, (None, None))
}

/// `messages.sendMedia` (<https://core.telegram.org/method/messages.sendMedia>).
pub(crate) fn send_media(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendMedia,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    // What comes again is not drawn by lot again.
    let is_new = sent_before(world, me, request.random_id)?.is_none();
    let sale = sale_of(me, &request.media);
    let media = match is_new {
        true => Some(attachments::shown(world, me, request.media)?),
        false => None,
    };
    let text = functions::messages::SendMessage {
        silent: request.silent,
        noforwards: request.noforwards,
        invert_media: request.invert_media,
        peer: request.peer,
        reply_to: request.reply_to,
        message: request.message,
        random_id: request.random_id,
        reply_markup: request.reply_markup,
        entities: request.entities,
        clear_draft: request.clear_draft,
        schedule_date: request.schedule_date,
        schedule_repeat_period: request.schedule_repeat_period,
        send_as: request.send_as,
        quick_reply_shortcut: request.quick_reply_shortcut,
        suggested_post: request.suggested_post,
        ..Default::default()
    };
    send_with(world, caller, text, (media, sale))
}

fn send_with(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendMessage,
    (media, sale): (Option<enums::MessageMedia>, Option<Box<Sale>>),
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let rich = request.rich_message.map(rich::shown).transpose()?;
    let peer = input::peer(world, me, &request.peer)?;
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    let answered = request.reply_to;
    let offer = request.suggested_post;
    let offer = offer.map(|offer| offers::checked(world, offer));
    let talk = direct::talk(world, me, peer, answered.as_ref(), offer.transpose()?)?;
    let is_message = |it: &enums::InputReplyTo| !matches!(it, enums::InputReplyTo::MonoForum(_));
    let reply = answered
        .filter(is_message)
        .map(|reply| reply_to(world, me, peer, reply))
        .transpose()?;
    let bot = world.account(me).is_some_and(|account| account.is_bot());
    let markup = request.reply_markup.filter(|_| bot);
    let text = match media.is_some() || rich.is_some() {
        true => caption(world, me, &request.message, request.entities, markup)?,
        false => prepare(world, me, &request.message, request.entities, markup)?,
    };
    let text = fitted(Text {
        media_above: request.invert_media,
        media,
        rich,
        sale,
        ..text
    })?;
    let letter = Letter {
        reply,
        silent: request.silent,
        noforwards: request.noforwards,
        sender: sender(world, me, peer, request.send_as.as_ref())?,
        talk,
        ..Letter::new(Content::Text(text))
    };
    if let Some(shortcut) = &request.quick_reply_shortcut {
        return kept_replies::put(world, caller, shortcut, (peer, letter));
    }
    if let Some(date) = request.schedule_date
        && scheduled::waits(world, me, peer, date)?
    {
        let when = (date, request.schedule_repeat_period);
        return scheduled::put(world, caller, (peer, vec![letter]), when);
    }
    let answered = letter.reply.as_ref().filter(|it| it.away.is_none());
    let answered = answered.map(|reply| reply.post);
    let sent = send(world, caller, me, (peer, request.random_id), letter)?;
    let cleared = request
        .clear_draft
        .then(|| drafts::clear(world, caller, peer, answered));
    Ok(sent.pushing(cleared.flatten().into_iter().collect()))
}

/// `messages.startBot` (<https://core.telegram.org/method/messages.startBot>): in the private
/// conversation with the bot.
pub(crate) fn start_bot(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::StartBot,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = input::user(world, me, &request.bot)?.ok_or_else(|| bad("BOT_INVALID"))?;
    if !world.account(bot).is_some_and(|account| account.is_bot()) {
        return Err(bad("BOT_INVALID"));
    }
    let peer = input::peer(world, me, &request.peer)?;
    if peer != Peer::User(bot) {
        return Err(unsupported("start_in_group"));
    }
    if let Some(answer) = sent_before(world, me, request.random_id)? {
        return Ok(answer.into());
    }
    let text = prepare(
        world,
        me,
        &format!("/start {}", request.start_param),
        None,
        None,
    )?;
    let letter = Letter::new(Content::Text(text));
    send(world, caller, me, (peer, request.random_id), letter)
}

/// Sends what is ready to be sent, once for a `random_id`.
fn send(
    world: &mut World,
    caller: &Caller,
    me: i64,
    (peer, random_id): (Peer, i64),
    letter: Letter,
) -> Answer<enums::Updates> {
    let (sent, pushes) = put(world, caller, me, (peer, random_id), letter)?;
    Ok(Done::from(sent_answer(world, me, sent, random_id)).pushing(pushes))
}

/// Puts a message into its conversation, and says where it is and whom to tell.
pub(super) fn put(
    world: &mut World,
    caller: &Caller,
    me: i64,
    (peer, random_id): (Peer, i64),
    mut letter: Letter,
) -> Result<(Sent, Vec<Push>), RpcError> {
    may_post(world, me, peer, &letter)?;
    if letter.talk.is_none() {
        letter.talk = direct::talk(world, me, peer, None, None)?;
    }
    let told = world.deliver(me, peer, letter);
    let own = own(&told, me).and_then(|own| Some((own.message_id()?, own.event.pts)));
    let (id, pts) = own.ok_or_else(unregistered)?;
    if let Peer::Channel(channel) = peer
        && world.channels.get(&channel).is_some_and(|it| !it.megagroup)
    {
        let message = View::new(world, me).message_in(peer, id);
        let action = types::ChannelAdminLogEventActionSendMessage { message };
        world.log_admin(channel, me, action.into(), &[]);
    }
    let sent = Sent {
        peer,
        id,
        pts,
        date: world.now(),
    };
    if let Some(account) = world.account_mut(me) {
        account.sent.insert(random_id, sent);
    }
    Ok((sent, tell(world, caller, &told)))
}

/// What a message answers.
pub(super) fn reply_to(
    world: &World,
    me: i64,
    peer: Peer,
    reply: enums::InputReplyTo,
) -> Result<ReplyTo, RpcError> {
    let enums::InputReplyTo::Message(reply) = reply else {
        return Err(unsupported("reply_to_story"));
    };
    let place = match &reply.reply_to_peer_id {
        Some(other) => input::peer(world, me, other)?,
        None => peer,
    };
    let spot = world.spot(me, place, reply.reply_to_msg_id);
    let post = spot.ok_or_else(|| bad("REPLY_MESSAGE_ID_INVALID"))?.post;
    let answered = world.posts.get(&post);
    let away = answered.filter(|_| place != peer).map(|answered| Away {
        place: (place, reply.reply_to_msg_id),
        origin: origin(world, answered),
    });
    let Some(text) = reply.quote_text else {
        let quote = None;
        return Ok(ReplyTo { post, quote, away });
    };
    let answered = answered.and_then(Post::text);
    if !answered.is_some_and(|answered| answered.text.contains(&text)) {
        return Err(bad("QUOTE_TEXT_INVALID"));
    }
    let quote = Some(Quote {
        text,
        entities: reply.quote_entities,
        offset: reply.quote_offset,
    });
    Ok(ReplyTo { post, quote, away })
}

#[cfg(test)]
mod tests {

    use super::super::fixture::{START, Town, pushed};
    use super::*;
    use crate::world::{NewChannel, SERVICE_USER};

    #[test]
    fn a_first_message_brings_its_author_along_and_the_next_is_short() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let caller = town.caller(alice);
        let called = town
            .call(&caller, &town.text(alice, bob, " hello ", 1))
            .expect("sent");
        let enums::Updates::UpdateShortSentMessage(sent) = called.value else {
            panic!("another answer");
        };
        assert_eq!(
            (sent.out, sent.id, sent.pts, sent.date),
            (true, 1, 2, START)
        );
        let [(me, _), (other, enums::Updates::Updates(first))] = &pushed(&called.reply.pushes)[..]
        else {
            panic!("two accounts are told");
        };
        assert_eq!((*me, *other, first.seq), (alice, bob, 0));
        assert_eq!(called.reply.pushes[0].except, Some(caller.session));
        assert_eq!(called.reply.pushes[1].except, None);
        assert_eq!(first.users.len(), 1);
        let called = town
            .call(&caller, &town.text(alice, bob, "again", 2))
            .expect("sent");
        let [(_, enums::Updates::UpdateShortMessage(own)), (_, next)] =
            &pushed(&called.reply.pushes)[..]
        else {
            panic!("two accounts are told");
        };
        assert!(own.out && own.user_id == bob);
        let enums::Updates::UpdateShortMessage(next) = next else {
            panic!("it is not short");
        };
        assert_eq!(
            (next.user_id, next.out, next.message.as_str()),
            (alice, false, "again")
        );
    }

    /// Changes a good message, and hopes that it is refused.
    fn refused(change: impl FnOnce(&Town, i64, &mut functions::messages::SendMessage)) -> String {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let mut request = town.text(alice, bob, "hello", 1);
        change(&town, bob, &mut request);
        let name = town.refused(&town.caller(alice), &request);
        assert_eq!(
            town.world.account(bob).map(|bob| bob.mailbox.pts()),
            Some(1)
        );
        name
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        assert_eq!(refused(|_, _, it| it.random_id = 0), "RANDOM_ID_EMPTY");
        assert_eq!(
            refused(|_, _, it| it.message = " ".to_owned()),
            "MESSAGE_EMPTY"
        );
        assert_eq!(
            refused(|_, _, it| it.message = "a".repeat(4097)),
            "MESSAGE_TOO_LONG"
        );
        assert_eq!(
            refused(|_, _, it| it.peer = enums::InputPeer::Empty),
            "PEER_ID_INVALID"
        );
        let others_hash = |town: &Town, bob, it: &mut functions::messages::SendMessage| {
            let access_hash = town.world.access_hash(SERVICE_USER, bob);
            it.peer = types::InputPeerUser {
                user_id: bob,
                access_hash,
            }
            .into();
        };
        assert_eq!(refused(others_hash), "PEER_ID_INVALID");
        let no_hash = |_: &Town, bob, it: &mut functions::messages::SendMessage| {
            it.peer = types::InputPeerUser {
                user_id: bob,
                access_hash: 0,
            }
            .into();
        };
        assert_eq!(refused(no_hash), "PEER_ID_INVALID");
        let reply = types::InputReplyToMessage {
            reply_to_msg_id: 5,
            ..Default::default()
        };
        assert_eq!(
            refused(|_, _, it| it.reply_to = Some(reply.into())),
            "REPLY_MESSAGE_ID_INVALID"
        );
    }

    #[test]
    fn a_random_id_sends_once() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let request = town.text(alice, bob, "hello", 77);
        let first = town.ask(alice, &request);
        town.now += 5;
        assert_eq!(town.ask(alice, &request), first);
        assert_eq!(
            town.world.account(bob).map(|bob| bob.mailbox.pts()),
            Some(2)
        );
    }

    #[test]
    fn bots_answer_but_do_not_begin() {
        let mut town = Town::new();
        let alice = town.user(1, "alice");
        let (bot, other) = (
            town.bot("42:a", "first_bot"),
            town.bot("43:b", "second_bot"),
        );
        let caller = town.caller(bot);
        assert_eq!(
            town.refused(&caller, &town.text(bot, alice, "hi", 1)),
            "PEER_ID_INVALID"
        );
        assert_eq!(
            town.refused(&caller, &town.text(bot, other, "hi", 1)),
            "USER_IS_BOT"
        );
        town.ask(
            alice,
            &functions::messages::StartBot {
                bot: types::InputUser {
                    user_id: bot,
                    access_hash: town.world.access_hash(alice, bot),
                }
                .into(),
                peer: town.peer(alice, bot),
                random_id: 5,
                start_param: "x".to_owned(),
            },
        );
        let peer = types::InputPeerUser {
            user_id: alice,
            access_hash: 0,
        }
        .into();
        let markup = types::ReplyInlineMarkup::default().into();
        let answer = functions::messages::SendMessage {
            peer,
            reply_markup: Some(markup),
            ..town.text(bot, alice, "hi", 1)
        };
        assert!(matches!(town.ask(bot, &answer), enums::Updates::Updates(_)));
        let block = functions::contacts::Block {
            my_stories_from: false,
            id: town.peer(alice, bot),
        };
        assert!(town.ask(alice, &block));
        assert_eq!(
            town.refused(&caller, &town.text(bot, alice, "hi", 2)),
            "USER_IS_BLOCKED"
        );
        let to_bot = town.text(alice, bot, "hi", 9);
        assert_eq!(
            town.refused(&town.caller(alice), &to_bot),
            "YOU_BLOCKED_USER"
        );
    }

    #[test]
    fn replies_and_quotes_point_into_every_box() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        town.ask(bob, &town.text(bob, bob, "a note", 1));
        town.ask(alice, &town.text(alice, bob, "hello world", 1));
        let reply = |quote: &str| {
            let reply = types::InputReplyToMessage {
                reply_to_msg_id: 2,
                quote_text: Some(quote.to_owned()),
                ..Default::default()
            };
            Some(enums::InputReplyTo::from(reply))
        };
        let mut request = town.text(bob, alice, "yes", 2);
        request.reply_to = reply("moon");
        assert_eq!(
            town.refused(&town.caller(bob), &request),
            "QUOTE_TEXT_INVALID"
        );
        request.reply_to = reply("world");
        let called = town.call(&town.caller(bob), &request).expect("sent");
        let (_, to_alice) = pushed(&called.reply.pushes).pop().expect("alice is told");
        let enums::Updates::UpdateShortMessage(message) = to_alice else {
            panic!("it is not short");
        };
        let Some(enums::MessageReplyHeader::Header(header)) = message.reply_to else {
            panic!("it answers something");
        };
        assert_eq!(header.reply_to_msg_id, Some(1));
        assert_eq!(header.quote_text.as_deref(), Some("world"));
    }

    #[test]
    fn what_stands_elsewhere_is_answered_by_who_wrote_it() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let news = town.channel(NewChannel::new("News", "the_news").owner(alice));
        town.ask(alice, &town.post(alice, news, "hello world", 1));
        let reply = types::InputReplyToMessage {
            reply_to_msg_id: 2,
            reply_to_peer_id: Some(town.channel_peer(bob, news)),
            quote_text: Some("world".to_owned()),
            ..Default::default()
        };
        let request = functions::messages::SendMessage {
            reply_to: Some(reply.into()),
            ..town.text(bob, alice, "well", 1)
        };
        town.ask(bob, &request);
        let mut view = View::new(&town.world, alice);
        let enums::Message::Message(message) = view.message(1) else {
            panic!("it is there");
        };
        let Some(enums::MessageReplyHeader::Header(header)) = message.reply_to else {
            panic!("it answers something");
        };
        let channel = types::PeerChannel { channel_id: news };
        assert_eq!(header.reply_to_peer_id, Some(channel.into()));
        assert_eq!(header.reply_to_msg_id, Some(2));
        assert!(header.reply_from.is_some() && header.quote);
    }
}
