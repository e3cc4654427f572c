//! `messages.getStickerSet`: the icons that topics may have. Other sets do not exist here.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::seam::Caller;

/// Some icons that everybody may give a topic.
const ICONS: [(i64, &str); 3] = [
    (5_434_144_690_511_290_129, "\u{1f4f0}"),
    (5_312_536_423_851_630_001, "\u{1f4a1}"),
    (5_312_016_608_254_762_256, "\u{26a1}"),
];

/// `messages.getStickerSet` (<https://core.telegram.org/method/messages.getStickerSet>).
pub(crate) fn get_sticker_set(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetStickerSet,
) -> Answer<enums::messages::StickerSet> {
    let me = caller.user.ok_or_else(unregistered)?;
    if !matches!(
        request.stickerset,
        enums::InputStickerSet::EmojiDefaultTopicIcons
    ) {
        return Err(bad("STICKERSET_INVALID"));
    }
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
            dc_id: caller.dc,
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
    Ok(enums::messages::StickerSet::from(answer).into())
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
