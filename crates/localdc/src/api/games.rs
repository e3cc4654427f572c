//! `messages.*`: the scores of games (<https://core.telegram.org/api/bots/games>).
use std::cmp::Reverse;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Content, Letter, Peer, PostId, ReplyTo, Told, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::{done, tell};
use super::seam::{Caller, RpcError};
use super::view::View;

/// So many of the first are in every table, and so many on each side of whom it is about
/// (<https://core.telegram.org/bots/api#getgamehighscores>).
const FIRST: usize = 3;
const BESIDE: usize = 2;

/// The message that has a game, where it stands, and by what its scores are kept: those of one game
/// in one chat are one table.
struct Board {
    post: PostId,
    game: types::Game,
    /// The two who talk, or the group and 0.
    place: (Peer, i64),
}

impl Board {
    /// A game of this bot's.
    fn of(world: &World, bot: i64, post: PostId) -> Result<Self, RpcError> {
        let wrong = || bad("MESSAGE_ID_INVALID");
        let it = world.posts.get(&post).ok_or_else(wrong)?;
        let media = it.text().and_then(|text| text.media.as_ref());
        let Some(enums::MessageMedia::Game(media)) = media else {
            return Err(wrong());
        };
        if it.via.unwrap_or(it.author) != bot {
            return Err(wrong());
        }
        let enums::Game::Game(game) = media.game.clone();
        let place = match (it.board, it.copies.first()) {
            (Some((channel, _)), _) => (Peer::Channel(channel), 0),
            (None, Some((owner, id))) => match world.in_box(*owner, *id).ok_or_else(wrong)?.peer {
                Peer::User(other) => (Peer::User(other.min(*owner)), other.max(*owner)),
                group => (group, 0),
            },
            (None, None) => return Err(wrong()),
        };
        Ok(Self {
            post,
            game: *game,
            place,
        })
    }

    fn key(&self, bot: i64) -> (i64, String, Peer, i64) {
        let (peer, other) = self.place;
        (bot, self.game.short_name.clone(), peer, other)
    }

    /// The chat as somebody has it who plays there.
    fn seen_by(&self, world: &World, user: i64) -> Option<Peer> {
        match self.place {
            (Peer::User(one), other) if user == one => Some(Peer::User(other)),
            (Peer::User(one), other) => (user == other).then_some(Peer::User(one)),
            (Peer::Chat(id), _) => input::group(world, user, id).map(Peer::Chat),
            (Peer::Channel(id), _) => {
                let channel = world.channels.get(&id).filter(|it| it.megagroup)?;
                channel.member(user).map(|_| Peer::Channel(id))
            }
        }
    }
}

/// What is set.
struct Set {
    user: i64,
    score: i32,
    force: bool,
    edit_message: bool,
}

/// `messages.setGameScore` (<https://core.telegram.org/method/messages.setGameScore>).
pub(crate) fn set_game_score(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetGameScore,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let post = post_at(world, me, peer, request.id)?;
    let set = Set {
        user: user(world, me, &request.user_id)?,
        score: request.score,
        force: request.force,
        edit_message: request.edit_message,
    };
    let told = score(world, me, post, &set)?;
    let own: Vec<&Told> = told.iter().filter(|told| told.user == me).collect();
    let answer = done(world, &own);
    Ok(Done::from(answer).pushing(tell(world, caller, &told)))
}

/// `messages.setInlineGameScore` (<https://core.telegram.org/method/messages.setInlineGameScore>).
pub(crate) fn set_inline_game_score(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetInlineGameScore,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let post = sent_through(world, caller, me, &request.id)?;
    let set = Set {
        user: user(world, me, &request.user_id)?,
        score: request.score,
        force: request.force,
        edit_message: request.edit_message,
    };
    let told = score(world, me, post, &set)?;
    Ok(Done::from(true).pushing(tell(world, caller, &told)))
}

