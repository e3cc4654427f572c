//! Updates about this account, and about calls.
use ferogram_sync::tl::enums;
use ferogram_sync::tl::types;

use super::{CHANNEL, channel, group};

#[test]
fn who_has_signed_in_is_told() {
    let raw = types::UpdateNewAuthorization {
        unconfirmed: true,
        hash: 4,
        date: Some(100),
        device: Some("Phone".into()),
        location: Some("Berlin".into()),
    };
    let it = payload!(raw, NewAuthorization);
    assert_eq!(
        (it.is_unconfirmed(), it.hash(), it.date()),
        (true, 4, Some(100))
    );
    assert_eq!(
        (it.device(), it.location()),
        (Some("Phone"), Some("Berlin"))
    );
    let raw = types::UpdateNewBotConnection {
        confirmed: true,
        bot_id: 8,
        date: Some(100),
        device: Some("Phone".into()),
        location: Some("Berlin".into()),
    };
    let it = payload!(raw, BotConnection);
    assert_eq!(
        (it.is_confirmed(), it.bot_id(), it.date()),
        (true, 8, Some(100))
    );
    assert_eq!(
        (it.device(), it.location()),
        (Some("Phone"), Some("Berlin"))
    );
    assert_eq!(it.bot().expect("it came").full_name(), "Bob");
}

#[test]
fn what_the_server_says_is_told() {
    let bold = enums::MessageEntity::from(types::MessageEntityBold::default());
    let raw = types::UpdateServiceNotification {
        popup: true,
        inbox_date: Some(100),
        r#type: "NAME".into(),
        message: "Text".into(),
        media: enums::MessageMedia::Empty,
        entities: vec![bold.clone()],
        ..Default::default()
    };
    let it = payload!(raw.clone(), ServiceNotification);
    assert_eq!(
        (it.name(), it.text(), it.is_popup()),
        ("NAME", "Text", true)
    );
    assert_eq!((it.inbox_date(), it.entities()), (Some(100), &[bold][..]));
    assert!(it.media().is_none());
    let raw = types::UpdateServiceNotification {
        media: enums::MessageMedia::Unsupported,
        ..raw
    };
    assert!(payload!(raw, ServiceNotification).media().is_some());
    let rules = vec![enums::PrivacyRule::PrivacyValueAllowAll];
    let raw = types::UpdatePrivacy {
        key: enums::PrivacyKey::About,
        rules: rules.clone(),
    };
    let it = payload!(raw, Privacy);
    assert!(matches!(it.key(), enums::PrivacyKey::About));
    assert_eq!(it.rules(), rules);
}

#[test]
fn stars_are_told() {
    let stars = types::StarsAmount {
        amount: 4,
        nanos: 1,
    };
    let raw = types::UpdateStarsBalance {
        balance: stars.clone().into(),
    };
    let it = payload!(raw, StarsBalance);
    assert_eq!((it.stars(), it.balance()), (Some(4), &stars.into()));
    let ton = types::StarsTonAmount { amount: 4 };
    let raw = types::UpdateStarsBalance {
        balance: ton.into(),
    };
    assert_eq!(payload!(raw, StarsBalance).stars(), None);
    let status = enums::StarsRevenueStatus::from(types::StarsRevenueStatus {
        withdrawal_enabled: true,
        ..Default::default()
    });
    let raw = types::UpdateStarsRevenueStatus {
        peer: channel(),
        status: status.clone(),
    };
    let it = payload!(raw, StarsRevenue);
    assert_eq!((it.chat_id(), it.status()), (CHANNEL, &status));
}

#[test]
fn calls_are_told() {
    let call = enums::PhoneCall::from(types::PhoneCallDiscarded {
        id: 4,
        ..Default::default()
    });
    let raw = types::UpdatePhoneCall {
        phone_call: call.clone(),
    };
    let it = payload!(raw, PhoneCall);
    assert_eq!((it.call_id(), it.call(), it.is_over()), (4, &call, true));
    let call = enums::GroupCall::from(types::GroupCallDiscarded {
        id: 4,
        ..Default::default()
    });
    let raw = types::UpdateGroupCall {
        live_story: true,
        peer: Some(group()),
        call: call.clone(),
    };
    let it = payload!(raw, GroupCall);
    assert_eq!((it.chat_id(), it.call()), (Some(-3), &call));
    assert!(it.is_over() && it.is_live_story());
    assert_eq!(it.chat().expect("it came").title(), "Gardeners");
    let member = types::GroupCallParticipant::default();
    let raw = types::UpdateGroupCallParticipants {
        participants: vec![member.into()],
        version: 2,
        ..Default::default()
    };
    let it = payload!(raw.clone(), GroupCallMembers);
    assert_eq!(
        (it.members().len(), it.version(), it.call()),
        (1, 2, &raw.call)
    );
}
