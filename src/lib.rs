//! A Telegram client for programs that do not want an async runtime: for user accounts and bots,
//! blocking, and usable from any thread.
//!
//! One thread carries all connections. A call blocks until its answer is here, and never longer
//! than its timeout; [`Client::submit`] keeps many requests in flight from one thread. When a call
//! fails without an answer, [`Error::delivery`] says whether the server can have carried it out.
//!
//! ```no_run
//! use ferogram_sync::{Client, Update};
//!
//! fn main() -> ferogram_sync::Result<()> {
//!     let client = Client::builder()
//!         .api_id(12345) // yours, from https://my.telegram.org
//!         .api_hash("0123456789abcdef")
//!         .session("bot.session")
//!         .connect()?;
//!     if !client.is_authorized()? {
//!         client.bot_sign_in("123456:token from @BotFather")?;
//!     }
//!     for update in client.updates() {
//!         if let Update::NewMessage(message) = update
//!             && !message.outgoing()
//!             && !message.text().is_empty()
//!             && let Err(error) = message.reply(message.text())
//!         {
//!             eprintln!("not answered: {error}"); // Somebody may have blocked the bot.
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Nearly everything is a method of [`Client`], or of what came from it:
//!
//! - sign in: [`Client::bot_sign_in`], [`Client::interactive_sign_in`] on a terminal and
//!   [`Client::request_login_code`] elsewhere, [`Client::qr_login`];
//! - bring a login along: [`ClientBuilder::session_string`], [`store::StringSession`];
//! - say whom is meant: [`PeerRef`];
//! - send: [`Client::send_message`], [`InputMessage`], [`text`], [`keyboard`], [`Message::reply`];
//!   once, however often the program tries: [`InputMessage::once`];
//! - read and search: [`Client::iter_messages`], [`Client::iter_dialogs`], [`Client::search`];
//! - files: [`Client::send_file`], [`Client::download`], [`Media`];
//! - groups and channels: [`Client::create_group`], [`Client::join_chat`],
//!   [`Client::iter_participants`], [`Client::restrict`];
//! - hear what happens: [`Client::updates`], [`Update`];
//! - a bot with commands, states and talks: [`Dispatcher`], [`filters`], [`Client::conversation`];
//! - tell errors apart: [`Error::is`], [`Error::kind`], [`Error::delivery`];
//! - many requests at a time: [`Client::submit`], [`Pending`].
//!
//! Any method of the API can be called by its name in the schema, through [`tl::functions`] and
//! [`Client::invoke`]. [`crypto`], [`mtproto`] and [`tracker`] are the layers below, for programs
//! that need them. Whoever comes from the async library `ferogram` finds its names in
//! [`from_ferogram`].
mod dc;
mod entropy;
mod now;
mod secret;

mod account;
mod bots;
mod chats;
mod client;
pub mod crypto;
mod dispatch;
mod error;
pub mod from_ferogram;
mod media;
mod messages;
pub mod mtproto;
mod net;
mod peers;
pub mod store;
pub mod text;
pub mod tl;
pub mod tracker;
mod updates;

