//! What has happened to a chat.
use super::bots::{BotAllowed, GameScore, MiniAppData, RequestedPeers};
use super::calls::{ConferenceCall, GroupCall, GroupCallState, PhoneCall};
use super::chats::{Created, MigratedFrom, OwnerChange, Proximity};
use super::gifts::{GiftCode, GiftOffer, Giveaway, GivenMoney, Prize};
use super::members::{Joined, Left};
use super::payments::{Payment, Refund};
use super::posts::{SuggestedPost, SuggestedPostState, TodoMarks};
use super::settings::{ForwardingChange, PaidMessages, TtlChange, WallpaperChange};
use super::topics::{TopicCreated, TopicEdited};
use crate::tl::enums::{self, MessageAction as Raw, MessageReplyHeader};
use crate::tl::types;

/// What has happened to a chat.
///
/// ```
/// # let client = localdc::LocalDc::shared().bot();
/// use ferogram_sync::action::MessageAction;
/// use ferogram_sync::{PeerMap, ServiceMessage, tl::types};
///
/// let raw = types::MessageService {
///     action: types::MessageActionChatEditTitle { title: "Gardeners".into() }.into(),
///     ..Default::default()
/// };
/// let message = ServiceMessage::from_raw(&client, raw.into(), PeerMap::default());
/// let message = message.expect("it is one");
/// assert!(matches!(message.action(), MessageAction::TitleChanged("Gardeners")));
/// ```
///
/// See <https://core.telegram.org/type/MessageAction>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MessageAction<'a> {
    /// The chat was made.
    Created(Created<'a>),
    /// It is called otherwise.
    TitleChanged(&'a str),
    /// It has another photo.
    PhotoChanged(&'a enums::Photo),
    /// It has no photo any more.
    PhotoDeleted,
    /// Somebody has come.
    Joined(Joined),
    /// Somebody has gone.
    Left(Left),
    /// The small group has become a supergroup, whose id this is.
    MigratedTo(i64),
    /// The supergroup was made of a small group.
    MigratedFrom(MigratedFrom<'a>),
    /// A message was pinned: this is its id, if it is still there.
    Pinned(Option<i32>),
    /// The history was deleted.
    HistoryCleared,
    /// Somebody has scored in a game.
    GameScore(GameScore),
    /// Somebody has paid.
    Paid(Payment<'a>),
    /// A payment was given back.
    Refunded(Refund<'a>),
    /// Somebody has called.
    PhoneCall(PhoneCall<'a>),
    /// Something has happened to a call of the group or channel.
    GroupCall(GroupCall<'a>),
    /// A call that others can be invited to.
    ConferenceCall(ConferenceCall<'a>),
    /// Somebody has taken a picture of the screen.
    ScreenshotTaken,
    /// The server says it in words.
    Custom(&'a str),
    /// A bot may write to this user.
    BotAllowed(BotAllowed<'a>),
    /// Somebody whom this account knows has come to Telegram.
    ContactSignedUp,
    /// Somebody has come close.
    ProximityReached(Proximity<'a>),
    /// Messages delete themselves after another time.
    TtlChanged(TtlChange),
    /// The chat has another theme.
    ThemeChanged(&'a enums::ChatTheme),
    /// Something else is behind the messages.
    WallpaperChanged(WallpaperChange<'a>),
    /// A mini app has sent data to its bot.
    MiniAppData(MiniAppData<'a>),
    /// Users, groups or channels were chosen by a button of the bot's.
    RequestedPeers(RequestedPeers<'a>),
    /// A topic was made.
    TopicCreated(TopicCreated<'a>),
    /// A topic was changed.
    TopicEdited(TopicEdited<'a>),
    /// Somebody thinks that this would be a good photo for this account.
    PhotoSuggested(&'a enums::Photo),
    /// Somebody thinks that this is the birthday of whoever uses this account.
    BirthdaySuggested(&'a enums::Birthday),
    /// Premium was given.
    PremiumGift(GivenMoney<'a>),
    /// Stars were given.
    StarsGift(GivenMoney<'a>),
    /// TON was given.
    TonGift(GivenMoney<'a>),
    /// A link that gives Premium was sent.
    GiftCode(GiftCode<'a>),
    /// A gift was given.
    StarGift(&'a types::MessageActionStarGift),
    /// A gift that is one of a kind was given, made or sold.
    UniqueGift(&'a types::MessageActionStarGiftUnique),
    /// Somebody wants to buy a gift.
    GiftOffer(GiftOffer<'a>),
    /// Something is given away.
    Giveaway(Giveaway),
    /// Stars were won.
    Prize(Prize<'a>),
    /// The group was boosted so many times.
    Boosted(i32),
    /// What was paid for messages was given back: for so many messages, so many stars.
    PaidMessagesRefunded(i32, i64),
    /// Messages cost something else.
    PaidMessagesPrice(PaidMessages),
    /// Tasks of a list were done.
    TodoMarked(TodoMarks<'a>),
    /// A list has more tasks.
    TodoAppended(&'a [enums::TodoItem]),
    /// Something has happened to a suggested post.
    SuggestedPost(SuggestedPost<'a>),
    /// The chat has another owner, or will have.
    OwnerChanged(OwnerChange),
    /// Whether messages may be forwarded has changed, or somebody asks for it.
    ForwardingChanged(ForwardingChange),
    /// A poll has another answer to choose.
    PollAnswerAdded(&'a enums::PollAnswer),
    /// A poll has an answer less.
    PollAnswerDeleted(&'a enums::PollAnswer),
    /// A bot was made that is managed: this is its id.
    ManagedBotCreated(i64),
    /// The chat belongs to another community, or to none any more.
    CommunityChanged(Option<i64>),
    /// Anything else, as the raw API has it.
    Raw(&'a enums::MessageAction),
}

impl<'a> MessageAction<'a> {
    pub(in crate::messages) fn of(message: &'a types::MessageService) -> Self {
        of_chat(message)
            .or_else(|| of_bots(&message.action))
            .or_else(|| of_money(&message.action))
            .or_else(|| of_calls(&message.action))
            .or_else(|| of_content(&message.action))
            .unwrap_or(Self::Raw(&message.action))
    }
}

/// What the chat is and who is in it.
fn of_chat(message: &types::MessageService) -> Option<MessageAction<'_>> {
    use MessageAction as It;
    Some(match &message.action {
        Raw::ChatCreate(it) => It::Created(Created {
            title: &it.title,
            user_ids: &it.users,
            is_channel: false,
        }),
        Raw::ChannelCreate(it) => It::Created(Created {
            title: &it.title,
            user_ids: &[],
            is_channel: true,
        }),
        Raw::ChatEditTitle(it) => It::TitleChanged(&it.title),
        Raw::ChatEditPhoto(it) => It::PhotoChanged(&it.photo),
        Raw::ChatDeletePhoto => It::PhotoDeleted,
        Raw::ChatDeleteUser(it) => It::Left(Left::of(message, it.user_id)),
        Raw::ChatMigrateTo(it) => It::MigratedTo(it.channel_id),
        Raw::ChannelMigrateFrom(it) => It::MigratedFrom(MigratedFrom {
            title: &it.title,
            chat_id: it.chat_id,
        }),
        Raw::PinMessage => It::Pinned(match &message.reply_to {
            Some(MessageReplyHeader::Header(header)) => header.reply_to_msg_id,
            _ => None,
        }),
        Raw::HistoryClear => It::HistoryCleared,
        Raw::NewCreatorPending(it) => It::OwnerChanged(OwnerChange {
            new_owner_id: it.new_creator_id,
            is_pending: true,
        }),
        Raw::ChangeCreator(it) => It::OwnerChanged(OwnerChange {
            new_owner_id: it.new_creator_id,
            is_pending: false,
        }),
        Raw::ChangeCommunity(it) => It::CommunityChanged(it.community_id),
        Raw::SetMessagesTtl(it) => It::TtlChanged(TtlChange {
            seconds: Some(it.period).filter(|period| *period != 0),
            by_setting_of: it.auto_setting_from,
        }),
        Raw::SetChatTheme(it) => It::ThemeChanged(&it.theme),
        Raw::SetChatWallPaper(it) => It::WallpaperChanged(WallpaperChange {
            wallpaper: &it.wallpaper,
            for_both: it.for_both,
            is_same: it.same,
        }),
        Raw::BoostApply(it) => It::Boosted(it.boosts),
        _ => It::Joined(Joined::of(message)?),
    })
}

/// What is done with bots.
fn of_bots(action: &Raw) -> Option<MessageAction<'_>> {
    use MessageAction as It;
    Some(match action {
        Raw::GameScore(it) => It::GameScore(GameScore {
            game_id: it.game_id,
            score: it.score,
        }),
        Raw::BotAllowed(it) => It::BotAllowed(BotAllowed {
            domain: it.domain.as_deref(),
            app: it.app.as_ref(),
            by_attach_menu: it.attach_menu,
            by_request: it.from_request,
        }),
        Raw::WebViewDataSentMe(it) => It::MiniAppData(MiniAppData {
            button: &it.text,
            data: Some(&it.data),
        }),
        Raw::WebViewDataSent(it) => It::MiniAppData(MiniAppData {
            button: &it.text,
            data: None,
        }),
        Raw::RequestedPeer(it) => It::RequestedPeers(RequestedPeers {
            button_id: it.button_id,
            peers: &it.peers,
            shown: &[],
        }),
        Raw::RequestedPeerSentMe(it) => It::RequestedPeers(RequestedPeers {
            button_id: it.button_id,
            peers: &[],
            shown: &it.peers,
        }),
        Raw::ManagedBotCreated(it) => It::ManagedBotCreated(it.bot_id),
        _ => return None,
    })
}

/// What was paid, given and won.
fn of_money(action: &Raw) -> Option<MessageAction<'_>> {
    use MessageAction as It;
    Some(match action {
        Raw::PaymentSentMe(it) => It::Paid(Payment::got(it)),
        Raw::PaymentSent(it) => It::Paid(Payment::made(it)),
        Raw::PaymentRefunded(it) => It::Refunded(Refund::of(it)),
        Raw::GiftPremium(it) => It::PremiumGift(GivenMoney::premium(it)),
        Raw::GiftStars(it) => It::StarsGift(GivenMoney::stars(it)),
        Raw::GiftTon(it) => It::TonGift(GivenMoney::ton(it)),
        Raw::GiftCode(it) => It::GiftCode(GiftCode::of(it)),
        Raw::StarGift(it) => It::StarGift(it),
        Raw::StarGiftUnique(it) => It::UniqueGift(it),
        Raw::StarGiftPurchaseOffer(it) => It::GiftOffer(GiftOffer::made(it)),
        Raw::StarGiftPurchaseOfferDeclined(it) => It::GiftOffer(GiftOffer::declined(it)),
        Raw::GiveawayLaunch(it) => It::Giveaway(Giveaway::Launched { stars: it.stars }),
        Raw::GiveawayResults(it) => It::Giveaway(Giveaway::Ended {
            winners: it.winners_count,
            unclaimed: it.unclaimed_count,
            of_stars: it.stars,
        }),
        Raw::PrizeStars(it) => It::Prize(Prize::of(it)),
        Raw::PaidMessagesRefunded(it) => It::PaidMessagesRefunded(it.count, it.stars),
        Raw::PaidMessagesPrice(it) => It::PaidMessagesPrice(PaidMessages {
            stars: it.stars,
            direct_messages_allowed: it.broadcast_messages_allowed,
        }),
        _ => return None,
    })
}

fn of_calls(action: &Raw) -> Option<MessageAction<'_>> {
    use MessageAction as It;
    let group = |call, state| It::GroupCall(GroupCall { call, state });
    Some(match action {
        Raw::PhoneCall(it) => It::PhoneCall(PhoneCall {
            call_id: it.call_id,
            is_video: it.video,
            reason: it.reason.as_ref(),
            duration: it.duration,
        }),
        Raw::GroupCall(it) => {
            let ended = |duration| GroupCallState::Ended { duration };
            let state = it.duration.map_or(GroupCallState::Started, ended);
            group(&it.call, state)
        }
        Raw::GroupCallScheduled(it) => {
            let date = it.schedule_date;
            group(&it.call, GroupCallState::Scheduled { date })
        }
        Raw::InviteToGroupCall(it) => {
            let user_ids = &it.users;
            group(&it.call, GroupCallState::Invited { user_ids })
        }
        Raw::ConferenceCall(it) => It::ConferenceCall(ConferenceCall {
            call_id: it.call_id,
            is_active: it.active,
            is_missed: it.missed,
            is_video: it.video,
            duration: it.duration,
            others: it.other_participants.as_deref().unwrap_or_default(),
        }),
        _ => return None,
    })
}

/// What is done in the chat.
fn of_content(action: &Raw) -> Option<MessageAction<'_>> {
    use MessageAction as It;
    let post = |state, price| It::SuggestedPost(SuggestedPost { state, price });
    Some(match action {
        Raw::ScreenshotTaken => It::ScreenshotTaken,
        Raw::CustomAction(it) => It::Custom(&it.message),
        Raw::ContactSignUp => It::ContactSignedUp,
        Raw::GeoProximityReached(it) => It::ProximityReached(Proximity {
            from: &it.from_id,
            to: &it.to_id,
            distance: it.distance,
        }),
        Raw::TopicCreate(it) => It::TopicCreated(TopicCreated {
            title: &it.title,
            title_missing: it.title_missing,
            icon_color: it.icon_color,
            icon_emoji_id: it.icon_emoji_id,
        }),
        Raw::TopicEdit(it) => It::TopicEdited(TopicEdited {
            title: it.title.as_deref(),
            icon_emoji_id: it.icon_emoji_id,
            is_closed: it.closed,
            is_hidden: it.hidden,
        }),
        Raw::SuggestProfilePhoto(it) => It::PhotoSuggested(&it.photo),
        Raw::SuggestBirthday(it) => It::BirthdaySuggested(&it.birthday),
        Raw::TodoCompletions(it) => It::TodoMarked(TodoMarks {
            done: &it.completed,
            undone: &it.incompleted,
        }),
        Raw::TodoAppendTasks(it) => It::TodoAppended(&it.list),
        Raw::SuggestedPostApproval(it) => post(verdict(it), it.price.as_ref()),
        Raw::SuggestedPostSuccess(it) => post(SuggestedPostState::Paid, Some(&it.price)),
        Raw::SuggestedPostRefund(it) => {
            let by_payer = it.payer_initiated;
            post(SuggestedPostState::Refunded { by_payer }, None)
        }
        Raw::NoForwardsToggle(it) => It::ForwardingChanged(ForwardingChange {
            was_forbidden: it.prev_value,
            is_forbidden: it.new_value,
            is_request: false,
            is_expired: false,
        }),
        Raw::NoForwardsRequest(it) => It::ForwardingChanged(ForwardingChange {
            was_forbidden: it.prev_value,
            is_forbidden: it.new_value,
            is_request: true,
            is_expired: it.expired,
        }),
        Raw::PollAppendAnswer(it) => It::PollAnswerAdded(&it.answer),
        Raw::PollDeleteAnswer(it) => It::PollAnswerDeleted(&it.answer),
        _ => return None,
    })
}

fn verdict(it: &types::MessageActionSuggestedPostApproval) -> SuggestedPostState<'_> {
    match (it.rejected, it.balance_too_low) {
        (true, _) => SuggestedPostState::Rejected {
            comment: it.reject_comment.as_deref(),
        },
        (false, true) => SuggestedPostState::BalanceTooLow,
        (false, false) => SuggestedPostState::Approved {
            date: it.schedule_date,
        },
    }
}
