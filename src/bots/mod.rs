//! What bots answer, and what they are asked for.
mod button_answer;
mod inline_answer;
mod inline_result;
mod inline_results;
mod input_inline_result;
mod prepared_inline;

pub use button_answer::ButtonAnswer;
pub use inline_answer::InlineAnswer;
pub use inline_result::InlineResult;
pub use inline_results::InlineResults;
pub use input_inline_result::InputInlineResult;
pub use prepared_inline::PreparedInline;
