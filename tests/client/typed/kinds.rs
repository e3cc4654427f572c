//! Which kind each update of the schema becomes, and where it happened.
use std::collections::BTreeSet;

use ferogram_sync::tl::{Identifiable, enums, name_of, types};
use ferogram_sync::{Update, UpdateKind};

use super::typed;

/// Each update of the schema with its defaults, by its id, and the kind that it becomes.
macro_rules! table {
    ($($kind:ident: $($raw:ident)+;)+) => {
        fn table() -> Vec<(u32, enums::Update, UpdateKind)> {
            vec![$($((
                types::$raw::CONSTRUCTOR_ID,
                types::$raw::default().into(),
                UpdateKind::$kind,
            )),+),+]
        }
    };
}

table! {
    MessagesDeleted: UpdateDeleteMessages UpdateDeleteChannelMessages;
    Typing: UpdateUserTyping UpdateChatUserTyping UpdateChannelUserTyping;
    GroupMembers: UpdateChatParticipants;
    UserStatus: UpdateUserStatus;
    UserName: UpdateUserName;
    NewAuthorization: UpdateNewAuthorization;
    GroupMember: UpdateChatParticipantAdd UpdateChatParticipantDelete
        UpdateChatParticipantAdmin UpdateChatParticipantRank;
    NotifySettings: UpdateNotifySettings;
    ServiceNotification: UpdateServiceNotification;
    Privacy: UpdatePrivacy;
    UserPhone: UpdateUserPhone;
    ReadInbox: UpdateReadHistoryInbox UpdateReadChannelInbox
        UpdateReadChannelDiscussionInbox UpdateReadMonoForumInbox;
    ReadOutbox: UpdateReadHistoryOutbox UpdateReadChannelOutbox
        UpdateReadChannelDiscussionOutbox UpdateReadMonoForumOutbox;
    WebPage: UpdateWebPage UpdateChannelWebPage;
    ContentsRead: UpdateReadMessagesContents UpdateChannelReadMessagesContents;
    PeerChanged: UpdateChannel UpdateChat UpdateUser;
    MessageCounts: UpdateChannelMessageViews UpdateChannelMessageForwards;
    InlineQuery: UpdateBotInlineQuery;
    InlineSend: UpdateBotInlineSend;
    CallbackQuery: UpdateBotCallbackQuery UpdateInlineBotCallbackQuery
        UpdateBusinessBotCallbackQuery UpdateEphemeralBotCallbackQuery;
    DraftChanged: UpdateDraftMessage;
    DialogsPinned: UpdateDialogPinned UpdatePinnedDialogs UpdateSavedDialogPinned
        UpdatePinnedSavedDialogs;
    ShippingQuery: UpdateBotShippingQuery;
    PreCheckoutQuery: UpdateBotPrecheckoutQuery;
    PhoneCall: UpdatePhoneCall;
    HistoryCut: UpdateChannelAvailableMessages;
    UnreadMark: UpdateDialogUnreadMark;
    Poll: UpdateMessagePoll;
    DefaultRights: UpdateChatDefaultBannedRights;
    ChatsArchived: UpdateFolderPeers;
    PeerSettings: UpdatePeerSettings;
    ScheduledDeleted: UpdateDeleteScheduledMessages;
    PollVote: UpdateMessagePollVote;
    Folders: UpdateDialogFilter UpdateDialogFilterOrder UpdateDialogFilters;
    PeerBlocked: UpdatePeerBlocked;
    MessagesPinned: UpdatePinnedMessages UpdatePinnedChannelMessages;
    GroupCallMembers: UpdateGroupCallParticipants;
    GroupCall: UpdateGroupCall;
    HistoryTtl: UpdatePeerHistoryTtl;
    Participant: UpdateChatParticipant UpdateChannelParticipant;
    BotStopped: UpdateBotStopped;
    BotCommands: UpdateBotCommands;
    PendingJoinRequests: UpdatePendingJoinRequests;
    JoinRequest: UpdateBotChatInviteRequester;
    MessageReactions: UpdateMessageReactions;
    MiniAppSent: UpdateWebViewResultSent;
    MenuButton: UpdateBotMenuButton;
    Transcription: UpdateTranscribedAudio;
    UserEmojiStatus: UpdateUserEmojiStatus;
    PaidMedia: UpdateMessageExtendedMedia;
    Story: UpdateStory;
    StoriesRead: UpdateReadStories;
    StealthMode: UpdateStoriesStealthMode;
    StoryReaction: UpdateSentStoryReaction UpdateNewStoryReaction;
    ChatBoost: UpdateBotChatBoost;
    ForumView: UpdateChannelViewForumAsMessages;
    Wallpaper: UpdatePeerWallpaper;
    MessageReaction: UpdateBotMessageReaction;
    ReactionCounts: UpdateBotMessageReactions;
    BusinessConnection: UpdateBotBusinessConnect;
    BusinessDeleted: UpdateBotDeleteBusinessMessage;
    StarsBalance: UpdateStarsBalance;
    StarsRevenue: UpdateStarsRevenueStatus;
    PaidMediaPurchase: UpdateBotPurchasedPaidMedia;
    TopicsPinned: UpdatePinnedForumTopic UpdatePinnedForumTopics;
    ManagedBot: UpdateManagedBot;
    JoinDecision: UpdateJoinChatWebViewDecision;
    BotConnection: UpdateNewBotConnection;
    EphemeralMessage: UpdateNewEphemeralMessage UpdateEditEphemeralMessage;
    EphemeralDeleted: UpdateDeleteEphemeralMessages;
    BotSubscription: UpdateBotStarsSubscription;
    // Nobody has asked for a type of these so far.
    Raw: UpdateMessageId UpdateNewEncryptedMessage UpdateEncryptedChatTyping
        UpdateEncryption UpdateEncryptedMessagesRead UpdateDcOptions UpdateChannelTooLong
        UpdateNewStickerSet UpdateStickerSetsOrder UpdateStickerSets UpdateSavedGifs
        UpdateReadFeaturedStickers UpdateRecentStickers UpdateConfig UpdatePtsChanged
        UpdateBotWebhookJson UpdateBotWebhookJsonquery UpdateLangPackTooLong UpdateLangPack
        UpdateFavedStickers UpdateContactsReset UpdatePeerLocated UpdateTheme
        UpdateGeoLiveViewed UpdateLoginToken UpdatePhoneCallSignalingData
        UpdateGroupCallConnection UpdateAttachMenuBots UpdateSavedRingtones
        UpdateReadFeaturedEmojiStickers UpdateRecentEmojiStatuses UpdateRecentReactions
        UpdateMoveStickerSetToTop UpdateAutoSaveSettings UpdateStoryId
        UpdateSavedReactionTags UpdateSmsJob UpdateQuickReplies UpdateNewQuickReply
        UpdateDeleteQuickReply UpdateQuickReplyMessage UpdateDeleteQuickReplyMessages
        UpdatePaidReactionPrivacy UpdateSentPhoneCode UpdateGroupCallChainBlocks
        UpdateMonoForumNoPaidException UpdateGroupCallMessage
        UpdateGroupCallEncryptedMessage UpdateDeleteGroupCallMessages
        UpdateStarGiftAuctionState UpdateStarGiftAuctionUserState UpdateEmojiGameInfo
        UpdateStarGiftCraftFail UpdateAiComposeTones UpdateWebBrowserSettings
        UpdateWebBrowserException UpdateWalletState UpdateSentWalletTransaction
        UpdateWalletGaslessInfo UpdateWalletTonConnectSession
        UpdateWalletTonConnectPendingDisconnect;
    // Their defaults have no message: that they become what it says, `messages` shows.
    Raw: UpdateNewMessage UpdateNewChannelMessage UpdateEditMessage UpdateEditChannelMessage
        UpdateNewScheduledMessage UpdateBotNewBusinessMessage UpdateBotEditBusinessMessage
        UpdateBotGuestChatQuery;
}

