//! Queries: from the wrappers to the world, and the answers back.
use std::sync::Arc;

use ferogram_sync::tl::name_of;

use super::hub::Call;
use super::peer::{Incoming, Peer};
use super::settle::{refusal as refused, settle, wait};
use super::settling::Waiting;
use super::wrappers::{Request, unwrap};
use crate::api::{Caller, Prepared, Reply, RpcError, SessionKey, run};
use crate::clock::seconds;
use crate::faults::{Effect, Stage, Subject};
use crate::line::Line;
use crate::session::{Answer, Key, KeyState};
use crate::wire::ids::{
    BIND_TEMP_AUTH_KEY, FILE_QUERIES, GET_CONFIG, GET_NEAREST_DC, IMPORT_AUTHORIZATION,
};
use crate::wire::pack;
use crate::world::Program;

/// The one method of the API that is about keys and handled here.
const BIND_NAME: &str = "auth.bindTempAuthKey";

/// The language packs of the official applications; others name none.
///
/// See <https://translations.telegram.org>.
const LANG_PACKS: &[&str] = &[
    "android",
    "android_x",
    "ios",
    "macos",
    "tdesktop",
    "unigram",
    "weba",
    "webk",
];

impl Peer {
    /// Runs a query, queues its answer, and sends what it makes known to others.
    pub(super) fn query(&mut self, incoming: Incoming<'_>) {
        let request = match unwrap(incoming.part.body) {
            Err(error) => return self.answer((incoming, 0), Err(error), None),
            Ok(request) => request,
        };
        let query = (incoming, request.method);
        let admitted = match self.admit(incoming, &request) {
            Err(error) => return self.answer(query, Err(error), None),
            Ok(admitted) => admitted,
        };
        let fault = self.fault(Stage::Method, Subject::Method(request.method));
        let fault = fault.map(|fired| fired.effect);
        if let Some(refusal) = refusal(fault.as_ref()) {
            return self.answer(query, Err(refusal), None);
        }
        match admitted {
            Admitted::Bind => self.count_and_bind(incoming, &request, fault),
            Admitted::Call(caller, owner) => {
                self.execute(incoming, &request, (&caller, &owner), fault);
            }
        }
    }

    /// All that has to hold before a method may run.
    fn admit(&self, incoming: Incoming<'_>, request: &Request<'_>) -> Result<Admitted, RpcError> {
        let key = incoming.key;
        let mut state = key.lock();
        let (layer, program) = note_client(&mut state, request)?;
        check_predecessors(&mut state, incoming.session_id, &request.after)?;
        let bound = state.bound.clone().filter(|key| key.is_alive(incoming.now));
        drop(state);
        if request.method == BIND_TEMP_AUTH_KEY {
            return Ok(Admitted::Bind);
        }
        let owner = match bound {
            Some(permanent) => permanent,
            None if !key.is_temporary() => Arc::clone(key),
            // See https://core.telegram.org/api/pfs.
            None if matches!(request.method, GET_CONFIG | GET_NEAREST_DC) => Arc::clone(key),
            None => return Err(RpcError::new(401, "AUTH_KEY_PERM_EMPTY")),
        };
        let Some(program) = program else {
            return Err(RpcError::new(400, "CONNECTION_NOT_INITED"));
        };
        let ordinary = !self.is_media && !FILE_QUERIES.contains(&request.method);
        if ordinary && owner.user().is_some() && self.has_rival(key) {
            self.centre.hub.end_login(&owner);
            return Err(RpcError::new(406, "AUTH_KEY_DUPLICATED"));
        }
        if ordinary {
            self.line.begin_request();
        }
        if ordinary && (!request.quiet || self.centre.hub.options.updates_everywhere) {
            subscribe(&owner, key, incoming.session_id);
            let mut state = key.lock();
            let stamp = state.stamp(incoming.now, &self.centre.hub.ids);
            if let Some(session) = state.session(incoming.session_id) {
                session.begin_updates(stamp);
            }
        }
        let caller = Caller {
            key_id: owner.id,
            session: SessionKey {
                key_id: owner.id,
                session_id: incoming.session_id,
            },
            user: owner.user(),
            dc: self.centre.dc,
            layer,
            takeout: request.takeout,
            range: request.range,
            program,
            now: seconds(incoming.now),
        };
        Ok(Admitted::Call(caller, owner))
    }

