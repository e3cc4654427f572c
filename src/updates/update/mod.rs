//! What updates carry: a type for each kind.
//!
//! Each shows what the server told by its methods, and whole in its field `raw`. Users and chats
//! that came with an update are shown without a call.
//!
//! | kind | what it carries |
//! |---|---|
//! | [`NewMessage`](Update::NewMessage) | [`Message`] |
//! | [`MessageEdited`](Update::MessageEdited) | [`Message`] |
//! | [`ServiceMessage`](Update::ServiceMessage) | [`ServiceMessage`] |
//! | [`ServiceMessageEdited`](Update::ServiceMessageEdited) | [`ServiceMessage`] |
//! | [`Album`](Update::Album) | [`Album`] |
//! | [`ScheduledMessage`](Update::ScheduledMessage) | [`Message`] |
//! | [`BusinessMessage`](Update::BusinessMessage) | [`BusinessMessage`] |
//! | [`BusinessMessageEdited`](Update::BusinessMessageEdited) | [`BusinessMessage`] |
//! | [`GuestQuery`](Update::GuestQuery) | [`GuestQuery`] |
//! | [`MessagesDeleted`](Update::MessagesDeleted) | [`Deletion`] |
//! | [`ScheduledDeleted`](Update::ScheduledDeleted) | [`ScheduledDeletion`] |
//! | [`MessagesPinned`](Update::MessagesPinned) | [`Pins`] |
//! | [`ReadInbox`](Update::ReadInbox) | [`ReadInbox`] |
//! | [`ReadOutbox`](Update::ReadOutbox) | [`ReadOutbox`] |
//! | [`ContentsRead`](Update::ContentsRead) | [`ContentsRead`] |
//! | [`DraftChanged`](Update::DraftChanged) | [`DraftChange`] |
//! | [`MessageCounts`](Update::MessageCounts) | [`MessageCounts`] |
//! | [`MessageReactions`](Update::MessageReactions) | [`ReactionsShown`] |
//! | [`MessageReaction`](Update::MessageReaction) | [`ReactionChange`] |
//! | [`ReactionCounts`](Update::ReactionCounts) | [`ReactionCounts`] |
//! | [`Poll`](Update::Poll) | [`PollChange`] |
//! | [`PollVote`](Update::PollVote) | [`PollVote`] |
//! | [`WebPage`](Update::WebPage) | [`WebPageChange`] |
//! | [`PaidMedia`](Update::PaidMedia) | [`PaidMediaChange`] |
//! | [`PaidMediaPurchase`](Update::PaidMediaPurchase) | [`PaidMediaPurchase`] |
//! | [`Transcription`](Update::Transcription) | [`Transcription`] |
//! | [`EphemeralMessage`](Update::EphemeralMessage) | [`EphemeralMessage`] |
//! | [`EphemeralDeleted`](Update::EphemeralDeleted) | [`EphemeralDeletion`] |
//! | [`Typing`](Update::Typing) | [`Typing`] |
//! | [`UserStatus`](Update::UserStatus) | [`StatusChange`] |
//! | [`UserName`](Update::UserName) | [`NameChange`] |
//! | [`UserPhone`](Update::UserPhone) | [`PhoneChange`] |
//! | [`UserEmojiStatus`](Update::UserEmojiStatus) | [`EmojiStatusChange`] |
//! | [`PeerChanged`](Update::PeerChanged) | [`PeerChange`] |
//! | [`PeerBlocked`](Update::PeerBlocked) | [`BlockChange`] |
//! | [`PeerSettings`](Update::PeerSettings) | [`PeerSettingsChange`] |
//! | [`Participant`](Update::Participant) | [`ParticipantChange`] |
//! | [`GroupMember`](Update::GroupMember) | [`MemberChange`] |
//! | [`GroupMembers`](Update::GroupMembers) | [`GroupMembers`] |
//! | [`JoinRequest`](Update::JoinRequest) | [`JoinRequest`] |
//! | [`PendingJoinRequests`](Update::PendingJoinRequests) | [`PendingJoinRequests`] |
//! | [`JoinDecision`](Update::JoinDecision) | [`JoinDecision`] |
//! | [`DefaultRights`](Update::DefaultRights) | [`DefaultRightsChange`] |
//! | [`HistoryTtl`](Update::HistoryTtl) | [`TtlChange`] |
//! | [`Wallpaper`](Update::Wallpaper) | [`WallpaperChange`] |
//! | [`ForumView`](Update::ForumView) | [`ForumView`] |
//! | [`HistoryCut`](Update::HistoryCut) | [`HistoryCut`] |
//! | [`TopicsPinned`](Update::TopicsPinned) | [`TopicPins`] |
//! | [`DialogsPinned`](Update::DialogsPinned) | [`DialogPins`] |
//! | [`UnreadMark`](Update::UnreadMark) | [`UnreadMark`] |
//! | [`ChatsArchived`](Update::ChatsArchived) | [`FolderMoves`] |
//! | [`Folders`](Update::Folders) | [`FolderChange`] |
//! | [`NotifySettings`](Update::NotifySettings) | [`NotifyChange`] |
//! | [`Story`](Update::Story) | [`StoryChange`] |
//! | [`StoriesRead`](Update::StoriesRead) | [`StoriesRead`] |
//! | [`StoryReaction`](Update::StoryReaction) | [`StoryReaction`] |
//! | [`StealthMode`](Update::StealthMode) | [`StealthMode`] |
//! | [`CallbackQuery`](Update::CallbackQuery) | [`CallbackQuery`] |
//! | [`InlineQuery`](Update::InlineQuery) | [`InlineQuery`] |
//! | [`InlineSend`](Update::InlineSend) | [`InlineSend`] |
//! | [`ShippingQuery`](Update::ShippingQuery) | [`ShippingQuery`] |
//! | [`PreCheckoutQuery`](Update::PreCheckoutQuery) | [`PreCheckoutQuery`] |
//! | [`BotStopped`](Update::BotStopped) | [`BotStopped`] |
//! | [`ChatBoost`](Update::ChatBoost) | [`ChatBoost`] |
//! | [`BotCommands`](Update::BotCommands) | [`BotCommandsChange`] |
//! | [`MenuButton`](Update::MenuButton) | [`MenuButtonChange`] |
//! | [`ManagedBot`](Update::ManagedBot) | [`ManagedBotChange`] |
//! | [`BotSubscription`](Update::BotSubscription) | [`BotSubscription`] |
//! | [`MiniAppSent`](Update::MiniAppSent) | [`MiniAppSent`] |
//! | [`BotConnection`](Update::BotConnection) | [`BotConnection`] |
//! | [`BusinessConnection`](Update::BusinessConnection) | [`BusinessConnection`] |
//! | [`BusinessDeleted`](Update::BusinessDeleted) | [`BusinessDeletion`] |
//! | [`NewAuthorization`](Update::NewAuthorization) | [`NewAuthorization`] |
//! | [`ServiceNotification`](Update::ServiceNotification) | [`ServiceNotification`] |
//! | [`Privacy`](Update::Privacy) | [`PrivacyChange`] |
//! | [`StarsBalance`](Update::StarsBalance) | [`StarsBalance`] |
//! | [`StarsRevenue`](Update::StarsRevenue) | [`StarsRevenue`] |
//! | [`PhoneCall`](Update::PhoneCall) | [`PhoneCallChange`] |
//! | [`GroupCall`](Update::GroupCall) | [`GroupCallChange`] |
//! | [`GroupCallMembers`](Update::GroupCallMembers) | [`GroupCallMembers`] |
//! | [`Raw`](Update::Raw) | [`OtherUpdate`], all others |
//! | [`Lost`](Update::Lost) | [`Lost`](crate::Lost), which says what does not come |
//!
//! [`Message`]: crate::Message
//! [`ServiceMessage`]: crate::ServiceMessage

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
pub(super) use update::{Place, place_of, typed};
pub use update::{Update, UpdateKind};
pub use user_name::NameChange;
pub use user_phone::PhoneChange;
pub use wallpaper::WallpaperChange;
pub use web_page::WebPageChange;
