//! The keyboards of bots' messages: what may be on a button, and how others see it.
use ferogram_sync::tl::{enums, types};

use crate::world::{Text, World};

use super::errors::bad;
use super::input;
use super::seam::RpcError;

/// The bytes that the data of a callback button may have
/// (<https://core.telegram.org/bots/api#inlinekeyboardbutton>).
const DATA_MAX: usize = 64;
/// The letters that a button may copy (<https://core.telegram.org/bots/api#copytextbutton>).
const COPIED_MAX: usize = 256;

/// A keyboard as clients read it, made of one as they write it.
///
/// # Errors
/// When a row is empty, or a button cannot be sent as it is.
pub(crate) fn shown(
    world: &World,
    me: i64,
    mut markup: enums::ReplyMarkup,
) -> Result<enums::ReplyMarkup, RpcError> {
    match &mut markup {
        enums::ReplyMarkup::ReplyInlineMarkup(inline) => {
            for row in &mut inline.rows {
                let enums::KeyboardInlineButtonRow::Row(row) = row;
                check_row(row.buttons.is_empty())?;
                for button in &mut row.buttons {
                    let enums::KeyboardInlineButton::Button(button) = button;
                    check_text(&button.text)?;
                    button.r#type = inline_action(world, me, button.r#type.clone())?;
                }
            }
        }
        enums::ReplyMarkup::ReplyKeyboardMarkup(keyboard) => {
            check_row(keyboard.rows.is_empty())?;
            for row in &mut keyboard.rows {
                let enums::KeyboardButtonRow::Row(row) = row;
                check_row(row.buttons.is_empty())?;
                for button in &mut row.buttons {
                    let enums::KeyboardButton::Button(button) = button;
                    check_text(&button.text)?;
                    button.r#type = reply_action(button.r#type.clone())?;
                }
            }
        }
        _ => {}
    }
    Ok(markup)
}

/// A message whose buttons fit what is attached to it: those of games and invoices are the first of
/// such messages, and of no others. Where there is no keyboard they have one of that button.
///
/// See <https://core.telegram.org/bots/api#sendgame>,
/// <https://core.telegram.org/bots/api#sendinvoice>.
///
/// # Errors
/// When they do not fit.
pub(crate) fn fitted(mut text: Text) -> Result<Text, RpcError> {
    use enums::{InlineButtonType as Action, MessageMedia as Media};
    let wanted = match &text.media {
        Some(Media::Game(it)) => {
            let enums::Game::Game(game) = &it.game;
            Some((format!("Play {}", game.title), Action::Game))
        }
        Some(Media::Invoice(it)) => Some((
            format!("Pay {} {}", it.total_amount, it.currency),
            Action::Buy,
        )),
        _ => None,
    };
    let Some(markup) = &text.markup else {
        text.markup = wanted.map(alone);
        return Ok(text);
    };
    let actions = actions(markup);
    let special = |it: &&Action| matches!(it, Action::Game | Action::Buy);
    let first = actions.first().copied().filter(special);
    let fault = match (&wanted, first) {
        _ if actions.iter().skip(1).any(special) => "BUTTON_POS_INVALID",
        (None, None) => return Ok(text),
        (Some((_, action)), Some(first)) if action == first => return Ok(text),
        (_, Some(_)) => "BUTTON_TYPE_INVALID",
        (Some((_, Action::Game)), None) => "REPLY_MARKUP_GAME_EMPTY",
        (Some(_), None) => "REPLY_MARKUP_BUY_EMPTY",
    };
    Err(bad(fault))
}

/// A keyboard of one button.
fn alone((text, action): (String, enums::InlineButtonType)) -> enums::ReplyMarkup {
    let button = types::KeyboardInlineButton {
        text,
        r#type: action,
        ..Default::default()
    };
    let buttons = vec![button.into()];
    let rows = vec![types::KeyboardInlineButtonRow { buttons }.into()];
    types::ReplyInlineMarkup {
        rows,
        ..Default::default()
    }
    .into()
}

/// What the buttons below a message do, in order.
fn actions(markup: &enums::ReplyMarkup) -> Vec<&enums::InlineButtonType> {
    let enums::ReplyMarkup::ReplyInlineMarkup(markup) = markup else {
        return Vec::new();
    };
    let rows = markup.rows.iter();
    let buttons = rows.flat_map(|enums::KeyboardInlineButtonRow::Row(row)| &row.buttons);
    let actions = buttons.map(|enums::KeyboardInlineButton::Button(it)| &it.r#type);
    actions.collect()
}

fn check_row(is_empty: bool) -> Result<(), RpcError> {
    match is_empty {
        true => Err(bad("REPLY_MARKUP_INVALID")),
        false => Ok(()),
    }
}

fn check_text(text: &str) -> Result<(), RpcError> {
    match text.trim().is_empty() {
        true => Err(bad("BUTTON_TEXT_INVALID")),
        false => Ok(()),
    }
}

/// What a button below a message does (<https://core.telegram.org/type/InlineButtonType>).
fn inline_action(
    world: &World,
    me: i64,
    action: enums::InlineButtonType,
) -> Result<enums::InlineButtonType, RpcError> {
    use enums::InlineButtonType as Action;
    Ok(match action {
        Action::Callback(it) if !(1..=DATA_MAX).contains(&it.data.len()) => {
            return Err(bad("BUTTON_DATA_INVALID"));
        }
        Action::Copy(it) if !(1..=COPIED_MAX).contains(&it.copy_text.chars().count()) => {
            return Err(bad("BUTTON_COPY_TEXT_INVALID"));
        }
        Action::Url(it) if !is_url(&it.url) => return Err(bad("BUTTON_URL_INVALID")),
        Action::WebView(it) if !is_url(&it.url) => return Err(bad("BUTTON_URL_INVALID")),
        Action::InputInlineButtonTypeUrlAuth(it) => {
            if !is_url(&it.url) {
                return Err(bad("BUTTON_URL_INVALID"));
            }
            if let Some(bot) = &it.bot {
                input::user(world, me, bot)?.ok_or_else(|| bad("BOT_INVALID"))?;
            }
            types::InlineButtonTypeUrlAuth {
                fwd_text: it.fwd_text,
                url: it.url,
                ..Default::default()
            }
            .into()
        }
        Action::InputInlineButtonTypeUserProfile(it) => {
            let user_id = input::user(world, me, &it.user_id)?;
            let user_id = user_id.ok_or_else(|| bad("BUTTON_USER_INVALID"))?;
            types::InlineButtonTypeUserProfile { user_id }.into()
        }
        Action::UrlAuth(_) | Action::UserProfile(_) => return Err(bad("BUTTON_TYPE_INVALID")),
        action => action,
    })
}

/// What a button of a keyboard does (<https://core.telegram.org/type/ButtonType>).
fn reply_action(action: enums::ButtonType) -> Result<enums::ButtonType, RpcError> {
    use enums::ButtonType as Action;
    Ok(match action {
        Action::SimpleWebView(it) if !is_url(&it.url) => return Err(bad("BUTTON_URL_INVALID")),
        Action::InputButtonTypeRequestPeer(it) => types::ButtonTypeRequestPeer {
            button_id: it.button_id,
            peer_type: it.peer_type,
            max_quantity: it.max_quantity,
        }
        .into(),
        Action::RequestPeer(_) => return Err(bad("BUTTON_TYPE_INVALID")),
        action => action,
    })
}

fn is_url(url: &str) -> bool {
    ["http://", "https://", "tg://"]
        .iter()
        .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme))
}
