//! The button beside the field in which one writes to a bot.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{BotMenuButton, InputUser};
use crate::tl::functions::bots as f;
use crate::tl::types;

/// The button beside the field in which one writes to a bot.
///
/// See <https://core.telegram.org/api/bots/menu>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MenuButton {
    /// For somebody: the one that all have.
    #[default]
    Default,
    /// It opens the list of commands.
    Commands,
    /// It opens a mini app.
    MiniApp {
        /// What stands on it.
        text: String,
        /// The address of the mini app.
        url: String,
    },
}

impl MenuButton {
    /// It opens a mini app, whose address begins with `https://`.
    #[must_use]
    pub fn mini_app(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self::MiniApp {
            text: text.into(),
            url: url.into(),
        }
    }
}

impl From<MenuButton> for BotMenuButton {
    fn from(button: MenuButton) -> Self {
        match button {
            MenuButton::Default => Self::Default,
            MenuButton::Commands => Self::Commands,
            MenuButton::MiniApp { text, url } => types::BotMenuButton { text, url }.into(),
        }
    }
}

impl Client {
    /// Sets the button that somebody finds beside the field in which they write to this bot; with
    /// `None`, the one of all who have none of their own.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, ann) = (telegram.bot(), telegram.user());
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # ann.send_message(format!("@{name}"), "/start")?;
    /// # let ann_id = ann.my_id().unwrap_or(0);
    /// use ferogram_sync::MenuButton;
    ///
    /// let shop = MenuButton::mini_app("Shop", "https://example.com/shop");
    /// client.set_menu_button(None, MenuButton::Commands)?;
    /// client.set_menu_button(Some(ann_id.into()), shop.clone())?;
    /// assert_eq!(client.menu_button(Some(ann_id.into()))?, shop);
    /// assert_eq!(client.menu_button(None)?, MenuButton::Commands);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for the default button of all: there is none but the one that was set
    /// last. As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for what is no user; [`Error::NotForUsers`].
    /// Common answers: `BUTTON_TEXT_INVALID`, `BUTTON_URL_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.setBotMenuButton>.
    pub fn set_menu_button(&self, user: Option<PeerRef>, button: MenuButton) -> Result<()> {
        if user.is_none() && button == MenuButton::Default {
            return Err(Error::Argument(
                "for all there is no default: say `Commands` or a mini app",
            ));
        }
        let deadline = self.begin_for::<f::SetBotMenuButton>()?;
        let mut request = f::SetBotMenuButton {
            user_id: InputUser::Empty,
            button: button.into(),
        };
        match user {
            None => self.ask_until(&request, deadline).map(drop),
            Some(user) => self.ask_about(&user, deadline, |user| {
                request.user_id = input_user(user)?;
                self.ask_until(&request, deadline).map(drop)
            }),
        }
    }

    /// The button that was set for somebody: [`MenuButton::Default`], if none was; with `None`,
    /// the one of all who have none of their own.
    ///
    /// # Errors
    ///
    /// As [`set_menu_button`](Self::set_menu_button).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.getBotMenuButton>.
    pub fn menu_button(&self, user: Option<PeerRef>) -> Result<MenuButton> {
        let deadline = self.begin_for::<f::GetBotMenuButton>()?;
        let ask = |user_id| self.ask_until(&f::GetBotMenuButton { user_id }, deadline);
        let button = match user {
            None => ask(InputUser::Empty),
            Some(user) => self.ask_about(&user, deadline, |user| ask(input_user(user)?)),
        };
        Ok(match button? {
            BotMenuButton::Commands => MenuButton::Commands,
            BotMenuButton::Button(it) => MenuButton::MiniApp {
                text: it.text,
                url: it.url,
            },
            _ => MenuButton::Default,
        })
    }
}
