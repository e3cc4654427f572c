//! Where it is tried: a data centre that counts requests.
use ferogram_sync::Client;
use ferogram_sync::tl::Serialize;
use ferogram_sync::tl::enums::{InputChannel, InputPeer};
use localdc::{LocalDc, NewChannel};

/// Ann, who owns a club and knows Bob.
pub(super) struct Scene {
    pub(super) dc: LocalDc,
    pub(super) ann: Client,
    pub(super) bob: i64,
    pub(super) peer: InputPeer,
    pub(super) club: InputPeer,
    pub(super) channel: InputChannel,
}

impl Scene {
    pub(super) fn new() -> Self {
        let builder = LocalDc::builder().count_requests(true);
        let dc = builder.start().expect("it listens");
        let (ann, bob) = (dc.user(), dc.user());
        let [ann_id, bob] = [&ann, &bob].map(|it| it.my_id().expect("signed in"));
        let club = NewChannel::new("Club", "the_club").megagroup();
        let club = dc.add_channel(club.owner(ann_id).members([bob]));
        ann.learn_peers_from_dialogs().expect("read");
        ann.resolve_peer("@the_club").expect("it is there");
        let scene = Self {
            peer: dc.user_peer(ann_id, bob),
            club: dc.channel_peer(ann_id, club),
            channel: dc.input_channel(ann_id, club),
            dc,
            ann,
            bob,
        };
        scene.dc.set_username(bob, Some("bob_here"));
        scene.ann.resolve_peer("@bob_here").expect("he is there");
        scene
    }

    /// That it was asked, and that it had not been before.
    pub(super) fn asks(&self, request: &dyn Serialize, act: impl FnOnce(&Client)) {
        let before = self.dc.executed_request(request);
        act(&self.ann);
        assert_eq!(self.dc.executed_request(request), before + 1);
    }

    pub(super) fn reads<I, T>(&self, request: &dyn Serialize, list: impl FnOnce(&Client) -> I)
    where
        I: Iterator<Item = ferogram_sync::Result<T>>,
    {
        self.asks(request, |ann| {
            let read: ferogram_sync::Result<Vec<T>> = list(ann).collect();
            read.expect("read");
        });
    }
}
