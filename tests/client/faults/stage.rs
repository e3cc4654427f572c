//! A data centre with two people who know each other.
use ferogram_sync::{Client, tl};
use localdc::{LocalDc, NewUser};

const ANN: &str = "+9996621111";
const BOB: &str = "+9996622222";

pub(crate) struct Stage {
    pub(crate) dc: LocalDc,
    pub(crate) ann: Client,
    pub(crate) bob: Client,
    /// Bob, as Ann's requests name him.
    pub(crate) to_bob: tl::types::InputPeerUser,
    /// Ann, as Bob's requests name her.
    to_ann: tl::types::InputPeerUser,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let dc = LocalDc::builder().count_requests(true).start();
        let dc = dc.expect("it listens");
        let ann = sign_in(&dc, ANN, "annann");
        let bob = sign_in(&dc, BOB, "bobbob");
        let (to_bob, to_ann) = (find(&ann, "bobbob"), find(&bob, "annann"));
        Self {
            dc,
            ann,
            bob,
            to_bob,
            to_ann,
        }
    }

    /// Everything that Ann has written to Bob and that he has now, by the server's account.
    pub(crate) fn mailbox(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let mut offset_id = 0;
        loop {
            let page = self.bob.invoke(&tl::functions::messages::GetHistory {
                peer: self.to_ann.clone().into(),
                limit: 100,
                offset_id,
                ..Default::default()
            });
            let messages = match page.expect("no faults are set") {
                tl::enums::messages::Messages::Messages(page) => page.messages,
                tl::enums::messages::Messages::Slice(page) => page.messages,
                _ => panic!("another form of history"),
            };
            for message in &messages {
                if let tl::enums::Message::Message(message) = message {
                    offset_id = message.id;
                    texts.push(message.message.clone());
                }
            }
            if messages.is_empty() {
                return texts;
            }
        }
    }
}

fn sign_in(dc: &LocalDc, phone: &str, name: &str) -> Client {
    dc.add_user(NewUser::new(phone, name).username(name));
    let client = dc.client_builder().connect().expect("it starts");
    let token = client.request_login_code(phone).expect("the number exists");
    let code = dc.login_code(phone).expect("a code was sent");
    client.sign_in(&token, &code).expect("the code is right");
    client
}

fn find(client: &Client, username: &str) -> tl::types::InputPeerUser {
    let found = client.invoke(&tl::functions::contacts::ResolveUsername {
        username: username.to_owned(),
        ..Default::default()
    });
    let tl::enums::contacts::ResolvedPeer::Peer(found) = found.expect("the account exists");
    let Some(tl::enums::User::User(user)) = found.users.into_iter().next() else {
        panic!("the account is shown");
    };
    tl::types::InputPeerUser {
        user_id: user.id,
        access_hash: user.access_hash.expect("it has a hash for everybody"),
    }
}
