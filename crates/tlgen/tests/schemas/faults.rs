//! Schemas with faults, small schemas, and what changes from one to another.
use tlgen::{ErrorKind, Position, Schema, SchemaError, check_ids, format, import, parse, resolve};

fn parsed(text: &str) -> Schema {
    parse("test.tl", text).unwrap_or_else(|error| panic!("{error}"))
}

fn fault(text: &str) -> SchemaError {
    let schema = match parse("test.tl", text) {
        Ok(schema) => schema,
        Err(error) => return error,
    };
    resolve(&[schema]).expect_err("the schema has a fault")
}

#[track_caller]
fn assert_fault(text: &str, line: usize, column: usize, kind: ErrorKind) {
    let error = fault(text);
    assert_eq!(
        (error.position, error.kind),
        (Position { line, column }, kind),
        "{text}"
    );
}

fn expected(expected: &'static str, found: &str) -> ErrorKind {
    ErrorKind::Expected {
        expected,
        found: found.to_owned(),
    }
}

#[test]
fn faults_of_the_text_are_found_where_they_are() {
    assert_fault("a#1 = A;\n@", 2, 1, ErrorKind::UnexpectedCharacter('@'));
    assert_fault("a#1 = A; é", 1, 10, ErrorKind::UnexpectedCharacter('é'));
    assert_fault("a#1 = A;\n  /* and on", 2, 3, ErrorKind::UnclosedComment);
    // The star of the opening is not the one of the end.
    assert_fault("a#1 = A; /*/ and on", 1, 10, ErrorKind::UnclosedComment);
    assert_fault(
        "---types---\n---oops---",
        2,
        1,
        ErrorKind::UnknownSection("oops".to_owned()),
    );
    assert_fault("a#1 = A", 1, 8, expected("`;`", "the end of the schema"));
    assert_fault(
        "a#1 x:int A;",
        1,
        12,
        expected("`:` after the name of the field", "`;`"),
    );
    assert_fault(
        "a#1 x:int",
        1,
        10,
        expected("a field", "the end of the schema"),
    );
    assert_fault("a#1 x: = A;", 1, 8, expected("a type", "`=`"));
    assert_fault("a#1 = ;", 1, 7, expected("a type", "`;`"));
    assert_fault("= A;", 1, 1, expected("the name of a definition", "`=`"));
    assert_fault("a#1 {X = A;", 1, 8, expected("`:`", "`=`"));
    assert_fault("a#1 x:Vector<int = A;", 1, 18, expected("`>`", "`=`"));
    assert_fault(
        "a#123456789 = A;",
        1,
        3,
        ErrorKind::BadId("123456789".to_owned()),
    );
    assert_fault("a#xyz = A;", 1, 3, ErrorKind::BadId("xyz".to_owned()));
    assert_fault(
        "a#1 f:# x:f.32?int = A;",
        1,
        11,
        ErrorKind::BadBit("32".to_owned()),
    );
    assert_fault(
        "a#1 f:# x:f?int = A;",
        1,
        11,
        ErrorKind::BadBit(String::new()),
    );
    assert_fault("a.b.c#1 = A;", 1, 1, ErrorKind::BadName("a.b.c".to_owned()));
    assert_fault("a.#1 = A;", 1, 1, ErrorKind::BadName("a.".to_owned()));
    assert_fault("1a#1 = A;", 1, 1, ErrorKind::BadName("1a".to_owned()));
    assert_fault(
        "a#1 x.y:int = A;",
        1,
        5,
        ErrorKind::BadName("x.y".to_owned()),
    );
    let deep = format!(
        "a#1 x:{}int{} = A;",
        "Vector<".repeat(1000),
        ">".repeat(1000)
    );
    assert_eq!(fault(&deep).kind, ErrorKind::TooDeep);
}

