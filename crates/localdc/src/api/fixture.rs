//! For the tests of the handlers: a small world, called as the protocol core calls it.
use std::net::SocketAddr;
use std::sync::Arc;

use ferogram_sync::tl::{Deserialize, RemoteCall, enums, functions, types};

use crate::world::{NewBot, NewChannel, NewUser, World, WorldConfig};

use super::dispatch::dispatch;
use super::seam::{Caller, Push, Reply, RpcError, SessionKey};

/// The time at which every test begins.
pub(crate) const START: i32 = 1_700_000_000;

/// A world of two data centres.
pub(crate) struct Town {
    pub(crate) world: World,
    pub(crate) now: i32,
}

/// What a call has come to: its answer, and what the core was told besides.
pub(crate) struct Called<T> {
    pub(crate) value: T,
    pub(crate) reply: Reply,
}

impl Town {
    pub(crate) fn new() -> Self {
        let address = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let dcs = vec![(1, address(4001)), (2, address(4002))];
        Self {
            world: World::new(WorldConfig {
                dcs,
                cdns: vec![(201, address(4201))],
                seed: [7; 32],
            }),
            now: START,
        }
    }

    /// Adds a person of data centre 1; the phone number is made of `number`.
    pub(crate) fn user(&mut self, number: i64, username: &str) -> i64 {
        self.user_at(1, number, username, None)
    }

    pub(crate) fn user_at(
        &mut self,
        dc: i32,
        number: i64,
        username: &str,
        password: Option<&str>,
    ) -> i64 {
        self.world
            .add_user(NewUser {
                phone: format!("+4912345{number}"),
                first_name: username.to_owned(),
                username: Some(username.to_owned()),
                password: password.map(str::to_owned),
                dc,
            })
            .expect("the number and the name are free")
    }

    /// Adds a bot of data centre 1.
    pub(crate) fn bot(&mut self, token: &str, username: &str) -> i64 {
        self.world
            .add_bot(NewBot {
                token: token.to_owned(),
                username: username.to_owned(),
                first_name: username.to_owned(),
                dc: 1,
            })
            .expect("the token and the name are free")
    }

    /// Somebody with a key, logged in if the world says so.
    pub(crate) fn key(&self, key_id: i64, dc: i32) -> Caller {
        Caller {
            key_id,
            session: SessionKey {
                key_id,
                session_id: key_id * 10,
            },
            user: self.world.user_of(key_id),
            dc,
            layer: ferogram_sync::tl::LAYER,
            takeout: None,
            range: None,
            program: Arc::default(),
            now: self.now,
        }
    }

    /// An account, as if it were logged in with a key of its own number.
    pub(crate) fn caller(&self, user: i64) -> Caller {
        Caller {
            user: Some(user),
            ..self.key(user, 1)
        }
    }

    /// Calls a method and reads its answer.
    pub(crate) fn call<R: RemoteCall>(
        &mut self,
        caller: &Caller,
        request: &R,
    ) -> Result<Called<R::Return>, RpcError> {
        let caller = Caller {
            now: self.now,
            ..caller.clone()
        };
        let reply = dispatch(&mut self.world, &caller, &request.to_bytes())?;
        if let Some(error) = reply.refusal {
            return Err(error);
        }
        let value = R::Return::from_bytes(&reply.result).expect("the answer has its method's type");
        Ok(Called { value, reply })
    }

    /// Calls a method as a user, for its answer alone.
    pub(crate) fn ask<R: RemoteCall>(&mut self, user: i64, request: &R) -> R::Return {
        let caller = self.caller(user);
        self.call(&caller, request)
            .unwrap_or_else(|error| panic!("{error:?}"))
            .value
    }

    /// Calls a method that must be refused: the name of the error.
    pub(crate) fn refused<R: RemoteCall>(&mut self, caller: &Caller, request: &R) -> String {
        match self.call(caller, request) {
            Ok(_) => panic!("it was not refused"),
            Err(error) => error.message,
        }
    }

    /// How `viewer` writes a conversation with `other`.
    pub(crate) fn peer(&self, viewer: i64, other: i64) -> enums::InputPeer {
        let access_hash = self.world.access_hash(viewer, other);
        types::InputPeerUser {
            user_id: other,
            access_hash,
        }
        .into()
    }

    /// Adds a channel.
    pub(crate) fn channel(&mut self, channel: NewChannel) -> i64 {
        self.world.set_now(i64::from(self.now));
        let added = self.world.add_channel(channel);
        added.expect("the name is free")
    }

    /// How `viewer` writes a channel.
    pub(crate) fn channel_input(&self, viewer: i64, channel_id: i64) -> enums::InputChannel {
        let access_hash = self.world.channel_hash(viewer, channel_id);
        types::InputChannel {
            channel_id,
            access_hash,
        }
        .into()
    }

    /// How `viewer` writes the conversation in a channel.
    pub(crate) fn channel_peer(&self, viewer: i64, channel_id: i64) -> enums::InputPeer {
        let access_hash = self.world.channel_hash(viewer, channel_id);
        types::InputPeerChannel {
            channel_id,
            access_hash,
        }
        .into()
    }

    /// A text on its way into a channel.
    pub(crate) fn post(
        &self,
        from: i64,
        channel: i64,
        message: &str,
        random_id: i64,
    ) -> functions::messages::SendMessage {
        functions::messages::SendMessage {
            peer: self.channel_peer(from, channel),
            message: message.to_owned(),
            random_id,
            ..Default::default()
        }
    }

    /// A text on its way.
    pub(crate) fn text(
        &self,
        from: i64,
        to: i64,
        message: &str,
        random_id: i64,
    ) -> functions::messages::SendMessage {
        functions::messages::SendMessage {
            peer: self.peer(from, to),
            message: message.to_owned(),
            random_id,
            ..Default::default()
        }
    }
}

/// The updates of pushes, with whom they go to.
pub(crate) fn pushed(pushes: &[Push]) -> Vec<(i64, enums::Updates)> {
    pushes
        .iter()
        .map(|push| {
            let updates = enums::Updates::from_bytes(&push.updates);
            (push.user, updates.expect("pushes are updates"))
        })
        .collect()
}
