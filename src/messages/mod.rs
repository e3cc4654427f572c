//! Messages: writing, sending and answering them.
mod input_message;
mod kept_text;
mod message;
mod sending;

pub use input_message::InputMessage;
pub use message::Message;
