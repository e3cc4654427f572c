//! How names of the schema are written in Rust.
use crate::ast::Name;

/// Words that Rust keeps for itself, but for `self`, `Self`, `super` and `crate`, which cannot be
/// raw.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Names that the generated code is written with, or that Rust does not let anybody have. A type of
/// such a name would stand in the way of the generated code around it.
pub(crate) const RESERVED: [&str; 18] = [
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Formatter",
    "From",
    "Identifiable",
    "Option",
    "PartialEq",
    "Reader",
    "RemoteCall",
    "Result",
    "Self",
    "Serialize",
    "String",
    "Vec",
    "X",
];

/// `inputPeerSelf` → `InputPeerSelf`, `p_q_inner_data_dc` → `PQInnerDataDc`, `JSONValue` →
/// `Jsonvalue`: runs of capitals are taken as one word, as the other Rust libraries for Telegram
/// do.
pub(crate) fn pascal(base: &str) -> String {
    #[derive(PartialEq)]
    enum Next {
        Upper,
        Lower,
        Keep,
    }
    let mut out = String::with_capacity(base.len());
    let mut next = Next::Upper;
    for c in base.chars() {
        if c == '_' {
            next = Next::Upper;
            continue;
        }
        out.push(match next {
            Next::Upper => c.to_ascii_uppercase(),
            Next::Lower => c.to_ascii_lowercase(),
            Next::Keep => c,
        });
        let in_run = next == Next::Upper || c.is_ascii_uppercase();
        next = if in_run { Next::Lower } else { Next::Keep };
    }
    out
}

/// The name of a constructor as a variant of its type: without the name of the type before it.
/// Where nothing or only `Self` would be left, the last word or the last two words stay.
pub(crate) fn variant(constructor: &Name, ty: &Name) -> String {
    let name = pascal(&constructor.base);
    let rest = name.strip_prefix(&pascal(&ty.base)).unwrap_or(&name);
    match rest {
        "" => last_words(&name, 1),
        "Self" => last_words(&name, 2),
        // What is left of a longer word, such as the `s` of a plural, is no name.
        _ if !rest.starts_with(|c: char| c.is_ascii_uppercase()) => name,
        _ => rest.to_owned(),
    }
}

fn last_words(name: &str, count: usize) -> String {
    let capitals = name.match_indices(|c: char| c.is_ascii_uppercase());
    let start = capitals.map(|(index, _)| index).rev().nth(count - 1);
    name[start.unwrap_or(0)..].to_owned()
}

/// The name of a field.
pub(crate) fn field(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "self" => "is_self".to_owned(),
        word @ ("super" | "crate") => format!("{word}_"),
        word => raw(word),
    }
}

/// The name of a module.
pub(crate) fn module(namespace: &str) -> String {
    field(namespace)
}

fn raw(word: &str) -> String {
    if KEYWORDS.contains(&word) {
        format!("r#{word}")
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, field, pascal, variant};

    fn name(base: &str) -> Name {
        Name {
            namespace: None,
            base: base.to_owned(),
        }
    }

    #[test]
    fn names_are_those_of_the_other_libraries() {
        assert_eq!(pascal("inputPeerSelf"), "InputPeerSelf");
        assert_eq!(pascal("resPQ"), "ResPq");
        assert_eq!(pascal("p_q_inner_data_temp_dc"), "PQInnerDataTempDc");
        assert_eq!(pascal("Server_DH_Params"), "ServerDhParams");
        assert_eq!(pascal("JSONValue"), "Jsonvalue");
        assert_eq!(pascal("updateNewMessage"), "UpdateNewMessage");
    }

    #[test]
    fn variants_lose_the_name_of_their_type() {
        assert_eq!(variant(&name("inputPeerUser"), &name("InputPeer")), "User");
        assert_eq!(
            variant(&name("inputPeerSelf"), &name("InputPeer")),
            "PeerSelf"
        );
        assert_eq!(variant(&name("message"), &name("Message")), "Message");
        assert_eq!(variant(&name("sentCode"), &name("SentCode")), "Code");
        assert_eq!(
            variant(&name("channelFull"), &name("ChatFull")),
            "ChannelFull"
        );
        assert_eq!(variant(&name("updates"), &name("Update")), "Updates");
    }

    #[test]
    fn keywords_are_escaped() {
        assert_eq!(field("type"), "r#type");
        assert_eq!(field("self"), "is_self");
        assert_eq!(field("from"), "from");
    }
}
