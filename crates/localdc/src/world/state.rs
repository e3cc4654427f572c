//! Everything that the data centres share.
use std::net::SocketAddr;

/// What the world has to know about the centres around it.
#[derive(Clone, Debug)]
pub(crate) struct WorldConfig {
    /// The data centres: number and address.
    pub(crate) dcs: Vec<(i32, SocketAddr)>,
    /// The world's own chance (codes, access hashes) grows from this.
    pub(crate) seed: [u8; 32],
}

/// The accounts and all that belongs to them; one for all data centres.
#[derive(Debug)]
pub(crate) struct World {
    config: WorldConfig,
}

impl World {
    /// An empty world.
    pub(crate) fn new(config: WorldConfig) -> Self {
        Self { config }
    }
}
