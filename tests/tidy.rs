//! What the compiler cannot check: who may know whom, and how long things may grow.
//!
//! The house has floors. A module may name only what stands below it, so no circle can form and
//! no arrow runs back up. Nobody names the crate root: `lib.rs` hands things out, and whoever is
//! inside takes them where they are defined.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. Modules on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["dc", "entropy", "now", "secret"],
    &["crypto", "store", "tl"],
    &["mtproto", "text", "tracker"],
    &["net"],
    &["error"],
    &["client"],
    &["peers"],
    &["media"],
    &["account", "messages"],
    &["chats"],
    &["updates"],
    &["bots"],
    &["dispatch"],
    &["lib"],
];

/// The crates, each with one noun a file.
const ROOTS: &[&str] = &[
    "src",
    "crates/localdc/src",
    "crates/primitives/src",
    "crates/tlgen/src",
    "crates/types/src",
];

const FUNCTION_LINES_MAX: usize = 70;
const FILE_LINES_MAX: usize = 600;
const LINE_COLUMNS_MAX: usize = 100;
const FOLDERS_MAX: usize = 3;

/// A tree of sources: paths below its root, and texts.
type Tree = BTreeMap<PathBuf, String>;

#[test]
fn the_library_keeps_its_floors() {
    assert_tidy(floors(&tree("src")));
}

#[test]
fn siblings_form_no_circles() {
    for root in ROOTS {
        assert_tidy(siblings(&tree(root)));
    }
}

#[test]
fn faces_define_nothing() {
    for root in ROOTS {
        assert_tidy(faces(&tree(root)));
    }
}

#[test]
fn nothing_grows_too_long() {
    for root in ROOTS.iter().chain(&["examples"]) {
        assert_tidy(sizes(&tree(root)));
    }
}

/// `tests/alone/shutdown.rs` knows the library's threads by their names.
#[test]
fn every_thread_is_named() {
    assert_tidy(threads(&tree("src")));
}

#[test]
fn every_file_says_what_lives_there() {
    for root in ROOTS.iter().chain(&["examples", "tests"]) {
        let tree = tree(root);
        assert_tidy(
            tree.iter()
                .filter(|(_, text)| !text.starts_with("//!"))
                .map(|(path, _)| format!("{root}/{}: no //! sentence", path.display()))
                .collect(),
        );
    }
}

#[test]
fn examples_stay_short() {
    assert_tidy(
        tree("examples")
            .iter()
            .filter(|(_, text)| text.lines().count() > 100)
            .map(|(path, _)| format!("examples/{}: over 100 lines", path.display()))
            .collect(),
    );
}

/// The rules themselves, held against trees that break them.
mod rules {
    use super::*;

    fn plant(files: &[(&str, &str)]) -> Tree {
        files
            .iter()
            .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn looking_up_or_sideways_is_seen() {
        let up = plant(&[("tl/codec.rs", "use crate::client::Client;\n")]);
        assert_eq!(floors(&up).len(), 1);
        let sideways = plant(&[("tl/codec.rs", "use crate::crypto::sha1;\n")]);
        assert_eq!(floors(&sideways).len(), 1);
        let root = plant(&[("net/socket.rs", "fn f() -> crate::Error { g() }\n")]);
        assert_eq!(floors(&root).len(), 1);
        let braces = plant(&[("net/socket.rs", "use crate::{client, tl};\n")]);
        assert_eq!(floors(&braces).len(), 1);
        let down = plant(&[("net/socket.rs", "use crate::mtproto::Link;\n")]);
        assert_eq!(floors(&down).len(), 0);
        let stranger = plant(&[("attic/box.rs", "\n")]);
        assert_eq!(floors(&stranger).len(), 1);
    }

    #[test]
    fn circles_among_siblings_are_seen() {
        let circle = plant(&[
            ("net/a.rs", "use super::b::B;\n"),
            ("net/b.rs", "use super::c::C;\n"),
            ("net/c.rs", "use super::a::A;\n"),
        ]);
        assert_eq!(siblings(&circle).len(), 1);
        let line = plant(&[
            ("net/a.rs", "use super::b::B;\n"),
            ("net/b.rs", "use super::c::C;\n"),
            ("net/c.rs", "// use super::a::A;\n"),
        ]);
        assert_eq!(siblings(&line).len(), 0);
        for evasion in [
            "use super::{b, c};\n",
            "use super::super::tl;\n",
            "use super::Face;\n",
        ] {
            let tree = plant(&[("net/a.rs", evasion), ("net/mod.rs", "")]);
            assert!(!siblings(&tree).is_empty(), "{evasion}");
        }
        let tests = plant(&[(
            "net/a.rs",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n}\n",
        )]);
        assert_eq!(siblings(&tests).len(), 0);
    }

