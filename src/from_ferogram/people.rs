//! Users, chats, media, and lists of them.
//!
//! What has no method of its own yet is in [`User::raw`](field@User::raw).
//!
//! ## `User`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `User::id` | [`User::id`] |
//! | member | `User::access_hash` | not yet |
//! | member | `User::first_name` | not yet |
//! | member | `User::last_name` | not yet |
//! | member | `User::username` | [`User::username`] |
//! | member | `User::phone` | not yet |
//! | member | `User::verified` | not yet |
//! | member | `User::bot` | [`User::is_bot`] |
//! | member | `User::deleted` | not yet |
//! | member | `User::blocked` | not yet |
//! | member | `User::premium` | not yet |
//! | member | `User::full_name` | [`User::full_name`] |
//! | member | `User::usernames` | not yet |
//! | member | `User::status` | not yet |
//! | member | `User::photo` | not yet |
//! | member | `User::is_self` | not yet |
//! | member | `User::contact` | not yet |
//! | member | `User::mutual_contact` | not yet |
//! | member | `User::scam` | not yet |
//! | member | `User::restricted` | not yet |
//! | member | `User::bot_privacy` | not yet |
//! | member | `User::bot_supports_chats` | not yet |
//! | member | `User::bot_inline_geo` | not yet |
//! | member | `User::support` | not yet |
//! | member | `User::lang_code` | not yet |
//! | member | `User::restriction_reason` | not yet |
//! | member | `User::bot_inline_placeholder` | not yet |
//! | member | `User::as_peer` | [`PeerRef`] is made from a `&User` |
//! | member | `User::as_input_peer` | [`Client::resolve_peer`] |
//!
//! ## Groups and channels
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Group::id` | not yet |
//! | member | `Group::title` | not yet |
//! | member | `Group::participants_count` | not yet |
//! | member | `Group::creator` | not yet |
//! | member | `Group::migrated_to` | not yet |
//! | member | `Group::as_peer` | not yet |
//! | member | `Group::as_input_peer` | not yet |
//! | member | `Channel::id` | not yet |
//! | member | `Channel::access_hash` | not yet |
//! | member | `Channel::title` | not yet |
//! | member | `Channel::username` | not yet |
//! | member | `Channel::megagroup` | not yet |
//! | member | `Channel::broadcast` | not yet |
//! | member | `Channel::verified` | not yet |
//! | member | `Channel::restricted` | not yet |
//! | member | `Channel::signatures` | not yet |
//! | member | `Channel::participants_count` | not yet |
//! | member | `Channel::kind` | not yet |
//! | member | `Channel::usernames` | not yet |
//! | member | `Channel::photo` | not yet |
//! | member | `Channel::admin_rights` | not yet |
//! | member | `Channel::restriction_reason` | not yet |
//! | member | `Channel::as_peer` | not yet |
//! | member | `Channel::as_input_peer` | not yet |
//! | member | `Channel::as_input_channel` | not yet |
//! | member | `ParticipantPermissions::is_creator` | not yet |
//! | member | `ParticipantPermissions::is_admin` | not yet |
//! | member | `ParticipantPermissions::is_banned` | not yet |
//! | member | `ParticipantPermissions::is_member` | not yet |
//!
//! ## Rights
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `BannedRightsBuilder::view_messages` | not yet |
//! | member | `BannedRightsBuilder::send_messages` | not yet |
//! | member | `BannedRightsBuilder::send_media` | not yet |
//! | member | `BannedRightsBuilder::send_stickers` | not yet |
//! | member | `BannedRightsBuilder::send_gifts` | not yet |
//! | member | `BannedRightsBuilder::send_games` | not yet |
//! | member | `BannedRightsBuilder::send_inline` | not yet |
//! | member | `BannedRightsBuilder::embed_links` | not yet |
//! | member | `BannedRightsBuilder::send_polls` | not yet |
//! | member | `BannedRightsBuilder::change_info` | not yet |
//! | member | `BannedRightsBuilder::invite_users` | not yet |
//! | member | `BannedRightsBuilder::pin_messages` | not yet |
//! | member | `BannedRightsBuilder::until_date` | not yet |
//! | member | `BannedRightsBuilder::full_ban` | not yet |
//! | member | `BannedRightsBuilder::send_reactions` | not yet |
//! | member | `BannedRightsBuilder::manage_topics` | not yet |
//! | member | `BannedRightsBuilder::send_photos` | not yet |
//! | member | `BannedRightsBuilder::send_videos` | not yet |
//! | member | `BannedRightsBuilder::send_roundvideos` | not yet |
//! | member | `BannedRightsBuilder::send_audios` | not yet |
//! | member | `BannedRightsBuilder::send_voices` | not yet |
//! | member | `BannedRightsBuilder::send_docs` | not yet |
//! | member | `BannedRightsBuilder::send_plain` | not yet |
//! | member | `BannedRightsBuilder::edit_rank` | not yet |
//! | member | `AdminRightsBuilder::change_info` | not yet |
//! | member | `AdminRightsBuilder::post_messages` | not yet |
//! | member | `AdminRightsBuilder::edit_messages` | not yet |
//! | member | `AdminRightsBuilder::delete_messages` | not yet |
//! | member | `AdminRightsBuilder::ban_users` | not yet |
//! | member | `AdminRightsBuilder::invite_users` | not yet |
//! | member | `AdminRightsBuilder::pin_messages` | not yet |
//! | member | `AdminRightsBuilder::add_admins` | not yet |
//! | member | `AdminRightsBuilder::anonymous` | not yet |
//! | member | `AdminRightsBuilder::manage_call` | not yet |
//! | member | `AdminRightsBuilder::manage_topics` | not yet |
//! | member | `AdminRightsBuilder::rank` | not yet |
//! | member | `AdminRightsBuilder::full_admin` | not yet |
//!
//! ## Lists
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `DialogIter::total` | not yet |
//! | member | `DialogIter::next` | not yet |
//! | member | `MessageIter::total` | not yet |
//! | member | `MessageIter::next` | not yet |
//! | member | `DownloadIter::chunk_size` | not yet |
//! | member | `DownloadIter::next` | not yet |
//! | member | `ProfilePhotoIter::next` | not yet |
//! | member | `ProfilePhotoIter::collect` | not yet |
//! | member | `ProfilePhotoIter::total_count` | not yet |
//! | member | `InlineQueryIter::next` | not yet |
//! | member | `InlineResultIter::peer` | not yet |
//! | member | `InlineResultIter::next` | not yet |
//! | member | `Dialog::title` | not yet |
//! | member | `Dialog::peer` | not yet |
//! | member | `Dialog::unread_count` | not yet |
//! | member | `Dialog::top_message` | not yet |
//!
//! ## Searching
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `SearchBuilder::min_date` | not yet |
//! | member | `SearchBuilder::max_date` | not yet |
//! | member | `SearchBuilder::filter` | not yet |
//! | member | `SearchBuilder::limit` | not yet |
//! | member | `SearchBuilder::offset_id` | not yet |
//! | member | `SearchBuilder::add_offset` | not yet |
//! | member | `SearchBuilder::max_id` | not yet |
//! | member | `SearchBuilder::min_id` | not yet |
//! | member | `SearchBuilder::sent_by_self` | not yet |
//! | member | `SearchBuilder::from_peer` | not yet |
//! | member | `SearchBuilder::top_msg_id` | not yet |
//! | member | `SearchBuilder::fetch` | not yet |
//! | member | `GlobalSearchBuilder::folder_id` | not yet |
//! | member | `GlobalSearchBuilder::broadcasts_only` | not yet |
//! | member | `GlobalSearchBuilder::groups_only` | not yet |
//! | member | `GlobalSearchBuilder::users_only` | not yet |
//! | member | `GlobalSearchBuilder::filter` | not yet |
//! | member | `GlobalSearchBuilder::min_date` | not yet |
//! | member | `GlobalSearchBuilder::max_date` | not yet |
//! | member | `GlobalSearchBuilder::offset_rate` | not yet |
//! | member | `GlobalSearchBuilder::offset_id` | not yet |
//! | member | `GlobalSearchBuilder::limit` | not yet |
//! | member | `GlobalSearchBuilder::fetch` | not yet |
//!
//! ## Media
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Photo::id` | not yet |
//! | member | `Photo::access_hash` | not yet |
//! | member | `Photo::date` | not yet |
//! | member | `Photo::has_stickers` | not yet |
//! | member | `Photo::largest_thumb_type` | not yet |
//! | member | `Document::id` | not yet |
//! | member | `Document::access_hash` | not yet |
//! | member | `Document::date` | not yet |
//! | member | `Document::mime_type` | not yet |
//! | member | `Document::size` | not yet |
//! | member | `Document::file_name` | not yet |
//! | member | `Document::is_animated` | not yet |
//! | member | `Sticker::emoji` | not yet |
//! | member | `Sticker::is_video` | not yet |
//! | member | `Sticker::id` | not yet |
//! | member | `Sticker::mime_type` | not yet |
//! | member | `CdnDownloader::connect` | not yet |
//! | member | `CdnDownloader::download_chunk_raw` | not yet |
//! | member | `CdnDownloader::download_all` | not yet |
//! | member | `CdnDownloader::download_all_with_reupload` | not yet |
//!
//! ## The rest
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `DnsResolver::resolve` | not yet |
//! | member | `DnsResolver::resolve_v4` | not yet |
//! | member | `DnsResolver::resolve_v6` | not yet |
//! | member | `MiniAppSession::url` | not yet |
//! | member | `MiniAppSession::query_id` | not yet |
//! | member | `MiniAppSession::prolong` | not yet |
#[cfg(doc)]
use crate::client::Client;
#[cfg(doc)]
use crate::peers::{PeerRef, User};
