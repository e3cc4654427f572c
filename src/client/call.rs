//! The life of a call: sent, waited for, and where the server says so, sent again elsewhere.
use std::time::Instant;

use crossbeam_channel::{Receiver, bounded};

use super::core::{Core, may_wait};
use super::imports::Turn;
use super::policy::{Limits, Step, Tries, decide};
use super::read_only;
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::{
    Answer, CallError, Cause, Delivery, Outcome, RequestId, RpcError, Unanswered,
};
use crate::net::{self, LinkId, NetError, Outgoing, Slot};
use crate::store::Change;
use crate::tl::{self, Deserialize, Identifiable, RemoteCall, Serialize};

/// A request on its way.
pub(crate) struct Sent {
    pub(crate) link: LinkId,
    pub(crate) request: RequestId,
    pub(crate) answer: Receiver<(u64, Outcome)>,
}

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Dc(DcId),
}

impl Core {
    /// Sends a request and blocks for its answer, whatever it takes, until `deadline`.
    pub(crate) fn invoke<R: RemoteCall>(
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
        may_wait()?;
        if let Place::Dc(dc) = place {
            self.carry_login_to(dc, deadline)?;
        }
        let sent = self.send(place, request.to_bytes(), method, deadline)?;
        let first = net::wait(&sent.answer, None);
        self.settle(place, first, request, method, deadline)
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
        let (reply, answer) = bounded(1);
        let harmless = read_only::is_harmless(method);
        let outgoing = Outgoing {
            body,
            harmless,
            deadline,
            compress: true,
            no_prefix: false,
        };
        let request = self
            .handle
            .submit(link, outgoing, Slot { reply, token: 0 })?;
        Ok(Sent {
            link,
            request,
            answer,
        })
    }

    /// Takes the first outcome of a request and does what the policy says until it has the last.
    pub(crate) fn settle(
        &self,
        place: Place,
        first: Result<(u64, Outcome), NetError>,
        request: &dyn Serialize,
        method: u32,
        deadline: Instant,
    ) -> Result<Answer> {
        let mut tries = Tries::default();
        let last = self.pursue(place, first, (request, method), deadline, &mut tries);
        last.map_err(|error| match error.delivery() {
            // The last attempt was not sent, but one before it may have been carried out.
            Some(Delivery::NotSent) if tries.server_errors > 0 => unsure(error),
            _ => error,
        })
    }

    fn pursue(
        &self,
        mut place: Place,
        first: Result<(u64, Outcome), NetError>,
        (request, method): (&dyn Serialize, u32),
        deadline: Instant,
        tries: &mut Tries,
    ) -> Result<Answer> {
        let mut carried = None;
        let mut sent_at = self.times(place);
        let mut outcome = first;
        loop {
            let error = match outcome?.1 {
                Ok(answer) => {
                    self.learn(method, &answer);
                    return Ok(answer);
                }
                Err(CallError::Rpc(error)) => error,
                Err(CallError::Unanswered(unanswered)) => return Err(unanswered.into()),
            };
            let limits = Limits {
                flood_threshold: self.config.flood_threshold,
                remaining: deadline.saturating_duration_since(net::now().instant),
                harmless: read_only::is_harmless(method),
            };
            match decide(&error, tries, &limits) {
                Step::Wait(pause) => {
                    tracing::debug!(%error, ?pause, "waiting before the same request again");
                    self.sleep(net::now().instant + pause)?;
                }
                Step::MoveHome(dc) => {
                    self.check_known(dc, &error, deadline)?;
                    tracing::debug!(%dc, "the account lives elsewhere");
                    self.move_home(dc);
                    place = Place::Home;
                }
                Step::SendTo(dc) => {
                    self.check_known(dc, &error, deadline)?;
                    self.carry_login_to(dc, deadline)?;
                    place = Place::Dc(dc);
                }
                Step::GiveUp => match place {
                    Place::Dc(dc) if carried != Some(dc) && self.is_unknown_login(&error) => {
                        carried = Some(dc);
                        self.imports.refused(dc, sent_at);
                        self.import_login(dc, deadline)?;
                    }
                    _ => return Err(error.into()),
                },
            }
            sent_at = self.times(place);
            let sent = self.send(place, request.to_bytes(), method, deadline)?;
            outcome = net::wait(&sent.answer, None);
        }
    }

