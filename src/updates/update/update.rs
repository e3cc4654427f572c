//! What the server tells unasked.
use super::album::Album;
use super::bot_commands::BotCommandsChange;
use super::bot_connection::BotConnection;
use super::bot_stopped::BotStopped;
use super::bot_subscription::BotSubscription;
use super::business_connection::BusinessConnection;
use super::business_deletion::BusinessDeletion;
use super::business_message::BusinessMessage;
use super::callback_query::CallbackQuery;
use super::chat_boost::ChatBoost;
use super::contents_read::ContentsRead;
use super::default_rights::DefaultRightsChange;
use super::deletion::Deletion;
use super::dialog_pins::DialogPins;
use super::draft::DraftChange;
use super::emoji_status::EmojiStatusChange;
use super::ephemeral_deletion::EphemeralDeletion;
use super::ephemeral_message::EphemeralMessage;
use super::extended_media::PaidMediaChange;
use super::folder_change::FolderChange;
use super::folder_moves::FolderMoves;
use super::forum_view::ForumView;
use super::group_call::GroupCallChange;
use super::group_call_members::GroupCallMembers;
use super::group_member::MemberChange;
use super::group_members::GroupMembers;
use super::guest_query::GuestQuery;
use super::history_cut::HistoryCut;
use super::history_ttl::TtlChange;
use super::inline_query::InlineQuery;
use super::inline_send::InlineSend;
use super::join_decision::JoinDecision;
use super::join_request::JoinRequest;
use super::managed_bot::ManagedBotChange;
use super::menu_button::MenuButtonChange;
use super::message_counts::MessageCounts;
use super::message_reaction::ReactionChange;
use super::message_reactions::ReactionsShown;
use super::mini_app_sent::MiniAppSent;
use super::new_authorization::NewAuthorization;
use super::notify_settings::NotifyChange;
use super::other_update::OtherUpdate;
use super::paid_media_purchase::PaidMediaPurchase;
use super::participant::ParticipantChange;
use super::peer_blocked::BlockChange;
use super::peer_change::PeerChange;
use super::peer_settings::PeerSettingsChange;
use super::pending_join_requests::PendingJoinRequests;
use super::phone_call::PhoneCallChange;
use super::pins::Pins;
use super::places::{chat_of, is_in_album};
use super::poll::PollChange;
use super::poll_vote::PollVote;
use super::pre_checkout_query::PreCheckoutQuery;
use super::privacy::PrivacyChange;
use super::reaction_counts::ReactionCounts;
use super::read_inbox::ReadInbox;
use super::read_outbox::ReadOutbox;
use super::scheduled_deletion::ScheduledDeletion;
use super::service_notification::ServiceNotification;
use super::shipping_query::ShippingQuery;
use super::source::{Located, Source};
use super::stars_balance::StarsBalance;
use super::stars_revenue::StarsRevenue;
use super::status::StatusChange;
use super::stealth_mode::StealthMode;
use super::stories_read::StoriesRead;
use super::story::StoryChange;
use super::story_reaction::StoryReaction;
use super::table::updates;
use super::topic_pins::TopicPins;
use super::transcription::Transcription;
use super::typing::Typing;
use super::unread_mark::UnreadMark;
use super::user_name::NameChange;
use super::user_phone::PhoneChange;
use super::wallpaper::WallpaperChange;
use super::web_page::WebPageChange;
use crate::client::{Client, WeakClient};
use crate::messages::{Message, ServiceMessage};
use crate::peers::{PeerMap, marked_id};
use crate::tl::enums::{self, Message as Raw};
use crate::tl::types;
use crate::updates::Lost;

