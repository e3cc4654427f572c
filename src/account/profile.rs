//! What the account shows of itself.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{Birthday, PeerRef, User, input_channel};
use crate::tl::enums::{EmojiStatus, InputChannel, PeerColor};
use crate::tl::functions::account as f;
use crate::tl::types;

/// What is to be changed of the profile: what is not said stays as it is.
///
/// See <https://core.telegram.org/method/account.updateProfile>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChanges {
    first_name: Option<String>,
    last_name: Option<String>,
    about: Option<String>,
}

impl ProfileChanges {
    /// Nothing is changed.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The first name: 1 to 64 letters.
    #[must_use]
    pub fn first_name(mut self, name: impl Into<String>) -> Self {
        self.first_name = Some(name.into());
        self
    }

    /// The last name: up to 64 letters; an empty one takes it away.
    #[must_use]
    pub fn last_name(mut self, name: impl Into<String>) -> Self {
        self.last_name = Some(name.into());
        self
    }

    /// What the account writes about itself: up to 70 letters, and more with Telegram Premium. An
    /// empty text takes it away.
    #[must_use]
    pub fn about(mut self, text: impl Into<String>) -> Self {
        self.about = Some(text.into());
        self
    }
}

impl Client {
    /// Changes the name of the account, and what it writes about itself.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::ProfileChanges;
    ///
    /// let me = client.set_profile(ProfileChanges::new().first_name("Ann").about("Gardener"))?;
    /// assert_eq!(me.first_name(), Some("Ann"));
    /// assert_eq!(client.fetch_user_full("me")?.about(), Some("Gardener"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`]. Common answers: `ABOUT_TOO_LONG`,
    /// `FIRSTNAME_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updateProfile>.
    pub fn set_profile(&self, changes: ProfileChanges) -> Result<User> {
        let request = f::UpdateProfile {
            first_name: changes.first_name,
            last_name: changes.last_name,
            about: changes.about,
        };
        User::from_raw(self.ask(&request)?).ok_or(NO_USER)
    }

    /// Sets the birthday that the profile shows, or takes it away with `None`. Who sees it is a
    /// matter of [`PrivacyKey::Birthday`](crate::PrivacyKey).
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::Birthday;
    ///
    /// client.set_birthday(Birthday::new(29, 2).year(1988))?;
    /// let birthday = client.fetch_user_full("me")?.birthday().expect("it was set");
    /// assert_eq!((birthday.day, birthday.month, birthday.year), (29, 2, Some(1988)));
    /// client.set_birthday(None)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::Argument`] for a day that no month has. Common
    /// answer: `BIRTHDAY_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updateBirthday>.
    pub fn set_birthday(&self, birthday: impl Into<Option<Birthday>>) -> Result<()> {
        let birthday = birthday.into();
        if birthday.is_some_and(|it| !it.is_possible()) {
            return Err(Error::Argument("there is no such day"));
        }
        let birthday = birthday.map(Into::into);
        self.ask(&f::UpdateBirthday { birthday }).map(drop)
    }

    /// Shows a custom emoji beside the name, up to a time in seconds since the Unix epoch if one is
    /// given. `None` shows none. It takes Telegram Premium.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # telegram.make_premium(client.my_id().expect("somebody is signed in"));
    /// use ferogram_sync::tl::enums::EmojiStatus;
    ///
    /// client.set_emoji_status(Some(5368324170671202286), None)?;
    /// let status = client.get_me()?.raw.emoji_status.clone();
    /// assert!(matches!(status, Some(EmojiStatus::Status(it)) if it.until.is_none()));
    /// client.set_emoji_status(None, None)?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`]. Common answers: `DOCUMENT_INVALID`,
    /// `PREMIUM_ACCOUNT_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/emoji-status>.
    pub fn set_emoji_status(&self, document_id: Option<i64>, until: Option<i32>) -> Result<()> {
        let emoji_status = match document_id {
            Some(document_id) => types::EmojiStatus { document_id, until }.into(),
            None => EmojiStatus::Empty,
        };
        self.ask(&f::UpdateEmojiStatus { emoji_status }).map(drop)
    }

    /// Sets the colour of the account's name and of answers to its messages; `None` goes back to
    /// the one that the id gives. It takes Telegram Premium.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # telegram.make_premium(client.my_id().expect("somebody is signed in"));
    /// use ferogram_sync::tl::types::PeerColor;
    ///
    /// let blue = PeerColor { color: Some(5), ..Default::default() };
    /// client.set_name_color(Some(blue.clone().into()))?;
    /// assert_eq!(client.get_me()?.raw.color, Some(blue.into()));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`]. Common answers: `COLOR_INVALID`,
    /// `PREMIUM_ACCOUNT_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/colors>.
    pub fn set_name_color(&self, color: Option<PeerColor>) -> Result<()> {
        self.set_color(color, false)
    }

    /// Sets the colour of the account's profile; `None` takes it away. It takes Telegram Premium.
    ///
    /// # Errors
    ///
    /// As [`set_name_color`](Self::set_name_color).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/colors>.
    pub fn set_profile_color(&self, color: Option<PeerColor>) -> Result<()> {
        self.set_color(color, true)
    }

    fn set_color(&self, color: Option<PeerColor>, for_profile: bool) -> Result<()> {
        self.ask(&f::UpdateColor { for_profile, color }).map(drop)
    }

    /// Shows a channel of the account's in its profile. It has to have a public name.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # let name = format!("news_of_{}", client.my_id().expect("somebody is signed in"));
    /// use ferogram_sync::NewChat;
    ///
    /// let news = client.create_channel(NewChat::channel("News"))?;
    /// client.set_chat_username(&news, &name)?;
    /// client.set_personal_channel(&news)?;
    /// assert!(client.fetch_user_full("me")?.personal_channel_id().is_some());
    /// client.clear_personal_channel()?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for what is no channel. Common answers:
    /// `PUBLIC_BROADCAST_EXPECTED`, `CHAT_ADMIN_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updatePersonalChannel>.
    pub fn set_personal_channel(&self, channel: impl Into<PeerRef>) -> Result<()> {
        let deadline = self.begin_for::<f::UpdatePersonalChannel>()?;
        self.ask_about(&channel.into(), deadline, |channel| {
            let channel = input_channel(channel)?;
            self.ask_until(&f::UpdatePersonalChannel { channel }, deadline)
                .map(drop)
        })
    }

    /// Shows no channel in the profile any more.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`].
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updatePersonalChannel>.
    pub fn clear_personal_channel(&self) -> Result<()> {
        let channel = InputChannel::Empty;
        self.ask(&f::UpdatePersonalChannel { channel }).map(drop)
    }

    /// Tells that the account is online, or that it is not any more. Who is online is shown so for
    /// five minutes, so whoever wants to stay has to say it again.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::tl::enums::UserStatus;
    ///
    /// client.set_online(true)?;
    /// assert!(matches!(client.get_me()?.status(), Some(UserStatus::Online(_))));
    /// client.set_online(false)?;
    /// assert!(matches!(client.get_me()?.status(), Some(UserStatus::Offline(_))));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`].
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.updateStatus>.
    pub fn set_online(&self, online: bool) -> Result<()> {
        self.ask(&f::UpdateStatus { offline: !online }).map(drop)
    }
}

/// What is wrong with an answer that shows nobody.
pub(super) const NO_USER: Error = Error::Unexpected("the answer does not show the user");
