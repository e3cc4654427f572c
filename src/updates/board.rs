//! What the updates thread and those outside say to each other, besides updates.
use std::sync::Arc;

use super::beginning::Beginning;
use super::hold_up::HoldUp;
use super::shelf::Alarm;
use super::watched::Watched;
use crate::client::Core;

/// What the updates thread and those outside say to each other, besides updates.
pub(super) struct Board {
    pub(super) alarm: Arc<Alarm>,
    pub(super) beginning: Beginning,
    pub(super) hold_up: HoldUp,
    pub(super) watched: Watched,
}

impl Board {
    pub(super) fn new(core: &Core) -> Self {
        Self {
            alarm: Alarm::new(core),
            beginning: Beginning::default(),
            hold_up: HoldUp::default(),
            watched: Watched::new(core),
        }
    }
}
