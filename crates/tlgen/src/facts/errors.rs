//! The catalogue of errors: `schema/errors.tsv` as statics.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::table::{Row, Table, TableError};

const COLUMNS: &[&str] = &[
    "code", "name", "x", "remedy", "meaning", "advice", "methods",
];
/// See <https://core.telegram.org/api/errors>.
const CODES: &[&str] = &[
    "303", "400", "401", "403", "404", "406", "420", "500", "-503",
];
/// What a number can be, and its variant of `Number`.
const NUMBERS: &[(&str, &str)] = &[
    ("seconds", "Seconds"),
    ("minutes", "Minutes"),
    ("date", "Date"),
    ("dc", "Dc"),
    ("stars", "Stars"),
    ("part", "Part"),
    ("item", "Item"),
    ("length", "Length"),
    ("story", "Story"),
    ("detail", "Detail"),
];
/// What can be done, and its variant of `Remedy`.
const REMEDIES: &[(&str, &str)] = &[
    ("argument", "Argument"),
    ("peer", "Peer"),
    ("rights", "Rights"),
    ("account", "Account"),
    ("limit", "Limit"),
    ("wait", "Wait"),
    ("renew", "Renew"),
    ("again", "Again"),
    ("sign_in", "SignIn"),
    ("migrate", "Migrate"),
    ("premium", "Premium"),
    ("pay", "Pay"),
    ("gone", "Gone"),
    ("done", "Done"),
    ("bot", "Bot"),
    ("user", "User"),
    ("update", "Update"),
    ("unknown", "Unknown"),
];

/// Writes the catalogue as Rust: `ERRORS`, rows of a struct `ErrorRow` that the including module
/// has, in the order of their names; `WORDS`, the text that they share; and `ANSWERED_BY`, the
/// methods. A row has offsets instead of strings: a string is a pointer, and costs 40 bytes of an
/// executable beside its text.
///
/// # Errors
/// When the table is not as its own first lines say.
pub fn errors(source: &str, text: &str) -> Result<String, TableError> {
    let table = Table::parse(source, text, COLUMNS, "name")?;
    let mut numbers = BTreeMap::new();
    for row in &table.rows {
        for method in methods(row)? {
            numbers.insert(method, 0);
        }
    }
    for (at, number) in numbers.values_mut().enumerate() {
        *number = at;
    }
    let mut words = String::new();
    let mut answers = Vec::new();
    let mut rows = String::new();
    for row in &table.rows {
        let [code, name, x, remedy, meaning, advice, _] = row.cells[..] else {
            unreachable!("the table has checked how many cells there are");
        };
        check_name(row, name, x)?;
        check_sentence(row, meaning, x)?;
        check_sentence(row, advice, x)?;
        if meaning.is_empty() {
            return Err(row.wrong("the meaning is missing"));
        }
        if !CODES.contains(&code) {
            return Err(row.wrong(format!("there is no code {code:?}")));
        }
        let number = match x {
            "" => "None".to_owned(),
            x => format!("Some(Number::{})", variant(row, NUMBERS, x)?),
        };
        let remedy = variant(row, REMEDIES, remedy)?;
        let first = answers.len();
        answers.extend(methods(row)?.into_iter().map(|method| numbers[method]));
        let _ = writeln!(
            rows,
            "    ErrorRow {{ code: {code}, number: {number}, remedy: Remedy::{remedy}, at: {}, \
             name: {}, meaning: {}, advice: {}, methods: ({first}, {}) }},",
            words.len(),
            name.len(),
            meaning.len(),
            advice.len(),
            answers.len(),
        );
        words += name;
        words += meaning;
        words += advice;
    }
    let methods: Vec<&str> = numbers.into_keys().collect();
    Ok(format!(
        "pub(super) static ERRORS: &[ErrorRow] = &[\n{rows}];\n\
         pub(super) static WORDS: &str = {words:?};\n\
         pub(super) static ANSWERED_BY: &[u16] = &{answers:?};\n\
         pub(super) static ANSWERING: &[&str] = &{methods:?};\n"
    ))
}

fn methods<'a>(row: &Row<'a>) -> Result<Vec<&'a str>, TableError> {
    let cell = row.cells[COLUMNS.len() - 1];
    let methods: Vec<&str> = cell.split(' ').filter(|_| !cell.is_empty()).collect();
    if !methods.iter().all(|it| is_of(it, |c| c == '.')) || !methods.is_sorted() {
        return Err(row.wrong("the methods are not names in the order of their letters"));
    }
    Ok(methods)
}

