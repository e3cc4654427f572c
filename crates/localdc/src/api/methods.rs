//! The table of all methods: what is called by which number, and who may call it.
use ferogram_sync::tl::{
    DecodeError, DecodeErrorKind, Deserialize, Identifiable, RemoteCall, functions as f,
};

use crate::world::World;

use super::account;
use super::auth;
use super::channels;
use super::codes;
use super::contacts;
use super::dialogs;
use super::done::Done;
use super::files;
use super::groups;
use super::help;
use super::history;
use super::login_email;
use super::media;
use super::messages;
use super::password;
use super::qr;
use super::reactions;
use super::recovery;
use super::seam::{Caller, Reply, RpcError};
use super::sending;
use super::sessions;
use super::typing;
use super::updates;
use super::users;

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
    Home "channels.deleteMessages" f::channels::DeleteMessages => channels::delete_messages;
    Home "channels.getChannels" f::channels::GetChannels => channels::get_channels;
    Home "contacts.addContact" f::contacts::AddContact => contacts::add_contact;
    Home "contacts.block" f::contacts::Block => contacts::block;
    Home "contacts.getContacts" f::contacts::GetContacts => contacts::get_contacts;
    Home "contacts.importContacts" f::contacts::ImportContacts => contacts::import_contacts;
    Home "contacts.resolvePhone" f::contacts::ResolvePhone => contacts::resolve_phone;
    Home "contacts.resolveUsername" f::contacts::ResolveUsername => contacts::resolve_username;
    Home "contacts.search" f::contacts::Search => contacts::search;
    Home "contacts.unblock" f::contacts::Unblock => contacts::unblock;
    Home "help.acceptTermsOfService" f::help::AcceptTermsOfService
        => help::accept_terms_of_service;
    Free "help.getAppConfig" f::help::GetAppConfig => help::get_app_config;
    Free "help.getConfig" f::help::GetConfig => help::get_config;
    Free "help.getNearestDc" f::help::GetNearestDc => help::get_nearest_dc;
    Home "messages.addChatUser" f::messages::AddChatUser => groups::add_chat_user;
    Home "messages.createChat" f::messages::CreateChat => groups::create_chat;
    Home "messages.deleteChatUser" f::messages::DeleteChatUser => groups::delete_chat_user;
    Home "messages.deleteMessages" f::messages::DeleteMessages => messages::delete_messages;
    Home "messages.editMessage" f::messages::EditMessage => messages::edit_message;
    Home "messages.getChats" f::messages::GetChats => groups::get_chats;
    Home "messages.getDialogs" f::messages::GetDialogs => dialogs::get_dialogs;
    Home "messages.getFullChat" f::messages::GetFullChat => groups::get_full_chat;
    Home "messages.getHistory" f::messages::GetHistory => history::get_history;
    Home "messages.getMessages" f::messages::GetMessages => history::get_messages;
    Home "messages.getPeerDialogs" f::messages::GetPeerDialogs => dialogs::get_peer_dialogs;
    Home "messages.readHistory" f::messages::ReadHistory => messages::read_history;
    Home "messages.search" f::messages::Search => history::search;
    Home "messages.sendMedia" f::messages::SendMedia => sending::send_media;
    Home "messages.sendMessage" f::messages::SendMessage => sending::send_message;
    Home "messages.sendReaction" f::messages::SendReaction => reactions::send_reaction;
    Home "messages.setTyping" f::messages::SetTyping => typing::set_typing;
    Home "messages.startBot" f::messages::StartBot => sending::start_bot;
    Home "messages.uploadMedia" f::messages::UploadMedia => media::upload_media;
    Home "updates.getDifference" f::updates::GetDifference => updates::get_difference;
    Home "updates.getState" f::updates::GetState => updates::get_state;
    Anywhere "upload.getFile" f::upload::GetFile => files::get_file;
    Anywhere "upload.getFileHashes" f::upload::GetFileHashes => files::get_file_hashes;
    Anywhere "upload.saveBigFilePart" f::upload::SaveBigFilePart => files::save_big_file_part;
    Anywhere "upload.saveFilePart" f::upload::SaveFilePart => files::save_file_part;
    Anywhere "users.getFullUser" f::users::GetFullUser => users::get_full_user;
    Anywhere "users.getUsers" f::users::GetUsers => users::get_users;
};
