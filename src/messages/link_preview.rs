//! The preview of a page below or above a text.
use crate::tl::enums::InputMedia;
use crate::tl::types;

/// The preview of a page, which a message has instead of that of the first link in its text.
///
/// ```
/// use ferogram_sync::{InputMessage, LinkPreview};
///
/// let page = LinkPreview::new("https://example.com/").large();
/// let message = InputMessage::text("Read this").media(page).preview_above(true);
/// assert!(message.media.is_some());
/// ```
///
/// See <https://core.telegram.org/constructor/inputMediaWebPage>.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkPreview {
    raw: types::InputMediaWebPage,
}

impl LinkPreview {
    /// The preview of the page with this address, which need not be in the text. Where there is
    /// none, the message is sent without.
    pub fn new(url: impl Into<String>) -> Self {
        let raw = types::InputMediaWebPage {
            optional: true,
            url: url.into(),
            ..Default::default()
        };
        Self { raw }
    }

    /// With a large picture.
    #[must_use]
    pub fn large(mut self) -> Self {
        (self.raw.force_large_media, self.raw.force_small_media) = (true, false);
        self
    }

    /// With a small picture.
    #[must_use]
    pub fn small(mut self) -> Self {
        (self.raw.force_large_media, self.raw.force_small_media) = (false, true);
        self
    }

    /// Sends nothing where there is no preview: the server answers `WEBPAGE_NOT_FOUND`.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.raw.optional = false;
        self
    }
}

impl From<LinkPreview> for InputMedia {
    fn from(preview: LinkPreview) -> Self {
        preview.raw.into()
    }
}
