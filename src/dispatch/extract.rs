//! What a handler may be given.
use std::any::{Any, TypeId, type_name};
use std::ops::Deref;
use std::sync::Arc;

use super::argument::Argument;
use super::context::Context;
use super::error::DispatchError;
use crate::client::Client;
use crate::messages::{Message, ServiceMessage};
use crate::updates::update::{
    Album, BlockChange, BotCommandsChange, BotConnection, BotStopped, BotSubscription,
    BusinessConnection, BusinessDeletion, BusinessMessage, CallbackQuery, ChatBoost, ContentsRead,
    DefaultRightsChange, Deletion, DialogPins, DraftChange, EmojiStatusChange, EphemeralDeletion,
    EphemeralMessage, FolderChange, FolderMoves, ForumView, GroupCallChange, GroupCallMembers,
    GroupMembers, GuestQuery, HistoryCut, InlineQuery, InlineSend, JoinDecision, JoinRequest,
    ManagedBotChange, MemberChange, MenuButtonChange, MessageCounts, MiniAppSent, NameChange,
    NewAuthorization, NotifyChange, OtherUpdate, PaidMediaChange, PaidMediaPurchase,
    ParticipantChange, PeerChange, PeerSettingsChange, PendingJoinRequests, PhoneCallChange,
    PhoneChange, Pins, PollChange, PollVote, PreCheckoutQuery, PrivacyChange, ReactionChange,
    ReactionCounts, ReactionsShown, ReadInbox, ReadOutbox, ScheduledDeletion, ServiceNotification,
    ShippingQuery, StarsBalance, StarsRevenue, StatusChange, StealthMode, StoriesRead, StoryChange,
    StoryReaction, TopicPins, Transcription, TtlChange, Typing, UnreadMark, WallpaperChange,
    WebPageChange,
};
use crate::updates::{Lost, Update};

/// Something that a handler may be given: what its parameters are.
///
/// | parameter | what it is |
/// |---|---|
/// | [`Message`], … | what the update brings; it fails where it brings something else |
/// | [`Update`] | the whole update |
/// | [`Client`] | the client that has brought it |
/// | [`With<T>`] | the `T` that [`Dispatcher::with`](crate::Dispatcher::with) was given |
/// | [`Args<T>`] | what stands behind the command |
/// | [`Context`] | all of this |
/// | `Option<P>` | the same, if it is there |
pub trait FromContext: Sized {
    /// Takes it from the update on its way.
    ///
    /// # Errors
    ///
    /// [`DispatchError`] when it is not there: the handler is not called then.
    fn from_context(cx: &Context) -> Result<Self, DispatchError>;

    /// The value that has to be given to the dispatcher for this, which is looked for before it
    /// begins.
    #[must_use]
    fn needs() -> Option<Need> {
        None
    }
}

/// A value that a handler cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    pub(super) id: TypeId,
    pub(super) name: &'static str,
}

impl Need {
    /// One of this type.
    #[must_use]
    pub fn of<T: Any>() -> Self {
        Self {
            id: TypeId::of::<T>(),
            name: type_name::<T>(),
        }
    }
}

/// A value that [`Dispatcher::with`](crate::Dispatcher::with) was given, as a handler's parameter.
#[derive(Debug)]
pub struct With<T>(Arc<T>);

impl<T> Deref for With<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Clone for With<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Any + Send + Sync> FromContext for With<T> {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        let value = cx.value().map(Self);
        value.ok_or(DispatchError::NoValue(type_name::<T>()))
    }

    fn needs() -> Option<Need> {
        Some(Need::of::<T>())
    }
}

/// What stands behind a command, as a handler's parameter.
///
/// It fails when that is something else; [`filters::args`](crate::filters::args) asks before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args<T>(pub T);

impl<T: Argument> FromContext for Args<T> {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        let message = cx.message().ok_or(DispatchError::NotThere("message"))?;
        Ok(Self(T::parse(behind_the_command(message.text()))?))
    }
}

/// What stands behind the first word.
pub(super) fn behind_the_command(text: &str) -> &str {
    let text = text.trim_start();
    text.split_once(char::is_whitespace)
        .map_or("", |(_, rest)| rest)
}

impl FromContext for Context {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        Ok(cx.clone())
    }
}

impl FromContext for Client {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        Ok(cx.client()?)
    }
}

impl FromContext for Update {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        Ok(cx.update().clone())
    }
}

impl<P: FromContext> FromContext for Option<P> {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        Ok(P::from_context(cx).ok())
    }
}

impl FromContext for Message {
    fn from_context(cx: &Context) -> Result<Self, DispatchError> {
        cx.message()
            .cloned()
            .ok_or(DispatchError::NotThere("message"))
    }
}

