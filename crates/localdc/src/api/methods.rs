//! The table of all methods: what is called by which number, and who may call it.
use ferogram_sync::tl::{
    DecodeError, DecodeErrorKind, Deserialize, Identifiable, RemoteCall, functions as f,
};

use crate::world::World;

use super::account;
use super::admins;
use super::albums;
use super::auth;
use super::callbacks;
use super::channel_difference;
use super::channel_settings;
use super::channels;
use super::checklists;
use super::clearing;
use super::codes;
use super::contacts;
use super::dialog_lists;
use super::dialogs;
use super::discussions;
use super::done::Done;
use super::drafts;
use super::fact_checks;
use super::files;
use super::folders;
use super::forward;
use super::groups;
use super::help;
use super::history;
use super::inline;
use super::language;
use super::links;
use super::login_email;
use super::messages;
use super::participants;
use super::password;
use super::pins;
use super::polls;
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
use super::seam::{Caller, Reply, RpcError};
use super::search;
use super::sending;
use super::sessions;
use super::shared_folders;
use super::threads;
use super::ttl;
use super::typing;
use super::unread;
use super::updates;
use super::uploads;
use super::users;
use super::views;

/// Runs a method on its fields, which are still serialised.
pub(crate) type Handler = fn(&mut World, &Caller, &[u8]) -> Result<Reply, RpcError>;

/// Who may call a method, users and bots alike: which of them, the schema's table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anybody, logged in or not (<https://core.telegram.org/api/auth>).
    Free,
    /// Who is logged in, in any data centre.
    Anywhere,
    /// Who is logged in, in the account's own data centre.
    Home,
}

/// A method.
pub(crate) struct Method {
    pub(crate) id: u32,
    pub(crate) name: &'static str,
    pub(crate) access: Access,
    pub(crate) run: Handler,
}

/// Reads the fields of a request.
fn decode<R: Deserialize>(fields: &[u8]) -> Result<R, RpcError> {
    R::from_bytes(fields).map_err(refusal)
}

/// What a request that cannot be read is answered with (<https://core.telegram.org/api/errors>).
fn refusal(error: DecodeError) -> RpcError {
    match error.kind {
        DecodeErrorKind::UnknownConstructor { id, .. } => {
            RpcError::new(400, format!("INPUT_CONSTRUCTOR_INVALID_{id:08X}"))
        }
        _ => RpcError::new(400, "INPUT_FETCH_ERROR"),
    }
}

/// Ties a handler to the answer that the schema promises for its method.
fn reply<R: RemoteCall>(done: Done<R::Return>) -> Reply
where
    R::Return: ferogram_sync::tl::Serialize,
{
    done.into_reply()
}