/// The lines of the schema that define updates.
fn schema() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/api.tl");
    let schema = std::fs::read_to_string(path).expect("it is there");
    let lines = schema.lines().filter(|line| line.ends_with(" = Update;"));
    lines.map(str::to_owned).collect()
}

/// The name that a line defines.
fn defined(line: &str) -> &str {
    line.split_once('#').expect("each has an id").0
}

#[test]
fn each_update_becomes_the_kind_that_it_is() {
    let mut met = BTreeSet::new();
    for (id, raw, kind) in table() {
        let update = typed(raw.clone());
        assert_eq!(update.kind(), kind, "{}", name_of(id).expect("it has one"));
        if let Update::Raw(same) = update {
            assert_eq!(*same, raw);
        }
        met.insert(kind);
    }
    use UpdateKind as Kind;
    let of_messages = [
        Kind::NewMessage,
        Kind::MessageEdited,
        Kind::ServiceMessage,
        Kind::ServiceMessageEdited,
        Kind::ScheduledMessage,
        Kind::BusinessMessage,
        Kind::BusinessMessageEdited,
        Kind::GuestQuery,
    ];
    met.extend(of_messages);
    // These are made of no update alone.
    met.extend([Kind::Album, Kind::Lost]);
    assert_eq!(met.into_iter().collect::<Vec<_>>(), Kind::ALL);
}

#[test]
fn no_update_of_the_schema_is_left_out() {
    let table = table();
    let named = table
        .iter()
        .map(|(id, ..)| name_of(*id).expect("it has one"));
    let named: BTreeSet<&str> = named.collect();
    let schema = schema();
    let defined: BTreeSet<&str> = schema.iter().map(|line| defined(line)).collect();
    assert_eq!(named, defined);
    assert_eq!(table.len(), defined.len(), "each is there once");
}

/// What names a chat or a user without condition is known by it.
#[test]
fn each_update_says_where_it_happened_if_the_schema_does() {
    let schema = schema();
    for (id, raw, _) in table() {
        let name = name_of(id).expect("it has one");
        let line = schema.iter().find(|line| defined(line) == name);
        let fields: Vec<&str> = line.expect("it is there").split(' ').collect();
        let has = |field: &str| fields.contains(&field);
        let update = typed(raw);
        if has("chat_id:long") || has("channel_id:long") {
            assert!(update.chat_id().is_some(), "{name}");
        }
        if has("peer:Peer") || has("peer_id:Peer") {
            assert!(
                update.chat_id().is_some() || update.sender_id().is_some(),
                "{name}"
            );
        }
        if has("user_id:long") || has("from_id:Peer") || has("actor:Peer") {
            assert!(update.sender_id().is_some(), "{name}");
        }
    }
}
