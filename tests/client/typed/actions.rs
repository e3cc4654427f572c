//! What service messages tell.
use std::collections::BTreeSet;

use ferogram_sync::action::{
    Giveaway, GroupCallState, JoinedHow, MessageAction, SuggestedPostState,
};
use ferogram_sync::tl::{Identifiable, enums, name_of, types};
use ferogram_sync::{PeerMap, ServiceMessage};

use super::{channel, client, group, user};

/// A message of the user 7 in the group 3 that tells this.
fn message(action: impl Into<enums::MessageAction>) -> ServiceMessage {
    let raw = types::MessageService {
        peer_id: group(),
        from_id: Some(user(7)),
        action: action.into(),
        ..Default::default()
    };
    let message = ServiceMessage::from_raw(client(), raw.into(), PeerMap::default());
    message.expect("it is one")
}

/// What it has to become.
macro_rules! action {
    ($raw:expr, $kind:ident) => {
        match &message($raw).action() {
            MessageAction::$kind(it) => it.clone(),
            other => panic!("{other:?}"),
        }
    };
}

/// Each action of the schema, by its id, and whether it becomes what it has to.
macro_rules! table {
    ($($raw:ident => $kind:pat,)+) => {
        fn table() -> Vec<(u32, bool, String)> {
            vec![$({
                let message = message(types::$raw::default());
                let action = message.action();
                let is_it = matches!(&action, $kind);
                (types::$raw::CONSTRUCTOR_ID, is_it, format!("{action:?}"))
            }),+]
        }
    };
}

