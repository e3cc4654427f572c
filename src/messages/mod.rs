//! Messages: writing, sending and answering them.
mod command;
mod deletion;
mod editing;
mod input_message;
mod kept_text;
pub mod keyboard;
mod link_preview;
mod mentions;
mod message;
mod message_fields;
mod once;
mod once_key;
mod once_trace;
mod outgoing;
mod reactions;
mod reply_to;
mod sending;
mod sent;
mod shown;

pub use command::Command;
pub use input_message::InputMessage;
pub use link_preview::LinkPreview;
pub use message::Message;
pub use once_key::OnceKey;
pub use reactions::Reactions;
pub use reply_to::ReplyTo;