/// `messages.getGameHighScores` (<https://core.telegram.org/method/messages.getGameHighScores>).
pub(crate) fn get_game_high_scores(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetGameHighScores,
) -> Answer<enums::messages::HighScores> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let post = post_at(world, me, peer, request.id)?;
    let user = user(world, me, &request.user_id)?;
    Ok(table(world, me, post, user)?.into())
}

/// `messages.getInlineGameHighScores`
/// (<https://core.telegram.org/method/messages.getInlineGameHighScores>).
pub(crate) fn get_inline_game_high_scores(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetInlineGameHighScores,
) -> Answer<enums::messages::HighScores> {
    let me = caller.user.ok_or_else(unregistered)?;
    let post = sent_through(world, caller, me, &request.id)?;
    let user = user(world, me, &request.user_id)?;
    Ok(table(world, me, post, user)?.into())
}

fn post_at(world: &World, me: i64, peer: Peer, id: i32) -> Result<PostId, RpcError> {
    let spot = world.spot(me, peer, id);
    Ok(spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?.post)
}

/// A message that was sent through the bot, at the data centre that its id names.
fn sent_through(
    world: &World,
    caller: &Caller,
    me: i64,
    id: &enums::InputBotInlineMessageId,
) -> Result<PostId, RpcError> {
    let wrong = || bad("MESSAGE_ID_INVALID");
    let enums::InputBotInlineMessageId::Id(id) = id else {
        return Err(wrong());
    };
    let through = world.inline.sent.get(&id.id).ok_or_else(wrong)?;
    let named = (id.dc_id, id.access_hash, me, caller.dc);
    match named == (through.dc, through.access_hash, through.bot, through.dc) {
        true => Ok(through.post),
        false => Err(wrong()),
    }
}

fn user(world: &World, me: i64, user: &enums::InputUser) -> Result<i64, RpcError> {
    let user = input::user(world, me, user)?;
    user.ok_or_else(|| bad("USER_ID_INVALID"))
}

/// Keeps a score, and says so in the chat where it is a better one; if that is wanted, the message
/// of the game shows the table from then on.
fn score(world: &mut World, bot: i64, post: PostId, set: &Set) -> Result<Vec<Told>, RpcError> {
    let board = Board::of(world, bot, post)?;
    if set.score < 0 {
        return Err(bad("SCORE_INVALID"));
    }
    let place = board.seen_by(world, set.user);
    let place = place.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let scores = world.scores.entry(board.key(bot)).or_default();
    let old = scores.get(&set.user).copied();
    if old == Some(set.score) || old.is_some_and(|old| set.score < old) && !set.force {
        return Err(bad("BOT_SCORE_NOT_MODIFIED"));
    }
    scores.insert(set.user, set.score);
    let mut told = match set.edit_message {
        true => show_table(world, bot, &board),
        false => Vec::new(),
    };
    if old.is_none_or(|old| set.score > old) {
        let action = types::MessageActionGameScore {
            game_id: board.game.id,
            score: set.score,
        };
        let reply = ReplyTo {
            post: board.post,
            quote: None,
            away: None,
        };
        let letter = Letter {
            reply: Some(reply),
            ..Letter::service(action, &[])
        };
        told.extend(world.deliver(set.user, place, letter));
    }
    Ok(told)
}

/// Everybody's scores, the best first.
fn ranked(world: &World, bot: i64, board: &Board) -> Vec<(i64, i32)> {
    let scores = world.scores.get(&board.key(bot));
    let scores = scores.into_iter().flatten();
    let mut ranked: Vec<(i64, i32)> = scores.map(|(user, score)| (*user, *score)).collect();
    ranked.sort_by_key(|(user, score)| (Reverse(*score), *user));
    ranked
}

/// Writes the best into the message of the game.
fn show_table(world: &mut World, bot: i64, board: &Board) -> Vec<Told> {
    let best = ranked(world, bot, board).into_iter().take(FIRST);
    let lines = best.enumerate().map(|(place, (user, score))| {
        let name = world.account(user).map(|it| it.full_name());
        format!("{}. {}: {score}", place + 1, name.unwrap_or_default())
    });
    let shown = lines.collect::<Vec<_>>().join("\n");
    let text = world.posts.get(&board.post).and_then(|post| post.text());
    let Some(text) = text.filter(|text| text.text != shown) else {
        return Vec::new();
    };
    let mut text = text.clone();
    (text.text, text.entities) = (shown, Vec::new());
    world.edit(board.post, Content::Text(text))
}