    /// Runs a method of the API. Whatever it makes known is queued before the next method runs, so
    /// that everybody learns of things in the order in which they happened.
    fn execute(
        &self,
        incoming: Incoming<'_>,
        request: &Request<'_>,
        (caller, owner): (&Caller, &Arc<Key>),
        fault: Option<Effect>,
    ) {
        let hub = &self.centre.hub;
        let began = hub.options.log.is_some().then(|| hub.clock.steady());
        // Parts of files are read before others wait for it, and written when none does any more.
        let prepared = Prepared::read(&request.body);
        let mut held = hub.world();
        let outcome = run(&mut held, caller, prepared);
        let mut world = Some(held);
        let error = match &outcome {
            Ok(reply) => reply.refusal.clone(),
            Err(error) => Some(error.clone()),
        };
        let lines = match outcome {
            Ok(mut reply) => {
                if reply.late.is_some() {
                    world = None;
                    reply.finish();
                }
                self.apply((incoming, request.method), owner, reply, fault)
            }
            Err(error) => {
                self.answer((incoming, request.method), Err(error), fault);
                Vec::new()
            }
        };
        drop(world);
        for line in lines {
            // This connection's own queue is flushed when all that was read is handled.
            if line.id != self.line.id {
                line.flush();
            }
        }
        if let (Some(log), Some(began)) = (&hub.options.log, began) {
            log(&Call {
                dc: self.centre.dc,
                method: name_of(request.method).unwrap_or_default(),
                constructor_id: request.method,
                layer: caller.layer,
                program: &caller.program,
                user: caller.user,
                took: hub.clock.steady().saturating_sub(began),
                error: error.as_ref().map(|error| (error.code, &error.message[..])),
            });
        }
    }

