//! The constructor ids of the protocol itself.
//!
//! They are written down here and not taken from the generated types, so that a mistake in the one
//! place shows in the other. See <https://core.telegram.org/mtproto/service_messages> and
//! <https://core.telegram.org/mtproto/auth_key>.

pub(crate) const REQ_PQ: u32 = 0x6046_9778;
pub(crate) const REQ_PQ_MULTI: u32 = 0xbe7e_8ef1;
pub(crate) const RES_PQ: u32 = 0x0516_2463;
pub(crate) const P_Q_INNER_DATA: u32 = 0x83c9_5aec;
pub(crate) const P_Q_INNER_DATA_DC: u32 = 0xa9f5_5f95;
pub(crate) const P_Q_INNER_DATA_TEMP: u32 = 0x3c6a_84d4;
pub(crate) const P_Q_INNER_DATA_TEMP_DC: u32 = 0x56fd_df88;
pub(crate) const REQ_DH_PARAMS: u32 = 0xd712_e4be;
pub(crate) const SERVER_DH_PARAMS_OK: u32 = 0xd0e8_075c;
pub(crate) const SERVER_DH_INNER_DATA: u32 = 0xb589_0dba;
pub(crate) const SET_CLIENT_DH_PARAMS: u32 = 0xf504_5f1f;
pub(crate) const CLIENT_DH_INNER_DATA: u32 = 0x6643_b654;
pub(crate) const DH_GEN_OK: u32 = 0x3bcb_f734;
pub(crate) const DH_GEN_RETRY: u32 = 0x46dc_1fb9;
pub(crate) const DH_GEN_FAIL: u32 = 0xa69d_ae02;

pub(crate) const MSG_CONTAINER: u32 = 0x73f1_f8dc;
pub(crate) const MSG_COPY: u32 = 0xe060_46b2;
pub(crate) const GZIP_PACKED: u32 = 0x3072_cfa1;
pub(crate) const RPC_RESULT: u32 = 0xf35c_6d01;
pub(crate) const RPC_ERROR: u32 = 0x2144_ca19;

pub(crate) const MSGS_ACK: u32 = 0x62d6_b459;
pub(crate) const BAD_MSG_NOTIFICATION: u32 = 0xa7ef_f811;
pub(crate) const BAD_SERVER_SALT: u32 = 0xedab_447b;
pub(crate) const MSGS_STATE_REQ: u32 = 0xda69_fb52;
pub(crate) const MSGS_STATE_INFO: u32 = 0x04de_b57d;
pub(crate) const MSGS_ALL_INFO: u32 = 0x8cc0_d131;
pub(crate) const MSG_DETAILED_INFO: u32 = 0x276d_3ec6;
pub(crate) const MSG_RESEND_REQ: u32 = 0x7d86_1a08;
pub(crate) const MSG_RESEND_ANS_REQ: u32 = 0x8610_baeb;
pub(crate) const RPC_DROP_ANSWER: u32 = 0x58e4_a740;
pub(crate) const RPC_ANSWER_UNKNOWN: u32 = 0x5e2a_d36e;
pub(crate) const RPC_ANSWER_DROPPED_RUNNING: u32 = 0xcd78_e586;
pub(crate) const RPC_ANSWER_DROPPED: u32 = 0xa43a_d8b7;
pub(crate) const GET_FUTURE_SALTS: u32 = 0xb921_bd04;
pub(crate) const FUTURE_SALTS: u32 = 0xae50_0895;
pub(crate) const PING: u32 = 0x7abe_77ec;
pub(crate) const PING_DELAY_DISCONNECT: u32 = 0xf342_7b8c;
pub(crate) const PONG: u32 = 0x3477_73c5;
pub(crate) const DESTROY_SESSION: u32 = 0xe751_2126;
pub(crate) const DESTROY_SESSION_OK: u32 = 0xe220_45fc;
pub(crate) const DESTROY_SESSION_NONE: u32 = 0x62d3_50c9;
pub(crate) const DESTROY_AUTH_KEY: u32 = 0xd143_5160;
pub(crate) const DESTROY_AUTH_KEY_OK: u32 = 0xf660_e1d4;
pub(crate) const DESTROY_AUTH_KEY_NONE: u32 = 0x0a9f_2259;
pub(crate) const NEW_SESSION_CREATED: u32 = 0x9ec2_0908;
pub(crate) const HTTP_WAIT: u32 = 0x9299_359f;