updates! {
    /// A message was received, or sent from another device.
    NewMessage(Message);
    /// A message was edited.
    MessageEdited(Message);
    /// Something has happened to a chat, and the chat's history tells it: somebody has joined, the
    /// title was changed, and so on.
    ServiceMessage(ServiceMessage);
    /// What a chat's history tells of what has happened to it was changed, as of a call that is
    /// over.
    ServiceMessageEdited(ServiceMessage);
    /// The messages of an album, together, where
    /// [`Subscription::albums`](crate::Subscription::albums) asks for that.
    Album(Album);
    /// A message was scheduled, or a scheduled one edited, on another device.
    ScheduledMessage(Message);
    /// A message has come to a business that the bot is connected to, or was sent by it.
    BusinessMessage(BusinessMessage);
    /// A message of a business that the bot is connected to was edited.
    BusinessMessageEdited(BusinessMessage);
    /// Somebody mentions the bot in a chat that it is not in, and waits for its answer.
    GuestQuery(GuestQuery);
    /// Messages were deleted.
    MessagesDeleted(Deletion) of DeleteMessages DeleteChannelMessages;
    /// Scheduled messages were deleted, or sent because their time has come.
    ScheduledDeleted(ScheduledDeletion) = DeleteScheduledMessages;
    /// Messages were pinned, or are no longer.
    MessagesPinned(Pins) of PinnedMessages PinnedChannelMessages;
    /// This account has read what others wrote, on this or another device.
    ReadInbox(ReadInbox) of
        ReadHistoryInbox ReadChannelInbox ReadChannelDiscussionInbox ReadMonoForumInbox;
    /// Others have read what this account wrote.
    ReadOutbox(ReadOutbox) of
        ReadHistoryOutbox ReadChannelOutbox ReadChannelDiscussionOutbox ReadMonoForumOutbox;
    /// What is in messages was heard or seen: voices, round videos, mentions, media that
    /// delete themselves.
    ContentsRead(ContentsRead) of ReadMessagesContents ChannelReadMessagesContents;
    /// What is written and not yet sent has changed, on another device.
    DraftChanged(DraftChange) = DraftMessage;
    /// How often a post was seen or forwarded has changed.
    MessageCounts(MessageCounts) of ChannelMessageViews ChannelMessageForwards;
    /// The reactions to a message have changed, as users are told.
    MessageReactions(ReactionsShown) = MessageReactions;
    /// Somebody reacts otherwise to a message than before, as bots are told that are
    /// administrators.
    MessageReaction(ReactionChange) = BotMessageReaction;
    /// How many reactions a message has, where it is not told whose they are, as bots are
    /// told that are administrators.
    ReactionCounts(ReactionCounts) = BotMessageReactions;
    /// A poll has changed: how it stands, or what this account knows of it.
    Poll(PollChange) = MessagePoll;
    /// Somebody has voted in a poll that is not anonymous, as the bot is told that has made
    /// it.
    PollVote(PollVote) = MessagePollVote;
    /// The preview of a link, which the server was making, is ready or has changed.
    WebPage(WebPageChange) of WebPage ChannelWebPage;
    /// Media that had to be paid for are shown, or their preview has changed.
    PaidMedia(PaidMediaChange) = MessageExtendedMedia;
    /// A user has bought media that the bot sells.
    PaidMediaPurchase(PaidMediaPurchase) = BotPurchasedPaidMedia;
    /// What was spoken in a voice or video message, as text.
    Transcription(Transcription) = TranscribedAudio;
    /// A message that only its receiver sees, and that no history has, has come or was
    /// changed.
    EphemeralMessage(EphemeralMessage) of NewEphemeralMessage EditEphemeralMessage;
    /// Messages that only their receiver sees were deleted.
    EphemeralDeleted(EphemeralDeletion) = DeleteEphemeralMessages;
    /// Somebody writes, or does something else that others are shown for six seconds.
    Typing(Typing) of UserTyping ChatUserTyping ChannelUserTyping;
    /// A user has come online, has gone, or was seen another time.
    UserStatus(StatusChange) = UserStatus;
    /// A user has another name.
    UserName(NameChange) = UserName;
    /// A user has another phone number.
    UserPhone(PhoneChange) = UserPhone;
    /// A user has another emoji beside the name.
    UserEmojiStatus(EmojiStatusChange) = UserEmojiStatus;
    /// Something about a user, group or channel has changed: what, has to be looked at. If
    /// it came with the update, it is as it is now.
    PeerChanged(PeerChange) of User Chat Channel;
    /// This account has blocked somebody, or does so no longer, on another device.
    PeerBlocked(BlockChange) = PeerBlocked;
    /// What can be done about a chat has changed: to report, add or block who is in it, and
    /// so on.
    PeerSettings(PeerSettingsChange) = PeerSettings;
    /// What somebody is in a group or channel has changed: they have joined, left, were
    /// promoted, restricted or banned. Bots are told it, and of channels only as
    /// administrators.
    Participant(ParticipantChange) of ChatParticipant ChannelParticipant;
    /// A member has come into a small group, has gone, or is something else in it, as users
    /// are told.
    GroupMember(MemberChange) of
        ChatParticipantAdd ChatParticipantDelete ChatParticipantAdmin ChatParticipantRank;
    /// Who is in a small group, as the server tells it anew.
    GroupMembers(GroupMembers) = ChatParticipants;
    /// Somebody asks to be let into a group or channel, as bots are told that may let
    /// people in.
    JoinRequest(JoinRequest) = BotChatInviteRequester;
    /// How many ask to be let into a group or channel, as administrators are told.
    PendingJoinRequests(PendingJoinRequests) = PendingJoinRequests;
    /// What the bot that guards a group or channel has decided of this account, which asked
    /// to be let in.
    JoinDecision(JoinDecision) = JoinChatWebViewDecision;
    /// What members of a group may do unless told otherwise has changed.
    DefaultRights(DefaultRightsChange) = ChatDefaultBannedRights;
    /// After how long messages of a chat delete themselves has changed.
    HistoryTtl(TtlChange) = PeerHistoryTtl;
    /// A chat looks otherwise.
    Wallpaper(WallpaperChange) = PeerWallpaper;
    /// Whether this account looks at a forum as at one chat has changed, on another device.
    ForumView(ForumView) = ChannelViewForumAsMessages;
    /// The beginning of a supergroup's history is gone: this account has deleted it, or may
    /// not see it.
    HistoryCut(HistoryCut) = ChannelAvailableMessages;
    /// Topics of a forum were pinned, are no longer, or stand in another order.
    TopicsPinned(TopicPins) of PinnedForumTopic PinnedForumTopics;
    /// Chats of the list were pinned, are no longer, or stand in another order, on another
    /// device.
    DialogsPinned(DialogPins) of DialogPinned PinnedDialogs SavedDialogPinned PinnedSavedDialogs;
    /// A chat was marked as unread, or is no longer, on another device.
    UnreadMark(UnreadMark) = DialogUnreadMark;
    /// Chats were moved into the archive, or out of it.
    ChatsArchived(FolderMoves) = FolderPeers;
    /// The folders of chats have changed, on another device.
    Folders(FolderChange) of DialogFilter DialogFilterOrder DialogFilters;
    /// What this account is to be alerted of has changed, on another device.
    NotifySettings(NotifyChange) = NotifySettings;
    /// A story was posted, changed or deleted.
    Story(StoryChange) = Story;
    /// This account has seen stories, on another device.
    StoriesRead(StoriesRead) = ReadStories;
    /// Somebody has reacted to a story of this account, or this account to another's, on
    /// another device.
    StoryReaction(StoryReaction) of NewStoryReaction SentStoryReaction;
    /// Whether this account looks at stories unseen has changed.
    StealthMode(StealthMode) = StoriesStealthMode;
    /// A button below a message of the bot was pressed.
    CallbackQuery(CallbackQuery) of
        BotCallbackQuery InlineBotCallbackQuery BusinessBotCallbackQuery
        EphemeralBotCallbackQuery;
    /// Somebody writes to the bot from any chat, and waits for results to choose from.
    InlineQuery(InlineQuery) = BotInlineQuery;
    /// Somebody has chosen one of the results that the bot has answered an inline query
    /// with. Bots are told if they have asked for it.
    InlineSend(InlineSend) = BotInlineSend;
    /// Somebody who wants to buy has said where it is to be sent: the bot answers what that
    /// costs.
    ShippingQuery(ShippingQuery) = BotShippingQuery;
    /// Somebody wants to pay: the bot has ten seconds to say that it can deliver.
    PreCheckoutQuery(PreCheckoutQuery) = BotPrecheckoutQuery;
    /// A user has blocked the bot, or does so no longer.
    BotStopped(BotStopped) = BotStopped;
    /// A group or channel was boosted, as bots are told that are administrators.
    ChatBoost(ChatBoost) = BotChatBoost;
    /// What commands a bot knows in a chat has changed.
    BotCommands(BotCommandsChange) = BotCommands;
    /// The button beside the field in which one writes to a bot has changed.
    MenuButton(MenuButtonChange) = BotMenuButton;
    /// Somebody has made a bot that this bot manages, or has changed it.
    ManagedBot(ManagedBotChange) = ManagedBot;
    /// A subscription that somebody pays the bot for in stars was cancelled or taken up
    /// again, or could not be paid.
    BotSubscription(BotSubscription) = BotStarsSubscription;
    /// A message was sent by a mini app that this account has open, which can be closed.
    MiniAppSent(MiniAppSent) = WebViewResultSent;
    /// A bot was connected to this account, as connected devices are told.
    BotConnection(BotConnection) = NewBotConnection;
    /// A business has connected the bot to its account, has changed what the bot may do, or
    /// has ended it.
    BusinessConnection(BusinessConnection) = BotBusinessConnect;
    /// Messages of a business that the bot is connected to were deleted.
    BusinessDeleted(BusinessDeletion) = BotDeleteBusinessMessage;
    /// Somebody has signed in as this account, on another device.
    NewAuthorization(NewAuthorization) = NewAuthorization;
    /// The server has something to say to whoever uses this account.
    ServiceNotification(ServiceNotification) = ServiceNotification;
    /// Who may see or do something has changed, on another device.
    Privacy(PrivacyChange) = Privacy;
    /// How many stars this account has, or how much of TON.
    StarsBalance(StarsBalance) = StarsBalance;
    /// What a bot or channel has earned has changed.
    StarsRevenue(StarsRevenue) = StarsRevenueStatus;
    /// Somebody calls, or something has happened to a call.
    PhoneCall(PhoneCallChange) = PhoneCall;
    /// A call of a group or channel has begun, has ended, or has changed.
    GroupCall(GroupCallChange) = GroupCall;
    /// Who takes part in a call of a group has changed.
    GroupCallMembers(GroupCallMembers) = GroupCallParticipants;
}

