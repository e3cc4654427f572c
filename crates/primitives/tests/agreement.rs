//! The arithmetic agrees with `num-bigint`'s, for moduli and numbers at the ends of their ranges and
//! for random ones.
use num_bigint::BigUint;
use primitives::{Modulus, Residue};
use zeroize::ZeroizeOnDrop;

/// Random bytes from a seed, by xorshift.
struct Dice(u64);

impl Dice {
    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut byte = || {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 32) as u8
        };
        (0..length).map(|_| byte()).collect()
    }

    fn number(&mut self) -> [u8; 256] {
        self.bytes(256).try_into().unwrap()
    }
}

fn big(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}

fn padded(number: &BigUint) -> [u8; 256] {
    let bytes = number.to_bytes_be();
    let mut padded = [0; 256];
    padded[256 - bytes.len()..].copy_from_slice(&bytes);
    padded
}

fn small(number: u64) -> [u8; 256] {
    padded(&BigUint::from(number))
}

/// Odd numbers: the least, the greatest, those beside powers of two, sparse ones, random ones of
/// every length.
fn moduli(dice: &mut Dice) -> Vec<[u8; 256]> {
    let one = BigUint::from(1_u32);
    let mut moduli = vec![small(1), small(3), small(5), small(u64::MAX), [0xff; 256]];
    for bits in [63_u32, 64, 65, 1024, 1984, 2047] {
        let power = &one << bits;
        moduli.extend([padded(&(&power - &one)), padded(&(&power + &one))]);
    }
    for length in (1..=256).step_by(15) {
        let mut number = [0; 256];
        number[256 - length..].copy_from_slice(&dice.bytes(length));
        number[255] |= 1;
        moduli.push(number);
    }
    moduli
}

/// Numbers below 2^2048 that are awkward for `modulus`, and a random one.
fn numbers(modulus: &[u8; 256], dice: &mut Dice) -> Vec<[u8; 256]> {
    let (n, one) = (big(modulus), BigUint::from(1_u32));
    let mut numbers = vec![[0; 256], small(1), [0xff; 256], dice.number()];
    numbers.extend([padded(&(&n - &one)), *modulus]);
    if *modulus != [0xff; 256] {
        numbers.push(padded(&(&n + &one)));
    }
    numbers
}

#[test]
fn sums_and_products_agree() {
    let mut dice = Dice(7);
    for bytes in moduli(&mut dice) {
        let (modulus, n) = (Modulus::new(&bytes).unwrap(), big(&bytes));
        for a in numbers(&bytes, &mut dice) {
            let x = modulus.residue(&a);
            assert_eq!(big(&x.to_bytes()[..]), big(&a) % &n);
            for b in numbers(&bytes, &mut dice) {
                let y = modulus.residue(&b);
                let product = big(&a) * big(&b) % &n;
                assert_eq!(big(&x.times(&y).to_bytes()[..]), product);
                let difference = (big(&a) % &n + &n - big(&b) % &n) % &n;
                assert_eq!(big(&x.minus(&y).to_bytes()[..]), difference);
            }
        }
    }
}

#[test]
fn powers_agree() {
    let mut dice = Dice(8);
    for bytes in moduli(&mut dice) {
        let (modulus, n) = (Modulus::new(&bytes).unwrap(), big(&bytes));
        let mut exponents = vec![vec![], vec![0], vec![1], vec![2], vec![0, 2], vec![0xff; 3]];
        exponents.extend([16, 31, 255, 256].map(|length| dice.bytes(length)));
        for base in [dice.number(), small(0), small(3)] {
            for exponent in &exponents {
                let power = modulus.residue(&base).power(exponent);
                let expected = big(&base).modpow(&big(exponent), &n);
                assert_eq!(big(&power.to_bytes()[..]), expected);
            }
        }
    }
}

#[test]
fn even_numbers_are_no_moduli() {
    for number in [0, 2, 4, 1 << 40] {
        assert!(Modulus::new(&small(number)).is_none());
    }
    let mut even = [0xff; 256];
    even[255] = 0xfe;
    assert!(Modulus::new(&even).is_none());
}

#[test]
fn residues_are_hidden_and_wiped() {
    fn wiped<T: ZeroizeOnDrop>() {}
    wiped::<Residue>();
    let modulus = Modulus::new(&small(7)).unwrap();
    assert_eq!(format!("{:?}", modulus.residue(&[1; 256])), "Residue(..)");
}
