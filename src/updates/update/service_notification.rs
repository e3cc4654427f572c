//! The server has something to say to whoever uses this account.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// The server has something to say to whoever uses this account.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateServiceNotification {
    ///     popup: true,
    ///     r#type: "AUTH_KEY_DROP".into(),
    ///     message: "Be careful".into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ServiceNotification(it) = update else { panic!("it is one") };
    /// assert_eq!((it.name(), it.text(), it.is_popup()), ("AUTH_KEY_DROP", "Be careful", true));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateServiceNotification>.
    ServiceNotification(types::UpdateServiceNotification)
}

impl ServiceNotification {
    /// What it is about, in the terms of the server.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.raw.r#type
    }

    /// What it says.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.raw.message
    }

    /// Where the text is bold, a link and so on, in UTF-16 code units.
    #[must_use]
    pub fn entities(&self) -> &[enums::MessageEntity] {
        &self.raw.entities
    }

    /// What is attached.
    #[must_use]
    pub fn media(&self) -> Option<&enums::MessageMedia> {
        match &self.raw.media {
            enums::MessageMedia::Empty => None,
            media => Some(media),
        }
    }

    /// Whether it is to be shown at once.
    #[must_use]
    pub fn is_popup(&self) -> bool {
        self.raw.popup
    }

    /// If it is to be shown as a message: its date.
    #[must_use]
    pub fn inbox_date(&self) -> Option<i32> {
        self.raw.inbox_date
    }
}
