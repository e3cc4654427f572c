//! The codec: primitives, limits, errors and what they say.
use ferogram_sync::tl::{
    self, DecodeError, DecodeErrorKind, Deserialize, Identifiable, MAX_DEPTH, Reader, Serialize,
    TypeRef, enums, functions, types,
};

fn bytes_of(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn fails<T: Deserialize>(bytes: &[u8]) -> DecodeError {
    T::from_bytes(bytes)
        .err()
        .expect("this should not be readable")
}

#[test]
fn strings_are_padded_and_long_ones_have_a_long_header() {
    assert_eq!("".to_owned().to_bytes(), [0, 0, 0, 0]);
    assert_eq!("abc".to_owned().to_bytes(), *b"\x03abc");
    assert_eq!("abcd".to_owned().to_bytes(), *b"\x04abcd\0\0\0");
    for length in [252, 253, 254, 255, 256, 70_000, (1 << 24) - 1, 1 << 24] {
        let data = vec![7; length];
        let bytes = data.to_bytes();
        assert_eq!(bytes.len() % 4, 0);
        let header: &[u8] = match length {
            ..254 => &[length as u8],
            254..0x100_0000 => &[254, length as u8, (length >> 8) as u8, (length >> 16) as u8],
            _ => &[255, 0, 0, 0, 1, 0, 0, 0],
        };
        assert!(bytes.starts_with(header));
        assert_eq!(Vec::<u8>::from_bytes(&bytes), Ok(data));
    }
}

#[test]
fn lengths_are_held_against_what_is_there() {
    for bytes in [
        &[4, b'a', b'b', b'c'][..],
        &[3, b'a', b'b'],
        &[1, b'a'],
        &[254, 0, 0],
        &[254, 0xff, 0xff, 0xff],
        &[255, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[255, 0, 0, 0],
        &[],
    ] {
        let error = DecodeError {
            kind: DecodeErrorKind::Truncated,
            offset: 0,
        };
        assert_eq!(fails::<Vec<u8>>(bytes), error, "{bytes:?}");
        assert_eq!(fails::<String>(bytes), error, "{bytes:?}");
    }
}

#[test]
fn vectors_are_held_against_what_is_there() {
    let error = fails::<Vec<i64>>(&bytes_of(&[0x1cb5_c415, 0x7fff_ffff, 0, 0]));
    assert_eq!(
        error,
        DecodeError {
            kind: DecodeErrorKind::TooMany { count: 0x7fff_ffff },
            offset: 4
        }
    );
    let error = fails::<Vec<i64>>(&bytes_of(&[0x1cb5_c415, 2, 0, 0, 0]));
    assert_eq!(
        error,
        DecodeError {
            kind: DecodeErrorKind::Truncated,
            offset: 16
        }
    );
    let error = fails::<Vec<i32>>(&bytes_of(&[0x1cb5_c416, 0]));
    let kind = DecodeErrorKind::UnknownConstructor {
        id: 0x1cb5_c416,
        expected: "Vector",
    };
    assert_eq!(error, DecodeError { kind, offset: 0 });
    assert_eq!(
        Vec::from_bytes(&bytes_of(&[0x1cb5_c415, 2, 5, 6])),
        Ok(vec![5, 6])
    );
}

#[test]
fn errors_say_what_and_where() {
    let peer = fails::<enums::Peer>(&bytes_of(&[0x1234_5678, 0, 0]));
    assert_eq!(
        peer.to_string(),
        "constructor 0x12345678 is not one of Peer (at byte 0)"
    );
    let id = types::PeerUser::CONSTRUCTOR_ID;
    let cut = fails::<enums::Peer>(&bytes_of(&[id, 0]));
    assert_eq!(cut.to_string(), "the input ends too early (at byte 4)");
    let more = fails::<enums::Peer>(&bytes_of(&[id, 0, 0, 0, 0]));
    assert_eq!(
        more.to_string(),
        "8 bytes are left over after the value (at byte 12)"
    );
    let truth = fails::<bool>(&bytes_of(&[1]));
    assert_eq!(
        truth.to_string(),
        "constructor 0x00000001 is not one of Bool (at byte 0)"
    );
}

#[test]
fn the_first_error_stays() {
    let mut reader = Reader::new(&[1, 2, 3, 4, 5]);
    reader.i32();
    assert_eq!((reader.offset(), reader.len()), (4, 1));
    assert_eq!(reader.i64(), 0);
    reader.fail(DecodeErrorKind::TooDeep);
    assert_eq!(
        (reader.bytes(), reader.raw(0), reader.int128()),
        (&[][..], &[][..], [0; 16])
    );
    let error = DecodeError {
        kind: DecodeErrorKind::Truncated,
        offset: 4,
    };
    assert_eq!((reader.offset(), reader.error()), (4, Some(&error)));
    assert_eq!(reader.finish(), Err(error));
}

#[test]
fn a_bad_string_costs_itself_only() {
    let mut bytes = bytes_of(&[types::Error::CONSTRUCTOR_ID, 7]);
    bytes.extend_from_slice(b"\x03a\xffb");
    let enums::Error::Error(error) = enums::Error::from_bytes(&bytes).expect("it is whole");
    assert_eq!((error.code, error.text.as_str()), (7, "a\u{fffd}b"));
}

/// A text that is bold `depth` times.
fn nested(depth: usize) -> Vec<u8> {
    let bold = types::TextBold::CONSTRUCTOR_ID;
    let mut words = vec![bold; depth];
    words.push(types::TextEmpty::CONSTRUCTOR_ID);
    bytes_of(&words)
}

#[test]
fn depth_is_limited_and_the_limit_fits_into_a_small_stack() {
    let limit = MAX_DEPTH as usize;
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let thread = small.spawn(move || {
        let deepest = nested(limit - 1);
        let text = enums::RichText::from_bytes(&deepest).expect("this is deep, but not too deep");
        assert_eq!(text.clone().to_bytes(), deepest);
        let block = types::PageBlockBlockquote {
            text,
            ..Default::default()
        };
        assert!(format!("{block:?}").starts_with("pageBlockBlockquote { text: textBold { text: "));

        for depth in [limit, limit + 1, 1_000_000] {
            let error = fails::<enums::RichText>(&nested(depth));
            assert_eq!(error.kind, DecodeErrorKind::TooDeep);
            assert_eq!(error.offset, limit * 4);
        }
        let walked = tl::walk(&nested(1_000_000), TypeRef::OBJECT, &mut |_, _| ());
        assert_eq!(walked.expect_err("too deep").kind, DecodeErrorKind::TooDeep);
        let shown = format!("{:?}", tl::show(&nested(1_000_000), TypeRef::OBJECT));
        assert!(
            shown.ends_with("<values are nested too deep (at byte 1024)>"),
            "{shown}"
        );
    });
    thread
        .expect("a thread can be started")
        .join()
        .expect("the stack was large enough");
}

#[test]
fn fields_that_share_a_flag_are_all_written() {
    // start_date and the prepared invoice of a boost hang on other bits; these two share one.
    let bot = types::AttachMenuBot {
        show_in_attach_menu: true,
        peer_types: None,
        ..Default::default()
    };
    let read = types::AttachMenuBot::from_bytes(&bot.to_bytes()).expect("it is well-formed");
    assert_eq!(
        (read.show_in_attach_menu, read.peer_types),
        (true, Some(Vec::new()))
    );
}

#[test]
fn what_is_missing_of_a_shared_flag_is_written_as_its_default() {
    // Equal values have equal bytes.
    let poll = types::UpdateMessagePoll {
        msg_id: Some(7),
        ..Default::default()
    };
    let peer = Some(enums::Peer::default());
    assert_eq!(
        poll,
        types::UpdateMessagePoll {
            peer,
            ..poll.clone()
        }
    );

    let check = types::FactCheck {
        country: Some("NL".to_owned()),
        ..Default::default()
    };
    let text = Some(enums::TextWithEntities::default());
    assert_eq!(
        check,
        types::FactCheck {
            text,
            ..check.clone()
        }
    );

    let settings = types::CodeSettings {
        token: Some("token".to_owned()),
        ..Default::default()
    };
    let app_sandbox = Some(false);
    let whole = types::CodeSettings {
        app_sandbox,
        ..settings.clone()
    };
    assert_eq!(settings, whole);

    let rated = types::UserFull {
        stars_my_pending_rating_date: Some(7),
        ..Default::default()
    };
    let rating = enums::StarsRating::default();
    let whole = types::UserFull {
        stars_my_pending_rating: Some(rating),
        ..rated.clone()
    };
    assert_eq!(rated, whole);

    let call = functions::phone::JoinGroupCall {
        block: Some(vec![1]),
        ..Default::default()
    };
    let whole = functions::phone::JoinGroupCall {
        public_key: Some([0; 32]),
        ..call.clone()
    };
    assert_eq!(call, whole);
}

#[test]
fn generic_functions_wrap_others() {
    let query = functions::users::GetUsers {
        id: vec![enums::InputUser::UserSelf],
    };
    let wrapped = functions::InvokeWithLayer {
        layer: tl::LAYER,
        query: functions::InvokeWithTakeout {
            takeout_id: 1,
            query: &query,
        },
    };
    let bytes = wrapped.to_bytes();
    assert_eq!(
        &bytes[bytes.len() - query.to_bytes().len()..],
        query.to_bytes()
    );
    assert_eq!(
        format!("{wrapped:?}"),
        "invokeWithLayer { layer: 230, query: invokeWithTakeout { takeout_id: 1, \
         query: users.getUsers { id: [inputUserSelf] } } }"
    );
    let answer = TypeRef::returned_by(functions::users::GetUsers::CONSTRUCTOR_ID);
    assert!(answer.is_some());
    assert_eq!(tl::answer_type(&bytes), answer);
    assert_eq!(TypeRef::returned_by(0xda9b_0d0d), Some(TypeRef::OBJECT));
    assert_eq!(
        tl::answer_type(&bytes[..20]),
        None,
        "it is cut inside of the wrapper"
    );
    assert_eq!(
        tl::answer_type(&types::PeerUser::CONSTRUCTOR_ID.to_le_bytes()),
        None
    );
    let users = vec![enums::User::Empty(types::UserEmpty { id: 3 })].to_bytes();
    let mut ids = Vec::new();
    let walked = tl::walk(&users, answer.expect("checked above"), &mut |id, _| {
        ids.push(id)
    });
    assert_eq!(
        (walked, ids),
        (Ok(()), vec![types::UserEmpty::CONSTRUCTOR_ID])
    );
}

#[test]
fn requests_that_the_server_knows_again() {
    let known = [
        functions::messages::SendMessage::CONSTRUCTOR_ID,
        functions::messages::ForwardMessages::CONSTRUCTOR_ID,
        functions::messages::SendMultiMedia::CONSTRUCTOR_ID,
        functions::phone::RequestCall::CONSTRUCTOR_ID,
    ];
    assert!(known.into_iter().all(tl::has_random_id));
    let unknown = [
        functions::messages::EditMessage::CONSTRUCTOR_ID,
        functions::messages::ClickSponsoredMessage::CONSTRUCTOR_ID,
        types::InputSingleMedia::CONSTRUCTOR_ID,
        0,
    ];
    assert!(!unknown.into_iter().any(tl::has_random_id));
}

#[test]
fn secrets_are_not_shown() {
    let request = functions::auth::SignIn {
        phone_number: "+100".to_owned(),
        phone_code_hash: "topsecret".to_owned(),
        phone_code: Some("topsecret".to_owned()),
        email_verification: Some(
            types::EmailVerificationCode {
                code: "topsecret".to_owned(),
            }
            .into(),
        ),
    };
    assert_eq!(
        format!("{request:?}"),
        "auth.signIn { phone_number: \"+100\", phone_code_hash: <secret>, phone_code: <secret>, \
         email_verification: emailVerificationCode { code: <secret> } }"
    );
    let check = functions::auth::CheckPassword {
        password: types::InputCheckPasswordSrp {
            srp_id: 1,
            a: vec![2],
            m1: vec![3],
        }
        .into(),
    };
    assert_eq!(
        format!("{check:?}"),
        "auth.checkPassword { password: <secret> }"
    );
    let settings = types::CodeSettings {
        token: Some("topsecret".to_owned()),
        app_sandbox: Some(false),
        ..Default::default()
    };
    let accepted = types::UrlAuthResultAccepted {
        url: Some("https://example.com/?hash=topsecret".to_owned()),
    };
    let shown = format!("{settings:?} {accepted:?}");
    assert_eq!(shown.matches("<secret>").count(), 2, "{shown}");
    assert!(!shown.contains("topsecret"), "{shown}");
    let dh = types::ServerDhParamsOk {
        encrypted_answer: vec![0xee; 9],
        ..Default::default()
    };
    assert_eq!(
        format!("{dh:?}"),
        "server_DH_params_ok { nonce: <secret>, server_nonce: <secret>, \
         encrypted_answer: <secret> }"
    );
}

#[test]
fn values_are_shown_by_the_names_of_the_schema() {
    let message = types::Message {
        id: 5,
        out: true,
        peer_id: types::PeerUser { user_id: 6 }.into(),
        message: "Hi \"you\"".to_owned(),
        ..Default::default()
    };
    assert_eq!(
        format!("{message:?}"),
        "message { id: 5, peer_id: peerUser { user_id: 6 }, date: 0, \
         message: \"Hi \\\"you\\\"\", out: true }"
    );
    assert_eq!(
        format!("{:#?}", enums::Peer::from(types::PeerChat { chat_id: -1 })),
        "peerChat {\n    chat_id: -1,\n}"
    );
    let long = types::MsgsStateInfo {
        req_msg_id: 1,
        info: vec![0xab; 33],
    };
    let digits = "ab".repeat(32);
    assert_eq!(
        format!("{long:?}"),
        format!("msgs_state_info {{ req_msg_id: 1, info: 0x{digits}… (33 bytes) }}")
    );
}
