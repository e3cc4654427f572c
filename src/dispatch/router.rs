//! Handlers, in the order in which they are asked.
use std::fmt;

use super::extract::Need;
use super::filter::Filter;
use super::handler::{Handler, erased};
use super::route::Route;
use crate::updates::UpdateKind;

/// Handlers, in the order in which they are asked: a part of a program, put together elsewhere.
///
/// The first handler that matches has the update, and no other after it, unless it gives back
/// [`Flow::Continue`](crate::Flow::Continue). Handlers of a router that is included stand where it
/// is included.
///
/// ```
/// use ferogram_sync::filters::{all, command, from_user};
/// use ferogram_sync::{Dispatcher, Message, Result, Router};
///
/// fn admin() -> Router {
///     Router::new()
///         .scope(from_user(777_000))
///         .on_message(command("stop"), |message: Message| message.reply("Stopped."))
///         .on_message(command("log"), |message: Message| message.reply("Nothing."))
/// }
///
/// let _dispatcher = Dispatcher::new()
///     .include(admin())
///     .on_message(all(), |message: Message| message.reply("Only for admins."));
/// ```
#[derive(Clone, Default)]
#[must_use = "its handlers are called when it is included"]
pub struct Router {
    routes: Vec<Route>,
    scope: Option<Filter>,
    needs: Vec<Need>,
}

/// The methods that register a handler, of routers and dispatchers alike.
macro_rules! registering {
    ($($method:ident: $kind:ident;)*) => {
        $(
            #[doc = concat!("Calls the handler with each `", stringify!($kind), "`")]
            /// that the filter lets through: [`UpdateKind`] says what it is.
            pub fn $method<P>(self, filter: Filter, handler: impl Handler<P>) -> Self {
                self.on(Some(UpdateKind::$kind), Some(filter), handler)
            }
        )*

        /// Calls the handler with updates of whatever kind that the filter lets through.
        pub fn on_any<P>(self, filter: Filter, handler: impl Handler<P>) -> Self {
            self.on(None, Some(filter), handler)
        }

        /// Calls the handler with each [`Lost`](crate::Lost): updates that will never come. Without
        /// one, a warning is logged.
        pub fn on_lost<P>(self, handler: impl Handler<P>) -> Self {
            self.on(Some(UpdateKind::Lost), None, handler)
        }
    };
}

/// All kinds that have a method of their own.
macro_rules! kinds {
    () => {
        registering! {
            on_message: NewMessage;
            on_edit: MessageEdited;
            on_service_message: ServiceMessage;
            on_service_message_edited: ServiceMessageEdited;
            on_album: Album;
            on_scheduled_message: ScheduledMessage;
            on_business_message: BusinessMessage;
            on_business_message_edited: BusinessMessageEdited;
            on_guest_query: GuestQuery;
            on_deleted: MessagesDeleted;
            on_scheduled_deleted: ScheduledDeleted;
            on_messages_pinned: MessagesPinned;
            on_read_inbox: ReadInbox;
            on_read_outbox: ReadOutbox;
            on_contents_read: ContentsRead;
            on_draft_changed: DraftChanged;
            on_message_counts: MessageCounts;
            on_message_reactions: MessageReactions;
            on_message_reaction: MessageReaction;
            on_reaction_counts: ReactionCounts;
            on_poll: Poll;
            on_poll_vote: PollVote;
            on_web_page: WebPage;
            on_paid_media: PaidMedia;
            on_paid_media_purchase: PaidMediaPurchase;
            on_transcription: Transcription;
            on_ephemeral_message: EphemeralMessage;
            on_ephemeral_deleted: EphemeralDeleted;
            on_typing: Typing;
            on_user_status: UserStatus;
            on_user_name: UserName;
            on_user_phone: UserPhone;
            on_user_emoji_status: UserEmojiStatus;
            on_peer_changed: PeerChanged;
            on_peer_blocked: PeerBlocked;
            on_peer_settings: PeerSettings;
            on_participant: Participant;
            on_group_member: GroupMember;
            on_group_members: GroupMembers;
            on_join_request: JoinRequest;
            on_pending_join_requests: PendingJoinRequests;
            on_join_decision: JoinDecision;
            on_default_rights: DefaultRights;
            on_history_ttl: HistoryTtl;
            on_wallpaper: Wallpaper;
            on_forum_view: ForumView;
            on_history_cut: HistoryCut;
            on_topics_pinned: TopicsPinned;
            on_dialogs_pinned: DialogsPinned;
            on_unread_mark: UnreadMark;
            on_chats_archived: ChatsArchived;
            on_folders: Folders;
            on_notify_settings: NotifySettings;
            on_story: Story;
            on_stories_read: StoriesRead;
            on_story_reaction: StoryReaction;
            on_stealth_mode: StealthMode;
            on_callback_query: CallbackQuery;
            on_inline_query: InlineQuery;
            on_inline_send: InlineSend;
            on_shipping_query: ShippingQuery;
            on_pre_checkout_query: PreCheckoutQuery;
            on_bot_stopped: BotStopped;
            on_chat_boost: ChatBoost;
            on_bot_commands: BotCommands;
            on_menu_button: MenuButton;
            on_managed_bot: ManagedBot;
            on_bot_subscription: BotSubscription;
            on_mini_app_sent: MiniAppSent;
            on_bot_connection: BotConnection;
            on_business_connection: BusinessConnection;
            on_business_deleted: BusinessDeleted;
            on_new_authorization: NewAuthorization;
            on_service_notification: ServiceNotification;
            on_privacy: Privacy;
            on_stars_balance: StarsBalance;
            on_stars_revenue: StarsRevenue;
            on_phone_call: PhoneCall;
            on_group_call: GroupCall;
            on_group_call_members: GroupCallMembers;
            on_raw: Raw;
        }
    };
}

pub(super) use {kinds, registering};

impl Router {
    /// One without handlers.
    pub fn new() -> Self {
        Self::default()
    }

    /// All handlers of this router, and of those that it includes, are only for what the filter
    /// lets through. Several scopes narrow each other.
    pub fn scope(mut self, filter: Filter) -> Self {
        self.scope = Some(match self.scope {
            Some(scope) => scope & filter,
            None => filter,
        });
        self
    }

    /// Puts all handlers of another router here.
    pub fn include(mut self, router: Self) -> Self {
        self.needs.extend_from_slice(&router.needs);
        self.routes.extend(router.into_routes());
        self
    }

    kinds!();

    pub(super) fn on<P, H: Handler<P>>(
        mut self,
        kind: Option<UpdateKind>,
        filter: Option<Filter>,
        handler: H,
    ) -> Self {
        self.needs.extend(H::needs());
        self.routes.push(Route {
            kind,
            filter,
            call: erased(handler),
        });
        self
    }

    pub(super) fn needs(&self) -> &[Need] {
        &self.needs
    }

    pub(super) fn into_routes(self) -> Vec<Route> {
        let scope = self.scope;
        let routes = self.routes.into_iter();
        routes.map(|route| route.within(scope.as_ref())).collect()
    }
}

impl fmt::Debug for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router")
            .field("handlers", &self.routes.len())
            .finish_non_exhaustive()
    }
}