/// Of which kind an update is, and where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::updates) struct Place {
    pub(in crate::updates) kind: UpdateKind,
    pub(in crate::updates) chat_id: Option<i64>,
    pub(in crate::updates) is_in_album: bool,
}

impl Update {
    /// The update of the schema as what it is here, with the users and chats that came with it. So
    /// what handles updates can be tried without a server.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, UpdateKind, tl::types};
    ///
    /// let raw = types::UpdateUserStatus { user_id: 7, ..Default::default() };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// assert_eq!(update.kind(), UpdateKind::UserStatus);
    /// assert_eq!((update.chat_id(), update.sender_id()), (None, Some(7)));
    /// ```
    #[must_use]
    pub fn from_raw(client: &Client, raw: enums::Update, peers: PeerMap) -> Self {
        typed(raw, &peers, &client.weak())
    }

    /// The id of the chat that it happened in, as the Bot API writes it. Many happen in none, and
    /// deletions in private chats and small groups do not tell in which.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        let peer = self.located()?.chat_peer()?;
        Some(marked_id(&peer))
    }

    /// The id of who has done it or whom it is about, as the Bot API writes it: a user, or a group
    /// or channel that somebody speaks for.
    #[must_use]
    pub fn sender_id(&self) -> Option<i64> {
        let peer = self.located()?.sender_peer()?;
        Some(marked_id(&peer))
    }

    /// Of which kind it is, and where it belongs.
    pub(in crate::updates) fn place(&self) -> Place {
        let is_in_album = match self {
            Self::NewMessage(message) => message.album_id().is_some(),
            _ => false,
        };
        Place {
            kind: self.kind(),
            chat_id: self.chat_id(),
            is_in_album,
        }
    }

    /// The users and chats that came with it.
    #[must_use]
    pub fn peers(&self) -> Option<&PeerMap> {
        self.located().map(Located::peer_map)
    }
}

