//! Mini apps, and how they are opened.
use std::time::Instant;

use super::mini_app_session::MiniAppSession;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::messages::ReplyTo;
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{DataJson, InputPeer, InputReplyTo, InputUser, WebViewResult};
use crate::tl::functions::messages as f;
use crate::tl::types;

/// The letters that the parameter may have.
///
/// See <https://core.telegram.org/api/links#direct-mini-app-links>.
const PARAM_MAX: usize = 512;

/// Which mini app of a bot is opened, and how.
///
/// ```
/// use ferogram_sync::MiniApp;
///
/// let shop = MiniApp::named("shop").start_param("tea").platform("tdesktop");
/// let button = MiniApp::url("https://tea.example/table/4").chat("@the_tea_room").compact(true);
/// assert_ne!(shop, button);
/// ```
///
/// See <https://core.telegram.org/api/bots/webapps>.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct MiniApp {
    which: Which,
    chat: Option<PeerRef>,
    reply_to: Option<ReplyTo>,
    send_as: Option<PeerRef>,
    start_param: Option<String>,
    theme: Option<String>,
    platform: String,
    is_silent: bool,
    is_compact: bool,
    is_fullscreen: bool,
    may_write: bool,
}

/// Where a mini app is opened from.
#[derive(Clone, Debug, PartialEq)]
enum Which {
    Main,
    Named(String),
    Button(String),
    Menu(Option<String>),
    ReplyButton(String),
    InlineButton(String),
    SideMenu,
}

impl MiniApp {
    fn new(which: Which) -> Self {
        Self {
            which,
            chat: None,
            reply_to: None,
            send_as: None,
            start_param: None,
            theme: None,
            platform: "android".to_owned(),
            is_silent: false,
            is_compact: false,
            is_fullscreen: false,
            may_write: false,
        }
    }

    /// The bot's main one, as the button in its profile opens it.
    ///
    /// See <https://core.telegram.org/api/bots/webapps#main-mini-apps>.
    pub fn main() -> Self {
        Self::new(Which::Main)
    }

    /// One by its short name, as a link `https://t.me/the_bot/name` opens it.
    ///
    /// See <https://core.telegram.org/api/bots/webapps#direct-link-mini-apps>.
    pub fn named(short_name: impl Into<String>) -> Self {
        Self::new(Which::Named(short_name.into()))
    }

    /// The address of a button below a message of the bot's.
    ///
    /// See <https://core.telegram.org/api/bots/webapps#inline-button-mini-apps>.
    pub fn url(url: impl Into<String>) -> Self {
        Self::new(Which::Button(url.into()))
    }

    /// That of the button beside the field where one writes to the bot; `url` is that button's.
    ///
    /// See <https://core.telegram.org/api/bots/webapps#menu-button-mini-apps>.
    pub fn menu(url: impl Into<String>) -> Self {
        Self::new(Which::Menu(Some(url.into())))
    }

    /// One that is in the menu of attachments.
    ///
    /// See <https://core.telegram.org/api/bots/attach>.
    pub fn attached() -> Self {
        Self::new(Which::Menu(None))
    }

    /// The address of a button of the bot's keyboard. Such a mini app knows nothing of the chat; it
    /// answers by [`send_mini_app_data`](Client::send_mini_app_data).
    ///
    /// See <https://core.telegram.org/api/bots/webapps#simple-mini-apps>.
    pub fn reply_button(url: impl Into<String>) -> Self {
        Self::new(Which::ReplyButton(url.into()))
    }

    /// The address of the button above what a bot offers inline.
    ///
    /// See <https://core.telegram.org/api/bots/webapps#inline-mode-mini-apps>.
    pub fn inline_button(url: impl Into<String>) -> Self {
        Self::new(Which::InlineButton(url.into()))
    }

    /// One that is in the app's own menu.
    ///
    /// See <https://core.telegram.org/api/bots/attach>.
    pub fn side_menu() -> Self {
        Self::new(Which::SideMenu)
    }

