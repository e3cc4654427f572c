//! What would be shown with the links in a text.
use super::input_message::InputMessage;
use crate::client::Client;
use crate::error::Result;
use crate::tl::enums::{MessageMedia, WebPage, messages::WebPagePreview};
use crate::tl::functions::messages::GetWebPagePreview;
use crate::tl::types;

impl Client {
    /// What would be shown with the first link in a text, if something is known of the page.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let page = client.page_preview("Read https://example.com/ today")?.expect("it is known");
    /// assert_eq!(page.url, "https://example.com/");
    /// assert!(client.page_preview("no link")?.is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getWebPagePreview>.
    pub fn page_preview(&self, text: impl Into<InputMessage>) -> Result<Option<types::WebPage>> {
        let deadline = self.begin_for::<GetWebPagePreview>()?;
        let InputMessage { text, entities, .. } = text.into();
        let entities = self.name_mentions(entities, deadline)?;
        let request = GetWebPagePreview {
            message: text,
            entities: (!entities.is_empty()).then_some(entities),
        };
        let WebPagePreview::Preview(preview) = self.ask_until(&request, deadline)?;
        Ok(match preview.media {
            MessageMedia::WebPage(media) => match media.webpage {
                WebPage::Page(page) => Some(*page),
                _ => None,
            },
            _ => None,
        })
    }
}
