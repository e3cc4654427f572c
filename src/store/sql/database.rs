//! Who carries statements out.
use super::statements::Statement;
use super::value::Value;
use crate::store::StoreError;

/// What a statement found.
pub(in crate::store) type Rows = Vec<Vec<Value>>;

/// A database that speaks SQLite's language.
pub(in crate::store) trait Database: Send {
    /// Carries all of the statements out, in their order, or none of them; and once, however often
    /// it has to try.
    fn run(&mut self, statements: &[Statement]) -> Result<(), StoreError>;

    /// What each of the statements finds. None of them changes anything.
    fn read(&mut self, statements: &[Statement]) -> Result<Vec<Rows>, StoreError>;

    /// Where it is, for errors: a path, or a URL without anything secret.
    fn place(&self) -> String;
}

/// What one statement finds.
pub(super) fn rows(database: &mut impl Database, statement: Statement) -> Result<Rows, StoreError> {
    let mut found = database.read(&[statement])?;
    Ok(found.pop().unwrap_or_default())
}
