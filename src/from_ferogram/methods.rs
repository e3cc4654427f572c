//! The methods of the client.
//!
//! All of them block until the answer is here, and none longer than the client's timeout. For many
//! requests at a time from one thread there is [`Client::submit`], for a call's own timeout
//! [`Client::with_timeout`]. What has no method of its own yet is called by its name in the schema,
//! with [`Client::invoke`].
//!
//! A login as text is made in two steps: [`Client::export_session`] takes it out of the client, and
//! [`StringSession::encode`] writes it in the form that another library reads, or this one.
//! [`Client::quick_connect`] prompts for nothing: signing in is a call of its own, and
//! [`Client::interactive_sign_in`] the one that prompts.
//!
//! ## Of its first releases
//!
//! | kind | there | here |
//! |---|---|---|
//! | method | `builder` | [`Client::builder`] |
//! | method | `connect` | [`Client::connect`] |
//! | method | `save_session` | [`Client::save_session`] |
//! | method | `export_session_string` | [`StringSession::encode`] |
//! | method | `disconnect` | [`Client::close`] |
//! | method | `signal_network_restored` | [`Client::signal_network_restored`] |
//! | method | `media_dc_addr` | [`ServerConfig::media_addresses`] |
//! | method | `best_media_dc_addr` | [`ServerConfig::media_addresses`] |
//! | method | `is_authorized` | [`Client::is_authorized`] |
//! | method | `bot_sign_in` | [`Client::bot_sign_in`] |
//! | method | `request_login_code` | [`Client::request_login_code`] |
//! | method | `sign_in` | [`Client::sign_in`] |
//! | method | `check_password` | [`Client::check_password`] |
//! | method | `sign_out` | [`Client::sign_out`] |
//! | method | `export_login_token` | [`Client::qr_login`] |
//! | method | `check_qr_login` | [`Client::qr_login`], which waits by itself |
//! | method | `get_me` | [`Client::get_me`] |
//! | method | `get_authorizations` | [`Client::sessions`] |
//! | method | `terminate_session` | [`Client::end_session`] |
//! | method | `stream_updates` | [`Client::updates`] |
//! | method | `iter_inline_queries` | [`Client::subscribe`] to [`UpdateKind::InlineQuery`] |
//! | method | `invoke` | [`Client::invoke`] |
//! | method | `invoke_on_dc` | [`Client::invoke_on_dc`] |
//! | method | `resolve_peer` | [`Client::resolve`] |
//! | method | `resolve_to_input_peer` | [`Client::resolve_peer`] |
//! | method | `warm_peer_cache_from_dialogs` | [`Client::learn_peers_from_dialogs`] |
//! | method | `get_users_by_id` | [`Client::fetch_users`] |
//! | method | `get_user_from_message` | [`Client::fetch_user_from_message`] |
//! | method | `get_user_full` | [`Client::fetch_user_full`] |
//! | method | `search_peer` | [`Client::search_peers`] |
//! | method | `send_message` | [`Client::send_message`] |
//! | method | `send_to_self` | [`Client::send_message`] to `"me"` |
//! | method | `edit_message` | [`Client::edit_message`] |
//! | method | `forward_messages` | [`Client::forward_messages`] |
//! | method | `delete_messages` | [`Client::delete_messages`], which wants the chat too |
//! | method | `pin_message` | [`Client::pin_message`] |
//! | method | `unpin_message` | [`Client::unpin_message`] |
//! | method | `unpin_all_messages` | [`Client::unpin_all_messages`] |
//! | method | `get_pinned_message` | [`Client::pinned_message`] |
//! | method | `send_chat_action` | [`Client::send_chat_action`] |
//! | method | `send_dice` | [`Client::send_dice`] |
//! | method | `send_reaction` | [`Client::send_reaction`] |
//! | method | `export_message_link` | [`Client::message_link`], [`Message::link`] |
//! | method | `get_web_page_preview` | [`Client::page_preview`] |
//! | method | `start_bot` | [`Client::start_bot`] |
//! | method | `get_messages_by_id` | [`Client::fetch_messages`], an answer for each id |
//! | method | `get_message_history` | [`Client::iter_messages`], with [`MessageIter::from_id`] |
//! | method | `iter_messages` | [`Client::iter_messages`] |
//! | method | `search` | [`Client::search`], which reads all pages |
//! | method | `search_global` | [`Client::search_global`], which reads all pages |
//! | method | `get_replies` | [`MessageIter::topic`] |
//! | method | `get_discussion_message` | [`Client::discussion`] |
//! | method | `read_discussion` | [`Client::read_discussion`] |
//! | method | `get_message_read_participants` | [`Client::message_read_by`] |
//! | method | `get_media_group` | [`Client::media_group`] |
//! | method | `mark_as_read` | [`Client::mark_read`] |
//! | method | `clear_mentions` | [`Client::mark_mentions_read`] |
//! | method | `delete_chat_history` | [`Client::clear_history`] |
//! | method | `translate_messages` | [`Client::translate_messages`] |
//! | method | `transcribe_audio` | [`Client::transcribe_audio`] |
//! | method | `toggle_peer_translations` | [`Client::offer_translations`] |
//! | method | `get_scheduled_messages` | [`Client::scheduled_messages`] |
//! | method | `delete_scheduled_messages` | [`Client::delete_scheduled_messages`] |
//! | method | `send_scheduled_now` | [`Client::send_scheduled_now`] |
//! | method | `save_draft` | [`Client::save_draft`] |
//! | method | `sync_drafts` | [`Client::drafts`] |
//! | method | `clear_all_drafts` | [`Client::clear_drafts`] |
//! | method | `typing` | [`Client::typing`] |
//! | method | `typing_in_topic` | [`Client::show_chat_action`] with a topic |
//! | method | `uploading_document` | [`Client::show_chat_action`] |
//! | method | `recording_video` | [`Client::show_chat_action`] |
//! | method | `get_dialogs` | [`Client::iter_dialogs`], with [`DialogIter::limit`] |
//! | method | `iter_dialogs` | [`Client::iter_dialogs`] |
//! | method | `delete_dialog` | [`Client::delete_dialog`] |
//! | method | `pin_dialog` | [`Client::pin_dialog`] |
//! | method | `unpin_dialog` | [`Client::pin_dialog`], with `false` |
//! | method | `archive_chat` | [`Client::archive`] |
//! | method | `unarchive_chat` | [`Client::archive`], with `false` |
//! | method | `get_pinned_dialogs` | [`Client::pinned_dialogs`] |
//! | method | `mark_dialog_unread` | [`Client::mark_unread`] |
//! | method | `mark_dialog_read` | [`Client::mark_unread`], with `false` |
//! | method | `upload_file` | [`Client::upload`] |
//! | method | `upload_file_concurrent` | [`Client::upload`] |
//! | method | `upload_stream` | [`Client::upload_writer`]; [`Upload::reader`] |
//! | method | `upload_media` | [`Client::upload_media`] |
//! | method | `send_file` | [`Client::send_file`] |
//! | method | `send_album` | [`Client::send_album`] |
//! | method | `iter_download` | [`Download::chunks`] |
//! | method | `iter_download_on_dc` | [`Download::chunks`] of a [`FileSource`] |
//! | method | `download_media` | [`Download::to_bytes`] |
//! | method | `download_media_on_dc` | [`Download::to_bytes`] of a [`FileSource`] |
//! | method | `download_media_concurrent` | [`Download::to_bytes`] |
//! | method | `download_media_concurrent_on_dc` | [`Download::to_bytes`] of a [`FileSource`] |
//! | method | `download_media_to_file` | [`Download::to_path`] |
//! | method | `download` | [`Client::download`] |
//! | method | `create_group` | [`Client::create_group`] |
//! | method | `create_channel` | [`Client::create_channel`] |
//! | method | `delete_channel` | [`Client::delete_chat`] |
//! | method | `delete_chat` | [`Client::delete_chat`] |
//! | method | `leave_chat` | [`Client::leave_chat`] |
//! | method | `join_chat` | [`Client::join_chat`] |
//! | method | `migrate_chat` | [`Client::migrate_chat`] |
//! | method | `get_chat_full` | [`Client::fetch_chat_full`] |
//! | method | `edit_chat_title` | [`Client::set_chat_title`] |
//! | method | `edit_chat_about` | [`Client::set_chat_about`] |
//! | method | `edit_chat_photo` | [`Client::set_chat_photo`], [`Client::delete_chat_photo`] |
//! | method | `edit_chat_default_banned_rights` | [`Client::set_default_rights`] |
//! | method | `invite_users` | [`Client::invite_users`] |
//! | method | `set_history_ttl` | [`Client::set_history_ttl`] |
//! | method | `get_common_chats` | [`Client::iter_common_chats`] |
//! | method | `get_linked_channel` | [`Client::linked_chat`] |
//! | method | `toggle_no_forwards` | [`Client::set_noforwards`] |
//! | method | `set_chat_theme` | [`Client::set_chat_theme`] |
//! | method | `set_chat_reactions` | [`Client::set_chat_reactions`] |
//! | method | `get_online_count` | [`Client::online_count`] |
//! | method | `get_send_as_peers` | [`Client::send_as_peers`] |
//! | method | `set_default_send_as` | [`Client::set_default_send_as`] |
//! | method | `transfer_chat_ownership` | [`Client::transfer_ownership`], of the password |
//! | method | `get_admin_log` | [`Client::iter_admin_log`] |
//! | method | `get_broadcast_stats` | [`Client::stats`] |
//! | method | `get_megagroup_stats` | [`Client::stats`] |
//! | method | `get_participants` | [`Client::iter_participants`] |
//! | method | `get_participants_filtered` | [`Participants::filter`], and [`MemberFilter`] |
//! | method | `get_chat_administrators` | [`Participants::filter`], of [`MemberFilter::Admins`] |
//! | method | `kick_participant` | [`Client::kick`] |
//! | method | `ban_participant` | [`Client::ban`] |
//! | method | `ban_participant_until` | [`Client::ban`] |
//! | method | `promote_participant` | [`Client::promote`] |
//! | method | `demote_participant` | [`Client::demote`] |
//! | method | `set_banned_rights` | [`Client::restrict`] |
//! | method | `set_admin_rights` | [`Client::set_admin`] |
//! | method | `get_permissions` | [`Client::permissions`] |
//! | method | `accept_invite_link` | [`Client::join_chat`] |
//! | method | `parse_invite_hash` | [`PeerRef::Invite`], which a link becomes |
//! | method | `export_invite_link` | [`Client::create_invite_link`] |
//! | method | `revoke_invite_link` | [`Client::revoke_invite_link`] |
//! | method | `edit_invite_link` | [`Client::edit_invite_link`] |
//! | method | `get_invite_links` | [`Client::iter_invite_links`] |
//! | method | `delete_invite_link` | [`Client::delete_invite_link`] |
//! | method | `delete_revoked_invite_links` | [`Client::delete_revoked_invite_links`] |
//! | method | `join_request` | [`Client::approve_join_request`], [`Client::decline_join_request`] |
//! | method | `all_join_requests` | [`Client::approve_all_join_requests`] and its like |
//! | method | `get_invite_link_members` | [`Client::iter_importers`] and its like |
//! | method | `get_admins_with_invites` | [`Client::admins_with_invites`] |
//! | method | `get_contacts` | [`Client::contacts`] |
//! | method | `add_contact` | [`Client::add_contact`], with a [`ContactName`] |
//! | method | `delete_contacts` | [`Client::delete_contacts`] |
//! | method | `import_contacts` | [`Client::import_contacts`], with what was not taken |
//! | method | `search_contacts` | [`Client::search_peers`] |
//! | method | `block_user` | [`Client::block`] |
//! | method | `unblock_user` | [`Client::unblock`] |
//! | method | `get_blocked_users` | [`Client::iter_blocked`] |
//! | method | `set_profile` | [`Client::set_profile`], with [`ProfileChanges`] |
//! | method | `set_username` | [`Client::set_username`] |
//! | method | `set_profile_photo` | [`Client::set_profile_photo`] |
//! | method | `delete_profile_photos` | [`Client::delete_profile_photos`] |
//! | method | `get_profile_photos` | [`Client::iter_profile_photos`], with a limit |
//! | method | `iter_profile_photos` | [`Client::iter_profile_photos`] |
//! | method | `set_online` | [`Client::set_online`] |
//! | method | `set_offline` | [`Client::set_online`], with `false` |
//! | method | `set_emoji_status` | [`Client::set_emoji_status`] |
//! | method | `get_privacy` | [`Client::privacy`] |
//! | method | `set_privacy` | [`Client::set_privacy`] |
//! | method | `get_notify_settings` | [`Client::notify_settings`] |
//! | method | `update_notify_settings` | [`Client::set_notify_settings`]; [`Client::mute`] |
//! | method | `get_reactions` | [`Client::message_reactors`] |
//! | method | `iter_reaction_users` | [`Client::message_reactors`] |
//! | method | `send_paid_reaction` | [`Client::send_paid_reaction`] |
//! | method | `read_reactions` | [`Client::mark_reactions_read`] |
//! | method | `clear_recent_reactions` | [`Client::clear_recent_reactions`] |
//! | method | `send_poll` | [`Client::send_poll`] |
//! | method | `send_vote` | [`Client::send_vote`] |
//! | method | `get_poll_results` | [`Client::poll_results`] |
//! | method | `get_poll_votes` | [`Client::poll_votes`] |
//! | method | `get_forum_topics` | [`Client::iter_topics`] |
//! | method | `get_forum_topics_by_id` | [`Client::fetch_topics`] |
//! | method | `create_forum_topic` | [`Client::create_topic`] |
//! | method | `edit_forum_topic` | [`Client::edit_topic`] |
//! | method | `delete_forum_topic_history` | [`Client::delete_topic`] |
//! | method | `toggle_forum` | [`Client::set_forum`] |
//! | method | `answer_callback_query` | [`update::CallbackQuery::answer`], `answer_button` |
//! | method | `answer_inline_query` | [`Client::answer_inline_query`], `InlineQuery::answer` |
//! | method | `edit_inline_message` | [`Client::edit_inline_message`] |
//! | method | `inline_query` | [`Client::inline_query`] |
//! | method | `open_mini_app` | [`Client::open_mini_app`] |
//! | method | `set_bot_commands` | [`Client::set_bot_commands`] |
//! | method | `delete_bot_commands` | [`Client::delete_bot_commands`] |
//! | method | `set_bot_info` | [`Client::set_bot_profile`] |
//! | method | `get_bot_info` | [`Client::bot_profile`] |
//! | method | `set_game_score` | [`Client::set_game_score`] |
//! | method | `get_game_high_scores` | [`Client::game_high_scores`] |
//! | method | `answer_shipping_query` | [`Client::answer_shipping_query`] |
//! | method | `answer_precheckout_query` | [`Client::answer_pre_checkout_query`] |
//! | method | `send_invoice` | [`Client::send_message`] with an [`Invoice`] |
//! | method | `get_sticker_set` | [`Client::sticker_set`] |
//! | method | `install_sticker_set` | [`Client::install_sticker_set`] |
//! | method | `uninstall_sticker_set` | [`Client::uninstall_sticker_set`] |
//! | method | `get_all_stickers` | [`Client::sticker_sets`] |
//! | method | `get_custom_emoji_documents` | [`Client::custom_emoji`] |
//!
//! ## Of its later ones
//!
//! | kind | there | here |
//! |---|---|---|
//! | method-0.6 | `quick_connect` | [`Client::quick_connect`] |
//! | method-0.6 | `export_native_session_string` | [`StringFormat::Native`] |
//! | method-0.6 | `request_login_code_with_options` | [`Client::request_login_code_with_options`] |
//! | method-0.6 | `resend_code` | [`Client::resend_code`] |
//! | method-0.6 | `interactive_sign_in` | [`Client::interactive_sign_in`] |
//! | method-0.6 | `my_id` | [`Client::my_id`] |
//! | method-0.6 | `my_id_or_fetch` | [`Client::my_id_or_fetch`] |
//! | method-0.6 | `resolve` | [`Client::resolve`] |
//! | method-0.6 | `cache_user` | [`Client::learn_peers`], for what no answer has shown |
//! | method-0.6 | `cache_entities` | [`Client::learn_peers`], for what no answer has shown |
//! | method-0.6 | `channel_kind_of` | [`Channel::kind`], of [`Client::fetch_chat`] |
//! | method-0.6 | `copy_messages` | [`Client::copy_messages`] |
//! | method-0.6 | `copy_message` | [`Client::copy_message`] |
//! | method-0.6 | `get_messages` | [`Client::fetch_messages`], an answer for each id |
//! | method-0.6 | `mark_read` | [`Client::mark_read`] |
//! | method-0.6 | `iter_dialogs_from` | [`Client::iter_dialogs_from`] |
//! | method-0.6 | `stream_dialogs` | [`Client::iter_dialogs`], which reads ahead |
//! | method-0.6 | `get_dialog_filters` | [`Client::folders`] |
//! | method-0.6 | `iter_dialogs_in_filter` | [`DialogIter::in_folder`] |
//! | method-0.6 | `iter_dialogs_in_filter_from` | the same of [`Client::iter_dialogs_from`] |
//! | method-0.6 | `stream_dialogs_in_filter` | [`DialogIter::in_folder`], as above |
//! | method-0.6 | `archive` | [`Client::archive`] |
//! | method-0.6 | `upload` | [`Client::upload`] |
//! | method-0.6 | `upload_sequential` | [`Client::upload`] |
//! | method-0.6 | `upload_concurrent` | [`Client::upload`] |
//! | method-0.6 | `upload_concurrent_pipelined` | [`Client::upload`] |
//! | method-0.6 | `upload_exp` | [`Client::upload`] |
//! | method-0.6 | `upload_resumable` | [`Client::upload`], with [`Upload::resume`] |
//! | method-0.6 | `download_file` | [`Download::to_path`] |
//! | method-0.6 | `download_exp` | [`Client::download`] |
//! | method-0.6 | `download_resumable` | [`Download::to_path`], which goes on where it was |
//! | method-0.6 | `stats` | [`Client::stats`] |
//! | method-0.6 | `get_chat_photos` | [`Client::iter_profile_photos`], of users and chats alike |
//! | method-0.6 | `kick` | [`Client::kick`] |
//! | method-0.6 | `ban` | [`Client::ban`] |
//! | method-0.6 | `set_admin` | [`Client::set_admin`] |
//! | method-0.6 | `restrict` | [`Client::restrict`] |
//! | method-0.6 | `join_link` | [`Client::join_by_link`] |
//! | method-0.6 | `join_invite_hash` | [`Client::join_by_link`], of a [`PeerRef::Invite`] |
//! | method-0.6 | `check_invite` | [`Client::check_invite`] |
//! | method-0.6 | `check_invite_hash` | [`Client::check_invite`], of a [`PeerRef::Invite`] |
//! | method-0.6 | `block` | [`Client::block`], [`Client::unblock`], of a [`BlockList`] |
//! | method-0.6 | `set_presence` | [`Client::set_online`] |
//! | method-0.6 | `delete_reaction` | [`Client::delete_reaction`] |
//! | method-0.6 | `poll_results` | [`Client::poll_results`] |
//! | method-0.6 | `toggle_stickers` | [`Client::change_sticker_sets`] |

#[cfg(doc)]
use crate::account::{BlockList, ContactName, ProfileChanges};
#[cfg(doc)]
use crate::chats::{MemberFilter, Participants};
#[cfg(doc)]
use crate::client::{Client, ServerConfig};
#[cfg(doc)]
use crate::media::{Download, FileSource, Upload};
#[cfg(doc)]
use crate::messages::{DialogIter, Invoice, Message, MessageIter};
#[cfg(doc)]
use crate::peers::{Channel, PeerRef};
#[cfg(doc)]
use crate::store::{StringFormat, StringSession};
#[cfg(doc)]
use crate::updates::{UpdateKind, update};
