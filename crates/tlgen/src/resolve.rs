//! Gives the names of a schema their meaning.
use std::collections::HashMap;

use crate::ast::{Body, Category, Definition, Field, FieldKind, Name, Schema, Type};
use crate::error::{ErrorKind, SchemaError};
use crate::ids::derived_id;
use crate::layout::lay_out;
use crate::names;
use crate::resolved::{Constructor, Member, Resolved, Shape, Union};
use crate::secrets::is_secret;

/// Definitions that the codec writes and reads by itself.
const PRIMITIVE: [&str; 4] = ["boolTrue", "boolFalse", "true", "vector"];

/// How many fields of flags a definition may have. More than a handful would not be TL as anybody
/// writes it.
const MOST_FLAGS: usize = 4;

type Result<T> = std::result::Result<T, SchemaError>;

/// Gives every name in `schemas` its meaning. They become one: types of one may stand in another.
///
/// # Errors
/// When a name has no meaning or two, or a type could not exist in Rust.
pub fn resolve(schemas: &[Schema]) -> Result<Resolved> {
    let mut resolver = Resolver::default();
    for schema in schemas {
        for definition in &schema.definitions {
            resolver.declare(schema, definition)?;
        }
        resolver.resolved.layer = schema.layer.unwrap_or(resolver.resolved.layer);
    }
    for schema in schemas {
        for definition in &schema.definitions {
            if resolver.is_emitted(definition) {
                resolver.define(schema, definition)?;
            }
        }
    }
    let mut resolved = resolver.resolved;
    lay_out(&mut resolved).map_err(|(name, kind)| {
        let definitions = schemas.iter().flat_map(|schema| {
            schema
                .definitions
                .iter()
                .map(move |definition| (schema, definition))
        });
        let mut named = definitions.filter(|(_, definition)| definition.result.name == name);
        let (source, position) = match named.next() {
            Some((schema, definition)) => (schema.source.as_str(), definition.position),
            None => ("", Default::default()),
        };
        SchemaError::new(source, position, kind)
    })?;
    Ok(resolved)
}

#[derive(Default)]
struct Resolver {
    resolved: Resolved,
    /// Type names → indices of unions.
    unions: HashMap<Name, usize>,
    /// Constructor names → indices of constructors.
    constructors: HashMap<Name, usize>,
    constructor_count: usize,
    ids: HashMap<u32, Name>,
    names: HashMap<(Category, Name), ()>,
    rust_names: HashMap<RustName, Name>,
}

