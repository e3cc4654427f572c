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
//! | method | `media_dc_addr` | not yet |
//! | method | `best_media_dc_addr` | not yet |
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
//! | method | `upload_media` | not yet |
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
//! | method | `get_chat_full` | not yet |
//! | method | `edit_chat_title` | [`Client::set_chat_title`] |
//! | method | `edit_chat_about` | not yet |
//! | method | `edit_chat_photo` | not yet |
//! | method | `edit_chat_default_banned_rights` | [`Client::set_default_rights`] |
//! | method | `invite_users` | [`Client::invite_users`] |
//! | method | `set_history_ttl` | [`Client::set_history_ttl`] |
//! | method | `get_common_chats` | not yet |
//! | method | `get_linked_channel` | not yet |
//! | method | `toggle_no_forwards` | [`Client::set_noforwards`] |
//! | method | `set_chat_theme` | not yet |
//! | method | `set_chat_reactions` | not yet |
//! | method | `get_online_count` | not yet |
//! | method | `get_send_as_peers` | [`Client::send_as_peers`] |
//! | method | `set_default_send_as` | not yet |
//! | method | `transfer_chat_ownership` | not yet |
//! | method | `get_admin_log` | not yet |
//! | method | `get_broadcast_stats` | not yet |
//! | method | `get_megagroup_stats` | not yet |
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
//! | method | `accept_invite_link` | not yet |
//! | method | `parse_invite_hash` | not yet |
//! | method | `export_invite_link` | not yet |
//! | method | `revoke_invite_link` | not yet |
//! | method | `edit_invite_link` | not yet |
//! | method | `get_invite_links` | not yet |
//! | method | `delete_invite_link` | not yet |
//! | method | `delete_revoked_invite_links` | not yet |
//! | method | `join_request` | not yet |
//! | method | `all_join_requests` | not yet |
//! | method | `get_invite_link_members` | not yet |
//! | method | `get_admins_with_invites` | not yet |
//! | method | `get_contacts` | not yet |
//! | method | `add_contact` | not yet |
//! | method | `delete_contacts` | not yet |
//! | method | `import_contacts` | not yet |
//! | method | `search_contacts` | not yet |
//! | method | `block_user` | not yet |
//! | method | `unblock_user` | not yet |
//! | method | `get_blocked_users` | not yet |
//! | method | `set_profile` | not yet |
//! | method | `set_username` | not yet |
//! | method | `set_profile_photo` | not yet |
//! | method | `delete_profile_photos` | not yet |
//! | method | `get_profile_photos` | not yet |
//! | method | `iter_profile_photos` | not yet |
//! | method | `set_online` | not yet |
//! | method | `set_offline` | not yet |
//! | method | `set_emoji_status` | not yet |
//! | method | `get_privacy` | not yet |
//! | method | `set_privacy` | not yet |
//! | method | `get_notify_settings` | not yet |
//! | method | `update_notify_settings` | not yet |
//! | method | `get_reactions` | [`Client::message_reactors`] |
//! | method | `iter_reaction_users` | [`Client::message_reactors`] |
//! | method | `send_paid_reaction` | [`Client::send_paid_reaction`] |
//! | method | `read_reactions` | [`Client::mark_reactions_read`] |
//! | method | `clear_recent_reactions` | [`Client::clear_recent_reactions`] |
//! | method | `send_poll` | [`Client::send_poll`] |
//! | method | `send_vote` | [`Client::send_vote`] |
//! | method | `get_poll_results` | [`Client::poll_results`] |
//! | method | `get_poll_votes` | [`Client::poll_votes`] |
//! | method | `get_forum_topics` | not yet |
//! | method | `get_forum_topics_by_id` | not yet |
//! | method | `create_forum_topic` | not yet |
//! | method | `edit_forum_topic` | not yet |
//! | method | `delete_forum_topic_history` | not yet |
//! | method | `toggle_forum` | not yet |
//! | method | `answer_callback_query` | not yet |
//! | method | `answer_inline_query` | not yet |
//! | method | `edit_inline_message` | [`Client::edit_inline_message`] |
//! | method | `inline_query` | not yet |
//! | method | `open_mini_app` | not yet |
//! | method | `set_bot_commands` | not yet |
//! | method | `delete_bot_commands` | not yet |
//! | method | `set_bot_info` | not yet |
//! | method | `get_bot_info` | not yet |
//! | method | `set_game_score` | not yet |
//! | method | `get_game_high_scores` | not yet |
//! | method | `answer_shipping_query` | not yet |
//! | method | `answer_precheckout_query` | not yet |
//! | method | `send_invoice` | not yet |
//! | method | `get_sticker_set` | not yet |
//! | method | `install_sticker_set` | not yet |
//! | method | `uninstall_sticker_set` | not yet |
//! | method | `get_all_stickers` | not yet |
//! | method | `get_custom_emoji_documents` | not yet |
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
//! | method-0.6 | `stats` | not yet |
//! | method-0.6 | `get_chat_photos` | not yet |
//! | method-0.6 | `kick` | [`Client::kick`] |
//! | method-0.6 | `ban` | [`Client::ban`] |
//! | method-0.6 | `set_admin` | [`Client::set_admin`] |
//! | method-0.6 | `restrict` | [`Client::restrict`] |
//! | method-0.6 | `join_link` | not yet |
//! | method-0.6 | `join_invite_hash` | not yet |
//! | method-0.6 | `check_invite` | not yet |
//! | method-0.6 | `check_invite_hash` | not yet |
//! | method-0.6 | `block` | not yet |
//! | method-0.6 | `set_presence` | not yet |
//! | method-0.6 | `delete_reaction` | [`Client::delete_reaction`] |
//! | method-0.6 | `poll_results` | [`Client::poll_results`] |
//! | method-0.6 | `toggle_stickers` | not yet |

#[cfg(doc)]
use crate::chats::{MemberFilter, Participants};
#[cfg(doc)]
use crate::client::Client;
#[cfg(doc)]
use crate::media::{Download, FileSource, Upload};
#[cfg(doc)]
use crate::messages::{DialogIter, Message, MessageIter};
#[cfg(doc)]
use crate::peers::Channel;
#[cfg(doc)]
use crate::store::{StringFormat, StringSession};
#[cfg(doc)]
use crate::updates::UpdateKind;
