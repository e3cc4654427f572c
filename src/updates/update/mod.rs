//! What updates carry: a type for each kind.
//!
//! Each shows what the server told by its methods, and whole in its field `raw`. Users and chats
//! that came with an update are shown without a call.
//!
//! | kind | what it carries | of the schema |
//! |---|---|---|
//! | [`NewMessage`](Update::NewMessage) | [`Message`](crate::Message) | `updateNewMessage`, `updateNewChannelMessage` |
//! | [`MessageEdited`](Update::MessageEdited) | [`Message`](crate::Message) | `updateEditMessage`, `updateEditChannelMessage` |
//! | [`ServiceMessage`](Update::ServiceMessage) | [`ServiceMessage`](crate::ServiceMessage) | `updateNewMessage`, `updateNewChannelMessage` |
//! | [`ServiceMessageEdited`](Update::ServiceMessageEdited) | [`ServiceMessage`](crate::ServiceMessage) | `updateEditMessage`, `updateEditChannelMessage` |
//! | [`Album`](Update::Album) | [`Album`] | `updateNewMessage`, `updateNewChannelMessage` |
//! | [`ScheduledMessage`](Update::ScheduledMessage) | [`Message`](crate::Message) | `updateNewScheduledMessage` |
//! | [`BusinessMessage`](Update::BusinessMessage) | [`BusinessMessage`] | `updateBotNewBusinessMessage` |
//! | [`BusinessMessageEdited`](Update::BusinessMessageEdited) | [`BusinessMessage`] | `updateBotEditBusinessMessage` |
//! | [`GuestQuery`](Update::GuestQuery) | [`GuestQuery`] | `updateBotGuestChatQuery` |
//! | [`MessagesDeleted`](Update::MessagesDeleted) | [`Deletion`] | `updateDeleteMessages`, `updateDeleteChannelMessages` |
//! | [`ScheduledDeleted`](Update::ScheduledDeleted) | [`ScheduledDeletion`] | `updateDeleteScheduledMessages` |
//! | [`MessagesPinned`](Update::MessagesPinned) | [`Pins`] | `updatePinnedMessages`, `updatePinnedChannelMessages` |
//! | [`ReadInbox`](Update::ReadInbox) | [`ReadInbox`] | `updateReadHistoryInbox`, `updateReadChannelInbox`, `updateReadChannelDiscussionInbox`, `updateReadMonoForumInbox` |
//! | [`ReadOutbox`](Update::ReadOutbox) | [`ReadOutbox`] | `updateReadHistoryOutbox`, `updateReadChannelOutbox`, `updateReadChannelDiscussionOutbox`, `updateReadMonoForumOutbox` |
//! | [`ContentsRead`](Update::ContentsRead) | [`ContentsRead`] | `updateReadMessagesContents`, `updateChannelReadMessagesContents` |
//! | [`DraftChanged`](Update::DraftChanged) | [`DraftChange`] | `updateDraftMessage` |
//! | [`MessageCounts`](Update::MessageCounts) | [`MessageCounts`] | `updateChannelMessageViews`, `updateChannelMessageForwards` |
//! | [`MessageReactions`](Update::MessageReactions) | [`ReactionsShown`] | `updateMessageReactions` |
//! | [`MessageReaction`](Update::MessageReaction) | [`ReactionChange`] | `updateBotMessageReaction` |
//! | [`ReactionCounts`](Update::ReactionCounts) | [`ReactionCounts`] | `updateBotMessageReactions` |
//! | [`Poll`](Update::Poll) | [`PollChange`] | `updateMessagePoll` |
//! | [`PollVote`](Update::PollVote) | [`PollVote`] | `updateMessagePollVote` |
//! | [`WebPage`](Update::WebPage) | [`WebPageChange`] | `updateWebPage`, `updateChannelWebPage` |
//! | [`PaidMedia`](Update::PaidMedia) | [`PaidMediaChange`] | `updateMessageExtendedMedia` |
//! | [`PaidMediaPurchase`](Update::PaidMediaPurchase) | [`PaidMediaPurchase`] | `updateBotPurchasedPaidMedia` |
//! | [`Transcription`](Update::Transcription) | [`Transcription`] | `updateTranscribedAudio` |
//! | [`EphemeralMessage`](Update::EphemeralMessage) | [`EphemeralMessage`] | `updateNewEphemeralMessage`, `updateEditEphemeralMessage` |
//! | [`EphemeralDeleted`](Update::EphemeralDeleted) | [`EphemeralDeletion`] | `updateDeleteEphemeralMessages` |
//! | [`Typing`](Update::Typing) | [`Typing`] | `updateUserTyping`, `updateChatUserTyping`, `updateChannelUserTyping` |
//! | [`UserStatus`](Update::UserStatus) | [`StatusChange`] | `updateUserStatus` |
//! | [`UserName`](Update::UserName) | [`NameChange`] | `updateUserName` |
//! | [`UserPhone`](Update::UserPhone) | [`PhoneChange`] | `updateUserPhone` |
//! | [`UserEmojiStatus`](Update::UserEmojiStatus) | [`EmojiStatusChange`] | `updateUserEmojiStatus` |
//! | [`PeerChanged`](Update::PeerChanged) | [`PeerChange`] | `updateUser`, `updateChat`, `updateChannel` |
//! | [`PeerBlocked`](Update::PeerBlocked) | [`BlockChange`] | `updatePeerBlocked` |
//! | [`PeerSettings`](Update::PeerSettings) | [`PeerSettingsChange`] | `updatePeerSettings` |
//! | [`Participant`](Update::Participant) | [`ParticipantChange`] | `updateChatParticipant`, `updateChannelParticipant` |
//! | [`GroupMember`](Update::GroupMember) | [`MemberChange`] | `updateChatParticipantAdd`, `updateChatParticipantDelete`, `updateChatParticipantAdmin`, `updateChatParticipantRank` |
//! | [`GroupMembers`](Update::GroupMembers) | [`GroupMembers`] | `updateChatParticipants` |
//! | [`JoinRequest`](Update::JoinRequest) | [`JoinRequest`] | `updateBotChatInviteRequester` |
//! | [`PendingJoinRequests`](Update::PendingJoinRequests) | [`PendingJoinRequests`] | `updatePendingJoinRequests` |
//! | [`JoinDecision`](Update::JoinDecision) | [`JoinDecision`] | `updateJoinChatWebViewDecision` |
//! | [`DefaultRights`](Update::DefaultRights) | [`DefaultRightsChange`] | `updateChatDefaultBannedRights` |
//! | [`HistoryTtl`](Update::HistoryTtl) | [`TtlChange`] | `updatePeerHistoryTTL` |
//! | [`Wallpaper`](Update::Wallpaper) | [`WallpaperChange`] | `updatePeerWallpaper` |
//! | [`ForumView`](Update::ForumView) | [`ForumView`] | `updateChannelViewForumAsMessages` |
//! | [`HistoryCut`](Update::HistoryCut) | [`HistoryCut`] | `updateChannelAvailableMessages` |
//! | [`TopicsPinned`](Update::TopicsPinned) | [`TopicPins`] | `updatePinnedForumTopic`, `updatePinnedForumTopics` |
//! | [`DialogsPinned`](Update::DialogsPinned) | [`DialogPins`] | `updateDialogPinned`, `updatePinnedDialogs`, `updateSavedDialogPinned`, `updatePinnedSavedDialogs` |
//! | [`UnreadMark`](Update::UnreadMark) | [`UnreadMark`] | `updateDialogUnreadMark` |
//! | [`ChatsArchived`](Update::ChatsArchived) | [`FolderMoves`] | `updateFolderPeers` |
//! | [`Folders`](Update::Folders) | [`FolderChange`] | `updateDialogFilter`, `updateDialogFilterOrder`, `updateDialogFilters` |
//! | [`NotifySettings`](Update::NotifySettings) | [`NotifyChange`] | `updateNotifySettings` |
//! | [`Story`](Update::Story) | [`StoryChange`] | `updateStory` |
//! | [`StoriesRead`](Update::StoriesRead) | [`StoriesRead`] | `updateReadStories` |
//! | [`StoryReaction`](Update::StoryReaction) | [`StoryReaction`] | `updateNewStoryReaction`, `updateSentStoryReaction` |
//! | [`StealthMode`](Update::StealthMode) | [`StealthMode`] | `updateStoriesStealthMode` |
//! | [`CallbackQuery`](Update::CallbackQuery) | [`CallbackQuery`] | `updateBotCallbackQuery`, `updateInlineBotCallbackQuery`, `updateBusinessBotCallbackQuery`, `updateEphemeralBotCallbackQuery` |
//! | [`InlineQuery`](Update::InlineQuery) | [`InlineQuery`] | `updateBotInlineQuery` |
//! | [`InlineSend`](Update::InlineSend) | [`InlineSend`] | `updateBotInlineSend` |
//! | [`ShippingQuery`](Update::ShippingQuery) | [`ShippingQuery`] | `updateBotShippingQuery` |
//! | [`PreCheckoutQuery`](Update::PreCheckoutQuery) | [`PreCheckoutQuery`] | `updateBotPrecheckoutQuery` |
//! | [`BotStopped`](Update::BotStopped) | [`BotStopped`] | `updateBotStopped` |
//! | [`ChatBoost`](Update::ChatBoost) | [`ChatBoost`] | `updateBotChatBoost` |
//! | [`BotCommands`](Update::BotCommands) | [`BotCommandsChange`] | `updateBotCommands` |
//! | [`MenuButton`](Update::MenuButton) | [`MenuButtonChange`] | `updateBotMenuButton` |
//! | [`ManagedBot`](Update::ManagedBot) | [`ManagedBotChange`] | `updateManagedBot` |
//! | [`BotSubscription`](Update::BotSubscription) | [`BotSubscription`] | `updateBotStarsSubscription` |
//! | [`MiniAppSent`](Update::MiniAppSent) | [`MiniAppSent`] | `updateWebViewResultSent` |
//! | [`BotConnection`](Update::BotConnection) | [`BotConnection`] | `updateNewBotConnection` |
//! | [`BusinessConnection`](Update::BusinessConnection) | [`BusinessConnection`] | `updateBotBusinessConnect` |
//! | [`BusinessDeleted`](Update::BusinessDeleted) | [`BusinessDeletion`] | `updateBotDeleteBusinessMessage` |
//! | [`NewAuthorization`](Update::NewAuthorization) | [`NewAuthorization`] | `updateNewAuthorization` |
//! | [`ServiceNotification`](Update::ServiceNotification) | [`ServiceNotification`] | `updateServiceNotification` |
//! | [`Privacy`](Update::Privacy) | [`PrivacyChange`] | `updatePrivacy` |
//! | [`StarsBalance`](Update::StarsBalance) | [`StarsBalance`] | `updateStarsBalance` |
//! | [`StarsRevenue`](Update::StarsRevenue) | [`StarsRevenue`] | `updateStarsRevenueStatus` |
//! | [`PhoneCall`](Update::PhoneCall) | [`PhoneCallChange`] | `updatePhoneCall` |
//! | [`GroupCall`](Update::GroupCall) | [`GroupCallChange`] | `updateGroupCall` |
//! | [`GroupCallMembers`](Update::GroupCallMembers) | [`GroupCallMembers`] | `updateGroupCallParticipants` |
//! | [`Raw`](Update::Raw) | [`OtherUpdate`] | all others |
//! | [`Lost`](Update::Lost) | [`Lost`](crate::Lost) | none: it says what does not come |

