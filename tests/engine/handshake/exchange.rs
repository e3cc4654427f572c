//! The exchange against a server of the tests, genuine and tampered with.
use std::time::{Duration, Instant};

use num_bigint::BigUint;

use super::server::{Begun, OTHER_PRIME, Server, padded, params, pq, public_key, verdict};
use crate::given::{Seeded, hex};
use ferogram_sync::crypto::{DhError, RsaPublicKey, sha1};
use ferogram_sync::mtproto::{Handshake, HandshakeConfig, HandshakeError, NewKey, Step};
use ferogram_sync::tl::{DecodeErrorKind, Serialize, enums, types};
use ferogram_sync::{Entropy, Now};

#[expect(clippy::disallowed_methods, reason = "a test may take any moment")]
fn now() -> Now {
    Now {
        instant: Instant::now(),
        unix: Duration::from_secs(1_800_000_100),
    }
}

fn config(expires_in: Option<i32>) -> HandshakeConfig {
    HandshakeConfig {
        keys: [RsaPublicKey::production(), public_key()].into(),
        dc: -10_002,
        expires_in,
    }
}

/// A client and a server, and what the client sent last.
struct Pair {
    client: Handshake,
    server: Server,
    entropy: Box<dyn Entropy>,
    query: Vec<u8>,
}

impl Pair {
    fn new(seed: u64) -> Self {
        Self::with(config(None), Box::new(Seeded::new(seed + 1000)), seed)
    }

    fn with(config: HandshakeConfig, mut entropy: Box<dyn Entropy>, seed: u64) -> Self {
        let (client, query) = Handshake::start(config, &mut *entropy);
        Self {
            client,
            server: Server::new(seed),
            entropy,
            query,
        }
    }

    fn handle(&mut self, answer: &[u8]) -> Result<Step, HandshakeError> {
        self.client.handle(now(), answer, &mut *self.entropy)
    }

    fn go_on(&mut self, answer: &[u8]) {
        match self.handle(answer) {
            Ok(Step::Send(query)) => self.query = query,
            other => panic!("the exchange does not go on: {other:?}"),
        }
    }

    /// The answer must be refused, and the exchange must be over.
    fn refused(mut self, answer: &[u8], error: &HandshakeError) {
        assert_eq!(&self.handle(answer).unwrap_err(), error);
        assert_eq!(self.handle(answer).unwrap_err(), HandshakeError::Over);
    }

    fn until_pq(mut self) -> (Self, types::ResPq) {
        let answer = self.server.res_pq(&self.query);
        (self, answer)
    }

    fn until_params(self) -> (Self, types::ServerDhInnerData) {
        let (mut pair, answer) = self.until_pq();
        pair.go_on(&pq(answer));
        pair.server.read_req_dh_params(&pair.query.clone());
        let inner = pair.server.dh_inner();
        (pair, inner)
    }

    fn until_verdict(self) -> Self {
        let (mut pair, inner) = self.until_params();
        let answer = pair.server.dh_params(&inner);
        pair.go_on(&params(answer));
        pair.server.read_set_client_dh_params(&pair.query.clone());
        pair
    }

    fn finish(mut self) -> (NewKey, Server) {
        match self.handle(&verdict(self.server.ok())) {
            Ok(Step::Done(made)) => {
                assert_eq!(made.key.as_bytes()[..], *self.server.key());
                assert_eq!(made.salt, self.server.salt());
                (made, self.server)
            }
            other => panic!("no key: {other:?}"),
        }
    }
}

#[test]
fn a_permanent_key() {
    let (made, server) = Pair::new(1).until_verdict().finish();
    let Some(enums::PQInnerData::Dc(inner)) = server.inner else {
        panic!("{:?}", server.inner);
    };
    assert_eq!(inner.dc, -10_002);
    assert_eq!(inner.pq, server.pq);
    assert_eq!(made.server_time, 1_800_000_000);
    assert_eq!(made.time_offset, -100);
    assert_eq!(made.expires_at, None);
    assert_eq!(server.retry_id, Some(0));
}

#[test]
fn a_temporary_key() {
    let pair = Pair::with(config(Some(86_400)), Box::new(Seeded::new(2)), 2);
    let (made, server) = pair.until_verdict().finish();
    let Some(enums::PQInnerData::TempDc(inner)) = server.inner else {
        panic!("{:?}", server.inner);
    };
    assert_eq!((inner.dc, inner.expires_in), (-10_002, 86_400));
    assert_eq!(made.expires_at, Some(1_800_086_400));
}

