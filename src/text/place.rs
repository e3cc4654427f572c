//! Where an entity stands in its text.
use crate::tl::enums::MessageEntity;

/// Names every kind of entity, for each has its place in a struct of its own.
macro_rules! place {
    ($entity:expr, $it:ident => $place:expr) => {
        place!($entity, $it => $place, Unknown Mention Hashtag BotCommand Url Email Bold Italic Code
            Pre TextUrl MentionName InputMessageEntityMentionName Phone Cashtag Underline Strike
            BankCard Spoiler CustomEmoji Blockquote FormattedDate DiffInsert DiffReplace DiffDelete
            TonAddress)
    };
    ($entity:expr, $it:ident => $place:expr, $($kind:ident)*) => {
        match $entity {
            $(MessageEntity::$kind($it) => Some($place),)*
            _ => None,
        }
    };
}

/// Offset and length of an entity, to be changed. `None` for a kind of a newer layer.
pub(super) fn place_mut(entity: &mut MessageEntity) -> Option<(&mut i32, &mut i32)> {
    place!(entity, it => (&mut it.offset, &mut it.length))
}

/// The first unit of an entity and the one behind its last, in UTF-16 code units. `None` for what
/// cannot be a place, or for a kind of a newer layer.
pub(crate) fn place(entity: &MessageEntity) -> Option<(usize, usize)> {
    let (offset, length) = place!(entity, it => (it.offset, it.length))?;
    extent(offset, length)
}

/// The same of an offset and a length.
pub(super) fn extent(offset: i32, length: i32) -> Option<(usize, usize)> {
    let (start, length) = (usize::try_from(offset), usize::try_from(length));
    let (start, length) = (start.ok()?, length.ok()?);
    Some((start, start.checked_add(length)?))
}

/// Moves an entity, which begins and ends at these units.
pub(super) fn put(entity: &mut MessageEntity, start: usize, end: usize) {
    if let Some((offset, length)) = place_mut(entity) {
        *offset = i32::try_from(start).unwrap_or(i32::MAX);
        *length = i32::try_from(end.saturating_sub(start)).unwrap_or(i32::MAX);
    }
}