pub(crate) const INVOKE_AFTER_MSG: u32 = 0xcb9f_372d;
pub(crate) const INVOKE_AFTER_MSGS: u32 = 0x3dc4_b4f0;
pub(crate) const INIT_CONNECTION: u32 = 0xc1cd_5ea9;
pub(crate) const INVOKE_WITH_LAYER: u32 = 0xda9b_0d0d;
pub(crate) const INVOKE_WITHOUT_UPDATES: u32 = 0xbf94_59b7;
pub(crate) const INVOKE_WITH_MESSAGES_RANGE: u32 = 0x3652_75f2;
pub(crate) const MESSAGE_RANGE: u32 = 0x0ae3_0253;
pub(crate) const INVOKE_WITH_TAKEOUT: u32 = 0xaca9_fd2e;
pub(crate) const INVOKE_WITH_BUSINESS_CONNECTION: u32 = 0xdd28_9f8e;
pub(crate) const INVOKE_WITH_GOOGLE_PLAY_INTEGRITY: u32 = 0x1df9_2984;
pub(crate) const INVOKE_WITH_APNS_SECRET: u32 = 0x0dae_54f8;
pub(crate) const INVOKE_WITH_RE_CAPTCHA: u32 = 0xadbb_0f94;
pub(crate) const INPUT_CLIENT_PROXY: u32 = 0x7558_8b3f;
pub(crate) const JSON_NULL: u32 = 0x3f6d_7b68;
pub(crate) const JSON_BOOL: u32 = 0xc734_5e6a;
pub(crate) const JSON_NUMBER: u32 = 0x2be0_dfa4;
pub(crate) const JSON_STRING: u32 = 0xb71e_767a;
pub(crate) const JSON_ARRAY: u32 = 0xf744_4763;
pub(crate) const JSON_OBJECT: u32 = 0x99c1_d49d;
pub(crate) const JSON_OBJECT_VALUE: u32 = 0xc0de_1bd9;

pub(crate) const BIND_TEMP_AUTH_KEY: u32 = 0xcdd4_2a05;
pub(crate) const BIND_AUTH_KEY_INNER: u32 = 0x75a3_f765;
pub(crate) const IMPORT_AUTHORIZATION: u32 = 0xa57a_7dad;
pub(crate) const GET_CONFIG: u32 = 0xc4f9_186b;
pub(crate) const GET_NEAREST_DC: u32 = 0x1fb3_3026;
pub(crate) const UPDATES_TOO_LONG: u32 = 0xe317_af7e;
pub(crate) const VECTOR: u32 = 0x1cb5_c415;
pub(crate) const BOOL_TRUE: u32 = 0x9972_75b5;

/// The queries that move files (`upload.*`): they may use a connection of their own, and do not
/// make it the one that gets updates.
///
/// See <https://core.telegram.org/api/updates#subscribing-to-updates>.
pub(crate) const FILE_QUERIES: [u32; 8] = [
    0xb304_a621, // upload.saveFilePart
    0xde7b_673d, // upload.saveBigFilePart
    0xbe53_35be, // upload.getFile
    0x24e6_818d, // upload.getWebFile
    0x395f_69da, // upload.getCdnFile
    0x9b27_54a8, // upload.reuploadCdnFile
    0x91dc_3f31, // upload.getCdnFileHashes
    0x9156_982a, // upload.getFileHashes
];

#[cfg(test)]
mod tests {
    use ferogram_sync::tl::name_of;

    use super::*;