/// Of which kind an update of the schema will be, and where it belongs.
pub(in crate::updates) fn place_of(update: &enums::Update) -> Place {
    Place {
        kind: kind_of(update),
        chat_id: chat_of(update).as_ref().map(marked_id),
        is_in_album: is_in_album(update),
    }
}

/// The update of the schema as what it is here.
pub(in crate::updates) fn typed(
    update: enums::Update,
    peers: &PeerMap,
    client: &WeakClient,
) -> Update {
    use enums::Update as It;
    let source = Source::new(&update, peers.clone(), client.clone());
    match update {
        It::NewMessage(types::UpdateNewMessage {
            message: Raw::Message(it),
            ..
        })
        | It::NewChannelMessage(types::UpdateNewChannelMessage {
            message: Raw::Message(it),
            ..
        }) => Update::NewMessage(source.message(*it)),
        It::NewMessage(types::UpdateNewMessage {
            message: Raw::Service(it),
            ..
        })
        | It::NewChannelMessage(types::UpdateNewChannelMessage {
            message: Raw::Service(it),
            ..
        }) => Update::ServiceMessage(source.service_message(*it)),
        It::EditMessage(types::UpdateEditMessage {
            message: Raw::Message(it),
            ..
        })
        | It::EditChannelMessage(types::UpdateEditChannelMessage {
            message: Raw::Message(it),
            ..
        }) => Update::MessageEdited(source.message(*it)),
        It::EditMessage(types::UpdateEditMessage {
            message: Raw::Service(it),
            ..
        })
        | It::EditChannelMessage(types::UpdateEditChannelMessage {
            message: Raw::Service(it),
            ..
        }) => Update::ServiceMessageEdited(source.service_message(*it)),
        It::NewScheduledMessage(types::UpdateNewScheduledMessage {
            message: Raw::Message(it),
        }) => Update::ScheduledMessage(source.message(*it).waiting()),
        It::BotNewBusinessMessage(it) => match BusinessMessage::new(*it, source) {
            Ok(it) => Update::BusinessMessage(it),
            Err(it) => Update::Raw(*it),
        },
        It::BotEditBusinessMessage(it) => match BusinessMessage::edited(*it, source) {
            Ok(it) => Update::BusinessMessageEdited(it),
            Err(it) => Update::Raw(*it),
        },
        It::BotGuestChatQuery(it) => match GuestQuery::new(*it, source) {
            Ok(it) => Update::GuestQuery(it),
            Err(it) => Update::Raw(*it),
        },
        other => of_the_rest(other, source),
    }
}

