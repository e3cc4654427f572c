//! Splitting the `pq` of the key exchange into its two primes.

/// Odd divisors below this are tried one by one, which leaves the search below nothing small to
/// stumble over.
const SMALL_DIVISORS: u64 = 256;

/// How many differences are multiplied up before one greatest common divisor is taken of them all.
const BATCH: u32 = 256;

/// How many searches run side by side, each with its own polynomial. One alone waits for its own
/// multiplications most of the time: three together take two thirds of the time of one.
const LANES: usize = 3;

/// How far the searches go. For the least prime below 2^32 that such a number can have, the way is
/// about 2^16.5 steps in the mean, and the chance to need more than 2^20 is below 2^-100.
const STEPS: u32 = 1 << 20;

/// How many times they are begun, with other polynomials. The second time is needed when both
/// primes turn up in one step of one search, the others never: they bound the work.
const ATTEMPTS: u64 = 4;

/// Splits `pq` into its two prime factors, the smaller one first.
///
/// None if `pq` is anything but the product of two different primes. The work is bounded whatever
/// the number is: a fraction of a millisecond for what servers send, some thirty at the very most.
/// See <https://core.telegram.org/mtproto/auth_key>.
///
/// ```
/// use primitives::factorize;
///
/// assert_eq!(factorize(0x17ed_4894_1a08_f981), Some((0x494c_553b, 0x5391_1073)));
/// assert_eq!(factorize(2 * 3 * 5), None);
/// ```
#[must_use]
pub fn factorize(pq: u64) -> Option<(u64, u64)> {
    let divisor = small_divisor(pq).or_else(|| large_divisor(pq))?;
    let other = pq / divisor;
    let (p, q) = (divisor.min(other), divisor.max(other));
    (p < q && is_prime(p) && is_prime(q)).then_some((p, q))
}

/// The least divisor of `n`, if it is small and not `n` itself.
fn small_divisor(n: u64) -> Option<u64> {
    let mut divisors = std::iter::once(2).chain((3..SMALL_DIVISORS).step_by(2));
    divisors.find(|&d| n > d && n.is_multiple_of(d))
}

/// Some divisor of `n`, which has no small one; none if it is prime, or less than two.
fn large_divisor(n: u64) -> Option<u64> {
    if n < 2 || is_prime(n) {
        return None;
    }
    let field = Field::new(n);
    (0..ATTEMPTS).find_map(|attempt| search(field, attempt * LANES as u64))
}

/// Pollard's search for a cycle as improved by Brent: the values of `x * x + constant` run into a
/// cycle modulo a prime factor long before they do so modulo `n`. The constants are those after
/// `before`.
fn search(field: Field, before: u64) -> Option<u64> {
    let constants: [u64; LANES] = std::array::from_fn(|lane| before + 1 + lane as u64);
    let mut fast = [2; LANES];
    let mut length = 1;
    let mut steps = 0;
    while steps < STEPS {
        let slow = fast;
        for _ in 0..length {
            for lane in 0..LANES {
                fast[lane] = field.multiply_add(fast[lane], fast[lane], constants[lane]);
            }
        }
        let mut done = 0;
        while done < length {
            let start = fast;
            let batch = BATCH.min(length - done);
            let mut products = [1; LANES];
            for _ in 0..batch {
                for lane in 0..LANES {
                    let next = field.multiply_add(fast[lane], fast[lane], constants[lane]);
                    let difference = slow[lane].abs_diff(next);
                    products[lane] = field.multiply_add(products[lane], difference, 0);
                    fast[lane] = next;
                }
            }
            let product = products
                .into_iter()
                .fold(1, |a, b| field.multiply_add(a, b, 0));
            let divisor = common_divisor(product, field.n);
            if divisor == field.n {
                return (0..LANES).find_map(|lane| {
                    step_by_step(field, constants[lane], slow[lane], start[lane], batch)
                });
            }
            if divisor > 1 {
                return Some(divisor);
            }
            done += batch;
        }
        steps += 2 * length;
        length *= 2;
    }
    None
}

/// Walks a batch again with a divisor after each step, because both primes came up within it; none
/// if they came up in the same step.
fn step_by_step(field: Field, constant: u64, slow: u64, start: u64, batch: u32) -> Option<u64> {
    let mut fast = start;
    for _ in 0..batch {
        fast = field.multiply_add(fast, fast, constant);
        let divisor = common_divisor(slow.abs_diff(fast), field.n);
        if divisor > 1 {
            return (divisor < field.n).then_some(divisor);
        }
    }
    None
}

