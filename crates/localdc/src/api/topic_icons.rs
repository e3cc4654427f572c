//! The icons that topics may have, as a set of stickers.
use ferogram_sync::tl::{enums, types};

use crate::world::World;

/// Some icons that everybody may give a topic.
const ICONS: [(i64, &str); 3] = [
    (5_434_144_690_511_290_129, "\u{1f4f0}"),
    (5_312_536_423_851_630_001, "\u{1f4a1}"),
    (5_312_016_608_254_762_256, "\u{26a1}"),
];

/// The set of `inputStickerSetEmojiDefaultTopicIcons`
/// (<https://core.telegram.org/constructor/inputStickerSetEmojiDefaultTopicIcons>).
pub(super) fn topic_icons(world: &World, me: i64, dc: i32) -> enums::messages::StickerSet {
    let documents = ICONS.iter().map(|(id, emoji)| {
        let attribute = types::DocumentAttributeCustomEmoji {
            free: true,
            alt: (*emoji).to_owned(),
            ..Default::default()
        };
        types::Document {
            id: *id,
            access_hash: world.access_hash(me, *id),
            mime_type: "application/x-tgsticker".to_owned(),
            dc_id: dc,
            attributes: vec![attribute.into()],
            ..Default::default()
        }
        .into()
    });
    let documents: Vec<enums::Document> = documents.collect();
    let set = types::StickerSet {
        emojis: true,
        id: 1,
        access_hash: 1,
        title: "Topics".to_owned(),
        short_name: "Topics".to_owned(),
        count: i32::try_from(documents.len()).unwrap_or(0),
        ..Default::default()
    };
    let answer = types::messages::StickerSet {
        set: set.into(),
        documents,
        ..Default::default()
    };
    answer.into()
}
