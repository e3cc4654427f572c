//! `help.*`: the configuration.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::seam::Caller;
use super::text::MESSAGE_LENGTH;

/// How long a configuration is good, in seconds.
const CONFIG_LIFETIME: i32 = 3600;

/// Two days, in seconds: how long a sent message can be edited.
pub(crate) const EDIT_TIME: i32 = 172_800;

/// The number that names the state of the application configuration.
const APP_CONFIG_HASH: i32 = 1;

/// `help.getConfig` (<https://core.telegram.org/method/help.getConfig>): above all, the addresses
/// of the data centres, as they really are.
pub(crate) fn get_config(
    world: &mut World,
    caller: &Caller,
    _: functions::help::GetConfig,
) -> Answer<enums::Config> {
    let dc_options = world
        .centres
        .iter()
        .map(|centre| (centre, false))
        .chain(world.cdns.iter().map(|cdn| (cdn, true)))
        .map(|((id, address), cdn)| {
            types::DcOption {
                ipv6: address.is_ipv6(),
                cdn,
                r#static: true,
                this_port_only: true,
                id: *id,
                ip_address: address.ip().to_string(),
                port: i32::from(address.port()),
                ..Default::default()
            }
            .into()
        })
        .collect();
    let config: enums::Config = types::Config {
        date: world.date(),
        expires: world.date().saturating_add(CONFIG_LIFETIME),
        this_dc: caller.dc,
        dc_options,
        revoke_pm_inbox: true,
        dc_txt_domain_name: "localhost".to_owned(),
        chat_size_max: 200,
        megagroup_size_max: 200_000,
        forwarded_count_max: 100,
        online_update_period_ms: 210_000,
        offline_blur_timeout_ms: 5_000,
        offline_idle_timeout_ms: 30_000,
        online_cloud_timeout_ms: 300_000,
        notify_cloud_delay_ms: 30_000,
        notify_default_delay_ms: 1_500,
        push_chat_period_ms: 60_000,
        push_chat_limit: 2,
        edit_time_limit: EDIT_TIME,
        revoke_time_limit: i32::MAX,
        revoke_pm_time_limit: i32::MAX,
        rating_e_decay: 2_419_200,
        stickers_recent_limit: 200,
        channels_read_media_period: 604_800,
        call_receive_timeout_ms: 20_000,
        call_ring_timeout_ms: 90_000,
        call_connect_timeout_ms: 30_000,
        call_packet_timeout_ms: 10_000,
        me_url_prefix: "https://t.me/".to_owned(),
        caption_length_max: 1024,
        message_length_max: i32::try_from(MESSAGE_LENGTH).unwrap_or(i32::MAX),
        webfile_dc_id: caller.dc,
        ..Default::default()
    }
    .into();
    Ok(config.into())
}

/// `help.getNearestDc` (<https://core.telegram.org/method/help.getNearestDc>): on loopback, all
/// are as near as the one that was asked.
pub(crate) fn get_nearest_dc(
    _: &mut World,
    caller: &Caller,
    _: functions::help::GetNearestDc,
) -> Answer<enums::NearestDc> {
    let nearest: enums::NearestDc = types::NearestDc {
        country: "DE".to_owned(),
        this_dc: caller.dc,
        nearest_dc: caller.dc,
    }
    .into();
    Ok(nearest.into())
}

/// `help.getAppConfig` (<https://core.telegram.org/method/help.getAppConfig>): the few limits
/// that this server has.
pub(crate) fn get_app_config(
    world: &mut World,
    caller: &Caller,
    request: functions::help::GetAppConfig,
) -> Answer<enums::help::AppConfig> {
    let account = caller.user.and_then(|user| world.account(user));
    let checks_facts = account.is_some_and(|account| account.checks_facts);
    let hash = APP_CONFIG_HASH + i32::from(checks_facts);
    if request.hash == hash {
        return Ok(enums::help::AppConfig::NotModified.into());
    }
    let limits = [
        ("upload_max_fileparts_default", 4000.0),
        ("upload_max_fileparts_premium", 8000.0),
        ("caption_length_limit_default", 1024.0),
        ("small_queue_max_active_operations_count", 5.0),
        ("large_queue_max_active_operations_count", 2.0),
    ];
    let value = limits
        .into_iter()
        .map(|(key, value)| {
            let value = types::JsonNumber { value }.into();
            types::JsonObjectValue {
                key: key.to_owned(),
                value,
            }
            .into()
        })
        .collect();
    let config = types::JsonObject { value }.into();
    let config: enums::help::AppConfig = types::help::AppConfig { hash, config }.into();
    Ok(config.into())
}

/// `help.acceptTermsOfService` (<https://core.telegram.org/method/help.acceptTermsOfService>).
pub(crate) fn accept_terms_of_service(
    _: &mut World,
    _: &Caller,
    _: functions::help::AcceptTermsOfService,
) -> Answer<bool> {
    Ok(true.into())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{START, Town};
    use super::*;

    #[test]
    fn the_configuration_names_the_real_addresses() {
        let mut town = Town::new();
        let caller = town.key(5, 2);
        let called = town
            .call(&caller, &functions::help::GetConfig {})
            .expect("free");
        let enums::Config::Config(config) = called.value;
        assert_eq!((config.this_dc, config.date), (2, START));
        assert!(config.expires > config.date);
        let ports: Vec<(i32, String, i32)> = config
            .dc_options
            .into_iter()
            .map(|enums::DcOption::Option(it)| (it.id, it.ip_address, it.port))
            .collect();
        let local = "127.0.0.1".to_owned();
        assert_eq!(ports, [(1, local.clone(), 4001), (2, local, 4002)]);
    }

    #[test]
    fn a_known_application_configuration_is_not_sent_again() {
        let mut town = Town::new();
        let caller = town.key(5, 1);
        let mut request = functions::help::GetAppConfig { hash: 0 };
        let called = town.call(&caller, &request).expect("free");
        let enums::help::AppConfig::Config(config) = called.value else {
            panic!("another answer");
        };
        request.hash = config.hash;
        let called = town.call(&caller, &request).expect("free");
        assert!(matches!(called.value, enums::help::AppConfig::NotModified));
    }
}
