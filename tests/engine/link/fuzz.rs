//! Random messages under the right key: whatever they say, nothing panics and nothing grows.
use super::scene::{Scene, config};
use super::tl;
use crate::given::Seeded;
use ferogram_sync::mtproto::{Header, Input};

const IDS: [u32; 34] = [
    0x73f1_f8dc,
    0x3072_cfa1,
    0xf35c_6d01,
    0xe060_46b2,
    0x2144_ca19,
    0x5e2a_d36e,
    0xcd78_e586,
    0xa43a_d8b7,
    0x62d6_b459,
    0xa7ef_f811,
    0xedab_447b,
    0xda69_fb52,
    0x04de_b57d,
    0x8cc0_d131,
    0x276d_3ec6,
    0x809d_b6df,
    0x7d86_1a08,
    0x8610_baeb,
    0xae50_0895,
    0x7abe_77ec,
    0xf342_7b8c,
    0x3477_73c5,
    0x9ec2_0908,
    0xe220_45fc,
    0x62d3_50c9,
    0xf660_e1d4,
    0x0a9f_2259,
    0xea10_9b13,
    0x1cb5_c415,
    0x9972_75b5,
    0x74ae_4240,
    0x1111_1111,
    0xd143_5160,
    0xe751_2126,
];

/// A random object; message ids in it are often real ones.
fn object(dice: &mut Seeded, known: &[i64], depth: usize) -> Vec<u8> {
    let mut object = tl::object(IDS[dice.below(IDS.len())]);
    for _ in 0..dice.below(8) {
        object = match dice.below(7) {
            0 => object.int(dice.number() as i32),
            1 => object.long(dice.number() as i64),
            2 if !known.is_empty() => object.long(known[dice.below(known.len())]),
            3 => object.int([16, 17, 18, 20, 32, 33, 48, 64, 99][dice.below(9)]),
            4 => {
                let ids: Vec<i64> = (0..dice.below(4))
                    .map(|_| known.get(dice.below(known.len() + 1)).copied().unwrap_or(5))
                    .collect();
                object.longs(&ids)
            }
            5 => {
                let len = dice.below(30);
                object.bytes(&dice.bytes(len))
            }
            _ if depth > 0 => object.raw(&self::object(dice, known, depth - 1)),
            _ => object,
        };
    }
    let object = object.0;
    match dice.below(12) {
        0 => tl::gzip(&object),
        1 => object[..dice.below(object.len() / 4 + 1) * 4].to_vec(),
        _ => object,
    }
}

fn one_message(scene: &mut Scene, dice: &mut Seeded, known: &[i64]) -> Vec<u8> {
    let body = match dice.below(4) {
        0 => {
            let members: Vec<(i64, i32, Vec<u8>)> = (0..dice.below(5))
                .map(|_| {
                    let id = scene.peer.next_id(true) - [0, 0, 0, 1, 4 << 32][dice.below(5)];
                    (id, dice.below(3) as i32, object(dice, known, 2))
                })
                .collect();
            tl::container(&members)
        }
        1 if !known.is_empty() => {
            let asked = known[dice.below(known.len())];
            tl::rpc_result(asked, &object(dice, known, 1))
        }
        _ => object(dice, known, 2),
    };
    let header = Header {
        salt: dice.number() as i64,
        session_id: scene.peer.session,
        msg_id: scene.peer.next_id(true),
        seq_no: dice.below(4) as i32,
    };
    scene.peer.seal(&header, &body)
}

fn run(seed: u64, messages: usize) {
    let mut dice = Seeded::new(seed);
    let mut scene = Scene::new(config());
    scene.start();
    let mut known = Vec::new();
    for _ in 0..messages {
        if !scene.is_open() {
            scene.ask_with(|request| request.harmless = dice.below(2) == 0);
            scene.reconnect();
        }
        match dice.below(6) {
            0 => {
                scene.ask_with(|request| request.harmless = dice.below(2) == 0);
            }
            1 => scene.seconds(dice.below(20) as u64),
            _ => {}
        }
        if !scene.is_open() {
            continue;
        }
        known.extend(scene.got.drain(..).flat_map(|g| [g.msg_id, g.carrier()]));
        known.drain(..known.len().saturating_sub(40));
        let bytes = one_message(&mut scene, &mut dice, &known);
        scene.input(Input::Received(scene.lane, &bytes));
        scene.events.clear();
    }
}

#[test]
fn random_messages_harm_nobody() {
    for seed in 0..60 {
        run(seed, 150);
    }
}

#[test]
fn random_bytes_harm_nobody() {
    let mut dice = Seeded::new(5);
    for _ in 0..300 {
        let mut scene = Scene::new(config());
        scene.ask();
        scene.connect();
        let len = dice.below(300);
        let bytes = dice.bytes(len);
        scene.deliver(&bytes);
        let payload = dice.bytes(24 + 16 * 3);
        if scene.is_open() {
            let frame = scene.peer.frame(&payload);
            scene.deliver(&frame);
        }
    }
}
