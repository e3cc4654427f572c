//! The table of all methods: what is called by which number, and who may call it.
use ferogram_sync::tl::{Identifiable, functions as f};

use super::account;
use super::admin_log;
use super::admins;
use super::albums;
use super::auth;
use super::boosts;
use super::callbacks;
use super::cdn;
use super::channel_difference;
use super::channel_settings;
use super::channels;
use super::chat_facts;
use super::chat_looks;
use super::chat_rules;
use super::chat_usernames;
use super::checklists;
use super::clearing;
use super::codes;
use super::contact_book;
use super::contacts;
use super::dialog_lists;
use super::dialogs;
use super::direct;
use super::discussions;
use super::drafts;
use super::fact_checks;
use super::files;
use super::folders;
use super::forward;
use super::groups;
use super::help;
use super::history;
use super::invite_lists;
use super::invites;
use super::join_requests;
use super::joining;
use super::language;
use super::links;
use super::login_email;
use super::media;
use super::messages;
use super::method::{Access, Method, decode, methods, reply};
use super::notify;
use super::offers;
use super::ownership;
use super::paid_reactions;
use super::participants;
use super::password;
use super::photos;
use super::pins;
use super::poll_answers;
use super::polls;
use super::privacy;
use super::profile;
use super::qr;
use super::quick_replies;
use super::reaction_lists;
use super::reaction_removal;
use super::reactions;
use super::receipts;
use super::recovery;
use super::reports;
use super::saved_topics;
use super::scheduled;
use super::search;
use super::sending;
use super::sessions;
use super::shared_folders;
use super::stats;
use super::sticker_lists;
use super::sticker_sets;
use super::stories;
use super::takeout;
use super::threads;
use super::topic_lists;
use super::topics;
use super::ttl;
use super::typing;
use super::unread;
use super::updates;
use super::uploads;
use super::users;
use super::views;
use super::web_sessions;