#[test]
fn preparing_changes_nothing_but_when_the_work_is_done() {
    let (plain, _) = Pair::new(3).until_verdict().finish();
    let mut pair = Pair::new(3);
    pair.client.prepare();
    pair.client.prepare();
    let (mut pair, inner) = pair.until_params();
    pair.client.prepare();
    let answer = pair.server.dh_params(&inner);
    pair.go_on(&params(answer));
    pair.server.read_set_client_dh_params(&pair.query.clone());
    pair.client.prepare();
    pair.client.prepare();
    let (prepared, _) = pair.finish();
    assert_eq!(plain.key.as_bytes(), prepared.key.as_bytes());
}

#[test]
fn groups_that_were_not_prepared_for() {
    for (g, prime) in [(4, None), (7, None), (2, Some(hex(OTHER_PRIME)))] {
        let mut pair = Pair::new(4);
        pair.server.g = g;
        pair.server.prime = prime.unwrap_or(pair.server.prime);
        pair.client.prepare();
        pair.until_verdict().finish();
    }
}

#[test]
fn an_exponent_whose_public_number_is_out_of_range_is_drawn_anew() {
    // The nonce, then an exponent of zero.
    for prepared in [false, true] {
        let begun = Begun(vec![0; 16 + 256], Seeded::new(5));
        let mut pair = Pair::with(config(None), Box::new(begun), 5);
        if prepared {
            pair.client.prepare();
        }
        pair.until_verdict().finish();
    }
}

#[test]
fn the_first_of_the_servers_keys_that_is_known() {
    let (mut pair, mut answer) = Pair::new(6).until_pq();
    let production = RsaPublicKey::production().fingerprint();
    answer.server_public_key_fingerprints = vec![1, production, public_key().fingerprint()];
    pair.go_on(&pq(answer));
    assert!(pair.query.windows(8).any(|w| w == production.to_le_bytes()));
}

#[test]
fn no_known_key_is_a_matter_of_configuration() {
    let (pair, mut answer) = Pair::new(7).until_pq();
    answer.server_public_key_fingerprints = (0..20).collect();
    let error = HandshakeError::UnknownKeys {
        offered: (0..8).collect(),
    };
    assert!(error.is_configuration());
    pair.refused(&pq(answer), &error);
}

#[test]
fn res_pq_with_another_nonce() {
    let (pair, mut answer) = Pair::new(8).until_pq();
    answer.nonce[15] ^= 1;
    pair.refused(&pq(answer), &HandshakeError::Nonce);
}

#[test]
fn numbers_that_are_no_product_of_two_primes() {
    for number in [
        "",
        "00",
        "01",
        "7fffffffffffffe7",
        "8000000000000000",
        "ffffffffffffffff",
        // A product of two primes, but of 64 bits.
        "ffffffea00000055",
        "0117ed48941a08f981",
    ] {
        let (pair, mut answer) = Pair::new(9).until_pq();
        answer.pq = hex(number);
        pair.refused(&pq(answer), &HandshakeError::Factors);
    }
}

#[test]
fn small_factors_have_no_zeros_in_front() {
    let mut pair = Pair::new(10);
    pair.server.pq = vec![21];
    pair.until_verdict().finish();
}

#[test]
fn params_with_other_nonces() {
    let (mut pair, inner) = Pair::new(11).until_params();
    let mut answer = pair.server.dh_params(&inner);
    answer.nonce[0] ^= 1;
    pair.refused(&params(answer), &HandshakeError::Nonce);

    let (mut pair, inner) = Pair::new(12).until_params();
    let mut answer = pair.server.dh_params(&inner);
    answer.server_nonce[0] ^= 1;
    pair.refused(&params(answer), &HandshakeError::ServerNonce);

    let (mut pair, mut inner) = Pair::new(13).until_params();
    inner.nonce[0] ^= 1;
    let answer = pair.server.dh_params(&inner);
    pair.refused(&params(answer), &HandshakeError::Nonce);

    let (mut pair, mut inner) = Pair::new(14).until_params();
    inner.server_nonce[0] ^= 1;
    let answer = pair.server.dh_params(&inner);
    pair.refused(&params(answer), &HandshakeError::ServerNonce);
}

#[test]
fn encrypted_answers_that_are_not_whole_blocks() {
    for length in [0, 15, 16, 31, 593] {
        let (mut pair, inner) = Pair::new(15).until_params();
        let mut answer = pair.server.dh_params(&inner);
        answer.encrypted_answer.resize(length, 0);
        pair.refused(&params(answer), &HandshakeError::Blocks { length });
    }
}