/// A room of names in Rust, what it is part of, and a name in it.
type RustName = (&'static str, Option<String>, String);

impl Resolver {
    fn is_emitted(&self, definition: &Definition) -> bool {
        matches!(definition.body, Body::Fields(_))
            && !PRIMITIVE.contains(&definition.name.to_string().as_str())
    }

    /// Learns that a definition exists.
    fn declare(&mut self, schema: &Schema, definition: &Definition) -> Result<()> {
        let fail = |kind| Err(SchemaError::new(&schema.source, definition.position, kind));
        let name = &definition.name;
        let category = definition.category;
        if let (false, Some(id)) = (self.is_emitted(definition), definition.id) {
            // Both schemas may describe the vector.
            match self.ids.insert(id, name.clone()) {
                Some(first) if first != *name => {
                    let first = first.to_string();
                    return fail(ErrorKind::DuplicateId { id, first });
                }
                _ => {}
            }
            if !self.resolved.primitives.contains(&(name.clone(), id)) {
                self.resolved.primitives.push((name.clone(), id));
            }
        }
        if !self.is_emitted(definition) {
            return Ok(());
        }
        let Some(id) = definition.id else {
            return fail(ErrorKind::NoId {
                name: name.to_string(),
                derived: derived_id(definition),
            });
        };
        if self.names.insert((category, name.clone()), ()).is_some() {
            return fail(ErrorKind::DuplicateName(name.to_string()));
        }
        if let Some(first) = self.ids.insert(id, name.clone()) {
            return fail(ErrorKind::DuplicateId {
                id,
                first: first.to_string(),
            });
        }
        let room = match category {
            Category::Type => "types",
            Category::Function => "functions",
        };
        self.claim(schema, definition, room, name)?;
        if category == Category::Type {
            let ty = &definition.result;
            if !ty.arguments.is_empty() || ty.bare || ty.function {
                return fail(ErrorKind::Misplaced(ty.to_string()));
            }
            self.constructors
                .insert(name.clone(), self.constructor_count);
            let next = self.unions.len();
            let union = *self.unions.entry(ty.name.clone()).or_insert(next);
            if union == next {
                self.claim(schema, definition, "enums", &ty.name)?;
                let name = Some(ty.name.clone());
                self.resolved.unions.push(Union {
                    name,
                    ..Union::default()
                });
            }
            let variant = names::variant(name, &ty.name);
            let of = Some(ty.name.to_string());
            self.claim_rust(schema, definition, ("variants", of, variant), name)?;
            self.resolved.unions[union]
                .constructors
                .push(self.constructor_count);
            self.constructor_count += 1;
        }
        Ok(())
    }

    /// Makes sure that no two things get the same name in Rust.
    fn claim(
        &mut self,
        schema: &Schema,
        definition: &Definition,
        room: &'static str,
        name: &Name,
    ) -> Result<()> {
        let rust = names::pascal(&name.base);
        if let Some(namespace) = &name.namespace {
            let module = ("modules", None, names::module(namespace));
            let name = Name {
                namespace: None,
                base: namespace.clone(),
            };
            self.claim_rust(schema, definition, module, &name)?;
        }
        if names::RESERVED.contains(&rust.as_str()) {
            let kind = ErrorKind::ReservedName(rust);
            return Err(SchemaError::new(&schema.source, definition.position, kind));
        }
        let key = (room, name.namespace.clone(), rust);
        self.claim_rust(schema, definition, key, name)
    }

    /// The same for a name that is written in Rust already. What has it may claim it again.
    fn claim_rust(
        &mut self,
        schema: &Schema,
        definition: &Definition,
        key: RustName,
        name: &Name,
    ) -> Result<()> {
        let rust = key.2.clone();
        match self.rust_names.insert(key, name.clone()) {
            Some(first) if first != *name => {
                let kind = ErrorKind::RustName {
                    name: rust,
                    first: first.to_string(),
                };
                Err(SchemaError::new(&schema.source, definition.position, kind))
            }
            _ => Ok(()),
        }
    }

    fn define(&mut self, schema: &Schema, definition: &Definition) -> Result<()> {
        let fail = |kind| Err(SchemaError::new(&schema.source, definition.position, kind));
        let parameter = match (definition.category, definition.parameters.as_slice()) {
            (_, []) => None,
            (Category::Function, [parameter]) => Some(parameter.name.clone()),
            _ => return fail(ErrorKind::Misplaced(definition.parameters[0].name.clone())),
        };
        let mut scope = Scope {
            resolver: self,
            schema,
            definition,
            flags: Vec::new(),
        };
        let mut members = Vec::new();
        for field in definition.fields() {
            scope.name(field)?;
            members.push(scope.member(field)?);
        }
        let result = match scope.shape(&definition.result) {
            Ok(shape @ (Shape::Flags | Shape::True)) => {
                let _ = shape;
                return fail(ErrorKind::Misplaced(definition.result.to_string()));
            }
            Ok(shape) => shape,
            Err(kind) => return fail(kind),
        };
        let constructor = Constructor {
            name: definition.name.clone(),
            id: definition.id.unwrap_or_default(), // `declare` has refused definitions without one
            members,
            result,
            parameter,
            text: definition.to_string().trim_end_matches(';').to_owned(),
            api: schema.layer.is_some(),
        };
        match definition.category {
            Category::Type => self.resolved.constructors.push(constructor),
            Category::Function => self.resolved.functions.push(constructor),
        }
        Ok(())
    }
}

/// What the fields of one definition can refer to.
struct Scope<'a> {
    resolver: &'a Resolver,
    schema: &'a Schema,
    definition: &'a Definition,
    flags: Vec<String>,
}

