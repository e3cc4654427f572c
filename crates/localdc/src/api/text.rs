//! Prepares the text of a message as the server does: trimmed, its entities checked and completed.
//!
//! Offsets count UTF-16 units (<https://core.telegram.org/api/entities>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Text, World};

use super::errors::bad;
use super::input;
use super::markup::shown;
use super::seam::RpcError;

/// The characters that a message may have (`message_length_max` of the config).
pub(crate) const MESSAGE_LENGTH: usize = 4096;

/// The characters that a caption may have (`caption_length_max` of the config).
pub(crate) const CAPTION_LENGTH: usize = 1024;

/// The letters that a command may have.
const COMMAND_LENGTH: usize = 64;

/// Calls a macro with every kind of entity that has a place in the text.
macro_rules! place {
    ($entity:expr, $($kind:ident)*) => {
        match $entity {
            $(enums::MessageEntity::$kind(entity) => {
                Some((&mut entity.offset, &mut entity.length))
            })*
            _ => None,
        }
    };
}

/// Makes the text of a message out of what `me` has asked to send.
///
/// # Errors
/// When it is empty, too long, or its entities do not fit it.
pub(crate) fn prepare(
    world: &World,
    me: i64,
    message: &str,
    entities: Option<Vec<enums::MessageEntity>>,
    markup: Option<enums::ReplyMarkup>,
) -> Result<Text, RpcError> {
    let text = message.trim();
    if text.is_empty() {
        return Err(bad("MESSAGE_EMPTY"));
    }
    if text.chars().count() > MESSAGE_LENGTH {
        return Err(bad("MESSAGE_TOO_LONG"));
    }
    let whole = units(message);
    let cut = units(&message[..message.len() - message.trim_start().len()]);
    let length = units(text);
    let mut kept = Vec::new();
    for entity in entities.unwrap_or_default() {
        let Some(mut entity) = resolve(world, me, entity)? else {
            continue;
        };
        let Some((offset, len)) = place_of(&mut entity) else {
            continue;
        };
        let end = offset.checked_add(*len).filter(|end| *end <= whole);
        let Some(end) = end.filter(|_| *offset >= 0 && *len >= 0) else {
            return Err(bad("ENTITY_BOUNDS_INVALID"));
        };
        let start = (*offset - cut).clamp(0, length);
        let end = (end - cut).clamp(0, length);
        (*offset, *len) = (start, end - start);
        if start < end {
            kept.push(entity);
        }
    }
    add_found(text, &mut kept);
    Ok(Text {
        text: text.to_owned(),
        entities: kept,
        markup: markup.map(|markup| shown(world, me, markup)).transpose()?,
        ..Text::default()
    })
}

/// The same for what stands below something that is attached: there may be nothing.
pub(crate) fn caption(
    world: &World,
    me: i64,
    message: &str,
    entities: Option<Vec<enums::MessageEntity>>,
    markup: Option<enums::ReplyMarkup>,
) -> Result<Text, RpcError> {
    if message.trim().is_empty() {
        let markup = markup.map(|markup| shown(world, me, markup)).transpose()?;
        return Ok(Text {
            markup,
            ..Text::default()
        });
    }
    let text = prepare(world, me, message, entities, markup)?;
    match text.text.chars().count() > CAPTION_LENGTH {
        true => Err(bad("MEDIA_CAPTION_TOO_LONG")),
        false => Ok(text),
    }
}

/// Where an entity stands: offset and length.
fn place_of(entity: &mut enums::MessageEntity) -> Option<(&mut i32, &mut i32)> {
    place!(entity, Unknown Mention Hashtag BotCommand Url Email Bold Italic Code Pre TextUrl
        MentionName Phone Cashtag Underline Strike BankCard Spoiler CustomEmoji Blockquote
        FormattedDate DiffInsert DiffReplace DiffDelete TonAddress)
}

/// Turns a mention as clients write it into one as they read it. What is written as they read it
/// names nobody (<https://core.telegram.org/constructor/inputMessageEntityMentionName>), and what
/// servers find by themselves is not taken from clients.
fn resolve(
    world: &World,
    me: i64,
    entity: enums::MessageEntity,
) -> Result<Option<enums::MessageEntity>, RpcError> {
    Ok(match entity {
        enums::MessageEntity::InputMessageEntityMentionName(name) => {
            let user_id = match input::user(world, me, &name.user_id)? {
                Some(user_id) => user_id,
                // Bots mention whom they have met; of others only the words are sent
                // (<https://core.telegram.org/bots/api#formatting-options>).
                None if by_id_alone(&name.user_id) && is_bot(world, me) => return Ok(None),
                None => return Err(bad("ENTITY_MENTION_USER_INVALID")),
            };
            let (offset, length) = (name.offset, name.length);
            Some(
                types::MessageEntityMentionName {
                    offset,
                    length,
                    user_id,
                }
                .into(),
            )
        }
        enums::MessageEntity::MentionName(_) | enums::MessageEntity::Unknown(_) => None,
        entity => Some(entity),
    })
}

fn by_id_alone(user: &enums::InputUser) -> bool {
    matches!(user, enums::InputUser::User(user) if user.access_hash == 0)
}

fn is_bot(world: &World, user: i64) -> bool {
    world.account(user).is_some_and(|account| account.is_bot())
}

fn units(text: &str) -> i32 {
    i32::try_from(text.encode_utf16().count()).unwrap_or(i32::MAX)
}

