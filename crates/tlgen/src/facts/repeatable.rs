//! What may be done twice: `schema/repeatable.tsv` as a static.
use crate::ast::Schema;

use super::methods::{Methods, array};
use super::table::{Table, TableError};

/// What a reason begins with.
const REASONS: &[&str] = &["reads", "sets", RANDOM_ID, "part"];
const RANDOM_ID: &str = "random_id";

/// Writes the table of methods that may be carried out twice as Rust: `REPEATABLE`, their ids in
/// order.
///
/// # Errors
/// When the table names a method that `schema` has not, gives a reason that is none of those it
/// explains, or says of a method that it carries a `random_id` and it does not.
pub fn repeatable(schema: &Schema, source: &str, text: &str) -> Result<String, TableError> {
    let table = Table::parse(source, text, &["method", "reason"], "method")?;
    let methods = Methods::of(schema);
    let mut ids = Vec::new();
    for row in &table.rows {
        let [name, reason] = row.cells[..] else {
            unreachable!("the table has checked how many cells there are");
        };
        let method = methods.named(row, name)?;
        let word = reason.split_once(": ").map_or(reason, |(word, _)| word);
        if !REASONS.contains(&word) {
            return Err(row.wrong(format!("{word:?} is none of the reasons")));
        }
        if word == RANDOM_ID && !method.has_random_id {
            return Err(row.wrong(format!("{name} carries no random_id")));
        }
        ids.push(method.id);
    }
    Ok(array("REPEATABLE", ids))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    const SCHEMA: &str = "int ? = Int;\n\
        item#1 random_id:int = Item;\n\
        ---functions---\n\
        a.read#30 = Item;\n\
        a.send#20 random_id:int = Item;\n\
        a.sendAll#10 items:Vector<Item> = Item;\n\
        a.click#40 random_id:bytes = Item;\n";

    fn made(rows: &str) -> Result<String, String> {
        let schema = parse("s", SCHEMA).unwrap();
        repeatable(&schema, "t", rows).map_err(|error| error.what)
    }

    #[test]
    fn ids_are_written_in_order() {
        let rows = "a.read\treads: nothing else\na.send\trandom_id\na.sendAll\trandom_id\n";
        let code = made(rows).unwrap();
        let ids: Vec<&str> = code.matches("0x10").chain(code.matches("0x30")).collect();
        assert_eq!(ids, ["0x10", "0x30"]);
        assert!(code.find("0x10") < code.find("0x20") && code.find("0x20") < code.find("0x30"));
    }

    #[test]
    fn rows_that_would_mislead_are_refused() {
        for (row, what) in [
            ("a.item\treads", "a.item is no method of the schema"),
            ("item\treads", "item is no method of the schema"),
            ("a.read\tREADS", "\"READS\" is none of the reasons"),
            (
                "a.read\treads nothing",
                "\"reads nothing\" is none of the reasons",
            ),
            ("a.read\trandom_id", "a.read carries no random_id"),
            ("a.click\trandom_id: x", "a.click carries no random_id"),
        ] {
            assert_eq!(made(row).unwrap_err(), what, "{row}");
        }
    }
}
