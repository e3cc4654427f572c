//! A link by which others come into a group or channel.
use crate::tl::enums::{ExportedChatInvite, StarsSubscriptionPricing};
use crate::tl::types;

/// A link by which others come into a group or channel.
///
/// See <https://core.telegram.org/constructor/chatInviteExported>.
#[derive(Clone, Debug, PartialEq)]
pub struct InviteLink {
    /// Everything that the server told.
    pub raw: types::ChatInviteExported,
}

impl InviteLink {
    /// `None` for what stands where somebody asked to join a public chat: there is no link.
    #[must_use]
    pub fn from_raw(raw: ExportedChatInvite) -> Option<Self> {
        match raw {
            ExportedChatInvite::ChatInviteExported(raw) => Some(Self { raw: *raw }),
            _ => None,
        }
    }

    /// The link itself. Of other administrators' links, its end is hidden.
    #[must_use]
    pub fn link(&self) -> &str {
        &self.raw.link
    }

    /// What administrators call it.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.raw.title.as_deref()
    }

    /// Whose it is.
    #[must_use]
    pub fn admin_id(&self) -> i64 {
        self.raw.admin_id
    }

    /// When it was made, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// Until when it can be used, in seconds since the Unix epoch.
    #[must_use]
    pub fn expire_date(&self) -> Option<i32> {
        self.raw.expire_date
    }

    /// How many can join by it.
    #[must_use]
    pub fn usage_limit(&self) -> Option<i32> {
        self.raw.usage_limit
    }

    /// How many have joined by it.
    #[must_use]
    pub fn usage(&self) -> i32 {
        self.raw.usage.unwrap_or(0)
    }

    /// How many wait to be let in.
    #[must_use]
    pub fn requested(&self) -> i32 {
        self.raw.requested.unwrap_or(0)
    }

    /// Whether it leads nowhere any more.
    #[must_use]
    pub fn is_revoked(&self) -> bool {
        self.raw.revoked
    }

    /// Whether it is the one that every administrator has, which is replaced when it is revoked.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.raw.permanent
    }

    /// Whether an administrator has to let in who uses it.
    #[must_use]
    pub fn is_request_needed(&self) -> bool {
        self.raw.request_needed
    }
}

/// A link to be made.
///
/// ```
/// use ferogram_sync::NewInviteLink;
///
/// let link = NewInviteLink::new().title("For the garden show").usage_limit(20);
/// assert_eq!(link.usage_limit, Some(20));
/// assert!(!link.request_needed);
/// ```
///
/// See <https://core.telegram.org/method/messages.exportChatInvite>.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NewInviteLink {
    /// What administrators call it, up to 32 letters.
    pub title: Option<String>,
    /// Until when it can be used, in seconds since the Unix epoch.
    pub expire_date: Option<i32>,
    /// How many can join by it, up to 99999.
    pub usage_limit: Option<i32>,
    /// Whether an administrator has to let in who uses it. Then nothing limits how many.
    pub request_needed: bool,
    /// What has to be paid over and over to stay, in Telegram Stars.
    pub subscription: Option<types::StarsSubscriptionPricing>,
    /// Whether all links of this account that are permanent are revoked before.
    pub revoke_permanent: bool,
}

impl NewInviteLink {
    /// One that lasts, for any number.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What administrators call it, up to 32 letters.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Until when it can be used, in seconds since the Unix epoch.
    #[must_use]
    pub fn expire_date(mut self, date: i32) -> Self {
        self.expire_date = Some(date);
        self
    }

    /// How many can join by it, up to 99999.
    #[must_use]
    pub fn usage_limit(mut self, limit: i32) -> Self {
        self.usage_limit = Some(limit);
        self
    }

    /// Whether an administrator has to let in who uses it. Then nothing limits how many.
    #[must_use]
    pub fn request_needed(mut self, needed: bool) -> Self {
        self.request_needed = needed;
        self
    }

    /// Has members pay so many Telegram Stars in so many seconds, of which the server knows one
    /// number only: thirty days.
    ///
    /// See <https://core.telegram.org/api/subscriptions#channel-subscriptions>.
    #[must_use]
    pub fn subscription(mut self, period: i32, amount: i64) -> Self {
        self.subscription = Some(types::StarsSubscriptionPricing { period, amount });
        self
    }

    /// Whether all links of this account that are permanent are revoked before.
    #[must_use]
    pub fn revoke_permanent(mut self, revoke: bool) -> Self {
        self.revoke_permanent = revoke;
        self
    }

    pub(super) fn pricing(&self) -> Option<StarsSubscriptionPricing> {
        self.subscription.clone().map(Into::into)
    }
}

/// What to change of a link. What is not told stays.
///
/// ```
/// use ferogram_sync::InviteLinkChange;
///
/// let change = InviteLinkChange::new().usage_limit(0).request_needed(true);
/// assert_eq!((change.usage_limit, change.title), (Some(0), None));
/// ```
///
/// See <https://core.telegram.org/method/messages.editExportedChatInvite>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InviteLinkChange {
    /// What administrators call it.
    pub title: Option<String>,
    /// Until when it can be used; for ever, with 0.
    pub expire_date: Option<i32>,
    /// How many can join by it; any number, with 0.
    pub usage_limit: Option<i32>,
    /// Whether an administrator has to let in who uses it.
    pub request_needed: Option<bool>,
}

impl InviteLinkChange {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What administrators call it.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Until when it can be used, in seconds since the Unix epoch; for ever, with 0.
    #[must_use]
    pub fn expire_date(mut self, date: i32) -> Self {
        self.expire_date = Some(date);
        self
    }

    /// How many can join by it; any number, with 0.
    #[must_use]
    pub fn usage_limit(mut self, limit: i32) -> Self {
        self.usage_limit = Some(limit);
        self
    }

    /// Whether an administrator has to let in who uses it.
    #[must_use]
    pub fn request_needed(mut self, needed: bool) -> Self {
        self.request_needed = Some(needed);
        self
    }
}
