//! Filters by what becomes of members and messages.
use crate::dispatch::Filter;
use crate::tl::enums::Reaction;
use crate::tl::types::ReactionEmoji;
use crate::updates::Update;

/// Somebody has become a member of a group or channel, as bots are told.
pub fn member_joined() -> Filter {
    Filter::new(|cx| matches!(cx.update(), Update::Participant(it) if it.has_joined()))
}

/// Somebody is no member of a group or channel any more, as bots are told.
pub fn member_left() -> Filter {
    Filter::new(|cx| matches!(cx.update(), Update::Participant(it) if it.has_left()))
}

/// What becomes of this account's own membership, as bots are told: it was added, promoted, banned.
pub fn my_membership() -> Filter {
    Filter::new(|cx| match (cx.update(), cx.me()) {
        (Update::Participant(it), Some(me)) => it.user_id() == me.id(),
        _ => false,
    })
}

/// Somebody reacts with this emoji, and did not before, as bots are told.
pub fn reacted_with(emoji: impl Into<String>) -> Filter {
    let emoji = emoji.into();
    let is_it = move |reaction: &Reaction| match reaction {
        Reaction::Emoji(ReactionEmoji { emoticon }) => *emoticon == emoji,
        _ => false,
    };
    Filter::new(move |cx| match cx.update() {
        Update::MessageReaction(it) => {
            it.new_reactions().iter().any(&is_it) && !it.old_reactions().iter().any(&is_it)
        }
        _ => false,
    })
}

/// Somebody has taken back all reactions to a message, as bots are told.
pub fn reactions_removed() -> Filter {
    Filter::new(|cx| match cx.update() {
        Update::MessageReaction(it) => it.new_reactions().is_empty(),
        _ => false,
    })
}
