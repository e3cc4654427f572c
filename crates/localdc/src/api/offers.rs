//! Posts that somebody suggests to a channel (<https://core.telegram.org/api/suggested-posts>).
//!
//! A price is taken when the post is accepted; that it is given back where the post does not stay
//! long enough, and that this time is over, is not told.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Letter, Peer, Post, PostId, ReplyTo, Talk, Told, Waiting, World};

use super::direct::monoforum;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::push::{done, tell};
use super::seam::{Caller, RpcError};

/// What may be offered (`stars_suggested_post_amount_min` and `.._max`).
const STARS: std::ops::RangeInclusive<i64> = 5..=100_000;

/// How many seconds ahead a post may be wanted (`stars_suggested_post_future_min` and `.._max`).
const AHEAD: std::ops::RangeInclusive<i32> = 300..=2_678_400;

/// An offer as it is kept: whoever makes one says what it costs and when it is wanted, and no more.
pub(super) fn checked(
    world: &World,
    enums::SuggestedPost::Post(offer): enums::SuggestedPost,
) -> Result<types::SuggestedPost, RpcError> {
    match &offer.price {
        Some(enums::StarsAmount::Amount(price)) if !STARS.contains(&price.amount) => {
            return Err(bad("SUGGESTED_POST_AMOUNT_INVALID"));
        }
        Some(enums::StarsAmount::StarsTonAmount(_)) => return Err(unsupported("ton")),
        _ => {}
    }
    check_date(world, offer.schedule_date)?;
    Ok(types::SuggestedPost {
        price: offer.price,
        schedule_date: offer.schedule_date,
        ..Default::default()
    })
}

fn check_date(world: &World, date: Option<i32>) -> Result<(), RpcError> {
    match date.is_none_or(|date| AHEAD.contains(&date.saturating_sub(world.date()))) {
        true => Ok(()),
        false => Err(bad("SCHEDULE_DATE_INVALID")),
    }
}

/// `messages.toggleSuggestedPostApproval`
/// (<https://core.telegram.org/method/messages.toggleSuggestedPostApproval>): for who has not
/// made the offer.
pub(crate) fn toggle_suggested_post_approval(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleSuggestedPostApproval,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let it = monoforum(world, peer).ok_or_else(|| bad("PEER_ID_INVALID"))?;
    let (place, channel) = (it.id, it.direct.unwrap_or(0));
    let spot = world.spot(me, peer, request.msg_id);
    let spot = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let (mut offer, user, post) = open_offer(world, me, it, spot.post)?;
    check_date(world, request.schedule_date)?;
    let date = request.schedule_date.or(offer.schedule_date);
    let price = match &offer.price {
        Some(enums::StarsAmount::Amount(price)) => price.amount,
        _ => 0,
    };
    let balance = world.account(user).map_or(0, |account| account.stars);
    let mut said = types::MessageActionSuggestedPostApproval {
        rejected: request.reject,
        price: offer.price.clone().filter(|_| !request.reject),
        ..Default::default()
    };
    let mut told = Vec::new();
    if request.reject {
        (offer.rejected, said.reject_comment) = (true, request.reject_comment);
    } else if balance < price {
        said.balance_too_low = true;
    } else {
        if let Some(account) = world.account_mut(user) {
            account.stars -= price;
        }
        (offer.accepted, offer.schedule_date, said.schedule_date) = (true, date, date);
        told = publish(world, channel, &post, (date, price > 0));
    }
    if let Some(post) = world.posts.get_mut(&spot.post) {
        let offer = Some(offer);
        post.talk = Some(Talk { user, offer });
    }
    let mut all = world.mark_edited(place, request.msg_id);
    let letter = Letter {
        reply: Some(ReplyTo {
            post: spot.post,
            quote: None,
            away: None,
        }),
        talk: Some(Talk { user, offer: None }),
        ..Letter::service(said, &[])
    };
    all.extend(world.deliver(me, Peer::Channel(place), letter));
    all.append(&mut told);
    let own: Vec<&Told> = all.iter().filter(|told| told.user == me).collect();
    let answer = done(world, &own);
    let pushes = tell(world, caller, &all);
    Ok(Done::from(answer).pushing(pushes))
}

/// An offer that `me` has to decide on: what is offered, whose conversation it stands in, and the
/// post.
fn open_offer(
    world: &World,
    me: i64,
    it: &Channel,
    id: PostId,
) -> Result<(types::SuggestedPost, i64, Post), RpcError> {
    let offered = |post: &Post| {
        let talk = post.talk.clone()?;
        let open = |offer: &types::SuggestedPost| !offer.accepted && !offer.rejected;
        Some((talk.offer.filter(open)?, talk.user, post.clone()))
    };
    let (offer, user, post) =
        (world.posts.get(&id).and_then(offered)).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let decides = match post.sender {
        Some(_) => me == user,
        None => it.may(me, |rights| rights.post_messages),
    };
    match decides {
        true => Ok((offer, user, post)),
        false => Err(bad("CHAT_ADMIN_REQUIRED")),
    }
}