#[test]
fn faults_of_meaning_are_found() {
    let name = |text: &str| text.to_owned();
    assert_fault(
        "a#1 = A;\na#2 = A;",
        2,
        1,
        ErrorKind::DuplicateName(name("a")),
    );
    let id = ErrorKind::DuplicateId {
        id: 1,
        first: name("a"),
    };
    assert_fault("a#1 = A;\nb#1 = A;", 2, 1, id);
    assert_fault(
        "a#1 x:int x:int = A;",
        1,
        5,
        ErrorKind::DuplicateField(name("x")),
    );
    assert_fault("a#1 x:B = A;", 1, 5, ErrorKind::UnknownType(name("B")));
    assert_fault(
        "a#1 x:b = A;",
        1,
        5,
        ErrorKind::UnknownConstructor(name("b")),
    );
    assert_fault(
        "a#1 x:flags.0?int = A;",
        1,
        5,
        ErrorKind::UnknownFlags(name("flags")),
    );
    assert_fault(
        "a#1 x:f.0?int f:# = A;",
        1,
        5,
        ErrorKind::UnknownFlags(name("f")),
    );
    assert_fault("a#1 x:true = A;", 1, 5, ErrorKind::Misplaced(name("true")));
    assert_fault("a#1 x:!X = A;", 1, 5, ErrorKind::Misplaced(name("!X")));
    assert_fault(
        "a#1 {X:Type} x:int = A;",
        1,
        1,
        ErrorKind::Misplaced(name("X")),
    );
    assert_fault(
        "a#1 x:int<int> = A;",
        1,
        5,
        ErrorKind::Misplaced(name("int<int>")),
    );
    assert_fault(
        "a#1 x:Vector = A;",
        1,
        5,
        ErrorKind::BadVector(name("Vector")),
    );
    let two = ErrorKind::BadVector(name("Vector<int,int>"));
    assert_fault("a#1 x:Vector<int,int> = A;", 1, 5, two);
    assert_fault(
        "a#1 = A; b#2 = A; c#3 x:%A = C;",
        1,
        23,
        ErrorKind::Misplaced(name("%A")),
    );
    assert_fault(
        "a#1 = Vector<A>;",
        1,
        1,
        ErrorKind::Misplaced(name("Vector<A>")),
    );
    // The id of `null`, which the official schema gives.
    let no_id = ErrorKind::NoId {
        name: "null".to_owned(),
        derived: 0x5673_0bcc,
    };
    assert!(no_id.to_string().contains("null#56730bcc"));
    assert_fault("null = Null;", 1, 1, no_id);
    let taken = |name: &str, first: &str| ErrorKind::RustName {
        name: name.to_owned(),
        first: first.to_owned(),
    };
    assert_fault(
        "fooBar#1 = A;\nfoo_bar#2 = A;",
        2,
        1,
        taken("FooBar", "fooBar"),
    );
    assert_fault(
        "a#1 = FooBar; b#2 = Foo_bar;",
        1,
        15,
        taken("FooBar", "FooBar"),
    );
    assert_fault("x.ab#1 = x.Z; x.aB#2 = x.Y;", 1, 15, taken("Ab", "x.ab"));
}

/// Each of these would be Rust that does not compile, with an error that does not name the schema.
#[test]
fn names_that_rust_would_refuse_are_found() {
    let taken = |name: &str, first: &str| ErrorKind::RustName {
        name: name.to_owned(),
        first: first.to_owned(),
    };
    let reserved = |name: &str| ErrorKind::ReservedName(name.to_owned());
    assert_fault("a#1 1x:int = A;", 1, 5, ErrorKind::BadName("1x".to_owned()));
    assert_fault("a#1 _:int = A;", 1, 5, ErrorKind::BadName("_".to_owned()));
    assert_fault("a#1 Aa:int aA:int = A;", 1, 5, taken("aa", "aA"));
    assert_fault(
        "a#1 self:int is_self:int = A;",
        1,
        5,
        taken("is_self", "is_self"),
    );
    assert_fault(
        "a#1 super:int super_:int = A;",
        1,
        5,
        taken("super_", "super_"),
    );
    assert_fault("Foo.a#1 = A;\nfoo.b#2 = B;", 2, 1, taken("foo", "Foo"));
    assert_fault(
        "inputPeerUser#1 = InputPeer;\nuser#2 = InputPeer;",
        2,
        1,
        taken("User", "inputPeerUser"),
    );
    assert_fault("self#1 = A;", 1, 1, reserved("Self"));
    assert_fault("x#1 = Self;", 1, 1, reserved("X"));
    assert_fault("b#2 = B;\na#1 = Option;", 2, 1, reserved("Option"));
    assert_fault("n.vec#1 = A;", 1, 1, reserved("Vec"));
}

#[test]
fn an_id_belongs_to_one_definition_of_the_built_in_ones_too() {
    let vector = "vector#1cb5c415 {t:Type} # [ t ] = Vector t;\n";
    let id = |first: &str| ErrorKind::DuplicateId {
        id: 0x1cb5_c415,
        first: first.to_owned(),
    };
    assert_fault(&format!("{vector}a#1cb5c415 = A;"), 2, 1, id("vector"));
    assert_fault(&format!("a#1cb5c415 = A;\n{vector}"), 2, 1, id("a"));
    resolve(&[parsed(vector), parsed(vector)]).expect("both schemas may describe the vector");
}

#[test]
fn flags_are_as_many_as_a_walk_can_keep() {
    resolve(&[parsed("a#1 f1:# f2:# f3:# f4:# x:f1.0?int y:f4.0?int = A;")]).expect("four");
    let five = "a#1 f1:# f2:# f3:# f4:#\nf5:# x:f1.0?int = A;";
    assert_fault(five, 2, 1, ErrorKind::TooManyFlags);
}

/// A reader counts how deep values are nested where their ids are. Without an id between them, as
/// many as fit into a message would be read on the stack.
#[test]
fn what_is_nested_without_an_id_is_refused() {
    let uncounted = || ErrorKind::Uncounted("A".to_owned());
    assert_fault("z#9 = Z;\na#1 x:vector<a> = A;", 2, 1, uncounted());
    assert_fault("a#1 x:Vector<Vector<%A>> = A;", 1, 1, uncounted());
    assert_fault(
        "a#1 f:# x:f.0?Vector<b> = A;\nb#2 x:a = B;",
        1,
        1,
        uncounted(),
    );
    resolve(&[parsed("a#1 x:vector<b> = A; b#2 x:A = B;")]).expect("an id stands between");
}

