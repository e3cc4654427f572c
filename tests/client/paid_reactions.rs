//! Reactions that are paid, and who is shown to have paid.
use ferogram_sync::tl::enums::{MessageReactions, MessageReactor, Peer};
use ferogram_sync::tl::types::{PeerChannel, PeerUser};
use ferogram_sync::{Client, Message, PaidAs};
use localdc::{LocalDc, NewChannel};

const NEWS: &str = "@the_news";

/// Ann's news with one post, and Bob, who reads them and has a channel of his own and 100 Stars.
struct Scene {
    dc: LocalDc,
    ann: Client,
    bob: Client,
    post: i32,
    him: Peer,
    place: Peer,
}

impl Scene {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (ann, bob) = (dc.user(), dc.user());
        let [ann_id, user_id] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
        let news = NewChannel::new("News", "the_news").owner(ann_id);
        dc.add_channel(news.members([user_id]));
        let place = NewChannel::new("Place", "bobs_place").owner(user_id);
        let channel_id = dc.add_channel(place);
        dc.give_stars(user_id, 100);
        let post = ann.send_message(NEWS, "Hello").expect("hers").id();
        Self {
            dc,
            ann,
            bob,
            post,
            him: PeerUser { user_id }.into(),
            place: PeerChannel { channel_id }.into(),
        }
    }

    fn seen_by(&self, client: &Client) -> Message {
        let found = client.fetch_messages(NEWS, &[self.post]);
        let found = found.expect("it answers").remove(0);
        found.expect("it is there")
    }

    fn pay(&self, stars: i32, paid_as: Option<PaidAs>) {
        let his = self.seen_by(&self.bob);
        his.react_paid(stars, paid_as).expect("he has them");
    }

    /// Whom the post names as the one who has paid, whether as nobody in particular, and how much.
    fn payer(&self, client: &Client) -> (Option<Peer>, bool, i32) {
        let seen = self.seen_by(client);
        let Some(MessageReactions::Reactions(all)) = &seen.raw.reactions else {
            panic!("there are some");
        };
        let top = all.top_reactors.as_deref().expect("somebody has paid");
        let [MessageReactor::Reactor(one)] = top else {
            panic!("{top:?}");
        };
        assert_eq!(one.my, client.my_id() == self.bob.my_id());
        (one.peer_id.clone(), one.anonymous, one.count)
    }
}

#[test]
fn who_pays_is_named_as_they_have_said() {
    let scene = Scene::new();
    let (him, place) = (Some(scene.him.clone()), Some(scene.place.clone()));
    scene.pay(10, Some(PaidAs::Anonymous));
    assert_eq!(scene.payer(&scene.ann), (None, true, 10));
    assert_eq!(scene.payer(&scene.bob), (him.clone(), true, 10));
    // What was said last holds until something else is said.
    scene.pay(5, None);
    assert_eq!(scene.payer(&scene.ann), (None, true, 15));
    scene.pay(1, Some(PaidAs::Channel("@bobs_place".into())));
    assert_eq!(scene.payer(&scene.ann), (place.clone(), false, 16));
    scene.pay(1, None);
    assert_eq!(scene.payer(&scene.ann), (place, false, 17));
    scene.pay(1, Some(PaidAs::Oneself));
    assert_eq!(scene.payer(&scene.ann), (him, false, 18));
    assert_eq!(scene.seen_by(&scene.ann).reaction_count(), 18);
}

#[test]
fn what_was_paid_may_be_hidden_and_shown_afterwards() {
    let scene = Scene::new();
    let set = |paid_as| {
        let done = scene
            .bob
            .set_paid_reaction_privacy(NEWS, scene.post, paid_as);
        done.expect("he has paid");
    };
    scene.pay(3, Some(PaidAs::Oneself));
    set(PaidAs::Anonymous);
    assert_eq!(scene.payer(&scene.ann), (None, true, 3));
    set(PaidAs::Channel("@bobs_place".into()));
    let place = Some(scene.place.clone());
    assert_eq!(scene.payer(&scene.ann), (place, false, 3));
    set(PaidAs::Oneself);
    let him = Some(scene.him.clone());
    assert_eq!(scene.payer(&scene.ann), (him, false, 3));
}

#[test]
fn nobody_pays_in_the_name_of_others() {
    let scene = Scene::new();
    let his = scene.seen_by(&scene.bob);
    let error = his.react_paid(3, Some(PaidAs::Channel(NEWS.into())));
    let error = error.expect_err("it is not his");
    assert!(error.is("SEND_AS_PEER_INVALID"), "{error}");
    let id = scene.bob.my_id().expect("signed in");
    assert_eq!(scene.dc.stars_of(id), 100);
}
