//! Sticker sets, and the stickers, emoji and GIFs that an account keeps.
mod gifs;
mod kept;
mod making;
mod new_sticker;
mod set_pages;
mod set_ref;
mod sets;
mod sticker_kind;
mod sticker_set;

pub use new_sticker::{NewSticker, NewStickerSet};
pub use set_pages::StickerSetPages;
pub use set_ref::StickerSetRef;
pub use sets::SetChange;
pub use sticker_kind::StickerKind;
pub use sticker_set::StickerSet;
