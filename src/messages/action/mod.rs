//! What has happened to a chat, as service messages tell it.
mod action;
mod bots;
mod calls;
mod chats;
mod gifts;
mod members;
mod payments;
mod posts;
mod settings;
mod topics;

pub use action::MessageAction;
pub use bots::{BotAllowed, GameScore, MiniAppData, RequestedPeers};
pub use calls::{ConferenceCall, GroupCall, GroupCallState, PhoneCall};
pub use chats::{Created, MigratedFrom, OwnerChange, Proximity};
pub use gifts::{GiftCode, GiftOffer, Giveaway, GivenMoney, Prize};
pub use members::{Joined, JoinedHow, Left};
pub use payments::{Charge, Payment, Refund};
pub use posts::{SuggestedPost, SuggestedPostState, TodoMarks};
pub use settings::{ForwardingChange, PaidMessages, TtlChange, WallpaperChange};
pub use topics::{TopicCreated, TopicEdited};
