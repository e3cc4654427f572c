//! The builder and the settings.
//!
//! [`ClientBuilder::connect`] gives a client alone: its token is [`Client::shutdown_token`]. The
//! connection is made in the background, and the first call tells when it cannot be.
//! [`ClientBuilder::connect_and_login`] signs in with a bot's token, and prompts for nothing.
//!
//! A data centre to begin with, for a session that knows none, is also
//! [`ClientBuilder::first_dc`]: it leaves other sessions where they are.
//!
//! ## `ClientBuilder`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `ClientBuilder::api_id` | [`ClientBuilder::api_id`] |
//! | member | `ClientBuilder::api_hash` | [`ClientBuilder::api_hash`] |
//! | member | `ClientBuilder::session` | [`ClientBuilder::session`] |
//! | member | `ClientBuilder::session_string` | [`ClientBuilder::session_string`] |
//! | member | `ClientBuilder::in_memory` | [`ClientBuilder::in_memory`] |
//! | member | `ClientBuilder::session_backend` | [`ClientBuilder::session`] |
//! | member | `ClientBuilder::catch_up` | [`ClientBuilder::catch_up`] |
//! | member | `ClientBuilder::pfs` | [`ClientBuilder::pfs`] |
//! | member | `ClientBuilder::dc_addr` | [`ClientBuilder::dc_addr`] |
//! | member | `ClientBuilder::socks5` | not yet |
//! | member | `ClientBuilder::mtproxy` | not yet |
//! | member | `ClientBuilder::proxy_link` | not yet |
//! | member | `ClientBuilder::allow_ipv6` | [`ClientBuilder::ipv6`] |
//! | member | `ClientBuilder::transport` | [`ClientBuilder::transport`] |
//! | member | `ClientBuilder::retry_policy` | [`ClientBuilder::retry_policy`] |
//! | member | `ClientBuilder::restart_policy` | [`ClientBuilder::restart_policy`] |
//! | member | `ClientBuilder::device_model` | [`ClientBuilder::device_model`] |
//! | member | `ClientBuilder::system_version` | [`ClientBuilder::system_version`] |
//! | member | `ClientBuilder::app_version` | [`ClientBuilder::app_version`] |
//! | member | `ClientBuilder::system_lang_code` | [`ClientBuilder::system_lang_code`] |
//! | member | `ClientBuilder::lang_pack` | [`ClientBuilder::lang_pack`] |
//! | member | `ClientBuilder::lang_code` | [`ClientBuilder::lang_code`] |
//! | member | `ClientBuilder::probe_transport` | not yet |
//! | member | `ClientBuilder::resilient_connect` | not yet |
//! | member | `ClientBuilder::experimental_features` | Not needed: see below. |
//! | member | `ClientBuilder::build` | [`ClientBuilder::build`] |
//! | member | `ClientBuilder::connect` | [`ClientBuilder::connect`] |
//! | member | `ClientBuilder::future_auth_token` | [`SendCodeOptions::future_auth_token`] |
//! | member | `ClientBuilder::dc_id_override` | [`ClientBuilder::dc_id_override`] |
//! | member | `ClientBuilder::socks5_auth` | not yet |
//! | member | `ClientBuilder::proxy` | not yet |
//! | member | `ClientBuilder::probe_transport_race` | not yet |
//! | member | `ClientBuilder::transfer_limits` | [`Download::connections`] |
//! | member | `ClientBuilder::download_tcp_connections` | [`Download::connections`] |
//! | member | `ClientBuilder::upload_tcp_connections` | [`Upload::connections`] |
//! | member | `ClientBuilder::max_tcp_connections` | [`Download::connections`] |
//! | member | `ClientBuilder::download_pipeline_depth` | Not needed: the line decides. |
//! | member | `ClientBuilder::upload_pipeline_depth` | Not needed: the line decides. |
//! | member | `ClientBuilder::bypass_tcp_allotments` | Not needed: as many as help. |
//! | member | `ClientBuilder::update_queue_capacity` | [`ClientBuilder::update_queue`] |
//! | member | `ClientBuilder::update_overflow_strategy` | [`Subscription::when_full`] |
//! | member | `ClientBuilder::low_memory_mode` | [`ClientBuilder::low_memory_mode`] |
//! | member | `ClientBuilder::connect_and_login` | [`ClientBuilder::connect_and_login`] |
//!
//! ## `Config`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Config::with_string_session` | [`SessionPlace::Login`] in [`Config::session`] |
//! | member | `Config::proxy_link` | not yet |
//! | member | `Config::proxy` | not yet |
//! | member | `Config::socks5` | not yet |
//! | member | `Config::socks5_auth` | not yet |
//!
//! ## `ExperimentalFeatures`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `ExperimentalFeatures::allow_zero_hash` | Not needed: a bot asks by the id alone. |
//! | member | `ExperimentalFeatures::allow_missing_channel_hash` | Not needed: it is looked up. |
//! | member | `ExperimentalFeatures::auto_resolve_peers` | Each [`PeerRef`] is resolved. |
//! | member | `ExperimentalFeatures::cache_min_peers` | Not needed: a message names them. |
//! | member | `ExperimentalFeatures::resumable_transfers` | [`UploadTicket`] |
//! | member | `ExperimentalFeatures::checkpoint_dir` | Not needed: it lies beside its path. |
#[cfg(doc)]
use crate::account::SendCodeOptions;
#[cfg(doc)]
use crate::client::{Client, ClientBuilder, Config, SessionPlace};
#[cfg(doc)]
use crate::media::{Download, Upload, UploadTicket};
#[cfg(doc)]
use crate::peers::PeerRef;
#[cfg(doc)]
use crate::updates::Subscription;
