//! Which way bytes go.

/// Which way bytes go over a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From the client to the data centre.
    In,
    /// From the data centre to the client.
    #[default]
    Out,
}
