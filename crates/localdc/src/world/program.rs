//! What a client says of the program that it is.

/// What a client says of itself in `initConnection`.
///
/// See <https://core.telegram.org/method/initConnection>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Program {
    /// The application's id.
    pub api_id: i32,
    /// The model of the device.
    pub device_model: String,
    /// The version of the system.
    pub system_version: String,
    /// The version of the application.
    pub app_version: String,
    /// The language of the system.
    pub system_lang_code: String,
    /// The name of the language pack; only official applications have one.
    pub lang_pack: String,
    /// The language of the application.
    pub lang_code: String,
}
