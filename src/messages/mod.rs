//! Messages: writing, sending and answering them.
pub mod action;
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
mod outgoing;
mod reactions;
mod reply_to;
mod sending;
mod sent;
mod sent_by;
mod service_message;

pub use command::Command;
pub use input_message::InputMessage;
pub use link_preview::LinkPreview;
pub use message::Message;
pub use reactions::Reactions;
pub use reply_to::ReplyTo;
pub(crate) use sent_by::sent_by;
pub use service_message::ServiceMessage;
