//! A dialogue as a row of steps.
use std::fmt;
use std::sync::Arc;

use parking_lot::Mutex;

use super::context::Context;
use super::error::DispatchError;
use super::extract::FromContext;
use super::filter::Filter;
use super::filters::{command, kind};
use super::flow::DispatchResult;
use super::flow::Flow;
use super::fsm::{StateContext, StateError};
use super::handler::{Call, Handler, erased};
use super::router::Router;
use crate::updates::UpdateKind;

/// A dialogue as a row of steps: each asks something, and takes the answer. `/back` goes one step
/// back, `/cancel` ends it.
///
/// Which step a user is at is kept as a state, with what was answered as its data: so a wizard
/// outlives the program as states do. With the feature `fsm`.
///
/// ```
/// use ferogram_sync::filters::command;
/// use ferogram_sync::{DispatchError, Dispatcher, Message, Scene, Wizard};
///
/// fn take_size(message: Message, scene: Scene) -> Result<(), DispatchError> {
///     scene.state().set_data("size", message.text())?;
///     scene.next();
///     Ok(())
/// }
///
/// fn take_address(message: Message, scene: Scene) -> Result<(), DispatchError> {
///     if message.text().len() < 5 {
///         message.respond("That is too short.")?;
///         return Ok(()); // It stays at this step.
///     }
///     let size: Option<String> = scene.state().data("size")?;
///     message.respond(format!("{} to {}.", size.unwrap_or_default(), message.text()))?;
///     scene.finish();
///     Ok(())
/// }
///
/// let order = Wizard::new("order")
///     .step("size", |message: Message| message.respond("Which size?"), take_size)
///     .step("address", |message: Message| message.respond("Where to?"), take_address);
/// let _dispatcher = Dispatcher::new()
///     .on_message(command("order"), order.enter())
///     .include(order.router());
/// ```
#[derive(Clone)]
#[must_use = "its steps are taken when its router is included"]
pub struct Wizard {
    name: Arc<str>,
    steps: Arc<Vec<WizardStep>>,
    back: Filter,
    cancel: Filter,
    cancelled: Option<Call>,
}

#[derive(Clone)]
struct WizardStep {
    name: String,
    ask: Call,
    answer: Call,
}

/// Where a wizard goes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Move {
    Next,
    Back,
    To(String),
    Finish,
}

