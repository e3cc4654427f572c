//! Modules, crates, features, macros, functions and constants.
//!
//! # The key exchange
//!
//! Its `step1`, `step2`, `step3` and `finish`, each with its state to carry on, are one machine
//! here: a [`Handshake`] that takes the server's answers and says what to send. It has no socket
//! and no clock. Bytes, time and chance come in, and in the end there is a [`NewKey`], its
//! `Finished`. A client does all this by itself; this is for programs that speak MTProto on their
//! own.
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//! use std::time::{Instant, SystemTime};
//!
//! use ferogram_sync::crypto::RsaPublicKey;
//! use ferogram_sync::mtproto::{Framing, Handshake, HandshakeConfig, Packet, Step};
//! use ferogram_sync::mtproto::{open_plain, plain_len, put_plain};
//! use ferogram_sync::{Entropy, Now, Transport};
//!
//! struct Chance;
//!
//! impl Entropy for Chance {
//!     fn fill(&mut self, bytes: &mut [u8]) {
//!         getrandom::fill(bytes).expect("the operating system has chance to give");
//!     }
//! }
//!
//! fn now() -> Now {
//!     let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
//!     Now { instant: Instant::now(), unix: unix.expect("it is later than 1970") }
//! }
//!
//! let telegram = localdc::LocalDc::shared();
//! let dc = 1;
//! let config = HandshakeConfig {
//!     keys: [RsaPublicKey::from_pem(telegram.public_key_pem())?].into(),
//!     dc,
//!     expires_in: None,
//! };
//! let mut socket = TcpStream::connect(telegram.address(dc))?;
//! let mut framing = Framing::new(&Transport::Intermediate, dc as i16, &mut Chance);
//! let (mut handshake, mut query) = Handshake::start(config, &mut Chance);
//! let mut msg_id = 0;
//! let key = loop {
//!     // Ids grow, are multiples of four, and say the time.
//!     msg_id = (msg_id + 4).max(((now().unix.as_secs() as i64) << 32) & !3);
//!     let mut out = Vec::new();
//!     let frame = framing.begin(plain_len(query.len()), false, &mut out);
//!     put_plain(msg_id, &query, &mut out);
//!     framing.end(frame, &mut out, &mut Chance);
//!     socket.write_all(&out)?;
//!     handshake.prepare(); // While the server works, so do we.
//!     let answer = loop {
//!         match framing.next_packet()? {
//!             Some(Packet::Payload(packet)) => break open_plain(packet)?.1.to_vec(),
//!             Some(refusal) => return Err(format!("{refusal:?}").into()),
//!             None => {
//!                 let mut bytes = [0; 4096];
//!                 let count = socket.read(&mut bytes)?;
//!                 assert_ne!(count, 0, "the server hangs up");
//!                 framing.receive(&bytes[..count]);
//!             }
//!         }
//!     };
//!     match handshake.handle(now(), &answer, &mut Chance)? {
//!         Step::Send(next) => query = next,
//!         Step::Done(key) => break key,
//!     }
//! };
//! assert_ne!(key.key.id(), 0);
//! assert!(key.time_offset.abs() < 60);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Modules
//!
//! | kind | there | here |
//! |---|---|---|
//! | module | `authentication` | [`Handshake`], below |
//! | module | `builder` | [`ClientBuilder`] |
//! | module | `cdn_download` | [`Download::cdn`] |
//! | module | `conversation` | [`Conversation`] |
//! | module | `dc_migration` | [`Client::invoke`] finds the right data centre by itself. |
//! | module | `dc_pool` | [`Client::invoke_on_dc`], with one connection to each data centre |
//! | module | `dns_resolver` | not yet |
//! | module | `filters` | [`filters`], and [`Dispatcher`] |
//! | module | `fsm` | [`fsm`], with the feature `fsm` |
//! | module | `inline_iter` | [`InlineResults`] and [`InlineResult`], in the root |
//! | module | `keyboard` | [`keyboard`] |
//! | module | `macros` | [`dispatch!`](crate::dispatch) |
//! | module | `media` | [`Upload`], [`Download`], [`Media`] |
//! | module | `message_box` | [`tracker`] |
//! | module | `middleware` | [`middleware`] |
//! | module | `parsers` | [`text`]: [`FormattedText`] has all of it |
//! | module | `participants` | [`Participants`], [`Participant`] and the rights, in the root |
//! | module | `peer_ref` | [`PeerRef`] |
//! | module | `persist` | Not needed: counted updates come once, see [`Updates`]. |
//! | module | `proxy` | not yet |
//! | module | `reactions` | [`Reactions`] |
//! | module | `search` | [`MessageIter`] and [`GlobalSearch`], in the root |
//! | module | `session_backend` | [`store`] |
//! | module | `socks5` | not yet |
//! | module | `special_config` | not yet |
//! | module | `transport_intermediate` | [`Transport::Intermediate`], [`Framing`] |
//! | module | `transport_obfuscated` | [`Transport::Obfuscated`], [`Framing`] |
//! | module | `types` | [`User`] so far |
//! | module | `typing_guard` | [`TypingGuard`] |
//! | module | `update` | [`Update`] |
//! | module | `util` | [`Deserialize::from_bytes`] leaves no byte unread. |
//!
//! ## Crates that it hands out
//!
//! | kind | there | here |
//! |---|---|---|
//! | crate | `tl` | [`tl`] |
//! | crate | `mtproto` | [`mtproto`] |
//! | crate | `crypto` | [`crypto`] |
//! | crate | `parser` | With the feature `parser`, as `ferogram_sync::tl::parser`. |
//! | crate | `codegen` | With the feature `codegen`, as `ferogram_sync::tl::codegen`. |
//!
//! ## Features
//!
//! | kind | there | here |
//! |---|---|---|
//! | feature | `sqlite-session` | With the feature `sqlite-session`, `SqliteStore`. |
//! | feature | `libsql-session` | With the feature `libsql-session`, `LibSqlStore`. |
//! | feature | `html` | Not needed: [`FormattedText::html`] is always there. |
//! | feature | `html5ever` | It adds `FormattedText::html5` beside [`FormattedText::html`]. |
//! | feature | `derive` | The feature `fsm` has it. |
//! | feature | `serde` | The same: it reads and writes [`Config`], and `store::Records`. |
//! | feature | `parser` | It has the same name here. |
//! | feature | `codegen` | It has the same name here. |
//!
//! ## Macros, functions, constants
//!
//! | kind | there | here |
//! |---|---|---|
//! | function | `finish` | [`Handshake::handle`], whose last step is [`Step::Done`] |
//! | function | `step1` | [`Handshake::start`] |
//! | function | `step2` | [`Handshake::handle`] |
//! | function | `step3` | [`Handshake::handle`] |
//! | function | `parse_proxy_link` | not yet |
//! | constant | `LAYER` | [`LAYER`] |
//! | macro | `dispatch` | [`dispatch!`](crate::dispatch) |
//! | macro | `FsmState` | [`FsmState`](derive@crate::FsmState), with the feature `fsm` |
#[cfg(all(doc, feature = "fsm"))]
use crate::dispatch::fsm;

#[cfg(doc)]
use crate::bots::{InlineResult, InlineResults};
#[cfg(doc)]
use crate::chats::{Participant, Participants};
#[cfg(doc)]
use crate::client::{Client, ClientBuilder, Config};
#[cfg(doc)]
use crate::crypto;
#[cfg(doc)]
use crate::dispatch::{Conversation, Dispatcher, filters, middleware};
#[cfg(doc)]
use crate::media::{Download, Media, Upload};
#[cfg(doc)]
use crate::messages::{GlobalSearch, MessageIter, Reactions, TypingGuard, keyboard};
#[cfg(doc)]
use crate::mtproto;
#[cfg(doc)]
use crate::mtproto::{Framing, Handshake, NewKey, Step, Transport};
#[cfg(doc)]
use crate::peers::{PeerRef, User};
#[cfg(doc)]
use crate::store;
#[cfg(doc)]
use crate::text;
#[cfg(doc)]
use crate::text::FormattedText;
#[cfg(doc)]
use crate::tl;
#[cfg(doc)]
use crate::tl::{Deserialize, LAYER};
#[cfg(doc)]
use crate::tracker;
#[cfg(doc)]
use crate::updates::{Update, Updates};
