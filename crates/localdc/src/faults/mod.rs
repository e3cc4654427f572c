//! Misbehaving on demand: what goes wrong, where, and how often.
//!
//! Rules are kept and drawn here; each layer asks at one place whether one of them applies to what
//! it is about to do. As long as no rule can, that costs a load.
mod book;
mod direction;
mod effect;
mod faults;
mod flow;
mod later;
mod occasion;
mod rule;
mod text;

pub(crate) use book::{Book, Fired};
pub(crate) use effect::Stage;
pub(crate) use flow::Flow;
pub(crate) use later::Later;
pub(crate) use occasion::{Occasion, Place, Subject};

pub use direction::Direction;
pub use effect::Effect;
pub use faults::{Faults, RuleId};
pub use rule::Rule;
pub use text::RuleError;
