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
//! | update | `MessageReaction` | [`Update::MessageReaction`]; [`Update::ReactionCounts`] of unknown ones |
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
//! | filter | `all` | not yet |
//! | filter | `none` | not yet |
//! | filter | `private` | not yet |
//! | filter | `group` | not yet |
//! | filter | `channel` | not yet |
//! | filter | `text` | not yet |
//! | filter | `media` | not yet |
//! | filter | `photo` | not yet |
//! | filter | `document` | not yet |
//! | filter | `forwarded` | not yet |
//! | filter | `reply` | not yet |
//! | filter | `album` | not yet |
//! | filter | `any_command` | not yet |
//! | filter | `command` | not yet |
//! | filter | `text_contains` | not yet |
//! | filter | `text_starts_with` | not yet |
//! | filter | `from_user` | not yet |
//! | filter | `in_chat` | not yet |
//! | filter | `custom` | not yet |
//!
//! ## `Dispatcher` and `Router`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Dispatcher::new` | not yet |
//! | member | `Dispatcher::middleware` | not yet |
//! | member | `Dispatcher::with_state_storage` | not yet |
//! | member | `Dispatcher::with_key_strategy` | not yet |
//! | member | `Dispatcher::on_message` | not yet |
//! | member | `Dispatcher::on_edit` | not yet |
//! | member | `Dispatcher::on_message_fsm` | not yet |
//! | member | `Dispatcher::on_edit_fsm` | not yet |
//! | member | `Dispatcher::include` | not yet |
//! | member | `Dispatcher::dispatch` | not yet |
//! | member | `Dispatcher::on_callback_query` | not yet |
//! | member | `Dispatcher::on_inline_query` | not yet |
//! | member | `Dispatcher::on_inline_send` | not yet |
//! | member | `Dispatcher::on_callback_query_fsm` | not yet |
//! | member | `Router::new` | not yet |
//! | member | `Router::scope` | not yet |
//! | member | `Router::on_message` | not yet |
//! | member | `Router::on_edit` | not yet |
//! | member | `Router::on_message_fsm` | not yet |
//! | member | `Router::on_edit_fsm` | not yet |
//! | member | `Router::include` | not yet |
//!
//! ## `middleware`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `middleware::Middleware` | not yet |
//! | member | `middleware::Next` | not yet |
//! | member | `middleware::DispatchError` | not yet |
//! | member | `middleware::DispatchResult` | not yet |
//! | member | `middleware::TracingMiddleware` | not yet |
//! | member | `middleware::RateLimitMiddleware` | not yet |
//! | member | `middleware::PanicRecoveryMiddleware` | not yet |
//!
//! ## `fsm`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `fsm::StateKey` | not yet |
//! | member | `fsm::StateKeyStrategy` | not yet |
//! | member | `fsm::StorageError` | not yet |
//! | member | `fsm::StateStorage` | not yet |
//! | member | `fsm::MemoryStorage` | not yet |
//! | member | `fsm::StateContext` | not yet |
//! | member | `fsm::transition` | not yet |
//! | member | `fsm::clear_state` | not yet |
//! | member | `fsm::set_data` | not yet |
//! | member | `fsm::get_data` | not yet |
//! | member | `fsm::get_all_data` | not yet |
//! | member | `fsm::clear_data` | not yet |
//! | member | `fsm::clear_all` | not yet |
//! | member | `fsm::key` | not yet |
//! | member | `fsm::current_state` | not yet |
//!
//! ## `Conversation`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Conversation::new` | not yet |
//! | member | `Conversation::ask` | not yet |
//! | member | `Conversation::get_response` | not yet |
//! | member | `Conversation::wait_click` | not yet |
//! | member | `Conversation::wait_read` | not yet |
//! | member | `Conversation::ask_and_wait` | not yet |
//! | member | `Conversation::peer` | not yet |
//! | member | `Conversation::drain_buffered` | not yet |
#[cfg(doc)]
use crate::updates::{Update, Updates, update};
