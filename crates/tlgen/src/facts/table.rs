//! A table of facts: lines of cells, split by tabs, in the order of one column.

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<'a> {
    /// The rows, in the order of the file.
    pub rows: Vec<Row<'a>>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    source: &'a str,
    line: usize,
    /// Its cells; `-`, which stands for nothing, is an empty one.
    pub cells: Vec<&'a str>,
}

/// A table that cannot be used: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{source}:{line}: {what}")]
pub struct TableError {
    /// The name of the table, as it was given.
    pub r#source: String, // It is no error: `r#` tells thiserror so.
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong, in words.
    pub what: String,
}

impl<'a> Table<'a> {
    /// Reads `text`. A line that begins with `#` is a comment; all others have a cell for each of
    /// `columns`, split by tabs. The cells of the column `key` stand in the order of their bytes,
    /// each once.
    ///
    /// # Errors
    /// When the text is not such a table; `source` names it then.
    ///
    /// # Examples
    /// ```
    /// let text = "# a comment\na\t-\nb\tc\n";
    /// let table = tlgen::Table::parse("t", text, &["k", "v"], "k").unwrap();
    /// assert_eq!(table.rows[0].cells, ["a", ""]);
    /// let error = tlgen::Table::parse("t", "b\na\n", &["k"], "k").unwrap_err();
    /// assert_eq!(error.to_string(), "t:2: a must stand before b");
    /// ```
    pub fn parse(
        source: &'a str,
        text: &'a str,
        columns: &[&str],
        key: &str,
    ) -> Result<Self, TableError> {
        let key_at = columns.iter().position(|column| *column == key);
        let key_at = key_at.expect("the key is one of the columns");
        let mut rows: Vec<Row<'a>> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') {
                continue;
            }
            let row = Row {
                source,
                line: number + 1,
                cells: line.split('\t').collect(),
            };
            let row = row.checked(columns)?;
            if row.cells[key_at].is_empty() {
                return Err(row.wrong(format!("the {key} is missing")));
            }
            if let Some(before) = rows.last() {
                let (before, this) = (before.cells[key_at], row.cells[key_at]);
                if this == before {
                    return Err(row.wrong(format!("{this} stands here twice")));
                }
                if this < before {
                    return Err(row.wrong(format!("{this} must stand before {before}")));
                }
            }
            rows.push(row);
        }
        Ok(Self { rows })
    }
}

impl Row<'_> {
    /// An error that says where this row stands.
    #[must_use]
    pub fn wrong(&self, what: impl Into<String>) -> TableError {
        TableError {
            source: self.source.to_owned(),
            line: self.line,
            what: what.into(),
        }
    }

    fn checked(mut self, columns: &[&str]) -> Result<Self, TableError> {
        if self.cells.len() != columns.len() {
            let (found, expected) = (self.cells.len(), columns.len());
            return Err(self.wrong(format!("{found} cells instead of {expected}")));
        }
        for (at, column) in columns.iter().enumerate() {
            let cell = self.cells[at];
            if cell.is_empty() || cell.trim() != cell {
                return Err(self.wrong(format!("the {column} is empty or has blanks around it")));
            }
            if cell == "-" {
                self.cells[at] = "";
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let table = Table::parse("facts", text, &["name", "value"], "name");
        table.unwrap_err().to_string()
    }

    #[test]
    fn faults_are_told_with_their_line() {
        assert_eq!(fault("a\tb\tc\n"), "facts:1: 3 cells instead of 2");
        assert_eq!(fault("#\n\n"), "facts:2: 1 cells instead of 2");
        assert_eq!(fault("-\tb\n"), "facts:1: the name is missing");
        assert_eq!(fault("a\tb\na\tc\n"), "facts:2: a stands here twice");
        assert_eq!(fault("b\t-\na\t-\n"), "facts:2: a must stand before b");
        for blank in ["a\t\n", "a\t b\n", "a\tb \n"] {
            let what = "facts:1: the value is empty or has blanks around it";
            assert_eq!(fault(blank), what);
        }
    }
}