#[test]
fn the_hash_counts_the_object_and_nothing_else() {
    // A byte of the object, the hash itself, and a hash that counts the padding.
    for case in 0..3 {
        let (pair, inner) = Pair::new(16).until_params();
        let mut object = enums::ServerDhInnerData::from(inner).to_bytes();
        let len = object.len();
        let mut hash = sha1(&[&object]);
        match case {
            0 => object[len - 1] ^= 1,
            1 => hash[0] ^= 1,
            _ => {
                object.extend_from_slice(&[7; 8]);
                hash = sha1(&[&object]);
            }
        }
        let mut data = hash.to_vec();
        data.extend(object);
        data.resize(data.len().next_multiple_of(16), 7);
        let answer = pair.server.seal(data);
        pair.refused(&params(answer), &HandshakeError::Hash);
    }
}

#[test]
fn at_most_fifteen_bytes_of_padding() {
    let (pair, inner) = Pair::new(17).until_params();
    let object = enums::ServerDhInnerData::from(inner).to_bytes();
    let mut data = sha1(&[&object]).to_vec();
    data.extend(&object);
    let len = data.len();
    data.resize(len.next_multiple_of(16) + 16, 7);
    let length = data.len() - len;
    assert!((16..32).contains(&length));
    let answer = pair.server.seal(data);
    pair.refused(&params(answer), &HandshakeError::Padding { length });
}

#[test]
fn a_changed_block_of_the_encrypted_answer() {
    for place in [0, 20, 300, 591] {
        let (mut pair, inner) = Pair::new(18).until_params();
        let mut answer = pair.server.dh_params(&inner);
        answer.encrypted_answer[place] ^= 1;
        let error = pair.handle(&params(answer)).unwrap_err();
        assert!(
            matches!(error, HandshakeError::Hash | HandshakeError::Answer(_)),
            "{error}"
        );
    }
}

#[test]
fn public_numbers_out_of_range() {
    let prime = BigUint::from_bytes_be(&Server::new(0).prime);
    let one = BigUint::from(1_u8);
    let margin = &one << 1984;
    for g_a in [
        BigUint::ZERO,
        one.clone(),
        &margin - &one,
        &prime - &margin + &one,
        &prime - &one,
        prime.clone(),
        &prime + &one,
    ] {
        let (mut pair, mut inner) = Pair::new(19).until_params();
        inner.g_a = padded(&g_a);
        let answer = pair.server.dh_params(&inner);
        let error = HandshakeError::Group(DhError::PublicRange);
        pair.refused(&params(answer), &error);
    }
    let (mut pair, mut inner) = Pair::new(19).until_params();
    inner.g_a = vec![1; 257];
    let answer = pair.server.dh_params(&inner);
    pair.refused(
        &params(answer),
        &HandshakeError::Group(DhError::PublicRange),
    );
}

#[test]
fn groups_that_are_not_safe() {
    let known = Server::new(0).prime;
    let mut composite = known.clone();
    composite[255] ^= 8;
    for (g, prime, error) in [
        (2, known.clone(), DhError::Generator(2)),
        (5, known.clone(), DhError::Generator(5)),
        (0, known.clone(), DhError::Generator(0)),
        (-3, known.clone(), DhError::Generator(-3)),
        (4, composite, DhError::NotSafePrime),
        (3, known[1..].to_vec(), DhError::PrimeSize),
        (3, Vec::new(), DhError::PrimeSize),
        (4, vec![0x7f; 256], DhError::PrimeSize),
    ] {
        let (mut pair, mut inner) = Pair::new(20).until_params();
        inner.g = g;
        inner.dh_prime = prime;
        let answer = pair.server.dh_params(&inner);
        pair.refused(&params(answer), &HandshakeError::Group(error));
    }
}

#[test]
fn a_refusal_has_to_be_genuine_too() {
    let (pair, _) = Pair::new(21).until_params();
    let answer = pair.server.refusal();
    pair.refused(&params(answer), &HandshakeError::Refused);

    let (pair, _) = Pair::new(22).until_params();
    let mut answer = pair.server.refusal();
    answer.new_nonce_hash[3] ^= 1;
    pair.refused(&params(answer), &HandshakeError::NewNonceHash);

    let (pair, _) = Pair::new(23).until_params();
    let mut answer = pair.server.refusal();
    answer.server_nonce[3] ^= 1;
    pair.refused(&params(answer), &HandshakeError::ServerNonce);
}

