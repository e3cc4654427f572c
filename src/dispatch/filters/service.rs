//! Filters by what a chat's history tells to have happened.
use crate::dispatch::Filter;
use crate::messages::ServiceMessage;
use crate::messages::action::MessageAction;

/// Anything that a chat's history tells to have happened: service messages.
pub fn service() -> Filter {
    action(|_| true)
}

/// Service messages that tell something of which a function says yes.
///
/// ```
/// use ferogram_sync::{action::MessageAction, filters};
///
/// let _gift = filters::action(|action| matches!(action, MessageAction::StarsGift(_)));
/// ```
pub fn action(test: impl Fn(&MessageAction<'_>) -> bool + Send + Sync + 'static) -> Filter {
    Filter::new(move |cx| {
        let action = cx.service_message().map(ServiceMessage::action);
        action.is_some_and(|action| test(&action))
    })
}

/// One filter for each action.
macro_rules! actions {
    ($($name:ident: $variant:ident $rest:tt, $doc:literal;)*) => {$(
        #[doc = $doc]
        pub fn $name() -> Filter {
            action(|action| matches!(action, actions!(@ $variant $rest)))
        }
    )*};
    (@ $variant:ident ()) => { MessageAction::$variant };
    (@ $variant:ident (_)) => { MessageAction::$variant(_) };
    (@ $variant:ident (_ _)) => { MessageAction::$variant(_, _) };
}

actions! {
    chat_created: Created(_), "A group or channel was made.";
    title_changed: TitleChanged(_), "A chat has another title.";
    photo_changed: PhotoChanged(_), "A chat has another photo.";
    photo_deleted: PhotoDeleted(), "A chat has no photo any more.";
    joined: Joined(_), "Somebody has come into a group.";
    left: Left(_), "Somebody has left a group, or was made to.";
    migrated_to: MigratedTo(_), "A group has become a supergroup: told in the old one.";
    migrated_from: MigratedFrom(_), "A group has become a supergroup: told in the new one.";
    message_pinned: Pinned(_), "A message was pinned.";
    history_cleared: HistoryCleared(), "A history was cleared.";
    game_score: GameScore(_), "Somebody has a new score in a game.";
    paid: Paid(_), "Something was paid.";
    refunded: Refunded(_), "What was paid was given back.";
    phone_call: PhoneCall(_), "Somebody has called.";
    group_call: GroupCall(_), "A call of a group has begun, has ended, or is to be.";
    conference_call: ConferenceCall(_), "Somebody has called several people.";
    screenshot_taken: ScreenshotTaken(), "Somebody has taken a picture of the screen.";
    custom_action: Custom(_), "The server tells something in its own words.";
    bot_allowed: BotAllowed(_), "A user lets the bot write.";
    contact_signed_up: ContactSignedUp(), "A contact has come to Telegram.";
    proximity_reached: ProximityReached(_), "Two people have come near each other.";
    ttl_changed: TtlChanged(_), "Messages delete themselves after another time.";
    theme_changed: ThemeChanged(_), "A chat has other colours.";
    wallpaper_changed: WallpaperChanged(_), "A chat has another background.";
    mini_app_data: MiniAppData(_), "A mini app has sent data.";
    requested_peers: RequestedPeers(_), "Somebody has chosen whom a button asks for.";
    topic_created: TopicCreated(_), "A topic of a forum was made.";
    topic_edited: TopicEdited(_), "A topic of a forum has changed.";
    photo_suggested: PhotoSuggested(_), "Somebody suggests a photo for the profile.";
    birthday_suggested: BirthdaySuggested(_), "Somebody suggests a birthday for the profile.";
    premium_gift: PremiumGift(_), "Somebody has given Telegram Premium.";
    stars_gift: StarsGift(_), "Somebody has given stars.";
    ton_gift: TonGift(_), "Somebody has given TON.";
    gift_code: GiftCode(_), "Somebody has given a code for Telegram Premium.";
    star_gift: StarGift(_), "Somebody has given a gift.";
    unique_gift: UniqueGift(_), "Somebody has given a gift that is the only one of its kind.";
    gift_offer: GiftOffer(_), "Somebody offers to buy a gift.";
    giveaway_action: Giveaway(_), "A giveaway has begun, or has ended.";
    prize: Prize(_), "Somebody has won stars.";
    boosted: Boosted(_), "Somebody has boosted the group.";
    paid_messages_refunded: PaidMessagesRefunded(_ _), "Paid messages were paid back.";
    paid_messages_price: PaidMessagesPrice(_), "Messages cost another price.";
    todo_marked: TodoMarked(_), "Entries of a list are done, or are not.";
    todo_appended: TodoAppended(_), "A list has new entries.";
    suggested_post: SuggestedPost(_), "What has become of a post that was suggested.";
    owner_changed: OwnerChanged(_), "A chat has, or will have, another owner.";
    forwarding_changed: ForwardingChanged(_), "Whether messages may be forwarded has changed.";
    poll_answer_added: PollAnswerAdded(_), "A poll has a new answer.";
    poll_answer_deleted: PollAnswerDeleted(_), "A poll has lost an answer.";
    managed_bot_created: ManagedBotCreated(_), "Somebody has made a bot that this one manages.";
    community_changed: CommunityChanged(_), "A group belongs to another community.";
}
