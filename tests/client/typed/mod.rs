//! Each update of the schema as what it is here, with all that it tells.
use std::sync::OnceLock;

use ferogram_sync::store::MemoryStore;
use ferogram_sync::tl::enums::{self, Peer};
use ferogram_sync::tl::types;
use ferogram_sync::{Client, PeerMap, Update};

/// The payload of the kind that it has to become.
macro_rules! payload {
    ($raw:expr, $kind:ident) => {
        match $crate::typed::typed($raw) {
            ferogram_sync::Update::$kind(it) => it,
            other => panic!("{other:?}"),
        }
    };
}

mod account;
mod actions;
mod bots;
mod chats;
mod dialogs;
mod kinds;
mod messages;
mod people;
mod told;

/// The channel 5 as the Bot API writes it.
const CHANNEL: i64 = -1_000_000_000_005;

/// A client whose data centre is nowhere.
fn client() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let builder = Client::builder().api_id(1).api_hash("hash");
        let builder = builder.session(MemoryStore::default());
        let builder = builder.dc_addr(2, ([127, 0, 0, 1], 1).into());
        builder.connect().expect("it starts")
    })
}

/// The users 7 and 8, the group 3 and the channel 5.
fn peers() -> PeerMap {
    let name = |id, first_name: &str| {
        let first_name = Some(first_name.to_owned());
        types::User {
            id,
            first_name,
            ..Default::default()
        }
        .into()
    };
    let group = types::Chat {
        id: 3,
        title: "Gardeners".into(),
        ..Default::default()
    };
    let channel = types::Channel {
        id: 5,
        title: "News".into(),
        ..Default::default()
    };
    PeerMap::new(
        vec![name(7, "Ann"), name(8, "Bob")],
        vec![group.into(), channel.into()],
    )
}

fn typed(raw: impl Into<enums::Update>) -> Update {
    Update::from_raw(client(), raw.into(), peers())
}

fn user(user_id: i64) -> Peer {
    types::PeerUser { user_id }.into()
}

fn group() -> Peer {
    types::PeerChat { chat_id: 3 }.into()
}

fn channel() -> Peer {
    types::PeerChannel { channel_id: 5 }.into()
}

fn thumb() -> enums::Reaction {
    let emoticon = "\u{1f44d}".to_owned();
    types::ReactionEmoji { emoticon }.into()
}
