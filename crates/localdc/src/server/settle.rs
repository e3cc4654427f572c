//! Answering calls when somebody else has answered.
use std::sync::Arc;
use std::time::Duration;

use ferogram_sync::tl::put_bytes;

use super::hub::Hub;
use super::settling::Waiting;
use crate::api::{RpcError, nobody_answers};
use crate::line::Line;
use crate::session::Answer;
use crate::wire::ids::RPC_ERROR;

/// Leaves a call without an answer for now; if nobody gives it in time, that is told.
pub(super) fn wait(hub: &Arc<Hub>, (query_id, most): (i64, Duration), call: Waiting) {
    hub.settling.put(query_id, call);
    let patience = hub.settling.patience().min(most);
    let weak = Arc::downgrade(hub);
    let give_up = move || {
        let Some(hub) = weak.upgrade() else {
            return;
        };
        hub.world().presses.forget(query_id);
        if let Some(line) = settle(&hub, query_id, Err(nobody_answers())) {
            line.flush();
        }
    };
    // Without a thread nobody is told, and the client waits as long as it likes.
    let _ = hub.means.later.after(patience, Box::new(give_up));
}

/// Answers a call that waits. The connection given has to be flushed.
pub(super) fn settle(
    hub: &Hub,
    query_id: i64,
    outcome: Result<Vec<u8>, RpcError>,
) -> Option<Arc<Line>> {
    let call = hub.settling.take(query_id)?;
    let key = call.key.upgrade()?;
    let failed = outcome.is_err();
    let answer = Answer {
        body: outcome.unwrap_or_else(|error| refusal(&error)),
        failed,
        method: call.method,
    };
    let mut state = key.lock();
    let stamp = state.stamp(hub.clock.now(), &hub.ids);
    let session = state.session(call.session_id)?;
    session.answer(call.msg_id, answer, stamp);
    session.line().map(Arc::clone)
}

/// A refusal as it is sent.
pub(super) fn refusal(error: &RpcError) -> Vec<u8> {
    let mut body = RPC_ERROR.to_le_bytes().to_vec();
    body.extend(error.code.to_le_bytes());
    put_bytes(&mut body, error.message.as_bytes());
    body
}
