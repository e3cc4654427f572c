//! The official schemas, as they lie in this repository.
use std::collections::BTreeSet;
use std::path::Path;

use tlgen::{
    Category, Options, Resolved, Schema, check_ids, derived_id, format, generate, import, parse,
    resolve,
};

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../schema")
        .join(file);
    std::fs::read_to_string(path).expect("the schema is in the repository")
}

fn schema(file: &str) -> Schema {
    parse(file, &text(file)).expect("the schema is well-formed")
}

fn resolved() -> Resolved {
    resolve(&[schema("api.tl"), schema("mtproto.tl")]).expect("every name has a meaning")
}

#[test]
fn the_api_is_in_its_normal_form() {
    assert!(format(&schema("api.tl")) == text("api.tl"));
    assert_eq!(schema("api.tl").layer, Some(230));
}

#[test]
fn the_normal_form_is_a_fixed_point_for_mtproto_too() {
    let once = format(&schema("mtproto.tl"));
    let again = parse("mtproto.tl", &once).expect("what was written can be read");
    assert_eq!(format(&again), once);
    assert_eq!(
        again.definitions.len(),
        schema("mtproto.tl").definitions.len()
    );
}

#[test]
fn every_id_follows_from_its_definition_but_for_three() {
    let mut counted = 0;
    let mut exceptions = Vec::new();
    for schema in [schema("api.tl"), schema("mtproto.tl")] {
        check_ids(&schema).expect("only the known exceptions differ");
        for definition in schema.definitions {
            counted += usize::from(definition.id.is_some());
            if definition
                .id
                .is_some_and(|id| id != derived_id(&definition))
            {
                exceptions.push(definition.name.to_string());
            }
        }
    }
    assert_eq!(counted, 2_554 + 51);
    assert_eq!(
        exceptions,
        ["ipPortSecret", "accessPointRule", "help.configSimple"]
    );
}

#[test]
fn every_definition_finds_its_place() {
    let resolved = resolved();
    assert_eq!(resolved.layer, 230);
    assert_eq!(
        (resolved.constructors.len(), resolved.functions.len()),
        (1_741, 860)
    );
    assert_eq!(resolved.unions.len(), 673);
    let names: Vec<_> = resolved
        .primitives
        .iter()
        .map(|(name, _)| name.to_string())
        .collect();
    assert_eq!(names, ["boolFalse", "boolTrue", "true", "vector"]);
}

#[test]
fn defaults_are_the_empty_ones_or_the_shallowest() {
    let resolved = resolved();
    let default = |ty: &str| {
        let union = resolved
            .unions
            .iter()
            .find(|union| union.name().to_string() == ty);
        let union = union.expect("the type exists");
        resolved.constructors[union.constructors[union.default]]
            .name
            .to_string()
    };
    assert_eq!(default("InputPeer"), "inputPeerEmpty");
    assert_eq!(default("Message"), "messageEmpty");
    assert_eq!(default("Peer"), "peerUser");
    assert_eq!(default("RichText"), "textEmpty");
    assert_eq!(default("Updates"), "updatesTooLong");
}

#[test]
fn large_variants_are_boxed() {
    let resolved = resolved();
    let boxed = |constructor: &str| {
        let is_it = |index: &usize| resolved.constructors[*index].name.to_string() == constructor;
        let find = |union: &tlgen::Union| {
            let index = union.constructors.iter().position(is_it)?;
            Some(union.boxed[index])
        };
        resolved
            .unions
            .iter()
            .find_map(find)
            .expect("the constructor exists")
    };
    for constructor in [
        "message",
        "messageEmpty",
        "messageService",
        "user",
        "textBold",
    ] {
        assert!(boxed(constructor), "{constructor}");
    }
    for constructor in ["inputPeerUser", "peerUser", "userEmpty", "updateUserStatus"] {
        assert!(!boxed(constructor), "{constructor}");
    }
    assert!(
        boxed("inputPeerUserFromMessage"),
        "it contains an InputPeer"
    );
}