    /// The chat that it is opened in, where its bot may send a message for the user; without this,
    /// the chat with the bot.
    pub fn chat(mut self, chat: impl Into<PeerRef>) -> Self {
        self.chat = Some(chat.into());
        self
    }

    /// What the bot's message for the user answers.
    pub fn reply_to(mut self, message: impl Into<ReplyTo>) -> Self {
        self.reply_to = Some(message.into());
        self
    }

    /// In whose name the bot's message for the user is sent.
    pub fn send_as(mut self, peer: impl Into<PeerRef>) -> Self {
        self.send_as = Some(peer.into());
        self
    }

    /// What the mini app is opened with, as `startapp` in a link: at most 512 letters of `A-Z a-z
    /// 0-9 _ -`.
    pub fn start_param(mut self, parameter: impl Into<String>) -> Self {
        self.start_param = Some(parameter.into());
        self
    }

    /// The colours that it should have, as JSON.
    ///
    /// See <https://core.telegram.org/api/bots/webapps#theme-parameters>.
    pub fn theme(mut self, json: impl Into<String>) -> Self {
        self.theme = Some(json.into());
        self
    }

    /// What the mini app is told that it runs on: `android`, as without this, `ios`, `macos`,
    /// `tdesktop`, `web` …
    pub fn platform(mut self, platform: impl Into<String>) -> Self {
        self.platform = platform.into();
        self
    }

    /// The bot's message for the user makes no sound.
    pub fn silent(mut self, silent: bool) -> Self {
        self.is_silent = silent;
        self
    }

    /// It begins small.
    pub fn compact(mut self, compact: bool) -> Self {
        self.is_compact = compact;
        self
    }

    /// It begins as large as the screen.
    pub fn fullscreen(mut self, fullscreen: bool) -> Self {
        self.is_fullscreen = fullscreen;
        self
    }

    /// Its bot may write to the user from now on. For one by its name only.
    pub fn allow_writing(mut self, allow: bool) -> Self {
        self.may_write = allow;
        self
    }
}

impl Client {
    /// Opens a mini app of a bot: the address of its page, with who opens it, and what is needed to
    /// keep it open.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let token = "2900000002:cups";
    /// # let bot_id = telegram.add_bot(localdc::NewBot::new(token, "shop_of_cups_bot"));
    /// # telegram.add_mini_app(bot_id, Some("shop"), "https://cups.example/shop");
    /// # let client = telegram.user();
    /// use ferogram_sync::MiniApp;
    ///
    /// let opened = client.open_mini_app("@shop_of_cups_bot", MiniApp::named("shop"))?;
    /// assert!(opened.url().starts_with("https://cups.example/shop#tgWebAppData="));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`]; [`Error::Argument`] for a parameter that no link could have. Common
    /// answers: `BOT_INVALID`, `BOT_APP_SHORTNAME_INVALID`, `URL_INVALID`,
    /// `BOT_WEBVIEW_DISABLED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.requestWebView>,
    /// <https://core.telegram.org/method/messages.requestMainWebView>,
    /// <https://core.telegram.org/method/messages.requestAppWebView> and
    /// <https://core.telegram.org/method/messages.requestSimpleWebView>.
    pub fn open_mini_app(&self, bot: impl Into<PeerRef>, app: MiniApp) -> Result<MiniAppSession> {
        let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"_-".contains(&letter);
        let start = app.start_param.as_deref().unwrap_or_default();
        if start.len() > PARAM_MAX || !start.bytes().all(is_letter) {
            return Err(Error::Argument(
                "the parameter of a mini app has at most 512 letters of A-Z, a-z, 0-9, _ and -",
            ));
        }
        let (bot, deadline) = (bot.into(), self.begin_for::<f::RequestWebView>()?);
        let mut name = |peer: &PeerRef| self.resolve_until(peer, deadline);
        let chat = app.chat.as_ref().map(&mut name).transpose()?;
        let send_as = app.send_as.as_ref().map(&mut name).transpose()?;
        let reply_to = app.reply_to.as_ref().map(|it| it.to_raw(&mut name));
        let reply_to = reply_to.transpose()?;
        self.ask_about(&bot, deadline, |bot| {
            let theme = app.theme.clone();
            let opening = Opening {
                client: self,
                app: &app,
                bot: input_user(bot)?,
                peer: chat.clone().unwrap_or_else(|| bot.clone()),
                reply_to: reply_to.clone(),
                send_as: send_as.clone(),
                theme: theme.map(|data| types::DataJson { data }.into()),
                deadline,
            };
            opening.open()
        })
    }
}