    #[test]
    fn a_face_that_defines_is_seen() {
        for line in [
            "pub struct A;\n",
            "pub(crate) fn f() {}\n",
            "impl A {}\n",
            "const A: u8 = 1;\n",
        ] {
            assert_eq!(faces(&plant(&[("net/mod.rs", line)])).len(), 1, "{line}");
        }
        let face = "//! Doc.\nmod a;\npub use a::{\n    A,\n    B,\n};\n#[cfg(test)]\nmod b;\n";
        assert_eq!(faces(&plant(&[("net/mod.rs", face)])).len(), 0);
    }

    #[test]
    fn a_thread_without_a_name_is_seen() {
        let threads_of = |text: &str| threads(&plant(&[("net/a.rs", text)])).len();
        assert_eq!(threads_of("fn f() {\n    thread::spawn(g);\n}\n"), 1);
        let builder = "let it = thread::Builder::new()\n    .spawn(g);\n";
        assert_eq!(threads_of(builder), 1);
        let named = "let it = thread::Builder::new()\n    .name(\"ferogram-a\".into())\n";
        assert_eq!(threads_of(named), 0);
        assert_eq!(threads_of(&named.replace("ferogram", "nobody")), 1);
        let tests = "#[cfg(test)]\nmod tests {\n    thread::spawn(g);\n}\n";
        assert_eq!(threads_of(tests), 0);
    }

    #[test]
    fn length_is_seen() {
        let body = "    g();\n".repeat(FUNCTION_LINES_MAX);
        for head in ["fn f() {\n", "pub(crate) fn f(\n    a: u8,\n) -> u8 {\n"] {
            let long = format!("{head}{body}}}\n");
            assert_eq!(sizes(&plant(&[("a.rs", &long)])).len(), 1);
        }
        let declared = format!("trait T {{\n    fn f(&self);\n}}\nconst A: &[()] = &[\n{body}];\n");
        assert_eq!(sizes(&plant(&[("a.rs", &declared)])).len(), 0);
        let file = "g!();\n".repeat(FILE_LINES_MAX + 1);
        assert_eq!(sizes(&plant(&[("a.rs", &file)])).len(), 1);
        let with_tests = format!(
            "{}#[cfg(test)]\nmod tests {{}}\n{file}",
            "g!();\n".repeat(500)
        );
        assert_eq!(sizes(&plant(&[("a.rs", &with_tests)])).len(), 0);
        let wide = format!("// {}\n", "x".repeat(LINE_COLUMNS_MAX));
        assert_eq!(sizes(&plant(&[("a.rs", &wide)])).len(), 1);
        let deep = plant(&[("a/b/c/d/e.rs", "\n")]);
        assert_eq!(sizes(&deep).len(), 1);
    }
}

/// Each `crate::x` must stand on a lower floor, or be the module itself.
fn floors(tree: &Tree) -> Vec<String> {
    let mut untidy = Vec::new();
    for (path, text) in tree {
        let first = path.iter().next().and_then(|p| p.to_str()).unwrap_or("");
        let module = first.trim_end_matches(".rs");
        let Some(floor) = floor_of(module) else {
            untidy.push(format!("{}: `{module}` stands on no floor", path.display()));
            continue;
        };
        for (number, line) in code(text) {
            for name in words_after(line, "crate::") {
                match floor_of(name) {
                    None => untidy.push(format!(
                        "{}:{number}: takes `{name}` from the crate root",
                        path.display()
                    )),
                    Some(below) if below < floor || name == module => {}
                    Some(_) => untidy.push(format!(
                        "{}:{number}: `{module}` may not know `{name}`",
                        path.display()
                    )),
                }
            }
        }
    }
    untidy
}

/// Files of one folder can be put in an order in which each takes only from those before it.
fn siblings(tree: &Tree) -> Vec<String> {
    let mut untidy = Vec::new();
    let mut arrows: BTreeMap<&Path, BTreeSet<&Path>> = BTreeMap::new();
    for (path, text) in tree {
        let folder = path.parent().unwrap_or(Path::new(""));
        for (number, line) in code(before_tests(text)) {
            for name in words_after(line, "super::") {
                let target = [
                    folder.join(format!("{name}.rs")),
                    folder.join(name).join("mod.rs"),
                ];
                match target.iter().find_map(|t| tree.get_key_value(t)) {
                    Some((target, _)) if !name.is_empty() => {
                        arrows.entry(path).or_default().insert(target);
                    }
                    _ => untidy.push(format!(
                        "{}:{number}: `super::{name}` is no sibling file",
                        path.display()
                    )),
                }
            }
        }
    }
    // Whoever takes only from those already placed can be placed; a circle never can.
    let mut unplaced: BTreeSet<&Path> = tree.keys().map(PathBuf::as_path).collect();
    while let Some(next) = unplaced
        .iter()
        .find(|p| arrows.get(*p).is_none_or(|a| a.is_disjoint(&unplaced)))
        .copied()
    {
        unplaced.remove(next);
    }
    if !unplaced.is_empty() {
        untidy.push(format!("in a circle, or above one: {unplaced:?}"));
    }
    untidy
}

