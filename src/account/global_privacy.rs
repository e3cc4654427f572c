//! Settings of privacy that are the same for everybody.
use crate::client::Client;
use crate::error::Result;
use crate::tl::enums;
use crate::tl::functions::account::{GetGlobalPrivacySettings, SetGlobalPrivacySettings};
use crate::tl::types;

/// Settings of privacy that are the same for everybody: read, changed, and set again.
///
/// See <https://core.telegram.org/constructor/globalPrivacySettings>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GlobalPrivacy {
    /// All of them.
    pub raw: types::GlobalPrivacySettings,
}

impl GlobalPrivacy {
    /// Whether new chats with who is no contact are archived and muted at once.
    #[must_use]
    pub fn archive_strangers(mut self, on: bool) -> Self {
        self.raw.archive_and_mute_new_noncontact_peers = on;
        self
    }

    /// Whether archived chats that are not muted stay in the archive when a message comes.
    #[must_use]
    pub fn keep_archived(mut self, on: bool) -> Self {
        self.raw.keep_archived_unmuted = on;
        self
    }

    /// The same for those that are in a folder besides.
    #[must_use]
    pub fn keep_archived_folders(mut self, on: bool) -> Self {
        self.raw.keep_archived_folders = on;
        self
    }

    /// Whether it is hidden when messages were read, from whoever may not see when the account was
    /// online. Nor does the account see it of others then.
    #[must_use]
    pub fn hide_read_dates(mut self, on: bool) -> Self {
        self.raw.hide_read_marks = on;
        self
    }

    /// Whether strangers have to have Telegram Premium to write. It takes Telegram Premium.
    #[must_use]
    pub fn premium_strangers_only(mut self, on: bool) -> Self {
        self.raw.new_noncontact_peers_require_premium = on;
        self
    }

    /// How many stars strangers pay for a message; `None` for nothing.
    #[must_use]
    pub fn paid_messages(mut self, stars: Option<i64>) -> Self {
        self.raw.noncontact_peers_paid_stars = stars;
        self
    }

    /// Whether chats have a button for gifts.
    #[must_use]
    pub fn gifts_button(mut self, on: bool) -> Self {
        self.raw.display_gifts_button = on;
        self
    }

    /// Which gifts are not taken.
    #[must_use]
    pub fn refused_gifts(mut self, gifts: types::DisallowedGiftsSettings) -> Self {
        self.raw.disallowed_gifts = Some(gifts.into());
        self
    }

    fn told(answer: enums::GlobalPrivacySettings) -> Self {
        let enums::GlobalPrivacySettings::Settings(raw) = answer;
        Self { raw }
    }
}

impl Client {
    /// The settings of privacy that are the same for everybody.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let settings = client.global_privacy()?.archive_strangers(true);
    /// client.set_global_privacy(settings)?;
    /// assert!(client.global_privacy()?.raw.archive_and_mute_new_noncontact_peers);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.getGlobalPrivacySettings>.
    pub fn global_privacy(&self) -> Result<GlobalPrivacy> {
        self.ask(&GetGlobalPrivacySettings {})
            .map(GlobalPrivacy::told)
    }

    /// Sets them, all at once: read them before, and change what is to be changed.
    ///
    /// # Errors
    ///
    /// As [`global_privacy`](Self::global_privacy). Common answers: `AUTOARCHIVE_NOT_AVAILABLE`,
    /// `PREMIUM_ACCOUNT_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.setGlobalPrivacySettings>.
    pub fn set_global_privacy(&self, settings: GlobalPrivacy) -> Result<GlobalPrivacy> {
        let settings = settings.raw.into();
        self.ask(&SetGlobalPrivacySettings { settings })
            .map(GlobalPrivacy::told)
    }
}
