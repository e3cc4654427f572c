//! Which updates a handler is for: filters that combine with `&`, `|` and `!`.
//!
//! Each looks at what an update has, of whatever kind it is: `private()` is for messages and for
//! pressed buttons alike. What an update does not have makes the filter say no.
//!
//! ```
//! # let telegram = localdc::LocalDc::shared();
//! # let (bot, ann) = (telegram.bot(), telegram.user());
//! # let name = bot.get_me()?.username().expect("bots have one").to_owned();
//! use ferogram_sync::filters::{command, incoming, private, text, text_starts_with};
//! use ferogram_sync::{Dispatcher, Message};
//!
//! let running = Dispatcher::new()
//!     .on_message(command("start"), |message: Message| message.reply("Hello!"))
//!     .on_message(private() & text() & !text_starts_with("#"), |message: Message| {
//!         message.reply(message.text())
//!     })
//!     .start(&bot)?;
//! let mut answers = ann.updates();
//! ann.send_message(format!("@{name}"), "/start")?;
//! # use ferogram_sync::Update;
//! # use std::time::Duration;
//! # let text = loop {
//! #     if let Update::NewMessage(it) = answers.next_timeout(Duration::from_secs(30))? {
//! #         break it.text().to_owned();
//! #     }
//! # };
//! # let _ = incoming();
//! assert_eq!(text, "Hello!");
//! running.stop();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod chats;
mod commands;
mod content;
mod general;
mod people;
mod queries;
mod senders;
mod service;
#[cfg(feature = "fsm")]
mod states;
mod texts;

pub use chats::{
    channel, forum_topic, group, in_any_chat, in_chat, in_topic, private, small_group, supergroup,
};
pub use commands::{
    any_command, args, command, command_behind, commands, deep_link, deep_link_with,
};
pub use content::{
    album, animation, audio, contact, dice, document, forwarded, from_scheduled, game, geo,
    giveaway, has_button, has_keyboard, invoice, live_location, media, mentioned, paid_media,
    photo, pinned, poll, reply, reply_to_me, round_video, silent, spoiler, sticker, story, todo,
    venue, via_any_bot, via_bot, video, voice, web_page,
};
pub use general::{all, business, custom, edited, kind, none};
pub use people::{member_joined, member_left, my_membership, reacted_with, reactions_removed};
pub use queries::{
    data, data_prefix, game_button, inline_button, query_is, query_starts_with, query_written_in,
};
#[cfg(feature = "regex")]
pub use queries::{data_matches, query_matches};
pub use senders::{
    anonymous, from_bot, from_premium, from_user, from_users, incoming, me, outgoing, sent_as_chat,
};
pub use service::{
    action, birthday_suggested, boosted, bot_allowed, chat_created, community_changed,
    conference_call, contact_signed_up, custom_action, forwarding_changed, game_score, gift_code,
    gift_offer, giveaway_action, group_call, history_cleared, joined, left, managed_bot_created,
    message_pinned, migrated_from, migrated_to, mini_app_data, owner_changed, paid,
    paid_messages_price, paid_messages_refunded, phone_call, photo_changed, photo_deleted,
    photo_suggested, poll_answer_added, poll_answer_deleted, premium_gift, prize,
    proximity_reached, refunded, requested_peers, screenshot_taken, service, star_gift, stars_gift,
    suggested_post, theme_changed, title_changed, todo_appended, todo_marked, ton_gift,
    topic_created, topic_edited, ttl_changed, unique_gift, wallpaper_changed,
};
#[cfg(feature = "fsm")]
pub use states::{in_state, no_state, state};
#[cfg(feature = "regex")]
pub use texts::text_matches;
pub use texts::{
    has_hashtag, has_link, text, text_contains, text_ends_with, text_is, text_starts_with,
};
