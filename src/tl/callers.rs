//! Who may call a method.
use super::facts::{FOR_BOTS, FOR_USERS};

/// Who may call a method.
///
/// ```
/// use ferogram_sync::tl::{self, Callers, Identifiable, functions};
///
/// let history = functions::messages::GetHistory::CONSTRUCTOR_ID;
/// assert_eq!(tl::callers(history), Callers::Users);
/// let commands = functions::bots::SetBotCommands::CONSTRUCTOR_ID;
/// assert_eq!(tl::callers(commands), Callers::Bots);
/// let message = functions::messages::SendMessage::CONSTRUCTOR_ID;
/// assert_eq!(tl::callers(message), Callers::Anyone);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callers {
    /// Users and bots, or nobody has written down who.
    Anyone,
    /// Users, and no bots.
    Users,
    /// Bots, and no users.
    Bots,
}

/// Who may call a method, as the official pages say. The table, with its date, is the project's
/// `schema/methods.tsv`.
///
/// See <https://core.telegram.org/methods>.
#[must_use]
pub fn callers(constructor_id: u32) -> Callers {
    if FOR_USERS.binary_search(&constructor_id).is_ok() {
        Callers::Users
    } else if FOR_BOTS.binary_search(&constructor_id).is_ok() {
        Callers::Bots
    } else {
        Callers::Anyone
    }
}
