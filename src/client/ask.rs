//! How the library's own methods ask the server.
use std::time::Instant;

use super::call::Place;
use super::client::Client;
use super::core::Core;
use super::pending::Pending;
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::Answer;
use crate::tl::{self, Callers, RemoteCall, Serialize};

impl Client {
    /// As [`invoke`](Self::invoke), but refuses what the account that is signed in may not call.
    pub(crate) fn ask<R: RemoteCall>(&self, request: &R) -> Result<R::Return> {
        self.ask_until(request, self.begin()?)
    }

    /// The same within what began before.
    pub(crate) fn ask_until<R: RemoteCall>(
        &self,
        request: &R,
        deadline: Instant,
    ) -> Result<R::Return> {
        self.core.may_call(R::CONSTRUCTOR_ID)?;
        self.run(Place::Home, request, deadline)
    }

    /// The same with the answer as it came, for who looks for something in it.
    pub(crate) fn ask_for_bytes(
        &self,
        request: &dyn Serialize,
        method: u32,
        deadline: Instant,
    ) -> Result<Answer> {
        self.core.may_call(method)?;
        self.core.call(Place::Home, request, method, deadline)
    }

    /// The same of a data centre by its number.
    pub(crate) fn ask_on_dc<R: RemoteCall>(
        &self,
        dc: i32,
        request: &R,
        deadline: Instant,
    ) -> Result<R::Return> {
        self.core.may_call(R::CONSTRUCTOR_ID)?;
        let place = match DcId(dc) {
            dc if dc == self.core.home() => Place::Home,
            dc => Place::Dc(dc),
        };
        self.run(place, request, deadline)
    }

    /// The same without waiting for the answer.
    pub(crate) fn submit_until<R: RemoteCall>(
        &self,
        request: &R,
        deadline: Instant,
    ) -> Pending<R::Return> {
        let method = R::CONSTRUCTOR_ID;
        match self.core.may_call(method) {
            Ok(()) => self.run_later(request, deadline),
            Err(refused) => Pending::refused(&self.core, method, refused),
        }
    }

    /// The same for what leads to a login: who is known as signed in may no longer be, and the
    /// server has to say.
    pub(crate) fn ask_to_sign_in<R: RemoteCall>(
        &self,
        request: &R,
        deadline: Instant,
    ) -> Result<R::Return> {
        self.core.invoke(Place::Home, request, deadline)
    }

    /// What a method of the library begins with that has to ask for something else before it comes
    /// to its request `R`: nothing is sent for those who may not call that.
    pub(crate) fn begin_for<R: RemoteCall>(&self) -> Result<Instant> {
        let deadline = self.begin()?;
        self.core.may_call(R::CONSTRUCTOR_ID)?;
        Ok(deadline)
    }
}

impl Core {
    /// Refuses what only others may call, if it is known who is signed in.
    fn may_call(&self, method: u32) -> Result<()> {
        let callers = tl::callers(method);
        if callers == Callers::Anyone || !self.config.check_callers {
            return Ok(());
        }
        let method = tl::name_of(method).unwrap_or_default();
        match (callers, self.account()) {
            (Callers::Users, Some(account)) if account.bot => Err(Error::NotForBots { method }),
            (Callers::Bots, Some(account)) if !account.bot => Err(Error::NotForUsers { method }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::mtproto::Delivery;
    use crate::store::{Account, Change, MemoryStore, Store};
    use crate::tl::functions as f;

    /// A client whose data centre is nowhere, and which knows who is signed in.
    fn client(bot: Option<bool>, check: bool) -> Client {
        let account = bot.map(|bot| Account { user_id: 1, bot });
        let mut store = MemoryStore::default();
        store.apply(&[Change::Account(account)]).unwrap();
        let builder = Client::builder().api_id(1).api_hash("hash");
        let nowhere = ([127, 0, 0, 1], 1).into();
        let builder = builder.session(store).dc_addr(2, nowhere);
        let builder = builder.timeout(Duration::from_millis(200));
        builder.check_callers(check).connect().unwrap()
    }

    fn users_only(client: &Client) -> Error {
        let history = f::messages::GetHistory::default();
        client.ask(&history).expect_err("nobody answers")
    }

    fn bots_only(client: &Client) -> Error {
        let commands = f::bots::GetBotCommands::default();
        client.ask(&commands).expect_err("nobody answers")
    }

    #[test]
    fn what_only_others_may_call_is_refused_before_anything_is_sent() {
        let (bot, user) = (client(Some(true), true), client(Some(false), true));
        for (error, text) in [
            (users_only(&bot), "only users may call messages.getHistory"),
            (bots_only(&user), "only bots may call bots.getBotCommands"),
        ] {
            assert_eq!(error.delivery(), Some(Delivery::NotSent));
            assert!(error.to_string().contains(text), "{error}");
        }
        let error = bot.begin_for::<f::messages::GetHistory>().unwrap_err();
        assert!(matches!(
            error,
            Error::NotForBots {
                method: "messages.getHistory"
            }
        ));
        let error = user.begin_for::<f::bots::GetBotCommands>().unwrap_err();
        assert!(matches!(
            error,
            Error::NotForUsers {
                method: "bots.getBotCommands"
            }
        ));
    }

    #[test]
    fn the_rest_is_asked() {
        let sent = |error: Error| matches!(error, Error::Unanswered(_));
        let (bot, user) = (client(Some(true), true), client(Some(false), true));
        assert!(sent(bots_only(&bot)) && sent(users_only(&user)));
        let anyone = f::messages::SendMessage::default();
        assert!(sent(bot.ask(&anyone).unwrap_err()));
        let nobody = client(None, true);
        assert!(sent(users_only(&nobody)) && sent(bots_only(&nobody)));
        let told_otherwise = client(Some(true), false);
        assert!(sent(users_only(&told_otherwise)));
        let raw = bot.invoke(&f::messages::GetHistory::default());
        assert!(sent(raw.unwrap_err()));
        let code = f::auth::SendCode::default();
        let deadline = bot.begin().unwrap();
        assert!(sent(bot.ask_to_sign_in(&code, deadline).unwrap_err()));
    }
}