/// A number stands in the name if, and only if, it is said what it is.
fn check_name(row: &Row<'_>, name: &str, x: &str) -> Result<(), TableError> {
    if !is_of(name, |c| c == '_') || name.len() > u8::MAX.into() {
        return Err(row.wrong(format!("{name:?} is no name of an error")));
    }
    let places = name.split('_').filter(|it| matches!(*it, "X" | "XMIN"));
    if places.count() != usize::from(!x.is_empty()) {
        return Err(row.wrong("the name and the meaning of X do not agree"));
    }
    Ok(())
}

/// It becomes a part of a sentence, in which the number stands for X.
fn check_sentence(row: &Row<'_>, text: &str, x: &str) -> Result<(), TableError> {
    let upper = text.starts_with(|c: char| c.is_uppercase() && c != 'X');
    if upper || text.ends_with('.') || !text.is_ascii() || text.len() > u8::MAX.into() {
        return Err(row.wrong(format!("{text:?} is no part of a sentence")));
    }
    let (all, words) = (text.matches('X').count(), text.split(' '));
    let words = words.filter(|word| word.trim_end_matches([',', ':']) == "X");
    if !x.is_empty() && all != words.count() {
        return Err(row.wrong(format!("an X in {text:?} is no word of its own")));
    }
    Ok(())
}

fn is_of(name: &str, besides: fn(char) -> bool) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || besides(c))
}

fn variant<'a>(
    row: &Row<'_>,
    known: &[(&str, &'a str)],
    word: &str,
) -> Result<&'a str, TableError> {
    let found = known.iter().find(|(known, _)| *known == word);
    let (_, variant) = found.ok_or_else(|| row.wrong(format!("{word:?} is none of the words")))?;
    Ok(variant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(row: &str) -> String {
        errors("e", row).unwrap_err().what
    }

    #[test]
    fn a_row_is_written_by_offsets() {
        let rows = "400\tA_B\t-\tgone\tit is gone\t-\ta.c a.d\n\
                    420\tB_X\tseconds\twait\tX is short\twait\ta.d\n";
        let code = errors("e", rows).unwrap();
        for part in [
            "ErrorRow { code: 400, number: None, remedy: Remedy::Gone, at: 0, name: 3, \
             meaning: 10, advice: 0, methods: (0, 2) }",
            "number: Some(Number::Seconds), remedy: Remedy::Wait, at: 13, name: 3, meaning: 10, \
             advice: 4, methods: (2, 3) }",
            "\"A_Bit is goneB_XX is shortwait\"",
            "ANSWERED_BY: &[u16] = &[0, 1, 1]",
            "ANSWERING: &[&str] = &[\"a.c\", \"a.d\"]",
        ] {
            assert!(code.contains(part), "{part} is not in {code}");
        }
    }

    #[test]
    fn rows_that_would_mislead_are_refused() {
        for (row, what) in [
            ("4\tA\t-\tgone\tgone\t-\t-", "there is no code \"4\""),
            (
                "400\tA-B\t-\tgone\tgone\t-\t-",
                "\"A-B\" is no name of an error",
            ),
            (
                "400\tA_X\t-\tgone\tgone\t-\t-",
                "the name and the meaning of X do not agree",
            ),
            (
                "400\tA\tdc\tgone\tgone\t-\t-",
                "the name and the meaning of X do not agree",
            ),
            (
                "400\tA_X\tyears\tgone\tgone\t-\t-",
                "\"years\" is none of the words",
            ),
            (
                "400\tA\t-\tpray\tgone\t-\t-",
                "\"pray\" is none of the words",
            ),
            ("400\tA\t-\tgone\t-\t-\t-", "the meaning is missing"),
            (
                "400\tA\t-\tgone\tGone\t-\t-",
                "\"Gone\" is no part of a sentence",
            ),
            (
                "400\tA\t-\tgone\tgone\tgo.\t-",
                "\"go.\" is no part of a sentence",
            ),
            (
                "400\tA_X\tdc\tgone\tXs\t-\t-",
                "an X in \"Xs\" is no word of its own",
            ),
            (
                "400\tA\t-\tgone\tgone\t-\tb.a a.b",
                "the methods are not names in the order of their letters",
            ),
        ] {
            assert_eq!(fault(row), what, "{row}");
        }
    }
}