pub use account::{
    BlockList, BlockedPeer, BlockedPeers, CodeType, ContactName, EmailReset, GlobalPrivacy,
    ImportedContacts, LoginSession, LoginToken, NewPassword, NextCodeType, NotifyException,
    NotifyScope, NotifySettings, PasswordChange, PasswordReset, PasswordState, PasswordToken,
    PhoneContact, Privacy, PrivacyKey, PrivacyRule, ProfileChanges, ProfilePhotos, QrCode,
    Question, SavedContact, SendCodeOptions, SendCodeOutcome, SentEmailCode, SessionSettings,
    SignInError, Takeout, TakeoutOptions, TermsOfService, TopPeers, WebSession,
};
pub use bots::{
    BotCommand, BotProfile, BotProfileChanges, ButtonAnswer, CommandScope, HighScore, InitData,
    InitDataError, InlineAnswer, InlineResult, InlineResults, InputInlineResult, MenuButton,
    MiniApp, MiniAppSession, OpenMiniApp, PreparedInline, ScoreOptions, ShippingOption,
};
pub use chats::{
    AdminAction, AdminEvent, AdminLog, AdminLogFilter, AdminRights, AdminWithInvites, BannedRights,
    Boost, BoostStatus, Boosts, Change, ChatFull, ChatStats, CommonChats, ForumTopic, Graph,
    Importer, Importers, Invitation, InviteLink, InviteLinkChange, InviteLinks, Joined,
    MemberFilter, MyBoost, NewChat, NewChatPhoto, NewInviteLink, NewTopic, NotInvited, Offer,
    Participant, ParticipantStatus, Participants, Permissions, PollStats, PostStats, StatsKind,
    Stories, Story, TopicChange, Topics,
};
pub use client::{
    AppConfig, AutoSleep, Budget, CircuitBreaker, Client, ClientBuilder, Config, LoginState,
    Network, NoRetries, OnWait, Pending, Reply, RetryContext, RetryPolicy, ServerConfig,
    SessionPlace, ShutdownToken, Waiting, Watch,
};
pub use dc::DcId;
#[cfg(feature = "fsm")]
pub use dispatch::fsm::{self, FsmState};
pub use dispatch::{
    Args, ArgsError, Argument, Context, Conversation, ConversationError, DispatchError,
    DispatchResult, Dispatcher, Filter, Flow, FromContext, Handler, Handlers, Limit, Need, Outcome,
    Place, Router, Running, Stopper, With, Words, filters, middleware,
};
#[cfg(feature = "fsm")]
pub use dispatch::{Scene, Wizard};
pub use entropy::Entropy;
pub use error::{
    AccountError, AccountTrouble, BuilderError, ButtonError, ButtonFault, DispatcherError, Error,
    FileError, NotSeen, OnceError, PeerError, Result, SignInStep, Tried,
};
pub use media::{
    Animation, Audio, Chunk, Chunks, Document, Download, Downloadable, FileId, FileKind, FilePlace,
    FileSource, Media, MediaFile, NewSticker, NewStickerSet, OldPlace, Origin, Photo, PhotoSource,
    ProfilePhoto, Progress, RemoteFile, SetChange, Sticker, StickerKind, StickerSet,
    StickerSetPages, StickerSetRef, TransferHandle, Upload, UploadTicket, UploadWriter,
    UploadedFile, Video, VideoNote, Voice, WebFile, inline_thumb, outline_path, stripped_jpeg,
    web_location,
};
pub use messages::{
    AlbumItem, CallbackAnswer, ChatAction, Checklist, ClearHistory, Click, Command, ContactCard,
    CopyOptions, Dialog, DialogCursor, DialogIter, Dice, Discussion, Draft, FactCheck, Folder,
    FolderInvite, FolderKinds, FolderLink, ForwardOptions, Game, GlobalSearch, HistoryEntry,
    HistoryIter, InlineOptions, InputChecklist, InputMessage, InputPoll, Invoice, LinkKind,
    LinkPreview, Location, Message, MessageFilter, MessageIter, MessageLink, NoDialogCursor,
    OnceKey, PaidAs, PinOptions, PinnedIn, Poll, PollAnswer, PollTally, PollVote, PollVotes,
    QuickReply, Reactions, Reactor, Reactors, ReadBy, ReplyTo, ReportOption, ReportStep,
    SavedTopic, SavedTopics, SearchCalendar, ServiceMessage, Task, Transcription, TypingGuard,
    Venue, action, keyboard,
};
pub use mtproto::{Cause, Delivery, RestartPolicy, RpcError, Tag, Transport, Unanswered};
pub use net::{NetError, RawUpdate};
pub use now::Now;
pub use peers::{
    Birthday, Channel, ChannelKind, Chat, Community, Group, PeerMap, PeerRef, User, UserFull,
};
pub use secret::Secret;
#[cfg(feature = "libsql-session")]
pub use store::LibSqlStore;
#[cfg(feature = "sqlite-session")]
pub use store::SqliteStore;
pub use store::{FileStore, MemoryStore, Store, StoreError};
pub use updates::{
    ChannelWatch, Ended, Lag, Lost, NoUpdate, Subscription, Update, UpdateDelivery, UpdateKind,
    Updates, UpdatesIter, WhenFull, WhyLost, update,
};
