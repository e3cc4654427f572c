//! The normal form of a schema.
use std::fmt::Write;

use crate::ast::{Category, Definition, Name, Schema};

/// Writes `schema` in the normal form: no comments but the first, types by namespace and result
/// type, functions by namespace, and inside of these in the order in which they were given.
#[must_use]
pub fn format(schema: &Schema) -> String {
    let mut out = String::new();
    if let Some(layer) = schema.layer {
        let _ = writeln!(
            out,
            "// Telegram API, layer {layer}. Normal form: no comments, types by namespace and \
             result type, functions by namespace.\n// LAYER {layer}"
        );
    } else if let Some(title) = &schema.title {
        let _ = writeln!(out, "// {title}");
    }
    blocks(
        schema,
        Category::Type,
        |definition| type_key(&definition.result.name),
        &mut out,
    );
    if schema
        .definitions
        .iter()
        .any(|definition| definition.category == Category::Function)
    {
        out += "\n---functions---\n";
    }
    blocks(
        schema,
        Category::Function,
        |definition| namespace_key(&definition.name),
        &mut out,
    );
    out
}

/// Writes the definitions of one category, a block for each key, in the order of the keys.
fn blocks<K: Ord>(
    schema: &Schema,
    category: Category,
    key: impl Fn(&Definition) -> K,
    out: &mut String,
) {
    let of_category = |definition: &&Definition| definition.category == category;
    let mut definitions: Vec<_> = schema.definitions.iter().filter(of_category).collect();
    definitions.sort_by_key(|definition| key(definition));
    let mut previous = None;
    for definition in definitions {
        let key = key(definition);
        if previous.as_ref() != Some(&key) {
            out.push('\n');
        }
        previous = Some(key);
        let _ = writeln!(out, "{definition}");
    }
}

fn namespace_key(name: &Name) -> String {
    name.namespace.clone().unwrap_or_default()
}

fn type_key(name: &Name) -> (String, String, String) {
    (
        namespace_key(name),
        name.base.to_lowercase(),
        name.base.clone(),
    )
}
