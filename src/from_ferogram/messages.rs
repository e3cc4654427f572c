//! Messages, and what they are made of.
//!
//! `Message` is what it calls `IncomingMessage` too. What has no method of its own yet is in
//! [`Message::raw`](field@Message::raw).
//!
//! ## `InputMessage`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `InputMessage::text` | [`InputMessage::text()`] |
//! | member | `InputMessage::markdown` | [`InputMessage::markdown`], or its `markdown_v2` |
//! | member | `InputMessage::html` | [`InputMessage::html`], which says what is wrong |
//! | member | `InputMessage::set_text` | [its `text`](field@InputMessage::text) |
//! | member | `InputMessage::reply_to` | [`InputMessage::reply_to()`] |
//! | member | `InputMessage::silent` | [`InputMessage::silent()`] |
//! | member | `InputMessage::background` | [`InputMessage::background()`] |
//! | member | `InputMessage::clear_draft` | [`InputMessage::clear_draft()`] |
//! | member | `InputMessage::no_webpage` | [`InputMessage::no_webpage()`] |
//! | member | `InputMessage::invert_media` | [`InputMessage::preview_above()`] |
//! | member | `InputMessage::schedule_once_online` | [`InputMessage::schedule_once_online`] |
//! | member | `InputMessage::entities` | [`InputMessage::entities()`] |
//! | member | `InputMessage::reply_markup` | [`InputMessage::markup()`] |
//! | member | `InputMessage::schedule_date` | [`InputMessage::schedule_date()`] |
//! | member | `InputMessage::copy_media` | [`InputMessage::media()`] |
//! | member | `InputMessage::clear_media` | [its `media`](field@InputMessage::media) |
//! | member | `InputMessage::topic_id` | [`InputMessage::topic()`] |
//! | member | `InputMessage::noforwards` | [`InputMessage::noforwards()`] |
//! | member | `InputMessage::update_stickersets_order` | [`the same`][order] |
//! | member | `InputMessage::allow_paid_floodskip` | [`InputMessage::allow_paid_floodskip()`] |
//! | member | `InputMessage::schedule_repeat_period` | [`InputMessage::schedule_repeat_period()`] |
//! | member | `InputMessage::quick_reply_shortcut_id` | [`InputMessage::quick_reply_id`] |
//! | member | `InputMessage::send_as` | [`InputMessage::send_as()`] |
//! | member | `InputMessage::effect` | [`InputMessage::effect()`] |
//! | member | `InputMessage::allow_paid_stars` | [`InputMessage::allow_paid_stars()`] |
//! | member | `InputMessage::suggested_post` | [`InputMessage::suggested_post()`] |
//! | member | `InputMessage::rich_text` | [`InputMessage::rich()`] |
//!
//! ## `Message`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Message::text` | [`Message::text`] |
//! | member | `Message::id` | [`Message::id`] |
//! | member | `Message::peer_id` | [`Message::peer`] |
//! | member | `Message::sender_id` | [`Message::sender`] |
//! | member | `Message::outgoing` | [`Message::outgoing`] |
//! | member | `Message::date` | [`Message::date`] |
//! | member | `Message::edit_date` | [`Message::edit_date`] |
//! | member | `Message::mentioned` | [`Message::mentioned`] |
//! | member | `Message::silent` | [`Message::silent`] |
//! | member | `Message::post` | [`Message::post`] |
//! | member | `Message::pinned` | [`Message::pinned`] |
//! | member | `Message::forward_count` | [`Message::forward_count`] |
//! | member | `Message::view_count` | [`Message::view_count`] |
//! | member | `Message::reply_count` | [`Message::reply_count`] |
//! | member | `Message::reply_to_message_id` | [`Message::reply_to_message_id`] |
//! | member | `Message::date_utc` | [`Message::sent_at`] |
//! | member | `Message::edit_date_utc` | [`Message::edited_at`] |
//! | member | `Message::media` | [`Message::media`] |
//! | member | `Message::entities` | [`Message::entities`] |
//! | member | `Message::grouped_id` | [`Message::album_id`] |
//! | member | `Message::from_scheduled` | [`Message::from_scheduled`] |
//! | member | `Message::edit_hide` | [`Message::edit_hide`] |
//! | member | `Message::media_unread` | [`Message::media_unread`] |
//! | member | `Message::via_bot_id` | [`Message::via_bot_id`] |
//! | member | `Message::post_author` | [`Message::post_author`] |
//! | member | `Message::reaction_count` | [`Message::reaction_count`] |
//! | member | `Message::restriction_reason` | [`Message::restrictions`] |
//! | member | `Message::reply_markup` | [`Message::markup`] |
//! | member | `Message::forward_header` | [`Message::forward_header`] |
//! | member | `Message::noforwards` | [`Message::noforwards`] |
//! | member | `Message::markdown_text` | [`Message::markdown_text`] |
//! | member | `Message::html_text` | [`Message::html_text`] |
//! | member | `Message::action` | [`ServiceMessage::action`] |
//! | member | `Message::photo` | [`Message::photo`] |
//! | member | `Message::document` | [`Message::document`] |
//! | member | `Message::chat_id` | [`Message::chat_id`] |
//! | member | `Message::is_private` | [`Message::is_private`] |
//! | member | `Message::is_group` | [`Message::is_small_group`] |
//! | member | `Message::is_channel` | [`Message::is_in_channel`] |
//! | member | `Message::is_any_group` | [`Message::is_any_group`] |
//! | member | `Message::is_bot_command` | [`Message::command`] is some |
//! | member | `Message::command` | [`Message::command`] |
//! | member | `Message::is_command_named` | [`Message::command`], and its `name` |
//! | member | `Message::command_args` | [`Message::command`], and its `args` |
//! | member | `Message::has_media` | [`Message::media`] is some |
//! | member | `Message::has_photo` | [`Message::has_photo`] |
//! | member | `Message::has_document` | [`Message::has_document`] |
//! | member | `Message::is_forwarded` | [`Message::is_forwarded`] |
//! | member | `Message::is_reply` | [`Message::is_reply`] |
//! | member | `Message::album_id` | [`Message::album_id`] |
//! | member | `Message::reply` | [`Message::reply`] |
//! | member | `Message::respond` | [`Message::respond`] |
//! | member | `Message::edit` | [`Message::edit`] |
//! | member | `Message::delete` | [`Message::delete`] |
//! | member | `Message::delete_with` | Not needed: [`Message::delete`] knows the client. |
//! | member | `Message::mark_as_read` | [`Message::mark_read`] |
//! | member | `Message::mark_as_read_with` | Not needed: [`Message::mark_read`] knows the client. |
//! | member | `Message::pin` | [`Message::pin`] |
//! | member | `Message::pin_with` | [`Message::pin`] |
//! | member | `Message::unpin` | [`Message::unpin`] |
//! | member | `Message::unpin_with` | [`Message::unpin`] |
//! | member | `Message::forward_to` | [`Message::forward_to`] |
//! | member | `Message::forward_to_with` | [`Message::forward_to`] |
//! | member | `Message::refetch` | [`Message::fetch_again`], which gives it and changes nothing |
//! | member | `Message::refetch_with` | Not needed: [`Message::fetch_again`] knows the client. |
//! | member | `Message::download_media` | [`Client::download`] of it |
//! | member | `Message::react` | [`Message::react`] |
//! | member | `Message::react_with` | Not needed: [`Message::react`] knows the client. |
//! | member | `Message::get_reply` | [`Message::fetch_reply`] |
//! | member | `Message::get_reply_with` | Not needed: [`Message::fetch_reply`] knows the client. |
//! | member | `Message::sender_user_id` | [`Message::sender_user_id`] |
//! | member | `Message::sender_chat_id` | [`Message::sender_chat_id`] |
//! | member | `Message::sender_user` | [`Message::sender_user`], [`Message::fetch_sender`] |
//! | member | `Message::click_button_where` | [`Message::click_button_where`] |
//! | member | `Message::find_button` | [`Message::find_button`] |
//! | member | `Message::find_button_where` | [`Message::find_button_where`] |
//! | member | `Message::click_button` | [`Message::click_button`] |
//! | member | `Message::channel_kind` | [`Message::channel_kind`] |
//! | member | `Message::channel_kind_with` | [`Message::fetch_chat`], [`Channel::kind`] |
//! | member | `Message::is_megagroup` | [`Message::channel_kind`] |
//! | member | `Message::is_broadcast` | [`Message::channel_kind`] |
//! | member | `Message::is_gigagroup` | [`Message::channel_kind`] |
//! | member | `Message::mark_read` | [`Message::mark_read`] |
//! | member | `Message::mark_read_with` | Not needed: [`Message::mark_read`] knows the client. |
//! | member | `Message::copy` | [`Message::copy_to`] |
//! | member | `Message::effective_sender_id_with` | Not needed: a message knows its client. |
//! | member | `Message::effective_sender_id` | [`Message::effective_sender`] |
//! | member | `Message::sender_user_id_async` | [`Message::fetch_sender`] |
//!
//! ## Keyboards
//!
//! The buttons below a message and those in the place of letters are two types here, so that the
//! compiler sees which keyboard they fit.
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Button::callback` | [`Button::callback`] |
//! | member | `Button::url` | [`Button::url`] |
//! | member | `Button::url_auth` | [`Button::url_auth`] |
//! | member | `Button::switch_inline` | [`Button::switch_inline`] |
//! | member | `Button::text` | [`ReplyButton::text`] |
//! | member | `Button::switch_elsewhere` | [`Button::switch_elsewhere`] |
//! | member | `Button::mini_app` | [`Button::mini_app`] |
//! | member | `Button::mini_app_simple` | [`ReplyButton::mini_app`] |
//! | member | `Button::request_phone` | [`ReplyButton::request_phone`] |
//! | member | `Button::request_geo` | [`ReplyButton::request_geo`] |
//! | member | `Button::request_poll` | [`ReplyButton::request_poll`] |
//! | member | `Button::request_quiz` | [`ReplyButton::request_quiz`] |
//! | member | `Button::game` | [`Button::game`] |
//! | member | `Button::buy` | [`Button::buy`] |
//! | member | `Button::copy_text` | [`Button::copy_text`] |
//! | member | `Button::into_raw` | Not needed: keyboards take buttons as they are. |
//! | member | `Button::row` | [`InlineKeyboard::row`], [`ReplyKeyboard::row`] |
//!
//! ## Reactions, albums, answers
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `InputReactions::emoticon` | [`Reactions::emoji`] |
//! | member | `InputReactions::custom_emoji` | [`Reactions::custom_emoji`] |
//! | member | `InputReactions::remove` | [`Reactions::none`] |
//! | member | `InputReactions::big` | [`Reactions::big()`] |
//! | member | `InputReactions::add_to_recent` | [`Reactions::add_to_recent()`] |
//! | member | `AlbumItem::new` | [`AlbumItem::new`] |
//! | member | `AlbumItem::caption` | [`AlbumItem::caption`] |
//! | member | `AlbumItem::caption_html` | [`AlbumItem::caption`] of [`InputMessage::html`] |
//! | member | `AlbumItem::caption_markdown` | [`InputMessage::markdown`] as a caption |
//! | member | `AlbumItem::reply_to` | [`InputMessage::reply_to`], to `send_album` |
//! | member | `Answer::text` | [`ButtonAnswer::text`] |
//! | member | `Answer::alert` | [`ButtonAnswer::alert`] |
//! | member | `Answer::url` | [`ButtonAnswer::url`] |
//! | member | `Answer::cache_time` | [`ButtonAnswer::cache_time`] |
//! | member | `Answer::send` | [`update::CallbackQuery::answer`] |
//!
//! ## Typing
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `TypingGuard::start` | [`Client::show_chat_action`] |
//! | member | `TypingGuard::start_in_topic` | [`Client::show_chat_action`] |
//! | member | `TypingGuard::cancel` | [`TypingGuard::cancel`] |
//!
//! [order]: InputMessage::update_stickersets_order()

#[cfg(doc)]
use crate::bots::ButtonAnswer;
#[cfg(doc)]
use crate::client::Client;
#[cfg(doc)]
use crate::messages::keyboard::{Button, InlineKeyboard, ReplyButton, ReplyKeyboard};
#[cfg(doc)]
use crate::messages::{AlbumItem, InputMessage, Message, Reactions, ServiceMessage, TypingGuard};
#[cfg(doc)]
use crate::peers::Channel;
#[cfg(doc)]
use crate::updates::update;