use MessageAction as It;
table! {
    MessageActionEmpty => It::Raw(_),
    MessageActionChatCreate => It::Created(_),
    MessageActionChatEditTitle => It::TitleChanged(_),
    MessageActionChatEditPhoto => It::PhotoChanged(_),
    MessageActionChatDeletePhoto => It::PhotoDeleted,
    MessageActionChatAddUser => It::Joined(_),
    MessageActionChatDeleteUser => It::Left(_),
    MessageActionChatJoinedByLink => It::Joined(_),
    MessageActionChannelCreate => It::Created(_),
    MessageActionChatMigrateTo => It::MigratedTo(_),
    MessageActionChannelMigrateFrom => It::MigratedFrom(_),
    MessageActionPinMessage => It::Pinned(_),
    MessageActionHistoryClear => It::HistoryCleared,
    MessageActionGameScore => It::GameScore(_),
    MessageActionPaymentSentMe => It::Paid(_),
    MessageActionPaymentSent => It::Paid(_),
    MessageActionPhoneCall => It::PhoneCall(_),
    MessageActionScreenshotTaken => It::ScreenshotTaken,
    MessageActionCustomAction => It::Custom(_),
    MessageActionBotAllowed => It::BotAllowed(_),
    MessageActionSecureValuesSentMe => It::Raw(_),
    MessageActionSecureValuesSent => It::Raw(_),
    MessageActionContactSignUp => It::ContactSignedUp,
    MessageActionGeoProximityReached => It::ProximityReached(_),
    MessageActionGroupCall => It::GroupCall(_),
    MessageActionInviteToGroupCall => It::GroupCall(_),
    MessageActionSetMessagesTtl => It::TtlChanged(_),
    MessageActionGroupCallScheduled => It::GroupCall(_),
    MessageActionSetChatTheme => It::ThemeChanged(_),
    MessageActionChatJoinedByRequest => It::Joined(_),
    MessageActionWebViewDataSentMe => It::MiniAppData(_),
    MessageActionWebViewDataSent => It::MiniAppData(_),
    MessageActionGiftPremium => It::PremiumGift(_),
    MessageActionTopicCreate => It::TopicCreated(_),
    MessageActionTopicEdit => It::TopicEdited(_),
    MessageActionSuggestProfilePhoto => It::PhotoSuggested(_),
    MessageActionRequestedPeer => It::RequestedPeers(_),
    MessageActionSetChatWallPaper => It::WallpaperChanged(_),
    MessageActionGiftCode => It::GiftCode(_),
    MessageActionGiveawayLaunch => It::Giveaway(Giveaway::Launched { .. }),
    MessageActionGiveawayResults => It::Giveaway(Giveaway::Ended { .. }),
    MessageActionBoostApply => It::Boosted(_),
    MessageActionRequestedPeerSentMe => It::RequestedPeers(_),
    MessageActionPaymentRefunded => It::Refunded(_),
    MessageActionGiftStars => It::StarsGift(_),
    MessageActionPrizeStars => It::Prize(_),
    MessageActionStarGift => It::StarGift(_),
    MessageActionStarGiftUnique => It::UniqueGift(_),
    MessageActionPaidMessagesRefunded => It::PaidMessagesRefunded(..),
    MessageActionPaidMessagesPrice => It::PaidMessagesPrice(_),
    MessageActionConferenceCall => It::ConferenceCall(_),
    MessageActionTodoCompletions => It::TodoMarked(_),
    MessageActionTodoAppendTasks => It::TodoAppended(_),
    MessageActionSuggestedPostApproval => It::SuggestedPost(_),
    MessageActionSuggestedPostSuccess => It::SuggestedPost(_),
    MessageActionSuggestedPostRefund => It::SuggestedPost(_),
    MessageActionGiftTon => It::TonGift(_),
    MessageActionSuggestBirthday => It::BirthdaySuggested(_),
    MessageActionStarGiftPurchaseOffer => It::GiftOffer(_),
    MessageActionStarGiftPurchaseOfferDeclined => It::GiftOffer(_),
    MessageActionNewCreatorPending => It::OwnerChanged(_),
    MessageActionChangeCreator => It::OwnerChanged(_),
    MessageActionNoForwardsToggle => It::ForwardingChanged(_),
    MessageActionNoForwardsRequest => It::ForwardingChanged(_),
    MessageActionPollAppendAnswer => It::PollAnswerAdded(_),
    MessageActionPollDeleteAnswer => It::PollAnswerDeleted(_),
    MessageActionManagedBotCreated => It::ManagedBotCreated(_),
    MessageActionChangeCommunity => It::CommunityChanged(_),
    MessageActionChatJoinedViaCommunity => It::Joined(_),
    MessageActionGramTransfer => It::Raw(_),
    MessageActionWalletTonConnectRequest => It::Raw(_),
}

