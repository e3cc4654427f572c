//! Decides how types lie in memory: which variants are boxed, which are the defaults, which recur.
use crate::ast::Name;
use crate::error::ErrorKind;
use crate::resolved::{Constructor, Member, Resolved, Shape};

/// A variant above this estimated size is boxed, so that enums stay below 64 bytes. Much of what a
/// page of messages consists of (sizes of photos, counts of reactions, texts) is just below: boxed,
/// it would take a quarter more allocations and an eighth more time to read.
const INLINE_LIMIT: usize = 48;

/// An `…Empty` variant above this is boxed too: nobody wants every message to take more room
/// for the sake of those that do not exist.
const EMPTY_INLINE_LIMIT: usize = 8;

/// Fills in what [`resolve`](crate::resolve()) leaves open in the unions.
///
/// # Errors
/// The name of a type whose values could not be finite, or not be counted, and which of them.
pub(crate) fn lay_out(resolved: &mut Resolved) -> Result<(), (Name, ErrorKind)> {
    let endless = |name: Name| (name.clone(), ErrorKind::Endless(name.to_string()));
    let uncounted = |name: Name| (name.clone(), ErrorKind::Uncounted(name.to_string()));
    let everywhere = reachable(&edges(resolved, true));
    let by_value = reachable(&edges(resolved, false));
    bare_is_finite(resolved, false).map_err(endless)?;
    bare_is_finite(resolved, true).map_err(uncounted)?;
    for (index, union) in resolved.unions.iter_mut().enumerate() {
        union.recursive = everywhere[index][index];
        // Sizes are computed with every variant boxed that could contain itself otherwise.
        union.boxed = union.constructors.iter().map(|_| false).collect();
    }
    let mut sizes = Sizes {
        resolved,
        by_value: &by_value,
        known: Vec::new(),
    };
    sizes.known = vec![None; sizes.resolved.unions.len()];
    let boxed: Vec<Vec<bool>> = (0..sizes.resolved.unions.len())
        .map(|union| {
            let constructors = sizes.resolved.unions[union].constructors.clone();
            constructors
                .into_iter()
                .map(|one| sizes.is_boxed(union, one))
                .collect()
        })
        .collect();
    let defaults = defaults(resolved).map_err(endless)?;
    for ((union, boxed), default) in resolved.unions.iter_mut().zip(boxed).zip(defaults) {
        union.boxed = boxed;
        union.default = default;
    }
    Ok(())
}

/// Which unions stand directly in each union; `in_vectors`: also inside of vectors.
fn edges(resolved: &Resolved, in_vectors: bool) -> Vec<Vec<usize>> {
    let union_of = |constructor: usize| match resolved.constructors[constructor].result {
        Shape::Boxed(union) => Some(union),
        _ => None,
    };
    let targets = |member: &Member| match content(member, in_vectors) {
        Shape::Boxed(union) => Some(*union),
        Shape::Bare(constructor) => union_of(*constructor),
        _ => None,
    };
    let of_union = |constructors: &Vec<usize>| {
        let members = constructors
            .iter()
            .flat_map(|one| &resolved.constructors[*one].members);
        let mut edges: Vec<usize> = members.filter_map(targets).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    };
    resolved
        .unions
        .iter()
        .map(|union| of_union(&union.constructors))
        .collect()
}

/// What a field consists of; `in_vectors`: what the items of a vector are.
fn content(member: &Member, in_vectors: bool) -> &Shape {
    let mut shape = &member.shape;
    while let (true, Shape::Vector { item, .. }) = (in_vectors, shape) {
        shape = item;
    }
    shape
}

/// For each node, which nodes can be reached from it by at least one step.
fn reachable(edges: &[Vec<usize>]) -> Vec<Vec<bool>> {
    let from = |start: usize| {
        let mut seen = vec![false; edges.len()];
        let mut open = edges[start].clone();
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut seen[node], true) {
                open.extend(&edges[node]);
            }
        }
        seen
    };
    (0..edges.len()).map(from).collect()
}

/// Makes sure that no constructor contains itself bare and by value: no boxed variant would break
/// that. `in_vectors`: nor in vectors, because a reader counts the depth of values where their ids
/// are, and a few bytes for each of them would exhaust its stack.
fn bare_is_finite(resolved: &Resolved, in_vectors: bool) -> Result<(), Name> {
    let bare = |constructor: &Constructor| {
        let members = constructor.members.iter();
        members
            .filter_map(|member| match content(member, in_vectors) {
                Shape::Bare(inner) => Some(*inner),
                _ => None,
            })
            .collect()
    };
    let edges: Vec<Vec<usize>> = resolved.constructors.iter().map(bare).collect();
    if edges.iter().all(Vec::is_empty) {
        return Ok(());
    }
    let reachable = reachable(&edges);
    match (0..edges.len()).find(|index| reachable[*index][*index]) {
        Some(index) => Err(type_name(resolved, index)),
        None => Ok(()),
    }
}

fn type_name(resolved: &Resolved, constructor: usize) -> Name {
    match resolved.constructors[constructor].result {
        Shape::Boxed(union) => resolved.unions[union].name().clone(),
        _ => resolved.constructors[constructor].name.clone(),
    }
}

/// How much room a value takes, estimated for a machine of 64 bits.
#[derive(Clone, Copy)]
struct Size {
    bytes: usize,
    align: usize,
    /// Whether `Option` of it takes no more room.
    niche: bool,
}

struct Sizes<'a> {
    resolved: &'a Resolved,
    by_value: &'a [Vec<bool>],
    known: Vec<Option<Size>>,
}

