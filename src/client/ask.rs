//! How the library's own methods ask the server.
use std::time::Instant;

use super::call::Place;
use super::client::Client;
use super::core::Core;
use crate::error::{Error, Result};
use crate::tl::{self, Callers, RemoteCall};

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
        self.core.invoke(Place::Home, request, deadline)
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
