//! What bots answer.
mod button_answer;

pub use button_answer::ButtonAnswer;