/// A mini app that is being opened, with all that it names.
struct Opening<'a> {
    client: &'a Client,
    app: &'a MiniApp,
    bot: InputUser,
    peer: InputPeer,
    reply_to: Option<InputReplyTo>,
    send_as: Option<InputPeer>,
    theme: Option<DataJson>,
    deadline: Instant,
}

impl Opening<'_> {
    fn open(self) -> Result<MiniAppSession> {
        let client = self.client;
        let prolonging = f::ProlongWebView {
            silent: self.app.is_silent,
            peer: self.peer.clone(),
            bot: self.bot.clone(),
            reply_to: self.reply_to.clone(),
            send_as: self.send_as.clone(),
            ..Default::default()
        };
        let opened = match &self.app.which {
            Which::Main => self.main(),
            Which::Named(name) => {
                let short_name = name.clone();
                self.named(short_name)
            }
            Which::Button(url) => {
                let url = url.clone();
                self.in_chat(false, Some(url))
            }
            Which::Menu(url) => {
                let url = url.clone();
                self.in_chat(url.is_some(), url)
            }
            Which::ReplyButton(url) | Which::InlineButton(url) => {
                let url = url.clone();
                self.simple(Some(url))
            }
            Which::SideMenu => self.simple(None),
        };
        let WebViewResult::Url(raw) = opened?;
        Ok(MiniAppSession::new(client, raw, prolonging))
    }

    fn main(self) -> Result<WebViewResult> {
        let request = f::RequestMainWebView {
            compact: self.app.is_compact,
            fullscreen: self.app.is_fullscreen,
            peer: self.peer,
            bot: self.bot,
            start_param: self.app.start_param.clone(),
            theme_params: self.theme,
            platform: self.app.platform.clone(),
        };
        self.client.ask_until(&request, self.deadline)
    }

    fn named(self, short_name: String) -> Result<WebViewResult> {
        let bot_id = self.bot;
        let request = f::RequestAppWebView {
            write_allowed: self.app.may_write,
            compact: self.app.is_compact,
            fullscreen: self.app.is_fullscreen,
            peer: self.peer,
            app: types::InputBotAppShortName { bot_id, short_name }.into(),
            start_param: self.app.start_param.clone(),
            theme_params: self.theme,
            platform: self.app.platform.clone(),
        };
        self.client.ask_until(&request, self.deadline)
    }

    fn in_chat(self, from_bot_menu: bool, url: Option<String>) -> Result<WebViewResult> {
        let request = f::RequestWebView {
            from_bot_menu,
            silent: self.app.is_silent,
            compact: self.app.is_compact,
            fullscreen: self.app.is_fullscreen,
            peer: self.peer,
            bot: self.bot,
            url,
            start_param: self.app.start_param.clone(),
            theme_params: self.theme,
            platform: self.app.platform.clone(),
            reply_to: self.reply_to,
            send_as: self.send_as,
        };
        self.client.ask_until(&request, self.deadline)
    }

    fn simple(self, url: Option<String>) -> Result<WebViewResult> {
        let request = f::RequestSimpleWebView {
            from_switch_webview: matches!(self.app.which, Which::InlineButton(_)),
            from_side_menu: matches!(self.app.which, Which::SideMenu),
            compact: self.app.is_compact,
            fullscreen: self.app.is_fullscreen,
            bot: self.bot,
            url,
            start_param: self.app.start_param.clone(),
            theme_params: self.theme,
            platform: self.app.platform.clone(),
        };
        self.client.ask_until(&request, self.deadline)
    }
}