    /// Does what a method's reply asks for. The connections given have to be flushed.
    fn apply(
        &self,
        (incoming, method): (Incoming<'_>, u32),
        owner: &Arc<Key>,
        reply: Reply,
        fault: Option<Effect>,
    ) -> Vec<Arc<Line>> {
        let hub = &self.centre.hub;
        if reply.sign_out {
            hub.logins.sign_out(owner);
        }
        if let Some(user) = reply.sign_in {
            // An imported login is for files and the like: updates stay where the account lives.
            let updates = method != IMPORT_AUTHORIZATION || hub.options.updates_everywhere;
            hub.logins.sign_in(owner, user, updates);
        }
        if reply.awaits_login {
            hub.logins.await_login(owner);
        }
        for key_id in reply.revoked {
            hub.logins.revoke(key_id);
        }
        match reply.waits_for {
            Some(awaited) => wait(hub, awaited, Self::waiting(incoming, method)),
            None => {
                let outcome = reply.refusal.map_or(Ok(reply.result), Err);
                self.answer((incoming, method), outcome, fault);
            }
        }
        let mut lines = hub.logins.deliver(&reply.pushes, &hub.ids, incoming.now);
        if let Some((query_id, outcome)) = reply.settles {
            lines.extend(settle(hub, query_id, outcome));
        }
        if let Some((key_id, updates)) = reply.told {
            lines.extend(hub.logins.tell(key_id, &updates, &hub.ids, incoming.now));
        }
        lines
    }

    fn waiting(incoming: Incoming<'_>, method: u32) -> Waiting {
        Waiting {
            key: Arc::downgrade(incoming.key),
            session_id: incoming.session_id,
            msg_id: incoming.part.msg_id,
            method,
        }
    }

    fn count_and_bind(&self, incoming: Incoming<'_>, request: &Request<'_>, fault: Option<Effect>) {
        self.centre.hub.world().count(BIND_NAME, &request.body);
        let outcome = self.bind(incoming, &request.body);
        self.answer((incoming, request.method), outcome, fault);
    }

    /// Queues the answer to a query of a method, or what a fault makes of it.
    fn answer(
        &self,
        (incoming, method): (Incoming<'_>, u32),
        outcome: Result<Vec<u8>, RpcError>,
        fault: Option<Effect>,
    ) {
        let hub = &self.centre.hub;
        let outcome = match fault {
            Some(Effect::DropAnswer) => {
                if let Some(session) = incoming.key.lock().session(incoming.session_id) {
                    session.end_silently(incoming.part.msg_id);
                }
                return;
            }
            Some(Effect::Error { code, name, .. }) => Err(RpcError::new(code, name)),
            _ => outcome,
        };
        let failed = outcome.is_err();
        let mut body = match outcome {
            Ok(result) => result,
            Err(error) => refused(&error),
        };
        if hub.options.gzip_above.is_some_and(|most| body.len() > most)
            && let Some(packed) = pack(&body)
        {
            body = packed;
        }
        let answer = Answer {
            body,
            failed,
            method,
        };
        let mut state = incoming.key.lock();
        let stamp = state.stamp(incoming.now, &hub.ids);
        if let Some(session) = state.session(incoming.session_id) {
            session.answer(incoming.part.msg_id, answer, stamp);
        }
    }
}

/// The error that a fault puts in the place of a method.
fn refusal(fault: Option<&Effect>) -> Option<RpcError> {
    match fault {
        Some(Effect::Error {
            code,
            name,
            executed: false,
        }) => Some(RpcError::new(*code, &name[..])),
        _ => None,
    }
}

/// A query that may run.
enum Admitted {
    /// It is about the key itself.
    Bind,
    /// It is the API's, called by the owner of this permanent key.
    Call(Caller, Arc<Key>),
}

/// Notes what the wrappers told of the client; it holds for the key from then on.
fn note_client(
    state: &mut KeyState,
    request: &Request<'_>,
) -> Result<(i32, Option<Arc<Program>>), RpcError> {
    if let Some(layer) = request.layer {
        if layer <= 0 {
            return Err(RpcError::new(400, "CONNECTION_LAYER_INVALID"));
        }
        state.layer = layer;
    }
    if let Some(program) = &request.program {
        if let Some(error) = fault_of(program) {
            return Err(RpcError::new(400, error));
        }
        state.program = Some(Arc::new(program.clone()));
    }
    Ok((state.layer, state.program.clone()))
}

/// What cannot be said of a program.
///
/// See <https://core.telegram.org/method/initConnection>.
fn fault_of(program: &Program) -> Option<&'static str> {
    let pack = program.lang_pack.as_str();
    [
        (program.api_id <= 0, "CONNECTION_API_ID_INVALID"),
        (
            program.device_model.is_empty(),
            "CONNECTION_DEVICE_MODEL_EMPTY",
        ),
        (program.system_version.is_empty(), "CONNECTION_SYSTEM_EMPTY"),
        (
            program.app_version.is_empty(),
            "CONNECTION_APP_VERSION_EMPTY",
        ),
        (
            program.system_lang_code.is_empty(),
            "CONNECTION_SYSTEM_LANG_CODE_EMPTY",
        ),
        (
            !pack.is_empty() && !LANG_PACKS.contains(&pack),
            "CONNECTION_LANG_PACK_INVALID",
        ),
    ]
    .into_iter()
    .find_map(|(wrong, name)| wrong.then_some(name))
}

/// Queries are handled in the order in which they come: what a query waits for has ended, or has
/// not come at all.
///
/// See <https://core.telegram.org/api/invoking#invokeaftermsg>.
fn check_predecessors(
    state: &mut KeyState,
    session_id: i64,
    after: &[i64],
) -> Result<(), RpcError> {
    for query in after {
        let ended = state
            .session(session_id)
            .and_then(|session| session.ended_badly(*query));
        match ended {
            Some(false) => {}
            Some(true) => return Err(RpcError::new(400, "MSG_WAIT_FAILED")),
            None => return Err(RpcError::new(400, "MSG_WAIT_TIMEOUT")),
        }
    }
    Ok(())
}

/// From now on the owner's updates come to this session.
///
/// See <https://core.telegram.org/api/updates#subscribing-to-updates>.
fn subscribe(owner: &Key, key: &Arc<Key>, session_id: i64) {
    let mut state = owner.lock();
    let same = state.subscriber.as_ref().is_some_and(|(held, session)| {
        *session == session_id && std::ptr::eq(held.as_ptr(), Arc::as_ptr(key))
    });
    if !same {
        state.subscriber = Some((Arc::downgrade(key), session_id));
    }
}
