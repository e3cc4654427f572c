//! The key exchange: all its forms, and what breaks it.
use localdc::LocalDc;

use crate::client::{Came, Client, Exchange, Manner, Wire, dice, encrypt, exchange, public_key};

#[test]
fn every_form_of_it() {
    let running = LocalDc::start().unwrap();
    let mut manners = Vec::new();
    for old_query in [false, true] {
        for old_padding in [false, true] {
            for dc in [None, Some(2), Some(-2), Some(10_002), Some(-10_002)] {
                manners.push(Manner {
                    old_query,
                    old_padding,
                    dc,
                    expires_in: None,
                });
            }
        }
    }
    // One connection may make many keys.
    let mut wire = Wire::connect(running.address(2));
    for manner in manners {
        let (auth, salt) = exchange(&mut wire, manner);
        assert_ne!((auth.id(), salt), (0, 0));
    }
    let temporary = Manner {
        dc: Some(2),
        expires_in: Some(86_400),
        ..Manner::default()
    };
    let (auth, salt) = exchange(&mut wire, temporary);
    let mut client = Client::with_key(wire, auth, salt);
    client.initialise();
}

#[test]
fn other_generators() {
    for g in [4, 7] {
        let running = LocalDc::builder().dcs(1).generator(g).start().unwrap();
        let mut wire = Wire::connect(running.address(1));
        exchange(&mut wire, Manner::default());
    }
    assert!(LocalDc::builder().generator(2).start().is_err());
    assert!(LocalDc::builder().dcs(0).start().is_err());
}

#[test]
fn another_data_centre_is_refused() {
    let running = LocalDc::start().unwrap();
    let key = public_key();
    for dc in [1, 3, 10_001, -1, i32::MIN, i32::MAX] {
        let manner = Manner {
            dc: Some(dc),
            ..Manner::default()
        };
        let mut wire = Wire::connect(running.address(2));
        let exchange = Exchange::start(&mut wire, manner);
        let encrypted = encrypt(&key, &exchange.inner(manner), manner);
        wire.send_plain(&exchange.second_query(&key, &encrypted));
        assert_eq!(wire.receive(), Came::Error(-444), "{dc}");
        assert_eq!(wire.receive(), Came::Closed);
    }
}

/// Sends a wrong query, which gets -404; after it the right one is of no use either.
fn refused(running: &LocalDc, spoil: impl FnOnce(&mut Exchange) -> Vec<u8>) {
    let key = public_key();
    let mut wire = Wire::connect(running.address(2));
    let mut exchange = Exchange::start(&mut wire, Manner::default());
    let encrypted = encrypt(&key, &exchange.inner(Manner::default()), Manner::default());
    let right = exchange.second_query(&key, &encrypted);
    wire.send_plain(&spoil(&mut exchange));
    assert_eq!(wire.receive(), Came::Error(-404));
    assert_eq!(wire.receive(), Came::Closed);
    let mut wire = Wire::connect(running.address(2));
    wire.send_plain(&right);
    assert_eq!(wire.receive(), Came::Error(-404));
}

#[test]
fn wrong_second_queries() {
    let running = LocalDc::start().unwrap();
    let key = public_key();
    let sealed = |exchange: &Exchange, inner: &[u8]| {
        let encrypted = encrypt(&key, inner, Manner::default());
        exchange.second_query(&key, &encrypted)
    };
    refused(&running, |exchange| {
        exchange.p[3] ^= 2;
        sealed(exchange, &exchange.inner(Manner::default()))
    });
    refused(&running, |exchange| {
        let inner = exchange.inner(Manner::default());
        std::mem::swap(&mut exchange.p, &mut exchange.q);
        sealed(exchange, &inner)
    });
    for at in 0..5 {
        // The constructor, pq, p, a nonce, the server's nonce.
        refused(&running, |exchange| {
            let mut inner = exchange.inner(Manner::default());
            inner[[0, 6, 18, 36, 50][at]] ^= 1;
            sealed(exchange, &inner)
        });
    }
    refused(&running, |exchange| {
        let manner = Manner {
            expires_in: Some(0),
            ..Manner::default()
        };
        sealed(exchange, &exchange.inner(manner))
    });
    refused(&running, |exchange| {
        exchange.second_query(&key, &[0x11; 256])
    });
    refused(&running, |exchange| {
        let other = ferogram_sync::crypto::RsaPublicKey::production();
        let encrypted = encrypt(
            &other,
            &exchange.inner(Manner::default()),
            Manner::default(),
        );
        exchange.second_query(&other, &encrypted)
    });
    refused(&running, |exchange| {
        let mut query = sealed(exchange, &exchange.inner(Manner::default()));
        query.truncate(200);
        query
    });
    // The third step before the second.
    refused(&running, |exchange| {
        exchange.third_query_with(0, &[0x55; 256])
    });
}

/// As far as the server's offer.
fn offered(wire: &mut Wire) -> Exchange {
    let key = public_key();
    let mut exchange = Exchange::start(wire, Manner::default());
    let encrypted = encrypt(&key, &exchange.inner(Manner::default()), Manner::default());
    wire.send_plain(&exchange.second_query(&key, &encrypted));
    exchange.read_offer(&wire.receive_plain());
    exchange
}