#[test]
fn endless_values_are_refused() {
    assert_fault("a#1 x:A = A;", 1, 1, ErrorKind::Endless("A".to_owned()));
    assert_fault(
        "z#9 = Z;\na#1 x:B = A;\nb#2 x:A = B;",
        2,
        1,
        ErrorKind::Endless("A".to_owned()),
    );
    assert_fault(
        "n#1 = N; a#2 f:# x:f.0?a = A;",
        1,
        10,
        ErrorKind::Endless("A".to_owned()),
    );
    // An empty constructor whose field leads back to it cannot be the default's way out.
    assert_fault(
        "aEmpty#1 x:B = A; a#2 = A;\nbEmpty#3 x:A = B; b#4 = B;",
        1,
        1,
        ErrorKind::Endless("A".to_owned()),
    );
    let fine = parsed("leaf#1 = A; node#2 x:A y:Vector<A> = A; opt#3 f:# x:f.0?B = B;");
    let resolved = resolve(&[fine]).expect("each type has a finite value");
    assert!(resolved.unions.iter().all(|union| union.recursive));
    assert_eq!(resolved.unions[0].boxed, [false, true]);
}

#[test]
fn what_the_language_has_is_understood() {
    let schema = parsed(
        "int ? = Int; vector#1cb5c415 {t:Type} # [ t ] = Vector t; int128 4*[ int ] = Int128;
         a#1 flags:# flags2:# on:flags.0?true x:flags2.31?Vector<Vector<int>> y:vector<b> z:%B
           = A; b#2 = B;
         ---functions---
         f#3 {X:Type} q:!X = X; g#4 = Vector<A>;
         ---types---
         c#5 n:int128 m:int256 d:double t:Bool = C;",
    );
    resolve(std::slice::from_ref(&schema)).expect("this is TL");
    let formatted = format(&schema);
    let lines: Vec<&str> = formatted.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        [
            "a#1 flags:# flags2:# on:flags.0?true x:flags2.31?Vector<Vector<int>> y:vector<b> \
             z:%B = A;",
            "b#2 = B;",
            "c#5 n:int128 m:int256 d:double t:Bool = C;",
            "int ? = Int;",
            "int128 4*[ int ] = Int128;",
            "vector#1cb5c415 {t:Type} # [ t ] = Vector t;",
            "---functions---",
            "f#3 {X:Type} q:!X = X;",
            "g#4 = Vector<A>;",
        ]
    );
}

#[test]
fn ids_are_held_against_the_text() {
    let good = "peerUser#59511722 user_id:long = Peer;";
    check_ids(&parsed(good)).expect("this is the official id");
    let error = check_ids(&parsed(&format!("\n  {}", good.replace("long", "int"))));
    let error = error.expect_err("the id is that of another text");
    assert_eq!(error.position, Position { line: 2, column: 3 });
    assert_eq!(
        error.to_string(),
        "test.tl:2:3: peerUser has the id 59511722, but its text gives 9db1bc6d"
    );
}

#[test]
fn an_import_says_what_changes() {
    let old = parsed(
        "// LAYER 1
         aEmpty#1 = A; a#2 x:long y:long z:long = A;
         bOne#3 = B; bTwo#4 x:int = B;
         ---functions--- n.f#5 = A; n.gone#6 = A;",
    );
    let new = parsed(
        "---functions--- n.new#7 = B; n.f#05 = A;
         ---types---
         bNew#8 = B; bTwo#4 x:int = B; b#9 = B;
         a#a x:long y:long z:long s:string t:string = A; aEmpty#1 = A;
         // LAYER 2",
    );
    let (schema, changes) = import(&old, &new).expect("both are well-formed");
    assert_eq!(changes.added, ["n.new#7 = B;", "bNew#8 = B;", "b#9 = B;"]);
    assert_eq!(changes.removed, ["bOne#3 = B;", "n.gone#6 = A;"]);
    let (before, after) = (
        "a#2 x:long y:long z:long = A;",
        "a#a x:long y:long z:long s:string t:string = A;",
    );
    assert_eq!(changes.changed, [(before.to_owned(), after.to_owned())]);
    assert_eq!(changes.flipped, [("a".to_owned(), true)]);
    assert_eq!(
        changes.defaults,
        [("B".to_owned(), "bOne".to_owned(), "bTwo".to_owned())]
    );
    let formatted = format(&schema);
    assert!(formatted.contains("layer 2.") && formatted.contains("\n// LAYER 2\n"));
    assert!(formatted.ends_with(
        "\naEmpty#1 = A;\na#a x:long y:long z:long s:string t:string = A;\n\n\
         bTwo#4 x:int = B;\nbNew#8 = B;\nb#9 = B;\n\n\
         ---functions---\n\nn.f#5 = A;\nn.new#7 = B;\n"
    ));
    let report = changes.to_string();
    assert!(report.contains("added    n.new#7 = B;\n"), "{report}");
    assert!(report.contains("variant  a is now boxed"), "{report}");
}