/// The greatest common divisor of any `a` and an odd `n`: `n` itself when `a` is zero.
fn common_divisor(mut a: u64, n: u64) -> u64 {
    let mut b = n;
    while a != 0 {
        a >>= a.trailing_zeros();
        (a, b) = (a.abs_diff(b), a.min(b));
    }
    b
}

/// Bases with which the test of Miller and Rabin is never wrong for a number below 2^64
/// (<https://oeis.org/A014233>).
const WITNESSES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/// Whether `n` is prime: certain, not only likely.
fn is_prime(n: u64) -> bool {
    if n < 2 || n.is_multiple_of(2) {
        return n == 2;
    }
    if let Some(&small) = WITNESSES.iter().find(|&&w| n.is_multiple_of(w)) {
        return n == small;
    }
    let field = Field::new(n);
    let (one, less_one) = (field.one(), n - field.one());
    let twos = (n - 1).trailing_zeros();
    WITNESSES.iter().all(|&witness| {
        let mut power = field.power(field.enter(witness), (n - 1) >> twos);
        let mut passes = power == one || power == less_one;
        for _ in 1..twos {
            power = field.multiply_add(power, power, 0);
            passes |= power == less_one;
        }
        passes
    })
}

/// Arithmetic modulo an odd number in Montgomery's form: a number is stood for by its product with
/// 2^64, and no step divides.
#[derive(Clone, Copy)]
struct Field {
    n: u64,
    /// The inverse of `n` modulo 2^64.
    inverse: u64,
}