#[test]
fn each_action_becomes_what_it_is_and_none_is_left_out() {
    let mut named = BTreeSet::new();
    for (id, is_it, action) in table() {
        let name = name_of(id).expect("it has one");
        assert!(is_it, "{name} became {action}");
        named.insert(name.to_owned());
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/api.tl");
    let schema = std::fs::read_to_string(path).expect("it is there");
    let lines = schema
        .lines()
        .filter(|line| line.ends_with(" = MessageAction;"));
    let defined = lines.filter_map(|line| Some(line.split_once('#')?.0.to_owned()));
    assert_eq!(named, defined.collect());
}

#[test]
fn how_somebody_came_is_told() {
    let users = |users| types::MessageActionChatAddUser { users };
    let joined = action!(users(vec![7]), Joined);
    assert_eq!(
        (joined.user_ids, joined.how),
        (vec![7], JoinedHow::Themselves)
    );
    let joined = action!(users(vec![8]), Joined);
    assert_eq!((joined.user_ids, joined.how), (vec![8], JoinedHow::Added));
    let joined = action!(users(vec![7, 8]), Joined);
    assert_eq!(
        (joined.user_ids, joined.how),
        (vec![7, 8], JoinedHow::Added)
    );
    let joined = action!(
        types::MessageActionChatJoinedByLink { inviter_id: 8 },
        Joined
    );
    let how = JoinedHow::Link { inviter_id: 8 };
    assert_eq!((joined.user_ids, joined.how), (vec![7], how));
    let joined = action!(enums::MessageAction::ChatJoinedByRequest, Joined);
    assert_eq!((joined.user_ids, joined.how), (vec![7], JoinedHow::Request));
    let joined = action!(
        types::MessageActionChatJoinedViaCommunity { community_id: 4 },
        Joined
    );
    let how = JoinedHow::Community { community_id: 4 };
    assert_eq!((joined.user_ids, joined.how), (vec![7], how));
    for (user_id, was_removed) in [(7, false), (8, true)] {
        let left = action!(types::MessageActionChatDeleteUser { user_id }, Left);
        assert_eq!((left.user_id, left.was_removed), (user_id, was_removed));
    }
}

#[test]
fn what_the_chat_is_is_told() {
    let title = || "Gardeners".to_owned();
    let raw = types::MessageActionChatCreate {
        title: title(),
        users: vec![7, 8],
    };
    let raw = message(raw);
    let It::Created(created) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (created.title, created.user_ids),
        ("Gardeners", &[7, 8][..])
    );
    assert!(!created.is_channel);
    let raw = message(types::MessageActionChannelCreate { title: title() });
    assert!(matches!(raw.action(), It::Created(it) if it.is_channel && it.title == "Gardeners"));
    let raw = message(types::MessageActionChatEditTitle { title: title() });
    assert!(matches!(raw.action(), It::TitleChanged("Gardeners")));
    let raw = message(types::MessageActionChatMigrateTo { channel_id: 5 });
    assert!(matches!(raw.action(), It::MigratedTo(5)));
    let raw = message(types::MessageActionChannelMigrateFrom {
        title: title(),
        chat_id: 3,
    });
    assert!(matches!(raw.action(), It::MigratedFrom(it) if it.chat_id == 3));
    for (period, seconds) in [(60, Some(60)), (0, None)] {
        let raw = message(types::MessageActionSetMessagesTtl {
            period,
            auto_setting_from: Some(7),
        });
        let It::TtlChanged(change) = raw.action() else {
            panic!("{raw:?}");
        };
        assert_eq!((change.seconds, change.by_setting_of), (seconds, Some(7)));
    }
    let raw = message(types::MessageActionNewCreatorPending { new_creator_id: 8 });
    assert!(matches!(raw.action(), It::OwnerChanged(it) if it.is_pending && it.new_owner_id == 8));
}

#[test]
fn a_pinned_message_is_the_one_that_the_notice_answers() {
    let header = types::MessageReplyHeader {
        reply_to_msg_id: Some(4),
        ..Default::default()
    };
    let raw = types::MessageService {
        reply_to: Some(header.into()),
        action: enums::MessageAction::PinMessage,
        ..Default::default()
    };
    let pinned = ServiceMessage::from_raw(client(), raw.into(), PeerMap::default());
    let pinned = pinned.expect("it is one");
    assert!(matches!(pinned.action(), It::Pinned(Some(4))));
    let gone = message(enums::MessageAction::PinMessage);
    assert!(matches!(gone.action(), It::Pinned(None)));
}