impl Wizard {
    /// One without steps. No other wizard of the program has this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: Arc::from(name.into()),
            steps: Arc::default(),
            back: command("back"),
            cancel: command("cancel"),
            cancelled: None,
        }
    }

    /// One more step: what is called to ask, and what is called with the next message or pressed
    /// button. The latter moves on by a parameter [`Scene`], and stays if it does not. No other
    /// step of this wizard has this name, under which it is kept.
    pub fn step<P, Q>(
        mut self,
        name: impl Into<String>,
        ask: impl Handler<P>,
        answer: impl Handler<Q>,
    ) -> Self {
        Arc::make_mut(&mut self.steps).push(WizardStep {
            name: name.into(),
            ask: erased(ask),
            answer: erased(answer),
        });
        self
    }

    /// What goes one step back, instead of `/back`.
    pub fn back_by(mut self, filter: Filter) -> Self {
        self.back = filter;
        self
    }

    /// What ends it, instead of `/cancel`.
    pub fn cancel_by(mut self, filter: Filter) -> Self {
        self.cancel = filter;
        self
    }

    /// Called when it was cancelled.
    pub fn on_cancel<P>(mut self, handler: impl Handler<P>) -> Self {
        self.cancelled = Some(erased(handler));
        self
    }

    /// A handler that begins it, whatever state there was before; what was kept is forgotten.
    #[must_use]
    pub fn enter(&self) -> impl Handler<(Context,)> + use<> {
        let wizard = self.clone();
        move |cx: Context| -> DispatchResult {
            StateContext::of(&cx)?.clear()?;
            wizard.go(&cx, 0)
        }
    }

    /// The handlers of its steps: what users say while they are in it.
    pub fn router(&self) -> Router {
        let within = {
            let wizard = self.clone();
            Filter::new(move |cx| wizard.place(cx).is_some())
        };
        let (back, cancel, answer) = (self.clone(), self.clone(), self.clone());
        let said = [
            UpdateKind::NewMessage,
            UpdateKind::CallbackQuery,
            UpdateKind::Album,
        ];
        let said = said.map(kind).into_iter().reduce(|one, other| one | other);
        Router::new()
            .scope(within)
            .on_any(self.cancel.clone(), move |cx: Context| cancel.cancel(&cx))
            .on_any(self.back.clone(), move |cx: Context| {
                back.act(&cx, Move::Back)
            })
            .on_any(
                said.unwrap_or_else(super::filters::none),
                move |cx: Context| answer.answer(&cx),
            )
    }

    /// At which step somebody is.
    fn place(&self, cx: &Context) -> Option<usize> {
        let state = match StateContext::of(cx) {
            Ok(context) => context.state()?,
            Err(StateError::Nobody) => return None,
            Err(error) => {
                tracing::warn!(%error, "a state cannot be read");
                return None;
            }
        };
        self.steps.iter().position(|step| self.key(step) == state)
    }

    /// No enum has a name with a blank.
    fn key(&self, step: &WizardStep) -> String {
        format!("wizard {}::{}", self.name, step.name)
    }

    fn answer(&self, cx: &Context) -> DispatchResult {
        let Some(step) = self.place(cx).and_then(|at| self.steps.get(at)) else {
            return Ok(Flow::Continue);
        };
        let wish = Arc::new(Wish::default());
        let mut cx = cx.clone();
        cx.note(Arc::clone(&wish));
        (step.answer)(&cx)?;
        let wish = wish.0.lock().take();
        wish.map_or(Ok(Flow::Stop), |wish| self.act(&cx, wish))
    }

    fn act(&self, cx: &Context, wish: Move) -> DispatchResult {
        let Some(at) = self.place(cx) else {
            return Ok(Flow::Continue);
        };
        let to = match wish {
            Move::Next => at + 1,
            Move::Back => at.saturating_sub(1),
            Move::To(name) => {
                let to = self.steps.iter().position(|step| step.name == name);
                to.ok_or_else(|| {
                    let wizard = &self.name;
                    DispatchError::new(format!("the wizard `{wizard}` has no step `{name}`"))
                })?
            }
            Move::Finish => self.steps.len(),
        };
        self.go(cx, to)
    }

    /// Asks what a step asks; beyond the last one, all is forgotten.
    fn go(&self, cx: &Context, to: usize) -> DispatchResult {
        let state = StateContext::of(cx)?;
        let Some(step) = self.steps.get(to) else {
            state.clear()?;
            return Ok(Flow::Stop);
        };
        state.enter_key(self.key(step))?;
        (step.ask)(cx)?;
        Ok(Flow::Stop)
    }

    fn cancel(&self, cx: &Context) -> DispatchResult {
        StateContext::of(cx)?.clear()?;
        match &self.cancelled {
            Some(call) => call(cx).map(|_| Flow::Stop),
            None => Ok(Flow::Stop),
        }
    }
}

impl fmt::Debug for Wizard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<&str> = self.steps.iter().map(|step| &step.name[..]).collect();
        f.debug_struct("Wizard")
            .field("name", &self.name)
            .field("steps", &steps)
            .finish_non_exhaustive()
    }
}

/// Where a step's handler wants to go.
#[derive(Default)]
struct Wish(Mutex<Option<Move>>);

/// The wizard that a handler is a step of, as its parameter: where it goes when the handler ends
/// without an error. The last wish counts.
pub struct Scene {
    wish: Arc<Wish>,
    state: StateContext,
}

impl Scene {
    /// On to the next step; behind the last one the wizard ends.
    pub fn next(&self) {
        self.wish(Move::Next);
    }

    /// To the step before, or to the first one again.
    pub fn back(&self) {
        self.wish(Move::Back);
    }

    /// To the step of this name.
    pub fn go_to(&self, step: impl Into<String>) {
        self.wish(Move::To(step.into()));
    }

    /// Ends the wizard: what was answered is forgotten.
    pub fn finish(&self) {
        self.wish(Move::Finish);
    }

    /// What was answered, and whose it is.
    #[must_use]
    pub fn state(&self) -> &StateContext {
        &self.state
    }

    fn wish(&self, to: Move) {
        *self.wish.0.lock() = Some(to);
    }
}

impl FromContext for Scene {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        Ok(Self {
            wish: cx.noted().ok_or(DispatchError::NotThere("wizard"))?,
            state: StateContext::of(cx)?,
        })
    }
}

impl fmt::Debug for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scene")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