mod album;
mod bot_commands;
mod bot_connection;
mod bot_stopped;
mod bot_subscription;
mod business_connection;
mod business_deletion;
mod business_message;
mod callback_query;
mod chat_boost;
mod contents_read;
mod default_rights;
mod deletion;
mod dialog_pins;
mod draft;
mod emoji_status;
mod ephemeral_deletion;
mod ephemeral_message;
mod extended_media;
mod folder_change;
mod folder_moves;
mod forum_view;
mod group_call;
mod group_call_members;
mod group_member;
mod group_members;
mod guest_query;
mod history_cut;
mod history_ttl;
mod inline_query;
mod inline_send;
mod join_decision;
mod join_request;
mod managed_bot;
mod menu_button;
mod message_counts;
mod message_reaction;
mod message_reactions;
mod mini_app_sent;
mod new_authorization;
mod notify_settings;
mod other_update;
mod paid_media_purchase;
mod participant;
mod payload;
mod peer_blocked;
mod peer_change;
mod peer_settings;
mod pending_join_requests;
mod phone_call;
mod pins;
mod places;
mod poll;
mod poll_vote;
mod pre_checkout_query;
mod privacy;
mod reaction_counts;
mod read_inbox;
mod read_outbox;
mod scheduled_deletion;
mod service_notification;
mod shipping_query;
mod source;
mod stars_balance;
mod stars_revenue;
mod status;
mod stealth_mode;
mod stories_read;
mod story;
mod story_reaction;
mod table;
mod topic_pins;
mod transcription;
mod typing;
mod unread_mark;
mod update;
mod user_name;
mod user_phone;
mod wallpaper;
mod web_page;

