//! The methods of a schema, for the tables that name them.
use std::collections::HashMap;

use crate::ast::{Category, Definition, FieldKind, Schema, Type};

use super::table::{Row, TableError};

/// The methods of a schema by their names.
pub(super) struct Methods<'a> {
    schema: &'a Schema,
    by_name: HashMap<String, &'a Definition>,
}

impl<'a> Methods<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let functions = schema.definitions.iter();
        let functions = functions.filter(|it| it.category == Category::Function);
        Self {
            schema,
            by_name: functions.map(|it| (it.name.to_string(), it)).collect(),
        }
    }

    /// The method that a row names.
    pub(super) fn named(&self, row: &Row<'_>, name: &str) -> Result<Method, TableError> {
        let missing = || row.wrong(format!("{name} is no method of the schema"));
        let definition = *self.by_name.get(name).ok_or_else(missing)?;
        Ok(Method {
            id: definition.id.ok_or_else(missing)?,
            has_random_id: self.has_random_id(definition),
        })
    }

    /// Whether a request carries a number by which the server knows it again, or a list of things
    /// that do. A `random_id:bytes` is something else: it names an advertisement.
    fn has_random_id(&self, definition: &Definition) -> bool {
        values(definition).any(|(name, ty)| match ty.arguments.first() {
            None => name == "random_id" && is_number(ty),
            Some(item) if is_number(item) => name == "random_id",
            Some(item) => {
                let constructors = self.schema.definitions.iter();
                let mut items = constructors
                    .filter(|it| it.category == Category::Type && it.result.name == item.name)
                    .peekable();
                items.peek().is_some()
                    && items.all(|it| values(it).any(|(name, _)| name == "random_id"))
            }
        })
    }
}

/// What the tables ask of a method.
pub(super) struct Method {
    pub(super) id: u32,
    pub(super) has_random_id: bool,
}

fn values(definition: &Definition) -> impl Iterator<Item = (&str, &Type)> {
    let fields = definition.fields().iter();
    fields.filter_map(|field| match &field.kind {
        FieldKind::Flags => None,
        FieldKind::Value { ty, .. } => Some((field.name.as_str(), ty)),
    })
}

fn is_number(ty: &Type) -> bool {
    ty.name.namespace.is_none() && matches!(ty.name.base.as_str(), "int" | "long")
}

/// Ids as an array in Rust, in their order.
pub(super) fn array(name: &str, mut ids: Vec<u32>) -> String {
    ids.sort_unstable();
    format!("pub(super) static {name}: &[u32] = &{ids:#x?};\n")
}
