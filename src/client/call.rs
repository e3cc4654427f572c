//! The life of a call: sent, waited for, and where the server says so, sent again elsewhere.
use std::sync::Arc;
use std::time::Instant;

use super::certainty::unsent;
use super::core::Core;
use super::imports::Turn;
use super::peer_cache::{Cached, Learned, Name};
use super::registry::By;
use super::sent::Sent;
use super::sight::seen_in;
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::{Answer, Cause, Delivery, RequestId, RpcError, Unanswered};
use crate::net::{LinkId, NetError, Outgoing, Reply, Slot};
use crate::store::{PeerKey, PeerRecord};
use crate::tl::{self, Deserialize, Identifiable, RemoteCall, Serialize, TypeRef};

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Dc(DcId),
}

impl Core {
    /// Sends a request and blocks for its answer, whatever it takes, until `deadline`.
    pub(super) fn invoke<R: RemoteCall>(
        &self,
        place: Place,
        request: &R,
        deadline: Instant,
    ) -> Result<R::Return> {
        let answer = self.call(place, request, R::CONSTRUCTOR_ID, deadline)?;
        read::<R>(&answer)
    }

    /// What [`invoke`](Self::invoke) does, short of reading the answer.
    pub(crate) fn call(
        &self,
        place: Place,
        request: &dyn Serialize,
        method: u32,
        deadline: Instant,
    ) -> Result<Answer> {
        if let Place::Dc(dc) = place {
            self.carry_login_to(dc, deadline).map_err(unsent)?;
        }
        let mut course = self.depart(place, request.to_bytes(), method, deadline)?;
        let answer = self.advance(&mut course, request, None);
        answer.expect("without a limit of its own, the wait ends with the call")
    }

    /// Hands a request to its link.
    pub(crate) fn send(
        &self,
        place: Place,
        body: Vec<u8>,
        method: u32,
        deadline: Instant,
    ) -> Result<Sent> {
        let dc = match place {
            Place::Home => self.home(),
            Place::Dc(dc) => dc,
        };
        let link = self.link(dc)?;
        self.send_over(link, body, method, deadline)
    }

    fn send_over(
        &self,
        link: LinkId,
        body: Vec<u8>,
        method: u32,
        deadline: Instant,
    ) -> Result<Sent> {
        let reply = Arc::new(Reply::new());
        let slot = Slot::Own(Arc::clone(&reply));
        let request = self.hand_over(link, body, method, deadline, slot)?;
        Ok(Sent::new(link, request, method, reply, deadline))
    }

    /// Hands a request to home, to be answered in a queue that requests share: with what comes
    /// first, so the policy is the caller's.
    pub(crate) fn ask_home(
        &self,
        body: Vec<u8>,
        method: u32,
        deadline: Instant,
        slot: Slot,
    ) -> Result<(LinkId, RequestId)> {
        let link = self.link(self.home())?;
        let request = self.hand_over(link, body, method, deadline, slot)?;
        Ok((link, request))
    }

    pub(super) fn hand_over(
        &self,
        link: LinkId,
        body: Vec<u8>,
        method: u32,
        deadline: Instant,
        slot: Slot,
    ) -> Result<RequestId> {
        let harmless = tl::may_be_repeated(method);
        let outgoing = Outgoing {
            body,
            harmless,
            deadline,
            compress: !is_part(method),
            no_prefix: false,
        };
        Ok(self.handle.submit(link, outgoing, slot)?)
    }

    /// Other data centres learn of the login by an authorization that home hands out, once.
    ///
    /// See <https://core.telegram.org/api/datacenter#authorization-transfer>.
    pub(crate) fn carry_login_to(&self, dc: DcId, deadline: Instant) -> Result<()> {
        if dc == self.home() || self.cdns.has(dc) || self.account().is_none() {
            return Ok(());
        }
        // A key from an earlier run has been told; if not, the server says so and it is done then.
        if self.has_key(dc) && !self.imports.is_under_way(dc) {
            return Ok(());
        }
        self.import_login(dc, deadline)
    }

    /// A data centre does not know who is calling, although somebody is signed in.
    ///
    /// See <https://core.telegram.org/api/errors#401-unauthorized>.
    pub(crate) fn is_unknown_login(&self, error: &RpcError) -> bool {
        error.is("AUTH_KEY_UNREGISTERED") && self.account().is_some()
    }

    /// How often the login was carried to where a request goes.
    pub(crate) fn times_carried(&self, place: Place) -> u64 {
        match place {
            Place::Home => 0,
            Place::Dc(dc) => self.imports.times(dc),
        }
    }

    /// The data centre has forgotten the login since it was carried there `times` times.
    pub(crate) fn carry_login_again(&self, dc: DcId, times: u64, deadline: Instant) -> Result<()> {
        self.imports.refused(dc, times);
        self.import_login(dc, deadline)
    }

