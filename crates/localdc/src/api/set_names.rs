//! How clients name sticker sets.
use ferogram_sync::tl::{enums, types};

use crate::world::{StickerSet, World};

use super::errors::{bad, unsupported};
use super::seam::RpcError;

/// The set that an account names.
pub(super) fn named<'w>(
    world: &'w World,
    me: i64,
    set: &enums::InputStickerSet,
) -> Result<&'w StickerSet, RpcError> {
    let found = match set {
        enums::InputStickerSet::Id(it) => world
            .sticker_sets
            .get(it.id)
            .filter(|_| it.access_hash == world.access_hash(me, it.id)),
        enums::InputStickerSet::ShortName(it) => world.sticker_sets.by_name(&it.short_name),
        enums::InputStickerSet::Empty => None,
        _ => return Err(unsupported("sticker_set")),
    };
    found.ok_or_else(|| bad("STICKERSET_INVALID"))
}

/// A set that a supergroup was given, as it is shown.
pub(super) fn sticker_set(set: &enums::InputStickerSet) -> enums::StickerSet {
    let (id, short_name) = match set {
        enums::InputStickerSet::Id(it) => (it.id, String::new()),
        enums::InputStickerSet::ShortName(it) => (0, it.short_name.clone()),
        _ => (0, String::new()),
    };
    types::StickerSet {
        id,
        title: short_name.clone(),
        short_name,
        ..Default::default()
    }
    .into()
}
