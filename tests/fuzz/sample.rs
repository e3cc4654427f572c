//! Random values of every constructor, written by the schema.
use tlgen::{Constructor, Resolved, Shape};

pub(super) fn schema() -> Resolved {
    let read = |file: &str| {
        let text = std::fs::read_to_string(file).expect("the schema is in the package");
        tlgen::parse(file, &text).expect("the schema is well-formed")
    };
    let schemas = [read("schema/api.tl"), read("schema/mtproto.tl")];
    tlgen::resolve(&schemas).expect("the schema is well-formed")
}

/// SplitMix64: the same values in every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Writes random values by the schema.
pub(super) struct Writer<'a> {
    pub(super) schema: &'a Resolved,
    random: Random,
    pub(super) out: Vec<u8>,
    /// How many constructors have been written.
    pub(super) constructors: usize,
}

/// Below this depth optional fields are left out, vectors are empty, and unions take their default.
pub(super) const DEPTH: usize = 5;

impl<'a> Writer<'a> {
    pub(super) fn new(schema: &'a Resolved, seed: u64) -> Self {
        Self {
            schema,
            random: Random(seed),
            out: Vec::new(),
            constructors: 0,
        }
    }

    fn bytes(&mut self, data: &[u8]) {
        // Written here once more, so that a mistake in the codec is not repeated.
        match data.len() {
            length @ ..254 => self.out.push(length as u8),
            length => {
                self.out.push(254);
                self.out
                    .extend_from_slice(&(length as u32).to_le_bytes()[..3]);
            }
        }
        self.out.extend_from_slice(data);
        while !self.out.len().is_multiple_of(4) {
            self.out.push(0);
        }
    }

    fn raw(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.random.next() as u8).collect()
    }

    pub(super) fn union(&mut self, union: usize, depth: usize) {
        let schema = self.schema;
        let union = &schema.unions[union];
        let index = match depth {
            0..DEPTH => self.random.below(union.constructors.len()),
            _ => union.default,
        };
        self.boxed(&schema.constructors[union.constructors[index]], depth);
    }

    fn boxed(&mut self, constructor: &Constructor, depth: usize) {
        self.out.extend_from_slice(&constructor.id.to_le_bytes());
        self.fields(constructor, depth);
    }

    pub(super) fn fields(&mut self, constructor: &Constructor, depth: usize) {
        self.constructors += 1;
        let mut flags = Vec::new();
        for member in &constructor.members {
            if member.shape == Shape::Flags {
                flags.push(self.flags(constructor, flags.len(), depth));
                self.out
                    .extend_from_slice(&flags[flags.len() - 1].to_le_bytes());
                continue;
            }
            let there = match member.condition {
                None => true,
                Some((word, bit)) => flags[usize::from(word)] >> bit & 1 != 0,
            };
            if there {
                self.shape(&member.shape, depth);
            }
        }
    }

    fn flags(&mut self, constructor: &Constructor, word: usize, depth: usize) -> u32 {
        let mut flags = 0;
        for member in &constructor.members {
            let mut allowed = depth < DEPTH || member.shape == Shape::True;
            // A `true` may share its bit with a value.
            allowed &= depth < DEPTH
                || !constructor
                    .members
                    .iter()
                    .any(|other| other.condition == member.condition && other.shape != Shape::True);
            match member.condition {
                Some((of, bit)) if usize::from(of) == word && allowed => {
                    flags |= (self.random.next() as u32 & 1) << bit;
                }
                _ => {}
            }
        }
        flags
    }

    pub(super) fn shape(&mut self, shape: &Shape, depth: usize) {
        match shape {
            Shape::Flags | Shape::True => {}
            Shape::Parameter => self.out.extend_from_slice(&0xc4f9_186b_u32.to_le_bytes()),
            Shape::Int => self
                .out
                .extend_from_slice(&(self.random.next() as u32).to_le_bytes()),
            Shape::Long => self
                .out
                .extend_from_slice(&self.random.next().to_le_bytes()),
            // A whole number: so that no value is compared with itself and found different.
            Shape::Double => {
                let number = self.random.next() as i32;
                self.out.extend_from_slice(&f64::from(number).to_le_bytes());
            }
            Shape::Text => {
                let words = ["", "a", "Привет", "👍", "three", "ab"];
                let mut text = String::new();
                for _ in 0..self.random.below(4) * self.random.below(8) {
                    text += words[self.random.below(words.len())];
                }
                self.bytes(text.as_bytes());
            }
            Shape::Bytes => {
                let length = [0, 1, 2, 3, 4, 253, 254, 255, 300][self.random.below(9)];
                let data = self.raw(length);
                self.bytes(&data);
            }
            Shape::Bool => {
                let id = [0x9972_75b5_u32, 0xbc79_9737][self.random.below(2)];
                self.out.extend_from_slice(&id.to_le_bytes());
            }
            Shape::Int128 | Shape::Int256 => {
                let data = self.raw(if *shape == Shape::Int128 { 16 } else { 32 });
                self.out.extend_from_slice(&data);
            }
            Shape::Boxed(union) => self.union(*union, depth + 1),
            Shape::Bare(constructor) => {
                self.fields(&self.schema.constructors[*constructor], depth + 1);
            }
            Shape::Vector { boxed, item } => {
                if *boxed {
                    self.out.extend_from_slice(&0x1cb5_c415_u32.to_le_bytes());
                }
                let count = if depth < DEPTH {
                    self.random.below(3)
                } else {
                    0
                };
                self.out.extend_from_slice(&(count as u32).to_le_bytes());
                for _ in 0..count {
                    self.shape(item, depth + 1);
                }
            }
        }
    }
}

/// The random values of one constructor, without the id.
pub(super) fn samples<'a>(
    schema: &'a Resolved,
    constructor: &'a Constructor,
) -> impl Iterator<Item = Writer<'a>> {
    (0..6).map(|round| {
        let mut writer = Writer::new(schema, u64::from(constructor.id) << 8 | round);
        // The last rounds are small.
        writer.fields(constructor, if round < 4 { 2 } else { DEPTH });
        writer
    })
}

/// What goes before the fields to make them a boxed value.
pub(super) fn with_id(constructor: &Constructor, fields: &[u8]) -> Vec<u8> {
    [&constructor.id.to_le_bytes(), fields].concat()
}
