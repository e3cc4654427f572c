//! Every type of the schema, with random values: it survives the wire, is walked and shown, and
//! takes no harm from damaged bytes.
use std::fmt::Debug;

use ferogram_sync::tl::{self, DecodeError, DecodeErrorKind, Deserialize, Serialize, TypeRef};
use tlgen::{Resolved, Shape};

#[path = "../fuzz/sample.rs"]
mod sample;

use sample::{DEPTH, Random, Writer, samples, schema, with_id};

mod every {
    use super::{Check, check};

    tl_types::every_type!(check);
}

/// Reads a value of one type, and writes a copy of it again.
type Check = fn(&[u8]) -> Result<Vec<u8>, DecodeError>;

fn check<T: Serialize + Deserialize + Clone + PartialEq + Debug + Default>(
    bytes: &[u8],
) -> Result<Vec<u8>, DecodeError> {
    let value = T::from_bytes(bytes)?;
    let copy = value.clone();
    assert!(copy == value);
    assert!(
        !format!("{value:?}").contains("(at byte "),
        "this is a whole value: {value:?}"
    );
    drop(value);
    Ok(copy.to_bytes())
}

/// One step from a union into one of its constructors, and on into one of its fields.
type Step = (usize, usize);

/// The union that stands in a shape, perhaps in vectors.
fn inner_union(shape: &Shape) -> Option<usize> {
    match shape {
        Shape::Boxed(union) => Some(*union),
        Shape::Vector { item, .. } => inner_union(item),
        _ => None,
    }
}

/// The shortest way from a union back to itself.
fn cycle(schema: &Resolved, start: usize) -> Vec<Step> {
    let mut open = std::collections::VecDeque::from([(start, Vec::new())]);
    let mut seen = vec![false; schema.unions.len()];
    while let Some((union, way)) = open.pop_front() {
        for constructor in &schema.unions[union].constructors {
            for (index, member) in schema.constructors[*constructor].members.iter().enumerate() {
                let Some(next) = inner_union(&member.shape) else {
                    continue;
                };
                let mut way = way.clone();
                way.push((*constructor, index));
                if next == start {
                    return way;
                }
                if !std::mem::replace(&mut seen[next], true) {
                    open.push_back((next, way));
                }
            }
        }
    }
    panic!(
        "the union {} is said to be recursive",
        schema.unions[start].name()
    );
}

impl Writer<'_> {
    /// Follows the steps, and then ends with defaults.
    fn chain(&mut self, steps: &[Step]) {
        let Some(((constructor, on_the_way), rest)) = steps.split_first() else {
            return;
        };
        let constructor = &self.schema.constructors[*constructor];
        let way = &constructor.members[*on_the_way];
        self.out.extend_from_slice(&constructor.id.to_le_bytes());
        let mut words = 0;
        for member in &constructor.members {
            let condition = match member.shape {
                Shape::Flags => {
                    let set = way.condition.filter(|(word, _)| *word == words);
                    let flags = set.map_or(0, |(_, bit)| 1_u32 << bit);
                    self.out.extend_from_slice(&flags.to_le_bytes());
                    words += 1;
                    continue;
                }
                _ => member.condition,
            };
            if member.name == way.name {
                let mut shape = &member.shape;
                while let Shape::Vector { boxed, item } = shape {
                    let head = [0x1cb5_c415_u32, 1];
                    for word in &head[usize::from(!boxed)..] {
                        self.out.extend_from_slice(&word.to_le_bytes());
                    }
                    shape = item;
                }
                match (rest, shape) {
                    ([], Shape::Boxed(union)) => self.union(*union, DEPTH),
                    _ => self.chain(rest),
                }
            } else if condition.is_none() || condition == way.condition {
                self.shape(&member.shape, DEPTH);
            }
        }
    }
}

#[test]
fn the_deepest_values_of_every_type_fit_into_the_stack_of_a_thread() {
    let schema = schema();
    let decode = move || {
        for (index, (name, check)) in every::ENUMS.iter().enumerate() {
            if !schema.unions[index].recursive {
                continue;
            }
            let cycle = cycle(&schema, index);
            let mut steps = cycle.clone();
            while steps.len() + cycle.len() < tl::MAX_DEPTH as usize {
                steps.extend(&cycle);
            }
            let mut writer = Writer::new(&schema, 0);
            writer.chain(&steps);
            assert_eq!(check(&writer.out).as_ref(), Ok(&writer.out), "{name}");
            steps.extend_from_slice(&steps.clone());
            let mut writer = Writer::new(&schema, 0);
            writer.chain(&steps);
            let error = check(&writer.out).expect_err("this is twice as deep");
            assert_eq!(error.kind, DecodeErrorKind::TooDeep, "{name}");
        }
    };
    // Threads have two megabytes unless somebody says otherwise.
    let thread = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(decode);
    thread
        .expect("a thread can be started")
        .join()
        .expect("the decoding has succeeded");
}

