//! Types and traits.
//!
//! What its `PersistedSession` is there, a whole session as plain data, is [`Records`] here. A
//! store is told what has changed, and never asked to write all again. A policy of restarting is
//! asked after a connection was lost, and no good one is cut.
//!
//! ## Types
//!
//! | kind | there | here |
//! |---|---|---|
//! | type | `FsmState` | [`FsmState`](trait@crate::FsmState), with the feature `fsm` |
//! | type | `BuilderError` | [`BuilderError`] |
//! | type | `ClientBuilder` | [`ClientBuilder`] |
//! | type | `Button` | [`Button`], [`ReplyButton`] |
//! | type | `InlineKeyboard` | [`InlineKeyboard`] |
//! | type | `ReplyKeyboard` | [`ReplyKeyboard`] |
//! | type | `Document` | [`Document`] |
//! | type | `DownloadIter` | [`Chunks`] |
//! | type | `Downloadable` | [`Downloadable`] |
//! | type | `Photo` | [`Photo`] |
//! | type | `Sticker` | [`Sticker`] |
//! | type | `UploadedFile` | [`UploadedFile`] |
//! | type | `Participant` | [`Participant`] |
//! | type | `ProfilePhotoIter` | [`ProfilePhotos`] |
//! | type | `PeerRef` | [`PeerRef`] |
//! | type | `MtProxyConfig` | not yet |
//! | type | `GlobalSearchBuilder` | [`GlobalSearch`] |
//! | type | `SearchBuilder` | [`MessageIter`] |
//! | type | `Socks5Config` | not yet |
//! | type | `ChannelKind` | [`ChannelKind`] |
//! | type | `Channel` | [`Channel`] |
//! | type | `Chat` | [`Chat`] |
//! | type | `Group` | [`Group`] |
//! | type | `User` | [`User`] |
//! | type | `TypingGuard` | [`TypingGuard`] |
//! | type | `BotStoppedUpdate` | [`update::BotStopped`] |
//! | type | `MessageReactionUpdate` | [`update::ReactionChange`] |
//! | type | `PollVoteUpdate` | [`update::PollVote`] |
//! | type | `ButtonFilter` | [`ButtonFilter`](crate::keyboard::ButtonFilter) |
//! | type | `Update` | [`Update`] |
//! | type | `ChatActionUpdate` | [`update::Typing`] |
//! | type | `JoinRequestUpdate` | [`update::JoinRequest`] |
//! | type | `ParticipantUpdate` | [`update::ParticipantChange`] |
//! | type | `UserStatusUpdate` | [`update::StatusChange`] |
//! | type | `ChatBoostUpdate` | [`update::ChatBoost`] |
//! | type | `PreCheckoutQueryUpdate` | [`update::PreCheckoutQuery`] |
//! | type | `ShippingQueryUpdate` | [`update::ShippingQuery`] |
//! | type | `AuthKey` | [`AuthKey`] |
//! | type | `AutoSleep` | [`AutoSleep`], 60 s as there |
//! | type | `BinaryFileBackend` | [`FileStore`] |
//! | type | `CircuitBreaker` | [`CircuitBreaker`] |
//! | type | `Client` | [`Client`] |
//! | type | `Config` | [`Config`] |
//! | type | `DcEntry` | [`DcAddress`] says where, [`KeyRecord`] holds the key |
//! | type | `DcFlags` | [`DcAddress`], whose fields they are |
//! | type | `Dialog` | [`Dialog`] |
//! | type | `DialogIter` | [`DialogIter`] |
//! | type | `ExperimentalFeatures` | Not needed: [`setup`](super::setup) says why of each. |
//! | type | `ExponentialBackoff` | [`RestartPolicy::Exponential`] |
//! | type | `Finished` | [`NewKey`] |
//! | type | `FixedInterval` | [`RestartPolicy::Fixed`] |
//! | type | `ForwardOptions` | [`ForwardOptions`] |
//! | type | `InMemoryBackend` | [`MemoryStore`] |
//! | type | `InputMessage` | [`InputMessage`] |
//! | type | `LoginToken` | [`LoginToken`] |
//! | type | `MessageIter` | [`MessageIter`] |
//! | type | `MiniAppSession` | [`MiniAppSession`] |
//! | type | `NeverRestart` | [`RestartPolicy::Never`]; there connections come back all the same |
//! | type | `NoRetries` | [`NoRetries`] |
//! | type | `PasswordToken` | [`PasswordToken`] |
//! | type | `PeerCache` | Not needed: whom answers and updates have shown is remembered. |
//! | type | `RetryContext` | [`RetryContext`] |
//! | type | `RpcError` | [`RpcError`] |
//! | type | `SqliteBackend` | With the feature `sqlite-session`, `SqliteStore`. |
//! | type | `LibSqlBackend` | With `libsql-session`, `LibSqlStore`, without a replica. |
//! | type | `StringSessionBackend` | [`StringSession`] |
//! | type | `UpdateStream` | [`Updates`] |
//! | type | `InvocationError` | [`Error`] |
//! | type | `LinkKind` | [`LinkKind`] |
//! | type | `MiniApp` | [`MiniApp`] |
//! | type | `SignInError` | [`SignInError`] |
//! | type | `TransportKind` | [`Transport`] |
//! | type | `UpdateStateChange` | [`Change`] |
//! | type | `ShutdownToken` | [`ShutdownToken`] |
//!
//! ## Traits
//!
//! | kind | there | here |
//! |---|---|---|
//! | trait | `ConnectionRestartPolicy` | [`RestartPolicy`] |
//! | trait | `Identifiable` | [`Identifiable`] |
//! | trait | `RetryPolicy` | [`RetryPolicy`] |
//! | trait | `Serializable` | [`Serialize`] |
//! | trait | `SessionBackend` | [`Store`] |

#[cfg(doc)]
use crate::account::{LoginToken, PasswordToken, ProfilePhotos, SignInError};
#[cfg(doc)]
use crate::bots::{MiniApp, MiniAppSession};
#[cfg(doc)]
use crate::chats::Participant;
#[cfg(doc)]
use crate::client::{
    AutoSleep, CircuitBreaker, Client, ClientBuilder, Config, NoRetries, RetryContext, RetryPolicy,
    ShutdownToken,
};
#[cfg(doc)]
use crate::crypto::AuthKey;
#[cfg(doc)]
use crate::error::{BuilderError, Error};
#[cfg(doc)]
use crate::media::{Chunks, Document, Downloadable, Photo, Sticker, UploadedFile};
#[cfg(doc)]
use crate::messages::keyboard::{Button, InlineKeyboard, ReplyButton, ReplyKeyboard};
#[cfg(doc)]
use crate::messages::{
    Dialog, DialogIter, ForwardOptions, GlobalSearch, InputMessage, LinkKind, MessageIter,
    TypingGuard,
};
#[cfg(doc)]
use crate::mtproto::{NewKey, RestartPolicy, RpcError, Transport};
#[cfg(doc)]
use crate::peers::{Channel, ChannelKind, Chat, Group, PeerRef, User};
#[cfg(doc)]
use crate::store::{
    Change, DcAddress, FileStore, KeyRecord, MemoryStore, Records, Store, StringSession,
};
#[cfg(doc)]
use crate::tl::{Identifiable, Serialize};
#[cfg(doc)]
use crate::updates::{Update, Updates, update};
