//! What was paid for reactions (<https://core.telegram.org/api/reactions#paid-reactions>).

/// What one account has paid for a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paid {
    pub(crate) stars: i32,
    /// As whom it is shown there.
    pub(crate) shown_as: PaidAs,
}

/// As whom somebody pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PaidAs {
    #[default]
    Oneself,
    Anonymous,
    /// As a channel of one's own.
    Channel(i64),
}