/// The table around somebody.
fn table(
    world: &World,
    bot: i64,
    post: PostId,
    user: i64,
) -> Result<enums::messages::HighScores, RpcError> {
    let board = Board::of(world, bot, post)?;
    let ranked = ranked(world, bot, &board);
    let own = ranked.iter().position(|(one, _)| *one == user);
    let mut view = View::new(world, bot);
    let mut scores = Vec::new();
    for (place, (user_id, score)) in ranked.into_iter().enumerate() {
        let is_beside = own.is_some_and(|own| own.abs_diff(place) <= BESIDE);
        if place < FIRST || is_beside {
            view.user_peer(user_id);
            let pos = i32::try_from(place + 1).unwrap_or(i32::MAX);
            scores.push(
                types::HighScore {
                    pos,
                    user_id,
                    score,
                }
                .into(),
            );
        }
    }
    let (users, _) = view.shown();
    Ok(types::messages::HighScores { scores, users }.into())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;
    use crate::world::SentThrough;

    #[test]
    fn what_was_sent_through_a_bot_is_named_as_a_whole() {
        let mut town = Town::new();
        let (ann, bot) = (town.user(1, "alice"), town.bot("42:token", "the_bot"));
        town.ask(ann, &town.text(ann, bot, "/start", 1));
        let id = types::InputGameShortName {
            bot_id: enums::InputUser::UserSelf,
            short_name: "chess".to_owned(),
        };
        let game = functions::messages::SendMedia {
            peer: town.peer(bot, ann),
            media: types::InputMediaGame { id: id.into() }.into(),
            random_id: 1,
            ..Default::default()
        };
        town.ask(bot, &game);
        let post = town.world.spot(bot, Peer::User(ann), 2).expect("sent").post;
        let (dc, access_hash) = (1, 5);
        let through = SentThrough {
            bot,
            post,
            dc,
            access_hash,
        };
        town.world.inline.sent.insert(9, through);
        let named = |dc_id, access_hash| types::InputBotInlineMessageId {
            dc_id,
            id: 9,
            access_hash,
        };
        let user_id: enums::InputUser = types::InputUser {
            user_id: ann,
            access_hash: 0,
        }
        .into();
        let set =
            |id: types::InputBotInlineMessageId, score| functions::messages::SetInlineGameScore {
                id: id.into(),
                user_id: user_id.clone(),
                score,
                ..Default::default()
            };
        assert!(town.ask(bot, &set(named(1, 5), 7)));
        let other = town.bot("43:token", "other_bot");
        let (caller, stranger) = (town.caller(bot), town.caller(other));
        for (caller, request, refusal) in [
            (&caller, set(named(1, 6), 8), "MESSAGE_ID_INVALID"),
            (&caller, set(named(2, 5), 8), "MESSAGE_ID_INVALID"),
            (&stranger, set(named(1, 5), 8), "MESSAGE_ID_INVALID"),
            (&caller, set(named(1, 5), 7), "BOT_SCORE_NOT_MODIFIED"),
            (&caller, set(named(1, 5), 6), "BOT_SCORE_NOT_MODIFIED"),
            (&caller, set(named(1, 5), -1), "SCORE_INVALID"),
        ] {
            assert_eq!(town.refused(caller, &request), refusal);
        }
        let request = functions::messages::GetInlineGameHighScores {
            id: named(1, 5).into(),
            user_id: user_id.clone(),
        };
        let enums::messages::HighScores::Scores(told) = town.ask(bot, &request);
        let score = types::HighScore {
            pos: 1,
            user_id: ann,
            score: 7,
        };
        assert_eq!(told.scores, [score.into()]);
    }
}