/// Adds the commands, mentions, hashtags and addresses that stand in the text, where no entity is
/// yet, and puts all in order.
fn add_found(text: &str, entities: &mut Vec<enums::MessageEntity>) {
    let mut taken: Vec<(i32, i32)> = Vec::new();
    for entity in entities.iter_mut() {
        if let Some((offset, length)) = place_of(entity) {
            taken.push((*offset, *offset + *length));
        }
    }
    let mut before = ' ';
    let mut skip_to = 0;
    for (at, letter) in text.char_indices() {
        let opens = at >= skip_to && !before.is_alphanumeric() && !"_/@#".contains(before);
        before = letter;
        if !opens {
            continue;
        }
        let Some((length, make)) = found_at(&text[at..], letter) else {
            continue;
        };
        skip_to = at + length;
        let offset = units(&text[..at]);
        let end = offset + units(&text[at..at + length]);
        if taken
            .iter()
            .all(|(start, stop)| end <= *start || *stop <= offset)
        {
            entities.push(make(offset, end - offset));
        }
    }
    entities.sort_by_cached_key(|entity| {
        let mut entity = entity.clone();
        place_of(&mut entity).map(|(offset, length)| (*offset, -*length))
    });
}

type Make = fn(i32, i32) -> enums::MessageEntity;

/// The entity that begins the rest of a text: its length in bytes, and how it is made.
fn found_at(rest: &str, first: char) -> Option<(usize, Make)> {
    let word = |text: &str| {
        text.find(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .unwrap_or(text.len())
    };
    match first {
        '/' => {
            let name = word(&rest[1..]);
            let ascii = rest[1..=name].is_ascii();
            if !ascii || !(1..=COMMAND_LENGTH).contains(&name) {
                return None;
            }
            let mut length = 1 + name;
            if rest[length..].starts_with('@') {
                length += 1 + word(&rest[length + 1..]);
            }
            let goes_on = rest[length..].starts_with('/');
            let make: Make =
                |offset, length| types::MessageEntityBotCommand { offset, length }.into();
            (!goes_on).then_some((length, make))
        }
        '@' => {
            let name = word(&rest[1..]);
            let fits = (4..=32).contains(&name) && rest[1..=name].is_ascii();
            let make: Make = |offset, length| types::MessageEntityMention { offset, length }.into();
            fits.then_some((1 + name, make))
        }
        '#' => {
            let tag = &rest[1..1 + word(&rest[1..])];
            let fits = tag.chars().any(|letter| !letter.is_ascii_digit());
            let make: Make = |offset, length| types::MessageEntityHashtag { offset, length }.into();
            fits.then_some((1 + tag.len(), make))
        }
        'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let link = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"']);
            let make: Make = |offset, length| types::MessageEntityUrl { offset, length }.into();
            (!link.ends_with('/') || link.len() > "https://".len()).then_some((link.len(), make))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::WorldConfig;

    fn prepared(
        text: &str,
        entities: Vec<enums::MessageEntity>,
    ) -> Result<(String, Vec<enums::MessageEntity>), RpcError> {
        let world = World::new(WorldConfig {
            dcs: vec![],
            cdns: vec![],
            seed: [0; 32],
        });
        let text = prepare(&world, 1, text, Some(entities), None)?;
        Ok((text.text, text.entities))
    }

    fn bold(offset: i32, length: i32) -> enums::MessageEntity {
        types::MessageEntityBold { offset, length }.into()
    }

    #[test]
    fn trimming_moves_entities() {
        let (text, entities) = prepared(" \n😀 bold \n", vec![bold(5, 4)]).expect("good");
        assert_eq!((text.as_str(), entities), ("😀 bold", vec![bold(3, 4)]));
        let (_, entities) =
            prepared("  ab  ", vec![bold(0, 6), bold(4, 2), bold(2, 0)]).expect("ok");
        assert_eq!(entities, [bold(0, 2)]);
    }

    #[test]
    fn wrong_bounds_are_refused() {
        for bad in [
            bold(-1, 2),
            bold(0, -1),
            bold(1, 2),
            bold(i32::MAX, i32::MAX),
        ] {
            let error = prepared("ab", vec![bad]).expect_err("outside");
            assert_eq!(error.message, "ENTITY_BOUNDS_INVALID");
        }
    }

    #[test]
    fn commands_mentions_tags_and_links_are_found() {
        let (_, entities) =
            prepared("/start@my_bot see @alice #1 #a1 (https://x.y/z).", vec![]).expect("good");
        let expected: Vec<enums::MessageEntity> = vec![
            types::MessageEntityBotCommand {
                offset: 0,
                length: 13,
            }
            .into(),
            types::MessageEntityMention {
                offset: 18,
                length: 6,
            }
            .into(),
            types::MessageEntityHashtag {
                offset: 28,
                length: 3,
            }
            .into(),
            types::MessageEntityUrl {
                offset: 33,
                length: 13,
            }
            .into(),
        ];
        assert_eq!(entities, expected);
        for plain in [
            "a/b", "a@alice", "/", "/a/b", "#12", "http", "https://", "//x",
        ] {
            assert_eq!(prepared(plain, vec![]).expect("good").1, [], "{plain}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(prepared(&"😀".repeat(MESSAGE_LENGTH), vec![]).is_ok());
        let error = prepared(&"a".repeat(MESSAGE_LENGTH + 1), vec![]).expect_err("too long");
        assert_eq!(error.message, "MESSAGE_TOO_LONG");
        assert_eq!(
            prepared(" \n ", vec![]).expect_err("empty").message,
            "MESSAGE_EMPTY"
        );
    }
}