#[test]
fn every_constructor_survives_the_wire() {
    let schema = schema();
    assert_eq!(every::TYPES.len(), schema.constructors.len());
    for ((name, check), constructor) in every::TYPES.iter().zip(&schema.constructors) {
        for sample in samples(&schema, constructor) {
            assert_eq!(check(&sample.out).as_ref(), Ok(&sample.out), "{name}");
        }
    }
}

#[test]
fn every_enum_survives_the_wire() {
    let schema = schema();
    assert_eq!(every::ENUMS.len(), schema.unions.len());
    for ((name, check), union) in every::ENUMS.iter().zip(&schema.unions) {
        for constructor in &union.constructors {
            let constructor = &schema.constructors[*constructor];
            for sample in samples(&schema, constructor) {
                let bytes = with_id(constructor, &sample.out);
                assert_eq!(check(&bytes).as_ref(), Ok(&bytes), "{name}");
            }
        }
        let unknown = DecodeErrorKind::UnknownConstructor {
            id: 0xdead_beef,
            expected: name,
        };
        let error = check(&0xdead_beef_u32.to_le_bytes()).expect_err("there is no such id");
        assert_eq!((error.kind, error.offset), (unknown, 0));
    }
}

#[test]
#[cfg(feature = "server")]
fn every_function_survives_the_wire() {
    let schema = schema();
    let plain = schema
        .functions
        .iter()
        .filter(|function| function.parameter.is_none());
    for ((name, check), function) in every::FUNCTIONS.iter().zip(plain) {
        for sample in samples(&schema, function) {
            let bytes = with_id(function, &sample.out);
            assert_eq!(check(&sample.out).as_ref(), Ok(&bytes), "{name}");
        }
    }
}

#[test]
fn every_value_is_walked() {
    let schema = schema();
    for constructor in schema.constructors.iter().chain(&schema.functions) {
        assert_eq!(
            tl::name_of(constructor.id),
            Some(constructor.name.to_string().as_str())
        );
        for sample in samples(&schema, constructor) {
            let bytes = with_id(constructor, &sample.out);
            let mut visited = Vec::new();
            let walked = tl::walk(&bytes, TypeRef::OBJECT, &mut |id, fields| {
                visited.push((id, fields.len()));
            });
            assert_eq!(walked, Ok(()), "{}", constructor.name);
            // What a generic function wraps is a constructor more.
            let wrapped = usize::from(constructor.parameter.is_some());
            assert_eq!(
                visited.len(),
                sample.constructors + wrapped,
                "{}",
                constructor.name
            );
            assert_eq!(visited.last(), Some(&(constructor.id, sample.out.len())));
        }
    }
}

#[test]
fn damaged_values_are_errors_and_never_panics() {
    let schema = schema();
    let mut random = Random(1);
    for ((name, check), constructor) in every::TYPES.iter().zip(&schema.constructors) {
        for sample in samples(&schema, constructor).take(4) {
            let bytes = with_id(constructor, &sample.out);
            let cut = random.below(sample.out.len() + 1);
            if cut < sample.out.len() {
                assert!(check(&sample.out[..cut]).is_err(), "{name}");
                let error = tl::walk(&bytes[..4 + cut], TypeRef::OBJECT, &mut |_, _| ());
                assert!(error.is_err(), "{name}");
            }
            let longer = [&sample.out[..], &[0; 4]].concat();
            let error = check(&longer).expect_err("four bytes are too many");
            let trailing = DecodeErrorKind::Trailing { left: 4 };
            assert_eq!(
                (error.kind, error.offset),
                (trailing, sample.out.len()),
                "{name}"
            );
            for _ in 0..4 {
                let mut damaged = bytes.clone();
                let place = random.below(damaged.len());
                damaged[place] ^= 1 << random.below(8);
                let _ = check_quietly(*check, &damaged[4..]);
                let _ = tl::walk(&damaged, TypeRef::OBJECT, &mut |_, _| ());
                let _ = format!("{:?}", tl::show(&damaged, TypeRef::OBJECT));
            }
        }
    }
}

/// A damaged value may still be one, with a bit set that nobody knows: then it is written without
/// it.
fn check_quietly(check: Check, bytes: &[u8]) -> Option<()> {
    let written = check(bytes).ok()?;
    assert_eq!(check(&written), Ok(written), "what was read once is stable");
    Some(())
}
