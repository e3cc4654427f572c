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
    &["from_ferogram"],
    &["lib"],
];

/// The crates, each with one noun a file.
const ROOTS: &[&str] = &[
    "src",
    "crates/derive/src",
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
fn nothing_is_in_a_circle() {
    for root in ROOTS {
        assert_tidy(circles(&tree(root)));
    }
}

#[test]
fn faces_define_nothing() {
    // The compiler wants derive macros where a crate begins.
    for root in ROOTS.iter().filter(|it| **it != "crates/derive/src") {
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
        assert_eq!(circles(&circle).len(), 1);
        let line = plant(&[
            ("net/a.rs", "use super::b::B;\n"),
            ("net/b.rs", "use super::c::C;\n"),
            ("net/c.rs", "// use super::a::A;\n"),
        ]);
        assert_eq!(circles(&line).len(), 0);
        for evasion in [
            "use super::{b, c};\n",
            "use super::super::tl;\n",
            "use super::Face;\n",
        ] {
            let tree = plant(&[("net/a.rs", evasion), ("net/mod.rs", "")]);
            assert!(!circles(&tree).is_empty(), "{evasion}");
        }
        let tests = plant(&[(
            "net/a.rs",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n}\n",
        )]);
        assert_eq!(circles(&tests).len(), 0);
    }

    #[test]
    fn circles_through_the_root_and_through_faces_are_seen() {
        let files = [
            ("a.rs", "use crate::b::B;\n"),
            ("b.rs", "fn f() -> crate::a::A {}\n"),
        ];
        assert_eq!(circles(&plant(&files)).len(), 1);
        assert_eq!(circles(&plant(&files[..1])).len(), 0);
        let folders = [
            ("lib.rs", "pub use world::Post;\n"),
            ("world/mod.rs", "pub use post::{Draft as Post};\n"),
            (
                "world/post.rs",
                "use crate::{\n    chance::Chance,\n    line::{fate::F, Line},\n};\n",
            ),
            ("line/line.rs", "use crate::chance::Chance;\n"),
            (
                "chance.rs",
                "macro_rules! m { () => { $crate::world::Post } }\n",
            ),
        ];
        assert_eq!(circles(&plant(&folders)).len(), 0);
        for back in [
            "use crate::world::Post;\n",
            "use crate::{Post, chance};\n",
            "// A comment.\nuse crate::world::{\n    self as other,\n};\n",
        ] {
            let tree = plant(&[&folders[..], &[("line/fate.rs", back)]].concat());
            assert_eq!(circles(&tree).len(), 1, "{back}");
        }
        let face = [
            (
                "net/mod.rs",
                "pub(crate) use link::{\n    Link, // all\n    Tie,\n};\n",
            ),
            ("net/link/mod.rs", "pub use tie::Tie;\n"),
            ("net/link/tie.rs", "use crate::net::session::S;\n"),
            ("net/session/s.rs", "use crate::net::Tie;\n"),
        ];
        assert_eq!(circles(&plant(&face)).len(), 1);
        assert_eq!(circles(&plant(&face[..3])).len(), 0);
        let own_face = [
            ("net/mod.rs", "pub use a::A;\npub use b::{C, B as Best};\n"),
            ("net/a.rs", "use crate::net::Best;\n"),
            ("net/b.rs", "use super::a::A;\n"),
        ];
        assert_eq!(circles(&plant(&own_face)).len(), 1);
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
        let all = plant(&[("net/mod.rs", "pub use a::*;\n"), ("net/a.rs", "")]);
        assert_eq!(faces(&all).len(), 1);
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

/// In each folder, files and folders can be put in an order in which each takes only from those
/// before it, whichever way it names them: as siblings, from the root, or through a face.
fn circles(tree: &Tree) -> Vec<String> {
    let mut untidy = Vec::new();
    // For each folder, who in it takes from whom in it.
    let mut folders: BTreeMap<PathBuf, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (path, text) in tree.iter().filter(|(path, _)| !is_face(path)) {
        let text = before_tests(text);
        for (number, name) in siblings_named(text) {
            if !is_entry(tree, path.parent().unwrap_or(Path::new("")), name) {
                let shown = path.display();
                untidy.push(format!(
                    "{shown}:{number}: `super::{name}` is no sibling file"
                ));
            }
        }
        for named in names_from_the_root(path, text) {
            if let Some((folder, taker, giver)) = arrow(tree, path, &named) {
                let takes = folders.entry(folder).or_default().entry(taker);
                takes.or_default().insert(giver);
            }
        }
    }
    for (folder, arrows) in folders {
        if let Some(circle) = circle_of(arrows) {
            let shown = folder.display();
            untidy.push(format!("a circle in `{shown}`: {}", circle.join(" → ")));
        }
    }
    untidy
}

/// A way along arrows that ends where it begins, if there is one.
fn circle_of(mut arrows: BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    // Whoever takes from nobody who takes can be placed; a circle never can.
    while let Some(placed) = (arrows.iter())
        .find(|(_, givers)| givers.iter().all(|giver| !arrows.contains_key(giver)))
        .map(|(taker, _)| taker.clone())
    {
        arrows.remove(&placed);
    }
    let mut at = arrows.keys().next()?;
    let mut way = Vec::new();
    while !way.contains(at) {
        way.push(at.clone());
        at = arrows[at]
            .iter()
            .find(|giver| arrows.contains_key(*giver))?;
    }
    let begin = way.iter().position(|step| step == at)?;
    way.push(at.clone());
    Some(way.split_off(begin))
}

/// Numbered lines and what they take from the folder that the file is in.
fn siblings_named(text: &str) -> impl Iterator<Item = (usize, &str)> {
    code(text).flat_map(|(number, line)| words_after(line, "super::").map(move |w| (number, w)))
}

/// All that a file names of its crate, spelled from the root.
fn names_from_the_root(path: &Path, text: &str) -> Vec<Vec<String>> {
    let text = uncommented(text);
    let mut named = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        // A macro says it to whoever uses it.
        if !text[..at].ends_with('$') {
            spell(&text[at + "crate::".len()..], &[], &mut named);
        }
    }
    let mut named: Vec<_> = named.into_iter().map(|(path, _)| path).collect();
    let folder: Vec<String> = (path.parent().into_iter().flatten())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    for (_, name) in siblings_named(&text) {
        named.push([&folder[..], &[name.to_owned()]].concat());
    }
    named
}

/// Spells out the paths that a text begins with, `a::{b, c::d as e}` as `a::b` and `a::c::d`, each
/// with the name that it is given. Gives what comes after them.
fn spell<'a>(text: &'a str, above: &[String], named: &mut Vec<(Vec<String>, String)>) -> &'a str {
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
            match rest.chars().next() {
                Some(c) if is_of_a_word(c) || c == '{' => rest = spell(rest, above, named),
                // The end, or nothing that `use` could have.
                _ => return rest.get(1..).unwrap_or(""),
            }
        }
    }
    let (word, rest) = first_word(text);
    let path = [above, &[word.to_owned()]].concat();
    match rest.strip_prefix("::") {
        Some(below) if below.starts_with(|c| c == '{' || is_of_a_word(c)) => {
            spell(below, &path, named)
        }
        _ => {
            let (name, rest) = rest.strip_prefix(" as ").map_or((word, rest), first_word);
            named.push((path, name.to_owned()));
            rest
        }
    }
}