/// `lib.rs` and every `mod.rs` hold docs, `mod` and `pub use`.
fn faces(tree: &Tree) -> Vec<String> {
    const DEFINING: &[&str] = &[
        "fn ",
        "struct ",
        "enum ",
        "trait ",
        "impl ",
        "impl<",
        "const ",
        "static ",
        "type ",
        "macro_rules!",
        "union ",
        "unsafe ",
        "async ",
    ];
    let mut untidy = Vec::new();
    for (path, text) in tree {
        if !path.ends_with("mod.rs") && !path.ends_with("lib.rs") {
            continue;
        }
        for (number, line) in code(text) {
            let mut rest = line.trim_start();
            for visibility in ["pub(crate) ", "pub "] {
                rest = rest.strip_prefix(visibility).unwrap_or(rest);
            }
            if DEFINING.iter().any(|word| rest.starts_with(word)) {
                untidy.push(format!(
                    "{}:{number}: a face defines nothing",
                    path.display()
                ));
            }
        }
    }
    untidy
}

fn sizes(tree: &Tree) -> Vec<String> {
    let mut untidy = Vec::new();
    for (path, text) in tree {
        let shown = path.display();
        if path.components().count() > FOLDERS_MAX + 1 {
            untidy.push(format!("{shown}: more than {FOLDERS_MAX} folders deep"));
        }
        if before_tests(text).lines().count() > FILE_LINES_MAX {
            untidy.push(format!("{shown}: over {FILE_LINES_MAX} lines"));
        }
        for (index, line) in text.lines().enumerate() {
            if line.chars().count() > LINE_COLUMNS_MAX {
                untidy.push(format!(
                    "{shown}:{}: over {LINE_COLUMNS_MAX} columns",
                    index + 1
                ));
            }
        }
        for (first, length) in functions(text) {
            if length > FUNCTION_LINES_MAX {
                untidy.push(format!("{shown}:{first}: {length} lines in one function"));
            }
        }
    }
    untidy
}

/// Threads are started by a builder whose first word is a name that begins with the library's.
fn threads(tree: &Tree) -> Vec<String> {
    let mut untidy = Vec::new();
    let of_tests = |path: &Path| path.ends_with("testing.rs");
    for (path, text) in tree.iter().filter(|(path, _)| !of_tests(path)) {
        let lines: Vec<_> = code(before_tests(text)).collect();
        for (index, (number, line)) in lines.iter().enumerate() {
            let next = lines
                .get(index + 1)
                .map_or("", |(_, next)| next.trim_start());
            let named = next.starts_with(".name(") && next.contains("\"ferogram-");
            if line.contains("thread::spawn(") || line.contains("thread::Builder::new()") && !named
            {
                untidy.push(format!(
                    "{}:{number}: a thread without a name",
                    path.display()
                ));
            }
        }
    }
    untidy
}

/// First line and length of every function, as rustfmt lays them out.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let is_head = trimmed.starts_with("fn ")
            || (trimmed.starts_with("pub") || trimmed.starts_with("const "))
                && trimmed.contains(" fn ")
                && !trimmed.contains('"');
        if !is_head {
            continue;
        }
        let indent = line.len() - trimmed.len();
        let head = lines[index..]
            .iter()
            .position(|l| l.ends_with('{') || l.ends_with(';') || l.ends_with('}'));
        let Some(head) = head.filter(|h| lines[index + h].ends_with('{')) else {
            continue; // Declared only, or of one line.
        };
        let close = format!("{}}}", " ".repeat(indent));
        if let Some(end) = lines[index + head..].iter().position(|l| *l == close) {
            found.push((index + 1, head + end + 1));
        }
    }
    found
}

fn assert_tidy(untidy: Vec<String>) {
    assert!(untidy.is_empty(), "\n{}", untidy.join("\n"));
}

fn tree(root: &str) -> Tree {
    fn visit(root: &Path, folder: &Path, tree: &mut Tree) {
        for entry in fs::read_dir(folder).expect("the folder is part of the project") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                visit(root, &path, tree);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("readable");
                let below = path.strip_prefix(root).expect("found below it").to_owned();
                tree.insert(below, text);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let mut tree = Tree::new();
    visit(&root, &root, &mut tree);
    tree
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The tests of a file stand at its end, behind `#[cfg(test)]` and `mod`.
fn before_tests(text: &str) -> &str {
    let tests = ["#[cfg(test)]\nmod tests", "#[cfg(test)]\n#[expect"];
    let end = tests.iter().filter_map(|t| text.find(t)).min();
    &text[..end.unwrap_or(text.len())]
}

/// Numbered lines that are not comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l))
        .filter(|(_, l)| !l.trim_start().starts_with("//"))
}

fn words_after<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix).filter_map(move |(at, _)| {
        let joined = line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = &line[at + prefix.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        (!joined).then(|| &rest[..end.unwrap_or(rest.len())])
    })
}
