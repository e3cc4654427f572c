//! Which service messages each filter is for.
use std::sync::{Arc, Mutex};

use ferogram_sync::filters::*;
use ferogram_sync::tl::{enums, types};
use ferogram_sync::{Dispatcher, Filter, Flow, PeerMap, Update};
use localdc::LocalDc;

type Case = (&'static str, Filter, Vec<enums::MessageAction>);

/// Filters, and what each is for: constructors of the schema.
macro_rules! cases {
    ($($filter:ident: $($action:ident $($fields:block)?)|+;)*) => {
        vec![$((stringify!($filter), $filter(), vec![$(cases!(@ $action $($fields)?)),+])),*]
    };
    (@ $action:ident $fields:block) => { types::$action::default().into() };
    (@ $action:ident) => { enums::MessageAction::$action };
}

fn of_chats() -> Vec<Case> {
    cases! {
        chat_created: MessageActionChatCreate {} | MessageActionChannelCreate {};
        title_changed: MessageActionChatEditTitle {};
        photo_changed: MessageActionChatEditPhoto {};
        photo_deleted: ChatDeletePhoto;
        joined: MessageActionChatAddUser {} | MessageActionChatJoinedByLink {}
            | ChatJoinedByRequest;
        left: MessageActionChatDeleteUser {};
        migrated_to: MessageActionChatMigrateTo {};
        migrated_from: MessageActionChannelMigrateFrom {};
        message_pinned: PinMessage;
        history_cleared: HistoryClear;
        ttl_changed: MessageActionSetMessagesTtl {};
        theme_changed: MessageActionSetChatTheme {};
        wallpaper_changed: MessageActionSetChatWallPaper {};
        topic_created: MessageActionTopicCreate {};
        topic_edited: MessageActionTopicEdit {};
        boosted: MessageActionBoostApply {};
        owner_changed: MessageActionNewCreatorPending {} | MessageActionChangeCreator {};
        forwarding_changed: MessageActionNoForwardsToggle {} | MessageActionNoForwardsRequest {};
        community_changed: MessageActionChangeCommunity {};
        poll_answer_added: MessageActionPollAppendAnswer {};
        poll_answer_deleted: MessageActionPollDeleteAnswer {};
        todo_marked: MessageActionTodoCompletions {};
        todo_appended: MessageActionTodoAppendTasks {};
    }
}

fn of_people() -> Vec<Case> {
    cases! {
        game_score: MessageActionGameScore {};
        paid: MessageActionPaymentSentMe {} | MessageActionPaymentSent {};
        refunded: MessageActionPaymentRefunded {};
        phone_call: MessageActionPhoneCall {};
        group_call: MessageActionGroupCall {} | MessageActionInviteToGroupCall {};
        conference_call: MessageActionConferenceCall {};
        screenshot_taken: ScreenshotTaken;
        custom_action: MessageActionCustomAction {};
        bot_allowed: MessageActionBotAllowed {};
        contact_signed_up: ContactSignUp;
        proximity_reached: MessageActionGeoProximityReached {};
        mini_app_data: MessageActionWebViewDataSentMe {} | MessageActionWebViewDataSent {};
        requested_peers: MessageActionRequestedPeer {} | MessageActionRequestedPeerSentMe {};
        photo_suggested: MessageActionSuggestProfilePhoto {};
        birthday_suggested: MessageActionSuggestBirthday {};
        premium_gift: MessageActionGiftPremium {};
        stars_gift: MessageActionGiftStars {};
        ton_gift: MessageActionGiftTon {};
        gift_code: MessageActionGiftCode {};
        star_gift: MessageActionStarGift {};
        unique_gift: MessageActionStarGiftUnique {};
        gift_offer: MessageActionStarGiftPurchaseOffer {}
            | MessageActionStarGiftPurchaseOfferDeclined {};
        giveaway_action: MessageActionGiveawayLaunch {} | MessageActionGiveawayResults {};
        prize: MessageActionPrizeStars {};
        paid_messages_refunded: MessageActionPaidMessagesRefunded {};
        paid_messages_price: MessageActionPaidMessagesPrice {};
        suggested_post: MessageActionSuggestedPostApproval {}
            | MessageActionSuggestedPostSuccess {} | MessageActionSuggestedPostRefund {};
        managed_bot_created: MessageActionManagedBotCreated {};
    }
}

/// Each is for its own actions, and for no other's.
#[test]
fn each_action_has_one_filter() {
    let dc = LocalDc::start().unwrap();
    let bot = dc.bot();
    let cases = [of_chats(), of_people()].concat();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let dispatcher = cases
        .iter()
        .fold(Dispatcher::new(), |all, (name, filter, _)| {
            let (seen, name) = (Arc::clone(&seen), *name);
            all.on_service_message(filter.clone() & service(), move || {
                seen.lock().unwrap().push(name);
                Flow::Continue
            })
        });
    let handlers = dispatcher.by_hand(&bot).unwrap();
    for (name, _, actions) in cases {
        for action in actions {
            let message = types::MessageService {
                action: action.clone(),
                peer_id: types::PeerChat { chat_id: 8 }.into(),
                ..Default::default()
            };
            let raw = types::UpdateNewMessage {
                message: message.into(),
                ..Default::default()
            };
            let update = Update::from_raw(&bot, raw.into(), PeerMap::default());
            handlers.dispatch(update).unwrap();
            let found = std::mem::take(&mut *seen.lock().unwrap());
            assert_eq!(found, [name], "{action:?}");
        }
    }
}