pub use album::Album;
pub use bot_commands::BotCommandsChange;
pub use bot_connection::BotConnection;
pub use bot_stopped::BotStopped;
pub use bot_subscription::BotSubscription;
pub use business_connection::BusinessConnection;
pub use business_deletion::BusinessDeletion;
pub use business_message::BusinessMessage;
pub use callback_query::CallbackQuery;
pub use chat_boost::ChatBoost;
pub use contents_read::ContentsRead;
pub use default_rights::DefaultRightsChange;
pub use deletion::Deletion;
pub use dialog_pins::DialogPins;
pub use draft::DraftChange;
pub use emoji_status::EmojiStatusChange;
pub use ephemeral_deletion::EphemeralDeletion;
pub use ephemeral_message::EphemeralMessage;
pub use extended_media::PaidMediaChange;
pub use folder_change::FolderChange;
pub use folder_moves::FolderMoves;
pub use forum_view::ForumView;
pub use group_call::GroupCallChange;
pub use group_call_members::GroupCallMembers;
pub use group_member::MemberChange;
pub use group_members::GroupMembers;
pub use guest_query::GuestQuery;
pub use history_cut::HistoryCut;
pub use history_ttl::TtlChange;
pub use inline_query::InlineQuery;
pub use inline_send::InlineSend;
pub use join_decision::JoinDecision;
pub use join_request::JoinRequest;
pub use managed_bot::ManagedBotChange;
pub use menu_button::MenuButtonChange;
pub use message_counts::MessageCounts;
pub use message_reaction::ReactionChange;
pub use message_reactions::ReactionsShown;
pub use mini_app_sent::MiniAppSent;
pub use new_authorization::NewAuthorization;
pub use notify_settings::NotifyChange;
pub use other_update::OtherUpdate;
pub use paid_media_purchase::PaidMediaPurchase;
pub use participant::{Participant, ParticipantChange};
pub use peer_blocked::BlockChange;
pub use peer_change::PeerChange;
pub use peer_settings::PeerSettingsChange;
pub use pending_join_requests::PendingJoinRequests;
pub use phone_call::PhoneCallChange;
pub use pins::Pins;
pub use poll::PollChange;
pub use poll_vote::PollVote;
pub use pre_checkout_query::PreCheckoutQuery;
pub use privacy::PrivacyChange;
pub use reaction_counts::ReactionCounts;
pub use read_inbox::ReadInbox;
pub use read_outbox::ReadOutbox;
pub use scheduled_deletion::ScheduledDeletion;
pub use service_notification::ServiceNotification;
pub use shipping_query::ShippingQuery;
pub use stars_balance::StarsBalance;
pub use stars_revenue::StarsRevenue;
pub use status::StatusChange;
pub use stealth_mode::StealthMode;
pub use stories_read::StoriesRead;
pub use story::StoryChange;
pub use story_reaction::StoryReaction;
pub use topic_pins::TopicPins;
pub use transcription::Transcription;
pub use typing::Typing;
pub use unread_mark::UnreadMark;
pub(super) use update::typed;
pub use update::{Update, UpdateKind};
pub use user_name::NameChange;
pub use user_phone::PhoneChange;
pub use wallpaper::WallpaperChange;
pub use web_page::WebPageChange;
