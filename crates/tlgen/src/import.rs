//! Takes over a newer layer.
use std::collections::HashMap;
use std::fmt;

use crate::ast::{Category, Definition, Name, Schema};
use crate::error::SchemaError;
use crate::resolve::resolve;
use crate::resolved::Resolved;

/// What a newer schema changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Definitions that only the newer one has.
    pub added: Vec<String>,
    /// Definitions that only the older one has.
    pub removed: Vec<String>,
    /// Definitions that differ: the older and the newer line.
    pub changed: Vec<(String, String)>,
    /// Constructors whose variant is boxed in one of them only, and whether it is in the newer one.
    pub flipped: Vec<(String, bool)>,
    /// Types with another default: the type, the older and the newer one.
    pub defaults: Vec<(String, String, String)>,
}

/// Takes over `new`, in whatever order it stands, after `old`: gives it in the order of the normal
/// form, where what both have keeps the order of the old one, and says what has changed.
///
/// # Errors
/// When one of the schemas uses names that it does not define.
pub fn import(old: &Schema, new: &Schema) -> Result<(Schema, Changes), SchemaError> {
    let key = |definition: &Definition| (definition.category, definition.name.clone());
    let places: HashMap<(Category, Name), usize> = old
        .definitions
        .iter()
        .enumerate()
        .map(|(place, one)| (key(one), place))
        .collect();
    let newer: HashMap<(Category, Name), &Definition> =
        new.definitions.iter().map(|one| (key(one), one)).collect();
    let mut changes = Changes::default();
    for definition in &old.definitions {
        match newer.get(&key(definition)) {
            None => changes.removed.push(definition.to_string()),
            Some(other)
                if other.id != definition.id || other.without_id() != definition.without_id() =>
            {
                changes
                    .changed
                    .push((definition.to_string(), other.to_string()));
            }
            Some(_) => {}
        }
    }
    let added = new
        .definitions
        .iter()
        .filter(|one| !places.contains_key(&key(one)));
    changes.added = added.map(Definition::to_string).collect();
    let mut schema = new.clone();
    schema
        .definitions
        .sort_by_key(|one| places.get(&key(one)).copied().unwrap_or(usize::MAX));
    for definition in &mut schema.definitions {
        if let Some(place) = places.get(&key(definition)) {
            // How many digits an id was written with is no change.
            let older = &old.definitions[*place];
            if older.id == definition.id {
                definition.id_digits = older.id_digits;
            }
        }
    }
    // Defaults depend on the order, so it is the imported schema that is compared.
    let (older, newer) = (
        resolve(std::slice::from_ref(old))?,
        resolve(std::slice::from_ref(&schema))?,
    );
    compare_layouts(&older, &newer, &mut changes);
    Ok((schema, changes))
}

fn compare_layouts(old: &Resolved, new: &Resolved, changes: &mut Changes) {
    let older = layouts(old);
    for (name, boxed) in layouts(new) {
        match older.get(&name) {
            Some(was) if *was != boxed => changes.flipped.push((name, boxed)),
            _ => {}
        }
    }
    let defaults: HashMap<String, String> = defaults(old).collect();
    for (name, default) in self::defaults(new) {
        match defaults.get(&name) {
            Some(was) if *was != default => changes.defaults.push((name, was.clone(), default)),
            _ => {}
        }
    }
    changes.flipped.sort();
    changes.defaults.sort();
}

fn layouts(resolved: &Resolved) -> HashMap<String, bool> {
    let variants = resolved
        .unions
        .iter()
        .flat_map(|union| union.constructors.iter().zip(&union.boxed));
    variants
        .map(|(constructor, boxed)| (&resolved.constructors[*constructor], boxed))
        .filter(|(constructor, _)| !constructor.members.is_empty())
        .map(|(constructor, boxed)| (constructor.name.to_string(), *boxed))
        .collect()
}

fn defaults(resolved: &Resolved) -> impl Iterator<Item = (String, String)> + '_ {
    resolved.unions.iter().map(|union| {
        let default = &resolved.constructors[union.constructors[union.default]];
        (union.name().to_string(), default.name.to_string())
    })
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.added {
            writeln!(f, "added    {line}")?;
        }
        for line in &self.removed {
            writeln!(f, "removed  {line}")?;
        }
        for (old, new) in &self.changed {
            writeln!(f, "changed  {old}\n      to {new}")?;
        }
        for (name, boxed) in &self.flipped {
            let how = if *boxed {
                "now boxed"
            } else {
                "no longer boxed"
            };
            writeln!(
                f,
                "variant  {name} is {how}: code that builds or takes it apart breaks"
            )?;
        }
        for (name, old, new) in &self.defaults {
            writeln!(f, "default  {name}: {old} becomes {new}")?;
        }
        Ok(())
    }
}
