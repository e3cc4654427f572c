//! How a program names a sticker set.
use crate::tl::enums::InputStickerSet;
use crate::tl::types;

/// How a program names a sticker set: by its short name or a link to it, or by what the server has
/// told of it.
///
/// ```
/// use ferogram_sync::StickerSetRef;
///
/// let named = StickerSetRef::from("Animals");
/// for link in ["https://t.me/addstickers/Animals", "tg://addstickers?set=Animals"] {
///     assert_eq!(StickerSetRef::from(link), named);
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StickerSetRef {
    /// As requests take it.
    pub raw: InputStickerSet,
}

/// What links to sets have before the name.
///
/// See <https://core.telegram.org/api/links#stickerset-links>.
const BEFORE: [&str; 4] = [
    "/addstickers/",
    "/addemoji/",
    "addstickers?set=",
    "addemoji?set=",
];

impl From<&str> for StickerSetRef {
    fn from(text: &str) -> Self {
        let text = text.trim();
        let in_link = BEFORE
            .iter()
            .find_map(|before| Some(text.split_once(before)?.1));
        let name = in_link.unwrap_or(text);
        let end = name.find(['?', '&', '#', '/']).unwrap_or(name.len());
        let raw = types::InputStickerSetShortName {
            short_name: name[..end].to_owned(),
        };
        Self { raw: raw.into() }
    }
}

impl From<InputStickerSet> for StickerSetRef {
    fn from(raw: InputStickerSet) -> Self {
        Self { raw }
    }
}

impl From<&InputStickerSet> for StickerSetRef {
    fn from(raw: &InputStickerSet) -> Self {
        Self { raw: raw.clone() }
    }
}

impl From<&Self> for StickerSetRef {
    fn from(set: &Self) -> Self {
        set.clone()
    }
}
