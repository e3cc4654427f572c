//! What sticker sets are of.

/// What sticker sets are of.
///
/// See <https://core.telegram.org/api/stickers>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StickerKind {
    /// Stickers, to be sent.
    #[default]
    Stickers,
    /// Masks, to be put on photos.
    Masks,
    /// Custom emoji, which stand in texts.
    Emoji,
}
