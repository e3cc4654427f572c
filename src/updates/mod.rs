//! What the server tells unasked, as streams.
mod asks;
mod company;
mod courier;
mod delivery;
mod ended;
mod lost;
mod progress;
mod shelf;
mod station;
mod subscriber;
mod subscription;
pub mod update;
mod updates;

pub use delivery::UpdateDelivery;
pub use ended::{Ended, NoUpdate};
pub use lost::{Lost, WhyLost};
pub use subscription::{Subscription, WhenFull};
pub use update::{Update, UpdateKind};
pub use updates::{Updates, UpdatesIter};
