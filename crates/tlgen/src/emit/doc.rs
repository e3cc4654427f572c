//! The documentation of generated items.
use crate::resolved::{Constructor, Union};

/// The line of the schema with a link to the official page, as a doc comment.
pub(super) fn definition(constructor: &Constructor, kind: &str) -> String {
    let Constructor {
        text, name, api, ..
    } = constructor;
    format!("/// [`{text}`]({})\n", page(kind, &name.to_string(), *api))
}

pub(super) fn union(union: &Union, api: bool, default: &str) -> String {
    let name = union.name();
    let page = page("type", &name.to_string(), api);
    format!("/// The type [`{name}`]({page}). Its default is `{default}`.\n")
}

fn page(kind: &str, name: &str, api: bool) -> String {
    if api {
        format!("https://core.telegram.org/{kind}/{name}")
    } else {
        // The types of MTProto have no pages of their own.
        "https://core.telegram.org/schema/mtproto".to_owned()
    }
}
