//! The fields whose values must not be shown.
use crate::resolved::Resolved;

/// Fields of this name are secret wherever they stand.
const EVERYWHERE: [&str; 37] = [
    "api_hash",
    "autologin_token",
    "bot_auth_token",
    "encrypted_answer",
    "encrypted_data",
    "encrypted_message",
    "encryption_iv",
    "encryption_key",
    "file_token",
    "future_auth_token",
    "google_token",
    "ios_push_secret",
    "logout_tokens",
    "new_nonce",
    "new_nonce_hash",
    "new_nonce_hash1",
    "new_nonce_hash2",
    "new_nonce_hash3",
    "new_password_hash",
    "nonce",
    "password",
    "payment_token",
    "phone_code",
    "phone_code_hash",
    "play_integrity_nonce",
    "play_integrity_token",
    "request_token",
    "safety_net_token",
    "secret",
    "secure_random",
    "secure_secret",
    "server_nonce",
    "srp_B",
    "tmp_password",
    "web_auth_token",
    "zoom_token",
    "challenge_answer",
];

/// Fields that are secret in one definition.
const IN_ONE: [(&str, &str); 35] = [
    ("account.confirmPasswordEmail", "code"),
    ("account.registerDevice", "token"),
    ("account.unregisterDevice", "token"),
    ("auth.acceptLoginToken", "token"),
    ("auth.checkRecoveryPassword", "code"),
    ("auth.exportedAuthorization", "bytes"),
    ("auth.importAuthorization", "bytes"),
    ("auth.importLoginToken", "token"),
    ("auth.loginToken", "token"),
    ("auth.loginTokenMigrateTo", "token"),
    ("auth.recoverPassword", "code"),
    ("bots.exportedBotToken", "token"),
    ("codeSettings", "token"),
    ("emailVerificationApple", "token"),
    ("emailVerificationCode", "code"),
    ("emailVerificationGoogle", "token"),
    ("inputCheckPasswordSRP", "A"),
    ("inputCheckPasswordSRP", "M1"),
    ("inputPaymentCredentials", "data"),
    ("invokeWithGooglePlayIntegrity", "token"),
    ("invokeWithReCaptcha", "token"),
    ("inputPaymentCredentialsApplePay", "payment_data"),
    ("phone.groupCallStreamRtmpUrl", "key"),
    ("wallet.fetchEncryptedSecretPhrasePart", "token"),
    ("wallet.secretPhraseParts", "token"),
    ("p_q_inner_data", "p"),
    ("p_q_inner_data", "q"),
    ("p_q_inner_data_dc", "p"),
    ("p_q_inner_data_dc", "q"),
    ("p_q_inner_data_temp", "p"),
    ("p_q_inner_data_temp", "q"),
    ("p_q_inner_data_temp_dc", "p"),
    ("p_q_inner_data_temp_dc", "q"),
    ("inputPasskeyResponseLogin", "signature"),
    // Whoever opens it is signed in to the site as the user.
    ("urlAuthResultAccepted", "url"),
];

/// Whether the value of a field must not be shown.
pub(crate) fn is_secret(definition: &str, field: &str) -> bool {
    EVERYWHERE.contains(&field) || IN_ONE.contains(&(definition, field))
}

/// The marks above that stand on no field of the schema, because it has changed.
#[must_use]
pub fn secrets_on_nothing(resolved: &Resolved) -> Vec<String> {
    let all = || resolved.constructors.iter().chain(&resolved.functions);
    let has = |definition: Option<&str>, field: &str| {
        all().any(|one| {
            definition.is_none_or(|name| name == one.name.to_string())
                && one.members.iter().any(|member| member.name == field)
        })
    };
    let everywhere = EVERYWHERE.iter().filter(|field| !has(None, field));
    let in_one = IN_ONE
        .iter()
        .filter(|(definition, field)| !has(Some(definition), field));
    let named = in_one.map(|(definition, field)| format!("{definition}.{field}"));
    everywhere
        .map(|field| (*field).to_owned())
        .chain(named)
        .collect()
}
