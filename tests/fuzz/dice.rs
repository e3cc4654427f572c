//! Where inputs come from: valid ones, damaged with some understanding of what they are.
use ferogram_sync::Entropy;

/// Chance that comes out the same in every run (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// The next number.
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.number() % limit as u64) as usize
    }

    /// As many bytes as are asked for.
    pub(crate) fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.number() as u8).collect()
    }
}

impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.number() as u8);
    }
}

/// Numbers that lengths and counts are compared with, and their neighbours.
const EXTREMES: [u32; 12] = [
    0,
    1,
    4,
    0x7f,
    0xfe,
    0xff,
    1024,
    0x00ff_ffff,
    0x0100_0000,
    0x7fff_ffff,
    0x8000_0000,
    u32::MAX,
];

/// Ids that open something: a vector, a container, compressed objects, results and service messages.
const OPENERS: [u32; 12] = [
    0x1cb5_c415,
    0x73f1_f8dc,
    0x3072_cfa1,
    0xf35c_6d01,
    0x2144_ca19,
    0xa7ef_f811,
    0xedab_447b,
    0x04de_b57d,
    0x276d_3ec6,
    0xae50_0895,
    0x9ec2_0908,
    0xe064_06b2,
];

/// Inputs are not made longer than this.
const INPUT_MAX: usize = 64 * 1024;

/// A valid input, mostly damaged.
pub(crate) fn mutate(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    if dice.below(16) == 0 {
        let len = dice.below(300);
        return dice.bytes(len);
    }
    let mut input = seeds[dice.below(seeds.len())].clone();
    for _ in 0..dice.below(5) {
        if input.is_empty() {
            break;
        }
        damage(&mut input, seeds, dice);
    }
    input.truncate(INPUT_MAX);
    input
}

fn damage(input: &mut Vec<u8>, seeds: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.below(input.len());
    match dice.below(10) {
        0 if input[at].is_ascii_digit() => {
            // A number in a text: a very large one.
            input.splice(at..at, *b"99999999");
        }
        0 => input[at] ^= 1 << dice.below(8),
        1 => input[at] = dice.number() as u8,
        2 => input.truncate(at),
        3 => overwrite(input, word(at, dice), EXTREMES[dice.below(EXTREMES.len())]),
        4 => overwrite(input, word(at, dice), OPENERS[dice.below(OPENERS.len())]),
        5 => {
            let other = &seeds[dice.below(seeds.len())];
            let from = dice.below(other.len() + 1) & !3;
            input.truncate(at & !3);
            input.extend_from_slice(&other[from.min(other.len())..]);
        }
        6 => {
            let end = (at + 4 * (1 + dice.below(8))).min(input.len());
            input.drain(at..end);
        }
        7 => {
            let end = (at + 4 * (1 + dice.below(64))).min(input.len());
            let piece = input[at..end].to_vec();
            input.splice(at..at, piece);
        }
        8 => stretch(input, dice),
        _ => {
            let len = dice.below(40);
            let noise = dice.bytes(len);
            input.extend_from_slice(&noise);
        }
    }
}

/// Lengths and ids stand at multiples of four, counted from behind what a target takes away first.
fn word(at: usize, dice: &mut Dice) -> usize {
    (at & !3) + dice.below(4)
}

/// A list claims many items, and gets the bytes that they would take if they were small: copies of
/// its first ones.
fn stretch(input: &mut Vec<u8>, dice: &mut Dice) {
    let opener = OPENERS[0].to_le_bytes();
    let lists: Vec<usize> = (0..input.len().saturating_sub(8))
        .filter(|at| input[*at..].starts_with(&opener))
        .collect();
    let Some(list) = lists.get(dice.below(lists.len().max(1))) else {
        return;
    };
    let (count, items) = (1 << dice.below(12), list + 8);
    overwrite(input, list + 4, count);
    let end = (items + 4 * (1 + dice.below(16))).min(input.len());
    let copies = input[items..end].iter().copied().cycle();
    let more: Vec<u8> = copies.take(4 * count as usize).collect();
    input.splice(items..items, more);
}

fn overwrite(input: &mut [u8], at: usize, value: u32) {
    if let Some(place) = input.get_mut(at..at + 4) {
        place.copy_from_slice(&value.to_le_bytes());
    }
}