#[test]
fn calls_are_told_apart() {
    let call = || types::InputGroupCall::default().into();
    for (raw, state) in [
        (
            enums::MessageAction::from(types::MessageActionGroupCall {
                call: call(),
                duration: None,
            }),
            GroupCallState::Started,
        ),
        (
            types::MessageActionGroupCall {
                call: call(),
                duration: Some(9),
            }
            .into(),
            GroupCallState::Ended { duration: 9 },
        ),
        (
            types::MessageActionGroupCallScheduled {
                call: call(),
                schedule_date: 100,
            }
            .into(),
            GroupCallState::Scheduled { date: 100 },
        ),
        (
            types::MessageActionInviteToGroupCall {
                call: call(),
                users: vec![8],
            }
            .into(),
            GroupCallState::Invited { user_ids: &[8] },
        ),
    ] {
        let raw = message(raw);
        assert!(
            matches!(raw.action(), It::GroupCall(it) if it.state == state),
            "{raw:?}"
        );
    }
    let raw = message(types::MessageActionPhoneCall {
        video: true,
        call_id: 4,
        reason: Some(enums::PhoneCallDiscardReason::Missed),
        duration: Some(9),
    });
    let It::PhoneCall(call) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (call.call_id, call.is_video, call.duration),
        (4, true, Some(9))
    );
    assert!(matches!(
        call.reason,
        Some(enums::PhoneCallDiscardReason::Missed)
    ));
    let raw = message(types::MessageActionConferenceCall {
        missed: true,
        active: true,
        video: true,
        call_id: 4,
        duration: Some(9),
        other_participants: Some(vec![user(8)]),
    });
    let It::ConferenceCall(call) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (call.call_id, call.duration, call.others),
        (4, Some(9), &[user(8)][..])
    );
    assert!(call.is_missed && call.is_active && call.is_video);
}

#[test]
fn what_was_paid_is_told_to_both_sides() {
    let raw = message(types::MessageActionPaymentSent {
        recurring_init: true,
        recurring_used: true,
        currency: "EUR".into(),
        total_amount: 1499,
        invoice_slug: Some("slug".into()),
        subscription_until_date: Some(100),
    });
    let It::Paid(paid) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!((paid.currency, paid.total_amount), ("EUR", 1499));
    assert_eq!(
        (paid.invoice_slug, paid.subscription_until),
        (Some("slug"), Some(100))
    );
    assert!(paid.is_first_of_subscription && paid.is_of_subscription && paid.charge.is_none());
    let raw = message(types::MessageActionPaymentSentMe {
        currency: "EUR".into(),
        total_amount: 1499,
        payload: b"book".to_vec(),
        shipping_option_id: Some("post".into()),
        info: Some(types::PaymentRequestedInfo::default().into()),
        subscription_until_date: Some(100),
        ..Default::default()
    });
    let It::Paid(paid) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (paid.total_amount, paid.subscription_until),
        (1499, Some(100))
    );
    let charge = paid.charge.expect("the bot sees it");
    assert_eq!(
        (charge.payload, charge.shipping_option_id),
        (&b"book"[..], Some("post"))
    );
    assert!(charge.requested.is_some());
    let raw = message(types::MessageActionPaymentRefunded {
        peer: channel(),
        currency: "XTR".into(),
        total_amount: 5,
        payload: Some(b"book".to_vec()),
        ..Default::default()
    });
    let It::Refunded(refund) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (refund.currency, refund.total_amount, refund.peer),
        ("XTR", 5, &channel())
    );
    assert_eq!(refund.payload, Some(&b"book"[..]));
}

