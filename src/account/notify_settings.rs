//! How an account is told of messages.
use crate::tl::enums::{self, NotificationSound};
use crate::tl::types;

/// How an account is told of messages: read, changed, and set again. What nothing is said of is
/// as it is one level up: a topic follows its chat, and a chat the default of its kind.
///
/// ```
/// use ferogram_sync::NotifySettings;
///
/// let settings = NotifySettings::new().muted_until(2_000_000_000).previews(false);
/// assert!(settings.is_muted(1_999_999_999) && !settings.is_muted(2_000_000_000));
/// assert_eq!(settings.shows_previews(), Some(false));
/// assert_eq!(NotifySettings::new().shows_previews(), None);
/// ```
///
/// See <https://core.telegram.org/constructor/peerNotifySettings>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NotifySettings {
    /// Everything that they say.
    pub raw: types::PeerNotifySettings,
}

impl NotifySettings {
    /// They say nothing: all is as it is one level up.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Those that an answer of the raw API has, as a dialog does.
    #[must_use]
    pub fn of(raw: enums::PeerNotifySettings) -> Self {
        let enums::PeerNotifySettings::Settings(raw) = raw;
        Self { raw: *raw }
    }

    /// Nothing is told until then, in seconds since the Unix epoch; [`i32::MAX`] means for ever.
    #[must_use]
    pub fn muted_until(mut self, date: i32) -> Self {
        self.raw.mute_until = Some(date);
        self
    }

    /// Whether what is told shows the text of messages.
    #[must_use]
    pub fn previews(mut self, on: bool) -> Self {
        self.raw.show_previews = Some(on);
        self
    }

    /// Whether it makes no sound.
    #[must_use]
    pub fn silent(mut self, on: bool) -> Self {
        self.raw.silent = Some(on);
        self
    }

    /// By which sound.
    #[must_use]
    pub fn sound(mut self, sound: NotificationSound) -> Self {
        self.raw.other_sound = Some(sound);
        self
    }

    /// Whether stories are told of or not.
    #[must_use]
    pub fn stories_muted(mut self, on: bool) -> Self {
        self.raw.stories_muted = Some(on);
        self
    }

    /// Whether it is hidden whose stories they are.
    #[must_use]
    pub fn stories_hide_sender(mut self, on: bool) -> Self {
        self.raw.stories_hide_sender = Some(on);
        self
    }

    /// By which sound stories are told of.
    #[must_use]
    pub fn stories_sound(mut self, sound: NotificationSound) -> Self {
        self.raw.stories_other_sound = Some(sound);
        self
    }

    /// Whether nothing is told at this time, in seconds since the Unix epoch, by these settings
    /// alone.
    #[must_use]
    pub fn is_muted(&self, now: i32) -> bool {
        self.raw.mute_until.is_some_and(|until| until > now)
    }

    /// Until when nothing is told, if they say so.
    #[must_use]
    pub fn mute_until(&self) -> Option<i32> {
        self.raw.mute_until
    }

    /// Whether what is told shows the text of messages, if they say so.
    #[must_use]
    pub fn shows_previews(&self) -> Option<bool> {
        self.raw.show_previews
    }

    /// Whether it makes no sound, if they say so.
    #[must_use]
    pub fn is_silent(&self) -> Option<bool> {
        self.raw.silent
    }

    /// As requests have it: one sound for all kinds of devices.
    pub(super) fn input(self) -> enums::InputPeerNotifySettings {
        let raw = self.raw;
        let sound = raw.other_sound.or(raw.android_sound).or(raw.ios_sound);
        let of_stories = raw.stories_other_sound;
        let of_stories = of_stories.or(raw.stories_android_sound);
        types::InputPeerNotifySettings {
            show_previews: raw.show_previews,
            silent: raw.silent,
            mute_until: raw.mute_until,
            sound,
            stories_muted: raw.stories_muted,
            stories_hide_sender: raw.stories_hide_sender,
            stories_sound: of_stories.or(raw.stories_ios_sound),
        }
        .into()
    }
}
