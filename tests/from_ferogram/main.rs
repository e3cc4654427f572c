//! Whether `ferogram_sync::from_ferogram` has a row for every name, and each row says something.
//! That links lead somewhere is what rustdoc checks.
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What a row says while there is nothing to name.
const NOT_YET: &str = "not yet";

/// A name, by its kind and itself.
type Name = (String, String);

#[test]
fn every_name_has_its_row() {
    let faults = faults(&names(&text("tests/from_ferogram/names.txt")), &pages());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The rules themselves, held against pages that break them.
#[test]
fn what_is_wrong_is_seen() {
    let wanted = names("# kind, name\nmethod\tinvoke\nmember\tUser::id\n");
    let invoke = "//! | method | `invoke` | [`Client::invoke`] |\n";
    let id = "//! | member | `User::id` | not yet |\n";
    let seen = |page: &str| faults(&wanted, page);
    assert_eq!(seen(&format!("{invoke}{id}")), [""; 0]);
    assert_eq!(seen(invoke), ["no row: member User::id"]);
    assert_eq!(
        seen(&format!("{invoke}{id}{id}")),
        ["more than one row: member User::id"]
    );
    let stranger = "//! | method | `fly` | not yet |\n";
    assert_eq!(
        seen(&format!("{invoke}{id}{stranger}")),
        ["no such name: method fly"]
    );
    for (says, good) in [
        ("not yet", true),
        ("[`User::id`]", true),
        ("[its `id`](field@User::id), the field", true),
        ("Not needed: [`User::id`] has it.", true),
        ("Not needed: it is always there.", true),
        ("", false),
        ("soon", false),
        ("not yet: [`User::id`]", false),
        ("Not yet.", false),
        ("`User::id`", false),
        ("Not needed.", false),
    ] {
        let row = format!("//! | member | `User::id` | {says} |\n");
        assert_eq!(seen(&format!("{invoke}{row}")).is_empty(), good, "{says}");
    }
}

/// What is wrong with the pages, by the list of names.
fn faults(wanted: &[Name], pages: &str) -> Vec<String> {
    let mut rows: BTreeMap<Name, Vec<&str>> = BTreeMap::new();
    for (name, says) in pages.lines().filter_map(row) {
        rows.entry(name).or_default().push(says);
    }
    let mut faults = Vec::new();
    for name in wanted {
        let (kind, it) = name;
        match rows.remove(name).as_deref() {
            None => faults.push(format!("no row: {kind} {it}")),
            Some([says]) if !is_answer(says) => {
                faults.push(format!("no answer: {kind} {it}: {says}"));
            }
            Some([_]) => {}
            Some(_) => faults.push(format!("more than one row: {kind} {it}")),
        }
    }
    let strangers = rows.keys();
    faults.extend(strangers.map(|(kind, it)| format!("no such name: {kind} {it}")));
    faults
}

/// A row of a table: whose it is, and what it says. `None` for the head and all other lines.
fn row(line: &str) -> Option<(Name, &str)> {
    let line = line.strip_prefix("//! |")?.strip_suffix('|')?;
    let mut cells = line.splitn(3, '|').map(str::trim);
    let (kind, name, says) = (cells.next()?, cells.next()?, cells.next()?);
    let name = name.strip_prefix('`')?.strip_suffix('`')?;
    Some(((kind.to_owned(), name.to_owned()), says))
}

/// It names something of ours, or is a sentence that says why there is nothing to name. What is
/// not there yet says so and no more.
fn is_answer(says: &str) -> bool {
    if says == NOT_YET {
        return true;
    }
    let names = says.contains("[`") || says.contains("](");
    let sentence = says.ends_with('.') && says.split(' ').count() >= 3;
    !says.to_lowercase().starts_with(NOT_YET) && (names || sentence)
}

fn names(list: &str) -> Vec<Name> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (kind, name) = line.split_once('\t').expect("a kind and a name");
            (kind.to_owned(), name.to_owned())
        })
        .collect()
}

/// All pages, one after the other.
fn pages() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/from_ferogram");
    let pages = fs::read_dir(folder).expect("the folder is part of the project");
    pages
        .map(|page| fs::read_to_string(page.expect("readable").path()).expect("readable"))
        .collect()
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("the file is part of the project")
}
