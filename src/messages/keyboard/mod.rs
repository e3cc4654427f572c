//! Keyboards: the buttons below a message, and those in the place of the receiver's letters.
mod button;
mod force_reply;
mod found_button;
mod inline_keyboard;
mod look;
mod markup;
mod peer_request;
mod reply_button;
mod reply_keyboard;

pub use button::Button;
pub use force_reply::{ForceReply, RemoveKeyboard};
pub(crate) use found_button::buttons;
pub use found_button::{ButtonAction, ButtonFilter, FoundButton};
pub use inline_keyboard::InlineKeyboard;
pub use look::ButtonStyle;
pub use markup::Markup;
pub use peer_request::PeerRequest;
pub use reply_button::ReplyButton;
pub use reply_keyboard::ReplyKeyboard;