/// All methods, by namespace.
pub(crate) const METHODS: &[Method] = methods! {
    Home "account.cancelPasswordEmail" f::account::CancelPasswordEmail
        => password::cancel_password_email;
    Home "account.changeAuthorizationSettings" f::account::ChangeAuthorizationSettings
        => sessions::change_authorization_settings;
    Home "account.checkUsername" f::account::CheckUsername => account::check_username;
    Home "account.confirmPasswordEmail" f::account::ConfirmPasswordEmail
        => password::confirm_password_email;
    Home "account.declinePasswordReset" f::account::DeclinePasswordReset
        => recovery::decline_password_reset;
    Home "account.finishTakeoutSession" f::account::FinishTakeoutSession
        => takeout::finish_takeout_session;
    Home "account.getAccountTTL" f::account::GetAccountTtl => sessions::get_account_ttl;
    Home "account.getAuthorizations" f::account::GetAuthorizations => sessions::get_authorizations;
    Home "account.getGlobalPrivacySettings" f::account::GetGlobalPrivacySettings
        => privacy::get_global_privacy_settings;
    Home "account.getNotifyExceptions" f::account::GetNotifyExceptions
        => notify::get_notify_exceptions;
    Home "account.getNotifySettings" f::account::GetNotifySettings => notify::get_notify_settings;
    Free "account.getPassword" f::account::GetPassword => password::get_password;
    Home "account.getPrivacy" f::account::GetPrivacy => privacy::get_privacy;
    Home "account.getWebAuthorizations" f::account::GetWebAuthorizations
        => web_sessions::get_web_authorizations;
    Home "account.initTakeoutSession" f::account::InitTakeoutSession
        => takeout::init_takeout_session;
    Home "account.invalidateSignInCodes" f::account::InvalidateSignInCodes
        => codes::invalidate_sign_in_codes;
    Home "account.reorderUsernames" f::account::ReorderUsernames => profile::reorder_usernames;
    Home "account.resendPasswordEmail" f::account::ResendPasswordEmail
        => password::resend_password_email;
    Home "account.resetAuthorization" f::account::ResetAuthorization
        => sessions::reset_authorization;
    Home "account.resetNotifySettings" f::account::ResetNotifySettings
        => notify::reset_notify_settings;
    Home "account.resetPassword" f::account::ResetPassword => recovery::reset_password;
    Home "account.resetWebAuthorization" f::account::ResetWebAuthorization
        => web_sessions::reset_web_authorization;
    Home "account.resetWebAuthorizations" f::account::ResetWebAuthorizations
        => web_sessions::reset_web_authorizations;
    Free "account.sendVerifyEmailCode" f::account::SendVerifyEmailCode
        => login_email::send_verify_email_code;
    Home "account.setAccountTTL" f::account::SetAccountTtl => sessions::set_account_ttl;
    Home "account.setAuthorizationTTL" f::account::SetAuthorizationTtl
        => sessions::set_authorization_ttl;
    Home "account.setGlobalPrivacySettings" f::account::SetGlobalPrivacySettings
        => privacy::set_global_privacy_settings;
    Home "account.setPrivacy" f::account::SetPrivacy => privacy::set_privacy;
    Home "account.toggleUsername" f::account::ToggleUsername => profile::toggle_username;
    Home "account.updateBirthday" f::account::UpdateBirthday => profile::update_birthday;
    Home "account.updateColor" f::account::UpdateColor => profile::update_color;
    Home "account.updateEmojiStatus" f::account::UpdateEmojiStatus => profile::update_emoji_status;
    Home "account.updateNotifySettings" f::account::UpdateNotifySettings
        => notify::update_notify_settings;
    Home "account.updatePasswordSettings" f::account::UpdatePasswordSettings
        => password::update_password_settings;
    Home "account.updatePersonalChannel" f::account::UpdatePersonalChannel
        => profile::update_personal_channel;
    Home "account.updateProfile" f::account::UpdateProfile => profile::update_profile;
    Home "account.updateStatus" f::account::UpdateStatus => account::update_status;
    Home "account.updateUsername" f::account::UpdateUsername => account::update_username;
    Free "account.verifyEmail" f::account::VerifyEmail => login_email::verify_email;
    Home "auth.acceptLoginToken" f::auth::AcceptLoginToken => qr::accept_login_token;
    Free "auth.cancelCode" f::auth::CancelCode => codes::cancel_code;
    Free "auth.checkPassword" f::auth::CheckPassword => auth::check_password;
    Free "auth.checkRecoveryPassword" f::auth::CheckRecoveryPassword
        => recovery::check_recovery_password;
    Home "auth.exportAuthorization" f::auth::ExportAuthorization => auth::export_authorization;
    Free "auth.exportLoginToken" f::auth::ExportLoginToken => qr::export_login_token;
    Free "auth.importAuthorization" f::auth::ImportAuthorization => auth::import_authorization;
    Free "auth.importBotAuthorization" f::auth::ImportBotAuthorization
        => auth::import_bot_authorization;
    Free "auth.importLoginToken" f::auth::ImportLoginToken => qr::import_login_token;
    Free "auth.importWebTokenAuthorization" f::auth::ImportWebTokenAuthorization
        => qr::import_web_token;
    Anywhere "auth.logOut" f::auth::LogOut => auth::log_out;
    Free "auth.recoverPassword" f::auth::RecoverPassword => recovery::recover_password;
    Free "auth.reportMissingCode" f::auth::ReportMissingCode => codes::report_missing_code;
    Free "auth.requestPasswordRecovery" f::auth::RequestPasswordRecovery
        => recovery::request_password_recovery;
    Free "auth.resendCode" f::auth::ResendCode => codes::resend_code;
    Home "auth.resetAuthorizations" f::auth::ResetAuthorizations => sessions::reset_authorizations;
    Free "auth.resetLoginEmail" f::auth::ResetLoginEmail => codes::reset_login_email;
    Free "auth.sendCode" f::auth::SendCode => codes::send_code;
    Free "auth.signIn" f::auth::SignIn => auth::sign_in;
    Free "auth.signUp" f::auth::SignUp => auth::sign_up;
    Home "channels.checkUsername" f::channels::CheckUsername => chat_usernames::check_username;
    Home "channels.createChannel" f::channels::CreateChannel => channels::create_channel;
    Home "channels.deactivateAllUsernames" f::channels::DeactivateAllUsernames
        => chat_usernames::deactivate_all_usernames;
    Home "channels.deleteChannel" f::channels::DeleteChannel => channel_settings::delete_channel;
    Home "channels.deleteHistory" f::channels::DeleteHistory => clearing::delete_channel_history;
    Home "channels.deleteMessages" f::channels::DeleteMessages => channels::delete_messages;
    Home "channels.editAdmin" f::channels::EditAdmin => admins::edit_admin;
    Home "channels.editBanned" f::channels::EditBanned => admins::edit_banned;
    Home "channels.editLocation" f::channels::EditLocation => chat_looks::edit_location;
    Home "channels.editPhoto" f::channels::EditPhoto => chat_looks::edit_photo;
    Home "channels.editTitle" f::channels::EditTitle => groups::edit_channel_title;
    Home "channels.exportMessageLink" f::channels::ExportMessageLink => links::export_message_link;
    Home "channels.getAdminLog" f::channels::GetAdminLog => admin_log::get_admin_log;
    Home "channels.getChannels" f::channels::GetChannels => channels::get_channels;
    Home "channels.getFullChannel" f::channels::GetFullChannel => channels::get_full_channel;
    Home "channels.getGroupsForDiscussion" f::channels::GetGroupsForDiscussion
        => chat_facts::get_groups_for_discussion;
    Home "channels.getLeftChannels" f::channels::GetLeftChannels => takeout::get_left_channels;
    Home "channels.getMessages" f::channels::GetMessages => history::get_channel_messages;
    Home "channels.getParticipant" f::channels::GetParticipant => participants::get_participant;
    Home "channels.getParticipants" f::channels::GetParticipants => participants::get_participants;
    Home "channels.getSendAs" f::channels::GetSendAs => chat_facts::get_send_as;
    Home "channels.inviteToChannel" f::channels::InviteToChannel => channels::invite_to_channel;
    Home "channels.joinChannel" f::channels::JoinChannel => joining::join_channel;
    Home "channels.leaveChannel" f::channels::LeaveChannel => channels::leave_channel;
    Home "channels.readHistory" f::channels::ReadHistory => channels::read_history;
    Home "channels.readMessageContents" f::channels::ReadMessageContents
        => unread::read_channel_contents;
    Home "channels.reorderUsernames" f::channels::ReorderUsernames
        => chat_usernames::reorder_usernames;
    Home "channels.restrictSponsoredMessages" f::channels::RestrictSponsoredMessages
        => chat_rules::restrict_sponsored_messages;
    Home "channels.searchPosts" f::channels::SearchPosts => search::search_posts;
    Home "channels.setBoostsToUnblockRestrictions" f::channels::SetBoostsToUnblockRestrictions
        => chat_rules::set_boosts_to_unblock_restrictions;
    Home "channels.setEmojiStickers" f::channels::SetEmojiStickers
        => chat_looks::set_emoji_stickers;
    Home "channels.setStickers" f::channels::SetStickers => chat_looks::set_stickers;
    Home "channels.toggleAntiSpam" f::channels::ToggleAntiSpam => chat_rules::toggle_anti_spam;
    Home "channels.toggleAutotranslation" f::channels::ToggleAutotranslation
        => chat_rules::toggle_autotranslation;
    Home "channels.toggleForum" f::channels::ToggleForum => topics::toggle_forum;
    Home "channels.toggleJoinRequest" f::channels::ToggleJoinRequest
        => chat_rules::toggle_join_request;
    Home "channels.toggleJoinToSend" f::channels::ToggleJoinToSend
        => chat_rules::toggle_join_to_send;
    Home "channels.toggleParticipantsHidden" f::channels::ToggleParticipantsHidden
        => chat_rules::toggle_participants_hidden;
    Home "channels.togglePreHistoryHidden" f::channels::TogglePreHistoryHidden
        => channel_settings::toggle_pre_history_hidden;
    Home "channels.setDiscussionGroup" f::channels::SetDiscussionGroup
        => discussions::set_discussion_group;
    Home "channels.toggleSignatures" f::channels::ToggleSignatures
        => channel_settings::toggle_signatures;
    Home "channels.toggleSlowMode" f::channels::ToggleSlowMode
        => channel_settings::toggle_slow_mode;
    Home "channels.toggleUsername" f::channels::ToggleUsername => chat_usernames::toggle_username;
    Home "channels.toggleViewForumAsMessages" f::channels::ToggleViewForumAsMessages
        => topics::toggle_view_forum_as_messages;
    Home "channels.updateColor" f::channels::UpdateColor => chat_looks::update_color;
    Home "channels.updateEmojiStatus" f::channels::UpdateEmojiStatus
        => chat_looks::update_emoji_status;
    Home "channels.updatePaidMessagesPrice" f::channels::UpdatePaidMessagesPrice
        => direct::update_paid_messages_price;
    Home "channels.updateUsername" f::channels::UpdateUsername => channel_settings::update_username;
    Home "chatlists.checkChatlistInvite" f::chatlists::CheckChatlistInvite
        => shared_folders::check_chatlist_invite;
    Home "chatlists.deleteExportedInvite" f::chatlists::DeleteExportedInvite
        => shared_folders::delete_exported_invite;
    Home "chatlists.editExportedInvite" f::chatlists::EditExportedInvite
        => shared_folders::edit_exported_invite;
    Home "chatlists.exportChatlistInvite" f::chatlists::ExportChatlistInvite
        => shared_folders::export_chatlist_invite;
    Home "chatlists.getChatlistUpdates" f::chatlists::GetChatlistUpdates
        => shared_folders::get_chatlist_updates;
    Home "chatlists.getExportedInvites" f::chatlists::GetExportedInvites
        => shared_folders::get_exported_invites;
    Home "chatlists.getLeaveChatlistSuggestions" f::chatlists::GetLeaveChatlistSuggestions
        => shared_folders::get_leave_chatlist_suggestions;
    Home "chatlists.hideChatlistUpdates" f::chatlists::HideChatlistUpdates
        => shared_folders::hide_chatlist_updates;
    Home "chatlists.joinChatlistInvite" f::chatlists::JoinChatlistInvite
        => shared_folders::join_chatlist_invite;
    Home "chatlists.joinChatlistUpdates" f::chatlists::JoinChatlistUpdates
        => shared_folders::join_chatlist_updates;
    Home "chatlists.leaveChatlist" f::chatlists::LeaveChatlist => shared_folders::leave_chatlist;
    Home "contacts.acceptContact" f::contacts::AcceptContact => contact_book::accept_contact;
    Home "contacts.addContact" f::contacts::AddContact => contacts::add_contact;
    Home "contacts.block" f::contacts::Block => contacts::block;
    Home "contacts.deleteByPhones" f::contacts::DeleteByPhones => contact_book::delete_by_phones;
    Home "contacts.deleteContacts" f::contacts::DeleteContacts => contact_book::delete_contacts;
    Home "contacts.editCloseFriends" f::contacts::EditCloseFriends
        => contact_book::edit_close_friends;
    Home "contacts.getBirthdays" f::contacts::GetBirthdays => contact_book::get_birthdays;
    Home "contacts.getBlocked" f::contacts::GetBlocked => contact_book::get_blocked;
    Home "contacts.getContacts" f::contacts::GetContacts => contacts::get_contacts;
    Home "contacts.getSaved" f::contacts::GetSaved => contact_book::get_saved;
    Home "contacts.getStatuses" f::contacts::GetStatuses => contact_book::get_statuses;
    Home "contacts.getTopPeers" f::contacts::GetTopPeers => contact_book::get_top_peers;
    Home "contacts.importContacts" f::contacts::ImportContacts => contacts::import_contacts;
    Home "contacts.resetTopPeerRating" f::contacts::ResetTopPeerRating
        => contact_book::reset_top_peer_rating;
    Home "contacts.resolvePhone" f::contacts::ResolvePhone => contacts::resolve_phone;
    Home "contacts.resolveUsername" f::contacts::ResolveUsername => contacts::resolve_username;
    Home "contacts.search" f::contacts::Search => contacts::search;
    Home "contacts.setBlocked" f::contacts::SetBlocked => contact_book::set_blocked;
    Home "contacts.toggleTopPeers" f::contacts::ToggleTopPeers => contact_book::toggle_top_peers;
    Home "contacts.unblock" f::contacts::Unblock => contacts::unblock;
    Home "contacts.updateContactNote" f::contacts::UpdateContactNote
        => contact_book::update_contact_note;
    Home "folders.editPeerFolders" f::folders::EditPeerFolders => dialog_lists::edit_peer_folders;
    Home "help.acceptTermsOfService" f::help::AcceptTermsOfService => help::accept_terms_of_service;
    Free "help.getAppConfig" f::help::GetAppConfig => help::get_app_config;
    Free "help.getCdnConfig" f::help::GetCdnConfig => cdn::get_cdn_config;
    Free "help.getConfig" f::help::GetConfig => help::get_config;
    Free "help.getNearestDc" f::help::GetNearestDc => help::get_nearest_dc;
    Home "messages.addChatUser" f::messages::AddChatUser => groups::add_chat_user;
    Home "messages.addPollAnswer" f::messages::AddPollAnswer => poll_answers::add_poll_answer;
    Home "messages.appendTodoList" f::messages::AppendTodoList => checklists::append_todo_list;
    Home "messages.checkChatInvite" f::messages::CheckChatInvite => joining::check_chat_invite;
    Home "messages.checkQuickReplyShortcut" f::messages::CheckQuickReplyShortcut
        => quick_replies::check_quick_reply_shortcut;
    Home "messages.clearAllDrafts" f::messages::ClearAllDrafts => drafts::clear_all_drafts;
    Home "messages.clearRecentReactions" f::messages::ClearRecentReactions
        => reaction_lists::clear_recent_reactions;
    Home "messages.clearRecentStickers" f::messages::ClearRecentStickers
        => sticker_lists::clear_recent_stickers;
    Home "messages.createChat" f::messages::CreateChat => groups::create_chat;
    Home "messages.createForumTopic" f::messages::CreateForumTopic => topics::create_forum_topic;
    Home "messages.deleteChat" f::messages::DeleteChat => groups::delete_chat;
    Home "messages.deleteChatUser" f::messages::DeleteChatUser => groups::delete_chat_user;
    Home "messages.deleteExportedChatInvite" f::messages::DeleteExportedChatInvite
        => invites::delete_exported_chat_invite;
    Home "messages.deleteFactCheck" f::messages::DeleteFactCheck
        => fact_checks::delete_fact_check;
    Home "messages.deleteHistory" f::messages::DeleteHistory => clearing::delete_history;
    Home "messages.deleteMessages" f::messages::DeleteMessages => messages::delete_messages;
    Home "messages.deleteParticipantReaction" f::messages::DeleteParticipantReaction
        => reaction_removal::delete_participant_reaction;
    Home "messages.deleteParticipantReactions" f::messages::DeleteParticipantReactions
        => reaction_removal::delete_participant_reactions;
    Home "messages.deletePollAnswer" f::messages::DeletePollAnswer
        => poll_answers::delete_poll_answer;
    Home "messages.deleteQuickReplyMessages" f::messages::DeleteQuickReplyMessages
        => quick_replies::delete_quick_reply_messages;
    Home "messages.deleteQuickReplyShortcut" f::messages::DeleteQuickReplyShortcut
        => quick_replies::delete_quick_reply_shortcut;
    Home "messages.deleteRevokedExportedChatInvites" f::messages::DeleteRevokedExportedChatInvites
        => invites::delete_revoked_exported_chat_invites;
    Home "messages.deleteSavedHistory" f::messages::DeleteSavedHistory
        => saved_topics::delete_saved_history;
    Home "messages.deleteScheduledMessages" f::messages::DeleteScheduledMessages
        => scheduled::delete_scheduled_messages;
    Home "messages.deleteTopicHistory" f::messages::DeleteTopicHistory
        => topics::delete_topic_history;
    Home "messages.editChatAbout" f::messages::EditChatAbout => chat_looks::edit_chat_about;
    Home "messages.editChatAdmin" f::messages::EditChatAdmin => admins::edit_chat_admin;
    Home "messages.editChatCreator" f::messages::EditChatCreator => ownership::edit_chat_creator;
    Home "messages.editChatDefaultBannedRights" f::messages::EditChatDefaultBannedRights
        => admins::edit_default_rights;
    Home "messages.editChatParticipantRank" f::messages::EditChatParticipantRank
        => ownership::edit_chat_participant_rank;
    Home "messages.editChatPhoto" f::messages::EditChatPhoto => chat_looks::edit_chat_photo;
    Home "messages.editChatTitle" f::messages::EditChatTitle => groups::edit_chat_title;
    Home "messages.editExportedChatInvite" f::messages::EditExportedChatInvite
        => invites::edit_exported_chat_invite;
    Home "messages.editFactCheck" f::messages::EditFactCheck => fact_checks::edit_fact_check;
    Home "messages.editForumTopic" f::messages::EditForumTopic => topics::edit_forum_topic;
    Home "messages.editMessage" f::messages::EditMessage => messages::edit_message;
    Home "messages.editQuickReplyShortcut" f::messages::EditQuickReplyShortcut
        => quick_replies::edit_quick_reply_shortcut;
    Home "messages.exportChatInvite" f::messages::ExportChatInvite => invites::export_chat_invite;
    Home "messages.faveSticker" f::messages::FaveSticker => sticker_lists::fave_sticker;
    Home "messages.forwardMessages" f::messages::ForwardMessages => forward::forward_messages;
    Home "messages.getAdminsWithInvites" f::messages::GetAdminsWithInvites
        => invite_lists::get_admins_with_invites;
    Home "messages.getAllDrafts" f::messages::GetAllDrafts => drafts::get_all_drafts;
    Home "messages.getAllStickers" f::messages::GetAllStickers => sticker_lists::get_all_stickers;
    Home "messages.getArchivedStickers" f::messages::GetArchivedStickers
        => sticker_lists::get_archived_stickers;
    Home "messages.getBotCallbackAnswer" f::messages::GetBotCallbackAnswer
        => callbacks::get_bot_callback_answer;
    Home "messages.getChatInviteImporters" f::messages::GetChatInviteImporters
        => invite_lists::get_chat_invite_importers;
    Home "messages.getChats" f::messages::GetChats => groups::get_chats;
    Home "messages.getCommonChats" f::messages::GetCommonChats => chat_facts::get_common_chats;
    Home "messages.getCustomEmojiDocuments" f::messages::GetCustomEmojiDocuments
        => sticker_lists::get_custom_emoji_documents;
    Home "messages.getDefaultHistoryTTL" f::messages::GetDefaultHistoryTtl
        => ttl::get_default_history_ttl;
    Home "messages.getDialogFilters" f::messages::GetDialogFilters => folders::get_dialog_filters;
    Home "messages.getDialogUnreadMarks" f::messages::GetDialogUnreadMarks
        => dialog_lists::get_dialog_unread_marks;
    Home "messages.getDialogs" f::messages::GetDialogs => dialogs::get_dialogs;
    Home "messages.getDiscussionMessage" f::messages::GetDiscussionMessage
        => discussions::get_discussion_message;
    Home "messages.getDocumentByHash" f::messages::GetDocumentByHash
        => media::get_document_by_hash;
    Home "messages.getEmojiStickers" f::messages::GetEmojiStickers
        => sticker_lists::get_emoji_stickers;
    Home "messages.getExportedChatInvite" f::messages::GetExportedChatInvite
        => invites::get_exported_chat_invite;
    Home "messages.getExportedChatInvites" f::messages::GetExportedChatInvites
        => invite_lists::get_exported_chat_invites;
    Home "messages.getFactCheck" f::messages::GetFactCheck => fact_checks::get_fact_check;
    Home "messages.getFavedStickers" f::messages::GetFavedStickers
        => sticker_lists::get_faved_stickers;
    Home "messages.getFeaturedEmojiStickers" f::messages::GetFeaturedEmojiStickers
        => sticker_lists::get_featured_emoji_stickers;
    Home "messages.getFeaturedStickers" f::messages::GetFeaturedStickers
        => sticker_lists::get_featured_stickers;
    Home "messages.getForumTopics" f::messages::GetForumTopics => topic_lists::get_forum_topics;
    Home "messages.getForumTopicsByID" f::messages::GetForumTopicsById
        => topic_lists::get_forum_topics_by_id;
    Home "messages.getFullChat" f::messages::GetFullChat => groups::get_full_chat;
    Home "messages.getHistory" f::messages::GetHistory => history::get_history;
    Home "messages.getMaskStickers" f::messages::GetMaskStickers
        => sticker_lists::get_mask_stickers;
    Home "messages.getMessageReactionsList" f::messages::GetMessageReactionsList
        => reaction_lists::get_message_reactions_list;
    Home "messages.getMessageReadParticipants" f::messages::GetMessageReadParticipants
        => receipts::get_message_read_participants;
    Home "messages.getMessages" f::messages::GetMessages => history::get_messages;
    Home "messages.getMessagesViews" f::messages::GetMessagesViews => views::get_messages_views;
    Home "messages.getMyStickers" f::messages::GetMyStickers => sticker_lists::get_my_stickers;
    Home "messages.getOnlines" f::messages::GetOnlines => chat_facts::get_onlines;
    Home "messages.getOutboxReadDate" f::messages::GetOutboxReadDate
        => receipts::get_outbox_read_date;
    Home "messages.getPeerDialogs" f::messages::GetPeerDialogs => dialogs::get_peer_dialogs;
    Home "messages.getPinnedDialogs" f::messages::GetPinnedDialogs
        => dialog_lists::get_pinned_dialogs;
    Home "messages.getPinnedSavedDialogs" f::messages::GetPinnedSavedDialogs
        => saved_topics::get_pinned_saved_dialogs;
    Home "messages.getPollResults" f::messages::GetPollResults => polls::get_poll_results;
    Home "messages.getPollVotes" f::messages::GetPollVotes => polls::get_poll_votes;
    Home "messages.getQuickReplies" f::messages::GetQuickReplies
        => quick_replies::get_quick_replies;
    Home "messages.getQuickReplyMessages" f::messages::GetQuickReplyMessages
        => quick_replies::get_quick_reply_messages;
    Home "messages.getRecentReactions" f::messages::GetRecentReactions
        => reaction_lists::get_recent_reactions;
    Home "messages.getRecentStickers" f::messages::GetRecentStickers
        => sticker_lists::get_recent_stickers;
    Home "messages.getReplies" f::messages::GetReplies => threads::get_replies;
    Home "messages.getSavedDialogs" f::messages::GetSavedDialogs => saved_topics::get_saved_dialogs;
    Home "messages.getSavedGifs" f::messages::GetSavedGifs => sticker_lists::get_saved_gifs;
    Home "messages.getSavedHistory" f::messages::GetSavedHistory => saved_topics::get_saved_history;
    Home "messages.getScheduledHistory" f::messages::GetScheduledHistory
        => scheduled::get_scheduled_history;
    Home "messages.getScheduledMessages" f::messages::GetScheduledMessages
        => scheduled::get_scheduled_messages;
    Home "messages.getSearchCounters" f::messages::GetSearchCounters => search::get_search_counters;
    Home "messages.getSearchResultsCalendar" f::messages::GetSearchResultsCalendar
        => search::get_search_results_calendar;
    Home "messages.getSearchResultsPositions" f::messages::GetSearchResultsPositions
        => search::get_search_results_positions;
    Home "messages.getSplitRanges" f::messages::GetSplitRanges => takeout::get_split_ranges;
    Home "messages.getStickers" f::messages::GetStickers => sticker_lists::get_stickers;
    Anywhere "messages.getStickerSet" f::messages::GetStickerSet => sticker_sets::get_sticker_set;
    Home "messages.getSuggestedDialogFilters" f::messages::GetSuggestedDialogFilters
        => folders::get_suggested_dialog_filters;
    Home "messages.getTopReactions" f::messages::GetTopReactions
        => reaction_lists::get_top_reactions;
    Home "messages.getUnreadMentions" f::messages::GetUnreadMentions => unread::get_unread_mentions;
    Home "messages.getUnreadReactions" f::messages::GetUnreadReactions
        => unread::get_unread_reactions;
    Home "messages.getWebPagePreview" f::messages::GetWebPagePreview
        => language::get_web_page_preview;
    Home "messages.hideAllChatJoinRequests" f::messages::HideAllChatJoinRequests
        => join_requests::hide_all_chat_join_requests;
    Home "messages.hideChatJoinRequest" f::messages::HideChatJoinRequest
        => join_requests::hide_chat_join_request;
    Home "messages.importChatInvite" f::messages::ImportChatInvite => joining::import_chat_invite;
    Home "messages.installStickerSet" f::messages::InstallStickerSet
        => sticker_lists::install_sticker_set;
    Home "messages.markDialogUnread" f::messages::MarkDialogUnread
        => dialog_lists::mark_dialog_unread;
    Home "messages.migrateChat" f::messages::MigrateChat => groups::migrate_chat;
    Home "messages.readDiscussion" f::messages::ReadDiscussion => discussions::read_discussion;
    Home "messages.readHistory" f::messages::ReadHistory => messages::read_history;
    Home "messages.readMentions" f::messages::ReadMentions => unread::read_mentions;
    Home "messages.readMessageContents" f::messages::ReadMessageContents
        => unread::read_message_contents;
    Home "messages.readReactions" f::messages::ReadReactions => unread::read_reactions;
    Home "messages.reorderPinnedDialogs" f::messages::ReorderPinnedDialogs
        => dialog_lists::reorder_pinned_dialogs;
    Home "messages.reorderPinnedForumTopics" f::messages::ReorderPinnedForumTopics
        => topics::reorder_pinned_forum_topics;
    Home "messages.reorderPinnedSavedDialogs" f::messages::ReorderPinnedSavedDialogs
        => saved_topics::reorder_pinned_saved_dialogs;
    Home "messages.reorderQuickReplies" f::messages::ReorderQuickReplies
        => quick_replies::reorder_quick_replies;
    Home "messages.reorderStickerSets" f::messages::ReorderStickerSets
        => sticker_lists::reorder_sticker_sets;
    Home "messages.report" f::messages::Report => reports::report;
    Home "messages.reportReaction" f::messages::ReportReaction => reports::report_reaction;
    Home "messages.reportSpam" f::messages::ReportSpam => reports::report_spam;
    Home "messages.saveDefaultSendAs" f::messages::SaveDefaultSendAs
        => chat_facts::save_default_send_as;
    Home "messages.saveDraft" f::messages::SaveDraft => drafts::save_draft;
    Home "messages.saveGif" f::messages::SaveGif => sticker_lists::save_gif;
    Home "messages.saveRecentSticker" f::messages::SaveRecentSticker
        => sticker_lists::save_recent_sticker;
    Home "messages.search" f::messages::Search => search::search;
    Home "messages.searchEmojiStickerSets" f::messages::SearchEmojiStickerSets
        => sticker_lists::search_emoji_sticker_sets;
    Home "messages.searchGlobal" f::messages::SearchGlobal => search::search_global;
    Home "messages.searchStickerSets" f::messages::SearchStickerSets
        => sticker_lists::search_sticker_sets;
    Home "messages.sendMedia" f::messages::SendMedia => sending::send_media;
    Home "messages.sendMessage" f::messages::SendMessage => sending::send_message;
    Home "messages.sendMultiMedia" f::messages::SendMultiMedia => albums::send_multi_media;
    Home "messages.sendPaidReaction" f::messages::SendPaidReaction
        => paid_reactions::send_paid_reaction;
    Home "messages.sendQuickReplyMessages" f::messages::SendQuickReplyMessages
        => quick_replies::send_quick_reply_messages;
    Home "messages.sendReaction" f::messages::SendReaction => reactions::send_reaction;
    Home "messages.sendScheduledMessages" f::messages::SendScheduledMessages
        => scheduled::send_scheduled_messages;
    Home "messages.sendVote" f::messages::SendVote => polls::send_vote;
    Home "messages.setBotCallbackAnswer" f::messages::SetBotCallbackAnswer
        => callbacks::set_bot_callback_answer;
    Home "messages.setChatAvailableReactions" f::messages::SetChatAvailableReactions
        => chat_rules::set_chat_available_reactions;
    Home "messages.setChatTheme" f::messages::SetChatTheme => chat_looks::set_chat_theme;
    Home "messages.setDefaultHistoryTTL" f::messages::SetDefaultHistoryTtl
        => ttl::set_default_history_ttl;
    Home "messages.setHistoryTTL" f::messages::SetHistoryTtl => ttl::set_history_ttl;
    Home "messages.setTyping" f::messages::SetTyping => typing::set_typing;
    Home "messages.readSavedHistory" f::messages::ReadSavedHistory
        => saved_topics::read_saved_history;
    Home "messages.startBot" f::messages::StartBot => sending::start_bot;
    Home "messages.toggleStickerSets" f::messages::ToggleStickerSets
        => sticker_lists::toggle_sticker_sets;
    Home "messages.uninstallStickerSet" f::messages::UninstallStickerSet
        => sticker_lists::uninstall_sticker_set;
    Home "messages.updatePinnedForumTopic" f::messages::UpdatePinnedForumTopic
        => topics::update_pinned_forum_topic;
    Home "messages.uploadMedia" f::messages::UploadMedia => uploads::upload_media;
    Home "messages.toggleDialogFilterTags" f::messages::ToggleDialogFilterTags
        => folders::toggle_dialog_filter_tags;
    Home "messages.toggleDialogPin" f::messages::ToggleDialogPin => dialog_lists::toggle_dialog_pin;
    Home "messages.toggleTodoCompleted" f::messages::ToggleTodoCompleted
        => checklists::toggle_todo_completed;
    Home "messages.toggleSuggestedPostApproval" f::messages::ToggleSuggestedPostApproval
        => offers::toggle_suggested_post_approval;
    Home "messages.toggleNoForwards" f::messages::ToggleNoForwards
        => channel_settings::toggle_no_forwards;
    Home "messages.togglePaidReactionPrivacy" f::messages::TogglePaidReactionPrivacy
        => paid_reactions::toggle_paid_reaction_privacy;
    Home "messages.togglePeerTranslations" f::messages::TogglePeerTranslations
        => language::toggle_peer_translations;
    Home "messages.toggleSavedDialogPin" f::messages::ToggleSavedDialogPin
        => saved_topics::toggle_saved_dialog_pin;
    Home "messages.transcribeAudio" f::messages::TranscribeAudio => language::transcribe_audio;
    Home "messages.translateText" f::messages::TranslateText => language::translate_text;
    Home "messages.unpinAllMessages" f::messages::UnpinAllMessages => pins::unpin_all_messages;
    Home "messages.updateDialogFilter" f::messages::UpdateDialogFilter
        => folders::update_dialog_filter;
    Home "messages.updateDialogFiltersOrder" f::messages::UpdateDialogFiltersOrder
        => folders::update_dialog_filters_order;
    Home "messages.updatePinnedMessage" f::messages::UpdatePinnedMessage
        => pins::update_pinned_message;
    Home "photos.deletePhotos" f::photos::DeletePhotos => photos::delete_photos;
    Home "photos.getUserPhotos" f::photos::GetUserPhotos => photos::get_user_photos;
    Home "photos.updateProfilePhoto" f::photos::UpdateProfilePhoto => photos::update_profile_photo;
    Home "photos.uploadContactProfilePhoto" f::photos::UploadContactProfilePhoto
        => photos::upload_contact_profile_photo;
    Home "photos.uploadProfilePhoto" f::photos::UploadProfilePhoto => photos::upload_profile_photo;
    Home "premium.applyBoost" f::premium::ApplyBoost => boosts::apply_boost;
    Home "premium.getBoostsList" f::premium::GetBoostsList => boosts::get_boosts_list;
    Home "premium.getBoostsStatus" f::premium::GetBoostsStatus => boosts::get_boosts_status;
    Home "premium.getMyBoosts" f::premium::GetMyBoosts => boosts::get_my_boosts;
    Anywhere "stats.getBroadcastStats" f::stats::GetBroadcastStats => stats::get_broadcast_stats;
    Anywhere "stats.getMegagroupStats" f::stats::GetMegagroupStats => stats::get_megagroup_stats;
    Anywhere "stats.getMessageStats" f::stats::GetMessageStats => stats::get_message_stats;
    Anywhere "stats.getPollStats" f::stats::GetPollStats => stats::get_poll_stats;
    Anywhere "stats.loadAsyncGraph" f::stats::LoadAsyncGraph => stats::load_async_graph;
    Home "stickers.addStickerToSet" f::stickers::AddStickerToSet
        => sticker_sets::add_sticker_to_set;
    Home "stickers.changeSticker" f::stickers::ChangeSticker => sticker_sets::change_sticker;
    Home "stickers.changeStickerPosition" f::stickers::ChangeStickerPosition
        => sticker_sets::change_sticker_position;
    Home "stickers.checkShortName" f::stickers::CheckShortName => sticker_sets::check_short_name;
    Home "stickers.createStickerSet" f::stickers::CreateStickerSet
        => sticker_sets::create_sticker_set;
    Home "stickers.deleteStickerSet" f::stickers::DeleteStickerSet
        => sticker_sets::delete_sticker_set;
    Home "stickers.removeStickerFromSet" f::stickers::RemoveStickerFromSet
        => sticker_sets::remove_sticker_from_set;
    Home "stickers.renameStickerSet" f::stickers::RenameStickerSet
        => sticker_sets::rename_sticker_set;
    Home "stickers.replaceSticker" f::stickers::ReplaceSticker => sticker_sets::replace_sticker;
    Home "stickers.setStickerSetThumb" f::stickers::SetStickerSetThumb
        => sticker_sets::set_sticker_set_thumb;
    Home "stickers.suggestShortName" f::stickers::SuggestShortName
        => sticker_sets::suggest_short_name;
    Home "stories.getPeerStories" f::stories::GetPeerStories => stories::get_peer_stories;
    Home "stories.getPinnedStories" f::stories::GetPinnedStories => stories::get_pinned_stories;
    Home "stories.getStoriesArchive" f::stories::GetStoriesArchive => stories::get_stories_archive;
    Home "stories.getStoriesByID" f::stories::GetStoriesById => stories::get_stories_by_id;
    Home "updates.getChannelDifference" f::updates::GetChannelDifference
        => channel_difference::get_channel_difference;
    Home "updates.getDifference" f::updates::GetDifference => updates::get_difference;
    Home "updates.getState" f::updates::GetState => updates::get_state;
    Free "upload.getCdnFile" f::upload::GetCdnFile => cdn::get_cdn_file;
    Anywhere "upload.getCdnFileHashes" f::upload::GetCdnFileHashes => cdn::get_cdn_file_hashes;
    Anywhere "upload.getFile" f::upload::GetFile => files::get_file;
    Anywhere "upload.getFileHashes" f::upload::GetFileHashes => files::get_file_hashes;
    Anywhere "upload.getWebFile" f::upload::GetWebFile => files::get_web_file;
    Anywhere "upload.reuploadCdnFile" f::upload::ReuploadCdnFile => cdn::reupload_cdn_file;
    Anywhere "upload.saveBigFilePart" f::upload::SaveBigFilePart => files::save_big_file_part;
    Anywhere "upload.saveFilePart" f::upload::SaveFilePart => files::save_file_part;
    Anywhere "users.getFullUser" f::users::GetFullUser => users::get_full_user;
    Anywhere "users.getUsers" f::users::GetUsers => users::get_users;
};