    fn import_login(&self, dc: DcId, deadline: Instant) -> Result<()> {
        self.known_endpoints(dc)?; // Where there is nobody to tell, nothing is asked for.
        match self.imports.turn(dc, deadline) {
            Turn::Done => Ok(()),
            Turn::TimedOut => Err(timed_out(dc).into()),
            Turn::Closed => Err(NetError::Closed.into()),
            Turn::Yours => self
                .imports
                .carry(dc, || self.export_and_import(dc, deadline)),
        }
    }

    fn export_and_import(&self, dc: DcId, deadline: Instant) -> Result<()> {
        loop {
            let login = self.imports.login();
            let export = tl::functions::auth::ExportAuthorization { dc_id: dc.0 };
            let tl::enums::auth::ExportedAuthorization::Authorization(exported) =
                self.invoke(Place::Home, &export, deadline)?;
            let import = tl::functions::auth::ImportAuthorization {
                id: exported.id,
                bytes: exported.bytes,
            };
            // Somebody else may have signed in meanwhile: then it is theirs that is carried.
            if let Some(link) = self.link_of_login(dc, login)? {
                let method = tl::functions::auth::ImportAuthorization::CONSTRUCTOR_ID;
                let sent = self.send_over(link, import.to_bytes(), method, deadline)?;
                return sent.wait(None)?.map(drop).map_err(Error::from);
            }
        }
    }

    /// A data centre that nobody told us of: the server's configuration may have it.
    pub(crate) fn check_known(&self, dc: DcId, error: &RpcError, deadline: Instant) -> Result<()> {
        if self.endpoints(dc).is_empty() && !self.config.fixed_addresses {
            self.fetch_config(deadline)?;
        }
        if self.endpoints(dc).is_empty() {
            return Err(error.clone().into());
        }
        Ok(())
    }

    /// The account turns out to live on this data centre: that is home from now on.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when nobody knows where it is.
    pub(crate) fn go_home_to(&self, dc: DcId, deadline: Instant) -> Result<()> {
        if self.endpoints(dc).is_empty() && !self.config.fixed_addresses {
            self.fetch_config(deadline)?;
        }
        self.known_endpoints(dc)?;
        self.move_home(dc);
        Ok(())
    }

    /// What an answer says of users and chats is kept, whoever asked, unless it was asked under
    /// another login.
    pub(crate) fn learn(&self, method: u32, answer: &Answer, login: u64) {
        let ty = TypeRef::returned_by(method).unwrap_or(TypeRef::OBJECT);
        let seen = seen_in(answer.as_ref(), ty);
        if seen.is_empty() {
            return;
        }
        self.keeper
            .learn(|peers, now| match self.imports.login() == login {
                true => peers.learn(seen, now),
                false => Learned::default(),
            });
    }

    /// What an update says is kept as well.
    pub(crate) fn learn_updates(&self, updates: &[u8]) {
        let seen = seen_in(updates, TypeRef::OBJECT);
        self.keeper.learn(|peers, now| peers.learn(seen, now));
    }

    /// What is known of a peer. Blocks while the store looks it up.
    pub(crate) fn known(&self, id: PeerKey, deadline: Instant) -> Result<Option<PeerRecord>> {
        let cached = self.keeper.cached(|peers, _| peers.get(id));
        match cached {
            Cached::Here(record) => Ok(Some(record)),
            Cached::Nobody => Ok(None),
            Cached::Unknown => self.keeper.find(By::Id(id), deadline),
        }
    }

    /// Whose name it is, if the server has said so not long ago. Blocks while the store looks it
    /// up.
    pub(crate) fn named(&self, name: Name<'_>, deadline: Instant) -> Result<Option<PeerKey>> {
        let by_name = || self.keeper.cached(|peers, now| peers.by_name(name, now));
        if by_name() == Cached::Unknown {
            self.keeper.find(By::Called(name.owned()), deadline)?;
        }
        match by_name() {
            Cached::Here(id) => Ok(Some(id)),
            // Asked for again, and gone again: the server knows.
            Cached::Nobody | Cached::Unknown => Ok(None),
        }
    }
}

/// Whether a request carries a part of a file, which does not shrink.
fn is_part(method: u32) -> bool {
    use tl::functions::upload::{SaveBigFilePart, SaveFilePart};
    [
        SaveFilePart::CONSTRUCTOR_ID,
        SaveBigFilePart::CONSTRUCTOR_ID,
    ]
    .contains(&method)
}

/// Reads an answer as what the method returns.
pub(crate) fn read<R: RemoteCall>(answer: &Answer) -> Result<R::Return> {
    R::Return::from_bytes(answer.as_ref()).map_err(|source| Error::Answer {
        layer: tl::LAYER,
        source,
    })
}

fn timed_out(dc: DcId) -> Unanswered {
    Unanswered {
        delivery: Delivery::NotSent,
        cause: Cause::Deadline,
        waiting_for: format!("another thread carries the login over to {dc}"),
    }
}
