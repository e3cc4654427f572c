//! Who may call what: `schema/methods.tsv` as statics.
use crate::ast::Schema;

use super::methods::{Methods, array};
use super::table::{Table, TableError};

/// Writes the table of callers as Rust: `FOR_USERS` and `FOR_BOTS`, the ids of the methods that
/// only users or only bots may call, in order.
///
/// # Errors
/// When the table names a method that `schema` has not, or a caller that is neither.
pub fn callers(schema: &Schema, source: &str, text: &str) -> Result<String, TableError> {
    let table = Table::parse(source, text, &["method", "caller"], "method")?;
    let methods = Methods::of(schema);
    let (mut users, mut bots) = (Vec::new(), Vec::new());
    for row in &table.rows {
        let [name, caller] = row.cells[..] else {
            unreachable!("the table has checked how many cells there are");
        };
        let ids = match caller {
            "user" => &mut users,
            "bot" => &mut bots,
            _ => return Err(row.wrong(format!("{caller:?} is neither user nor bot"))),
        };
        ids.push(methods.named(row, name)?.id);
    }
    Ok(array("FOR_USERS", users) + &array("FOR_BOTS", bots))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn made(rows: &str) -> Result<String, String> {
        let schema = "x#1 = X;\n---functions---\na.b#3 = X;\na.c#2 = X;\na.d#5 = X;\n";
        let schema = parse("s", schema).unwrap();
        callers(&schema, "t", rows).map_err(|error| error.what)
    }

    #[test]
    fn users_and_bots_are_told_apart() {
        let code = made("a.b\tuser\na.c\tuser\na.d\tbot\n").unwrap();
        let (users, bots) = code.split_at(code.find("FOR_BOTS").unwrap());
        assert!(users.contains("FOR_USERS") && users.find("0x2") < users.find("0x3"));
        assert!(!users.contains("0x5") && bots.contains("0x5"));
    }

    #[test]
    fn rows_that_would_mislead_are_refused() {
        assert_eq!(
            made("a.b\tbots").unwrap_err(),
            "\"bots\" is neither user nor bot"
        );
        assert_eq!(made("x\tbot").unwrap_err(), "x is no method of the schema");
    }
}