#[test]
fn gifts_are_told() {
    let raw = message(types::MessageActionGiftPremium {
        currency: "EUR".into(),
        amount: 1499,
        days: 90,
        crypto_currency: Some("TON".into()),
        crypto_amount: Some(3),
        ..Default::default()
    });
    let It::PremiumGift(gift) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (gift.currency, gift.amount, gift.days),
        ("EUR", 1499, Some(90))
    );
    assert_eq!((gift.crypto, gift.stars), (Some(("TON", 3)), None));
    let raw = message(types::MessageActionGiftStars {
        stars: 50,
        transaction_id: Some("t".into()),
        ..Default::default()
    });
    assert!(matches!(
        raw.action(),
        It::StarsGift(it) if (it.stars, it.transaction_id) == (Some(50), Some("t"))
    ));
    let raw = message(types::MessageActionGiftCode {
        slug: "s".into(),
        days: 30,
        unclaimed: true,
        boost_peer: Some(channel()),
        ..Default::default()
    });
    let It::GiftCode(code) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (code.slug, code.days, code.boosted),
        ("s", 30, Some(&channel()))
    );
    assert!(code.is_unclaimed && !code.via_giveaway);
    let raw = message(types::MessageActionGiveawayResults {
        stars: true,
        winners_count: 3,
        unclaimed_count: 1,
    });
    let ended = Giveaway::Ended {
        winners: 3,
        unclaimed: 1,
        of_stars: true,
    };
    assert!(matches!(raw.action(), It::Giveaway(it) if it == ended));
    let raw = message(types::MessageActionPrizeStars {
        stars: 50,
        transaction_id: "t".into(),
        boost_peer: channel(),
        giveaway_msg_id: 4,
        ..Default::default()
    });
    let It::Prize(prize) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!((prize.stars, prize.transaction_id), (50, "t"));
    assert_eq!((prize.boosted, prize.giveaway_message_id), (&channel(), 4));
    let raw = message(types::MessageActionStarGiftPurchaseOfferDeclined {
        expired: true,
        ..Default::default()
    });
    assert!(matches!(raw.action(), It::GiftOffer(it) if it.is_declined && it.is_expired));
}

#[test]
fn what_was_chosen_looks_alike_to_user_and_bot() {
    let raw = message(types::MessageActionRequestedPeer {
        button_id: 1,
        peers: vec![user(8), channel()],
    });
    let It::RequestedPeers(seen) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(
        (seen.button_id, seen.chosen()),
        (1, vec![user(8), channel()])
    );
    let ann = types::RequestedPeerUser {
        user_id: 8,
        ..Default::default()
    };
    let news = types::RequestedPeerChannel {
        channel_id: 5,
        ..Default::default()
    };
    let small = types::RequestedPeerChat {
        chat_id: 3,
        ..Default::default()
    };
    let raw = message(types::MessageActionRequestedPeerSentMe {
        button_id: 1,
        peers: vec![ann.into(), news.into(), small.into()],
    });
    let It::RequestedPeers(seen) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!(seen.chosen(), [user(8), channel(), group()]);
    let raw = message(types::MessageActionWebViewDataSentMe {
        text: "Open".into(),
        data: "42".into(),
    });
    assert!(matches!(
        raw.action(),
        It::MiniAppData(it) if (it.button, it.data) == ("Open", Some("42"))
    ));
}

#[test]
fn topics_and_suggested_posts_are_told() {
    let raw = message(types::MessageActionTopicEdit {
        title: Some("New".into()),
        icon_emoji_id: Some(0),
        closed: Some(true),
        hidden: None,
    });
    let It::TopicEdited(edit) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!((edit.title, edit.icon_emoji_id), (Some("New"), Some(0)));
    assert_eq!((edit.is_closed, edit.is_hidden), (Some(true), None));
    let verdict = |rejected, balance_too_low| types::MessageActionSuggestedPostApproval {
        rejected,
        balance_too_low,
        reject_comment: Some("No".into()),
        schedule_date: Some(100),
        price: None,
    };
    for (rejected, balance_too_low, state) in [
        (
            false,
            false,
            SuggestedPostState::Approved { date: Some(100) },
        ),
        (
            true,
            false,
            SuggestedPostState::Rejected {
                comment: Some("No"),
            },
        ),
        (false, true, SuggestedPostState::BalanceTooLow),
    ] {
        let raw = message(verdict(rejected, balance_too_low));
        assert!(
            matches!(raw.action(), It::SuggestedPost(it) if it.state == state),
            "{raw:?}"
        );
    }
    let raw = message(types::MessageActionNoForwardsRequest {
        expired: true,
        prev_value: false,
        new_value: true,
    });
    let It::ForwardingChanged(change) = raw.action() else {
        panic!("{raw:?}");
    };
    assert_eq!((change.was_forbidden, change.is_forbidden), (false, true));
    assert!(change.is_request && change.is_expired);
}