/// Which kind an update becomes that brings a message.
fn kind_of_message(update: &enums::Update) -> Option<UpdateKind> {
    use enums::Update as It;
    let (message, whole, notice) = match update {
        It::NewMessage(it) => (
            &it.message,
            UpdateKind::NewMessage,
            UpdateKind::ServiceMessage,
        ),
        It::NewChannelMessage(it) => (
            &it.message,
            UpdateKind::NewMessage,
            UpdateKind::ServiceMessage,
        ),
        It::EditMessage(it) => (
            &it.message,
            UpdateKind::MessageEdited,
            UpdateKind::ServiceMessageEdited,
        ),
        It::EditChannelMessage(it) => (
            &it.message,
            UpdateKind::MessageEdited,
            UpdateKind::ServiceMessageEdited,
        ),
        It::NewScheduledMessage(it) => (&it.message, UpdateKind::ScheduledMessage, UpdateKind::Raw),
        It::BotNewBusinessMessage(it) => {
            (&it.message, UpdateKind::BusinessMessage, UpdateKind::Raw)
        }
        It::BotEditBusinessMessage(it) => (
            &it.message,
            UpdateKind::BusinessMessageEdited,
            UpdateKind::Raw,
        ),
        It::BotGuestChatQuery(it) => (&it.message, UpdateKind::GuestQuery, UpdateKind::Raw),
        _ => return None,
    };
    Some(match message {
        Raw::Message(_) => whole,
        Raw::Service(_) => notice,
        _ => UpdateKind::Raw,
    })
}
