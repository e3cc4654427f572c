//! What bots answer, and what they are asked for.
mod button_answer;
mod init_data;
mod inline_answer;
mod inline_result;
mod inline_results;
mod input_inline_result;
mod mini_app;
mod mini_app_results;
mod mini_app_session;
mod prepared_inline;

pub use button_answer::ButtonAnswer;
pub use init_data::{InitData, InitDataError};
pub use inline_answer::InlineAnswer;
pub use inline_result::InlineResult;
pub use inline_results::InlineResults;
pub use input_inline_result::InputInlineResult;
pub use mini_app::MiniApp;
pub use mini_app_session::{MiniAppSession, OpenMiniApp};
pub use prepared_inline::PreparedInline;
