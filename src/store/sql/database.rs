//! Who carries statements out.
use super::statements::Statement;
use super::value::Value;
use crate::store::StoreError;

/// A database that speaks SQLite's language.
pub(in crate::store) trait Database: Send {
    /// Carries all of the statements out, in their order, or none of them.
    fn run(&mut self, statements: &[Statement]) -> Result<(), StoreError>;

    /// The rows that a statement finds.
    fn rows(&mut self, statement: &Statement) -> Result<Vec<Vec<Value>>, StoreError>;
}
