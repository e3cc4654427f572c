//! A rule: an effect, where it applies, and how often.
use super::direction::Direction;
use super::effect::Effect;
use super::occasion::{Occasion, Subject};
use crate::api::method_id;

/// What goes wrong, where, and how often: each time and everywhere unless said otherwise.
///
/// ```
/// use localdc::{Effect, LocalDc, Rule};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let telegram = LocalDc::start()?;
/// let flood = Rule::new(Effect::flood_wait(0)).method("help.getNearestDc").times(2);
/// let flood = telegram.faults().add(flood);
///
/// let client = telegram.client_builder().connect()?;
/// client.invoke(&ferogram_sync::tl::functions::help::GetNearestDc {})?;
/// assert_eq!(telegram.faults().fired(flood), 2);
/// assert_eq!(telegram.executed("help.getNearestDc"), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a rule does nothing before it is added"]
pub struct Rule {
    pub(super) effect: Effect,
    pub(super) dc: Option<i32>,
    pub(super) connection: Option<u64>,
    pub(super) direction: Direction,
    pub(super) target: Target,
    pub(super) after: u64,
    pub(super) every: u64,
    pub(super) times: u64,
    pub(super) chance: Option<(f64, u64)>,
}

/// What messages or calls a rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    All,
    Named(String),
    Id(u32),
    Updates,
}

impl Rule {
    /// This effect, everywhere and always.
    pub fn new(effect: Effect) -> Self {
        Self {
            effect,
            dc: None,
            connection: None,
            direction: Direction::Out,
            target: Target::All,
            after: 0,
            every: 1,
            times: u64::MAX,
            chance: None,
        }
    }

    /// Only in this data centre.
    pub fn dc(mut self, dc: i32) -> Self {
        self.dc = Some(dc);
        self
    }

    /// Only on this connection. They are counted from 1, over all data centres.
    pub fn connection(mut self, number: u64) -> Self {
        self.connection = Some(number);
        self
    }

    /// Of bytes, only of those that go this way. From the data centre to the client, if not told.
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Only for calls of this method, or for their answers, by its name in the schema:
    /// `messages.sendMessage`.
    pub fn method(mut self, name: impl Into<String>) -> Self {
        self.target = Target::Named(name.into());
        self
    }

    /// Only for calls of the method of this constructor id, or for their answers.
    pub fn constructor(mut self, id: u32) -> Self {
        self.target = Target::Id(id);
        self
    }

    /// Of messages, only of those that the client did not ask for.
    pub fn updates(mut self) -> Self {
        self.target = Target::Updates;
        self
    }

    /// Not at the first occasions, so many.
    pub fn after(mut self, occasions: u64) -> Self {
        self.after = occasions;
        self
    }

    /// Only at each so many-th occasion; 0 is like 1.
    pub fn every(mut self, nth: u64) -> Self {
        self.every = nth.max(1);
        self
    }

    /// At most so many times; after that the rule is over.
    pub fn times(mut self, most: u64) -> Self {
        self.times = most;
        self
    }

    /// Only with this probability, from 0 to 1. With the same seed the decisions for the first,
    /// second and further occasions are the same in each run.
    pub fn chance(mut self, probability: f64, seed: u64) -> Self {
        self.chance = Some((probability, seed));
        self
    }

    /// What goes wrong.
    #[must_use]
    pub fn effect(&self) -> &Effect {
        &self.effect
    }

    /// Why this rule could never apply.
    pub(super) fn problem(&self) -> Option<String> {
        let stage = self.effect.stage();
        let bytes = stage.has_directions();
        if self.direction == Direction::In && !bytes {
            return Some("only bytes have a direction: cut, stall, tear and corrupt".to_owned());
        }
        match &self.target {
            Target::All => {}
            _ if !stage.knows_methods() => {
                return Some("this effect does not know methods or messages".to_owned());
            }
            Target::Updates if matches!(self.effect, Effect::Error { .. } | Effect::DropAnswer) => {
                return Some("this effect is for calls, not for updates".to_owned());
            }
            Target::Named(name) if method_id(name).is_none() => {
                return Some(format!("the data centre has no method {name}"));
            }
            Target::Named(_) | Target::Id(_) | Target::Updates => {}
        }
        match self.chance {
            Some((chance, _)) if !(0.0..=1.0).contains(&chance) => {
                Some(format!("{chance} is no probability"))
            }
            _ => None,
        }
    }

    /// Whether it is for things of this kind at this place.
    pub(super) fn fits(&self, occasion: &Occasion) -> bool {
        let place = occasion.place;
        let here = self.dc.is_none_or(|dc| dc == place.dc)
            && self
                .connection
                .is_none_or(|number| number == place.connection);
        here && match (&self.target, occasion.subject) {
            (_, Subject::Bytes(direction)) => direction == self.direction,
            (Target::All, _) => true,
            (Target::Named(name), Subject::Method(id)) => method_id(name) == Some(id),
            (Target::Id(wanted), Subject::Method(id)) => *wanted == id,
            (Target::Updates, Subject::Other { update }) => update,
            (Target::Named(_) | Target::Id(_) | Target::Updates, _) => false,
        }
    }
}
