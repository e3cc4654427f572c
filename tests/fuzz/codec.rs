//! TL: every type of the schema, the walk and the way values are shown.
use ferogram_sync::tl::{self, DecodeError, Deserialize, Serialize, TypeRef};

use crate::sample;
use crate::took::Took;

mod every {
    use super::{Check, check};

    tl_types::every_type!(check);
}

/// Reads a value of one type, and writes it again.
type Check = fn(&[u8]) -> Result<Vec<u8>, DecodeError>;

fn check<T: Serialize + Deserialize>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    T::from_bytes(bytes).map(|value| value.to_bytes())
}

/// The types in one row: two bytes of an input choose one. With each, how many bytes it writes that
/// it does not read: a function writes its id first.
fn types() -> impl Iterator<Item = (&'static (&'static str, Check), usize)> {
    let all = every::ENUMS.iter().chain(every::TYPES).map(|it| (it, 0));
    #[cfg(feature = "server")]
    let all = all.chain(every::FUNCTIONS.iter().map(|it| (it, 4)));
    all
}

/// Two bytes that choose a type, and what may be a value of it. What was read once is written and
/// read again as it is.
pub(crate) fn decode(data: &[u8]) -> Took {
    let Some((choice, value)) = data.split_first_chunk::<2>() else {
        return Took::nothing();
    };
    let count = types().count();
    let ((name, check), id) = types()
        .nth(usize::from(u16::from_le_bytes(*choice)) % count)
        .expect("it is below the count");
    let Ok(written) = check(value) else {
        return Took::refused(value.len());
    };
    let again = check(&written[id..]);
    assert_eq!(again.as_ref(), Ok(&written), "{name} is stable");
    Took::accepted(value.len())
}

/// The value of every constructor, small ones for each type.
pub(crate) fn decode_seeds() -> Vec<Vec<u8>> {
    let schema = sample::schema();
    let mut seeds = Vec::new();
    let mut add = |index: usize, value: &[u8]| {
        let index = u16::try_from(index).expect("there are a few thousand types");
        seeds.push([&index.to_le_bytes()[..], value].concat());
    };
    for (index, union) in schema.unions.iter().enumerate() {
        for constructor in &union.constructors {
            let constructor = &schema.constructors[*constructor];
            for sample in sample::samples(&schema, constructor).skip(3).step_by(2) {
                add(index, &sample::with_id(constructor, &sample.out));
            }
        }
    }
    for (index, constructor) in schema.constructors.iter().enumerate() {
        let mut small = sample::Writer::new(&schema, 1);
        small.fields(constructor, sample::DEPTH);
        add(schema.unions.len() + index, &small.out);
    }
    seeds
}

/// An object with its id, walked and shown without being read.
pub(crate) fn show(data: &[u8]) -> Took {
    let mut visited = 0_usize;
    let walked = tl::walk(data, TypeRef::OBJECT, &mut |_, _| visited += 1);
    let text = format!("{:?}", tl::show(data, TypeRef::OBJECT));
    assert_eq!(walked.is_err(), text.contains("(at byte "), "{text}");
    let _ = tl::answer_type(data);
    Took::of(walked.is_ok(), data.len())
}

/// Every constructor and function once.
pub(crate) fn show_seeds() -> Vec<Vec<u8>> {
    let schema = sample::schema();
    let all = schema.constructors.iter().chain(&schema.functions);
    all.map(|constructor| {
        let sample = sample::samples(&schema, constructor).next();
        sample::with_id(constructor, &sample.expect("there are six").out)
    })
    .collect()
}
