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
//! | member | `InputMessage::background` | not yet |
//! | member | `InputMessage::clear_draft` | not yet |
//! | member | `InputMessage::no_webpage` | [`InputMessage::no_webpage()`] |
//! | member | `InputMessage::invert_media` | not yet |
//! | member | `InputMessage::schedule_once_online` | not yet |
//! | member | `InputMessage::entities` | [`InputMessage::entities()`] |
//! | member | `InputMessage::reply_markup` | not yet |
//! | member | `InputMessage::schedule_date` | not yet |
//! | member | `InputMessage::copy_media` | not yet |
//! | member | `InputMessage::clear_media` | not yet |
//! | member | `InputMessage::topic_id` | not yet |
//! | member | `InputMessage::noforwards` | not yet |
//! | member | `InputMessage::update_stickersets_order` | not yet |
//! | member | `InputMessage::allow_paid_floodskip` | not yet |
//! | member | `InputMessage::schedule_repeat_period` | not yet |
//! | member | `InputMessage::quick_reply_shortcut_id` | not yet |
//! | member | `InputMessage::send_as` | not yet |
//! | member | `InputMessage::effect` | not yet |
//! | member | `InputMessage::allow_paid_stars` | not yet |
//! | member | `InputMessage::suggested_post` | not yet |
//! | member | `InputMessage::rich_text` | not yet |
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
//! | member | `Message::edit_date` | not yet |
//! | member | `Message::mentioned` | not yet |
//! | member | `Message::silent` | not yet |
//! | member | `Message::post` | not yet |
//! | member | `Message::pinned` | not yet |
//! | member | `Message::forward_count` | not yet |
//! | member | `Message::view_count` | not yet |
//! | member | `Message::reply_count` | not yet |
//! | member | `Message::reply_to_message_id` | not yet |
//! | member | `Message::date_utc` | not yet |
//! | member | `Message::edit_date_utc` | not yet |
//! | member | `Message::media` | not yet |
//! | member | `Message::entities` | [`Message::formatted`] has them beside the text |
//! | member | `Message::grouped_id` | not yet |
//! | member | `Message::from_scheduled` | not yet |
//! | member | `Message::edit_hide` | not yet |
//! | member | `Message::media_unread` | not yet |
//! | member | `Message::via_bot_id` | not yet |
//! | member | `Message::post_author` | not yet |
//! | member | `Message::reaction_count` | not yet |
//! | member | `Message::restriction_reason` | not yet |
//! | member | `Message::reply_markup` | not yet |
//! | member | `Message::forward_header` | not yet |
//! | member | `Message::noforwards` | not yet |
//! | member | `Message::markdown_text` | [`Message::formatted`], and its `to_markdown` |
//! | member | `Message::html_text` | [`Message::formatted`], and its `to_html` |
//! | member | `Message::action` | not yet |
//! | member | `Message::photo` | not yet |
//! | member | `Message::document` | not yet |
//! | member | `Message::chat_id` | not yet |
//! | member | `Message::is_private` | not yet |
//! | member | `Message::is_group` | not yet |
//! | member | `Message::is_channel` | not yet |
//! | member | `Message::is_any_group` | not yet |
//! | member | `Message::is_bot_command` | not yet |
//! | member | `Message::command` | not yet |
//! | member | `Message::is_command_named` | not yet |
//! | member | `Message::command_args` | not yet |
//! | member | `Message::has_media` | not yet |
//! | member | `Message::has_photo` | not yet |
//! | member | `Message::has_document` | not yet |
//! | member | `Message::is_forwarded` | not yet |
//! | member | `Message::is_reply` | not yet |
//! | member | `Message::album_id` | not yet |
//! | member | `Message::reply` | [`Message::reply`] |
//! | member | `Message::respond` | [`Message::respond`] |
//! | member | `Message::edit` | not yet |
//! | member | `Message::delete` | not yet |
//! | member | `Message::delete_with` | not yet |
//! | member | `Message::mark_as_read` | not yet |
//! | member | `Message::mark_as_read_with` | not yet |
//! | member | `Message::pin` | not yet |
//! | member | `Message::pin_with` | not yet |
//! | member | `Message::unpin` | not yet |
//! | member | `Message::unpin_with` | not yet |
//! | member | `Message::forward_to` | not yet |
//! | member | `Message::forward_to_with` | not yet |
//! | member | `Message::refetch` | not yet |
//! | member | `Message::refetch_with` | not yet |
//! | member | `Message::download_media` | not yet |
//! | member | `Message::react` | not yet |
//! | member | `Message::react_with` | not yet |
//! | member | `Message::get_reply` | not yet |
//! | member | `Message::get_reply_with` | not yet |
//! | member | `Message::sender_user_id` | not yet |
//! | member | `Message::sender_chat_id` | not yet |
//! | member | `Message::sender_user` | not yet |
//! | member | `Message::click_button_where` | not yet |
//! | member | `Message::find_button` | not yet |
//! | member | `Message::find_button_where` | not yet |
//! | member | `Message::click_button` | not yet |
//! | member | `Message::channel_kind` | not yet |
//! | member | `Message::channel_kind_with` | not yet |
//! | member | `Message::is_megagroup` | not yet |
//! | member | `Message::is_broadcast` | not yet |
//! | member | `Message::is_gigagroup` | not yet |
//! | member | `Message::mark_read` | not yet |
//! | member | `Message::mark_read_with` | not yet |
//! | member | `Message::copy` | not yet |
//! | member | `Message::effective_sender_id_with` | not yet |
//! | member | `Message::effective_sender_id` | not yet |
//! | member | `Message::sender_user_id_async` | not yet |
//!
//! ## Keyboards
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Button::callback` | not yet |
//! | member | `Button::url` | not yet |
//! | member | `Button::url_auth` | not yet |
//! | member | `Button::switch_inline` | not yet |
//! | member | `Button::text` | not yet |
//! | member | `Button::switch_elsewhere` | not yet |
//! | member | `Button::mini_app` | not yet |
//! | member | `Button::mini_app_simple` | not yet |
//! | member | `Button::request_phone` | not yet |
//! | member | `Button::request_geo` | not yet |
//! | member | `Button::request_poll` | not yet |
//! | member | `Button::request_quiz` | not yet |
//! | member | `Button::game` | not yet |
//! | member | `Button::buy` | not yet |
//! | member | `Button::copy_text` | not yet |
//! | member | `Button::into_raw` | not yet |
//! | member | `Button::row` | not yet |
//!
//! ## Reactions, albums, answers
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `InputReactions::emoticon` | not yet |
//! | member | `InputReactions::custom_emoji` | not yet |
//! | member | `InputReactions::remove` | not yet |
//! | member | `InputReactions::big` | not yet |
//! | member | `InputReactions::add_to_recent` | not yet |
//! | member | `AlbumItem::new` | not yet |
//! | member | `AlbumItem::caption` | not yet |
//! | member | `AlbumItem::caption_html` | not yet |
//! | member | `AlbumItem::caption_markdown` | not yet |
//! | member | `AlbumItem::reply_to` | not yet |
//! | member | `Answer::text` | not yet |
//! | member | `Answer::alert` | not yet |
//! | member | `Answer::url` | not yet |
//! | member | `Answer::cache_time` | not yet |
//! | member | `Answer::send` | not yet |
//!
//! ## Typing
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `TypingGuard::start` | not yet |
//! | member | `TypingGuard::start_in_topic` | not yet |
//! | member | `TypingGuard::cancel` | not yet |
#[cfg(doc)]
use crate::messages::{InputMessage, Message};
