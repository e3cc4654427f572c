//! `messages.*`: mini apps of bots that users open
//! (<https://core.telegram.org/api/bots/webapps>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{OpenMiniApp, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::mini_app_page::{Page, page};
use super::rights::sender;
use super::seam::{Caller, RpcError};
use super::sending::reply_to;

/// How long one stays open that nobody prolongs: clients do it once a minute
/// (<https://core.telegram.org/method/messages.prolongWebView>).
const LASTS: i64 = 90;

/// `messages.requestWebView` (<https://core.telegram.org/method/messages.requestWebView>): from a
/// button below a message, the button beside the field, or the menu of attachments.
pub(crate) fn request_web_view(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::RequestWebView,
) -> Answer<enums::WebViewResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = bot(world, me, &request.bot)?;
    let peer = input::peer(world, me, &request.peer)?;
    let url = request.url.ok_or_else(|| bad("BOT_WEBVIEW_DISABLED"))?;
    let reply = request.reply_to;
    let reply = reply.map(|reply| reply_to(world, me, peer, reply));
    let (silent, reply) = (request.silent, reply.transpose()?);
    let sender = sender(world, me, peer, request.send_as.as_ref())?;
    let name = format!("AA{:032x}", world.chance.number());
    let open = OpenMiniApp {
        user: me,
        bot,
        peer,
        reply,
        silent,
        sender,
        name: name.clone(),
        until: world.now() + LASTS,
    };
    let page = Page {
        user: me,
        bot,
        url: &url,
        query_id: Some(&name),
        start_param: request.start_param.as_deref(),
        theme: request.theme_params.as_ref(),
        platform: &request.platform,
        is_told: true,
    };
    let url = page_of(world, &page)?;
    let query_id = world.chance.number();
    world.mini_apps.open.insert(query_id, open);
    Ok(opened(url, Some(query_id), !request.compact, request.fullscreen).into())
}

/// `messages.prolongWebView` (<https://core.telegram.org/method/messages.prolongWebView>).
pub(crate) fn prolong_web_view(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ProlongWebView,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = bot(world, me, &request.bot)?;
    let peer = input::peer(world, me, &request.peer)?;
    let reply = request.reply_to;
    let reply = reply.map(|reply| reply_to(world, me, peer, reply));
    let reply = reply.transpose()?;
    let sender = sender(world, me, peer, request.send_as.as_ref())?;
    let now = world.now();
    let open = world.mini_apps.open.get_mut(&request.query_id);
    let open = open.filter(|it| (it.user, it.bot, it.peer) == (me, bot, peer) && it.until >= now);
    let open = open.ok_or_else(|| bad("QUERY_ID_INVALID"))?;
    open.until = now + LASTS;
    (open.reply, open.silent, open.sender) = (reply, request.silent, sender);
    Ok(true.into())
}

/// `messages.requestSimpleWebView`
/// (<https://core.telegram.org/method/messages.requestSimpleWebView>): its page is told who opens
/// it unless a button of the keyboard does.
pub(crate) fn request_simple_web_view(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::RequestSimpleWebView,
) -> Answer<enums::WebViewResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = bot(world, me, &request.bot)?;
    let main = || world.mini_apps.addresses.get(&(bot, None)).cloned();
    let url = match request.from_side_menu {
        true => main().ok_or_else(|| bad("BOT_INVALID"))?,
        false => request.url.ok_or_else(|| bad("URL_INVALID"))?,
    };
    let page = Page {
        user: me,
        bot,
        url: &url,
        query_id: None,
        start_param: request.start_param.as_deref(),
        theme: request.theme_params.as_ref(),
        platform: &request.platform,
        is_told: request.from_side_menu || request.from_switch_webview,
    };
    let url = page_of(world, &page)?;
    Ok(opened(url, None, !request.compact, request.fullscreen).into())
}

/// `messages.requestMainWebView`
/// (<https://core.telegram.org/method/messages.requestMainWebView>).
pub(crate) fn request_main_web_view(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::RequestMainWebView,
) -> Answer<enums::WebViewResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let bot = bot(world, me, &request.bot)?;
    input::peer(world, me, &request.peer)?;
    let url = world.mini_apps.addresses.get(&(bot, None)).cloned();
    let url = url.ok_or_else(|| bad("BOT_INVALID"))?;
    let page = Page {
        user: me,
        bot,
        url: &url,
        query_id: None,
        start_param: request.start_param.as_deref(),
        theme: request.theme_params.as_ref(),
        platform: &request.platform,
        is_told: true,
    };
    let url = page_of(world, &page)?;
    Ok(opened(url, None, !request.compact, request.fullscreen).into())
}

/// `messages.requestAppWebView` (<https://core.telegram.org/method/messages.requestAppWebView>):
/// the bot may write to the user afterwards, if the user has said so.
pub(crate) fn request_app_web_view(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::RequestAppWebView,
) -> Answer<enums::WebViewResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let enums::InputBotApp::ShortName(named) = request.app else {
        return Err(bad("BOT_APP_INVALID"));
    };
    let bot = bot(world, me, &named.bot_id).map_err(|_| bad("BOT_APP_BOT_INVALID"))?;
    input::peer(world, me, &request.peer)?;
    let of = (bot, Some(named.short_name));
    let url = world.mini_apps.addresses.get(&of).cloned();
    let url = url.ok_or_else(|| bad("BOT_APP_SHORTNAME_INVALID"))?;
    let page = Page {
        user: me,
        bot,
        url: &url,
        query_id: None,
        start_param: request.start_param.as_deref(),
        theme: request.theme_params.as_ref(),
        platform: &request.platform,
        is_told: true,
    };
    let url = page_of(world, &page)?;
    if request.write_allowed
        && let Some(account) = world.account_mut(bot)
    {
        account.opened_by.insert(me);
    }
    Ok(opened(url, None, !request.compact, request.fullscreen).into())
}

fn bot(world: &World, me: i64, bot: &enums::InputUser) -> Result<i64, RpcError> {
    let bot = input::user(world, me, bot)?.ok_or_else(|| bad("BOT_INVALID"))?;
    match world.account(bot).is_some_and(|account| account.is_bot()) {
        true => Ok(bot),
        false => Err(bad("BOT_INVALID")),
    }
}

fn page_of(world: &World, wanted: &Page<'_>) -> Result<String, RpcError> {
    if !wanted.url.starts_with("https://") {
        return Err(bad("URL_INVALID"));
    }
    if let Some(enums::DataJson::Json(theme)) = wanted.theme
        && !(theme.data.starts_with('{') && theme.data.ends_with('}'))
    {
        return Err(bad("THEME_PARAMS_INVALID"));
    }
    page(world, wanted).ok_or_else(|| bad("BOT_INVALID"))
}

fn opened(
    url: String,
    query_id: Option<i64>,
    fullsize: bool,
    fullscreen: bool,
) -> enums::WebViewResult {
    types::WebViewResultUrl {
        fullsize,
        fullscreen,
        same_origin: false,
        query_id,
        url,
    }
    .into()
}
