//! A call under way: where it stands, and what it has gone through.
use std::time::Instant;

use super::call::Place;
use super::certainty::{unsent, unsure};
use super::core::Core;
use super::on_wait::Waiting;
use super::policy::{Limits, Step, Tries, decide};
use super::sent::Sent;
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::{Answer, CallError, Delivery, RpcError};
use crate::net::{self, NetError};
use crate::tl::{self, Serialize};

/// A call under way. The policy is applied to it step by step, by whoever waits for it.
pub(crate) struct Course {
    pub(crate) method: u32,
    pub(crate) deadline: Instant,
    place: Place,
    stage: Stage,
    tries: Tries,
    /// The data centre that the login was carried to on behalf of this call.
    carried: Option<DcId>,
    /// How often the login had been carried there when the request was sent.
    sent_at: u64,
    /// The login that it was sent under: its answer shows what that account may see.
    login: u64,
}

enum Stage {
    Sent(Sent),
    /// It is sent again at this moment.
    Pause(Instant),
}

impl Course {
    /// The request as it is under way now; none while it waits to be sent again.
    pub(crate) fn sent(&self) -> Option<&Sent> {
        match &self.stage {
            Stage::Sent(sent) => Some(sent),
            Stage::Pause(_) => None,
        }
    }

    /// What became of it, when its client has ended and nobody can take it further.
    pub(crate) fn last_word(&self) -> Result<Answer> {
        let failure = match &self.stage {
            // The network thread answers everything before it ends.
            Stage::Sent(sent) => match sent.wait(None) {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(failure)) => failure.into(),
                Err(error) => unsure(error.into()),
            },
            Stage::Pause(_) => NetError::Closed.into(),
        };
        Err(self.judged(failure))
    }

    /// The failure of the last attempt, as that of the whole call: it may not have been sent, and
    /// one before it may have been carried out.
    fn judged(&self, failure: Error) -> Error {
        match failure.delivery() {
            Some(Delivery::NotSent) if self.tries.server_errors > 0 => unsure(failure),
            _ => failure,
        }
    }
}

impl Core {
    /// Hands a request to its link.
    pub(crate) fn depart(
        &self,
        place: Place,
        body: Vec<u8>,
        method: u32,
        deadline: Instant,
    ) -> Result<Course> {
        let sent_at = self.times_carried(place);
        let login = self.imports.login();
        Ok(Course {
            method,
            deadline,
            place,
            stage: Stage::Sent(self.send(place, body, method, deadline)?),
            tries: Tries::default(),
            carried: None,
            sent_at,
            login,
        })
    }

    /// Waits for the answer, and does meanwhile what the policy says: `None` when it is not here
    /// by `until`.
    ///
    /// Where the login has to be carried to another data centre first, that is waited for until
    /// the call's deadline.
    pub(crate) fn advance(
        &self,
        course: &mut Course,
        request: &dyn Serialize,
        until: Option<Instant>,
    ) -> Option<Result<Answer>> {
        loop {
            match self.step(course, request, until) {
                Ok(None) => {}
                Ok(Some(answer)) => return Some(Ok(answer)),
                Err(Halt::NotYet) => return None,
                Err(Halt::Failed(error)) => return Some(Err(course.judged(error))),
            }
        }
    }

    /// One outcome, or one pause.
    fn step(
        &self,
        course: &mut Course,
        request: &dyn Serialize,
        until: Option<Instant>,
    ) -> Result<Option<Answer>, Halt> {
        let sent = match &course.stage {
            Stage::Sent(sent) => sent,
            Stage::Pause(at) => {
                let at = *at;
                self.sleep(until.map_or(at, |until| at.min(until)))?;
                if until.is_some_and(|until| until < at) {
                    return Err(Halt::NotYet);
                }
                self.send_again(course, request)?;
                return Ok(None);
            }
        };
        match sent.wait(until)? {
            Ok(answer) => {
                self.learn(course.method, &answer, course.login);
                let method = course.method;
                self.feed
                    .tell(method, request, answer.as_ref(), course.login);
                let method = tl::name_of(course.method).unwrap_or("?");
                self.config.retry_policy.succeeded(method);
                Ok(Some(answer))
            }
            Err(CallError::Unanswered(unanswered)) => Err(Error::from(unanswered).into()),
            Err(CallError::Rpc(error)) => {
                self.respond(course, request, error)?;
                Ok(None)
            }
        }
    }

    /// Does what the policy says about a server's no.
    fn respond(&self, course: &mut Course, request: &dyn Serialize, error: RpcError) -> Result<()> {
        let now = net::now().instant;
        let deadline = course.deadline;
        let method = tl::name_of(course.method).unwrap_or("?");
        let limits = Limits {
            policy: &*self.config.retry_policy,
            method,
            remaining: deadline.saturating_duration_since(now),
            harmless: tl::may_be_repeated(course.method),
        };
        if course.login == self.imports.login() {
            self.note_flood(method, &error);
        }
        match decide(&error, &mut course.tries, &limits) {
            Step::Wait(pause) => {
                tracing::debug!(%error, ?pause, "waiting before the same request again");
                if let Some(on_wait) = &self.config.on_wait {
                    let error = &error;
                    on_wait.tell(&Waiting {
                        method,
                        error,
                        pause,
                    });
                }
                course.stage = Stage::Pause(now + pause);
                return Ok(());
            }
            Step::MoveHome(dc) => {
                self.check_known(dc, &error, deadline).map_err(unsent)?;
                tracing::debug!(%dc, "the account lives elsewhere");
                self.move_home(dc);
                course.place = Place::Home;
            }
            Step::SendTo(dc) => {
                self.check_known(dc, &error, deadline).map_err(unsent)?;
                self.carry_login_to(dc, deadline).map_err(unsent)?;
                course.place = Place::Dc(dc);
            }
            Step::GiveUp => match course.place {
                Place::Dc(dc) if course.carried != Some(dc) && self.is_unknown_login(&error) => {
                    course.carried = Some(dc);
                    self.carry_login_again(dc, course.sent_at, deadline)
                        .map_err(unsent)?;
                }
                place => {
                    if place == Place::Home && course.login == self.imports.login() {
                        self.refused_at_home(&error);
                    }
                    return Err(error.into());
                }
            },
        }
        self.send_again(course, request)
    }

    fn send_again(&self, course: &mut Course, request: &dyn Serialize) -> Result<()> {
        course.sent_at = self.times_carried(course.place);
        course.login = self.imports.login();
        let body = request.to_bytes();
        let sent = self.send(course.place, body, course.method, course.deadline)?;
        course.stage = Stage::Sent(sent);
        Ok(())
    }
}

/// Why a call goes no further now.
enum Halt {
    NotYet,
    Failed(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<NetError> for Halt {
    fn from(error: NetError) -> Self {
        match error {
            NetError::TimedOut => Self::NotYet,
            error => Self::Failed(error.into()),
        }
    }
}
