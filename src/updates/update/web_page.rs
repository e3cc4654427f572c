//! The preview of a link, which the server was making, is ready or has changed.
use super::payload::payload;
use crate::tl::enums;

payload! {
    /// The preview of a link, which the server was making, is ready or has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::{enums, types}};
    ///
    /// let raw = types::UpdateWebPage {
    ///     webpage: types::WebPagePending { id: 5, ..Default::default() }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::WebPage(change) = update else { panic!("it is one") };
    /// assert!(matches!(change.web_page(), Some(enums::WebPage::Pending(page)) if page.id == 5));
    /// assert_eq!(change.channel_id(), None);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateWebPage>,
    /// and <https://core.telegram.org/constructor/updateChannelWebPage>.
    WebPageChange(enums::Update)
}

impl WebPageChange {
    /// The preview. Its id is that of the preview in the message.
    #[must_use]
    pub fn web_page(&self) -> Option<&enums::WebPage> {
        match &*self.raw {
            enums::Update::WebPage(it) => Some(&it.webpage),
            enums::Update::ChannelWebPage(it) => Some(&it.webpage),
            _ => None,
        }
    }

    /// The channel that the message is in, if it is in one.
    #[must_use]
    pub fn channel_id(&self) -> Option<i64> {
        match &*self.raw {
            enums::Update::ChannelWebPage(it) => Some(it.channel_id),
            _ => None,
        }
    }
}
