//! What bots answer.
mod button_answer;
mod init_data;
mod mini_app;
mod mini_app_results;
mod mini_app_session;

pub use button_answer::ButtonAnswer;
pub use init_data::{InitData, InitDataError};
pub use mini_app::MiniApp;
pub use mini_app_session::{MiniAppSession, OpenMiniApp};
