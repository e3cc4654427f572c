//! The shapes of the generated types.
use ferogram_sync::tl::{self, Deserialize, Serialize, enums, functions, types};

#[test]
fn large_enums_stay_small_in_memory() {
    assert!(size_of::<enums::Message>() <= 16);
    assert!(size_of::<enums::Update>() <= 56);
    assert!(size_of::<enums::InputPeer>() <= 24);
}

#[test]
fn a_request_is_written_with_defaults() {
    let request = functions::messages::SendMessage {
        peer: types::InputPeerUser {
            user_id: 7,
            access_hash: 9,
        }
        .into(),
        message: "Hello".to_owned(),
        random_id: 3,
        silent: true,
        ..Default::default()
    };
    let bytes = request.to_bytes();
    assert_eq!(bytes[4..8], (1_u32 << 5).to_le_bytes());
    assert_eq!(bytes[8..12], 0xdde8_a54c_u32.to_le_bytes());
}

#[test]
fn values_survive_the_wire() {
    let peer = enums::InputPeer::from(types::InputPeerUserFromMessage {
        peer: enums::InputPeer::PeerSelf,
        msg_id: 5,
        user_id: 6,
    });
    let bytes = peer.to_bytes();
    assert_eq!(enums::InputPeer::from_bytes(&bytes), Ok(peer));
    assert_eq!(
        types::User::from_bytes(&types::User::default().to_bytes()),
        Ok(types::User::default())
    );
    assert_eq!(tl::LAYER, 230);
}