impl Scope<'_> {
    /// Makes sure that no other field has the name of this one, nor its name in Rust.
    fn name(&self, field: &Field) -> Result<()> {
        let others = self.definition.fields().iter();
        let mut others = others.filter(|other| other.position != field.position);
        let same = |other: &&Field| names::field(&other.name) == names::field(&field.name);
        let kind = match others.find(same) {
            None => return Ok(()),
            Some(other) if other.name == field.name => {
                ErrorKind::DuplicateField(field.name.clone())
            }
            Some(other) => ErrorKind::RustName {
                name: names::field(&field.name),
                first: other.name.clone(),
            },
        };
        Err(SchemaError::new(&self.schema.source, field.position, kind))
    }

    fn member(&mut self, field: &Field) -> Result<Member> {
        let fail = |kind| Err(SchemaError::new(&self.schema.source, field.position, kind));
        let name = field.name.clone();
        let FieldKind::Value { condition, ty } = &field.kind else {
            // The walk over values keeps as many.
            if self.flags.len() == MOST_FLAGS {
                return fail(ErrorKind::TooManyFlags);
            }
            self.flags.push(name.clone());
            return Ok(Member {
                name,
                shape: Shape::Flags,
                condition: None,
                secret: false,
            });
        };
        let condition = match condition {
            None => None,
            Some(condition) => match self.flags.iter().position(|name| *name == condition.flags) {
                Some(index @ 0..MOST_FLAGS) => Some((index as u8, condition.bit)),
                _ => return fail(ErrorKind::UnknownFlags(condition.flags.clone())),
            },
        };
        let shape = match self.shape(ty) {
            Ok(Shape::True) if condition.is_none() => {
                return fail(ErrorKind::Misplaced(ty.to_string()));
            }
            Ok(Shape::Parameter) if !ty.function || condition.is_some() => {
                return fail(ErrorKind::Misplaced(ty.to_string()));
            }
            Ok(shape) => shape,
            Err(kind) => return fail(kind),
        };
        let secret = is_secret(&self.definition.name.to_string(), &name);
        Ok(Member {
            name,
            shape,
            condition,
            secret,
        })
    }

    fn shape(&self, ty: &Type) -> std::result::Result<Shape, ErrorKind> {
        let is_parameter = ty.name.namespace.is_none()
            && self
                .definition
                .parameters
                .iter()
                .any(|parameter| parameter.name == ty.name.base);
        if is_parameter && ty.arguments.is_empty() && !ty.bare {
            return Ok(Shape::Parameter);
        }
        if ty.function {
            return Err(ErrorKind::Misplaced(ty.to_string()));
        }
        let name = ty.name.to_string();
        if let "Vector" | "vector" = name.as_str() {
            let [item] = ty.arguments.as_slice() else {
                return Err(ErrorKind::BadVector(ty.to_string()));
            };
            let boxed = name == "Vector" && !ty.bare;
            return match self.shape(item)? {
                Shape::True | Shape::Parameter => Err(ErrorKind::Misplaced(item.to_string())),
                item => Ok(Shape::Vector {
                    boxed,
                    item: Box::new(item),
                }),
            };
        }
        if !ty.arguments.is_empty() {
            return Err(ErrorKind::Misplaced(ty.to_string()));
        }
        let primitive = match name.as_str() {
            "int" => Some(Shape::Int),
            "long" => Some(Shape::Long),
            "double" => Some(Shape::Double),
            "string" => Some(Shape::Text),
            "bytes" => Some(Shape::Bytes),
            "Bool" => Some(Shape::Bool),
            "true" => Some(Shape::True),
            "int128" => Some(Shape::Int128),
            "int256" => Some(Shape::Int256),
            _ => None,
        };
        match primitive {
            Some(_) if ty.bare => Err(ErrorKind::Misplaced(ty.to_string())),
            Some(shape) => Ok(shape),
            None => self.reference(ty),
        }
    }

    fn reference(&self, ty: &Type) -> std::result::Result<Shape, ErrorKind> {
        let starts_small = ty.name.base.starts_with(|c: char| c.is_ascii_lowercase());
        if starts_small {
            return match self.resolver.constructors.get(&ty.name) {
                Some(constructor) => Ok(Shape::Bare(*constructor)),
                None => Err(ErrorKind::UnknownConstructor(ty.name.to_string())),
            };
        }
        let Some(&union) = self.resolver.unions.get(&ty.name) else {
            return Err(ErrorKind::UnknownType(ty.name.to_string()));
        };
        match self.resolver.resolved.unions[union].constructors.as_slice() {
            _ if !ty.bare => Ok(Shape::Boxed(union)),
            // Only a type with one constructor can be written without saying which one.
            [constructor] => Ok(Shape::Bare(*constructor)),
            _ => Err(ErrorKind::Misplaced(ty.to_string())),
        }
    }
}
