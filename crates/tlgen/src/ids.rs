//! Constructor ids: the rule that makes them.
use crate::ast::{Definition, Field, FieldKind, Schema, Type};
use crate::crc32::crc32;
use crate::error::{ErrorKind, SchemaError};

/// Constructors of the official schemas whose ids do not follow from the text that is published.
const EXCEPTIONS: [&str; 3] = ["ipPortSecret", "accessPointRule", "help.configSimple"];

/// The id that the text of a definition gives: its CRC-32 without the id, without `true` flags,
/// with `bytes` written as `string` (but in vectors), and with type arguments and parameters
/// written without brackets (<https://core.telegram.org/mtproto/serialize#boxed-and-bare-types>).
#[must_use]
pub fn derived_id(definition: &Definition) -> u32 {
    let mut plain = definition.clone();
    if let crate::ast::Body::Fields(fields) = &mut plain.body {
        fields.retain(|field| !is_true_flag(field));
        for field in fields {
            if let FieldKind::Value { ty, .. } = &mut field.kind {
                bytes_as_string(ty);
            }
        }
    }
    let text = plain
        .without_id()
        .replace('<', " ")
        .replace(['>', '{', '}'], "");
    crc32(text.as_bytes())
}

fn is_true_flag(field: &Field) -> bool {
    matches!(&field.kind, FieldKind::Value { condition: Some(_), ty } if ty.name.base == "true")
}

fn bytes_as_string(ty: &mut Type) {
    if ty.name.base == "bytes" {
        ty.name.base = "string".to_owned();
    }
}

/// Holds every constructor id against [`derived_id`], but for three constructors of MTProto that
/// are known to differ.
///
/// # Errors
/// The first id that does not follow from its definition.
pub fn check_ids(schema: &Schema) -> Result<(), SchemaError> {
    for definition in &schema.definitions {
        let Some(given) = definition.id else { continue };
        let name = definition.name.to_string();
        let derived = derived_id(definition);
        if given != derived && !EXCEPTIONS.contains(&name.as_str()) {
            let kind = ErrorKind::WrongId {
                name,
                given,
                derived,
            };
            return Err(SchemaError::new(&schema.source, definition.position, kind));
        }
    }
    Ok(())
}