impl Sizes<'_> {
    fn is_boxed(&mut self, union: usize, constructor: usize) -> bool {
        let resolved = self.resolved;
        let definition = &resolved.constructors[constructor];
        let recurs = definition.members.iter().any(|member| match member.shape {
            Shape::Boxed(inner) => inner == union || self.by_value[inner][union],
            Shape::Bare(inner) => match resolved.constructors[inner].result {
                Shape::Boxed(inner) => inner == union || self.by_value[inner][union],
                _ => false,
            },
            _ => false,
        });
        let empty = definition.name.base.ends_with("Empty");
        let limit = if empty {
            EMPTY_INLINE_LIMIT
        } else {
            INLINE_LIMIT
        };
        recurs || self.constructor(constructor).bytes > limit
    }

    fn constructor(&mut self, constructor: usize) -> Size {
        let resolved = self.resolved;
        let mut total = Size {
            bytes: 0,
            align: 1,
            niche: false,
        };
        for member in &resolved.constructors[constructor].members {
            let size = self.member(member);
            total.bytes += size.bytes;
            total.align = total.align.max(size.align);
            total.niche |= size.niche;
        }
        total.bytes = total.bytes.next_multiple_of(total.align);
        total
    }

    fn member(&mut self, member: &Member) -> Size {
        let plain = |bytes, align| Size {
            bytes,
            align,
            niche: false,
        };
        let mut size = match &member.shape {
            Shape::Flags => plain(0, 1),
            Shape::Int => plain(4, 4),
            Shape::Long | Shape::Double => plain(8, 8),
            Shape::Int128 => plain(16, 1),
            Shape::Int256 => plain(32, 1),
            Shape::Bool | Shape::True => Size {
                bytes: 1,
                align: 1,
                niche: true,
            },
            Shape::Text | Shape::Bytes | Shape::Vector { .. } | Shape::Parameter => Size {
                bytes: 24,
                align: 8,
                niche: true,
            },
            Shape::Boxed(union) => self.union(*union),
            Shape::Bare(constructor) => self.constructor(*constructor),
        };
        if member.condition.is_some() && !size.niche {
            size.bytes += size.align;
            size.niche = true;
        }
        size
    }

    fn union(&mut self, union: usize) -> Size {
        if let Some(size) = self.known[union] {
            return size;
        }
        let resolved = self.resolved;
        let constructors = &resolved.unions[union].constructors;
        let mut largest = Size {
            bytes: 0,
            align: 1,
            niche: false,
        };
        for constructor in constructors {
            let size = if self.is_boxed(union, *constructor) {
                Size {
                    bytes: 8,
                    align: 8,
                    niche: true,
                }
            } else {
                self.constructor(*constructor)
            };
            largest.bytes = largest.bytes.max(size.bytes);
            largest.align = largest.align.max(size.align);
            largest.niche |= size.niche;
        }
        if constructors.len() > 1 {
            // The number of the variant.
            largest.bytes = largest.bytes.next_multiple_of(largest.align) + largest.align;
            largest.niche = true;
        }
        self.known[union] = Some(largest);
        largest
    }
}

/// Chooses the default of each union, as an index into its constructors: the `…Empty` one,
/// else the shallowest.
fn defaults(resolved: &Resolved) -> Result<Vec<usize>, Name> {
    let depths = depths(resolved);
    let depth_of = |constructor: &usize| depth(resolved, &depths, *constructor);
    let mut defaults = Vec::new();
    for union in &resolved.unions {
        let order = |index: &usize| {
            let constructor = &union.constructors[*index];
            let empty = resolved.constructors[*constructor]
                .name
                .base
                .ends_with("Empty");
            depth_of(constructor).map(|depth| (!empty, depth, *index))
        };
        let candidates = (0..union.constructors.len()).filter_map(|index| order(&index));
        match candidates.min() {
            Some((_, _, index)) => defaults.push(index),
            None => return Err(union.name().clone()),
        }
    }
    // An `…Empty` constructor is preferred even if it is not the shallowest: its fields could lead
    // back.
    let edges: Vec<Vec<usize>> = (resolved.unions.iter().zip(&defaults))
        .map(|(union, default)| required(resolved, union.constructors[*default]))
        .collect();
    let reachable = reachable(&edges);
    match (0..edges.len()).find(|index| reachable[*index][*index]) {
        Some(index) => Err(resolved.unions[index].name().clone()),
        None => Ok(defaults),
    }
}

/// The unions of which every value of a constructor contains one.
fn required(resolved: &Resolved, constructor: usize) -> Vec<usize> {
    let mut unions = Vec::new();
    for member in &resolved.constructors[constructor].members {
        match member.shape {
            _ if member.condition.is_some() => {}
            Shape::Boxed(union) => unions.push(union),
            Shape::Bare(constructor) => unions.extend(required(resolved, constructor)),
            _ => {}
        }
    }
    unions
}

/// How deep the shallowest value of each union is; `None` where there is none.
fn depths(resolved: &Resolved) -> Vec<Option<usize>> {
    let mut depths = vec![None; resolved.unions.len()];
    loop {
        let next: Vec<Option<usize>> = resolved
            .unions
            .iter()
            .map(|union| {
                union
                    .constructors
                    .iter()
                    .filter_map(|one| depth(resolved, &depths, *one))
                    .min()
            })
            .collect();
        if next == depths {
            return depths;
        }
        depths = next;
    }
}

fn depth(resolved: &Resolved, depths: &[Option<usize>], constructor: usize) -> Option<usize> {
    let mut deepest = 0;
    for union in required(resolved, constructor) {
        deepest = deepest.max(depths[union]? + 1);
    }
    Some(deepest)
}