    const NAMES: &[(u32, &str)] = &[
        (REQ_PQ, "req_pq"),
        (REQ_PQ_MULTI, "req_pq_multi"),
        (RES_PQ, "resPQ"),
        (P_Q_INNER_DATA, "p_q_inner_data"),
        (P_Q_INNER_DATA_DC, "p_q_inner_data_dc"),
        (P_Q_INNER_DATA_TEMP, "p_q_inner_data_temp"),
        (P_Q_INNER_DATA_TEMP_DC, "p_q_inner_data_temp_dc"),
        (REQ_DH_PARAMS, "req_DH_params"),
        (SERVER_DH_PARAMS_OK, "server_DH_params_ok"),
        (SERVER_DH_INNER_DATA, "server_DH_inner_data"),
        (SET_CLIENT_DH_PARAMS, "set_client_DH_params"),
        (CLIENT_DH_INNER_DATA, "client_DH_inner_data"),
        (DH_GEN_OK, "dh_gen_ok"),
        (DH_GEN_RETRY, "dh_gen_retry"),
        (DH_GEN_FAIL, "dh_gen_fail"),
        (RPC_ERROR, "rpc_error"),
        (MSGS_ACK, "msgs_ack"),
        (BAD_MSG_NOTIFICATION, "bad_msg_notification"),
        (BAD_SERVER_SALT, "bad_server_salt"),
        (MSGS_STATE_REQ, "msgs_state_req"),
        (MSGS_STATE_INFO, "msgs_state_info"),
        (MSGS_ALL_INFO, "msgs_all_info"),
        (MSG_DETAILED_INFO, "msg_detailed_info"),
        (MSG_RESEND_REQ, "msg_resend_req"),
        (MSG_RESEND_ANS_REQ, "msg_resend_ans_req"),
        (RPC_DROP_ANSWER, "rpc_drop_answer"),
        (RPC_ANSWER_UNKNOWN, "rpc_answer_unknown"),
        (RPC_ANSWER_DROPPED_RUNNING, "rpc_answer_dropped_running"),
        (RPC_ANSWER_DROPPED, "rpc_answer_dropped"),
        (GET_FUTURE_SALTS, "get_future_salts"),
        (FUTURE_SALTS, "future_salts"),
        (PING, "ping"),
        (PING_DELAY_DISCONNECT, "ping_delay_disconnect"),
        (PONG, "pong"),
        (DESTROY_SESSION, "destroy_session"),
        (DESTROY_SESSION_OK, "destroy_session_ok"),
        (DESTROY_SESSION_NONE, "destroy_session_none"),
        (DESTROY_AUTH_KEY, "destroy_auth_key"),
        (DESTROY_AUTH_KEY_OK, "destroy_auth_key_ok"),
        (DESTROY_AUTH_KEY_NONE, "destroy_auth_key_none"),
        (NEW_SESSION_CREATED, "new_session_created"),
        (HTTP_WAIT, "http_wait"),
        (INVOKE_AFTER_MSG, "invokeAfterMsg"),
        (INVOKE_AFTER_MSGS, "invokeAfterMsgs"),
        (INIT_CONNECTION, "initConnection"),
        (INVOKE_WITH_LAYER, "invokeWithLayer"),
        (INVOKE_WITHOUT_UPDATES, "invokeWithoutUpdates"),
        (INVOKE_WITH_MESSAGES_RANGE, "invokeWithMessagesRange"),
        (MESSAGE_RANGE, "messageRange"),
        (INVOKE_WITH_TAKEOUT, "invokeWithTakeout"),
        (
            INVOKE_WITH_BUSINESS_CONNECTION,
            "invokeWithBusinessConnection",
        ),
        (
            INVOKE_WITH_GOOGLE_PLAY_INTEGRITY,
            "invokeWithGooglePlayIntegrity",
        ),
        (INVOKE_WITH_APNS_SECRET, "invokeWithApnsSecret"),
        (INVOKE_WITH_RE_CAPTCHA, "invokeWithReCaptcha"),
        (INPUT_CLIENT_PROXY, "inputClientProxy"),
        (JSON_NULL, "jsonNull"),
        (JSON_BOOL, "jsonBool"),
        (JSON_NUMBER, "jsonNumber"),
        (JSON_STRING, "jsonString"),
        (JSON_ARRAY, "jsonArray"),
        (JSON_OBJECT, "jsonObject"),
        (JSON_OBJECT_VALUE, "jsonObjectValue"),
        (BIND_TEMP_AUTH_KEY, "auth.bindTempAuthKey"),
        (BIND_AUTH_KEY_INNER, "bind_auth_key_inner"),
        (IMPORT_AUTHORIZATION, "auth.importAuthorization"),
        (GET_CONFIG, "help.getConfig"),
        (GET_NEAREST_DC, "help.getNearestDc"),
        (UPDATES_TOO_LONG, "updatesTooLong"),
        (BOOL_TRUE, "boolTrue"),
    ];

    #[test]
    fn the_schema_agrees() {
        for (id, name) in NAMES {
            assert_eq!(name_of(*id), Some(*name), "{id:#x}");
        }
        for id in FILE_QUERIES {
            assert!(
                name_of(id).is_some_and(|name| name.starts_with("upload.")),
                "{id:#x}"
            );
        }
    }
}
