//! Methods called as somebody, without a client.
use ferogram_sync::tl::{Deserialize, RemoteCall, enums, types};

use crate::api::{Caller, RpcError, SessionKey, dispatch};
use crate::clock::seconds;
use crate::local_dc::LocalDc;

/// A refusal of a method that was called by [`LocalDc::call_as`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {name}")]
#[non_exhaustive]
pub struct Refusal {
    /// The class of the error, as in HTTP.
    pub code: i32,
    /// Its name.
    pub name: String,
}

impl From<RpcError> for Refusal {
    fn from(error: RpcError) -> Self {
        Self {
            code: error.code,
            name: error.message,
        }
    }
}

impl LocalDc {
    /// Calls a method as an account, as one of its clients would, but at once and without any: for
    /// what others do in a test. Everybody whom it concerns is told, the account's own clients too.
    ///
    /// ```
    /// use ferogram_sync::Update;
    /// use ferogram_sync::tl::{enums, functions::messages::SetTyping};
    /// use localdc::{LocalDc, NewChannel};
    ///
    /// let telegram = LocalDc::shared();
    /// let (ann, bob) = (telegram.user(), telegram.user());
    /// let (ann_id, bob_id) = (ann.get_me()?.id(), bob.get_me()?.id());
    /// let mut updates = ann.updates();
    /// let club = NewChannel::private("Club").megagroup().owner(ann_id).members([bob_id]);
    /// let club = telegram.add_channel(club);
    /// let typing = SetTyping {
    ///     peer: telegram.channel_peer(bob_id, club),
    ///     action: enums::SendMessageAction::SendMessageTypingAction,
    ///     ..Default::default()
    /// };
    /// assert_eq!(telegram.call_as(bob_id, &typing), Ok(true));
    /// assert!(updates.next().is_some());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What the method is refused with.
    ///
    /// # Panics
    ///
    /// When there is no such account.
    pub fn call_as<R: RemoteCall>(&self, account: i64, request: &R) -> Result<R::Return, Refusal> {
        let (home, _) = self.home_of(account);
        let caller = Caller {
            key_id: 0,
            session: SessionKey {
                key_id: 0,
                session_id: 0,
            },
            user: Some(account),
            dc: home.dc,
            layer: ferogram_sync::tl::LAYER,
            takeout: None,
            range: None,
            program: Default::default(),
            now: seconds(self.hub().clock.now()),
        };
        let mut outcome = Ok(Vec::new());
        self.tell(
            |world| match dispatch(world, &caller, &request.to_bytes()) {
                Ok(reply) => {
                    outcome = Ok(reply.result);
                    reply.pushes
                }
                Err(error) => {
                    outcome = Err(error);
                    Vec::new()
                }
            },
        );
        let answer = outcome?;
        let answer = R::Return::from_bytes(&answer);
        answer.map_err(|_| Refusal {
            code: 400,
            name: "LOCALDC_UNSUPPORTED_WAITING".to_owned(),
        })
    }

    /// How an account writes the conversation in a channel.
    #[must_use]
    pub fn channel_peer(&self, account: i64, channel_id: i64) -> enums::InputPeer {
        let access_hash = self.channel_hash(account, channel_id);
        types::InputPeerChannel {
            channel_id,
            access_hash,
        }
        .into()
    }

    /// How an account writes a channel.
    #[must_use]
    pub fn input_channel(&self, account: i64, channel_id: i64) -> enums::InputChannel {
        let access_hash = self.channel_hash(account, channel_id);
        types::InputChannel {
            channel_id,
            access_hash,
        }
        .into()
    }

    /// How an account writes the private conversation with another one.
    #[must_use]
    pub fn user_peer(&self, account: i64, user_id: i64) -> enums::InputPeer {
        let access_hash = self.world().access_hash(account, user_id);
        types::InputPeerUser {
            user_id,
            access_hash,
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::functions;

    use super::*;
    use crate::{NewChannel, NewUser};

    #[test]
    fn a_call_in_somebodys_name_is_answered_or_refused() {
        let telegram = LocalDc::start().expect("it listens");
        let ann = telegram.add_user(NewUser::new("+15550101", "Ann"));
        let bob = telegram.add_user(NewUser::new("+15550102", "Bob"));
        let news = telegram.add_channel(NewChannel::private("News").owner(ann).members([bob]));
        let say = |who| functions::messages::SendMessage {
            peer: telegram.channel_peer(who, news),
            message: "hello".to_owned(),
            random_id: 1,
            ..Default::default()
        };
        let refusal = telegram.call_as(bob, &say(bob)).expect_err("he only reads");
        assert_eq!(refusal.to_string(), "403: CHAT_WRITE_FORBIDDEN");
        telegram.call_as(ann, &say(ann)).expect("it is hers");
        let sight = telegram.channel(news);
        assert_eq!((sight.pts, sight.messages.len()), (3, 2));
        assert_eq!(sight.members, [ann, bob]);
    }
}