#[test]
fn the_last_answer_has_to_prove_the_key() {
    let pair = Pair::new(24).until_verdict();
    let mut answer = pair.server.ok();
    answer.new_nonce_hash1[0] ^= 1;
    pair.refused(&verdict(answer), &HandshakeError::NewNonceHash);

    // The hash of another verdict does not do.
    let pair = Pair::new(25).until_verdict();
    let mut answer = pair.server.ok();
    answer.new_nonce_hash1 = pair.server.retry().new_nonce_hash2;
    pair.refused(&verdict(answer), &HandshakeError::NewNonceHash);

    let pair = Pair::new(26).until_verdict();
    let mut answer = pair.server.retry();
    answer.new_nonce_hash2 = pair.server.ok().new_nonce_hash1;
    pair.refused(&verdict(answer), &HandshakeError::NewNonceHash);

    let pair = Pair::new(27).until_verdict();
    let mut answer = pair.server.fail();
    answer.new_nonce_hash3 = pair.server.ok().new_nonce_hash1;
    pair.refused(&verdict(answer), &HandshakeError::NewNonceHash);

    let pair = Pair::new(28).until_verdict();
    let mut answer = pair.server.ok();
    answer.nonce[0] ^= 1;
    pair.refused(&verdict(answer), &HandshakeError::Nonce);

    let pair = Pair::new(29).until_verdict();
    let mut answer = pair.server.ok();
    answer.server_nonce[0] ^= 1;
    pair.refused(&verdict(answer), &HandshakeError::ServerNonce);
}

#[test]
fn a_server_that_gives_up() {
    let pair = Pair::new(30).until_verdict();
    let answer = pair.server.fail();
    pair.refused(&verdict(answer), &HandshakeError::Failed);
}

#[test]
fn another_key_when_the_server_has_one_like_it() {
    let mut pair = Pair::new(31).until_verdict();
    for _ in 0..2 {
        let refused = pair.server.key().to_vec();
        let aux_hash = i64::from_le_bytes(pair.server.aux_hash());
        let answer = pair.server.retry();
        pair.go_on(&verdict(answer));
        pair.server.read_set_client_dh_params(&pair.query.clone());
        assert_eq!(pair.server.retry_id, Some(aux_hash));
        assert_ne!(pair.server.key(), refused);
    }
    pair.finish();
}

#[test]
fn a_server_that_is_never_content() {
    let mut pair = Pair::new(32).until_verdict();
    for _ in 0..5 {
        let answer = pair.server.retry();
        pair.go_on(&verdict(answer));
        pair.server.read_set_client_dh_params(&pair.query.clone());
    }
    let answer = pair.server.retry();
    pair.refused(&verdict(answer), &HandshakeError::Retries { times: 6 });
}

#[test]
fn answers_to_other_questions() {
    let early = Pair::new(33).until_verdict();
    let answer = verdict(early.server.ok());
    let error = Pair::new(34).handle(&answer).unwrap_err();
    let HandshakeError::Answer(error) = error else {
        panic!("{error}");
    };
    let kind = DecodeErrorKind::UnknownConstructor {
        id: 0x3bcb_f734,
        expected: "ResPQ",
    };
    assert_eq!(error.kind, kind);

    let (mut pair, answer) = Pair::new(35).until_pq();
    let answer = pq(answer);
    pair.go_on(&answer);
    assert!(matches!(
        pair.handle(&answer),
        Err(HandshakeError::Answer(_))
    ));
}

#[test]
fn answers_that_end_too_early() {
    let (_, answer) = Pair::new(36).until_pq();
    let whole = enums::ResPq::from(answer).to_bytes();
    for length in 0..whole.len() {
        let error = Pair::new(36).handle(&whole[..length]).unwrap_err();
        assert!(matches!(error, HandshakeError::Answer(_)), "{error}");
    }
}

#[test]
fn nothing_secret_is_shown() {
    let pair = Pair::new(37).until_verdict();
    let shown = format!("{:?}", pair.client);
    assert_eq!(
        shown,
        "Handshake { step: \"waiting for Set_client_DH_params_answer\", dc: -10002, .. }"
    );
    let (made, server) = pair.finish();
    let shown = format!("{made:?}");
    assert!(!shown.contains(&server.salt().to_string()), "{shown}");
}

#[test]
fn random_and_damaged_answers_never_panic() {
    let mut dice = Seeded::new(38);
    for round in 0..60 {
        let mut pair = Pair::new(39);
        let mut answer = pq(pair.server.res_pq(&pair.query));
        if round % 3 > 0 {
            pair.go_on(&answer);
            pair.server.read_req_dh_params(&pair.query.clone());
            let inner = pair.server.dh_inner();
            answer = params(pair.server.dh_params(&inner));
        }
        if round % 3 > 1 {
            pair.go_on(&answer);
            pair.server.read_set_client_dh_params(&pair.query.clone());
            answer = verdict(pair.server.ok());
        }
        if dice.below(4) == 0 {
            let length = dice.below(200);
            answer = dice.bytes(length);
        } else {
            // Mostly where lengths and ids are.
            for _ in 0..=dice.below(3) {
                let place = dice.below(answer.len());
                answer[place] ^= 1 << dice.below(8);
            }
        }
        let _ = pair.handle(&answer);
        pair.client.prepare();
        let _ = pair.handle(&answer);
    }
}
