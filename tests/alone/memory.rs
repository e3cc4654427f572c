//! What hostile bytes can make the codec allocate. Counted are the allocations of the process, those
//! of the test program too, which may have something to do at the same moment: so each is counted
//! three times, and the least is the truth.
use std::alloc::System;

use ferogram_sync::tl::{self, Deserialize, Serialize, TypeRef, enums, functions, types};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use crate::process::passed_alone;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn allocated(mut action: impl FnMut()) -> usize {
    let counts = (0..3).map(|_| {
        let region = Region::new(ALLOCATOR);
        action();
        let change = region.change();
        change.bytes_allocated + change.bytes_reallocated.unsigned_abs()
    });
    counts.min().expect("three were counted")
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

#[test]
fn claims_allocate_nothing_and_small_requests_fit_into_a_used_buffer() {
    if passed_alone() {
        return;
    }
    // A vector that claims as many items as its bytes could hold at most.
    let mut vector = words(&[0x1cb5_c415, 250_000]);
    vector.resize(8 + 1_000_000, 0);
    let most = vector.len() + 1024;
    assert!(allocated(|| drop(Vec::<enums::Message>::from_bytes(&vector))) <= most);
    assert!(allocated(|| drop(Vec::<types::Message>::from_bytes(&vector))) <= most);
    assert!(allocated(|| drop(Vec::<Vec<i64>>::from_bytes(&vector))) <= most);
    // A claim of more than that, and of bytes that are not there.
    for claim in [
        words(&[0x1cb5_c415, u32::MAX]),
        words(&[0xffff_fffe]),
        words(&[u32::MAX, u32::MAX]),
    ] {
        assert_eq!(
            allocated(|| drop(Vec::<enums::User>::from_bytes(&claim))),
            0
        );
        assert_eq!(allocated(|| drop(Vec::<u8>::from_bytes(&claim))), 0);
        assert_eq!(allocated(|| drop(String::from_bytes(&claim))), 0);
    }

    let request = functions::messages::SendMessage {
        peer: types::InputPeerUser {
            user_id: 7,
            access_hash: 9,
        }
        .into(),
        message: "Hello".to_owned(),
        ..Default::default()
    };
    let mut buffer = Vec::with_capacity(1024);
    let serialised = || {
        buffer.clear();
        request.serialize(&mut buffer);
    };
    assert_eq!(allocated(serialised), 0);
    let walked = || tl::walk(&buffer, TypeRef::OBJECT, &mut |_, _| ()).expect("it is whole");
    assert_eq!(allocated(walked), 0);
}
