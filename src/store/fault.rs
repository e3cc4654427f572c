//! What is wrong with a database.
use std::fmt;

/// What is wrong with a database that a session is kept in, told apart by what can be done about
/// it. `Display` says that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatabaseFault {
    /// There is no room for what was to be written.
    Full,
    /// It may not be written.
    ReadOnly,
    /// Another program holds it for longer than was waited.
    Busy,
    /// Its content is not what was once written.
    Damaged,
    /// The server does not accept the token.
    Denied,
    /// There is no database where it was looked for.
    NotFound,
    /// The server does not answer.
    Unreachable,
    /// Something else.
    Other,
}

impl fmt::Display for DatabaseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "make room, or raise its limit; the session is as it was before",
            Self::ReadOnly => {
                "it must be writable, and its folder too: put that right, or choose another one"
            }
            Self::Busy => {
                "another program holds it: let that one finish, and write in shorter transactions"
            }
            Self::Damaged => {
                "it was left as it is: restore it from a copy, or move it away and sign in again"
            }
            Self::Denied => "the token must be one for this database, and not have expired",
            Self::NotFound => "check the URL of the database",
            Self::Unreachable => {
                "check the network and the URL; it is tried again with what \
                                  comes next"
            }
            Self::Other => "the session is as it was before",
        })
    }
}
