//! What a connection says of itself before its first request.
use super::settings::Settings;
use super::wrapping::Rest;
use crate::tl::{self, Serialize};

/// The bytes that go before the first request of a connection: `invokeWithLayer` and
/// `initConnection`, both open at the end.
///
/// See <https://core.telegram.org/api/invoking>.
pub(crate) fn prefix(config: &Settings) -> Vec<u8> {
    let identity = &config.identity;
    opened(config, &identity.device_model, &identity.system_version)
}

/// The same where the device is nobody's business.
///
/// See <https://core.telegram.org/cdn>.
pub(crate) fn anonymous(config: &Settings) -> Vec<u8> {
    opened(config, UNTOLD, UNTOLD)
}

/// What stands for what is not told: the fields must not be empty.
const UNTOLD: &str = "n/a";

fn opened(config: &Settings, device_model: &str, system_version: &str) -> Vec<u8> {
    let identity = &config.identity;
    tl::functions::InvokeWithLayer {
        layer: tl::LAYER,
        query: tl::functions::InitConnection {
            api_id: config.api_id,
            device_model: device_model.to_owned(),
            system_version: system_version.to_owned(),
            app_version: identity.app_version.clone(),
            system_lang_code: identity.system_lang_code.clone(),
            lang_pack: identity.lang_pack.clone(),
            lang_code: identity.lang_code.clone(),
            proxy: None,
            params: None,
            query: Rest,
        },
    }
    .to_bytes()
}

/// The request that begins the updates of a connection: any would do, and this one is cheap.
///
/// See <https://core.telegram.org/api/updates#subscribing-to-updates>.
pub(crate) fn greeting() -> Vec<u8> {
    tl::functions::updates::GetState {}.to_bytes()
}