#[test]
fn wrong_third_queries() {
    let running = LocalDc::start().unwrap();
    let spoils: [fn(&Exchange) -> Vec<u8>; 5] = [
        |exchange| exchange.third_query(77).0,
        |exchange| exchange.third_query_with(0, &[9]),
        |exchange| exchange.third_query_with(0, &[0xff; 256]),
        |exchange| {
            let mut query = exchange.third_query(0).0;
            query[60] ^= 1;
            query
        },
        |exchange| {
            let mut query = exchange.third_query(0).0;
            query.truncate(48);
            query
        },
    ];
    for (number, spoil) in spoils.iter().enumerate() {
        let mut wire = Wire::connect(running.address(2));
        let exchange = offered(&mut wire);
        wire.send_plain(&spoil(&exchange));
        assert_eq!(wire.receive(), Came::Error(-404), "{number}");
        let mut wire = Wire::connect(running.address(2));
        wire.send_plain(&exchange.third_query(0).0);
        assert_eq!(wire.receive(), Came::Error(-404), "{number}");
    }
}

#[test]
fn what_is_asked_again_is_answered_again() {
    let running = LocalDc::start().unwrap();
    let key = public_key();
    let nonce = dice();
    let first = Exchange::first_query(&nonce, Manner::default());
    let ask = |body: &[u8]| {
        let mut wire = Wire::connect(running.address(2));
        wire.send_plain(body);
        wire.receive_plain()
    };
    let answer = ask(&first);
    assert_eq!(ask(&first), answer);
    let mut exchange = Exchange::read_challenge(nonce, &answer);
    let encrypted = encrypt(&key, &exchange.inner(Manner::default()), Manner::default());
    let mut second = exchange.second_query(&key, &encrypted);
    let answer = ask(&second);
    // TDLib appends random bytes to its queries.
    second.extend([0x99; 48]);
    assert_eq!(ask(&second), answer);
    exchange.read_offer(&answer);
    let (third, auth) = exchange.third_query(0);
    let answer = ask(&third);
    assert_eq!(ask(&third), answer);
    assert_eq!(exchange.read_end(&answer, &auth), 1);
    // The same step with other content is another matter.
    let mut wire = Wire::connect(running.address(2));
    wire.send_plain(&exchange.third_query(0).0);
    assert_eq!(wire.receive(), Came::Error(-404));
}

#[test]
fn answers_end_with_random_bytes() {
    let running = LocalDc::start().unwrap();
    let mut lengths = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let mut wire = Wire::connect(running.address(2));
        let nonce = dice();
        wire.send_plain(&Exchange::first_query(&nonce, Manner::default()));
        lengths.insert(wire.receive_plain().len());
    }
    assert!(lengths.len() > 3, "{lengths:?}");
}

#[test]
fn retries_and_failures_when_a_test_wants_them() {
    let running = LocalDc::start().unwrap();
    running.force_key_exchange_ends(2, 1);
    let mut wire = Wire::connect(running.address(2));
    let exchange = offered(&mut wire);
    let mut retry_id = 0;
    for expected in [2, 2, 3] {
        let (query, auth) = exchange.third_query(retry_id);
        wire.send_plain(&query);
        assert_eq!(exchange.read_end(&wire.receive_plain(), &auth), expected);
        retry_id = i64::from_le_bytes(auth.aux_hash());
    }
    // It has failed for good.
    wire.send_plain(&exchange.third_query(retry_id).0);
    assert_eq!(wire.receive(), Came::Error(-404));
    // The retry has to name the key that was refused.
    running.force_key_exchange_ends(1, 0);
    let mut wire = Wire::connect(running.address(2));
    let exchange = offered(&mut wire);
    let (query, auth) = exchange.third_query(0);
    wire.send_plain(&query);
    assert_eq!(exchange.read_end(&wire.receive_plain(), &auth), 2);
    wire.send_plain(&exchange.third_query(0).0);
    assert_eq!(wire.receive(), Came::Error(-404));
}

#[test]
fn what_is_no_query_of_the_exchange() {
    let running = LocalDc::start().unwrap();
    for body in [
        vec![],
        vec![1; 4],
        0xbe7e_8ef1_u32.to_le_bytes().to_vec(),
        [&0xc4f9_186b_u32.to_le_bytes()[..], &[1; 32]].concat(),
        [&0xd712_e4be_u32.to_le_bytes()[..], &[1; 32]].concat(),
    ] {
        let mut wire = Wire::connect(running.address(1));
        wire.send_plain(&body);
        assert_eq!(wire.receive(), Came::Error(-404));
    }
    // A length beyond the packet.
    let mut wire = Wire::connect(running.address(1));
    let mut packet = vec![0; 16];
    packet.extend(100_u32.to_le_bytes());
    packet.extend([0xf1, 0x8e, 0x7e, 0xbe]);
    wire.send(&packet);
    assert_eq!(wire.receive(), Came::Error(-404));
}
