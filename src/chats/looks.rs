//! How groups and channels look.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::{EmojiStatus, InputStickerSet};
use crate::tl::functions::channels as c;
use crate::tl::functions::messages::{EditChatAbout, SetChatTheme};
use crate::tl::types;

impl Client {
    /// Says what a group or channel is about.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// let club = client.create_channel(NewChat::supergroup("Club"))?;
    /// client.set_chat_about(&club, "Who waters when")?;
    /// assert_eq!(client.fetch_chat_full(&club)?.about(), "Who waters when");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title). Common answers: `CHAT_ABOUT_TOO_LONG`,
    /// `CHAT_ABOUT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editChatAbout>.
    pub fn set_chat_about(&self, chat: impl Into<PeerRef>, about: impl Into<String>) -> Result<()> {
        let (chat, about, deadline) = (chat.into(), about.into(), self.begin()?);
        self.ask_about(&chat, deadline, |peer| {
            let (peer, about) = (peer.clone(), about.clone());
            self.ask_until(&EditChatAbout { peer, about }, deadline)
                .map(drop)
        })
    }

    /// Gives a private chat or a channel a theme by its emoji, or takes it away with an empty one.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    /// Common answers: `EMOJI_INVALID`, `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setChatTheme>.
    pub fn set_chat_theme(
        &self,
        chat: impl Into<PeerRef>,
        emoticon: impl Into<String>,
    ) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<SetChatTheme>()?);
        let emoticon = emoticon.into();
        self.ask_about(&chat, deadline, |peer| {
            let (peer, emoticon) = (peer.clone(), emoticon.clone());
            let theme = types::InputChatTheme { emoticon }.into();
            self.ask_until(&SetChatTheme { peer, theme }, deadline)
                .map(drop)
        })
    }

    /// Gives a supergroup a set of stickers, or takes it away with [`InputStickerSet::Empty`].
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `PARTICIPANTS_TOO_FEW`, `STICKERSET_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.setStickers>.
    pub fn set_chat_stickers(&self, chat: impl Into<PeerRef>, set: InputStickerSet) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::SetStickers>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::SetStickers {
                channel: input_channel(chat)?,
                stickerset: set.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Gives a supergroup a set of emoji that everybody there may use, or takes it away with
    /// [`InputStickerSet::Empty`]. It takes some boosts.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `BOOSTS_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.setEmojiStickers>.
    pub fn set_chat_emoji(&self, chat: impl Into<PeerRef>, set: InputStickerSet) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::SetEmojiStickers>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::SetEmojiStickers {
                channel: input_channel(chat)?,
                stickerset: set.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Gives a supergroup or channel an emoji beside its title, or takes it away with
    /// [`EmojiStatus::Empty`]. It takes some boosts.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `BOOSTS_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.updateEmojiStatus>.
    pub fn set_chat_emoji_status(
        &self,
        chat: impl Into<PeerRef>,
        status: EmojiStatus,
    ) -> Result<()> {
        let chat = chat.into();
        let deadline = self.begin_for::<c::UpdateEmojiStatus>()?;
        self.ask_about(&chat, deadline, |chat| {
            let request = c::UpdateEmojiStatus {
                channel: input_channel(chat)?,
                emoji_status: status.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Gives a supergroup or channel the colour of a number, with an emoji in its background if one
    /// is told: where its name stands, or on its profile. It takes some boosts.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    /// Common answers: `BOOSTS_REQUIRED`, `COLOR_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.updateColor>.
    pub fn set_chat_color(
        &self,
        chat: impl Into<PeerRef>,
        color: Option<i32>,
        background_emoji_id: Option<i64>,
        for_profile: bool,
    ) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<c::UpdateColor>()?);
        self.ask_about(&chat, deadline, |chat| {
            let request = c::UpdateColor {
                for_profile,
                channel: input_channel(chat)?,
                color,
                background_emoji_id,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Says where a supergroup is: latitude, longitude and address.
    ///
    /// # Errors
    ///
    /// As [`set_chat_title`](Self::set_chat_title);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    /// Common answers: `MEGAGROUP_REQUIRED`, `MEGAGROUP_GEO_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.editLocation>.
    pub fn set_chat_location(
        &self,
        chat: impl Into<PeerRef>,
        (latitude, longitude): (f64, f64),
        address: impl Into<String>,
    ) -> Result<()> {
        let (chat, deadline) = (chat.into(), self.begin_for::<c::EditLocation>()?);
        let address = address.into();
        self.ask_about(&chat, deadline, |chat| {
            let request = c::EditLocation {
                channel: input_channel(chat)?,
                geo_point: types::InputGeoPoint {
                    lat: latitude,
                    long: longitude,
                    accuracy_radius: None,
                }
                .into(),
                address: address.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}
