//! Mentions of people by their ids.
use std::time::Instant;

use crate::client::Client;
use crate::error::Result;
use crate::tl::enums::{InputUser, MessageEntity};
use crate::tl::types;

impl Client {
    /// Gives those mentions that name a user by an id alone what this account knows of the user:
    /// the server takes no others. Where nothing is known, the words stay and the mention goes.
    ///
    /// See <https://core.telegram.org/constructor/inputMessageEntityMentionName>.
    pub(super) fn name_mentions(
        &self,
        entities: Vec<MessageEntity>,
        deadline: Instant,
    ) -> Result<Vec<MessageEntity>> {
        let mut named = Vec::with_capacity(entities.len());
        for entity in entities {
            let MessageEntity::MentionName(mention) = entity else {
                named.push(entity);
                continue;
            };
            if let Some(user_id) = self.user_as_known(mention.user_id, deadline)? {
                let types::MessageEntityMentionName { offset, length, .. } = mention;
                let mention = types::InputMessageEntityMentionName {
                    offset,
                    length,
                    user_id,
                };
                named.push(mention.into());
            }
        }
        Ok(named)
    }
}

/// Whom a text mentions by an id, or with one: each once. Oneself has the id `me`.
pub(super) fn mentioned(entities: &[MessageEntity], me: Option<i64>) -> Vec<i64> {
    let id = |entity: &MessageEntity| match entity {
        MessageEntity::MentionName(mention) => Some(mention.user_id),
        MessageEntity::InputMessageEntityMentionName(mention) => match &mention.user_id {
            InputUser::UserSelf => me,
            InputUser::User(user) => Some(user.user_id),
            InputUser::FromMessage(user) => Some(user.user_id),
            _ => None,
        },
        _ => None,
    };
    let mut ids: Vec<i64> = entities.iter().filter_map(id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Who was to be mentioned and is not in the text that was sent.
pub(super) fn lost(mut wanted: Vec<i64>, sent: Option<&[MessageEntity]>) -> Vec<i64> {
    let sent = mentioned(sent.unwrap_or_default(), None);
    wanted.retain(|id| !sent.contains(id));
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_id(user_id: i64) -> MessageEntity {
        types::MessageEntityMentionName {
            user_id,
            ..Default::default()
        }
        .into()
    }

    fn named(user_id: InputUser) -> MessageEntity {
        types::InputMessageEntityMentionName {
            user_id,
            ..Default::default()
        }
        .into()
    }

    #[test]
    fn who_is_mentioned_is_told_once_however_often() {
        let user = types::InputUser {
            user_id: 7,
            access_hash: 1,
        };
        let bold = types::MessageEntityBold::default().into();
        let entities = [by_id(9), bold, named(user.into()), by_id(7), by_id(9)];
        assert_eq!(mentioned(&entities, Some(1)), [7, 9]);
        let me = [named(InputUser::UserSelf)];
        assert_eq!(mentioned(&me, Some(1)), [1]);
        assert!(mentioned(&me, None).is_empty());
    }

    #[test]
    fn who_is_not_in_the_answer_was_lost() {
        assert_eq!(lost(vec![7, 9], Some(&[by_id(9)])), [7]);
        assert_eq!(lost(vec![7, 9], None), [7, 9]);
    }
}
