//! What was done in a channel or supergroup, as its administrators can look it up.
use super::banned_rights::BannedRights;
use super::invite_link::InviteLink;
use super::participant::Participant;
use super::topic::ForumTopic;
use crate::media::Photo;
use crate::messages::HistoryEntry;
use crate::tl::enums;

/// How something was, and how it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// How it was.
    pub old: T,
    /// How it is now.
    pub new: T,
}

/// What was done in a channel or supergroup, as its administrators can look it up.
///
/// See <https://core.telegram.org/type/ChannelAdminLogEventAction>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AdminAction {
    /// It was given another title.
    Title(Change<String>),
    /// It is about something else.
    About(Change<String>),
    /// It was given another public name; an empty one is none.
    Username(Change<String>),
    /// It was given other public names, or in another order.
    Usernames(Change<Vec<String>>),
    /// It was given another photo.
    Photo(Change<Option<Photo>>),
    /// It was given another colour.
    Color(Change<enums::PeerColor>),
    /// Its profile was given another colour.
    ProfileColor(Change<enums::PeerColor>),
    /// It was given another wallpaper.
    Wallpaper(Box<Change<enums::WallPaper>>),
    /// It was given another emoji beside its title.
    EmojiStatus(Change<enums::EmojiStatus>),
    /// It was given another set of stickers.
    StickerSet(Change<enums::InputStickerSet>),
    /// It was given another set of emoji.
    EmojiSet(Change<enums::InputStickerSet>),
    /// It is somewhere else.
    Location(Change<enums::ChannelLocation>),
    /// It was linked with another chat: the group for comments, or the channel that it is for.
    LinkedChat(Change<Option<i64>>),
    /// Whether every member may take others in was changed.
    Invites(bool),
    /// Whether posts bear the names of their authors was changed.
    Signatures(bool),
    /// Whether posts are their authors' was changed.
    SignatureProfiles(bool),
    /// Whether newcomers do not see what was written before was changed.
    HiddenHistory(bool),
    /// Whether its messages may be neither forwarded nor saved was changed.
    NoForwards(bool),
    /// Whether it is searched for spam was changed.
    AntiSpam(bool),
    /// Whether posts are translated by themselves was changed.
    AutoTranslation(bool),
    /// Whether it has topics was changed.
    Forum(bool),
    /// Members may write once in so many seconds.
    SlowMode(Change<i32>),
    /// Messages delete themselves after so many seconds.
    Ttl(Change<i32>),
    /// Members may react otherwise.
    Reactions(Change<enums::ChatReactions>),
    /// Members may do other things.
    DefaultRights(Box<Change<BannedRights>>),
    /// A message was pinned.
    Pinned(HistoryEntry),
    /// A message is pinned no more; the server does not always say which.
    Unpinned(Option<HistoryEntry>),
    /// A message was changed.
    MessageEdited(Box<Change<HistoryEntry>>),
    /// A message was deleted.
    MessageDeleted(HistoryEntry),
    /// A message was written, in a channel.
    MessageSent(HistoryEntry),
    /// A poll was closed.
    PollClosed(HistoryEntry),
    /// Somebody has joined.
    Joined,
    /// Somebody has joined by a link.
    JoinedByLink {
        /// Which.
        link: Option<InviteLink>,
        /// Whether that was one to a folder.
        via_folder: bool,
    },
    /// Somebody was let in who had asked.
    JoinedByRequest {
        /// By which link; by none in a public chat.
        link: Option<InviteLink>,
        /// Who has let them in.
        approved_by: i64,
    },
    /// Somebody has left.
    Left,
    /// Somebody was taken in.
    Invited(Box<Participant>),
    /// Somebody was restricted, put out or let in again.
    Banned(Box<Change<Participant>>),
    /// Somebody was made an administrator, or is none any more, or may do other things.
    Admin(Box<Change<Participant>>),
    /// Somebody's subscription goes on.
    SubscriptionExtended(Box<Change<Participant>>),
    /// Something else stands beside somebody's name.
    Rank {
        /// Whose.
        user_id: i64,
        /// What it was, and what it is.
        rank: Change<String>,
    },
    /// An invite link was deleted.
    LinkDeleted(InviteLink),
    /// An invite link was revoked.
    LinkRevoked(InviteLink),
    /// An invite link was changed.
    LinkEdited(Box<Change<InviteLink>>),
    /// A topic was made.
    TopicCreated(Box<ForumTopic>),
    /// A topic was changed.
    TopicEdited(Box<Change<ForumTopic>>),
    /// A topic was deleted.
    TopicDeleted(Box<ForumTopic>),
    /// Another topic stands at the head, or none.
    TopicPinned(Box<Change<Option<ForumTopic>>>),
    /// A call was begun.
    CallStarted(enums::InputGroupCall),
    /// A call was ended.
    CallEnded(enums::InputGroupCall),
    /// Somebody was silenced in a call.
    CallMuted(Box<enums::GroupCallParticipant>),
    /// Somebody may speak in a call again.
    CallUnmuted(Box<enums::GroupCallParticipant>),
    /// Somebody is heard louder or more quietly in a call.
    CallVolume(Box<enums::GroupCallParticipant>),
    /// Whether newcomers to a call are silent was changed.
    CallJoinMuted(bool),
    /// Something that this library does not know yet, or that the server did not show whole.
    Raw(Box<enums::ChannelAdminLogEventAction>),
}