impl Field {
    fn new(n: u64) -> Self {
        // Each round doubles the number of right bits, from the three that n itself has.
        let mut inverse = n;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(n.wrapping_mul(inverse)));
        }
        Self { n, inverse }
    }

    /// `a * b / 2^64 + c / 2^64` for numbers below `n`, again below `n`.
    #[inline]
    fn multiply_add(self, a: u64, b: u64, c: u64) -> u64 {
        // At most (n - 1)^2 + n - 1 < n * 2^64, so the difference below lies between -n and n.
        let product = u128::from(a) * u128::from(b) + u128::from(c);
        let (high, low) = ((product >> 64) as u64, product as u64);
        let cancel = low.wrapping_mul(self.inverse);
        let take = ((u128::from(cancel) * u128::from(self.n)) >> 64) as u64;
        let (rest, below) = high.overflowing_sub(take);
        if below {
            rest.wrapping_add(self.n)
        } else {
            rest
        }
    }

    /// What stands for 1.
    fn one(self) -> u64 {
        self.n.wrapping_neg() % self.n
    }

    /// What stands for `number`, which is below `n`.
    fn enter(self, number: u64) -> u64 {
        let wide = (u128::from(number) << 64) % u128::from(self.n);
        wide as u64
    }

    fn power(self, base: u64, exponent: u64) -> u64 {
        let mut power = self.one();
        for bit in (0..u64::BITS - exponent.leading_zeros()).rev() {
            power = self.multiply_add(power, power, 0);
            if exponent >> bit & 1 == 1 {
                power = self.multiply_add(power, base, 0);
            }
        }
        power
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like chance and are the same in every run (splitmix64).
    struct Seeded(u64);

    impl Seeded {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }
    }

    #[test]
    fn published_numbers() {
        for (pq, p, q) in [
            (2_694_724_800_268_887_959, 1_513_098_571, 1_780_931_429),
            (1_724_114_033_281_923_457, 1_229_739_323, 1_402_015_859),
            (1_470_626_929_934_143_021, 1_206_429_347, 1_218_991_343),
            (2_363_612_107_535_801_713, 1_518_968_219, 1_556_064_227),
            (2_804_275_833_720_261_793, 1_555_252_417, 1_803_100_129),
            (2_090_522_174_869_285_481, 1_112_973_847, 1_878_321_023),
            (21, 3, 7),
        ] {
            assert_eq!(factorize(pq), Some((p, q)));
        }
    }

    /// The whole contract, by slow division.
    fn slowly(n: u64) -> Option<(u64, u64)> {
        let p = (2..n)
            .take_while(|d| d * d <= n)
            .find(|&d| n.is_multiple_of(d))?;
        let q = n / p;
        let prime = |n: u64| {
            (2..n)
                .take_while(|d| d * d <= n)
                .all(|d| !n.is_multiple_of(d))
        };
        (p < q && prime(q)).then_some((p, q))
    }

    #[test]
    fn every_small_number() {
        for n in 0..20_000 {
            assert_eq!(factorize(n), slowly(n), "{n}");
        }
        // Beyond the small divisors.
        for n in 70_000..75_000 {
            assert_eq!(factorize(n), slowly(n), "{n}");
        }
    }

    /// Where both primes are small they turn up close to each other.
    #[test]
    fn products_of_two_primes_beyond_the_small_divisors() {
        let primes: Vec<u64> = (256..1_000).filter(|&n| is_prime(n)).collect();
        for (i, p) in primes.iter().enumerate() {
            for q in &primes[i..] {
                let expected = (p != q).then_some((*p, *q));
                assert_eq!(factorize(p * q), expected, "{p} * {q}");
            }
        }
    }

    fn next_prime(mut n: u64) -> u64 {
        while !is_prime(n) {
            n += 1;
        }
        n
    }

    #[test]
    fn products_of_two_primes_of_any_size() {
        let mut chance = Seeded(5);
        for bits in 2..=63 {
            for other in 2..=(64 - bits) {
                let p = next_prime(chance.next() >> (64 - bits) | 1 << (bits - 1));
                let q = next_prime(chance.next() >> (64 - other) | 1 << (other - 1));
                let Some(pq) = p.checked_mul(q) else { continue };
                let expected = (p != q).then_some((p.min(q), p.max(q)));
                assert_eq!(factorize(pq), expected, "{p} * {q}");
            }
        }
    }

    #[test]
    fn primes_squares_and_products_of_three_have_none() {
        let mut chance = Seeded(6);
        for bits in 2..=63 {
            let prime = next_prime(chance.next() >> (64 - bits) | 1 << (bits - 1));
            assert_eq!(factorize(prime), None, "the prime {prime}");
            if let Some(square) = prime.checked_mul(prime) {
                assert_eq!(factorize(square), None, "the square of {prime}");
            }
        }
        for _ in 0..200 {
            let [p, q, r] = [21, 21, 22].map(|bits| next_prime(chance.next() >> (64 - bits) | 1));
            assert_eq!(factorize(p * q * r), None, "{p} * {q} * {r}");
            assert_eq!(factorize(p * p * p), None, "{p} cubed");
            assert_eq!(factorize(p * p * q), None, "{p} squared * {q}");
        }
        let greatest_prime = u64::MAX - 58;
        for none in [
            0,
            1,
            u64::MAX,
            1 << 63,
            greatest_prime,
            4_294_967_291_u64.pow(2),
        ] {
            assert_eq!(factorize(none), None, "{none}");
        }
        // The greatest product of two primes below 2^32, beyond 2^63.
        assert_eq!(
            factorize(4_294_967_291 * 4_294_967_279),
            Some((4_294_967_279, 4_294_967_291))
        );
    }

    #[test]
    fn thousands_of_any_numbers() {
        let mut chance = Seeded(7);
        for round in 0..4_000 {
            let n = chance.next() >> (round % 64);
            if let Some((p, q)) = factorize(n) {
                assert!(1 < p && p < q && p.checked_mul(q) == Some(n), "{n}");
                assert!(is_prime(p) && is_prime(q), "{n}");
            }
        }
    }

    #[test]
    fn strong_pseudoprimes_are_no_primes() {
        // Each fools the first bases, one more of them each (https://oeis.org/A014233).
        for n in [
            2_047,
            1_373_653,
            25_326_001,
            3_215_031_751,
            2_152_302_898_747,
            3_474_749_660_383,
            341_550_071_728_321,
            3_825_123_056_546_413_051,
        ] {
            assert!(!is_prime(n), "{n}");
        }
        assert!(is_prime(u64::MAX - 58));
        assert!(is_prime((1 << 61) - 1));
    }

    #[test]
    fn arithmetic_at_the_edge_of_the_word() {
        let mut chance = Seeded(8);
        for _ in 0..2_000 {
            let n = chance.next() | 1 << 63 | 1;
            let field = Field::new(n);
            let (a, b, c) = (chance.next() % n, chance.next() % n, chance.next() % n);
            let wide = u128::from(field.multiply_add(a, b, c)) << 64;
            let expected = (u128::from(a) * u128::from(b) + u128::from(c)) % u128::from(n);
            assert_eq!(wide % u128::from(n), expected);
            assert_eq!(field.enter(1), field.one());
        }
    }
}
