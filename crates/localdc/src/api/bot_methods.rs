//! The table of the methods that are about bots: what they say of themselves, what is bought of
//! them, played with them and opened of them. It goes on from `methods`.
use ferogram_sync::tl::{Identifiable, functions as f};

use super::bot_commands;
use super::bot_profile;
use super::checkout;
use super::games;
use super::method::{Access, Method, decode, methods, reply};
use super::mini_app_results;
use super::mini_apps;

/// The methods that are about bots.
pub(crate) const BOT_METHODS: &[Method] = methods! {
    Home "bots.getBotCommands" f::bots::GetBotCommands => bot_commands::get_bot_commands;
    Home "bots.getBotInfo" f::bots::GetBotInfo => bot_profile::get_bot_info;
    Home "bots.getBotMenuButton" f::bots::GetBotMenuButton => bot_profile::get_bot_menu_button;
    Home "bots.resetBotCommands" f::bots::ResetBotCommands => bot_commands::reset_bot_commands;
    Home "bots.setBotBroadcastDefaultAdminRights" f::bots::SetBotBroadcastDefaultAdminRights
        => bot_profile::set_channel_rights;
    Home "bots.setBotCommands" f::bots::SetBotCommands => bot_commands::set_bot_commands;
    Home "bots.setBotGroupDefaultAdminRights" f::bots::SetBotGroupDefaultAdminRights
        => bot_profile::set_group_rights;
    Home "bots.setBotInfo" f::bots::SetBotInfo => bot_profile::set_bot_info;
    Home "bots.setBotMenuButton" f::bots::SetBotMenuButton => bot_profile::set_bot_menu_button;
    Home "messages.getGameHighScores" f::messages::GetGameHighScores
        => games::get_game_high_scores;
    Anywhere "messages.getInlineGameHighScores" f::messages::GetInlineGameHighScores
        => games::get_inline_game_high_scores;
    Home "messages.prolongWebView" f::messages::ProlongWebView => mini_apps::prolong_web_view;
    Home "messages.requestAppWebView" f::messages::RequestAppWebView
        => mini_apps::request_app_web_view;
    Home "messages.requestMainWebView" f::messages::RequestMainWebView
        => mini_apps::request_main_web_view;
    Home "messages.requestSimpleWebView" f::messages::RequestSimpleWebView
        => mini_apps::request_simple_web_view;
    Home "messages.requestWebView" f::messages::RequestWebView => mini_apps::request_web_view;
    Home "messages.sendWebViewData" f::messages::SendWebViewData
        => mini_app_results::send_web_view_data;
    Home "messages.sendWebViewResultMessage" f::messages::SendWebViewResultMessage
        => mini_app_results::send_web_view_result_message;
    Home "messages.setBotPrecheckoutResults" f::messages::SetBotPrecheckoutResults
        => checkout::set_bot_precheckout_results;
    Home "messages.setBotShippingResults" f::messages::SetBotShippingResults
        => checkout::set_bot_shipping_results;
    Home "messages.setGameScore" f::messages::SetGameScore => games::set_game_score;
    Anywhere "messages.setInlineGameScore" f::messages::SetInlineGameScore
        => games::set_inline_game_score;
    Home "payments.getPaymentForm" f::payments::GetPaymentForm => checkout::get_payment_form;
    Home "payments.sendPaymentForm" f::payments::SendPaymentForm => checkout::send_payment_form;
    Home "payments.sendStarsForm" f::payments::SendStarsForm => checkout::send_stars_form;
    Home "payments.validateRequestedInfo" f::payments::ValidateRequestedInfo
        => checkout::validate_requested_info;
};
