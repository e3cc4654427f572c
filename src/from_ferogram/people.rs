//! Users, chats, media, and lists of them.
//!
//! What has no method of its own is in [`User::raw`](field@User::raw) and its like. Users, groups
//! and channels in one are [`Chat`](crate::Chat).
//!
//! ## `User`
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `User::id` | [`User::id`] |
//! | member | `User::access_hash` | [`User::access_hash`] |
//! | member | `User::first_name` | [`User::first_name`] |
//! | member | `User::last_name` | [`User::last_name`] |
//! | member | `User::username` | [`User::username`] |
//! | member | `User::phone` | [`User::phone`] |
//! | member | `User::verified` | [`User::is_verified`] |
//! | member | `User::bot` | [`User::is_bot`] |
//! | member | `User::deleted` | [`User::is_deleted`] |
//! | member | `User::blocked` | [`UserFull::is_blocked`], of [`Client::fetch_user_full`] |
//! | member | `User::premium` | [`User::is_premium`] |
//! | member | `User::full_name` | [`User::full_name`] |
//! | member | `User::usernames` | [`User::usernames`] |
//! | member | `User::status` | [`User::status`] |
//! | member | `User::photo` | [`User::photo`] |
//! | member | `User::is_self` | [`User::is_self`] |
//! | member | `User::contact` | [`User::is_contact`] |
//! | member | `User::mutual_contact` | [`User::is_mutual_contact`] |
//! | member | `User::scam` | [`User::is_scam`] |
//! | member | `User::restricted` | [`User::is_restricted`] |
//! | member | `User::bot_privacy` | [`User::sees_group_messages`] |
//! | member | `User::bot_supports_chats` | [`User::joins_groups`] |
//! | member | `User::bot_inline_geo` | [`User::wants_location`] |
//! | member | `User::support` | [`User::is_support`] |
//! | member | `User::lang_code` | [`User::language_code`] |
//! | member | `User::restriction_reason` | [`User::restrictions`] |
//! | member | `User::bot_inline_placeholder` | [`User::inline_placeholder`] |
//! | member | `User::as_peer` | [`User::peer`]; [`PeerRef`] is made from a `&User` too |
//! | member | `User::as_input_peer` | [`Client::resolve_peer`] |
//!
//! ## Groups and channels
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Group::id` | [`Group::id`] |
//! | member | `Group::title` | [`Group::title`] |
//! | member | `Group::participants_count` | [`Group::participants_count`] |
//! | member | `Group::creator` | [`Group::is_creator`] |
//! | member | `Group::migrated_to` | [`Group::migrated_to`] |
//! | member | `Group::as_peer` | [`Group::peer`] |
//! | member | `Group::as_input_peer` | [`Client::resolve_peer`] |
//! | member | `Channel::id` | [`Channel::id`] |
//! | member | `Channel::access_hash` | [`Channel::access_hash`] |
//! | member | `Channel::title` | [`Channel::title`] |
//! | member | `Channel::username` | [`Channel::username`] |
//! | member | `Channel::megagroup` | [`Channel::is_megagroup`] |
//! | member | `Channel::broadcast` | [`Channel::is_broadcast`] |
//! | member | `Channel::verified` | [`Channel::is_verified`] |
//! | member | `Channel::restricted` | [`Channel::is_restricted`] |
//! | member | `Channel::signatures` | [`Channel::has_signatures`] |
//! | member | `Channel::participants_count` | [`Channel::participants_count`] |
//! | member | `Channel::kind` | [`Channel::kind`] |
//! | member | `Channel::usernames` | [`Channel::usernames`] |
//! | member | `Channel::photo` | [`Channel::photo`] |
//! | member | `Channel::admin_rights` | [`Channel::admin_rights`] |
//! | member | `Channel::restriction_reason` | [`Channel::restrictions`] |
//! | member | `Channel::as_peer` | [`Channel::peer`] |
//! | member | `Channel::as_input_peer` | [`Client::resolve_peer`] |
//! | member | `Channel::as_input_channel` | [`Channel::input_channel`] |
//! | member | `ParticipantPermissions::is_creator` | [`Permissions::is_creator`] |
//! | member | `ParticipantPermissions::is_admin` | [`Permissions::is_admin`] |
//! | member | `ParticipantPermissions::is_banned` | [`Permissions::is_banned`] |
//! | member | `ParticipantPermissions::is_member` | [`Permissions::is_member`] |
//!
//! ## Rights
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `BannedRightsBuilder::view_messages` | [`BannedRights::view_messages`] |
//! | member | `BannedRightsBuilder::send_messages` | [`BannedRights::send_messages`] |
//! | member | `BannedRightsBuilder::send_media` | [`BannedRights::send_media`] |
//! | member | `BannedRightsBuilder::send_stickers` | [`BannedRights::send_stickers`] |
//! | member | `BannedRightsBuilder::send_gifts` | [`BannedRights::send_gifs`] |
//! | member | `BannedRightsBuilder::send_games` | [`BannedRights::send_games`] |
//! | member | `BannedRightsBuilder::send_inline` | [`BannedRights::send_inline`] |
//! | member | `BannedRightsBuilder::embed_links` | [`BannedRights::embed_links`] |
//! | member | `BannedRightsBuilder::send_polls` | [`BannedRights::send_polls`] |
//! | member | `BannedRightsBuilder::change_info` | [`BannedRights::change_info`] |
//! | member | `BannedRightsBuilder::invite_users` | [`BannedRights::invite_users`] |
//! | member | `BannedRightsBuilder::pin_messages` | [`BannedRights::pin_messages`] |
//! | member | `BannedRightsBuilder::until_date` | [`BannedRights::until`] |
//! | member | `BannedRightsBuilder::full_ban` | [`BannedRights::all`] |
//! | member | `BannedRightsBuilder::send_reactions` | [`BannedRights::send_reactions`] |
//! | member | `BannedRightsBuilder::manage_topics` | [`BannedRights::manage_topics`] |
//! | member | `BannedRightsBuilder::send_photos` | [`BannedRights::send_photos`] |
//! | member | `BannedRightsBuilder::send_videos` | [`BannedRights::send_videos`] |
//! | member | `BannedRightsBuilder::send_roundvideos` | [`BannedRights::send_roundvideos`] |
//! | member | `BannedRightsBuilder::send_audios` | [`BannedRights::send_audios`] |
//! | member | `BannedRightsBuilder::send_voices` | [`BannedRights::send_voices`] |
//! | member | `BannedRightsBuilder::send_docs` | [`BannedRights::send_docs`] |
//! | member | `BannedRightsBuilder::send_plain` | [`BannedRights::send_plain`] |
//! | member | `BannedRightsBuilder::edit_rank` | [`BannedRights::edit_rank`] |
//! | member | `AdminRightsBuilder::change_info` | [`AdminRights::change_info`] |
//! | member | `AdminRightsBuilder::post_messages` | [`AdminRights::post_messages`] |
//! | member | `AdminRightsBuilder::edit_messages` | [`AdminRights::edit_messages`] |
//! | member | `AdminRightsBuilder::delete_messages` | [`AdminRights::delete_messages`] |
//! | member | `AdminRightsBuilder::ban_users` | [`AdminRights::ban_users`] |
//! | member | `AdminRightsBuilder::invite_users` | [`AdminRights::invite_users`] |
//! | member | `AdminRightsBuilder::pin_messages` | [`AdminRights::pin_messages`] |
//! | member | `AdminRightsBuilder::add_admins` | [`AdminRights::add_admins`] |
//! | member | `AdminRightsBuilder::anonymous` | [`AdminRights::anonymous`] |
//! | member | `AdminRightsBuilder::manage_call` | [`AdminRights::manage_call`] |
//! | member | `AdminRightsBuilder::manage_topics` | [`AdminRights::manage_topics`] |
//! | member | `AdminRightsBuilder::rank` | [`AdminRights::rank()`] |
//! | member | `AdminRightsBuilder::full_admin` | [`AdminRights::all`] |
//!
//! ## Lists
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `DialogIter::total` | [`DialogIter::total`] |
//! | member | `DialogIter::next` | [`DialogIter`] is an iterator of Rust's |
//! | member | `MessageIter::total` | [`MessageIter::total`] |
//! | member | `MessageIter::next` | [`MessageIter`] is an iterator of Rust's |
//! | member | `DownloadIter::chunk_size` | Not needed: pieces are as long as may be. |
//! | member | `DownloadIter::next` | [`Chunks`], an iterator |
//! | member | `ProfilePhotoIter::next` | [`ProfilePhotos`] is an iterator of Rust's |
//! | member | `ProfilePhotoIter::collect` | [`Iterator::collect`] of [`ProfilePhotos`] |
//! | member | `ProfilePhotoIter::total_count` | [`ProfilePhotos::total`] |
//! | member | `InlineQueryIter::next` | [`Updates::next`] of such a stream |
//! | member | `InlineResultIter::peer` | [`InlineResults::in_chat`] |
//! | member | `InlineResultIter::next` | [`Iterator::next`] of [`InlineResults`] |
//! | member | `Dialog::title` | [`Dialog::title`] |
//! | member | `Dialog::peer` | [`Dialog::peer`] |
//! | member | `Dialog::unread_count` | [`Dialog::unread_count`] |
//! | member | `Dialog::top_message` | [`Dialog::last_message`] |
//!
//! ## Searching
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `SearchBuilder::min_date` | [`MessageIter::up_to_date`] |
//! | member | `SearchBuilder::max_date` | [`MessageIter::from_date`] |
//! | member | `SearchBuilder::filter` | [`MessageIter::filter`] |
//! | member | `SearchBuilder::limit` | [`MessageIter::limit`] |
//! | member | `SearchBuilder::offset_id` | [`MessageIter::from_id`] |
//! | member | `SearchBuilder::add_offset` | [`MessageIter::around`], or [`MessageIter::reversed`] |
//! | member | `SearchBuilder::max_id` | [`MessageIter::from_id`] |
//! | member | `SearchBuilder::min_id` | [`MessageIter::up_to_id`] |
//! | member | `SearchBuilder::sent_by_self` | [`MessageIter::sender`], of `"me"` |
//! | member | `SearchBuilder::from_peer` | [`MessageIter::sender`] |
//! | member | `SearchBuilder::top_msg_id` | [`MessageIter::topic`] |
//! | member | `SearchBuilder::fetch` | Not needed: a [`MessageIter`] is read as it is. |
//! | member | `GlobalSearchBuilder::folder_id` | [`GlobalSearch::archived`] |
//! | member | `GlobalSearchBuilder::broadcasts_only` | [`GlobalSearch::channels_only`] |
//! | member | `GlobalSearchBuilder::groups_only` | [`GlobalSearch::groups_only`] |
//! | member | `GlobalSearchBuilder::users_only` | [`GlobalSearch::users_only`] |
//! | member | `GlobalSearchBuilder::filter` | [`GlobalSearch::filter`] |
//! | member | `GlobalSearchBuilder::min_date` | [`GlobalSearch::since`] |
//! | member | `GlobalSearchBuilder::max_date` | [`GlobalSearch::until`] |
//! | member | `GlobalSearchBuilder::offset_rate` | Not needed: it turns the pages itself. |
//! | member | `GlobalSearchBuilder::offset_id` | Not needed: it turns the pages itself. |
//! | member | `GlobalSearchBuilder::limit` | [`GlobalSearch::limit`] |
//! | member | `GlobalSearchBuilder::fetch` | Not needed: a [`GlobalSearch`] is read as it is. |
//!
//! ## Media
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `Photo::id` | [`Photo::id`] |
//! | member | `Photo::access_hash` | [`Photo::access_hash`] |
//! | member | `Photo::date` | [`Photo::date`] |
//! | member | `Photo::has_stickers` | [`Photo::has_stickers`] |
//! | member | `Photo::largest_thumb_type` | [`Photo::largest_size`] |
//! | member | `Document::id` | [`Document::id`] |
//! | member | `Document::access_hash` | [`Document::access_hash`] |
//! | member | `Document::date` | [`Document::date`] |
//! | member | `Document::mime_type` | [`Document::mime_type`] |
//! | member | `Document::size` | [`Document::size`] |
//! | member | `Document::file_name` | [`Document::file_name`] |
//! | member | `Document::is_animated` | [`Document::is_animated`] |
//! | member | `Sticker::emoji` | [`Sticker::emoji`] |
//! | member | `Sticker::is_video` | [`Sticker::is_video`] |
//! | member | `Sticker::id` | [`Sticker::id`] |
//! | member | `Sticker::mime_type` | [`Sticker::mime_type`] |
//! | member | `CdnDownloader::connect` | [`Client::download`] finds it. |
//! | member | `CdnDownloader::download_chunk_raw` | [`Download::chunks`] |
//! | member | `CdnDownloader::download_all` | [`Download::to_bytes`] |
//! | member | `CdnDownloader::download_all_with_reupload` | [`Download::to_bytes`] |
//!
//! ## The rest
//!
//! | kind | there | here |
//! |---|---|---|
//! | member | `DnsResolver::resolve` | not yet |
//! | member | `DnsResolver::resolve_v4` | not yet |
//! | member | `DnsResolver::resolve_v6` | not yet |
//! | member | `MiniAppSession::url` | [`MiniAppSession::url`] |
//! | member | `MiniAppSession::query_id` | [`MiniAppSession::query_id`] |
//! | member | `MiniAppSession::prolong` | [`MiniAppSession::prolong`] and its `keep_open` |
#[cfg(doc)]
use crate::account::ProfilePhotos;
#[cfg(doc)]
use crate::bots::{InlineResults, MiniAppSession};
#[cfg(doc)]
use crate::chats::{AdminRights, BannedRights, Permissions};
#[cfg(doc)]
use crate::client::Client;
#[cfg(doc)]
use crate::media::{Chunks, Document, Download, Photo, Sticker};
#[cfg(doc)]
use crate::messages::{Dialog, DialogIter, GlobalSearch, MessageIter};
#[cfg(doc)]
use crate::peers::{Channel, Group, PeerRef, User, UserFull};
#[cfg(doc)]
use crate::updates::Updates;