/// Puts a post up that was accepted, or among what waits in the channel, by its owner.
fn publish(
    world: &mut World,
    channel: i64,
    post: &Post,
    (date, bought): (Option<i32>, bool),
) -> Vec<Told> {
    let owner = world.channels.get(&channel).and_then(|it| it.creator());
    let Some(owner) = owner else {
        return Vec::new();
    };
    let letter = Letter {
        bought,
        ..Letter::new(post.content.clone())
    };
    let peer = Peer::Channel(channel);
    let Some(date) = date else {
        return world.deliver(owner, peer, letter);
    };
    if let Some(account) = world.account_mut(owner) {
        let waiting = Waiting::new(owner, peer, (date, None), letter);
        account.schedule.add(waiting);
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{START, Town};
    use super::*;
    use crate::world::NewChannel;

    fn stars(amount: i64) -> Option<enums::StarsAmount> {
        Some(types::StarsAmount { amount, nanos: 0 }.into())
    }

    struct Scene {
        town: Town,
        alice: i64,
        bob: i64,
        news: i64,
        direct: i64,
    }

    impl Scene {
        fn new() -> Self {
            let mut town = Town::new();
            let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
            let news = town.channel(NewChannel::new("News", "the_news").owner(alice));
            town.world.open_direct(news, true);
            let direct = town.world.channels[&news].direct.expect("it was made");
            Self {
                town,
                alice,
                bob,
                news,
                direct,
            }
        }

        /// Bob suggests a post.
        fn suggest(&self, offer: types::SuggestedPost) -> functions::messages::SendMessage {
            functions::messages::SendMessage {
                suggested_post: Some(offer.into()),
                ..self.town.post(self.bob, self.direct, "a post", 7)
            }
        }

        fn decide(&self, by: i64) -> functions::messages::ToggleSuggestedPostApproval {
            functions::messages::ToggleSuggestedPostApproval {
                peer: self.town.channel_peer(by, self.direct),
                msg_id: 1,
                ..Default::default()
            }
        }
    }

    #[test]
    fn what_was_accepted_and_paid_is_posted() {
        let mut it = Scene::new();
        let (alice, bob) = (it.alice, it.bob);
        let offer = it.suggest(types::SuggestedPost {
            price: stars(10),
            ..Default::default()
        });
        it.town.ask(bob, &offer);
        let accept = it.decide(bob);
        let caller = it.town.caller(bob);
        assert_eq!(it.town.refused(&caller, &accept), "CHAT_ADMIN_REQUIRED");
        let accept = it.decide(alice);
        it.town.ask(alice, &accept);
        let posts = |it: &Scene| it.town.world.channels[&it.news].board.ids().len();
        assert_eq!(posts(&it), 1, "he cannot pay");
        it.town.world.account_mut(bob).expect("he is there").stars = 15;
        it.town.ask(alice, &accept);
        assert_eq!(posts(&it), 2);
        assert_eq!(it.town.world.account(bob).expect("he is there").stars, 5);
        let caller = it.town.caller(alice);
        assert_eq!(it.town.refused(&caller, &accept), "MESSAGE_ID_INVALID");
    }

    #[test]
    fn what_is_wanted_later_waits_and_what_was_rejected_is_not_posted() {
        let mut it = Scene::new();
        let (alice, bob) = (it.alice, it.bob);
        let soon = it.suggest(types::SuggestedPost {
            schedule_date: Some(START + 60),
            ..Default::default()
        });
        let caller = it.town.caller(bob);
        assert_eq!(it.town.refused(&caller, &soon), "SCHEDULE_DATE_INVALID");
        let dear = it.suggest(types::SuggestedPost {
            price: stars(1),
            ..Default::default()
        });
        let name = "SUGGESTED_POST_AMOUNT_INVALID";
        assert_eq!(it.town.refused(&caller, &dear), name);
        let elsewhere = functions::messages::SendMessage {
            peer: it.town.peer(bob, alice),
            ..it.suggest(types::SuggestedPost::default())
        };
        let name = "SUGGESTED_POST_PEER_INVALID";
        assert_eq!(it.town.refused(&caller, &elsewhere), name);
        it.town
            .ask(bob, &it.suggest(types::SuggestedPost::default()));
        let later = functions::messages::ToggleSuggestedPostApproval {
            schedule_date: Some(START + 3600),
            ..it.decide(alice)
        };
        it.town.ask(alice, &later);
        let account = it.town.world.account(alice).expect("she is there");
        assert_eq!(account.schedule.of(Peer::Channel(it.news)).count(), 1);
        let again = functions::messages::SendMessage {
            random_id: 8,
            ..it.suggest(types::SuggestedPost::default())
        };
        it.town.ask(bob, &again);
        let no = functions::messages::ToggleSuggestedPostApproval {
            reject: true,
            msg_id: 3,
            ..it.decide(alice)
        };
        it.town.ask(alice, &no);
        assert_eq!(it.town.world.channels[&it.news].board.ids().len(), 1);
    }
}