/// What updates bring, with the variants that bring it.
macro_rules! payloads {
    ($($type:ty: $($variant:ident)|+, $name:literal;)*) => {$(
        impl FromContext for $type {
            fn from_context(cx: &Context) -> Result<Self, DispatchError> {
                match cx.update() {
                    $(Update::$variant(payload))|+ => Ok(payload.clone()),
                    _ => Err(DispatchError::NotThere($name)),
                }
            }
        }
    )*};
}

payloads! {
    ServiceMessage: ServiceMessage | ServiceMessageEdited, "service message";
    Album: Album, "album";
    BusinessMessage: BusinessMessage | BusinessMessageEdited, "business message";
    GuestQuery: GuestQuery, "guest query";
    Deletion: MessagesDeleted, "deletion";
    ScheduledDeletion: ScheduledDeleted, "scheduled deletion";
    Pins: MessagesPinned, "pins";
    ReadInbox: ReadInbox, "read inbox";
    ReadOutbox: ReadOutbox, "read outbox";
    ContentsRead: ContentsRead, "contents read";
    DraftChange: DraftChanged, "draft change";
    MessageCounts: MessageCounts, "message counts";
    ReactionsShown: MessageReactions, "reactions shown";
    ReactionChange: MessageReaction, "reaction change";
    ReactionCounts: ReactionCounts, "reaction counts";
    PollChange: Poll, "poll change";
    PollVote: PollVote, "poll vote";
    WebPageChange: WebPage, "web page change";
    PaidMediaChange: PaidMedia, "paid media change";
    PaidMediaPurchase: PaidMediaPurchase, "paid media purchase";
    Transcription: Transcription, "transcription";
    EphemeralMessage: EphemeralMessage, "ephemeral message";
    EphemeralDeletion: EphemeralDeleted, "ephemeral deletion";
    Typing: Typing, "typing";
    StatusChange: UserStatus, "status change";
    NameChange: UserName, "name change";
    PhoneChange: UserPhone, "phone change";
    EmojiStatusChange: UserEmojiStatus, "emoji status change";
    PeerChange: PeerChanged, "peer change";
    BlockChange: PeerBlocked, "block change";
    PeerSettingsChange: PeerSettings, "peer settings change";
    ParticipantChange: Participant, "participant change";
    MemberChange: GroupMember, "member change";
    GroupMembers: GroupMembers, "group members";
    JoinRequest: JoinRequest, "join request";
    PendingJoinRequests: PendingJoinRequests, "pending join requests";
    JoinDecision: JoinDecision, "join decision";
    DefaultRightsChange: DefaultRights, "default rights change";
    TtlChange: HistoryTtl, "ttl change";
    WallpaperChange: Wallpaper, "wallpaper change";
    ForumView: ForumView, "forum view";
    HistoryCut: HistoryCut, "history cut";
    TopicPins: TopicsPinned, "topic pins";
    DialogPins: DialogsPinned, "dialog pins";
    UnreadMark: UnreadMark, "unread mark";
    FolderMoves: ChatsArchived, "folder moves";
    FolderChange: Folders, "folder change";
    NotifyChange: NotifySettings, "notify change";
    StoryChange: Story, "story change";
    StoriesRead: StoriesRead, "stories read";
    StoryReaction: StoryReaction, "story reaction";
    StealthMode: StealthMode, "stealth mode";
    CallbackQuery: CallbackQuery, "callback query";
    InlineQuery: InlineQuery, "inline query";
    InlineSend: InlineSend, "inline send";
    ShippingQuery: ShippingQuery, "shipping query";
    PreCheckoutQuery: PreCheckoutQuery, "pre checkout query";
    BotStopped: BotStopped, "bot stopped";
    ChatBoost: ChatBoost, "chat boost";
    BotCommandsChange: BotCommands, "bot commands change";
    MenuButtonChange: MenuButton, "menu button change";
    ManagedBotChange: ManagedBot, "managed bot change";
    BotSubscription: BotSubscription, "bot subscription";
    MiniAppSent: MiniAppSent, "mini app sent";
    BotConnection: BotConnection, "bot connection";
    BusinessConnection: BusinessConnection, "business connection";
    BusinessDeletion: BusinessDeleted, "business deletion";
    NewAuthorization: NewAuthorization, "new authorization";
    ServiceNotification: ServiceNotification, "service notification";
    PrivacyChange: Privacy, "privacy change";
    StarsBalance: StarsBalance, "stars balance";
    StarsRevenue: StarsRevenue, "stars revenue";
    PhoneCallChange: PhoneCall, "phone call change";
    GroupCallChange: GroupCall, "group call change";
    GroupCallMembers: GroupCallMembers, "group call members";
    OtherUpdate: Raw, "raw update";
    Lost: Lost, "loss";
}
