//! Updates, filters and dispatching.
//!
//! An update that has no variant of its own is [`Update::Raw`]. [`update`] lists all kinds, of
//! which most have none there.
//!
//! ## Updates
//!
//! | kind | there | here |
//! |---|---|---|
//! | update | `NewMessage` | [`Update::NewMessage`] |
//! | update | `MessageEdited` | [`Update::MessageEdited`] |
//! | update | `MessageDeleted` | [`Update::MessagesDeleted`] |
//! | update | `CallbackQuery` | [`Update::CallbackQuery`] |
//! | update | `InlineQuery` | [`Update::InlineQuery`], with kind of chat and location |
//! | update | `InlineSend` | [`Update::InlineSend`] |
//! | update | `UserStatus` | [`Update::UserStatus`] |
//! | update | `UserTyping` | [`Update::Typing`], with topics and anonymous senders |
//! | update | `ParticipantUpdate` | [`Update::Participant`] |
//! | update | `JoinRequest` | [`Update::JoinRequest`] |
//! | update | `MessageReaction` | [`Update::MessageReaction`]; counts: [`Update::ReactionCounts`] |
//! | update | `PollVote` | [`Update::PollVote`] |
//! | update | `BotStopped` | [`Update::BotStopped`] |
//! | update | `ShippingQuery` | [`Update::ShippingQuery`] |
//! | update | `PreCheckoutQuery` | [`Update::PreCheckoutQuery`] |
//! | update | `ChatBoost` | [`Update::ChatBoost`] |
//! | update | `Raw` | [`Update::Raw`] |
//!
//! ## The stream
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `UpdateStream::next` | [`Updates::next`] |
//! | member | `UpdateStream::next_raw` | [`Update::Raw`] |
//!
//! ## Filters
//!
//! | kind | there | here |
//! |---|---|---|
//! | filter | `all` | [`filters::all`] |
//! | filter | `none` | [`filters::none`] |
//! | filter | `private` | [`filters::private`] |
//! | filter | `group` | [`filters::small_group`]; [`filters::group`] is for supergroups too |
//! | filter | `channel` | [`filters::channel`], without supergroups |
//! | filter | `text` | [`filters::text`] |
//! | filter | `media` | [`filters::media`] |
//! | filter | `photo` | [`filters::photo`] |
//! | filter | `document` | [`filters::document`] |
//! | filter | `forwarded` | [`filters::forwarded`] |
//! | filter | `reply` | [`filters::reply`] |
//! | filter | `album` | [`filters::album`] |
//! | filter | `any_command` | [`filters::any_command`] |
//! | filter | `command` | [`filters::command`], with the bot's name looked at |
//! | filter | `text_contains` | [`filters::text_contains`] |
//! | filter | `text_starts_with` | [`filters::text_starts_with`] |
//! | filter | `from_user` | [`filters::from_user`] |
//! | filter | `in_chat` | [`filters::in_chat`] |
//! | filter | `custom` | [`filters::custom`] |
//!
//! ## `Dispatcher` and `Router`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Dispatcher::new` | [`Dispatcher::new`] |
//! | member | `Dispatcher::middleware` | [`Dispatcher::middleware`] |
//! | member | `Dispatcher::with_state_storage` | [`Dispatcher::with_state_storage`] |
//! | member | `Dispatcher::with_key_strategy` | [`Dispatcher::with_key_strategy`] |
//! | member | `Dispatcher::on_message` | [`Dispatcher::on_message`] |
//! | member | `Dispatcher::on_edit` | [`Dispatcher::on_edit`] |
//! | member | `Dispatcher::on_message_fsm` | [`Dispatcher::on_message`] with [`filters::state`] |
//! | member | `Dispatcher::on_edit_fsm` | [`Dispatcher::on_edit`] with [`filters::state`] |
//! | member | `Dispatcher::include` | [`Dispatcher::include`] |
//! | member | `Dispatcher::dispatch` | [`Dispatcher::run`], or [`Dispatcher::by_hand`] |
//! | member | `Dispatcher::on_callback_query` | [`Dispatcher::on_callback_query`] |
//! | member | `Dispatcher::on_inline_query` | [`Dispatcher::on_inline_query`] |
//! | member | `Dispatcher::on_inline_send` | [`Dispatcher::on_inline_send`] |
//! | member | `Dispatcher::on_callback_query_fsm` | the same with [`filters::state`] |
//! | member | `Router::new` | [`Router::new`] |
//! | member | `Router::scope` | [`Router::scope`] |
//! | member | `Router::on_message` | [`Router::on_message`] |
//! | member | `Router::on_edit` | [`Router::on_edit`] |
//! | member | `Router::on_message_fsm` | [`Router::on_message`] with [`filters::state`] |
//! | member | `Router::on_edit_fsm` | [`Router::on_edit`] with [`filters::state`] |
//! | member | `Router::include` | [`Router::include`] |
//!
//! ## `middleware`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `middleware::Middleware` | [`Middleware`] |
//! | member | `middleware::Next` | [`Next`] |
//! | member | `middleware::DispatchError` | [`DispatchError`] |
//! | member | `middleware::DispatchResult` | [`DispatchResult`] |
//! | member | `middleware::TracingMiddleware` | [`Traced`] |
//! | member | `middleware::RateLimitMiddleware` | [`RateLimit`], with a window that slides |
//! | member | `middleware::PanicRecoveryMiddleware` | [`PanicRecovery`] |
//!
//! ## `fsm`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `fsm::StateKey` | [`StateKey`] |
//! | member | `fsm::StateKeyStrategy` | [`KeyStrategy`] |
//! | member | `fsm::StorageError` | [`StateError`] |
//! | member | `fsm::StateStorage` | [`StateStorage`] |
//! | member | `fsm::MemoryStorage` | [`MemoryStorage`], [`SessionStorage`], [`StoreStorage`] |
//! | member | `fsm::StateContext` | [`StateContext`] |
//! | member | `fsm::transition` | [`StateContext::enter`], [`StateContext::transition`] |
//! | member | `fsm::clear_state` | [`StateContext::leave`] |
//! | member | `fsm::set_data` | [`StateContext::set_data`] |
//! | member | `fsm::get_data` | [`StateContext::data`] |
//! | member | `fsm::get_all_data` | [`StateContext::all_data`] |
//! | member | `fsm::clear_data` | [`StateContext::clear_data`] |
//! | member | `fsm::clear_all` | [`StateContext::clear`] |
//! | member | `fsm::key` | [`StateContext::key`] |
//! | member | `fsm::current_state` | [`StateContext::current`] |
//!
//! ## `Conversation`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Conversation::new` | [`Client::conversation`] |
//! | member | `Conversation::ask` | [`Conversation::send`] |
//! | member | `Conversation::get_response` | [`Conversation::answer`] |
//! | member | `Conversation::wait_click` | [`Conversation::click`] |
//! | member | `Conversation::wait_read` | [`Conversation::read`] |
//! | member | `Conversation::ask_and_wait` | [`Conversation::ask`] |
//! | member | `Conversation::peer` | [`Conversation::peer`] |
//! | member | `Conversation::drain_buffered` | Not needed: the dispatcher has the others. |
#[cfg(doc)]
use crate::client::Client;
#[cfg(all(doc, feature = "fsm"))]
use crate::dispatch::fsm::{
    KeyStrategy, MemoryStorage, SessionStorage, StateContext, StateError, StateKey, StateStorage,
    StoreStorage,
};
#[cfg(doc)]
use crate::dispatch::middleware::{Middleware, Next, PanicRecovery, RateLimit, Traced};
#[cfg(doc)]
use crate::dispatch::{Conversation, DispatchError, DispatchResult, Dispatcher, Router, filters};
#[cfg(doc)]
use crate::updates::{Update, Updates, update};