/// Fields that somebody marked as secret and that no longer exist would be a mark on nothing.
#[test]
fn every_secret_is_there() {
    let resolved = resolved();
    let secrets = |definition: &str| -> Vec<String> {
        let all = resolved.constructors.iter().chain(&resolved.functions);
        let mut found = all.filter(|one| one.name.to_string() == definition);
        let members = found.next().map(|one| one.members.iter());
        let secret = members.into_iter().flatten().filter(|member| member.secret);
        secret.map(|member| member.name.clone()).collect()
    };
    assert_eq!(secrets("auth.signIn"), ["phone_code_hash", "phone_code"]);
    assert_eq!(
        secrets("auth.importBotAuthorization"),
        ["api_hash", "bot_auth_token"]
    );
    assert_eq!(secrets("inputCheckPasswordSRP"), ["A", "M1"]);
    assert_eq!(secrets("auth.importAuthorization"), ["bytes"]);
    assert_eq!(secrets("upload.saveFilePart"), [""; 0]);
    assert_eq!(tlgen::secrets_on_nothing(&resolved), [""; 0]);
}

#[test]
fn the_import_of_the_same_layer_changes_nothing() {
    let old = schema("api.tl");
    let mut new = old.clone();
    // In another order, in another style.
    new.definitions.reverse();
    let mut foreign = "// somebody's header\n/* a\n   block */\n".to_owned();
    for category in [Category::Function, Category::Type] {
        foreign += match category {
            Category::Function => "---functions---\n",
            Category::Type => "---types---\n",
        };
        for one in new
            .definitions
            .iter()
            .filter(|one| one.category == category)
        {
            foreign += &format!("{one} // {}\n\n", one.name).replace(" = ", "\n  = ");
        }
    }
    foreign += "// LAYER 230\n";
    let new = parse("foreign.tl", &foreign).expect("the style does not matter");
    let (imported, changes) = import(&old, &new).expect("every name has a meaning");
    assert_eq!(changes, tlgen::Changes::default());
    assert!(format(&imported) == text("api.tl"));
}

#[test]
fn the_generated_code_names_its_pages() {
    let options = Options {
        root: "crate::tl".to_owned(),
        server: false,
        read: vec!["help.getAppConfig".to_owned()],
    };
    let output = generate(&resolved(), &options).expect("the tables have room");
    for line in [
        "/// [`peerUser#59511722 user_id:long = Peer`]\
         (https://core.telegram.org/constructor/peerUser)",
        "/// The type [`Peer`](https://core.telegram.org/type/Peer). Its default is `User`.",
        "/// [`help.getConfig#c4f9186b = Config`](https://core.telegram.org/method/help.getConfig)",
    ] {
        assert!(output.code.contains(line), "{line}");
    }
    assert!(!output.code.contains("Deserialize for GetConfig "));
    assert!(output.code.contains("Deserialize for GetAppConfig "));
    let server = Options {
        server: true,
        ..options
    };
    let output = generate(&resolved(), &server).expect("the tables have room");
    assert!(output.code.contains("Deserialize for GetConfig "));
    assert!(
        output
            .code
            .contains("impl<X: Deserialize> Deserialize for InvokeWithLayer<X> ")
    );
}

#[test]
fn the_methods_of_the_errors_are_those_of_the_api() {
    let api = schema("api.tl");
    let functions = api
        .definitions
        .iter()
        .filter(|it| it.category == Category::Function);
    let functions: BTreeSet<String> = functions.map(|it| it.name.to_string()).collect();
    let text = text("errors.tsv");
    tlgen::errors("errors.tsv", &text).expect("the table is well-formed");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let methods = rows.filter_map(|line| line.rsplit('\t').next());
    let methods = methods
        .flat_map(|cell| cell.split(' '))
        .filter(|it| *it != "-");
    let unknown: BTreeSet<&str> = methods.filter(|it| !functions.contains(*it)).collect();
    assert_eq!(unknown, BTreeSet::new());
}