    /// Other data centres learn of the login by an authorization that home hands out, once.
    ///
    /// See <https://core.telegram.org/api/datacenter#authorization-transfer>.
    fn carry_login_to(&self, dc: DcId, deadline: Instant) -> Result<()> {
        if dc == self.home() || self.account().is_none() {
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
    fn is_unknown_login(&self, error: &RpcError) -> bool {
        error.is("AUTH_KEY_UNREGISTERED") && self.account().is_some()
    }

    fn times(&self, place: Place) -> u64 {
        match place {
            Place::Home => 0,
            Place::Dc(dc) => self.imports.times(dc),
        }
    }

    fn import_login(&self, dc: DcId, deadline: Instant) -> Result<()> {
        match self.imports.turn(dc, deadline) {
            Turn::Done => return Ok(()),
            Turn::TimedOut => return Err(timed_out(dc).into()),
            Turn::Yours => {}
        }
        let imported = self.export_and_import(dc, deadline);
        match &imported {
            Ok(()) => self.imports.done(dc),
            Err(_) => self.imports.failed(dc),
        }
        imported
    }

    fn export_and_import(&self, dc: DcId, deadline: Instant) -> Result<()> {
        let export = tl::functions::auth::ExportAuthorization { dc_id: dc.0 };
        let tl::enums::auth::ExportedAuthorization::Authorization(exported) =
            self.invoke(Place::Home, &export, deadline)?;
        let import = tl::functions::auth::ImportAuthorization {
            id: exported.id,
            bytes: exported.bytes,
        };
        let method = tl::functions::auth::ImportAuthorization::CONSTRUCTOR_ID;
        let sent = self.send(Place::Dc(dc), import.to_bytes(), method, deadline)?;
        let (_, outcome) = net::wait(&sent.answer, None)?;
        outcome.map(drop).map_err(Error::from)
    }

    /// A data centre that nobody told us of: the server's configuration may have it.
    fn check_known(&self, dc: DcId, error: &RpcError, deadline: Instant) -> Result<()> {
        if self.endpoints(dc).is_empty() && !self.config.fixed_addresses {
            self.fetch_config(deadline)?;
        }
        if self.endpoints(dc).is_empty() {
            return Err(error.clone().into());
        }
        Ok(())
    }

    /// Asks the server where its data centres are, and keeps it.
    ///
    /// See <https://core.telegram.org/method/help.getConfig>.
    pub(crate) fn fetch_config(&self, deadline: Instant) -> Result<()> {
        let tl::enums::Config::Config(config) =
            self.invoke(Place::Home, &tl::functions::help::GetConfig {}, deadline)?;
        let addresses = config.dc_options.iter().filter_map(super::servers::told);
        self.keeper.apply(vec![Change::Dcs(addresses.collect())]);
        Ok(())
    }

    /// What an answer says of users and chats is kept, whoever asked.
    fn learn(&self, method: u32, answer: &Answer) {
        let changes = self.peers.lock().learn_answer(method, answer);
        if !changes.is_empty() {
            self.keeper.apply(changes);
        }
    }
}

/// Reads an answer as what the method returns.
pub(crate) fn read<R: RemoteCall>(answer: &Answer) -> Result<R::Return> {
    R::Return::from_bytes(answer.as_ref()).map_err(|source| Error::Answer {
        layer: tl::LAYER,
        source,
    })
}

/// The same failure of a request that an earlier attempt may have carried out.
fn unsure(error: Error) -> Error {
    match error {
        Error::Unanswered(unanswered) => Error::Unanswered(Unanswered {
            delivery: Delivery::Unknown,
            ..unanswered
        }),
        error => Error::Unanswered(Unanswered {
            delivery: Delivery::Unknown,
            cause: Cause::Closed,
            waiting_for: format!("another attempt after an inner error of the server ({error})"),
        }),
    }
}

fn timed_out(dc: DcId) -> Unanswered {
    Unanswered {
        delivery: Delivery::NotSent,
        cause: Cause::Deadline,
        waiting_for: format!("another thread carries the login over to {dc}"),
    }
}