fn first_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c| !is_of_a_word(c)).unwrap_or(text.len()))
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The folder in which two ways part: that of the file that takes, and that of what it names. Gives
/// where each of them goes on.
fn arrow(tree: &Tree, path: &Path, named: &[String]) -> Option<(PathBuf, String, String)> {
    let mut folder = PathBuf::new();
    let steps: Vec<&str> = path.iter().filter_map(|step| step.to_str()).collect();
    let mut steps = steps.iter().map(|step| step.trim_end_matches(".rs"));
    let mut taker = steps.next()?;
    for word in named {
        let mut giver = word.clone();
        loop {
            if !is_entry(tree, &folder, &giver) {
                // The face of this folder hands it out, and has it from somewhere in it.
                giver = handed_out(tree, &folder, word)?;
            }
            if giver != taker {
                return Some((folder, taker.to_owned(), giver));
            }
            folder.push(taker);
            taker = steps.next()?;
            if giver == *word {
                break;
            }
            giver.clone_from(word);
        }
    }
    None
}

/// Which of a folder's own files or folders its face has a name from.
fn handed_out(tree: &Tree, folder: &Path, name: &str) -> Option<String> {
    let faces = ["mod.rs", "lib.rs", "main.rs"].map(|face| folder.join(face));
    let text = faces.iter().find_map(|face| tree.get(face))?;
    let text = uncommented(text);
    let mut handed = Vec::new();
    for (at, _) in text.match_indices("use ") {
        spell(&text[at + "use ".len()..], &[], &mut handed);
    }
    let (of_it, _) = handed.iter().find(|(_, handed)| handed == name)?;
    let first = of_it.iter().find(|word| *word != "self")?;
    is_entry(tree, folder, first).then(|| first.clone())
}

/// Whether a folder has a file or a folder of this name.
fn is_entry(tree: &Tree, folder: &Path, name: &str) -> bool {
    let file = folder.join(format!("{name}.rs"));
    let below = folder.join(name);
    !name.is_empty()
        && (tree.contains_key(&file) || tree.keys().any(|path| path.starts_with(&below)))
}

fn is_face(path: &Path) -> bool {
    ["mod.rs", "lib.rs", "main.rs"]
        .iter()
        .any(|face| path.ends_with(face))
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
            // What it takes `*` from would be hidden from `circles`.
            let own = rest
                .strip_prefix("use ")
                .and_then(|path| path.strip_suffix("::*;"));
            let folder = path.parent().unwrap_or(Path::new(""));
            if own.is_some_and(|name| is_entry(tree, folder, name)) {
                let shown = path.display();
                untidy.push(format!("{shown}:{number}: a face names what it hands out"));
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

/// The code without its comments.
fn uncommented(text: &str) -> String {
    let lines = code(text).map(|(_, line)| line.split(" // ").next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

fn words_after<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix).filter_map(move |(at, _)| {
        // With `$`, a macro says it to whoever uses it.
        let joined = line[..at].ends_with(|c: char| is_of_a_word(c) || c == '$');
        let rest = &line[at + prefix.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        (!joined).then(|| &rest[..end.unwrap_or(rest.len())])
    })
}
