//! Messages: writing, sending and answering them.
mod input_message;
mod kept_text;
pub mod keyboard;
mod link_preview;
mod mentions;
mod message;
mod outgoing;
mod reply_to;
mod sending;
mod sent;

pub use input_message::InputMessage;
pub use link_preview::LinkPreview;
pub use message::Message;
pub use reply_to::ReplyTo;