macro_rules! methods {
    ($($access:ident $name:literal $request:ty => $handler:path;)*) => {
        &[$(Method {
            id: <$request>::CONSTRUCTOR_ID,
            name: $name,
            access: Access::$access,
            run: |world, caller, fields| {
                $handler(world, caller, decode::<$request>(fields)?).map(reply::<$request>)
            },
        }),*]
    };
}

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
    Home "account.getAccountTTL" f::account::GetAccountTtl => sessions::get_account_ttl;
    Home "account.getAuthorizations" f::account::GetAuthorizations => sessions::get_authorizations;
    Free "account.getPassword" f::account::GetPassword => password::get_password;
    Home "account.invalidateSignInCodes" f::account::InvalidateSignInCodes
        => codes::invalidate_sign_in_codes;
    Home "account.resendPasswordEmail" f::account::ResendPasswordEmail
        => password::resend_password_email;
    Home "account.resetAuthorization" f::account::ResetAuthorization
        => sessions::reset_authorization;
    Home "account.resetPassword" f::account::ResetPassword => recovery::reset_password;
    Free "account.sendVerifyEmailCode" f::account::SendVerifyEmailCode
        => login_email::send_verify_email_code;
    Home "account.setAccountTTL" f::account::SetAccountTtl => sessions::set_account_ttl;
    Home "account.setAuthorizationTTL" f::account::SetAuthorizationTtl
        => sessions::set_authorization_ttl;
    Home "account.updatePasswordSettings" f::account::UpdatePasswordSettings
        => password::update_password_settings;
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
    Home "channels.createChannel" f::channels::CreateChannel => channels::create_channel;
    Home "channels.deleteChannel" f::channels::DeleteChannel => channel_settings::delete_channel;
    Home "channels.deleteHistory" f::channels::DeleteHistory => clearing::delete_channel_history;
    Home "channels.deleteMessages" f::channels::DeleteMessages => channels::delete_messages;
    Home "channels.editAdmin" f::channels::EditAdmin => admins::edit_admin;
    Home "channels.editBanned" f::channels::EditBanned => admins::edit_banned;
    Home "channels.editTitle" f::channels::EditTitle => groups::edit_channel_title;
    Home "channels.exportMessageLink" f::channels::ExportMessageLink => links::export_message_link;
    Home "channels.getChannels" f::channels::GetChannels => channels::get_channels;
    Home "channels.getFullChannel" f::channels::GetFullChannel => channels::get_full_channel;
    Home "channels.getMessages" f::channels::GetMessages => history::get_channel_messages;
    Home "channels.getParticipant" f::channels::GetParticipant => participants::get_participant;
    Home "channels.getParticipants" f::channels::GetParticipants => participants::get_participants;
    Home "channels.getSendAs" f::channels::GetSendAs => channel_settings::get_send_as;
    Home "channels.inviteToChannel" f::channels::InviteToChannel => channels::invite_to_channel;
    Home "channels.joinChannel" f::channels::JoinChannel => channels::join_channel;
    Home "channels.leaveChannel" f::channels::LeaveChannel => channels::leave_channel;
    Home "channels.readHistory" f::channels::ReadHistory => channels::read_history;
    Home "channels.readMessageContents" f::channels::ReadMessageContents
        => unread::read_channel_contents;
    Home "channels.searchPosts" f::channels::SearchPosts => search::search_posts;
    Home "channels.togglePreHistoryHidden" f::channels::TogglePreHistoryHidden
        => channel_settings::toggle_pre_history_hidden;
    Home "channels.setDiscussionGroup" f::channels::SetDiscussionGroup
        => discussions::set_discussion_group;
    Home "channels.toggleSignatures" f::channels::ToggleSignatures
        => channel_settings::toggle_signatures;
    Home "channels.toggleSlowMode" f::channels::ToggleSlowMode
        => channel_settings::toggle_slow_mode;
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
    Home "contacts.addContact" f::contacts::AddContact => contacts::add_contact;
    Home "contacts.block" f::contacts::Block => contacts::block;
    Home "contacts.getContacts" f::contacts::GetContacts => contacts::get_contacts;
    Home "contacts.importContacts" f::contacts::ImportContacts => contacts::import_contacts;
    Home "contacts.resolvePhone" f::contacts::ResolvePhone => contacts::resolve_phone;
    Home "contacts.resolveUsername" f::contacts::ResolveUsername => contacts::resolve_username;
    Home "contacts.search" f::contacts::Search => contacts::search;
    Home "contacts.unblock" f::contacts::Unblock => contacts::unblock;
    Home "folders.editPeerFolders" f::folders::EditPeerFolders => dialog_lists::edit_peer_folders;
    Home "help.acceptTermsOfService" f::help::AcceptTermsOfService
        => help::accept_terms_of_service;
    Free "help.getAppConfig" f::help::GetAppConfig => help::get_app_config;
    Free "help.getConfig" f::help::GetConfig => help::get_config;
    Free "help.getNearestDc" f::help::GetNearestDc => help::get_nearest_dc;
    Home "messages.addChatUser" f::messages::AddChatUser => groups::add_chat_user;
    Home "messages.appendTodoList" f::messages::AppendTodoList => checklists::append_todo_list;
    Home "messages.checkQuickReplyShortcut" f::messages::CheckQuickReplyShortcut
        => quick_replies::check_quick_reply_shortcut;
    Home "messages.clearAllDrafts" f::messages::ClearAllDrafts => drafts::clear_all_drafts;
    Home "messages.clearRecentReactions" f::messages::ClearRecentReactions
        => reaction_lists::clear_recent_reactions;
    Home "messages.createChat" f::messages::CreateChat => groups::create_chat;
    Home "messages.deleteChatUser" f::messages::DeleteChatUser => groups::delete_chat_user;
    Home "messages.deleteFactCheck" f::messages::DeleteFactCheck
        => fact_checks::delete_fact_check;
    Home "messages.deleteHistory" f::messages::DeleteHistory => clearing::delete_history;
    Home "messages.deleteMessages" f::messages::DeleteMessages => messages::delete_messages;
    Home "messages.deleteParticipantReaction" f::messages::DeleteParticipantReaction
        => reaction_removal::delete_participant_reaction;
    Home "messages.deleteParticipantReactions" f::messages::DeleteParticipantReactions
        => reaction_removal::delete_participant_reactions;
    Home "messages.deleteQuickReplyMessages" f::messages::DeleteQuickReplyMessages
        => quick_replies::delete_quick_reply_messages;
    Home "messages.deleteQuickReplyShortcut" f::messages::DeleteQuickReplyShortcut
        => quick_replies::delete_quick_reply_shortcut;
    Home "messages.deleteSavedHistory" f::messages::DeleteSavedHistory
        => saved_topics::delete_saved_history;
    Home "messages.deleteScheduledMessages" f::messages::DeleteScheduledMessages
        => scheduled::delete_scheduled_messages;
    Home "messages.editChatAdmin" f::messages::EditChatAdmin => admins::edit_chat_admin;
    Home "messages.editChatDefaultBannedRights" f::messages::EditChatDefaultBannedRights
        => admins::edit_default_rights;
    Home "messages.editChatTitle" f::messages::EditChatTitle => groups::edit_chat_title;
    Home "messages.editFactCheck" f::messages::EditFactCheck => fact_checks::edit_fact_check;
    Anywhere "messages.editInlineBotMessage" f::messages::EditInlineBotMessage
        => inline::edit_inline_bot_message;
    Home "messages.editMessage" f::messages::EditMessage => messages::edit_message;
    Home "messages.editQuickReplyShortcut" f::messages::EditQuickReplyShortcut
        => quick_replies::edit_quick_reply_shortcut;
    Home "messages.forwardMessages" f::messages::ForwardMessages => forward::forward_messages;
    Home "messages.getAllDrafts" f::messages::GetAllDrafts => drafts::get_all_drafts;
    Home "messages.getBotCallbackAnswer" f::messages::GetBotCallbackAnswer
        => callbacks::get_bot_callback_answer;
    Home "messages.getChats" f::messages::GetChats => groups::get_chats;
    Home "messages.getDefaultHistoryTTL" f::messages::GetDefaultHistoryTtl
        => ttl::get_default_history_ttl;
    Home "messages.getDialogFilters" f::messages::GetDialogFilters => folders::get_dialog_filters;
    Home "messages.getDialogUnreadMarks" f::messages::GetDialogUnreadMarks
        => dialog_lists::get_dialog_unread_marks;
    Home "messages.getDialogs" f::messages::GetDialogs => dialogs::get_dialogs;
    Home "messages.getDiscussionMessage" f::messages::GetDiscussionMessage
        => discussions::get_discussion_message;
    Home "messages.getFactCheck" f::messages::GetFactCheck => fact_checks::get_fact_check;
    Home "messages.getFullChat" f::messages::GetFullChat => groups::get_full_chat;
    Home "messages.getHistory" f::messages::GetHistory => history::get_history;
    Home "messages.getInlineBotResults" f::messages::GetInlineBotResults
        => inline::get_inline_bot_results;
    Home "messages.getMessageReactionsList" f::messages::GetMessageReactionsList
        => reaction_lists::get_message_reactions_list;
    Home "messages.getMessageReadParticipants" f::messages::GetMessageReadParticipants
        => receipts::get_message_read_participants;
    Home "messages.getMessages" f::messages::GetMessages => history::get_messages;
    Home "messages.getMessagesViews" f::messages::GetMessagesViews => views::get_messages_views;
    Home "messages.getOutboxReadDate" f::messages::GetOutboxReadDate
        => receipts::get_outbox_read_date;
    Home "messages.getPeerDialogs" f::messages::GetPeerDialogs => dialogs::get_peer_dialogs;
    Home "messages.getPinnedDialogs" f::messages::GetPinnedDialogs
        => dialog_lists::get_pinned_dialogs;
    Home "messages.getPollResults" f::messages::GetPollResults => polls::get_poll_results;
    Home "messages.getPollVotes" f::messages::GetPollVotes => polls::get_poll_votes;
    Home "messages.getQuickReplies" f::messages::GetQuickReplies
        => quick_replies::get_quick_replies;
    Home "messages.getQuickReplyMessages" f::messages::GetQuickReplyMessages
        => quick_replies::get_quick_reply_messages;
    Home "messages.getRecentReactions" f::messages::GetRecentReactions
        => reaction_lists::get_recent_reactions;
    Home "messages.getReplies" f::messages::GetReplies => threads::get_replies;
    Home "messages.getSavedDialogs" f::messages::GetSavedDialogs => saved_topics::get_saved_dialogs;
    Home "messages.getScheduledHistory" f::messages::GetScheduledHistory
        => scheduled::get_scheduled_history;
    Home "messages.getScheduledMessages" f::messages::GetScheduledMessages
        => scheduled::get_scheduled_messages;
    Home "messages.getSearchCounters" f::messages::GetSearchCounters => search::get_search_counters;
    Home "messages.getSearchResultsCalendar" f::messages::GetSearchResultsCalendar
        => search::get_search_results_calendar;
    Home "messages.getSearchResultsPositions" f::messages::GetSearchResultsPositions
        => search::get_search_results_positions;
    Home "messages.getSuggestedDialogFilters" f::messages::GetSuggestedDialogFilters
        => folders::get_suggested_dialog_filters;
    Home "messages.getTopReactions" f::messages::GetTopReactions
        => reaction_lists::get_top_reactions;
    Home "messages.getUnreadMentions" f::messages::GetUnreadMentions => unread::get_unread_mentions;
    Home "messages.getUnreadReactions" f::messages::GetUnreadReactions
        => unread::get_unread_reactions;
    Home "messages.getWebPagePreview" f::messages::GetWebPagePreview
        => language::get_web_page_preview;
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
    Home "messages.reorderPinnedSavedDialogs" f::messages::ReorderPinnedSavedDialogs
        => saved_topics::reorder_pinned_saved_dialogs;
    Home "messages.reorderQuickReplies" f::messages::ReorderQuickReplies
        => quick_replies::reorder_quick_replies;
    Home "messages.report" f::messages::Report => reports::report;
    Home "messages.reportReaction" f::messages::ReportReaction => reports::report_reaction;
    Home "messages.reportSpam" f::messages::ReportSpam => reports::report_spam;
    Home "messages.saveDraft" f::messages::SaveDraft => drafts::save_draft;
    Home "messages.search" f::messages::Search => search::search;
    Home "messages.searchGlobal" f::messages::SearchGlobal => search::search_global;
    Home "messages.sendInlineBotResult" f::messages::SendInlineBotResult
        => inline::send_inline_bot_result;
    Home "messages.sendMedia" f::messages::SendMedia => sending::send_media;
    Home "messages.sendMessage" f::messages::SendMessage => sending::send_message;
    Home "messages.sendMultiMedia" f::messages::SendMultiMedia => albums::send_multi_media;
    Home "messages.sendPaidReaction" f::messages::SendPaidReaction
        => reaction_lists::send_paid_reaction;
    Home "messages.sendQuickReplyMessages" f::messages::SendQuickReplyMessages
        => quick_replies::send_quick_reply_messages;
    Home "messages.sendReaction" f::messages::SendReaction => reactions::send_reaction;
    Home "messages.sendScheduledMessages" f::messages::SendScheduledMessages
        => scheduled::send_scheduled_messages;
    Home "messages.sendVote" f::messages::SendVote => polls::send_vote;
    Home "messages.setBotCallbackAnswer" f::messages::SetBotCallbackAnswer
        => callbacks::set_bot_callback_answer;
    Home "messages.setInlineBotResults" f::messages::SetInlineBotResults
        => inline::set_inline_bot_results;
    Home "messages.setDefaultHistoryTTL" f::messages::SetDefaultHistoryTtl
        => ttl::set_default_history_ttl;
    Home "messages.setHistoryTTL" f::messages::SetHistoryTtl => ttl::set_history_ttl;
    Home "messages.setTyping" f::messages::SetTyping => typing::set_typing;
    Home "messages.startBot" f::messages::StartBot => sending::start_bot;
    Home "messages.uploadMedia" f::messages::UploadMedia => uploads::upload_media;
    Home "messages.toggleDialogFilterTags" f::messages::ToggleDialogFilterTags
        => folders::toggle_dialog_filter_tags;
    Home "messages.toggleDialogPin" f::messages::ToggleDialogPin => dialog_lists::toggle_dialog_pin;
    Home "messages.toggleTodoCompleted" f::messages::ToggleTodoCompleted
        => checklists::toggle_todo_completed;
    Home "messages.toggleNoForwards" f::messages::ToggleNoForwards
        => channel_settings::toggle_no_forwards;
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
    Home "updates.getChannelDifference" f::updates::GetChannelDifference
        => channel_difference::get_channel_difference;
    Home "updates.getDifference" f::updates::GetDifference => updates::get_difference;
    Home "updates.getState" f::updates::GetState => updates::get_state;
    Anywhere "upload.getFile" f::upload::GetFile => files::get_file;
    Anywhere "upload.getFileHashes" f::upload::GetFileHashes => files::get_file_hashes;
    Anywhere "upload.saveBigFilePart" f::upload::SaveBigFilePart => files::save_big_file_part;
    Anywhere "upload.saveFilePart" f::upload::SaveFilePart => files::save_file_part;
    Anywhere "users.getFullUser" f::users::GetFullUser => users::get_full_user;
    Anywhere "users.getUsers" f::users::GetUsers => users::get_users;
};
